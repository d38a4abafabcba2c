"""HTML pages → :class:`Extracted`. The text is the page itself, markup included, so that offsets
can be checked in the file; what shows of it is told by :mod:`rag.reading.markup`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from urllib.parse import unquote

from rag.errors import SourceError
from rag.loading import metadata
from rag.loading.extracted import Extracted
from rag.loading.html_grid import Part, table_of
from rag.outline.lines import shown_lines
from rag.reading import markup, read
from rag.types import Block, BlockKind, Span

_MOST_TAGS = 1_000_000
_FURNITURE = frozenset({"nav", "header", "footer", "aside", "form", "button", "dialog"})
_OWN = frozenset({"header", "footer"})
"""Furniture of the page, but part of an article's text inside one."""
_CONTENT = frozenset({"main", "article", "section"})
_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar tablist toolbar dialog".split()
)
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "note"})
_NOTE_CLASSES = frozenset({"footnote", "footnotes", "endnote"})
_NOTED = frozenset({"p", "div", "li", "aside", "span", "small", "section", "dd"})
# Names by which pages of Korean agencies call their menus.
_MENUS = frozenset(
    "gnb lnb snb skipnav skip-nav skip_nav skipnavi skip-navi skip_navi breadcrumb breadcrumbs".split()
)
_FRAME_IDS = frozenset({"header", "footer", *_MENUS})
_LISTS = frozenset({"ul", "ol", "menu"})
_HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}
_MOST_OF_IT = 0.5
"""A form with more than this share of a page's text holds the page."""
_TITLES = ("og:title", "dc.title", "citation_title", "title")
_ISSUERS = ("dc.publisher", "author", "dc.creator", "og:site_name", "publisher")
_DATES = (
    "article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.created", "date", "pubdate", "citation_publication_date", "og:regdate", "regdate",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s+[|>·:\-–—<]\s+|\s*[|>]\s*")
_LINES = 60
_SHORTEST_TITLE = 4
_LONGEST_HEADING = 1000  # code points, markup included
_ISO = re.compile(r"((?:19|20)\d\d)(?:[-./]?(0[1-9]|1[0-2])(?:[-./]?(0[1-9]|[12]\d|3[01]))?)?")
_ORGANISATION = re.compile(r"[가-힣·]{2,18}(?:부|처|청|원|회|단|사|터|소|시|도|군|구)\Z")


@dataclass(slots=True)
class _Element:
    """An element of a page: its tag begins at ``start``, its content at ``inner`` and ends at
    ``end``. ``depth`` counts the lists it stands in."""

    name: str
    attributes: str
    start: int
    inner: int
    end: int = 0
    depth: int = 0
    inside: bool = False
    """Whether it stands in an article or in the main part of the page."""
    table: int = -1
    """The index of the nearest table that it stands in."""
    nests: bool = False
    """Whether a table holds another, or a heading."""
    parts: list[int] = field(default_factory=list)
    """Of a table: its own captions, rows and cells, as indices of elements."""
    in_head: bool = False


def read_html(text: str, name: str) -> Extracted:
    """What an HTML page states: headings, tables, list items, notes, captions, and as
    boilerplate what is its frame (nav, header, footer, aside, form). Scripts, styles, comments
    and hidden elements do not show at all. ``text`` is NFC with "\\n" newlines.

    Raises SourceError where nothing shows, or the page has more than a million tags.
    """
    if text.count("<") > _MOST_TAGS:
        raise SourceError(
            f"문서 '{name}'의 태그가 {_MOST_TAGS:,}개를 넘어 읽지 않았습니다. 문서를 나누어 주세요."
        )
    if markup.tight(text, 0, len(text)) is None:
        raise SourceError(
            f"문서 '{name}'에 보이는 글자가 없습니다(스크립트로 그리는 쪽이거나 빈 문서). "
            "브라우저에서 PDF로 저장해 넣어 주세요."
        )
    elements, head = _survey(text)
    stated = tuple(_Stated(text, elements).blocks())
    lines = _lines(text, stated)
    plain = "\n".join(lines)
    titled, site = _title(text, head, elements)
    return Extracted(
        text,
        stated,
        title=titled or metadata.title(plain, ""),
        issuer=metadata.issuer(plain) or _issuer(head) or site,
        published=_published(head) or metadata.published(plain),
        licence=_licence(text),
    )


def _survey(text: str) -> tuple[list[_Element], dict[str, str]]:
    """The elements of a page in the order in which they begin, and what its head says."""
    elements: list[_Element] = []
    open_: list[int] = []
    tables: list[int] = []
    lists = contents = 0
    head: dict[str, str] = {}
    titled = False
    for event in markup.events(text):
        if event.kind == "text":
            if titled and "title" not in head:
                head["title"] = text[event.start : event.end]
            continue
        if event.kind == "open":
            name = event.name
            if name == "meta":
                _meta(markup.attributes(event.attributes), head)
            if name in markup.VOID:
                continue
            titled = name == "title" and not any(elements[k].name == "svg" for k in open_[-3:])
            at = len(elements)
            element = _Element(
                name, event.attributes, event.start, event.end, len(text),
                lists, contents > 0, tables[-1] if tables else -1,
            )  # fmt: skip
            elements.append(element)
            open_.append(at)
            if tables:
                above = elements[tables[-1]]
                above.nests = above.nests or name == "table" or name in _HEADINGS
                if name in ("caption", "tr", "td", "th"):
                    element.in_head = len(open_) > 2 and "thead" in (
                        elements[open_[-2]].name,
                        elements[open_[-3]].name,
                    )
                    above.parts.append(at)
            if name == "table":
                tables.append(at)
            lists += name in _LISTS
            contents += name in _CONTENT
        elif event.kind == "close":
            titled = False
            at = open_.pop()
            elements[at].end = event.end
            if tables and tables[-1] == at:
                tables.pop()
            lists -= event.name in _LISTS
            contents -= event.name in _CONTENT
    return elements, head


def _meta(given: Mapping[str, str], head: dict[str, str]) -> None:
    key = given.get("property") or given.get("name") or given.get("itemprop") or ""
    if given.get("content", "").strip():
        head.setdefault(key.strip().lower(), given["content"].strip())


class _Stated:
    """Makes the blocks that a page states, in source order."""

    def __init__(self, text: str, elements: Sequence[_Element]) -> None:
        self._text = text
        self._elements = elements
        self._kinds = markup.layout(text).kinds
        self._shown: Sequence[int] = ()

    def blocks(self) -> Iterator[Block]:
        covered = 0
        for element in self._elements:
            if element.start < covered:
                continue
            if markup.is_hidden(element.name, element.attributes):
                covered = element.end
                continue
            kind = self._kind(element)
            if kind is None:
                continue
            if kind is BlockKind.TABLE:
                yield from self._table(element)
                covered = element.end
                continue
            end = element.end
            if element.name == "li" and kind is BlockKind.BULLET:
                end = self._end_of_line(element)
            found = markup.tight(self._text, element.inner, end)
            if found is None:
                continue
            covered = max(found[1], end if kind is not BlockKind.BULLET else 0)
            level = _HEADINGS.get(element.name, max(0, element.depth - 1))
            level = level if kind in (BlockKind.HEADING, BlockKind.BULLET) else 0
            yield Block(kind, level, Span(*found))

    def _kind(self, element: _Element) -> BlockKind | None:
        name = element.name
        given = markup.attributes(element.attributes) if element.attributes.strip() else {}
        role = given.get("role", "").lower()
        classes = {word.lower() for word in given.get("class", "").split()}
        if name in _NOTED and (role in _NOTE_ROLES or classes & _NOTE_CLASSES):
            return BlockKind.NOTE
        if self._is_furniture(element, role, given.get("id", "").lower(), classes):
            return BlockKind.BOILERPLATE
        if name == "table":
            return BlockKind.TABLE if self._is_data(element, role) else None
        if name in _HEADINGS:
            return BlockKind.HEADING
        if name == "figcaption":
            return BlockKind.CAPTION
        if name == "li" and element.depth:
            return BlockKind.BULLET
        return None

    def _is_furniture(
        self, element: _Element, role: str, identifier: str, classes: set[str]
    ) -> bool:
        name = element.name
        if name in _OWN:
            return not element.inside or role in _ROLES
        if name == "form":
            return not self._holds_the_page(element)
        if name in _FURNITURE or role in _ROLES:
            return True
        if identifier in _FRAME_IDS or classes & _MENUS:
            return name in ("div", "ul", "ol", "p", "section") and not self._holds_the_page(element)
        return False

    def _holds_the_page(self, element: _Element) -> bool:
        if not self._shown:
            self._shown = (0, *accumulate(kind == markup.SHOWN for kind in self._kinds))
        shown = self._shown[element.end] - self._shown[element.inner]
        return shown > _MOST_OF_IT * self._shown[-1]

    def _is_data(self, element: _Element, role: str) -> bool:
        """Whether a table holds data, rather than the layout of the page."""
        if role in ("presentation", "none"):
            return False
        names = [self._elements[at].name for at in element.parts]
        if sum(name in ("td", "th") for name in names) < 2:
            return False
        return not element.nests or "th" in names or "caption" in names

    def _table(self, element: _Element) -> Iterator[Block]:
        caption: Span | None = None
        parts: list[Part] = []
        for at in element.parts:
            part = self._elements[at]
            found = markup.tight(self._text, part.inner, part.end)
            if part.name == "caption":
                if found is not None and caption is None and not parts:
                    caption = Span(*found)
            else:
                span = Span(*found) if found is not None else Span(part.inner, part.inner)
                parts.append(Part(part.name, part.attributes, span, part.in_head))
        if caption is not None and any(caption.touches(part.span) for part in parts):
            caption = None  # left open, it holds the cells themselves
        if caption is not None:
            yield Block(BlockKind.CAPTION, 0, caption)
        table = table_of(self._text, parts, caption)
        if table is not None:
            filled = [cell.span for cell in table.cells if len(cell.span)]
            whole = Span(min(s.start for s in filled), max(s.end for s in filled))
            yield Block(BlockKind.TABLE, 0, whole, table=table)

    def _end_of_line(self, element: _Element) -> int:
        """Where the first line of a list item ends."""
        found = markup.tight(self._text, element.inner, element.end)
        if found is None:
            return element.end
        parted = self._kinds.find(bytes([markup.PART]), found[0], element.end)
        return parted if parted >= 0 else element.end


def _lines(text: str, stated: Sequence[Block]) -> list[str]:
    """The first lines of a page outside its frame and its tables."""
    left_out = [b.span for b in stated if b.kind in (BlockKind.BOILERPLATE, BlockKind.TABLE)]
    cuts = [at for span in left_out for at in (span.start, span.end)]
    found: list[str] = []
    at = 0
    for line in shown_lines(text, cuts):
        while at < len(left_out) and left_out[at].end <= line.start:
            at += 1
        if line.blank or (at < len(left_out) and left_out[at].start <= line.start):
            continue
        found.append(line.text)
        if len(found) == _LINES:
            break
    return found


def _title(text: str, head: Mapping[str, str], elements: Sequence[_Element]) -> tuple[str, str]:
    """The page's title without the name of its site, a heading that the title repeats if there
    is one; and the site's name where it is that of an organisation."""
    given = next((head[key] for key in _TITLES if head.get(key, "").strip()), "")
    title = " ".join(markup.unescaped(given).split())
    parts = [part for part in _SEPARATOR.split(title) if part]
    site = parts[-1] if len(parts) > 1 and _ORGANISATION.fullmatch(parts[-1]) else ""
    headings = (element for element in elements if element.name in ("h1", "h2", "h3"))
    for element in islice(headings, _LINES):
        end = min(element.end, element.inner + _LONGEST_HEADING)
        heading = read(text, Span(element.inner, end)).text
        found = heading in title if title else element.name == "h1"
        if found and len(heading) >= _SHORTEST_TITLE and heading != site:
            return heading, site
    if site:
        title = title[: title.rindex(site)].rstrip(" |>·:-–—<")
    return title, site


def _issuer(head: Mapping[str, str]) -> str:
    for key in _ISSUERS:
        value = " ".join(head.get(key, "").split())
        if _ORGANISATION.fullmatch(value):
            return value
    return ""


def _published(head: Mapping[str, str]) -> str:
    for key in _DATES:
        found = _ISO.match(head.get(key, ""))
        if found:
            return "-".join(part for part in found.groups() if part)
    return ""


def _licence(text: str) -> str:
    """The 공공누리 mark, as text, as a picture's name or description, or as a link."""
    return metadata.licence(unquote(text) if "%EA%B3%B5" in text else text)
