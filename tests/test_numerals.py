"""Numbers in Korean writing, against a writer of its own and hand-made truths."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.korean.entities import HANGUL, SCALES, number

HANGUL_DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
INSIDE = ((1000, "천"), (100, "백"), (10, "십"))
MYRIADS = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
NOT_FALLING = pytest.mark.xfail(strict=True, reason="십, 백 and 천 need not fall inside a section")
ZERO_OF_A_SCALE = pytest.mark.xfail(strict=True, reason="no thousands are read as one thousand")


def in_hangul(value: int, *, ones: bool) -> str:
    """A number below 10**16 in Hangul; ``ones`` writes "일천" for "천", as a contract does."""
    out = ""
    for scale, name in (*MYRIADS, (1, "")):
        section, value = divmod(value, scale)
        written = ""
        for step, small in INSIDE:
            digit, section = divmod(section, step)
            if digit:
                written += ("" if digit == 1 and not ones else HANGUL_DIGITS[digit]) + small
        written += HANGUL_DIGITS[section]
        if written:
            lone = name == "만" and written == "일" and not out and not ones
            out += ("" if lone else written) + name
    return out


def in_figures(value: int, gap: str, *, grouped: bool) -> str:
    """A number as prose writes it: "1조 2,345억 6,789만 12"."""
    parts = []
    for scale, name in (*MYRIADS, (1, "")):
        section, value = divmod(value, scale)
        if section:
            parts.append((f"{section:,}" if grouped else str(section)) + name)
    return gap.join(parts)


def in_both(value: int) -> str:
    """A number with figures before every scale: "3억5천6백만4십7"."""
    out = ""
    for scale, name in (*MYRIADS, (1, "")):
        section, value = divmod(value, scale)
        if section:
            for step, small in INSIDE:
                digit, section = divmod(section, step)
                out += f"{digit}{small}" if digit else ""
            out += (str(section) if section else "") + name
    return out


NUMBERS = st.integers(1, 10**12) | st.builds(
    lambda digit, power: digit * 10**power, st.integers(1, 9), st.integers(0, 11)
)


@pytest.mark.parametrize(
    ("value", "plain", "full"),
    [
        (1, "일", "일"),
        (10, "십", "일십"),
        (15, "십오", "일십오"),
        (111, "백십일", "일백일십일"),
        (10_000, "만", "일만"),
        (110_000, "십일만", "일십일만"),
        (100_000_000, "일억", "일억"),
        (12_345_678, "천이백삼십사만오천육백칠십팔", "일천이백삼십사만오천육백칠십팔"),
        (10**12, "일조", "일조"),
    ],
)
def test_the_reference_writer_writes_as_people_do(value: int, plain: str, full: str) -> None:
    assert in_hangul(value, ones=False) == plain
    assert in_hangul(value, ones=True) == full


@given(NUMBERS, st.booleans())
def test_a_number_in_hangul_is_read_back(value: int, ones: bool) -> None:
    assert number(in_hangul(value, ones=ones)) == value


@given(NUMBERS, st.sampled_from(["", " ", "  "]), st.booleans())
def test_a_number_in_figures_and_scales_is_read_back(value: int, gap: str, grouped: bool) -> None:
    assert number(in_figures(value, gap, grouped=grouped)) == value


@given(NUMBERS)
def test_a_number_with_figures_before_every_scale_is_read_back(value: int) -> None:
    assert number(in_both(value)) == value


@given(st.integers(0, 9999), st.integers(0, 99), st.sampled_from(MYRIADS))
def test_a_decimal_before_a_scale_is_read_exactly(
    whole: int, part: int, scale: tuple[int, str]
) -> None:
    written = f"{whole}.{part:02d}"
    if float(written):
        assert number(written + scale[1]) == Decimal(written) * scale[0]


@given(NUMBERS, st.booleans())
def test_hangul_alone_is_known_by_its_pattern(value: int, ones: bool) -> None:
    written = in_hangul(value, ones=ones)
    known = re.fullmatch(HANGUL, written) is not None
    assert known == any(letter in SCALES for letter in written)


@given(NUMBERS, st.booleans(), st.data())
def test_blanks_between_parts_do_not_count(value: int, ones: bool, data: st.DataObject) -> None:
    written = in_hangul(value, ones=ones)
    at = data.draw(st.integers(0, len(written)))
    assert number(f"{written[:at]} {written[at:]}") == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1조 2,000억", "1200000000000"),
        ("3억5천만", "350000000"),
        ("1천500만", "15000000"),
        ("오천만", "50000000"),
        ("864백만", "864000000"),
        ("2.52조", "2520000000000"),
        ("십이억", "1200000000"),
        ("3.5", "3.5"),
        ("1,234,567", "1234567"),
        ("0", "0"),
        ("영", "0"),
        ("천", "1000"),
        ("억", "100000000"),
        ("1경 2조", "10002000000000000"),
        ("3천만 5백", "30000500"),
        ("1억2", "100000002"),
        pytest.param("0만", "0", marks=ZERO_OF_A_SCALE),
        pytest.param("0억", "0", marks=ZERO_OF_A_SCALE),
        pytest.param("영만", "0", marks=ZERO_OF_A_SCALE),
    ],
)
def test_numbers_as_documents_write_them(written: str, value: str) -> None:
    assert number(written) == Decimal(value)


def test_a_decimal_is_exact_and_no_float() -> None:
    told = number("0.1")
    assert isinstance(told, Decimal)
    assert told + number("0.2") == Decimal("0.3")


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        ",",
        "원",
        "열",
        "다섯",
        "3개",
        "약 3억",
        "3억원",
        "△3",
        "-5",
        "1.2.3",
        "일이삼",
        "삼5",
        "3 5",
        "5만 3억",
        "3조조",
        "1만 2만",
        "2억 3조",
        pytest.param("5백3천", marks=NOT_FALLING),
        pytest.param("십십", marks=NOT_FALLING),
        pytest.param("3십2백만", marks=NOT_FALLING),
    ],
)
def test_what_writes_no_number(written: str) -> None:
    assert number(written) is None


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(MYRIADS), st.sampled_from(MYRIADS))
def test_large_scales_must_fall(
    first: int, then: int, one: tuple[int, str], other: tuple[int, str]
) -> None:
    told = number(f"{first}{one[1]} {then}{other[1]}")
    expected = first * one[0] + then * other[0] if one[0] > other[0] else None
    assert told == expected


def test_the_scales_are_those_of_korean() -> None:
    assert frozenset("십백천만억조경") == SCALES


@given(st.text(max_size=20) | st.text("영일이삼구십백천만억조경0123456789,. ", max_size=20))
def test_any_text_is_a_number_or_none(text: str) -> None:
    told = number(text)
    assert told is None or (isinstance(told, Decimal) and told >= 0)
