"""Names and phrases in the prose of the best passages, as a reader tells them → candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.facts import Form
from rag.finding.asked import Asked
from rag.finding.candidate import Candidate, Context
from rag.finding.place import Place
from rag.finding.reader import NAMED
from rag.reading import Reading, read
from rag.reading.sentences import clause_starts, sentence_starts
from rag.types import QuestionKind

_ROWS = 5
_LONG = 20  # characters of a cell from which it is read as a text
_KINDS = (*NAMED, QuestionKind.OTHER, QuestionKind.DEFINITION, QuestionKind.METHOD)
_PART = re.compile(r"[,;]\s|[①-⑳]|\s및\s")  # parts of a clause that speak of things of their own


def named(asked: Asked, place: Place) -> Iterator[Candidate]:
    """What the place's reader tells of the best passages and of the long cells of the best tables."""
    if asked.question.kind not in _KINDS or asked.wants.open:
        return
    index = place.index
    rows = [row for row in place.rows[: 2 * _ROWS] if index.passages[row].rows is None]
    for row in rows[:_ROWS]:
        passage = index.passages[row]
        document = index.document_of(passage)
        reading = index.reading(row)
        yield from _in_text(asked, place, row, reading, passage.path)
    for row in place.rows[:_ROWS]:
        passage = index.passages[row]
        if passage.rows is None:
            continue
        document = index.document_of(passage)
        for fact in index.facts.within(passage.file, passage.span):
            if fact.form is Form.CELL and len(fact.value) >= _LONG:
                reading = read(document.text, fact.span)
                path = (*fact.subject, *fact.scope, fact.attribute)
                yield from _in_text(asked, place, row, reading, path)


def _in_text(
    asked: Asked, place: Place, row: int, reading: Reading, path: Sequence[str]
) -> Iterator[Candidate]:
    """What is told in a text that stands under the names of ``path``."""
    text = reading.text
    title = place.title(place.index.document_of(place.index.passages[row]))
    sentences = sentence_starts(text)
    for told in place.reader.read(asked, text):
        start, end = told.start, told.end
        low = max(cut for cut in sentences if cut <= start)
        high = min(cut for cut in sentences if cut >= end)
        clause = max(cut for cut in clause_starts(text, low, high) if cut <= start)
        left = max(clause, *(m.end() for m in _PART.finditer(text, low, start)), low)
        right = next((m.start() for m in _PART.finditer(text, end, high)), high)
        candidate = Candidate(
            row,
            reading.span(start, end),
            text[start:end],
            reading.span(low, max(low + 1, low + len(text[low:high].rstrip()))),
            Context(
                "",
                "",
                f"{text[left:start]} {text[end:right]}",
                " / ".join(path),
                title,
                around=f"{text[low:start]} {text[end:high]}",
            ),
            origin="phrase",
        )
        candidate.signals["nearness"] = asked.wording.nearness(text, start, end)
        candidate.signals["apt"] = told.likelihood
        yield candidate
