"""What form a table has: pairs of fields and values, things compared side by side, or groups with
column names of their own inside.

A table is given as the texts of its cells and, row by row, the cell at each place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.outline.labels import labels_fields, lists_attributes
from rag.quantity import is_pair, number_of
from rag.types import Cell

_COMPARED = 3  # columns of a table that compares at least two things
_MANY = 400  # cells; a larger table lists things and does not compare a few

Places = Sequence[Sequence[Cell | None]]


def paired(texts: Mapping[Cell, str], places: Places) -> bool:
    """Whether each row holds several pairs of a label and its value."""
    width = len(places[0]) if places else 0
    if width < 4 or width % 2:
        return False
    columns = [
        [texts[c] for row in places if (c := row[column]) is not None and texts.get(c)]
        for column in range(0, width, 2)
    ]
    return all(column and labels_fields(column) for column in columns)


def side_by_side(texts: Mapping[Cell, str], columns: int, depth: int) -> bool:
    """Whether a table compares what its column headers name, attribute by attribute."""
    if not depth or columns < _COMPARED or len(texts) > _MANY:
        return False
    labels = [t for c, t in texts.items() if c.header and c.column == 0 and c.row >= depth]
    return lists_attributes(labels)


def column_texts(
    texts: Mapping[Cell, str], places: Places, cell: Cell, depth: int
) -> tuple[str, ...]:
    """The texts of a cell's column below the headers, without its own."""
    column = [row[cell.column] for row in places[depth:]]
    return tuple({texts[c]: None for c in column if c and c is not cell and texts.get(c)})


def inner_header(texts: Mapping[Cell, str], places: Places, cell: Cell) -> str:
    """The wordy cell right above a number inside one merged group: "제조공정 | 종합 | 방사" above
    "자립화율 | 100% | 90%" names its columns."""
    group = places[cell.row][0]
    if cell.row == 0 or group is None or group.row_span == 1:
        return ""
    above = places[cell.row - 1][cell.column]
    if above is None or above.header or group is not places[cell.row - 1][0]:
        return ""
    if number_of(texts[cell]) is None:
        return ""
    row = [c for c in places[cell.row - 1] if c is not None and not c.header and texts.get(c)]
    words = all(number_of(texts[c]) is None and not is_pair(texts[c]) for c in row)
    return texts.get(above, "") if words and len(row) > 1 else ""
