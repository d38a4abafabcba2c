"""Sentences that state what a label would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.facts.sentences import sentence_facts
from rag.types import Span


def said(text: str) -> list[tuple[str, str]]:
    return [(fact.attribute, fact.value) for fact in sentence_facts(text, Span, (), 0)]


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("지원대상은 도내 중소기업으로 한다.", "지원대상", "도내 중소기업"),
        ("주소는 http://www.example.kr 이다.", "주소", "http://www.example.kr"),
        ("경쟁률은 3:1이다.", "경쟁률", "3:1"),
        ("제출 서류는 신청서 1부입니다.", "제출 서류", "신청서 1부"),
        ("이번 모집에서 모집대상은 청년 예비창업자로 합니다.", "모집대상", "청년 예비창업자"),
        ("① 위탁기간은 3년 이내로 한다.", "위탁기간", "3년 이내"),
        ("융자 한도는 업체당 오천만원으로 하고, 이율은 연 2퍼센트로 한다.", "이율", "연 2퍼센트"),
    ],
)
def test_a_topic_that_names_an_aspect_is_a_label(text: str, label: str, value: str) -> None:
    assert (label, value) in said(text)


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("이 사업은 나래재단이 운영한다.", "운영", "나래재단"),
        ("신청서는 이메일로 접수합니다.", "접수", "이메일"),
        ("다만, 휴업 중인 기업은 제외한다.", "제외", "휴업 중인 기업"),
        ("다음의 경우에는 신청이 제한됩니다: 체납자, 휴업자", "제한", "체납자, 휴업자"),
    ],
)
def test_the_noun_of_a_predicate_is_a_label_of_its_argument(
    text: str, label: str, value: str
) -> None:
    assert said(text) == [(label, value)]


@pytest.mark.parametrize(
    "text",
    [
        "수출은 작년보다 늘었다.",
        "중소기업은 한국 경제의 뿌리이다.",
        "기간은 나중에 알립니다.",
        "다음과 같이 접수를 공고합니다.",
        "많은 기업이 AI를 도입한다.",
        "발전이 억제된다.",
        "지원대상은 늘고 있다.",
        "신청은 이메일로 접수 바랍니다.",
        "불량률은 공장 도입으로 43% 줄고, 납기는 15% 빨라졌다.",
        "지원대상은 기업, 단체는 따로 정한다.",
    ],
)
def test_other_sentences_state_no_label(text: str) -> None:
    assert said(text) == []


def test_two_clauses_state_two_facts() -> None:
    text = "실습 인원은 12명으로 하고, 1인당 실습 기간은 8주이다."
    assert said(text) == [("실습 인원", "12명"), ("1인당 실습 기간", "8주")]


def test_topics_behind_commas_are_told_apart() -> None:
    text = "공원 조성 사업의 예산은 90억원, 광장 조성 사업의 예산은 75억원이다."
    found = list(sentence_facts(text, Span, (), 0))
    assert [(fact.subject, fact.value) for fact in found] == [
        (("공원 조성 사업",), "90억원"),
        (("광장 조성 사업",), "75억원"),
    ]


def test_what_stands_before_the_label_with_a_genitive_is_the_subject() -> None:
    (fact,) = sentence_facts("시설자금의 융자 한도는 3억원이다.", Span, ("기금",), 0)
    assert (fact.subject, fact.attribute, fact.value) == (
        ("기금", "시설자금"),
        "융자 한도",
        "3억원",
    )


def test_a_proviso_states_the_label_of_its_rule_for_another_thing() -> None:
    text = "대출 기간은 14일로 한다. 다만, 신간 도서는 7일로 한다. 단 잡지는 3일로 한다."
    found = list(sentence_facts(text, Span, ("대출",), 0))
    assert [(fact.subject, fact.attribute, fact.value) for fact in found] == [
        (("대출",), "대출 기간", "14일"),
        (("대출", "신간 도서"), "대출 기간", "7일"),
        (("대출", "잡지"), "대출 기간", "3일"),
    ]


def test_a_sentence_between_ends_the_rule() -> None:
    text = "대출 기간은 14일로 한다. 대출은 두 번 늘릴 수 있다. 다만, 신간 도서는 7일로 한다."
    assert said(text) == [("대출 기간", "14일")]


@given(st.text(alphabet="신청기간대상은는이가로한다입니. ,:;()제외운영재단1\n", max_size=80))
def test_label_and_value_are_places_of_the_text(text: str) -> None:
    for fact in sentence_facts(text, Span, (), 0):
        assert fact.label is not None
        assert text[fact.span.start : fact.span.end] == fact.value != ""
        assert text[fact.label.start : fact.label.end] == fact.attribute
