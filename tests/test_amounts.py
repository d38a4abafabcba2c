"""What values are worth; sums, differences and orders of amounts, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.amounts import (
    Amount,
    Edge,
    amount,
    bound,
    differ,
    edge,
    equal,
    gap,
    order,
    total,
    written,
)
from rag.reading.values import values

WHICH_ONE = pytest.mark.xfail(strict=True, reason="an ordinal is taken for an amount")
PARTS_OF_TIME = pytest.mark.xfail(strict=True, reason="only the last part of a time is read")
UNIT_BEHIND_ABOUT = pytest.mark.xfail(strict=True, reason="the unit behind 여 and a blank is lost")
ZERO = pytest.mark.xfail(strict=True, reason="no ten thousands are read as ten thousand")
VEHICLES = pytest.mark.xfail(strict=True, reason="the counter 대 is taken for 대 of 30억원대")
FALLING = pytest.mark.xfail(strict=True, reason="▼ is a sign of values but not below 0")
PARTED_MINUS = pytest.mark.xfail(strict=True, reason="each part of a sum below 0 gets a minus")
NOT_OVER = pytest.mark.xfail(strict=True, reason="넘 is looked for before 못 넘")


@pytest.mark.parametrize(
    ("fact", "size", "unit"),
    [
        ("450억원", "45000000000", "원"),
        ("1조 2,000억원", "1200000000000", "원"),
        ("3,000만원", "30000000", "원"),
        ("총 5,955억원", "595500000000", "원"),
        ("547만 6,055명(46.2%)", "5476055", "명"),
        ("3만 5,000원", "35000", "원"),
        ("최대 2천만원", "20000000", "원"),
        ("1천500만원", "15000000", "원"),
        ("3억5천만원", "350000000", "원"),
        ("864백만원", "864000000", "원"),
        ("2.52조원", "2520000000000", "원"),
        ("50만 원", "500000", "원"),
        ("월 50만원씩", "500000", "원"),
        ("5억원 규모", "500000000", "원"),
        ("기업당 최대 5억원 한도", "500000000", "원"),
        ("오천만원", "50000000", "원"),
        ("금오천만원정", "50000000", "원"),
        ("100만 달러", "1000000", "달러"),
        ("30억불", "3000000000", "불"),
        ("2만 5천 명", "25000", "명"),
        ("320명", "320", "명"),
        ("5명 내외", "5", "명"),
        ("1,310톤", "1310", "톤"),
        ("100㎡", "100", "㎡"),
        ("특허 5건", "5", "건"),
        ("12개월", "12", "개월"),
        ("1.5배", "1.5", "배"),
        ("연 2.5%", "2.5", "%"),
        ("0.5%p", "0.5", "%p"),
        ("+1.4%", "1.4", "%"),
        ("△0.6%", "-0.6", "%"),
        ("▲3%", "-3", "%"),
        ("-0.6%p", "-0.6", "%p"),
        ("△12억불", "-1200000000", "불"),
        ("12억원(국비)", "1200000000", "원"),
        ("총 500명(청년 300명)", "500", "명"),
        ("10년 이상", "10", "년"),
        ("5년 이내", "5", "년"),
        ("34세 이하", "34", "세"),
        ("30% 이상", "30", "%"),
        ("10억원 이상", "1000000000", "원"),
        ("15일", "15", "일"),
        ("1인당 50만원", "500000", "원"),
        pytest.param("20여 명", "20", "명", marks=UNIT_BEHIND_ABOUT),
        pytest.param("0만원", "0", "원", marks=ZERO),
        pytest.param("▼3%", "-3", "%", marks=FALLING),
    ],
)
def test_the_size_of_an_amount(fact: str, size: str, unit: str) -> None:
    found = amount(fact)
    assert found is not None
    assert (found.size, found.unit) == (Decimal(size), unit)


@pytest.mark.parametrize(
    "fact",
    [
        "느티나무",
        "",
        "2021년 3월",
        "2031년",
        "15억원, 20억원",
        "6억원에서 7억원으로",
        "3~4천만원",
        "02-123-4567",
        "15:1",
        "(5억원)",
        pytest.param("제3조", marks=WHICH_ONE),
        pytest.param("3위", marks=WHICH_ONE),
        pytest.param("2단계", marks=WHICH_ONE),
    ],
)
def test_what_is_not_one_amount(fact: str) -> None:
    assert amount(fact) is None


@PARTS_OF_TIME
@pytest.mark.parametrize("fact", ["2시간 30분", "1시간 30분"])
def test_a_time_in_two_parts_is_not_its_last_part(fact: str) -> None:
    told = amount(fact)
    assert told is None or told.size != 30


def test_a_legal_fraction_is_no_number_of_minutes() -> None:
    told = amount("100분의 30")
    assert told is None or told.unit != "분"


@pytest.mark.parametrize(
    ("fact", "scale", "parted", "exact"),
    [
        ("1조 2,000억원", "조", False, True),
        ("13.5억원", "억", True, True),
        ("3천만원", "천", False, True),
        ("320명", "", False, True),
        ("1.5배", "", True, True),
        ("약 3억원", "억", False, False),
        ("최대 2천만원", "천", False, False),
        ("최소 3명", "", False, False),
        ("30여명", "", False, False),
        ("5명 내외", "", False, False),
        ("30억원 미만", "억", False, False),
        ("30억원 초과", "억", False, False),
        ("5억원까지", "억", False, False),
        ("5억원(약 40만 달러)", "억", False, True),  # what is about is in the brackets
    ],
)
def test_how_an_amount_is_written(fact: str, scale: str, parted: bool, exact: bool) -> None:
    found = amount(fact)
    assert found is not None
    assert (found.scale, found.parted, found.exact) == (scale, parted, exact)


@pytest.mark.parametrize(
    ("fact", "unit", "size", "told"),
    [
        ("300", "", "300", ""),
        ("1,234", "", "1234", ""),
        ("9,300", "천원", "9300000", "원"),
        ("9,300", "백만원", "9300000000", "원"),
        ("9,300", "원", "9300", "원"),
        ("3.5", "%", "3.5", "%"),
        ("+5", "명", "5", "명"),
        ("△5", "억원", "-500000000", "원"),
        ("▽3", "명", "-3", "명"),
        ("-7", "천원", "-7000", "원"),
        ("300", "천톤", "300000", "톤"),
        ("3", "백만원, %", "3000000", "원"),
        ("5억원", "천원", "500000000", "원"),  # a unit of its own goes before that of its column
    ],
)
def test_a_bare_number_is_in_the_unit_of_its_column(
    fact: str, unit: str, size: str, told: str
) -> None:
    found = amount(fact, unit)
    assert found is not None
    assert (found.size, found.unit) == (Decimal(size), told)


@pytest.mark.parametrize("fact", ["없음", "", "-", "3 4", "가3"])
def test_what_is_no_number_has_no_size_in_any_column(fact: str) -> None:
    assert amount(fact, "천원") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("만 19세 이상", Edge.LOW),
        ("3명 초과", Edge.LOW),
        ("5월 3일부터", Edge.LOW),
        ("최소 3명", Edge.LOW),
        ("적어도 3명", Edge.LOW),
        ("3년을 넘는", Edge.LOW),
        ("하한", Edge.LOW),
        ("34세 이하", Edge.HIGH),
        ("3명 미만", Edge.HIGH),
        ("5년 이내", Edge.HIGH),
        ("5월 3일까지", Edge.HIGH),
        ("최대 5억원", Edge.HIGH),
        ("융자 한도", Edge.HIGH),
        ("3일 안에", Edge.HIGH),
        ("3년을 넘지 않는", Edge.HIGH),
        ("상한", Edge.HIGH),
        ("5억원", Edge.NONE),
        ("약 5억원", Edge.NONE),
        ("", Edge.NONE),
        pytest.param("3년을 못 넘는다", Edge.HIGH, marks=NOT_OVER),
    ],
)
def test_the_end_that_a_value_is(text: str, expected: Edge) -> None:
    assert edge(text) is expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5천만원", "5,000만원", True),
        ("5천만원", "0.5억원", True),
        ("오천만원", "5,000만 원", True),
        ("30%", "30퍼센트", True),
        ("30", "30명", True),  # a number without a unit is in any
        ("5천만원", "5천원", False),
        ("5명", "5대", False),
        ("△5명", "5명", False),
        ("5억원", "느티나무", False),
        ("느티나무", "느티나무", False),
    ],
)
def test_the_same_amount_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert equal(one, other) is same
    assert equal(other, one) is same


def test_the_second_amount_may_stand_in_a_column_with_a_unit() -> None:
    assert equal("930만원", "9,300", "천원")
    assert not equal("930만원", "9,300", "백만원")
    assert not equal("930명", "930", "원")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["119억원", "200억원"], "119억원 + 200억원 = 319억원"),
        (["총 1조 2,000억원", "450억원"], "1조 2,000억원 + 450억원 = 1조 2,450억원"),
        (["9,500만원", "1억원"], "9,500만원 + 1억원 = 1억 9,500만원"),
        (["13.5억원", "71억원"], "13.5억원 + 71억원 = 84.5억원"),
        (["0.5억원", "3,000만원"], "0.5억원 + 3,000만원 = 8,000만원"),
        (["547만 6,055명", "361만 7,471명"], "547만 6,055명 + 361만 7,471명 = 909만 3,526명"),
        (["320명", "15명", "5명"], "320명 + 15명 + 5명 = 340명"),
        (["3억원(국비)", "2억원"], "3억원 + 2억원 = 5억원"),
        (["△3억원", "5억원"], "△3억원 + 5억원 = 2억원"),
        (["월 50만원", "30만원"], "50만원 + 30만원 = 80만원"),
        (["1,000명", "9,500명"], "1,000명 + 9,500명 = 10,500명"),
        (["3%", "4%"], ""),  # shares do not add up
        (["3퍼센트", "4퍼센트"], ""),
        (["0.5%p", "0.1%p"], ""),
        (["1.5배", "3배"], ""),
        (["약 3억원", "2억원"], ""),
        (["최대 3억원", "2억원"], ""),
        (["10년 이상", "5년"], ""),
        (["3억원", "20명"], ""),
        (["3억원"], ""),
        ([], ""),
        (["3억원", "느티나무"], ""),
        pytest.param(["3대", "5대"], "3대 + 5대 = 8대", marks=VEHICLES),
        pytest.param(
            ["△12억 3,000만원", "1,000만원"],
            "△12억 3,000만원 + 1,000만원 = -12억 2,000만원",
            marks=PARTED_MINUS,
        ),
    ],
)
def test_sums(facts: list[str], expected: str) -> None:
    assert total(facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["433억원", "1,925억원"], "1,925억원 - 433억원 = 1,492억원"),
        (["3%", "7%"], "7% - 3% = 4%p"),
        (["7퍼센트", "3퍼센트"], "7퍼센트 - 3퍼센트 = 4퍼센트포인트"),
        (["1.1%", "△0.6%"], "1.1% - △0.6% = 1.7%p"),
        (["0.5%p", "0.1%p"], "0.5%p - 0.1%p = 0.4%p"),
        (["△5억원", "△3억원"], "△3억원 - △5억원 = 2억원"),
        (["1.5배", "3배"], "3배 - 1.5배 = 1.5배"),
        (["13.5억원", "71만원"], "13.5억원 - 71만원 = 13억 4,929만원"),
        (["5천만원", "1억원"], "1억원 - 5천만원 = 5,000만원"),
        (["오천만원", "삼천만원"], "오천만원 - 삼천만원 = 2,000만원"),
        (["5명", "5명"], "5명 - 5명 = 0명"),
        (["5명", "3명", "1명"], ""),
        (["5명"], ""),
        (["5명", "3대"], ""),
        (["약 5명", "3명"], ""),
    ],
)
def test_differences(facts: list[str], expected: str) -> None:
    assert gap(facts) == expected


@pytest.mark.parametrize(
    ("facts", "unit", "sum_", "difference"),
    [
        (
            ["9,300", "1,200"],
            "백만원",
            "9,300 + 1,200 = 10,500백만원",
            "9,300 - 1,200 = 8,100백만원",
        ),
        (["3", "4"], "백만원, %", "3 + 4 = 7백만원", "4 - 3 = 1백만원"),
        (["△2", "5"], "명", "△2 + 5 = 3명", "5 - △2 = 7명"),
        (["3.5", "4"], "%", "", "4 - 3.5 = 0.5%p"),
    ],
)
def test_bare_numbers_are_reckoned_in_the_unit_of_their_column(
    facts: list[str], unit: str, sum_: str, difference: str
) -> None:
    assert total(facts, unit) == sum_
    assert gap(facts, unit) == difference


def test_orders() -> None:
    facts = ["450억원", "1조 2,000억원", "90억원", "450억원"]
    assert order(facts, descending=True) == [1, 0, 3, 2]
    assert order(facts, descending=False) == [2, 0, 3, 1]
    assert order(["450억원", "20명"], descending=True) is None
    assert order(["450억원", "느티나무"], descending=True) is None
    assert order(["9,300", "11,000", "1"], descending=True, unit="천원") == [1, 0, 2]
    assert order(["최대 10억원", "△3억원"], descending=False) == [1, 0]


def test_a_bound_is_ordered_by_the_number_it_names() -> None:
    assert order(["10년 이상", "5년"], descending=True) == [0, 1]
    assert order(["10년 이상", "5년"], descending=False) == [1, 0]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (["10억원", "5억원"], True),
        (["5억원", "1조원"], True),
        (["약 10억원", "5억원"], True),
        (["최소 10억원", "5억원"], True),
        (["10억원 초과", "5억원"], True),
        (["10억원", "5억원 미만"], True),
        (["최대 10억원", "5억원"], False),  # the larger may be the lesser one after all
        (["10억원 미만", "5억원"], False),
        (["10억원까지", "5억원"], False),
        (["10억원", "최소 5억원"], False),
        (["10억원", "5억원 초과"], False),
        (["10년", "5년 이상"], False),
        (["10년 이하", "5년"], False),
        (["5년", "5년"], False),
        (["7년", "느티나무"], False),
        (["10년 이상", "5년"], True),
    ],
)
def test_bounds_that_reach_across_tell_nothing(facts: list[str], expected: bool) -> None:
    assert differ(facts) is expected
    assert differ(facts[::-1]) is expected


def like(text: str) -> Amount:
    found = amount(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("size", "model", "expected"),
    [
        ("0", "1조원", "0원"),
        ("5", "1조원", "5원"),
        ("10000", "1만원", "1만원"),
        ("12345", "1만원", "1만 2,345원"),
        ("123456789", "1억원", "1억 2,345만 6,789원"),
        ("1000000000000", "5억원", "1조원"),
        ("1000100000000", "5억원", "1조 1억원"),
        ("12000000000000000", "5억원", "12,000조원"),
        ("150000000", "2.5억원", "1.5억원"),
        ("1234.5", "3명", "1,234.5명"),
        ("100000", "3명", "100,000명"),
        ("0", "3명", "0명"),
        ("-50000", "1만원", "-5만원"),
    ],
)
def test_an_amount_is_written_as_its_like(size: str, model: str, expected: str) -> None:
    assert written(Decimal(size), [like(model)]) == expected


@given(st.integers(1, 10**15), st.integers(1, 10**15))
def test_what_is_written_is_read_back(a: int, b: int) -> None:
    """A sum of any two amounts of money, written the Korean way, reads as their sum."""
    one, other = like(f"{a:,}원"), like(f"{b:,}원")
    back = amount(written(one.size + other.size, [like("1조원")]))
    assert back is not None
    assert back.size == a + b


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_hundred_millions_are_ordered_as_their_numbers(one: int, other: int) -> None:
    facts = [f"{one:,}억원", f"{other:,}억원"]
    assert order(facts, descending=False) == ([0, 1] if one <= other else [1, 0])
    assert order(facts, descending=True) == ([0, 1] if one >= other else [1, 0])
    assert equal(*facts) is (one == other)


@given(st.integers(1, 999))
def test_a_scale_outweighs_the_digits(number: int) -> None:
    assert like(f"{number}억원").size == like(f"{number}만원").size * 10_000


@given(st.lists(st.integers(-9999, 9999), min_size=2, max_size=5))
def test_a_sum_of_counts_is_that_of_their_numbers(numbers: list[int]) -> None:
    facts = [f"△{-one:,}명" if one < 0 else f"{one:,}명" for one in numbers]
    assert total(facts) == f"{' + '.join(facts)} = {sum(numbers):,}명"


PIECES = st.sampled_from(
    "1|23|2024|1,000|0.5|△|-|+|약|최대|이상|억|만|천|조|원|명|%|%p|년|일|월|시간|분|대|제|위|(|)| |,|:|1인당".split(
        "|"
    )
)


@given(
    st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40),
    st.sampled_from(["", "천원", "%", "명, %", "만"]),
)
def test_any_text_is_an_amount_or_none(text: str, unit: str) -> None:
    told = amount(text, unit)
    assert told is None or told.size.is_finite()
    assert isinstance(edge(text), Edge)
    facts = [text, "3명"]
    for computed in (total(facts, unit), gap(facts, unit)):
        assert not computed or " = " in computed
    assert order(facts, descending=True, unit=unit) in (None, [0, 1], [1, 0])
    assert equal(text, text) is (amount(text) is not None)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(Edge.LOW, "1월부터"), (Edge.HIGH, "12월까지"), (Edge.NONE, "1월부터 12월까지")],
)
def test_the_end_of_a_period_that_is_wanted(wanted: Edge, expected: str) -> None:
    text = "기간은 1월부터 12월까지이다."
    (value,) = values(text)
    assert text[slice(*bound(value, wanted))] == expected
