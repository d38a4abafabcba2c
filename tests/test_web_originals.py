"""The original file of a document is given as it was indexed, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hancom_files import cell, hwpx, p, section, table
from page_reader import Element, page

from rag.assistant import Assistant
from rag.index import build
from rag.loading import load
from rag.outline import outline
from rag.reading import read
from web import documents
from web.app import create_app
from web.site import environment

ROWS = [
    [cell(0, 0, p("구분"), spans=(1, 2)), cell(0, 2, p("한도"))],
    [cell(1, 0, p("융자"), spans=(2, 1)), cell(1, 1, p("운전")), cell(1, 2, p("3억원"))],
    [cell(2, 1, p("시설")), cell(2, 2, p("10억원"))],
]
PLAN = hwpx(
    section(
        p("지원 계획", lines=[5000]),
        p("한도는 다음과 같다.", lines=[0], page_break=True),
        p(table(ROWS), lines=[2000]),
    )
)
NAME = "지원 계획(안).hwpx"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents and the index of them, which no test changes."""
    home = tmp_path_factory.mktemp("home")
    documents = home / "documents"
    documents.mkdir()
    (documents / NAME).write_bytes(PLAN)
    (documents / "옛글.txt").write_bytes("보증 한도는 1억원이다.".encode("cp949"))
    (documents / "a.html.txt").write_text("<b>글</b>이다.", encoding="utf-8")
    build([documents], home / "index")
    return home


@contextmanager
def site(home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Assistant.open(home / "index"))) as client:
        yield client


def test_the_original_comes_as_it_is(made: Path) -> None:
    with site(made) as client:
        given = client.get(f"/documents/{quote(NAME)}/original")
        assert given.status_code == 200 and given.content == PLAN
        assert given.headers["content-type"] == "application/hwp+zip"
        assert given.headers["x-content-type-options"] == "nosniff"
        disposition = given.headers["content-disposition"]
        assert disposition.startswith('attachment; filename="document.hwpx";')
        assert disposition.endswith(f"filename*=UTF-8''{quote(NAME)}")
        old = client.get(f"/documents/{quote('옛글.txt')}/original")
        # In its own encoding, which no header may contradict.
        assert old.content.decode("cp949") == "보증 한도는 1억원이다."
        assert old.headers["content-type"] == "text/plain"
        read = client.get(f"/documents/{quote(NAME)}/source")
        assert read.text.startswith("지원 계획\n")
        assert quote(NAME) + ".txt" in read.headers["content-disposition"]


@pytest.mark.parametrize(
    "file", ["없는.txt", "../index/CURRENT", "..%2Findex%2FCURRENT", "catalogue.toml"]
)
def test_nothing_but_documents_of_the_index_is_given(made: Path, file: str) -> None:
    with site(made) as client:
        assert client.get(f"/documents/{file}/original").status_code == 404


def test_a_changed_original_is_gone_and_a_missing_one_is_missing(
    made: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(made, tmp_path / "home"))
    build([home / "documents"], home / "index")
    (home / "documents" / NAME).write_bytes(PLAN + b"x")
    (home / "documents" / "옛글.txt").unlink()
    with site(home) as client:
        changed = client.get(f"/documents/{quote(NAME)}/original")
        assert changed.status_code == 410
        assert page(changed.text).one("h1").line == "원본이 바뀌었습니다"
        missing = client.get(f"/documents/{quote('옛글.txt')}/original")
        assert missing.status_code == 404
        assert "원본 파일이" in page(missing.text).one("p", class_="lead").line
        # What was indexed is shown all the same.
        assert client.get(f"/documents/{quote(NAME)}").status_code == 200


