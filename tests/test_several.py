"""Two numbers asked for at once."""

from __future__ import annotations

import pytest

from rag.fact import find_fact
from rag.question.analysis import analyse
from rag.reading.values import ValueKind
from rag.several import wanted_numbers

STAFF = "2019년 5월 3일 설립되어 직원 35명, 연 예산 3,299억 원 규모로 관련 업무를 추진 중이다."
CALLS = "통합공고에 따르면 총 99개 기관에서 397개의 창업지원사업을 진행하고 있다."
EXPERTS = "공동연구에는 31명의 전문가가 약 7개월에 걸쳐 참여하였으며 20억원이 들었다."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("추진단 직원 수랑 1년 예산 알려주세요", STAFF, "35명, 연 예산 3,299억 원"),
        ("창업지원사업은 몇 개 기관에서 몇 개나 하나요?", CALLS, "총 99개 기관에서 397개"),
        ("전문가 몇 명이 몇 달 걸렸나요?", EXPERTS, "31명의 전문가가 약 7개월"),
    ],
)
def test_both_numbers_are_the_fact(question: str, text: str, expected: str) -> None:
    found = find_fact(analyse(question), text)
    assert found is not None
    assert text[slice(*found)].removesuffix(" 규모") == expected


def test_one_number_is_not_two() -> None:
    assert wanted_numbers(analyse("직원은 몇 명인가요?")) == ()
    assert wanted_numbers(analyse("예산과 사업비는 얼마인가요?")) == ()


def test_two_measures_are_of_two_kinds() -> None:
    asked = wanted_numbers(analyse("지원 예산과 보조율은 얼마인가요?"))
    assert asked == ((ValueKind.MONEY, ""), (ValueKind.SHARE, ""))


def test_where_one_of_the_two_is_missing_the_other_is_found_alone() -> None:
    found = find_fact(analyse("전문가 몇 명이 몇 달 걸렸나요?"), "31명의 전문가가 참여하였다.")
    assert found is not None
    assert "31명의 전문가가 참여하였다."[slice(*found)] == "31명"
