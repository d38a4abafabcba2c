"""Tables drawn with level rules only: their columns are told from the white between the words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag.loading.pdf_grid import Grid, GridCell
from rag.loading.pdf_lines import Line, gather
from rag.loading.pdf_page import Box, Page, Word

_SAME_END = 4.0
_SAME_RULE = 2.5
_WHITE = 6.0  # points between two columns
_FEWEST_RULES = 3
_LONGEST_CELL = 80  # characters, on average
_MOST_RULES = 2_000
_PROSE = 0.7


def open_grids(page: Page, taken: Sequence[Box]) -> list[Grid]:
    """Grids between three or more level rules of one length, from the top.

    ``taken`` are the boxes of ruled tables. Rules and words inside those do not count. Each
    stretch between two rules is a row where it is so all the way; where only the header and the
    foot are ruled, a row begins with each line that has a word in the first column.
    """
    if page.dense or len(page.rules) > _MOST_RULES:
        return []
    level = [
        rule
        for rule in (*page.rules, *_ruled_by_colour(page))
        if rule.width > 20
        and rule.height == 0
        and not any(box.y0 - 3 <= rule.y0 <= box.y1 + 3 and rule.x0 < box.x1 for box in taken)
    ]
    found = []
    for stack in _stacks(_joined(level)):
        for rules in _parted(stack, gather(_between(page, stack)), level):
            grid = _grid(rules, _between(page, rules), _ends(level, rules))
            if grid is not None:
                found.append(grid)
    return sorted(found, key=lambda grid: grid.box.y0)


def _ruled_by_colour(page: Page) -> list[Box]:
    """The upper and lower edges of coloured boxes as high as a row or two."""
    return [
        Box(fill.x0, y, fill.x1, y)
        for fill in page.fills[:_MOST_RULES]
        if 8 < fill.height < 60
        for y in (fill.y0, fill.y1)
    ]


def _between(page: Page, rules: Sequence[Box]) -> list[Word]:
    """The words between the first and the last of some rules."""
    top, bottom = rules[0].y0 - 1, rules[-1].y0 + 1
    left, right = rules[0].x0 - 2, rules[0].x1 + 2
    return [
        word
        for word in page.words
        if not word.slanted
        and top <= (word.box.y0 + word.box.y1) / 2 <= bottom
        and left <= (word.box.x0 + word.box.x1) / 2 <= right
    ]


def _parted(stack: Sequence[Box], lines: Sequence[Line], level: Sequence[Box]) -> list[list[Box]]:
    """A stack of rules cut where no row of a table stands between two of them: nothing, prose
    that runs from end to end, or one short line with much white about it. Where the lower rule
    is made of pieces and no word stands across their ends, it is a row."""
    found: list[list[Box]] = [[stack[0]]]
    for a, b in pairwise(stack):
        band = [line for line in lines if a.y0 <= (line.box.y0 + line.box.y1) / 2 < b.y0]
        runs = [high - low for line in band for low, high in _segments(line)]
        prose = any(run > _PROSE * a.width for run in runs)
        loose = len(runs) == 1 and b.y0 - a.y0 > 3.5 * band[0].size
        inner = [x for x in _ends(level, [b]) if a.x0 + 4 < x < a.x1 - 4]
        row = inner and not any(_covers(line, x) for line in band for x in inner)
        if not runs or ((prose or loose) and not row):
            found.append([b])
        else:
            found[-1].append(b)
    return [rules for rules in found if len(rules) >= _FEWEST_RULES]


def _joined(level: Sequence[Box]) -> list[Box]:
    """Rules on one line joined where they touch."""
    found: list[Box] = []
    for rule in sorted(level, key=lambda rule: (round(rule.y0), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.y0 - rule.y0) <= _SAME_RULE and rule.x0 <= last.x1 + _SAME_END:
            found[-1] = Box(last.x0, last.y0, max(last.x1, rule.x1), last.y0)
        else:
            found.append(rule)
    return found


def _stacks(level: Sequence[Box]) -> list[list[Box]]:
    """Rules of one left and right end, three or more, from the top."""
    stacks: list[list[Box]] = []
    for rule in sorted(level, key=lambda rule: rule.y0):
        for stack in stacks:
            top = stack[0]
            if abs(top.x0 - rule.x0) <= _SAME_END and abs(top.x1 - rule.x1) <= _SAME_END:
                if rule.y0 - stack[-1].y0 > _SAME_RULE:
                    stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) >= _FEWEST_RULES and stack[0].width > 60]


def _ends(level: Sequence[Box], rules: Sequence[Box]) -> list[float]:
    """Where the pieces that make up a stack's rules meet, if they meet at one place in most: the
    edges of cells that were ruled one by one."""
    low, high = rules[0].y0 - _SAME_RULE, rules[-1].y0 + _SAME_RULE
    places = sorted(r.x0 for r in level if low <= r.y0 <= high)
    found: list[list[float]] = []
    for place in places:
        if found and place - found[-1][-1] <= _SAME_RULE:
            found[-1].append(place)
        else:
            found.append([place])
    return [group[0] for group in found if len(group) >= 0.7 * len(rules)]


def _grid(rules: Sequence[Box], words: Sequence[Word], ends: Sequence[float]) -> Grid | None:
    """The grid of a stack of rules, None where its words stand in no columns."""
    lines = gather(words)
    if len(lines) < 2:
        return None
    bands = [
        [line for line in lines if a.y0 <= (line.box.y0 + line.box.y1) / 2 < b.y0]
        for a, b in pairwise(rules)
    ]
    body = [line for band in bands[1:] for line in band] or lines
    whites = _whites(body, rules[0])
    everywhere = _whites(lines, rules[0])
    if len(everywhere) == len(whites):  # no word of the header stands across a column's edge
        whites = everywhere
    inner = [x for x in ends if rules[0].x0 + 4 < x < rules[0].x1 - 4]
    crossed = _covered
    if len(inner) < len(whites) or any(_covers(line, x) for line in body for x in inner):
        inner = [(a + b) / 2 for a, b in whites]
        crossed = _crossed
    if not inner:
        return None
    xs = [rules[0].x0, *inner, rules[0].x1]
    ys = [rules[0].y0]
    for (_, below), band in zip(pairwise(rules), bands, strict=True):
        rows = _rows(band, xs[1]) if len(bands) <= 3 and band is not bands[0] else [band]
        for row in rows[1:]:
            top = min(line.box.y0 for line in row)
            ys.append(max(ys[-1] + 1, top - 0.5))
        ys.append(max(ys[-1] + 1, below.y0))
    count = (len(ys) - 1) * (len(xs) - 1)
    if len(ys) < 3 or sum(len(line.text) for line in lines) > _LONGEST_CELL * count:
        return None
    cells = []
    for r, (top, bottom) in enumerate(pairwise(ys)):
        row = [line for line in lines if top <= (line.box.y0 + line.box.y1) / 2 < bottom]
        c = 0
        while c < len(xs) - 1:
            end = c + 1
            while end < len(xs) - 1 and crossed(row, xs[end]):
                end += 1
            cells.append(GridCell(r, c, 1, end - c, Box(xs[c], top, xs[end], bottom)))
            c = end
    return Grid(tuple(cells), tuple(xs), tuple(ys))


def _segments(line: Line) -> list[tuple[float, float]]:
    """Runs of words with no more than a blank between."""
    found: list[tuple[float, float]] = []
    for word in line.words:
        if found and word.box.x0 - found[-1][1] < 0.6 * line.size:
            found[-1] = (found[-1][0], max(found[-1][1], word.box.x1))
        else:
            found.append((word.box.x0, word.box.x1))
    return found


def _whites(lines: Sequence[Line], frame: Box) -> list[tuple[float, float]]:
    """Upright strips inside the frame that no line of the body enters."""
    covered = sorted(segment for line in lines for segment in _segments(line))
    found = []
    reach = covered[0][1]
    for low, high in covered[1:]:
        if low - reach >= _WHITE and frame.x0 < reach and low < frame.x1:
            found.append((reach, low))
        reach = max(reach, high)
    return found


def _rows(band: Sequence[Line], first: float) -> list[list[Line]]:
    """Lines of a stretch gathered into rows, each beginning with one that has a label."""
    found: list[list[Line]] = []
    for line in band:
        if not found or line.box.x0 < first:
            found.append([line])
        else:
            found[-1].append(line)
    return found or [[]]


def _crossed(row: Sequence[Line], x: float) -> bool:
    """Whether a run of words stands across a column's edge."""
    return any(low < x - 1 and x + 1 < high for line in row for low, high in _segments(line))


def _covers(line: Line, x: float) -> bool:
    """Whether a word of a line stands across a column's edge."""
    return any(word.box.x0 < x - 1 and x + 1 < word.box.x1 for word in line.words)


def _covered(row: Sequence[Line], x: float) -> bool:
    """Whether a word stands across a column's edge."""
    return any(_covers(line, x) for line in row)
