"""Separated values: every cell is a slice of the file, as Python's reader finds it."""

from __future__ import annotations

import csv
import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.loading.csv import delimiter, read_csv
from rag.loading.extracted import Extracted
from rag.types import BlockKind, Cell, Span, Table


def read(text: str) -> Extracted:
    return read_csv(text, "표.csv")


def table_of(text: str) -> Table:
    (table,) = [block.table for block in read(text).stated if block.table is not None]
    return table


def of(text: str, part: Cell | Span) -> str:
    span = part.span if isinstance(part, Cell) else part
    return text[span.start : span.end]


def values(text: str) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): of(text, c).replace('""', '"') for c in table_of(text).cells}


FIELDS = st.text("가나다1 ,;\t|\n\"'.", max_size=8).map(lambda field: field.strip(' "\n\t') or "값")


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(FIELDS, min_size=width, max_size=width), min_size=2, max_size=8
        )
    ),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_cells_slice_the_file_as_pythons_reader_cuts_it(
    rows: list[list[str]], always: bool
) -> None:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    # A sample of odd values may look parted by another sign: the comma is what is tested here.
    if delimiter(text) != ",":
        return
    # Remarks below and titles above are no rows of a table; values here may look like them.
    truth = {(r, c): field for r, row in enumerate(rows) for c, field in enumerate(row)}
    assert values(text) == truth


def test_rows_columns_and_the_header_of_a_plain_table() -> None:
    text = '\ufeff구분,금액(억원),비고\n"가,나","1,000","두\n줄"\n다,2000,\n라,3,말 "따옴표" 말\n'
    table = table_of(text)
    assert (table.rows, table.columns) == (4, 3)
    assert values(text) == {
        (0, 0): "구분", (0, 1): "금액(억원)", (0, 2): "비고", (1, 0): "가,나", (1, 1): "1,000", (1, 2): "두\n줄",
        (2, 0): "다", (2, 1): "2000", (2, 2): "", (3, 0): "라", (3, 1): "3", (3, 2): '말 "따옴표" 말',
    }  # fmt: skip
    assert [cell.header for cell in table.cells[:3]] == [True] * 3
    assert not any(cell.header for cell in table.cells if cell.row and cell.column)
    assert read(text).text == text


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_the_sign_between_values_is_told_from_the_lines(sign: str) -> None:
    text = "\n".join(
        sign.join(row) for row in [["이름", "값", "비고"], ["가", "1.5", "a"], ["나", "2", "b"]]
    )
    assert delimiter(text) == sign
    assert values(text)[1, 1] == "1.5"


def test_lines_above_and_below_a_table_are_its_caption_unit_and_remarks() -> None:
    text = '연도별 현황,,\n"(단위: 백만원)",,\n\n구분,2020,2021\n가,1,2\n나,3,4\n,,\n※ 잠정치,,\n'
    found = read(text)
    table = table_of(text)
    assert table.unit == "백만원"
    assert table.caption is not None
    assert of(text, table.caption) == "연도별 현황"
    assert (table.rows, table.columns) == (3, 3)
    assert found.title == "연도별 현황"
    notes = [of(text, block.span) for block in found.stated if block.kind is BlockKind.NOTE]
    assert notes == ["※ 잠정치"]
    covered = sorted((block.span.start, block.span.end) for block in found.stated)
    left = "".join(text[a[1] : b[0]] for a, b in itertools.pairwise(covered))
    assert not left.strip()


def test_a_title_with_the_unit_beside_it_stands_above() -> None:
    text = "수출 현황,,단위: 억원\n구분,2020,2021\n가,1,2\n"
    assert table_of(text).unit == "억원"
    assert values(text)[0, 0] == "구분"


def test_values_that_name_themselves_stand_above_the_table() -> None:
    text = "점검 결과,,\n점검기간: 3. 2.,,점검기관: 은빛시\n시장,전기,가스\n가람시장,적합,부적합\n"
    assert values(text)[0, 0] == "시장"
    assert values(text)[1, 2] == "부적합"
    only = "점검기간: 3. 2.,점검기관: 은빛시\n"
    assert values(only)[0, 0] == "점검기간: 3. 2."


def test_short_and_long_rows_are_kept() -> None:
    text = "가,나,다\n1,2\n3,4,5,6\n"
    assert (table_of(text).rows, table_of(text).columns) == (3, 4)
    assert values(text)[1, 2] == ""
    assert values(text)[2, 3] == "6"


@pytest.mark.parametrize("text", [",,,\n,,\n", "\n \n", '"",""\n'])
def test_a_table_without_values_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"표\.csv.*값이 없습니다"):
        read(text)


@pytest.mark.parametrize(
    "text", ["가," * 600_000, "가,나\n" * 300_000, ",".join("가" * 9000) + "\nb" * 9000]
)
def test_a_crowd_of_cells_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="칸이"):
        read(text)


@given(st.text('가1 ,;\t|\n"\ufeff\r※', max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except SourceError:
        return
    spans = [block.span for block in found.stated]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for block in found.stated:
        assert of(text, block.span).strip()
        for cell in block.table.cells if block.table is not None else ():
            assert block.span.covers(cell.span)
