"""A claim → the slices of the source to show for it, few and whole.

A value is shown in its row, line or sentence, with the label and headers that name it and with what
limits it. What Korean policy prose says of one thing stands in neighbouring lines: a bullet, the one
below it, the note on both. Where the ranking cannot tell neighbours apart they are one slice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rag.answering.conditions import with_conditions
from rag.finding import Candidate
from rag.index import Index
from rag.reading import read
from rag.retrieval.rereading import Reread
from rag.settings import AnswerSettings
from rag.types import Document, Evidence, Passage, Span

_PROSE = frozenset(("prose", "note", "phrase", "clause", "predicate", "list"))
_BARE = re.compile(r"[△▲▽+\-−]?\s?\d[\d,]*(?:\.\d+)?")
_NEAR = 2  # conditions of a fact that are quoted


def quoted(
    index: Index, candidate: Candidate, around: Reread, support: float, limits: AnswerSettings
) -> tuple[Evidence, ...]:
    """The slices that show a candidate, the one with its value first, then headers, further items
    and conditions in order of place."""
    passage = index.passages[candidate.row]
    document = index.document_of(passage)
    span, further = candidate.quote, list(candidate.further)
    fact = candidate.fact
    if candidate.origin in _PROSE and passage.rows is None:
        span = _stretch(index, passage, candidate, around, limits)
        span, *conditions = with_conditions(index, document, passage, span)
        further += conditions
    elif fact is not None:
        if fact.cell is not None and fact.label is not None:
            span, header = _headed(document, span, fact.label, limits.table)
            further += header
        further += fact.conditions[:_NEAR]
    out = [_evidence(index, document, candidate.row, span, support, told(candidate))]
    for one in sorted(set(further)):
        if not span.covers(one) and len(one):
            row = index.row_at(document.file, one.start)
            out.append(_evidence(index, document, row, one, support, ""))
    return tuple(out)


def told(candidate: Candidate) -> str:
    """The value of a candidate as it is told: a bare number with the unit that stands over it."""
    if not candidate.unit or "," in candidate.unit or not _BARE.fullmatch(candidate.value.strip()):
        return candidate.value
    return f"{candidate.value.strip()}{candidate.unit.strip()}"


def nearest(index: Index, row: int) -> Evidence:
    """A ranked row as it stands, for an answer that is none."""
    passage = index.passages[row]
    return Evidence(passage, passage.span, passage.text, 0.0)


def _headed(document: Document, span: Span, label: Span, longest: int) -> tuple[Span, list[Span]]:
    """A row from its column's header on where that is short, else the two apart."""
    whole = Span(min(span.start, label.start), max(span.end, label.end))
    if len(read(document.text, whole).text) <= longest:
        return whole, []
    return span, [label]


def _evidence(
    index: Index, document: Document, row: int, span: Span, support: float, value: str
) -> Evidence:
    passage = index.passages[row]
    joins = tuple(_joins(index, document, span))
    reading = read(document.text, span, joins)
    text = reading.text
    return Evidence(passage, reading.span(0, len(text)) if text else span, text, support, value)


def _joins(index: Index, document: Document, span: Span) -> Iterator[int]:
    """Where words go on over a line's end inside a slice."""
    for row in range(index.row_at(document.file, span.start), len(index.passages)):
        passage = index.passages[row]
        if passage.file != document.file or passage.span.start >= span.end:
            break
        yield from (at for at in passage.joins if span.start <= at < span.end)


def _stretch(
    index: Index, passage: Passage, candidate: Candidate, around: Reread, limits: AnswerSettings
) -> Span:
    """The slice of a candidate with the neighbours that are ranked about as well, under the same
    heading with nothing between, no more than ``limits.quote`` characters."""
    span = Span(
        min(candidate.quote.start, passage.span.start), max(candidate.quote.end, passage.span.end)
    )
    if len(span) > limits.quote:
        return candidate.quote
    scores = dict(zip(around.rows, around.scores, strict=True))
    least = limits.joined * max(scores.get(candidate.row, 0.0), 0.0)
    near = {row for row in around.rows[: limits.joinable] if scores[row] >= least}
    first = last = candidate.row
    for step in (1, -1):
        row = candidate.row
        while row + step in near and _adjoin(index, *sorted((row, row + step))):
            row += step
            low = index.passages[min(first, row)].span.start
            high = index.passages[max(last, row)].span.end
            if max(high, span.end) - min(low, span.start) > limits.quote:
                break
            first, last = min(first, row), max(last, row)
    low, high = index.passages[first].span.start, index.passages[last].span.end
    return Span(min(low, span.start), max(high, span.end))


def _adjoin(index: Index, first: int, last: int) -> bool:
    rows = index.passages[first : last + 1]
    document = index.document_of(rows[0])
    return all(
        a.file == b.file
        and a.path == b.path
        and a.rows is None
        and b.rows is None
        and not document.text[a.span.end : b.span.start].strip()
        for a, b in pairwise(rows)
    )
