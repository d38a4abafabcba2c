"""Search results taken away: the CSV reads back, and no cell runs as a formula."""

from __future__ import annotations

import csv
import io

from fake_assistant import LOGISTICS, FakeAssistant, document
from hypothesis import given
from hypothesis import strategies as st
from web_client import client

from rag.types import BlockKind, Filters, Hit, Passage, Span
from web.export import COLUMNS, search_csv


def rows(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_csv_holds_every_hit_of_the_narrowed_query() -> None:
    result = FakeAssistant().search("지원", k=1000, filters=Filters(file=LOGISTICS))
    response = client().get("/search.csv", params={"q": "지원", "document": LOGISTICS})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    header, *lines = rows(response.content)
    assert tuple(header) == COLUMNS
    assert len(lines) == result.total > 10
    source = document(LOGISTICS)
    for number, (line, hit) in enumerate(zip(lines, result.hits, strict=True), start=1):
        cells = dict(zip(COLUMNS, line, strict=True))
        assert cells["순위"] == str(number)
        assert cells["제목"] == source.title
        assert cells["본문"].removeprefix("'") == hit.passage.text
        start, end = int(cells["시작"]), int(cells["끝"])
        assert (start, end) == (hit.passage.span.start, hit.passage.span.end)
        assert cells["주소"] == f"http://testserver/documents/{LOGISTICS}?at={start}-{end}#cite"


def test_the_json_holds_the_same_hits() -> None:
    body = client().get("/search.json", params={"q": "지원", "document": LOGISTICS}).json()
    result = FakeAssistant().search("지원", k=1000, filters=Filters(file=LOGISTICS))
    assert body["total"] == len(body["passages"]) == result.total
    assert [p["start"] for p in body["passages"]] == [h.passage.span.start for h in result.hits]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_any_text_survives_the_csv_and_starts_no_formula(text: str) -> None:
    source = document(LOGISTICS)
    passage = Passage("p", LOGISTICS, Span(0, 1), (), BlockKind.BULLET, text, (0, 0))
    _, line = rows(search_csv([Hit(passage, 1.0, (), 0)], {LOGISTICS: source}, "http://x"))
    cell = line[COLUMNS.index("본문")]
    assert cell in (text, f"'{text}")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
