"""Workbooks made from a known structure, number formats, and files that are damaged or hostile."""

from __future__ import annotations

import datetime
import io
import math
import zipfile
from typing import Any

import pytest
from damaged_files import Damaged, damaged, read_or_refused
from extracted_text import lines, refused, said
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rag.errors import SourceError
from rag.loading.extracted import Extracted
from rag.loading.number_format import general, show, show_text
from rag.loading.xlsx import read_xlsx
from rag.types import BlockKind, Table


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(rows: list[list[Any]], at: tuple[int, int] = (1, 1)) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    made = book.active
    assert isinstance(made, Worksheet)
    made.title = "통계"
    put(made, rows, at)
    return book, made


def put(made: Worksheet, rows: list[list[Any]], at: tuple[int, int]) -> None:
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            made.cell(at[0] + r, at[1] + c, value)


def read(data: bytes) -> Extracted:
    return read_xlsx(data, "통계표.xlsx")


def tables(found: Extracted) -> list[Table]:
    return [block.table for block in found.stated if block.table is not None]


def grid(found: Extracted, table: Table) -> list[list[str]]:
    return [
        [said(found, cell) if (cell := table.at(r, c)) else "?" for c in range(table.columns)]
        for r in range(table.rows)
    ]


def refusal(data: bytes) -> str:
    return refused(read, data)


def test_each_sheet_stands_under_its_name() -> None:
    book, _ = sheet([["구분", "값"], ["가", 1]])
    put(book.create_sheet("둘째 시트"), [["항목", "수"], ["나", 2]], (3, 3))
    book.create_sheet("빈 시트")
    found = read(saved(book))
    heads = [said(found, b) for b in found.stated if b.kind is BlockKind.HEADING]
    assert heads == ["통계", "둘째 시트"]
    assert [grid(found, t) for t in tables(found)] == [
        [["구분", "값"], ["가", "1"]], [["항목", "수"], ["나", "2"]],
    ]  # fmt: skip
    kinds = [block.kind for block in found.stated]
    assert kinds == [BlockKind.HEADING, BlockKind.TABLE] * 2


@st.composite
def sheets(
    draw: st.DrawFn,
) -> tuple[int, int, list[tuple[int, int, int, int]], set[tuple[int, int]]]:
    """Size of a table, merged areas that do not overlap, and places without a value."""
    rows, columns = draw(st.integers(3, 7)), draw(st.integers(3, 7))
    taken: set[tuple[int, int]] = set()
    areas = []
    for _ in range(draw(st.integers(0, 4))):
        row, column = draw(st.integers(1, rows - 1)), draw(st.integers(0, columns - 1))
        height, width = draw(st.integers(1, rows - row)), draw(st.integers(1, columns - column))
        places = {(r, c) for r in range(row, row + height) for c in range(column, column + width)}
        if not places & taken and len(places) > 1:
            taken |= places
            areas.append((row, column, height, width))
    empty = draw(
        st.sets(st.tuples(st.integers(1, rows - 2), st.integers(1, columns - 2)), max_size=3)
    )
    return rows, columns, areas, empty - taken


@given(sheets(), st.integers(1, 9), st.integers(1, 9))
@settings(max_examples=50, deadline=None)
def test_every_cell_has_its_row_column_spans_and_text(
    made: tuple[int, int, list[tuple[int, int, int, int]], set[tuple[int, int]]],
    top: int,
    left: int,
) -> None:
    rows, columns, areas, empty = made
    truth = {
        (r, c): (1, 1, "" if (r, c) in empty else f"{r}행 {c}열")
        for r in range(rows) for c in range(columns)
    }  # fmt: skip
    for row, column, height, width in areas:
        for r in range(row, row + height):
            for c in range(column, column + width):
                del truth[r, c]
        truth[row, column] = (height, width, f"{row}행 {column}열")
    # The first row and the edges are filled, so that no blank row or column parts the table.
    book, page = sheet([])
    for (r, c), (_, _, text) in truth.items():
        page.cell(top + r, left + c, text or None)
    for row, column, height, width in areas:
        page.merge_cells(
            start_row=top + row, start_column=left + column,
            end_row=top + row + height - 1, end_column=left + column + width - 1,
        )  # fmt: skip
    found = read(saved(book))
    (table,) = tables(found)
    assert (table.rows, table.columns) == (rows, columns)
    got = {(c.row, c.column): (c.row_span, c.column_span, said(found, c)) for c in table.cells}
    assert got == truth


def test_blank_rows_and_columns_part_tables_read_in_order() -> None:
    book, page = sheet([["가", "나"], [1, 2]])
    put(page, [["다", "라"], [3, 4]], (1, 4))
    put(page, [["마", "바"], [5, 6]], (5, 2))
    found = read(saved(book))
    assert [grid(found, table)[0] for table in tables(found)] == [
        ["가", "나"],
        ["다", "라"],
        ["마", "바"],
    ]


