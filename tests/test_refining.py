"""A fact that states several values is told as a whole, or the one value that is meant."""

from __future__ import annotations

import pytest
from finding_making import Sought, seek
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.finding import Candidate
from rag.finding.fitting import ends, refine
from rag.finding.stated import inside, stated
from rag.reading.amounts import Edge

FORM = """청년 창업 지원 공고

1. 사업 개요

○ 사업명 : 청년 창업 도약
○ 지원금액 : 업체당 최대 5천만원 (자부담 30%)
○ 접수기간 : 2025. 3. 4.(화) ~ 3. 28.(금) 18:00까지
○ 제출서류
  - 사업계획서
  - 사업자등록증 사본
  - 개인정보 동의서
○ 나이 : 19세 이상 39세 이하
○ 대출 금리 : 2.0%(청년), 2.9%(일반)
○ 사업비 : 국비 30억원, 도비 20억원, 시비 10억원
○ 예산 추이 : 2023년 7억원, 2024년 8억원, 2025년 9억원
○ 점포철거비 : 300만원 → 450만원
○ 참석위원 : 8명 (재적 11명)
○ 응답률 : 91.3% (2028년 93.0%)
○ 이율 : 연 4.6% (2031년), 연 4.9% (2030년)
○ 걷기 접수 : 상반기 2. 3. ~ 2. 14. / 하반기 8. 4. ~ 8. 14.
○ 시상금 : 최우수 7,000만원, 우수 각 4,500만원, 장려 각 2,000만원
○ 평가 방식 : 서류 심사와 발표 심사를 거쳐 뽑으며 서류 심사에서는 사업계획의 알찬 정도와 이루어질 가능성을 살펴 백 점 만점에
  60점을 넘는 기업을 모두 올린다
"""
QUESTIONS = {
    "지원금액은 얼마인가요?": "업체당 최대 5천만원 (자부담 30%)",
    "접수기간은 언제인가요?": "2025. 3. 4.(화) ~ 3. 28.(금) 18:00까지",
    "청년 대출 금리는 얼마인가요?": "2.0%",
    "일반 대출 금리는 얼마인가요?": "2.9%",
    "대출 금리는 얼마인가요?": "2.0%(청년), 2.9%(일반)",
    "사업비 가운데 도비는 얼마인가요?": "20억원",
    "사업비는 얼마인가요?": "국비 30억원, 도비 20억원, 시비 10억원",
    "2024년 예산 추이는 얼마인가요?": "8억원",
    "점포철거비는 얼마인가요?": "450만원",
    "예전 점포철거비는 얼마였나요?": "300만원",
    "참석위원은 몇 명인가요?": "8명",
    "재적 위원은 몇 명인가요?": "11명",
    "응답률은 몇 %인가요?": "91.3%",
    "2028년 응답률은 몇 %인가요?": "93.0%",
    "2030년 이율은 몇 %인가요?": "연 4.9%",
    "하반기 걷기 접수는 언제인가요?": "8. 4. ~ 8. 14.",
    "우수 시상금은 얼마인가요?": "각 4,500만원",
    "제출서류는 무엇인가요?": "사업계획서\n사업자등록증 사본\n개인정보 동의서",
}


@pytest.mark.parametrize(("question", "expected"), QUESTIONS.items())
def test_the_value_that_the_question_singles_out_is_told_and_else_the_fact(
    question: str, expected: str
) -> None:
    assert seek(question, FORM).best.value == expected


@pytest.mark.xfail(strict=True, reason="what it rose to is preferred to both")
def test_of_a_change_both_ends_are_told() -> None:
    assert seek("점포철거비는 얼마나 올랐나요?", FORM).best.value == "300만원 → 450만원"


def wholes(sought: Sought) -> dict[str, Candidate]:
    found = stated(sought.asked, sought.place)
    return {one.context.attribute: one for one in found if one.origin == "label"}


def test_the_values_inside_a_fact_stand_in_order_under_its_label_with_their_own_words() -> None:
    sought = seek("사업비는 얼마인가요?", FORM)
    whole = wholes(sought)["사업비"]
    found = inside(sought.asked, sought.place, whole)
    assert [one.value for one in found] == ["30억원", "20억원", "10억원"]
    assert [one.value for one in found] == [sought.source(one) for one in found]
    for one, name in zip(found, ("국비", "도비", "시비"), strict=True):
        assert one.context.attribute == "사업비"
        assert name in one.context.own
        assert one.whole is whole
        assert whole.span.covers(one.span) and one.quote == whole.quote


