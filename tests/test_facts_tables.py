"""Tables and forms as facts: each cell under the names of its row, column and group; hand-made truth."""

from __future__ import annotations

from pathlib import Path

import made_forms
import pytest
from fact_making import Cell, document, facts, html, source
from hancom_files import hwpx, p, section, table
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import GROWTH, PLANTS

from rag.facts import Fact, Form, caption_of, facts_of
from rag.facts.tables import MOST
from rag.loading import load
from rag.outline import outline
from rag.types import Document

TITLE = "가람 안내"


def paper(body: str) -> Document:
    """A document with a title and a table, or more, below it."""
    return document(f"{TITLE}\n\n{body}\n")


Told = dict[tuple[str, ...], str]
"""Value by (names from the caption inwards …, attribute)."""


def told(made: Document, form: Form = Form.CELL) -> Told:
    """What the cells of a document say; the title above them is left out."""
    found: Told = {}
    for fact in facts(made, form):
        key = (*(name for name in fact.subject if name != TITLE), fact.attribute)
        assert key not in found, key
        found[key] = fact.value
    return found


def fact_with(made: Document, value: str, form: Form = Form.CELL) -> Fact:
    """The one fact of a form that states a value."""
    (fact,) = [fact for fact in facts(made, form) if fact.value == value]
    return fact


LOANS = """< 자금별 융자 조건 >

구분	시설자금	운전자금	재기자금
지원대상	제조업체	수출기업	재창업자
금리	2.9%	3.1%	2.0%
대출기간	10년	5년	-
비고	신축		연 1회"""

PIPES = """< 기술별 단계 >

| 기술명 | 단계 | 완료 목표 |
|---|---|---|
| 수소 저장 | 2단계 | 2027년 |
| 폐열 회수 | 1단계 | 2026년 |"""

BLANKS = """< 항만별 물동량 >

(단위 : 천톤)
항만명        2022년      2023년     증감률(%)
동해항        1,204       1,310       8.8
서해항          980         870      △11.2
합계          2,184       2,180      △0.2"""


# Rows, columns, units


def test_a_cell_is_named_by_its_row_and_its_column() -> None:
    made = paper(LOANS)
    above = "자금별 융자 조건"
    assert told(made) == {
        (above, "지원대상", "시설자금"): "제조업체",
        (above, "지원대상", "운전자금"): "수출기업",
        (above, "지원대상", "재기자금"): "재창업자",
        (above, "금리", "시설자금"): "2.9%",
        (above, "금리", "운전자금"): "3.1%",
        (above, "금리", "재기자금"): "2.0%",
        (above, "대출기간", "시설자금"): "10년",
        (above, "대출기간", "운전자금"): "5년",
        (above, "대출기간", "재기자금"): "-",
        (above, "비고", "시설자금"): "신축",
        (above, "비고", "운전자금"): "",
        (above, "비고", "재기자금"): "연 1회",
    }
    rows = facts(made, Form.ROW)
    assert [(fact.attribute, fact.value, fact.cell) for fact in rows] == [
        ("구분", "지원대상", (1, 0)),
        ("구분", "금리", (2, 0)),
        ("구분", "대출기간", (3, 0)),
        ("구분", "비고", (4, 0)),
    ]


def test_a_dash_and_an_empty_cell_are_blank() -> None:
    made = paper(LOANS)
    blank = {fact.subject[-1] + fact.attribute for fact in facts(made) if fact.blank}
    assert blank == {"대출기간재기자금", "비고운전자금"}
    empty = fact_with(made, "")
    assert len(empty.span) == 0
    assert made.text[: empty.span.start].rstrip().endswith("신축")


def test_places_of_cell_header_and_row() -> None:
    made = paper(LOANS)
    fact = fact_with(made, "3.1%")
    assert (source(made, fact.span), source(made, fact.label)) == ("3.1%", "운전자금")
    assert fact.cell == (2, 2)
    assert source(made, fact_with(made, "금리", Form.ROW).span) == "금리"
    (number,) = {fact.block for fact in facts(made)}
    assert outline(made)[number].table is not None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            PIPES,
            {
                ("기술별 단계", "수소 저장", "단계"): "2단계",
                ("기술별 단계", "수소 저장", "완료 목표"): "2027년",
                ("기술별 단계", "폐열 회수", "단계"): "1단계",
                ("기술별 단계", "폐열 회수", "완료 목표"): "2026년",
            },
        ),
        (
            BLANKS,
            {
                ("항만별 물동량", "동해항", "2022년"): "1,204",
                ("항만별 물동량", "동해항", "2023년"): "1,310",
                ("항만별 물동량", "동해항", "증감률"): "8.8",
                ("항만별 물동량", "서해항", "2022년"): "980",
                ("항만별 물동량", "서해항", "2023년"): "870",
                ("항만별 물동량", "서해항", "증감률"): "△11.2",
                ("항만별 물동량", "합계", "2022년"): "2,184",
                ("항만별 물동량", "합계", "2023년"): "2,180",
                ("항만별 물동량", "합계", "증감률"): "△0.2",
            },
        ),
    ],
    ids=["pipes", "blanks"],
)
def test_tables_of_pipes_and_of_blanks(body: str, expected: Told) -> None:
    assert told(paper(body)) == expected


