"""Pieces of text: what is marked, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.marks import Piece, cut, mark_cells, mark_values, matches, snippet


def shown(pieces: tuple[Piece, ...]) -> str:
    """Pieces as text with the marked ones in brackets."""
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_cut_marks_what_ranges_cover_together() -> None:
    assert shown(cut("기업당 3천만원 한도", [(4, 8), (6, 9)])) == "기업당 [3천만원 ]한도"
    assert shown(cut("기업당", [(3, 9), (2, 2), (-4, 1)])) == "[기]업당"


@given(st.text(), st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30))))
def test_cut_keeps_every_character_and_marks_exactly_the_ranges(
    text: str, ranges: list[tuple[int, int]]
) -> None:
    pieces = cut(text, ranges)
    assert "".join(piece.text for piece in pieces) == text
    flags = [piece.marked for piece in pieces for _ in piece.text]
    assert flags == [any(s <= i < e for s, e in ranges) for i in range(len(text))]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("지원금과 재지원", "지원", [(0, 2), (6, 8)]),
        ("전달과 달러, 달", "달", [(4, 5), (8, 9)]),
        ("AI와 FAIR ai", "AI", [(0, 2), (9, 11)]),
        ("값은 1.5% 이하", "1.5%", [(3, 7)]),
        ("글", " ", []),
    ],
)
def test_matches(text: str, word: str, expected: list[tuple[int, int]]) -> None:
    assert matches(text, [word]) == expected


def test_snippet_is_cut_around_the_first_match_and_says_so() -> None:
    text = "가" * 300 + "물류" + "나" * 300
    pieces = snippet(text, ["물류"], limit=40)
    assert shown(pieces) == "… " + "가" * 10 + "[물류]" + "나" * 28 + " …"
    assert shown(snippet("짧은 글", ["글"], limit=40)) == "짧은 [글]"


@given(st.text(alphabet="가나 물류", max_size=80), st.integers(1, 30))
def test_snippet_never_exceeds_its_limit(text: str, limit: int) -> None:
    inner = "".join(p.text for p in snippet(text, ["물류"], limit) if "…" not in p.text)
    assert len(inner) == min(len(text), limit)
    assert inner in text


def test_values_are_marked_whatever_the_blanks() -> None:
    assert shown(mark_values("기업당 3천만 원 한도", ["3천만원"])) == "기업당 [3천만 원] 한도"
    assert shown(mark_values("a.b a+b", ["a+b"])) == "a.b [a+b]"


def test_an_amount_is_marked_by_its_figure_where_the_unit_stands_elsewhere() -> None:
    row = "구분 '17 '18 '19 對美 수지 179 138 114"
    assert shown(mark_values(row, ["138억불"])) == row.replace("138", "[138]")
    assert shown(mark_values("성장률 2.8 12.8", ["2.8%"])) == "성장률 [2.8] 12.8"
    assert shown(mark_values("138 1,138 138.5", ["138억불"])) == "[138] 1,138 138.5"
    twice = "2018년 138, 2019년 138"
    assert shown(mark_values(twice, ["138억불"])) == twice  # which of the two is not known
    assert shown(mark_values("값은 3천만원, 3명", ["3천만원"])) == "값은 [3천만원], 3명"
    assert shown(mark_values("13%, 3%", ["3%"])) == "13%, [3%]"


def test_a_figure_is_marked_in_the_only_cell_that_has_it() -> None:
    def cells(values: list[str], *texts: str) -> list[str]:
        return [shown(pieces) for pieces in mark_cells(texts, values)]

    assert cells(["138억불"], "179", "138 (2.1)", "1138") == ["179", "[138] (2.1)", "1138"]
    assert cells(["138억불"], "138", "138") == ["138", "138"]
    assert cells(["최대 1km"], "최대  1km(별도)", "1km") == ["[최대  1km](별도)", "1km"]
    assert cells([], "가") == ["가"]
