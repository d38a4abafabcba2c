"""The largest of a column, those that meet a condition and how many they are, the items of a group."""

from __future__ import annotations

import pytest
from finding_making import seek
from small_tables import GROWTH, PLANTS

from rag.finding import Candidate
from rag.finding.tables import columns

GROWN = f"성장률 연감\n\n1. 나라별 성장률\n\n{GROWTH}\n"
FACILITIES = f"물 연감\n\n1. 시설별 공정\n\n{PLANTS}\n"
BUDGET = """예산 연감

< 분야별 예산 >

(단위 : 조원)
구분\t2024년 예산\t2025년 요구
총 지출\t90.0\t99.0 (9.9)
교육\t40.0\t44.0 (4.1)
국방\t30.0\t33.0 (2.2)
환경\t20.0\t22.0 (8.7)
"""
TRADE = """무역 연감

< 무역 흐름 >

(단위 : 억불)
구분\t'21\t'22\t'23\t'24
무역 흑자\t25\t31\t9\t12
물동량\t70\t60\t77\t88
"""
PORTS = """항만 연감

< 항만별 물동량 >

(단위 : 천톤)
순번\t항만명\t2022년\t2023년\t증감률(%)
1\t동해항\t1,204\t1,310\t8.8
2\t서해항\t980\t870\t△11.2
3\t남해항\t3,450\t3,450\t0.0
4\t중부항\t700\t3,450\t392.9
\t합계\t6,334\t9,080\t43.4
"""
STAGES = """기술 연감

< 기술별 단계 >

기술명\t단계\t점수\t담당
수소 저장\t2단계\t81점\t한빛연구원
폐열 회수\t1단계\t60점\t누리연구원
해상 풍력\t2단계\t72점\t다온연구원
조류 발전\t3단계\t59점\t한빛연구원
"""
TASKS = """발전 과제

<table><tr><th>분야</th><th>과제</th><th>시한</th></tr>\
<tr><th rowspan="2">항만 개선</th><td>부두 확장</td><td>2027년</td></tr>\
<tr><td>하역 자동화</td><td>2028년</td></tr>\
<tr><th rowspan="2">철도 연결</th><td>환승역 신설</td><td>2029년</td></tr>\
<tr><td>화물선 증설</td><td>2030년</td></tr></table>
"""


def found(question: str, text: str) -> list[Candidate]:
    sought = seek(question, text)
    return list(columns(sought.asked, sought.place))


def told(question: str, text: str, column: str) -> list[str]:
    """What is told of the series whose attribute, group or both are ``column``."""
    return [
        one.value
        for one in found(question, text)
        if column in f"{one.context.own} {one.context.attribute}"
    ]


@pytest.mark.parametrize(
    ("question", "text", "column", "expected"),
    [
        ("2025년 성장률 조정폭이 가장 큰 나라는?", GROWN, "'25년 전망 조정폭", "세계"),
        ("2026년 성장률이 가장 낮은 나라는?", GROWN, "'26년 전망 '25.3", "페루"),
        ("2025년 예산 요구가 가장 많은 분야는?", BUDGET, "2025년 요구", "교육"),  # no total
        ("2025년 요구 증가율이 가장 높은 분야는?", BUDGET, "2025년 요구", "환경"),  # in brackets
        ("2022년 물동량이 가장 많은 항만은?", PORTS, "2022년", "남해항"),
        ("2023년 물동량이 가장 많은 항만은?", PORTS, "2023년", "남해항; 중부항"),  # a tie
        ("정수장에서 보급률이 가장 낮은 공정은?", FACILITIES, "정수장 보급률", "침전"),
        ("무역 흑자가 가장 많았던 해는 언제인가요?", TRADE, "무역 흑자", "'22"),
        ("물동량이 가장 적었던 해는 언제인가요?", TRADE, "물동량", "'22"),
    ],
)
def test_the_extreme_of_a_column_or_row(
    question: str, text: str, column: str, expected: str
) -> None:
    assert expected in told(question, text, column)


