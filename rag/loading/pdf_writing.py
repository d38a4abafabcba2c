"""Pages in columns → one text, with the blocks that the layout states and where pages begin."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag.loading.pdf_furniture import note_mark
from rag.loading.pdf_lines import Line
from rag.loading.pdf_page import Page
from rag.loading.pdf_paragraphs import Habit, Paragraph, compose, continues, split
from rag.loading.pdf_tables import Drawn, Sheet, goes_on, headers, sheet, united
from rag.types import Block, BlockKind, Cell, PageMark, Span, Table

_HEADING = 1.15  # times the usual size
_HEADING_LENGTH = 120
_HEADING_SHARE = 0.25  # of all characters: more is no heading but the text
_SAME_SIZE = 0.06
_LOW = 0.4  # of a page's height


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables of a column, each from the top, and the footnotes at its foot."""

    lines: tuple[Line, ...]
    tables: tuple[Drawn, ...] = ()
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, its columns in reading order, and the texts of its headers and footers."""

    page: Page
    columns: tuple[Column, ...]
    furniture: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes one block or paragraph. ``pages`` are the indices of the pages of a
    paragraph's lines. ``aside`` tells that it stands outside the flow of the text."""

    kind: BlockKind
    pages: tuple[int, ...]
    paragraph: Paragraph | None = None
    table: Sheet | None = None
    words: str = ""
    marker: str = ""

    @property
    def bottom(self) -> float:
        """Where it ends on its last page."""
        if self.table is not None:
            return self.table.box.y1
        return self.paragraph.lines[-1].box.y1 if self.paragraph is not None else 0.0

    @property
    def aside(self) -> bool:
        return self.kind in (BlockKind.NOTE, BlockKind.BOILERPLATE)


def write(
    leaves: Sequence[Leaf], pages: Sequence[Page], habit: Habit, body: float
) -> tuple[str, tuple[Block, ...], tuple[PageMark, ...]]:
    """The text of a document, its stated blocks and its page marks, all in source order."""
    pieces: list[_Piece] = []
    for index, leaf in enumerate(leaves):
        above = pages[index - 1].height * _LOW if index else 0.0
        _add(pieces, _pieces(leaf, index, habit), habit, above)
    pieces = _headings(pieces, body)
    writer = _Writer(pages)
    for piece in pieces:
        writer.put(piece)
    return writer.finish()


def _pieces(leaf: Leaf, index: int, habit: Habit) -> list[_Piece]:
    """What a page holds, in reading order; footnotes and furniture last."""
    found: list[_Piece] = []
    last: list[_Piece] = []
    for column in leaf.columns:
        tables = list(column.tables)
        run: list[Line] = []
        for line in (*column.lines, None):
            while tables and (line is None or tables[0].grid.box.y0 < line.box.y0):
                found += _paragraphs(run, index, habit)
                run = []
                table = sheet(tables.pop(0), leaf.page, index, habit)
                found.append(_Piece(BlockKind.TABLE, (index,), table=table))
            if line is not None:
                run.append(line)
        found += _paragraphs(run, index, habit)
        last += _notes(column.notes, index, habit)
    last += [_Piece(BlockKind.BOILERPLATE, (index,), words=text) for text in leaf.furniture]
    return [*found, *last]


def _paragraphs(lines: Sequence[Line], index: int, habit: Habit) -> list[_Piece]:
    return [
        _Piece(BlockKind.PARAGRAPH, (index,) * len(group), compose(group, habit))
        for group in split(lines, habit)
    ]


def _notes(lines: Sequence[Line], index: int, habit: Habit) -> list[_Piece]:
    groups: list[list[Line]] = []
    for line in lines:
        if note_mark(line) or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [
        _Piece(
            BlockKind.NOTE, (index,) * len(group), compose(group, habit), marker=note_mark(group[0])
        )
        for group in groups
    ]


def _add(pieces: list[_Piece], new: Sequence[_Piece], habit: Habit, low: float) -> None:
    """Append the pieces of a page. The first goes on from the last of the page before where that
    broke off; footnotes and footers of the page it began on then stand before it, those of later
    pages after it, so that the pages stay in order. What ends above ``low`` on its page is
    whole: nothing was in its way."""
    at = len(pieces)
    while at and pieces[at - 1].aside:
        at -= 1
    rest = list(new)
    late: list[_Piece] = []
    if at and rest and not rest[0].aside:
        last = pieces[at - 1]
        merged: _Piece | None = None
        left_out: list[_Piece] = []
        if last.pages[-1] == rest[0].pages[0] - 1 and last.bottom > low:
            merged, left_out = _merge(last, rest[0], habit)
        if merged is not None:
            between = pieces[at:]
            pieces[at - 1 :] = [p for p in between if p.pages[0] <= last.pages[0]]
            late = [p for p in between if p.pages[0] > last.pages[0]] + left_out
            rest[0] = merged
    joined = _joined_columns(rest, habit)
    pieces += [*joined[:1], *late, *joined[1:]]


def _joined_columns(pieces: Sequence[_Piece], habit: Habit) -> list[_Piece]:
    """The pieces of a page, with a paragraph that the end of a column cut made whole."""
    found: list[_Piece] = []
    for piece in pieces:
        if found and found[-1].paragraph is not None and piece.paragraph is not None:
            above, below = found[-1].paragraph.lines[-1], piece.paragraph.lines[0]
            same = found[-1].pages[-1] == piece.pages[0] and below.box.y0 < above.box.y0
            if same and not found[-1].aside and not piece.aside:
                merged, _ = _merge(found[-1], piece, habit)
                if merged is not None:
                    found[-1] = merged
                    continue
        found.append(piece)
    return found


