"""Hits -> the slices that answer, with a judgement of whether they do.

The best hits are looked at again, this time for what only a reader sees: does the passage hold a
value of the kind that was asked for, and which of the question's words does it miss although its
heading and its neighbours do not supply them either? From the same facts comes the confidence,
and from a low confidence the refusal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from rag.cells import Fits
from rag.confidence import confidence, signals, stranger
from rag.definition import asked_for
from rag.field_asked import FieldAnswer, asked_field, of_another
from rag.index import Index
from rag.meaning import Meaning, find_meaning
from rag.quotation import choose, quote
from rag.reading import read
from rag.retrieval.ranking import Ranking
from rag.settings import AnswerSettings, Settings
from rag.types import Evidence, Question, Reason
from rag.wanted import holds_wanted


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. ``order`` holds all rows looked at, best first, then the rest of the
    ranking; ``reason`` is None where the evidence is good enough to answer with."""

    evidence: tuple[Evidence, ...]
    order: tuple[int, ...]
    confidence: float
    reason: Reason | None
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row with what its second reading gave. ``fused`` is the ranking's score, ``score`` that
    with what was found added. ``coverage`` is the share of the question's
    weight that its own text holds, ``reach`` that of text, headings and neighbours together."""

    row: int
    fused: float
    score: float
    coverage: float
    reach: float
    wanted: bool


def find_evidence(
    index: Index, question: Question, ranking: Ranking, settings: Settings
) -> Finding:
    """The evidence for a question, best first, at most ``settings.answer.statements`` slices."""
    limits = settings.answer
    rows = [int(row) for row in ranking.order[: limits.reread]]
    if not rows or ranking.fused[rows[0]] <= 0:
        return Finding((), (), 0.0, Reason.NOT_IN_DOCUMENTS, {})
    reader = _Reader(index, question)
    candidates = [reader.read(row, float(ranking.fused[row]), limits) for row in rows]
    candidates.sort(key=lambda c: (-c.score, c.row))
    seen = {c.row for c in candidates}
    order = [c.row for c in candidates]
    order += [int(row) for row in ranking.order[: limits.ranked] if int(row) not in seen]
    evidence = tuple(
        item
        for place, quotation in enumerate(choose(index, question, candidates, limits))
        for item in quote(index, question, quotation, candidates[0].score, limits.table, place == 0)
    )
    best = candidates[0]
    found = asdict(
        signals(
            index,
            question,
            ranking,
            best.row,
            evidence,
            cell=reader.fit(best.row) >= limits.cell_fits,
        )
    )
    sure = confidence(found, limits.confidence)
    reason = None
    if max(c.fused for c in candidates) < limits.weak_match:
        sure = 0.0  # a handful of common words in common says nothing
    foreign = stranger(index, question)
    meaning = None if foreign else find_meaning(index, question, order[: limits.reread])
    if meaning is not None:
        sure = max(sure, limits.defined)
        evidence, order = _of_meaning(index, meaning, order)
    elif asked_for(question):
        sure = min(sure, limits.undefined)
    field = None if foreign else _field(index, question, order, evidence, sure, limits)
    if field is not None and field.value:
        sure = max(sure, 0.5 + field.share / 2)
        evidence, order = _of_field(index, field, order)
    elif field is not None:
        sure = min(sure, limits.blank)
        if sure < limits.refuse_below:
            evidence, order = _of_field(index, field, order)
    if field is None and evidence and of_another(index, question, evidence[0]):
        sure = min(sure, limits.blank)
    if foreign:
        sure = min(sure, limits.stranger)
    if sure < limits.refuse_below:
        absent = bool(foreign) or best.reach < limits.known_topic or found["name"] > 0
        absent = absent and field is None
        reason = Reason.NOT_IN_DOCUMENTS if absent else Reason.NOT_STATED
    return Finding(evidence, tuple(order), sure, reason, found)


def _field(
    index: Index,
    question: Question,
    order: Sequence[int],
    evidence: tuple[Evidence, ...],
    sure: float,
    limits: AnswerSettings,
) -> FieldAnswer | None:
    """The field of a form that answers instead of what was found; None where that says the same
    with what belongs to it, or where a field is blank but another place may well state the
    matter."""
    field = asked_field(index, question, order)
    best = evidence[0] if evidence else None
    if field is None or best is None:
        return field
    if field.value:
        return None if sure >= limits.refuse_below and field.value == best.value else field
    # What stands in the same form is a neighbour of what is asked for.
    near = best.passage.file == field.file and field.block.touches(best.span)
    return field if near or field.written else None


def _of_field(
    index: Index, field: FieldAnswer, order: Sequence[int]
) -> tuple[tuple[Evidence, ...], list[int]]:
    """A field as evidence, and the rows with its own first."""
    passage = index.passages[field.row]
    document = next(d for d in index.documents if d.file == passage.file)
    text = read(document.text, field.span, passage.joins).text
    return _alone(Evidence(passage, field.span, text, field.share, field.value), field.row, order)


def _of_meaning(
    index: Index, meaning: Meaning, order: Sequence[int]
) -> tuple[tuple[Evidence, ...], list[int]]:
    """A definition as evidence, and the rows with its own first."""
    passage = index.passages[meaning.row]
    told = Evidence(passage, meaning.span, meaning.text, 1.0, meaning.value)
    return _alone(told, meaning.row, order)


def _alone(
    told: Evidence, row: int, order: Sequence[int]
) -> tuple[tuple[Evidence, ...], list[int]]:
    return (told,), [row, *(other for other in order if other != row)]


class _Reader:
    """Which of the question's terms each row, its headings and its neighbours hold, in the asker's
    word or in another that can stand for it."""

    def __init__(self, index: Index, question: Question) -> None:
        self._index = index
        self._question = question
        own = {t.text: t.weight for t in question.terms if t.origin == "question"}
        self._focus = question.focus
        self._fits = Fits(index, question)
        self._years = [
            set(index.body.term_rows(f"{year}년")[0].tolist()) for year in question.years
        ]
        # A word that the documents never use weighs as much as the rarest that they do.
        unseen = math.log(1 + len(index.passages) / 0.5)
        self._weights = {
            term: weight * (index.body.idf(term) or unseen) for term, weight in own.items()
        }
        self._total = sum(self._weights.values()) or 1.0
        self._rows: dict[str, set[int]] = {term: set() for term in own}
        self._path: dict[str, set[int]] = {term: set() for term in own}
        for term in question.terms:
            for word in own.keys() & (term.of or (term.text,)):
                self._rows[word].update(index.body.term_rows(term.text)[0].tolist())
                self._path[word].update(index.path.term_rows(term.text)[0].tolist())

    def read(self, row: int, fused: float, limits: AnswerSettings) -> Candidate:
        passage = self._index.passages[row]
        here = {term for term, rows in self._rows.items() if row in rows}
        around = self._around(row, limits.neighbours)
        fit = self._fits.of(passage)
        # The number of a cell may have its unit in the caption alone.
        wanted = fit >= limits.cell_fits or holds_wanted(self._question, passage.text)
        coverage = self._share(here)
        reach = self._share(here | around)
        focus = not self._focus or any(form in passage.text for form in self._focus)
        dated = any(row in rows for rows in self._years)
        score = (
            fused
            + limits.year * dated
            + limits.focus * focus
            + limits.wanted * wanted
            + limits.coverage * coverage
            + limits.reach * reach
            + limits.cell * fit
        )
        return Candidate(row, fused, score, coverage, reach, wanted)

    def fit(self, row: int) -> float:
        """How surely a row holds the table cell that is asked for."""
        return self._fits.of(self._index.passages[row])

    def _around(self, row: int, radius: int) -> set[str]:
        groups = self._index.groups
        near = [
            r
            for r in range(max(0, row - radius), min(len(groups), row + radius + 1))
            if groups[r] == groups[row]
        ]
        return {
            term
            for term in self._weights
            if row in self._path[term] or any(r in self._rows[term] for r in near)
        }

    def _share(self, terms: set[str]) -> float:
        return sum(self._weights[term] for term in terms) / self._total
