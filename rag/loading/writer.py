"""Paragraphs → :class:`Extracted`: one text, and the places in it of what the format states.

A paragraph is one line, parted from the next by a blank line. Of a table, the cells of a row
stand side by side, parted by tabs, and the rows below each other. A table of a single cell is a
frame around text: its paragraphs are written as any others. Objects that float in a paragraph
stand above it if they are anchored before its text, else below it; its notes follow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from rag.loading.extracted import Extracted
from rag.loading.numbering import Head, HeadKind, Numbering
from rag.loading.page_estimate import PageEstimate, page_starts
from rag.loading.paragraphs import Box, Caption, Grid, GridCell, Note, Paragraph
from rag.outline.tables import header_shape
from rag.types import Block, BlockKind, Cell, PageMark, Span, Table

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SENTENCE = re.compile(r"[.!?:;][”\"’')\]]*\Z")
_HEADING_LENGTH = 80
_LONGEST_HEADING = 300
_TITLE_LENGTH = 60
_MOST_PLACES = 300_000
"""A table that claims more rows times columns than this is written as lines."""


def clean(text: str) -> str:
    """``text`` in NFC, without control characters, blank lines and blanks at the ends of lines."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    return "\n".join(line.rstrip() for line in text.split("\n") if not _blank(line))


def _blank(line: str) -> bool:
    return not line or line.isspace()


