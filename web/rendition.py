"""A document's blocks as the nodes of a page, with a span of its source marked in place.

The text of every node is the reading of its block (:mod:`rag.reading.readable`); nothing is added to it.
The marker of a bullet and the text after it are kept apart, for the indent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.reading import Reading, read
from rag.types import Block, BlockKind, Cell, Document, Span, Table
from web import labels
from web.links import CITE
from web.marks import Piece, cut

_HTML_DEPTH = 6
_TITLE_RANK = 1
_HEADER = "running-header"
_HEADING_SIGN = re.compile(r"(?:[-*]\s+)?#{1,6}\s+")  # also in an item of a Markdown list
_LINES_IN_CELLS = frozenset({"hwp", "hwpx", "docx", "xlsx"})
"""Formats whose line breaks inside a cell are the author's; in others they may be the file's."""
_MARKER_LEAD = 8
"""A block's marker may stand behind another one, "- ①", or behind Markdown's sign, "## 1."."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A printed page begins here: its anchor and its name, "12쪽"."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class CellView:
    pieces: tuple[Piece, ...]
    row_span: int = 1
    column_span: int = 1
    scope: str = ""
    """The ``scope`` of a header cell: col, colgroup, row or rowgroup; "" for a data cell."""
    breaks: tuple[PageBreak, ...] = ()
    """The pages that begin before this cell, inside the table."""


