"""Tables of a PDF page: the words of each box as the text of its cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.loading.pdf_grid import Grid, GridCell
from rag.loading.pdf_lines import Line, ended, gather
from rag.loading.pdf_page import Box, Page, Word
from rag.loading.pdf_paragraphs import Habit, compose, split
from rag.outline.tables import assemble
from rag.types import Span

_PADDING = 6.0
_SAME_EDGE = 4.0
_MOST_PAIRS = 2_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with its text, on the page ``page`` (an index)."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    page: int
    bold: bool = False
    shaded: bool = False
    full: bool = False
    """Whether its last line reaches the edge, so that its text may go on overleaf."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: entries in row-major order, the edges of its columns, how many rows it has, and on
    which pages (indices) it begins and ends. ``top`` and ``bottom`` are its places there."""

    entries: tuple[Entry, ...]
    xs: tuple[float, ...]
    rows: int
    first: int
    last: int
    box: Box

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def row(self, number: int) -> list[Entry]:
        """The entries that begin in a row, from the left."""
        return [entry for entry in self.entries if entry.row == number]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A grid with the lines of each of its cells."""

    grid: Grid
    cells: tuple[tuple[GridCell, tuple[Line, ...]], ...]
    words: frozenset[int]
    """The orders of the words inside."""


def drawn(grid: Grid, words: Sequence[Word]) -> Drawn | None:
    """A grid with its words, None where fewer than two of its cells hold any."""
    ways: dict[tuple[int, int], int] = {}
    for k, cell in enumerate(grid.cells):
        for r in range(cell.row, cell.row + cell.rows):
            for c in range(cell.column, cell.column + cell.columns):
                ways[r, c] = k
    held: list[list[Word]] = [[] for _ in grid.cells]
    for word in words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
        if grid.box.holds(x, y) and not word.slanted:
            c = min(bisect_right(grid.xs, x), len(grid.xs) - 1) - 1
            r = min(bisect_right(grid.ys, y), len(grid.ys) - 1) - 1
            own = ways.get((r, c))
            if own is not None:
                held[own].append(word)
    filled = [group for group in held if group]
    if len(filled) < 2:
        return None
    lines = [ended(gather(group), words) for group in held]
    padding = _padding(grid, lines)
    cells = tuple(
        (cell, tuple(_edged(own, cell, padding)))
        for cell, own in zip(grid.cells, lines, strict=True)
    )
    return Drawn(grid, cells, frozenset(word.order for group in held for word in group))


def _padding(grid: Grid, lines: Sequence[Sequence[Line]]) -> float:
    """White between the edge of a cell and its text."""
    found = [
        min(line.box.x0 - cell.box.x0, cell.box.x1 - line.box.x1)
        for cell, own in zip(grid.cells, lines, strict=True)
        for line in own
    ]
    return min(_PADDING, max(0.0, min(found)))


def _edged(lines: Sequence[Line], cell: GridCell, padding: float) -> list[Line]:
    return [
        replace(line, left=cell.box.x0 + padding, right=cell.box.x1 - padding) for line in lines
    ]


def sheet(table: Drawn, page: Page, index: int, habit: Habit) -> Sheet:
    """The table of a grid on the page ``page`` of that ``index``."""
    entries = []
    fills = page.fills if len(page.fills) * len(table.cells) < _MOST_PAIRS else ()
    for cell, lines in table.cells:
        text, full = "", False
        if lines:
            groups = split(lines, habit, cell=True)
            text = " ".join(compose(group, habit).text for group in groups)
            last = lines[-1]
            full = last.slack < 2.5 * last.size and cell.box.y1 - last.box.y1 < 2 * last.size
        bold = bool(lines) and all(line.bold for line in lines)
        entries.append(
            Entry(cell.row, cell.column, cell.rows, cell.columns, text, index, bold,
                  _shaded(cell.box, fills), full)
        )  # fmt: skip
    grid = table.grid
    return Sheet(tuple(entries), grid.xs, len(grid.ys) - 1, index, index, grid.box)


