"""How near a question's words stand to a value, by the definition and by properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import korean
from rag.index.encoder import MorphemeEncoder
from rag.proximity import is_verb, names_of, nearness, rarest_missing, said, stem
from rag.question.analysis import analyse
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


def test_stems_and_verbs() -> None:
    assert [stem(word) for word in ("줄이다", "보다", "다", "매출")] == [
        "줄이",
        "보다",
        "다",
        "매출",
    ]
    assert [is_verb(word) for word in ("줄이다", "보다", "다", "매출")] == [
        True,
        True,
        False,
        False,
    ]


def test_verbs_are_met_without_their_ending() -> None:
    assert names_of(asked(Term("줄이다"))) == {"줄이다": [("줄이", 1.0)]}
    assert nearness(asked(Term("줄이다")), even, "배출을 줄이며 7.7%", "줄이", "") == 1.0


def test_a_word_is_as_near_as_its_nearest_name() -> None:
    question = asked(Term("탄소"), Term("매상", 0.3, "synonym", ("탄소",)))
    far = "탄소 " + "가" * 120 + " 매상 7.7%"
    # The word itself counts whole but is far; the other name stands beside the value.
    assert nearness(question, even, far, "7.7%", "") == pytest.approx(0.5)
    assert nearness(question, even, "매상 7.7%", "7.7%", "탄소") == 0.6
    assert nearness(question, even, "7.7%", "7.7%", "매상") == pytest.approx(0.3)
    # No other name counts for more than the word.
    assert names_of(asked(Term("탄소"), Term("매상", 0.9, "synonym", ("탄소",)))) == {
        "탄소": [("탄소", 1.0), ("매상", 1.0)]
    }


def test_a_term_counts_by_its_weight() -> None:
    question = asked(Term("매출"), Term("수출", 0.5))
    assert nearness(question, even, "매출 7.7%", "7.7%", "") == pytest.approx(1 / 1.5)


def test_a_word_without_letters_is_met_nowhere() -> None:
    assert names_of(asked(Term(" "))) == {" ": []}
    assert nearness(asked(Term(" ")), even, "매출 7%", "7%", "매출") == 0.0


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


class Alike(Words):
    """Words of a text of which any other is as like as is said here."""

    def __init__(self, likeness: float) -> None:
        super().__init__(ENCODER, "")
        self._likeness = likeness

    def met(self, word: str) -> float:
        return self._likeness


@pytest.mark.parametrize(
    ("terms", "rare", "text", "likeness", "missing"),
    [
        ((Term("탄소"),), {}, "철강 금리", 0.0, 1.0),
        ((Term("탄소"),), {}, "철강 금리", 0.75, 0.25),
        ((Term("탄소"),), {}, "탄소 금리", 0.0, 0.0),
        # Another name counts as far as it is one, or as far as any word there is alike.
        ((Term("탄소"), Term("카본", 0.3, "synonym", ("탄소",))), {}, "카본 금리", 0.0, 0.5),
        ((Term("탄소"), Term("카본", 0.48, "synonym", ("탄소",))), {}, "카본 금리", 0.9, 0.1),
        ((Term("탄소"), Term("카본", 0.48, "synonym", ("탄소",))), {}, "카본 금리", 0.5, 0.2),
        # The best of the names that stand there counts, and the word itself most.
        ((Term("탄소"), Term("카본", 0.3, "synonym", ("탄소",))), {}, "카본, 탄소", 0.0, 0.0),
        # Rarity is measured against that of a word never seen, of which nothing is rarer.
        ((Term("탄소"),), {"탄소": 1.0, "": 4.0}, "철강", 0.0, 0.25),
        ((Term("탄소", 0.5),), {"탄소": 2.0, "": 4.0}, "철강", 0.0, 0.25),
        ((Term("탄소"),), {"탄소": 8.0, "": 4.0}, "철강", 0.0, 1.0),
        # The rarest counts, in whatever order they are asked; verbs do not.
        ((Term("탄소"), Term("철강")), {"탄소": 1.0, "철강": 3.0, "": 4.0}, "", 0.0, 0.75),
        ((Term("철강"), Term("탄소")), {"탄소": 1.0, "철강": 3.0, "": 4.0}, "", 0.0, 0.75),
        ((Term("줄이다"),), {}, "철강 금리", 0.0, 0.0),
        ((Term(" "),), {}, "철강 금리", 0.0, 0.0),
        ((), {}, "철강 금리", 0.0, 0.0),
    ],
)
def test_how_rare_the_rarest_missing_word_is(
    terms: tuple[Term, ...], rare: dict[str, float], text: str, likeness: float, missing: float
) -> None:
    def rarity(term: str) -> float:
        return rare.get(term, 4.0)

    found = rarest_missing(asked(*terms), rarity, Alike(likeness), text)
    assert found == pytest.approx(missing)


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
    assert said(question, ("한도", "대출금리"), "이율, 이자") == 1.0  # the best name of any part
    strong = asked(Term("금리"), Term("이율", 0.9, "synonym", ("금리",)))
    assert said(strong, ("금리",), "이율은 연 2%") == 1.0
