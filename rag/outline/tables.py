"""From a grid of cells to a table.

Header rows and columns are told from the shape of the cells (short words above, figures or long
text below), empty cells right of a header widen it, and a row that begins with empty cells goes
on under the label above it.
"""

from __future__ import annotations

import re

from rag.outline.labels import labels_fields
from rag.outline.markers import parse
from rag.reading import read
from rag.types import Cell, Span, Table

Grid = list[list[Span]]
"""Rows of cell spans; an empty span stands for a cell without content."""

_CORNER_UNIT = re.compile(r"\(([^()]*(?:%|원|명|개|건|달러|불|톤|\$)[^()]*)\)\Z")
_NUMBER = re.compile(
    r"[(\[]?\s*+[△▲+\-−–~≈약]*+\s*+[$₩€¥]?\s*+\d[\d,.\s]*+"
    r"(?:%p?|조|억|만|천|백|원|명|개|건|불|달러|위|배|점|km|kg|TEU|[a-zA-Z㎡]{1,3})*\s*+[)\]]?"
    r"(?:\s*+\([△▲+\-−–]?\s*[\d,.]+\s*%?p?\))?\Z"
)
_YEAR = re.compile(
    r"['‘’`](\d{2})\b.{0,8}\Z|(?:19|20)\d{2}(?:[.년\-/].{0,8})?\Z|\d분기\Z|\d{1,2}월\Z"
)
_NOTHING = re.compile(r"[-–—.·\s]*\Z")
_LABEL_LENGTH = 30


def assemble(
    text: str,
    grid: Grid,
    header_rows: int | None = None,
    label_columns: int | None = None,
    *,
    ruled: bool = False,
) -> Table | None:
    """A table of the grid, without columns and rows that are wholly empty; None if nothing is
    left. ``header_rows`` and ``label_columns`` override what the shape of the cells says;
    ``ruled`` tells that a rule is drawn under the first row, which names the columns then unless
    it holds figures."""
    grid = [row for row in grid if any(len(cell) for cell in row)]
    if not grid:
        return None
    filled = [cell for row in grid for cell in row if len(cell)]
    low, high = min(cell.start for cell in filled), max(cell.end for cell in filled)
    grid = [[cell if len(cell) else _empty(cell.end, low, high) for cell in row] for row in grid]
    width = max(len(row) for row in grid)
    grid = [row + [Span(row[-1].end, row[-1].end)] * (width - len(row)) for row in grid]
    used = [c for c in range(width) if any(len(row[c]) for row in grid)]
    grid = [[row[c] for c in used] for row in grid]
    words = [[_readable(text, cell) for cell in row] for row in grid]
    heads = _header_rows(words) if header_rows is None else header_rows
    if ruled and not heads and len(words) > 1 and not any(map(is_number, words[0])):
        heads = 1
    labels = _label_columns(words, heads) if label_columns is None else label_columns
    spans = _merge(words, heads, labels)
    cells = tuple(
        Cell(r, c, grid[r][c], rows, columns, r < heads or c < labels)
        for (r, c), (rows, columns) in sorted(spans.items())
    )
    corner = _CORNER_UNIT.match(words[0][0]) if heads else None
    unit = corner[1].strip() if corner else ""
    return Table(cells, len(grid), len(used), unit)


def header_shape(
    words: list[list[str]], below: list[list[str]], header_rows: int | None = None
) -> tuple[int, int]:
    """How many rows at the top and columns at the left hold headers, for a table whose merged
    cells are known: from its readable texts, rows of one length, at least one.

    ``words`` has "" for a cell that is empty or covered by another; ``below`` has "" only for
    what a cell above covers, which is how a label over several rows shows, and a blank for
    other empty places. ``header_rows`` overrides what the shape says of the rows.
    """
    heads = _header_rows(words) if header_rows is None else header_rows
    return heads, _label_columns(below, heads) if heads < len(words) else 0


MARKED = re.compile(r"[<&*\[\\$]|\s\s|[^\S ]")
"""Found in every cell that :func:`rag.reading.readable.read` shows otherwise than stripped."""


def _readable(text: str, cell: Span) -> str:
    """As :func:`rag.reading.readable.read`, at once where there is nothing to take out."""
    raw = text[cell.start : cell.end]
    return read(text, cell).text if MARKED.search(raw) else raw.strip()


def _empty(at: int, low: int, high: int) -> Span:
    """The span of an empty cell: a place inside the table, whose outer blanks are cut off."""
    at = min(max(at, low), high)
    return Span(at, at)


def is_number(word: str) -> bool:
    """Whether a cell holds a figure, with its unit, rather than words, a year or a date."""
    return _NUMBER.match(word) is not None and _YEAR.match(word) is None


