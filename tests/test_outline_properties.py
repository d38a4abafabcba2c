"""What holds of the outline of any text: spans, coverage, parents, cells, purity."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.loading import load_folder
from rag.outline import cell_text, header_texts, outline, row_text
from rag.outline.lines import split_lines
from rag.reading import read
from rag.types import Block, BlockKind, Document

SEEDS = Path(__file__).parent.parent / "seeds"


def document(text: str) -> Document:
    return Document("t", "t.txt", "", "", "", "", "", text, "")


def check(text: str) -> tuple[Block, ...]:
    """Assert everything that the outline of a text promises."""
    doc = document(text)
    blocks = outline(doc)
    covered = bytearray(len(text))
    at = 0
    for index, block in enumerate(blocks):
        assert at <= block.span.start < block.span.end <= len(text), (index, block)
        at = block.span.end
        for offset in range(block.span.start, block.span.end):
            covered[offset] += 1
        assert list(block.joins) == sorted(set(block.joins))
        for join in block.joins:
            assert block.span.start < join < block.span.end
            assert text[join].isspace()
        assert (block.table is not None) <= (block.kind is BlockKind.TABLE)
        assert block.level >= 0
        assert all(block.path)
    drawn = bytearray(len(text))  # rules say nothing, and belong to no block but a table
    for line in split_lines(text):
        if line.drawn or (line.body and not line.body.strip("-=")):  # or underlines a heading
            drawn[line.start : line.end] = b"\x01" * (line.end - line.start)
    for offset, character in enumerate(text):
        assert covered[offset] <= 1
        told = covered[offset] == 1 or character.isspace() or drawn[offset]
        assert told, (offset, text[offset : offset + 20])
    for index, block in enumerate(blocks):
        seen = {index}
        parent = block.parent
        while parent is not None:
            assert 0 <= parent < len(blocks)
            assert parent not in seen, f"cycle at {index}"
            seen.add(parent)
            parent = blocks[parent].parent
        if block.table is not None:
            check_table(doc, block)
    return blocks


def check_table(doc: Document, block: Block) -> None:
    table = block.table
    assert table is not None
    places: set[tuple[int, int]] = set()
    spans = sorted(cell.span for cell in table.cells if len(cell.span))
    for left, right in itertools.pairwise(spans):
        assert left.end <= right.start
    for cell in table.cells:
        assert block.span.covers(cell.span)
        assert cell.row >= 0 and cell.row + cell.row_span <= table.rows
        assert cell.column >= 0 and cell.column + cell.column_span <= table.columns
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.column, cell.column + cell.column_span):
                assert (r, c) not in places
                places.add((r, c))
        assert cell_text(doc, block, cell) == read(doc.text, cell.span, block.joins).text
    for r in range(min(table.rows, 6)):
        row_text(doc, block, r)
        for c in range(min(table.columns, 6)):
            rows, columns = header_texts(doc, block, r, c)
            assert all(rows) and all(columns)


PIECES = [
    "Ⅰ. 추진 배경", "II. 전망", "1. 사업 개요", "2. 지원 내용", "1) 대상", "(1) 기준", "가. 자격", "다. 기타",
    "① 선도 과제 추진", "② (역량강화) 기업의 대응 역량을 강화", "□ 지원 대상", "▣ (목표) 2030년까지 100개",
    "【 주요 내용 】", "< 행사 개요 >", "<표 1> 예산 현황", "그림 2 추이", "## 제목", "### 2. 소제목", "01. 전략",
    "- 첫째 항목", " - 둘째 항목*", " - * 설명", "* 각주", "** 둘째 각주", "\\* 출처: 통계청", "※ 참고", "❖ 상자",
    "➔ 결과", "· 목록", "1) 참고 문헌(2020).", "- 1) 참고 문헌", "본문<sup>1)</sup>이 이어진다.", "하였다.1) 또한",
    "(단위 : 억원, %)", "구분\t'20\t'21", "국비\t1,000\t△3.2", "\t(1.0)\t(2.0)", "합계\t\t", "\t", "\t\t끝",
    "머리\t<ul> <li>가</li> <li>나</li> </ul>\t<ul><li>다</li><li>라</li></ul>", "<ul style=\"x\"> • 가 \t• 나",
    "| a | b |", "|---|---|", "| 1 | 2 |", "- | |", "|--|", "<table><tr><td rowspan=\"2\">가</td><td>나</td></tr>",
    "<tr><td>다</td></tr></table> 뒤", "<table>", "</td></table>", "<td colspan=\"9\">라", "ISSUE", "02", "국내외 이슈",
    "02 국내외 이슈", "- 10 -", "- 11 -", "&nbsp;", " ", "", "", "", "\f", "출처 : 통계청(2020)", "주 : 잠정치",
    "한국은 2021년에 3.3% 성장할 것으로 전망되며 이는 종전보다 0.5%p 높은 수준이다.",
    "문장이 여기서 끊기고 다음 줄로 이어지는 경우도 ",
    "        2022   2023   2024", "세계      3.3    2.7    2.9", "미국  2.1  2.1", "제4조(목적) ① 이 법은", "Q1. 무엇인가요?",
    "제1장 총칙", "제3조(정의) 이 법에서", "www.example.kr", "△2017년 증가", "**굵게** 쓴 말", "끝.", "2023.02.14.",
    "<p>□ 문단</p>",
]  # fmt: skip

documents = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(alphabet="가나다 -*|<>\t().1①#\n", max_size=20)),
    max_size=40,
).map("\n".join)


@given(documents)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_outline_of_documents_built_from_pieces(text: str) -> None:
    check(text)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_outline_of_any_text(text: str) -> None:
    check(text)


@given(documents)
@settings(max_examples=50, deadline=None)
def test_outline_is_a_function_of_the_text(text: str) -> None:
    assert outline(document(text)) == outline(document(text))


@pytest.mark.parametrize("doc", load_folder([SEEDS]), ids=lambda doc: doc.id[:3])
def test_outline_of_the_seeds(doc: Document) -> None:
    blocks = check(doc.text)
    assert len(blocks) > 50


@pytest.mark.parametrize("cut", range(1, 60))
def test_outline_of_seeds_cut_anywhere(cut: int) -> None:
    for doc in load_folder([SEEDS]):
        start = len(doc.text) * cut // 60
        check(doc.text[start : start + 400])


def test_time_grows_with_length() -> None:
    # Ten times the text must not take a hundred times the work: counted in blocks, not seconds.
    piece = "\n".join(PIECES)
    short, long = check(piece), check((piece + "\n") * 10)
    assert len(short) * 5 < len(long) <= len(short) * 11
