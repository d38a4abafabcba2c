"""Hostile and mistaken visits: never markup, always a page in Korean, always the headers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fake_assistant import FakeAssistant
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Element, page
from web_client import client, get

from rag.errors import EncoderMissing, GeungeoError, IndexBroken, IndexMissing, SourceError
from web.app import create_app
from web.security import HEADERS

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}",
    "</title><h1>남의 글</h1>",
    "\x00\x01\x1b[31m",
    "\u202e뒤집힌 글\u2066",
    "&lt;b&gt; &amp;",
    "물류비 <b>융자</b>",
    "=HYPERLINK(1)",
    "가" * 2000,
]
PAGES = ["/ask", "/search", "/faq"]


def skeleton(tree: Element) -> list[tuple[str, tuple[str, ...]]]:
    """The tags of a page with the names of their attributes."""
    return [(e.tag, tuple(e.attributes)) for e in tree.walk()]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_question_adds_no_markup(path: str, text: str) -> None:
    response = client().get(path, params={"q": text})
    assert response.status_code == 200
    tree = page(response.text)
    assert tree.all("script") == [] and tree.all("img") == []
    for element in tree.walk():
        assert not any(name.startswith("on") for name in element.attributes)
    if "{{" in text and tree.all("input", id="q"):
        assert "{{7*7}}" in response.text
    value = tree.one("input", id="q").attributes["value"] if tree.all("input", id="q") else ""
    assert not set(value) & set("\x00\x1b\u202e\u2066")


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_any_question_is_answered_or_refused_and_shown_as_text(text: str) -> None:
    plain = skeleton(get("/ask", q="하늘"))
    response = client().get("/ask", params={"q": text})
    assert response.status_code in (200, 400)
    tree = page(response.text)
    if response.status_code == 200 and not tree.all("a", class_="ref"):
        headings = [entry for entry in skeleton(tree) if entry[0] in ("h1", "bdi", "title")]
        assert [e for e in plain if e[0] in ("h1", "title")] == [
            e for e in headings if e[0] != "bdi"
        ]
        assert len(tree.all("input")) == 1 and tree.all("script") == []


@settings(max_examples=60, deadline=None)
@given(q=TEXT, document=TEXT, issuer=TEXT, year=TEXT, section=TEXT)
def test_any_search_is_answered(
    q: str, document: str, issuer: str, year: str, section: str
) -> None:
    query = {"q": q, "document": document, "issuer": issuer, "year": year, "section": section}
    for path in ("/search", "/search.csv", "/search.json"):
        response = client().get(path, params=query)
        assert response.status_code in ((200,) if q.strip() else (200, 400)), (path, response.text)
    tree = page(client().get("/search", params=query).text)
    assert tree.all("script") == []


def test_a_question_is_escaped_where_it_is_shown() -> None:
    text = client().get("/ask", params={"q": '<b>굵게</b> & "따옴표"'}).text
    assert "<b>굵게" not in text
    assert "&lt;b&gt;굵게&lt;/b&gt; &amp; &#34;따옴표&#34;" in text


@pytest.mark.parametrize(
    ("q", "words"),
    [("", "비어"), ("   ", "비어"), ("가" * 7_000, "2,000자"), ("a" * 10_000, "2,000자")],
)
def test_an_impossible_question_is_refused_beside_its_field(q: str, words: str) -> None:
    tree = get("/ask", status=400, q=q)
    field = tree.one("input", id="q")
    problem = tree.one("p", id=field.attributes["aria-describedby"])
    assert words in problem.line
    assert field.attributes["aria-invalid"] == "true"


def test_an_overlong_search_is_refused_beside_its_field() -> None:
    tree = get("/search", status=400, q="a" * 10_000)
    assert "2,000자" in tree.one("p", id="search-problem").line


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nowhere", 404, "찾으시는 것이 없습니다"),
        ("GET", "/static/none.css", 404, "찾으시는 것이 없습니다"),
        ("POST", "/ask", 405, "쓸 수 없는 방법입니다"),
        ("GET", "/search?q=a&page=0", 422, "주소의 값을 쓸 수 없습니다"),
        ("GET", "/search?q=a&sort=up", 422, "주소의 값을 쓸 수 없습니다"),
    ],
)
def test_errors_are_pages_with_a_way_on(method: str, path: str, status: int, title: str) -> None:
    response = client().request(method, path)
    assert response.status_code == status
    tree = page(response.text)
    assert tree.one("h1").line == title
    assert [a.attributes["href"] for a in tree.one("main").all("a")] == [
        "/",
        "/search",
        "/documents",
    ]


class Failing(FakeAssistant):
    """An assistant whose index fails after it was opened."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
        self.failing = False

    def ask(self, question: str, k: int = 60, id: str = "") -> object:  # type: ignore[override]
        if self.failing:
            raise self.error
        return super().ask(question, k, id)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (IndexMissing("색인이 없습니다: geungeo build를 실행해 주세요."), 503, "index_missing"),
        (IndexBroken("색인이 깨졌습니다."), 503, "index_broken"),
        (EncoderMissing("모델이 없습니다."), 503, "encoder_missing"),
        (SourceError("문서를 읽을 수 없습니다."), 500, "failed"),
        (GeungeoError("알 수 없습니다."), 500, "failed"),
    ],
)
def test_a_named_error_tells_its_own_sentence(error: GeungeoError, status: int, code: str) -> None:
    assistant = Failing(error)
    site = TestClient(create_app(assistant), raise_server_exceptions=False)
    assistant.failing = True
    shown = site.get("/ask", params={"q": "가"})
    assert shown.status_code == status
    assert page(shown.text).one("p", class_="lead").line == str(error)
    sent = site.get("/api/ask", params={"q": "가"})
    assert (sent.status_code, sent.json()) == (
        status,
        {"error": {"code": code, "message": str(error)}},
    )


