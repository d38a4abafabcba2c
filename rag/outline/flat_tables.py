"""Tables that a converter flattened: cells one below another, parted by blank lines.

Such a table begins with a line of column names, its lines are much narrower than those of the
text, and its rows repeat one of two patterns:

* a column of short values (dates, amounts) that every row has: what stands before the value
  names the row, what follows it until the next row's name is the rest of the row;
* rows that are numbered ("1) …") and go on with a list ("· …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.outline.lines import BRACKETED, Line
from rag.outline.markers import parse
from rag.outline.tables import Grid, assemble
from rag.outline.wrapping import Wrapping
from rag.types import Span, Table

_VALUE = re.compile(
    r"(?:(?:19|20)\d{2}\s?\.\s?\d{1,2}\s?\.(?:\s?\d{1,2}\.?)?|[\d,.]+\s?(?:%p?|조|억|만|천)?\s?원?)"
    r"(?:\s?등)?\Z"
)
_CAPTION = re.compile(r"[<\[【(]?\s*(?:표|그림)\s*\d")
_NARROW = 0.75
_FEWEST_LINES = 6
_FEWEST_ROWS = 3
_Group = tuple[int, int]


def find(
    text: str, lines: Sequence[Line], free: Sequence[bool], wrapping: Wrapping
) -> list[tuple[int, int, Table]]:
    """(first line, last line, table) of each flattened table; only where lines are wrapped."""
    found: list[tuple[int, int, Table]] = []
    if not wrapping.width:
        return found
    i = 0
    while i < len(lines):
        last = _region(lines, free, wrapping, i)
        table = _table(text, lines, i, last) if last > i else None
        if table is None:
            i += 1
            continue
        found.append((i, last, table))
        i = last + 1
    return found


def _region(lines: Sequence[Line], free: Sequence[bool], wrapping: Wrapping, first: int) -> int:
    """The last line of a region that begins with column names at line ``first``, else -1."""
    if not free[first] or not _names_columns(lines, first):
        return -1
    last = first
    solid = 0
    for i in range(first + 1, len(lines)):
        body = lines[i].body
        if not body:
            continue
        mark = parse(lines[i].text)
        if (
            not free[i]
            or len(body) > wrapping.width * _NARROW
            or _CAPTION.match(body)
            or BRACKETED.match(body)
            or (mark is not None and mark.style in {"N.", "I."} and lines[i].indent)
        ):
            break
        last = i
        solid += 1
    return last if solid >= _FEWEST_LINES else -1


def _names_columns(lines: Sequence[Line], i: int) -> bool:
    body = lines[i].body
    words = body.split()
    return (
        2 <= len(words) <= 8
        and len(body) <= 40
        and parse(lines[i].text) is None
        and not body.endswith((".", ",", ":", "다"))
        and i + 1 < len(lines)
        and lines[i + 1].blank
        and not any(c.isdigit() for c in body)
    )


def _table(text: str, lines: Sequence[Line], first: int, last: int) -> Table | None:
    groups = _groups(lines, first + 1, last)
    rows = _by_value(lines, groups) or _by_number(lines, first + 1, last)
    if rows is None or len(rows) < _FEWEST_ROWS:
        return None
    columns = len(rows[0])
    names = _column_names(text, lines[first], columns)
    if names is None:
        return None
    return assemble(text, [names, *rows], header_rows=1, label_columns=1)


def _groups(lines: Sequence[Line], first: int, last: int) -> list[_Group]:
    groups: list[_Group] = []
    begin = -1
    for i in range(first, last + 2):
        if i > last or lines[i].blank:
            if begin >= 0:
                groups.append((begin, i - 1))
            begin = -1
        elif begin < 0:
            begin = i
    return groups


def _by_value(lines: Sequence[Line], groups: Sequence[_Group]) -> Grid | None:
    """Rows of three cells: name, value, rest."""
    anchors: list[tuple[int, int, int]] = []  # group, line, index of the value in its line
    for g, (begin, end) in enumerate(groups):
        for i in range(begin, min(end, begin + 1) + 1):
            value = _trailing_value(lines[i])
            if value >= 0:
                anchors.append((g, i, value))
                break
    if len(anchors) < _FEWEST_ROWS or anchors[0][0] > 1:
        return None
    names: list[Span] = []
    for g, i, value in anchors:
        line = lines[i]
        before = line.text[:value].strip()
        top = groups[g][0]
        if before or top < i:
            names.append(Span(lines[top].inner[0], line.start + len(line.text[:value].rstrip())))
        elif g > 0 and not any(a[0] == g - 1 for a in anchors):
            names.append(_extent(lines, *groups[g - 1]))
        else:
            return None
    rows: Grid = []
    for k, (_g, i, value) in enumerate(anchors):
        value_span = Span(lines[i].start + value, lines[i].inner[1])
        stop = names[k + 1].start if k + 1 < len(anchors) else lines[groups[-1][1]].end
        rows.append([names[k], value_span, _between(lines, i + 1, stop)])
    return rows


def _trailing_value(line: Line) -> int:
    """Index at which a value ends the line, after a blank or at its start; -1 if none does."""
    body = line.text.rstrip()
    for match in re.finditer(r"(?:^\s*|(?<=\s))(?=\d)", body):
        if _VALUE.match(body, match.end()):
            return match.end()
    return -1


def _between(lines: Sequence[Line], first: int, stop: int) -> Span:
    solid = (
        [i for i in range(first, len(lines)) if not lines[i].blank and lines[i].inner[1] <= stop]
        if first < len(lines) and lines[first].start < stop
        else []
    )
    if not solid:
        at = lines[first - 1].inner[1]
        return Span(at, at)
    return Span(lines[solid[0]].inner[0], lines[solid[-1]].inner[1])


def _by_number(lines: Sequence[Line], first: int, last: int) -> Grid | None:
    """Rows of two cells: a numbered name, the list below it."""
    rows: list[list[int]] = []
    style = ""
    number = 0
    for i in range(first, last + 1):
        if lines[i].blank:
            continue
        mark = parse(lines[i].text)
        if mark is not None and mark.counted and (not style or mark.style == style):
            if style and mark.number != number + 1:
                return None
            style, number = mark.style, mark.number or 0
            rows.append([i, -1])
        elif not rows:
            return None
        elif mark is not None and not mark.counted and rows[-1][1] < 0:
            rows[-1][1] = i
    if not all(item >= 0 for _, item in rows):
        return None
    starts = [begin for begin, _ in rows] + [last + 1]
    return [
        [_solid(lines, begin, item - 1), _solid(lines, item, starts[k + 1] - 1)]
        for k, (begin, item) in enumerate(rows)
    ]


def _solid(lines: Sequence[Line], first: int, last: int) -> Span:
    while last > first and lines[last].blank:
        last -= 1
    return _extent(lines, first, last)


def _extent(lines: Sequence[Line], first: int, last: int) -> Span:
    return Span(lines[first].inner[0], lines[last].inner[1])


def _column_names(text: str, line: Line, columns: int) -> list[Span] | None:
    """The header line cut into as many names as there are columns. Of the possible cuts that is
    taken whose rarest name occurs most often in the document, ties to the left."""
    words = [
        Span(line.start + m.start(), line.start + m.end()) for m in re.finditer(r"\S+", line.text)
    ]
    if len(words) < columns:
        return None
    best: tuple[int, list[Span]] | None = None
    for cut in _cuts(len(words), columns):
        names = [Span(words[a].start, words[b - 1].end) for a, b in pairwise(cut)]
        score = min(text.count(text[name.start : name.end]) for name in names)
        if best is None or score > best[0]:
            best = (score, names)
    return best[1] if best else None


def _cuts(words: int, columns: int) -> list[tuple[int, ...]]:
    if columns == 2:
        return [(0, k, words) for k in range(1, words)]
    return [(0, a, b, words) for a in range(1, words - 1) for b in range(a + 1, words)]
