"""The JSON API. Answers and hits have the shape that the command line and the batches write."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from rag.reading import read
from rag.settings import PASSAGES
from rag.showing.render import answer_json, search_json
from rag.types import Block, Document
from web import faq, links
from web.links import SearchQuery
from web.query import MAX_SIZE, search_query
from web.schema import (
    AnswerModel,
    DocumentDetailModel,
    DocumentModel,
    ErrorModel,
    HealthModel,
    SearchModel,
)
from web.site import Site

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorModel, "description": what}
    for status, what in (
        (400, "물을 수 없는 질문"),
        (404, "없는 것"),
        (422, "쓸 수 없는 값"),
        (503, "색인이 없거나 깨짐"),
    )
}
_K = "받을 대목의 수"


def api_routes(site: Site) -> APIRouter:
    """Routes under /api, and /healthz."""
    routes = APIRouter(responses=_ERRORS)
    assistant = site.assistant

    @routes.get("/api/ask", response_model=AnswerModel, summary="질문에 근거를 달아 답합니다")
    def ask(
        q: Annotated[str, Query(description="질문")],
        k: Annotated[int, Query(ge=1, le=MAX_SIZE, description=_K)] = PASSAGES,
    ) -> Any:
        return answer_json(assistant.ask(q, k))

    @routes.get("/api/search", response_model=SearchModel, summary="대목을 찾습니다")
    def search(
        query: Annotated[SearchQuery, Depends(search_query)],
        k: Annotated[int, Query(ge=1, le=MAX_SIZE, description=_K)] = 10,
        offset: Annotated[int, Query(ge=0, le=1_000_000, description="건너뛸 대목의 수")] = 0,
    ) -> Any:
        return search_json(assistant.search(query.q, k, offset, query.filters, query.sort))

    @routes.get("/api/documents", response_model=list[DocumentModel], summary="문서 목록")
    def documents() -> Any:
        return [
            _document(document, assistant.blocks(document.file)) for document in assistant.documents
        ]

    @routes.get(
        "/api/documents/{file:path}", response_model=DocumentDetailModel, summary="문서 하나"
    )
    def document(file: Annotated[str, Path(description="문서의 파일 이름")]) -> Any:
        found, blocks = assistant.document(file), assistant.blocks(file)
        return {
            "document": _document(found, blocks),
            "blocks": [_block(found, block) for block in blocks],
        }

    @routes.get("/api/faq", response_model=list[AnswerModel], summary="자주 묻는 질문")
    def faq_entries() -> Any:
        return faq.required(site.faq_path)

    @routes.get("/healthz", response_model=HealthModel, summary="살아 있는지")
    def healthz() -> Any:
        return {
            "status": "ok",
            "index": assistant.fingerprint,
            "documents": len(assistant.documents),
            "passages": len(assistant.passages),
        }

    return routes


def _document(document: Document, blocks: tuple[Block, ...]) -> dict[str, Any]:
    return {
        "file": document.file,
        "title": document.title,
        "issuer": document.issuer,
        "series": document.series,
        "published": document.published,
        "licence": document.licence,
        "digest": document.digest,
        "length": len(document.text),
        "blocks": len(blocks),
        "url": links.document(document.file),
    }


def _block(document: Document, block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "start": block.span.start,
        "end": block.span.end,
        "section": list(block.path),
        "page": document.page_at(block.span.start),
        "text": _text(document, block),
    }


def _text(document: Document, block: Block) -> str:
    if block.table is None:
        return read(document.text, block.span, block.joins).text
    rows: list[list[str]] = [[] for _ in range(block.table.rows)]
    for cell in block.table.cells:
        rows[cell.row].append(read(document.text, cell.span, block.joins).text)
    return "\n".join("\t".join(row) for row in rows)
