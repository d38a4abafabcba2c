"""Documents on a page: the cited span is marked exactly, headings nest, tables keep their shape."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from page_reader import Element, page

from rag.loading import load_folder
from rag.outline import outline
from rag.reading import read
from rag.types import Block, BlockKind, Cell, Document, PageMark, Span, Table
from web import documents
from web.rendition import Node, Rendition, _without_sign, render, table_of
from web.site import environment

HERE = Path(__file__).parent
SEEDS = {document.file: document for document in load_folder([HERE.parent / "seeds"])}
GOLDEN = [
    (evidence["doc"], evidence["start"], evidence["end"])
    for line in (HERE / "golden" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    for evidence in json.loads(line)["evidence"]
]


@cache
def outlined(file: str) -> tuple[Block, ...]:
    return outline(SEEDS[file])


def shown(document: Document, blocks: tuple[Block, ...], at: Span | None) -> Element:
    template = environment().get_template("document.html")
    return page(template.render(page=documents.page(document, blocks, at)))


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("file", sorted(SEEDS))
def test_the_marked_text_is_the_reading_of_the_span(file: str) -> None:
    """For every span that proves a golden question, in documents as the index outlines them."""
    document = SEEDS[file]
    spans = [Span(start, end) for doc, start, end in GOLDEN if doc == file]
    assert spans
    for span in spans:
        rendition = render(document, outlined(file), span)
        expected = letters(read(document.text, span).text)
        assert letters(rendition.cited) == expected, span


def test_the_page_marks_what_the_rendition_cites_and_anchors_it_once() -> None:
    file, start, end = next(one for one in GOLDEN if one[0].startswith("001"))
    tree = shown(SEEDS[file], outlined(file), Span(start, end))
    marks = tree.all("mark")
    assert letters("".join(mark.text for mark in marks)) == letters(
        read(SEEDS[file].text, Span(start, end)).text
    )
    assert [mark.attributes.get("id") for mark in marks].index("cite") == 0
    assert len(tree.all(id="cite")) == 1


@pytest.mark.parametrize("file", sorted(SEEDS))
def test_the_page_shows_all_text_of_the_document(file: str) -> None:
    """Every character of every block stands on the page, in order, but Markdown's heading sign."""
    document, blocks = SEEDS[file], outlined(file)
    rendition = render(document, blocks, Span(0, len(document.text)))
    expected = "".join(letters(_text(document, block)) for block in blocks)
    assert letters(rendition.cited) == expected


def _text(document: Document, block: Block) -> str:
    if block.table is not None:
        cells = sorted(block.table.cells, key=lambda cell: (cell.row, cell.column))
        return "".join(read(document.text, cell.span, block.joins).text for cell in cells)
    text = read(document.text, block.span, block.joins).text
    if block.kind is not BlockKind.HEADING:
        return text
    return (text[2:] if text.startswith("- #") else text).lstrip("#")


@pytest.mark.parametrize("file", sorted(SEEDS))
def test_headings_never_skip_a_level_and_the_contents_lead_to_them(file: str) -> None:
    tree = shown(SEEDS[file], outlined(file), None)
    article = tree.one("article")
    headings = [e for e in article.walk() if e.tag in ("h2", "h3", "h4", "h5", "h6")]
    ranks = [1, *(int(e.tag[1]) for e in headings)]
    assert all(after <= before + 1 for before, after in pairwise(ranks))
    entries = tree.one("nav", class_="contents").all("a")
    assert [a.attributes["href"] for a in entries] == [f"#{e.attributes['id']}" for e in headings]
    assert [a.line for a in entries] == [e.line for e in headings]


