"""Where sentences and clauses of readable text begin, against hand-made cuts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.sentences import announces, clause_starts, requests, sentence_starts

NO_ENDING = pytest.mark.xfail(
    strict=True, reason="the last syllables of a noun, or 이나 behind it, are taken for an ending"
)


def pieces(text: str, starts: list[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    "expected",
    [
        ["정부는 2021. 6. 25. 발표했다. ", "예산은 3.3%p 늘었다."],
        ["지원한다. ", "다만, 청년은 제외한다."],
        ["하였다. ", "2024년에는 늘었다"],
        ["됩니까? ", "네! ", "좋다."],
        ["신청함. ", "심사됨. ", "기업임. ", "없음. ", "하세요. ", "끝"],
        ["‘지원한다.’ ", "그는 말했다"],
        ["늘었다.) ", "예산은 줄었다."],
        ["대상은 기업. ", "「중소기업기본법」에 따른다"],
        ["(주)한빛. ", "그리고 느티나무"],
        ["한다.  ", "된다."],
        ["한다. "],
        ["지원함.예산"],  # no blank behind it
        ["A vs. B는 제외한다"],
        ["e.g. 출연금"],
        ["1. 추진배경"],
        ["10. 신청"],
        ["2021. 6. 25.(금) 시작"],
        ["3.5 늘었다"],
        ["하나뿐인 문장"],
    ],
)
def test_sentences_begin_behind_stops(expected: list[str]) -> None:
    text = "".join(expected)
    assert pieces(text, sentence_starts(text)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["• 일반형 ", "• 특화형"],
        ["① 일반형 ", "② 특화형"],
        ["융자 ", "- 시설자금 ", "- 운전자금"],
        ["융자 ", "※ 한도는 5억원"],
        ["융자", "☞ 안내"],
        ["* 주석 ", "** 주석"],
        ["첫 줄\n", "둘째 줄"],
        ["첫 줄\n", "\n", "둘째 줄"],
        ["A-B ", "- 5%"],
        ["감소율 -5%"],
        ["2*3"],
        ["계약 - 경리팀(02-123-4567), 공사 - 청사팀(02-123-4568)"],
    ],
)
def test_bullets_and_lines_begin_a_sentence(expected: list[str]) -> None:
    text = "".join(expected)
    assert pieces(text, sentence_starts(text)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["예산을 늘리고 ", "인력을 줄인다"],
        ["심사하고, ", "선정하며 ", "지급한다"],
        ["지원하되, ", "청년은 제외한다"],
        ["늘었는데 ", "줄었다"],
        ["지원하지만 ", "어렵다"],
        ["지원하면서 ", "늘린다"],
        ["지원하였으나 ", "줄었다"],
        ["지원하여 ", "늘린다"],
        ["등록되어 ", "쓰인다"],
        ["기업이고 ", "소상공인이며 ", "농민이다"],
        ["발표한 이후 ", "늘었다"],
        ["완료된 후에 ", "지급한다"],
        ["선정한 뒤 ", "지급한다"],
        ["심사한 다음, ", "지급한다"],
        ["발표한 이후로, ", "늘었다"],
        ["마을을 떠난 이후에, ", "돌아온다"],
        ["대상은 기업인데 ", "제한이 있다"],
        ["조건은 비슷한데 ", "금리가 다르다"],
        ["금리는 낮은데 ", "한도는 크다"],
        ["사업자로서 신청한다"],
        ["자격으로서 ", "신청한다"],
        ["하고싶다"],
        ["신청하고"],
        ["최고 기업"],
        ["창고 안에"],
        ["사고 예방"],
        ["참고 자료"],
        ["국고 보조"],
        ["이용자 보호"],
        ["소비자 보호"],
        ["사업을 지원하고 있다"],
        ["보증금에 포함되어 있다"],
        ["사업을 지원하고 ", "심사한다"],
        pytest.param(["기업이나 단체를 지원한다"], marks=NO_ENDING),
        pytest.param(["도시나 농촌에서 연다"], marks=NO_ENDING),
        pytest.param(["대출이자 지원"], marks=NO_ENDING),
        pytest.param(["관리자 교육을 한다"], marks=NO_ENDING),
    ],
)
def test_clauses_begin_behind_connective_endings(expected: list[str]) -> None:
    text = "".join(expected)
    assert pieces(text, [*clause_starts(text), len(text)]) == expected


def test_clauses_are_looked_for_inside_the_range_alone() -> None:
    text = "예산을 늘리고 인력을 줄이고 끝난다"
    first, second = text.index("인력"), text.index("끝")
    assert clause_starts(text) == [0, first, second]
    assert clause_starts(text, 0, first + 2) == [0, first]
    assert clause_starts(text, first) == [first, second]
    assert clause_starts(text, second) == [second]
    assert clause_starts(text, 3, 3) == [3]


def test_an_empty_text_begins_and_ends_at_once() -> None:
    assert sentence_starts("") == [0]
    assert clause_starts("") == [0]


PIECES = st.sampled_from(
    "지원한다.|늘었다|기업은|하고|이며,|늘리고|발표한 이후|신청하면|2021.|3.3%p|①|•|※|-|☞|*|?|!|”|’|)|(|\n| | "
    "|다만,|「법」".split("|")
)
TEXTS = st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=60)


@given(TEXTS)
def test_starts_ascend_from_the_first_letter_to_the_end(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts[-1] == len(text)
    assert starts == sorted(set(starts))
    for cut in starts[1:-1]:
        assert text[cut - 1].isspace() or text[cut] == "☞"


@given(TEXTS, st.data())
def test_clauses_ascend_and_begin_behind_a_blank_or_comma(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    starts = clause_starts(text, start, end)
    assert starts[0] == start
    assert starts == sorted(set(starts))
    for cut in starts[1:]:
        assert start < cut < end
        assert text[cut - 1].isspace() or text[cut - 1] == ","


def test_no_clause_begins_where_a_text_ends() -> None:
    assert clause_starts("늘었다 ① 이며,") == [0]
    assert clause_starts("국비이며,도비는 없다") == [0, 5]


@given(st.lists(st.sampled_from(["늘었다.", "한다!", "됩니까?", "신청함."]), max_size=6))
def test_every_stop_of_prose_is_a_cut(sentences: list[str]) -> None:
    text = " ".join(f"예산은 {one}" for one in sentences)
    assert len(pieces(text, sentence_starts(text))) == len(sentences)


@pytest.mark.parametrize(
    ("text", "announcing", "requesting"),
    [
        ("참여기업을 다음과 같이 모집합니다.", True, False),
        ("아래와 같이 추진 계획을 공고함", True, False),
        ("많은 신청 바랍니다.☞", False, True),
        ("누리집을 확인해 주십시오.", False, True),
        ("신청은 누리집에서 한다.", False, False),
        ("은빛시와 같이 추진하는 사업", False, False),
        ("바람이 분다.", False, False),
    ],
)
def test_what_announces_and_what_asks_something_of_its_reader(
    text: str, announcing: bool, requesting: bool
) -> None:
    assert announces(text) is announcing
    assert requests(text) is requesting
