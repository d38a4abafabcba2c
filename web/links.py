"""Every address of the site is built here, and nowhere else.

Values are percent-encoded, so a file name or a question may hold any character.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from rag.types import Filters, Sort, Span

CITE = "cite"
"""The id of the first highlighted piece on a document page."""

DEFAULT_PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All that an address of the search page says. ``page`` counts from 1; ``size`` is in hits."""

    q: str = ""
    document: str = ""
    issuer: str = ""
    year: str = ""
    section: str = ""
    kind: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = DEFAULT_PAGE_SIZE

    @property
    def filters(self) -> Filters:
        return Filters(
            file=self.document,
            issuer=self.issuer,
            year=self.year,
            section=self.section,
            kind=self.kind,
        )

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * self.size


def home() -> str:
    return "/"


def static(name: str) -> str:
    return f"/static/{quote(name)}"


def ask(question: str) -> str:
    return _with("/ask", {"q": question})


def ask_json(question: str) -> str:
    return _with("/api/ask", {"q": question})


def search(query: SearchQuery | None = None) -> str:
    return _with("/search", _search_values(query or SearchQuery()))


def search_csv(query: SearchQuery) -> str:
    return _with("/search.csv", _export_values(query))


def search_json(query: SearchQuery) -> str:
    return _with("/search.json", _export_values(query))


def documents() -> str:
    return "/documents"


def document(file: str, at: Span | None = None) -> str:
    """The page of a document; with ``at`` the address that opens that span, highlighted."""
    path = f"/documents/{quote(file)}"
    return path if at is None else f"{path}?at={at.start}-{at.end}#{CITE}"


def source(file: str) -> str:
    return f"/documents/{quote(file)}/source"


def original(file: str) -> str:
    """The file that a document was read from, to take away."""
    return f"/documents/{quote(file)}/original"


def document_json(file: str) -> str:
    return f"/api/documents/{quote(file)}"


def faq(document: str = "", q: str = "") -> str:
    return _with("/faq", {"document": document, "q": q})


def faq_json() -> str:
    return "/faq.json"


def api() -> str:
    return "/api"


def openapi() -> str:
    return "/api/openapi.json"


def _search_values(query: SearchQuery) -> dict[str, str]:
    values = _export_values(query)
    values["page"] = str(query.page) if query.page > 1 else ""
    values["k"] = str(query.size) if query.size != DEFAULT_PAGE_SIZE else ""
    return values


def _export_values(query: SearchQuery) -> dict[str, str]:
    return {
        "q": query.q,
        "document": query.document,
        "issuer": query.issuer,
        "year": query.year,
        "section": query.section,
        "kind": query.kind,
        "sort": "" if query.sort is Sort.RELEVANCE else query.sort.value,
    }


def _with(path: str, values: dict[str, str]) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"{path}?{urlencode(given, quote_via=quote)}" if given else path
