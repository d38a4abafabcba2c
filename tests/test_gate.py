"""What was found is told, or refused and why: each check with a claim that it stops and one that it
lets pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from finding_making import Sought, seek

from rag.facts import Fact, Form
from rag.finding import Asked, Candidate, Context, Place, _narrowed
from rag.finding.wording import Word
from rag.judging import CHECKS, Claim, judge
from rag.judging.claim import Premise
from rag.judging.gate import (
    _nowhere,
    in_force,
    no_look_up,
    one_reading,
    premise_holds,
    same_number,
    something_found,
    weighed,
)
from rag.question.turns import Request
from rag.reading.values import ValueKind
from rag.types import QuestionKind, Reason, Span

GUIDE = """정책 안내

1. 창업 융자

○ 예산 : 120억원
○ 접수 마감 : 2022년 5월 6일
- 정부는 내년 상담 예산을 40억원으로 증액하기로 하였다.

2. 판로 바우처

○ 예산 : 35억원
○ 접수 마감 : 2022년 9월 2일

3. 회의

- 제4차 회의는 김하늘 단장이 서울에서 주재하였다.
"""
OLD = "청년 창업 지원사업 모집 공고\n\n2024. 3. 4.\n\n1. 접수\n\n○ 접수 마감 : 2024년 3월 29일\n○ 한도 : 5천만원\n"
NEW = "청년 창업 지원사업 모집 변경 공고\n\n2024. 3. 18.\n\n1. 접수\n\n○ 접수 마감 : 2024년 4월 12일\n"


def claim(sought: Sought) -> Claim:
    found = sought.found
    return Claim(found[0] if found else None, tuple(found[1:]))


def test_the_checks_are_these_in_this_order() -> None:
    assert (
        no_look_up,
        premise_holds,
        something_found,
        one_reading,
        in_force,
        same_number,
        weighed,
    ) == CHECKS


@pytest.mark.parametrize(
    ("question", "request_"),
    [
        ("안녕하세요", Request.GREETING),
        ("창업 융자 안내를 요약해 줘", Request.SUMMARY),
        ("창업 융자 공고를 영어로 번역해 주세요", Request.TRANSLATION),
    ],
)
def test_a_text_that_asks_for_no_look_up_is_stopped(question: str, request_: Request) -> None:
    sought = seek(question, GUIDE)
    told = no_look_up(sought.asked, sought.place, claim(sought))
    assert (told.reason, told.request, told.sure) == (Reason.NOT_STATED, request_, 0.0)


def test_a_question_is_looked_up() -> None:
    sought = seek("창업 융자 예산은 얼마인가요?", GUIDE)
    before = claim(sought)
    assert no_look_up(sought.asked, sought.place, before) is before


def test_where_nothing_is_found_nothing_is_told() -> None:
    strange = seek("달 탐사선 승무원은 누구인가요?", GUIDE)
    told = something_found(strange.asked, strange.place, Claim(None))
    assert (told.reason, told.sure) == (Reason.NOT_IN_DOCUMENTS, 0.0)
    sought = seek("창업 융자 예산은 얼마인가요?", GUIDE)
    told = something_found(sought.asked, sought.place, Claim(None))
    assert (told.reason, told.sure) == (Reason.NOT_STATED, 0.0)  # its matter is there
    before = claim(sought)
    assert something_found(sought.asked, sought.place, before) is before


def test_a_question_that_fits_several_things_is_stopped() -> None:
    sought = seek("예산은 얼마인가요?", GUIDE)
    told = one_reading(sought.asked, sought.place, claim(sought))
    assert told.reason is Reason.AMBIGUOUS
    assert {one.value for one in told.readings} == {"120억원", "35억원"}
    assert told.sure == 1 / 2


def test_a_question_that_names_its_subject_has_one_reading() -> None:
    sought = seek("판로 바우처 예산은 얼마인가요?", GUIDE)
    before = claim(sought)
    assert one_reading(sought.asked, sought.place, before) is before


def test_the_later_version_of_a_document_tells() -> None:
    sought = seek("청년 창업 지원사업 접수 마감은 언제인가요?", OLD, NEW)
    before = claim(sought)
    old = next(c for c in sought.found if c.value == "2024년 3월 29일")
    told = in_force(
        sought.asked,
        sought.place,
        replace(before, candidate=old, rivals=(*before.rivals, sought.best)),
    )
    assert told.reason is None
    assert told.candidate is not None and told.candidate.value == "2024년 4월 12일"
    assert told.replaced is not None and told.replaced.value == "2024년 3월 29일"
    sought = seek("창업 융자 접수 마감은 언제인가요?", GUIDE)
    before = claim(sought)
    assert in_force(sought.asked, sought.place, before) == before


def test_another_number_than_the_one_asked_for_is_stopped() -> None:
    sought = seek("제5차 회의는 누가 주재했나요?", GUIDE)
    told = same_number(sought.asked, sought.place, claim(sought))
    assert (told.reason, told.sure) == (Reason.NOT_STATED, 0.0)
    sought = seek("제4차 회의는 누가 주재했나요?", GUIDE)
    before = claim(sought)
    assert same_number(sought.asked, sought.place, before) is before
    assert same_number(sought.asked, sought.place, Claim(None)).reason is None


def test_what_denies_the_question_is_stopped() -> None:
    sought = seek("상담 예산을 깎은 이유는 무엇인가요?", GUIDE)
    told = premise_holds(sought.asked, sought.place, claim(sought))
    assert (told.reason, told.premise, told.sure) == (Reason.NOT_STATED, Premise.OPPOSITE, 0.0)
    sought = seek("상담 예산을 늘린 이유는 무엇인가요?", GUIDE)
    before = claim(sought)
    assert premise_holds(sought.asked, sought.place, before) is before
    assert premise_holds(sought.asked, sought.place, Claim(None)).reason is None


@pytest.fixture
def covered(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, float]:
    """Sure is what says most of the question's words."""
    known = {"bias": -8.0, "cover": 10.0}
    monkeypatch.setattr("rag.judging.gate.weights", lambda *_names: known)
    return known


