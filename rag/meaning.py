"""Where the documents say what a thing is that a question asks the meaning of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rag.definition import asked_for, definition_of, named_before
from rag.index import Index
from rag.phrases import sentence_cuts
from rag.reading import read
from rag.reading.trimming import MARKER
from rag.types import Question, Span
from rag.wording import flat

_NOTES = 3  # passages behind one in which its starred notes may stand
_LONGEST = 550  # characters of source


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a thing is: ``value``, in the slice ``span`` of the document of passage ``row``, whose
    readable text is ``text``."""

    row: int
    span: Span
    text: str
    value: str


def find_meaning(index: Index, question: Question, rows: Iterable[int]) -> Meaning | None:
    """The definition in the first of ``rows`` that holds one, alone or with the notes behind it;
    None where none does or none is asked for."""
    name = asked_for(question)
    if not name:
        return None
    for row in rows:
        if index.passages[row].rows is not None or flat(name) not in flat(index.passages[row].text):
            continue
        for last in _stretch(index, row):
            meaning = _said(index, name, row, last)
            if meaning is not None:
                return meaning
    return None


def _stretch(index: Index, row: int) -> Iterable[int]:
    """The passage itself and those behind it that can be quoted with it."""
    passages = index.passages
    yield row
    for last in range(row + 1, min(len(passages), row + 1 + _NOTES)):
        if passages[last].file != passages[row].file or passages[last].rows is not None:
            return
        if passages[last].span.end - passages[row].span.start > _LONGEST:
            return
        yield last


def _said(index: Index, name: str, row: int, last: int) -> Meaning | None:
    passages = index.passages[row : last + 1]
    document = next(d for d in index.documents if d.file == passages[0].file)
    joins = tuple(join for passage in passages for join in passage.joins)
    whole = Span(passages[0].span.start, passages[-1].span.end)
    reading = read(document.text, whole, joins)
    found = definition_of(name, reading.text)
    if found is None:
        return None
    # From the line that says the name to the end of that which says what it is.
    cuts = sentence_cuts(reading.text)
    start = max(cut for cut in cuts if cut <= named_before(name, reading.text, found[0]))
    end = min(cut for cut in cuts if cut >= found[1])
    marker = MARKER.match(reading.text, start, end)
    start = marker.end() if marker else start
    end = start + len(reading.text[start:end].rstrip())
    return Meaning(
        row, reading.span(start, end), reading.text[start:end], reading.text[slice(*found)]
    )
