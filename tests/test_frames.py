"""Words that frame a question: told by hand which are, and that the table is well formed."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.turns import frames_of


@pytest.mark.parametrize(
    "term",
    ["얼마", "언제", "누구", "몇", "어떤", "무엇", "받다", "하다", "사업", "지원", "최대", "가장"],
)
def test_words_that_stand_in_any_passage_frame_a_question(term: str) -> None:
    assert frames_of(term) == "frame"


@pytest.mark.parametrize("term", ["기간", "금액", "날짜", "비율", "이유", "방법", "장소", "종류"])
def test_words_for_the_sort_of_what_is_wanted_are_told_apart(term: str) -> None:
    assert frames_of(term) == "sort"


@pytest.mark.parametrize(
    "term",
    ["융자", "전통시장", "보조율", "물류비", "신청", "마감", "도서관", "ETRI", "", "얼마나큰"],
)
def test_words_that_tell_of_a_matter_frame_nothing(term: str) -> None:
    assert frames_of(term) == ""


def test_each_word_of_the_table_stands_there_once_without_blanks() -> None:
    rows = files("rag.question").joinpath("frames.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    assert [sort for sort, _words in parts] == ["frame", "sort"]
    words = [word for _sort, listed in parts for word in listed.split(",")]
    assert len(words) == len(set(words))
    assert all(word and word == word.strip() for word in words)


@given(st.text(max_size=8))
def test_any_term_frames_in_one_of_two_ways_or_not(term: str) -> None:
    assert frames_of(term) in ("frame", "sort", "")
