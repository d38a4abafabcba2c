"""The pages for people. Each is a GET whose address says all, so that it can be passed on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from rag.errors import QuestionError
from rag.showing.render import search_json
from rag.types import SearchResult
from web import api_page, ask, documents, export, faq, programme, search
from web.links import SearchQuery
from web.query import paged_query, search_query
from web.site import Site

_READ = ["GET", "HEAD"]


def page_routes(site: Site) -> APIRouter:
    """Routes of the HTML pages and of the files to take away."""
    routes = APIRouter(include_in_schema=False)
    assistant = site.assistant
    by_file = {document.file: document for document in assistant.documents}
    blank = ask.blank(site.examples, len(by_file))

    @routes.api_route("/", methods=_READ)
    def home() -> HTMLResponse:
        return site.html("ask.html", blank)

    @routes.api_route("/ask", methods=_READ)
    def ask_page(q: Annotated[str | None, Query()] = None) -> HTMLResponse:
        if q is None:
            return site.html("ask.html", blank)
        try:
            answer = assistant.ask(q)
        except QuestionError as error:
            return site.html("ask.html", replace(blank, q=q, problem=str(error)), 400)
        answered = ask.view(answer, by_file, assistant.blocks)
        card = programme.card(assistant, answer, site.today())
        filled = replace(blank, title=q.strip(), q=q, answer=answered, programme=card)
        return site.html("ask.html", filled)

    @routes.api_route("/search", methods=_READ)
    def search_page(query: Annotated[SearchQuery, Depends(paged_query)]) -> HTMLResponse:
        if not query.q.strip():
            return site.html("search.html", search.page(query, by_file, None))
        try:
            result = assistant.search(query.q, query.size, query.offset, query.filters, query.sort)
        except QuestionError as error:
            refused = search.page(query, by_file, None, str(error))
            return site.html("search.html", refused, 400)
        return site.html("search.html", search.page(query, by_file, result))

    def whole(query: SearchQuery) -> SearchResult:
        return assistant.search(query.q, export.LIMIT, 0, query.filters, query.sort)

    @routes.get("/search.csv")
    def search_csv(
        request: Request, query: Annotated[SearchQuery, Depends(search_query)]
    ) -> Response:
        base = str(request.base_url).rstrip("/")
        body = export.search_csv(whole(query).hits, by_file, base)
        return _attachment(body, "text/csv; charset=utf-8", "search.csv")

    @routes.get("/search.json")
    def search_json_file(query: Annotated[SearchQuery, Depends(search_query)]) -> JSONResponse:
        return JSONResponse(search_json(whole(query)))

    @routes.api_route("/documents", methods=_READ)
    def documents_page() -> HTMLResponse:
        listed = [(one, assistant.blocks(one.file)) for one in assistant.documents]
        return site.html("documents.html", documents.list_page(listed))

    @routes.get("/documents/{file:path}/source")
    def source(file: str) -> Response:
        document = assistant.document(file)
        name = documents.source_name(document)
        return _attachment(document.text.encode(), "text/plain; charset=utf-8", name)

    @routes.get("/documents/{file:path}/original")
    def original(file: str) -> Response:
        media_type = documents.media_type(assistant.document(file))
        response = _attachment(assistant.original(file), media_type, file)
        # Starlette would name a character set for text; the file may be in any.
        response.headers["Content-Type"] = media_type
        return response

    @routes.api_route("/documents/{file:path}", methods=_READ)
    def document_page(file: str, at: Annotated[str, Query()] = "") -> HTMLResponse:
        document = assistant.document(file)
        span = documents.parse_at(at, len(document.text))
        page = documents.page(document, assistant.blocks(file), span)
        return site.html("document.html", page)

    @routes.api_route("/faq", methods=_READ)
    def faq_page(
        document: Annotated[str, Query()] = "", q: Annotated[str, Query()] = ""
    ) -> HTMLResponse:
        entries = faq.load(site.faq_path)
        return site.html("faq.html", faq.page(entries, assistant.documents, document, q))

    @routes.get("/faq.json")
    def faq_file() -> JSONResponse:
        return JSONResponse(faq.required(site.faq_path))

    @routes.api_route("/api", methods=_READ)
    def api_index(request: Request) -> HTMLResponse:
        return site.html("api.html", api_page.page(request.app.openapi()))

    return routes


def _suffix(name: str) -> str:
    suffix = PurePath(name).suffix
    return suffix if suffix[1:].isalnum() and suffix.isascii() else ".txt"


def _attachment(body: bytes, media_type: str, name: str) -> Response:
    # RFC 6266: the plain name for old clients, the encoded one for any other name.
    plain = name if name.isascii() and '"' not in name else f"document{_suffix(name)}"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition}
    return Response(body, media_type=media_type, headers=headers)
