"""Word documents made from a known structure, and files that are damaged or hostile."""

from __future__ import annotations

import io
import itertools
import re
import zipfile

import docx
from damaged_files import Damaged, damaged, read_or_refused
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from extracted_text import lines, refused, said
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.loading.docx import read_docx
from rag.loading.extracted import Extracted
from rag.types import BlockKind

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_parts(data: bytes, **parts: str) -> bytes:
    """The package with parts put in or replaced; "document" is word/document.xml."""
    named = {f"word/{name}.xml": content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            new.writestr(name, content)
    return out.getvalue()


def body(inside: str, **parts: str) -> bytes:
    whole = f'<w:document xmlns:w="{W}" xmlns:wp="wp" xmlns:mc="mc"><w:body>{inside}</w:body></w:document>'
    return with_parts(saved(docx.Document()), document=whole, **parts)


def p(inside: str, properties: str = "") -> str:
    run = inside if inside.startswith("<") else f"<w:r><w:t>{inside}</w:t></w:r>"
    return f"<w:p>{properties}{run}</w:p>"


def read(data: bytes) -> Extracted:
    return read_docx(data, "문서.docx")


def stated(found: Extracted, kind: BlockKind) -> list[tuple[int, str]]:
    return [(block.level, said(found, block)) for block in found.stated if block.kind is kind]


def refusal(data: bytes) -> str:
    return refused(read, data)


def test_paragraphs_headings_and_the_title_stand_in_order_with_their_levels() -> None:
    made = docx.Document()
    made.add_heading("수출 지원 계획", 0)
    truth = ["수출 지원 계획"]
    levels = [(0, "수출 지원 계획")]
    for level, text in [
        (1, "추진 배경"),
        (2, "대외 여건은 어떠한가?"),
        (9, "가장 깊은 제목"),
        (1, "추진 과제"),
    ]:
        made.add_heading(text, level)
        made.add_paragraph(f"{text}의 본문이다.")
        truth += [text, f"{text}의 본문이다."]
        levels.append((level - 1, text))
    found = read(saved(made))
    assert lines(found) == truth
    assert stated(found, BlockKind.HEADING) == levels
    assert found.title == "수출 지원 계획"
    assert found.pages == ()
    assert found.warnings == ()


def test_an_outline_level_set_on_a_paragraph_makes_it_a_heading_or_none() -> None:
    made = docx.Document()
    for style, level, text in [("Normal", 1, "둘째 수준"), ("Heading 1", 9, "본문이 된 제목")]:
        element = OxmlElement("w:outlineLvl")
        element.set(qn("w:val"), str(level))
        made.add_paragraph(text, style=style)._p.get_or_add_pPr().append(element)
    assert stated(read(saved(made)), BlockKind.HEADING) == [(1, "둘째 수준")]


LISTS = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="ganada"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1-%5)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"""


def item(text: str, number: int, level: int = 0) -> str:
    return p(
        text,
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>',
    )


def test_automatic_numbers_are_written_as_a_reader_sees_them() -> None:
    parts = item("하나", 5) + item("안쪽", 5, 1) + item("또", 5, 1) + item("더", 5, 2)
    parts += (
        item("둘", 6) + item("새로", 6, 1) + item("점", 5, 3) + item("길", 5, 4) + item("넷부터", 7)
    )
    parts += item("목록 없음", 0) + item("모르는 목록", 99)
    found = read(body(parts, numbering=LISTS))
    assert lines(found) == [
        "1. 하나", "가. 안쪽", "나. 또", "③ 더", "2. 둘", "가. 새로", "• 점", "2-1) 길", "4. 넷부터",
        "목록 없음", "모르는 목록",
    ]  # fmt: skip
    assert stated(found, BlockKind.BULLET) == [(3, "• 점")]


@st.composite
def grids(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """A table's size and merged areas that do not overlap: row, column, rows, columns."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    areas = []
    for _ in range(draw(st.integers(0, 4))):
        row, column = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        height = draw(st.integers(1, rows - row))
        width = draw(st.integers(1, columns - column))
        places = {(r, c) for r in range(row, row + height) for c in range(column, column + width)}
        if not places & taken and len(places) > 1 and len(places) < rows * columns:
            taken |= places
            areas.append((row, column, height, width))
    return rows, columns, areas


