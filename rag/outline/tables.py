"""Tables: finding tab-separated and pipe-separated ones, and reading any of them.

A grid of spans becomes a :class:`rag.types.Table`: header rows and columns are told from the
shape of the cells (short words above, figures or long text below), empty cells right of a header
widen it, and a row that begins with empty cells goes on under the label above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.outline.lines import Line
from rag.outline.markers import parse
from rag.reading import TAG, read
from rag.types import Block, Cell, Document, Span, Table

Grid = list[list[Span]]
"""Rows of cell spans; an empty span stands for a cell without content."""

UNIT = re.compile(r"[(\[〔<＜]?\s*단위\s*[:：]\s*(.+?)\s*[)\]〕>＞]?\Z")
BRACKETED = re.compile(r"[<＜〈]\s*(?!/?[a-z])\S.*[>＞〉]\Z")
_CORNER_UNIT = re.compile(r"\(([^()]*(?:%|원|명|개|건|달러|불|톤|\$)[^()]*)\)\Z")
_RULE = re.compile(r"[\s|:+=_—–-]*[-=_—–]{2,}[\s|:+=_—–-]*\Z")
_NUMBER = re.compile(
    r"[(\[]?\s*[△▲+\-−–~≈약]*\s*[$₩€¥]?\s*\d[\d,.\s]*"
    r"(?:%p?|조|억|만|천|백|원|명|개|건|불|달러|위|배|점|km|kg|TEU|[a-zA-Z㎡]{1,3})*\s*[)\]]?"
    r"(?:\s*\([△▲+\-−–]?\s*[\d,.]+\s*%?p?\))?\Z"
)
_YEAR = re.compile(
    r"['‘’`](\d{2})\b.{0,8}\Z|(?:19|20)\d{2}(?:[.년\-/].{0,8})?\Z|\d분기\Z|\d{1,2}월\Z"
)
_NOTHING = re.compile(r"[-–—.·\s]*\Z")
_LABEL_LENGTH = 30


# --- finding -------------------------------------------------------------------------------


def tab_regions(lines: Sequence[Line], free: Sequence[bool]) -> list[tuple[int, int]]:
    """Ranges [first, last] of line indices that form tab-separated tables.

    ``free[i]`` is False where line ``i`` belongs to something else already.
    """
    regions: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        if not free[i] or not _tabbed(lines[i]):
            i += 1
            continue
        first, last = i, i
        i += 1
        open_list = _opens_list(lines[last].text)
        if lines[first].glued:
            regions.append((first, last))
            continue
        while i < len(lines) and free[i] and not (lines[i].blank and "\t" not in lines[i].text):
            if lines[i].blank and not (i + 1 < len(lines) and _tabbed(lines[i + 1])):
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
        if not free[i] or not _piped(lines[i].body):
            i += 1
            continue
        first = last = i
        i += 1
        while i < len(lines) and free[i] and not lines[i].blank:
            body = lines[i].body
            opened = lines[last].body.startswith("|") and not lines[last].body.endswith("|")
            if not (_piped(body) or _RULE.match(body) or opened or body.startswith("|")):
                break
            last = i
            i += 1
        if last > first:
            regions.append((first, last))
    return regions


def _tabbed(line: Line) -> bool:
    """Whether a line is a row: it has a tab, and more than one heading or sentence in it."""
    if "\t" not in line.text or line.blank:
        return "\t" in line.text
    if _filled(line) != 1 or line.text.lstrip(" ").startswith("\t"):
        return True
    body = line.body
    framed = BRACKETED.match(body) or (body[:1] in "【[" and body[-1:] in "】]")
    return not (framed or TAG.match(body) or len(body) > 60)


def _filled(line: Line) -> int:
    return sum(1 for part in line.text.split("\t") if part.strip())


def _opens_list(text: str) -> int:
    lowered = text.lower()
    if "</ul>" not in lowered and "</ol>" not in lowered and "<li" not in lowered:
        return 0
    return lowered.count("<ul") + lowered.count("<ol") - lowered.count("</ul") - lowered.count(
        "</ol"
    )


def _continues(line: Line) -> bool:
    body = line.body
    mark = parse(line.text)
    return not BRACKETED.match(body) and (mark is None or mark.style == "(N)" or mark.starred)


def _piped(body: str) -> bool:
    return body.startswith(("|", "- |")) and body.count("|") >= 2 or body.count(" | ") >= 2


# --- cutting into cells --------------------------------------------------------------------


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
            row[k] = Span(row[k].start, max(row[k].end, parts[0].end))
            row[k + 1 :] = parts[1:] or row[k + 1 :]
        else:
            grid.append(parts)
        open_list = max(0, open_list + _opens_list(line.text))
    return grid


def pipe_grid(lines: Sequence[Line], first: int, last: int) -> Grid:
    """Cells of a Markdown table; rule lines give no row, an unclosed row takes the next line."""
    grid: Grid = []
    open_row = False
    for line in lines[first : last + 1]:
        body = line.body
        if not any(c.isalnum() or c in "❖◆•" for c in body):
            continue
        begin = line.start
        text = line.text
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


# --- from a grid to a table ----------------------------------------------------------------


def assemble(text: str, grid: Grid, header_rows: int | None = None) -> Table | None:
    """A table of the grid, without columns and rows that are wholly empty; None if nothing is
    left. ``header_rows`` overrides what the shape of the cells says."""
    grid = [row for row in grid if any(len(cell) for cell in row)]
    if not grid:
        return None
    width = max(len(row) for row in grid)
    grid = [row + [Span(row[-1].end, row[-1].end)] * (width - len(row)) for row in grid]
    used = [c for c in range(width) if any(len(row[c]) for row in grid)]
    grid = [[row[c] for c in used] for row in grid]
    words = [[read(text, cell).text for cell in row] for row in grid]
    heads = _header_rows(words) if header_rows is None else header_rows
    labels = _label_columns(words, heads)
    spans = _merge(words, heads, labels)
    cells = tuple(
        Cell(r, c, grid[r][c], rows, columns, r < heads or c < labels)
        for (r, c), (rows, columns) in sorted(spans.items())
    )
    corner = _CORNER_UNIT.match(words[0][0]) if heads else None
    unit = corner[1].strip() if corner else ""
    return Table(cells, len(grid), len(used), unit)


def _is_number(word: str) -> bool:
    return _NUMBER.match(word) is not None and _YEAR.match(word) is None


def _is_label(word: str, longest: int = _LABEL_LENGTH) -> bool:
    return len(word) <= longest and not _is_number(word) and not _itemised(word)


def _itemised(word: str) -> bool:
    mark = parse(word)
    return mark is not None and mark.style in "•●·-❖◆▪■∙○" and not mark.counted


def _header_rows(words: list[list[str]]) -> int:
    """How many rows at the top are headers: 0, 1 or 2."""
    if len(words) < 2 or len(words[0]) < 2:
        return 0
    top = [word for word in words[0] if word]
    if not top or not all(_is_label(word, 40) for word in top):
        return 0
    second = words[1]
    double = (
        bool(words[0][0])
        and not second[0]
        and len(words) > 2
        and any(not above and below for above, below in zip(words[0], second, strict=True))
        and all(_is_label(word) for word in second if word)
    )
    body = [word for row in words[1:] for word in row[1:] if word]
    if double:
        return 2
    figures = sum(1 for word in body if _is_number(word) or _NOTHING.match(word))
    long_text = sum(1 for word in body if len(word) > 20 or _itemised(word))
    if figures * 3 >= len(body) or long_text * 3 >= len(body):
        return 1
    first = max(len(word) for word in top)
    mean = sum(map(len, body)) / max(1, len(body))
    named = bool(words[0][0]) and len(words) > 2 and len(set(top)) == len(top)
    return 1 if named and (first <= 12 or first < mean) else 0


def _label_columns(words: list[list[str]], heads: int) -> int:
    """How many columns at the left name their rows."""
    body = words[heads:]
    width = len(words[0])
    count = 0
    for c in range(width - 1):
        column = [row[c] for row in body]
        filled = [word for word in column if word]
        if not filled or not all(
            len(word) <= 40 and not _itemised(word) and (c == 0 or not _is_number(word))
            for word in filled
        ):
            break
        if any(len(word) > _LABEL_LENGTH for word in filled) and _same_length(body, c):
            break
        count += 1
        if not any(not word for word in column[1:]):
            break
    if len(body) == 1 and heads == 1 and width > 2 and count and _is_number(body[0][0]):
        return 0
    return count


def _same_length(body: list[list[str]], c: int) -> bool:
    """Whether a column is about as wordy as its right neighbour: then neither labels it."""
    here = sum(len(row[c]) for row in body)
    right = sum(len(row[c + 1]) for row in body)
    return here * 2 > right


def _merge(
    words: list[list[str]], heads: int, labels: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column span of each cell that starts somewhere; empty cells that belong to a
    neighbour are left out."""
    rows, width = len(words), len(words[0])
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r in range(rows):
        for c in range(width):
            if words[r][c]:
                continue
            if r < heads:
                if r > 0 and words[r - 1][c] and heads == 2:
                    owner[r, c] = owner.get((r - 1, c), (r - 1, c))
                elif c > 0 and (r == 0 or not words[r - 1][c]) and _widens(words, r, c, heads):
                    owner[r, c] = owner.get((r, c - 1), (r, c - 1))
            elif r > heads:
                goes_on = not words[r][0] and labels > 0
                if c < labels and goes_on and all(not word for word in words[r][: c + 1]):
                    owner[r, c] = owner.get((r - 1, c), (r - 1, c))
                elif c >= labels and goes_on and labels < width and words[r][labels - 1]:
                    owner[r, c] = owner.get((r - 1, c), (r - 1, c))
    spans: dict[tuple[int, int], list[int]] = {}
    for r in range(rows):
        for c in range(width):
            at = owner.get((r, c), (r, c))
            size = spans.setdefault(at, [1, 1])
            size[0] = max(size[0], r - at[0] + 1)
            size[1] = max(size[1], c - at[1] + 1)
    return {at: (size[0], size[1]) for at, size in spans.items()}


