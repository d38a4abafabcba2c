"""A block while it is being made, and the patterns that tell captions from text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.outline.lines import BRACKETED, UNIT
from rag.outline.markers import Mark
from rag.types import BlockKind, Table

_NUMBERED_CAPTION = re.compile(
    r"(?:\*\*)?[<\[【(＜]?\s*(?:그림|표|사진|도표|차트|Figure|Fig\.|Table)\s*"
    r"(?:\d+|[Ⅰ-Ⅻ]|[IVX]+)(?:\s*[-.–]\s*\d+)*\s*"
    r"(?P<close>[>\]】)＞])?(?:\*\*)?[.:]?(?:\s+|(?<=[>\]】)＞]))(?=\S)",
    re.I,
)
_SOURCE = re.compile(
    r"(?:-\s*+)?(?:\\?\*++|※)?\s*+[(\[<]?\s*+(?:출처|자료\s?출처|자료|분석\s?프레임|주석|주|Source)\s*[:：]",
    re.I,
)
_REFERENCE = re.compile(r"[(\[<【]\s*참고\s*\d*\s*[)\]>】]|참고\s*\d+[.)\s]")
_BULLETS = frozenset("-•·∙●◦")
_SENTENCE_END = re.compile(
    r"(?:[.!?]|다|[어아여세까네해에예지군나돼]요|죠|함|됨|임|음)[”\"’'」)\]]*\Z"
)


@dataclass(slots=True)
class Draft:
    """A block in the making: lines [first, last], span [start, end), ``gap`` blank lines above.

    ``style`` is that of a heading. ``tied`` tells that ``parent`` is settled, ``stated`` that
    the block is one which the document's format marks itself.
    """

    kind: BlockKind
    first: int
    last: int
    start: int
    end: int
    text: str
    mark: Mark | None = None
    indent: int = 0
    gap: int = 0
    single: bool = True
    level: int = 0
    path: tuple[str, ...] = ()
    parent: int | None = None
    joins: tuple[int, ...] = ()
    table: Table | None = None
    section: str = ""
    marker: str = ""
    style: str = ""
    tied: bool = False
    stated: bool = False

    @property
    def content(self) -> str:
        """The text after the marker."""
        return self.text[self.mark.content :].strip() if self.mark else self.text.strip()

    @property
    def bracketed(self) -> bool:
        return self.single and BRACKETED.match(self.bare) is not None

    @property
    def bare(self) -> str:
        """The text without a bullet that a converter put before it."""
        body = self.text.strip()
        return body[1:].lstrip() if body[:1] in _BULLETS else body

    @property
    def unit(self) -> str:
        """What stands inside "(단위 : 억원)", or ""."""
        found = UNIT.match(self.text.strip()) if self.single else None
        return found[1].strip() if found else ""

    @property
    def numbered_caption(self) -> bool:
        """Whether this is "<그림 2> …" or "표 1 …", and not a sentence that mentions one."""
        body = " ".join(self.text.split())
        found = _NUMBERED_CAPTION.match(body)
        return bool(found) and len(body) <= 120 and not body.endswith("다.")

    @property
    def source_line(self) -> bool:
        return is_source(self.text)

    @property
    def reference(self) -> bool:
        """Whether this opens an annex: "(참고) …", "[참고 1] …"."""
        return self.single and len(self.bare) <= 70 and _REFERENCE.match(self.bare) is not None


def is_source(text: str) -> bool:
    """Whether a text names the source of a table or figure: "출처 : …", "* 자료: …", "주 : …"."""
    return _SOURCE.match(text.strip()) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does: a full stop, or a Korean final ending."""
    return _SENTENCE_END.search(text.rstrip()) is not None
