"""Ruled boxes of a PDF page → grids of cells with their row and column spans.

The rules that touch one another make a frame. Its coordinates part it into the smallest boxes;
those that no rule keeps apart are one cell. A side that is left open, as in tables without outer
rules, is closed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rag.loading.pdf_page import Box, Page

_SNAP = 2.5  # points; rules nearer than this are one
_REACH = 3.0  # points; rules of one line whose ends are nearer go on
_TOUCH = 2.0  # points; rules across one another that come nearer touch
_SHORTEST = 4.0  # points
_KEPT_APART = 0.6  # share of an edge that must be drawn
_MOST_BOXES = 20_000
_MOST_CROSSINGS = 2_000_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: rows and columns count from 0."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in row-major order. ``xs`` and ``ys`` are the edges of columns and rows. ``ruled`` is
    False for a grid made of coloured boxes alone."""

    cells: tuple[GridCell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    ruled: bool = True

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


@dataclass(slots=True)
class _Rule:
    """A rule of one direction: its place across, and its two ends along."""

    at: float
    low: float
    high: float


def grids(page: Page) -> list[Grid]:
    """The grids that a page's rules draw, from the top, none inside another.

    A grid has two cells or more. A page that is ``dense`` has none.
    """
    return [] if page.dense or len(page.rules) < 3 else _outermost(_find(page.rules, page))


def filled_grids(page: Page, taken: Sequence[Box]) -> list[Grid]:
    """The grids of two rows and columns or more that coloured boxes make, those apart that meet
    one of the boxes ``taken``; as :func:`grids`."""
    fills = [
        fill
        for fill in page.fills
        if fill.height > 8 and fill.width > 8 and not any(_meets(fill, box) for box in taken)
    ]
    edges = [
        edge
        for f in fills
        for edge in (
            Box(f.x0, f.y0, f.x1, f.y0),
            Box(f.x0, f.y1, f.x1, f.y1),
            Box(f.x0, f.y0, f.x0, f.y1),
            Box(f.x1, f.y0, f.x1, f.y1),
        )
    ]
    found = [grid for grid in _find(edges, page) if len(grid.xs) > 2 and len(grid.ys) > 2]
    return _outermost([Grid(grid.cells, grid.xs, grid.ys, False) for grid in found])


def _outermost(found: Sequence[Grid]) -> list[Grid]:
    ordered = sorted(found, key=lambda grid: (grid.box.y0, grid.box.x0))
    return [grid for grid in ordered if not any(_inside(grid, other) for other in ordered)]


def _meets(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 - 1 and b.x0 < a.x1 - 1 and a.y0 < b.y1 - 1 and b.y0 < a.y1 - 1


def _inside(grid: Grid, other: Grid) -> bool:
    a, b = grid.box, other.box
    if grid is other or a.width * a.height >= b.width * b.height:
        return False
    return b.x0 - 2 <= a.x0 and a.x1 <= b.x1 + 2 and b.y0 - 2 <= a.y0 and a.y1 <= b.y1 + 2


def _find(rules: Sequence[Box], page: Page) -> list[Grid]:
    across = _merged([_Rule(r.y0, r.x0, r.x1) for r in rules if r.width > r.height])
    down = _merged([_Rule(r.x0, r.y0, r.y1) for r in rules if r.height >= r.width])
    across = [r for r in across if -5 <= r.at <= page.height + 5]
    down = [r for r in down if -5 <= r.at <= page.width + 5]
    found: list[Grid] = []
    if len(across) * len(down) > _MOST_CROSSINGS:
        return found
    for rows, columns in _frames(across, down):
        grid = _grid(rows, columns)
        if grid is not None:
            found.append(grid)
    return found


def _merged(rules: Sequence[_Rule]) -> list[_Rule]:
    """Rules on one line joined where they touch; very short ones are dropped afterwards."""
    lanes: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda r: (r.at, r.low)):
        if lanes and rule.at - lanes[-1][0].at <= _SNAP:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    found = []
    for lane in lanes:
        longest = max(lane, key=lambda r: r.high - r.low)
        lane.sort(key=lambda r: (r.low, r.high))
        current = _Rule(longest.at, lane[0].low, lane[0].high)
        for rule in lane[1:]:
            if rule.low <= current.high + _REACH:
                current.high = max(current.high, rule.high)
            else:
                found.append(current)
                current = _Rule(longest.at, rule.low, rule.high)
        found.append(current)
    return [rule for rule in found if rule.high - rule.low >= _SHORTEST]


def _frames(
    across: Sequence[_Rule], down: Sequence[_Rule]
) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules gathered into those that touch, in the order of their first row."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(across)), key=lambda i: across[i].at)
    places = [across[i].at for i in order]
    for j, rule in enumerate(down):
        start = bisect_left(places, rule.low - _TOUCH)
        for k in range(start, len(order)):
            row = across[order[k]]
            if row.at > rule.high + _TOUCH:
                break
            if row.low - _TOUCH <= rule.at <= row.high + _TOUCH:
                parent[root(order[k])] = root(len(across) + j)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for i, rule in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(rule)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _edges(rules: Sequence[_Rule], others: Sequence[_Rule]) -> list[float]:
    """The places of rules, and the ends of those across them where these reach further."""
    places = [rule.at for rule in rules]
    low, high = min(r.low for r in others), max(r.high for r in others)
    if not places or low < min(places) - 2 * _REACH:
        places.append(low)
    if high > max(places) + 2 * _REACH:
        places.append(high)
    places.sort()
    found = [places[0]]
    for place in places[1:]:
        if place - found[-1] > _SNAP:
            found.append(place)
    return found


def _grid(across: Sequence[_Rule], down: Sequence[_Rule]) -> Grid | None:
    xs, ys = _edges(down, across), _edges(across, down)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2 or columns * rows > _MOST_BOXES:
        return None
    parent = list(range(rows * columns))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    upright = _drawn(down, xs, ys)
    level = _drawn(across, ys, xs)
    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not upright[c + 1][r]:
                parent[root(r * columns + c + 1)] = root(r * columns + c)
            if r + 1 < rows and not level[r + 1][c]:
                parent[root((r + 1) * columns + c)] = root(r * columns + c)
    regions: dict[int, list[int]] = {}
    for i in range(rows * columns):
        regions.setdefault(root(i), []).append(i)
    cells = [
        GridCell(r, c, h, w, Box(xs[c], ys[r], xs[c + w], ys[r + h]))
        for members in regions.values()
        for r, c, h, w in _rectangles(members, columns)
    ]
    if len(cells) < 2:
        return None
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(cells), tuple(xs), tuple(ys))


