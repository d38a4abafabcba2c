"""The items inside one cell, with the label that each of them begins with.

"• (예산) 70.7억원 • (성과) 고용 59명" holds two facts under two names of their own.
"""

from __future__ import annotations

import re

_BULLET = r"[•●○ㅇ▪■□◆◇❖▶➔∙·-]"
_MARK = re.compile(rf"^(?:{_BULLET}\s+|[•●❖]\s*)+")
_ITEM = re.compile(rf"(?:(?<=\s)|^){_BULLET}\s+(?=\()")
_BETWEEN = re.compile(r"\s[•●○▪■□◆❖∙·]\s")
_LABEL = re.compile(r"\(([^()\d]{1,12})\)\s+(?=\S)")


def bare(text: str) -> str:
    """A text without the bullet in front of it."""
    return _MARK.sub("", text, count=1) or text


def labelled_items(text: str) -> list[tuple[str, str]]:
    """(label, item) of a cell all of whose items begin with a label in brackets, in order; the
    items without label and bullet. Empty for other cells."""
    if "(" not in text:
        return []
    found: list[tuple[str, str]] = []
    starts = [m.start() for m in _ITEM.finditer(text)] or [0]
    if starts[0] != 0:
        return []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        item = bare(text[start:end].strip())
        label = _LABEL.match(item)
        if label is None:
            return []
        found.append((label.group(1).strip(), item[label.end() :].strip()))
    return found


def bulleted_items(text: str) -> list[str]:
    """The items of a cell that a bullet parts, in order; one for a cell without bullets."""
    return [item.strip() for item in _BETWEEN.split(bare(text)) if item.strip()]
