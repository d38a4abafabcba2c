"""Words that stand in for others, with vectors made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from rag import korean
from rag.fact import find_fact, find_marks
from rag.index.encoder import MorphemeEncoder
from rag.likeness import stand_ins, vectors_of
from rag.question.analysis import analyse
from rag.types import Question, QuestionKind, Term

# 창립 and 설립 mean the same, 이전 is a little like them, all else is unlike.
MEANING = {
    "창립": (1.0, 0.0),
    "설립": (0.95, 0.05),
    "이전": (0.3, 0.7),
    "세우다": (1.0, 0.0),
    "founding": (1.0, 0.0),
    "부터": (1.0, 0.0),
}


def vectors(terms: Sequence[str]) -> NDArray[np.float32]:
    rows = []
    for term in terms:
        row = np.zeros(3 + 300)
        if term in MEANING:
            row[:2] = MEANING[term]
        else:
            row[3 + sum(map(ord, term)) % 300] = 1.0
        rows.append(row / np.linalg.norm(row))
    return np.array(rows, dtype=np.float32)


def like(question: str, text: str) -> dict[str, float]:
    asked = analyse(question)
    met = {term for *_place, term in find_marks(asked, text)}
    found = stand_ins(asked, korean.morphemes(text), met, vectors)
    return {text[start:end]: alike for start, end, alike in found}


def test_a_word_that_means_the_same_stands_in() -> None:
    found = like("누리사를 창립한 사람은?", "누리사는 김하늘이 설립했다.")
    assert found == {"설립": 1.0}


def test_a_word_that_is_a_little_alike_counts_by_its_cosine() -> None:
    found = like("누리사를 창립한 사람은?", "누리사는 대전으로 이전했다.")
    cosine = 0.3 / np.hypot(0.3, 0.7)
    assert found["이전"] == pytest.approx((cosine - 0.15) / 0.35, abs=1e-6)


def test_verbs_and_foreign_words_stand_in_in_their_order_and_particles_do_not() -> None:
    text = "Founding 이후 김하늘부터 이어진 누리사는 세웠다가 설립했다."
    found = like("누리사를 창립한 사람은?", text)
    assert list(found.items()) == [("Founding", 1.0), ("세웠", 1.0), ("설립", 1.0)]


def test_nothing_stands_in_for_a_word_that_is_there() -> None:
    assert like("누리사를 창립한 사람은?", "누리사는 김하늘이 창립하고 박바다가 설립했다.") == {}
    assert like("창립", "김하늘이 창립하고 박바다가 설립했다.") == {}
    assert like("누리사를 창립한 사람은?", "12.5%.") == {}


def test_what_only_stands_for_a_word_misses_nothing() -> None:
    terms = (Term("매출"), Term("창립", 0.5, "synonym", ("매출",)))
    asked = Question("", "", QuestionKind.OTHER, terms)
    inside = korean.morphemes("박바다가 설립했다.")
    assert stand_ins(asked, inside, (), vectors) == []
    # Where what stands for it is there, the word itself is.
    terms = (Term("창립"), Term("개설", 0.5, "synonym", ("창립",)))
    asked = Question("", "", QuestionKind.OTHER, terms)
    assert stand_ins(asked, inside, ("개설",), vectors) == []
    assert [(m, n) for m, n, _ in stand_ins(asked, inside, (), vectors)] == [(5, 7)]


def test_without_vectors_nothing_stands_in() -> None:
    asked = analyse("누리사를 창립한 사람은?")
    assert stand_ins(asked, korean.morphemes("김하늘이 설립했다."), (), None) == []
    assert vectors_of(object()) is None  # type: ignore[arg-type]


def test_the_default_encoder_has_vectors_of_words() -> None:
    encoder = MorphemeEncoder.fit([["창립", "기업"], ["설립", "기업"], ["대출", "금리"]])
    own = vectors_of(encoder)
    assert own is not None
    rows = own(["창립", "설립", "금리"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_the_fact_stands_beside_the_word_that_stands_in() -> None:
    text = "김하늘은 대전에서 자랐고 누리사는 박바다가 설립했으며 이슬비는 그 벗이다."
    asked = analyse("누리사를 창립한 사람은 누구인가요?")
    found = find_fact(asked, text, vectors=vectors)
    assert found is not None
    assert text[slice(*found)] == "박바다"
