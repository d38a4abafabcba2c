"""HWP 5: the same document in both formats, and files made by hand."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import hancom_files as made
import olefile
import pytest
from damaged_files import Damaged, damaged, read_or_refused
from extracted_text import lines, refused
from hancom_files import (
    auto_number5,
    cell5,
    compound,
    control,
    ctrl,
    hwp5,
    list_header,
    numbering5,
    para,
    record,
    shape5,
    table5,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.loading.extracted import Extracted
from rag.loading.hwp5 import read_hwp5
from rag.loading.hwpx import read_hwpx
from rag.loading.numbering import Head, HeadKind, Level, Numbering, format_code, number_text
from rag.types import BlockKind

SAMPLES = Path(__file__).parent / "samples"
NOORI = (SAMPLES / "noori.hwp").read_bytes()


def read(data: bytes) -> Extracted:
    return read_hwp5(data, "문서.hwp")


def refusal(data: bytes) -> str:
    return refused(read, data)


# Twins ----------------------------------------------------------------------------------------


def test_the_twin_in_the_other_format_gives_the_same() -> None:
    found = read(NOORI)
    assert found == read_hwpx((SAMPLES / "noori.hwpx").read_bytes(), "문서.hwpx")
    tables = [block.table for block in found.stated if block.table is not None]
    assert [(t.rows, t.columns, len(t.cells)) for t in tables] == [
        (3, 4, 10), (1, 2, 2), (1, 3, 3), (8, 3, 24),
    ]  # fmt: skip
    assert [mark.label for mark in found.pages] == ["약 1", "약 2", "약 3"]
    last = tables[-1].at(3, 1)
    assert last is not None
    assert found.text[last.span.start : last.span.end] == "47.2 m"


def test_files_made_by_hand_are_the_same_in_both_formats() -> None:
    """Numbers, notes, captions, tables, boxes and equations, said once in each format."""
    levels = [("제^1장", 0, 1), ("^2.", 8, 1), ("^3)", 0, 2), *[("^n", 0, 1)] * 4]
    info = shape5() + shape5(1, 0) + shape5(2, 1, 1) + shape5(2, 2, 1) + shape5(3, 0, 1)
    info += numbering5(levels) + record(0x18, 1, b"\x00" * 12 + "\uf06e".encode("utf-16-le"))
    section = ctrl("secd", 1, b"\x00" * 14 + struct.pack("<H", 1) + b"\x00" * 20)
    note = ctrl("fn  ", 1, b"\x00" * 8, list_header(2) + para(
        control("atno") + " 잠정치", 2, controls=[auto_number5(7, 1, 3, ")")]
    ))  # fmt: skip
    title = list_header(2, struct.pack("<I", 2)) + para(
        "표 " + control("atno"), 2, controls=[auto_number5(3, 4, 3)]
    )
    cells = cell5(0, 0, "구분", 2, (2, 1)) + cell5(0, 1, "융자", 2) + cell5(1, 1, "10억", 2)
    shape = record(0x4C, 2, b"\x00" * 40) + list_header(3) + para("글상자", 3)
    script = "x over y"
    equation = record(0x58, 2, struct.pack("<IH", 0, len(script)) + script.encode("utf-16-le"))
    body = (
        para(control("secd") + "총칙", shape=1, controls=[section])
        + para("하나", shape=2)
        + para("둘", shape=3)
        + para("매출" + control("fn  ") + "은", shape=4, controls=[note])
        + para(control("tbl "), controls=[table5(2, 2, cells, caption=title)])
        + para("앞" + control("gso "), controls=[ctrl("gso ", 1, b"\x00" * 40, shape)])
        + para("식 " + control("eqed"), controls=[ctrl("eqed", 1, b"\x00" * 40, equation)])
    )
    found = read(hwp5(body, info=info))

    head = made.header(
        heads={
            1: ("OUTLINE", 0, 0),
            2: ("NUMBER", 1, 1),
            3: ("NUMBER", 1, 2),
            4: ("BULLET", 1, 0),
        },
        numberings={
            1: [("제^1장", "DIGIT", 1), ("^2.", "HANGUL_SYLLABLE", 1), ("^3)", "DIGIT", 2)]
        },
        bullets={1: "\uf06e"},
    )
    rows = [
        [made.cell(0, 0, made.p("구분"), spans=(2, 1)), made.cell(0, 1, made.p("융자"))],
        [made.cell(1, 1, made.p("10억"))],
    ]
    caption = made.p("표 ", made.auto_number(3, "TABLE"))
    twin = made.section(
        made.p('<hp:secPr outlineShapeIDRef="1"/>', "총칙", shape=1),
        made.p("하나", shape=2),
        made.p("둘", shape=3),
        made.p("매출", made.note(7, " 잠정치"), "은", shape=4),
        made.p(made.table(rows, caption)),
        made.p("앞", f"<hp:rect>{made.sub_list(made.p('글상자'))}</hp:rect>"),
        made.p("식 ", f"<hp:equation><hp:script>{script}</hp:script></hp:equation>"),
    )
    assert lines(found) == [
        "제1장 총칙", "가. 하나", "2) 둘", "■ 매출<sup>7)</sup>은", "7) 잠정치", "표 3", "구분\t융자", "10억",
        "앞", "글상자", "식 x over y",
    ]  # fmt: skip
    assert found == read_hwpx(made.hwpx(twin, head=head), "문서.hwpx")
    kinds = [(b.kind, b.marker) for b in found.stated]
    assert kinds == [
        (BlockKind.HEADING, "제1장"), (BlockKind.BULLET, "■"), (BlockKind.NOTE, "7)"),
        (BlockKind.CAPTION, ""), (BlockKind.TABLE, ""),
    ]  # fmt: skip


# Text -----------------------------------------------------------------------------------------


def test_controls_inside_text_become_characters_or_nothing() -> None:
    tab = "\t" + "\x00" * 6 + "\t"
    field = "\x03" + "\x00" * 6 + "\x03누름틀\x04" + "\x00" * 6 + "\x04"
    found = read(hwp5(para(f"가{tab}나\n다\x1e라\x18마 {field} 𠀀", controls=[ctrl("%clk", 1)])))
    assert found.text == "가\t나\n다 라-마 누름틀 𠀀"


def test_running_heads_and_remarks_are_left_out() -> None:
    hidden = [
        ctrl(kind, 1, b"\x00" * 8, list_header(2) + para("숨김", 2)) for kind in ("head", "tcmt")
    ]
    text = control("head") + control("tcmt") + "본문"
    assert read(hwp5(para(text, controls=hidden))).text == "본문"


def test_memos_are_left_out() -> None:
    memo = record(0x5D, 1, b"\x00" * 4) + list_header(1) + para("메모", 1)
    assert read(hwp5(para("앞") + para("뒤") + memo)).text == "앞\n\n뒤"


def test_a_form_shows_which_boxes_are_ticked() -> None:
    def box(value: int) -> bytes:
        words = f"CommonSet:set:0:Caption:wstring:7:R&&D 지원 ButtonSet:set:9:Value:int:{value} "
        data = b"tbc+" + b"\x00" * 4 + words.encode("utf-16-le")
        return ctrl("form", 1, b"\x00" * 40, record(0x5B, 2, data))

    found = read(hwp5(para(control("form") + " " + control("form"), controls=[box(1), box(0)])))
    assert found.text == "☑ R&D 지원 ☐ R&D 지원"


def test_a_header_cell_is_one_that_the_format_marks() -> None:
    cells = b"".join(cell5(0, c, str(c), 2, flags=1 << 18) for c in range(2))
    cells += b"".join(cell5(1, c, str(c), 2) for c in range(2))
    (block,) = read(hwp5(para(control("tbl "), controls=[table5(2, 2, cells)]))).stated
    assert block.table is not None
    assert [c.header for c in block.table.cells if c.row == 0] == [True, True]
    assert not block.table.cells[3].header


def test_objects_in_a_group_are_read_in_order() -> None:
    group = record(0x4C, 2, b"\x00" * 8) + b"".join(
        record(0x4C, 3, b"\x00" * 8) + list_header(4) + para(word, 4) for word in ("하나", "둘")
    )
    found = read(hwp5(para(control("gso "), controls=[ctrl("gso ", 1, b"\x00" * 40, group)])))
    assert lines(found) == ["하나", "둘"]


def test_sections_are_read_by_number_and_streams_may_be_plain() -> None:
    sections = [para(f"구역 {n}") for n in range(12)]
    assert lines(read(hwp5(*sections, flags=0))) == [f"구역 {n}" for n in range(12)]


def test_lines_that_fall_back_begin_pages() -> None:
    def laid(text: str, *places: int) -> bytes:
        rows = b"".join(struct.pack("<Iii", 0, at, 1000).ljust(36, b"\0") for at in places)
        return para(text) + record(0x45, 1, rows)

    found = read(hwp5(laid("가", 0, 1000) + laid("나다", 2000, 0) + laid("라", 500)))
    assert [(m.label, found.text[m.start]) for m in found.pages] == [
        ("약 1", "가"), ("약 2", "다"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "bits", "licence"),
    [
        (1 | 1 << 15, 3, "공공누리 제4유형(출처표시+상업적이용금지+변경금지)"),
        (1 | 1 << 11, 0, "CCL(저작자표시)"),
        (1, 3, ""),
    ],
)
def test_the_licence_mark_is_read(flags: int, bits: int, licence: str) -> None:
    assert read(hwp5(para("글"), flags=flags, licence=bits)).licence == licence


# Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("DIGIT", {1: "1", 10: "10"}),
        ("CIRCLED_DIGIT", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
        ("ROMAN_CAPITAL", {4: "IV", 9: "IX", 14: "XIV", 1999: "MCMXCIX"}),
        ("ROMAN_SMALL", {3: "iii"}),
        ("LATIN_CAPITAL", {1: "A", 26: "Z", 27: "AA"}),
        ("LATIN_SMALL", {2: "b"}),
        ("CIRCLED_LATIN_SMALL", {1: "ⓐ", 26: "ⓩ"}),
        ("HANGUL_SYLLABLE", {1: "가", 5: "마", 14: "하", 15: "거", 29: "고"}),
        ("CIRCLED_HANGUL_SYLLABLE", {1: "㉮", 14: "㉻", 15: "15"}),
        ("HANGUL_JAMO", {1: "ㄱ", 14: "ㅎ"}),
        ("CIRCLED_HANGUL_JAMO", {1: "㉠", 14: "㉭"}),
        ("HANGUL_PHONETIC", {1: "일", 10: "십", 21: "이십일", 110: "백십"}),
        ("IDEOGRAPH", {3: "三", 12: "十二"}),
        ("CIRCLED_IDEOGRAPH", {1: "㊀", 10: "㊉"}),
        ("DECAGON_CIRCLE", {1: "갑", 10: "계", 11: "갑"}),
        ("DECAGON_CIRCLE_HANJA", {2: "乙"}),
        ("UNHEARD_OF", {7: "7"}),
    ],
)
def test_numbers_are_written_in_every_format(name: str, numbers: dict[int, str]) -> None:
    for number, text in numbers.items():
        assert number_text(number, format_code(name)) == text


@given(st.integers(-5, 20_000), st.integers(0, 255))
def test_any_number_is_written_in_any_format(number: int, code: int) -> None:
    assert number_text(number, code)


def test_the_whole_path_of_a_number_can_be_asked_for() -> None:
    counted = Numbering({1: (Level("^1"), Level("^n"), Level("^N"))})
    heads = [Head(HeadKind.NUMBER, level, 1) for level in (0, 1, 2, 2, 1)]
    assert [counted.label(head) for head in heads] == ["1", "1.1", "1.1.1.", "1.1.2.", "1.2"]
    assert counted.label(Head(HeadKind.NUMBER, 9, 1)) == ""
    assert counted.label(Head(HeadKind.NUMBER, 0, 5)) == ""


# What is refused ------------------------------------------------------------------------------


def test_a_distribution_copy_is_refused_by_name() -> None:
    assert "배포용" in refusal((SAMPLES / "bid_notice_distribution.hwp").read_bytes())
    # Its placeholder is refused too where the mark of the file is gone.
    placeholder = (
        "이 문서는 상위 버전의 배포용 문서입니다. 문서를 읽으려면 최신 버전의 한글이 필요합니다."
    )
    assert "배포용" in refusal(hwp5(para(placeholder)))


def test_what_cannot_be_read_is_named() -> None:
    assert "암호" in refusal(hwp5(para("글"), flags=3))
    assert "글자가 없습니다" in refusal(hwp5(para("")))
    assert "HWP 3" in refusal(b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + b"\0" * 2000)
    assert "HWPML" in refusal(b"<?xml version='1.0'?><HWPML/>")
    assert "HWP 5 형식이 아닙니다" in refusal(compound({"WordDocument": b"x" * 5000}))
    assert "손상" in refusal(b"")
    assert "손상" in refusal(hwp5(para("글"))[:3000])


@pytest.mark.parametrize(
    ("library", "data"), [("olefile", NOORI), ("lxml", made.hwpx(made.p("글")))]
)
def test_a_library_that_is_not_installed_is_named(
    library: str, data: bytes, hide_package: Callable[[str], None]
) -> None:
    hide_package(library)
    with pytest.raises(SourceError, match=rf"{library}.*pip install 'geungeo\[formats\]'"):
        (read_hwp5 if library == "olefile" else read_hwpx)(data, "문서")


# Hostile files --------------------------------------------------------------------------------


def test_streams_that_run_in_a_circle_are_refused() -> None:
    data = bytearray(hwp5(para("글" * 3000), flags=0))
    tables = struct.unpack_from("<I", data, 76)[0]
    base = 512 + tables * 512
    for at in range(40):  # each sector leads back to the first
        struct.pack_into("<I", data, base + 4 * at, 0)
    assert refusal(bytes(data))


def test_a_header_that_claims_more_than_the_file_is_refused() -> None:
    for field in (44, 64, 72):
        data = bytearray(hwp5(para("글")))
        struct.pack_into("<I", data, field, 0x7FFFFFFF)
        assert "손상" in refusal(bytes(data))


def test_a_record_that_is_cut_off_is_refused() -> None:
    cut = hwp5(para("글") + struct.pack("<II", 0x43 | 0xFFF << 20, 1 << 30))
    assert "손상" in refusal(cut)


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    bomb = para("글") + record(0x43, 1, b"\x00" * (130 << 20))
    assert "압축" in refusal(hwp5(bomb))


def test_tables_without_end_are_refused() -> None:
    inside = para("속", 60)
    for level in range(59, 0, -2):
        cells = list_header(level + 1, b"\x00" * 30) + inside + cell5(0, 1, "곁", level + 1)
        inside = para(control("tbl "), level - 1, controls=[table5(1, 2, cells, level)])
    assert "겹" in refusal(hwp5(inside))


def test_fifty_thousand_cells_are_one_table() -> None:
    cells = b"".join(cell5(r, c, f"{r}-{c}", 2) for r in range(5000) for c in range(10))
    (block,) = read(hwp5(para(control("tbl "), controls=[table5(5000, 10, cells)]))).stated
    assert block.table is not None
    assert len(block.table.cells) == 50_000


def test_records_without_number_are_refused() -> None:
    assert "지나치게 커서" in refusal(hwp5(record(0x43, 0) * 1_200_100))


def survives(data: bytes) -> None:
    """A consistent document, or a named error."""
    read_or_refused(read, data, "문서.hwp")


def test_a_file_cut_anywhere_is_survived() -> None:
    for size in range(0, len(NOORI), 1024):
        survives(NOORI[:size])


PLAIN = hwp5(
    para("글 " + control("fn  "), shape=1, controls=[
        ctrl("fn  ", 1, b"\x00" * 8, list_header(2) + para("주", 2))])
    + para(control("tbl "), controls=[
        table5(2, 2, cell5(0, 0, "가", 2) + cell5(0, 1, "나", 2) + cell5(1, 0, "다", 2, (1, 2)))]),
    info=shape5() + shape5(2, 1, 1) + numbering5([("^1.", 0, 1)] * 7),
    flags=0,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(damaged(NOORI, PLAIN, head=512))
@example(Damaged(PLAIN, ((0, 0),), 0))
def test_flipped_and_cut_files_are_survived(file: Damaged) -> None:
    for content in file.contents:
        survives(content)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0x42, 0x43, 0x45, 0x47, 0x48, 0x49, 0x4C, 0x4D, 0x58, 0x5A, 0x5B]),
            st.integers(0, 5),
            st.one_of(
                st.binary(max_size=40),
                st.sampled_from([k.encode()[::-1] + b"\0" * 30 for k in ("tbl ", "gso ", "fn  ")]),
                st.just((control("tbl ") + "글" + control("fn  ")).encode("utf-16-le")),
            ),
        ),
        max_size=30,
    )
)
def test_any_records_are_survived(content: list[tuple[int, int, bytes]]) -> None:
    survives(hwp5(para("처음") + b"".join(record(*one) for one in content), flags=0))


def unpacked_noori() -> dict[str, bytes]:
    """The streams of the sample, inflated, with a header that says so."""
    ole = olefile.OleFileIO(io.BytesIO(NOORI))
    streams = {
        path: zlib.decompress(ole.openstream(path).read(), -15)
        for path in ("DocInfo", "BodyText/Section0")
    }
    top = ole.openstream("FileHeader").read()
    return {"FileHeader": top[:36] + b"\x00" * 4 + top[40:], **streams}


INSIDE = unpacked_noori()


def test_inflated_streams_give_the_same_document() -> None:
    assert read(compound(INSIDE)).text == read(NOORI).text


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["DocInfo", "BodyText/Section0"]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), max_size=6),
)
def test_changes_behind_the_compression_are_survived(
    path: str, changes: list[tuple[float, bytes, int]]
) -> None:
    content = INSIDE[path]
    for share, put, cut in changes:
        at = int(share * len(content))
        content = content[:at] + put + content[at + cut :]
    survives(compound({**INSIDE, path: content}))