def _shaded(box: Box, fills: Sequence[Box]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(fill.holds(x, y) and fill.height < 1.5 * box.height + 6 for fill in fills)


def goes_on(above: Sheet, below: Sheet) -> bool:
    """Whether a table at the head of a page goes on from that at the foot of the one before: the
    edges of their columns are the same, and the header comes back or the columns are no fewer."""
    return below.columns == above.columns and all(
        abs(a - b) <= _SAME_EDGE for a, b in zip(above.xs, below.xs, strict=True)
    )


def united(above: Sheet, below: Sheet) -> tuple[Sheet, tuple[str, ...]]:
    """One table of two, and the rows of the repeated header that were left out, as text.

    A cell that is empty at the head of the second part goes on from the one above it: its text
    where that one was full to the foot of the page, else as one merged cell.
    """
    head = 0
    while head < min(below.rows, above.rows, 4) and _same_row(above, below, head):
        head += 1
    if head and head == below.rows:
        head = 0
    while head and any(e.row < head < e.row + e.rows for e in below.entries):
        head -= 1
    left_out = tuple(
        " ".join(entry.text for entry in below.row(r) if entry.text) for r in range(head)
    )
    entries = list(above.entries)
    first = [entry for entry in below.entries if entry.row == head]
    offset = above.rows - head
    begun = {
        entry.column: k for k, entry in enumerate(entries) if entry.row + entry.rows == above.rows
    }
    broken = _row_goes_on(entries, begun, first)
    taken: set[int] = set()
    if broken:
        offset -= 1
        for entry in first:
            k = begun[entry.column]
            text = " ".join(part for part in (entries[k].text, entry.text) if part)
            entries[k] = replace(entries[k], text=text, rows=entries[k].rows + entry.rows - 1)
            taken.add(id(entry))
    else:
        for entry in first:
            k = begun.get(entry.column, -1)
            if entry.text or k < 0 or entries[k].columns != entry.columns or not entries[k].text:
                continue
            if entry.column == 0 or any(e.column < entry.column and id(e) in taken for e in first):
                entries[k] = replace(entries[k], rows=entries[k].rows + entry.rows)
                taken.add(id(entry))
    for entry in below.entries:
        if entry.row >= head and id(entry) not in taken:
            entries.append(replace(entry, row=entry.row + offset))
    entries.sort(key=lambda entry: (entry.row, entry.column))
    whole = Sheet(tuple(entries), above.xs, below.rows + offset, above.first, below.last, below.box)
    return whole, left_out


def _same_row(above: Sheet, below: Sheet, row: int) -> bool:
    a = [(entry.column, entry.columns, _bare(entry.text)) for entry in above.row(row)]
    b = [(entry.column, entry.columns, _bare(entry.text)) for entry in below.row(row)]
    return a == b and any(text for _, _, text in a)


def _bare(text: str) -> str:
    return "".join(text.split())


def _row_goes_on(entries: Sequence[Entry], begun: dict[int, int], first: Sequence[Entry]) -> bool:
    """Whether the first row overleaf is the rest of the last row: its label is empty, what it
    holds goes on from cells that were full, and no sentence had ended there."""
    if not first or any(entry.column not in begun for entry in first) or first[0].text:
        return False
    filled = [entry for entry in first if entry.text]
    return bool(filled) and all(
        entries[begun[entry.column]].full
        and not re.search(r"[.!?]\Z", entries[begun[entry.column]].text)
        for entry in filled
    )


def headers(table: Sheet) -> tuple[int, int]:
    """How many rows at the top and columns at the left name the others.

    Shade or bold type tells, where the cells in the middle have neither; else the shape of the
    texts, as in the tables of a text.
    """
    rows, columns = _marked(table)
    if rows or columns:
        return rows, columns
    return _shaped(table)


def _marked(table: Sheet) -> tuple[int, int]:
    rest = [entry for entry in table.entries if entry.text and entry.row and entry.column]
    for quality in ("shaded", "bold"):
        if not rest or sum(getattr(entry, quality) for entry in rest) * 3 > len(rest):
            continue
        rows = 0
        while rows < table.rows - 1:
            own = [e for e in table.entries if e.row <= rows < e.row + e.rows and e.text]
            if not own or not all(getattr(entry, quality) for entry in own):
                break
            rows += 1
        columns = 0
        while columns < table.columns - 1:
            own = [
                e
                for e in table.entries
                if e.column <= columns < e.column + e.columns and e.text and e.row >= rows
            ]
            if not own or not all(getattr(entry, quality) for entry in own):
                break
            columns += 1
        if rows or columns:
            if rows and not columns:
                columns = _shaped(table)[1]
            return rows, columns
    return 0, 0


def _shaped(table: Sheet) -> tuple[int, int]:
    parts: list[str] = []
    places: dict[tuple[int, int], Span] = {}
    at = 0
    for entry in table.entries:
        if entry.text:
            places[entry.row, entry.column] = Span(at, at + len(entry.text))
            parts.append(entry.text)
            at += len(entry.text) + 1
    rows = sorted({row for row, _ in places})
    columns = sorted({column for _, column in places})
    grid = [[places.get((r, c), Span(at, at)) for c in columns] for r in rows]
    found = assemble("\t".join(parts) + "\t", grid)
    if found is None:
        return 0, 0
    heads = labels = 0
    while heads < found.rows and (last := found.at(heads, found.columns - 1)) and last.header:
        heads += 1
    while labels < found.columns and (low := found.at(found.rows - 1, labels)) and low.header:
        labels += 1
    if heads >= found.rows or labels >= found.columns:
        return 0, 0
    return (rows[heads] if heads else 0), (columns[labels] if labels else 0)
