"""Blocks that a document's format states: taken as they are, among those read from the lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rag.outline.drafts import Draft
from rag.outline.lines import Line
from rag.outline.markers import Mark, parse
from rag.types import Block, BlockKind, Span

_INDENT = 4  # characters for each level of a stated bullet
_REACH = 60  # drafts above a note among which its mark is looked for
_NUMBER = re.compile(r"\d{1,3}")


def regions(
    text: str, lines: Sequence[Line], stated: Sequence[Block]
) -> list[tuple[int, int, Block]]:
    """(first line, last line, block) of each stated block, in source order. ``lines`` are cut at
    the ends of all of them. One that is blank, lies outside the text or overlaps one before it
    is left to be read as lines."""
    found: list[tuple[int, int, Block]] = []
    at = 0
    end = 0
    for block in sorted(stated, key=lambda block: block.span):
        span = block.span
        if span.start < end or span.end > len(text) or not text[span.start : span.end].strip():
            continue
        while at < len(lines) and lines[at].end <= span.start:
            at += 1
        first = at
        while at < len(lines) and lines[at].start < span.end:
            at += 1
        found.append((first, at - 1, block))
        end = span.end
    return found


def outside(offsets: Sequence[int], stated: Sequence[Block]) -> list[int]:
    """Those of the offsets that do not lie strictly inside a stated block."""
    spans = sorted(block.span for block in stated)
    found: list[int] = []
    for at in offsets:
        k = bisect_left(spans, Span(at, at))
        if k == 0 or spans[k - 1].end <= at:
            found.append(at)
    return found


def draft(block: Block, first: int, last: int, text: str, gap: int) -> Draft:
    """The draft of a stated block; ``text`` is that of its span.

    A heading ranks as one of Markdown does: it closes all headings of its level and below, typed
    or stated; but not a typed one whose numbers usually stand above its own. A bullet is indented
    by its level, so that typed ones under it hang on it.
    """
    made = Draft(
        block.kind, first, last, block.span.start, block.span.end, text,
        gap=gap, single=first == last, stated=True,
    )  # fmt: skip
    mark = parse(text) if block.kind in (BlockKind.BULLET, BlockKind.HEADING) else None
    content = mark.content if mark is not None else 0
    made.marker = block.marker or (mark.written if mark is not None else "")
    made.table = block.table
    made.joins = block.joins
    if block.kind is BlockKind.HEADING:
        hashes = max(0, block.level) + 1
        style = mark.style if mark is not None and mark.counted else "#"
        made.mark = Mark(style, made.marker, content, None, "", hashes)
        made.style = "#" * hashes
    elif block.kind is BlockKind.BULLET:
        made.mark = mark or Mark(f"level {block.level}", made.marker, content)
        made.indent = _INDENT * block.level
    return made


def close_lists(drafts: Sequence[Draft]) -> None:
    """Take the blank line from between items of one list: a format parts all its paragraphs
    alike, so that a gap does not tell a heading from an item, but a sequel does."""
    for above, below in pairwise(drafts):
        if below.stated or above.mark is None or below.mark is None:
            continue
        if (above.mark.style, above.mark.outer) == (below.mark.style, below.mark.outer):
            below.gap = 0


def tie_notes(drafts: Sequence[Draft]) -> None:
    """Tie each stated note to the nearest block above that bears its mark, each mark once: in
    ``<sup>``, else at the end of a word; where none does, to the nearest block above."""
    claimed: Counter[tuple[int, str]] = Counter()
    for at, note in enumerate(drafts):
        if note.kind is not BlockKind.NOTE or not note.stated:
            continue
        above = [
            k
            for k in range(at - 1, max(-1, at - 1 - _REACH), -1)
            if drafts[k].kind not in (BlockKind.NOTE, BlockKind.BOILERPLATE)
        ]
        if not above:
            continue
        note.parent, note.tied = above[0], True
        marker = note.marker.strip()
        for pattern in _marks(marker):
            bearing = [
                k for k in above if len(pattern.findall(drafts[k].text)) > claimed[k, marker]
            ]
            if bearing:
                note.parent = bearing[0]
                claimed[bearing[0], marker] += 1
                break


def tie_captions(drafts: Sequence[Draft]) -> None:
    """Give each stated caption the table that names it as its own."""
    tables = {
        (d.table.caption.start, d.table.caption.end): at
        for at, d in enumerate(drafts)
        if d.stated and d.table is not None and d.table.caption is not None
    }
    for one in drafts:
        at = tables.get((one.start, one.end))
        if at is not None and one.kind in (BlockKind.CAPTION, BlockKind.PARAGRAPH):
            one.kind, one.parent, one.tied = BlockKind.CAPTION, at, True


def _marks(marker: str) -> tuple[re.Pattern[str], ...]:
    """The ways in which a text may bear a note's mark, the surest first."""
    if not marker:
        return ()
    number = _NUMBER.search(marker)
    written = re.escape(marker)
    raised = rf"(?:{written}|(?<!\d){number[0]}\)?(?!\d))" if number else written
    return (
        re.compile(rf"<sup>[^<>]*?{raised}[^<>]*</sup>", re.I),
        re.compile(rf"(?<=\S){written}(?![\w*])"),
    )
