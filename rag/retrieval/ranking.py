"""Candidates from every source, fused into one ranking in which each hit explains its votes; the best
of them read a second time.

A source says of each passage how well it matches, in [0, 1]; the fused score is the weighted sum.
The lexical scores are divided by what a passage would get that held every term of the question,
so that a long question and a short one are on one scale; cosines are taken as they are. The second
reading asks: does a passage hold a value of the wanted sort, the word that names it, the year, and
which of the question's words are said there or near it?
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import SourceFailed
from rag.index import Index
from rag.index.encoder import Encoder
from rag.index.lexical import LexicalIndex
from rag.index.vectors import VectorStore
from rag.question.wants import Wants
from rag.retrieval.reranker import Reranker
from rag.settings import AnswerSettings, RankSettings
from rag.types import Hit, Passage, Question, Vote

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


class Source(Protocol):
    """One opinion about all passages."""

    @property
    def name(self) -> str:
        """The Korean name that `--explain` shows."""
        ...

    @property
    def weight(self) -> float:
        """Its share in the fused score."""
        ...

    def scores(self, question: Question) -> Floats:
        """float32 (n,), one score for each row, about [0, 1]; 0 where it has nothing to say."""
        ...


@dataclass(frozen=True, slots=True)
class LexicalSource:
    """BM25 of a passage with ``radius`` passages on each side."""

    name: str
    weight: float
    index: LexicalIndex
    radius: int = 0

    def scores(self, question: Question) -> Floats:
        groups = _groups(question, self.index)
        best = self.index.mass([(term.text, term.weight) for term in question.terms])
        if best <= 0:
            return np.zeros(len(self.index), dtype=np.float32)
        raw = self.index.score_groups(groups, self.radius)
        return np.asarray(raw / np.float32(best), dtype=np.float32)


def _groups(question: Question, index: LexicalIndex) -> list[dict[str, float]]:
    """Each term of the question with those added for it, and their weights; what stands for
    several words together is with the rarest of them. Its own word comes first."""
    groups = {term.text: {term.text: term.weight} for term in question.terms if not term.of}
    for term in question.terms:
        if term.of:
            words = [word for word in term.of if word in groups]
            home = max(words, key=index.idf, default=term.text)
            groups.setdefault(home, {})[term.text] = term.weight
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class VectorSource:
    """Cosine of the question's vector and a passage's, for the ``depth`` nearest passages."""

    name: str
    weight: float
    store: VectorStore
    encoder: Encoder
    depth: int

    def scores(self, question: Question) -> Floats:
        dense = np.zeros(len(self.store), dtype=np.float32)
        own = [term.text for term in question.terms if term.origin == "question"]
        if not own:
            return dense  # an empty text has a vector too, and it would be near to something
        try:
            vector = self.encoder.encode_queries([question.searched], [own])
            if not vector.any():
                return dense  # the encoder knows none of its words
            found, rows = self.store.search(vector, min(self.depth, len(self.store)))
        except (OSError, RuntimeError, MemoryError) as error:
            # What a model's files, its library or a full memory raise; a mistake of ours does not.
            raise SourceFailed(
                f"'{self.encoder.name}' 인코더로 질문을 읽지 못했습니다({type(error).__name__}). 모델 파일과 남은 "
                "메모리를 확인하고, 되풀이되면 'geungeo build'로 색인을 다시 만들어 주십시오."
            ) from error
        dense[rows[0]] = np.maximum(found[0], 0)
        return dense


@dataclass(frozen=True, slots=True)
class RerankerSource:
    """What a model that reads question and passage together says of some ``rows``; a passage
    is read under its headings."""

    name: str
    weight: float
    index: Index
    rows: Rows
    reranker: Reranker

    def scores(self, question: Question) -> Floats:
        dense = np.zeros(len(self.index.passages), dtype=np.float32)
        passages = [self.index.passages[int(row)] for row in self.rows]
        texts = ["\n".join([*passage.path, passage.text]) for passage in passages]
        given = self.reranker.scores(question.searched, texts)
        # No vote against a passage: those that were not judged must not pass those that were.
        dense[self.rows] = np.clip(np.nan_to_num(given, nan=0.0), 0, 1)
        return dense


def sources(index: Index, settings: RankSettings) -> tuple[Source, ...]:
    """The sources of a ranking in the order in which they are explained."""
    return (
        *(
            LexicalSource(_scale_name(radius), weight, index.body, radius)
            for radius, weight in zip(settings.radii, settings.radius_weights, strict=True)
        ),
        LexicalSource("제목", settings.path, index.path),
        LexicalSource("문서 전체", settings.document, index.body, len(index.passages)),
        VectorSource("의미", settings.vector, index.vectors, index.encoder, settings.depth),
    )


def _scale_name(radius: int) -> str:
    return "낱말" if radius == 0 else f"낱말(앞뒤 {radius})"


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rows, best first (ties by row), their fused scores by row, and each source's scores."""

    order: Rows
    fused: Floats
    by_source: tuple[tuple[Source, Floats], ...]

    def hits(self, index: Index, rows: Sequence[int]) -> tuple[Hit, ...]:
        """The given rows as hits, in the given order. A vote's rank is 1 for the best score of a
        source; rows with the same score share a rank."""
        wanted = np.asarray(rows, dtype=np.int64)
        votes: list[list[Vote]] = [[] for _ in rows]
        for source, scores in self.by_source:
            given = scores[wanted]
            ranks = 1 + len(scores) - np.searchsorted(np.sort(scores), given, "right")
            for held, rank, score in zip(votes, ranks.tolist(), given.tolist(), strict=True):
                if score > 0:
                    held.append(Vote(source.name, rank, score, score * source.weight))
        fused = self.fused[wanted].tolist()
        return tuple(
            Hit(index.passages[row], score, tuple(held), row)
            for row, score, held in zip(rows, fused, votes, strict=True)
        )