def test_the_unit_is_that_of_the_column_before_that_of_the_table() -> None:
    units = {fact.value: fact.unit for fact in facts(paper(BLANKS), Form.CELL)}
    assert (units["1,204"], units["870"], units["2,180"]) == ("천톤", "천톤", "천톤")
    assert (units["8.8"], units["△0.2"]) == ("%", "%")
    rows: list[list[Cell]] = [
        ["구분", "면적(㎡)", "금리(청년)", "위치"],
        ["물빛관", "1,200", "2.0%", "하늘시"],
        ["숲빛관", "900", "2.5%", "바람시"],
    ]
    found = {fact.value: fact for fact in facts(paper(html(rows)), Form.CELL)}
    assert (found["900"].attribute, found["900"].unit, found["900"].scope) == ("면적", "㎡", ())
    assert (found["2.5%"].attribute, found["2.5%"].unit) == ("금리", "")
    assert found["2.5%"].scope == ("청년",)
    assert found["바람시"].unit == ""


def test_the_unit_behind_the_name_of_a_row_is_that_of_its_cells() -> None:
    body = "구분\t'23\t'24\n수출액(억불)\t585\t621\n수입액(백만원)\t433\t415\n비중\t3\t4"
    found = {fact.value: fact for fact in facts(paper(body), Form.CELL)}
    assert (found["585"].unit, found["415"].unit, found["3"].unit) == ("억불", "백만원", "")
    assert found["585"].subject[-1] == "수출액"
    assert fact_with(paper(body), "수출액(억불)", Form.ROW).attribute == "구분"


def test_headers_of_two_rows_and_the_unit_above_one_of_them() -> None:
    rows: list[list[Cell]] = [
        [("구분", 2, 1), ("예산(백만원)", 1, 2), ("증감률(%)", 2, 1)],
        ["국비", "지방비"],
        ["교육", "10", "5", "2.2"],
        ["환경", "30", "7", "△4.0"],
    ]
    found = {fact.value: fact for fact in facts(paper(html(rows, heads=2)), Form.CELL)}
    assert (found["7"].attribute, found["7"].scope, found["7"].unit) == (
        "지방비",
        ("예산",),
        "백만원",
    )
    assert (found["2.2"].attribute, found["2.2"].scope, found["2.2"].unit) == ("증감률", (), "%")


# Merged headers and keys


def test_outer_headers_are_the_scope() -> None:
    found = {
        (fact.subject[-1], *fact.scope, fact.attribute): fact.value
        for fact in facts(paper(f"< 나라별 성장률 >\n\n{GROWTH}"), Form.CELL)
    }
    assert found["몽골", "'25년 전망", "'25.3"] == "5.0"
    assert found["몽골", "'26년 전망", "'25.3"] == "3.1"
    assert found["칠레", "'25년 전망", "조정폭"] == "△0.1"
    assert found["페루", "'26년 전망", "조정폭"] == "△0.9"
    assert len(found) == 24
    units = {fact.unit for fact in facts(paper(GROWTH), Form.CELL)}
    assert units == set() or units <= {"전년대비, %, %p"}


def test_headers_of_two_rows_written_with_tabs() -> None:
    body = (
        "(단위 : 백만원)\n구분\t2023년\t\t2024년\t\t합계\n\t국비\t지방비\t국비\t지방비\t\n"
        "교육\t10\t5\t20\t6\t41\n환경\t30\t7\t△40\t8\t5\n합계\t40\t12\t△20\t14\t46"
    )
    found = {
        (fact.subject[-1], *fact.scope, fact.attribute): (fact.value, fact.unit)
        for fact in facts(paper(body), Form.CELL)
    }
    assert found["환경", "2024년", "국비"] == ("△40", "백만원")
    assert found["교육", "2023년", "지방비"] == ("5", "백만원")
    assert found["교육", "합계"] == ("41", "백만원")
    assert found["합계", "2024년", "국비"] == ("△20", "백만원")
    assert found["합계", "합계"] == ("46", "백만원")
    assert len(found) == 15


