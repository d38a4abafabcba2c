"""HTML tables inside a text, read with their offsets; broken markup never fails."""

from __future__ import annotations

import re

from rag.types import Cell, Span, Table

_TOKEN = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]*)>", re.I)
_MOST_COLUMNS = 200
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,3})", re.I)


def regions(text: str) -> list[Span]:
    """Spans of the outermost ``<table>`` elements, tags included; one that is never closed
    ends where its last cell ends."""
    found: list[Span] = []
    depth = 0
    start = last = 0
    for token in _TOKEN.finditer(text):
        closing, name = bool(token[1]), token[2].lower()
        if name == "table" and not closing:
            if depth == 0:
                start = token.start()
            depth += 1
            last = token.end()
        elif depth:
            last = token.end()
            if name == "table":
                depth -= 1
                if depth == 0:
                    found.append(Span(start, token.end()))
    if depth:
        found.append(Span(start, last))
    return found


def parse(text: str, region: Span) -> Table | None:
    """The table in ``text[region.start:region.end]``; a nested table stays text of its cell.

    Cells are placed as HTML places them: each takes the first column that no cell above reaches
    into. Returns None where there is no cell.
    """
    deepest = sum(1 for t in _TOKEN.finditer(text, region.start, region.end) if _opens_row(t))
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    row = -1
    column = 0
    depth = 0
    head: tuple[int, str, str] | None = None  # content start, name, attributes
    for token in _TOKEN.finditer(text, region.start, region.end):
        closing, name = bool(token[1]), token[2].lower()
        if name == "table":
            depth += -1 if closing else 1
            if depth > 0:
                continue
        if depth > 1:
            continue
        if head is not None:
            content = _inner(text, head[0], token.start())
            column = _place(cells, taken, (max(row, 0), column, deepest), content, head[1:])
            head = None
        if name == "tr" and not closing:
            row += 1
            column = 0
        elif name in {"td", "th"} and not closing:
            row = max(row, 0)
            head = (token.end(), name, token[3])
    if head is not None:
        content = _inner(text, head[0], region.end)
        _place(cells, taken, (max(row, 0), column, deepest), content, head[1:])
    if not cells:
        return None
    rows = max(cell.row for cell in cells) + 1
    cells = [_clip(cell, rows) for cell in cells]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    columns = max(cell.column + cell.column_span for cell in cells)
    return Table(tuple(_with_labels(cells)), rows, columns)


def _opens_row(token: re.Match[str]) -> bool:
    return not token[1] and token[2].lower() == "tr"


def _place(
    cells: list[Cell],
    taken: set[tuple[int, int]],
    at: tuple[int, int, int],
    content: Span,
    tag: tuple[str, str],
) -> int:
    """Add the cell of ``tag`` (name, attributes); ``at`` is its row, the first column to try and
    the number of rows. Returns the column after it. Spans that lie are cut to what is there."""
    row, column, rows = at
    name, attributes = tag
    sizes = {m[1].lower(): int(m[2]) for m in _SPAN.finditer(attributes)}
    height = min(max(1, sizes.get("row", 1)), max(1, rows - row))
    while (row, column) in taken:
        column += 1
    width = min(max(1, sizes.get("col", 1)), max(1, _MOST_COLUMNS - column))
    while width > 1 and any((row, column + k) in taken for k in range(1, width)):
        width -= 1
    places = [(r, c) for r in range(row, row + height) for c in range(column, column + width)]
    clash = next((r for r, c in places if (r, c) in taken), row + height)
    taken.update((r, c) for r, c in places if r < clash)
    cells.append(Cell(row, column, content, clash - row, width, name == "th"))
    return column + width


def _inner(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _clip(cell: Cell, rows: int) -> Cell:
    height = min(cell.row_span, rows - cell.row)
    return Cell(cell.row, cell.column, cell.span, height, cell.column_span, cell.header)


def _with_labels(cells: list[Cell]) -> list[Cell]:
    """Below a row of ``<th>``, merged cells at the left and the column after them name rows."""
    heads = {cell.row for cell in cells if cell.header}
    depth = 0
    while depth in heads:
        depth += 1
    reach = -1
    for cell in cells:
        if cell.row >= depth and cell.row_span > 1 and cell.column <= reach + 1:
            reach = max(reach, cell.column)
    named = max(cell.column + cell.column_span for cell in cells if cell.row == 0)
    labels = min(reach + 2 if reach >= 0 else 1, named - 1)
    return [
        Cell(c.row, c.column, c.span, c.row_span, c.column_span, c.header or c.column < labels)
        for c in cells
    ]
