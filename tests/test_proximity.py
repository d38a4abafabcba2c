"""How near a question's words stand to a value, by the definition and by properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import korean
from rag.encoder import MorphemeEncoder
from rag.proximity import names_of, nearness, rarest_missing, said
from rag.question import analyse
from rag.types import Question, QuestionKind, Term
from rag.wording import Words

TEXTS = ["탄소섬유 대출의 금리", "탄소섬유 융자의 금리", "업체의 대출 금리"]
ENCODER = MorphemeEncoder.fit([korean.terms(text) for text in TEXTS])


def asked(*terms: Term) -> Question:
    return Question("", "", QuestionKind.AMOUNT, terms)


def even(_term: str) -> float:
    return 1.0


def test_a_word_counts_by_its_distance_from_the_value() -> None:
    question = asked(Term("매출"))
    text = "매출 7.7% 증가"
    assert nearness(question, even, text, "7.7%", "") == 1.0  # nothing between but a blank
    far = "매출 " + "가" * 30 + " 7.7%"
    assert nearness(question, even, far, "7.7%", "") == pytest.approx(math.exp(-30 / 60))
    behind = "7.7% " + "가" * 30 + " 매출"
    assert nearness(question, even, behind, "7.7%", "") == pytest.approx(math.exp(-30 / 60))
    assert nearness(question, even, text, "매출 7.7%", "") == 1.0


def test_of_several_places_the_nearest_counts() -> None:
    text = "매출 " + "가" * 50 + " 매출 7.7%"
    assert nearness(asked(Term("매출")), even, text, "7.7%", "") == 1.0


def test_headings_and_texts_without_a_value_count_less() -> None:
    question = asked(Term("매출"))
    assert nearness(question, even, "7.7% 증가", "7.7%", "매출 동향") == 0.6
    assert nearness(question, even, "매출이 늘었다", "", "") == 0.5
    assert nearness(question, even, "이익이 늘었다", "", "") == 0.0
    assert nearness(asked(), even, "이익이 늘었다", "", "") == 1.0


def test_words_weigh_by_their_rarity_and_other_names_by_their_likeness() -> None:
    question = asked(Term("매출"), Term("탄소"), Term("매상", 0.3, "synonym", ("탄소",)))
    rarity = {"매출": 1.0, "탄소": 3.0}.__getitem__
    assert nearness(question, rarity, "매출 7.7%", "7.7%", "") == pytest.approx(1 / 4)
    assert nearness(question, rarity, "매상 7.7%", "7.7%", "") == pytest.approx(0.5 * 3 / 4)


def test_verbs_are_met_without_their_ending() -> None:
    assert names_of(asked(Term("줄이다"))) == {"줄이다": [("줄이", 1.0)]}
    assert nearness(asked(Term("줄이다")), even, "배출을 줄이며 7.7%", "줄이", "") == 1.0


@given(st.text("가나다라 ", max_size=40), st.sampled_from(["가", "나다", "라라", ""]))
def test_nearness_is_a_share_and_headings_never_lower_it(text: str, value: str) -> None:
    question = asked(Term("가나"), Term("다라", 0.5))
    bare = nearness(question, even, text, value, "")
    assert 0.0 <= bare <= 1.0
    assert nearness(question, even, text, value, "가나 다라") >= bare


def missing(question: str, text: str, rare: dict[str, float]) -> float:
    def rarity(term: str) -> float:
        return rare.get(term, 4.0)

    return rarest_missing(analyse(question), rarity, Words(ENCODER, text), text)


def test_the_rarest_word_that_is_missing() -> None:
    question = "탄소섬유 대출 금리는?"
    assert missing(question, "탄소섬유 대출의 금리", {}) == 0.0
    # Another name is nearly as good.
    assert missing(question, "탄소섬유 융자의 금리", {}) < 0.5
    assert missing(question, "업체의 대출 금리", {}) > 0.5
    # What is common is missed less.
    assert missing(question, "업체의 대출 금리", {"탄소": 0.4, "섬유": 0.4, "탄소섬유": 0.4}) < 0.2


def test_another_name_of_what_is_wanted_is_said() -> None:
    question = asked(
        Term("금리"),
        Term("이율", 0.6, "synonym", ("금리",)),
        Term("이자", 0.3, "synonym", ("금리",)),
    )
    assert said(question, ("금리",), "이율은 연 2%") == 1.0
    assert said(question, ("금리",), "이자는 연 2%") == 0.5
    assert said(question, ("금리",), "한도는 2억원") == 0.0
    assert said(question, ("한도",), "이율은 연 2%") == 0.0
