"""The search page: hits with their marked words, filters with counts, chips and a pager."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from rag.types import Document, Facet, Hit, Question, SearchResult, Sort
from web import labels, links
from web.links import SearchQuery
from web.marks import Piece, snippet

SHOWN_VALUES = 8
"""Values of a filter shown before the rest is folded away."""
LISTED_VALUES = 100
"""Values of a filter, or documents to choose from, on a page at all."""
_NEIGHBOURS = 2
_SHORT_VERB = re.compile(r"[가-힣]다").fullmatch


@dataclass(frozen=True, slots=True)
class HitView:
    rank: int
    title: str
    path: str
    text: tuple[Piece, ...]
    kind: str
    published: str
    issuer: str
    page: str
    href: str
    id: str
    score: str
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter; ``href`` sets it, or takes it back where it is ``selected``."""

    label: str
    count: int
    selected: bool
    href: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    name: str
    label: str
    shown: tuple[FacetValue, ...]
    folded: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """An applied filter and the address without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    href: str
    selected: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the pager; ``href`` is "" for the page that is shown and for a gap ("…")."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Results:
    total: int
    first: int
    last: int
    hits: tuple[HitView, ...]
    facets: tuple[FacetGroup, ...]
    corrections: tuple[str, ...]
    searched: str
    sorts: tuple[Choice, ...]
    pages: tuple[PageLink, ...]
    previous: str
    next: str
    csv: str
    json: str
    index: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Context of ``search.html``. ``hidden`` are the filters that the form carries along;
    ``documents`` those to choose from before anything was asked."""

    title: str
    query: SearchQuery
    problem: str
    hidden: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    clear: str
    documents: tuple[Choice, ...]
    results: Results | None
    nav: str = "search"


def page(
    query: SearchQuery,
    documents: dict[str, Document],
    result: SearchResult | None,
    problem: str = "",
) -> SearchPage:
    """The page for a query; ``result`` is None where nothing was asked yet."""
    titles = {file: document.title for file, document in documents.items()}
    q = query.q.strip()
    return SearchPage(
        title=f"{q} 검색 결과" if result is not None else "문서 검색",
        query=query,
        problem=problem,
        hidden=tuple(_hidden(query)),
        chips=tuple(_chips(query, titles)),
        clear=links.search(SearchQuery(q=query.q, sort=query.sort, size=query.size)),
        documents=tuple(
            Choice(title, links.search(replace(query, document=file)), query.document == file)
            for file, title in islice(titles.items(), LISTED_VALUES)
        )
        if result is None
        else (),
        results=None if result is None else _results(query, documents, titles, result),
    )


def words(question: Question) -> tuple[str, ...]:
    """What is marked in a hit: the asker's own search terms, longest first. Of a verb, whose term
    is its dictionary form ("늘리다"), it is the stem, unless that is a single syllable."""
    own = {term.text for term in question.terms if term.origin == "question"}
    own = {word[:-1] if word.endswith("다") else word for word in own if not _SHORT_VERB(word)}
    return tuple(sorted(own, key=lambda word: (-len(word), word)))