MERGED: list[list[Cell]] = [
    [("분야", 2, 1), ("사업", 2, 1), ("지원 한도", 1, 2), ("비고", 2, 1)],
    ["중소기업", "중견기업"],
    [("수출", 2, 1), "해외 전시", "2천만원", "1천만원", ("연 1회", 2, 1)],
    ["통번역", "500만원", "-"],
    ["기술", "특허 출원", "300만원", "200만원", "제한 없음"],
]


def test_merged_keys_and_values_belong_to_all_their_rows() -> None:
    made = paper(html(MERGED, heads=2))
    assert told(made) == {
        ("수출", "해외 전시", "중소기업"): "2천만원",
        ("수출", "해외 전시", "중견기업"): "1천만원",
        ("수출", "해외 전시", "비고"): "연 1회",
        ("수출", "통번역", "중소기업"): "500만원",
        ("수출", "통번역", "중견기업"): "-",
        ("수출", "통번역", "비고"): "연 1회",
        ("기술", "특허 출원", "중소기업"): "300만원",
        ("기술", "특허 출원", "중견기업"): "200만원",
        ("기술", "특허 출원", "비고"): "제한 없음",
    }
    rows = facts(made, Form.ROW)
    assert [(f.subject[1:], f.attribute, f.value, f.cell) for f in rows] == [
        ((), "분야", "수출", (2, 0)),
        (("수출",), "사업", "해외 전시", (2, 1)),
        (("수출",), "사업", "통번역", (3, 1)),
        ((), "분야", "기술", (4, 0)),
        (("기술",), "사업", "특허 출원", (4, 1)),
    ]


def test_a_key_over_two_columns_names_its_row_once() -> None:
    rows: list[list[Cell]] = [
        ["기업", "자금", "금리", "기간"],
        [("중소기업", 2, 1), "운전자금", "2.5%", "3년"],
        ["시설자금", "3.0%", ("5년", 2, 1)],
        [("대기업", 1, 2), "4.0%"],
    ]
    made = paper(html(rows))
    assert told(made) == {
        ("중소기업", "운전자금", "금리"): "2.5%",
        ("중소기업", "운전자금", "기간"): "3년",
        ("중소기업", "시설자금", "금리"): "3.0%",
        ("중소기업", "시설자금", "기간"): "5년",
        ("대기업", "금리"): "4.0%",
        ("대기업", "기간"): "5년",
    }
    names = [(fact.attribute, fact.value) for fact in facts(made, Form.ROW)]
    assert names.count(("기업", "대기업")) == 1
    assert ("자금", "대기업") not in names


def test_a_column_that_only_counts_its_rows_names_nothing() -> None:
    for head in ("연번", "번호", "No.", "순번"):
        rows: list[list[Cell]] = [
            [head, "과제", "예산"],
            ["1", "바다숲", "3억원"],
            ["2", "하늘길", "5억원"],
        ]
        made = paper(html(rows))
        assert told(made) == {("바다숲", "예산"): "3억원", ("하늘길", "예산"): "5억원"}
        assert [fact.value for fact in facts(made, Form.ROW)] == ["바다숲", "하늘길"]
    rows = [["순위", "품목", "금액(억불)"], ["1", "선박", "811"], ["2", "도자기", "305"]]
    made = paper(html(rows))
    assert told(made) == {("선박", "금액"): "811", ("도자기", "금액"): "305"}
    ranks = [(f.attribute, f.value) for f in facts(made, Form.ROW)]
    assert ranks == [("순위", "1"), ("품목", "선박"), ("순위", "2"), ("품목", "도자기")]


def test_two_halves_side_by_side_are_two_tables() -> None:
    rows: list[list[Cell]] = [
        ["품목", "수출액", "품목", "수출액"],
        ["선박", "811", "원유", "902"],
        ["도자기", "305", "선반", "106"],
    ]
    expected = {
        ("선박", "수출액"): "811",
        ("원유", "수출액"): "902",
        ("도자기", "수출액"): "305",
        ("선반", "수출액"): "106",
    }
    assert told(paper(html(rows))) == expected
    flat = "\n".join("\t".join(str(cell) for cell in row) for row in rows)
    assert told(paper(flat)) == expected


