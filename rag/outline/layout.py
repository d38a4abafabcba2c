"""Where the cells of a table stand in the source, and the rows of a large one that a question
needs.

A table of thousands of rows is not read whole for one question: the rows that hold a rare word of
it are found through the text, which costs no analysis.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import islice

from rag.types import Block, Cell, Document, Span, Table

_WHOLE = 2000  # cells; a larger table is read in part
_PART = 1000  # cells of such a part
_COMMON = 1000  # places; a word that stands in more of them tells no rows apart
_SHARE = 0.25  # nor does one that stands in more of the rows than this
_GROUP = 50  # rows; a merged label over so many brings them all along
_YEAR = re.compile(r"(?:19|20)(\d\d)년")


class Layout:
    """The cells of a table by row and by place in the source, found once for the table."""

    def __init__(self, document: Document, block: Block, table: Table) -> None:
        self.table = table
        self.large = len(table.cells) > _WHOLE
        self._rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            self._rows.setdefault(cell.row, []).append(cell)
        self._placed = sorted((c for c in table.cells if len(c.span)), key=_start)
        self._starts = [c.span.start for c in self._placed]
        self._tall = [c for c in table.cells if c.row_span > 1]
        self._at = block.span.start
        self._text = ""
        if self.large:
            raw = document.text[block.span.start : block.span.end]
            lower = raw.lower()
            # A letter may grow when lowered; then the offsets would no longer be those of the text.
            self._text = lower if len(lower) == len(raw) else raw

    def row_span(self, row: int) -> Span | None:
        """From the first to the last cell that a row has of its own; None where it has none."""
        spans = [c.span for c in self._rows.get(row, ()) if len(c.span)]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None

    def alone(self, row: int, span: Span) -> bool:
        """Whether no cell of another row touches a span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return all(c.row == row or not c.span.touches(span) for c in self._placed[first:last])

    def rows_for(
        self, weights: Mapping[str, float], own: tuple[int, int] | None, *, sample: bool
    ) -> frozenset[int]:
        """The rows to read of a large table: the column headers, the rows ``own`` [first, last],
        and those that hold most of the weighted terms, as many as make about 1,000 cells, the
        upper first where they hold as much; with ``sample`` the first rows too. A label merged
        over several rows brings them along."""
        most = max(20, _PART // max(1, self.table.columns))
        chosen = set(self._headers())
        if own is not None:
            chosen |= set(range(own[0], min(own[1] + 1, own[0] + most)))
        if sample:
            chosen |= set(islice(self._rows, most // 2))
        scores = self._scores(weights)
        chosen |= set(sorted(scores, key=lambda row: (-scores[row], row))[:most])
        groups = [c for c in self._tall if c.row_span <= _GROUP and not chosen.isdisjoint(_of(c))]
        return frozenset(chosen.union(*map(_of, groups)))

    def part(self, rows: Iterable[int]) -> Table:
        """The table with the cells of some rows, and those merged cells that reach them, alone;
        rows and columns keep their numbers."""
        kept = set(rows)
        cells = [c for row in sorted(kept) for c in self._rows.get(row, ())]
        reach = [c for c in self._tall if c.row not in kept and not kept.isdisjoint(_of(c))]
        return _with(self.table, sorted([*cells, *reach], key=lambda c: (c.row, c.column)))

    def columns(self, columns: Iterable[int]) -> Table:
        """The table with its headers and some columns alone."""
        kept = set(columns)
        return _with(self.table, [c for c in self.table.cells if c.header or c.column in kept])

    def _headers(self) -> Iterable[int]:
        """The rows at the top that hold nothing but headers, at most so many as make a part."""
        for row in islice(self._rows, max(1, _PART // max(1, self.table.columns))):
            if not all(c.header for c in self._rows[row]):
                return
            yield row

    def _scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """What each row that holds a term scores: rare words of the table count more."""
        scores: dict[int, float] = {}
        for term, weight in weights.items():
            pattern = _written(term)
            if not pattern:
                continue
            found = list(islice(re.finditer(pattern, self._text), _COMMON + 1))
            if len(found) > _COMMON:
                continue
            rows = {row for match in found for row in self._reached(self._at + match.start())}
            if len(rows) > _SHARE * self.table.rows:
                continue
            rarity = math.log(1 + self.table.rows / max(1, len(rows)))
            for row in rows:
                scores[row] = scores.get(row, 0.0) + weight * rarity
        return scores

    def _reached(self, at: int) -> Iterable[int]:
        """The rows of the cell at an offset of the source."""
        number = bisect_right(self._starts, at) - 1
        return _of(self._placed[number]) if number >= 0 else ()


def _start(cell: Cell) -> int:
    return cell.span.start


def _of(cell: Cell) -> range:
    return range(cell.row, cell.row + cell.row_span)


def _with(table: Table, cells: Iterable[Cell]) -> Table:
    return Table(tuple(cells), table.rows, table.columns, table.unit, table.caption)


def _written(term: str) -> str:
    """A pattern of how a term may be written; "" for one too short to look for. Numbers stand
    alone, with or without commas."""
    stem = term[:-1] if term.endswith("다") and len(term) > 2 else term
    year = _YEAR.fullmatch(term)
    if year:
        return rf"{term[:4]}|['‘’`´]{year.group(1)}(?!\d)"
    if stem.isdigit():
        return rf"(?<![\d.,]){',?'.join(stem)}(?![\d.,]*\d)"
    if len(stem) < 2:
        return ""
    return (r"(?<![\d.,])" if stem[0].isdigit() else "") + re.escape(stem.lower())
