"""A sheet of a workbook → the cells that show, as text at their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.errors import SourceError
from rag.loading.number_format import BUILT_IN, show, show_text
from rag.loading.xml_parts import Element, child, local, number

MOST_CELLS = 150_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_MERGED = 50_000
_MOST_COVERED = 1_000_000
_TALLEST, _WIDEST = 5_000, 256
"""Rows and columns that one merged cell may span; more is formatting of a whole column or row."""
_MOST_TEXT = 20_000_000  # characters of a sheet
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})\Z")
_YES = ("1", "true")


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell that shows something or is merged. Places count from 0 over what is not hidden."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What shows of a sheet, in reading order. ``rows`` and ``columns`` count hidden ones that
    hold something, ``blank`` formulas whose value is not stored."""

    cells: tuple[Shown, ...]
    rows: int = 0
    columns: int = 0
    blank: int = 0


class Formats:
    """How the cells of a workbook show their values: its styles and its shared strings."""

    def __init__(self, styles: Element | None, strings: Element | None, from_1904: bool) -> None:
        self._from_1904 = from_1904
        self._strings = [_rich(item) for item in strings] if strings is not None else []
        own: dict[int, str] = {}
        self._codes: list[str] = []
        formats = child(styles, "numFmts") if styles is not None else None
        for element in formats if formats is not None else ():
            own[number(element, "numFmtId", -1)] = element.get("formatCode", "")
        shapes = child(styles, "cellXfs") if styles is not None else None
        for element in shapes if shapes is not None else ():
            identifier = number(element, "numFmtId")
            self._codes.append(own.get(identifier, BUILT_IN.get(identifier, "General")))

    def text(self, cell: Element) -> str:
        """What a cell shows."""
        kind = cell.get("t", "n")
        at = number(cell, "s")
        code = self._codes[at] if 0 <= at < len(self._codes) else "General"
        if kind == "inlineStr":
            inner = child(cell, "is")
            return show_text(_rich(inner), code) if inner is not None else ""
        inner = child(cell, "v")
        stored = (inner.text or "") if inner is not None else ""
        if kind == "s":
            place = int(stored) if stored.isdecimal() and len(stored) < 9 else -1
            known = self._strings[place] if 0 <= place < len(self._strings) else ""
            return show_text(known, code)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(stored, "")
        if kind in ("str", "e", "d"):
            return stored
        try:
            value = float(stored)
        except ValueError:
            return ""
        return show(value, code, self._from_1904) if abs(value) < 1e300 else ""


def read_sheet(root: Element, formats: Formats, name: str, room: int) -> Sheet:
    """The cells of a sheet that are not hidden. Raises SourceError where they are more than
    ``room`` or their text is too long."""
    hidden_columns = _hidden_columns(root)
    hidden_rows: list[int] = []
    filled: dict[tuple[int, int], str] = {}
    left_rows, left_columns = 0, set()
    blank = length = 0
    row = -1
    data = child(root, "sheetData")
    for line in data if data is not None else ():
        row = number(line, "r", row + 2) - 1
        if not 0 <= row < _MOST_ROWS:
            break
        if line.get("hidden") in _YES:
            hidden_rows.append(row)
        column = -1
        seen = False
        for cell in line:
            place = _place(cell.get("r", ""))
            column = place[1] if place is not None else column + 1
            text = formats.text(cell).strip()
            if not text and _is_formula(cell):
                blank += 1
            if not text or column >= _MOST_COLUMNS:
                continue
            seen = True
            if column in hidden_columns:
                left_columns.add(column)
            # What a hidden row or column holds may still show in a merged cell.
            filled[row, column] = text
            length += len(text)
        left_rows += seen and line.get("hidden") in _YES
        if len(filled) > room or length > _MOST_TEXT:
            raise too_large(name)
    cells = _shown(root, filled, _Hidden((at, at) for at in hidden_rows), hidden_columns)
    return Sheet(cells, left_rows, len(left_columns), blank)


def _shown(
    root: Element, filled: dict[tuple[int, int], str], rows: _Hidden, columns: _Hidden
) -> tuple[Shown, ...]:
    """The cells that show at their places among the rows and columns that do."""
    heads = _heads(root)
    found: dict[tuple[int, int], Shown] = {}
    room = _MOST_COVERED
    for top, left, bottom, right in _merged(root):
        text = filled.pop((top, left), "")
        first, last = rows.shown(top), rows.shown(bottom + 1)
        start, end = columns.shown(left), columns.shown(right + 1)
        if last > first and end > start:
            height, width = min(last - first, _TALLEST), min(end - start, _WIDEST)
            one = Shown(first, start, text, height, width, top in heads)
            found.setdefault((first, start), one)
        # A value that is left in a covered place does not show.
        room -= (bottom - top + 1) * (right - left + 1)
        if room >= 0:
            for covered in range(top, bottom + 1):
                for place in range(left, right + 1):
                    filled.pop((covered, place), None)
    for (r, c), text in filled.items():
        if r not in rows and c not in columns:
            at = rows.shown(r), columns.shown(c)
            found.setdefault(at, Shown(*at, text, header=r in heads))
    return tuple(found[at] for at in sorted(found))


