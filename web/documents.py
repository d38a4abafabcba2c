"""The list of documents, and one document with a cited span marked in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answering.licence import Licence, credit, read_licence
from rag.errors import UnknownSpan
from rag.loading import format_named
from rag.types import Block, Document, Span
from web import labels, links
from web.rendition import Rendition, render

_AT = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a document. ``length`` is in characters of its source text."""

    file: str
    title: str
    series: str
    issuer: str
    published: str
    licence: Licence
    blocks: int
    length: int
    format: str
    href: str
    search: str


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """Context of ``documents.html``."""

    title: str
    documents: tuple[DocumentFacts, ...]
    nav: str = "documents"


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Context of ``document.html``. ``at`` is the span asked for, as "start-end", or "".
    ``original`` is the address of the file itself, ``source`` that of its text as it was read;
    ``warnings`` say what was left out of it, and ``approximate`` that its pages are estimates."""

    title: str
    facts: DocumentFacts
    credit: str
    rendition: Rendition
    at: str
    original: str
    source: str
    json: str
    digest: str
    warnings: tuple[str, ...] = ()
    approximate: bool = False
    nav: str = "documents"


def parse_at(at: str, length: int) -> Span | None:
    """The span that an address names, None for "". ``length`` is that of the source text.

    Raises UnknownSpan when it is not START-END with 0 <= START < END <= length.
    """
    if not at:
        return None
    match = _AT.fullmatch(at)
    if match is None:
        raise UnknownSpan(
            "주소의 at 값을 읽을 수 없습니다: at=120-180처럼 시작과 끝을 숫자로 적어 주세요."
        )
    start, end = int(match.group(1)), int(match.group(2))
    if not start < end <= length:
        raise UnknownSpan(
            f"주소의 at 값 {start}-{end}이(가) 문서를 벗어났습니다: 시작은 끝보다 작고, "
            f"끝은 {length} 이하여야 합니다."
        )
    return Span(start, end)


def list_page(documents: Iterable[tuple[Document, Sequence[Block]]]) -> DocumentsPage:
    found = tuple(facts(document, blocks) for document, blocks in documents)
    return DocumentsPage(title="문서 목록", documents=found)


def page(document: Document, blocks: Sequence[Block], at: Span | None) -> DocumentPage:
    return DocumentPage(
        title=document.title,
        facts=facts(document, blocks),
        credit=credit(document),
        rendition=render(document, blocks, at),
        at="" if at is None else f"{at.start}-{at.end}",
        original=links.original(document.file),
        source=links.source(document.file),
        json=links.document_json(document.file),
        digest=document.digest,
        warnings=document.warnings,
        approximate=document.approximate_pages,
    )


def _label(document: Document) -> str:
    found = format_named(document.format)
    return found.label if found else document.format.upper()


def media_type(document: Document) -> str:
    """The media type of the file that a document was read from."""
    found = format_named(document.format)
    return found.media_type if found else "application/octet-stream"


def source_name(document: Document) -> str:
    """The name under which a document's text is taken away: the file's own where it is text."""
    return document.file if document.format == "text" else f"{document.file}.txt"


def facts(document: Document, blocks: Sequence[Block]) -> DocumentFacts:
    return DocumentFacts(
        file=document.file,
        title=document.title,
        series="" if document.series == document.title else document.series,
        issuer=document.issuer,
        published=labels.date(document.published),
        licence=read_licence(document.licence),
        blocks=len(blocks),
        length=len(document.text),
        format=_label(document),
        href=links.document(document.file),
        search=links.search(links.SearchQuery(document=document.file)),
    )
