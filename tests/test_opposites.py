"""Words that cannot be true of one thing at one time, against a reader's sense of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.names import falls, opposites, rises

INSIDE_A_WORD = pytest.mark.xfail(
    strict=True, reason="a stem of one syllable is found inside another word"
)
LEFT_OUT = pytest.mark.xfail(strict=True, reason="this form of the verb is not listed")


@pytest.mark.parametrize(
    ("rise", "fall"),
    [
        ("수출이 늘었다", "수출이 줄었다"),
        ("한도를 늘렸다", "한도를 줄였다"),
        ("5% 증가", "5% 감소"),
        ("지원 확대", "지원 축소"),
        ("요금 인상", "요금 인하"),
        ("물가 상승", "물가 하락"),
        ("금리를 올린다", "금리를 내린다"),
        ("가격이 올랐다", "가격이 떨어졌다"),
        ("목표 상향", "목표 하향"),
        ("예산 증액", "예산 감액"),
        ("예산 증액", "예산 삭감"),
        ("운행 증편", "운행 감편"),
        ("인력 증원", "인력 감축"),
        ("수요 급증", "수요 급감"),
        ("수지 개선", "수지 악화"),
        ("문턱을 높인다", "문턱을 낮춘다"),
        ("비중이 높아졌다", "비중이 낮아졌다"),
    ],
)
def test_a_rise_is_no_fall(rise: str, fall: str) -> None:
    assert rises(rise)
    assert falls(fall)
    assert not falls(rise)
    assert not rises(fall)


@pytest.mark.parametrize("text", ["△3.2%", "△ 3.2%", "전년 대비 △12억원"])
def test_a_number_below_zero_is_a_fall(text: str) -> None:
    assert falls(text)
    assert not rises(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+3.2%",
        "예산을 유지한다",
        "지원 대상",
        "△개체명 인식",  # a bullet
        pytest.param("오늘 접수를 시작한다", marks=INSIDE_A_WORD),
        pytest.param("하늘 택시", marks=INSIDE_A_WORD),
        pytest.param("마늘 농가", marks=INSIDE_A_WORD),
        pytest.param("오른쪽 문", marks=INSIDE_A_WORD),
        pytest.param("줄거리 소개", marks=INSIDE_A_WORD),
        pytest.param("서식 내려받기", marks=INSIDE_A_WORD),
    ],
)
def test_what_tells_neither_of_a_rise_nor_of_a_fall(text: str) -> None:
    assert not rises(text)
    assert not falls(text)


@pytest.mark.parametrize(
    ("text", "rise"),
    [
        ("금리를 내렸다", False),
        ("비중이 높아졌다", True),
        pytest.param("금리를 올렸다", True, marks=LEFT_OUT),
        pytest.param("한도를 높였다", True, marks=LEFT_OUT),
        pytest.param("문턱을 낮췄다", False, marks=LEFT_OUT),
    ],
)
def test_a_rise_or_fall_in_the_past(text: str, rise: bool) -> None:
    assert rises(text) is rise
    assert falls(text) is not rise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("사업 기간을 연장한다", "사업을 폐지한다"),
        ("제도를 유지한다", "제도를 중단한다"),
        ("규제 강화", "규제 완화"),
        ("신고 의무화", "신고 면제"),
        ("반입 허용", "반입 금지"),
        ("건축 허가", "건축 제한"),
        ("계획 승인", "계획 반려"),
        ("안건 가결", "안건 부결"),
        ("소송 제기가 통과", "소송 기각"),
        ("흑자를 냈다", "적자를 냈다"),
    ],
)
def test_every_other_pair_parts_its_two_sides(one: str, other: str) -> None:
    said = [(left, right) for left, right in opposites() if left.search(one)]
    assert len(said) == 1
    [(left, right)] = said
    assert right.search(other)
    assert not right.search(one)
    assert not left.search(other)


def test_no_side_of_a_pair_matches_a_word_of_its_other_side() -> None:
    seen: set[str] = set()
    for pair in opposites():
        for own, against in (pair, pair[::-1]):
            stems = [stem for stem in own.pattern.split("|") if stem.isalpha()]
            assert stems
            assert len(stems) == len(set(stems))
            assert not seen & set(stems)
            seen |= set(stems)
            assert not [stem for stem in stems if against.search(stem)]
            assert all(own.search(stem) for stem in stems)


@given(st.text(max_size=40))
def test_any_text_may_be_asked(text: str) -> None:
    left, right = opposites()[0]
    assert rises(text) == (left.search(text) is not None)
    assert falls(text) == (right.search(text) is not None)