@pytest.mark.parametrize("gap", [0, 1])
def test_lines_above_a_table_are_its_caption_and_its_unit(gap: int) -> None:
    book, page = sheet([["연도별 수출 현황"], [None, None, "(단위: 백만원)"]])
    page.merge_cells("A1:C1")
    put(page, [["구분", "2020", "2021"], ["반도체", 10, 20], ["자동차", 30, 40]], (3 + gap, 1))
    put(page, [["※ 2021년은 잠정치"]], (6 + gap, 1))
    found = read(saved(book))
    (table,) = tables(found)
    assert table.unit == "백만원"
    assert table.caption is not None
    assert found.text[table.caption.start : table.caption.end] == "연도별 수출 현황"
    assert grid(found, table) == [
        ["구분", "2020", "2021"],
        ["반도체", "10", "20"],
        ["자동차", "30", "40"],
    ]
    assert [cell.header for cell in table.cells[:3]] == [True] * 3
    assert lines(found)[-1] == "※ 2021년은 잠정치"
    assert found.title == "연도별 수출 현황"


def test_values_show_as_their_number_formats_show_them() -> None:
    day = datetime.date(2021, 3, 10)
    truth = [
        (1234, "#,##0", "1,234"), (0.125, "0.0%", "12.5%"), (day, "yyyy-mm-dd", "2021-03-10"),
        (day, "mm-dd-yy", "2021-03-10"), (day, 'yyyy"년" m"월" d"일"', "2021년 3월 10일"),
        (-7.1, "0.0;△0.0", "△7.1"), (True, "General", "TRUE"), ("글", "@", "글"),
        (datetime.datetime(2021, 3, 10, 9, 5), "yyyy-mm-dd hh:mm", "2021-03-10 09:05"),
        (0.1 + 0.2, "General", "0.3"), (1234567, "#,##0,", "1,235"), ("첫 줄\n둘째 줄", "General", "첫 줄\n둘째 줄"),
    ]  # fmt: skip
    book, page = sheet([["이름", "값"]])
    for row, (value, code, _) in enumerate(truth, start=2):
        page.cell(row, 1, f"항목 {row}")
        page.cell(row, 2, value).number_format = code
    found = read(saved(book))
    (table,) = tables(found)
    assert [row[1] for row in grid(found, table)[1:]] == [shown for _, _, shown in truth]


def test_hidden_sheets_rows_and_columns_are_left_out_and_said() -> None:
    book, page = sheet([[f"{r}{get_column_letter(c)}" for c in range(1, 6)] for r in range(1, 6)])
    page.row_dimensions[3].hidden = True
    page.column_dimensions["B"].hidden = True
    page.column_dimensions["C"].hidden = True
    page.merge_cells("C4:D5")
    secret = book.create_sheet("비공개")
    secret["A1"] = "숨긴 글"
    secret.sheet_state = "hidden"
    found = read(saved(book))
    (table,) = tables(found)
    assert grid(found, table) == [
        ["1A", "1D", "1E"], ["2A", "2D", "2E"], ["4A", "4C", "4E"], ["5A", "4C", "5E"],
    ]  # fmt: skip
    assert "숨긴 글" not in found.text
    assert found.warnings == (
        "숨긴 시트 1개(비공개)는 읽지 않았습니다.",
        "시트 '통계'의 숨긴 행 1개와 열 2개는 읽지 않았습니다.",
    )


def test_formulas_show_the_stored_value_and_those_without_are_said() -> None:
    book, page = sheet([["이름", "합"], ["가", 3], ["나", 4]])
    page["B4"], page["A4"] = "=B2+B3", "계"
    data = saved(book)
    found = read(data)
    assert grid(found, tables(found)[0])[-1] == ["계", ""]
    assert "수식 1개" in found.warnings[0]
    path = "xl/worksheets/sheet1.xml"
    stored = data
    for empty in ("<v></v>", "<v />", "<v/>"):
        stored = replaced(stored, path, f"</f>{empty}", "</f><v>7</v>")
    found = read(stored)
    assert grid(found, tables(found)[0])[-1] == ["계", "7"]
    assert found.warnings == ()


def replaced(data: bytes, path: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", 8) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(
                name, content.replace(old.encode(), new.encode()) if name == path else content
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0, '#,##0;-#,##0;"-"', "-"), (-5, "(0)", "-(5)"), (-5, "0;(0)", "(5)"), (2.5, "0", "3"),
        (1.005, "0.00", "1.01"), (-0.004, "0.0", "0.0"), (7, "000", "007"), (0, "#", ""),
        (1012345678, "000-0000-0000", "010-1234-5678"), (12345.678, "0.00E+00", "1.23E+04"),
        (1234, "[$₩-412]#,##0", "₩1,234"), (-1234, "₩#,##0", "-₩1,234"), (5, '#,##0 "명"', "5 명"),
        (123, 'G/표준"명"', "123명"), (1.5, "[h]:mm", "36:00"), (0.75, "h:mm AM/PM", "6:00 PM"),
        (0.75, "오전/오후 h:mm", "오후 6:00"), (44265, "yyyy.mm.dd(aaa)", "2021.03.10(수)"),
        (44265, "aaaa", "수요일"), (44265, "[$-412]yyyy. m. d.", "2021. 3. 10."), (1, "yyyy-mm-dd", "1900-01-01"),
        (60.5, "hh:mm:ss", "12:00:00"), (44265.5, "mm:ss", "00:00"), (1e9, '#,##0,,"백만"', "1,000백만"),
        (150, '[>=100]"큼";"작음"', "큼"), (50, '[>=100]"큼";"작음"', "작음"), (0.5, "# ?/?", "0.5"),
        (1234567, "_-* #,##0_-;-* #,##0_-", "1,234,567"), (3.14159, "[Red]0.00", "3.14"), (5, ";;;", ""),
        (-1, "yyyy-mm-dd", "-1"), (1e20, "yyyy", "1E+20"), (1234.5, "#,##0.##", "1,234.5"),
    ],
)  # fmt: skip
def test_number_formats(value: float, code: str, shown: str) -> None:
    assert show(value, code) == shown


