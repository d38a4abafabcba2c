"""What a PDF page holds besides its text: running headers and footers, page numbers, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.loading.pdf_lines import Line
from rag.loading.pdf_page import Box, Page

_EDGE = 0.14  # of the height of a page: where running lines stand
_SAME_PLACE = 3.0  # points
_SHARE = 0.4  # of the pages
_FEWEST = 3
_PAGE_NUMBER = re.compile(
    r"(?:[-–—‐]\s*\d{1,4}\s*[-–—‐]|\d{1,4}|\d{1,4}\s*/\s*\d{1,4}|(?:page|p\.)\s*\d{1,4}"
    r"|제?\s*\d{1,4}\s*(?:쪽|페이지)|[ivxlc]{1,6})\Z",
    re.I,
)
_DASHED = re.compile(r"[-–—‐]\s*\d{1,4}\s*[-–—‐]\Z")
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(
    r"(\d{1,3}\)|\[\d{1,3}\]|\*{1,4}\)?|†|‡|※|주\s?\d{0,2}\s?[):：]|\d{1,3}(?=\s))\s*(?=\S)"
)
_RAISED = re.compile(r"\d{1,3}\Z")
_SMALL = 0.93
_NOTE_RULE = (36.0, 0.5)  # shortest in points, longest as a share of the column


def running(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> list[frozenset[int]]:
    """For each page the orders of the words in running headers, footers and page numbers.

    ``lines`` are those of each page that stand in no table. A line at the edge of a page is one
    where it comes back at the same place, its figures counting on with the pages or unchanged.
    """
    found: list[set[int]] = [set() for _ in pages]
    groups: dict[str, list[tuple[int, Line]]] = {}
    for at, (page, own) in enumerate(zip(pages, lines, strict=True)):
        for line in own:
            middle = (line.box.y0 + line.box.y1) / 2
            if not _EDGE * page.height < middle < (1 - _EDGE) * page.height:
                key = _DIGITS.sub("#", "".join(line.text.split()))
                groups.setdefault(key, []).append((at, line))
                # A number between dashes says what it is, even once.
                if _DASHED.match(line.text) and middle > page.height / 2:
                    found[at].update(word.order for word in line.words)
    for group in groups.values():
        for cluster in _places(group):
            if _repeated(cluster, len(pages)):
                for at, line in cluster:
                    found[at].update(word.order for word in line.words)
    return [frozenset(orders) for orders in found]


def _places(group: Sequence[tuple[int, Line]]) -> list[list[tuple[int, Line]]]:
    """Lines of like text parted by their height on the page."""
    found: list[list[tuple[int, Line]]] = []
    for at, line in sorted(group, key=lambda pair: (pair[1].baseline, pair[0])):
        if found and line.baseline - found[-1][-1][1].baseline <= _SAME_PLACE:
            found[-1].append((at, line))
        else:
            found.append([(at, line)])
    return found


def _repeated(cluster: Sequence[tuple[int, Line]], pages: int) -> bool:
    seen = {at for at, _ in cluster}
    if len(seen) < 2 or len(seen) < min(_FEWEST, _SHARE * pages):
        return False
    if len({line.text for _, line in cluster}) == 1:
        return _PAGE_NUMBER.match(cluster[0][1].text) is None or len(seen) > 2
    offsets: dict[int, set[int]] = {}
    for at, line in cluster:
        for number in _DIGITS.findall(line.text):
            offsets.setdefault(int(number[:9]) - at, set()).add(at)
    return any(len(own) >= 0.8 * len(seen) for own in offsets.values())


def note_rules(page: Page) -> list[Box]:
    """The level rules of a page that may stand above footnotes, lowest first, at most 50."""
    found = [
        rule
        for rule in page.rules
        if rule.height == 0
        and _NOTE_RULE[0] <= rule.width <= _NOTE_RULE[1] * page.width
        and rule.y0 > 0.3 * page.height
    ]
    return sorted(found, key=lambda rule: (-rule.y0, rule.x0))[:50]


def notes_begin(lines: Sequence[Line], rules: Sequence[Box], page: Page, body: float) -> int:
    """The index of the first of a column's lines that are footnotes; ``len(lines)`` for none.

    ``rules`` are those of :func:`note_rules` that belong to no table, ``body`` the size of usual text.
    Footnotes stand at the foot, below a short rule or in smaller type, and begin with a mark.
    """
    if not lines:
        return 0
    for rule in rules:
        width = max(1.0, lines[0].right - lines[0].left)
        below = [k for k, line in enumerate(lines) if line.box.y0 >= rule.y0 - 2]
        if (
            below
            and rule.width <= _NOTE_RULE[1] * width
            and abs(rule.x0 - lines[0].left) < 0.1 * width
            and (note_mark(lines[below[0]]) or lines[below[0]].size <= _SMALL * body)
            and all(lines[k].size <= 1.02 * body for k in below)
        ):
            return below[0]
    first = len(lines)
    while first and lines[first - 1].size <= _SMALL * body:
        first -= 1
    while first < len(lines):
        if note_mark(lines[first]) and lines[first].box.y0 > 0.5 * page.height:
            return first
        first += 1
    return len(lines)


def note_mark(line: Line) -> str:
    """The mark that a footnote begins with ("1)", "*"), "" where a line begins with none."""
    first = line.words[0]
    if _RAISED.match(first.text) and first.size < 0.85 * line.size:
        return first.text
    found = _NOTE.match(line.text)
    return found[1] if found and not found[1].isdigit() else ""
