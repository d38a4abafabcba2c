"""Tab-separated and pipe-separated tables: where they are, and their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.outline.lines import BRACKETED, Line, width
from rag.outline.markers import parse
from rag.outline.tables import Grid
from rag.reading import TAG
from rag.types import Span

_BARS = str.maketrans("│┃║", "|||")
_ALIGNED_CELL = re.compile(r"\S+(?: \S+)*")
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3
_RULE = re.compile(r"(?=[\s|:+=_—–-]*?[-=_—–]{2})[\s|:+=_—–-]++\Z")


def tab_regions(lines: Sequence[Line], free: Sequence[bool]) -> list[tuple[int, int]]:
    """Ranges [first, last] of line indices that form tab-separated tables.

    ``free[i]`` is False where line ``i`` belongs to something else already.
    """
    regions: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        if not free[i] or lines[i].blank or not _tabbed(lines[i]):
            i += 1
            continue
        first, last = i, i
        i += 1
        open_list = _opens_list(lines[last].text)
        if lines[first].glued:
            regions.append((first, last))
            continue
        while i < len(lines) and free[i] and not (_void(lines[i]) and "\t" not in lines[i].text):
            if _void(lines[i]) and not (i + 1 < len(lines) and _tabbed(lines[i + 1])):
                break
            if _tabbed(lines[i]) or open_list > 0 or _RULE.match(lines[i].body):
                open_list += _opens_list(lines[i].text) if "</" in lines[i].text else 0
            elif not (
                i + 1 < len(lines)
                and free[i + 1]
                and _tabbed(lines[i + 1])
                and not lines[i + 1].text.startswith("\t")
                and _continues(lines[i])
            ):
                break
            last = i
            i += 1
        if any(_filled(lines[k]) >= 2 for k in range(first, last + 1)):
            regions.append((first, last))
    return regions


def pipe_regions(lines: Sequence[Line], free: Sequence[bool]) -> list[tuple[int, int]]:
    """Ranges of lines that form Markdown tables ("| a | b |"), a "- | |" box included."""
    regions: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        if not free[i] or not _piped(_barred(lines[i].body)):
            i += 1
            continue
        first = last = i
        i += 1
        while i < len(lines) and free[i] and (not lines[i].blank or lines[i].drawn):
            if lines[i].drawn:
                i += 1
                continue
            body, above = _barred(lines[i].body), _barred(lines[last].body)
            opened = above.startswith("|") and not above.endswith("|")
            if not (_piped(body) or _RULE.match(body) or opened or body.startswith("|")):
                break
            last = i
            i += 1
        if last > first:
            regions.append((first, last))
    return regions


def is_rule(line: Line) -> bool:
    """Whether a line is the rule under the first row of a table."""
    return line.drawn or _RULE.match(line.body) is not None


def aligned_regions(lines: Sequence[Line], free: Sequence[bool]) -> list[tuple[int, int]]:
    """Ranges of lines that form a table set with blanks: at least three lines in a row of three
    or more cells each, two or more blanks apart; a row may lack its first cell. A line of two
    cells or more with a rule right under it names the columns of the rows behind the rule."""
    regions: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        first = i
        last = _ruled(lines, free, first)
        if last > first:
            regions.append((first, last))
            i = last + 1
            continue
        while i < len(lines) and free[i] and _is_row(lines[first], lines[i]):
            i += 1
        counts = {len(_columns(line)) for line in lines[first:i]}
        if i - first >= _FEWEST_ROWS and max(counts) - min(counts) <= 1:
            regions.append((first, i - 1))
        i = max(i, first + 1)
    return regions


def _is_row(header: Line, line: Line) -> bool:
    """Whether a line is a row under a header: it has as many cells as a table needs, or two that
    begin where cells of the header do."""
    cells = _columns(line)
    if len(cells) >= _FEWEST_COLUMNS:
        return True
    starts = _starts(line, cells)
    return len(cells) > 1 and starts <= _starts(header, _columns(header)) != starts


def _starts(line: Line, cells: Sequence[re.Match[str]]) -> set[int]:
    return {width(line.text[: cell.start()]) for cell in cells}


def _ruled(lines: Sequence[Line], free: Sequence[bool], first: int) -> int:
    """The last line of a table whose header stands on line ``first`` with a rule under it, else
    -1. What is set below a cell goes on with the table where a rule closes it."""
    if first + 2 >= len(lines) or not (free[first] and lines[first + 1].drawn):
        return -1
    if len(_columns(lines[first])) < 2 or parse(lines[first].text) is not None:
        return -1
    last, rows, held = -1, 0, 0
    for i in range(first + 2, len(lines)):
        cells = len(_columns(lines[i]))
        if not free[i] or not (cells or lines[i].drawn):
            break
        held += cells == 1
        if lines[i].drawn or cells > 1:
            rows += cells > 1
            last = i
    wrapped = last > 0 and lines[last].drawn
    return last if rows > 1 and (wrapped or not held) else -1


def _columns(line: Line) -> list[re.Match[str]]:
    """The cells of a line set with blanks; none of a line that begins with a marker."""
    if "\t" in line.text or line.drawn or not line.body:
        return []
    mark = parse(line.text)
    if mark is not None and not mark.counted:
        return []
    return list(_ALIGNED_CELL.finditer(line.text))


def _tabbed(line: Line) -> bool:
    """Whether a line is a row: it has a tab, and more than one heading or sentence in it."""
    if "\t" not in line.text or line.blank:
        return "\t" in line.text
    if _filled(line) != 1 or line.text.lstrip(" ").startswith("\t"):
        return True
    body = line.body
    framed = BRACKETED.match(body) or (body[:1] in "【[" and body[-1:] in "】]")
    return not (framed or TAG.match(body) or len(body) > 60)


def _void(line: Line) -> bool:
    return line.blank and not line.drawn


def _filled(line: Line) -> int:
    return sum(1 for part in line.text.split("\t") if part.strip())


def _opens_list(text: str) -> int:
    lowered = text.lower()
    if "</ul>" not in lowered and "</ol>" not in lowered and "<li" not in lowered:
        return 0
    return (
        lowered.count("<ul") + lowered.count("<ol") - lowered.count("</ul") - lowered.count("</ol")
    )


def _continues(line: Line) -> bool:
    body = line.body
    mark = parse(line.text)
    return not BRACKETED.match(body) and (mark is None or mark.style == "(N)" or mark.starred)


def _barred(text: str) -> str:
    """A text with the bars of a drawn box as those of Markdown."""
    return text.translate(_BARS)


def _piped(body: str) -> bool:
    return (body.startswith(("|", "- |")) and body.count("|") >= 2) or body.count(" | ") >= 2


def tab_grid(lines: Sequence[Line], first: int, last: int) -> Grid:
    """Cells of a tab-separated region; a line without a tab goes on in the cell before it."""
    grid: Grid = []
    open_list = 0
    for line in lines[first : last + 1]:
        if _RULE.match(line.body) and not any(c.isalnum() for c in line.body):
            continue
        parts: list[Span] = []
        at = line.start
        for piece in line.text.split("\t"):
            parts.append(_trim(piece, at))
            at += len(piece) + 1
        joined = bool(grid) and ("\t" not in line.text or open_list > 0)
        if joined:
            row = grid[-1]
            k = max((j for j, cell in enumerate(row) if len(cell)), default=0)
            start = row[k].start if len(row[k]) else parts[0].start
            row[k] = Span(start, max(row[k].end, parts[0].end))
            row[k + 1 :] = parts[1:] or row[k + 1 :]
        else:
            grid.append(parts)
        open_list = max(0, open_list + _opens_list(line.text))
    return grid


def aligned_grid(lines: Sequence[Line], first: int, last: int) -> Grid:
    """Cells of a table set with blanks; a row that lacks cells lacks those of the columns that it
    has nothing under, and where neither a rule nor the margins tell which, its first."""
    held = [line for line in lines[first : last + 1] if not line.drawn]
    found = [_columns(line) for line in held]
    most = max(map(len, found))
    ruled = first < last and lines[first + 1].drawn
    rows: Grid = []
    for line, cells in zip(held, found, strict=True):
        spans = [Span(line.start + m.start(), line.start + m.end()) for m in cells]
        free = Span(spans[0].start, spans[0].start)
        row = [free] * (most - len(spans)) + spans
        begun = _starts(line, cells) <= _starts(held[0], found[0])
        if (ruled or begun) and len(found[0]) == most > len(spans):
            places = _under(held[0], found[0], line, cells)
            if places is not None:
                row = [free] * most
                for place, span in zip(places, spans, strict=True):
                    row[place] = span
        rows.append(row)
    return rows


def _under(
    header: Line, names: Sequence[re.Match[str]], line: Line, cells: Sequence[re.Match[str]]
) -> list[int] | None:
    """Which of the columns each cell stands under: that which begins where it does, else that whose
    middle is nearest to its own as it is set; None where two stand under one."""
    starts = [width(header.text[: m.start()]) for m in names]
    middles = [start + width(m[0]) / 2 for start, m in zip(starts, names, strict=True)]
    found = []
    for cell in cells:
        start = width(line.text[: cell.start()])
        middle = start + width(cell[0]) / 2
        nearest = min(range(len(names)), key=lambda n: abs(middles[n] - middle))
        found.append(starts.index(start) if start in starts else nearest)
    return found if len(set(found)) == len(found) else None


def pipe_grid(lines: Sequence[Line], first: int, last: int) -> Grid:
    """Cells of a Markdown table; rule lines give no row, an unclosed row takes the next line."""
    grid: Grid = []
    open_row = False
    for line in lines[first : last + 1]:
        body = _barred(line.body)
        if not any(c.isalnum() or c in "❖◆•" for c in body):
            continue
        begin = line.start
        text = _barred(line.text)
        if open_row and grid and not body.startswith("|"):
            piece = text.rsplit("|", 1)[0] if body.endswith("|") else text
            tail = _trim(piece, begin)
            grid[-1][-1] = Span(grid[-1][-1].start, tail.end)
            open_row = not body.endswith("|")
            continue
        lead = re.match(r"\s*(?:-\s+)?\|?", text)
        skip = lead.end() if lead else 0
        parts: list[Span] = []
        at = begin + skip
        pieces = re.split(r"(?<!\\)\|", text[skip:])
        if len(pieces) > 1 and not pieces[-1].strip():
            pieces = pieces[:-1]
        for piece in pieces:
            parts.append(_trim(piece, at))
            at += len(piece) + 1
        grid.append(parts)
        open_row = body.startswith("|") and not body.endswith("|")
    return grid


def _trim(piece: str, at: int) -> Span:
    """The span of a piece without blanks and without a tag that wraps all of it."""
    start, end = 0, len(piece)
    while True:
        while start < end and piece[start].isspace():
            start += 1
        while end > start and piece[end - 1].isspace():
            end -= 1
        tag = TAG.match(piece, start, end)
        if tag and not tag.group().lower().startswith(("<sup", "<sub", "<a", "<b", "<i", "<li")):
            start = tag.end()
            continue
        closing = re.search(r"</(?:ul|ol|p|div|span|td|th)>\Z", piece[start:end], re.I)
        if closing:
            end = start + closing.start()
            continue
        return Span(at + start, at + end)


def pair_items(text: str, grid: Grid) -> Grid:
    """Rows whose cells hold lists of equal length become one row per item: the n-th item of
    each list stands beside the n-th of the others. Cells without a list stay on the first."""
    result: Grid = []
    for row in grid:
        lists = {k: _items(text, cell) for k, cell in enumerate(row)}
        lengths = {len(items) for items in lists.values() if items}
        if sum(1 for items in lists.values() if items) < 2 or len(lengths) != 1:
            result.append(row)
            continue
        for n in range(lengths.pop()):
            result.append(
                [
                    lists[k][n] if lists[k] else (cell if n == 0 else Span(cell.end, cell.end))
                    for k, cell in enumerate(row)
                ]
            )
    return result


def _items(text: str, cell: Span) -> list[Span]:
    inside = text[cell.start : cell.end]
    found = [
        _trim(match[1], cell.start + match.start(1))
        for match in re.finditer(r"<li\b[^<>]*>(.*?)(?=</li>|<li\b|\Z)", inside, re.I | re.S)
    ]
    return found if len(found) > 1 else []
