"""Addresses: what they say is what the server reads from them again."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from rag.types import Sort, Span
from web import links
from web.links import SearchQuery

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def test_a_span_opens_in_place() -> None:
    assert links.document("가 나.txt", Span(3, 9)) == (
        "/documents/%EA%B0%80%20%EB%82%98.txt?at=3-9#cite"
    )


@given(
    st.builds(
        SearchQuery,
        q=WORDS,
        document=WORDS,
        issuer=WORDS,
        year=WORDS,
        section=WORDS,
        kind=WORDS,
        sort=st.sampled_from(Sort),
        page=st.integers(1, 99),
        size=st.integers(1, 99),
    )
)
def test_a_search_address_says_the_whole_query(query: SearchQuery) -> None:
    parts = urlsplit(links.search(query))
    said = dict(parse_qsl(parts.query, keep_blank_values=True, errors="strict"))
    again = SearchQuery(
        q=said.get("q", ""),
        document=said.get("document", ""),
        issuer=said.get("issuer", ""),
        year=said.get("year", ""),
        section=said.get("section", ""),
        kind=said.get("kind", ""),
        sort=Sort(said.get("sort", "relevance")),
        page=int(said.get("page", 1)),
        size=int(said.get("k", links.DEFAULT_PAGE_SIZE)),
    )
    assert (parts.path, again) == ("/search", query)


@given(WORDS)
def test_a_question_comes_back_as_written(question: str) -> None:
    parts = urlsplit(links.ask(question))
    assert dict(parse_qsl(parts.query)) == ({"q": question} if question else {})


@given(WORDS)
def test_any_file_name_stays_inside_its_path(name: str) -> None:
    parts = urlsplit(links.document(name))
    assert (unquote(parts.path), parts.query) == (f"/documents/{name}", "")
