"""The pages as a visitor reads them: the answer and its sources, search, documents, the FAQ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from fake_assistant import ETRI, FACTS, LOGISTICS, SATELLITE, FakeAssistant, document, passages
from fastapi.testclient import TestClient
from page_reader import Element, page
from web_client import client, client_with_faq, get

from rag.types import Answer, Reason, Sort, Span
from web.app import create_app
from web.ask import view

QUESTION = "물류비 융자 한도 얼마예요?"
EMPTY_HINT = "검색어와 일치하는 결과를 찾을 수 없습니다."


def cited(word: str) -> tuple[str, str, int, int]:
    """File, text and place of the passage that the small assistant cites for a word."""
    file, line, _, _ = FACTS[word]
    passage = next(p for p in passages() if p.file == file and line in p.text)
    return file, passage.text, passage.span.start, passage.span.end


# The question page


def test_home_has_one_labelled_field_and_only_examples_that_are_answered() -> None:
    tree = get("/")
    (field,) = [e for e in tree.all("input") if e.attributes.get("type") == "text"]
    assert tree.one("label", for_=field.attributes["id"]).line == "질문"
    assert [a.line for a in tree.one("ul", class_="examples").all("a")] == [QUESTION]
    assert tree.one("form").attributes["action"] == "/ask"


def test_an_answer_shows_verdict_fact_source_and_place() -> None:
    file, text, start, end = cited("물류비")
    tree = get("/ask", q=QUESTION)
    assert tree.one("h1").line == QUESTION
    assert tree.one("span", class_="verdict-badge").line == "답을 찾았습니다"
    assert tree.one("p", class_="short").line == "3천만원"
    place = f"/documents/{file}?at={start}-{end}#cite"
    assert tree.one("a", class_="ref").attributes["href"] == place
    citation = tree.one("li", id="citation-1")
    assert citation.one("blockquote").text == text
    assert [mark.text for mark in citation.all("mark")] == ["3천만원"]
    assert citation.one("a", class_="more").attributes["href"] == place
    assert "구미전자정보기술원 · 2021. 6. · 비대면 분야 디지털 뉴딜 진행상황 · 1쪽" in citation.line
    assert tree.one("input", id="q").attributes["value"] == QUESTION


@pytest.mark.parametrize(
    ("word", "lead", "told"),
    [
        ("물류비", "3천만원입니다. [1]", False),
        ("저궤도", "문서에는 다음과 같이 적혀 있습니다.", True),
        ("금리", "문서에는 다음과 같이 적혀 있습니다.", False),
    ],
)
def test_a_quotation_is_shown_once(word: str, lead: str, told: bool) -> None:
    """In the text where it is the answer itself, else with its citation."""
    tree = get("/ask", q=f"{word}는?")
    quote = " ".join(cited(word)[1].split())
    lines = [p.line for p in tree.one("div", class_="prose").all("p")]
    assert lines == ([lead, f"“{quote}” [1]"] if told else [lead])
    assert [b.line for b in tree.all("blockquote")] == ([] if told else [quote])


def test_the_citations_of_a_refusal_are_only_near() -> None:
    tree = get("/ask", q="금리는?")
    assert tree.one("h2", id="citations").line == "가장 가까운 대목"
    assert tree.one("div", class_="verdict").one("p", class_="badge-line").line == (
        "문서에 없습니다 관련된 대목은 있으나, 물으신 내용은 적혀 있지 않습니다."
    )
    assert tree.all(id="nearest") == []


@pytest.mark.parametrize(
    ("reason", "label"),
    [
        (Reason.AMBIGUOUS, "다시 물어 주세요"),
        (Reason.SOURCE_FAILED, "답하지 못했습니다"),
        (Reason.NOT_STATED, "문서에 없습니다"),
        (Reason.NOT_IN_DOCUMENTS, "문서에 없습니다"),
    ],
)
def test_only_what_documents_do_not_say_is_called_missing(reason: Reason, label: str) -> None:
    answer = replace(FakeAssistant().ask("금리는?"), reason=reason)
    small = FakeAssistant()
    shown = view(answer, {one.file: one for one in small.documents}, small.blocks)
    assert (shown.label, shown.ambiguous) == (label, reason is Reason.AMBIGUOUS)


def test_readings_of_a_question_are_not_called_merely_near() -> None:
    class Unsure(FakeAssistant):
        def ask(self, question: str, k: int = 60, id: str = "") -> Answer:
            return replace(super().ask(question, k, id), reason=Reason.AMBIGUOUS)

    shown = TestClient(create_app(Unsure())).get("/ask", params={"q": "금리는?"}).text
    assert "이렇게 읽을 수 있습니다" in shown
    assert "답은 아니지만" not in shown


def test_many_citations_are_folded_after_the_first_three() -> None:
    answer = FakeAssistant().ask(QUESTION)
    many = [replace(answer.citations[0], number=n) for n in range(1, 8)]
    files = {one.file: one for one in FakeAssistant().documents}
    for count, opened in ((1, 1), (4, 4), (5, 3), (7, 3)):
        shown = view(replace(answer, citations=tuple(many[:count])), files, FakeAssistant().blocks)
        numbers = [one.number for one in (*shown.citations, *shown.folded)]
        assert (len(shown.citations), numbers) == (opened, list(range(1, count + 1)))


def test_rows_of_a_table_are_quoted_as_a_table_with_the_answer_marked() -> None:
    small = FakeAssistant()
    block = next(b for b in small.blocks(SATELLITE) if b.table and b.table.columns > 6)
    assert block.table is not None
    row = [cell for cell in block.table.cells if cell.row == 2]
    at = Span(row[0].span.start, row[-1].span.end)
    text = document(SATELLITE).text
    values = [text[cell.span.start : cell.span.end].strip() for cell in row]
    value = next(v for v in values[1:] if values.count(v) == 1 and v[0].isdigit())
    answer = small.ask(QUESTION)
    citation = replace(answer.citations[0], file=SATELLITE, span=at, quote=text[at.start : at.end])
    said = replace(answer, citations=(citation,), short_answer=f"{value}억불")
    (shown,) = view(said, {one.file: one for one in small.documents}, small.blocks).citations
    assert shown.table is not None
    last = shown.table.rows[-1]
    assert len(last) == len(row)
    marked = ["".join(p.text for p in cell.pieces if p.marked) for cell in last]
    assert [m for m in marked if m] == [value]


def test_what_a_comparison_states_of_each_source_is_marked_in_it() -> None:
    small = FakeAssistant()
    answer = small.ask(QUESTION)
    (one,) = answer.citations
    pair = (
        replace(one, quote="예산 119억원, 200억원"),
        replace(one, number=2, quote="규모 200억원"),
    )
    text = "계산하면 119억원 + 200억원 = 319억원입니다. 예산은 ‘119억원’(3월) [1]; 규모는 ‘200억원’ [2]."
    said = replace(answer, text=text, short_answer="119억원 + 200억원 = 319억원", citations=pair)
    shown = view(said, {d.file: d for d in small.documents}, small.blocks).citations
    marks = [[piece.text for piece in citation.quote if piece.marked] for citation in shown]
    assert marks == [["119억원"], ["200억원"]]


def test_every_link_of_an_answer_leads_somewhere() -> None:
    tree = get("/ask", q=QUESTION)
    inside = {a.attributes["href"].split("#")[0] for a in tree.all("a")} - {""}
    assert len(inside) > 8
    assert [href for href in inside if client().get(href).status_code != 200] == []


def test_a_partial_answer_under_a_licence_carries_mark_terms_and_credit() -> None:
    tree = get("/ask", q="추진단은 언제 세워졌나요?")
    assert tree.one("span", class_="verdict-badge").line == "일부만 찾았습니다"
    badge = tree.one("li", id="citation-1").one("a", rel="license")
    assert badge.line == "공공누리 제4유형"
    assert badge.attributes["href"].endswith("/license_info/all.do")
    assert tree.one("p", class_="credit").line.startswith("본 저작물은 '한국전자통신연구원'에서")


def test_a_refusal_says_why_and_shows_what_was_nearest() -> None:
    tree = get("/ask", q="위성 발사 비용의 끝자리")
    assert tree.one("span", class_="verdict-badge").line == "문서에 없습니다"
    assert tree.all("p", class_="short") == []
    near = tree.one("ul", class_="cards")
    assert len(near.all("li")) == 5
    assert all("위성" in li.one("p", class_="text").text for li in near.all("li"))


def test_a_repaired_question_says_what_was_searched() -> None:
    notice = get("/ask", q="사전에약 얼마").one("p", class_="notice").line
    assert notice == "‘에약’을 ‘예약’으로 고쳐 찾았습니다. 찾은 말: 사전예약 얼마"


def test_the_votes_and_a_text_to_copy_are_there() -> None:
    tree = get("/ask", q=QUESTION)
    rows = tree.one("table").one("tbody").all("tr")
    assert rows[0].all("td")[2].line == "bm25 1위, 몫 0.750; vector 2위, 몫 0.250"
    copied = tree.one("pre").text
    assert "답    3천만원" in copied and cited("물류비")[1] in copied


# Search


def found(tree: Element) -> list[Element]:
    return [li for li in tree.one("ol", class_="hits").children if isinstance(li, Element)]


def test_search_counts_marks_and_links_its_hits() -> None:
    result = FakeAssistant().search("지원 사업")
    tree = get("/search", q="지원 사업")
    assert tree.one("h2", id="count").line == f"지원 사업 검색 결과 {result.total}건"
    items = found(tree)
    assert len(items) == 10
    for item, hit in zip(items, result.hits, strict=True):
        span = hit.passage.span
        assert item.one("a").attributes["href"] == (
            f"/documents/{hit.passage.file}?at={span.start}-{span.end}#cite"
        )
        text = item.one("p", class_="text")
        assert {mark.text for mark in text.all("mark")} <= {"지원", "사업", "지원사업"}
        assert text.all("mark")
        assert text.text.strip("… ") in hit.passage.text


def test_a_filter_link_narrows_to_its_count_and_a_chip_takes_it_back() -> None:
    tree = get("/search", q="지원")
    groups = tree.one("aside", class_="filters").all("section")
    assert [group.one("h3").line for group in groups] == [
        "문서",
        "발행기관",
        "발행연도",
        "글의 종류",
        "절",
    ]
    for group in groups:
        link = group.all("a")[0]
        count = int(link.one("span", class_="count").line.replace(",", "").rstrip("건"))
        narrowed = get(link.attributes["href"])
        assert narrowed.one("h2", id="count").one("b").line == f"{count:,}"
        (chip,) = narrowed.all("a", class_="chip")
        assert chip.attributes["href"] == "/search?q=%EC%A7%80%EC%9B%90"
        chosen = narrowed.one("aside", class_="filters").all("a", aria_current="true")
        assert [a.attributes["href"] for a in chosen] == [chip.attributes["href"]]


def test_the_form_carries_the_filters_along() -> None:
    tree = get("/search", q="지원", document=LOGISTICS, sort="newest")
    hidden = [e.attributes for e in tree.one("form").all("input", type="hidden")]
    assert [(e["name"], e["value"]) for e in hidden] == [
        ("document", LOGISTICS),
        ("sort", "newest"),
    ]


def test_the_pager_walks_through_all_hits_once() -> None:
    result = FakeAssistant().search("위성", k=1000)
    assert 10 < result.total < 100
    address, seen = "/search?q=위성", []
    while address:
        tree = get(address)
        seen += [unquote(li.one("a").attributes["href"]) for li in found(tree)]
        nexts = [a for a in tree.all("a") if a.attributes.get("rel") == "next"]
        address = nexts[0].attributes["href"] if nexts else ""
    assert seen == [
        f"/documents/{h.passage.file}?at={h.passage.span.start}-{h.passage.span.end}#cite"
        for h in result.hits
    ]


def test_sorting_changes_the_order_only() -> None:
    links = get("/search", q="정부").one("ul", class_="sorts").links
    assert list(links) == ["관련도순", "최신순", "문서순"]
    tops = [found(get(href))[0].one("a").attributes["href"] for href in links.values()]
    newest = FakeAssistant().search("정부", sort=Sort.NEWEST).hits[0].passage
    assert tops[1].startswith(f"/documents/{newest.file}")
    first = min(
        h.passage.span.start
        for h in FakeAssistant().search("정부", k=999).hits
        if h.passage.file == SATELLITE
    )
    assert f"at={first}-" in tops[2]


def test_no_result_gives_zero_and_advice() -> None:
    tree = get("/search", q="없는낱말이다")
    assert tree.one("h2", id="count").one("b").line == "0"
    assert tree.one("div", class_="empty").line.startswith(EMPTY_HINT)


def test_nothing_asked_yet_shows_how_to_search() -> None:
    tree = get("/search")
    assert tree.one("section", class_="prompt").one("h2").line == "무엇을 찾으세요?"
    assert get("/search", q="  ").one("section", class_="prompt")


def test_a_page_after_the_last_leads_back() -> None:
    tree = get("/search", q="위성", page="99")
    assert "이 쪽에는 결과가 없습니다." in tree.one("div", class_="empty").line


# Documents


def test_documents_are_listed_with_what_is_known_of_them() -> None:
    items = get("/documents").one("ul", class_="documents").all("li")
    assert [li.one("h2").line for li in items] == [
        document(file).title for file in (SATELLITE, LOGISTICS, ETRI)
    ]
    assert "한국전자통신연구원 · 2019. 12." in items[2].line
    assert f"{len(document(ETRI).text):,}자" in items[2].line


def test_a_citation_opens_its_document_at_the_quotation() -> None:
    file, text, _, _ = cited("물류비")
    href = get("/ask", q=QUESTION).one("a", class_="ref").attributes["href"]
    tree = get(href)
    assert "".join(mark.text for mark in tree.all("mark")) == text
    assert tree.one("p", class_="notice").one("a").attributes["href"] == "#cite"
    assert tree.one("h1").line == document(file).title


def test_the_source_file_is_given_byte_for_byte() -> None:
    response = client().get(f"/documents/{ETRI}/source")
    assert response.text == document(ETRI).text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["content-disposition"].startswith(f'attachment; filename="{ETRI}"')


@pytest.mark.parametrize(
    "at", ["5", "a-b", "9-5", "5-5", "-1-5", "0-99999999", "1-2-3", "٣-٥٥", "1" * 400 + "-2"]
)
def test_an_impossible_place_is_refused_with_the_remedy(at: str) -> None:
    tree = get(f"/documents/{ETRI}", status=400, at=at)
    assert "at" in tree.one("p", class_="lead").line
    assert tree.one("ul", class_="choices").all("a")


@pytest.mark.parametrize("file", ["없는.txt", "../pyproject.toml", "a/b/c", "<script>", "%00"])
def test_an_unknown_document_is_not_found(file: str) -> None:
    response = client().get(f"/documents/{file}")
    assert response.status_code == 404
    assert page(response.text).one("h1").line == "찾으시는 것이 없습니다"


# The FAQ


def test_without_an_faq_the_page_says_how_to_make_it() -> None:
    tree = get("/faq")
    assert "geungeo faq" in tree.one("div", class_="empty").line


def test_the_faq_groups_filters_and_links(tmp_path: Path) -> None:
    site = client_with_faq(tmp_path, QUESTION, "추진단은 언제 세워졌나요?")
    tree = page(site.get("/faq").text)
    assert [h.line for h in tree.all("h2")] == [document(LOGISTICS).title, document(ETRI).title]
    assert [d.one("summary").line for d in tree.all("details")] == [
        QUESTION,
        "추진단은 언제 세워졌나요?",
    ]
    first = tree.all("details")[0]
    file, text, start, end = cited("물류비")
    assert first.one("blockquote").text == text
    source = first.one("ul", class_="sources").one("a")
    assert source.attributes["href"] == f"/documents/{file}?at={start}-{end}#cite"

    only = page(site.get("/faq", params={"document": ETRI}).text)
    assert [d.one("summary").line for d in only.all("details")] == ["추진단은 언제 세워졌나요?"]
    (chosen,) = [o for o in only.all("option") if "selected" in o.attributes]
    assert chosen.line == f"{document(ETRI).title} (1)"
    by_text = page(site.get("/faq", params={"q": "3천만원"}).text)
    assert [d.one("summary").line for d in by_text.all("details")] == [QUESTION]
    none = page(site.get("/faq", params={"q": "없는말"}).text)
    assert none.all("details") == [] and "조건에 맞는 질문이 없습니다" in none.line


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '{"a": 1}',
        '[{"question": "가"}]',
        '[{"question": "가", "answer": "나", "citations": [{"number": 1}]}]',
        "\ufeff{",
    ],
)
def test_a_broken_faq_file_is_said(tmp_path: Path, content: str) -> None:
    site = client_with_faq(tmp_path)
    (tmp_path / "faq.json").write_bytes(content.encode())
    response = site.get("/faq")
    assert response.status_code == 500
    assert "geungeo faq" in page(response.text).one("p", class_="lead").line
