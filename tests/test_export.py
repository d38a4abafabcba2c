"""Exports of questions and answers, read back with other readers."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from test_render import ANSWER, CITATION, REFUSAL

from rag.errors import InputError
from rag.showing.export import COLUMNS, export, format_of, guarded
from rag.showing.render import answer_json

KOGL4 = "공공누리 제4유형(출처표시+상업적이용금지+변경금지)"
HOSTILE = replace(
    ANSWER,
    question=replace(ANSWER.question, written="</script><b>=1+1</b>"),
    short_answer="=HYPERLINK(1)",
    text="-2\x00 <script>alert(1)</script> [1]",
    citations=(replace(CITATION, licence=KOGL4, quote="@말 <i>", title="+제목"),),
)
ENTRIES = (ANSWER, HOSTILE)


def rows_of_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_json_is_a_list_of_the_one_shape() -> None:
    assert json.loads(export(ENTRIES, "json")) == [answer_json(entry) for entry in ENTRIES]
    assert json.loads(export((), "json")) == []


def test_csv_has_a_row_for_each_entry_under_korean_headings() -> None:
    head, first, hostile = rows_of_csv(export(ENTRIES, "csv"))
    assert tuple(head) == COLUMNS
    row = dict(zip(head, first, strict=True))
    assert row["번호"] == "1"
    assert row["질문"] == "물류비 한되는?"
    assert row["짧은 답"] == "3천만원"
    assert row["절"] == "1. 지원 › (1) 물류비"
    assert (row["파일"], row["시작"], row["끝"]) == ("가.txt", "10", "24")
    assert row["이용허락"] == "공공누리 제1유형"
    assert "'무역부'에서 '2021년' 작성하여" in row["출처 표시"]
    assert hostile[2] == "'=HYPERLINK(1)"


def test_csv_holds_no_formula_and_no_control_character() -> None:
    for row in rows_of_csv(export(ENTRIES, "csv"))[1:]:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert "\x00" not in cell


def test_an_entry_without_citations_fills_its_row() -> None:
    assert len(rows_of_csv(export((REFUSAL,), "csv"))[1]) == len(COLUMNS)


@given(st.text())
def test_guarded_text_is_no_formula_and_loses_nothing(text: str) -> None:
    shown = guarded(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert shown.removeprefix("'") == text.removeprefix("'") or shown == text


def test_excel_file_has_text_where_a_formula_was_meant() -> None:
    sheet = load_workbook(io.BytesIO(export(ENTRIES, "xlsx"))).active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.freeze_panes == "C2"
    assert sheet["C3"].value == "=HYPERLINK(1)"
    assert sheet["C3"].data_type == "s"
    assert sheet["D3"].value == "-2 <script>alert(1)</script> [1]"
    assert sheet["D3"].alignment.wrap_text
    terms = sheet.cell(row=3, column=COLUMNS.index("이용허락") + 1)
    assert terms.hyperlink.target == "https://www.kogl.or.kr/open/info/license_info/all.do"
    assert sheet.cell(row=3, column=COLUMNS.index("시작") + 1).value == 10


class Reader(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_one_file_with_everything_escaped() -> None:
    page = Reader(export(ENTRIES, "html").decode())
    names = [tag for tag, _ in page.tags]
    assert names.count("details") == 2
    assert not {"script", "b", "i", "link", "img"} & set(names)
    assert page.tags[0] == ("html", {"lang": "ko"})
    for words in ("</script><b>=1+1</b>", "@말 <i>", "물류비 한되는?", "기업당 3천만원 한도 지원"):
        assert page.text.count(words) == 1
    told = replace(ANSWER, text=f"“{CITATION.quote}” [1]")
    assert Reader(export((told,), "html").decode()).text.count(CITATION.quote) == 1
    links = [attributes for tag, attributes in page.tags if tag == "a"]
    assert {
        "rel": "license",
        "href": "https://www.kogl.or.kr/open/info/license_info/all.do",
    } in links


def test_jsonld_is_an_faq_page_with_licence_and_credit() -> None:
    data = export(ENTRIES, "jsonld")
    assert b"<" not in data
    page = json.loads(data)
    assert (page["@context"], page["@type"], page["inLanguage"]) == (
        "https://schema.org",
        "FAQPage",
        "ko",
    )
    question = page["mainEntity"][1]
    assert question["name"] == "</script><b>=1+1</b>"
    work = question["acceptedAnswer"]["citation"][0]
    assert work["license"] == "https://www.kogl.or.kr/open/info/license_info/all.do"
    assert work["copyrightNotice"] == KOGL4
    assert work["creditText"].startswith("본 저작물은 '무역부'에서 '2021년' 작성하여")


@pytest.mark.parametrize(
    ("named", "out", "wanted"),
    [
        (None, None, "json"),
        (None, Path("faq.xlsx"), "xlsx"),
        (None, Path("faq.HTML"), "html"),
        (None, Path("faq.txt"), "json"),
        ("csv", Path("faq.xlsx"), "csv"),
    ],
)
def test_the_format_is_the_named_one_or_that_of_the_file(
    named: str | None, out: Path | None, wanted: str
) -> None:
    assert format_of(named, out) == wanted


def test_an_unknown_format() -> None:
    with pytest.raises(InputError, match="json, csv, xlsx, html, jsonld"):
        export((), "pdf")
