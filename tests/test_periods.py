"""Stretches of the calendar that a text names, against a calendar made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.values import Period, period_spans, periods

END_WITH_PARTICLE = pytest.mark.xfail(
    strict=True, reason="the end of a year is missed where a particle is written at once behind"
)
COUNT_OR_NUMBER = pytest.mark.xfail(
    strict=True, reason="four digits are taken for a year before a counter or a percent sign too"
)
LENGTH_IS_NO_YEAR = pytest.mark.xfail(
    strict=True, reason="a number of years is taken for a year of this century"
)
FRACTION = pytest.mark.xfail(strict=True, reason="a fraction is taken for a quarter")
TIED = pytest.mark.xfail(strict=True, reason="the first of two that share their last word is lost")
SUFFIX_LEFT = pytest.mark.xfail(strict=True, reason="the end of the word for year is left outside")
YEARS = st.integers(2000, 2099)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'24.2Q", [(2024, 4, 6)]),
        ("’24.1/4", [(2024, 1, 3)]),
        ("2024.3Q", [(2024, 7, 9)]),
        ("2Q", [(None, 4, 6)]),
        ("2/4분기", [(None, 4, 6)]),
        ("1/4 분기", [(None, 1, 3)]),
        ("1 / 4 분기", [(None, 1, 3)]),
        ("제3분기", [(None, 7, 9)]),
        ("4분기", [(None, 10, 12)]),
        ("24년 1/4분기", [(2024, 1, 3)]),
        ("2024 2/4분기", [(2024, 4, 6)]),
        ("2024년도 3분기 매출", [(2024, 7, 9)]),
        ("2024년 1/4", [(2024, 1, 3)]),
        ("1999년 3분기", [(1999, 7, 9)]),
        ("2025회계연도 1분기", [(2025, 1, 3)]),
        ("2025학년도 1/4분기", [(2025, 1, 3)]),
    ],
)
def test_quarters(text: str, expected: list[tuple[int | None, int, int]]) -> None:
    assert list(periods(text)) == [Period(*told) for told in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("상반기", [(None, 1, 6)]),
        ("하반기 채용", [(None, 7, 12)]),
        ("2024년 하반기", [(2024, 7, 12)]),
        ("'24년 상반기", [(2024, 1, 6)]),
        ("2025년도 상반기", [(2025, 1, 6)]),
        ("전반기", []),
        pytest.param("상·하반기", [(None, 1, 6), (None, 7, 12)], marks=TIED),
        pytest.param("1·2분기", [(None, 1, 3), (None, 4, 6)], marks=TIED),
    ],
)
def test_halves(text: str, expected: list[tuple[int | None, int, int]]) -> None:
    assert list(periods(text)) == [Period(*told) for told in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4~6월", [(None, 4, 6)]),
        ("4∼6월", [(None, 4, 6)]),
        ("10-12월", [(None, 10, 12)]),
        ("4월~6월", [(None, 4, 6)]),
        ("4월부터 6월까지", [(None, 4, 6)]),
        ("2024년 6월~8월", [(2024, 6, 8)]),
        ("2023년 1~3월", [(2023, 1, 3)]),
        ("12월", [(None, 12, 12)]),
        ("01월", [(None, 1, 1)]),
        ("2024년 3월 15일", [(2024, 3, 3)]),
        ("2024년3월", [(2024, 3, 3)]),
        ("2024.12", [(2024, 12, 12)]),
        ("2024.12월", [(2024, 12, 12)]),
        ("1998.3", [(1998, 3, 3)]),
        ("2024. 3 말", [(2024, 3, 3)]),
        ("2024-3차 공고", [(2024, 1, 12)]),  # the third of the year and no month
        ("2024-03", [(2024, 3, 3)]),
        ("2024/03", [(2024, 3, 3)]),
        ("2024. 3. 15.", [(2024, 3, 3)]),
        ("’24.11.", [(2024, 11, 11)]),
        ("'24.3월", [(2024, 3, 3)]),
        # A range of days is no run of months.
        ("3월부터 6월 3일까지", [(None, 3, 3), (None, 6, 6)]),
        ("’24년 4월~’25년 3월", [(2024, 4, 4), (2025, 3, 3)]),
    ],
)
def test_months(text: str, expected: list[tuple[int | None, int, int]]) -> None:
    assert list(periods(text)) == [Period(*told) for told in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", [(2024, 1, 12)]),
        ("2024년", [(2024, 1, 12)]),
        ("24년", [(2024, 1, 12)]),
        ("’23", [(2023, 1, 12)]),
        ("1998년", [(1998, 1, 12)]),
        ("2025회계연도", [(2025, 1, 12)]),
        ("2025학년도", [(2025, 1, 12)]),
        ("2025년도 예산", [(2025, 1, 12)]),
        ("2020~2023년", [(2020, 1, 12), (2023, 1, 12)]),
        ("'20~'23년", [(2020, 1, 12), (2023, 1, 12)]),
        ("2019년 말", [(2019, 12, 12)]),
        ("2019년말 현재", [(2019, 12, 12)]),
        ("2019년 초", [(2019, 1, 1)]),
        ("2019년 말씀", [(2019, 1, 12)]),  # a word that begins as the end does
        ("2019년 초고령", [(2019, 1, 12)]),
        ("2019년 중", [(2019, 1, 12)]),
        pytest.param("2019년 말까지", [(2019, 12, 12)], marks=END_WITH_PARTICLE),
        pytest.param("2019년 말에", [(2019, 12, 12)], marks=END_WITH_PARTICLE),
    ],
)
def test_years_and_their_ends(text: str, expected: list[tuple[int | None, int, int]]) -> None:
    assert list(periods(text)) == [Period(*told) for told in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024년 1분기와 2분기", [(2024, 1, 3), (2024, 4, 6)]),
        ("2024년 1분기 3%, 2분기 4%", [(2024, 1, 3), (2024, 4, 6)]),
        (
            "2023년 3분기, 4분기, 2024년 1분기",
            [(2023, 7, 9), (2023, 10, 12), (2024, 1, 3)],
        ),
        ("1분기, 2024년 2분기", [(None, 1, 3), (2024, 4, 6)]),
        ("2024년 매출은 상반기에 늘었다", [(2024, 1, 12), (2024, 1, 6)]),
        ("2024년 하반기(7~12월)", [(2024, 7, 12), (2024, 7, 12)]),
        ("2024년 3월과 5월", [(2024, 3, 3), (2024, 5, 5)]),
    ],
)
def test_a_year_counts_for_what_stands_behind_it(
    text: str, expected: list[tuple[int | None, int, int]]
) -> None:
    assert list(periods(text)) == [Period(*told) for told in expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "느티나무",
        "5억원",
        "2,024명",
        "3.5%",
        "24.5%",
        "20240301",
        "5분기",
        "3분의 1",
        "3개월",
        "12개월간",
        "제24조",
        "2년",
        "1899년",
        "2100년",
        "02-123-4567",
        "반기를 들었다",
        pytest.param("2024명", marks=COUNT_OR_NUMBER),
        pytest.param("2024개사", marks=COUNT_OR_NUMBER),
        pytest.param("2024.5%", marks=COUNT_OR_NUMBER),
        pytest.param("제2024호", marks=COUNT_OR_NUMBER),
        pytest.param("10년 이상 종사한 사람", marks=LENGTH_IS_NO_YEAR),
        pytest.param("20년간 임대", marks=LENGTH_IS_NO_YEAR),
        pytest.param("재적 위원 3/4 이상", marks=FRACTION),
    ],
)
def test_what_names_no_stretch(text: str) -> None:
    assert periods(text) == ()


@pytest.mark.parametrize("text", ["2024.5%", "2024.13", "2024.115"])
def test_a_part_of_a_number_is_no_month(text: str) -> None:
    assert all(one.whole for one in periods(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("매출은 2024년 2분기에 늘었다", ["2024년 2분기"]),
        ("'24.2Q와 '24.3Q", ["'24.2Q", "'24.3Q"]),
        ("2025회계연도 예산", ["2025회계연도"]),
        ("2025학년도 입시", ["2025학년도"]),
        ("2019년과 2020년", ["2019년", "2020년"]),
        ("4~6월, 7~9월", ["4~6월", "7~9월"]),
        ("2024년 매출", ["2024년"]),  # no blank behind it
        ("2024 매출", ["2024"]),
        ("느티나무 5억원", []),
        pytest.param("2025년도 예산", ["2025년도"], marks=SUFFIX_LEFT),
        pytest.param("2025 회계연도 예산", ["2025 회계연도"], marks=SUFFIX_LEFT),
    ],
)
def test_where_stretches_stand(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in period_spans(text)] == expected


@given(YEARS, st.integers(1, 4), st.data())
def test_a_quarter_is_the_same_however_it_is_written(
    year: int, quarter: int, data: st.DataObject
) -> None:
    short = f"{year % 100:02d}"
    text = data.draw(
        st.sampled_from(
            [
                f"{year}년 {quarter}분기",
                f"{year}년 {quarter}/4분기",
                f"{year}.{quarter}Q",
                f"{year}년도 {quarter}분기",
                f"'{short}.{quarter}Q",
                f"’{short}년 {quarter}/4분기",
                f"{short}년 {quarter}분기",
                f"{year}년 {3 * quarter - 2}~{3 * quarter}월",
                f"{year}년 {3 * quarter - 2}월부터 {3 * quarter}월까지",
            ]
        )
    )
    assert periods(text) == (Period(year, 3 * quarter - 2, 3 * quarter),)
    assert periods(f"매출은 {text}에 늘었다") == periods(text)


@given(YEARS, st.integers(1, 12), st.data())
def test_a_month_is_the_same_however_it_is_written(
    year: int, month: int, data: st.DataObject
) -> None:
    text = data.draw(
        st.sampled_from(
            [
                f"{year}년 {month}월",
                f"{year}년 {month:02d}월",
                f"{year}.{month:02d}",
                f"{year}-{month:02d}",
                f"{year}. {month}. 7.",
                f"'{year % 100:02d}.{month}월",
                f"{year}년 {month}월 7일",
            ]
        )
    )
    assert periods(text) == (Period(year, month, month),)


@pytest.mark.parametrize(
    ("told", "asked", "fits"),
    [
        (Period(2024, 4, 6), Period(2024, 4, 6), True),
        (Period(None, 4, 6), Period(2024, 4, 6), True),
        (Period(2024, 4, 6), Period(None, 4, 6), True),
        (Period(2023, 4, 6), Period(2024, 4, 6), False),
        (Period(2024, 4, 6), Period(2024, 4, 7), False),
        (Period(2024, 4, 6), Period(2024, 5, 6), False),
        (Period(2024), Period(2024, 1, 6), False),
        (Period(2024), Period(2024), True),
    ],
)
def test_a_stretch_fits_the_same_months_of_no_other_year(
    told: Period, asked: Period, fits: bool
) -> None:
    assert told.fits(asked) is fits
    assert asked.fits(told) is fits


def test_only_a_year_from_its_first_to_its_last_month_is_whole() -> None:
    assert Period(2024).whole
    assert Period(None, 1, 12).whole
    assert not Period(2024, 1, 6).whole
    assert not Period(2024, 7, 12).whole


PIECES = st.sampled_from(
    "2024|1998|24|3|12|4|/|.|~|-|'|’|년|년도|월|일|분기|Q|상반기|하반기|회계연도|학년도|말|초|부터"
    "|까지|명|%|억원| | |매출".split("|")
)
TEXTS = st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=40)


@given(TEXTS)
def test_spans_are_ordered_disjoint_and_one_for_each_stretch(text: str) -> None:
    end = 0
    spans = period_spans(text)
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    told = periods(text)
    assert len(told) == len(spans)
    for one in told:
        assert one.year is None or 1900 <= one.year < 2100
        assert 1 <= one.first <= 12
        assert 1 <= one.last <= 12
