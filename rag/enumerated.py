"""The items of a list question: those that a passage enumerates in its text, or the bullets,
numbered lines or headings that hang on it.

Where as many are asked for as the passage does not have, the list may stand in the passage after
it or before it: "논의한 세 가지" is said in one bullet, ①②③ stand in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag import korean
from rag.fact import find_marks
from rag.index import Index
from rag.listing import Mark, enumerates, enumeration, says_count
from rag.reading import Reading, read
from rag.reading.people import people
from rag.types import Block, BlockKind, Cell, Document, Passage, Question, Span
from rag.wanted import asks_who

_ITEM = 60  # characters; a longer bullet is an item only by its title
_COUNTED_ITEM = 130  # the same where as many are asked for as there are bullets
_TITLED = 40  # the same where each begins with a title, which then stands for it
_MOST = 24  # members of a group
_WHOLE = 900  # characters; what a longer stretch holds is quoted piece by piece
_APART = 3  # blocks between two passages that may hold one list
_TITLE = re.compile(r"[\[(【](?P<title>[^()\[\]【】]{2,30})[\])】]\s?:?\s*(?=\S)")
_MARKER = re.compile(
    r"\s*(?:(?:#{1,6}\s|[-•▣□◆◇❖➔▶●○ㅇ※·☞]|\*{1,3}|[①-⑳❶-❿⑴-⑽]|\(?[1-9가-하][.)]|제\d+[조항])\s*)+"
)
_BULLET = re.compile(r"\s*(?:(?:[-•▣□◆◇❖➔▶●○ㅇ※·]|\*{1,3})\s+)+")
_MARKS = re.compile(r"[①-⑳❶-❿⑴-⑽]|\d|[가-하]")
_CELL_MARK = re.compile(r"(?:^|\s)[·ㆍ•▪◦]\s")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as found: the slice to quote, its readable text, its items as shown, and further
    slices to quote where the items stand far apart; ``announced`` whether the line that leads up
    to them says how many there are."""

    span: Span
    text: str
    items: tuple[str, ...]
    further: tuple[Span, ...] = ()
    announced: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Blocks of one level under one parent that bear the same sort of marker, by number, and the
    block that leads up to them."""

    lead: int
    members: tuple[int, ...]


def list_items(
    index: Index, question: Question, document: Document, passage: Passage
) -> Listed | None:
    """The list that a passage, the lines that hang on it or a neighbour of it gives, at least two
    items; None where there is none. A list of ``question.count`` items goes before all others,
    the passage's own before that of a neighbour."""
    reading = read(document.text, passage.span, passage.joins)
    if asks_who(question):
        named = [
            (at, to) for at, to in people(reading.text) if not _known(question, reading, at, to)
        ]
        if len(named) > 1:
            return _from_text(reading, named)
    count = question.count
    marks = _marks(index, question, reading.text)
    own = enumeration(reading.text, marks, count)
    groups = _groups(index.blocks[passage.file], passage, count)
    below = [one for g in groups if (one := _from_group(document, index, passage, g, count))]
    fit = [one for one in below if not count or len(one.items) == count]
    fit.sort(key=lambda one: not one.announced)
    if own and (not count or len(own) == count):
        same = [one for one in fit if len(one.items) == len(own) and _begins(one, reading, own)]
        return same[0] if same else _from_text(reading, own)
    if fit:
        return fit[0]
    beside = _beside(index, question, document, passage)
    if beside is not None:
        return beside
    if own:
        return _from_text(reading, own)
    return below[0] if below else None


def _begins(one: Listed, reading: Reading, own: Sequence[tuple[int, int]]) -> bool:
    """Whether the items of a text are the lines of a group: these end where their lines do."""
    return all(
        reading.text[at:to].startswith(item) or item.startswith(reading.text[at:to])
        for (at, to), item in zip(own, one.items, strict=True)
    )


