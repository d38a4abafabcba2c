"""The values of an address, checked by the framework before a route sees them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query

from rag.types import BlockKind, Sort
from web.links import DEFAULT_PAGE_SIZE, SearchQuery

MAX_PAGE = 10_000
MAX_SIZE = 100


def search_query(
    q: Annotated[str, Query(description="찾을 말")] = "",
    document: Annotated[str, Query(description="문서의 파일 이름")] = "",
    issuer: Annotated[str, Query(description="발행기관")] = "",
    year: Annotated[str, Query(description="발행연도, 예: 2021")] = "",
    section: Annotated[str, Query(description="절의 제목")] = "",
    kind: Annotated[BlockKind | Literal[""], Query(description="글의 종류")] = "",
    sort: Annotated[Sort, Query(description="정렬")] = Sort.RELEVANCE,
) -> SearchQuery:
    """What is searched and how it is narrowed and sorted, without page."""
    return SearchQuery(q, document, issuer, year, section, str(kind), sort)


def paged_query(
    query: Annotated[SearchQuery, Depends(search_query)],
    page: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 1,
    k: Annotated[int, Query(ge=1, le=MAX_SIZE)] = DEFAULT_PAGE_SIZE,
) -> SearchQuery:
    """The same with the page of hits that is shown."""
    return SearchQuery(
        query.q,
        query.document,
        query.issuer,
        query.year,
        query.section,
        query.kind,
        query.sort,
        page,
        k,
    )
