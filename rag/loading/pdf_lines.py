"""Words of a PDF page → lines, in the order in which they are read.

A page may be set in columns: where a gutter runs down between two bodies of text, the left one is
read before the right one; what crosses the gutter (a title, a wide table) parts the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from rag.loading.pdf_page import Box, Word

_SAME_LINE = 0.55  # share of the lower word's height that must overlap
_GAP = 0.22  # of the height of a line: white that parts words which the file does not part
_GUTTER = 9.0  # points
_GUTTER_SIZE = 1.0  # of the height of a line
_COLUMN_LINES = 4
_SAME_GUTTER = 8.0
_PROSE = 0.6  # share of its column that a line of prose fills
_DEEPEST = 3
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, from the left. ``left`` and ``right`` are the edges of the column or
    cell it stands in, ``text`` its words with blanks between, ``size`` the height of most of its
    characters. ``natural`` is the white between its right end and the edge if no gap between its
    words were stretched. ``ended`` tells whether the file holds a blank after it: None where it
    is not known. ``bulleted`` tells of a bullet drawn before it."""

    words: tuple[Word, ...]
    text: str
    box: Box
    baseline: float
    size: float
    bold: bool
    left: float = 0.0
    right: float = 0.0
    ended: bool | None = None
    bulleted: bool = False
    starts: tuple[int, ...] = ()
    """Where each word begins in ``text``."""

    @property
    def slack(self) -> float:
        """White between the end of the line and the edge."""
        return self.right - self.box.x1

    @property
    def content(self) -> float:
        """Where the second word begins: the text behind a bullet."""
        return self.words[1].box.x0 if len(self.words) > 1 else self.box.x0


def clusters(words: Sequence[Word]) -> list[list[Word]]:
    """Words that the file writes without a blank between, such as one with its raised note mark,
    kept together."""
    groups: list[list[Word]] = []
    for word in words:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and word.spaced == 0
            and last.order + 1 == word.order
            and abs(word.box.x0 - last.box.x1) < 0.3 * max(word.size, last.size)
            and _overlap(word.box, last.box) > 0.2
        ):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def gather(words: Sequence[Word]) -> list[Line]:
    """The lines of words that stand in one column or cell, from the top."""
    groups = sorted(clusters(words), key=lambda group: (_main(group).baseline, group[0].box.x0))
    rows: list[tuple[Box, list[Word]]] = []
    for group in groups:
        main = _main(group)
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            box, held = rows[at]
            if _overlap(main.box, box) >= _SAME_LINE and not _collides(group, held):
                held.extend(group)
                if main.box.height > box.height:
                    rows[at] = (Box(box.x0, main.box.y0, box.x1, main.box.y1), held)
                break
        else:
            rows.append((main.box, list(group)))
    lines = [_line(held) for _, held in rows]
    return sorted(lines, key=lambda line: (line.baseline, line.box.x0))


def _collides(group: Sequence[Word], held: Sequence[Word]) -> bool:
    """Whether words would be written over others: then they are of two lines."""
    return any(
        min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0) > 0.5 * min(a.box.width, b.box.width) > 0
        for a in group
        for b in held[-_NEAR:]
    )


def _main(group: Sequence[Word]) -> Word:
    return max(group, key=lambda word: (word.size, len(word.text)))


def _overlap(a: Box, b: Box) -> float:
    """Share of the lower box's height that the two have in common."""
    low = min(a.height, b.height)
    return (min(a.y1, b.y1) - max(a.y0, b.y0)) / low if low > 0 else 0.0


def _line(words: Sequence[Word]) -> Line:
    held = sorted(words, key=lambda word: (word.box.x0, word.order))
    total = sum(len(word.text) for word in held)
    sizes = sorted((word.size, len(word.text)) for word in held)
    seen, size = 0, sizes[-1][0]
    for value, count in sizes:
        seen += count
        if seen * 2 >= total:
            size = value
            break
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for k, word in enumerate(held):
        if k and _parted(held[k - 1], word, size):
            parts.append(" ")
            at += 1
        starts.append(at)
        parts.append(word.text)
        at += len(word.text)
    box = Box(
        held[0].box.x0,
        min(word.box.y0 for word in held),
        max(word.box.x1 for word in held),
        max(word.box.y1 for word in held),
    )
    bold = sum(len(word.text) for word in held if word.bold) * 2 > total
    baseline = max(held, key=lambda word: (word.size, len(word.text))).baseline
    return Line(tuple(held), "".join(parts), box, baseline, size, bold, starts=tuple(starts))


