"""Hand-made truth about tables: cells, headers, units, captions of every shape."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rag.loading import load, load_folder
from rag.outline import cell_text, header_depth, header_texts, outline, row_text
from rag.reading import read
from rag.types import Block, BlockKind, Document, Table

HERE = Path(__file__).parent


@cache
def seeds() -> dict[str, tuple[Document, tuple[Block, ...]]]:
    return {d.id[:3]: (d, outline(d)) for d in load_folder([HERE.parent / "seeds"])}


def table_of(doc: Document, blocks: tuple[Block, ...], fact: str) -> tuple[Block, Table]:
    at = doc.text.index(fact)
    for block in blocks:
        if block.kind is BlockKind.TABLE and block.span.start <= at < block.span.end:
            assert block.table is not None
            return block, block.table
    raise AssertionError(f"no table holds {fact!r}")


def value(doc: Document, block: Block, row: str, *columns: str) -> str:
    """The cell whose row begins with ``row`` and whose column headers are ``columns``."""
    table = block.table
    assert table is not None
    found = [
        cell_text(doc, block, cell)
        for cell in table.cells
        if header_texts(doc, block, cell.row, cell.column)[0][:1] == (row,)
        and header_texts(doc, block, cell.row, cell.column)[1] == columns
    ]
    assert len(found) == 1, found
    return found[0]


def small(text: str) -> tuple[Document, Block]:
    doc = Document("t", "t.txt", "", "", "", "", "", text, "")
    return doc, next(b for b in outline(doc) if b.kind is BlockKind.TABLE)


CELLS = [
    # seed, a fact of the table, row, columns, value
    ("001", "對美 수출\t585", "對美 수출", ("'16",), "665 (△4.8)"),
    ("001", "对美 수출\t433", "对美 수출", ("‘12",), None),
    ("001", "한국\t△1.0", "한국", ("'22년 전망", "조정폭"), "△0.3"),
    ("001", "한국\t△1.0", "한국", ("'21년 전망", "조정폭"), "+0.5"),
    ("001", "한국\t△1.0", "세계", ("'20년 전망시점",), "△3.4"),
    ("001", "11,851,373", "(SKT)", ("2020.12",), "5,476,055"),
    ("001", "10,051,062", "(원격관제)", ("2019.12",), "4,202,995"),
    ("001", "R&D\t150", "R&D", ("2단계(B)", "소계"), "1,134"),
    ("001", "R&D\t150", "지방비", ("합계 (A+B)",), "1,020"),
    ("001", "지구 지정 기준", "지원규모", ("3단계('23~'27) 예시",),
     "• 사업성과, 경쟁력 수준 등에 따라 2~3단계로 차등화"),
    ("002", "558.0\t593.2\t35.2", "【 기금 】", ("증감(B-A)",), "9.9"),
    ("002", "29.6 (3.2)", "6. 산업·중소기업·에너지", ("2022년 요구",), "29.6 (3.2)"),
    ("002", "셀룰러, LTE-5G", "지연시간", ("C-V2X",), "• 0.1초 미만(100ms)"),
    ("002", "2021.05.04", "2020.11.18", ("내용",), "• FCC, NPRM 만장일치 의결"),
    ("003", "법안명 발의일", "인공지능책임법", ("발의일",), "2023.02.28."),
    ("003", "법안명 발의일", "인공지능책임법", ("주요내용",),
     "인공지능사업자의 의무, 고위험 인공지능 이용사업자의 책무를 규정"),
    ("003", "법안명 발의일", "채용절차공정화법 개정안", ("발의일",), "2023.03.27. 등"),
    ("003", "법안명 발의일", "인공지능 산업 육성 및 신뢰 기반 조성 등에 관한 법률안", ("발의일",),
     "2022.12.07."),
    ("003", "· 재직 개발자 대상", "5) 관련 산업 내 중소벤처기업의 생성형 AI 도입 및 적용",
     ("정책방향 및 과제",),
     "· 재직 개발자 대상으로 생성형 AI 개발 교육 과정 제공 · 기술 지원 센터 구축 및 운영 "
     "· 초기 클라우드 비용 지원"),
]  # fmt: skip


@pytest.mark.parametrize(("seed", "fact", "row", "columns", "expected"), CELLS)
def test_cells_of_the_seeds(
    seed: str, fact: str, row: str, columns: tuple[str, ...], expected: str | None
) -> None:
    doc, blocks = seeds()[seed]
    block, _ = table_of(doc, blocks, fact)
    if expected is None:  # two physical rows under one label
        table = block.table
        assert table is not None
        label = table.at(2, 0)
        assert label is not None and cell_text(doc, block, label) == row
        assert label is table.at(1, 0) and label.row_span == 2
        second = table.at(2, 1)
        assert second is not None and cell_text(doc, block, second) == "(△2.8)"
        assert header_texts(doc, block, 2, 1) == ((row,), columns)
    else:
        assert value(doc, block, row, *columns) == expected


def test_merged_groups_and_second_label_column() -> None:
    doc, blocks = seeds()["001"]
    block, table = table_of(doc, blocks, "인조흑연\t제조공정")
    rows = [
        r
        for r in range(table.rows)
        if header_texts(doc, block, r, 4)[0] == ("인조흑연", "자립화율")
    ]
    assert len(rows) == 1
    cell = table.at(rows[0], 3)
    assert cell is not None and cell_text(doc, block, cell) == "50%"
    assert header_texts(doc, block, rows[0], 3)[1] == ("제조공정 및 자립화율",)


def test_two_tables_side_by_side() -> None:
    doc, blocks = seeds()["001"]
    block, table = table_of(doc, blocks, "반도체제조용장비\t2,711")
    assert header_depth(table) == 2
    assert header_texts(doc, block, 3, 4) == (("2", "반도체"), ("수출", "‘20"))
    assert header_texts(doc, block, 3, 8) == (("2", "반도체제조용장비"), ("수입", "‘20"))


def test_merged_value_covers_the_rows_of_its_group() -> None:
    doc, blocks = seeds()["002"]
    block, table = table_of(doc, blocks, "메가 트렌드 대응")
    texts = [read(doc.text, cell.span).text for r in (3, 4) if (cell := table.at(r, 2))]
    assert texts == ["4,110 (11.44)"] * 2
    assert table.unit == "억원, %"
    assert header_texts(doc, block, 4, 2)[0] == (
        "② 메가 트렌드 대응", "④ 융합을 통한 비대면 산업 성장 가속화")  # fmt: skip


def test_parallel_lists_become_rows() -> None:
    doc, blocks = seeds()["004"]
    block, table = table_of(doc, blocks, "IBK 스마트공장 지원대출")
    assert (table.rows, table.columns) == (17, 3)
    pairs = {
        header_texts(doc, block, r, 2)[0]: read(doc.text, cell.span).text
        for r in range(1, 17)
        if (cell := table.at(r, 2))
    }
    assert pairs["정책 금융 지원", "IBK 스마트공장 지원대출"] == "저리 자금지원 프로그램"
    assert (
        pairs["노동 환경 개선", "클린사업장 조성 지원 사업"] == "최대 2천만원의 위험 개선 자금지원"
    )
    assert pairs["인력 개발", "마이스터고 특화 교육과정 운영"] == "중기부 소관학교 재학생 지원"


def test_html_table_with_merged_cells() -> None:
    doc, blocks = seeds()["001"]
    block, table = table_of(doc, blocks, "<td>코로나/ 비대면</td>")
    assert header_texts(doc, block, 2, 2) == (("환경 변화", "코로나/ 비대면"), ("세부 내용",))
    assert table.caption is not None
    assert doc.text[table.caption.start : table.caption.end].startswith("< 제안된 FTA활용 발전전략")


def test_columns_side_by_side_keep_their_heads() -> None:
    doc, blocks = seeds()["001"]
    block, _table = table_of(doc, blocks, "경북 국가혁신클러스터(R&D)\t")
    assert header_texts(doc, block, 2, 0) == ((), ("경북 국가혁신클러스터(R&D)",))
    assert header_texts(doc, block, 2, 1) == ((), ("강원 국가혁신클러스터(비R&D)",))


def test_units_and_captions() -> None:
    doc, blocks = seeds()["001"]
    for fact, unit, caption in (
        ("한국\t△1.0", "전년대비, %, %p", "• (참고) OECD '21.3월 중간 경제전망 성장을 전망치"),
        ("R&D\t150", "억원", "< 국가혁신클러스터육성사업 사업단계별 지원 규모 >"),
        ("차량관제)\t2,164,784", "", "＜ 사물인터넷 가입회선 수 ＞"),
    ):
        _, table = table_of(doc, blocks, fact)
        assert table.unit == unit
        assert table.caption is not None
        assert doc.text[table.caption.start : table.caption.end] == caption


def test_box_of_remarks() -> None:
    doc, blocks = seeds()["001"]
    _block, table = table_of(doc, blocks, "| ❖ ('20년 실적)")
    assert [read(doc.text, cell.span).text for cell in table.cells] == [
        "❖ ('20년 실적) 세계경제 △3.4%, 한국경제 △1.0%",
        "❖ ('21년 전망) 세계경제 성장을 5.6%로 +1.4%p 상향(4.2 → 5.6%) "
        "한국경제 성장을 3.3%로 +0.5%p 상향(2.8 → 3.3%)",
    ]


def test_markdown_table() -> None:
    doc = load(HERE / "corpus" / "guide.md")
    block, table = table_of(doc, outline(doc), "| 6,000만원")
    assert value(doc, block, "6,000만원", "연 납입료") == "132,000원"
    assert row_text(doc, block, 1) == "가입금액: 2,000만원 · 연 납입료: 53,000원"
    assert table.caption is not None
    assert doc.text[table.caption.start : table.caption.end] == "표 1 가입금액별 납입료"


def test_table_of_the_notice() -> None:
    doc = load(HERE / "corpus" / "notice.txt")
    block, table = table_of(doc, outline(doc), "서빙로봇")
    assert value(doc, block, "서빙로봇", "선도형") == "1,000"
    assert table.unit == "만원"


def test_html_spans_that_lie_are_cut() -> None:
    doc, block = small(
        '<table><tr><td rowspan="99" colspan="2">가</td><td>나</td></tr><tr><td>다</td></tr>'
        '<tr><td colspan="999">라</td></tr></table>'
    )
    table = block.table
    assert table is not None
    assert table.rows == 3
    first = table.at(2, 1)
    assert first is not None and cell_text(doc, block, first) == "가"
    assert table.columns <= 200


def test_unclosed_table_and_text_around_it() -> None:
    doc = Document(
        "t", "t.txt", "", "", "", "", "", "앞 글 <table><tr><td>가<td>나\n뒤 글이다.", ""
    )
    blocks = outline(doc)
    assert next(doc.text[b.span.start : b.span.end] for b in blocks) == "앞 글"
    assert any(b.kind is BlockKind.TABLE for b in blocks)


def test_header_texts_of_a_block_without_table() -> None:
    doc = Document("t", "t.txt", "", "", "", "", "", "글이다.", "")
    block = outline(doc)[0]
    assert header_texts(doc, block, 0, 0) == ((), ())
    assert row_text(doc, block, 0) == ""


def test_table_set_with_blanks() -> None:
    doc = load(HERE / "corpus" / "page.txt")
    block, table = table_of(doc, outline(doc), "미국          2.1")
    assert value(doc, block, "미국", "2024") == "1.5"
    assert value(doc, block, "세계", "2022") == "3.3"
    assert table.unit == "%"
    assert table.caption is not None
    assert doc.text[table.caption.start : table.caption.end] == "<표 Ⅱ-1> 주요국 성장률 전망"
