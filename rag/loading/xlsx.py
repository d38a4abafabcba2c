"""Excel workbooks (XLSX, ISO/IEC 29500) → :class:`Extracted`: each visible sheet a section, its
tables as they show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rag.errors import SourceError
from rag.loading.archive import damaged
from rag.loading.extracted import Extracted
from rag.loading.hancom import empty
from rag.loading.numbering import Head, HeadKind, Numbering
from rag.loading.office_package import Package
from rag.loading.paragraphs import Box, Caption, Grid, GridCell, Paragraph
from rag.loading.writer import Writer, clean
from rag.loading.xlsx_sheet import MOST_CELLS, Formats, Sheet, Shown, read_sheet, regions, too_large
from rag.loading.xml_parts import child, local
from rag.outline.lines import UNIT

_MAIN = "xl/workbook.xml"
_REMARK = re.compile(r"(?:※|\*|주\s*\d*\s*[):：]|\(?(?:출처|자료)\s*[:：]|비고\s*[:：]|\d+\)\s)")
_NAMELESS = re.compile(r"(?:sheet|시트)\s*\d*\Z", re.I)
_LONGEST_TITLE = 100
_MOST_LINES = 4  # lines above a table that may belong to it
_MOST_PLACES = 250_000

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_xlsx(data: bytes, name: str) -> Extracted:
    """The visible sheets of a workbook, each under its name as a heading; what stands together
    in a sheet is a table, its values as their number formats show them, formulas as last
    reckoned. Lines above a table are its caption and its unit.

    Hidden sheets, rows and columns are left out and counted in ``warnings``. Raises SourceError
    where the file is no workbook, damaged, encrypted, empty, or larger than is sensible.
    """
    if not data.startswith(b"PK"):
        raise SourceError(f"문서 '{name}'은(는) XLSX 형식이 아닙니다. 파일 형식을 확인해 주세요.")
    package = Package(data, name)
    main = package.main(_MAIN)
    if not package.archive.has(main):
        raise damaged(name)
    root = package.parse(main)
    listed = child(root, "sheets")
    if local(root) != "workbook" or listed is None:
        raise damaged(name)
    settings = child(root, "workbookPr")
    formats = Formats(
        package.optional(main, "styles", "styles.xml"),
        package.optional(main, "sharedStrings", "sharedStrings.xml"),
        settings is not None and settings.get("date1904") in ("1", "true"),
    )
    paths = dict(package.relations(main, "worksheet"))
    writer = Writer(Numbering({}))
    hidden: list[str] = []
    warnings: list[str] = []
    room = MOST_CELLS
    title = ""
    for element in listed:
        path = paths.get(element.get(_ID) or element.get(_STRICT_ID) or "", "")
        if not package.archive.has(path):
            continue  # a chart on a sheet of its own
        label = clean(element.get("name", "")).strip()
        if element.get("state", "visible") != "visible":
            hidden.append(label)
            continue
        sheet = read_sheet(package.parse(path), formats, name, room)
        room -= len(sheet.cells)
        if room < 0:
            raise too_large(name)
        warnings.extend(_warnings(label, sheet))
        if not sheet.cells or not any(cell.text for cell in sheet.cells):
            continue
        section = _Section(sheet.cells)
        writer.write([Paragraph((label,), Head(HeadKind.HEADING, 0)), *section.paragraphs()])
        title = title or section.title or ("" if _NAMELESS.match(label) else label)
    found = writer.finish()
    if not found.text.strip():
        raise empty(name)
    if hidden:
        names = ", ".join(hidden[:5]) + ("…" if len(hidden) > 5 else "")
        warnings.insert(0, f"숨긴 시트 {len(hidden)}개({names})는 읽지 않았습니다.")
    stem = unicodedata.normalize("NFC", name.rpartition(".")[0] or name)
    return replace(
        found,
        pages=(),
        approximate_pages=False,
        title=title or stem,
        warnings=found.warnings + tuple(warnings),
    )


def _warnings(label: str, sheet: Sheet) -> Iterator[str]:
    parts = [
        f"{what} {count:,}개"
        for what, count in (("행", sheet.rows), ("열", sheet.columns))
        if count
    ]
    if parts:
        yield f"시트 '{label}'의 숨긴 {'와 '.join(parts)}는 읽지 않았습니다."
    if sheet.blank:
        yield (
            f"시트 '{label}'의 수식 {sheet.blank:,}개는 계산한 값이 저장되어 있지 않아 비어 있습니다."
        )


class _Section:
    """The contents of one sheet. ``title`` is the first line above a table, "" if none."""

    def __init__(self, cells: Sequence[Shown]) -> None:
        self._cells = [cell for cell in cells if cell.text]
        self._blank: dict[int, list[Shown]] = {}
        for cell in cells:
            if not cell.text:
                self._blank.setdefault(cell.row, []).append(cell)
        self.title = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        waiting: list[str] = []
        for region in regions(self._cells):
            rows = [list(row) for _, row in groupby(region, key=lambda cell: cell.row)]
            above, body, below = _divided(rows)
            if not body:
                lines = [cell.text for row in rows for cell in row if cell.text]
                if len(waiting) + len(lines) <= _MOST_LINES:
                    waiting += lines
                else:
                    yield from _lines(waiting + lines)
                    waiting = []
                continue
            lines = waiting + [cell.text for row in above for cell in row if cell.text]
            waiting = []
            yield from self._table(lines, self._with_blank(body))
            yield from _lines([cell.text for row in below for cell in row if cell.text])
        yield from _lines(waiting)

    def _with_blank(self, rows: Sequence[Sequence[Shown]]) -> list[Shown]:
        """The cells of a table with the merged ones in it that hold nothing."""
        cells = [cell for row in rows for cell in row]
        left = min(cell.column for cell in cells)
        right = max(cell.column + cell.column_span for cell in cells)
        bottom = max(cell.row + cell.row_span for cell in cells)
        within = [
            cell
            for row in range(cells[0].row, bottom)
            for cell in self._blank.get(row, ())
            if left <= cell.column < right
        ]
        return sorted(cells + within, key=lambda cell: (cell.row, cell.column))

    def _table(self, lines: list[str], cells: Sequence[Shown]) -> Iterator[Paragraph]:
        units = [(line, found[1].strip()) for line in lines if (found := UNIT.match(line))]
        named = [line for line in lines if not UNIT.match(line)]
        yield from _lines(named[:-1])
        caption = None
        if named:
            caption = Caption((Paragraph((named[-1],)),), above=True)
            self.title = self.title or named[0][:_LONGEST_TITLE]
        for line, _ in units:
            yield Paragraph(before=(Box((), Caption((Paragraph((line,)),))),))
        yield Paragraph(before=(_grid(cells, caption, units[-1][1] if units else ""),))


def _lines(lines: Sequence[str]) -> Iterator[Paragraph]:
    for line in lines:
        yield Paragraph((line,))


def _divided(
    rows: Sequence[list[Shown]],
) -> tuple[Sequence[list[Shown]], Sequence[list[Shown]], Sequence[list[Shown]]]:
    """The rows above a table, its own and those below it: lines of one cell, but for the unit
    beside it, stand above, remarks below. Without a row of two cells there is no table."""
    first = 0
    while first < len(rows) and len([c for c in rows[first] if _counts(c)]) < 2:
        first += 1
    if first == len(rows):
        return rows, (), ()
    last = len(rows)
    while last > first + 1 and _is_remark(rows[last - 1]):
        last -= 1
    return rows[:first], rows[first:last], rows[last:]


def _counts(cell: Shown) -> bool:
    return bool(cell.text) and UNIT.match(cell.text) is None


def _is_remark(row: Sequence[Shown]) -> bool:
    said = [cell.text for cell in row if cell.text]
    return not said or (len(said) == 1 and _REMARK.match(said[0]) is not None)


def _grid(cells: Sequence[Shown], caption: Caption | None, unit: str) -> Grid:
    """The table of a region; places without a value are cells too, where they are not too many."""
    top, left = min(cell.row for cell in cells), min(cell.column for cell in cells)
    rows = max(cell.row for cell in cells if cell.text) - top + 1
    columns = max(cell.column for cell in cells if cell.text) - left + 1
    grid: list[GridCell] = []
    for cell in cells:
        row, column = cell.row - top, cell.column - left
        if row >= rows or column >= columns:
            continue
        height = min(cell.row_span, rows - row) if not cell.text else cell.row_span
        width = min(cell.column_span, columns - column) if not cell.text else cell.column_span
        grid.append(GridCell(row, column, height, width, cell.header, (Paragraph((cell.text,)),)))
    wide = max(cell.column + cell.column_span for cell in grid)
    tall = max(cell.row + cell.row_span for cell in grid)
    room = _MOST_PLACES
    taken = bytearray(rows * columns if rows * columns <= room else 0)
    for one in grid if taken else ():
        width = min(one.column_span, columns - one.column)
        height = min(one.row_span, rows - one.row)
        room -= width * height
        if room < 0:
            break  # merged cells that lie over each other
        for row in range(one.row, one.row + height):
            at = row * columns + one.column
            taken[at : at + width] = b"\x01" * width
    grid.extend(
        GridCell(at // columns, at % columns, 1, 1, False, ())
        for at, is_taken in enumerate(taken)
        if not is_taken and room >= 0
    )
    return Grid(tuple(grid), tall, wide, caption, unit=unit)
