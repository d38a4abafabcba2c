"""What speaks for a candidate and what against it, one signal at a time. How much each weighs is
fitted (weights.tsv) and not told here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.facts import Fact, Form
from rag.finding import FINDERS, Candidate, Context
from rag.finding.fitting import fitting, typed
from rag.finding.scoring import FAMILIES, Scorer
from rag.finding.wording import Wording
from rag.question.analysis import analyse
from rag.question.wants import wants_of
from rag.types import Span

BARE = Context("", "", "", "", "")


def scorer(question: str) -> Scorer:
    asked = analyse(question)
    wants = wants_of(asked)
    return Scorer(asked, Wording(asked, wants, lambda _term: 2.0, lambda _term: False), wants)


def sort(question: str, text: str, unit: str = "") -> float:
    asked = analyse(question)
    return typed(asked, wants_of(asked), text, unit)


def candidate(value: str, origin: str = "prose", **said: Any) -> Candidate:
    """A value with what is said of it; ``unit``, ``items`` and ``fact`` are its own."""
    own = {name: said.pop(name) for name in ("unit", "items", "fact") if name in said}
    span = Span(0, len(value))
    return Candidate(0, span, value, span, replace(BARE, **said), origin=origin, **own)


def signal(name: str, question: str, value: str, origin: str = "prose", **said: Any) -> float:
    one = candidate(value, origin, **said)
    scorer(question).score(one, rank=0.5, home=0.5)
    return one.signals[name]


def fact(attribute: str, value: str, form: Form = Form.LABEL) -> Fact:
    cell = (1, 1) if form is Form.CELL else None
    return Fact(form, (), attribute, value, Span(0, len(value)), 0, cell=cell)


HOW_MUCH = "융자 한도는 얼마인가요?"


@pytest.mark.parametrize(
    ("question", "best", "worst"),
    [
        # "얼마" asks for money sooner than for a share, and for that sooner than for a count.
        ("얼마인가요?", "30억원", "30%"),
        ("얼마인가요?", "30%", "30명"),
        ("얼마인가요?", "30명", "서울"),
        ("몇 퍼센트인가요?", "30%", "30억원"),
        ("몇 명인가요?", "30명", "30개사"),
        ("몇 사람인가요?", "30명", "30개사"),
        ("언제인가요?", "2021년 3월 8일", "30억원"),
        ("언제까지인가요?", "공고일부터 14일 이내", "한빛회관"),
        ("얼마인가요?", "무료", "서울"),  # said in words
        ("언제인가요?", "연중 상시", "서울"),
        ("전화번호가 뭐예요?", "02-123-4567", "help@example.go.kr"),
        ("주소가 어디예요?", "서울특별시 중구 세종대로 110", "www.example.go.kr"),
        ("이메일 주소가 뭐예요?", "help@example.go.kr", "02-123-4567"),
        ("홈페이지 주소가 뭐예요?", "www.example.go.kr", "02-123-4567"),
        ("점수는 몇 점인가요?", "19점", "100점 만점"),  # the scale of a score is no score
    ],
)
def test_a_value_of_the_wanted_sort(question: str, best: str, worst: str) -> None:
    assert sort(question, best) > sort(question, worst)


@pytest.mark.parametrize(
    ("question", "value", "best", "worst"),
    [
        ("예산은 얼마인가요?", "3", "억원", "위"),
        ("몇 퍼센트인가요?", "3.2", "%", "억원"),
        ("몇 퍼센트인가요?", "3.2", "억원, %", "억원"),
        ("몇 명인가요?", "1,200", "명", "억원"),
    ],
)
def test_a_bare_number_is_of_its_unit(question: str, value: str, best: str, worst: str) -> None:
    assert sort(question, value, best) > sort(question, value, worst)


def test_where_words_answer_every_text_is_of_the_wanted_sort() -> None:
    assert sort("누가 신청하나요?", "소상공인") == 1.0
    assert sort("누가 신청하나요?", "30억원") == 1.0


NOTICE = (
    "2024. 3. 11.부터 15일 이내에 업체당 최대 500만원(자부담 30%)을 120개사, 350명에게 지원한다."
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("지원 금액이 얼마인가요?", ["최대 500만원"]),
        ("자부담 비율은 얼마인가요?", ["30%"]),
        ("몇 군데를 지원하나요?", ["120개사"]),
        ("몇 명을 지원하나요?", ["350명"]),
        ("며칠 안에 내야 하나요?", ["15일 이내"]),
        ("언제부터인가요?", ["2024. 3. 11.부터"]),
        ("누가 신청하나요?", []),
    ],
)
def test_the_values_that_fit(question: str, expected: list[str]) -> None:
    assert [v.text for v in fitting(wants_of(analyse(question)), NOTICE)] == expected


CHOICES: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    # Signal, question, and two candidates of which it sets the first above the second.
    ("edge", "신청은 언제까지인가요?", {"value": "5월 2일까지"}, {"value": "3월 2일부터"}),
    ("edge", "신청은 언제까지인가요?", {"value": "5월 2일", "after": "에 마감한다"}, {"value": "3월 2일"}),
    ("edge", "신청은 언제부터인가요?", {"value": "3월 2일부터"}, {"value": "5월 2일까지"}),
    ("edge", "융자는 최대 얼마인가요?", {"value": "5억원 이하"}, {"value": "1억원 이상"}),
    ("edge", "신청은 언제까지인가요?", {"value": "3월 2일 ~ 5월 2일"}, {"value": "3월 2일부터"}),
    ("period", "2021년 예산은?", {"value": "9억원", "own": "2021년"}, {"value": "9억원"}),
    ("period", "2021년 예산은?", {"value": "9억원"}, {"value": "9억원", "own": "2020년"}),
    ("period", "2021년 예산은?", {"value": "9억원", "near": "'21년"}, {"value": "9억원", "path": "'21년"}),
    # The nearest that tells a year decides.
    ("period", "2021년 예산은?", {"value": "9억원", "own": "2021년", "title": "2020년 안내"},
     {"value": "9억원", "own": "2020년", "title": "2021년 안내"}),
    ("period", "3분기 수출은?", {"value": "9억원", "own": "3분기"}, {"value": "9억원", "own": "2분기"}),
    ("total", "예산은 모두 얼마인가요?", {"value": "9", "total": True}, {"value": "9"}),
    ("total", "교육 예산은 얼마인가요?", {"value": "9"}, {"value": "9", "total": True}),
    ("second", "증가율은 몇 퍼센트인가요?", {"value": "6.0", "origin": "pair", "second": True},
     {"value": "621", "origin": "pair"}),
    ("second", "예산은 얼마인가요?", {"value": "621", "origin": "pair"},
     {"value": "6.0", "origin": "pair", "second": True}),
    ("particle", "한도는 얼마로 올랐나요?", {"value": "7억원", "after": "으로 상향"},
     {"value": "5억원", "after": "에서 "}),
    ("reached", "한도는 얼마로 올랐나요?", {"value": "7억원", "reached": True},
     {"value": "5억원", "reached": False}),
    ("reached", "한도는 원래 얼마였나요?", {"value": "5억원", "reached": False},
     {"value": "7억원", "reached": True}),
    ("echo", "한빛재단은 누가 세웠나요?", {"value": "한빛재단"}, {"value": "김하늘"}),
    ("foreign", "누가 신청하나요?", {"value": "30억원"}, {"value": "소상공인"}),
    ("foreign", "어떤 제품인가요?", {"value": "1,204"}, {"value": "손소독제"}),
    ("vague", "공고는 언제 했나요?", {"value": "2021년"}, {"value": "2021년 3월 8일"}),
    ("sorted", "어느 도서관에서 하나요?", {"value": "한빛도서관"}, {"value": "한빛회관"}),
    ("sorted", "어느 지역에서 하나요?", {"value": "가람", "sort": "지역"}, {"value": "가람"}),
    ("changed", "예산은 얼마나 늘었나요?", {"value": "9억원", "attribute": "증가액"}, {"value": "9억원"}),
    ("changed", "성장률은 얼마나 올랐나요?", {"value": "+0.4"}, {"value": "2.4"}),
    ("blank", HOW_MUCH, {"value": "-"}, {"value": "5억원"}),
    ("proviso", HOW_MUCH, {"value": "2억원", "proviso": True, "own": "공동주택"}, {"value": "2억원"}),
    ("revised", "접수 마감은 언제인가요?", {"value": "5월 2일", "attribute": "변경 후"},
     {"value": "4월 2일", "attribute": "변경 전"}),
    ("aspect", "누가 신청할 수 있나요?", {"value": "소상공인", "attribute": "신청자격"},
     {"value": "유흥업", "attribute": "제외대상"}),
    ("aspect", "누가 신청할 수 있나요?", {"value": "소상공인", "attribute": "신청자격"},
     {"value": "시청", "attribute": "접수처"}),
    ("list", "지원 업종을 모두 알려 주세요", {"value": "쌀; 콩", "items": ("쌀", "콩")}, {"value": "쌀"}),
    ("list", "지원 업종 두 가지는 무엇인가요?", {"value": "쌀; 콩", "items": ("쌀", "콩")},
     {"value": "쌀; 콩; 밀", "items": ("쌀", "콩", "밀")}),
    ("event", "제도는 언제 시행되나요?", {"value": "5월", "own": "시행"}, {"value": "3월", "own": "공포"}),
    ("named", HOW_MUCH, {"value": "5억원", "attribute": "한도"}, {"value": "5억원", "attribute": "금리"}),
    ("cover", HOW_MUCH, {"value": "5억원", "path": "융자"}, {"value": "5억원"}),
    ("cover", HOW_MUCH, {"value": "5억원", "own": "융자"}, {"value": "5억원", "title": "융자"}),
    ("cover", HOW_MUCH, {"value": "5억원", "near": "융자"}, {"value": "5억원", "around": "융자"}),
    ("elsewhere", HOW_MUCH, {"value": "5억원", "headers": "융자 | 보증"},
     {"value": "5억원", "headers": "융자 | 보증", "own": "융자"}),
    ("rest", HOW_MUCH, {"value": "5억원", "own": "상환 기간"}, {"value": "5억원", "own": "융자"}),
)  # fmt: skip


@pytest.mark.parametrize(("name", "question", "more", "less"), CHOICES)
def test_a_signal_sets_one_above_another(
    name: str, question: str, more: dict[str, Any], less: dict[str, Any]
) -> None:
    assert signal(name, question, **more) > signal(name, question, **less)


@pytest.mark.parametrize(
    ("name", "question", "value"),
    [
        ("edge", "예산은 얼마인가요?", "5억원 이하"),
        ("period", "예산은 얼마인가요?", "2021년 9억원"),
        ("particle", HOW_MUCH, "5억원"),
        ("reached", HOW_MUCH, "5억원"),
        ("foreign", HOW_MUCH, "5억원"),
        ("vague", "설립은 몇 년인가요?", "2021년"),
        ("changed", HOW_MUCH, "+5억원"),
        ("list", HOW_MUCH, "5억원; 3억원"),
    ],
)
def test_a_signal_that_the_question_does_not_ask_for_says_nothing(
    name: str, question: str, value: str
) -> None:
    assert signal(name, question, value, items=("5억원", "3억원")) == 0.0


def test_a_label_that_says_no_more_than_the_question_is_met() -> None:
    value = "5억원"
    full = {"attribute": "융자 한도", "fact": fact("융자 한도", value)}
    other = {"attribute": "융자 상환 한도", "fact": fact("융자 상환 한도", value)}
    assert signal("exact", HOW_MUCH, value, "label", **full) == 1.0
    assert signal("exact", HOW_MUCH, value, "label", **other) == 0.0
    # A cell's row must be said as well.
    cell = {"attribute": "한도", "fact": fact("한도", value, Form.CELL)}
    assert signal("exact", HOW_MUCH, value, "cell", own="융자", **cell) == 1.0
    assert signal("exact", HOW_MUCH, value, "cell", own="보증", **cell) == 0.0


def test_the_score_is_the_weighted_sum_of_the_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = {"rank": 2.0, "home": -3.0, "typed": 4.0, "prose": 1.0, "amount:prose": 0.5}
    monkeypatch.setattr("rag.finding.scoring.weights", lambda *_names: weights)
    one = candidate("5억원")
    assert scorer(HOW_MUCH).score(one, rank=0.5, home=0.1) == one.score
    assert one.score == pytest.approx(2.0 * 0.5 - 3.0 * 0.1 + 4.0 + 1.0 + 0.5)


def test_what_tells_no_name_is_lowered_where_one_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rag.finding.scoring.weights", lambda *_names: {"nameless": -5.0})
    told = scorer("사업을 맡은 기관은 어디인가요?")
    for value, lowered in (("한빛진흥원", 0.0), ("지원한다", -5.0)):
        one = candidate(value, "label")
        told.score(one, 0.5, 0.5)
        before = one.score
        told.name(one)
        assert one.score - before == lowered


def test_for_each_word_is_told_how_well_it_is_said() -> None:
    one = candidate("5억원", attribute="한도", path="보증")
    told = scorer("융자 한도는 얼마인가요?")
    told.score(one, 0.5, 0.5)
    assert one.told == (0.0, 1.0)


def test_every_finder_tells_origins_that_are_weighed() -> None:
    # A candidate of an unknown origin would stop the search.
    assert len(FINDERS) == len(set(FINDERS)) == 7
    origins = "cell pair row extreme filter group label inside definition class prose note"
    assert set(FAMILIES) >= {
        *origins.split(),
        *"phrase clause predicate short list".split(),
    }


@given(
    st.sampled_from(["cell", "row", "label", "prose", "phrase", "list"]),
    st.text("5억원2021년 3월한도융자까지부터-%() ", max_size=16),
    st.text("한도융자금리 전체소계2021년", max_size=12),
    st.sampled_from([HOW_MUCH, "언제까지인가요?", "누가 하나요?", "무엇을 모두 지원하나요?"]),
)
def test_signals_stay_within_one(origin: str, value: str, said: str, question: str) -> None:
    one = candidate(value, origin, attribute=said, own=said[::-1], near=said, around=said)
    scorer(question).score(one, 1.0, 1.0)
    assert all(-1.0 <= x <= 1.0 + 1e-9 for x in one.signals.values())
    assert all(0.0 <= x <= 1.0 for x in one.told)
