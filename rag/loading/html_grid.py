"""The cells of an HTML table at their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.loading.paragraphs import GridCell
from rag.loading.writer import place_cells, with_headers
from rag.reading import read
from rag.types import Span, Table

_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,5})", re.I)
_UNIT = re.compile(r"[(\[〔<]\s*단위\s*[:：]\s*([^()\[\]〔〕<>]+?)\s*[)\]〕>]")
_MOST_COLUMNS = 1000
_MOST_PLACES = 300_000
_MOST_STEPS = 3_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A row ("tr") or a cell ("td", "th") of a table in source order. ``span`` is what shows."""

    name: str
    attributes: str
    span: Span
    in_head: bool = False


def table_of(text: str, parts: Sequence[Part], caption: Span | None) -> Table | None:
    """The table of these parts, its cells placed as HTML places them: each takes the first
    column that no cell above reaches into. None where nothing in it shows, or it claims more
    places than can be held."""
    cells, spans = _cells(parts)
    filled = [span for span in spans if len(span)]
    if not filled:
        return None
    rows = max(cell.row for cell in cells) + 1
    columns = max(cell.column for cell in cells) + 1
    wide = max(cell.column + cell.column_span for cell in cells if cell.column_span < 100)
    columns = min(max(columns, wide), _MOST_COLUMNS)
    if rows * columns > _MOST_PLACES:
        return None
    low, high = min(span.start for span in filled), max(span.end for span in filled)
    spans = [s if len(s) else Span(*[min(max(s.start, low), high)] * 2) for s in spans]
    readable = {
        (cell.row, cell.column): read(text, span).text
        for cell, span in zip(cells, spans, strict=True)
    }
    placed = place_cells(cells, spans, rows, columns)
    named = read(text, caption).text if caption is not None else ""
    unit = _UNIT.search(named)
    return Table(
        with_headers(placed, readable, rows, columns),
        rows,
        columns,
        unit[1] if unit else "",
        caption,
    )


def _cells(parts: Sequence[Part]) -> tuple[list[GridCell], list[Span]]:
    reach: dict[int, int] = {}  # the first row that a column is free in
    cells: list[GridCell] = []
    spans: list[Span] = []
    row = column = -1
    steps = 0
    for part in parts:
        if part.name == "tr":
            row += 1
            column = 0
            continue
        row, column = max(row, 0), max(column, 0)
        while reach.get(column, 0) > row and column < _MOST_COLUMNS:
            column += 1
            steps += 1
        if column >= _MOST_COLUMNS or steps > _MOST_STEPS:
            return [], []
        sizes = {found[1].lower(): int(found[2]) for found in _SPAN.finditer(part.attributes)}
        height = sizes.get("row", 1) or 1 << 16  # 0 reaches down to the end
        width = min(max(1, sizes.get("col", 1)), _MOST_COLUMNS - column)
        header = part.name == "th" or part.in_head
        cells.append(GridCell(row, column, height, width, header, ()))
        spans.append(part.span)
        if height > 1:
            for covered in range(column, column + width):
                reach[covered] = max(reach.get(covered, 0), row + height)
            steps += width
        column += width
    return cells, spans