class Writer:
    """Takes paragraphs in reading order and keeps the offsets of what they state."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._pages = PageEstimate()
        self._parts: list[str] = []
        self._at = 0
        self._stated: list[Block] = []
        self._marks: list[PageMark] = []
        self._notes: list[Note] = []
        self._called = 0
        self._due = self._pages.label
        self._flattened = 0
        self._framed = 0

    def write(self, paragraphs: Iterable[Paragraph]) -> None:
        """Append the paragraphs of a document's body."""
        for paragraph in paragraphs:
            if paragraph.section is not None:
                self._numbering.outline = paragraph.section.outline
            self._paragraph(paragraph, self._pages.enter(paragraph))

    def finish(self) -> Extracted:
        """What was written."""
        warnings: tuple[str, ...] = ()
        if self._flattened:
            warnings = (
                f"칸의 배치를 알 수 없을 만큼 큰 표 {self._flattened}개는 표가 아니라 "
                "줄글로 읽었습니다.",
            )
        return Extracted(
            "".join(self._parts),
            tuple(self._stated),
            tuple(self._marks),
            approximate_pages=True,
            warnings=warnings,
        )

    def _paragraph(self, paragraph: Paragraph, pages: Sequence[tuple[float, str]] = ()) -> None:
        # The number is counted before the numbers of what is anchored in the paragraph.
        label = self._label(paragraph.head)
        text = self._text(paragraph, label)
        inside = page_starts(pages, len(text)) if text else []
        for _, page in pages[: len(pages) - len(inside)]:
            self._due = page
        for found in paragraph.before:
            self._object(found)
        if text:
            span = self._line(text)
            for at, page in inside:
                self._mark(span.start + at, page)
            self._state_head(paragraph.head, label, text, span)
        for found in paragraph.after:
            self._object(found)
        self._write_notes()

    def _state_head(self, head: Head | None, label: str, text: str, span: Span) -> None:
        if head is None:
            return
        if head.kind is HeadKind.HEADING:
            if len(text) <= _LONGEST_HEADING:
                self._stated.append(Block(BlockKind.HEADING, head.level, span, marker=label))
        elif head.kind is HeadKind.OUTLINE:
            # Outline levels are also used to number whole sentences: those are no headings.
            if len(text) <= _HEADING_LENGTH and not _SENTENCE.search(text) and "\n" not in text:
                self._stated.append(Block(BlockKind.HEADING, head.level, span, marker=label))
        elif head.kind is HeadKind.BULLET and label:
            self._stated.append(Block(BlockKind.BULLET, head.level, span, marker=label))

    def _label(self, head: Head | None) -> str:
        return clean(self._numbering.label(head)) if head is not None else ""

    def _text(self, paragraph: Paragraph, label: str) -> str:
        """The line of a paragraph; the notes it calls are kept for later."""
        pieces: list[str] = []
        for piece in paragraph.text:
            if isinstance(piece, Note):
                self._called += 1
                mark = " ".join(clean(piece.mark).split()) or f"{self._called})"
                note = Note(mark, piece.paragraphs)
                self._notes.append(note)
                pieces.append(f"<sup>{note.mark}</sup>")
            else:
                pieces.append(piece)
        text = clean("".join(pieces))
        if not text.strip():
            return ""
        return f"{label} {text.lstrip()}" if label else text

    def _object(self, found: Grid | Box) -> None:
        caption = found.caption
        above = self._caption(caption) if caption is not None and caption.above else None
        table: int | None = None
        # What stands in a frame is laid out with it: only the frame itself fills pages.
        turns = self._pages.rows(found) if isinstance(found, Grid) and not self._framed else []
        if isinstance(found, Box):
            self._frame(found.paragraphs)
        elif len(found.cells) == 1:
            self._frame(found.cells[0].paragraphs)
        else:
            table = self._table(found, above, turns)
        if isinstance(found, Grid) and turns and turns[-1][0] > max(c.row for c in found.cells):
            self._due = turns[-1][1]
        if caption is not None and not caption.above:
            below = self._caption(caption)
            if table is not None and below is not None:
                block = self._stated[table]
                titled = replace(block.table, caption=below) if block.table is not None else None
                self._stated[table] = replace(block, table=titled)

    def _frame(self, paragraphs: Sequence[Paragraph]) -> None:
        self._framed += 1
        for paragraph in paragraphs:
            self._paragraph(paragraph)
        self._framed -= 1

    def _caption(self, caption: Caption) -> Span | None:
        text = self._flat(caption.paragraphs)
        if not text.strip():
            return None
        span = self._line(text)
        self._stated.append(Block(BlockKind.CAPTION, 0, span))
        return span

    def _table(
        self, grid: Grid, caption: Span | None, turns: Sequence[tuple[int, str]]
    ) -> int | None:
        """Write a table whose rows begin the pages ``turns``; the index of its block, or None
        where it has none."""
        cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
        texts = [self._flat(cell.paragraphs) for cell in cells]
        if not any(text.strip() for text in texts):
            return None
        rows = max(cell.row for cell in cells) + 1
        columns = max(cell.column for cell in cells) + 1
        rows = max(rows, min(grid.rows, max(cell.row + cell.row_span for cell in cells)))
        columns = max(
            columns, min(grid.columns, max(cell.column + cell.column_span for cell in cells))
        )
        if rows * columns > _MOST_PLACES:
            self._flattened += 1
            self._line(clean("\n".join(text for text in texts if text)))
            return None
        self._separate()
        due = 0
        begun: list[tuple[int, str]] = []
        spans: list[Span] = []
        row = cells[0].row
        for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            if at:
                self._put("\t" if cell.row == row else "\n")
            row = cell.row
            while due < len(turns) and turns[due][0] <= row:
                begun.append((self._at, turns[due][1]))
                due += 1
            lead = len(text) - len(text.lstrip())
            start = self._at
            self._put(text)
            spans.append(Span(start + lead if text.strip() else start, self._at))
        low = min(span.start for span in spans if len(span))
        high = max(span.end for span in spans if len(span))
        self._mark_due(low)
        for start, page in begun:
            self._mark(max(start, low), page)
        # The blanks around a table are not its own: an empty cell stands inside what is.
        spans = [
            span if len(span) else Span(*[max(low, min(span.start, high))] * 2) for span in spans
        ]
        readable = {
            (cell.row, cell.column): " ".join(text.split())
            for cell, text in zip(cells, texts, strict=True)
        }
        placed = place_cells(cells, spans, rows, columns)
        headed = with_headers(placed, readable, rows, columns)
        table = Table(headed, rows, columns, grid.unit, caption)
        self._stated.append(Block(BlockKind.TABLE, 0, Span(low, high), table=table))
        return len(self._stated) - 1

    def _flat(self, paragraphs: Sequence[Paragraph]) -> str:
        """Paragraphs as lines of one text, with what is anchored in them."""
        lines: list[str] = []
        for paragraph in paragraphs:
            text = self._text(paragraph, self._label(paragraph.head))
            lines.extend(self._flat_object(found) for found in paragraph.before)
            lines.append(text)
            lines.extend(self._flat_object(found) for found in paragraph.after)
        return "\n".join(line for line in lines if line.strip())

    def _flat_object(self, found: Grid | Box) -> str:
        lines: list[str] = []
        caption = self._flat(found.caption.paragraphs) if found.caption is not None else ""
        if found.caption is not None and found.caption.above:
            lines.append(caption)
            caption = ""
        if isinstance(found, Box):
            lines.append(self._flat(found.paragraphs))
        else:
            cells = sorted(found.cells, key=lambda cell: (cell.row, cell.column))
            for _, row in groupby(cells, key=lambda cell: cell.row):
                lines.append("\t".join([self._flat(cell.paragraphs) for cell in row]))
        return "\n".join(line for line in (*lines, caption) if line.strip())

    def _write_notes(self) -> None:
        while self._notes:
            notes, self._notes = self._notes, []
            for note in notes:
                text = self._flat(note.paragraphs).lstrip()
                if not text:
                    continue
                if not text.startswith(note.mark):
                    text = f"{note.mark} {text}"
                span = self._line(text)
                self._stated.append(Block(BlockKind.NOTE, 0, span, marker=note.mark))

    def _line(self, text: str) -> Span:
        """Append a line of its own and give the span of what it shows."""
        self._separate()
        start = self._at
        self._put(text)
        begin = start + len(text) - len(text.lstrip())
        self._mark_due(begin)
        return Span(begin, self._at)

    def _separate(self) -> None:
        if self._parts:
            self._put("\n\n")

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)

    def _mark_due(self, at: int) -> None:
        if self._due:
            self._mark(at if self._marks else 0, self._due)
            self._due = ""

    def _mark(self, at: int, label: str) -> None:
        if self._marks and self._marks[-1].start >= at:
            at = self._marks[-1].start
            self._marks.pop()
        self._marks.append(PageMark(at, label))


