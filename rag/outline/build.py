"""The stages of an outline, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.outline import (
    boilerplate,
    bullets,
    flat_tables,
    headings,
    html_tables,
    notes,
    stated,
    wrapping,
)
from rag.outline.captions import tie
from rag.outline.drafts import Draft, is_source
from rag.outline.lines import BRACKETED, TITLE, UNIT, Line, articles, shown, split_lines
from rag.outline.markdown import mark_up
from rag.outline.markers import Mark, parse
from rag.outline.tables import assemble
from rag.outline.text_tables import (
    aligned_grid,
    aligned_regions,
    is_rule,
    pair_items,
    pipe_grid,
    pipe_regions,
    tab_grid,
    tab_regions,
)
from rag.types import Block, BlockKind, Document, Span, Table

TEXT = "text"
"""The format of documents whose whole structure is told from their lines."""

_STARRED_LIST = 0.5
_SHORTEST_PROSE = 30
_ENDS = (".", "!", "?", ":", "…", "」", "』", ">")
_CUT_BY_PAGES = frozenset({"pdf"})
"""Formats whose paragraphs may be cut in two by the foot of a page."""
_HEADING_ONLY = frozenset({"N", "제N장", "제N절", "제N조", "I.", "0N."})


def outline(document: Document) -> tuple[Block, ...]:
    """The blocks of a document in source order; any text is accepted, and the same text gives
    the same blocks. Time grows with the length of the text.

    Blocks that the document's format states are taken as they are; what lies between them is
    read as the lines of a text file. Of a format other than text, nothing but a stated block is
    a table or boilerplate, and a line is a whole paragraph.
    """
    drafts = _of_text(document.text) if document.format == TEXT else _of_format(document)
    return tuple(_block(draft) for draft in drafts)


def _of_text(text: str) -> list[Draft]:
    html = html_tables.regions(text)
    cuts = [cut for region in html for cut in (region.start, region.end)]
    lines = split_lines(text, cuts + articles(text))
    furniture = boilerplate.find(lines)
    tables = _tables(text, lines, html, furniture.lines)
    free = [i not in furniture.lines for i in range(len(lines))]
    for first, last, _ in tables:
        for i in range(first, last + 1):
            free[i] = False
    wrap = wrapping.measure(lines, free)
    for first, last, table in flat_tables.find(text, lines, free, wrap):
        tables.append((first, last, table))
    drafts = _units(text, lines, furniture, tables, wrap)
    mark_up(text, drafts)
    notes.footnotes(drafts)
    headings.classify(drafts)
    _kinds(drafts)
    headings.nest(drafts)
    bullets.nest(drafts)
    _continue(drafts, lines, wrap)
    notes.stars(drafts)
    tie(drafts)
    return drafts


def _of_format(document: Document) -> list[Draft]:
    text = document.text
    ends = [at for block in document.stated for at in (block.span.start, block.span.end)]
    lines = split_lines(text, ends + stated.outside(articles(text), document.stated))
    regions = stated.regions(text, lines, document.stated)
    furniture = boilerplate.Furniture(frozenset(), ("",) * len(lines))
    drafts = _units(text, lines, furniture, [], wrapping.Wrapping(), regions)
    stated.close_lists(drafts)
    notes.footnotes(drafts)
    headings.classify(drafts)
    _kinds(drafts)
    stated.tie_notes(drafts)
    headings.nest(drafts)
    bullets.nest(drafts)
    if document.format in _CUT_BY_PAGES:
        _continue(drafts, lines, wrapping.Wrapping())
    notes.stars(drafts)
    stated.tie_captions(drafts)
    tie(drafts)
    return drafts


_Region = tuple[int, int, Table | None]


def _tables(
    text: str, lines: Sequence[Line], html: Sequence[Span], furniture: frozenset[int]
) -> list[_Region]:
    found: list[_Region] = []
    free = [i not in furniture for i in range(len(lines))]
    at = 0
    for region in html:
        while at < len(lines) and lines[at].end <= region.start:
            at += 1
        first = at
        while at < len(lines) and lines[at].end <= region.end:
            at += 1
        if at > first and any(free[i] for i in range(first, at)):
            found.append((first, at - 1, html_tables.parse(text, region)))
            for i in range(first, at):
                free[i] = False
    for first, last in tab_regions(lines, free):
        found.append((first, last, assemble(text, pair_items(text, tab_grid(lines, first, last)))))
        for i in range(first, last + 1):
            free[i] = False
    for first, last in pipe_regions(lines, free):
        ruled = first < last and is_rule(lines[first + 1])
        grid = pipe_grid(lines, first, last)
        # A box that is drawn around its rows has a rule under its headers, or has none.
        boxed = bool(first) and lines[first - 1].drawn
        bare = boxed and not any(line.drawn for line in lines[first:last])
        found.append((first, last, assemble(text, grid, 0 if bare else None, ruled=ruled)))
        for i in range(first, last + 1):
            free[i] = False
    for first, last in aligned_regions(lines, free):
        ruled = first < last and lines[first + 1].drawn
        grid = aligned_grid(lines, first, last)
        found.append((first, last, assemble(text, grid, ruled=ruled)))
    return found


def _units(
    text: str,
    lines: Sequence[Line],
    furniture: boilerplate.Furniture,
    tables: Sequence[_Region],
    wrap: wrapping.Wrapping,
    regions: Sequence[tuple[int, int, Block]] = (),
) -> list[Draft]:
    """Lines gathered into units. A unit ends at a blank line, at a marker, at a table, at a
    stated region or at boilerplate, and where a sentence ends in a line that is not full."""
    owner: dict[int, _Region] = {}
    for first, last, table in tables:
        for i in range(first, last + 1):
            owner[i] = (first, last, table)
    given: dict[int, tuple[int, Block]] = {}
    for first, last, block in regions:
        for i in range(first, last + 1):
            given[i] = (last, block)
    marks = _marks(lines, wrap)
    drafts: list[Draft] = []
    gap = 2
    i = 0
    while i < len(lines):
        line = lines[i]
        if i in given:
            last, block = given[i]
            held = shown(text, block.span.start, block.span.end)
            drafts.append(stated.draft(block, i, last, held, gap))
            gap = 0
            i = last + 1
            continue
        region = owner.get(i)
        if region is None and line.blank:
            gap += 1
            i += 1
            continue
        first = i
        kind = BlockKind.PARAGRAPH
        if region is not None:
            kind = BlockKind.TABLE
            i = region[1] + 1
        elif i in furniture.lines:
            kind = BlockKind.BOILERPLATE
            i += 1
        else:
            i = _end_of_unit(
                lines,
                marks,
                i,
                lambda k: k in furniture.lines or k in owner or k in given,
                wrap,
            )
        solid = [k for k in range(first, i) if not lines[k].blank]
        if not solid:
            gap += i - first
            continue
        start, end = lines[solid[0]].inner[0], lines[solid[-1]].inner[1]
        draft = Draft(
            kind, solid[0], solid[-1], start, end, shown(text, start, end), gap=gap,
            single=len(solid) == 1, indent=line.indent, section=furniture.sections[first],
        )  # fmt: skip
        if kind is BlockKind.PARAGRAPH:
            draft.mark = parse(draft.text) if marks[first] is not None else None
            draft.marker = draft.mark.written if draft.mark else ""
        draft.table = region[2] if region is not None else None
        if draft.table is not None:
            draft.joins = _cell_joins(lines, solid, draft.table, wrap)
        elif kind is not BlockKind.BOILERPLATE:
            draft.joins = wrapping.joins(lines, solid, wrap)
        drafts.append(draft)
        gap = 0
    return drafts


def _marks(lines: Sequence[Line], wrap: wrapping.Wrapping) -> list[Mark | None]:
    """The marker of each line. What looks like a number is none where a full line above goes on
    ("… 있\n다. 정보…", "… 최대\n10 개사"), nor is a letter whose predecessor never came."""
    found: list[Mark | None] = []
    letters: set[tuple[str, int]] = set()
    for i, line in enumerate(lines):
        mark = parse(line.text)
        if mark is not None and mark.counted and not mark.hashes and not mark.outer:
            above = lines[i - 1] if i else None
            inside = above is not None and wrap.full(above) and line.indent == 0
            if inside and above is not None and wrap.goes_on(above, line):
                ended = above.body.endswith((".", "!", "?", ":", "」"))
                if mark.style not in {"①", "I."} and not ended:
                    mark = None
        if mark is not None and "가" in mark.style:
            number = mark.number or 0
            if number > 1 and (mark.style, number - 1) not in letters:
                mark = None
            else:
                letters.add((mark.style, number))
        found.append(mark)
    return found


def _cell_joins(
    lines: Sequence[Line], solid: Sequence[int], table: Table, wrap: wrapping.Wrapping
) -> tuple[int, ...]:
    """Joins inside the cells of a table; the lines of one cell are never joined to another's."""
    if not wrap.width:
        return ()
    found: list[int] = []
    at = 0
    for cell in sorted(table.cells, key=lambda cell: cell.span):
        while at < len(solid) and lines[solid[at]].end <= cell.span.start:
            at += 1
        last = at
        while last < len(solid) and lines[solid[last]].start < cell.span.end:
            last += 1
        found.extend(wrapping.joins(lines, solid[at:last], wrap))
    return tuple(found)