def label_items(
    index: Index, question: Question, document: Document, passage: Passage
) -> Listed | None:
    """The cells beside a label that spans several rows and that the question names: those of the
    first column whose header the question names, else of the next one. A label beside the
    passage's own rows goes before others of its table. None where there is no such label, or
    not as many cells as are asked for."""
    blocks = index.blocks[passage.file][passage.blocks[0] : passage.blocks[1] + 1]
    table = next((block.table for block in blocks if block.table is not None), None)
    if table is None or passage.rows is None:
        return None
    asked = {term.text for term in question.terms}

    def share(cell: Cell | None) -> float:
        words = korean.terms(_shown(document, cell)) if cell is not None else []
        return sum(word in asked for word in words) / len(words) if words else 0.0

    first, last = passage.rows
    labels = [cell for cell in table.cells if cell.row_span >= 2 and share(cell) == 1.0]
    if not labels:
        return None

    def place(cell: Cell) -> tuple[bool, int, int]:
        return cell.row <= last and cell.row + cell.row_span > first, cell.column, -cell.row

    label = max(labels, key=place)
    right = range(label.column + label.column_span, table.columns)
    rows = range(label.row, label.row + label.row_span)
    column = max(right, key=lambda n: (share(table.at(0, n)) > 0, -n), default=-1)
    cells = [table.at(row, column) for row in rows] if column >= 0 else []
    found = [cell for cell in dict.fromkeys(cells) if cell is not None and len(cell.span)]
    items = tuple(re.sub(r"\s등$", "", _shown(document, cell)) for cell in found)
    if len(items) < 2 or question.count not in (0, len(items)):
        return None
    if any(share(cell) == 1.0 for cell in found):
        return None  # a label of its own, whose cell is asked for
    whole = [label.span, *(c.span for c in table.cells if c.row in rows and len(c.span))]
    span = Span(min(s.start for s in whole), max(s.end for s in whole))
    if len(span) > _WHOLE:
        span = Span(found[0].span.start, found[-1].span.end)
    return _quoted(read(document.text, span, passage.joins), items)


def _shown(document: Document, cell: Cell) -> str:
    return read(document.text, cell.span).text


def cell_items(text: str) -> list[str]:
    """The items of a cell: its bullets, else what it enumerates, else the cell itself."""
    parts = [part.strip() for part in _CELL_MARK.split(text)]
    if len(parts) > 2 and not parts[0]:
        return [part for part in parts if part]
    return [text[at:to] for at, to in enumeration(text, [(0, 1, 1.0, "")])] or [text]


def _known(question: Question, reading: Reading, at: int, to: int) -> bool:
    return reading.text[at:to] in question.searched


def _marks(index: Index, question: Question, text: str) -> list[Mark]:
    """The places of the question's words, and of the years it names as documents write them."""
    found = list(find_marks(question, text, index.body.idf))
    for year in question.years:
        for match in re.finditer(rf"['’‘]{year % 100:02}(?!\d)", text):
            found.append((match.start(), match.end(), 4.0, str(year)))
    return found


def _from_text(reading: Reading, items: Sequence[tuple[int, int]]) -> Listed:
    return _quoted(reading, tuple(reading.text[at:to] for at, to in items))


def _quoted(reading: Reading, items: tuple[str, ...], further: tuple[Span, ...] = ()) -> Listed:
    """A list with the whole reading as its quote, but for the bullet that it begins with."""
    marker = _BULLET.match(reading.text)
    left = marker.end() if marker and marker.end() < len(reading.text) else 0
    return Listed(reading.span(left, len(reading.text)), reading.text[left:], items, further)


def _groups(blocks: Sequence[Block], passage: Passage, count: int) -> list[_Group]:
    """Groups of at least two members: those that a block of the passage leads up to, innermost
    first, and where as many are asked for, those that the passage is a member of. Headings are
    members only where as many are asked for."""
    first, last = passage.blocks
    inside = range(first, last + 1)
    above = {p for n in inside if (p := blocks[n].parent) is not None and p < first}
    led, of_it = [], []
    for parent in sorted({*inside, *above}, reverse=True):
        for group in _under(blocks, parent):
            heading = blocks[group.members[0]].kind is BlockKind.HEADING
            if heading and len(group.members) != count:
                continue
            if group.lead in inside or (parent in inside and group.members[0] <= last + 1):
                led.append(group)
            elif len(group.members) == count and group.members[0] <= last <= group.members[-1]:
                of_it.append(group)
            elif group.members[0] in inside and group.members[1] in inside:
                led.append(group)
    return led + of_it


