"""Documents and spans for a terminal."""

from __future__ import annotations

import pytest

from rag.errors import UnknownSpan
from rag.showing.documents import outline_text, parse_place, span_text
from rag.types import Block, BlockKind, Cell, Document, PageMark, Span, Table

TEXT = "# 머리\n- 끊긴 낱\n말이 <b>있다</b>\n구분\t값\n가\t1\n"
DOCUMENT = Document(
    "a", "a.txt", "보고서", "기관", "", "2021-06", "", TEXT, "0", pages=(PageMark(0, "3"),)
)
BLOCKS = (
    Block(BlockKind.HEADING, 1, Span(0, 4)),
    Block(BlockKind.BULLET, 0, Span(5, 24), ("머리",), joins=(11,)),
    Block(
        BlockKind.TABLE,
        0,
        Span(25, len(TEXT) - 1),
        ("머리",),
        table=Table((Cell(0, 0, Span(25, 26)),), 2, 2),
    ),
)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("a.txt", ("a.txt", None)),
        ("a.txt#3-9", ("a.txt", Span(3, 9))),
        ("a#b.txt#3-9", ("a#b.txt", Span(3, 9))),
        ("a.txt#3", ("a.txt#3", None)),
    ],
)
def test_places(place: str, wanted: tuple[str, Span | None]) -> None:
    assert parse_place(place) == wanted


@pytest.mark.parametrize("place", ["a.txt#9-3", "a.txt#3-3"])
def test_a_place_that_ends_before_it_starts(place: str) -> None:
    with pytest.raises(UnknownSpan, match="커야 합니다"):
        parse_place(place)


def test_the_outline_has_headings_and_tables_with_their_places() -> None:
    assert outline_text(DOCUMENT, BLOCKS).splitlines() == [
        "보고서",
        "기관  2021-06",
        "",
        "  머리  #0-4",
        f"  [표 2행 2열]  #25-{len(TEXT) - 1}",
    ]


def test_a_span_is_read_without_markup_and_with_its_word_joined() -> None:
    shown = span_text(DOCUMENT, BLOCKS, Span(5, 24))
    assert shown == "보고서\n머리\n3쪽\n\n- 끊긴 낱말이 있다"
    assert span_text(DOCUMENT, BLOCKS, Span(8, 13)).splitlines()[-1] == "긴 낱말"


def test_a_raw_span_is_the_source_and_nothing_else() -> None:
    assert span_text(DOCUMENT, BLOCKS, Span(5, 25), raw=True) == TEXT[5:25]


def test_a_span_behind_the_document() -> None:
    with pytest.raises(UnknownSpan, match="고쳐 주십시오"):
        span_text(DOCUMENT, BLOCKS, Span(5, len(TEXT) + 1))
