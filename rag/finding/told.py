"""Values in the prose of the ranked passages → candidates, each with what binds to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.finding.asked import Asked
from rag.finding.candidate import Candidate, Context
from rag.finding.place import Place
from rag.finding.stated import NAMING, fits, holds
from rag.question.wants import Wants
from rag.reading.amounts import bound
from rag.reading.bindings import bindings, proviso
from rag.reading.values import ValueKind
from rag.types import BlockKind, Document, Passage

_PROSE = 14  # rows whose values are looked at


def told(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The values of the wanted sort in the prose of the best rows."""
    wants = asked.wants
    if not wants.values and not wants.open:
        return
    index = place.index
    for row in place.rows[:_PROSE]:
        passage = index.passages[row]
        if passage.rows is not None:
            continue
        yield from _in_passage(asked, place, row, passage)


def _in_passage(asked: Asked, place: Place, row: int, passage: Passage) -> Iterator[Candidate]:
    wants = asked.wants
    document = place.index.document_of(passage)
    if not holds(wants, passage.text):
        return
    reading = place.index.reading(row)
    text = reading.text
    for one in bindings(text):
        value = one.value
        if not fits(wants, value) or NAMING.match(text, value.end):
            continue
        if value.kind is ValueKind.DATE and _heads(document, reading.offsets[value.start], wants):
            continue
        sentence = text[slice(*one.sentence)]
        topic = text[slice(*one.topic)]
        own = f"{text[slice(*one.own)]} {text[slice(*one.behind)]}".strip()
        after = text[slice(*one.after)]
        context = Context(
            topic,
            own,
            after,
            " / ".join(passage.path),
            place.title(document),
            after,
            around=sentence,
            reached=one.reached,
            proviso=proviso(text, one),
        )
        start, end = bound(value, wants.edge)
        found = Candidate(
            row,
            reading.span(start, end),
            text[start:end],
            reading.span(*_trim(text, one.sentence)),
            context,
            "",
            None,
            "prose" if passage.kind is not BlockKind.NOTE else "note",
        )
        found.signals["nearness"] = asked.wording.nearness(text, start, end)
        yield found


_SHORT = 40  # characters of a line that gives no more than who published and when
_FRONT = 200  # characters at the front of a document in which its own date stands


def _heads(document: Document, at: int, wants: Wants) -> bool:
    """Whether a date stands in the title or alone at the front of a document: that is when it was
    published, and no answer to when something else is."""
    if at > _FRONT:
        return False
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    line = document.text[start : end if end >= 0 else len(document.text)].strip()
    if start == 0 or _DATE_LINE.fullmatch(line):
        return True
    return len(line) <= _SHORT and not re.search(r"[~∼:：]|까지|부터", line)


_DATE_LINE = re.compile(
    r"[(\[]?(?:[가-힣]{2,8}[일자]?\s?[:：]?\s?)?['’‘]?\d{2,4}\s?[.년\-/][\d\s.년월일\-/]*(?:\([월화수목금토일]\))?\s?(?:게시|작성|공고|배포|개정|제정|시행)?[)\]]?"
)


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end
