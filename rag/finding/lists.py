"""Lists → candidates: the lines of a fact, what a text enumerates, the bullets under one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rag.facts import Fact
from rag.finding.asked import Asked
from rag.finding.candidate import Candidate, Context
from rag.finding.enumerations import enumerations
from rag.finding.place import Place
from rag.outline import parse_mark
from rag.reading import Reading, read
from rag.reading.sentences import sentence_starts
from rag.reading.trimming import trimmed
from rag.types import Block, BlockKind, Document, QuestionKind, Span

_ROWS = 8
_LEAD = 60  # characters before a list, and behind it, that name it
_MOST = 30  # bullets of the longest list
_ITEM = 80  # characters of a bullet that is an item as a whole
_TITLE = re.compile(r"\(?(?P<title>[^:：()]{2,40}?)\)?\s?[:：]\s|\((?P<framed>[^()]{2,30})\)\s")
_CELL_MARK = re.compile(r"(?:^|\s)[·ㆍ•▪◦-]\s")
_ALL = 0.8  # share of a value's letters that its items must tell


def listed(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The lists of the best passages, where one is asked for."""
    if asked.question.kind is not QuestionKind.LIST:
        return
    index = place.index
    seen: set[tuple[str, int]] = set()
    for row in place.rows[:_ROWS]:
        passage = index.passages[row]
        if passage.rows is not None:
            continue
        document = index.document_of(passage)
        reading = read(document.text, passage.span, passage.joins)
        yield from _in_text(place, document, row, reading, passage.path)
        blocks = index.blocks[passage.file]
        first, last = passage.blocks
        for number in range(first, last + 1):
            for parent in {number, blocks[number].parent} - {None}:
                if parent is not None and (passage.file, parent) not in seen:
                    seen.add((passage.file, parent))
                    yield from _under(place, document, blocks, parent)


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


def _under(
    place: Place, document: Document, blocks: Sequence[Block], parent: int
) -> Iterator[Candidate]:
    """The bullets and headings of one sort that hang on a block, named by it."""
    children: list[int] = []
    for number in range(parent + 1, len(blocks)):
        above = blocks[number].parent
        if blocks[number].kind is BlockKind.HEADING and (above is None or above < parent):
            break
        if above == parent and blocks[number].kind in (BlockKind.BULLET, BlockKind.HEADING):
            children.append(number)
        if len(children) > _MOST:
            return
    lead = read(document.text, blocks[parent].span, blocks[parent].joins).text
    for _sort, group in groupby(children, key=lambda n: _sort_of(blocks[n])):
        members = list(group)
        items = [_item(document, blocks[n]) for n in members]
        if len(members) < 2 or any(item is None for item in items):
            continue
        told = tuple(item for item in items if item)
        spans = [blocks[n].span for n in members]
        row = place.index.row_at(document.file, spans[0].start)
        context = Context(lead, "", "", " / ".join(blocks[members[0]].path), place.title(document))
        yield Candidate(
            row,
            Span(spans[0].start, spans[-1].end),
            "; ".join(told),
            Span(spans[0].start, spans[-1].end),
            context,
            origin="bullets",
            items=told,
            further=(blocks[parent].span,) if len(blocks[parent].span) < 200 else (),
        )


def _sort_of(block: Block) -> str:
    mark = parse_mark(block.marker + " x") if block.marker else None
    return f"{block.kind} {mark.style if mark else block.marker}"


def _item(document: Document, block: Block) -> str | None:
    """What a bullet names: its words where they are few, else the title that it begins with."""
    text = read(document.text, block.span, block.joins).text
    mark = parse_mark(text)
    text = text[mark.content :] if mark else text
    if len(text) <= _ITEM:
        return clean(text)
    title = _TITLE.match(text)
    return clean(title["title"] or title["framed"]) if title else None


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
