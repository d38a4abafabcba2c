"""Rows that answer -> the slices to quote, few and whole.

What Korean policy prose says of one thing stands in neighbouring lines: a bullet, the one below
it, the note on both. Where the ranking cannot tell neighbours apart they are quoted as one slice;
a slice from elsewhere is added only where it is about as likely to be the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from rag.conditions import with_conditions
from rag.extraction import Extract, extract, fact_in, without_marker
from rag.index import Index
from rag.reading import read
from rag.settings import AnswerSettings
from rag.types import Document, Evidence, Passage, Question, QuestionKind, Span


class Scored(Protocol):
    """A row of the index with its score and the share of the question's weight that it, its
    headings and its neighbours hold."""

    @property
    def row(self) -> int: ...
    @property
    def score(self) -> float: ...
    @property
    def reach(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Quotation:
    """A leading row and the rows [first, last] that are quoted with it."""

    leader: Scored
    first: int
    last: int


def choose(
    index: Index, question: Question, candidates: Sequence[Scored], limits: AnswerSettings
) -> tuple[Quotation, ...]:
    """The quotations worth showing, best first; ``candidates`` are in that order too."""
    most = limits.statements + (2 if question.kind is QuestionKind.COMPARISON else 0)
    best = candidates[0].score
    near = {c.row for c in candidates[: limits.joinable] if c.score >= limits.joined * best}
    chosen: list[Quotation] = []
    for candidate in candidates:
        if len(chosen) == most or candidate.score < limits.near_best * best:
            break
        if any(quotation.first <= candidate.row <= quotation.last for quotation in chosen):
            continue
        taken = {row for q in chosen for row in range(q.first, q.last + 1)}
        first, last = _stretch(index, candidate.row, near, taken, limits)
        chosen.append(Quotation(candidate, first, last))
    return tuple(chosen)


def _stretch(
    index: Index, row: int, near: set[int], taken: set[int], limits: AnswerSettings
) -> tuple[int, int]:
    """The rows around ``row`` that are near it in score and in the text, none of them ``taken``,
    no more than ``limits.quote`` characters with it."""
    first = last = row
    grown = True
    while grown:
        grown = False
        for step in (1, -1):
            edge = last if step > 0 else first
            found = next(
                (
                    other
                    for other in range(edge + step, edge + step * (2 + limits.skipped), step)
                    if other in near
                ),
                None,
            )
            if found is None:
                continue
            low, high = min(first, found), max(last, found)
            if taken.isdisjoint(range(low, high + 1)) and _one_slice(
                index, low, high, limits.quote
            ):
                first, last = low, high
                grown = True
    return first, last


def _one_slice(index: Index, first: int, last: int, longest: int) -> bool:
    """Whether rows can be quoted as one: prose under the same heading with nothing between."""
    passages = index.passages[first : last + 1]
    if any(p.rows is not None or p.file != passages[0].file for p in passages):
        return False
    if any(p.path != passages[0].path for p in passages):
        return False
    document = _document(index, passages[0])
    return passages[-1].span.end - passages[0].span.start <= longest and not any(
        document.text[a.span.end : b.span.start].strip() for a, b in pairwise(passages)
    )


def quote(
    index: Index,
    question: Question,
    quotation: Quotation,
    best: float,
    longest: int = 0,
    limited: bool = False,
) -> Iterator[Evidence]:
    """The slice of a quotation with the fact in it; the row of a table goes with the headers that
    name its cells, in one slice where that has no more than ``longest`` characters, else behind
    it. With ``limited`` the conditions of the slice ("다만", notes) come along. ``best`` is the
    score of the best candidate."""
    leader = quotation.leader
    passage = index.passages[leader.row]
    found = extract(index, question, passage)
    support = max(0.0, min(1.0, leader.reach * leader.score / (best or 1.0)))
    document = _document(index, passage)
    if quotation.first < quotation.last:
        found = _whole(index, document, quotation, found, question)
    if found.headers:
        found = _with_headers(document, passage, found, longest)
    further = found.headers
    if limited and passage.rows is None:
        found, conditions = _conditioned(index, document, passage, found)
        further = (*conditions, *further)
    yield Evidence(passage, found.span, found.text, support, found.value)
    for span in further:
        yield Evidence(passage, span, read(document.text, span, passage.joins).text, support)


def _conditioned(
    index: Index, document: Document, passage: Passage, found: Extract
) -> tuple[Extract, tuple[Span, ...]]:
    """A slice made longer by the condition that follows at once, and its further conditions."""
    span, *further = with_conditions(index, document, passage, found.span)
    if span != found.span:
        joins = [j for block in index.blocks[document.file] for j in block.joins]
        reading = read(document.text, span, [j for j in joins if span.start <= j < span.end])
        found = Extract(reading.span(0, len(reading.text)), reading.text, found.value)
    return found, tuple(further)


def _whole(
    index: Index, document: Document, quotation: Quotation, found: Extract, question: Question
) -> Extract:
    """The slice from the first row to the last, and on to where the fact's own slice ends."""
    rows = index.passages[quotation.first : quotation.last + 1]
    start = min(rows[0].span.start, found.span.start)
    if quotation.leader.row == quotation.first:
        start = found.span.start
    end = max(rows[-1].span.end, found.span.end)
    joins = tuple(j for row in rows for j in row.joins)
    span = without_marker(read(document.text, Span(start, end), joins))
    reading = read(document.text, span, joins)
    value = found.value
    if question.kind is not QuestionKind.LIST:
        fact = fact_in(index, question, reading.text, joined=True)
        value = reading.text[slice(*fact)] if fact else value
    return Extract(reading.span(0, len(reading.text)), reading.text, value, found.headers)


def _with_headers(document: Document, passage: Passage, found: Extract, longest: int) -> Extract:
    """A cell's slice from the first of its headers on, where that is no more than ``longest``
    characters of the table; else as it is."""
    start = min(found.span.start, *(header.start for header in found.headers))
    end = max(found.span.end, *(header.end for header in found.headers))
    reading = read(document.text, Span(start, end), passage.joins)
    if len(reading.text) > longest:
        return found
    return Extract(reading.span(0, len(reading.text)), reading.text, found.value)


def _document(index: Index, passage: Passage) -> Document:
    return next(d for d in index.documents if d.file == passage.file)
