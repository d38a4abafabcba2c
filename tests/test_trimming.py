"""The ends of facts: what is taken off, what stays, and that a slice stays a slice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.sentences import MARKER, trimmed


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
        ("융자 -", "융자"),
        ("융자 ㅇ", "융자"),
        ("융자①", "융자"),
        ("⑴ 융자", "융자"),
        ("*** 융자", "융자"),
        ("② ③ 융자", "융자"),
        (", 융자", "융자"),
        ("; 융자", "융자"),
        (": 융자", "융자"),
        ("융자 안내)", "융자 안내"),
        ("다섯 1234)", "다섯 1234"),
        ("(가))", "(가)"),
        ("((가)", "(가)"),
        ("「융자", "융자"),
        ("융자』", "융자"),
        ("융자(", "융자"),
        ("· 융자 ·", "융자"),
    ],
)
def test_stray_marks_at_the_ends_go(words: str, wanted: str) -> None:
    assert cut(words, words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "△3.4%", "-0.6%p", "+1.4", "'22년", "‘20년", "99달러(약 11만원)", "2023. 1. 13", "1) 개요", "(042) 860-6114",
        "우지환(2018)14)에 따르면", "「산업융합 촉진법」", "C-V2X", "3.5~5.0%", "‘등대공장’", "(주)한빛", "5,000만원 ↑",
        "참고 1)", "2)", "우지환(2018)14)", "’22년",
        "ㅇㅇ시", "-5%", ",000", "[필수] 융자", "((가))", "융자(안내", "23) 융자", "융자*",
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


@pytest.mark.parametrize("words", ["•", "- ", "①②", "()", "( )", "「」", "", "  ", ")", ", :"])
def test_where_nothing_would_be_left_the_range_stays(words: str) -> None:
    text = f"앞{words}뒤"
    assert trimmed(text, 1, 1 + len(words)) == (1, 1 + len(words))


def test_a_mark_inside_the_text_around_it_is_not_looked_at() -> None:
    # The bracket that closes it stands in the text and not in the range: it has no partner.
    assert cut("융자(안내) 한도", "(안내") == "(안내)"
    assert cut("융자(안내 등) 한도", "(안내") == "안내"
    assert cut("융자 (안내) 한도", "안내)") == "안내"


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("• 융자", "• "),
        ("  - 융자", "  - "),
        ("- • 융자", "- • "),
        ("** 융자", "** "),
        ("※ 융자", "※ "),
        ("ㅇ 융자", "ㅇ "),
        ("-5%", None),
        ("융자 - 보증", None),
        ("**융자**", None),
        ("1) 융자", None),
    ],
)
def test_the_bullets_that_a_line_begins_with(line: str, marker: str | None) -> None:
    found = MARKER.match(line)
    assert (found.group() if found else None) == marker