def _parted(left: Word, right: Word, size: float) -> bool:
    """Whether a blank stands between two neighbours of a line: as the file has it where they
    follow one another there, else by the white between."""
    if right.order == left.order + 1 and right.spaced < 3:
        return right.spaced > 0 or right.box.x0 - left.box.x1 > 0.8 * size
    return right.box.x0 - left.box.x1 > _GAP * size


def narrowed(lines: Sequence[Line]) -> list[Line]:
    """The lines of a column, those of a narrower body of text with the right edge of that: three
    or more that begin at one place and of which most end at another."""
    found = list(lines)
    start = 0
    for at in range(1, len(found) + 1):
        if at < len(found) and abs(found[at].box.x0 - found[start].box.x0) <= 1.5:
            continue
        run = found[start:at]
        edge = max(line.box.x1 for line in run)
        # The first line of the text may be indented.
        first = start - 1 if start and abs(found[start - 1].box.x1 - edge) < 1.5 else start
        run = found[first:at]
        reach = sum(1 for line in run if line.box.x1 > edge - line.size)
        wide = edge - run[-1].box.x0 > 0.5 * (run[0].right - run[0].left)
        if len(run) > 2 and reach > 1 and 2 * reach >= len(run) - 1 and wide:
            for k in range(first, at):
                if found[k].box.x1 <= edge + 1 and edge < found[k].right:
                    found[k] = replace(found[k], right=edge)
        start = at
    return found


def ended(lines: Sequence[Line], words: Sequence[Word]) -> list[Line]:
    """The lines with what the file says of the blank after each of them: whether the next word of
    ``words``, all those of the page in their order, comes after a blank that the file holds."""
    found = []
    for line in lines:
        after = max(word.order for word in line.words) + 1
        found.append(replace(line, ended=after < len(words) and words[after].spaced in (2, 4)))
    return found


@dataclass(frozen=True, slots=True)
class Flow:
    """A column: the indices of what stands in it, from the top, and its edges."""

    items: tuple[int, ...]
    left: float
    right: float


def flows(
    boxes: Sequence[Box],
    size: float,
    solid: Sequence[bool],
    left: float,
    right: float,
    gutters: list[float],
) -> list[Flow]:
    """Pieces of a page (words, tables) in columns, in reading order.

    ``boxes`` are their places, ``size`` the height of a usual line, ``left`` and ``right`` the
    edges of the text; a ``solid`` piece (a table) is no prose. ``gutters`` are places where other
    pages have a gutter, at which two lines a side are enough; those found are added. Each index
    is in one flow; inside a flow they are ordered by place.
    """
    return _flows(_Sheet(boxes, size, solid, gutters), list(range(len(boxes))), left, right, 0)


@dataclass(frozen=True, slots=True)
class _Sheet:
    boxes: Sequence[Box]
    size: float
    solid: Sequence[bool]
    gutters: list[float]

    def needed(self, middle: float) -> int:
        """How many lines each side of a gutter must have."""
        known = any(abs(middle - other) <= _SAME_GUTTER for other in self.gutters)
        return 2 if known else _COLUMN_LINES