def _under(blocks: Sequence[Block], parent: int) -> Iterator[_Group]:
    """The groups under a parent, in order of the text."""
    children = []
    for n in range(parent + 1, len(blocks)):
        above = blocks[n].parent
        if blocks[n].kind is BlockKind.HEADING and above is not None and above < parent:
            break
        if above == parent and blocks[n].kind in (BlockKind.BULLET, BlockKind.HEADING):
            children.append(n)
        if len(children) > 3 * _MOST:
            break
    lead = parent
    for _sort, run in groupby(children, key=lambda n: _sort_of(blocks[n])):
        members = tuple(run)
        if 2 <= len(members) <= _MOST:
            yield _Group(lead, members)
        lead = members[-1]


def _sort_of(block: Block) -> str:
    """What bullets of one list have in common: the bullet as written, or the sort of number."""
    mark = _MARKS.search(block.marker)
    sort = block.marker if mark is None else ("0" if mark.group().isdecimal() else "①")
    return f"{block.kind}{sort}"


def _from_group(
    document: Document, index: Index, passage: Passage, group: _Group, count: int
) -> Listed | None:
    """The list that a group makes, where all its members are short enough for items or all
    begin with a title."""
    blocks = index.blocks[passage.file]
    texts = []
    for n in group.members:
        text = read(document.text, blocks[n].span, blocks[n].joins).text
        marker = _MARKER.match(text)
        texts.append(text[marker.end() :] if marker else text)
    titles = [m["title"] if (m := _TITLE.match(text)) else "" for text in texts]
    longest = _COUNTED_ITEM if count == len(texts) else _ITEM
    if max(map(len, texts)) > (_TITLED if all(titles) else longest):
        if not all(titles):
            return None
        texts = titles
    lead = read(document.text, blocks[group.lead].span, blocks[group.lead].joins).text
    announced = bool(count) and says_count(lead, count)
    last = blocks[group.members[-1]].span.end
    end = max(passage.span.end, last)
    if end - passage.span.start > _WHOLE:
        reading = read(document.text, passage.span, passage.joins)
        further = tuple(
            blocks[n].span for n in group.members if not passage.span.touches(blocks[n].span)
        )
        return replace(_quoted(reading, tuple(texts), further), announced=announced)
    whole = Span(passage.span.start, end)
    joins = [*passage.joins, *_joins(blocks, passage.blocks[1] + 1, group.members[-1])]
    reading = read(document.text, whole, joins)
    return replace(_quoted(reading, tuple(texts)), announced=announced)


def _joins(blocks: Sequence[Block], first: int, last: int) -> list[int]:
    return [join for n in range(first, last + 1) for join in blocks[n].joins]


def _beside(
    index: Index, question: Question, document: Document, passage: Passage
) -> Listed | None:
    """The list of the passage behind or before this one under the same heading, where as many
    items are asked for and it has so many; the quote holds both."""
    count = question.count
    if not count:
        return None
    for other in _neighbours(index, passage):
        text = read(document.text, other.span, other.joins).text
        if not enumerates(text, count):
            continue
        left, right = sorted((passage, other), key=lambda p: p.span)
        whole = Span(left.span.start, right.span.end)
        if len(whole) > _WHOLE:
            continue
        between = _joins(index.blocks[passage.file], left.blocks[1] + 1, right.blocks[0] - 1)
        reading = read(document.text, whole, [*left.joins, *between, *right.joins])
        items = enumeration(reading.text, _marks(index, question, reading.text), count)
        if len(items) == count:
            return _from_text(reading, items)
    return None


def _neighbours(index: Index, passage: Passage) -> list[Passage]:
    """The next passage under the same heading, then the one before."""
    rows = [
        p
        for p in index.passages
        if p.file == passage.file
        and p.rows is None
        and p.path == passage.path
        and p.span != passage.span
    ]
    after = [
        p
        for p in rows
        if 0 <= p.blocks[0] - passage.blocks[1] <= _APART and p.span.start >= passage.span.end
    ]
    before = [
        p
        for p in rows
        if 0 <= passage.blocks[0] - p.blocks[1] <= _APART and p.span.end <= passage.span.start
    ]
    nearest = [min(after, key=lambda p: p.span.start)] if after else []
    return nearest + ([max(before, key=lambda p: p.span.start)] if before else [])
