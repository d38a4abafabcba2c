"""Blocks that a format states are taken as they are; the lines between them are read as ever."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.loading import load
from rag.outline import Headers, outline
from rag.types import Block, BlockKind, Cell, Document, Span, Table

SAMPLES = Path(__file__).parent / "samples"
K = BlockKind


def document(text: str, *stated: Block, format_: str = "hwpx") -> Document:
    return Document("d", "d", "", "", "", "", "", text, "", format=format_, stated=stated)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def heading(text: str, words: str, level: int) -> Block:
    return Block(K.HEADING, level, at(text, words))


def shown(found: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (str(block.kind), found.text[block.span.start : block.span.end], block.path)
        for block in outline(found)
    ]


def one(found: Document, words: str) -> Block:
    (block,) = [b for b in outline(found) if found.text[b.span.start : b.span.end] == words]
    return block


# --- headings ---------------------------------------------------------------------------------

NESTED = """사업 개요

1. 배경

최근의 사정을 적는다.

2. 경과

지난 일을 적는다.

세부 계획

1. 일정

날짜를 적는다.

추진 체계

맡은 곳을 적는다."""


def test_typed_headings_nest_under_stated_ones_which_close_them() -> None:
    stated = [
        heading(NESTED, "사업 개요", 0),
        heading(NESTED, "세부 계획", 0),
        heading(NESTED, "추진 체계", 1),
    ]
    found = {text: (kind, path) for kind, text, path in shown(document(NESTED, *stated))}
    assert found["1. 배경"] == ("heading", ("사업 개요",))
    assert found["2. 경과"] == ("heading", ("사업 개요",))
    assert found["지난 일을 적는다."] == ("paragraph", ("사업 개요", "2. 경과"))
    assert found["세부 계획"] == ("heading", ())
    assert found["1. 일정"] == ("heading", ("세부 계획",))
    assert found["추진 체계"] == ("heading", ("세부 계획",))
    assert found["맡은 곳을 적는다."] == ("paragraph", ("세부 계획", "추진 체계"))


def test_a_typed_heading_closes_a_stated_one_only_as_a_sequel() -> None:
    text = "1. 개요\n\n가. 목적\n\n글을 적는다.\n\n2. 추진\n\n글을 또 적는다."
    stated = heading(text, "가. 목적", 2)
    found = {words: path for _, words, path in shown(document(text, stated))}
    assert found["가. 목적"] == ("1. 개요",)
    assert found["2. 추진"] == ()
    # A bullet-like heading that was met outside does not lead out of a stated section.
    text = "□ 앞글\n\n○ 글이다.\n\n총칙\n\n□ 목적\n\n○ 글을 적는다."
    found = {words: path for _, words, path in shown(document(text, heading(text, "총칙", 0)))}
    assert found["○ 글을 적는다."][0] == "총칙"


def test_stated_levels_that_skip_or_begin_low_still_nest() -> None:
    text = "가\n\n나\n\n다\n\n라"
    stated = [
        heading(text, word, level) for word, level in zip("가나다라", (2, 4, 3, 0), strict=True)
    ]
    found = [(words, path) for _, words, path in shown(document(text, *stated))]
    assert found == [("가", ()), ("나", ("가",)), ("다", ("가",)), ("라", ())]
    assert [block.level for block in outline(document(text, *stated))] == [0, 1, 1, 0]


# --- tables, captions and notes --------------------------------------------------------------

TABLED = "<표 1> 지원 한도\n\n(단위: 억원)\n\n구분\t한도\n융자\t3\n\n표 아래의 글이다."


def table(text: str, caption: Span | None = None) -> Block:
    words = ("구분", "한도", "융자", "3")
    cells = tuple(
        Cell(i // 2, i % 2, at(text, word), header=i < 2 or i == 2) for i, word in enumerate(words)
    )
    span = Span(cells[0].span.start, cells[-1].span.end)
    return Block(K.TABLE, 0, span, table=Table(cells, 2, 2, caption=caption))


def test_a_table_is_taken_whole_and_gets_its_typed_caption_and_unit() -> None:
    stated = table(TABLED)
    blocks = outline(document(TABLED, stated))
    assert [block.kind for block in blocks] == [K.CAPTION, K.CAPTION, K.TABLE, K.PARAGRAPH]
    found = blocks[2]
    assert found.span == stated.span and found.table is not None and stated.table is not None
    assert found.table.cells == stated.table.cells
    assert (found.table.unit, found.table.caption) == ("억원", at(TABLED, "<표 1> 지원 한도"))
    assert blocks[0].parent == blocks[1].parent == 2


def test_a_caption_that_the_format_names_stays() -> None:
    text = "<표 1> 남의 제목\n\n구분\t한도\n융자\t3\n\n지원 한도"
    below = at(text, "지원 한도")
    blocks = outline(document(text, table(text, below), Block(K.CAPTION, 0, below)))
    assert [block.kind for block in blocks] == [K.CAPTION, K.TABLE, K.CAPTION]
    assert blocks[1].table is not None and blocks[1].table.caption == below
    assert blocks[2].parent == 1


@pytest.mark.parametrize(
    "text",
    [
        "구분\t한도\n융자\t3\n보증\t5",
        "|구분|한도|\n|---|---|\n|융자|3|",
        "<table><tr><td>구분</td><td>한도</td></tr></table>",
    ],
)
def test_only_what_is_stated_is_a_table(text: str) -> None:
    assert not any(block.table for block in outline(document(text)))
    assert any(block.table for block in outline(document(text, format_="text")))


NOTED = """가나다라<sup>1)</sup>와 마바사<sup>2)</sup>이다.