def _merge(last: _Piece, first: _Piece, habit: Habit) -> tuple[_Piece | None, list[_Piece]]:
    """The one piece of which two are parts, or None; and what was left out between."""
    if last.paragraph is not None and first.paragraph is not None:
        if not continues(last.paragraph.lines, first.paragraph.lines, habit):
            return None, []
        whole = compose((*last.paragraph.lines, *first.paragraph.lines), habit)
        return replace(last, pages=(*last.pages, *first.pages), paragraph=whole), []
    if last.table is not None and first.table is not None and goes_on(last.table, first.table):
        table, left_out = united(last.table, first.table)
        index = first.table.first
        between = [_Piece(BlockKind.BOILERPLATE, (index,), words=row) for row in left_out if row]
        return replace(last, pages=(*last.pages, *first.pages), table=table), between
    return None, []


def _headings(pieces: Sequence[_Piece], body: float) -> list[_Piece]:
    """The pieces with those that are set plainly larger made headings."""
    large = [
        k
        for k, piece in enumerate(pieces)
        if piece.kind is BlockKind.PARAGRAPH
        and piece.paragraph is not None
        and piece.paragraph.size >= _HEADING * body
        and len(piece.paragraph.text) <= _HEADING_LENGTH
        and any(character.isalpha() for character in piece.paragraph.text)
    ]
    texts = [(k, piece.paragraph) for k, piece in enumerate(pieces) if piece.paragraph is not None]
    total = sum(len(paragraph.text) for _, paragraph in texts)
    chosen = set(large)
    share = sum(len(paragraph.text) for k, paragraph in texts if k in chosen) / max(1, total)
    if share > _HEADING_SHARE and len(large) > 2:
        return list(pieces)
    found = list(pieces)
    for k in large:
        found[k] = replace(pieces[k], kind=BlockKind.HEADING)
    return found


class _Writer:
    """Collects text, blocks and marks."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        self._parts: list[str] = []
        self._at = 0
        self._blocks: list[Block] = []
        self._marks: list[PageMark] = []
        self._page = -1
        self._sizes: dict[int, float] = {}

    def put(self, piece: _Piece) -> None:
        """Write one piece, parted from the one before by an empty line."""
        if self._parts:
            self._say("\n\n")
        if piece.table is not None:
            self._table(piece.table)
            return
        start = self._at
        if piece.paragraph is None:
            self._turn(piece.pages[0], self._at)
            self._say(unicodedata.normalize("NFC", piece.words))
        else:
            for page, offset in zip(piece.pages, piece.paragraph.starts, strict=True):
                self._turn(page, start + offset)
            self._say(piece.paragraph.text)
        if piece.kind is not BlockKind.PARAGRAPH:
            size = piece.paragraph.size if piece.paragraph is not None else 0.0
            if piece.kind is BlockKind.HEADING:
                self._sizes[len(self._blocks)] = size
            self._blocks.append(Block(piece.kind, 0, Span(start, self._at), marker=piece.marker))

    def _say(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)

    def _turn(self, page: int, at: int) -> None:
        """Note that what is at an offset stands on a page; pages only go forwards."""
        if page > self._page:
            self._page = page
            if self._marks and self._marks[-1].start == at:
                self._marks.pop()
            self._marks.append(PageMark(at, self._pages[page].label))

    def _table(self, table: Sheet) -> None:
        heads, labels = headers(table)
        cells: list[Cell] = []
        self._turn(table.first, self._at)
        start = self._at
        for _, group in groupby(table.entries, key=lambda entry: entry.row):
            entries = list(group)
            if self._at > start:
                self._say("\n")
            for k, entry in enumerate(entries):
                if k:
                    self._say("\t")
                self._turn(entry.page, self._at)
                at = self._at
                self._say(entry.text)
                head = entry.row < heads or entry.column < labels
                cells.append(
                    Cell(
                        entry.row, entry.column, Span(at, self._at), entry.rows, entry.columns, head
                    )
                )
        low = min(cell.span.start for cell in cells if len(cell.span))
        high = max(cell.span.end for cell in cells if len(cell.span))
        inside = tuple(
            cell
            if len(cell.span)
            else replace(cell, span=Span(at := min(max(cell.span.start, low), high), at))
            for cell in cells
        )
        found = Table(inside, table.rows, table.columns)
        self._blocks.append(Block(BlockKind.TABLE, 0, Span(low, high), table=found))

    def finish(self) -> tuple[str, tuple[Block, ...], tuple[PageMark, ...]]:
        """All that was written; headings have their levels by size, the largest outermost."""
        levels = _levels(list(self._sizes.values()))
        blocks = [
            replace(block, level=levels[self._sizes[k]]) if k in self._sizes else block
            for k, block in enumerate(self._blocks)
        ]
        return "".join(self._parts), tuple(blocks), tuple(self._marks)


def _levels(sizes: Sequence[float]) -> dict[float, int]:
    """For each size of heading its level: sizes that are nearly equal share one."""
    found: dict[float, int] = {}
    level, top = -1, 0.0
    for size in sorted(set(sizes), reverse=True):
        if level < 0 or size < top * (1 - _SAME_SIZE):
            level, top = level + 1, size
        found[size] = level
    return found