@given(grids())
@settings(max_examples=40, deadline=None)
def test_every_cell_has_its_row_column_spans_and_text(
    grid: tuple[int, int, list[tuple[int, int, int, int]]],
) -> None:
    rows, columns, areas = grid
    made = docx.Document()
    table = made.add_table(rows, columns)
    truth = {(r, c): (1, 1) for r in range(rows) for c in range(columns)}
    for row, column, height, width in areas:
        for r in range(row, row + height):
            for c in range(column, column + width):
                del truth[r, c]
        truth[row, column] = (height, width)
        table.cell(row, column).merge(table.cell(row + height - 1, column + width - 1))
    for r, c in truth:
        table.cell(r, c).text = f"칸 {r}행 {c}열"
    found = read(saved(made))
    (block,) = [b for b in found.stated if b.kind is BlockKind.TABLE]
    assert block.table is not None
    assert (block.table.rows, block.table.columns) == (rows, columns)
    got = {
        (c.row, c.column): (c.row_span, c.column_span, said(found, c)) for c in block.table.cells
    }
    assert got == {(r, c): (*span, f"칸 {r}행 {c}열") for (r, c), span in truth.items()}


def test_a_row_marked_as_header_heads_its_table_and_a_caption_names_it() -> None:
    made = docx.Document()
    made.add_paragraph("표 1 지원 한도", style="Caption")
    table = made.add_table(3, 2)
    for r, row in enumerate(
        [("가나다라 마바사", "한도입니다 아마도"), ("중소", "3억"), ("중견", "5억")]
    ):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    found = read(saved(made))
    (block,) = [b for b in found.stated if b.kind is BlockKind.TABLE]
    assert block.table is not None and block.table.caption is not None
    assert found.text[block.table.caption.start : block.table.caption.end] == "표 1 지원 한도"
    assert [c.header for c in block.table.cells][:2] == [True, True]
    assert not any(c.header for c in block.table.cells if c.row > 0 and c.column > 0)


def test_labels_with_blank_places_behind_them_head_no_columns() -> None:
    made = docx.Document()
    rows = [
        ["신청 단체", "", "대표자", ""],
        ["사용 시간", "평일", "비고", "없음"],
        ["대관료", "3만원", "", ""],
    ]
    grid = made.add_table(len(rows), 4)
    for r, row in enumerate(rows):
        for c, word in enumerate(row):
            grid.cell(r, c).text = word
    found = read(saved(made))
    cells = next(block.table for block in found.stated if block.table is not None).cells
    headers = {said(found, cell) for cell in cells if cell.header}
    assert headers == {"신청 단체", "사용 시간", "대관료"}
    # With values in their place the same labels are a header.
    grid.cell(0, 1).text, grid.cell(0, 3).text = "시간", "금액"
    found = read(saved(made))
    cells = next(block.table for block in found.stated if block.table is not None).cells
    assert {said(found, cell) for cell in cells if cell.header and cell.row == 0} == {
        "신청 단체", "시간", "대표자", "금액",
    }  # fmt: skip


def test_a_table_in_a_cell_keeps_its_text_in_that_cell() -> None:
    made = docx.Document()
    outer = made.add_table(1, 2)
    outer.cell(0, 0).text = "바깥"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "안", "쪽"
    found = read(saved(made))
    (block,) = [b for b in found.stated if b.kind is BlockKind.TABLE]
    assert block.table is not None
    assert [said(found, cell) for cell in block.table.cells] == ["바깥", "안\t쪽"]