def test_lists_under_two_outer_headers_keep_to_their_half() -> None:
    rows: list[list[Cell]] = [
        [("순위", 2, 1), ("수출", 1, 2), ("수입", 1, 2)],
        ["품목명", "2023년", "품목명", "2023년"],
        ["1", "선박", "811", "원유", "902"],
        ["2", "도자기", "305", "선박", "106"],
    ]
    found = {
        (*fact.subject[1:], *fact.scope, fact.attribute): fact.value
        for fact in facts(paper(html(rows, heads=2)), Form.CELL)
    }
    assert found == {
        ("선박", "수출", "2023년"): "811",
        ("원유", "수입", "2023년"): "902",
        ("도자기", "수출", "2023년"): "305",
        ("선박", "수입", "2023년"): "106",
    }
    names = [
        (*fact.scope, fact.attribute, fact.value)
        for fact in facts(paper(html(rows, heads=2)), Form.ROW)
    ]
    assert ("순위", "1") in names and ("수출", "품목명", "도자기") in names


# Groups, wide rows, headers given anew


def test_a_row_over_the_whole_width_names_the_rows_below_it() -> None:
    rows: list[list[Cell]] = [
        ["구분", "한도", "금리"],
        [("【 중소기업 】", 1, 3)],
        ["운전자금", "500", "2%"],
        [("【 대기업 】", 1, 3)],
        ["운전자금", "900", "4%"],
        ["시설자금", "700", "5%"],
    ]
    small, large = "【 중소기업 】", "【 대기업 】"
    assert told(paper(html(rows))) == {
        (small, "운전자금", "한도"): "500",
        (small, "운전자금", "금리"): "2%",
        (large, "운전자금", "한도"): "900",
        (large, "운전자금", "금리"): "4%",
        (large, "시설자금", "한도"): "700",
        (large, "시설자금", "금리"): "5%",
    }


def test_a_row_with_one_wide_value_is_a_label_and_its_value() -> None:
    rows: list[list[Cell]] = [
        ["구분", "기초반", "심화반"],
        ["교육기간", "3월", "9월"],
        ["접수처", ("가람구청 3층 평생학습과", 1, 2)],
    ]
    made = paper(html(rows))
    fact = fact_with(made, "가람구청 3층 평생학습과")
    assert (fact.subject, fact.attribute, fact.scope) == ((TITLE,), "접수처", ())
    assert (source(made, fact.label), fact.cell) == ("접수처", (2, 1))


def test_headers_given_anew_name_the_cells_that_their_key_spans() -> None:
    rows: list[list[Cell]] = [
        ["구분", "1분기", "2분기"],
        [("접수", 3, 1), "접수처", "접수기간"],
        ["시청", "3월"],
        ["구청", "4월"],
        ["심사", "서면", "발표"],
    ]
    made = paper(html(rows))
    found = [(f.subject[1:], f.attribute, f.value) for f in facts(made, Form.CELL, Form.ROW)]
    assert (("접수",), "접수처", "시청") in found
    assert (("접수", "시청"), "접수기간", "3월") in found
    assert (("접수", "구청"), "접수기간", "4월") in found
    assert all(value not in ("접수처", "접수기간") for _, _, value in found)
    assert (("심사", "서면"), "2분기", "발표") in found


@pytest.mark.xfail(
    strict=True, reason="names inside a group do not yet head the figures under them"
)
def test_names_inside_a_group_head_the_figures_under_them() -> None:
    found = facts(paper(PLANTS), Form.CELL)
    assert [
        fact.value for fact in found if "침전" in (fact.attribute, *fact.subject, *fact.scope)
    ] == ["41%"]


def test_rows_that_differ_in_brackets_have_different_names() -> None:
    rows: list[list[Cell]] = [
        ["구분", "금리", "한도"],
        ["융자(중소기업)", "2.0%", "5억원"],
        ["융자(중견기업)", "2.9%", "9억원"],
    ]
    one, other = (fact_with(paper(html(rows)), value) for value in ("2.0%", "2.9%"))
    assert (one.subject, one.scope) != (other.subject, other.scope)


# Ticks


def test_a_tick_says_the_header_of_its_column() -> None:
    rows: list[list[Cell]] = [
        ["사업", "청년", "중장년", "노년"],
        ["취업 교육", "○", "", "●"],
        ["창업 교육", "", "✔", ""],
    ]
    made = paper(html(rows))
    found = facts(made, Form.CELL)
    assert sorted((f.subject[-1], f.attribute, f.value) for f in found) == [
        ("창업 교육", "창업 교육", "중장년"),
        ("취업 교육", "취업 교육", "노년"),
        ("취업 교육", "취업 교육", "청년"),
    ]
    tick = fact_with(made, "중장년")
    assert (source(made, tick.span), source(made, tick.label)) == ("중장년", "✔")