둘째 글*이다.

1) 첫째 주

2) 둘째 주

* 셋째 주

1) 배경"""


def test_notes_hang_on_the_block_that_bears_their_mark() -> None:
    notes = [
        Block(K.NOTE, 0, at(NOTED, words), marker=marker)
        for words, marker in (("1) 첫째 주", "1)"), ("2) 둘째 주", "2)"), ("* 셋째 주", "*"))
    ]
    blocks = outline(document(NOTED, *notes))
    assert [(str(b.kind), b.parent, b.marker) for b in blocks[2:5]] == [
        ("note", 0, "1)"),
        ("note", 0, "2)"),
        ("note", 1, "*"),
    ]
    # The mark has found its note: what comes later under the same number is none.
    assert blocks[5].kind is not K.NOTE


def test_the_same_mark_used_twice_belongs_to_the_nearer() -> None:
    text = "가나다<sup>1)</sup>이다.\n\n1) 앞의 주\n\n라마바<sup>1)</sup>이다.\n\n1) 뒤의 주"
    notes = [
        Block(K.NOTE, 0, at(text, words), marker="1)") for words in ("1) 앞의 주", "1) 뒤의 주")
    ]
    assert [b.parent for b in outline(document(text, *notes)) if b.kind is K.NOTE] == [0, 2]


def test_a_note_without_a_mark_in_sight_hangs_on_what_is_above() -> None:
    text = "첫째 글이다.\n\n둘째 글이다.\n\n7) 어떤 주"
    blocks = outline(document(text, Block(K.NOTE, 0, at(text, "7) 어떤 주"), marker="7)")))
    assert blocks[2].parent == 1


# --- bullets and lists -----------------------------------------------------------------------


def test_stated_bullets_hold_typed_ones_under_them() -> None:
    text = "첫째 항목\n\n- 붙은 글\n\n둘째 항목\n\n셋째 항목"
    stated = [
        Block(K.BULLET, level, at(text, words), marker=marker)
        for words, level, marker in (
            ("첫째 항목", 0, ""), ("둘째 항목", 1, ""), ("셋째 항목", 0, "")
        )
    ]  # fmt: skip
    blocks = outline(document(text, *stated))
    assert [(block.kind, block.level, block.parent) for block in blocks] == [
        (K.BULLET, 0, None),
        (K.BULLET, 1, 0),
        (K.BULLET, 1, 0),
        (K.BULLET, 0, None),
    ]


def test_items_of_a_list_are_no_headings_though_blank_lines_part_them() -> None:
    text = "제출 서류\n\n1) 신청서\n\n2) 계획서\n\n3) 증명서"
    kinds = {words: kind for kind, words, _ in shown(document(text))}
    assert kinds["1) 신청서"] == kinds["2) 계획서"] == kinds["3) 증명서"] == "bullet"


def test_bullets_of_symbol_fonts_and_the_latin_o() -> None:
    text = "□ 지원 대상\n\n o 중소기업\n\n\uf06d 소상공인이 대상이다.\n\nopen source를 쓴다."
    blocks = outline(document(text))
    assert [block.marker for block in blocks] == ["□", "o", "\uf06d", ""]


# --- any stated blocks -----------------------------------------------------------------------


@st.composite
def described(draw: st.DrawFn) -> Document:
    words = draw(
        st.lists(
            st.sampled_from(
                ["1. 가나", "글이다.", "- 항목", "\n", " ", "\t", "1) 주", "<sup>1)</sup>", "제1조(목적) 글",
                 "\n\n", "※ 알림", "구분\t값", "* 별"]
            ),
            min_size=1,
            max_size=24,
        )
    )  # fmt: skip
    text = "".join(words)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    kinds = st.sampled_from([K.HEADING, K.TABLE, K.NOTE, K.CAPTION, K.BULLET, K.BOILERPLATE])
    stated = []
    for start, end in list(pairwise(ends))[:: draw(st.sampled_from([1, 2]))]:
        kind = draw(kinds)
        held = Table((Cell(0, 0, Span(start, end)),), 1, 1) if kind is K.TABLE else None
        stated.append(
            Block(
                kind,
                draw(st.integers(0, 3)),
                Span(start, end),
                marker=draw(st.sampled_from(["", "1)", "*"])),
                table=held,
            )
        )
    return document(text, *stated, format_=draw(st.sampled_from(["hwpx", "pdf"])))


@given(described())
@settings(max_examples=400, deadline=None)
def test_every_letter_lies_in_one_block_and_stated_ones_come_out(found: Document) -> None:
    blocks = outline(found)
    covered = [0] * len(found.text)
    for block in blocks:
        for k in range(block.span.start, block.span.end):
            covered[k] += 1
    for k, character in enumerate(found.text):
        assert covered[k] <= 1
        assert covered[k] or character.isspace()
    assert [b.span for b in blocks] == sorted(b.span for b in blocks)
    out = {(block.kind, block.span) for block in blocks}
    for block in found.stated:
        if found.text[block.span.start : block.span.end].strip():
            assert (block.kind, block.span) in out
    for k, block in enumerate(blocks):
        assert block.parent is None or (0 <= block.parent < len(blocks) and block.parent != k)


# --- real files ------------------------------------------------------------------------------


def test_the_twins_have_the_same_outline() -> None:
    old, new = load(SAMPLES / "noori.hwp"), load(SAMPLES / "noori.hwpx")
    assert old.text == new.text and outline(old) == outline(new)


def test_a_cell_of_a_sample_is_named_by_its_headers() -> None:
    found = load(SAMPLES / "noori.hwpx")
    tables = [block for block in outline(found) if block.table]
    block = next(b for b in tables if "구 분" in found.text[b.span.start : b.span.start + 10])
    assert block.table is not None
    cell = next(c for c in block.table.cells if "1.5톤급" in found.text[c.span.start : c.span.end])
    beside, above = Headers(found, block).of(cell.row, cell.column)
    assert beside == ("목 적",) and above == ("한국형발사체(누리호)",)
