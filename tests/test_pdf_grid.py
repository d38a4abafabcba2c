"""Rules → cells: whatever grid is drawn is found, with its spans."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from rag.loading.pdf_grid import filled_grids, grids
from rag.loading.pdf_page import Box, Page

Place = tuple[int, int, int, int]


def page(rules: list[Box], fills: tuple[Box, ...] = ()) -> Page:
    return Page(1, "1", 595, 842, 0, (), tuple(rules), fills, ())


@st.composite
def merged(draw: st.DrawFn) -> tuple[int, int, list[Place]]:
    """Rows, columns, and cells (row, column, rows, columns) that fill them."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells: list[Place] = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            height = draw(st.integers(1, rows - r))
            width = draw(st.integers(1, columns - c))
            while width > 1 and any((r, c + k) in taken for k in range(width)):
                width -= 1
            cells.append((r, c, height, width))
            taken |= {(r + i, c + k) for i in range(height) for k in range(width)}
    return rows, columns, cells


def edges(cells: list[Place], x0: float, y0: float, wide: float, high: float) -> list[Box]:
    found = []
    for r, c, height, width in cells:
        left, right = x0 + c * wide, x0 + (c + width) * wide
        top, bottom = y0 + r * high, y0 + (r + height) * high
        found += [
            Box(left, top, right, top),
            Box(left, bottom, right, bottom),
            Box(left, top, left, bottom),
            Box(right, top, right, bottom),
        ]
    return found


def kept(cells: list[Place]) -> list[Place]:
    """The cells with the coordinates that they themselves draw: a row or column that no cell
    begins or ends at is not to be seen."""
    rows = sorted({r for r, _, h, _ in cells} | {r + h for r, _, h, _ in cells})
    columns = sorted({c for _, c, _, _ in cells} | {c + w for _, c, _, w in cells})
    return sorted(
        (
            rows.index(r),
            columns.index(c),
            rows.index(r + h) - rows.index(r),
            columns.index(c + w) - columns.index(c),
        )
        for r, c, h, w in cells
    )


@given(merged(), st.randoms(use_true_random=False), st.floats(0, 0.8))
def test_a_drawn_grid_is_found_with_its_spans(
    drawn: tuple[int, int, list[Place]], order: random.Random, jitter: float
) -> None:
    _, _, cells = drawn
    rules = edges(cells, 60, 80, 40, 25)
    order.shuffle(rules)
    rules = [
        Box(r.x0 + d, r.y0 + e, r.x1 + d, r.y1 + e)
        for r in rules
        for d, e in [(order.uniform(-jitter, jitter), order.uniform(-jitter, jitter))]
    ]
    found = grids(page(rules))
    if len(cells) == 1:
        assert found == []
        return
    (grid,) = found
    assert [(c.row, c.column, c.rows, c.columns) for c in grid.cells] == kept(cells)


def test_sides_that_are_left_open_are_closed() -> None:
    level = [Box(50, y, 350, y) for y in (100, 120, 140)]
    upright = [Box(x, 100, x, 140) for x in (150, 250)]
    (grid,) = grids(page(level + upright))
    assert grid.xs == (50, 150, 250, 350)
    assert [(c.row, c.column) for c in grid.cells] == [(r, c) for r in (0, 1) for c in (0, 1, 2)]


def test_two_tables_apart_are_two_and_a_table_in_a_cell_is_none() -> None:
    two = [(r, c, 1, 1) for r in range(2) for c in range(2)]
    outer = edges(two, 50, 50, 200, 200)
    inner = edges(two, 80, 80, 30, 20)
    below = edges(two, 50, 600, 100, 30)
    found = grids(page(outer + inner + below))
    assert [grid.box for grid in found] == [Box(50, 50, 450, 450), Box(50, 600, 250, 660)]


def test_coloured_boxes_make_a_grid_but_one_box_or_one_column_does_not() -> None:
    boxes = tuple(
        Box(50 + 100 * c, 50 + 20 * r, 149 + 100 * c, 69 + 20 * r)
        for r in range(3)
        for c in range(2)
    )
    (grid,) = filled_grids(page([], boxes), [])
    assert (len(grid.xs), len(grid.ys), grid.ruled) == (3, 4, False)
    assert filled_grids(page([], boxes), [Box(0, 0, 260, 120)]) == []
    assert filled_grids(page([], boxes[:1]), []) == []
    assert filled_grids(page([], boxes[::2]), []) == []  # marked lines, one below the other
