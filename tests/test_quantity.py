"""What a cell is worth, compared with others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantity import amount_in_words, is_pair, number_parts, quantity_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("최대 2천만원", (2e7, "원")),
        ("60억원", (6e9, "원")),
        ("1,310톤", (1310.0, "톤")),
        ("△3.2%", (-3.2, "%")),
        ("5년 이내", (5.0, "년")),
        ("12억원(국비)", (1.2e9, "원")),
        ("2031년", (2031.0, "년")),
        ("300", None),  # a number without a unit is no quantity of its own
        ("3~4천만원", None),
        ("특허 5건", None),
        ("", None),
    ],
)
def test_a_cell_that_is_one_quantity(text: str, expected: tuple[float, str] | None) -> None:
    assert quantity_of(text) == expected


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_hundred_millions_are_ordered_as_their_numbers(one: int, other: int) -> None:
    first, second = quantity_of(f"{one:,}억원"), quantity_of(f"{other:,}억원")
    assert first is not None
    assert second is not None
    assert (first[0] < second[0]) == (one < other)


@given(st.integers(1, 999))
def test_a_scale_outweighs_the_digits(number: int) -> None:
    larger, smaller = quantity_of(f"{number}억원"), quantity_of(f"{number}만원")
    assert larger is not None
    assert smaller is not None
    assert larger[0] == pytest.approx(smaller[0] * 10_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("665 (△4.8)", ("665", "△4.8")),
        ("(△4.8)", ("", "△4.8")),
        ("1,018", ("1,018", "")),
        ("5억원", ("", "")),
    ],
)
def test_a_number_and_the_one_in_brackets(text: str, expected: tuple[str, str]) -> None:
    assert number_parts(text) == expected
    assert is_pair(text) == (expected[0] != "" and expected[1] != "")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("무료", True),
        ("전액 면제", True),
        (" 없음 ", True),
        ("무료 급식 대상", False),
        ("3만원", False),
        ("", False),
    ],
)
def test_a_cell_may_say_an_amount_in_words(cell: str, says: bool) -> None:
    assert amount_in_words(cell) is says
