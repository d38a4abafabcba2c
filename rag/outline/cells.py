"""Reading a table: what a cell says, and which headers name it."""

from __future__ import annotations

from rag.outline.tables import MARKED, is_dated, is_itemised, is_label, is_nothing, is_number
from rag.reading import read
from rag.types import Block, Cell, Document, Table


def cell_text(document: Document, block: Block, cell: Cell) -> str:
    """The readable text of a cell."""
    raw = document.text[cell.span.start : cell.span.end]
    return read(document.text, cell.span, block.joins).text if MARKED.search(raw) else raw.strip()


def header_depth(table: Table) -> int:
    """How many rows at the top hold nothing but headers; 0 where all rows would."""
    depth = 0
    while depth < table.rows:
        cells = [table.at(depth, c) for c in range(table.columns)]
        if not any(cells) or not all(cell is None or cell.header for cell in cells):
            break
        depth += 1
    return depth if depth < table.rows else 0


class Headers:
    """The headers of one table. Its depth is found once: asking for each cell of a large table
    is linear in its cells."""

    def __init__(self, document: Document, block: Block) -> None:
        self._document = document
        self._block = block
        self._depth = header_depth(block.table) if block.table is not None else 0

    def of(self, row: int, column: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What names a cell, as from :func:`header_texts`."""
        table = self._block.table
        if table is None:
            return (), ()
        rows = self._beside(table, row, column) if row >= self._depth else ()
        return tuple(rows), tuple(self._above(table, row, column))

    def _beside(self, table: Table, row: int, column: int) -> list[str]:
        document, block = self._document, self._block
        words: list[str] = []
        seen = [table.at(row, column)]
        for c in range(column):
            cell = table.at(row, c)
            if cell is not None and cell.header and cell not in seen:
                seen.append(cell)
                _add(words, cell_text(document, block, cell))
        near = _label_before(document, block, table, row, column)
        if near:
            _add(words, near)
        return words

    def _above(self, table: Table, row: int, column: int) -> list[str]:
        words: list[str] = []
        seen = [table.at(row, column)]
        for r in range(min(row, self._depth)):
            cell = table.at(r, column)
            if cell is None:  # a row wider than its header: the last name goes on
                left = (table.at(r, c) for c in range(column, -1, -1))
                cell = next((found for found in left if found), None)
            if cell is not None and cell.header and cell not in seen:
                seen.append(cell)
                _add(words, cell_text(self._document, self._block, cell))
        return words


def header_texts(
    document: Document, block: Block, row: int, column: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What names a cell: (row headers from the left, column headers from the top).

    Readable texts, outermost first, merged headers once, empty ones left out. Where a table sets
    two tables side by side, or a label stands right before its value, the nearest wordy cell to
    the left counts as a row header too. Both are empty for a block without a table.
    """
    return Headers(document, block).of(row, column)


def _add(words: list[str], word: str) -> None:
    if word and word not in words:
        words.append(word)


def _label_before(document: Document, block: Block, table: Table, row: int, column: int) -> str:
    """The nearest wordy cell to the left that is not a header, if it labels the cell."""
    here = table.at(row, column)
    value = cell_text(document, block, here) if here is not None else ""
    for c in range(column - 1, -1, -1):
        cell = table.at(row, c)
        if cell is None or cell.header:
            return ""
        word = cell_text(document, block, cell)
        if not word or is_number(word) or is_nothing(word):
            continue
        labels = is_label(word) and not is_dated(word)
        return word if is_number(value) or (labels and is_itemised(value)) else ""
    return ""


def row_text(document: Document, block: Block, row: int) -> str:
    """A row as one line: "구분: 세계 · '21.3: 5.6 …", each value after its column headers."""
    table = block.table
    if table is None:
        return ""
    parts: list[str] = []
    done: list[Cell] = []
    headers = Headers(document, block)
    for column in range(table.columns):
        cell = table.at(row, column)
        if cell is None or cell in done:
            continue
        done.append(cell)
        word = cell_text(document, block, cell)
        if word:
            columns = headers.of(row, column)[1]
            parts.append(f"{' '.join(columns)}: {word}" if columns else word)
    return " · ".join(parts)
