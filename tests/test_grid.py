"""Reading a table once: numbers, periods, units, and what names a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.grid import Entry, Grid, grid_of, periods_of, unit_of
from rag.loading import load
from rag.outline import outline
from rag.quantity import number_of
from rag.types import Cell, Span, Table


def grid(tmp_path: Path, table: str) -> Grid:
    source = tmp_path / "table.txt"
    source.write_text(f"표 모음\n\n< 현황 >\n\n{table}\n", encoding="utf-8")
    document = load(source)
    block = next(block for block in outline(document) if block.table is not None)
    found = grid_of(document, block)
    assert found is not None
    return found


def entry(
    *, above: tuple[str, ...] = (), beside: tuple[str, ...] = (), change: bool = False
) -> Entry:
    cell = Cell(1, 1, Span(0, 1))
    return Entry(
        cell, 1, 1, "1", beside, above, ((),), "1", "", (), False, change, False, False, ""
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,018", 1018.0),
        ("△4.8", -4.8),
        ("(△4.8)", -4.8),
        ("▲ 3", -3.0),
        ("+1.5", 1.5),
        ("-2", -2.0),
        ("0%", 0.0),
        ("16.8 %", 16.8),
        ("-", None),
        ("G20", None),
        ("665 (△4.8)", None),
        ("5억원", None),
        ("", None),
    ],
)
def test_the_number_of_a_cell(text: str, expected: float | None) -> None:
    assert number_of(text) == expected


@given(st.integers(-(10**9), 10**9))
def test_a_number_with_commas_is_read_back(number: int) -> None:
    written = f"{abs(number):,}"
    assert number_of(f"△{written}" if number < 0 else written) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'18", ((2018, 0),)),
        ("2018년", ((2018, 0),)),
        ("'20.12", ((2020, 12),)),
        ("2019.7", ((2019, 7),)),
        ("2021년 3월의 2022년 전망", ((2021, 3), (2022, 0))),
        ("1단계", ()),
    ],
)
def test_years_and_months(text: str, expected: tuple[tuple[int, int], ...]) -> None:
    assert periods_of(text) == expected


@pytest.mark.parametrize(
    ("unit", "share", "change", "expected"),
    [
        ("억불", False, False, "억불"),
        ("억불, %", False, False, "억불"),
        ("억불, %", True, False, "%"),
        ("조원", True, False, "%"),
        ("백만원, 전년대비", False, False, "백만원"),
        ("전년대비, %, %p", False, False, "%"),
        ("전년대비, %, %p", False, True, "%p"),
        ("개, 명, 억원", False, False, ""),
        ("", False, False, ""),
    ],
)
def test_the_unit_of_a_table(unit: str, share: bool, change: bool, expected: str) -> None:
    assert unit_of(Table((), 0, 0, unit=unit), entry(change=change), share=share) == expected


@pytest.mark.parametrize(
    ("above", "beside", "expected"),
    [
        (("2020년",), ("비중(%)",), "%"),
        (("증감", "%"), (), "%"),
        (("금액(백만원)",), ("합계",), "백만원"),
        (("합계(A+B)",), ("국비",), "억원"),
    ],
)
def test_a_header_says_the_unit_before_the_table_does(
    above: tuple[str, ...], beside: tuple[str, ...], expected: str
) -> None:
    table = Table((), 0, 0, unit="억원")
    assert unit_of(table, entry(above=above, beside=beside), share=False) == expected


def test_level_and_share_in_one_cell_and_in_two_rows(tmp_path: Path) -> None:
    found = grid(
        tmp_path,
        "구분\t'23\t'24\n수출\t585 (4.1)\t621 (△6.0)\n수입\t433\t415",
    )
    parts = {e.text: (e.level, e.share) for e in found.entries}
    assert parts["585 (4.1)"] == ("585", "4.1")
    assert parts["621 (△6.0)"] == ("621", "△6.0")
    assert parts["433"] == ("433", "")
    assert parts["수출"] == ("", "")


def test_a_merged_value_belongs_to_the_label_as_wide_as_it_is(tmp_path: Path) -> None:
    found = grid(
        tmp_path,
        "<table><tr><th>전략</th><th>과제</th><th>예산</th></tr>"
        '<tr><th rowspan="2">항만</th><th>부두 확장</th><td rowspan="2">1,118</td></tr>'
        "<tr><th>하역 자동화</th></tr>"
        "<tr><th>철도</th><th>환승역 신설</th><td>255</td></tr></table>",
    )
    labels = {e.text: e.label for e in found.entries}
    assert labels["1,118"] == "항만"
    assert labels["255"] == "환승역 신설"


def test_names_inside_a_group_head_the_numbers_under_them(tmp_path: Path) -> None:
    found = grid(
        tmp_path,
        '<table><tr><th>시설</th><th>구분</th><th colspan="2">공정과 보급률</th></tr>'
        '<tr><th rowspan="2">정수장</th><th>공정</th><td>침전</td><td>여과</td></tr>'
        "<tr><th>보급률</th><td>41%</td><td>72%</td></tr></table>",
    )
    inner = {e.text: e.inner for e in found.entries}
    assert inner["41%"] == "침전"
    assert inner["72%"] == "여과"
    assert inner["침전"] == ""


def test_rows_written_apart_are_known(tmp_path: Path) -> None:
    apart = grid(
        tmp_path,
        "구분\t사업\t내용\n융자\t<ul> <li>설비 융자</li> <li>창업 융자</li> </ul>\t"
        "<ul> <li>최대 3억원 지원</li> <li>최대 1억원 지원</li> </ul>\n"
        "교육\t<ul> <li>현장 교육</li> <li>원격 교육</li> </ul>\t"
        "<ul> <li>연 40시간 과정</li> <li>연 90시간 과정</li> </ul>",
    )
    row = next(e.row for e in apart.entries if e.text == "창업 융자")
    assert not apart.apart(row)
    whole = grid(tmp_path, "구분\t'23\t'24\n수출\t585\t621\n수입\t433\t415")
    assert all(whole.apart(e.row) for e in whole.entries)
