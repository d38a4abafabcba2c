"""Pages of a document that stores no page numbers but the places of its laid out lines.

Where a line stands higher than the one before it, a new page (or text column) has begun. That
gives the pages of the last layout but for what floats: the label says that it is an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence


class PageEstimate:
    """Counts pages in reading order, from 1."""

    def __init__(self) -> None:
        self.page = 1
        self._last: int | None = None
        self._body = 0
        self._columns = 1
        self._column = 0
        self._begun = False

    def section(self, body: int) -> None:
        """A section begins, on a new page; ``body`` is the height of its text area, 0 if not
        known."""
        if self._begun:
            self.page += 1
        self._begun = True
        self._last, self._body, self._columns, self._column = None, body, 1, 0

    def columns(self, number: int) -> None:
        """The text goes on in so many columns."""
        if number != self._columns:
            self._columns, self._column = max(1, number), 0

    def paragraph(self, lines: Sequence[int], tables: Sequence[int] = ()) -> list[tuple[float, str]]:
        """The pages that begin in a paragraph: the share of its lines that stands before each,
        and its label. ``lines`` are places of lines from the top, ``tables`` the heights of
        tables anchored in it that may run over pages."""
        self._begun = True
        found: list[tuple[float, str]] = []
        for at, place in enumerate(lines):
            if self._last is not None and place < self._last:
                self._column += 1
                if self._column >= self._columns:
                    self._column = 0
                    self.page += 1
                    found.append((at / len(lines), self.label))
            self._last = place
        for height in tables:
            if self._body and self._last is not None and self._columns == 1:
                over, self._last = divmod(self._last + height, self._body)
                self.page += over
                if over:
                    found.append((1.0, self.label))
        return found

    @property
    def label(self) -> str:
        """The label of the page reached, to which a reader of it adds "쪽"."""
        return f"약 {self.page}"