def test_an_unexpected_error_tells_nothing_of_itself() -> None:
    assistant = Failing(RuntimeError("비밀"))
    site = TestClient(create_app(assistant), raise_server_exceptions=False)
    assistant.failing = True
    for path in ("/ask", "/api/ask"):
        response = site.get(path, params={"q": "가"})
        assert response.status_code == 500
        assert "비밀" not in response.text and "관리자" in response.text
        assert {name: response.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ask?q=물류비",
        "/search?q=지원",
        "/documents",
        "/static/site.css",
        "/static/palette.css",
        "/healthz",
        "/nope",
        "/api/ask",
        "/search.csv?q=지원",
        "/ask?q=",
    ],
)
def test_every_response_keeps_to_itself(path: str) -> None:
    headers = client().get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = dict(
        part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize(
    "path", ["/", "/ask?q=물류비", "/search?q=지원", "/documents", "/faq", "/api"]
)
def test_nothing_is_loaded_from_elsewhere(path: str) -> None:
    tree = get(path)
    loaded = [e.attributes.get("src", "") for e in tree.walk()]
    loaded += [e.attributes["href"] for e in tree.all("link")]
    assert all(not one or one.startswith("/static/") for one in loaded)
    assert all(client().get(one).status_code == 200 for one in loaded if one)
    assert tree.all("style") == [] and not any("style" in e.attributes for e in tree.walk())


@pytest.mark.parametrize(
    "path", ["/", "/ask?q=물류비", "/search?q=지원", "/documents", "/faq", "/api"]
)
def test_each_page_has_its_landmarks_and_labels(path: str) -> None:
    tree = get(path)
    assert tree.one("html").attributes["lang"] == "ko"
    assert len(tree.all("h1")) == 1 and tree.one("title").line.endswith("– 근거")
    assert tree.all("a")[0].attributes["href"] == "#main" and tree.one("main", id="main")
    assert len(tree.all("header")) == len(tree.all("footer")) == 1
    labels = {label.attributes["for"] for label in tree.all("label")}
    fields = [e for e in tree.walk() if e.tag in ("input", "select")]
    named = {e.attributes["id"] for e in fields if e.attributes.get("type") != "hidden"}
    assert labels == named
    ids = [e.attributes["id"] for e in tree.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    ranks = [int(e.tag[1]) for e in tree.walk() if e.tag in ("h1", "h2", "h3", "h4")]
    assert all(b <= a + 1 for a, b in pairwise(ranks))