def _results(
    query: SearchQuery,
    documents: dict[str, Document],
    titles: dict[str, str],
    result: SearchResult,
) -> Results:
    marked = words(result.query)
    last = max(1, -(-result.total // query.size))
    sorts = (replace(query, sort=sort, page=1) for sort in Sort)
    return Results(
        total=result.total,
        first=query.offset + 1 if result.hits else 0,
        last=query.offset + len(result.hits),
        hits=tuple(
            _hit(hit, rank, documents[hit.passage.file], marked)
            for rank, hit in enumerate(result.hits, start=query.offset + 1)
        ),
        facets=tuple(_groups(query, titles, result)),
        corrections=tuple(map(labels.correction, result.query.corrections)),
        searched=result.query.searched,
        sorts=tuple(
            Choice(labels.SORTS[one.sort], links.search(one), one.sort is query.sort)
            for one in sorts
        ),
        pages=tuple(_pager(query, last)),
        previous=_page_href(query, query.page - 1) if 1 < query.page <= last else "",
        next=_page_href(query, query.page + 1) if query.page < last else "",
        csv=links.search_csv(query),
        json=links.search_json(query),
        index=result.index,
    )


def _hit(hit: Hit, rank: int, document: Document, marked: tuple[str, ...]) -> HitView:
    passage = hit.passage
    return HitView(
        rank=rank,
        title=document.title,
        path=" › ".join(passage.path),
        text=snippet(passage.text, marked),
        kind=labels.kind(passage.kind),
        published=labels.date(document.published),
        issuer=document.issuer,
        page=labels.page(passage.page),
        href=links.document(passage.file, passage.span),
        id=passage.id,
        score=f"{hit.score:.3f}",
        votes=tuple(labels.vote(vote) for vote in hit.votes),
    )


def _groups(
    query: SearchQuery, titles: dict[str, str], result: SearchResult
) -> Iterable[FacetGroup]:
    for name, label in labels.FILTERS.items():
        values = tuple(_value(query, titles, name, facet) for facet in result.facets.get(name, ()))
        if values:
            # A chosen value is never folded away.
            ordered = sorted(values, key=lambda value: not value.selected)
            shown, folded = ordered[:SHOWN_VALUES], ordered[SHOWN_VALUES:LISTED_VALUES]
            yield FacetGroup(name, label, tuple(shown), tuple(folded))


def _value(query: SearchQuery, titles: dict[str, str], name: str, facet: Facet) -> FacetValue:
    selected = _current(query, name) == facet.value
    changed = _narrowed(query, name, "" if selected else facet.value)
    return FacetValue(
        label=_value_label(titles, name, facet.value),
        count=facet.count,
        selected=selected,
        href=links.search(changed),
    )


def _value_label(titles: dict[str, str], name: str, value: str) -> str:
    if name == "file":
        return titles.get(value, value)
    if name == "kind":
        return labels.kind(value)
    if name == "year" and value.isdigit():
        return f"{value}년"
    return value


def _current(query: SearchQuery, name: str) -> str:
    value = getattr(query.filters, name)
    return str(value)


def _narrowed(query: SearchQuery, name: str, value: str) -> SearchQuery:
    match name:
        case "file":
            return replace(query, document=value, page=1)
        case "issuer":
            return replace(query, issuer=value, page=1)
        case "year":
            return replace(query, year=value, page=1)
        case "section":
            return replace(query, section=value, page=1)
        case "kind":
            return replace(query, kind=value, page=1)
    raise ValueError(f"no filter is named {name!r}")


def _chips(query: SearchQuery, titles: dict[str, str]) -> Iterable[Chip]:
    for name, label in labels.FILTERS.items():
        value = _current(query, name)
        if value:
            text = f"{label}: {_value_label(titles, name, value)}"
            yield Chip(text, links.search(_narrowed(query, name, "")))


def _hidden(query: SearchQuery) -> Iterable[tuple[str, str]]:
    for name in labels.FILTERS:
        value = _current(query, name)
        if value:
            yield ("document" if name == "file" else name), value
    if query.sort is not Sort.RELEVANCE:
        yield "sort", query.sort.value
    if query.size != links.DEFAULT_PAGE_SIZE:
        yield "k", str(query.size)


def _pager(query: SearchQuery, last: int) -> Iterable[PageLink]:
    if last == 1:
        return
    near = range(max(1, query.page - _NEIGHBOURS), min(last, query.page + _NEIGHBOURS) + 1)
    before = 0
    for number in sorted({1, last, *near}):
        if number - before > 1:
            yield PageLink("…", "", False)
        current = number == query.page
        yield PageLink(str(number), "" if current else _page_href(query, number), current)
        before = number


def _page_href(query: SearchQuery, number: int) -> str:
    return links.search(replace(query, page=number))
