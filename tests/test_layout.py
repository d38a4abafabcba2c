"""Large tables: the rows that a question needs, read without reading the others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from rag import grid, korean
from rag.cells import CellAnswer, Fits, answer_cell
from rag.grid import grid_of
from rag.index import Index, build, open_index
from rag.loading import load
from rag.outline import outline
from rag.outline.layout import Layout
from rag.question.analysis import analyse
from rag.types import Block, Document, Passage

ROWS = 900  # with four columns more than 2,000 cells
YEARS = (2019, 2020, 2021)


def value(row: int, year: int) -> int:
    """Each number stands once; the largest of 2020 is that of row 450."""
    return (10_000 if year == 2020 and row == 450 else row) * 10 + YEARS.index(year)


def text() -> str:
    head = "구분\t" + "\t".join(f"{year}년" for year in YEARS)
    rows = [
        f"관측점{row}호\t" + "\t".join(f"{value(row, year):,}" for year in YEARS)
        for row in range(ROWS)
    ]
    return "관측 결과\n\n1. 지점별 현황\n\n< 지점별 적설량 >\n\n" + "\n".join([head, *rows]) + "\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("large")
    (folder / "snow.txt").write_text(text(), encoding="utf-8")
    build([folder / "snow.txt"], folder / "index")
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def table(index: Index) -> tuple[Document, Block]:
    document = index.documents[0]
    return document, next(b for b in index.blocks[document.file] if b.table is not None)


def passage_with(index: Index, words: str) -> Passage:
    return next(p for p in index.passages if words in p.text)


def ask(index: Index, question: str, words: str) -> CellAnswer | None:
    asked = analyse(question, index.body.vocabulary)
    return answer_cell(index, asked, index.documents[0], passage_with(index, words))


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the analyser is given from here on."""
    seen: list[str] = []
    one, many = korean.terms, korean.terms_many

    def count_one(text: str) -> list[str]:
        seen.append(text)
        return one(text)

    def count_many(texts: Iterable[str]) -> Iterable[list[str]]:
        held = list(texts)
        seen.extend(held)
        return many(held)

    monkeypatch.setattr(korean, "terms", count_one)
    monkeypatch.setattr(korean, "terms_many", count_many)
    grid._terms_of.clear()
    for kept in (grid._read, grid._read_column):
        kept.cache_clear()
    return seen


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("관측점77호의 2020년 적설량은 얼마인가요?", "관측점77호", "771"),
        # The row that is asked for need not be the passage's own, nor the first that fits.
        ("관측점823호의 2021년 적설량은 얼마인가요?", "관측점5호", "8,232"),
        ("관측점3호의 2019년 적설량은 얼마인가요?", "관측점600호", "30"),
    ],
)
def test_the_right_cell_of_a_large_table(
    index: Index, question: str, words: str, expected: str
) -> None:
    found = ask(index, question, words)
    assert found is not None
    assert found.text == expected


def test_few_texts_of_a_large_table_are_analysed(index: Index, analysed: list[str]) -> None:
    asked = analyse("관측점512호의 2019년 적설량은 얼마인가요?", index.body.vocabulary)
    fits = Fits(index, asked)
    for passage in index.passages:
        fits.of(passage)
    answer_cell(index, asked, index.documents[0], passage_with(index, "관측점512호"))
    assert "관측점512호" in analysed
    cells = [text for text in analysed if text != asked.searched]
    assert len(cells) == len(set(cells)) < 40  # of 3,600


def test_the_whole_column_is_compared_without_analysing_its_rows(
    index: Index, analysed: list[str]
) -> None:
    found = ask(index, "2020년 적설량이 가장 많은 곳은 어디인가요?", "관측점3호")
    assert found is not None
    assert found.text == "관측점450호(100,001)"
    assert len(set(analysed)) < 1300  # a part to find the column, and nothing of the rest
    cited = [found.quote, *found.further]
    assert all(len(span) < 200 for span in cited)  # no quotation of 900 rows


def test_a_test_over_a_large_table_counts_all_rows(index: Index) -> None:
    found = ask(index, "2021년 적설량이 8,960보다 많은 곳은 몇 곳인가요?", "관측점3호")
    assert found is not None
    assert found.text == "4곳(관측점896호; 관측점897호; 관측점898호; 관측점899호)"


def test_a_fit_is_found_for_the_row_that_is_asked_for(index: Index) -> None:
    asked = analyse("관측점77호의 2020년 적설량은 얼마인가요?", index.body.vocabulary)
    fits = Fits(index, asked)
    right = fits.of(passage_with(index, "관측점77호"))
    assert right > 0.5
    assert right > fits.of(passage_with(index, "관측점78호"))


def test_rows_are_chosen_by_rare_words_and_keep_the_headers(
    table: tuple[Document, Block],
) -> None:
    document, block = table
    assert block.table is not None
    layout = Layout(document, block, block.table)
    assert layout.large
    assert layout.rows_for({"512호": 1.0}, (7, 8), sample=False) == {0, 7, 8, 513}
    # A number stands alone and may be written with commas.
    assert layout.rows_for({"5120": 1.0}, None, sample=False) == {0, 513}
    assert layout.rows_for({"12호": 1.0}, None, sample=False) == {0, 13}
    # A word of every row picks none.
    assert layout.rows_for({"관측점": 1.0, "512호": 1.0}, None, sample=False) == {0, 513}
    assert len(layout.rows_for({"관측점": 1.0}, None, sample=True)) <= 1 + 250


def test_a_part_keeps_the_numbers_of_rows_and_columns(table: tuple[Document, Block]) -> None:
    document, block = table
    found = grid_of(document, block, {"512호": 1.0})
    assert found is not None
    assert found.holds([0, 513])
    assert not found.holds([1])
    assert [(e.row, e.column, e.text) for e in found.entries] == [
        (513, 0, "관측점512호"),
        (513, 1, "5,120"),
        (513, 2, "5,121"),
        (513, 3, "5,122"),
    ]
    assert found.entries[2].above == ("2020년",)
    row = found.row_span(513)
    assert document.text[row.start : row.end] == "관측점512호\t5,120\t5,121\t5,122"


def test_a_small_table_is_read_whole(tmp_path: Path) -> None:
    source = tmp_path / "small.txt"
    source.write_text("표\n\n구분\t가\t나\n갑\t1\t2\n을\t3\t4\n", encoding="utf-8")
    document = load(source)
    block = next(b for b in outline(document) if b.table is not None)
    found = grid_of(document, block, {"갑": 1.0})
    assert found is not None
    assert found.rows is None
    assert [e.text for e in found.entries if e.numeric] == ["1", "2", "3", "4"]
