"""Notes: which units are notes, and which line each explains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.outline.drafts import Draft
from rag.types import BlockKind

_FOOTNOTE = re.compile(r"(?:-\s*)?(\d{1,3})\)\s")
_SUPERSCRIPT = re.compile(r"<sup>([^<>]*)</sup>", re.I)
_TRAILING = re.compile(r"(?<=[.!?])(\d{1,3})\)(?=\s|\Z)")
_NUMBER = re.compile(r"(\d{1,3})\)")
_EMPHASIS = re.compile(r"(?<!\S)\*\*(?=\S)[^*\n]+?(?<=\S)\*\*")
_PASSED_OVER = frozenset({BlockKind.BOILERPLATE, BlockKind.NOTE, BlockKind.CAPTION})
_NEAR = 6
"""A starred note explains one of this many content blocks above it."""


def references(text: str) -> list[int]:
    """Numbers of the footnotes that a text calls: "<sup>1)2)</sup>" and "…하였다.3) …"."""
    found = [int(n) for sup in _SUPERSCRIPT.findall(text) for n in _NUMBER.findall(sup)]
    found += [int(n) for n in _TRAILING.findall(text)]
    return found


def footnotes(drafts: Sequence[Draft]) -> None:
    """Make NOTE of the units that a footnote mark above calls, and tie them to it.

    A number is a footnote's only while a mark above still waits for it, so that a heading
    "1) 배경" is none.
    """
    waiting: dict[int, int] = {}
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.BOILERPLATE:
            continue
        found = _FOOTNOTE.match(draft.text.strip())
        if found and draft.stated and draft.kind is BlockKind.NOTE:
            waiting.pop(int(found[1]), None)
            continue
        if found and draft.kind is BlockKind.PARAGRAPH and int(found[1]) in waiting:
            number = int(found[1])
            draft.kind, draft.marker = BlockKind.NOTE, f"{number})"
            draft.parent, draft.tied = waiting.pop(number), True
            continue
        for number in references(draft.text):
            waiting.setdefault(number, at)


def stars(drafts: Sequence[Draft]) -> None:
    """Tie "*", "**" and "※" notes: to the nearest block above that carries as many stars, each
    mark once, else to the block right above. A bracketed line right below a note, without a
    marker of its own, is more of that note."""
    claimed: Counter[tuple[int, int]] = Counter()
    above: list[int] = []
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.HEADING:
            above = []
        if draft.kind not in _PASSED_OVER:
            # Nearest first; the heading comes last: a note right below it explains it.
            above = [at, *above[: _NEAR - 1]]
        above_note = at > 0 and drafts[at - 1].kind is BlockKind.NOTE
        if above_note and draft.kind is BlockKind.PARAGRAPH and draft.mark is None:
            if draft.text.startswith("(") and draft.gap <= 1:
                draft.kind, draft.parent = BlockKind.NOTE, drafts[at - 1].parent
                above = above[1:]
            continue
        if draft.kind is not BlockKind.NOTE or draft.mark is None or draft.tied:
            continue
        if not above:
            continue
        draft.parent = above[0]
        if drafts[above[0]].kind is BlockKind.TABLE or not draft.mark.starred:
            continue
        pattern = re.compile(rf"(?<=\S)(?<!\*)\*{{{len(draft.mark.style)}}}(?!\*)")
        for k in above:
            if drafts[k].kind is BlockKind.TABLE:
                break
            marks = len(pattern.findall(_EMPHASIS.sub("", drafts[k].text)))
            if marks > claimed[k, len(draft.mark.style)]:
                claimed[k, len(draft.mark.style)] += 1
                draft.parent = k
                break