def _end_of_unit(
    lines: Sequence[Line],
    marks: Sequence[Mark | None],
    first: int,
    closed: Callable[[int], bool],
    wrap: wrapping.Wrapping,
) -> int:
    """The line after the unit that begins at ``first``."""
    i = first + 1
    opening = lines[first].body
    if UNIT.match(opening) or BRACKETED.match(opening) or TITLE.match(opening):
        return i
    prose = marks[first] is None and not is_source(opening) and not BRACKETED.match(opening[:8])
    while i < len(lines):
        line = lines[i]
        if line.blank:
            # A word cut by a blank line, as at the foot of a page, still goes on.
            if not (
                prose
                and i + 1 < len(lines)
                and not lines[i + 1].blank
                and not closed(i + 1)
                and wrap.cut(lines[i - 1])
                and marks[i + 1] is None
                and lines[i + 1].indent == 0
                and not is_source(lines[i + 1].body)
            ):
                return i
            i += 1
            continue
        if closed(i) or line.glued or marks[i] is not None or is_source(line.body):
            return i
        if UNIT.match(line.body) or BRACKETED.match(line.body) or TITLE.match(line.body):
            return i
        if not lines[i - 1].blank and not wrap.goes_on(lines[i - 1], line):
            return i
        i += 1
    return i


