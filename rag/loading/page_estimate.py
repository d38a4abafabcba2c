"""Pages of a document that stores no page numbers but the places of its laid out lines.

Where a line stands higher than the one before it, a new page (or text column) has begun. Tables
that run over pages are a single line to their paragraph; their pages are told from the heights
of their rows. The result is the number of pages of the last layout but for what floats: the
label says that it is an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.loading.paragraphs import Grid, GridCell, Paragraph

_TALLEST = 1 << 24
"""A height above this (6 km of paper) is a negative number that was stored as another kind."""


class PageEstimate:
    """Counts pages in reading order, from 1."""

    def __init__(self) -> None:
        self.page = 1
        self._last: int | None = None
        self._body = 0
        self._columns = 1
        self._column = 0
        self._begun = False

    def enter(self, paragraph: Paragraph) -> list[tuple[float, str]]:
        """The pages that begin with or in a paragraph of the body: the share of its lines that
        stands before each, and its label."""
        found: list[tuple[float, str]] = []
        if paragraph.section is not None:
            if self._begun:
                self.page += 1
                found.append((0.0, self.label))
            self._last, self._body = None, paragraph.section.body
            self._columns, self._column = 1, 0
        if paragraph.columns and paragraph.columns != self._columns:
            self._columns, self._column = max(1, paragraph.columns), 0
        self._begun = True
        for at, (place, _) in enumerate(paragraph.lines):
            fell = self._last is not None and place < self._last
            turned = at == 0 and paragraph.breaks and self._last is not None
            if fell or turned:
                self._column += 1
                if turned or self._column >= self._columns:
                    self._column = 0
                    self.page += 1
                    found.append((at / len(paragraph.lines), self.label))
            self._last = place
        return found

    def rows(self, grid: Grid) -> list[tuple[int, str]]:
        """The pages that begin in a table anchored in the paragraph last entered: the first row
        that stands wholly on each, and its label."""
        if not grid.flows or not self._body or self._last is None or self._columns > 1:
            return []
        found: list[tuple[int, str]] = []
        begun = self._last
        for row, height in enumerate(_heights(grid)):
            over, begun = divmod(begun + height, self._body)
            if over:
                self.page += over
                found.append((row + 1, self.label))
        self._last = begun
        return found

    @property
    def label(self) -> str:
        """The label of the page reached, to which a reader of it adds "쪽"."""
        return f"약 {self.page}"


def _heights(grid: Grid) -> list[int]:
    """The heights of a table's rows, in 1/7200 inch: what their cells state or, where the text in
    them is taller, its height."""
    count = max((cell.row for cell in grid.cells), default=-1) + 1
    heights = [0] * count
    merged: list[tuple[int, int, int]] = []
    for cell in grid.cells:
        height = max(_within(cell.height), _content(cell))
        if cell.row_span == 1:
            heights[cell.row] = max(heights[cell.row], height)
        else:
            merged.append((cell.row, min(cell.row + cell.row_span, count), height))
    sums = [0]
    for height in heights:
        sums.append(sums[-1] + height)
    for first, end, height in merged:
        missing = height - (sums[end] - sums[first])
        if missing > heights[end - 1]:
            heights[end - 1] = missing
    return heights


def _content(cell: GridCell) -> int:
    """How tall the text of a cell is; places that begin anew go on below."""
    bottom = above = 0
    last = -1
    for paragraph in cell.paragraphs:
        for place, height in paragraph.lines:
            if place < last:
                above = bottom
            last = place
            bottom = max(bottom, above + _within(place) + _within(height))
    return bottom + _within(cell.margin)


def _within(length: int) -> int:
    return length if 0 <= length <= _TALLEST else 0


def page_starts(lines: Sequence[tuple[float, str]], length: int) -> list[tuple[int, str]]:
    """The pages that begin inside a text of ``length`` code points: offset and label."""
    return [(int(length * share), label) for share, label in lines if 0 < share < 1]
