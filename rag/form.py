"""The fields of forms and notices: each label with its value, or with the place left empty for it.

A form sets labels and values side by side, several pairs to a row, labels over the rows they
hold together ("초격차프로젝트" over "분야", "미션"), a value under its label, or boxes to tick. A notice
writes them as lines, "◇ 모집인원 : 약 70명". What is left to be filled in is kept as a field
too: that nothing is stated there is an answer of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rag.form_words import BOX, is_blank, is_field, is_label, own_value, plain_label, ticked
from rag.outline import cell_text, header_depth
from rag.reading import read
from rag.types import Block, Cell, Document, Span, Table

_CELLS = 700  # a larger table is a list of data and no form
_FORMS = 4096  # blocks kept as read
_DOCUMENTS = 256  # documents whose blocks with fields are kept
_LINE = re.compile(
    r"[ \t]*(?:(?P<mark>[^\w\s\"'“‘｢「(\[<〈]|[ㅇo○](?=\s)|(?:\d{1,2}|[가나다라마바사아자차카타파하])[.)](?=\s))[ \t]*)?"
    r"(?P<label>[^\s:：<>|][^\n:：|]{0,24}?)[ \t]*[:：](?!//)[ \t]*(?P<value>[^\n]*)"
)
_PAIR = re.compile(
    r"(?<=[(,])[ ]?(?P<label>[^\s():：,][^():：,\n]{0,14}?)[ ]?[:：][ ]?(?P<value>[^():：,\n]+(?:\([^()\n]*\))?)(?=[,)])"
)
# A code, a telephone number or an address is no column header.
_STATED = re.compile(
    r"[A-Za-z가-힣]-\d|\d-[A-Za-z가-힣]|\d{3}-\d{4}|@|(?:19|20)\d\d\. ?\d{1,2}\. ?\d"
)
_TITLE = 8  # characters of the word that begins a run of cells
_COUNTER = re.compile(r"no\.?|번호|순번|연번|순서|일련번호|#", re.IGNORECASE)
_NOTHING = re.compile(r"[-–—.·\s]*")
_UNIT = re.compile(
    r"\((?:[^()]*[,/]\s?)?(?:%p?|[십백천만억조]*\s?(?:원|불|달러|명|개|건|톤|㎡|km|년))\)$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value: its span in the source and its readable text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value. ``names`` are the labels that hold it, outermost first, its own
    last; ``written`` is that as the source has it, ``label`` its span. ``runs`` are the value's cells or line, one run for
    each row that the label reaches; empty where the place is left blank. ``line`` says that label and
    value were written as one line, ``own`` that the label looks like the name of a field by
    itself, ``keyed`` that it is a cell of a table of data under the names of its row and its column, of
    which both must be said."""

    names: tuple[str, ...]
    written: str
    label: Span
    runs: tuple[tuple[Piece, ...], ...]
    line: bool = False
    own: bool = True
    keyed: bool = False

    @property
    def blank(self) -> bool:
        return not self.runs


@dataclass(frozen=True, slots=True)
class _Source:
    """Names a block by its document's digest and its place; the rest is carried along."""

    digest: str
    span: Span
    document: Document = field(compare=False)
    block: Block = field(compare=False)


def fields_of(document: Document, block: Block) -> tuple[Field, ...]:
    """The fields of a block in source order: those of a form's rows and of lines inside its cells,
    or the line that a paragraph or bullet is. Empty for tables of data and large tables, but
    for the lines in their cells."""
    return _fields(_Source(document.digest, block.span, document, block))