def _is_formula(cell: Element) -> bool:
    """Whether a cell holds a formula whose value is not stored."""
    inner = child(cell, "v")
    return child(cell, "f") is not None and (inner is None or not inner.text)


def too_large(name: str) -> SourceError:
    """The error for a workbook with more cells than can be held."""
    return SourceError(
        f"문서 '{name}'의 칸이 {MOST_CELLS:,}개를 넘어 읽지 않았습니다. 시트를 나누어 주세요."
    )


def _rich(item: Element) -> str:
    """The text of a string, its runs joined, readings of hanja left out."""
    pieces: list[str] = []
    for part in item:
        if local(part) == "t":
            pieces.append(part.text or "")
        elif local(part) == "r":
            pieces.extend(text.text or "" for text in part if local(text) == "t")
    return "".join(pieces)


class _Hidden:
    """Rows or columns that do not show, as ranges [first, last]."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._before: list[int] = [0]  # how many are hidden in the ranges before each
        for first, last in sorted(ranges):
            if self._lasts:
                first = max(first, self._lasts[-1] + 1)
            if 0 <= first <= last:
                self._firsts.append(first)
                self._lasts.append(last)
                self._before.append(self._before[-1] + last - first + 1)

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self._firsts, place) - 1
        return at >= 0 and place <= self._lasts[at]

    def shown(self, place: int) -> int:
        """How many before ``place`` show."""
        at = bisect_right(self._firsts, place - 1)
        if not at:
            return place
        return place - self._before[at] + max(0, self._lasts[at - 1] - place + 1)


def _hidden_columns(root: Element) -> _Hidden:
    columns = child(root, "cols")
    return _Hidden(
        (number(element, "min") - 1, min(number(element, "max"), _MOST_COLUMNS) - 1)
        for element in (columns if columns is not None else ())
        if element.get("hidden") in _YES
    )


def _merged(root: Element) -> list[tuple[int, int, int, int]]:
    """Merged ranges: top, left, bottom, right, all inside."""
    element = child(root, "mergeCells")
    found = [
        area
        for inner in (element if element is not None else ())
        if (area := _area(inner.get("ref", ""))) is not None
    ]
    return found[:_MOST_MERGED]


def _heads(root: Element) -> frozenset[int]:
    """The row that a filter stands on: the sheet says that it heads a table."""
    element = child(root, "autoFilter")
    area = _area(element.get("ref", "")) if element is not None else None
    return frozenset({area[0]} if area is not None else ())


def _area(reference: str) -> tuple[int, int, int, int] | None:
    one, _, other = reference.partition(":")
    start, end = _place(one), _place(other or one)
    if start is None or end is None or end[0] < start[0] or end[1] < start[1]:
        return None
    return start[0], start[1], end[0], end[1]


def _place(reference: str) -> tuple[int, int] | None:
    """The row and column, from 0, of a reference such as "B3"."""
    found = _REFERENCE.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row - 1, column - 1) if row <= _MOST_ROWS and column <= _MOST_COLUMNS else None


def regions(cells: Sequence[Shown], depth: int = 12) -> Iterator[tuple[Shown, ...]]:
    """The cells parted at blank rows and blank columns, again and again, in reading order."""
    for band in _parted(sorted(cells, key=lambda c: (c.row, c.column)), rows=True):
        columns = _parted(sorted(band, key=lambda c: (c.column, c.row)), rows=False)
        if len(columns) == 1:
            yield tuple(sorted(band, key=lambda c: (c.row, c.column)))
            continue
        for part in columns:
            if depth > 0:
                yield from regions(part, depth - 1)
            else:
                yield tuple(sorted(part, key=lambda c: (c.row, c.column)))


def _parted(cells: Sequence[Shown], rows: bool) -> list[list[Shown]]:
    parts: list[list[Shown]] = []
    reach = -1
    for cell in cells:
        start = cell.row if rows else cell.column
        if not parts or start > reach:
            parts.append([])
        parts[-1].append(cell)
        reach = max(reach, start + (cell.row_span if rows else cell.column_span))
    return parts