@pytest.mark.usefixtures("covered")
def test_what_meets_little_of_the_question_is_weighed_lightly() -> None:
    met = seek("창업 융자 예산은 얼마인가요?", GUIDE)
    unmet = seek("박물관 전시 관람료는 얼마인가요?", GUIDE)
    sure, unsure = (weighed(s.asked, s.place, claim(s)) for s in (met, unmet))
    assert sure.reason is None and unsure.reason is None  # the threshold decides
    assert sure.sure > 0.5 > unsure.sure
    assert sure.features["cover"] > unsure.features["cover"]


@pytest.mark.usefixtures("covered")
def test_a_claim_less_sure_than_the_threshold_is_refused() -> None:
    sought = seek("창업 융자 예산은 얼마인가요?", GUIDE)
    sure = sought.judged(0.0).sure
    assert sought.judged(sure).reason is None  # as sure as it must be
    refused = sought.judged(sure + 1e-9)
    assert refused.reason is Reason.NOT_STATED
    assert refused.candidate is not None and refused.sure == sure


@pytest.mark.usefixtures("covered")
def test_a_refusal_tells_an_unknown_matter_from_one_of_which_something_is_missing() -> None:
    missing = seek("창업 융자 예산의 치킨값은 얼마인가요?", GUIDE).judged(1.1)
    assert "치킨" in "".join(missing.missing)
    assert seek("창업 융자 예산은 얼마인가요?", GUIDE).judged(1.1).reason is Reason.NOT_STATED
    unknown = seek("치킨집 강사는 얼마인가요?", GUIDE).judged(1.1)
    assert unknown.reason is Reason.NOT_IN_DOCUMENTS


def test_the_first_reason_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    sought = seek("창업 융자 예산은 얼마인가요?", GUIDE)
    asked: list[str] = []

    def check(name: str, reason: Reason | None) -> object:
        def look(_asked: object, _place: object, claim: Claim) -> Claim:
            asked.append(name)
            return replace(claim, reason=reason)

        return look

    checks = (check("a", None), check("b", Reason.AMBIGUOUS), check("c", Reason.NOT_STATED))
    monkeypatch.setattr("rag.judging.gate.CHECKS", checks)
    told = judge(sought.asked, sought.place, sought.found, 2.0)
    assert (told.reason, asked) == (Reason.AMBIGUOUS, ["a", "b"])


def test_nothing_found_is_refused_as_unknown() -> None:
    sought = seek("달 탐사선 승무원은 누구인가요?", GUIDE)
    told = judge(sought.asked, sought.place, [], 0.5)
    assert (told.candidate, told.reason, told.sure) == (None, Reason.NOT_IN_DOCUMENTS, 0.0)


def test_the_rivals_are_the_others_best_first() -> None:
    sought = seek("창업 융자 예산은 얼마인가요?", GUIDE)
    found = sought.found
    told = judge(sought.asked, sought.place, found, 0.0)
    assert told.candidate is found[0] and list(told.rivals) == found[1:]


def test_a_matter_that_no_document_names_is_not_one_of_the_documents() -> None:
    # "등록" is said of something else, and "반려동물" by nothing.
    text = "통신 안내\n\n- 주민등록 인구의 33%가 가입하였다.\n- 등록 요금은 5천원이다.\n"
    sought = seek("반려동물 등록 횟수는 몇 번인가요?", text)
    told = judge(sought.asked, sought.place, sought.found, 1.1)
    assert told.reason is Reason.NOT_IN_DOCUMENTS
    known = seek("등록 요금은 얼마인가요?", text)
    assert known.judged(1.1).reason is Reason.NOT_STATED


def test_a_word_of_one_letter_is_strange_to_no_document() -> None:
    index = SimpleNamespace(body=SimpleNamespace(vocabulary={"융자"}))
    place = cast("Place", SimpleNamespace(index=index))
    assert not _nowhere(place, Word("날", 1.0, (), letters=(("날", 1.0),)))
    assert _nowhere(place, Word("탐사선", 1.0, (("탐사선", 1.0),)))
    assert not _nowhere(place, Word("융자", 1.0, (("융자", 1.0),)))


def test_a_sentence_is_narrowed_to_a_value_of_its_own_document() -> None:
    """Offsets of two documents may be alike."""

    def told(row: int, start: int, end: int, value: str, origin: str) -> Candidate:
        context = Context("예산", "", "", "", "")
        fact = Fact(Form.LABEL, (), "예산", value, Span(start, end), 0)
        return Candidate(row, Span(start, end), value, Span(start, end), context, "", fact, origin)

    passages = [SimpleNamespace(file="a.txt"), SimpleNamespace(file="b.txt")]
    index = SimpleNamespace(
        passages=passages, rows_of=lambda file: range("ab".index(file[0]), 1 + "ab".index(file[0]))
    )
    place = cast("Place", SimpleNamespace(index=index))
    whole = told(0, 0, 40, "가람의 예산은 5억원이다.", "label")
    foreign, own = told(1, 8, 11, "9억원", "prose"), told(0, 8, 11, "5억원", "prose")
    wants = SimpleNamespace(values=frozenset((ValueKind.MONEY,)))
    asked = cast(
        "Asked", SimpleNamespace(wants=wants, question=SimpleNamespace(kind=QuestionKind.AMOUNT))
    )
    assert _narrowed(asked, place, [whole, foreign, own])[0] is own