def test_circles_beside_crosses_are_values() -> None:
    rows: list[list[Cell]] = [
        ["사업", "온라인", "방문"],
        ["취업 교육", "O", "X"],
        ["창업 교육", "X", "O"],
    ]
    assert told(paper(html(rows))) == {
        ("취업 교육", "온라인"): "O",
        ("취업 교육", "방문"): "X",
        ("창업 교육", "온라인"): "X",
        ("창업 교육", "방문"): "O",
    }


# Two columns of text


def test_columns_of_texts_of_one_sort_do_not_name_each_other() -> None:
    rows: list[list[Cell]] = [
        ["잘된 점", "아쉬운 점"],
        [
            "신청이 쉬워지고 누리집이 빨라졌다는 의견이 지난해보다 크게 늘었음",
            "예산이 일찍 바닥나서 하반기에는 신청하지 못했다는 의견이 많음",
        ],
        ["누리집이 빨라졌다는 의견", "서류가 여전히 많다는 의견"],
    ]
    flat = "\n".join("\t".join(str(cell) for cell in row) for row in rows)
    assert [(f.attribute, f.value) for f in facts(paper(flat), Form.CELL)] == [
        ("잘된 점", str(rows[1][0])),
        ("아쉬운 점", str(rows[1][1])),
        ("잘된 점", "누리집이 빨라졌다는 의견"),
        ("아쉬운 점", "서류가 여전히 많다는 의견"),
    ]


def test_bullets_are_described_by_their_column_and_their_labels() -> None:
    rows: list[list[Cell]] = [
        ["한빛 단지", "누리 단지"],
        ["• (분야) 조선", "• (분야) 섬유"],
        ["• (예산) 12억원", "• (예산) 34억원"],
    ]
    made = paper(html(rows))
    assert facts(made, Form.ROW) == []
    assert told(made, Form.LABEL) == {
        ("한빛 단지", "분야"): "조선",
        ("누리 단지", "분야"): "섬유",
        ("한빛 단지", "예산"): "12억원",
        ("누리 단지", "예산"): "34억원",
    }


def test_bullets_before_the_names_of_rows_are_no_bar() -> None:
    body = "구분\t'23\t'24\n○ 교육\t10\t20\n - 초등\t4\t5\n - 중등\t6\t15"
    assert told(paper(body)) == {
        ("○ 교육", "'23"): "10",
        ("○ 교육", "'24"): "20",
        ("- 초등", "'23"): "4",
        ("- 초등", "'24"): "5",
        ("- 중등", "'23"): "6",
        ("- 중등", "'24"): "15",
    }


def test_labels_inside_a_cell_are_facts_of_its_row_and_column() -> None:
    rows: list[list[Cell]] = [
        ["지구", "지원 내용"],
        ["푸른 지구", "• (분야) 전기차 부품 • (예산) 70억원 - 국비 : 50억원 • (기간) 3년"],
    ]
    made = paper(html(rows))
    found = [(f.subject[1:], f.attribute, f.value) for f in facts(made, Form.LABEL)]
    assert found == [
        (("푸른 지구", "지원 내용"), "분야", "전기차 부품"),
        (("푸른 지구", "지원 내용"), "예산", "70억원 - 국비 : 50억원"),
        (("푸른 지구", "지원 내용", "예산"), "국비", "50억원"),
        (("푸른 지구", "지원 내용"), "기간", "3년"),
    ]


# Captions


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("< 융자 조건 >", "융자 조건"),
        ("<표 1> 융자 조건", "<표 1> 융자 조건"),
        ("**표 1** 융자 조건", "표 1 융자 조건"),
        ("○ 융자 조건", "융자 조건"),
        ("융자 조건", "융자 조건"),
        ("다음 표와 같이 정한다.", None),
        ("융자 조건은 아래와 같음", None),
        ("융자 조건 : 아래", None),
        ("가" * 61, None),
        ("가" * 60, "가" * 60),
    ],
)
def test_a_table_is_called_by_its_caption_or_the_line_above_it(
    above: str, caption: str | None
) -> None:
    made = document(f"{TITLE}\n\n글을 적는다.\n\n{above}\n구분\t한도\n융자\t3\n보증\t5\n")
    blocks = outline(made)
    (number,) = [n for n, block in enumerate(blocks) if block.table is not None]
    assert caption_of(made, blocks, number) == (() if caption is None else (caption,))
    found = next(fact for fact in facts_of(made, blocks) if fact.value == "3")
    expected = (TITLE, "융자") if caption is None else (TITLE, caption, "융자")
    assert found.subject[-len(expected) + 1 :] == expected[1:]


