"""Captions, unit lines and source lines: tied to the table or figure they stand at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.outline.drafts import Draft
from rag.types import BlockKind, Span


def tie(drafts: Sequence[Draft]) -> None:
    """Give each table its unit and caption, and each caption its table (or figure) as parent.

    A caption above a table wins over one below. A source or a remark below a figure without a
    table hangs on the figure's caption.
    """
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.TABLE:
            _above(drafts, at)
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.TABLE:
            _below(drafts, at)
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.CAPTION and draft.source_line:
            draft.parent = _figure(drafts, at, draft.parent)


def _above(drafts: Sequence[Draft], at: int) -> None:
    for k in range(at - 1, max(-1, at - 5), -1):
        above = drafts[k]
        if above.kind is BlockKind.BOILERPLATE:
            continue
        if above.kind is BlockKind.CAPTION and not above.source_line:
            if drafts[k].unit:
                above.parent = at
                _set(drafts[at], unit=above.unit)
                continue
            above.parent = at
            _set(drafts[at], caption=Span(above.start, above.end))
        elif (above.kind is BlockKind.HEADING and above.style == "참고") or above.reference:
            _set(drafts[at], caption=Span(above.start, above.end))
        elif above.table is not None and above.table.columns == 1:
            continue  # a box of remarks between a title and its table
        return


def _below(drafts: Sequence[Draft], at: int) -> None:
    for k in range(at + 1, min(len(drafts), at + 4)):
        below = drafts[k]
        if below.kind is BlockKind.BOILERPLATE:
            continue
        if below.kind is not BlockKind.CAPTION or (below.parent is not None and below.bracketed):
            return
        if below.source_line:
            below.parent = at
            return
        table = drafts[at].table
        if not below.numbered_caption or table is None or table.caption is not None:
            return
        if any(d.kind is BlockKind.TABLE and d.gap <= 1 for d in drafts[k + 1 : k + 2]):
            return  # the caption of the next table
        below.parent = at
        _set(drafts[at], caption=Span(below.start, below.end))


def _set(draft: Draft, unit: str = "", caption: Span | None = None) -> None:
    if draft.table is not None:
        draft.table = replace(
            draft.table,
            unit=unit or draft.table.unit,
            caption=draft.table.caption
            if caption is None or (draft.stated and draft.table.caption is not None)
            else caption,
        )


def _figure(drafts: Sequence[Draft], at: int, default: int | None) -> int | None:
    for k in range(at - 1, max(-1, at - 4), -1):
        above = drafts[k]
        if above.kind is BlockKind.BOILERPLATE:
            continue
        if above.kind is BlockKind.TABLE:
            return k
        if above.kind is BlockKind.CAPTION:
            if above.parent is not None and (
                above.source_line or drafts[above.parent].kind is BlockKind.TABLE
            ):
                return above.parent
            return k
        return default
    return default