def test_folders_that_were_moved_together_are_found(made: Path, tmp_path: Path) -> None:
    first = Path(shutil.copytree(made, tmp_path / "first"))
    build([first / "documents"], first / "index")
    moved = first.rename(tmp_path / "moved")
    with site(moved) as client:
        assert client.get(f"/documents/{quote(NAME)}/original").content == PLAN
    # The index alone goes elsewhere: the documents are where they were.
    again = moved.rename(first)
    elsewhere = tmp_path / "deep" / "er"
    shutil.copytree(again / "index", elsewhere / "index")
    with site(elsewhere) as client:
        assert client.get(f"/documents/{quote(NAME)}/original").content == PLAN


def test_the_page_shows_merged_cells_pages_and_the_cited_span(made: Path) -> None:
    with site(made) as client:
        text = client.get(f"/documents/{quote(NAME)}/source").text
        start = text.index("10억원")
        at = f"{start}-{start + 4}"
        tree = page(client.get(f"/documents/{quote(NAME)}", params={"at": at}).text)
    found = tree.one("table")
    rows = [
        [
            (one.line, one.attributes.get("rowspan", "1"), one.attributes.get("colspan", "1"))
            for one in row.all("td") + row.all("th")
        ]
        for row in found.all("tr")
    ]
    assert sorted(rows[0]) == [("구분", "1", "2"), ("한도", "1", "1")]
    assert ("융자", "2", "1") in rows[1] and sorted(w for w, _, _ in rows[2]) == ["10억원", "시설"]
    assert [mark.text for mark in tree.all("mark")] == ["10억원"]
    assert [one.line for one in tree.all("span", class_="page-break")] == ["약 1쪽", "약 2쪽"]
    links = {one.line: one.attributes.get("href") for one in tree.all("a")}
    assert links["원본 파일 내려받기"] == f"/documents/{quote(NAME)}/original"
    assert "어림" in tree.one("div", class_="document-head").text


def test_warnings_are_shown_with_the_document(made: Path) -> None:
    with site(made) as client:
        tree = page(client.get(f"/documents/{quote('옛글.txt')}").text)
        assert "CP949" in tree.one("p", class_="notice").line
        other = page(client.get("/documents/a.html.txt").text)
    assert other.all("p", class_="notice") == []


def cells_of(row: Element) -> list[Element]:
    return [one for one in row.walk() if one.tag in ("td", "th")]


SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.hwpx")), ids=lambda path: path.stem)
def test_tables_of_real_documents_keep_their_shape_on_the_page(path: Path) -> None:
    """Merged cells as a browser lays them out: each place of a table is covered once, and the
    letters of the cells are those of the document, in its order."""
    document = load(path)
    blocks = outline(document)
    tree = page(
        environment()
        .get_template("document.html")
        .render(page=documents.page(document, blocks, None))
    )
    tables = [block for block in blocks if block.table is not None]
    shown = tree.all("table")
    assert len(shown) == len(tables) > 0
    for block, drawn in zip(tables, shown, strict=True):
        assert block.table is not None
        taken: set[tuple[int, int]] = set()
        head = sum(len(group.all("tr")) for group in drawn.all("thead"))
        for row, line in enumerate(drawn.all("tr")):
            column = 0
            for one in cells_of(line):
                while (row, column) in taken:
                    column += 1
                down = int(one.attributes.get("rowspan") or 1)
                across = int(one.attributes.get("colspan") or 1)
                places = {(row + r, column + c) for r in range(down) for c in range(across)}
                assert not places & taken
                assert row >= head or row + down <= head  # else cut off at the end of the head
                taken |= places
        assert taken == {
            (r, c) for r in range(block.table.rows) for c in range(block.table.columns)
        }
        letters = "".join(
            read(document.text, cell.span).text
            for cell in sorted(block.table.cells, key=lambda cell: (cell.row, cell.column))
        )
        cells = [one for line in drawn.all("tr") for one in cells_of(line)]
        breaks = {mark.label for mark in document.pages}
        said = "".join("".join(one.text.split()) for one in cells)
        for label in breaks:
            said = said.replace("".join(f"{label}쪽".split()), "")
        assert said == "".join(letters.split())
    ids = [one.attributes["id"] for one in tree.all("span", class_="page-break")]
    assert len(ids) == len(set(ids))