def test_dates_from_1904_and_texts_with_words_around_them() -> None:
    assert show(0, "yyyy-mm-dd", True) == "1904-01-01"
    assert show_text("3", '@"호"') == "3호"
    assert show_text("글", "#,##0") == "글"


@given(st.floats(-1e14, 1e14), st.integers(0, 6))
@example(35184372088832.65, 1)
def test_grouped_numbers_are_those_of_python(value: float, decimals: int) -> None:
    code = "#,##0" + ("." + "0" * decimals if decimals else "")
    shown = float(show(value, code).replace(",", ""))
    # A cell holds the shortest digits that give the number, up to an ulp from it.
    assert abs(shown - value) <= 0.51 * 10**-decimals + math.ulp(value)
    assert f"{int(abs(shown)):,}" in show(value, code)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?,.%;"[]\\_*@yYmdhsaE+-/$ 년G ', max_size=20),
)
def test_any_format_shows_something(value: float, code: str) -> None:
    assert isinstance(show(value, code), str)
    assert general(value)


# Damaged and hostile files ----------------------------------------------------------------------

X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PLAIN = saved(sheet([["가", "나"], [1, 2]])[0])


def with_sheet(inside: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (
                    inside.encode()
                    if inside[:2] == "<!"
                    else f"<worksheet {X}>{inside}</worksheet>".encode()
                )
            new.writestr(name, content)
    return out.getvalue()


def test_what_is_no_workbook_is_named() -> None:
    assert "XLSX 형식이 아닙니다" in refusal(b"hello")
    assert "손상" in refusal(PLAIN[: len(PLAIN) // 2])
    assert "글자가 없습니다" in refusal(saved(Workbook()))


def test_entities_bombs_and_crowds_are_refused() -> None:
    assert "DTD" in refusal(with_sheet(f'<!DOCTYPE x [<!ENTITY a "a">]><worksheet {X}/>'))
    assert "압축" in refusal(with_sheet(f"<!-- {' ' * 30_000_000} --><sheetData/>"))
    crowd = "".join(
        f"<row>{''.join(f'<c><v>{at * 7919 % 99991}</v></c>' for at in range(row, row + 1000))}</row>"
        for row in range(160)
    )
    assert "칸이" in refusal(with_sheet(f"<sheetData>{crowd}</sheetData>"))


def test_overlapping_and_endless_merges_end() -> None:
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    merges = '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="B1:C9"/><mergeCell ref="?"/>' * 2000
    found = read(with_sheet(f"{cells}<mergeCells>{merges}</mergeCells>"))
    assert "1" in found.text


@given(damaged(PLAIN))
@settings(max_examples=100, deadline=None)
def test_flipped_and_cut_files_give_a_document_or_a_named_error(file: Damaged) -> None:
    for content in file.contents:
        read_or_refused(read, content, "통계표.xlsx")


VALUES = st.sampled_from(["1", "-1", "", "x", "0", "99999999999", "1e400", "44265.5", "nan", "가"])
ATTRIBUTES = st.sampled_from(
    [
        'r="{}"',
        'r="A{}"',
        's="{}"',
        't="s"',
        't="b"',
        't="e"',
        't="d"',
        'hidden="1"',
        't="inlineStr"',
    ]
)


@given(
    st.lists(st.tuples(st.lists(st.tuples(ATTRIBUTES, VALUES), max_size=3), VALUES), max_size=12)
)
@settings(max_examples=150, deadline=None)
def test_any_attributes_and_values_are_read_or_refused(
    cells: list[tuple[list[tuple[str, str]], str]],
) -> None:
    inside = ""
    for at, (attributes, value) in enumerate(cells):
        unique = {a.split("=")[0]: a.format(v) for a, v in attributes}
        name = "row" if "hidden" in unique and at % 2 else "c"
        one = f"<{name} {' '.join(unique.values())}><v>{value}</v></{name}>"
        inside += one if name == "row" else f"<row>{one}</row>"
    try:
        found = read(with_sheet(f"<sheetData>{inside}</sheetData>"))
    except SourceError:
        return
    assert found.text.strip()
