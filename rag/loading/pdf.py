"""PDF → text with its tables, headings, notes and page numbers.

The pages are read by a process of its own (:mod:`rag.loading.pdf_page`); lines, tables, columns
and paragraphs are told from where the words stand, and nothing is written that is not in the file
but blanks, tabs, newlines and a bullet for a drawn one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.errors import SourceError
from rag.loading.extracted import Extracted
from rag.loading.pdf_furniture import note_rules, notes_begin, running
from rag.loading.pdf_grid import filled_grids, grids
from rag.loading.pdf_lines import Flow, Line, clusters, ended, flows, gather, narrowed
from rag.loading.pdf_open_grid import open_grids
from rag.loading.pdf_page import Box, Page, Word, read_pages
from rag.loading.pdf_paragraphs import Habit, measure
from rag.loading.pdf_tables import Drawn, drawn
from rag.loading.pdf_writing import Column, Leaf, write

_NARROW = 0.75
_MOST_GUTTERS = 200
_BULLET_REACH = 2.5  # of a line's size, between a drawn bullet and its text


def read_pdf(data: bytes, name: str) -> Extracted:
    """What the PDF ``data`` holds; ``name`` is for messages.

    A page's label is the file's own (/PageLabels), else its number from 1. Stated are tables,
    headings where their type is plainly larger, footnotes, and running headers and footers.
    Raises SourceError where it is locked, damaged, a scan without characters or too large.
    """
    title, pages = read_pages(data, name)
    try:
        leaves, habit, body = _leaves(pages)
        text, stated, marks = write(leaves, pages, habit, body)
    except RecursionError:
        raise SourceError(
            f"PDF 문서 '{name}'의 짜임이 너무 복잡해 읽지 못합니다. 다시 저장해 주세요."
        ) from None
    return Extracted(text, stated, marks, title, warnings=_warnings(pages))


def _furniture(draft: _Draft) -> tuple[str, ...]:
    """The texts of a page's headers and footers, from the top, then of what is written askew,
    such as a watermark."""
    lines = gather([w for w in draft.page.words if w.order in draft.running and not w.slanted])
    askew = [w for w in draft.page.words if w.slanted and w.order in draft.running]
    texts = [line.text for line in lines]
    if askew:
        parts = [(" " if word.spaced else "") + word.text for word in askew]
        texts.append("".join(parts).strip())
    return tuple(texts)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page before its columns are read: tables, and words that stand in none."""

    page: Page
    tables: tuple[Drawn, ...]
    words: tuple[Word, ...]
    running: frozenset[int]


def _leaves(pages: Sequence[Page]) -> tuple[list[Leaf], Habit, float]:
    """The pages in columns, the habit of the document, and the size of its usual text."""
    drafts = _drafts(pages)
    left, right = _edges(drafts)
    body = _body(drafts)
    gutters: list[float] = []
    placed = [_columns(draft, left, right, body, gutters) for draft in drafts]
    if gutters:  # a last page with a few lines in columns is told by those before it
        gutters = sorted(gutters)[:_MOST_GUTTERS]
        placed = [_columns(draft, left, right, body, gutters[:]) for draft in drafts]
    habit = measure(
        (column.lines for columns in placed for column in columns),
        (lines for draft in drafts for table in draft.tables for _, lines in table.cells),
    )
    leaves = []
    for draft, columns in zip(drafts, placed, strict=True):
        free = [
            rule
            for rule in note_rules(draft.page)
            if not any(t.grid.box.y0 - 3 <= rule.y0 <= t.grid.box.y1 + 3 for t in draft.tables)
        ]
        parted = []
        for column in columns:
            at = notes_begin(column.lines, free, draft.page, body)
            if at < len(column.lines) and column.tables:
                # A table below would be read after the notes: then they are none.
                top = column.lines[at].box.y0
                if any(table.grid.box.y0 > top for table in column.tables):
                    at = len(column.lines)
            parted.append(replace(column, lines=column.lines[:at], notes=column.lines[at:]))
        leaves.append(Leaf(draft.page, tuple(parted), _furniture(draft)))
    return leaves, habit, body


