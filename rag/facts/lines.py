"""The lines of a document outside its tables, each hung on the line that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.outline import parse_mark
from rag.outline.lines import UNIT, width
from rag.reading import Reading, read
from rag.reading.markup import is_html
from rag.types import Block, BlockKind, Document, Span

_READ = frozenset(
    (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NOTE, BlockKind.CAPTION)
)


@dataclass(slots=True)
class Line:
    """``span`` is the line in the source without blanks around it; ``raw`` what stands there (of
    an HTML page what shows of it), ``offset(i)`` the place of its i-th character; ``body`` the
    index in ``raw`` behind bullets and numbers, ``mark`` the style of these, "" for none.
    ``block`` numbers the block, ``first`` says that it begins there, ``tabled`` that it is the
    caption, unit or source of a table. ``parent`` and ``children`` number the lines that it hangs
    on and that hang on it."""

    span: Span
    raw: str
    body: int
    mark: str
    block: int
    kind: BlockKind
    path: tuple[str, ...]
    first: bool
    parent: int | None
    reading: Reading | None = None
    tabled: bool = False
    column: int = -1
    """Where what stands behind its first words begins, in columns as set, where that of a line beside
    it begins in the same; -1 for none."""
    continues: bool = False
    """Whether it begins there itself, and goes on from such a line."""
    children: list[int] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.raw[self.body :]

    def offset(self, at: int) -> int:
        """The place in the source of ``raw[at]``; the line's end for its length."""
        if self.reading is None:
            return self.span.start + at
        if at >= len(self.raw):
            return self.span.end
        return self.reading.offsets[at]

    @property
    def note(self) -> bool:
        return self.kind is BlockKind.NOTE or self.mark in ("※", "*", "**", "***")


def lines_of(document: Document, blocks: Sequence[Block]) -> list[Line]:
    """The lines of all blocks but tables and boilerplate, in order of the text. A line that goes
    on without a mark hangs on the same line as the first of its block, behind a bullet on that."""
    found: list[Line] = []
    heads: dict[int, int] = {}
    page = is_html(document.text)
    for number, block in enumerate(blocks):
        if block.kind not in _READ:
            continue
        above = _above(blocks, number, heads)
        begun = len(found)
        for span in _physical(document, block, page):
            first = len(found) == begun
            parent = above
            line = _line(document, block, number, span, page, first, parent)
            line.tabled = _of_table(blocks, block) or UNIT.match(line.raw) is not None
            if not first and found[begun].mark and not line.mark:
                line.parent = begun
            if line.parent is not None:
                found[line.parent].children.append(len(found))
            if first:
                heads[number] = len(found)
            found.append(line)
    if not page:
        _align(document, found)
    return found


_SET = re.compile(r"(?P<label>[^\s:：](?:[^:：]{0,38}?\S)?) {2,}(?=\S)")
_LED = re.compile(
    r"(?P<label>[^\s:：.·…‥_][^:：.…‥_]{0,38}?)\s*(?:[.·ㆍ…‥_]\s?){4,}\s*(?=[^\s\d]|\d{3})"
)
_DOTTED = 0  # the one column of all that dots lead to
_FEWEST = 2  # lines that are set alike


def _align(document: Document, lines: Sequence[Line]) -> None:
    """Marks the lines that are set in columns: "접수기간   3. 2. ~ 3. 20." over "접수처     기업지원과"."""
    run: list[tuple[Line, int, int]] = []
    for line, after in pairwise([*lines, None]):
        if line is None:
            continue
        begun = document.text.rfind("\n", 0, line.span.start) + 1
        indent = width(document.text[begun : line.span.start])
        match = _SET.match(line.raw, line.body)
        column = indent + width(line.raw[: match.end()]) if match else -1
        led = _LED.match(line.raw, line.body)
        run.append((line, indent, column if led is None else _DOTTED))
        between = document.text[line.span.end : after.span.start] if after else "\n\n"
        if between.strip() or between.count("\n") > 1:
            _mark(run)
            run = []