def _widens(words: list[list[str]], r: int, c: int, heads: int) -> bool:
    return bool(words[r][c - 1] or r == 0) and any(row[c] for row in words[r + 1 :])


# --- reading -------------------------------------------------------------------------------


def cell_text(document: Document, block: Block, cell: Cell) -> str:
    """The readable text of a cell."""
    return read(document.text, cell.span, block.joins).text


def header_texts(
    document: Document, block: Block, row: int, column: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What names a cell: (row headers from the left, column headers from the top).

    Readable texts, outermost first, merged headers once, empty ones left out. Where a table sets
    two tables side by side, the nearest wordy cell to the left counts as a row header too.
    Both are empty for a block without a table.
    """
    table = block.table
    if table is None:
        return (), ()
    rows: list[str] = []
    columns: list[str] = []
    seen: set[tuple[int, int]] = set()
    here = table.at(row, column)
    if here is not None:
        seen.add((here.row, here.column))
    named = False
    for c in range(column):
        cell = table.at(row, c)
        if cell is None or (cell.row, cell.column) in seen:
            continue
        if cell.header and cell.row >= _depth(table):
            seen.add((cell.row, cell.column))
            word = cell_text(document, block, cell)
            if word:
                rows.append(word)
                named = named or not _is_number(word)
    for c in range(column - 1, -1, -1):
        cell = table.at(row, c)
        if cell is None or cell.header or row < _depth(table):
            break
        word = cell_text(document, block, cell)
        if word and not _is_number(word) and not _NOTHING.match(word):
            value = table.at(row, column)
            if value is not None and _is_number(cell_text(document, block, value)):
                rows.append(word)
            break
    for r in range(min(row, _depth(table))):
        cell = table.at(r, column)
        if cell is None or (cell.row, cell.column) in seen or not cell.header:
            continue
        seen.add((cell.row, cell.column))
        word = cell_text(document, block, cell)
        if word:
            columns.append(word)
    return tuple(rows), tuple(columns)


def _depth(table: Table) -> int:
    """Number of header rows: rows of which every cell is a header."""
    depth = 0
    while depth < table.rows:
        cells = [table.at(depth, c) for c in range(table.columns)]
        if not all(cell is not None and cell.header for cell in cells):
            break
        depth += 1
    return depth if depth < table.rows else 0


def row_text(document: Document, block: Block, row: int) -> str:
    """A row as one line: "구분: 세계 · '21.3: 5.6 …", each value after its column header."""
    table = block.table
    if table is None:
        return ""
    parts: list[str] = []
    done: set[tuple[int, int]] = set()
    for column in range(table.columns):
        cell = table.at(row, column)
        if cell is None or (cell.row, cell.column) in done:
            continue
        done.add((cell.row, cell.column))
        word = cell_text(document, block, cell)
        if not word:
            continue
        columns = header_texts(document, block, row, column)[1]
        parts.append(f"{' '.join(columns)}: {word}" if columns else word)
    return " · ".join(parts)
