"""Table cells that hold running text → the lines inside them.

Agencies lay whole pages out as tables: a frame around a notice, a form whose answer to "지원내용" is
a page of bullets. Such a cell is too long to be ranked or quoted as one piece; read line by line
it behaves as the same text would outside a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.outline import parse_mark
from rag.reading import read
from rag.types import Block, BlockKind, Cell, Document, Span, Table

_LONG = 240  # characters; a shorter cell beside a label is read whole, with its row
_ALONE = 100  # a cell that has its row to itself is text sooner
_LINES = 3
_LABEL = 40  # characters of what names a cell from beside or above it
_HEAD = 24  # characters of a line that heads the lines below it
_NOTE = 400  # characters up to which a note goes with the line it explains
_FRAMED = re.compile(r"[<＜〈\[【〔].{1,30}[>＞〉\]】〕]")
_ENDED = re.compile(r"[.:：?!]$|[함임음됨]$")
_WRAPS = frozenset({"pdf"})
"""Formats whose newlines inside a cell may be those of the page, not of paragraphs."""


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line of a cell, blanks around it left out, with the headings it stands under inside its
    table, outermost first. ``kind`` is HEADING where it heads the lines below it."""

    span: Span
    kind: BlockKind
    path: tuple[str, ...]


def cell_lines(
    document: Document, block: Block, table: Table, cells: Sequence[Cell]
) -> tuple[CellLine, ...]:
    """The lines of the one long cell of a row, in source order, those of a short label before it
    left out of the lines and put on their path. Empty where the row is one of values: where it
    holds another long cell, more than a label, or nothing of several lines.

    ``cells`` are those of the row that hold text, in order.
    """
    if not cells or len(cells) > 2 or len(cells[-1].span) < (_LONG, _ALONE)[len(cells) == 1]:
        return ()
    label, cell = (cells[0] if len(cells) == 2 else None), cells[-1]
    if label is not None and (len(label.span) > _LABEL or label.span.start > cell.span.start):
        return ()
    spans = list(_parted(document, block, cell.span))
    if len(spans) < _LINES:
        return ()
    name = _named(document, block, label) if label else _above(document, block, table, cell)
    return tuple(_under_heads(document, block, spans, (name,) if name else ()))


def _parted(document: Document, block: Block, span: Span) -> Iterator[Span]:
    """The lines, a note with the one before it."""
    joins = set(block.joins)
    held: Span | None = None
    at = span.start
    for line in document.text[span.start : span.end].split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = max(start, at + len(line.rstrip()))
        goes_on = at > span.start and at - 1 in joins
        at += len(line) + 1
        if start == end:
            continue
        mark = parse_mark(line)
        if document.format in _WRAPS and mark is None and not _FRAMED.match(line.strip()):
            goes_on = True
        note = mark is not None and (mark.style == "※" or mark.starred)
        if held is not None and (goes_on or (note and end - held.start <= _NOTE)):
            held = Span(held.start, end)
            continue
        if held is not None:
            yield held
        held = Span(start, end)
    if held is not None:
        yield held


def _under_heads(
    document: Document, block: Block, spans: Sequence[Span], path: tuple[str, ...]
) -> Iterator[CellLine]:
    head: tuple[str, ...] = ()
    top = ""
    for n, span in enumerate(spans):
        text = read(document.text, span, block.joins).text
        mark = parse_mark(text)
        style = mark.style if mark else ""
        framed = bool(_FRAMED.fullmatch(text))
        below = (
            parse_mark(document.text[spans[n + 1].start : spans[n + 1].end])
            if (n + 1 < len(spans))
            else None
        )
        heads = len(text) <= _HEAD and (
            framed
            or (
                mark is not None
                and below is not None
                and below.style != style
                and not mark.starred
                and not _ENDED.search(text)
            )
        )
        # Only marks like that of the first heading head again: "- 가" under "□ 나" does not.
        if heads and (not top or framed or style == top) and n + 1 < len(spans):
            top = "" if framed else style
            name = (
                text[mark.content :].strip()
                if mark and not framed
                else text.strip("<>＜＞〈〉[]【】〔〕 ")
            )
            head = (name,) if name else ()
            yield CellLine(span, BlockKind.HEADING, path)
        else:
            if style and style == top:
                head = ()
            kind = BlockKind.BULLET if mark else BlockKind.PARAGRAPH
            yield CellLine(span, kind, (*path, *head))


def _above(document: Document, block: Block, table: Table, cell: Cell) -> str:
    """The one short text of the row above, which names a cell that has its row to itself."""
    row = {table.at(cell.row - 1, column) for column in range(min(table.columns, _LABEL))}
    held = [one for one in row if one is not None and len(one.span)]
    if cell.row == 0 or len(held) != 1 or len(held[0].span) > _LABEL:
        return ""
    return _named(document, block, held[0])


def _named(document: Document, block: Block, cell: Cell) -> str:
    return read(document.text, cell.span, block.joins).text
