"""Names of the sort that the question word stands before, taken whole."""

from __future__ import annotations

import pytest

from rag.fact import find_fact
from rag.question.analysis import analyse

MEETING = "간담회는 6월 9일 포포인츠 웨라톤 호텔에서 무역협회와 수출업체가 참석하여 열렸다."
ACT = "국가핵심기술은 중요한 기술로, 「산업기술의 유출방지 및 보호에 관한 법률」에 따라 지정된다."
FUND = "한 사람이 연간 1인당 5,860원을 아껴 모두 4,635억원을 절감할 것으로 기대된다."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("간담회는 어느 호텔에서 했나요?", MEETING, "포포인츠 웨라톤 호텔"),
        (
            "국가핵심기술은 무슨 법을 근거로 정하나요?",
            ACT,
            "산업기술의 유출방지 및 보호에 관한 법률",
        ),
        ("한 사람이 1년에 얼마를 아끼나요?", FUND, "1인당 5,860원"),
    ],
)
def test_the_sort_that_is_asked_for(question: str, text: str, expected: str) -> None:
    found = find_fact(analyse(question), text)
    assert found is not None
    assert text[slice(*found)] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("교육을 맡길 거점 기관은 어디인가요?", "중소벤처기업진흥공단, 테크노파크"),
        ("교육을 맡길 거점 기관", "중소벤처기업진흥공단, 테크노파크"),
    ],
)
def test_bodies_named_side_by_side_are_all_told(question: str, expected: str) -> None:
    text = "지역별 지원 거점인 중소벤처기업진흥공단, 테크노파크 등을 활용하여 교육을 운영한다."
    found = find_fact(analyse(question), text)
    assert found is not None
    assert text[slice(*found)] == expected
