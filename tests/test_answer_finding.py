"""What a claim comes to, from claims that are made by hand over a hand-made guide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from finding_making import Sought, seek

from rag.answering.finding import Finding, finding_of
from rag.judging import Claim
from rag.judging.claim import Premise
from rag.question.turns import Request
from rag.reading import read
from rag.retrieval.ranking import Reread
from rag.settings import AnswerSettings
from rag.types import Reason

GUIDE = """정책 안내

1. 창업 융자

○ 예산 : 120억원
○ 접수 마감 : 2022년 5월 6일
○ 제출 서류 : 신청서, 사업계획서, 통장 사본

2. 판로 바우처

○ 예산 : 35억원
○ 문의처 : 누리무역원 031-987-6543
"""
BUDGET = "창업 융자 예산은 얼마인가요?"


def claim_of(sought: Sought, value: str, **told: object) -> Claim:
    (candidate,) = [one for one in sought.found if one.value == value][:1]
    return replace(Claim(candidate, sure=0.8), **told)  # type: ignore[arg-type]


def finding(sought: Sought, claim: Claim) -> Finding:
    return finding_of(sought.asked, sought.place, claim, sought.again, AnswerSettings())


def told(made: Finding) -> list[tuple[str, str]]:
    return [(one.text, one.value) for one in made.evidence]


def test_an_answer_shows_the_slice_with_its_value() -> None:
    sought = seek(BUDGET, GUIDE)
    made = finding(sought, claim_of(sought, "120억원"))
    assert told(made) == [("예산 : 120억원", "120억원")]
    assert (made.reason, made.sure, made.items) == (None, 0.8, 1)
    assert (made.labels, made.contact, made.replaced, made.request) == ((), None, None, None)


def test_items_of_a_list_are_counted() -> None:
    sought = seek("창업 융자 제출 서류는 무엇인가요?", GUIDE)
    claim = claim_of(sought, "신청서, 사업계획서, 통장 사본")
    assert claim.candidate is not None
    for items, value, expected in (
        (("신청서", "사업계획서", "통장 사본"), "신청서; 사업계획서; 통장 사본", 3),
        (("신청서", "통장 사본"), "신청서; 통장 사본", 2),
        (("신청서",), "신청서", 1),
        ((), "신청서", 1),
        ((), "", 0),
    ):
        one = replace(claim.candidate, items=items, value=value)
        assert finding(sought, replace(claim, candidate=one)).items == expected


def test_a_refusal_shows_one_slice_and_what_is_missing() -> None:
    sought = seek(BUDGET, GUIDE)
    claim = claim_of(
        sought,
        "120억원",
        reason=Reason.NOT_IN_DOCUMENTS,
        premise=Premise.PENDING,
        missing=("우주선",),
    )
    assert claim.candidate is not None
    further = sought.place.index.passages[-1].span
    claim = replace(claim, candidate=replace(claim.candidate, further=(further,)))
    made = finding(sought, claim)
    assert told(made) == [("예산 : 120억원", "120억원")]
    assert (made.reason, made.premise, made.missing) == (
        Reason.NOT_IN_DOCUMENTS,
        Premise.PENDING,
        ("우주선",),
    )
    # It is not of this matter, so nobody is named to ask.
    assert (made.contact, made.items) == (None, 0)
    assert len(finding(sought, replace(claim, reason=None)).evidence) == 2


def test_a_request_shows_nothing() -> None:
    sought = seek(BUDGET, GUIDE)
    claim = claim_of(sought, "120억원", reason=Reason.NOT_STATED, request=Request.SUMMARY, sure=0.0)
    assert finding(sought, claim) == Finding((), Reason.NOT_STATED, 0.0, request=Request.SUMMARY)


def test_where_nothing_was_found_the_first_row_is_shown() -> None:
    sought = seek(BUDGET, GUIDE)
    made = finding(sought, Claim(None, sure=0.0, reason=Reason.NOT_IN_DOCUMENTS))
    first = sought.place.index.passages[sought.again.rows[0]]
    assert [(one.text, one.span, one.value) for one in made.evidence] == [
        (first.text, first.span, "")
    ]
    none = finding_of(
        sought.asked,
        sought.place,
        Claim(None, reason=Reason.NOT_IN_DOCUMENTS),
        Reread((), (), (), ()),
        AnswerSettings(),
    )
    assert none.evidence == ()


def test_each_reading_has_one_slice_and_its_label() -> None:
    sought = seek("예산은 얼마인가요?", GUIDE)
    claim = sought.judged()
    assert claim.reason is Reason.AMBIGUOUS
    labels = {"120억원": "창업 융자", "35억원": "판로 바우처"}
    for readings in (claim.readings, claim.readings[::-1]):
        made = finding(sought, replace(claim, readings=readings))
        assert told(made) == [(f"예산 : {one.value}", one.value) for one in readings]
        assert made.labels == tuple(labels[one.value] for one in readings)
        assert (made.reason, made.sure, made.items) == (Reason.AMBIGUOUS, 0.5, 0)


def test_what_an_earlier_version_said_goes_with_an_answer_alone() -> None:
    sought = seek(BUDGET, GUIDE)
    (other,) = [one for one in sought.found if one.value == "35억원"][:1]
    claim = claim_of(sought, "120억원", replaced=other)
    made = finding(sought, claim)
    assert made.replaced is not None
    assert (made.replaced.text, made.replaced.value) == ("예산 : 35억원", "35억원")
    assert finding(sought, replace(claim, reason=Reason.NOT_STATED)).replaced is None


# --- whom to ask ----------------------------------------------------------------------------------

FILLER = "".join(
    f"- {name} 상담은 지역 센터에서 맡으며 방문하기에 앞서 전화로 약속을 잡고 서류를 갖추어야 하며 상담을 마치면 결과를 "
    "문서로 받아 볼 수 있다고 밝히고 있다.\n"
    for name in "가나다라마바사아"
)
MATTER = "○ 창업 융자 예산 : 120억원\n"


def contact(text: str, question: str = BUDGET, reason: Reason = Reason.NOT_STATED) -> str | None:
    """Whom a refusal with the budget as its nearest slice names to ask."""
    sought = seek(question, text)
    value = "120억원"
    (best,) = [one for one in sought.found if one.value == value and one.fact is not None][:1]
    made = finding(sought, Claim(best, sure=0.1, reason=reason))
    if made.contact is None:
        return None
    source = sought.place.index.documents[0].text
    assert made.contact.text == read(source, made.contact.span).text
    assert made.contact.value in made.contact.text
    passage = made.contact.passage
    assert passage.span.touches(made.contact.span)
    return made.contact.value


def notice(*parts: str) -> str:
    return "정책 안내\n\n1. 융자\n\n" + "".join(parts)


def test_the_label_close_by_names_whom_to_ask() -> None:
    assert contact(notice(MATTER, "○ 문의처 : 02-111-1111\n")) == "02-111-1111"
    assert contact(notice("○ 문의 : 가람센터 02-111-1111\n", MATTER)) == "가람센터 02-111-1111"
    email = notice(MATTER, "○ 문의처 : help@example.go.kr\n")
    assert contact(email) == "help@example.go.kr"


def test_the_nearest_of_several_labels() -> None:
    few = FILLER[: FILLER.index("- 다 상담")]
    one, other = "○ 문의처 : 02-111-1111\n", "○ 문의처 : 02-222-2222\n"
    for between in (few, FILLER):
        assert contact(notice(MATTER, one, between, other)) == "02-111-1111"
        assert contact(notice(other, between, MATTER, one)) == "02-111-1111"
        assert contact(notice(other, MATTER, between, one)) == "02-222-2222"


def test_a_label_without_a_number_or_address_names_nobody() -> None:
    assert contact(notice(MATTER, "○ 문의처 : 누리집 참고\n")) is None
    # Where a place is, nobody may be to ask.
    assert contact(notice(MATTER, "○ 문의처 : 서울특별시 중구 세종대로 110\n")) is None


def test_a_number_that_is_no_contact_of_the_matter_is_not_named() -> None:
    assert contact(notice(MATTER)) is None
    told = notice(MATTER, "○ 문의처 : 02-111-1111\n")
    assert contact(told, reason=Reason.NOT_IN_DOCUMENTS) is None


def test_one_who_asks_for_a_contact_is_given_none_beside_the_refusal() -> None:
    text = notice(MATTER, "○ 문의처 : 02-111-1111\n")
    assert contact(text, "창업 융자 예산 담당 부서 연락처는 무엇인가요?") is None


SENTENCE = "- 자세한 것은 한빛진흥원(02-333-3333)에 물으면 된다.\n"


def test_a_sentence_under_the_same_heading_tells_where_no_label_does() -> None:
    few = FILLER[: FILLER.index("- 다 상담")]
    assert contact(notice(MATTER, SENTENCE)) == "02-333-3333"
    assert contact(notice(MATTER, few, SENTENCE)) == "02-333-3333"
    assert contact(notice(MATTER, few, "\n2. 보증\n\n", SENTENCE)) is None


@pytest.mark.xfail(
    strict=True, reason="a passage of two short sections has the path of the last of them"
)
def test_a_sentence_of_the_section_below_is_not_under_the_same_heading() -> None:
    assert contact(notice(MATTER, "\n2. 보증\n\n", SENTENCE)) is None


def test_a_sentence_close_by_goes_before_a_label_that_is_far() -> None:
    more = FILLER.replace("상담", "교육")
    text = notice(MATTER, SENTENCE, FILLER, more, "○ 문의처 : 02-222-2222\n")
    assert contact(text) == "02-333-3333"
    # Without it, one that is far is better than none.
    assert contact(notice(MATTER, FILLER, more, "○ 문의처 : 02-222-2222\n")) == "02-222-2222"


def test_a_sentence_that_is_far_does_not_tell() -> None:
    more = FILLER.replace("상담", "교육")
    assert contact(notice(MATTER, FILLER, more, SENTENCE)) is None
    assert contact(notice(MATTER, FILLER[: FILLER.index("- 라 상담")], SENTENCE)) == "02-333-3333"


def test_a_source_that_closes_a_paragraph_is_nobody_to_ask() -> None:
    few = FILLER[: FILLER.index("- 다 상담")]
    assert contact(notice(MATTER, few, "19) 한빛뉴스(2019), 02-333-3333\n")) is None


@pytest.mark.parametrize(
    "line",
    [
        "* 출처 : 한빛뉴스(02-333-3333)\n",
        "※ 자료: 한빛진흥원 누리집(help@example.go.kr)\n",
        pytest.param(
            "19) 한빛뉴스(2019), 02-333-3333\n",
            marks=pytest.mark.xfail(
                strict=True,
                reason="a line without a full stop is one sentence with the line below it",
            ),
        ),
        "자료 : 한빛진흥원(02-333-3333)\n",
    ],
)
def test_the_address_of_a_source_is_nobody_to_ask(line: str) -> None:
    assert contact(notice(MATTER, line)) is None
