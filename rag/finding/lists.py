"""Lists → candidates: the lines of a fact, and what a text enumerates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.facts import Fact
from rag.finding.asked import Asked
from rag.finding.candidate import Candidate, Context
from rag.finding.enumerations import enumerations
from rag.finding.place import Place
from rag.reading import Reading, read
from rag.reading.sentences import sentence_starts
from rag.reading.trimming import trimmed
from rag.types import Document, QuestionKind

_ROWS = 8
_LEAD = 60  # characters before a list, and behind it, that name it
_CELL_MARK = re.compile(r"(?:^|\s)[·ㆍ•▪◦-]\s")
_ALL = 0.8  # share of a value's letters that its items must tell


def listed(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The lists of the best passages, where one is asked for."""
    if asked.question.kind is not QuestionKind.LIST:
        return
    index = place.index
    for row in place.rows[:_ROWS]:
        passage = index.passages[row]
        if passage.rows is not None:
            continue
        document = index.document_of(passage)
        reading = index.reading(row)
        yield from _in_text(place, document, row, reading, passage.path)


def _in_text(
    place: Place, document: Document, row: int, reading: Reading, path: Sequence[str]
) -> Iterator[Candidate]:
    text = reading.text
    for one in enumerations(text):
        start, end = one.items[0][0], one.items[-1][1]
        items = tuple(clean(text[a:b]) for a, b in one.items)
        lead = text[max(0, start - _LEAD) : start]
        stop = next((at for at in sentence_starts(text) if at >= end), len(text))
        context = Context(
            lead,
            text[end : min(stop, end + _LEAD)],
            f"{text[:start]} {text[end:]}",
            " / ".join(path),
            place.title(document),
        )
        found = Candidate(
            row,
            reading.span(start, end),
            "; ".join(items),
            reading.span(0, len(text)),
            context,
            origin="list",
            items=items,
        )
        found.signals["loose"] = float(one.loose)
        found.signals["counted"] = float(one.count == len(items))
        yield found


def items_of(fact: Fact, document_text: str) -> tuple[str, ...]:
    """The items of a fact's value: its lines, else what it enumerates, else itself."""
    if len(fact.parts) > 1:
        texts = [read(document_text, part).text for part in fact.parts]
        return tuple(clean(text) for text in texts if text)
    text = fact.value
    parts = [part.strip() for part in _CELL_MARK.split(text)]
    if len(parts) > 2 and not parts[0]:
        return tuple(clean(part) for part in parts if part)
    found = max(enumerations(text), key=lambda one: _told(one.items), default=None)
    if found is not None and _told(found.items) >= _ALL * len(text):
        return tuple(clean(text[at:to]) for at, to in found.items)
    return (text,)


def _told(items: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in items)


def clean(item: str) -> str:
    """An item without bullets, commas and single brackets at its ends."""
    return item[slice(*trimmed(item, 0, len(item)))]