def _kinds(drafts: Sequence[Draft]) -> None:
    """Kinds of the units that are neither headings, tables nor footnotes."""
    starred = sum(1 for d in drafts if d.mark is not None and d.mark.written == "*")
    dashed = sum(
        1
        for d in drafts
        if d.mark is not None and not (d.mark.starred or d.mark.counted or d.mark.hashes)
    )
    list_stars = starred > dashed * _STARRED_LIST and starred > 2 and dashed < 3
    for draft in drafts:
        if draft.kind is not BlockKind.PARAGRAPH:
            continue
        if draft.unit or draft.bracketed or draft.numbered_caption or draft.source_line:
            draft.kind = BlockKind.CAPTION
        elif draft.mark is None:
            continue
        elif draft.mark.style == "※" or (
            draft.mark.starred and not (list_stars and draft.mark.written == "*")
        ):
            draft.kind = BlockKind.NOTE
        elif draft.mark.outer or draft.mark.style not in _HEADING_ONLY:
            draft.kind = BlockKind.BULLET


def _continue(drafts: Sequence[Draft], lines: Sequence[Line], wrap: wrapping.Wrapping) -> None:
    """Tie a paragraph that begins in the middle of a sentence to the one it goes on from: the
    one above breaks off, and footnotes or the foot of a page stand between, or it was full."""
    last: int | None = None
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.HEADING:
            last = None
        if draft.kind is not BlockKind.PARAGRAPH:
            continue
        if last is not None and draft.mark is None and _breaks_off(drafts[last].text):
            between = {d.kind for d in drafts[last + 1 : at]}
            cut = bool(between & {BlockKind.NOTE, BlockKind.BOILERPLATE})
            if cut or wrap.full(lines[drafts[last].last]):
                draft.parent, draft.tied = last, True
        last = at


def _breaks_off(text: str) -> bool:
    return len(text) >= _SHORTEST_PROSE and not text.rstrip("\"'”’)]").endswith(_ENDS)


def _block(draft: Draft) -> Block:
    return Block(
        draft.kind,
        draft.level,
        Span(draft.start, draft.end),
        draft.path,
        draft.parent,
        draft.marker,
        draft.joins,
        draft.table,
    )
