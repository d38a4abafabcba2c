"""Sums, differences and orders of amounts, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reckoning import amount, differ, gap, order, total, written


@pytest.mark.parametrize(
    ("fact", "size", "unit"),
    [
        ("450억원", "45000000000", "원"),
        ("1조 2,000억원", "1200000000000", "원"),
        ("3,000만원", "30000000", "원"),
        ("총 5,955억원", "595500000000", "원"),
        ("547만 6,055명(46.2%)", "5476055", "명"),
        ("3만 5,000원", "35000", "원"),
        ("320명", "320", "명"),
        ("△0.6%", "-0.6", "%"),
        ("10년 이상", "10", "년"),
    ],
)
def test_the_size_of_an_amount(fact: str, size: str, unit: str) -> None:
    found = amount(fact)
    assert found is not None
    assert (found.size, found.unit) == (Decimal(size), unit)


@pytest.mark.parametrize(
    "fact", ["느티나무", "", "2021년 3월", "15억원, 20억원", "6억원에서 7억원으로"]
)
def test_what_is_not_one_amount(fact: str) -> None:
    assert amount(fact) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["119억원", "200억원"], "119억원 + 200억원 = 319억원"),
        (["총 1조 2,000억원", "450억원"], "1조 2,000억원 + 450억원 = 1조 2,450억원"),
        (["9,500만원", "1억원"], "9,500만원 + 1억원 = 1억 9,500만원"),
        (["13.5억원", "71억원"], "13.5억원 + 71억원 = 84.5억원"),
        (["547만 6,055명", "361만 7,471명"], "547만 6,055명 + 361만 7,471명 = 909만 3,526명"),
        (["320명", "15명", "5명"], "320명 + 15명 + 5명 = 340명"),
        (["3%", "4%"], ""),  # shares do not add up
        (["약 3억원", "2억원"], ""),
        (["10년 이상", "5년"], ""),
        (["3억원", "20명"], ""),
        (["3억원"], ""),
        (["3억원", "느티나무"], ""),
    ],
)
def test_sums(facts: list[str], expected: str) -> None:
    assert total(facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["433억원", "1,925억원"], "1,925억원 - 433억원 = 1,492억원"),
        (["3%", "7%"], "7% - 3% = 4%p"),
        (["1.1%", "△0.6%"], "1.1% - △0.6% = 1.7%p"),
        (["5명", "5명"], "5명 - 5명 = 0명"),
        (["5명", "3명", "1명"], ""),
        (["5명", "3대"], ""),
    ],
)
def test_differences(facts: list[str], expected: str) -> None:
    assert gap(facts) == expected


def test_orders() -> None:
    facts = ["450억원", "1조 2,000억원", "90억원", "450억원"]
    assert order(facts, descending=True) == [1, 0, 3, 2]
    assert order(facts, descending=False) == [2, 0, 3, 1]
    assert order(["450억원", "20명"], descending=True) is None
    assert order(["450억원", "느티나무"], descending=True) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["10년 이상", "5년"], True),
        (["10년", "5년 이상"], False),  # the lesser may be the longer one after all
        (["10년 이하", "5년"], False),
        (["5년", "5년"], False),
        (["7년", "느티나무"], False),
    ],
)
def test_bounds_that_reach_across_tell_nothing(facts: list[str], expected: bool) -> None:
    assert differ(facts) is expected
    assert differ(facts[::-1]) is expected


@given(st.integers(1, 10**15), st.integers(1, 10**15))
def test_what_is_written_is_read_back(a: int, b: int) -> None:
    """A sum of any two amounts of money, written the Korean way, reads as their sum."""
    one, other = amount(f"{a:,}원"), amount(f"{b}원".replace(str(b), f"{b:,}"))
    assert one is not None and other is not None
    like = amount("1조원")
    assert like is not None
    text = written(one.size + other.size, [like])
    back = amount(text)
    assert back is not None and back.size == a + b
