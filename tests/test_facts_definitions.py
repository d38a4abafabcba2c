"""What words mean, as documents say it, against hand-made truth."""

from __future__ import annotations

import pytest
from fact_making import TITLE, facts, notice, source
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.facts import Form
from rag.facts.definitions import definition_facts
from rag.types import Span


def meant(body: str) -> list[tuple[str, str]]:
    """(word, meaning) of the definitions in a notice."""
    found = facts(notice(body), Form.DEFINITION)
    return [(fact.attribute, fact.value) for fact in found]


LAMP = ("등불공장", "제조업의 앞날을 밝히는 공장")


@pytest.mark.parametrize(
    "body",
    [
        "등불공장이란 제조업의 앞날을 밝히는 공장을 말한다.",
        "‘등불공장’이란, 제조업의 앞날을 밝히는 공장을 뜻한다.",
        "“등불공장”이란 제조업의 앞날을 밝히는 공장을 말합니다.",
        "「등불공장」이란 제조업의 앞날을 밝히는 공장을 가리킨다.",
        "등불공장(Lamp Factory)이란 제조업의 앞날을 밝히는 공장을 의미함",
        "이 지침에서 “등불공장”이라 함은 제조업의 앞날을 밝히는 공장을 말한다.",
        "이 지침에서 쓰는 등불공장이란 제조업의 앞날을 밝히는 공장을 말한다.",
        "등불공장이라는 것은 제조업의 앞날을 밝히는 공장이다.",
        "등불공장이란 제조업의 앞날을 밝히는 공장으로 정의한다.",
        "등불공장은 제조업의 앞날을 밝히는 공장을 의미한다.",
        "- 등불공장은 제조업의 앞날을 밝히는 공장을 말함",
        "* 등불공장은 제조업의 앞날을 밝히는 공장이다.",
        "※ 등불공장은 제조업의 앞날을 밝히는 공장임",
        "1) 등불공장은 제조업의 앞날을 밝히는 공장이며, 가람시에 있다.",
        "제조업의 앞날을 밝히는 공장을 등불공장이라고 부른다.",
        "제조업의 앞날을 밝히는 공장을 ‘등불공장’이라 한다.",
        "제조업의 앞날을 밝히는 공장을 등불공장이라 부르며 널리 쓴다.",
        "올해는 바쁘다. 등불공장이란 제조업의 앞날을 밝히는 공장을 말한다. 내년도 바쁘다.",
    ],
)
def test_what_a_word_means(body: str) -> None:
    made = notice(body)
    (fact,) = facts(made, Form.DEFINITION)
    assert (fact.attribute, fact.value) == LAMP
    assert source(made, fact.label) == "등불공장"
    assert source(made, fact.span) == fact.value
    assert fact.subject == (TITLE,)


def test_words_that_end_without_a_final_consonant() -> None:
    told = "가상과 현실이 이어진 공간"
    assert meant(f"메타란 {told}을 말한다.") == [("메타", told)]
    assert meant(f"메타는 {told}을 말한다.") == [("메타", told)]
    assert meant(f"{told}을 메타라고 한다.") == [("메타", told)]
    assert meant(f"“법”이란 {told}을 말한다.") == [("법", told)]
    assert meant(f"돈이란 {told}을 말한다.") == [("돈", told)]
    assert meant(f"새싹 기업이란 {told}을 말한다.") == [("새싹 기업", told)]


def test_the_terms_of_a_statute() -> None:
    body = (
        "제2조(정의) 이 지침에서 쓰는 용어의 뜻은 다음과 같다.\n"
        "1. “청년”이란 만 19세 이상 39세 이하인 사람을 말한다.\n"
        "2. “새싹기업”이란 창업한 지 3년이 지나지 않은 기업을 말한다.\n\n"
        "제3조(적용) 이 지침은 가람시에 적용한다."
    )
    assert meant(body) == [
        ("청년", "만 19세 이상 39세 이하인 사람"),
        ("새싹기업", "창업한 지 3년이 지나지 않은 기업"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '한빛중소기업진흥원(이하 "진흥원"이라 한다)은 사업을 맡는다.',
        "한빛중소기업진흥원(이하 “진흥원”이라 함)은 사업을 맡는다.",
        "한빛중소기업진흥원(이하 진흥원)은 사업을 맡는다.",
    ],
)
def test_what_a_name_is_shortened_to(body: str) -> None:
    made = notice(body)
    (fact,) = facts(made, Form.DEFINITION)
    assert (fact.attribute, fact.value) == ("진흥원", "한빛중소기업진흥원")
    assert (source(made, fact.label), source(made, fact.span)) == ("진흥원", "한빛중소기업진흥원")


@pytest.mark.parametrize(
    "body",
    [
        "내년 예산은 5억원이다.",
        "높은 위성(300~1,000km)은 빠르다.",
        "공장(중소기업의 약 50% 수준)에 보급한다.",
        "메타마을이란 무엇인가?",
        "메타마을이란 짧다.",
        "어제 논란이 있었다.",
        "오랜 논란 끝에 예산을 다시 늘리기로 하였다.",
        "사업은 3월에 시작한다.",
        "계란 값이 크게 올라 살림이 어려워졌다.",
        "",
    ],
)
def test_what_defines_nothing(body: str) -> None:
    assert meant(body) == []


def test_meanings_are_neither_too_short_nor_too_long() -> None:
    for letters, many in ((7, 0), (8, 1), (200, 1), (201, 0)):
        said = ("가" * letters)[:-1] + "것"
        assert len(meant(f"메타란 {said}을 말한다.")) == many, letters


@settings(deadline=None, max_examples=200)
@given(st.text("가나란은는이을말한다이하라함 ():.-*‘’“”'\"\n", max_size=80))
def test_any_text_gives_words_and_meanings_that_it_holds(text: str) -> None:
    for fact in definition_facts(text, Span, (), 0):
        assert fact.form is Form.DEFINITION
        assert text[fact.span.start : fact.span.end] == fact.value == fact.value.strip()
        assert fact.label is not None
        assert text[fact.label.start : fact.label.end].strip() == fact.attribute
        assert len(fact.value) <= 200