@lru_cache(maxsize=_FORMS)
def _fields(source: _Source) -> tuple[Field, ...]:
    document, block = source.document, source.block
    if block.table is None:
        return tuple(_lines(document, block, block.span, ()))
    if len(block.table.cells) > _CELLS:
        return ()
    form = _Form(document, block, block.table)
    found = [*(form.fields() if form.is_form() else form.keyed())]
    for cell, text in form.texts.items():
        if len(text) > 3:
            found += _lines(document, block, cell.span, form.names_left(cell))
    return tuple(sorted(found, key=lambda one: one.label))


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Names the blocks of a document by its digest and their number."""

    digest: str
    count: int
    document: Document = field(compare=False)
    blocks: Sequence[Block] = field(compare=False)


def blocks_with_fields(document: Document, blocks: Sequence[Block]) -> tuple[int, ...]:
    """The numbers of a document's blocks that have fields, ascending; ``blocks`` are all of
    them."""
    return _with_fields(_Blocks(document.digest, len(blocks), document, blocks))


@lru_cache(maxsize=_DOCUMENTS)
def _with_fields(held: _Blocks) -> tuple[int, ...]:
    return tuple(at for at, block in enumerate(held.blocks) if fields_of(held.document, block))


class _Form:
    """A table read as a form."""

    def __init__(self, document: Document, block: Block, table: Table) -> None:
        self._table = table
        self.texts: Mapping[Cell, str] = {
            cell: cell_text(document, block, cell) if len(cell.span) else "" for cell in table.cells
        }
        self._rows = [self._row(row) for row in range(table.rows)]
        self._stacked = {cell for stack in self._stacks() for cell in stack}

    def is_form(self) -> bool:
        """Whether labels stand beside their values: no column headers above them, or two columns
        of which the left one names fields, or headers all over the width, or a first row that
        states something above rows that are cut otherwise."""
        depth = header_depth(self._table)
        if not depth or self._table.columns == 2:
            return True
        top = [c for c in self._table.cells if c.row < depth and self.texts[c]]
        if depth > 2 or any(c.column_span == self._table.columns > 1 for c in top):
            return True
        stated = any(BOX.match(self.texts[c]) or _STATED.search(self.texts[c]) for c in top)
        return depth == 1 and stated and self._uneven(depth)

    def _uneven(self, depth: int) -> bool:
        """Whether most rows are cut into cells otherwise than the column headers above them."""
        edges = {cell.column for cell in self._rows[0]}
        body = self._rows[depth:]
        other = [row for row in body if {cell.column for cell in row} != edges]
        return 2 * len(other) > len(body) + 1

    def fields(self) -> Iterator[Field]:
        first = self._rows[0] if self._rows else []
        headed = self._table.columns == 2 == len(first) and all(
            c.header and c.row_span == 1 and is_label(self.texts[c]) for c in first
        )
        for number, row in enumerate(self._rows):
            if headed and number == 0:
                continue  # "항목 | 내용" above two columns
            for at, cell in enumerate(row):
                if cell.row == number and self.texts[cell]:
                    made = self._own(cell) or (
                        self._field(number, at) if self._labels(cell) else None
                    )
                    if made is not None:
                        yield made
                        yield from _titled(made)

    def keyed(self) -> Iterator[Field]:
        """The cells below column headers, each under the name of its row and of its column. Numbers
        whose unit stands elsewhere are left out."""
        table, texts = self._table, self.texts
        depth = header_depth(table)
        if table.unit:
            return
        heads = [
            list(dict.fromkeys(self._rows_of(column, depth))) for column in range(table.columns)
        ]
        counted = _COUNTER.fullmatch("".join(texts[c] for c in heads[0]).strip())
        key = 1 if counted and table.columns > 2 else 0
        for cell in table.cells:
            row = [c for c in self._rows[cell.row] if c.column < cell.column]
            inner = [c for c in row if c.header and c.column > key] or row[-1:]
            named = table.at(cell.row, key)
            if named is not None and named.row_span > 1 and inner:
                named = inner[-1]  # "중소기업" over "운전자금" and "시설자금"
            if cell.row < depth or cell.column <= key or named is None or not texts[named]:
                continue
            if named is cell or named.row_span > 1:
                continue
            head = [c for c in heads[cell.column] if texts[c]]
            if (
                not head
                or cell.row_span > 1
                or cell.column_span > 1
                or _UNIT.search(texts[head[-1]])
            ):
                continue
            text = texts[cell]
            runs = ((Piece(cell.span, text),),) if text else ()
            if not text or not _NOTHING.fullmatch(text):
                names = (texts[named], texts[head[-1]])
                yield Field(names, texts[head[-1]], named.span, runs, keyed=True)

    def _rows_of(self, column: int, depth: int) -> Iterator[Cell]:
        held = (self._table.at(row, column) for row in range(depth))
        return (cell for cell in held if cell is not None)

    def names_left(self, cell: Cell, *, value: bool = True) -> tuple[str, ...]:
        """The labels at the left of a value that name it, or of a label that hold it together with
        others."""
        row = self._rows[cell.row]
        left = [c for c in row[: row.index(cell)] if self._labels(c)]
        near = left[-1:] if value else []
        return tuple(
            plain_label(self.texts[c]) for c in left if c in near or c.row_span > cell.row_span
        )

    def _row(self, row: int) -> list[Cell]:
        held = (self._table.at(row, column) for column in range(self._table.columns))
        return list(dict.fromkeys(cell for cell in held if cell is not None))

    def _stacks(self) -> Iterator[list[Cell]]:
        """Labels one below another beside a label that reaches all their rows."""
        for group in self._table.cells:
            if group.row_span < 2 or not is_label(self.texts[group]):
                continue
            column = group.column + group.column_span
            rows = range(group.row, min(group.row + group.row_span, self._table.rows))
            beside = [self._table.at(row, column) for row in rows]
            cells = list(dict.fromkeys(c for c in beside if c is not None and c.row in rows))
            wide = {c.column_span for c in cells}
            right = column + max(wide, default=0)
            if (
                len(cells) > 1
                and len(wide) == 1
                and right < self._table.columns
                and all(is_label(self.texts[c]) for c in cells)
                and (group.column == 0 or is_field(self.texts[group]))
                and 2 * sum(is_field(self.texts[c], beside=True) for c in cells) > len(cells)
            ):
                yield cells

    def _labels(self, cell: Cell) -> bool:
        """Whether a cell is the label of a field: at the left of a row with more in it, or by its
        own words, or one of a stack of labels."""
        text = self.texts[cell]
        if not is_label(text):
            return False
        if is_field(text) or cell in self._stacked:
            return True
        return cell.column == 0 and cell.column_span < self._table.columns

    def _own(self, cell: Cell) -> Field | None:
        """A cell that holds label and value at once: "수수료 없음", "처리기간 3일"."""
        told = own_value(self.texts[cell])
        if told is None:
            return None
        piece = Piece(cell.span, told[1])
        names = (*self.names_left(cell, value=False), told[0])
        return Field(names, told[0], cell.span, ((piece,),), line=True)

    def _field(self, number: int, at: int) -> Field | None:
        row = self._rows[number]
        cell = row[at]
        rows = range(number, min(number + cell.row_span, self._table.rows))
        if cell.row_span > 1 and 2 * sum(self._next_labels(r, cell) for r in rows) >= len(rows):
            return None  # what holds further labels has no value of its own
        told = tuple(dict.fromkeys(run for r in rows if (run := self._run(r, cell))))
        if not told:
            below = self._below(cell, row, at)
            if below is None:
                return None
            told = (below,) if below else ()
        pieces = tuple(tuple(Piece(c.span, self.texts[c]) for c in run) for run in told)
        pieces = tuple(run for run in pieces if not is_blank(shown(run)))
        written = self.texts[cell]
        names = (*self.names_left(cell, value=False), plain_label(written))
        return Field(names, written, cell.span, pieces, own=is_field(written))

    def _next_labels(self, row: int, cell: Cell) -> bool:
        """Whether the cell right of a label in a row is a label too."""
        cells = self._rows[row]
        after = cells[cells.index(cell) + 1 :][:1]
        return any(map(self._labels, after))

    def _run(self, row: int, label: Cell) -> tuple[Cell, ...]:
        """The cells with text right of a label in one row, up to the next label."""
        cells = self._rows[row]
        found: list[Cell] = []
        for cell in cells[cells.index(label) + 1 :]:
            if self._labels(cell) or own_value(self.texts[cell]):
                break
            if self.texts[cell]:
                found.append(cell)
        return tuple(found)

    def _below(self, cell: Cell, row: Sequence[Cell], at: int) -> tuple[Cell, ...] | None:
        """The cell under a label that has nothing beside it: as wide as the label, or over the
        whole width under a label that has its row for itself. Empty where that is left blank;
        None where the cell names nothing."""
        under = self._rows[cell.row + cell.row_span :][:1]
        after = row[at + 1] if at + 1 < len(row) else None
        beside = after is not None and not self.texts[after]
        for other in under[0] if under else ():
            whole = other.column_span == self._table.columns > 1
            alone = not any(self.texts[c] for c in row if c is not cell)
            same = (other.column, other.column_span) == (cell.column, cell.column_span)
            if same and not beside and not self._labels(other) and cell.column:
                return (other,) if self.texts[other] else ()
            text = self.texts[other]
            if whole and alone and text and not is_label(text) and "위와 같이" not in text:
                return (other,)
        if beside or is_field(self.texts[cell]):
            return ()
        return None


def _titled(made: Field) -> Iterator[Field]:
    """The same field under the words that begin each of its runs: "사무관 | 이름 | 전화" beside "담당자"
    answers who the 사무관 is."""
    for run in made.runs:
        title = run[0].text
        if len(run) > 1 and len(title) <= _TITLE and is_label(title):
            yield Field((*made.names, title), title, run[0].span, (run[1:],))


def _lines(document: Document, block: Block, span: Span, names: tuple[str, ...]) -> Iterator[Field]:
    """The lines "label : value" in a span. A value left empty is one only inside a table, since
    what a line of prose announces may follow below it."""
    text = document.text
    yield from _inside(document, span, names)
    at = span.start
    for line in text[span.start : span.end].split("\n"):
        found = _LINE.match(line)
        if found is not None and is_label(found["label"]):
            start = at + found.start("label")
            end = at + len(line.rstrip())
            value = read(text, Span(at + found.start("value"), max(end, at + found.start("value"))))
            told = value.text.strip()
            label = Span(start, at + found.end("label"))
            inside = (*names, plain_label(found["label"]))
            if told and not is_blank(told):
                piece = Piece(Span(at + found.start("value"), end), told)
                yield Field(
                    inside, found["label"], label, ((piece,),), True, is_field(found["label"])
                )
            elif block.table is not None and is_field(found["label"]):
                yield Field(inside, found["label"], label, (), True)
        at += len(line) + 1


def _inside(document: Document, span: Span, names: tuple[str, ...]) -> Iterator[Field]:
    """The pairs "label : value" in brackets inside a sentence: "(우편번호 : 12345, 전화 : …)", and a
    line that stands in brackets as a whole."""
    text = document.text
    for found in _PAIR.finditer(text, span.start, span.end):
        label, value = found["label"].strip(), found["value"].strip()
        if is_label(label) and value and not is_blank(value):
            piece = Piece(Span(*found.span("value")), " ".join(value.split()))
            own = is_field(label)
            yield Field((*names, label), label, Span(*found.span("label")), ((piece,),), True, own)


def shown(pieces: Sequence[Piece]) -> str:
    """What the cells of a run say: the boxes that are ticked where there are boxes, else their
    texts."""
    boxes = [piece for piece in pieces if BOX.match(piece.text)]
    if boxes:
        return "; ".join(t for piece in boxes if (t := ticked(piece.text)))
    return " ".join(piece.text for piece in pieces)
