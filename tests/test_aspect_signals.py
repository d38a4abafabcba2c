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


def test_a_word_of_local_finance_is_no_particle_behind_a_noun() -> None:
    """Kiwi reads 도 as a particle across a blank: "운영에 도비는"."""
    words = {
        word.text
        for word in seek(
            "작은영화관 운영에 도비는 얼마예요?", "가람\n\n도비는 60억원이다.\n"
        ).asked.wording.words
    }
    assert "도비" in words


BUDGET = """문화 분야 예산

(단위: 백만원)

| 사업 | 국비 | 도비 | 시군비 |
|---|---|---|---|
| 작은영화관 운영 | 140 | 60 | 55 |
| 거리공연 | - | 75 | 25 |
| 고택 보수 | 610 | 230 | 20 |
"""


def test_a_blank_cell_is_told_as_blank_and_echoes_no_question() -> None:
    best = seek("거리공연 국비는 얼마예요?", BUDGET).best
    assert (best.value, best.signals["echo"], best.signals["blank"]) == ("-", 0.0, 1.0)
    assert seek("작은영화관 운영에 도비는 얼마 잡혀 있어요?", BUDGET).best.value == "60"


def test_a_letter_inside_another_word_is_not_asked_for_alone() -> None:
    sought = seek("2급지는 하루에 얼마예요?", "주차장 요금\n\n1급지 : 1,200원\n2급지 : 800원\n")
    assert "급" not in {word.text for word in sought.asked.wording.words}
    assert sought.best.value == "800원"


def test_who_may_apply_is_not_told_by_who_may_not() -> None:
    rule = (
        "방음벽 설치 지원 규정\n\n제3조(지원금) 설치비는 300만원까지 지원한다.\n"
        "제4조(신청) 50미터 안에 사는 사람은 누구나 신청할 수 있다. 다만, 최근 2년 안에 같은 지원을 받은 사람은 제외한다.\n"
    )
    best = seek("방음벽 지원은 누가 신청할 수 있나요?", rule).best
    assert not best.value.startswith("최근 2년")
