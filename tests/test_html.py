"""HTML pages: what they state, what shows of them, and markup that is broken or hostile."""

from __future__ import annotations

import itertools
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.loading.extracted import Extracted
from rag.loading.html import read_html
from rag.outline.lines import split_lines
from rag.reading import markup, read
from rag.types import Block, Cell, Span, Table


def page(inside: str, head: str = "") -> str:
    return f"<!DOCTYPE html>\n<html lang=ko><head>{head}</head><body>\n{inside}\n</body></html>"


def stated(source: str) -> Extracted:
    return read_html(source, "문서.html")


def shown(source: str, part: Block | Cell) -> str:
    return read(source, part.span).text


def blocks(source: str) -> list[tuple[str, int, str]]:
    return [(b.kind.value, b.level, shown(source, b)) for b in stated(source).stated]


def seen(source: str) -> str:
    return read(source, Span(0, len(source))).text


def table_of(source: str) -> Table:
    (table,) = [b.table for b in stated(source).stated if b.table is not None]
    return table


def cells(source: str) -> dict[tuple[int, int], tuple[int, int, str]]:
    return {
        (c.row, c.column): (c.row_span, c.column_span, shown(source, c))
        for c in table_of(source).cells
    }


# What shows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>가&nbsp;나&amp;다 &lt;표 1&gt; &#44032;&#xAC01;</p>", "가 나&다 <표 1> 가각"),
        ("<p>반<b>도</b>체<sup>1)</sup> 수<span class='a>b'>출</span></p>", "반도체1) 수출"),
        ("가<p>나<div>다</div>라<br>마<li>바", "가 나 다 라 마 바"),
        ("<!-- 주석 <p>가</p> -->나<!doctype x><?pi 가?>다", "나다"),
        ("<script>if (a<b) '</p>가'</script>나<style>다{}</style>라", "나라"),
        ("<div hidden>가<p>나</p></div>다<p style='color:red;display: none'>라</p>마", "다마"),
        ("<noscript>가</noscript><template>나</template><select><option>다</select>라", "라"),
        ("3 < 4이고 5 > 4인 <표 1>과 <가나>, a & b &unknown; &copy2021",
         "3 < 4이고 5 > 4인 <표 1>과 <가나>, a & b &unknown; ©2021"),
        ("소프트&shy;웨어 **굵게** \\% $\\Delta 3$", "소프트웨어 **굵게** \\% $\\Delta 3$"),
        ("<p title='>'>가</p><a href=x>나</a", "가 나"),
        ("<article>가</article><section>나</section><dl><dt>다<dd>라</dl>", "가 나 다 라"),
        ("<p hidden>가<p>나", "나"),
        ("가<textarea>나</textarea><title>다</title>라", "가라"),
        ("닫지 않은 따옴표 <a href=\"x>링크</a> 끝", "닫지 않은 따옴표 링크 끝"),
    ],
)  # fmt: skip
def test_what_shows_is_what_a_browser_shows(inside: str, text: str) -> None:
    assert seen(page(inside, "<title>제목</title>")) == text


WORDS = st.text("가나다라&<>\"'; abc12\u00a0", min_size=1, max_size=12)
TAGS = st.sampled_from(
    ["p", "div", "b", "span", "li", "td", "section", "sup", "h2", "a href='x>y'"]
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> tuple[str, list[str]]:
    """Well-formed markup and its texts in order, with what is not seen among them."""
    source, texts = "", []
    for _ in range(draw(st.integers(1, 4))):
        choice = draw(st.integers(0, 5))
        if choice <= 1 or depth == 0:
            word = draw(WORDS)
            source += escape(word)
            texts.append(word)
        elif choice == 2:
            source += draw(
                st.sampled_from(
                    ["<!-- 숨김 -->", "<script>숨김</script>", "<i hidden>숨김</i>", "<br>"]
                )
            )
        else:
            tag = draw(TAGS)
            inner, inside = draw(trees(depth - 1))
            source += f"<{tag}>{inner}</{tag.split()[0]}>"
            texts += inside
    return source, texts


@given(trees())
@settings(max_examples=200, deadline=None)
def test_all_text_and_nothing_else_is_read_with_its_offsets(tree: tuple[str, list[str]]) -> None:
    inside, texts = tree
    source = page(inside)
    reading = read(source, Span(0, len(source)))
    assert "".join(reading.text.split()) == "".join("".join(texts).split())
    assert list(reading.offsets) == sorted(reading.offsets)
    for at in range(len(reading.text)):
        span = reading.span(at, at + 1)
        # A character or the whole entity that stands for it.
        if reading.text[at] != " ":
            assert read(source, span).text == reading.text[at]
    joined = "".join(line.text for line in split_lines(source))
    assert "".join(joined.split()) == "".join(reading.text.split())


def test_an_entity_at_the_end_of_a_quotation_is_cited_whole() -> None:
    source = page("<p>연구 R&amp;D&gt;</p>")
    reading = read(source, Span(0, len(source)))
    span = reading.span(3, len(reading.text))
    assert source[span.start : span.end] == "R&amp;D&gt;"
    assert reading.find(span) == (3, 7)


@given(st.text("<>ab/p &;#!-='\" 가", max_size=60), st.data())
def test_text_that_is_no_page_is_read_as_before(text: str, data: st.DataObject) -> None:
    """The reading of a text does not depend on the rules for pages."""
    if markup.is_html(text):
        return
    start = data.draw(st.integers(0, len(text)))
    assert read(text, Span(start, len(text))).tails == {}
    assert [line.text for line in split_lines(text)] == text.split("\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<!DOCTYPE html><p>x", True), ("\ufeff\n<html lang=ko>", True), ("<!-- a --><HTML>", True),
        ("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>", True), ("<body>", True),
        ("<table><tr><td>가", False), ("글 <html>", False), ("<html5>", False), ("", False), ("<표 1>", False),
    ],
)  # fmt: skip
def test_a_page_is_told_by_how_it_begins(source: str, expected: bool) -> None:
    assert markup.is_html(source) is expected


