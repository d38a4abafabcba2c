"""PDFs printed from known HTML give that HTML's words, tables, headings and notes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from pdf_truth import (
    SAMPLES,
    body_words,
    cells_kept,
    found_cells,
    in_order,
    truth,
    words_kept,
)

from rag.loading.extracted import Extracted
from rag.loading.pdf import read_pdf
from rag.types import BlockKind

pytest.importorskip(
    "pypdfium2", reason="pypdfium2 is not installed: pip install 'geungeo[formats]'"
)

NAMES = sorted(path.stem for path in SAMPLES.glob("*.html"))
KEPT = sorted(path.stem for path in SAMPLES.glob("*.pdf"))
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
# In narrow columns nearly every line cuts a word or ends one, and nothing on the page says which.
CELLS = {"narrow_columns": 0.85}


@pytest.fixture(scope="module")
def kept() -> dict[str, Extracted]:
    return {name: read_pdf((SAMPLES / f"{name}.pdf").read_bytes(), name) for name in KEPT}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Extracted]:
    if CHROMIUM is None:
        pytest.skip("no Chromium to print with")
    folder = tmp_path_factory.mktemp("printed")
    found = {}
    for name in NAMES:
        target = folder / f"{name}.pdf"
        subprocess.run(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={folder / 'profile'}",
                f"--print-to-pdf={target}",
                (SAMPLES / f"{name}.html").as_uri(),
            ],
            check=False,
            capture_output=True,
            timeout=120,
            env={**os.environ, "HOME": str(folder)},
        )
        if not target.exists():
            pytest.skip("Chromium does not print here")
        if b"Nanum" not in target.read_bytes():
            pytest.skip("NanumGothic is not installed")
        found[name] = read_pdf(target.read_bytes(), name)
    return found


def check(name: str, extracted: Extracted) -> None:
    wanted = truth(name)
    words = body_words(extracted)
    assert words_kept(wanted.words, words) >= 0.97
    assert in_order(wanted.words, words) >= 0.97
    assert len(words) <= 1.03 * len(wanted.words)
    cells = found_cells(extracted)
    assert len(cells) == len(wanted.tables)
    assert cells_kept(wanted.tables, cells) >= CELLS.get(name, 0.95)
    # Blanks apart, every cell is right: place, spans and text.
    bare = [[(*cell[:4], "".join(cell[4].split())) for cell in table] for table in cells]
    assert bare == [[(*c[:4], "".join(c[4].split())) for c in t] for t in wanted.tables]
    headings = [block for block in extracted.stated if block.kind is BlockKind.HEADING]
    assert [extracted.text[b.span.start : b.span.end] for b in headings] == wanted.headings


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_print_gives_its_html(name: str, kept: dict[str, Extracted]) -> None:
    check(name, kept[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_fresh_print_gives_its_html(name: str, printed: dict[str, Extracted]) -> None:
    check(name, printed[name])


@pytest.mark.parametrize("name", KEPT)
def test_stated_blocks_are_in_order_inside_the_text_and_apart(
    name: str, kept: dict[str, Extracted]
) -> None:
    extracted = kept[name]
    assert extracted.pages[0].start == 0
    assert all(a.start < b.start for a, b in pairwise(extracted.pages))
    assert all(a.span.end <= b.span.start for a, b in pairwise(extracted.stated))
    for block in extracted.stated:
        held = extracted.text[block.span.start : block.span.end]
        assert held == held.strip() != ""
        for cell in block.table.cells if block.table else ():
            assert block.span.covers(cell.span)
            assert "\n" not in extracted.text[cell.span.start : cell.span.end]


def test_headers_of_tables_are_told_by_their_shade(kept: dict[str, Extracted]) -> None:
    extracted = kept["ruled_tables"]
    tables = [block.table for block in extracted.stated if block.table]
    first, second = (
        {extracted.text[c.span.start : c.span.end] for c in table.cells if c.header}
        for table in tables
    )
    assert {"구분", "예산", "2024", "2025", "증감률", "융자", "보조", "출자"} <= first
    assert not any(re.match(r"[\d,.△]+\Z", text) for text in first - {"2024", "2025"})
    assert {"번호", "사업명", "주요 내용", "소관"} <= second


def test_a_header_that_is_repeated_overleaf_stands_once_in_its_table(
    kept: dict[str, Extracted],
) -> None:
    extracted = kept["ruled_tables"]
    table = [block for block in extracted.stated if block.table][1]
    assert extracted.text[table.span.start : table.span.end].count("주요 내용") == 1
    repeated = [b for b in extracted.stated if b.kind is BlockKind.BOILERPLATE]
    assert {extracted.text[b.span.start : b.span.end] for b in repeated} == {
        "번호 사업명 주요 내용 소관"
    }


def test_rows_of_a_table_over_pages_know_their_page(kept: dict[str, Extracted]) -> None:
    extracted = kept["ruled_tables"]
    table = [block.table for block in extracted.stated if block.table][1]
    page = {}
    for cell in table.cells:
        if cell.column == 0 and cell.row:
            marks = [mark.label for mark in extracted.pages if mark.start <= cell.span.start]
            page[int(extracted.text[cell.span.start : cell.span.end])] = int(marks[-1])
    assert [page[n] for n in sorted(page)] == sorted(page.values())
    assert set(page.values()) == {1, 2, 3}


def test_footnotes_are_notes_with_their_mark_and_page(kept: dict[str, Extracted]) -> None:
    extracted = kept["report_notes"]
    notes = [block for block in extracted.stated if block.kind is BlockKind.NOTE]
    assert [note.marker for note in notes] == [f"{n})" for n in range(1, 11)]
    text = [extracted.text[note.span.start : note.span.end] for note in notes]
    assert all(t.startswith(f"{n}) ") for n, t in enumerate(text, 1))
    pages = [
        [mark.label for mark in extracted.pages if mark.start <= note.span.start][-1]
        for note in notes
    ]
    assert pages == [str(n) for n in range(1, 6) for _ in range(2)]


def test_running_lines_and_page_numbers_are_set_aside(kept: dict[str, Extracted]) -> None:
    extracted = kept["report_notes"]
    aside = [
        extracted.text[block.span.start : block.span.end]
        for block in extracted.stated
        if block.kind is BlockKind.BOILERPLATE
    ]
    assert aside == [line for n in range(1, 6) for line in ("중소기업 금융 정책 연구", f"- {n} -")]


def test_the_title_is_the_files_own(kept: dict[str, Extracted]) -> None:
    assert kept["two_columns"].title == "지역 균형 발전을 위한 재정 지원 방안"


def test_samples_stay_small() -> None:
    assert all(path.stat().st_size < 150_000 for path in Path(SAMPLES).iterdir())