def is_dated(word: str) -> bool:
    """Whether a cell holds a year or a date."""
    return _YEAR.match(word) is not None


def is_nothing(word: str) -> bool:
    """Whether a cell holds no more than a dash."""
    return _NOTHING.match(word) is not None


def is_label(word: str, longest: int = _LABEL_LENGTH) -> bool:
    """Whether a cell may name a row or column: short words, no figure, no list."""
    return len(word) <= longest and not is_number(word) and not is_itemised(word)


def is_itemised(word: str) -> bool:
    """Whether a cell begins with a bullet."""
    mark = parse(word)
    return mark is not None and mark.style in "•●·-❖◆▪■∙○" and not mark.counted


def _header_rows(words: list[list[str]]) -> int:
    """How many rows at the top are headers: 0, 1 or 2."""
    if len(words) < 2 or len(words[0]) < 2 or _pairs(words):
        return 0
    top = [word for word in words[0] if word]
    if not top or not all(is_label(word, 40) for word in top):
        return 0
    second = words[1]
    double = (
        bool(words[0][0])
        and not second[0]
        and len(words) > 2
        and any(not above and below for above, below in zip(words[0], second, strict=True))
        and all(is_label(word) for word in second if word)
    )
    body = [word for row in words[1:] for word in row[1:] if word]
    if double:
        return 2
    figures = sum(1 for word in body if is_number(word) or is_nothing(word))
    long_text = sum(1 for word in body if len(word) > 20 or is_itemised(word))
    if figures * 3 >= len(body) or long_text * 3 >= len(body):
        return 1
    first = max(len(word) for word in top)
    mean = sum(map(len, body)) / max(1, len(body))
    named = bool(words[0][0]) and len(words) > 2 and (len(set(top)) == len(top) or _again(words[0]))
    return 1 if named and (first <= 12 or first < mean) else 0


def _again(row: list[str]) -> bool:
    """Whether the same headers come again, as above two tables set side by side."""
    width = len(row)
    return any(
        width % size == 0 and all(row[c] == row[c % size] for c in range(width))
        for size in range(2, width // 2 + 1)
    )


def _pairs(words: list[list[str]]) -> bool:
    """Whether each row holds pairs of a field's name and its value, as a form does."""
    width = len(words[0])
    if width < 4 or width % 2:
        return False
    names, values = (
        [[row[c] for row in words if row[c]] for c in range(first, width, 2)] for first in (0, 1)
    )
    return all(map(labels_fields, names)) and not any(map(labels_fields, values))


def _label_columns(words: list[list[str]], heads: int) -> int:
    """How many columns at the left name their rows."""
    body = words[heads:]
    width = len(words[0])
    count = 0
    for c in range(width - 1):
        column = [row[c] for row in body]
        filled = [word for word in column if word]
        if not filled or not all(
            len(word) <= 40 and not is_itemised(word) and (c == 0 or not is_number(word))
            for word in filled
        ):
            break
        if any(len(word) > _LABEL_LENGTH for word in filled) and _same_length(body, c):
            break
        count += 1
        if not any(not word for word in column[1:]):
            break
    if len(body) == 1 and heads == 1 and width > 2 and count and is_number(body[0][0]):
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
                widened = owner.get((r - 1, c + 1)) == (r - 1, c)
                if r > 0 and words[r - 1][c] and heads == 2 and not widened:
                    owner[r, c] = owner.get((r - 1, c), (r - 1, c))
                elif c > 0 and (r == 0 or not words[r - 1][c]) and _widens(words, r, c):
                    owner[r, c] = owner.get((r, c - 1), (r, c - 1))
            elif r > heads:
                goes_on = labels > 0 and not words[r][0]
                leading = c < labels and not any(words[r][: c + 1])
                trailing = labels <= c and labels < width and bool(words[r][labels - 1])
                if goes_on and (leading or trailing):
                    owner[r, c] = owner.get((r - 1, c), (r - 1, c))
    spans: dict[tuple[int, int], list[int]] = {}
    for r in range(rows):
        for c in range(width):
            at = owner.get((r, c), (r, c))
            size = spans.setdefault(at, [1, 1])
            size[0] = max(size[0], r - at[0] + 1)
            size[1] = max(size[1], c - at[1] + 1)
    return {at: (size[0], size[1]) for at, size in spans.items()}


def _widens(words: list[list[str]], r: int, c: int) -> bool:
    """Whether an empty header cell belongs to its left neighbour: its column is in use."""
    return bool(words[r][c - 1] or r == 0) and any(row[c] for row in words[r + 1 :])