def test_a_table_at_the_front_has_no_caption() -> None:
    made = document("구분\t한도\n융자\t3\n보증\t5\n")
    assert caption_of(made, outline(made), 0) == ()


# Forms


FORM = """< 사업 개요 >

사업명	청년 창업 도약	주관기관	한빛진흥원
사업기간	2025.3 ~ 2027.2	총사업비	48억원
지원대상	만 39세 이하 창업자	접수처	-"""


def test_pairs_of_a_form_stand_side_by_side() -> None:
    made = paper(FORM)
    assert told(made) == {
        ("사업 개요", "사업명"): "청년 창업 도약",
        ("사업 개요", "주관기관"): "한빛진흥원",
        ("사업 개요", "사업기간"): "2025.3 ~ 2027.2",
        ("사업 개요", "총사업비"): "48억원",
        ("사업 개요", "지원대상"): "만 39세 이하 창업자",
        ("사업 개요", "접수처"): "-",
    }
    assert [fact.value for fact in facts(made) if fact.blank] == ["-"]
    assert facts(made, Form.ROW) == []
    fact = fact_with(made, "한빛진흥원")
    assert (source(made, fact.label), fact.cell) == ("주관기관", (0, 2))


@pytest.mark.parametrize("head", ["항목", "구분", "번호"])
def test_two_columns_are_a_form_and_their_header_no_field(head: str) -> None:
    rows: list[list[Cell]] = [[head, "내용"], ["접수기간", "3월"], ["제출처", "우편"]]
    assert told(paper(html(rows))) == {("접수기간",): "3월", ("제출처",): "우편"}


def test_two_columns_with_other_names_are_data() -> None:
    rows: list[list[Cell]] = [["지역", "제출처"], ["가람", "시청"], ["누리", "구청"]]
    assert told(paper(html(rows))) == {("가람", "제출처"): "시청", ("누리", "제출처"): "구청"}


def test_bullets_numbers_and_colons_are_no_part_of_a_label() -> None:
    body = "1. 사 업 명 :\t청년 창업 도약\n○ 지원대상\t청년\n- 접수처\t시청"
    assert told(paper(body)) == {
        ("사업명",): "청년 창업 도약",
        ("지원대상",): "청년",
        ("접수처",): "시청",
    }


def test_a_label_over_labels_is_their_subject() -> None:
    rows: list[list[Cell]] = [
        [("신청인", 2, 1), "성명", "한솔미", "전화번호", "099-555-0101"],
        ["주소", ("가람시 나래구 다온로 7", 1, 3)],
        ["접수일", ("2031. 3. 4.", 1, 4)],
    ]
    assert told(paper(html(rows, heads=0))) == {
        ("신청인", "성명"): "한솔미",
        ("신청인", "전화번호"): "099-555-0101",
        ("신청인", "주소"): "가람시 나래구 다온로 7",
        ("접수일",): "2031. 3. 4.",
    }


def test_a_label_over_its_value() -> None:
    rows: list[list[Cell]] = [
        ["성명", "한솔미", "접수일", "2031. 3. 4."],
        [("신청사유", 1, 4)],
        [("설비가 낡아 바꾸려 한다.", 1, 4)],
        ["주소", ("가람시", 1, 3)],
    ]
    made = paper(html(rows, heads=0))
    assert told(made) == {
        ("성명",): "한솔미",
        ("접수일",): "2031. 3. 4.",
        ("신청사유",): "설비가 낡아 바꾸려 한다.",
        ("주소",): "가람시",
    }


def _loaded(folder: Path, rows: list[list[str]]) -> Document:
    path = folder / "form.hwpx"
    path.write_bytes(hwpx(section(p(TITLE), p(table(rows)))))
    return load(path)


def test_a_value_of_several_cells_has_each_as_a_part(tmp_path: Path) -> None:
    made = _loaded(tmp_path, made_forms.CONTACTS)
    assert told(made) == {
        ("담당 부서",): "바다혁신과",
        ("책임자",): "과 장 한솔미 (099-555-0101)",
        ("담당자",): "사무관 도하늘 (099-555-0102)",
    }
    fact = fact_with(made, "사무관 도하늘 (099-555-0102)")
    assert [source(made, part) for part in fact.parts] == ["사무관", "도하늘", "(099-555-0102)"]


