"""Ranges that texts state and the amounts that fall into them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.korean.entities import native
from rag.reading.ranges import Range, holds, ranges, stated


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "low_in", "high_in"),
    [
        ("매출 5억원 이상 10억원 미만", 5 * 10**8, 10**9, "원", True, False),
        ("4천만원 초과 6천만원 이하", 4 * 10**7, 6 * 10**7, "원", False, True),
        ("환원율 10% 이상 ~ 15% 미만", 10, 15, "%", True, False),
        ("만 19~39세", 19, 39, "세", True, True),
        ("10년 이상 20년 미만", 10, 20, "년", True, False),
        ("45세 이하", None, 45, "세", True, True),
        ("5년 미만", None, 5, "년", True, False),
        ("15톤 초과", 15, None, "톤", False, True),
        ("7등급 이하", None, 7, "등급", True, True),
        ("사용일 3일 전까지", 3, None, "일", True, True),
        ("3일까지", None, 3, "일", True, True),
    ],
)
def test_a_range_is_read_with_its_ends(
    text: str, low: int | None, high: int | None, unit: str, low_in: bool, high_in: bool
) -> None:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    assert ranges(text) == (Range(*ends, unit, low_in, high_in),)


@pytest.mark.parametrize(
    "text", ["2026. 3. 1. ~ 3. 20.", "042-123-4567", "10명", "지원 대상", "39~19세"]
)
def test_other_texts_state_no_range(text: str) -> None:
    assert ranges(text) == ()


def test_several_ranges_are_read_in_order() -> None:
    found = ranges("5년 미만 3.05%, 5년 이상 10년 미만 3.4%, 10년 이상 4%")
    assert [(one.low, one.high) for one in found] == [(None, 5), (5, 10), (10, None)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("인공수정은 마흔여섯이면 얼마 지원되나요", [("마흔여섯", 46, "")]),
        ("서른 살이면 미르패스 얼마예요", [("서른 살", 30, "세")]),
        ("애가 셋이면 캐시백", [("셋", 3, "")]),
        ("나흘 전에 취소하면", [("나흘", 4, "일")]),
        ("매출 7억인 기업이 수익 12%를 환원하면", [("7억", 7 * 10**8, "원"), ("12%", 12, "%")]),
        ("매출 5억 안 되고", [("5억", 5 * 10**8, "원")]),
        ("장애 2급이면", [("2급", 2, "등급")]),
        ("2024년 매출 30억원 회사", [("30억원", 3 * 10**9, "원")]),
        ("60점 이상인 과목", []),
        ("두 번째 회의는 3월 며칠", []),
        ("한글 셋집 열무 하나로마트", []),
    ],
)
def test_what_a_question_states_of_its_matter(
    question: str, expected: list[tuple[str, int, str]]
) -> None:
    assert [(one.text, one.size, one.unit) for one in stated(question)] == expected


@pytest.mark.parametrize(
    ("text", "question", "held"),
    [
        ("10년 이상 20년 미만", "12년 가입한 사람", True),
        ("10년 이상 20년 미만", "20년 가입한 사람", False),
        ("5년 미만", "12년 가입한 사람", False),
        ("44세 이하", "마흔여섯이면", False),
        ("45세 이상", "마흔여섯이면", True),
        ("10년 이상 20년 미만", "12명이 가입하면", False),
        ("3일 전까지", "나흘 전에 취소하면", True),
        ("7일 전까지", "나흘 전에 취소하면", False),
        ("1~3등급", "2등급인데", True),
        ("15톤 초과", "15톤 차", False),
        ("15톤 이하", "15톤 차", True),
        ("15톤 미만", "15톤 차", False),
    ],
)
def test_a_range_holds_an_amount_of_its_unit(text: str, question: str, held: bool) -> None:
    assert holds(text, stated(question)[0]) is held


@given(st.integers(0, 99), st.integers(1, 99), st.integers(1, 50))
def test_a_range_holds_what_lies_between_its_ends(size: int, low: int, width: int) -> None:
    (one,) = ranges(f"{low}명 이상 {low + width}명 미만")
    assert one.holds(Decimal(size)) is (low <= size < low + width)


@given(st.text(alphabet="0123456789,.~ 이상하미만초과세년원억만%살", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for one in ranges(text):
        assert one.low is None or one.high is None or one.low < one.high
    stated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("아흔아홉 명", [(0, "아흔아홉 명", 99, "명")]),
        ("스무 살", [(0, "스무 살", 20, "살")]),
        ("세 사람", [(0, "세 사람", 3, "명")]),
        ("한 번 신청하고 열흘", [(0, "한 번", 1, "번"), (9, "열흘", 10, "일")]),
        ("보름 동안", [(0, "보름", 15, "일")]),
        ("한 해", [(0, "한 해", 1, "해")]),
        ("한도는 두드러지게", []),
    ],
)
def test_native_numerals(text: str, expected: list[tuple[int, str, int, str]]) -> None:
    assert native(text) == expected


def test_a_currency_is_one_unit_and_no_month() -> None:
    (asked,) = stated("작년 직수출이 30만 달러 정도면 어느 트랙인가요?")
    assert (asked.text, asked.unit) == ("30만 달러", "달러")
    assert holds("10만 달러 이상 100만 달러 미만", asked)
    assert not holds("1천 달러 이상 10만 달러 미만", asked)