@pytest.mark.parametrize("file", sorted(SEEDS))
def test_ids_stand_once_and_each_table_has_a_caption(file: str) -> None:
    tree = shown(SEEDS[file], outlined(file), Span(0, len(SEEDS[file].text)))
    ids = [e.attributes["id"] for e in tree.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for table in tree.all("table"):
        assert table.one("caption").line
        scopes = {th.attributes["scope"] for th in table.all("th")}
        assert scopes <= {"col", "colgroup", "row", "rowgroup"}


# A document small enough to know by heart.
TEXT = "# 표제\n- 첫째 항목\n  - 둘째\n* 각주\n표 제목\nA\tB\n가\t10\n나\t20\n끝 문단이\n이어짐"


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _small() -> tuple[Document, tuple[Block, ...]]:
    cells = (
        Cell(0, 0, _span("A"), header=True),
        Cell(0, 1, _span("B"), header=True),
        Cell(1, 0, _span("가"), header=True),
        Cell(1, 1, _span("10"), row_span=2),
        Cell(2, 0, _span("나"), header=True),
    )
    table = Table(cells, 3, 2, unit="원", caption=_span("표 제목"))
    blocks = (
        Block(BlockKind.HEADING, 2, _span("# 표제"), marker="#"),
        Block(BlockKind.BULLET, 0, _span("- 첫째 항목"), marker="-"),
        Block(BlockKind.BULLET, 2, _span("- 둘째"), marker="-", parent=1),
        Block(BlockKind.NOTE, 0, _span("* 각주"), marker="*", parent=1),
        Block(BlockKind.CAPTION, 0, _span("표 제목"), parent=5),
        Block(BlockKind.TABLE, 0, _span("A\tB\n가\t10\n나\t20"), ("표제",), table=table),
        Block(BlockKind.PARAGRAPH, 0, _span("끝 문단이\n이어짐"), joins=(TEXT.index("\n이어"),)),
    )
    pages = (PageMark(0, "1"), PageMark(TEXT.index("* 각주"), "2"))
    document = Document("d", "d.txt", "제목", "", "", "", "", TEXT, "0" * 64, pages)
    return document, blocks


def test_bullets_nest_with_their_notes_and_pages_begin_where_they_do() -> None:
    tree = shown(*_small(), None)
    (outer,) = [ul for ul in tree.one("article").children if getattr(ul, "tag", "") == "ul"]
    assert [li.line for li in outer.children if isinstance(li, Element)] == [
        "- 첫째 항목 - 둘째 2쪽* 각주"
    ]
    inner = outer.all("ul")[1:]
    assert [li.line for ul in inner for li in ul.all("li")] == ["- 둘째", "2쪽* 각주"]
    breaks = tree.all(role="doc-pagebreak")
    assert [(b.text, b.attributes["id"]) for b in breaks] == [
        ("1쪽", "page-1"),
        ("2쪽", "page-2"),
    ]
    assert tree.one("h2", id="b0").line == "표제"


def test_a_table_keeps_headers_spans_unit_and_caption() -> None:
    tree = shown(*_small(), None)
    table = tree.one("table")
    assert table.one("caption").line == "표 제목(단위 : 원)"
    rows = [
        [(c.tag, c.attributes, c.text) for c in tr.children if isinstance(c, Element)]
        for tr in table.all("tr")
    ]
    assert rows == [
        [("th", {"scope": "col"}, "A"), ("th", {"scope": "col"}, "B")],
        [("th", {"scope": "row"}, "가"), ("td", {"rowspan": "2"}, "10")],
        [("th", {"scope": "row"}, "나")],
    ]
    assert tree.all("p", class_="caption") == []


def test_lines_inside_a_cell_stay_lines_where_the_author_made_them() -> None:
    text = "가\t○ 하나는\n길다\n○ 둘"
    cells = (Cell(0, 0, Span(0, 1)), Cell(0, 1, Span(2, len(text))))
    block = Block(BlockKind.TABLE, 0, Span(0, len(text)), table=Table(cells, 1, 2))
    document = replace(_small()[0], text=text, pages=(), format="docx")

    def cell_text(document: Document) -> str:
        rendition = render(document, (block,), Span(2, 6))
        (node,) = rendition.nodes
        assert node.table is not None
        return "".join(piece.text for piece in node.table.rows[0][1].pieces)

    assert cell_text(document) == text[2:]
    # Lines of a printed page are where the page was too narrow.
    assert cell_text(replace(document, format="pdf")) == text[2:].replace("\n", " ")


@pytest.mark.parametrize(
    ("start", "end", "marked"),
    [
        ("항목", "둘째", ["항목", "-", " 둘째"]),
        ("10", "10", ["10"]),
        ("제목", "A", ["제목", "A"]),
        ("문단이", "이어짐", ["문단이이어짐"]),
        ("각주", "각주", [" 각주"]),
        ("# 표제", "# 표제", ["표제"]),
    ],
)
def test_marks_fall_inside_blocks_across_them_and_into_cells(
    start: str, end: str, marked: list[str]
) -> None:
    at = Span(TEXT.index(start), TEXT.index(end) + len(end))
    if start == "각주":
        at = Span(at.start - 1, at.end)
    tree = shown(*_small(), at)
    assert [mark.text for mark in tree.all("mark")] == marked
    assert tree.all("mark")[0].attributes["id"] == "cite"


def test_a_span_that_shows_nothing_is_said_and_not_marked() -> None:
    document, blocks = _small()
    newline = TEXT.index("\n- 첫째")
    rendition = render(document, blocks, Span(newline, newline + 1))
    assert rendition.cited == "" and not _marked(rendition)
    tree = shown(document, blocks, Span(newline, newline + 1))
    assert tree.all("mark") == []
    assert "보이는 글이 없습니다" in tree.one("p", class_="notice").line


def _marked(rendition: Rendition) -> list[str]:
    def walk(nodes: tuple[Node, ...]) -> list[str]:
        return [p.text for n in nodes for p in n.pieces if p.marked] + [
            text for n in nodes if n.children for text in walk(n.children)
        ]

    return walk(rendition.nodes)


def test_markup_of_a_document_is_shown_and_never_becomes_markup() -> None:
    text = '<script>alert(1)</script> "><img src=x> {{7*7}} &amp;'
    block = Block(BlockKind.PARAGRAPH, 0, Span(0, len(text)), ("<i>",))
    heading = Block(BlockKind.HEADING, 0, Span(0, len(text)))
    document = Document("d", "d.txt", text, text, text, text, text, text, "0", (PageMark(0, text),))
    tree = shown(document, (heading, block), Span(2, 40))
    assert tree.all("script") == [] and tree.one("article").all("img") == []
    visible = read(text, block.span).text
    assert tree.one("p", id="b1").line.removeprefix(f"{text}쪽") == visible
    assert "{{7*7}} &amp;" in tree.one("h1").line


def test_a_header_that_reaches_below_the_head_is_not_cut_off() -> None:
    text = "구분\t한도\n융자\n계\t3"
    spans = {word: Span(text.index(word), text.index(word) + len(word)) for word in text.split()}
    cells = (
        Cell(0, 0, spans["구분"], row_span=2, header=True),
        Cell(0, 1, spans["한도"], header=True),
        Cell(1, 1, spans["융자"]),
        Cell(2, 0, spans["계"], header=True),
        Cell(2, 1, spans["3"]),
    )
    table = Table(cells, 3, 2)
    block = Block(BlockKind.TABLE, 0, Span(0, len(text)), table=table)
    document = Document("d", "d", "", "", "", "", "", text, "")
    found = shown(document, (block,), None).one("table")
    assert found.all("thead") == []
    assert [len(row.all("td")) + len(row.all("th")) for row in found.all("tr")] == [2, 1, 2]


@pytest.mark.parametrize("line", ["- ### 2. 육성 과제", "## 2. 육성 과제", "2. 육성 과제"])
def test_a_heading_in_a_list_shows_no_markdown_signs(line: str) -> None:
    shown = _without_sign(read(line, Span(0, len(line))))
    assert shown.text == "2. 육성 과제"
    assert line[shown.offsets[0] :] == "2. 육성 과제"


# A quotation that is rows of a table

ROWS = """## 지원

| 구분 | 한도 | 비고 |
|---|---|---|
| 융자 | 3,000 | 가 나 |
| 보증 | 500 | 다 |
| 출연 | 70 | 라 |

문장입니다.
"""


def _rows_at(text: str, start: str, end: str) -> list[list[str]] | None:
    made = replace(SEEDS[sorted(SEEDS)[0]], text=text, pages=(), stated=())
    at = Span(text.index(start), text.index(end) + len(end))
    view = table_of(made, outline(made), at)
    if view is None:
        return None
    return [["".join(p.text for p in cell.pieces) for cell in row] for row in view.rows]


def test_cited_rows_stand_under_the_head_of_their_table() -> None:
    head = ["구분", "한도", "비고"]
    assert _rows_at(ROWS, "보증", "다") == [head, ["보증", "500", "다"]]
    assert _rows_at(ROWS, "융자", "500") == [
        head,
        ["융자", "3,000", "가 나"],
        ["보증", "500", "다"],
    ]
    assert _rows_at(ROWS, "구분", "| 라") is not None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("문장", "입니다"),
        ("| 라", "문장"),
        ("보증", "문장입니다."),
        ("구분", "한도"),
        ("3,000", "가"),
    ],
)
def test_what_is_not_whole_cells_of_one_table_stays_text(start: str, end: str) -> None:
    assert _rows_at(ROWS, start, end) is None


def test_a_row_that_shares_a_cell_with_a_cited_one_comes_along() -> None:
    names = ("종류", "이름", "가", "하나", "둘", "나", "셋")
    text = " ".join(names)
    spots = {name: Span(text.index(name), text.index(name) + len(name)) for name in names}
    cells = (
        Cell(0, 0, spots["종류"], header=True), Cell(0, 1, spots["이름"], header=True),
        Cell(1, 0, spots["가"], row_span=2, header=True), Cell(1, 1, spots["하나"]), Cell(2, 1, spots["둘"]),
        Cell(3, 0, spots["나"], header=True), Cell(3, 1, spots["셋"]),
    )  # fmt: skip
    block = Block(BlockKind.TABLE, 0, Span(0, len(text)), table=Table(cells, 4, 2))
    made = replace(SEEDS[sorted(SEEDS)[0]], text=text, pages=())
    view = table_of(made, (block,), spots["둘"])
    assert view is not None
    shown = [["".join(p.text for p in cell.pieces) for cell in row] for row in view.rows]
    assert shown == [["종류", "이름"], ["가", "하나"], ["둘"]]