def test_a_fact_without_a_value_of_the_wanted_sort_has_none_inside() -> None:
    sought = seek("사업비는 얼마인가요?", FORM)
    assert inside(sought.asked, sought.place, wholes(sought)["사업명"]) == []


def refined(question: str, attribute: str, take: int = 9) -> str:
    sought = seek(question, FORM)
    whole = wholes(sought)[attribute]
    return refine(sought.asked, whole, inside(sought.asked, sought.place, whole)[:take]).value


def test_where_nothing_is_inside_the_fact_stands() -> None:
    assert (
        refined("지원금액은 얼마인가요?", "지원금액", take=0) == QUESTIONS["지원금액은 얼마인가요?"]
    )


def test_one_value_alone_is_told_for_a_long_fact_and_the_fact_where_it_is_short() -> None:
    assert refined("몇 점을 넘어야 하나요?", "평가 방식") == "60점"
    assert refined("지원금액은 얼마인가요?", "지원금액", take=1).startswith("업체당 최대 5천만원")


@pytest.mark.parametrize(
    ("question", "attribute", "expected"),
    [
        # The question's own words, the end that it asks for, its year.
        ("시비는 얼마인가요?", "사업비", "10억원"),
        ("몇 세까지 신청하나요?", "나이", "39세 이하"),
        ("몇 세 이상이어야 신청하나요?", "나이", "19세 이상"),
        ("2025년에는 얼마인가요?", "예산 추이", "9억원"),
        # Nothing that tells one from another, or a year that none is of.
        ("사업비는 모두 얼마인가요?", "사업비", "국비 30억원, 도비 20억원, 시비 10억원"),
        ("2019년 예산 추이는 얼마인가요?", "예산 추이", "2023년 7억원, 2024년 8억원, 2025년 9억원"),
    ],
)
def test_what_singles_one_value_out(question: str, attribute: str, expected: str) -> None:
    assert refined(question, attribute) == expected


@pytest.mark.parametrize(
    ("question", "attribute", "end"),
    [
        ("몇 세까지 신청하나요?", "나이", Edge.HIGH),
        ("몇 세 이상이어야 하나요?", "나이", Edge.LOW),
        ("사업비는 얼마인가요?", "사업비", Edge.NONE),
    ],
)
def test_which_end_of_a_range_a_value_is(question: str, attribute: str, end: Edge) -> None:
    sought = seek(question, FORM)
    found = inside(sought.asked, sought.place, wholes(sought)[attribute])
    assert end in {ends(one) for one in found}
    if end is Edge.NONE:
        assert {ends(one) for one in found} == {end}


def test_what_follows_a_date_tells_its_end_as_well() -> None:
    text = "체육관 안내\n\n○ 공사 기간 : 2024년 3월에 착공하여 2026년 5월에 준공한다\n"
    sought = seek("공사는 언제 끝나나요?", text)
    found = inside(sought.asked, sought.place, wholes(sought)["공사 기간"])
    assert [ends(one) for one in found] == [Edge.LOW, Edge.HIGH]


@pytest.mark.parametrize(
    ("label", "end"),
    [
        ("접수마감", Edge.HIGH),
        ("신청 기한", Edge.HIGH),
        ("접수 시작", Edge.LOW),
        ("공고", Edge.NONE),
    ],
)
def test_a_label_tells_which_end_its_date_is(label: str, end: Edge) -> None:
    sought = seek(
        "느티나무는 언제까지 받나요?", f"느티나무 공고\n\n○ {label} : 2026. 4. 24.\n○ 대상 : 농가\n"
    )
    found = next(c for c in stated(sought.asked, sought.place) if c.context.attribute == label)
    assert ends(found) is end


@settings(max_examples=40)
@given(st.sampled_from(sorted(QUESTIONS)), st.data())
def test_one_of_the_candidates_is_given_back(question: str, data: st.DataObject) -> None:
    sought = seek(question, FORM)
    whole = data.draw(st.sampled_from(list(wholes(sought).values())))
    found = inside(sought.asked, sought.place, whole)
    some = data.draw(st.lists(st.sampled_from(found), max_size=3)) if found else []
    assert any(refine(sought.asked, whole, some) is one for one in (whole, *some))