def test_the_headers_of_a_file_are_taken_as_they_are(tmp_path: Path) -> None:
    made = _loaded(tmp_path, made_forms.HIRING)
    found = {
        (fact.subject[-1], *fact.scope, fact.attribute): fact.value
        for fact in facts(made, Form.CELL)
    }
    assert found == {
        ("연구직", "채용인원", "신입"): "3명",
        ("연구직", "채용인원", "경력"): "2명",
        ("연구직", "근무지"): "푸른시",
        ("행정직", "채용인원", "신입"): "1명",
        ("행정직", "채용인원", "경력"): "4명",
        ("행정직", "근무지"): "노을시",
        ("기술직", "채용인원", "신입"): "5명",
        ("기술직", "채용인원", "경력"): "6명",
        ("기술직", "근무지"): "",
    }


def test_a_form_that_is_handed_out_has_blank_places(tmp_path: Path) -> None:
    made = _loaded(tmp_path, made_forms.BLANK)
    found = facts(made, Form.CELL)
    blank = {(*fact.subject[1:], fact.attribute) for fact in found if fact.blank}
    assert blank == {
        ("접수번호",),
        ("신청인", "업체명"),
        ("신청인", "대표자"),
        ("신청인", "소재지"),
        ("신청인", "전화번호"),
        ("신청인", "전자우편"),
    }
    assert all(len(fact.span) == 0 for fact in found if fact.blank)


@pytest.mark.xfail(strict=True, reason="what a form leaves to be filled in is taken for a value")
def test_what_is_to_be_filled_in_states_nothing(tmp_path: Path) -> None:
    made = _loaded(tmp_path, made_forms.BLANK)
    places = [
        f for f in facts(made, Form.CELL) if f.attribute in ("신청금액", "시작일", "동의 여부")
    ]
    assert len(places) == 3
    assert all(fact.blank for fact in places)


@pytest.mark.xfail(
    strict=True, reason="a form whose first row is taken for headers is read as data"
)
def test_a_filled_form_with_ticks_and_labels_over_labels(tmp_path: Path) -> None:
    found = told(_loaded(tmp_path, made_forms.FILLED))
    assert found["과제번호",] == "2031-가람-07"
    assert found["지원유형",] == "도약형"
    assert found["물결프로젝트", "분야"] == "해양바이오"
    assert found["물결프로젝트", "세부기술"] == "저온 배양 공정 고도화 기술"


def test_the_table_of_a_web_page(tmp_path: Path) -> None:
    (tmp_path / "course.html").write_text(made_forms.COURSE, encoding="utf-8")
    made = load(tmp_path / "course.html")
    assert [(f.attribute, f.value, f.blank) for f in facts(made, Form.CELL)] == [
        ("교육기간", "2031. 5. 12. ~ 5. 16.(5일)", False),
        ("교육장소", "가람연수원 302호", False),
        ("교육비", "무료", False),
        ("교육인원", "25명", False),
        ("준비물", "", True),
    ]


# Sizes and properties


def test_a_table_of_very_many_cells_has_no_facts() -> None:
    def count(rows: int) -> int:
        body = "\n".join(f"관측점{n}호\t{n}\t{n + 1}" for n in range(rows - 1))
        return len(facts(paper(f"구분\t2019년\t2020년\n{body}"), Form.CELL))

    assert MOST == 3000
    assert count(1000) == 2 * 999
    assert count(1001) == 0


WORDS = st.text("가나다라마바사", min_size=2, max_size=6)
FIGURES = st.integers(0, 10**6).map(lambda number: f"{number:,}") | st.just("-")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_cell_of_a_table_is_found_under_its_row_and_column(data: st.DataObject) -> None:
    columns = data.draw(st.lists(WORDS, min_size=2, max_size=5, unique=True))
    rows = data.draw(st.lists(WORDS, min_size=2, max_size=6, unique=True))
    values = [[data.draw(FIGURES) for _ in columns] for _ in rows]
    grid: list[list[Cell]] = [["구분", *columns]]
    grid += [[name, *row] for name, row in zip(rows, values, strict=True)]
    expected = {
        (name, column): value
        for name, row in zip(rows, values, strict=True)
        for column, value in zip(columns, row, strict=True)
    }
    made = paper(html(grid))
    assert told(made) == expected
    assert [fact.value for fact in facts(made, Form.ROW)] == rows
    for fact in facts(made, Form.CELL):
        assert source(made, fact.span) == fact.value
        assert source(made, fact.label) == fact.attribute


