"""What shows of an HTML page, told for each code point of its source.

A page is read as browsers read it where that decides what is seen: comments, scripts and hidden
elements are gone, tags part words or do not, entities are the characters they stand for. Broken
markup never fails; time grows with the length of the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.entities import html5

_HEAD = 8192
_PAGE = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)((?>[^>\"'=]+|=\s*(?:\"[^\"]*\"|'[^']*')|[=\"'])*+)>")
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_ENTITY = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # fmt: skip
_RAW = frozenset("script style title textarea iframe noembed noframes noscript xmp".split())
_HIDDEN = frozenset(
    "head script style title textarea iframe noembed noframes noscript template select option "
    "datalist svg canvas audio video object rp".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp "
    "rt ruby s samp small span strike strong sub sup time tt u var wbr img o:p".split()
)
_IN_HEAD = frozenset("title meta link script style base noscript template".split())
# What an opening tag ends: the nearest of the first, unless one of the second stands before it.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "thead": (frozenset({"thead", "tbody", "caption"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody", "caption"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody", "caption"}), frozenset({"table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "body": (frozenset({"head"}), frozenset()),
}
_P_ENDS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section table ul".split()
)
_MOST_UNCLOSED = 100
"""Tags with quotation marks that are never closed, after which tags are no longer read."""
_LOOKED_UP = 64
"""Open elements among which an opening tag looks for the one that it ends."""

SHOWN, GONE, PART, BREAK = 0, 1, 2, 3
"""What a code point is: part of the text; not shown; the first of a tag that parts words; the
first of a ``<br>``."""


@dataclass(frozen=True, slots=True)
class Event:
    """A tag, or a stretch of text between tags. ``kind`` is "open", "close" or "text"; every
    "open" of an element that has an end has one "close", which may be empty. ``attributes`` are
    as written."""

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """``kinds`` has one of SHOWN, GONE, PART and BREAK for each code point of a source.
    ``entities`` maps where one starts to its end and to what it shows."""

    kinds: bytes
    entities: dict[int, tuple[int, str]]


def is_html(source: str) -> bool:
    """Whether a source is an HTML page, by how it begins."""
    return _PAGE.match(source, 0, _HEAD) is not None


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, the first of each name."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found


def events(source: str) -> Iterator[Event]:
    """The tags and texts of a page in source order, each element ended where it ends."""
    stack: list[str] = []
    counts: dict[str, int] = {}

    def pop(at: int) -> Event:
        name = stack.pop()
        counts[name] -= 1
        return Event("close", at, at, name)

    for token in _tokens(source):
        name = token.name
        if token.kind == "text":
            yield token
        elif token.kind == "close":
            if not counts.get(name):
                yield Event("stray", token.start, token.end, name)
                continue
            while stack[-1] != name:
                yield pop(token.start)
            pop(token.start)
            yield token
        else:
            if stack and stack[-1] == "head" and name not in _IN_HEAD:
                yield pop(token.start)
            for _ in range(_paragraphs_ended(stack, name)):
                yield pop(token.start)
            for _ in range(_ended(stack, name)):
                yield pop(token.start)
            yield token
            if name not in VOID:
                stack.append(name)
                counts[name] = counts.get(name, 0) + 1
    while stack:
        yield pop(len(source))


def _ended(stack: list[str], name: str) -> int:
    """How many open elements an opening tag ends."""
    ends, barriers = _ENDS.get(name, (frozenset(), frozenset()))
    if ends:
        for depth in range(1, min(len(stack), _LOOKED_UP) + 1):
            if stack[-depth] in ends:
                return depth
            if stack[-depth] in barriers:
                break
    return 0


def _paragraphs_ended(stack: list[str], name: str) -> int:
    """How many open elements end where a block opens inside a paragraph."""
    if name in _P_ENDS:
        for depth in range(1, min(len(stack), _LOOKED_UP) + 1):
            if stack[-depth] == "p":
                return depth
            if stack[-depth] not in _INLINE:
                break
    return 0


def _tokens(source: str) -> Iterator[Event]:
    at = begun = 0
    length = len(source)
    unclosed = 0
    while True:
        opening = _OPENING.search(source, at)
        if opening is None:
            break
        start = opening.start()
        tag = _TAG.match(source, start) if unclosed < _MOST_UNCLOSED else None
        if tag is not None:
            end = tag.end()
        elif source.startswith("<!--", start):
            closing = source.find("-->", start + 4)
            end = closing + 3 if closing >= 0 else length
        elif source[start + 1] in "!?" or source.startswith("</", start):
            closing = source.find(">", start)
            end = closing + 1 if closing >= 0 else length
        else:
            # A quotation mark that is never closed, or the file is cut off inside a tag.
            unclosed += 1
            closing = source.find(">", start)
            end = closing + 1 if closing >= 0 else length
        if start > begun:
            yield Event("text", begun, start)
        at = begun = end
        if tag is None:
            continue
        name = tag[2].lower()
        yield Event("close" if tag[1] else "open", start, end, name, tag[3])
        if name in _RAW and not tag[1]:
            closing_tag = re.compile(rf"</{name}(?=[\s/>])", re.I).search(source, end)
            at = closing_tag.start() if closing_tag else length
            if at > end:
                yield Event("text", end, at)
            begun = at
    if begun < length:
        yield Event("text", begun, length)


def unescaped(text: str) -> str:
    """``text`` with its entities as the characters they stand for."""
    return unescape(text)


def is_hidden(name: str, written: str) -> bool:
    """Whether an element is not seen, by its name or its attributes as written."""
    if name in _HIDDEN:
        return True
    if "hidden" not in written.lower() and "none" not in written.lower():
        return False
    given = attributes(written)
    return "hidden" in given or _UNSEEN.search(given.get("style", "")) is not None


@lru_cache(maxsize=16)
def layout(source: str) -> Layout:
    """What shows of the page ``source``."""
    kinds = bytearray(b"\x01") * len(source)
    entities: dict[int, tuple[int, str]] = {}
    hidden: list[bool] = []
    depth = 0
    for event in events(source):
        if event.kind == "text":
            if not depth:
                kinds[event.start : event.end] = bytes(event.end - event.start)
                for match in _ENTITY.finditer(source, event.start, event.end):
                    _entity(match, kinds, entities)
            continue
        concealed = event.kind == "open" and is_hidden(event.name, event.attributes)
        if event.end > event.start and not (depth or concealed or event.name in _INLINE):
            kinds[event.start] = BREAK if event.name == "br" else PART
        if event.kind == "open" and event.name not in VOID:
            hidden.append(concealed)
            depth += concealed
        elif event.kind == "close":
            depth -= hidden.pop()
    return Layout(bytes(kinds), entities)


def _entity(match: re.Match[str], kinds: bytearray, entities: dict[int, tuple[int, str]]) -> None:
    written = match.group()
    end = match.end()
    if not written.endswith(";") and written[1] != "#":
        # Old names end without a semicolon, also where letters follow.
        length = next((n for n in range(len(written), 2, -1) if written[1:n] in html5), 0)
        written, end = written[:length], match.start() + length
        if not length:
            return
    character = unescape(written)
    if character == written:
        return
    character = unicodedata.normalize("NFC", character)
    # A soft hyphen and other format characters are not seen.
    shown = "".join(c for c in character if c.isspace() or unicodedata.category(c)[0] != "C")
    kinds[match.start() : end] = b"\x01" * (end - match.start())
    if shown:
        kinds[match.start()] = SHOWN
        entities[match.start()] = (end, shown)


def tight(source: str, start: int, end: int) -> tuple[int, int] | None:
    """``start`` and ``end`` moved to the first and behind the last code point between them that
    shows and is no blank; None where there is none."""
    found = layout(source)
    kinds = found.kinds
    while (start := kinds.find(b"\x00", start, end)) >= 0 and _blank(source, found, start):
        start += 1
    if start < 0:
        return None
    while (last := kinds.rfind(b"\x00", start, end)) > start and _blank(source, found, last):
        end = last
    known = found.entities.get(last)
    return start, known[0] if known else last + 1


def _blank(source: str, found: Layout, at: int) -> bool:
    known = found.entities.get(at)
    return (known[1] if known else source[at]).isspace()
