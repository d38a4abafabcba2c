"""Physical lines of a text, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from rag.reading import markup, read
from rag.types import Span

UNIT = re.compile(r"[(\[〔<＜]?\s*단위\s*[:：]\s*(.+?)\s*[)\]〕>＞]?\Z")
"""A line that gives the unit of a table: "(단위 : 억원, %)"."""
BRACKETED = re.compile(r"[<＜〈]\s*(?!/?[a-z])\S.*[>＞〉]\Z")
"""A title in angle brackets that is not a tag: "< 개요 >"."""
_DRAWN = re.compile(r"\s*[\u2500-\u2501\u2504-\u250b\u250c-\u257f][\s\u2500-\u257f]+\Z")
# A ruled line of a typescript: "----------", "- - - - - -", "----  -----" under two columns; and the
# border of a box: "+-----+----+".
_RULED = re.compile(
    r"\s*(?:([-=_~―—–])(?: ?\1){5,}|(?:[-=]{3,} +)+[-=]{3,}|\+(?:[-=]{2,}\+)+)\s*\Z"
)
_ARTICLE = re.compile(
    r"^[ \t]*제\s?\d{1,4}\s?조(?:의\s?\d+)?\s?(?:\([^()\n]{1,40}\)|[\[【][^\[\]【】\n]{1,40}[\]】])"
    r"(?=[ \t]+\S|[①-⑳⑴-⒇])",
    re.M,
)
ORNAMENT = re.compile(r"([=~*─━])\1+\s*(?P<title>[^=~*─━\s].{0,60}?)\s*\1{2,}\Z")
"""A title between signs: "=== 별표 2 ==="."""
TITLE = re.compile(
    r"제\s?\d{1,4}\s?조(?:의\s?\d+)?\s?(?:\([^()]{1,40}\)|[\[【][^\[\]【】]{1,40}[\]】])\Z|부\s?칙\Z"
    rf"|{ORNAMENT.pattern}"
)
"""A line that is a title by its form, whatever follows it."""
_PARTING = re.compile(rb"[\x02\x03]")
_BLANK_ENTITY = re.compile(r"(?:&nbsp;|&#160;|\s)*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line, or the part of one that stands before, in or after an HTML table.

    ``start`` and ``end`` are code points of the source, the newline excluded. ``glued`` tells
    that it goes on from another part of the same physical line.
    """

    start: int
    end: int
    text: str
    glued: bool = False

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace() or self.drawn

    @property
    def drawn(self) -> bool:
        """Whether it is a rule or the border of a box drawn with signs for that, and says nothing."""
        return _DRAWN.match(self.text) is not None or _RULED.match(self.text) is not None

    @property
    def indent(self) -> int:
        """Leading white space in characters; a tab counts as four."""
        width = 0
        for character in self.text:
            if not character.isspace():
                break
            width += 4 if character == "\t" else 1
        return width

    @property
    def body(self) -> str:
        return self.text.strip()

    @property
    def inner(self) -> tuple[int, int]:
        """Offsets of the first non-blank code point and of the one after the last."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text) - len(self.text.rstrip())
        return self.start + left, max(self.start + left, self.end - right)


def split_lines(text: str, cuts: Iterable[int] = ()) -> list[Line]:
    """The lines of ``text`` in order, cut further at the offsets ``cuts``.

    Only "\\n" ends a line: other separators of Unicode stay inside, as they do for offsets. The
    lines of an HTML page are those that a browser begins anew; their text is what shows of them.
    """
    points = sorted(set(cuts))
    if markup.is_html(text):
        return list(shown_lines(text, points))
    lines: list[Line] = []
    start = 0
    at = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        begin = start
        while at < len(points) and points[at] < end:
            if points[at] > begin:
                lines.append(Line(begin, points[at], text[begin : points[at]], begin > start))
                begin = points[at]
            at += 1
        lines.append(Line(begin, end, text[begin:end], begin > start))
        start = end + 1
    return lines


def width(text: str) -> int:
    """The columns that a text takes where letters are as wide as each other: two for a Hangul
    syllable, as typescripts and printed plain text are set."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def shown(text: str, start: int, end: int) -> str:
    """``text[start:end]``; of an HTML page what shows of it."""
    return read(text, Span(start, end)).text if markup.is_html(text) else text[start:end]


def shown_lines(text: str, cuts: Iterable[int]) -> Iterator[Line]:
    """The lines of an HTML page, with a blank one for each run of tags that parts paragraphs."""
    kinds = markup.layout(text).kinds
    points = {0, len(text), *(cut for cut in cuts if cut <= len(text))}
    points.update(match.start() for match in _PARTING.finditer(kinds))
    parted = False
    for start, end in pairwise(sorted(points)):
        parted = parted or kinds[start] == markup.PART
        found = markup.tight(text, start, end)
        if found is None:
            continue
        if parted:
            yield Line(start, start, "")
        parted = False
        yield Line(*found, read(text, Span(*found)).text)


def articles(text: str) -> list[int]:
    """Where the titles of a statute's articles end, so that "제3조(적용 범위) ① 이 법은 …" can be
    cut into a heading and its text. None where fewer than two lines begin so."""
    found = [match.end() for match in _ARTICLE.finditer(text)]
    return found if len(found) > 1 else []


def is_filler(body: str) -> bool:
    """Whether a stripped line holds nothing but entities for a blank ("&nbsp;")."""
    return bool(body) and _BLANK_ENTITY.match(body) is not None
