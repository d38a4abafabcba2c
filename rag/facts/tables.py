"""Cells of tables and forms → facts, each under the names of its row, column and group.

A table of data names a cell by its row and its column; a form sets labels beside or over their
values. Two tables set side by side are two; a row that has one text over the whole width names
the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from rag.facts.brackets import class_in, unit_in
from rag.facts.captions import caption_of
from rag.facts.fact import Fact, Form
from rag.facts.forms import FormReader
from rag.facts.grid import LABEL, STATED, Grid
from rag.facts.labels import facts_in_cell
from rag.outline.tables import is_itemised, is_number
from rag.reading.aspects import aspects_of, closed, is_counter, is_rank
from rag.types import Block, Document

MOST = 3000
"""Cells of the largest table whose facts are kept in an index."""
_TEXT = 16  # characters of a cell that may hold labels of its own
_TICK = re.compile(r"[✔✓☑■●○OoVvⅤ◯⭕]")


def table_facts(document: Document, blocks: Sequence[Block], number: int) -> Iterator[Fact]:
    """The facts of a table in row-major order; none for a block without one, or one larger than
    ``MOST`` cells."""
    block = blocks[number]
    table = block.table
    if table is None or len(table.cells) > MOST:
        return
    if table.columns == 1:
        boxed = [
            fact
            for cell in table.cells
            if len(cell.span)
            for fact in facts_in_cell(document, blocks, number, cell.span, block.path)
        ]
        if boxed:  # a box around lines
            yield from boxed
            return
    grid = Grid(document, block, table)
    above = (*block.path, *caption_of(document, blocks, number))
    reader = FormReader if grid.is_form() else _Data
    for fact in reader(grid, number, above, table.unit).facts():
        yield fact
        held = len(fact.value) > _TEXT or is_itemised(fact.value)
        if held and fact.form is Form.CELL and not fact.parts:
            named = 0 < len(fact.attribute) <= 2 * LABEL
            inside = (*fact.subject, fact.attribute) if named else fact.subject
            yield from facts_in_cell(document, blocks, number, fact.span, inside)


def _row_name(text: str) -> str:
    """The name of a row; a class in brackets behind it tells it from its neighbours and stays."""
    return text if class_in(text) or len(text) >= LABEL else closed(text)


class _Data:
    """The facts of a table of data; as :class:`FormReader` else."""

    def __init__(self, grid: Grid, number: int, above: tuple[str, ...], unit: str) -> None:
        self._grid = grid
        self._number = number
        self._above = above
        self._unit = unit
        self._again: list[str] = []  # headers that a row inside the table gives anew
        self._from = 0

    def facts(self) -> Iterator[Fact]:
        """In row-major order of the cells."""
        grid, table = self._grid, self._grid.table
        halves = self._halves()
        if halves[0][0]:
            yield from self._ranked(0)
        for low, high in halves:
            keys = self._keys(low, high)
            group = ""
            self._again, self._from = [], low
            until = 0
            for row in range(grid.depth, table.rows):
                title = self._group(row, low, high)
                if title:
                    group = title
                    continue
                if row >= until:
                    self._again = []
                    again = self._headed(row, low, high, keys)
                    if again:
                        self._again, until = again
                        continue
                yield from self._row(row, low, high, keys, group)

    def _halves(self) -> list[tuple[int, int]]:
        """The ranges of columns that are tables of their own: where the headers come again, all of
        them or, behind a column of ranks or none, those of a name with its numbers."""
        width = self._grid.table.columns
        if not self._grid.depth:
            return [(0, width)]
        heads = [self._heads(column) for column in range(width)]
        first = int(width > 4 and self._counts(0))
        inner = [names[-1] if names else "" for names in heads]
        for start in range(first + 1):
            for size in range(2, (width - start) // 2 + 1):
                lows = range(start, width, size)
                if (width - start) % size or any(
                    inner[c] != inner[start + (c - start) % size] for c in range(start, width)
                ):
                    continue
                again = all(heads[c] == heads[c % size] for c in range(width)) and not start
                named = all(self._textual(c) is (c in lows) for c in range(start, width))
                if again or named:
                    return [(low, low + size) for low in lows]
        return [(0, width)]

    def _counts(self, column: int) -> bool:
        """Whether a column only counts the rows, or ranks them."""
        return is_counter(" ".join(self._heads(column)))

    def _textual(self, column: int) -> bool:
        """Whether a column holds names and no numbers."""
        grid = self._grid
        cells = (grid.table.at(row, column) for row in range(grid.depth, grid.table.rows))
        texts = [text for cell in cells if (text := grid.text(cell))]
        return bool(texts) and 2 * sum(map(is_number, texts)) < len(texts)

    def _ranked(self, column: int) -> Iterator[Fact]:
        """The ranks of the rows, each as a name of its row."""
        grid = self._grid
        head = " ".join(self._heads(column))
        for row in range(grid.depth, grid.table.rows):
            cell = grid.table.at(row, column)
            if cell is not None and cell.row == row and is_rank(head) and grid.text(cell):
                yield Fact(
                    Form.ROW,
                    self._above,
                    head,
                    grid.text(cell),
                    cell.span,
                    self._number,
                    cell=(row, column),
                )

    def _keys(self, low: int, high: int) -> int:
        """How many columns at the left name the rows: those that the outline calls headers, at
        least one; a column of numbers that only counts rows is passed over."""
        grid, table = self._grid, self._grid.table
        count = 0
        for column in range(low, high - 1):
            body = [table.at(row, column) for row in range(grid.depth, table.rows)]
            if not all(cell is None or cell.header for cell in body):
                break
            count += 1
        if (not count and high - low == 2 and self._alike(low)) or self._bulleted(low, high):
            return 0
        count = max(1, count)
        if count == 1 and high - low > 2 and self._counts(low):
            count = 2
        return min(count, high - low - 1) if high - low > 1 else 0

    def _headed(self, row: int, low: int, high: int, keys: int) -> tuple[list[str], int] | None:
        """The new headers of the columns that a row inside a form gives for the rows below it that
        its merged key spans, and the row behind these; None for a row that is none."""
        grid, table = self._grid, self._grid.table
        key = table.at(row, low)
        if key is None or key.row != row or key.row_span < 2 or not grid.depth:
            return None
        texts = [grid.text(table.at(row, column)) for column in range(low, high)]
        own = texts[keys:]
        named = all(text and len(text) <= LABEL and not STATED.search(text) for text in own)
        if not named or any(re.search(r"\d", text) for text in own):
            return None
        if 2 * sum(bool(aspects_of(text)) for text in own) < len(own):
            return None
        return texts, row + key.row_span

    def _alike(self, low: int) -> bool:
        """Whether the two columns from ``low`` hold texts of one sort, so that neither names the
        other's."""
        grid, rows = self._grid, range(self._grid.depth, self._grid.table.rows)
        left, right = (
            sum(len(grid.text(grid.table.at(row, column))) for row in rows)
            for column in (low, low + 1)
        )
        return left > 12 * len(rows) and 0.4 < left / max(1, right) < 2.5

    def _bulleted(self, low: int, high: int) -> bool:
        """Whether bullets fill the columns, so that each describes what its column is about."""
        grid = self._grid
        places = ((r, c) for r in range(grid.depth, grid.table.rows) for c in range(low, high))
        texts = [text for place in places if (text := grid.text(grid.table.at(*place)))]
        return bool(grid.depth and texts) and all(map(is_itemised, texts))

    def _heads(self, column: int) -> list[str]:
        """The names that the headers above a column give it, outermost first."""
        return [closed(text) if len(text) < LABEL else text for text in self._written(column)]

    def _written(self, column: int) -> list[str]:
        """The headers above a column as they are written, outermost first."""
        grid = self._grid
        if self._again and column - self._from < len(self._again):
            return [self._again[column - self._from]]
        found: list[str] = []
        for row in range(grid.depth):
            text = grid.text(grid.table.at(row, column))
            if text and (not found or found[-1] != text):
                found.append(text)
        return found

    def _group(self, row: int, low: int, high: int) -> str:
        """The text of a row that has but one text over its whole width, "" for another row."""
        grid = self._grid
        cells = [grid.table.at(row, column) for column in range(low, high)]
        held = {id(cell): cell for cell in cells if cell is not None and grid.text(cell)}
        if len(held) != 1 or grid.table.columns < 3:
            return ""
        cell = next(iter(held.values()))
        wide = cell.column_span >= high - low
        text = grid.text(cell)
        return text if (wide and len(text) <= 60) else ""

    def _row(self, row: int, low: int, high: int, keys: int, group: str) -> Iterator[Fact]:
        grid, table = self._grid, self._grid.table
        names: list[str] = []
        named = [table.at(row, column) for column in range(low, low + keys)]
        counted = keys > 1 and self._counts(low)
        for offset, cell in enumerate(named):
            text = grid.text(cell)
            if text and not (counted and offset == 0) and (not names or names[-1] != text):
                names.append(_row_name(text))
        above = (*self._above, *((group,) if group else ()))
        values = {id(c): c for c in (table.at(row, k) for k in range(low + keys, high)) if c}
        if len(values) == 1 and high - low - keys > 1 and names:
            only = next(iter(values.values()))
            if only.row == row and only.column_span >= high - low - keys and grid.text(only):
                key = named[-1]
                yield Fact(
                    Form.CELL,
                    (*above, *names[:-1]),
                    names[-1],
                    grid.text(only),
                    only.span,
                    self._number,
                    key.span if key is not None and len(key.span) else None,
                    cell=(row, only.column),
                )
                return
        for offset, cell in enumerate(named):
            if (
                cell is None
                or (cell.row, cell.column) != (row, low + offset)
                or not grid.text(cell)
            ):
                continue
            if counted and offset == 0 and not is_rank(" ".join(self._heads(low))):
                continue
            heads = self._heads(low + offset)
            own = _row_name(grid.text(cell))
            outer = tuple(name for name in names[: offset + 1] if name != own)
            yield Fact(
                Form.ROW,
                (*above, *outer),
                heads[-1] if heads else "",
                grid.text(cell),
                cell.span,
                self._number,
                scope=tuple(heads[:-1]),
                cell=(row, low + offset),
            )
        done = {id(cell) for cell in named if cell is not None}
        inner = next((unit for c in reversed(named) if (unit := unit_in(grid.text(c)))), "")
        for column in range(low + keys, high):
            cell = table.at(row, column)
            if cell is None or id(cell) in done:
                continue
            done.add(id(cell))
            heads = self._heads(column)
            text = grid.text(cell)
            head = heads[-1] if heads else ""
            written = self._written(column)
            unit = next((unit for name in reversed(written) if (unit := unit_in(name))), inner)
            kind = class_in(written[-1]) if written else ""
            scope = (*heads[:-1], *((kind,) if kind else ()))
            head_cell = table.at(grid.depth - 1, column) if grid.depth else None
            label = head_cell.span if head_cell is not None and len(head_cell.span) else None
            label = None if self._again else label
            if _TICK.fullmatch(text) and head:
                if text in "Oo○◯" and self._crossed(column):
                    pass  # O and X in one column are values themselves
                elif label is not None:
                    yield Fact(
                        Form.CELL, (*above, *names), names[-1] if names else "", head, label,
                        self._number, cell.span, scope=scope, cell=(row, column),
                    )  # fmt: skip
                    continue
            if not text and (not head or column in self._ticked):
                continue
            if text == head or not (head or names) or grid.beside(head, text):
                continue
            # Without headers the name of the row is what its cells are called.
            about, called = (names[:-1], names[-1]) if names and not head else (names, head)
            yield Fact(
                Form.CELL,
                (*above, *about),
                called,
                text,
                cell.span,
                self._number,
                label,
                scope=scope,
                unit=unit or self._unit,
                cell=(row, column),
            )

    @cached_property
    def _ticked(self) -> frozenset[int]:
        """The columns that hold ticks: what is left empty there is no blank."""
        grid = self._grid
        return frozenset(
            cell.column
            for cell in grid.table.cells
            if cell.row >= grid.depth and _TICK.fullmatch(grid.text(cell))
        )

    def _crossed(self, column: int) -> bool:
        """Whether a column holds crosses: then circles are values beside them."""
        table, grid = self._grid.table, self._grid
        cells = (table.at(row, column) for row in range(grid.depth, table.rows))
        return any(re.fullmatch(r"[Xx×✕✗✖Ⅹ]", grid.text(cell)) for cell in cells)