def test_the_name_beside_bullets_names_them() -> None:
    text = (
        "목표\t• 섬 관광객을 두 배로 늘린다 • 숙박을 네 배로 늘린다\t\n"
        "전략\t• 바닷길을 넓힌다 • 머물 곳을 늘린다\t\n"
        "정책 과제\t뱃길 넓히기\t• 새 항로 • 야간 운항\n"
        "\t숙소 늘리기\t• 빈집 고치기 • 야영장\n"
    )
    found = {
        (*fact.subject[1:], fact.attribute): fact.value for fact in facts(paper(text), Form.CELL)
    }
    assert found["정책 과제", "뱃길 넓히기"] == "• 새 항로 • 야간 운항", found
    assert found["정책 과제", "숙소 늘리기"] == "• 빈집 고치기 • 야영장"


# Drawn boxes, and forms that are filled in


def test_a_drawn_box_is_a_table() -> None:
    box = """┌──────────┬────────────┐
│ 분야       │ 지원한도     │
├──────────┼────────────┤
│ 점포철거비 │ 최대 450만원 │
│ 법률자문   │ 1인 3회      │
└──────────┴────────────┘"""
    assert told(paper(box)) == {
        ("점포철거비", "지원한도"): "최대 450만원",
        ("법률자문", "지원한도"): "1인 3회",
    }


def test_a_drawn_box_without_a_rule_has_no_headers() -> None:
    box = """┌──────────┬──────────────────────────┐
│ 원서접수   │ 2031. 3. 4.(화) 09:00 ~ 3. 12.(수) │
│ 필기시험   │ 3. 29.(토) 10:00, 은하수중학교     │
│ 최종 발표  │ 4. 18.(금)                         │
└──────────┴──────────────────────────┘"""
    assert told(paper(box)) == {
        ("원서접수",): "2031. 3. 4.(화) 09:00 ~ 3. 12.(수)",
        ("필기시험",): "3. 29.(토) 10:00, 은하수중학교",
        ("최종 발표",): "4. 18.(금)",
    }


def test_a_drawn_rule_is_no_heading() -> None:
    made = document(f"{TITLE}\n━━━━━━━━━━\n\n□ 한도 : 5억원\n")
    (fact,) = facts(made, Form.LABEL)
    assert (fact.subject, fact.value) == ((TITLE,), "5억원")


def test_a_header_that_is_a_date_makes_no_form() -> None:
    rows: list[list[Cell]] = [
        ["이용권", "현행", "2031년 4월부터"],
        ["하루", "2,000원", "2,500원"],
        ["1년", "30,000원", "36,000원"],
    ]
    assert told(paper(html(rows)))["하루", "2031년 4월부터"] == "2,500원"


FILLED = """<table>
<tr><td colspan="2">품목번호</td><td colspan="10">2026-01-02</td></tr>
<tr><td colspan="2">개발형태</td><td colspan="4">☐ 원천기술형</td><td colspan="6">☑ 혁신제품형</td></tr>
<tr><td rowspan="2" colspan="2">초격차</td><td colspan="3">미션</td><td colspan="7">생산기지 구축</td></tr>
<tr><td colspan="3">세부기술</td><td colspan="7">제형화 기술</td></tr>
<tr><td colspan="2">특성분류</td><td colspan="5">☐ 경쟁형</td><td colspan="4">☐ 복수형</td><td></td></tr>
<tr><td colspan="3">지원 필요성</td><td colspan="9"></td></tr>
<tr><td colspan="12">치료 효과를 높인다</td></tr>
<tr><td colspan="2">성명</td><td colspan="3">연락처</td><td colspan="7"></td></tr>
</table>"""


def test_of_choices_those_that_are_ticked_are_told() -> None:
    found = told(paper(FILLED))
    assert found["개발형태",] == "혁신제품형"
    assert ("특성분류",) not in found  # none is taken


def test_the_cells_beside_a_label_of_several_rows_are_labels_of_theirs() -> None:
    found = told(paper(FILLED))
    assert (found["초격차", "미션"], found["초격차", "세부기술"]) == (
        "생산기지 구축",
        "제형화 기술",
    )


def test_the_value_of_a_label_over_the_width_stands_below() -> None:
    assert told(paper(FILLED))["지원 필요성",] == "치료 효과를 높인다"


def test_a_label_is_no_value_of_the_label_beside_it() -> None:
    assert "연락처" not in told(paper(FILLED)).values()


def test_a_name_over_two_columns_is_not_told_of_its_row() -> None:
    rows = (
        '<tr><td colspan="2">가림</td><td>3</td></tr>',
        "<tr><td>나림</td><td>1</td><td>5</td></tr>",
    )
    made = paper(f"<table>{''.join(rows)}</table>")
    assert "가림" not in {fact.value for fact in facts(made, Form.CELL)}
