"""Reasons, definitions and methods as clauses of hand-made sentences."""

from __future__ import annotations

import pytest
from finding_making import seek
from hypothesis import given
from hypothesis import strategies as st

from rag.finding.clauses import find_clause, gives_reason, glosses
from rag.finding.reader import find_marks
from rag.finding.said import said
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
    assert not gives_reason(text)
    assert clause("왜 수출이 줄었나요?", text) is None


def test_a_text_may_give_a_reason() -> None:
    assert gives_reason("수요가 줄었기 때문이다.")
    assert gives_reason("미룬 이유는 비가 온 것이다.")


def test_what_a_word_stands_for_is_told_by_its_bracket() -> None:
    asked = analyse("AAS가 우리말로 뭐예요?")
    assert glosses(asked, "<그림 1> 자산관리쉘(AAS)의 기본 구조")
    assert not glosses(asked, "독일의 AAS와 같은 데이터 표준을 구축한다.")
    assert glosses(analyse("왜 미뤘나요?"), "아무 말")  # nothing of the sort is asked


@given(
    st.sampled_from(["왜 줄었나요?", "수출은 무슨 뜻인가요?", "수출은 어떻게 하나요?"]),
    st.text(alphabet="수출은 감소로 인해(),때문에 다.정의", max_size=60),
)
def test_a_clause_lies_in_its_text(question: str, text: str) -> None:
    asked = analyse(question)
    found = find_clause(asked, text, [])
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
        assert found[1] - found[0] <= 150


GUIDE = """무역 안내

1. 동향

- 자동차 수출은 지난해보다 크게 줄었으며 이는 해외 수요가 부진하고 재고가 쌓였기 때문이다.
- 철강 수출은 지난해보다 조금 늘었다.
- 느린 성장은 해마다 1% 안팎으로 커지는 현상을 의미한다.
- 신청하려는 기업은 누리집에서 서식을 내려받아 센터에 내면 된다.
"""


def test_a_reason_is_the_best_candidate_where_one_is_asked_for() -> None:
    sought = seek("자동차 수출은 왜 줄었나요?", GUIDE)
    assert "재고가 쌓였기 때문" in sought.best.value
    assert sought.source(sought.best) == sought.best.value


def test_what_a_word_means_is_told_by_its_definition() -> None:
    sought = seek("느린 성장이란 무엇인가요?", GUIDE)
    one = next(c for c in said(sought.asked, sought.place) if c.origin == "definition")
    assert one.value == "해마다 1% 안팎으로 커지는 현상"
    assert sought.best.value == one.value
    text = sought.place.index.documents[0].text
    assert "느린 성장은" in text[one.quote.start : one.quote.end]
    # Of another word it is none.
    sought = seek("빠른 걸음이란 무엇인가요?", GUIDE)
    assert not any(c.origin == "definition" for c in said(sought.asked, sought.place))


def test_no_clause_is_told_where_a_value_answers() -> None:
    sought = seek("수출은 얼마인가요?", GUIDE)
    assert list(said(sought.asked, sought.place)) == []