@dataclass(frozen=True, slots=True)
class TableView:
    """Rows of cells; ``captions`` are the lines above the table that belong to it, and where
    there are none ``name`` stands in for those who do not see the page. ``unit`` is "" where a
    caption says it already. The first ``header_rows`` rows are the head."""

    rows: tuple[tuple[CellView, ...], ...]
    header_rows: int
    captions: tuple[tuple[Piece, ...], ...]
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Node:
    """One block, or a run of blocks: bullets (kind "list") or boilerplate ("running-header").

    ``rank`` is the HTML heading level of a heading, from 2. ``breaks`` are the pages that begin
    before the node. ``children`` are nodes nested in this one.
    """

    kind: str
    id: str = ""
    rank: int = 0
    marker: tuple[Piece, ...] = ()
    pieces: tuple[Piece, ...] = ()
    breaks: tuple[PageBreak, ...] = ()
    children: tuple[Node, ...] = ()
    table: TableView | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; ``depth`` counts from 0."""

    id: str
    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class Rendition:
    """A document ready to show. ``cited`` is the marked text, "" where nothing of it shows."""

    nodes: tuple[Node, ...]
    contents: tuple[Entry, ...]
    pages: tuple[PageBreak, ...]
    cited: str


def render(document: Document, blocks: Sequence[Block], at: Span | None = None) -> Rendition:
    """The blocks in source order as nodes, with the source span ``at`` marked.

    The first marked piece bears the anchor :data:`web.links.CITE`. A span may fall inside a
    block, across blocks or into table cells; what no block shows of it is not marked.
    """
    return _Renderer(document, blocks, at).rendition()


def table_of(document: Document, blocks: Sequence[Block], at: Span) -> TableView | None:
    """The rows of a table that the span ``at`` takes in, under the head of that table; None where
    the span takes in anything but one table and its captions, no row of it, or a part of a cell.
    A row that shares a cell with one of them is there too. Nothing is marked."""
    inside = [i for i, b in enumerate(blocks) if b.span.touches(at)]
    tables = [i for i in inside if blocks[i].table is not None]
    if len(tables) != 1 or not all(
        i in tables or _is_caption(blocks[i], tables[0]) for i in inside
    ):
        return None
    (index,) = tables
    block = blocks[index]
    table = block.table
    if table is None:
        return None
    heads = _header_rows(table)
    touched = [cell for cell in table.cells if cell.row >= heads and cell.span.touches(at)]
    if not touched or any(c.span.start < at.start or c.span.end > at.end for c in touched):
        return None
    cited = {cell.row for cell in touched}
    wanted = {*range(heads), *cited}
    spans = [set(range(cell.row, cell.row + cell.row_span)) for cell in table.cells]
    while more := set().union(*(rows for rows in spans if rows & wanted)) - wanted:
        wanted |= more
    whole = _Renderer(document, blocks, None).table_view(index, block, table)
    rows = tuple(
        tuple(replace(cell, breaks=()) for cell in row)
        for number, row in enumerate(whole.rows)
        if number in wanted
    )
    return replace(whole, rows=rows, name="인용한 표")


class _Renderer:
    def __init__(self, document: Document, blocks: Sequence[Block], at: Span | None) -> None:
        self._text = document.text
        self._lines_in_cells = document.format in _LINES_IN_CELLS
        self._blocks = blocks
        self._at = at
        self._cited: list[str] = []
        self._breaks = list(_page_breaks(document))
        self._pages = tuple(page for _, page in self._breaks)
        self._tables = 0
        self._captions = _captions(blocks)
        self._captioned = {index for above in self._captions.values() for index in above}

    def rendition(self) -> Rendition:
        nodes: list[Node] = []
        contents: list[Entry] = []
        rank = _TITLE_RANK
        run: list[tuple[int, Node]] = []
        for index, block in enumerate(self._blocks):
            if index in self._captioned:
                continue  # shown with its table
            node = self._node(index, block)
            if self._in_list(block, run):
                run.append((self._depth(block, run), node))
                continue
            if run:
                nodes.append(_nested(run))
                run = []
            if block.kind is BlockKind.HEADING:
                # A page must not skip a heading level, though the source may.
                rank = min(block.level + _TITLE_RANK + 1, rank + 1, _HTML_DEPTH)
                node = replace(node, rank=rank)
                text = "".join(piece.text for piece in (*node.marker, *node.pieces))
                contents.append(Entry(node.id, text, rank - _TITLE_RANK - 1))
            if block.kind is BlockKind.BOILERPLATE:
                # The lines of a running header read as one.
                if nodes and nodes[-1].kind == _HEADER:
                    node = replace(nodes[-1], children=(*nodes.pop().children, node))
                else:
                    node = Node(_HEADER, children=(node,))
            nodes.append(node)
        if run:
            nodes.append(_nested(run))
        return Rendition(tuple(nodes), tuple(contents), self._pages, " ".join(self._cited))

    def _in_list(self, block: Block, run: list[tuple[int, Node]]) -> bool:
        if block.kind is BlockKind.BULLET:
            return True
        return block.kind is BlockKind.NOTE and bool(run) and self._hangs_on_bullet(block)

    def _hangs_on_bullet(self, block: Block) -> bool:
        parent = None if block.parent is None else self._blocks[block.parent]
        return parent is not None and parent.kind is BlockKind.BULLET

    def _depth(self, block: Block, run: list[tuple[int, Node]]) -> int:
        if block.kind is BlockKind.BULLET or block.parent is None:
            return block.level
        return self._blocks[block.parent].level + 1

    def _node(self, index: int, block: Block) -> Node:
        breaks = self._breaks_before(block.span)
        if block.table is not None:
            return Node(
                block.kind.value,
                id=f"b{index}",
                breaks=breaks,
                table=self.table_view(index, block, block.table),
            )
        reading = read(self._text, block.span, block.joins)
        if block.kind is BlockKind.HEADING:
            reading = _without_sign(reading)
        pieces = self._marked(reading)
        head = _marker_end(reading.text, block.marker)
        return Node(
            block.kind.value,
            id=f"b{index}",
            breaks=breaks,
            marker=_before(pieces, head),
            pieces=_after(pieces, head),
        )

    def _breaks_before(self, span: Span) -> tuple[PageBreak, ...]:
        due: list[PageBreak] = []
        while self._breaks and self._breaks[0][0] <= span.start:
            due.append(self._breaks.pop(0)[1])
        return tuple(due)

    def table_view(self, index: int, block: Block, table: Table) -> TableView:
        self._tables += 1
        # Captions before cells, as on the page, so that the anchor lands on the first mark.
        readings = [
            read(self._text, self._blocks[above].span, self._blocks[above].joins)
            for above in self._captions.get(index, ())
        ]
        captions = tuple(self._marked(reading) for reading in readings)
        said = any(table.unit in reading.text for reading in readings)
        header_rows = _header_rows(table)
        rows = tuple(
            tuple(self._cells(block, table, row, header_rows)) for row in range(table.rows)
        )
        place = f" · {block.path[-1]}" if block.path else ""
        unit = "" if said else table.unit
        return TableView(rows, header_rows, captions, f"표 {self._tables}{place}", unit)

    def _cells(self, block: Block, table: Table, row: int, header_rows: int) -> Iterator[CellView]:
        for column in range(table.columns):
            cell = table.at(row, column)
            if cell is None:
                yield CellView(())
            elif (cell.row, cell.column) == (row, column):
                yield self._cell(block, cell, header_rows)

    def _cell(self, block: Block, cell: Cell, header_rows: int) -> CellView:
        reading = read(self._text, cell.span, block.joins)
        if self._lines_in_cells:
            reading = _with_lines(reading, self._text)
        scope = ""
        header = cell.header and bool(reading.text)  # an empty header names nothing
        if header and cell.row < header_rows:
            scope = "colgroup" if cell.column_span > 1 else "col"
        elif header:
            scope = "rowgroup" if cell.row_span > 1 else "row"
        return CellView(
            self._marked(reading),
            cell.row_span,
            cell.column_span,
            scope,
            self._breaks_before(cell.span),
        )

    def _marked(self, reading: Reading) -> tuple[Piece, ...]:
        found = None if self._at is None else reading.find(self._at)
        if found is None or not reading.text[found[0] : found[1]].strip():
            return cut(reading.text, ())
        pieces = cut(reading.text, (found,))
        if not self._cited:
            first = next(i for i, piece in enumerate(pieces) if piece.marked)
            anchored = replace(pieces[first], id=CITE)
            pieces = (*pieces[:first], anchored, *pieces[first + 1 :])
        self._cited.append(reading.text[found[0] : found[1]])
        return pieces


def _with_lines(reading: Reading, source: str) -> Reading:
    """A cell with the blanks that stand for its line breaks written as line breaks."""
    ends = (*reading.offsets[1:], *reading.offsets[-1:])
    text = "".join(
        "\n" if letter == " " and "\n" in source[at:to] else letter
        for letter, at, to in zip(reading.text, reading.offsets, ends, strict=True)
    )
    return Reading(text, reading.offsets, reading.tails)


def _captions(blocks: Sequence[Block]) -> dict[int, tuple[int, ...]]:
    """For each table that has any, the blocks directly above it that are its captions."""
    found: dict[int, tuple[int, ...]] = {}
    for index, block in enumerate(blocks):
        first = index
        while first and _is_caption(blocks[first - 1], index):
            first -= 1
        if block.table is not None and first < index:
            found[index] = tuple(range(first, index))
    return found


def _is_caption(block: Block, table: int) -> bool:
    return block.kind is BlockKind.CAPTION and block.parent == table


def _without_sign(reading: Reading) -> Reading:
    """A heading without Markdown's sign before it, which is markup and not text."""
    sign = _HEADING_SIGN.match(reading.text)
    length = sign.end() if sign else 0
    return Reading(reading.text[length:], reading.offsets[length:])


