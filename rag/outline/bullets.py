"""Bullets: their level, and the bullet each hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.outline.drafts import Draft
from rag.outline.markers import SHAPES
from rag.types import BlockKind

_INTRODUCES = (":", "：", "다음과 같다.", "다음과 같음", "하에,", "아래와 같다.")


@dataclass(slots=True)
class _Open:
    indent: int
    style: str
    at: int
    stated: bool = False


def nest(drafts: Sequence[Draft]) -> None:
    """Set level and parent of bullets. Deeper indents, and marks not yet in use at the same
    indent, go one level down; a heading begins anew."""
    stack: list[_Open] = []
    introduced: int | None = None
    heading: int | None = None
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.HEADING or (
            draft.kind is BlockKind.BULLET and draft.parent != heading
        ):
            stack, introduced = [], None
        if draft.kind is BlockKind.HEADING:
            heading = at
        elif draft.kind is BlockKind.BULLET:
            heading = draft.parent
        elif draft.kind is BlockKind.PARAGRAPH:
            stack = []
            introduced = at if draft.text.rstrip().endswith(_INTRODUCES) else None
        if draft.kind is not BlockKind.BULLET or draft.mark is None:
            continue
        style = draft.mark.outer + draft.mark.style
        indent = draft.indent
        if draft.stated:
            while stack and not stack[-1].stated:
                stack.pop()
        else:
            # A typed bullet below a stated one hangs on it, indented or not.
            indent = max([indent, *(opened.indent for opened in stack if opened.stated)])
        while stack and stack[-1].indent > indent:
            stack.pop()
        same = [
            k for k, opened in enumerate(stack) if opened.indent == indent and opened.style == style
        ]
        if same:
            del stack[same[-1] :]
        else:
            while stack and stack[-1].indent == indent and _outer(draft, stack[-1]):
                stack.pop()
        draft.level = len(stack)
        if stack:
            draft.parent = stack[-1].at
        elif introduced is not None:
            draft.parent = introduced
        stack.append(_Open(indent, style, at, draft.stated))


def _outer(draft: Draft, opened: _Open) -> bool:
    """Whether a bullet is of an outer level to one above it: a shape is to a dash, and so is a
    number that stands apart. (A number right below a dash, no blank line between, is one of
    its parts.)"""
    mark = draft.mark
    if mark is None or mark.outer or opened.style != "-":
        return False
    return mark.style in SHAPES or (mark.counted and draft.gap > 0)
