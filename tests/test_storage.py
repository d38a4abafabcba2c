"""Records written to the files of an index come back equal, whatever text they hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.loading.storage import (
    block_from,
    block_row,
    document_from,
    document_row,
    passage_from,
    passage_row,
    read_lines,
    write_lines,
)
from rag.types import Block, BlockKind, Cell, Document, PageMark, Passage, Span, Table

# All that UTF-8 can hold, and what trips readers of lines: separators, quotes, a BOM.
texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
    st.sampled_from(
        ("", "줄\n바꿈\r\n", "\u2028\u2029\x85\x0b\x0c", '"\\"', "\ufeff각", "\0\x1f", "😀👩‍🔬")
    ),
)
numbers = st.integers(0, 10**7)
spans = st.tuples(numbers, numbers).map(lambda pair: Span(min(pair), max(pair)))
kinds = st.sampled_from(BlockKind)
offsets = st.lists(numbers, max_size=4).map(tuple)
paths = st.lists(texts, max_size=4).map(tuple)
documents = st.builds(
    Document,
    *[texts] * 9,
    pages=st.lists(st.builds(PageMark, numbers, texts), max_size=3).map(tuple),
    format=texts,
    approximate_pages=st.booleans(),
    warnings=st.lists(texts, max_size=2).map(tuple),
    stated=st.just(()),
)
cells = st.builds(Cell, numbers, numbers, spans, numbers, numbers, st.booleans())
tables = st.builds(
    Table,
    st.lists(cells, max_size=4).map(tuple),
    numbers,
    numbers,
    texts,
    st.none() | spans,
)
blocks = st.builds(
    Block, kinds, numbers, spans, paths, st.none() | numbers, texts, offsets, st.none() | tables
)
pairs = st.tuples(numbers, numbers)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    file, span = draw(texts), draw(spans)
    return Passage(
        f"{file}#{span.start}-{span.end}",
        file,
        span,
        draw(paths),
        draw(kinds),
        draw(texts),
        draw(pairs),
        draw(st.none() | pairs),
        draw(st.none() | texts),
        draw(offsets),
    )


def written_and_read(folder: Path, rows: list[object]) -> list[object]:
    file = folder / "rows.jsonl"
    write_lines(file, rows)
    # Any other program finds one JSON array on each line that "\n" ends.
    raw = file.read_bytes().split(b"\n")
    assert raw.pop() == b""
    assert [json.loads(line) for line in raw] == rows
    return list(read_lines(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("storage")


@given(found=st.lists(documents, max_size=3))
@settings(deadline=None)
def test_documents_come_back_equal(folder: Path, found: list[Document]) -> None:
    rows = written_and_read(folder, list(map(document_row, found)))
    assert [document_from(row) for row in rows] == found  # type: ignore[arg-type]


@given(found=st.lists(blocks, max_size=3))
@settings(deadline=None)
def test_blocks_come_back_equal(folder: Path, found: list[Block]) -> None:
    rows = written_and_read(folder, list(map(block_row, found)))
    back = [block_from(row) for row in rows]  # type: ignore[arg-type]
    assert back == found
    for block in back:
        assert type(block.kind) is BlockKind
        assert isinstance(block.path, tuple) and isinstance(block.joins, tuple)
        for cell in block.table.cells if block.table else ():
            assert type(cell.header) is bool


@given(found=st.lists(passages(), max_size=3))
@settings(deadline=None)
def test_passages_come_back_equal(folder: Path, found: list[Passage]) -> None:
    rows = written_and_read(folder, list(map(passage_row, found)))
    assert [passage_from(row) for row in rows] == found  # type: ignore[arg-type]


def test_a_document_row_holds_its_fields_in_the_order_of_the_format() -> None:
    # An index written yesterday is read by this order: a change of it is a new FORMAT.
    document = Document(
        "a",
        "a.txt",
        "제목",
        "기관",
        "총서",
        "2021-03",
        "허락",
        "본문",
        "ab12",
        (PageMark(3, "iv"),),
        "hwpx",
        True,
        ("한 쪽을 읽지 못했습니다.",),
        (Block(BlockKind.NOTE, 0, Span(0, 2)),),  # lives on in the outline, and only there
    )
    assert document_row(document) == [
        "a", "a.txt", "제목", "기관", "총서", "2021-03", "허락", "ab12", [[3, "iv"]], "본문",
        "hwpx", 1, ["한 쪽을 읽지 못했습니다."],
    ]  # fmt: skip


def test_block_and_passage_rows_hold_their_fields_in_the_order_of_the_format() -> None:
    table = Table((Cell(0, 1, Span(4, 6), 2, 3, True),), 2, 4, "억원", Span(0, 3))
    block = Block(BlockKind.TABLE, 1, Span(4, 9), ("1. 개요",), 7, "-", (5,), table)
    assert block_row(block) == [
        "table", 1, 4, 9, ["1. 개요"], 7, "-", [5], [[[0, 1, 4, 6, 2, 3, 1]], 2, 4, "억원", [0, 3]],
    ]  # fmt: skip
    passage = Passage(
        "a.txt#4-9",
        "a.txt",
        Span(4, 9),
        ("1. 개요",),
        BlockKind.TABLE,
        "글",
        (2, 3),
        (0, 1),
        "12",
        (5,),
    )
    assert passage_row(passage) == [
        "a.txt", 4, 9, ["1. 개요"], "table", "글", [2, 3], [0, 1], "12", [5],
    ]  # fmt: skip


def test_a_line_that_is_not_json_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("[1]\n[2,\n", encoding="utf-8")
    with pytest.raises(ValueError):
        list(read_lines(file))
