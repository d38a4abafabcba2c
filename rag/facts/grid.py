"""A table with the readable text of its cells, and whether it is a form or one of data."""

from __future__ import annotations

import re
from functools import cached_property

from rag.outline import cell_text, header_depth
from rag.reading.aspects import aspects_of, words
from rag.types import Block, Cell, Document, Table

STATED = re.compile(
    r"\d{2,4}-\d{3,4}|@|(?:19|20)\d\d\s?[.년-]\s?\d|\d\s?(?:원|명|%|일|개월)$|^[-–]$|^즉시$"
)
"""What states a value and names none."""
TICKED, UNTICKED = re.compile(r"[☑✔✓]\s*"), re.compile(r"☐|□(?=.{1,20}$)")
"""Boxes before a choice, taken and not."""
LABEL = 24
"""Characters of the longest label in a table."""
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

    def _ragged(self) -> bool:
        """Whether cells of many widths make up the rows: a form is drawn so, data are not."""
        held = sorted(len(row) for row in self.rows)
        return self.table.columns > 2 * held[len(held) // 2] and held[0] < held[-1]

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
            return bool(lefts) and (
                2 * known >= len(lefts) or (any(named) and stated) or self._ragged()
            )
        return stated and any(named) and not self._columned(top)

    def _columned(self, top: int) -> bool:
        """Whether what a row states names columns of figures below it: "2026년 계획"."""
        stating = [
            cell.column
            for cell in self.rows[top]
            if STATED.search(self.text(cell)) and cell.column_span == 1
        ]
        below = [
            [self.text(self.table.at(row, c)) for row in range(top + 1, self.table.rows)]
            for c in stating
        ]
        return bool(below) and all(
            len(texts) > 1 and all(re.search(r"\d|^[-–]?$", text) for text in texts)
            for texts in below
        )

    def beside(self, label: str, text: str) -> bool:
        """Whether what stands in the place of a label's value is another label, or are choices none
        of which is taken where others are: a form to be filled in."""
        if self.taken and UNTICKED.match(text) and not TICKED.search(text):
            return True
        short = 0 < len(text) <= LABEL and not STATED.search(text)
        return short and bool(aspects_of(label)) and text in words()

    @cached_property
    def taken(self) -> bool:
        """Whether a choice of the table is ticked."""
        return any(TICKED.match(self.text(cell)) for cell in self.table.cells)