def _mark(run: Sequence[tuple[Line, int, int]]) -> None:
    columns = [column for _line, _indent, column in run if column >= 0]
    alike = {column for column in columns if columns.count(column) >= _FEWEST}
    last = -1
    for line, indent, column in run:
        if column in alike and (indent != last or column == _DOTTED):
            line.column = last = column
        elif indent == last and not line.mark:
            line.continues = True
        else:
            last = -1


_ITEM = re.compile(r"(?<=\s)(?=[•●▪◦❖○◆■□]\s)|\n")


def lines_within(document: Document, block: Block, number: int, span: Span) -> list[Line]:
    """The lines and bullets of a stretch of a block, such as a cell. A sort of bullet that comes up
    later hangs on those before it, and a note on the line above it."""
    page = is_html(document.text)
    text = document.text[span.start : span.end]
    joins = {at - span.start for at in block.joins}
    cuts = [0, *(m.end() for m in _ITEM.finditer(text) if m.start() not in joins), len(text)]
    found: list[Line] = []
    levels: list[str] = []  # the marks in the order in which they came up
    for low, high in pairwise(cuts):
        if not text[low:high].strip():
            continue
        part = Span(span.start + low, span.start + high)
        line = _line(document, block, number, part, page, True, None)
        if not line.raw:
            continue
        if line.mark not in levels and not line.note:
            levels.append(line.mark)
        depth = len(levels) if line.note else levels.index(line.mark)
        line.parent = next(
            (
                n
                for n in range(len(found) - 1, -1, -1)
                if not found[n].note and levels.index(found[n].mark) < depth
            ),
            None,
        )
        if line.parent is not None:
            found[line.parent].children.append(len(found))
        line.kind = BlockKind.BULLET
        found.append(line)
    return found


def _of_table(blocks: Sequence[Block], block: Block) -> bool:
    held = block.parent if block.kind is BlockKind.CAPTION else None
    return held is not None and blocks[held].table is not None


def _above(blocks: Sequence[Block], number: int, heads: dict[int, int]) -> int | None:
    """The first line of the nearest block above that this one hangs on."""
    parent = blocks[number].parent
    seen = 0
    while parent is not None and parent not in heads and seen < len(blocks):
        parent = blocks[parent].parent
        seen += 1
    return None if parent is None or parent >= number else heads[parent]


def _physical(document: Document, block: Block, page: bool) -> Iterator[Span]:
    start, end = block.span.start, block.span.end
    if page:
        yield block.span
        return
    joins = set(block.joins)
    begun = start
    at = document.text.find("\n", start, end)
    while at >= 0:
        if at not in joins:
            yield Span(begun, at)
            begun = at + 1
        at = document.text.find("\n", at + 1, end)
    yield Span(begun, end)


def _line(
    document: Document,
    block: Block,
    number: int,
    span: Span,
    page: bool,
    first: bool,
    parent: int | None,
) -> Line:
    reading = None
    if page:
        reading = read(document.text, span, block.joins)
        raw = reading.text
    else:
        raw = document.text[span.start : span.end]
        left = len(raw) - len(raw.lstrip())
        raw = raw.strip()
        span = Span(span.start + left, span.start + left + len(raw))
    body, mark = 0, ""
    if raw and not (raw[0].isalnum() and not raw[0].isdigit() and raw[1:2] not in (".", ")", " ")):
        for _ in range(2):  # "- ➔ 방문객": a bullet behind a bullet
            here = parse_mark(raw[body:])
            if here is None or body + here.content >= len(raw):
                break
            mark = mark or here.style
            body += here.content
            if raw[body] == "*":
                break
    return Line(span, raw, body, mark, number, block.kind, block.path, first, parent, reading)


def readable(document: Document, span: Span, joins: Sequence[int] = ()) -> str:
    """What a span of a document says, read; at once where there is nothing to take out."""
    raw = document.text[span.start : span.end]
    if "\n" not in raw and "  " not in raw and not set(raw) & set("<&*\\$\t\xa0"):
        return raw.strip()
    return read(document.text, span, joins).text


__all__ = ["Line", "lines_of", "readable"]
