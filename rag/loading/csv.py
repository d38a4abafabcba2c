"""Tables in text, comma- or tab-separated → :class:`Extracted`. The text is the file itself; the
cells of its one table are slices of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from rag.errors import SourceError
from rag.loading.extracted import Extracted
from rag.outline.lines import UNIT
from rag.outline.tables import header_shape, is_number
from rag.types import Block, BlockKind, Cell, Span, Table

_DELIMITERS = ",\t;|"
_SAMPLE = 100  # lines from which the delimiter is told
_MOST_CELLS = 500_000
_LONGEST_NAME = 60
_LONGEST_TITLE = 200
_REMARK = re.compile(r"(?:※|\*|주\s*\d*\s*[):：]|\(?(?:출처|자료)\s*[:：]|비고\s*[:：])")

Row = list[Span]


def read_csv(text: str, name: str) -> Extracted:
    """The table of a file of comma-, tab-, semicolon- or pipe-separated values.

    The span of a quoted cell lies inside its quotation marks; one that stands for a quotation
    mark inside is still written twice there. Lines of a single cell above the table are its
    caption and its unit, those below it remarks. Raises SourceError where there is no value, or
    more cells than can be held.
    """
    rows = _rows(text, delimiter(text))
    cells = sum(map(len, rows))
    if cells > _MOST_CELLS or len(rows) * max(map(len, rows)) > 2 * _MOST_CELLS:
        raise SourceError(
            f"문서 '{name}'의 칸이 {_MOST_CELLS:,}개를 넘어 읽지 않았습니다. 표를 나누어 주세요."
        )
    filled = [_filled(row) for row in rows]
    full = [at for at, row in enumerate(filled) if len(row) > 1]
    if not full and not any(filled):
        raise SourceError(f"문서 '{name}'의 표에 값이 없습니다. 내용이 있는 파일로 바꿔 주세요.")
    if not full:
        full = [at for at, row in enumerate(filled) if row]
        first, last = full[0], full[-1]
    else:
        first, last = _reach(text, filled, full)
    stated: list[Block] = []
    caption, unit = _above(text, filled[:first], stated)
    body = [
        row for row, cells in zip(rows[first : last + 1], filled[first:], strict=False) if cells
    ]
    table = _table(text, body, caption, unit)
    spans = [span for row in filled[first : last + 1] for span in row]
    stated.append(Block(BlockKind.TABLE, 0, Span(spans[0].start, spans[-1].end), table=table))
    for remark in filled[last + 1 :]:
        stated.extend(Block(BlockKind.NOTE, 0, span) for span in remark)
    stated.extend(_rests(text, stated))
    stated.sort(key=lambda block: block.span)
    title = text[caption.start : caption.end] if caption is not None else ""
    return Extracted(text, tuple(stated), title=title if len(title) <= _LONGEST_TITLE else "")


_STATED = re.compile(r"[^:：\d]{1,12}[:：]\s*\S")
"""A value that names itself and so is under no header."""


def delimiter(text: str) -> str:
    """The sign that parts the values of a line: the one that gives most lines of a sample the
    same number of values above one; of equals, the one that gives more values."""
    lines = text.lstrip("\ufeff").split("\n", _SAMPLE)[:_SAMPLE]
    best = (0, 0, "")
    for sign in _DELIMITERS:
        if not any(sign in line for line in lines):
            continue
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1]
        except csv.Error:
            widths = [line.count(sign) + 1 for line in lines if sign in line]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        best = max(best, (widths.count(usual) if usual else 0, usual, sign))
    return best[2] or ","


def _rows(text: str, sign: str) -> list[Row]:
    """The cells of each record, no more of them than can be held. A quotation mark opens a quoted value only where the value
    begins; one that is never closed is a character like others."""
    plain = re.compile(rf"[^{re.escape(sign)}\n]*")
    quoted = re.compile(r'[ ]*"((?:[^"]|"")*+)"[ ]*')
    rows: list[Row] = []
    row: Row = []
    at = 1 if text.startswith("\ufeff") else 0
    unclosed = False
    count = 0
    while at <= len(text) and count <= _MOST_CELLS:
        count += 1
        found = None
        if not unclosed and text[at : at + 64].lstrip(" ").startswith('"'):
            found = quoted.match(text, at)
            # After the first that is not closed there is no pair of marks to look for.
            unclosed = found is None and '"' not in text[text.index('"', at) + 1 :]
            if found is not None and text[found.end() : found.end() + 1] not in ("", sign, "\n"):
                found = None
        if found is not None:
            row.append(_trim(text, found.start(1), found.end(1)))
            at = found.end()
        else:
            end = at
            match = plain.match(text, at)
            if match is not None:
                end = match.end()
            row.append(_trim(text, at, end))
            at = end
        if at >= len(text) or text[at] == "\n":
            rows.append(row)
            row = []
        at += 1
    if row:
        rows.append(row)
    return rows


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _filled(row: Row) -> list[Span]:
    return [span for span in row if len(span)]


def _reach(text: str, filled: Sequence[Sequence[Span]], full: Sequence[int]) -> tuple[int, int]:
    """The first and the last record of the table: below a title and its unit, above remarks."""
    first, last = full[0], len(filled) - 1
    if len(filled[first]) == 2 and len(full) > 1 and UNIT.match(_of(text, filled[first][-1])):
        first = full[1]  # a title and, at the right, the unit
    while first in full[:-1] and all(_STATED.match(_of(text, span)) for span in filled[first]):
        first = full[full.index(first) + 1]  # "점검기간: …,,점검기관: …"
    while last > full[0] and (
        not filled[last] or (len(filled[last]) == 1 and _REMARK.match(_of(text, filled[last][0])))
    ):
        last -= 1
    return first, last


def _of(text: str, span: Span) -> str:
    return text[span.start : span.end].strip()


def _above(
    text: str, lines: Sequence[Sequence[Span]], stated: list[Block]
) -> tuple[Span | None, str]:
    caption: Span | None = None
    unit = ""
    for cells in lines:
        for span in cells:
            stated.append(Block(BlockKind.CAPTION, 0, span))
            found = UNIT.match(_of(text, span))
            if found:
                unit = found[1].strip()
            elif caption is None:
                caption = span
    return caption, unit


def _rests(text: str, stated: Sequence[Block]) -> list[Block]:
    """What lies between the blocks: signs that part values."""
    rests: list[Block] = []
    at = 0
    for span in [block.span for block in stated] + [Span(len(text), len(text))]:
        rest = _trim(text, at, max(at, span.start))
        if len(rest):
            rests.append(Block(BlockKind.BOILERPLATE, 0, rest))
        at = span.end
    return rests


def _table(text: str, rows: Sequence[Row], caption: Span | None, unit: str) -> Table:
    columns = max(len(row) for row in rows)
    low = next(span.start for span in rows[0] if len(span))
    high = next(span.end for span in reversed(rows[-1]) if len(span))
    words = [
        [" ".join(_of(text, span).split()) for span in row] + [""] * (columns - len(row))
        for row in rows
    ]
    named = all(word and len(word) <= _LONGEST_NAME and not is_number(word) for word in words[0])
    below = [[word or " " for word in row] for row in words]
    heads, labels = header_shape(words, below, 1 if named and len(rows) > 1 else None)
    cells = []
    for r, row in enumerate(rows):
        end = row[-1].end
        for c in range(columns):
            span = row[c] if c < len(row) else Span(end, end)
            if not len(span):
                at = min(max(span.start, low), high)
                span = Span(at, at)
            cells.append(Cell(r, c, span, header=r < heads or c < labels))
    return Table(tuple(cells), len(rows), columns, unit, caption)