def test_lines_are_those_that_a_browser_begins() -> None:
    source = page("<p>□ 개요</p><p>여러\n줄에 <b>걸친</b> 글<br>다음 줄</p><div>끝")
    lines = split_lines(source)
    assert [line.text for line in lines if not line.blank] == [
        "□ 개요",
        "여러 줄에 걸친 글",
        "다음 줄",
        "끝",
    ]
    for line in lines:
        if not line.blank:
            start, end = line.inner
            assert read(source, Span(start, end)).text == line.text
            assert source[start] == line.text[0]


# What is stated ---------------------------------------------------------------------------------


def test_headings_lists_notes_and_captions_are_stated_in_order() -> None:
    source = page(
        "<h1>안내</h1><p>글</p><h3>작은 <em>제목</em></h3><ul><li>하나<ol><li>안쪽</ol><li><p>둘</p><p>더</p></ul>"
        "<figure><img src=x><figcaption>그림 1</figcaption></figure><p class='footnote'>1) 각주</p>"
        "<aside role='doc-footnote'>2) 각주</aside>"
    )
    assert blocks(source) == [
        ("heading", 0, "안내"), ("heading", 2, "작은 제목"), ("bullet", 0, "하나"), ("bullet", 1, "안쪽"),
        ("bullet", 0, "둘"), ("caption", 0, "그림 1"), ("note", 0, "1) 각주"), ("note", 0, "2) 각주"),
    ]  # fmt: skip


def test_the_frame_of_a_page_is_boilerplate() -> None:
    source = page(
        "<header><h1>기관 이름</h1></header><nav><ul><li>메뉴</ul></nav><div id=gnb>차림표</div>"
        "<main><article><header><h2>글 제목</h2></header><p>본문의 글이 이어진다.</p></article></main>"
        "<form>검색 <button>찾기</button></form><aside>옆 글</aside><div role=search>찾기</div><footer>주소</footer>"
    )
    assert blocks(source) == [
        ("boilerplate", 0, "기관 이름"), ("boilerplate", 0, "메뉴"), ("boilerplate", 0, "차림표"),
        ("heading", 1, "글 제목"), ("boilerplate", 0, "검색 찾기"), ("boilerplate", 0, "옆 글"),
        ("boilerplate", 0, "찾기"), ("boilerplate", 0, "주소"),
    ]  # fmt: skip


def test_a_form_around_the_whole_page_is_not_boilerplate() -> None:
    source = page("<form id=aspnet><h2>공고</h2><p>신청 기간은 3월 10일까지이다.</p></form>")
    assert blocks(source) == [("heading", 1, "공고")]