def _flows(sheet: _Sheet, items: list[int], left: float, right: float, depth: int) -> list[Flow]:
    if not items:
        return []
    boxes = sheet.boxes
    rows = _rows(items, boxes)
    found = _gutter(rows, sheet, left, right) if depth < _DEEPEST else None
    if found is None:
        return [Flow(tuple(i for row in rows for i in row), left, right)]
    first, last, middle = found
    sheet.gutters.append(middle)
    band = [i for row in rows[first : last + 1] for i in row]
    west = [i for i in band if boxes[i].x1 <= middle]
    east = [i for i in band if boxes[i].x1 > middle]
    above = [i for row in rows[:first] for i in row]
    below = [i for row in rows[last + 1 :] for i in row]
    return [
        *_flows(sheet, above, left, right, depth),
        *_flows(sheet, west, left, max(boxes[i].x1 for i in west), depth + 1),
        *_flows(sheet, east, min(boxes[i].x0 for i in east), right, depth + 1),
        *_flows(sheet, below, left, right, depth),
    ]


def _rows(items: Sequence[int], boxes: Sequence[Box]) -> list[list[int]]:
    """Pieces whose heights overlap, from the top; in each from the left."""
    rows: list[list[int]] = []
    bottom = height = 0.0
    for i in sorted(items, key=lambda i: ((boxes[i].y0 + boxes[i].y1) / 2, boxes[i].x0)):
        box = boxes[i]
        middle = (box.y0 + box.y1) / 2
        if rows and middle < bottom and box.height < 3 * height:
            rows[-1].append(i)
            bottom = max(bottom, middle + 0.3 * min(box.height, height))
        else:
            rows.append([i])
            height = box.height
            bottom = middle + 0.3 * height
    for row in rows:
        row.sort(key=lambda i: (boxes[i].x0, boxes[i].y0))
    return rows


def _gutter(
    rows: Sequence[Sequence[int]], sheet: _Sheet, left: float, right: float
) -> tuple[int, int, float] | None:
    """The first and last row of the longest band that a gutter parts, and the gutter's middle."""
    boxes = sheet.boxes
    needed = max(_GUTTER, _GUTTER_SIZE * sheet.size)
    width = right - left
    best: tuple[int, int, float] | None = None
    longest = 1
    for middle in _middles(rows, boxes, needed, left + 0.2 * width, right - 0.2 * width):
        start = 0
        while start < len(rows):
            end = start
            while end < len(rows) and _clear(rows[end], boxes, middle):
                end += 1
            if end - start > longest and _columns(rows[start:end], sheet, middle):
                longest, best = end - start, (start, end - 1, middle)
            start = end + 1
    return best


def _middles(
    rows: Sequence[Sequence[int]], boxes: Sequence[Box], needed: float, low: float, high: float
) -> list[float]:
    """Places left of which several rows show a gap or begin, those of most rows first, at most 12.

    Lines of two columns need not stand on one height: then each is a row of its own."""
    seen: dict[int, list[float]] = {}
    for row in rows:
        begin = boxes[row[0]].x0 - needed / 2
        if low <= begin <= high:
            seen.setdefault(round(begin / 6), []).append(begin)
        for a, b in pairwise(row):
            gap = boxes[b].x0 - boxes[a].x1
            middle = boxes[b].x0 - min(gap, needed) / 2
            if gap >= needed and low <= middle <= high:
                seen.setdefault(round(middle / 6), []).append(middle)
    counted = sorted(seen.values(), key=lambda places: (-len(places), places[0]))
    return [median(places) for places in counted[:12]]


def _clear(row: Sequence[int], boxes: Sequence[Box], middle: float) -> bool:
    """Whether nothing of a row stands in the gutter."""
    return all(boxes[i].x1 <= middle or boxes[i].x0 >= middle for i in row)


def _columns(rows: Sequence[Sequence[int]], sheet: _Sheet, middle: float) -> bool:
    """Whether both sides of a gutter hold prose: lines that mostly fill their column."""
    boxes = sheet.boxes
    for side in (-1, 1):
        spans = []
        for row in rows:
            own = [i for i in row if (boxes[i].x1 <= middle) == (side < 0)]
            if own and not any(sheet.solid[i] for i in own):
                spans.append(max(boxes[i].x1 for i in own) - min(boxes[i].x0 for i in own))
        if len(spans) < sheet.needed(middle):
            return False
        widest = max(spans)
        full = sum(1 for span in spans if span >= _PROSE * widest)
        if widest < 8 * sheet.size or full * 2 < len(spans):
            return False
    return True
