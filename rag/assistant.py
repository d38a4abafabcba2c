"""The assistant: the only place where the stages are wired together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from rag import korean
from rag.answering.comparing import Sought, compare
from rag.answering.composer import compose, compose_comparison, source_failed
from rag.answering.finding import finding_of
from rag.errors import GeungeoError, UnknownDocument
from rag.facts import Fact
from rag.finding import Place, asked_of, find
from rag.finding.reader import Reader
from rag.finding.stated import holds_wanted
from rag.index import Index, open_index, original
from rag.judging import judge
from rag.question.analysis import analyse
from rag.question.sides import sides_of
from rag.question.turns import request_of
from rag.retrieval.ranking import Ranking, rank, reread
from rag.retrieval.reranker import CrossEncoderReranker, Reranker
from rag.settings import DEFAULT_INDEX, PASSAGES, Settings
from rag.types import (
    Answer,
    Block,
    Document,
    Facet,
    Filters,
    Passage,
    Question,
    SearchResult,
    Sort,
)

_FACETS = ("file", "issuer", "year", "section", "kind")


class Assistant:
    """Answers and searches over one opened index. Safe to use from several threads: nothing is
    changed after opening but caches of derived values."""

    def __init__(
        self,
        index: Index,
        settings: Settings | None = None,
        reranker: Reranker | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._index = index
        self._reader = reader
        self._settings = settings or Settings()
        self._reranker = reranker
        self._documents = {document.file: document for document in index.documents}
        self._latin = korean.LatinNames(index.body.vocabulary)

    @classmethod
    def open(
        cls,
        index_dir: Path = DEFAULT_INDEX,
        encoder: str | None = None,
        reranker: str | None = None,
        reader: Reader | None = None,
    ) -> Assistant:
        """The assistant over the index in a folder; ``reranker`` names a cross-encoder that has a
        say in the ranking, by its model id or folder; ``reader`` reads passages for phrases that
        answer, besides the rules. Raises IndexMissing, IndexBroken,
        EncoderMismatch, EncoderMissing."""
        index = open_index(index_dir, encoder)
        named = None if reranker is None else CrossEncoderReranker(reranker)
        return cls(index, reranker=named, reader=reader)

    def unrefusing(self) -> Assistant:
        """The same assistant as it would answer if it refused only where it finds nothing at all,
        however unsure it is; for an evaluation."""
        answer = replace(self._settings.answer, refuse_below=0.0)
        settings = replace(self._settings, answer=answer)
        return Assistant(self._index, settings, self._reranker, self._reader)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, by file name."""
        return self._index.documents

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, by document and place."""
        return self._index.passages

    @property
    def fingerprint(self) -> str:
        return self._index.manifest.fingerprint

    @property
    def encoder_name(self) -> str:
        return self._index.manifest.encoder

    def document(self, file: str) -> Document:
        """The document of that file name; raises UnknownDocument."""
        try:
            return self._documents[file]
        except KeyError:
            raise UnknownDocument(
                f"'{file}' 문서는 색인에 없습니다. 문서 목록에서 이름을 확인해 주십시오."
            ) from None

    def blocks(self, file: str) -> tuple[Block, ...]:
        """The outline of a document in source order; raises UnknownDocument."""
        self.document(file)
        return self._index.blocks[file]

    def facts(self, file: str) -> tuple[Fact, ...]:
        """The facts of a document in order of place; raises UnknownDocument."""
        self.document(file)
        return self._index.facts.of(file)

    def original(self, file: str) -> bytes:
        """The bytes of the file that a document was read from, as they were when it was indexed;
        raises UnknownDocument, OriginalMissing, OriginalChanged."""
        self.document(file)
        return original(self._index, file)

    def ask(self, question: str, k: int = PASSAGES, id: str = "") -> Answer:
        """The answer to a question, with the ``k`` best passages as its hits. Raises
        QuestionError for an empty or overlong question. Where a source of candidates cannot be
        asked, or what was indexed cannot be read any more, the answer says so."""
        asked = analyse(question, self._index.body.vocabulary, self._latin)
        try:
            answer = self._answer(asked, k)
        except GeungeoError as error:
            answer = source_failed(asked, str(error), self._documents, index=self.fingerprint)
        return replace(answer, id=id)

    def _answer(self, question: Question, k: int) -> Answer:
        sides = None if request_of(question.searched) else sides_of(question.searched)
        sought, ranking = self._seek(question)
        if sides is not None:
            compared = compare(sides, self._side, sought.rows, self._settings.answer.refuse_below)
            if compared is not None:
                return compose_comparison(
                    question,
                    compared,
                    ranking.hits(self._index, compared.order[:k]),
                    self._documents,
                    index=self.fingerprint,
                )
        return compose(
            question,
            sought.finding,
            ranking.hits(self._index, sought.rows[:k]),
            self._documents,
            index=self.fingerprint,
        )

    def _side(self, text: str) -> Sought:
        return self._seek(analyse(text, self._index.body.vocabulary, self._latin))[0]

    def _seek(self, question: Question) -> tuple[Sought, Ranking]:
        """A question's way from the ranking to what was found and judged."""
        limits = self._settings.answer
        index = self._index
        asked = asked_of(index, question)
        ranking = rank(index, question, self._settings.rank, self._reranker)
        again = reread(index, question, asked.wants, ranking, limits, holds_wanted)
        place = Place(index, again, self._reader)
        found = find(asked, place) if again.rows else []
        claim = judge(asked, place, found, self._settings.answer.refuse_below)
        finding = finding_of(asked, place, claim, again, limits)
        first: list[int] = []
        if claim.candidate is not None and claim.reason is None:
            # What is told leads, with all that is quoted for it; a guess leads nothing.
            quoted = (index.row_at(e.passage.file, e.span.start) for e in finding.evidence)
            first = [claim.candidate.row, *quoted]
        # Every passage is as near as any other to a question that says nothing.
        rest = [int(row) for row in ranking.order[: limits.ranked]] if question.terms else []
        rows = tuple(dict.fromkeys([*first, *again.rows, *rest]))
        unit = claim.candidate.unit if claim.candidate is not None else ""
        return Sought(finding, unit, rows), ranking

    def search(
        self,
        query: str,
        k: int = 10,
        offset: int = 0,
        filters: Filters | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> SearchResult:
        """Passages that hold a word of the query, best first, with the counts of each filter's
        values. Raises QuestionError for an empty or overlong query."""
        filters = filters or Filters()
        asked = analyse(query, self._index.body.vocabulary, self._latin)
        ranking = rank(self._index, asked, self._settings.rank, self._reranker)
        matched = self._matched(asked, ranking)
        rows = [row for row in matched if self._passes(row, filters)]
        rows = self._sorted(rows, sort)
        return SearchResult(
            query=asked,
            hits=ranking.hits(self._index, rows[offset : offset + k]),
            total=len(rows),
            facets={name: self._facet(name, matched, filters) for name in _FACETS},
            index=self.fingerprint,
        )

    def _matched(self, asked: Question, ranking: Ranking) -> list[int]:
        """Rows in order of relevance that hold a term of the query, or stand under a heading
        that does."""
        weights = {term.text: term.weight for term in asked.terms}
        held = (self._index.body.coverage(weights, 0) > 0) | (
            self._index.path.coverage(weights, 0) > 0
        )
        return [int(row) for row in ranking.order if held[row]]

    def _sorted(self, rows: list[int], sort: Sort) -> list[int]:
        passages = self._index.passages
        if sort is Sort.NEWEST:
            # Two stable sorts: newest document first, relevance within a document.
            return sorted(
                rows, key=lambda row: self._documents[passages[row].file].published, reverse=True
            )
        if sort is Sort.POSITION:
            return sorted(rows)
        return rows

    def _passes(self, row: int, filters: Filters, but: str = "") -> bool:
        return all(
            name == but or not getattr(filters, name) or getattr(filters, name) in values[row]
            for name, values in self._values.items()
        )

    def _facet(self, name: str, rows: list[int], filters: Filters) -> tuple[Facet, ...]:
        if any(getattr(filters, other) for other in _FACETS if other != name):
            rows = [row for row in rows if self._passes(row, filters, but=name)]
        values = self._values[name]
        counts: Counter[str] = Counter()
        # Few rows differ in what they hold: counting these first is quicker than counting values.
        for held, count in Counter(values[row] for row in rows).items():
            for value in held:
                counts[value] += count
        chosen = getattr(filters, name)
        if chosen and chosen not in counts:
            counts[chosen] = 0
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Facet(value, count, value == chosen) for value, count in ordered if value)

    @cached_property
    def _values(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """For each filter, the values that each row has."""
        passages = self._index.passages
        documents = [self._documents[passage.file] for passage in passages]
        return {
            "file": tuple((passage.file,) for passage in passages),
            "issuer": tuple((document.issuer,) for document in documents),
            "year": tuple((document.published[:4],) for document in documents),
            "section": tuple(tuple(dict.fromkeys(passage.path)) for passage in passages),
            "kind": tuple((str(passage.kind),) for passage in passages),
        }
