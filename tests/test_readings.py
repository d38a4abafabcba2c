"""A question without a subject has as many readings as the documents have programmes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from finding_making import Sought, seek

from rag.finding import Candidate
from rag.judging import Claim
from rag.judging.claim import home_of, label_of, names_no_subject, readings

TWO = """정책 안내

1. 창업 융자

○ 예산 : 120억원
○ 신청 마감 : 2022년 5월 6일
○ 지원 대상 : 창업자

2. 판로 바우처

○ 예산 : 35억원
○ 신청 마감 : 2022년 9월 2일
○ 지원 대상 : 수출기업
○ 단장 : 김하늘 교수
"""


def claim(sought: Sought) -> Claim:
    found = sought.found
    return Claim(found[0], tuple(found[1:]))


def read(question: str, text: str = TWO) -> tuple[Candidate, ...]:
    sought = seek(question, text)
    return readings(sought.asked, sought.place, claim(sought))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("예산은 얼마인가요?", {"120억원", "35억원"}),
        ("올해 예산 얼마예요?", {"120억원", "35억원"}),
        ("신청 마감이 언제예요?", {"2022년 5월 6일", "2022년 9월 2일"}),
        ("지원 대상은 누구인가요?", {"창업자", "수출기업"}),
    ],
)
def test_each_programme_is_a_reading(question: str, values: set[str]) -> None:
    found = read(question)
    assert {one.value for one in found} == values
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    place = seek(question, TWO).place
    assert {label_of(place, one) for one in found} == {"창업 융자", "판로 바우처"}
    assert len({home_of(place, one) for one in found}) == 2


@pytest.mark.parametrize(
    "question",
    [
        "판로 바우처 예산은 얼마인가요?",
        "창업 예산은 얼마인가요?",
        "2022년 예산은 얼마인가요?",  # a year tells one from another
        "단장은 누구인가요?",  # only one programme has one
    ],
)
def test_a_question_that_names_its_subject_or_fits_one_thing_has_no_readings(question: str) -> None:
    assert read(question) == ()


def test_one_programme_alone_or_one_value_for_both_leaves_nothing_to_tell_apart() -> None:
    assert read("예산은 얼마인가요?", TWO[: TWO.index("2. 판로")]) == ()
    assert read("예산은 얼마인가요?", TWO.replace("35억원", "120억원")) == ()


def test_two_documents_are_two_homes_but_not_two_versions_of_one() -> None:
    texts = [
        "청년 창업 융자 모집 공고\n\n○ 접수 마감 : 2024년 3월 29일\n",
        "수출 바우처 참여 모집 공고\n\n○ 접수 마감 : 2024년 6월 7일\n",
    ]
    sought = seek("접수 마감은 언제인가요?", *texts)
    found = readings(sought.asked, sought.place, claim(sought))
    assert {label_of(sought.place, one) for one in found} == {
        "청년 창업 융자 모집 공고",
        "수출 바우처 참여 모집 공고",
    }
    texts[1] = "청년 창업 융자 모집 변경 공고\n\n○ 접수 마감 : 2024년 6월 7일\n"
    sought = seek("접수 마감은 언제인가요?", *texts)
    assert readings(sought.asked, sought.place, claim(sought)) == ()


def test_at_most_three_readings_are_told() -> None:
    names = "융자 바우처 상담 교육 인증".split()
    line = "○ 자세한 조건과 절차는 해마다 누리집에 올리는 안내서와 지역 센터의 상담을 따른다"
    parts = [f"{n}. {name} 사업\n\n○ 예산 : {n}0억원\n{line}\n" for n, name in enumerate(names, 1)]
    found = read("예산은 얼마인가요?", "정책 안내\n\n" + "\n".join(parts))
    assert len(found) == 3


def test_what_is_far_behind_or_of_another_sort_is_no_reading() -> None:
    sought = seek("예산은 얼마인가요?", TWO)
    told = claim(sought)
    assert told.candidate is not None
    (other,) = (c for c in told.rivals if c.value in ("120억원", "35억원") and c.origin == "label")
    assert len(readings(sought.asked, sought.place, replace(told, rivals=(other,)))) == 2
    for worse in (
        replace(other, score=told.candidate.score - 100.0),
        replace(other, signals={**other.signals, "typed": 0.0}),
        replace(other, value=" "),
        replace(other, context=replace(other.context, attribute="상담 전화")),
    ):
        assert readings(sought.asked, sought.place, replace(told, rivals=(worse,))) == ()
    assert readings(sought.asked, sought.place, Claim(None)) == ()


@pytest.mark.parametrize(
    ("question", "nameless"),
    [
        ("예산은 얼마인가요?", True),
        ("사업 예산은 얼마인가요?", True),  # what frames names nothing
        ("상담 예산은 얼마인가요?", False),
        ("2022년 예산은 얼마인가요?", False),
    ],
)
def test_only_the_label_and_what_frames_it_name_no_subject(question: str, nameless: bool) -> None:
    sought = seek(question, TWO)
    one = next(c for c in sought.found if c.context.attribute == "예산")
    assert names_no_subject(sought.asked, one) is nameless


def test_a_long_heading_is_cut_at_a_word_and_loses_its_number() -> None:
    long = "소상공인과 전통시장 상인이 함께 쓰는 온라인 장터를 넓히고 알리는 사업의 세부 계획"
    sought = seek("예산은 얼마인가요?", f"정책 안내\n\n1. {long}\n\n○ 예산 : 120억원\n")
    label = label_of(sought.place, sought.best)
    assert label.startswith("소상공인과") and label.endswith("…")
    assert len(label) <= 41 and long.startswith(label[:-1]) and long[len(label) - 1] == " "
