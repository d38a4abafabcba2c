"""The fact inside a passage: the value that the question asks for, as the source writes it.

A table row gives a cell, a list question the items that rag.enumerated finds, and any other
question the fact that rag.fact finds in the readable text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.cells import CellAnswer, answer_cell
from rag.enumerated import Listed, cell_items, label_items, list_items
from rag.fact import GLOSS, find_fact
from rag.index import Index
from rag.labelled import bulleted_items
from rag.likeness import vectors_of
from rag.reading import Reading, read
from rag.reading.trimming import MARKER, trimmed
from rag.types import Document, Passage, Question, QuestionKind, Span
from rag.wanted import TYPED

_QUOTE = 260  # characters; a longer passage is narrowed to the sentence of its value

_SHORT_CELL = 60  # characters; a longer cell is searched for the value inside it

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
    if passage.rows is not None and question.kind is QuestionKind.LIST:
        listed = label_items(index, question, document, passage)
        if listed is not None:
            return _from_list(listed)
    if passage.rows is not None:
        cell = answer_cell(index, question, document, passage)
        if cell is not None and _may_be(question, cell.text):
            return _from_cell(index, question, document, passage, cell)
    reading = read(document.text, passage.span, passage.joins)
    if question.kind is QuestionKind.LIST:
        listed = list_items(index, question, document, passage)
        if listed is not None:
            return _from_list(listed)
    found = fact_in(index, question, reading.text)
    if found is None:
        return _slice(reading, 0, len(reading.text), "")
    at, to = found
    start, end = (0, len(reading.text))
    if len(reading.text) > _QUOTE:
        start, end = _narrow(reading.text, at)
        end = max(end, to)
    return _slice(reading, start, end, reading.text[at:to])


def _may_be(question: Question, text: str) -> bool:
    """Whether a cell can be the answer: a number or a name does not say what something is."""
    return question.kind is not QuestionKind.DEFINITION or len(text) >= GLOSS


def fact_in(
    index: Index, question: Question, text: str, *, joined: bool = False
) -> tuple[int, int] | None:
    """Where the fact stands in a readable text, its ends clean; None where the text holds none or
    the question asks for all that a section says. Of several ``joined`` rows one clause can be the
    method that is asked for."""
    whole = _asks_for_all(question) and not (joined and question.kind is QuestionKind.METHOD)
    found = None if whole else find_fact(question, text, index.body.idf, vectors_of(index.encoder))
    return None if found is None else trimmed(text, *found)


def without_marker(reading: Reading) -> Span:
    """The span of a reading from behind the bullet that it begins with."""
    marker = MARKER.match(reading.text)
    left = marker.end() if marker and marker.end() < len(reading.text) else 0
    return reading.span(left, len(reading.text))


def _from_list(listed: Listed) -> Extract:
    items = "; ".join(_clean(item) for item in listed.items)
    return Extract(listed.span, listed.text, items, listed.further)


def _clean(item: str) -> str:
    return item[slice(*trimmed(item, 0, len(item)))]


def _asks_for_all(question: Question) -> bool:
    """Whether what a section says is asked for ("주요 쟁점은 무엇인가요?"): no phrase of it is the
    answer."""
    return question.kind in _UNTYPED and bool(_SECTION.search(question.searched))


def _from_cell(
    index: Index, question: Question, document: Document, passage: Passage, cell: CellAnswer
) -> Extract:
    """The slice that holds the cell, with the cell, or the value inside a long one, as the
    fact."""
    text = cell.text if cell.final and "; " in cell.text else _clean(cell.text)
    parts = bulleted_items(text)
    if cell.final:
        pass
    elif len(parts) > 1 and (
        question.kind is QuestionKind.LIST or len(text) <= _longest_whole(question)
    ):
        text = "; ".join(map(_clean, parts))
    elif question.kind is QuestionKind.LIST:
        text = "; ".join(map(_clean, cell_items(text)))
    elif len(text) > _longest_whole(question):
        found = find_fact(question, text, index.body.idf, vectors_of(index.encoder))
        if found is not None:
            text = text[slice(*trimmed(text, *found))]
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
    marker = MARKER.match(text)
    left = marker.end() if marker else 0
    text = text[left:] or text
    span = reading.span(start + left, start + left + len(text))
    return Extract(span, text, value)


def _narrow(text: str, at: int) -> tuple[int, int]:
    """The sentence or bullet of a readable text that holds position ``at``."""
    cuts = [0]
    cuts += [m.start() + 1 for m in re.finditer(r"\s(?=[•❖▣□◆◇➔▶①-⑳]|- |\*+ )", text)]
    cuts += [m.end() for m in re.finditer(r"(?<=[다요음함임됨]\.)\s", text)]
    cuts = [*sorted(set(cuts)), len(text)]
    start = max(cut for cut in cuts[:-1] if cut <= at)
    end = min(cut for cut in cuts if cut > at)
    return start, end
