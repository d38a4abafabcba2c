"""Reasons, definitions and methods as clauses of hand-made sentences."""

from __future__ import annotations

import pytest

from rag.finding.clauses import find_clause
from rag.finding.reader import find_marks
from rag.finding.wording import Wording
from rag.question.analysis import analyse
from rag.question.wants import wants_of


def clause(question: str, text: str) -> str | None:
    asked = analyse(question)
    wording = Wording(asked, wants_of(asked), lambda _term: 2.0, lambda _term: False)
    found = find_clause(asked, text, find_marks(wording, text))
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "왜 수출이 늦어지나요?",
            "의료기기 기업은 나라마다 다른 허가 기준으로 인한 수출 지연을 겪는다.",
            "나라마다 다른 허가 기준",
        ),
        (
            "수출이 줄어든 까닭은 무엇인가요?",
            "자동차 수출 감소는 수요 부진 및 재고 누적에 기인한다.",
            "수요 부진 및 재고 누적",
        ),
        (
            "왜 맞춤형 도입이 어려운가요?",
            "그러나 중소기업의 경우 인력 부족, 투자 한계 등으로 맞춤형 도입에는 한계가 있다.",
            "인력 부족, 투자 한계 등",
        ),
        (
            "회의를 미룬 이유는 무엇인가요?",
            "회의를 미룬 이유는 자료가 늦게 왔기 때문이다.",
            "자료가 늦게 왔기 때문",
        ),
        ("왜 표준을 정하나요?", "수요가 늘었기에 표준을 정한다", "수요가 늘었기에"),
        # What is conceded before a reason is no part of it.
        (
            "왜 국내에서 쓰지 못하나요?",
            "해외에서는 널리 쓰이지만, 안전 규제로 인해 국내에서는 쓰지 못한다.",
            "안전 규제",
        ),
        (
            "'느린 성장'은 무슨 뜻인가요?",
            "여기서 느린 성장은 해마다 1% 안팎으로 커지는 현상으로 정의된다.",
            "해마다 1% 안팎으로 커지는 현상",
        ),
        ("AAS가 우리말로 뭐예요?", "독일은 자산관리쉘(AAS)을 표준으로 삼았다.", "자산관리쉘"),
        ("AAS가 우리말로 뭐예요?", "독일은 AAS(자산관리쉘)를 표준으로 삼았다.", "자산관리쉘"),
        (
            "기업에게 어떻게 도와주라고 하나요?",
            "기업들에게는 초기에 드는 비용을 지원해 줄 필요가 있다.",
            "초기에 드는 비용을 지원",
        ),
    ],
)
def test_the_clause(question: str, text: str, expected: str) -> None:
    assert clause(question, text) == expected


def test_the_reason_comes_from_the_sentence_that_was_asked_about() -> None:
    text = "수요 감소로 인해 철강 수출이 줄었다. 공장 중단으로 인해 자동차 수출이 줄었다."
    assert clause("자동차 수출은 왜 줄었나요?", text) == "공장 중단"
    assert clause("철강 수출은 왜 줄었나요?", text) == "수요 감소"


@pytest.mark.parametrize(
    "text", ["수출은 12월에 100건이었다.", "우리나라도 조기에 산업을 키워야 한다", ""]
)
def test_no_reason_is_no_clause(text: str) -> None:
    assert clause("왜 수출이 줄었나요?", text) is None
