"""The ends of facts: what is taken off, what stays, and that a slice stays a slice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.clauses import find_clause
from rag.fact import _one_line
from rag.question.analysis import analyse
from rag.reading.trimming import trimmed


def cut(text: str, words: str) -> str:
    start = text.index(words)
    return text[slice(*trimmed(text, start, start + len(words)))]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("③ 융합 생태계 조성(18,080억원)", "융합 생태계 조성(18,080억원)"),
        ("• 비대면 컨설팅 사업 모델 개발", "비대면 컨설팅 사업 모델 개발"),
        ("- (스마트공장) '22년까지 70% 보급", "(스마트공장) '22년까지 70% 보급"),
        ("종합 발전전략 I. 수립 배경 ◆", "종합 발전전략 I. 수립 배경"),
        ("구축비용, 연계 장벽, 부담 등을 ", "구축비용, 연계 장벽, 부담 등을"),
        ("지원 대상:", "지원 대상"),
        ("첫째, 둘째,", "첫째, 둘째"),
        ("한도)", "한도"),
        ("한도(", "한도"),
        ("”기업당 3천만원", "기업당 3천만원"),
        ("(기업당 3천만원", "기업당 3천만원"),
        ("(• 융자", "융자"),
    ],
)
def test_stray_marks_at_the_ends_go(words: str, wanted: str) -> None:
    assert cut(words, words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "△3.4%", "-0.6%p", "+1.4", "'22년", "‘20년", "99달러(약 11만원)", "2023. 1. 13", "1) 개요", "(042) 860-6114",
        "우지환(2018)14)에 따르면", "「산업융합 촉진법」", "C-V2X", "3.5~5.0%", "‘등대공장’", "(주)한빛", "5,000만원 ↑",
    ],
)  # fmt: skip
def test_marks_that_say_something_stay(words: str) -> None:
    assert cut(words, words) == words


def test_a_quotation_mark_right_behind_the_fact_closes_it() -> None:
    text = "2018년부터 ‘등대공장(Lighthouse Factory)’ 사례를 든다"
    assert cut(text, "‘등대공장(Lighthouse Factory)") == "‘등대공장(Lighthouse Factory)’"
    # One that stands further on does not: the words before it were not chosen.
    text = "출처 “12대 국가전략기술, 기술주권 책임진다”"
    assert cut(text, "출처 “12대 국가전략기술") == "출처 “12대 국가전략기술"


@given(st.text(alphabet="가나12() ‘’“”•-,:③*「」'", max_size=24), st.data())
def test_a_slice_stays_a_slice_and_a_second_time_changes_nothing(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = trimmed(text, start, end)
    assert start <= first <= last <= min(end + 3, len(text))
    assert trimmed(text, first, last) == (first, last)
    if any(c.isalnum() for c in text[start:end].replace("③", "")):
        kept = text[first:last]
        letters = [c for c in text[start:end] if c in "가나12"]
        assert [c for c in kept if c in "가나12"] == letters


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("성장률 5.6% 전망 - (미국) 대규모 추가부양책 시행", "(미국) 대규모 추가부양책 시행"),
        ("개념 > ◇ 손상된 조직을 되살리는 기술", "손상된 조직을 되살리는 기술"),
        ("확대 - * 아기유니콘", "아기유니콘"),
        ("C-V2X 단일 표준", "C-V2X 단일 표준"),
        ("△개체명 인식 △관계 추출", "△개체명 인식 △관계 추출"),
    ],
)
def test_a_stretch_does_not_run_over_a_bullet(text: str, wanted: str) -> None:
    start, end = _one_line(text, 0, len(text))
    assert text[start:end].strip() == wanted


def test_an_adverb_that_sounds_like_because_is_no_reason() -> None:
    question = analyse("표준을 왜 정했나요?")
    assert find_clause(question, "우리나라도 표준을 정하고 조기에 산업을 키워야 한다", []) is None
    text = "수요가 늘었기에 표준을 정한다"
    found = find_clause(question, text, [])
    assert found is not None and text[slice(*found)] == "수요가 늘었기에"
