"""HWPX made by hand: paragraphs, numbers, notes and metadata."""

from __future__ import annotations

import unicodedata
from functools import partial

import pytest
from extracted_text import lines, said
from hancom_files import cell, grid, header, hwpx, note, p, section, sub_list, table

from rag.loading.hancom import plausible_title
from rag.loading.hwpx import read_hwpx
from rag.types import BlockKind

read = partial(read_hwpx, name="문서.hwpx")


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