def rank(
    index: Index, question: Question, settings: RankSettings, reranker: Reranker | None = None
) -> Ranking:
    """Every passage of the index in order of its fused score; ties go to the earlier row.

    With a ``reranker`` the first ``settings.reranked`` of them that score at all are judged by it
    as well: its votes are added to their scores and they are put in order again among themselves.
    """
    said = tuple((source, source.scores(question)) for source in sources(index, settings))
    fused = np.zeros(len(index.passages), dtype=np.float32)
    for source, scores in said:
        fused += np.float32(source.weight) * scores
    order = np.argsort(-fused, kind="stable").astype(np.int64)
    if reranker is None:
        return Ranking(order, fused, said)
    rows = order[: settings.reranked]
    rows = rows[fused[rows] > 0]
    if len(rows):
        judge = RerankerSource("교차 인코더", settings.reranker, index, rows, reranker)
        votes = judge.scores(question)
        fused += np.float32(judge.weight) * votes
        order = np.argsort(-fused, kind="stable").astype(np.int64)
        said = (*said, (judge, votes))
    return Ranking(order, fused, said)


_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reread:
    """The rows looked at again, best first, ties by row, with the ranking's score, the new one and
    ``reach``, the share of the question's weight that row, headings and neighbours say."""

    rows: tuple[int, ...]
    fused: tuple[float, ...]
    scores: tuple[float, ...]
    reach: tuple[float, ...]


def reread(
    index: Index,
    question: Question,
    wants: Wants,
    ranking: Ranking,
    limits: AnswerSettings,
    holds: Callable[[Wants, Passage], bool],
) -> Reread:
    """The first ``limits.reread`` rows of a ranking in their new order; none where the ranking
    holds nothing. ``holds`` tells whether a passage has a value of the wanted sort."""
    rows = ranking.order[: limits.reread]
    rows = rows[ranking.fused[rows] > 0]
    if not len(rows):
        return Reread((), (), (), ())
    words = [term for term in question.terms if term.origin == "question"]
    # A word that the documents never use weighs a little more than the rarest that they do.
    weights = np.array([term.weight * index.body.idf(term.text) for term in words])
    said = _said(index, question, rows, limits.neighbours)
    reach = weights @ said / (float(weights.sum()) or 1.0)
    passages = [index.passages[int(row)] for row in rows]
    focus = np.array(
        [not question.focus or any(form in p.text for form in question.focus) for p in passages]
    )
    wanted = np.array([holds(wants, passage) for passage in passages])
    dated = np.zeros(len(rows), dtype=bool)
    for year in dict.fromkeys(period.year for period in wants.periods if period.year):
        dated |= _mask(len(index.passages), index.body.term_rows(f"{year}년")[0])[rows]
    scores = (
        ranking.fused[rows]
        + limits.year * dated
        + limits.focus * focus
        + limits.wanted * wanted
        + limits.reach * reach
    )
    order = np.lexsort((rows, -scores))
    return Reread(
        tuple(rows[order].tolist()),
        tuple(ranking.fused[rows[order]].tolist()),
        tuple(scores[order].tolist()),
        tuple(reach[order].tolist()),
    )


def _said(index: Index, question: Question, rows: NDArray[np.int64], radius: int) -> _Flags:
    """For each word of the question and each row whether the row, its headings or its neighbours
    say it, in its own word or in another that stands for it."""
    words = [term.text for term in question.terms if term.origin == "question"]
    place = {word: number for number, word in enumerate(words)}
    found = np.zeros((len(words), len(rows)), dtype=bool)
    groups = np.asarray(index.groups)
    shifted = [(rows + step).clip(0, len(groups) - 1) for step in range(-radius, radius + 1)]
    windows = np.stack([np.where(groups[at] == groups[rows], at, rows) for at in shifted])
    for term in question.terms:
        here, _counts = index.body.term_rows(term.text)
        above, _counts = index.path.term_rows(term.text)
        held = _mask(len(groups), here)
        around = held[windows].any(axis=0) | _mask(len(groups), above)[rows]
        for word in term.of or (term.text,):
            if word in place:
                found[place[word]] |= around
    return found


def _mask(n: int, rows: NDArray[np.int32]) -> _Flags:
    mask = np.zeros(n, dtype=bool)
    mask[rows] = True
    return mask