@pytest.mark.parametrize(
    ("question", "text", "column", "expected"),
    [
        ("2026년 성장률이 낮아진 나라를 모두 알려 주세요.", GROWN, "'26년 전망", "몽골; 페루"),
        ("2025년 요구가 33조원 이하인 분야는?", BUDGET, "2025년 요구", "국방; 환경"),
        ("2025년 요구가 33조원 미만인 분야는?", BUDGET, "2025년 요구", "환경"),
        ("점수가 60점 이상인 기술은?", STAGES, "점수", "수소 저장; 폐열 회수; 해상 풍력"),
        ("점수가 60점 초과인 기술은?", STAGES, "점수", "수소 저장; 해상 풍력"),
        ("점수가 60점 미만인 기술은?", STAGES, "점수", "조류 발전"),
        ("보급률이 72%인 공정은?", FACILITIES, "정수장 보급률", "여과"),
        ("점수가 60점 이상인 기술은 몇 개인가요?", STAGES, "점수", "3개(수소 저장, 폐열 회수, 해상 풍력)"),
        ("물동량이 줄어든 항만은 어디인가요?", PORTS, "증감률", "서해항"),
        ("물동량이 늘어난 항만은 어디인가요?", PORTS, "증감률", "동해항; 중부항"),
    ],
)  # fmt: skip
def test_the_members_that_meet_a_condition_and_how_many(
    question: str, text: str, column: str, expected: str
) -> None:
    assert expected in told(question, text, column)


@pytest.mark.parametrize(
    ("question", "text", "column"),
    [
        ("점수가 50점 이상인 기술은?", STAGES, "점수"),  # all of them
        ("점수가 90점 이상인 기술은?", STAGES, "점수"),  # none
        ("단계가 가장 높은 기술은?", STAGES, "담당"),  # no numbers
        ("물동량이 가장 많은 항만은?", PORTS, "순번"),  # numbers that only count the rows
        ("물동량이 줄어든 항만은 어디인가요?", PORTS, "2023년"),  # a size is no change
        ("무역 흑자가 가장 큰 항목은?", TRADE, "'22"),  # two are no series
        ("점수는 몇 점인가요?", STAGES, "점수"),  # nothing of the sort is asked
    ],
)
def test_nothing_is_told_where_nothing_is_chosen(question: str, text: str, column: str) -> None:
    assert told(question, text, column) == []


def test_a_year_is_told_where_one_is_asked_for_and_only_there() -> None:
    years = found("무역 흑자가 가장 많았던 해는 언제인가요?", TRADE)
    assert {one.context.attribute for one in years} == {"무역 흑자", "물동량"}
    assert found("무역 흑자가 가장 큰 나라는?", TRADE) == []


def test_what_the_question_names_is_what_the_others_are_held_against() -> None:
    assert told(
        "2025년 성장률 조정폭이 세계 다음으로 가장 큰 나라는?", GROWN, "'25년 전망 조정폭"
    ) == ["페루"]


def test_an_amount_is_the_value_of_the_extreme() -> None:
    text = seek("2022년 물동량이 가장 많은 항만은 얼마인가요?", PORTS)
    found = [c for c in columns(text.asked, text.place) if c.context.attribute == "2022년"]
    assert [(c.value, c.items) for c in found] == [("3,450", ("남해항",))]


def test_the_name_is_the_place_and_the_numbers_are_further_ones() -> None:
    sought = seek("2023년 물동량이 가장 많은 항만은?", PORTS)
    one = next(c for c in columns(sought.asked, sought.place) if c.context.attribute == "2023년")
    text = sought.place.index.documents[0].text
    assert sought.source(one) == "남해항"
    assert one.items == ("남해항", "중부항")
    quoted = text[one.quote.start : one.quote.end]
    assert "남해항" in quoted and "3,450" in quoted
    assert [text[s.start : s.end] for s in one.further] == ["중부항", "3,450"]
    assert one.context.sort == "항만명"


def test_the_cells_under_one_name_are_a_list() -> None:
    question = "항만 개선 분야의 과제를 모두 알려 주세요."
    groups = {(c.context.attribute, c.context.own): c.items for c in found(question, TASKS)}
    assert groups["과제", "항만 개선"] == ("부두 확장", "하역 자동화")
    assert groups["과제", "철도 연결"] == ("환승역 신설", "화물선 증설")
    assert groups["과제", ""] == ("부두 확장", "하역 자동화", "환승역 신설", "화물선 증설")
    assert seek(question, TASKS).best.items == ("부두 확장", "하역 자동화")
    numbers = found("2023년 물동량을 모두 알려 주세요.", PORTS)
    assert all("870" not in c.items for c in numbers)  # numbers are no list


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("2022년 물동량이 가장 많은 항만은?", PORTS, "남해항"),
        ("무역 흑자가 가장 많았던 해는 언제인가요?", TRADE, "'22"),
    ],
)
def test_the_best_candidate_tells_it(question: str, text: str, expected: str) -> None:
    assert seek(question, text).best.value == expected
