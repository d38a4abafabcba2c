"""What the aspect that is asked for says of a candidate and of a claim, the model of questions left
aside: which aspects are asked for is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from finding_making import Sought, seek
from test_scoring import candidate, fact

from rag.finding.scoring import Scorer
from rag.finding.stated import stated
from rag.finding.told import predicates
from rag.finding.wording import Wording
from rag.judging import Claim
from rag.judging.gate import signals
from rag.question.analysis import analyse
from rag.question.wants import wants_of
from rag.reading import read
from rag.reading.aspects import Aspect

PLACE, METHOD, TARGET, EXCLUDED = Aspect.PLACE, Aspect.METHOD, Aspect.TARGET, Aspect.EXCLUDED


def scorer(aspects: Mapping[Aspect, float], question: str = "느티나무는요?") -> Scorer:
    asked = analyse(question)
    wants = replace(wants_of(asked), aspects=aspects)
    return Scorer(asked, Wording(asked, wants, lambda _term: 2.0, lambda _term: False), wants)


def aspect(label: str, aspects: Mapping[Aspect, float]) -> float:
    one = candidate("시청", "label", attribute=label, fact=fact(label, "시청"))
    scorer(aspects).score(one, rank=0.5, home=0.5)
    return one.signals["aspect"]


@pytest.mark.parametrize(
    ("label", "aspects", "told"),
    [
        ("모집 인원", {Aspect.COUNT: 1.0}, 1.0),
        ("지원대상", {EXCLUDED: 1.0, TARGET: 0.5}, 0.5),
        ("신청방법", {PLACE: 1.0}, 0.6),  # where to apply is how to
        ("지원 제외 대상", {TARGET: 1.0}, -0.5),
        ("지원대상", {EXCLUDED: 1.0}, -0.5),
        ("지원대상", {EXCLUDED: 1.0, TARGET: 0.3}, -0.5),  # hardly asked for
        ("지원대상", {Aspect.WHEN: 1.0}, 0.0),
        ("느티나무", {Aspect.WHEN: 1.0}, 0.3),
        ("자료 출처", {}, -0.5),
        ("지원대상", {}, 0.5),
    ],
)
def test_how_likely_a_label_tells_what_is_asked_for(
    label: str, aspects: Mapping[Aspect, float], told: float
) -> None:
    assert aspect(label, aspects) == told


def test_what_states_nothing_stands_beside_the_best_fact_that_does() -> None:
    one = scorer({TARGET: 1.0})
    before, after = candidate("농가"), candidate("농가")
    label = candidate("농가", "label", attribute="지원대상", fact=fact("지원대상", "농가"))
    one.score(before, rank=0.5, home=0.5)
    one.score(label, rank=0.5, home=0.7)
    one.score(after, rank=0.5, home=0.5)
    assert before.signals["beside"] == 0.0
    assert label.signals["beside"] == 0.0
    assert after.signals["beside"] == 0.7


NOTICE = """느티나무 물류비 지원 공고

○ 지원대상 : 농가
○ 운영기관 : 은빛진흥원
○ 주차장 이용 : 가능
"""


def claimed(question: str, **wants: object) -> tuple[Sought, dict[str, float]]:
    sought = seek(question, NOTICE)
    asked = replace(sought.asked, wants=replace(sought.asked.wants, **wants))  # type: ignore[arg-type]
    best = sought.best
    return sought, signals(asked, sought.place, best, Claim(best, ()))


def test_the_words_that_ask_are_not_missed_in_a_label_that_states_it() -> None:
    question = "느티나무 물류비 지원은 누가 굴려요?"
    sought, without = claimed(question, asking=frozenset())
    assert sought.best.value == "은빛진흥원"
    assert sought.best.signals["met"] == 1.0
    _sought, told = claimed(question, asking=frozenset(("굴리다",)))
    assert told["mean"] < without["mean"]
    assert told["met:lead"] == without["met:lead"] > 0.0


def test_whether_something_is_there_is_told_by_a_label_that_is_asked_for() -> None:
    plain = seek("느티나무 물류비 지원에서 빠지는 사람이 있나요?", NOTICE)
    named = replace(plain.asked, wants=replace(plain.asked.wants, aspects={TARGET: 1.0}))
    bare = replace(plain.asked, wants=replace(plain.asked.wants, aspects={}))
    assert {one.value for one in stated(named, plain.place)} >= {"농가"}
    assert list(stated(bare, plain.place)) == []


def test_yes_is_said_to_what_its_label_names_alone() -> None:
    def polar(question: str) -> list[str]:
        sought = seek(question, NOTICE)
        found = predicates(sought.asked, sought.place)
        return [one.value for one in found if one.origin == "short" and one.value == "가능"]

    assert polar("주차장 이용이 되나요?")
    assert not polar("반려동물 호텔이 있나요?")


@pytest.mark.parametrize(
    ("question", "aspect"),
    [("이 통계의 자료 출처?", Aspect.SOURCE), ("느티나무 사업 변경전?", Aspect.FORMER)],
)
def test_what_a_label_tells_besides_its_aspect_is_asked_for_by_its_name(
    question: str, aspect: Aspect
) -> None:
    assert wants_of(analyse(question)).aspects[aspect] == 1.0


@pytest.mark.parametrize(
    ("question", "word"),
    [("느티나무 사업 도비는 얼마인가요?", "도비"), ("7급 연봉은 얼마인가요?", "7급")],
)
def test_a_word_of_one_letter_parts_counts_as_a_whole(question: str, word: str) -> None:
    asked = analyse(question)
    wording = Wording(asked, wants_of(asked), lambda _term: 2.0, lambda _term: False)
    assert word in {one.text for one in wording.words}
    assert wording.rest(word) == 0.0


def test_a_span_of_time_weighs_little() -> None:
    asked = analyse("느티나무 회원은 1년 회비가 얼마인가요?")
    wording = Wording(asked, wants_of(asked), lambda _term: 2.0, lambda _term: True)
    weights = {one.text: one.weight for one in wording.words}
    assert weights["1년"] == 1.0 < weights["회비"]


def test_a_reading_of_a_passage_is_made_once() -> None:
    index = seek("느티나무는요?", NOTICE).place.index
    for row, passage in enumerate(index.passages):
        held = index.reading(row)
        assert held is index.reading(row)
        made = read(index.document_of(passage).text, passage.span, passage.joins)
        assert (held.text, list(held.offsets)) == (made.text, list(made.offsets))