def test_blocks_are_tight_in_order_and_apart() -> None:
    source = page(
        "<h2> <a name=x></a> 제목 </h2>\n<ul> <li> 항목 </li> </ul><table><tr><td>가<td>나</table>"
    )
    spans = [block.span for block in stated(source).stated]
    assert [source[s.start : s.end] for s in spans] == ["제목", "항목", "가<td>나"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@st.composite
def grids(draw: st.DrawFn) -> tuple[int, int, dict[tuple[int, int], tuple[int, int]]]:
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    truth = {}
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            # Every row keeps a cell of its own in the last column.
            height = draw(st.integers(1, rows - r)) if c < columns - 1 else 1
            width = draw(st.integers(1, max(1, columns - 1 - c)))
            while any((r, c + k) in taken for k in range(width)):
                width -= 1
            taken |= {(r + i, c + k) for i in range(height) for k in range(width)}
            truth[r, c] = (height, width)
    return rows, columns, truth


@given(grids(), st.booleans())
@settings(max_examples=80, deadline=None)
def test_every_cell_has_its_row_column_spans_and_text(
    grid: tuple[int, int, dict[tuple[int, int], tuple[int, int]]], closed: bool
) -> None:
    rows, columns, truth = grid
    source = "<table>"
    for r in range(rows):
        source += "<tr>"
        for (row, c), (height, width) in sorted(truth.items()):
            if row == r:
                source += (
                    f'<td rowspan="{height}" colspan={width}> {r}행 <b>{c}</b>열' + "</td>" * closed
                )
        source += "</tr>" * closed
    source = page(source + "</table>")
    assert (table_of(source).rows, table_of(source).columns) == (rows, columns)
    assert cells(source) == {(r, c): (*span, f"{r}행 {c}열") for (r, c), span in truth.items()}


def test_a_caption_and_header_cells_name_a_table() -> None:
    source = page(
        "<table><caption>표 1 예산 (단위: 억원)</caption><thead><tr><td>사업<td>금액</thead>"
        "<tbody><tr><th>융자<td>1,000<tr><th>보증<td>2,000</table>"
    )
    table = table_of(source)
    assert table.unit == "억원"
    assert table.caption is not None
    assert source[table.caption.start : table.caption.end] == "표 1 예산 (단위: 억원)"
    assert [(c.row, c.column) for c in table.cells if c.header] == [(0, 0), (0, 1), (1, 0), (2, 0)]
    assert blocks(source)[0] == ("caption", 0, "표 1 예산 (단위: 억원)")


def test_tables_that_lay_out_a_page_are_no_tables() -> None:
    data = "<table><tr><th>가<td>1</table>"
    source = page(
        f"<table><tr><td>차림표<td><h2>제목</h2>{data}</table><table><tr><td>상자 하나</table>"
    )
    assert [block[0] for block in blocks(source)] == ["heading", "table"]
    assert cells(source) == {(0, 0): (1, 1, "가"), (0, 1): (1, 1, "1")}


def test_title_issuer_date_and_licence_are_those_that_the_page_states() -> None:
    head = (
        "<title>지원사업 &amp; 융자 안내 | 산업통상자원부</title>"
        '<meta property="article:published_time" content="2021-03-10T09:00:00+09:00">'
    )
    inside = "<p>글</p><a href='http://www.kogl.or.kr/open/info/license_info/nd.do'><img src=x></a>"
    found = stated(page(inside, head))
    assert (found.title, found.issuer, found.published) == (
        "지원사업 & 융자 안내", "산업통상자원부", "2021-03-10",
    )  # fmt: skip
    assert found.licence.startswith("공공누리 제3유형")
    image = stated(page("<h1>큰 제목입니다</h1><p>글</p><img src='/images/img_opentype01.png'>"))
    assert image.title == "큰 제목입니다"
    assert image.licence.startswith("공공누리 제1유형")


# Hostile pages ----------------------------------------------------------------------------------


def test_a_page_on_which_nothing_shows_is_refused() -> None:
    for inside in ("", "<script>가</script>", "<div hidden>가"):
        with pytest.raises(SourceError, match=r"문서\.html.*보이는 글자가 없습니다"):
            stated(page(inside, "<title>제목</title>"))
    with pytest.raises(SourceError, match="태그"):
        stated(page("<b>" * 1_000_001))


@pytest.mark.parametrize(
    "inside",
    [
        "<div>" * 10_000 + "글", "<table><tr><td>글" * 10_000, "<ul><li>글" * 10_000, "<h1>글" * 10_000,
        "<form>글" * 10_000, "글" + "<a " * 100_000, "글" + '<a ="' * 100_001, "글" + "&#1" * 100_000,
        "<table>" + "<tr>" + "<td rowspan=65000 colspan=900>글" * 3_000, "<table><caption>글" * 10_000,
        "<table><tr>" + "<td>글" * 50_000, "글" + "<!--" * 100_000, "<table>" + ("<tr>" + "<td>글" * 50) * 1_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_towers_and_crowds_are_read(inside: str) -> None:
    found = stated(page(inside))
    assert "글" in seen(found.text)


@given(st.lists(st.sampled_from(
    "<p>|</p>|<table>|</table>|<tr>|<td>|<td rowspan=0>|<td colspan=99999>|</td>|<caption>|<th>|<li>|<ul>|</ul>|"
    "<h2>|</h2>|<nav>|</nav>|<form>|<!--|-->|<script>|</script>|<br>|글|&amp;|&#|<|>|\"|'|<a href=\"|hidden|"
    "<div hidden>|</div>|</|\n| |<aside role=note>|<title>|</title>|<head>|<body>|</body>|</html>".split("|")
), max_size=40))  # fmt: skip
@example(["<table>", "<caption>", "<td>", "<td>", "글"])
@settings(max_examples=300, deadline=None)
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    source = page("".join(pieces))
    try:
        found = stated(source)
    except SourceError:
        return
    spans = [block.span for block in found.stated]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for block in found.stated:
        assert shown(source, block)
        for cell in block.table.cells if block.table is not None else ():
            assert block.span.covers(cell.span)
