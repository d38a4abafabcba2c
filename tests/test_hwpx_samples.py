"""HWPX: real files against their own XML."""

from __future__ import annotations

import unicodedata
import zipfile
from functools import partial
from pathlib import Path

import pytest
from extracted_text import said, table_blocks
from lxml import etree

from rag.loading.hwpx import read_hwpx

SAMPLES = Path(__file__).parent / "samples"
HWPX_SAMPLES = sorted(SAMPLES.glob("*.hwpx"))
read = partial(read_hwpx, name="문서.hwpx")


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def squash(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def parts(path: Path) -> list[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith("Contents/section"))
        return [etree.fromstring(archive.read(name)) for name in names]


def in_body(element: etree._Element) -> bool:
    return not {local(a) for a in element.iterancestors()} & {"header", "footer", "fieldBegin"}


@pytest.mark.parametrize("path", HWPX_SAMPLES, ids=lambda path: path.stem)
def test_every_text_of_the_body_is_there_in_order(path: Path) -> None:
    found = squash(read(path.read_bytes()).text)
    at = 0
    seen = 0
    for part in parts(path):
        for element in part.iter("{*}t"):
            word = squash("".join(element.itertext()))
            # A title box that floats stands before the text of the paragraph that holds it.
            if word and in_body(element):
                assert word in found
                seen += 1
                place = found.find(word, at)
                at = place if place >= 0 else at
    assert seen > 20
    assert at > len(found) * 0.8


@pytest.mark.parametrize("path", HWPX_SAMPLES, ids=lambda path: path.stem)
def test_every_cell_has_its_row_column_spans_and_text(path: Path) -> None:
    found = read(path.read_bytes())
    expected = []
    for part in parts(path):
        for element in part.iter("{*}tbl"):
            above = {local(a) for a in element.iterancestors()}
            cells = element.findall("{*}tr/{*}tc")
            # A lone cell is a frame: what stands in it is text, and a table in it a table.
            framed = [
                a for a in element.iterancestors("{*}tbl") if len(a.findall("{*}tr/{*}tc")) > 1
            ]
            if len(cells) < 2 or framed or above & {"header", "footer"}:
                continue
            if any((t.text or "").strip() for t in element.iter("{*}t")):
                expected.append(element)
    got = table_blocks(found)
    assert len(got) == len(expected) > 0
    for element, block in zip(expected, got, strict=True):
        assert block.table is not None
        places = {}
        for tc in element.findall("{*}tr/{*}tc"):
            place, spans = tc.find("{*}cellAddr"), tc.find("{*}cellSpan")
            texts = ["".join(t.itertext()) for t in tc.iter("{*}t")]
            places[int(place.get("rowAddr")), int(place.get("colAddr"))] = (
                int(spans.get("rowSpan")),
                int(spans.get("colSpan")),
                squash("".join(texts)),
                bool(list(tc.iter("{*}checkBtn", "{*}equation", "{*}autoNum", "{*}compose"))),
            )
        assert (block.table.rows, block.table.columns) == (
            int(element.get("rowCnt")),
            int(element.get("colCnt")),
        )
        assert {(c.row, c.column) for c in block.table.cells} == set(places)
        for c in block.table.cells:
            height, width, text, more = places[c.row, c.column]
            assert (c.row_span, c.column_span) == (height, width)
            assert block.span.covers(c.span)
            if more:
                assert all(letter in squash(said(found, c)) for letter in text)
            else:
                assert squash(said(found, c)) == text


def test_a_form_shows_which_boxes_are_ticked() -> None:
    found = read((SAMPLES / "rnd_item_form_002.hwpx").read_bytes())
    assert found.text.count("☑ R&D 자율성트랙(일반)") == 5
    assert found.text.count("☐ 국가핵심기술") == 5


@pytest.mark.parametrize(
    ("name", "pages"),
    [("noori", 3), ("public_official_table", 5), ("rnd_item_form_002", 10)],
)
def test_pages_are_counted_as_the_publisher_laid_them_out(name: str, pages: int) -> None:
    found = read((SAMPLES / f"{name}.hwpx").read_bytes())
    assert [mark.label for mark in found.pages] == [f"약 {n}" for n in range(1, pages + 1)]
    assert found.approximate_pages
    starts = [mark.start for mark in found.pages]
    assert starts == sorted(set(starts))
    assert starts[0] == 0


def test_the_pages_of_a_long_table_begin_at_its_rows() -> None:
    found = read((SAMPLES / "public_data_standard.hwpx").read_bytes())
    (long,) = [b for b in table_blocks(found) if b.table is not None and b.table.rows == 37]
    inside = [m for m in found.pages if long.span.start < m.start < long.span.end]
    assert len(inside) >= 3
    assert all(found.text[m.start - 1] == "\n" for m in inside)