def _drafts(pages: Sequence[Page]) -> list[_Draft]:
    found = []
    for page in pages:
        ruled = grids(page)
        opened = open_grids(page, [grid.box for grid in ruled])
        filled = filled_grids(page, [grid.box for grid in (*ruled, *opened)])
        tables = [
            table
            for grid in (*ruled, *opened, *filled)
            if (table := drawn(grid, page.words)) is not None
        ]
        tables.sort(key=lambda table: (table.grid.box.y0, table.grid.box.x0))
        inside = frozenset().union(*(table.words for table in tables))
        words = tuple(word for word in page.words if word.order not in inside)
        found.append(_Draft(page, tuple(tables), words, frozenset()))
    lines = [gather([w for w in draft.words if not w.slanted]) for draft in found]
    orders = running(pages, lines)
    return [
        replace(
            draft,
            running=own | {word.order for word in draft.words if word.slanted},
            words=tuple(w for w in draft.words if w.order not in own and not w.slanted),
        )
        for draft, own in zip(found, orders, strict=True)
    ]


def _edges(drafts: Sequence[_Draft]) -> tuple[dict[float, float], dict[float, float]]:
    """The left and right edge of the text, for each width of page."""
    left: dict[float, float] = {}
    right: dict[float, float] = {}
    for draft in drafts:
        width = draft.page.width
        for word in draft.words:
            left[width] = min(left.get(width, word.box.x0), word.box.x0)
            right[width] = max(right.get(width, 0.0), word.box.x1)
    for width, edge in right.items():
        mirrored = width - left[width]
        if edge - left[width] < _NARROW * (mirrored - left[width]):
            right[width] = mirrored  # short lines alone do not show where lines end
    return left, right


def _body(drafts: Sequence[_Draft]) -> float:
    """The size of type of most characters outside tables."""
    sizes: Counter[float] = Counter()
    for draft in drafts:
        for word in draft.words or draft.page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _columns(
    draft: _Draft,
    left: dict[float, float],
    right: dict[float, float],
    body: float,
    gutters: list[float],
) -> list[Column]:
    page = draft.page
    groups = clusters(draft.words)
    boxes = [_hull([word.box for word in group]) for group in groups]
    boxes += [table.grid.box for table in draft.tables]
    solid = [False] * len(groups) + [True] * len(draft.tables)
    edges = left.get(page.width, 0.0), right.get(page.width, page.width)
    found = []
    for flow in flows(boxes, body, solid, *edges, gutters):
        words = [w for i in flow.items if i < len(groups) for w in groups[i]]
        tables = [draft.tables[i - len(groups)] for i in flow.items if i >= len(groups)]
        lines = [_bulleted(line, page.dots) for line in narrowed(_edged(gather(words), flow))]
        found.append(Column(tuple(ended(lines, page.words)), tuple(tables)))
    return found


def _edged(lines: Sequence[Line], flow: Flow) -> list[Line]:
    return [replace(line, left=flow.left, right=max(flow.right, line.box.x1)) for line in lines]


def _bulleted(line: Line, dots: Sequence[Box]) -> Line:
    """The line with the bullet that is drawn, not written, before it."""
    for dot in dots:
        middle = (dot.y0 + dot.y1) / 2
        if (
            line.box.y0 < middle < line.box.y1
            and 0 < line.box.x0 - dot.x1 < _BULLET_REACH * line.size
        ):
            return replace(
                line,
                text="• " + line.text,
                bulleted=True,
                starts=tuple(start + 2 for start in line.starts),
            )
    return line


def _hull(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def _warnings(pages: Sequence[Page]) -> tuple[str, ...]:
    found = []
    for kind, told in (
        ([p for p in pages if p.unread], "손상되어 읽지 못했습니다."),
        (
            [p for p in pages if not p.unread and p.scanned],
            "글자가 없는 스캔본이라 읽지 못했습니다.",
        ),
        ([p for p in pages if p.dense], "그림이 너무 복잡해 표를 찾지 않았습니다."),
    ):
        if kind:
            numbers = ", ".join(str(page.number) for page in kind[:10])
            more = f" 등 {len(kind):,}개 쪽" if len(kind) > 10 else "쪽"
            found.append(f"{numbers}{more}은 {told}")
    return tuple(found)
