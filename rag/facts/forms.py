"""Forms → facts: labels with the values at their right in the row, or under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from rag.facts.brackets import class_in, unit_in
from rag.facts.fact import Fact, Form
from rag.facts.grid import CORNER, LABEL, STATED, TICKED, UNTICKED, Grid
from rag.outline import parse_mark
from rag.outline.tables import is_itemised, is_number
from rag.reading.aspects import aspects_of, closed
from rag.types import Cell, Span


def _named(text: str) -> str:
    """The name that the label of a form gives, without its bullet or number and its colon."""
    mark = parse_mark(text)
    return closed((text[mark.content :] if mark else text).rstrip(" :：")) or text


class FormReader:
    """The facts of one form; ``above`` are the names that stand over all of it, ``unit`` is that of
    its caption."""

    def __init__(self, grid: Grid, number: int, above: tuple[str, ...], unit: str) -> None:
        self._grid = grid
        self._number = number
        self._above = above
        self._unit = unit

    def facts(self) -> Iterator[Fact]:
        """In row-major order of the labels."""
        grid = self._grid
        headed = (
            grid.depth == 1
            and grid.table.columns == 2
            and all(CORNER.match(grid.text(cell)) for cell in grid.rows[0][:1])
        )
        for number, row in enumerate(grid.rows):
            if headed and number == 0:
                continue
            yield from self._form_row(number, row, self._above)

    def _labels(self, row: Sequence[Cell], at: int) -> bool:
        """Whether a cell of a row is a label: its words say so, or it opens a row with more."""
        text = self._grid.text(row[at])
        if not text or len(text) > LABEL or STATED.search(text) or is_number(text):
            return False
        if TICKED.match(text) or UNTICKED.match(text):
            return False
        if at and at + 1 == len(row):
            return False  # what ends a row is a value, whatever it is called
        if aspects_of(text):
            return True
        opens = at + 1 < len(row) and (
            row[at].column in self._label_columns
            or (at == 1 and len(row) == 3 and row[0].row_span > 1)
        )
        opens = opens or at == 0
        return opens and len(row) > 1 and len(text) <= 12 and not re.search(r"\d{3}", text)

    def _form_row(self, number: int, row: Sequence[Cell], above: tuple[str, ...]) -> Iterator[Fact]:
        grid = self._grid
        outer: list[str] = []
        at = 0
        while at < len(row):
            cell = row[at]
            if not self._labels(row, at):
                at += 1
                continue
            after = at + 1
            if after < len(row) and self._labels(row, after) and cell.row_span > 1:
                outer.append(_named(grid.text(cell)))
                at += 1
                continue
            end = after
            while end < len(row) and not self._labels(row, end):
                end += 1
            held = row[after:end]
            told = [one for one in held if grid.text(one)]
            if self._heads_items(told):  # "전략 | 플랫폼 구축 | • 권역별 거점 • 역량 강화"
                yield self._field(
                    told[0], told[1:], told[1:], (*above, *outer, _named(grid.text(cell)))
                )
            elif cell.row == number or any(one.row == number for one in told):
                field = self._field(cell, held, told, (*above, *outer))
                if not self._grid.beside(field.attribute, field.value):
                    yield field
            at = end

    def _heads_items(self, told: Sequence[Cell]) -> bool:
        """Whether the first of two cells names what the bullets of the second tell."""
        texts = [self._grid.text(cell) for cell in told]
        return (
            len(texts) == 2
            and is_itemised(texts[1])
            and not is_itemised(texts[0])
            and len(texts[0]) <= LABEL
        )

    def _field(
        self, label: Cell, held: Sequence[Cell], told: Sequence[Cell], subject: tuple[str, ...]
    ) -> Fact:
        grid, table = self._grid, self._grid.table
        if not told:
            below = [
                cell
                for row in grid.rows[label.row + label.row_span :][:1]
                for cell in row
                if cell.column == label.column
                and cell.column_span == (table.columns if held else label.column_span)
            ]
            told = [cell for cell in below if grid.text(cell)]
        ticked = [cell for cell in told if TICKED.match(grid.text(cell))]
        choices = sum(bool(UNTICKED.match(grid.text(cell))) for cell in told)
        if choices and ticked:
            told = ticked
        end = label.span.end
        kind = class_in(grid.text(label))
        # A cell that is merged with one above stands before its row.
        first = min((cell.span.start for cell in told), default=end)
        span = Span(first, max((cell.span.end for cell in told), default=end))
        return Fact(
            Form.CELL,
            subject,
            _named(grid.text(label)),
            " ".join(TICKED.sub("", grid.text(cell)) for cell in told),
            span,
            self._number,
            label.span,
            tuple(cell.span for cell in told) if len(told) > 1 else (),
            scope=(kind,) if kind else (),
            unit=unit_in(grid.text(label)) or self._unit,
            cell=(label.row, label.column),
        )

    @cached_property
    def _label_columns(self) -> frozenset[int]:
        """The columns of a form in which labels stand."""
        grid = self._grid
        return frozenset(
            cell.column for cell in grid.table.cells if aspects_of(grid.text(cell))
        ) - frozenset(cell.column for cell in grid.table.cells if STATED.search(grid.text(cell)))