FOOTNOTES = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1">{p("선")}</w:footnote>
<w:footnote w:id="2">{p("첫 각주의 글")}</w:footnote>
<w:footnote w:id="3">{p('<w:r><w:footnoteReference w:id="3"/><w:t>자신을 부르는 각주</w:t></w:r>')}</w:footnote></w:footnotes>"""


def test_footnotes_follow_the_paragraph_that_bears_their_mark() -> None:
    run = '<w:r><w:t>앞말</w:t><w:footnoteReference w:id="2"/><w:t> 뒷말</w:t></w:r>'
    again = (
        '<w:r><w:t>둘째</w:t><w:footnoteReference w:id="3"/><w:footnoteReference w:id="3"/></w:r>'
    )
    found = read(body(p(run) + p(again) + p("끝"), footnotes=FOOTNOTES))
    assert lines(found) == [
        "앞말<sup>1)</sup> 뒷말", "1) 첫 각주의 글", "둘째<sup>2)</sup>", "2) 자신을 부르는 각주", "끝",
    ]  # fmt: skip
    assert stated(found, BlockKind.NOTE) == [(0, "1) 첫 각주의 글"), (0, "2) 자신을 부르는 각주")]
    assert "선" not in found.text


def test_text_boxes_are_read_once_though_stored_twice() -> None:
    box = f"<w:txbxContent>{p('글상자의 글')}</w:txbxContent>"
    run = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:x>{box}</wp:x></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(read(body(p(run + "<w:r><w:t>본문</w:t></w:r>")))) == ["글상자의 글", "본문"]


def test_deleted_and_hidden_text_and_made_contents_are_left_out_and_said() -> None:
    tracked = (
        "<w:r><w:t>남은 </w:t></w:r><w:del><w:r><w:delText>지운</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>넣은</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>옮긴</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>숨김</w:t></w:r>"
    )
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{p('목차 ... 1')}</w:sdtContent></w:sdt>"
    )
    control = f"<w:sdt><w:sdtContent>{p('양식 안의 글')}</w:sdtContent></w:sdt>"
    found = read(body(contents + p(tracked) + control))
    assert lines(found) == ["남은 넣은", "양식 안의 글"]
    assert [re.search(r"변경 추적|숨긴|목차", w)[0] for w in found.warnings] == [
        "변경 추적", "숨긴", "목차",
    ]  # fmt: skip


def test_headers_footers_comments_and_field_codes_are_left_out() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "머리글"
    made.sections[0].footer.paragraphs[0].text = "바닥글"
    paragraph = made.add_paragraph("본문 ")
    made.add_comment(paragraph.runs, text="메모", author="아무개")
    field = parse_xml(
        f'<w:r {nsdecls("w")}><w:instrText>HYPERLINK "x"</w:instrText><w:t>결과</w:t></w:r>'
    )
    paragraph._p.append(field)
    assert lines(read(saved(made))) == ["본문 결과"]


def test_signs_in_runs_become_characters() -> None:
    run = "<w:r><w:t>가</w:t><w:tab/><w:t>나</w:t><w:br/><w:t>다</w:t><w:noBreakHyphen/><w:t>라</w:t></w:r>"
    link = "<w:hyperlink><w:r><w:t>링크</w:t></w:r></w:hyperlink>"
    formula = "<w:oMath><w:f><w:num><w:r><w:t>1</w:t></w:r></w:num><w:den><w:r><w:t>2</w:t></w:r></w:den></w:f></w:oMath>"
    assert read(body(p(run + link + formula))).text == "가\t나\n다-라링크(1)/(2)"


# Damaged and hostile files ----------------------------------------------------------------------


def test_what_is_no_word_document_is_named() -> None:
    assert "DOCX 형식이 아닙니다" in refusal(b"hello")
    assert "손상" in refusal(with_parts(saved(docx.Document()), document="<x/>"))
    assert "손상" in refusal(with_parts(saved(docx.Document()), document="<w:document"))
    assert "글자가 없습니다" in refusal(saved(docx.Document()))


def test_entities_bombs_and_towers_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    inside = f'{bomb}<w:document xmlns:w="{W}"><w:body>{p("&b;")}</w:body></w:document>'
    assert "DTD" in refusal(with_parts(saved(docx.Document()), document=inside))
    assert "압축" in refusal(body(f"<!--{' ' * 30_000_000}-->"))
    assert "손상" in refusal(body("<w:x>" * 10_000 + "</w:x>" * 10_000))
    tower = "<w:tbl><w:tr><w:tc>" * 40 + p("속") + "</w:tc></w:tr></w:tbl>" * 40
    assert "겹" in refusal(body(tower))


def sample() -> bytes:
    made = docx.Document()
    made.add_heading("제목", 1)
    made.add_paragraph("글", style="List Number")
    made.add_table(2, 2).cell(0, 0).merge(made.tables[0].cell(1, 0)).text = "칸"
    return saved(made)


SAMPLE = sample()


@given(damaged(SAMPLE))
@settings(max_examples=80, deadline=None)
def test_flipped_and_cut_files_give_a_document_or_a_named_error(file: Damaged) -> None:
    for content in file.contents:
        read_or_refused(read, content, "문서.docx")


PIECES = st.sampled_from(
    [
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>글</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
        "<w:tc>", "</w:tc>", '<w:tcPr><w:vMerge/></w:tcPr>', '<w:tcPr><w:gridSpan w:val="-3"/></w:tcPr>',
        '<w:pPr><w:outlineLvl w:val="x"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "<w:sdt/>",
        '<w:footnoteReference w:id="2"/>', "<w:drawing><w:txbxContent/></w:drawing>", "<w:sym/>", "<w:del/>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_arrangement_of_elements_is_read_or_refused(pieces: list[str]) -> None:
    stack: list[str] = []
    out: list[str] = []
    for piece in pieces:
        name = piece[1:].strip("/").rstrip(">")
        if piece.startswith("</"):
            if not stack or stack[-1] != name:
                continue
            stack.pop()
        elif re.fullmatch(r"<w:\w+>", piece):
            stack.append(name)
        out.append(piece)
    whole = "".join(out) + "".join(f"</{name}>" for name in reversed(stack))
    try:
        found = read(body(whole + p("끝"), footnotes=FOOTNOTES))
    except SourceError:
        return
    assert lines(found)[-1] == "끝"
    ends = [block.span for block in found.stated]
    assert all(a.end <= b.start for a, b in itertools.pairwise(ends))
