"""Phrases that can be an answer, from sentences taken apart by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import korean
from rag.phrases import clause_cuts, is_name, phrases, sentence_cuts
from rag.reading.values import values


def texts(text: str) -> list[str]:
    found = phrases(text, korean.morphemes(text), values(text))
    return [text[p.start : p.end] for p in found]


def test_a_phrase_stands_without_its_particle() -> None:
    assert "장영실" in texts("장영실이 물시계를 만들었다.")
    assert "물시계" in texts("장영실이 물시계를 만들었다.")
    assert "물시계를" not in texts("장영실이 물시계를 만들었다.")


def test_a_run_of_nouns_is_offered_whole_and_in_parts() -> None:
    found = texts("서울 시립 미술관에서 전시를 연다.")
    assert {"서울 시립 미술관", "시립 미술관", "미술관", "서울"} <= set(found)


@pytest.mark.parametrize("tie", ["의", "와", "과"])
def test_a_particle_ties_two_nouns(tie: str) -> None:
    left = "제품" if tie != "와" else "학교"
    assert f"{left}{tie} 품질" in texts(f"{left}{tie} 품질을 살핀다.")


def test_what_stands_in_quotation_marks_is_a_phrase_with_all_its_particles() -> None:
    text = "감독은 영화 ‘바람과 함께 사라지다’를 찍었다."
    found = phrases(text, korean.morphemes(text), [])
    quoted = [text[p.start : p.end] for p in found if p.quoted]
    assert quoted == ["바람과 함께 사라지다"]


def test_a_value_is_a_phrase() -> None:
    text = "회사는 2021년 3월 5일에 30억원을 냈다."
    found = phrases(text, korean.morphemes(text), values(text))
    assert {text[p.start : p.end] for p in found if p.value} == {"2021년 3월 5일", "30억원"}


def test_a_name_keeps_its_legal_form() -> None:
    assert "법무법인(유) 세종" in texts("출처 : 법무법인(유) 세종(2023.06.29.) 자료")


def test_names_are_proper_or_end_like_one() -> None:
    text = "한국은행은 지난 회의에서 정도를 정했다."
    inside = korean.morphemes(text)
    named = {text[p.start : p.end] for p in phrases(text, inside, []) if is_name(text, inside, p)}
    assert "한국은행" in named
    assert not named & {"회의", "정도"}


def test_cuts() -> None:
    text = "값을 올렸다. 그래서 손님이 줄었고 가게를 닫았다."
    assert sentence_cuts(text) == [0, text.index("그래서"), len(text)]
    assert text.index("가게를") in clause_cuts(text, korean.morphemes(text))
    assert text.index("손님이") not in clause_cuts(text, korean.morphemes(text))


@given(st.text(alphabet="가나다 은는의,.()‘’12A-", max_size=40))
def test_ranges_lie_in_the_text_once_each_and_in_order(text: str) -> None:
    found = phrases(text, korean.morphemes(text), values(text))
    ranges = [(p.start, p.end) for p in found]
    assert ranges == sorted(set(ranges))
    for start, end in ranges:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