def place_cells(
    cells: Sequence[GridCell], spans: Sequence[Span], rows: int, columns: int
) -> list[Cell]:
    """The cells at their places. A merged cell that would cover another, or reach out of the
    table, is cut to the places that are free; a second cell at one place is left out."""
    starts = {(cell.row, cell.column) for cell in cells}
    taken = bytearray(rows * columns)
    placed: list[Cell] = []
    for cell, span in zip(cells, spans, strict=True):
        at = cell.row * columns + cell.column
        if taken[at]:
            continue
        width = 1
        most = min(cell.column_span, columns - cell.column)
        while (
            width < most and not taken[at + width] and (cell.row, cell.column + width) not in starts
        ):
            width += 1
        height = 1
        most = min(cell.row_span, rows - cell.row)
        while height < most and not any(
            taken[at + height * columns + k] or (cell.row + height, cell.column + k) in starts
            for k in range(width)
        ):
            height += 1
        for k in range(height):
            taken[at + k * columns : at + k * columns + width] = b"\x01" * width
        placed.append(Cell(cell.row, cell.column, span, height, width, cell.header))
    return placed


def with_headers(
    cells: Sequence[Cell], readable: dict[tuple[int, int], str], rows: int, columns: int
) -> tuple[Cell, ...]:
    """The cells with their header flags: rows by the format's mark where it has set one, else by
    the shape of their texts; columns always by shape. A title over the whole width belongs to
    the header below it and is none by itself."""
    words = [[""] * columns for _ in range(rows)]
    below = [[" "] * columns for _ in range(rows)]
    for cell in cells:
        word = readable[cell.row, cell.column]
        words[cell.row][cell.column] = word
        below[cell.row][cell.column] = word or " "
        for row in range(cell.row + 1, cell.row + cell.row_span):
            below[row][cell.column] = ""
    marked = 0
    if any(cell.header for cell in cells):
        marked = min((cell.row for cell in cells if not cell.header), default=rows)
    titles = {c.row for c in cells if c.column_span == columns > 1 and c.row_span == 1}
    wide = 0
    form = not marked and _to_fill_in(cells, readable)
    while not marked and wide < rows - 2 and wide in titles:
        wide += 1
    if form or any(len(word) > _TITLE_LENGTH for row in words[:wide] for word in row):
        heads, labels = 0, header_shape(words[wide:], below[wide:], 0)[1]
    else:
        heads, labels = header_shape(words[wide:], below[wide:], marked or None)
        heads += wide if heads else 0
    if not heads:
        labels = min(labels, 1)  # a form: merged values stand beside merged labels
    return tuple(
        Cell(
            cell.row, cell.column, cell.span, cell.row_span, cell.column_span,
            cell.header
            or cell.row < heads
            or (cell.row >= wide and cell.column < labels and cell.column_span < columns),
        )
        for cell in cells
    )  # fmt: skip


def _to_fill_in(cells: Sequence[Cell], readable: dict[tuple[int, int], str]) -> bool:
    """Whether the first row holds labels with a blank place behind each, as that of a form does:
    it heads no columns."""
    first = [readable[cell.row, cell.column] for cell in cells if cell.row == 0]
    return (
        len(first) >= 2
        and len(first) % 2 == 0
        and all(map(bool, first[::2]))
        and not any(first[1::2])
    )
