"""A table with the readable text of its cells, and whether it is a form or one of data."""

from __future__ import annotations

import re
from functools import cached_property

from rag.outline import cell_text, header_depth
from rag.reading.asking import aspects_of
from rag.types import Block, Cell, Document, Table

STATED = re.compile(
    r"\d{2,4}-\d{3,4}|@|(?:19|20)\d\d\s?[.년-]\s?\d|\d\s?(?:원|명|%|일|개월)$|^[-–]$|^즉시$"
)
"""What states a value and names none."""
CORNER = re.compile(r"구\s?분|항\s?목|내\s?용|비\s?고|번호|순번|연번|No\.?|$", re.IGNORECASE)


class Grid:
    """A table with the readable text of each of its cells."""

    def __init__(self, document: Document, block: Block, table: Table) -> None:
        self.table = table
        self.depth = next(
            (row for row in range(1, header_depth(table)) if self.over_all(row)),
            header_depth(table),
        )
        self._texts = {
            id(cell): cell_text(document, block, cell) if len(cell.span) else ""
            for cell in table.cells
        }

    def text(self, cell: Cell | None) -> str:
        return "" if cell is None else self._texts[id(cell)]

    def over_all(self, row: int) -> bool:
        """Whether a row is one cell over the whole width of a table of three columns or more."""
        cell, width = self.table.at(row, 0), self.table.columns
        return cell is not None and cell.column_span == width > 2

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """The cells of each row, merged ones in each row that they reach, once."""
        found = []
        for row in range(self.table.rows):
            cells = (self.table.at(row, column) for column in range(self.table.columns))
            found.append(list(dict.fromkeys(cell for cell in cells if cell is not None)))
        return found

    def is_form(self) -> bool:
        """Whether labels stand beside their values."""
        rows = self.rows
        if not rows:
            return False
        top = next((n for n in range(len(rows)) if not self.over_all(n)), 0)
        first = [self.text(cell) for cell in rows[top] if self.text(cell)]
        stated = any(STATED.search(text) for text in first)
        named = [bool(aspects_of(text)) for text in first]
        if self.table.columns == 2:
            left = [self.text(row[0]) for row in rows if len(row) == 2 and self.text(row[0])]
            body = left[1:] if self.depth and CORNER.match(left[0] if left else "") else left
            known = sum(bool(aspects_of(text)) for text in body)
            return bool(body) and 2 * known >= len(body)
        if not self.depth:
            lefts = [self.text(row[0]) for row in rows if row and self.text(row[0])]
            known = sum(bool(aspects_of(text)) for text in lefts)
            return bool(lefts) and (2 * known >= len(lefts) or (any(named) and stated))
        return stated and any(named)