def _marker_end(text: str, marker: str) -> int:
    """How many characters of a readable text its marker takes, with what stands before it."""
    written = marker.replace("\\", "")
    at = text.find(written, 0, len(written) + _MARKER_LEAD) if written else -1
    if at < 0 or any(character.isalnum() for character in text[:at]):
        return 0
    return at + len(written)


def _page_breaks(document: Document) -> Iterator[tuple[int, PageBreak]]:
    for number, mark in enumerate(document.pages, start=1):
        yield mark.start, PageBreak(f"page-{number}", labels.page(mark.label))


def _header_rows(table: Table) -> int:
    """How many rows from the top hold header cells only. Fewer where a cell of them reaches below:
    a browser would cut it off at the end of the head."""
    heads = 0
    while heads < table.rows:
        cells = [table.at(heads, column) for column in range(table.columns)]
        if not all(cell is not None and cell.header for cell in cells):
            break
        heads += 1
    while crossing := [c.row for c in table.cells if c.row < heads < c.row + c.row_span]:
        heads = min(crossing)
    return heads


def _nested(run: Sequence[tuple[int, Node]]) -> Node:
    """A run of list lines with their depths as a tree; a depth that skips a level nests once."""
    children: list[Node] = []
    i = 0
    while i < len(run):
        depth, node = run[i]
        j = i + 1
        while j < len(run) and run[j][0] > depth:
            j += 1
        inner = run[i + 1 : j]
        children.append(replace(node, children=(_nested(inner),)) if inner else node)
        i = j
    return Node("list", children=tuple(children))


def _before(pieces: Sequence[Piece], length: int) -> tuple[Piece, ...]:
    taken: list[Piece] = []
    for piece in pieces:
        if length <= 0:
            break
        taken.append(replace(piece, text=piece.text[:length]))
        length -= len(piece.text)
    return tuple(taken)


def _after(pieces: Sequence[Piece], length: int) -> tuple[Piece, ...]:
    rest: list[Piece] = []
    for piece in pieces:
        text = piece.text[length:] if length > 0 else piece.text
        if text:
            # The anchor stays with the marker when a mark begins there: an id stands once.
            rest.append(replace(piece, text=text, id=piece.id if length <= 0 else ""))
        length -= len(piece.text)
    return tuple(rest)
