"""The fact inside a passage: the value that the question asks for, as the source writes it.

A table row gives a cell, a list question the items that its passage enumerates or that hang on it
as bullets, and any other question the fact that rag.fact finds in the readable text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.cells import CellAnswer, answer_cell
from rag.fact import find_fact, find_marks
from rag.index import Index
from rag.labelled import bulleted_items
from rag.listing import enumeration
from rag.people import people
from rag.reading import Reading, read
from rag.types import BlockKind, Document, Passage, Question, QuestionKind, Span
from rag.wanted import TYPED, asked_count, asks_who

_QUOTE = 260  # characters; a longer passage is narrowed to the sentence of its value

_MARKER = re.compile(r"\s*(?:(?:[-•▣□◆◇❖➔▶●○ㅇ※·]|\*{1,3})\s+)+")

_SHORT_CELL = 60  # characters; a longer cell is searched for the value inside it

_MOST_BELOW = 24  # blocks behind a passage among which its bullets are looked for
_SHORT_NAME = 20  # the same where a name is asked for
_NAMING = (QuestionKind.ORGANISATION, QuestionKind.PERSON, QuestionKind.PLACE)


@dataclass(frozen=True, slots=True)
class Extract:
    """A slice to quote: its span in the source, its readable text, and the fact inside it, ""
    where the slice as a whole is the answer. ``headers`` are the slices that name the
    fact when it is a cell: its labels and the column headers."""

    span: Span
    text: str
    value: str = ""
    headers: tuple[Span, ...] = ()


_UNTYPED = frozenset((QuestionKind.OTHER, QuestionKind.DEFINITION, QuestionKind.METHOD))
_SECTION = re.compile(
    r"(?:내용|배경|쟁점|이슈|과제|개요|방향|전략|방안|동향|현황|전망|계획|특징|효과|취지)(?:은|는|이|가)?\s?"
    r"(?:무엇|뭐|뭔|어떤가|어떻|어때)"
)


def extract(index: Index, question: Question, passage: Passage) -> Extract:
    """The slice of a passage that answers and the fact in it."""
    document = next(d for d in index.documents if d.file == passage.file)
    if passage.rows is not None:
        cell = answer_cell(index, question, document, passage)
        if cell is not None:
            return _from_cell(index, question, document, passage, cell)
    reading = read(document.text, passage.span, passage.joins)
    if question.kind is QuestionKind.LIST:
        marks = [mark[0] for mark in find_marks(question, reading.text)]
        items = _unnamed(question, reading.text) if asks_who(question) else []
        items = items if len(items) > 1 else enumeration(reading.text, marks, asked_count(question))
        if items:
            listed = "; ".join(reading.text[at:to] for at, to in items)
            return _slice(reading, 0, len(reading.text), listed)
        below = _below(index, document, passage)
        if below is not None:
            return below
    found = None if _asks_for_all(question) else find_fact(question, reading.text, index.body.idf)
    if found is None:
        return _slice(reading, 0, len(reading.text), "")
    at, to = found
    start, end = (0, len(reading.text))
    if len(reading.text) > _QUOTE:
        start, end = _narrow(reading.text, at)
        end = max(end, to)
    return _slice(reading, start, end, reading.text[at:to])


def _asks_for_all(question: Question) -> bool:
    """Whether what a section says is asked for ("주요 쟁점은 무엇인가요?"): no phrase of it is the
    answer."""
    return question.kind in _UNTYPED and bool(_SECTION.search(question.searched))


def _from_cell(
    index: Index, question: Question, document: Document, passage: Passage, cell: CellAnswer
) -> Extract:
    """The slice that holds the cell, with the cell, or the value inside a long one, as the
    fact."""
    text = cell.text
    parts = bulleted_items(text)
    if cell.final:
        pass
    elif len(parts) > 1 and (
        question.kind is QuestionKind.LIST or len(text) <= _longest_whole(question)
    ):
        text = "; ".join(parts)
    elif question.kind is QuestionKind.LIST:
        items = enumeration(text, [0])
        text = "; ".join(text[at:to] for at, to in items) if items else text
    elif len(text) > _longest_whole(question):
        found = find_fact(question, text, index.body.idf)
        if found is not None:
            text = text[slice(*found)]
    reading = read(document.text, cell.quote, passage.joins)
    at = reading.text.find(text)
    if len(reading.text) > _QUOTE and at >= 0 and len(cell.text) > _SHORT_CELL:
        start, end = _narrow(reading.text, at)
        part = _slice(reading, start, max(end, at + len(text)), text)
        return Extract(part.span, part.text, text, cell.further)
    return Extract(cell.quote, reading.text, text, cell.further)


def _longest_whole(question: Question) -> int:
    """Characters up to which a cell is taken whole as the fact."""
    if question.kind in TYPED:
        return 0
    return _SHORT_NAME if question.kind in _NAMING else _SHORT_CELL


def _slice(reading: Reading, start: int, end: int, value: str) -> Extract:
    text = reading.text[start:end].rstrip()
    marker = _MARKER.match(text)
    left = marker.end() if marker else 0
    text = text[left:] or text
    span = reading.span(start + left, start + left + len(text))
    return Extract(span, text, value)


def _below(index: Index, document: Document, passage: Passage) -> Extract | None:
    """The bullets that hang on a passage as the items of a list, where there are at least two of
    them, each short enough for an item; the slice to quote goes on to the last of them."""
    first, last = passage.blocks
    blocks = index.blocks[passage.file]
    near = range(first + 1, min(len(blocks), last + 1 + _MOST_BELOW))
    for parent in range(first, last + 1):
        held = [
            n for n in near if blocks[n].kind is BlockKind.BULLET and blocks[n].parent == parent
        ]
        if len(held) < 2:
            continue
        end = max(passage.span.end, blocks[held[-1]].span.end)
        whole = Span(passage.span.start, end)
        joins = [
            *passage.joins,
            *(j for n in range(last + 1, held[-1] + 1) for j in blocks[n].joins),
        ]
        items = [
            _slice_text(read(document.text, blocks[n].span, blocks[n].joins).text) for n in held
        ]
        if max(map(len, items)) > _SHORT_CELL:
            continue
        reading = read(document.text, whole, joins)
        return _slice(reading, 0, len(reading.text), "; ".join(items))
    return None


def _slice_text(text: str) -> str:
    marker = _MARKER.match(text)
    return text[marker.end() :] if marker else text


def _unnamed(question: Question, text: str) -> list[tuple[int, int]]:
    """People in the text whom the question does not name itself."""
    return [(at, to) for at, to in people(text) if text[at:to] not in question.searched]


def _narrow(text: str, at: int) -> tuple[int, int]:
    """The sentence or bullet of a readable text that holds position ``at``."""
    cuts = [0]
    cuts += [m.start() + 1 for m in re.finditer(r"\s(?=[•❖▣□◆◇➔▶①-⑳]|- |\*+ )", text)]
    cuts += [m.end() for m in re.finditer(r"(?<=[다요음함임됨]\.)\s", text)]
    cuts = [*sorted(set(cuts)), len(text)]
    start = max(cut for cut in cuts[:-1] if cut <= at)
    end = min(cut for cut in cuts if cut > at)
    return start, end
