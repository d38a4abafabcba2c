"""Readable text is the source with markup and line breaks taken out, and nothing put in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading import TAG, Reading, read
from rag.types import Span

# What a converted policy document is made of: prose, blanks, markup, and near-markup.
PIECES = st.sampled_from(
    "수출|기업|3%| |  |\n|\t|\u3000|\xa0|<td>|</td>|<br/>|<sup>|</sup>|<표 1>|< 개요 >|<li class='a'>|**|*|***"
    "|\\|\\%|$|$\\Delta 7.1\\%$|(|)|①|△2.5|e\u0301|𝟙|~|-|[|]|<|>|p|<p>".split("|")
)
SOURCES = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80)


def whole(source: str, joins: tuple[int, ...] = ()) -> Reading:
    return read(source, Span(0, len(source)), joins)


@given(SOURCES, st.data())
def test_each_character_comes_from_its_offset(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    breaks = [i for i, c in enumerate(source) if c.isspace()]
    joins = data.draw(st.lists(st.sampled_from(breaks), unique=True)) if breaks else []
    reading = read(source, Span(start, end), joins)
    assert len(reading.text) == len(reading.offsets)
    assert list(reading.offsets) == sorted(reading.offsets)
    for character, at in zip(reading.text, reading.offsets, strict=True):
        assert start <= at < end
        if character != " ":
            assert character == source[at]
    assert reading.text == reading.text.strip()
    assert "  " not in reading.text
    assert all(c == " " or not c.isspace() for c in reading.text)


@given(SOURCES)
def test_only_white_space_and_listed_markup_vanishes(source: str) -> None:
    reading = whole(source)
    kept = set(reading.offsets)
    tags = {at for tag in TAG.finditer(source) for at in range(tag.start(), tag.end())}
    for at, character in enumerate(source):
        if at in kept or character.isspace() or at in tags:
            continue
        assert character in "*\\$", (at, character, reading.text)


@given(st.text(st.characters(exclude_characters="<>*\\$"), max_size=80))
def test_text_without_markup_loses_nothing_but_white_space(source: str) -> None:
    assert whole(source).text == " ".join(source.split())


@given(SOURCES, st.data())
def test_a_range_of_the_reading_leads_back_to_its_source(source: str, data: st.DataObject) -> None:
    reading = whole(source)
    if not reading.text:
        return
    start = data.draw(st.integers(0, len(reading.text) - 1))
    end = data.draw(st.integers(start + 1, len(reading.text)))
    span = reading.span(start, end)
    found = reading.find(span)
    assert found is not None
    # A blank may stand for the first of several, so what is found can only be as wide.
    assert found[0] <= start
    assert found[1] >= end
    assert reading.text[found[0] : found[1]].strip() == reading.text[start:end].strip()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("지원 대상은\n중소기업이다.", "지원 대상은 중소기업이다."),
        ("  앞뒤 \t 공백\n\n", "앞뒤 공백"),
        ("<td>수출</td><td>수입</td>", "수출 수입"),
        ("1단계<br>2단계", "1단계 2단계"),
        ("CO<sub>2</sub> 배출", "CO2 배출"),
        ("<표 1> 지원 한도", "<표 1> 지원 한도"),
        ("< 추진 배경 >", "< 추진 배경 >"),
        ("<그림 2> 체계도", "<그림 2> 체계도"),
        ("**지원 한도**는 5억원", "지원 한도는 5억원"),
        ("(**중요**) 확인", "(중요) 확인"),
        ("반도체**, 자동차*** 등", "반도체**, 자동차*** 등"),
        ("** 소상공인 제외", "** 소상공인 제외"),
        ("감소율 $\\Delta 7.1\\%$ 기록", "감소율 Delta 7.1% 기록"),
        ("10\\~20\\% 수준", "10~20% 수준"),
        ("5 < 7 그리고 9 > 3", "5 < 7 그리고 9 > 3"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_what_is_shown(source: str, shown: str) -> None:
    assert whole(source).text == shown


def test_block_tags_part_words() -> None:
    assert whole("<ul><li>자금</li><li>인력</li></ul>").text == "자금 인력"
    assert whole("<p>목적</p><p>대상</p>").text == "목적 대상"
    assert whole("<div>목적</div><div>대상</div>").text == "목적 대상"


def test_a_joined_newline_vanishes_and_others_become_one_blank() -> None:
    source = "지역 경제를 살리고 마\n련한 자금을\n쓴다"
    cut = source.index("\n")
    assert whole(source, (cut,)).text == "지역 경제를 살리고 마련한 자금을 쓴다"
    assert whole(source).text == "지역 경제를 살리고 마 련한 자금을 쓴다"


def test_a_join_takes_the_indent_that_is_listed_with_it() -> None:
    source = "마\n  련한 자금"
    assert whole(source, (1, 2, 3)).text == "마련한 자금"


def test_a_blank_points_to_the_white_space_it_stands_for() -> None:
    reading = whole("가 \n 나")
    assert reading.text == "가 나"
    assert reading.offsets == (0, 1, 4)
    assert reading.span(0, 3) == Span(0, 5)


def test_spans_count_from_the_start_of_the_source() -> None:
    source = "머리말\n<td>한도 5억원</td>"
    reading = read(source, Span(4, len(source)))
    at = reading.text.index("5억원")
    span = reading.span(at, at + 3)
    assert source[span.start : span.end] == "5억원"
    assert reading.find(span) == (at, at + 3)


def test_find_gives_none_where_nothing_shows() -> None:
    reading = whole("<td>값</td>")
    assert reading.find(Span(0, 4)) is None or reading.text[slice(*reading.find(Span(0, 4)))] == " "
    assert reading.find(Span(5, 10)) is None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 1), (1, 3), (2, 1)])
def test_an_empty_or_outside_range_has_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not inside"):
        whole("자금").span(start, end)


def test_every_listed_tag_is_taken_out_in_either_case() -> None:
    for tag in (
        "table",
        "tbody",
        "tr",
        "th",
        "sup",
        "b",
        "em",
        "strong",
        "span",
        "font",
        "a",
        "img",
        "u",
    ):
        for written in (f"<{tag}>", f"</{tag.upper()}>", f'<{tag} class="x">'):
            assert re.sub(r"\s", "", whole(f"앞{written}뒤").text) == "앞뒤", written
