"""Which words an encoder takes to be like a word, against the cosines of their vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.index.encoder import MorphemeEncoder

CORPUS = [
    ["창립", "기업", "매출", "고용"],
    ["설립", "기업", "수출", "투자"],
    ["개설", "지점", "은행"],
    ["대출", "금리", "은행", "상환"],
    ["이자", "상환", "기간", "대출"],
    ["창립", "협회", "회장"],
]
WORDS = sorted({word for text in CORPUS for word in text})


@pytest.fixture(scope="module")
def encoder() -> MorphemeEncoder:
    return MorphemeEncoder.fit(CORPUS)


def cosines(encoder: MorphemeEncoder, word: str) -> dict[str, float]:
    own = encoder.term_vectors([word])[0]
    others = encoder.term_vectors(WORDS)
    return {
        other: float(own @ vector)
        for other, vector in zip(WORDS, others, strict=True)
        if other != word
    }


@settings(max_examples=60, deadline=None)
@given(
    asked=st.lists(st.sampled_from([*WORDS, "우주선", "신용", "창업"]), max_size=4),
    most=st.integers(1, 30),
)
def test_the_words_most_like_one_come_first_without_itself(
    encoder: MorphemeEncoder, asked: list[str], most: int
) -> None:
    found = encoder.alike(asked, most)
    assert len(found) == len(asked)
    for word, near in zip(asked, found, strict=True):
        expected = sorted(cosines(encoder, word).items(), key=lambda one: (-one[1], one[0]))
        assert word not in dict(near)
        assert len(near) == min(most, len(expected))
        assert [c for _w, c in near] == pytest.approx([c for _w, c in expected[:most]], abs=1e-5)
        known = dict(expected)
        assert all(c == pytest.approx(known[w], abs=1e-5) for w, c in near)
        assert near == sorted(near, key=lambda one: (-one[1], one[0]))
        assert all(-1.0001 <= c <= 1.0001 for _w, c in near)


def test_the_vectors_of_words_have_length_one(encoder: MorphemeEncoder) -> None:
    rows = encoder.term_vectors([*WORDS, "우주선"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_a_word_used_like_another_is_more_like_it(encoder: MorphemeEncoder) -> None:
    (near,) = encoder.alike(["창립"], len(WORDS))
    told = dict(near)
    assert told["설립"] > told["금리"]


def test_what_was_asked_before_makes_no_difference(encoder: MorphemeEncoder) -> None:
    for asked, most in ((["창립", "우주선"], 3), (["창립"], 1), (["우주선", "창업", "창립"], 3)):
        assert encoder.alike(asked, most) == MorphemeEncoder.fit(CORPUS).alike(asked, most)


def test_where_nothing_is_asked_or_known_nothing_is_like_it(encoder: MorphemeEncoder) -> None:
    assert encoder.alike([], 3) == []
    assert MorphemeEncoder.fit([[]]).alike(["창립", "설립"], 3) == [[], []]
