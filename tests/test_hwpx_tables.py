"""HWPX made by hand: tables and pages."""

from __future__ import annotations

from functools import partial

from extracted_text import lines, said, table_blocks
from hancom_files import auto_number, cell, grid, hwpx, p, section, table

from rag.loading.hwpx import read_hwpx
from rag.types import BlockKind

read = partial(read_hwpx, name="문서.hwpx")


# Tables ---------------------------------------------------------------------------------------


def test_merged_cells_keep_their_place_and_spans() -> None:
    rows = [
        [cell(0, 0, p("구분"), spans=(2, 1)), cell(0, 1, p("융자"), spans=(1, 2))],
        [cell(1, 1, p("한도")), cell(1, 2, p("금리"))],
        [cell(2, 0, p("물류")), cell(2, 1, p("10억")), cell(2, 2, p("2.5%"))],
    ]
    found = read(hwpx(p(table(rows))))
    (block,) = table_blocks(found)
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
    (block,) = table_blocks(read(hwpx(p(table(rows)))))
    assert block.table is not None
    assert [c.header for c in block.table.cells if c.row == 0] == [True, True]
    assert not block.table.cells[3].header


def test_a_nested_table_is_text_of_its_cell() -> None:
    rows = [
        [cell(0, 0, p("바깥")), cell(0, 1, p("앞"), p(grid(["가", "나"], ["다", "라"])), p("뒤"))]
    ]
    found = read(hwpx(p(table(rows))))
    (block,) = table_blocks(found)
    assert block.table is not None
    assert said(found, block.table.cells[1]) == "앞\n가\t나\n다\t라\n뒤"


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    inside = table([[cell(0, 0, p("제목"), p(grid(["가", "나"], ["다", "라"])))]])
    found = read(hwpx(p(inside)))
    assert found.text == "제목\n\n가\t나\n다\t라"
    assert len(table_blocks(found)) == 1


def test_captions_stand_on_their_side_and_are_tied() -> None:
    caption = p("표 ", auto_number(3, "TABLE"), " 예산")
    rows = [[cell(0, 0, p("가")), cell(0, 1, p("나"))]]
    above = read(hwpx(p(table(rows, caption, "TOP"))))
    below = read(hwpx(p(table(rows, caption, "BOTTOM"))))
    assert above.text == "표 3 예산\n\n가\t나"
    assert below.text == "가\t나\n\n표 3 예산"
    for found in (above, below):
        (block,) = table_blocks(found)
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
    (block,) = table_blocks(found)
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
    (block,) = table_blocks(read(hwpx(p(table(rows)))))
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
