"""HWPX: real files against their own XML, and files made by hand."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

import hancom_files as made
import pytest
from damaged_files import Damaged, consistent, damaged, read_or_refused
from extracted_text import lines, refused, said
from hancom_files import auto_number, cell, grid, header, hwpx, note, p, section, sub_list, table
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from rag.loading.extracted import Extracted
from rag.loading.hancom import Hancom, plausible_title, recognise
from rag.loading.hwpx import read_hwpx
from rag.types import Block, BlockKind

SAMPLES = Path(__file__).parent / "samples"
HWPX_SAMPLES = sorted(SAMPLES.glob("*.hwpx"))


def read(data: bytes) -> Extracted:
    return read_hwpx(data, "문서.hwpx")


def tables(found: Extracted) -> list[Block]:
    return [block for block in found.stated if block.kind is BlockKind.TABLE]


def refusal(data: bytes) -> str:
    return refused(read, data)


# Real files -----------------------------------------------------------------------------------


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def squash(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def parts(path: Path) -> list[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith("Contents/section"))
        return [etree.fromstring(archive.read(name)) for name in names]


def in_body(element: etree._Element) -> bool:
    return not {local(a) for a in element.iterancestors()} & {"header", "footer", "fieldBegin"}


@pytest.mark.parametrize("path", HWPX_SAMPLES, ids=lambda path: path.stem)
def test_every_text_of_the_body_is_there_in_order(path: Path) -> None:
    found = squash(read(path.read_bytes()).text)
    at = 0
    seen = 0
    for part in parts(path):
        for element in part.iter("{*}t"):
            word = squash("".join(element.itertext()))
            # A title box that floats stands before the text of the paragraph that holds it.
            if word and in_body(element):
                assert word in found
                seen += 1
                place = found.find(word, at)
                at = place if place >= 0 else at
    assert seen > 20
    assert at > len(found) * 0.8


@pytest.mark.parametrize("path", HWPX_SAMPLES, ids=lambda path: path.stem)
def test_every_cell_has_its_row_column_spans_and_text(path: Path) -> None:
    found = read(path.read_bytes())
    expected = []
    for part in parts(path):
        for element in part.iter("{*}tbl"):
            above = {local(a) for a in element.iterancestors()}
            cells = element.findall("{*}tr/{*}tc")
            # A lone cell is a frame: what stands in it is text, and a table in it a table.
            framed = [
                a for a in element.iterancestors("{*}tbl") if len(a.findall("{*}tr/{*}tc")) > 1
            ]
            if len(cells) < 2 or framed or above & {"header", "footer"}:
                continue
            if any((t.text or "").strip() for t in element.iter("{*}t")):
                expected.append(element)
    got = tables(found)
    assert len(got) == len(expected) > 0
    for element, block in zip(expected, got, strict=True):
        assert block.table is not None
        places = {}
        for tc in element.findall("{*}tr/{*}tc"):
            place, spans = tc.find("{*}cellAddr"), tc.find("{*}cellSpan")
            texts = ["".join(t.itertext()) for t in tc.iter("{*}t")]
            places[int(place.get("rowAddr")), int(place.get("colAddr"))] = (
                int(spans.get("rowSpan")),
                int(spans.get("colSpan")),
                squash("".join(texts)),
                bool(list(tc.iter("{*}checkBtn", "{*}equation", "{*}autoNum", "{*}compose"))),
            )
        assert (block.table.rows, block.table.columns) == (
            int(element.get("rowCnt")),
            int(element.get("colCnt")),
        )
        assert {(c.row, c.column) for c in block.table.cells} == set(places)
        for c in block.table.cells:
            height, width, text, more = places[c.row, c.column]
            assert (c.row_span, c.column_span) == (height, width)
            assert block.span.covers(c.span)
            if more:
                assert all(letter in squash(said(found, c)) for letter in text)
            else:
                assert squash(said(found, c)) == text


def test_a_form_shows_which_boxes_are_ticked() -> None:
    found = read((SAMPLES / "rnd_item_form_002.hwpx").read_bytes())
    assert found.text.count("☑ R&D 자율성트랙(일반)") == 5
    assert found.text.count("☐ 국가핵심기술") == 5


@pytest.mark.parametrize(
    ("name", "pages"),
    [("noori", 3), ("public_official_table", 5), ("rnd_item_form_002", 10)],
)
def test_pages_are_counted_as_the_publisher_laid_them_out(name: str, pages: int) -> None:
    found = read((SAMPLES / f"{name}.hwpx").read_bytes())
    assert [mark.label for mark in found.pages] == [f"약 {n}" for n in range(1, pages + 1)]
    assert found.approximate_pages
    starts = [mark.start for mark in found.pages]
    assert starts == sorted(set(starts))
    assert starts[0] == 0


def test_the_pages_of_a_long_table_begin_at_its_rows() -> None:
    found = read((SAMPLES / "public_data_standard.hwpx").read_bytes())
    (long,) = [b for b in tables(found) if b.table is not None and b.table.rows == 37]
    inside = [m for m in found.pages if long.span.start < m.start < long.span.end]
    assert len(inside) >= 3
    assert all(found.text[m.start - 1] == "\n" for m in inside)


# Paragraphs -----------------------------------------------------------------------------------


def test_paragraphs_stand_in_order_each_in_one_unit() -> None:
    found = read(
        hwpx(section(p("첫째 문단"), p(), p("둘째"), p("  셋째  ")), section(p("다음 구역")))
    )
    assert found.text == "첫째 문단\n\n둘째\n\n  셋째\n\n다음 구역"
    assert found.stated == ()


def test_signs_inside_text_become_characters() -> None:
    run = "<hp:t>가<hp:tab/>나<hp:lineBreak/>다<hp:nbSpace/>라<hp:hyphen/>마<hp:markpenBegin/>바</hp:t>"
    assert read(hwpx(p(run))).text == "가\t나\n다 라-마바"


def test_text_is_composed_and_keeps_private_characters() -> None:
    found = read(hwpx(p(unicodedata.normalize("NFD", "한글 \uf53a글"))))
    assert found.text == "한글 \uf53a글"


def test_running_heads_memos_and_hidden_remarks_are_left_out() -> None:
    page = "".join(
        f"<hp:ctrl><hp:{name}>{sub_list(p('숨김'))}</hp:{name}></hp:ctrl>"
        for name in ("header", "footer", "hiddenComment", "fieldBegin")
    )
    assert read(hwpx(p(page, "본문"))).text == "본문"


def test_deleted_text_is_left_out_and_said() -> None:
    run = '<hp:t>남은<hp:deleteBegin Id="1"/> 지운<hp:deleteEnd Id="1"/> 글</hp:t>'
    found = read(hwpx(p(run) + p("<hp:t>끝<hp:deleteBegin/>없음</hp:t>") + p("다음 문단")))
    assert lines(found) == ["남은 글", "끝", "다음 문단"]
    assert len(found.warnings) == 1
    assert "변경 추적" in found.warnings[0]


def test_drawn_objects_equations_and_glosses_are_text() -> None:
    box = f"<hp:rect><hp:drawText>{sub_list(p('글상자'))}</hp:drawText></hp:rect>"
    group = f"<hp:container><hp:ellipse><hp:drawText>{sub_list(p('묶음'))}</hp:drawText></hp:ellipse></hp:container>"
    formula = "<hp:equation><hp:script>x = {1} over {2}</hp:script></hp:equation>"
    gloss = "<hp:dutmal><hp:mainText>본말</hp:mainText><hp:subText>덧말</hp:subText></hp:dutmal>"
    picture = "<hp:pic><hp:shapeComment>그림입니다.</hp:shapeComment></hp:pic>"
    found = read(hwpx(p(box, "앞 ", formula, group, picture) + p(gloss)))
    assert lines(found) == ["글상자", "앞 x = {1} over {2}", "묶음", "본말(덧말)"]


def test_what_an_older_program_would_show_is_read_once() -> None:
    choice = (
        f"<hp:switch><hp:case>{grid(['가', '나'])}</hp:case>"
        f"<hp:default>{grid(['가', '나'])}</hp:default></hp:switch>"
    )
    assert read(hwpx(p(choice))).text == "가\t나"


# Numbers --------------------------------------------------------------------------------------

LEVELS = (("제^1장", "DIGIT", 1), ("^2.", "HANGUL_SYLLABLE", 1), ("^3)", "DIGIT", 1),
          ("^1.^2.^3.^4", "DIGIT", 1), ("(^5)", "CIRCLED_DIGIT", 3))  # fmt: skip


def test_outline_numbers_are_computed_and_make_headings() -> None:
    head = header(
        heads={1: ("OUTLINE", 0, 0), 2: ("OUTLINE", 0, 1), 3: ("OUTLINE", 0, 2)},
        numberings={4: LEVELS},
    )
    start = '<hp:secPr outlineShapeIDRef="4"/>'
    body = [p(start, "총칙", shape=1), p("목적", shape=2), p("정의", shape=2), p("용어", shape=3),
            p("본문 문단"), p("지원", shape=1), p("대상", shape=2),
            p("이 사업의 지원 대상은 다음과 같다.", shape=3)]  # fmt: skip
    found = read(hwpx(section(*body), head=head))
    assert lines(found) == ["제1장 총칙", "가. 목적", "나. 정의", "1) 용어", "본문 문단", "제2장 지원",
                            "가. 대상", "1) 이 사업의 지원 대상은 다음과 같다."]  # fmt: skip
    headings = [b for b in found.stated if b.kind is BlockKind.HEADING]
    assert [(b.level, b.marker, said(found, b)) for b in headings] == [
        (0, "제1장", "제1장 총칙"), (1, "가.", "가. 목적"), (1, "나.", "나. 정의"), (2, "1)", "1) 용어"),
        (0, "제2장", "제2장 지원"), (1, "가.", "가. 대상"),
    ]  # fmt: skip


def test_numbered_paragraphs_are_text_with_their_number() -> None:
    head = header(
        heads={1: ("NUMBER", 7, 0), 2: ("NUMBER", 7, 3), 3: ("NUMBER", 8, 0), 4: ("NUMBER", 7, 4)},
        numberings={7: LEVELS, 8: (("^1.", "ROMAN_CAPITAL", 4),)},
    )
    body = [p("하나", shape=1), p("깊이", shape=2), p("또", shape=2), p("다른 목록", shape=3),
            p("동그라미", shape=4), p(shape=1), p("셋", shape=1), p("다른 목록", shape=3)]  # fmt: skip
    found = read(hwpx(section(*body), head=head))
    # A level that was passed over counts as begun; an empty paragraph has a number too.
    assert lines(found) == ["제1장 하나", "1.가.1.1 깊이", "1.가.1.2 또", "IV. 다른 목록", "(③) 동그라미",
                            "제3장 셋", "V. 다른 목록"]  # fmt: skip
    assert found.stated == ()


def test_bullets_are_stated_with_the_sign_a_reader_sees() -> None:
    head = header(heads={1: ("BULLET", 1, 0), 2: ("BULLET", 2, 1)}, bullets={1: "\uf06c", 2: "-"})
    found = read(hwpx(section(p("큰", shape=1), p("작은", shape=2)), head=head))
    assert lines(found) == ["● 큰", "- 작은"]
    assert [(b.kind, b.level, b.marker) for b in found.stated] == [
        (BlockKind.BULLET, 0, "●"), (BlockKind.BULLET, 1, "-"),
    ]  # fmt: skip


# Notes ----------------------------------------------------------------------------------------


def test_notes_follow_the_paragraph_that_carries_their_mark() -> None:
    body = [p("매출은 100", note(1, "억 원 기준"), "이다", note(2, "잠정치", "둘째 줄")), p("다음"),
            p("끝", note(1, "미주 글", kind="endNote"))]  # fmt: skip
    found = read(hwpx(section(*body)))
    assert found.text == (
        "매출은 100<sup>1)</sup>이다<sup>2)</sup>\n\n1)억 원 기준\n\n2)잠정치\n둘째 줄\n\n다음\n\n"
        "끝<sup>1)</sup>\n\n1)미주 글"
    )
    notes = [b for b in found.stated if b.kind is BlockKind.NOTE]
    assert [(b.marker, said(found, b)) for b in notes] == [
        ("1)", "1)억 원 기준"), ("2)", "2)잠정치\n둘째 줄"), ("1)", "1)미주 글"),
    ]  # fmt: skip


def test_a_note_called_in_a_table_stands_below_it() -> None:
    inside = table([[cell(0, 0, p("항목", note(1, "주석"))), cell(0, 1, p("값"))]])
    found = read(hwpx(p(inside) + p("뒤")))
    assert found.text == "항목<sup>1)</sup>\t값\n\n1)주석\n\n뒤"


# Tables ---------------------------------------------------------------------------------------


def test_merged_cells_keep_their_place_and_spans() -> None:
    rows = [
        [cell(0, 0, p("구분"), spans=(2, 1)), cell(0, 1, p("융자"), spans=(1, 2))],
        [cell(1, 1, p("한도")), cell(1, 2, p("금리"))],
        [cell(2, 0, p("물류")), cell(2, 1, p("10억")), cell(2, 2, p("2.5%"))],
    ]
    found = read(hwpx(p(table(rows))))
    (block,) = tables(found)
    assert block.table is not None
    assert found.text == "구분\t융자\n한도\t금리\n물류\t10억\t2.5%"
    assert [(c.row, c.column, c.row_span, c.column_span, c.header, said(found, c))
            for c in block.table.cells] == [
        (0, 0, 2, 1, True, "구분"), (0, 1, 1, 2, True, "융자"), (1, 1, 1, 1, True, "한도"),
        (1, 2, 1, 1, True, "금리"), (2, 0, 1, 1, True, "물류"), (2, 1, 1, 1, False, "10억"),
        (2, 2, 1, 1, False, "2.5%"),
    ]  # fmt: skip


def test_header_rows_that_the_format_marks_are_headers() -> None:
    rows = [[cell(0, 0, p("1"), header=True), cell(0, 1, p("2"), header=True)],
            [cell(1, 0, p("3")), cell(1, 1, p("4"))]]  # fmt: skip
    (block,) = tables(read(hwpx(p(table(rows)))))
    assert block.table is not None
    assert [c.header for c in block.table.cells if c.row == 0] == [True, True]
    assert not block.table.cells[3].header


def test_a_nested_table_is_text_of_its_cell() -> None:
    rows = [
        [cell(0, 0, p("바깥")), cell(0, 1, p("앞"), p(grid(["가", "나"], ["다", "라"])), p("뒤"))]
    ]
    found = read(hwpx(p(table(rows))))
    (block,) = tables(found)
    assert block.table is not None
    assert said(found, block.table.cells[1]) == "앞\n가\t나\n다\t라\n뒤"


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    inside = table([[cell(0, 0, p("제목"), p(grid(["가", "나"], ["다", "라"])))]])
    found = read(hwpx(p(inside)))
    assert found.text == "제목\n\n가\t나\n다\t라"
    assert len(tables(found)) == 1


def test_captions_stand_on_their_side_and_are_tied() -> None:
    caption = p("표 ", auto_number(3, "TABLE"), " 예산")
    rows = [[cell(0, 0, p("가")), cell(0, 1, p("나"))]]
    above = read(hwpx(p(table(rows, caption, "TOP"))))
    below = read(hwpx(p(table(rows, caption, "BOTTOM"))))
    assert above.text == "표 3 예산\n\n가\t나"
    assert below.text == "가\t나\n\n표 3 예산"
    for found in (above, below):
        (block,) = tables(found)
        (title,) = [b for b in found.stated if b.kind is BlockKind.CAPTION]
        assert block.table is not None
        assert block.table.caption == title.span
        assert said(found, title) == "표 3 예산"


def test_empty_tables_are_passed_over() -> None:
    assert read(hwpx(p(grid(["", " "], ["", ""])) + p("글"))).text == "글"


def test_cells_that_claim_the_same_places_are_cut_to_what_is_free() -> None:
    rows = [[cell(0, 0, p("가"), spans=(9, 9)), cell(0, 1, p("나"))], [cell(1, 0, p("다")), cell(1, 1, p("라"))],
            [cell(1, 1, p("겹침"))]]  # fmt: skip
    found = read(hwpx(p(table(rows))))
    (block,) = tables(found)
    assert block.table is not None
    assert [(c.row, c.column, c.row_span, c.column_span) for c in block.table.cells] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip
    assert "겹침" in found.text


def test_a_table_that_claims_a_vast_grid_is_read_as_lines() -> None:
    rows = [[cell(0, 0, p("가")), cell(60000, 60000, p("나"), spans=(60000, 60000))]]
    found = read(hwpx(p(table(rows))))
    assert lines(found) == ["가", "나"]
    assert found.stated == ()
    assert found.warnings


def test_fifty_thousand_cells_are_one_table() -> None:
    rows = [[cell(r, c, p(f"{r}-{c}")) for c in range(10)] for r in range(5000)]
    (block,) = tables(read(hwpx(p(table(rows)))))
    assert block.table is not None
    assert len(block.table.cells) == 50_000
    assert (block.table.rows, block.table.columns) == (5000, 10)


# Pages ----------------------------------------------------------------------------------------


def test_a_line_that_falls_back_begins_a_page() -> None:
    body = [p("가", lines=[0, 1000]), p("나다라마", lines=[2000, 3000, 0, 1000]), p("바", lines=[2000]),
            p("사", lines=[3000], page_break=True)]  # fmt: skip
    found = read(hwpx(section(*body), section(p("아", lines=[0]))))
    assert [(m.label, found.text[m.start]) for m in found.pages] == [
        ("약 1", "가"), ("약 2", "라"), ("약 3", "사"), ("약 4", "아"),
    ]  # fmt: skip


def test_a_table_over_pages_is_counted_by_its_rows_once() -> None:
    page = (
        '<hp:secPr><hp:pagePr height="10000"><hp:margin top="0" bottom="0"/></hp:pagePr></hp:secPr>'
    )
    rows = [[cell(r, c, p(f"{r}{c}", lines=[0, 1000, 2000])) for c in "01"] for r in range(8)]
    for inner, expected in (
        (table(rows), [("약 1", "0"), ("약 2", "4"), ("약 3", "7")]),
        (table([[cell(0, 0, p("글", lines=[0]), p(table(rows), lines=[1000, 9000, 15000]))]]),
         [("약 1", "글"), ("약 2", "뒤")]),
    ):  # fmt: skip
        found = read(hwpx(section(p(page, inner, lines=[0]), p("뒤", lines=[7000]))))
        assert [(m.label, found.text[m.start]) for m in found.pages] == expected


def test_two_columns_are_one_page() -> None:
    two = '<hp:ctrl><hp:colPr colCount="2"/></hp:ctrl>'
    body = [p(two, "가", lines=[0]), p("나", lines=[9000]), p("다", lines=[0]), p("라", lines=[9000]),
            p("마", lines=[0])]  # fmt: skip
    found = read(hwpx(section(*body)))
    assert [(m.label, found.text[m.start]) for m in found.pages] == [("약 1", "가"), ("약 2", "마")]


# Metadata -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "licence"),
    [
        ('type="KOGL" flag="0"', "공공누리 제1유형(출처표시)"),
        ('type="KOGL" flag="1"', "공공누리 제2유형(출처표시+상업적이용금지)"),
        ('type="KOGL" flag="2"', "공공누리 제3유형(출처표시+변경금지)"),
        ('type="KOGL" flag="3"', "공공누리 제4유형(출처표시+상업적이용금지+변경금지)"),
        ('type="CCL" flag="5"', "CCL(저작자표시+상업적이용금지+동일조건변경허락)"),
        ('type="NEW" flag="1"', ""),
    ],
)
def test_the_licence_mark_is_read(mark: str, licence: str) -> None:
    more = f"<hh:docOption><hh:licensemark {mark}/></hh:docOption>"
    assert read(hwpx(p("글"), head=header(more=more))).licence == licence


def test_a_title_counts_only_where_the_text_bears_it_out() -> None:
    assert plausible_title("2026년 물류비 융자 공고", "2026년  물류비\n융자 공고\n본문") != ""
    assert plausible_title("법령안", "법령안") == ""
    assert plausible_title("물류비 융자", "2026년 물류비 융자 공고\n본문") == ""
    assert plausible_title("물류비를 융자한다", "물류비를 융자한다\n본문") == ""
    assert plausible_title("지난해 문서의 제목", "다른 글") == ""


def test_the_spine_gives_the_order_of_sections() -> None:
    package = (
        '<o:package xmlns:o="x"><o:manifest><o:item id="a" href="Contents/section0.xml"/>'
        '<o:item id="b" href="Contents/section1.xml"/></o:manifest>'
        '<o:spine><o:itemref idref="b"/><o:itemref idref="a"/></o:spine></o:package>'
    )
    found = read(hwpx(p("하나"), p("둘"), files={"Contents/content.hpf": package}))
    assert lines(found) == ["둘", "하나"]


# What is refused ------------------------------------------------------------------------------


def test_what_cannot_be_read_is_named() -> None:
    secret = (
        '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    assert "암호" in refusal(hwpx(p("글"), files={"META-INF/manifest.xml": secret}))
    placeholder = "이 문서는 상위 버전의 배포용 문서입니다. 문서를 읽으려면 최신 버전이 필요합니다."
    assert "배포용" in refusal(hwpx(p(placeholder)))
    assert "글자가 없습니다" in refusal(hwpx(p()))
    assert "HWP 3" in refusal(b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + b"\0" * 900)
    assert "HWPML" in refusal(b'<?xml version="1.0"?>\n<HWPML Version="2.9"></HWPML>')
    assert "형식이 아닙니다" in refusal(b"%PDF-1.7")
    assert "손상" in refusal(b"PK\x03\x04 nothing")
    assert "손상" in refusal(hwpx("<hs:sec xmlns:hs='x'><broken>"))


def test_formats_are_told_by_content() -> None:
    assert recognise(hwpx(p("글"))) is Hancom.HWPX
    assert recognise(made.hwp5(made.para("글"))) is Hancom.HWP5
    assert recognise((SAMPLES / "noori.hwpx").read_bytes()) is Hancom.HWPX
    assert recognise((SAMPLES / "noori.hwp").read_bytes()) is Hancom.HWP5
    utf16 = '<?xml version="1.0" encoding="UTF-16"?><HWPML>'.encode("utf-16")
    assert recognise(utf16) is Hancom.HWPML
    assert recognise(b"PK\x03\x04word/document.xml") is None
    assert recognise(b"") is None
    assert recognise("그냥 글".encode()) is None


# Hostile files --------------------------------------------------------------------------------


def test_a_document_type_is_refused_and_no_entity_grows() -> None:
    bomb = '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    inside = section("<hp:p><hp:run><hp:t>&b;</hp:t></hp:run></hp:p>")
    assert "DTD" in refusal(hwpx(p("글"), head=bomb + header()))
    data = hwpx(p("글"), files={"Contents/section1.xml": bomb + inside})
    assert "DTD" in refusal(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_bomb_is_refused() -> None:
    data = hwpx(p("글"), files={"Contents/section1.xml": b"<a>" + b" " * (40 << 20) + b"</a>"})
    assert len(data) < 1 << 17
    assert "압축" in refusal(data)


def test_an_archive_of_too_many_files_is_refused() -> None:
    many = {f"BinData/{n}": b"" for n in range(10_001)}
    assert "10,00" in refusal(hwpx(p("글"), files=many))


def test_tables_without_end_are_refused() -> None:
    inside = p("속")
    for _ in range(30):
        inside = p(table([[cell(0, 0, inside), cell(0, 1, p("곁"))]]))
    assert "겹" in refusal(hwpx(inside))
    deep = "<hp:p><hp:run>" + "<hp:container>" * 10_000 + "</hp:container>" * 10_000
    assert refusal(hwpx(deep + "</hp:run></hp:p>"))


def test_elements_without_number_are_refused() -> None:
    assert "지나치게 커서" in refusal(hwpx(section("<hp:p a='12345'/>" * 4_000_100)))
    assert "문단이" in refusal(hwpx(section(p("가") * 250_001)))


def test_long_runs_of_blanks_cost_no_more_than_their_length() -> None:
    found = read(hwpx(p("가" + " " * 400_000 + "나" + "\n " * 200_000 + "다")))
    assert found.text.split() == ["가", "나", "다"]


NOORI = (SAMPLES / "noori.hwpx").read_bytes()
NOTICE = (SAMPLES / "mpm_recruitment_notice.hwpx").read_bytes()


@pytest.mark.parametrize("data", [NOORI, NOTICE], ids=["noori", "notice"])
def test_a_cut_file_is_refused(data: bytes) -> None:
    for size in range(0, len(data), 4096):
        refusal(data[:size])


@settings(max_examples=150, deadline=None)
@given(damaged(NOORI, NOTICE))
def test_flipped_and_cut_files_give_a_document_or_a_named_error(file: Damaged) -> None:
    for content in file.contents:
        read_or_refused(read, content, "문서.hwpx")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["Contents/section0.xml", "Contents/header.xml"]),
    st.lists(
        st.tuples(
            st.integers(0, 5000),
            st.sampled_from(["-1", "0", "65535", "4294967295", "9" * 30, "x", ""]),
        ),
        max_size=20,
    ),
)
def test_any_numbers_in_the_markup_are_survived(path: str, changes: list[tuple[int, str]]) -> None:
    with zipfile.ZipFile(SAMPLES / "noori.hwpx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith("xml")}
    markup = parts[path].decode()
    for at, value in changes:
        numbers = list(re.finditer(r'="(\d+)"', markup))
        found = numbers[at % len(numbers)]
        markup = markup[: found.start(1)] + value + markup[found.end(1) :]
    parts[path] = markup.encode()
    section_part = parts.pop("Contents/section0.xml").decode()
    head = parts.pop("Contents/header.xml").decode()
    read_or_refused(read, hwpx(section_part, head=head, files=parts), "문서.hwpx")


WORDS = st.text(alphabet="가나다라 1)-<>&\t\n\u0301\u0338\u1100\u1161", max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            WORDS.map(lambda word: p(f"<hp:t>{made.escape(word)}</hp:t>")),
            st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=1, max_size=3).map(
                lambda rows: p("앞", grid(*rows), note(1, "주"))
            ),
            st.lists(st.tuples(*[st.integers(0, 4)] * 4, WORDS), min_size=1, max_size=6).map(
                lambda cells: p(
                    table([[cell(r, c, p(w), spans=(h, v)) for r, c, h, v, w in cells]])
                )
            ),
        ),
        max_size=6,
    )
)
def test_any_paragraphs_give_consistent_offsets(paragraphs: list[str]) -> None:
    consistent(read(hwpx(section(p("처음"), *paragraphs))))