def _drawn(
    rules: Sequence[_Rule], places: Sequence[float], ends: Sequence[float]
) -> list[list[bool]]:
    """For each place and each stretch between two ends, whether a rule is drawn there."""
    found = [[False] * (len(ends) - 1) for _ in places]
    covered = [[0.0] * (len(ends) - 1) for _ in places]
    for rule in rules:
        k = min(bisect_left(places, rule.at), len(places) - 1)
        if k and rule.at - places[k - 1] < places[k] - rule.at:
            k -= 1
        for j in range(max(0, bisect_left(ends, rule.low) - 1), len(ends) - 1):
            if ends[j] > rule.high:
                break
            covered[k][j] += max(0.0, min(rule.high, ends[j + 1]) - max(rule.low, ends[j]))
    for k, row in enumerate(covered):
        for j, length in enumerate(row):
            found[k][j] = length >= _KEPT_APART * (ends[j + 1] - ends[j])
    return found


def _rectangles(members: Sequence[int], columns: int) -> list[tuple[int, int, int, int]]:
    """A region as one rectangle (row, column, rows, columns), or cut into those of equal rows."""
    rows = sorted({i // columns for i in members})
    if len(members) == len(rows) * len({i % columns for i in members}):
        first = min(i % columns for i in members)
        return [(rows[0], first, len(rows), len(members) // len(rows))]
    runs: list[tuple[int, int, int, int]] = []
    held = set(members)
    for r in rows:
        c = 0
        while c < columns:
            if r * columns + c not in held:
                c += 1
                continue
            start = c
            while c < columns and r * columns + c in held:
                c += 1
            for k, (row, column, height, width) in enumerate(runs):
                if (column, width) == (start, c - start) and row + height == r:
                    runs[k] = (row, column, height + 1, width)
                    break
            else:
                runs.append((r, start, 1, c - start))
    return runs
