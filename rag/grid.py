"""A table read once for answering: every cell with what names it, its number and its unit.

Reading costs far more than choosing a cell, and the questions of a session come back to the same
tables, so the last few tables read are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rag import korean
from rag.labelled import bare, labelled_items
from rag.outline import Headers, cell_text, header_depth
from rag.outline.layout import Layout
from rag.quantity import number_parts
from rag.reading import read
from rag.table_form import column_texts, inner_header, paired, side_by_side
from rag.types import Block, Cell, Document, Span, Table

_TABLES = 64  # tables kept as read
_COLUMNS = 4  # columns of large tables kept as read: one may have thousands of entries
_UNIT_LINE = 40  # characters between a caption and its table, for a line with the unit
_UNIT_ABOVE = re.compile(r"[(\[<]\s*단위[^()\[\]\n]*[)\]>]")
_DITTO = re.compile(r"[〃″〞\"]|상동|위와 같음")
_TEXTS = 16384  # texts of cells whose terms are kept

Period = tuple[int, int]
"""A year and a month, the month 0 where a whole year is meant."""

_RANGE = re.compile(r"\d\s?년?\s?[~∼～-]\s?['’‘`]?\s?\d")
_YEAR = re.compile(r"((?:19|20)\d{2})년")
_MONTH = re.compile(r"(\d{1,2})월")
_DATED = re.compile(r"(?:19|20)\d\d|[^\w\s,.(]\s?\d\d|\d\s*[년월年月./-]|[㋀-㋋]")
_CHANGE = re.compile(r"조정|증감|변화|변동|증가[액폭]|감소[액폭]|등락|차이|격차")
_UNIT = re.compile(r"\(([^()]*)\)\s*$")
_UNITS = re.compile(
    r"(?:%p?|[십백천만억조]*\s?(?:원|불|달러|명|개|건|호|대|톤|회선|가구|㎡|ha|km|시간|년|일|배))"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with its names. ``beside`` are row headers from the left, ``above`` column headers
    from the top; ``label`` is the innermost row header; ``others`` are the other cells of each row
    that the cell reaches. ``level`` is the number that the cell
    holds, ``share`` the one in brackets behind it or in its stead, as written; "" where there is
    none. ``periods`` are those of its headers; ``ranged`` says that a header spans several.
    ``group`` says that a narrower label stands between this one and its values; ``half`` that
    another list stands beside this cell's in the same row. ``inner`` is the last column header
    where it stands inside the cell's own group, else "". ``text`` is one item of the cell where
    each of its items begins with a label, which is then the innermost of ``beside``. Where the
    labels at the left name attributes, ``others`` are the other cells of the column, and its
    header is an entry too."""

    cell: Cell
    row: int
    column: int
    text: str
    beside: tuple[str, ...]
    above: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    level: str
    share: str
    periods: tuple[Period, ...]
    ranged: bool
    change: bool
    group: bool
    half: bool
    inner: str

    @property
    def label(self) -> str:
        return self.beside[-1] if self.beside else ""

    @property
    def numeric(self) -> bool:
        return bool(self.level or self.share)


@dataclass(frozen=True, slots=True)
class Grid:
    """Entries in row-major order; empty cells and column headers are left out. ``changes``
    says whether a column holds changes; ``context`` are the headings and the caption above.
    ``table`` holds the cells that were read, of a large table a part; ``rows`` are the rows of
    such a part, None where all were read. ``aside`` says that the table compares what its column
    headers name, attribute by attribute; ``unit_line`` is the line with the unit right above."""

    table: Table
    layout: Layout
    depth: int
    entries: tuple[Entry, ...]
    changes: bool
    context: tuple[str, ...]
    rows: frozenset[int] | None
    aside: bool = False
    unit_line: Span | None = None

    def row_span(self, row: int) -> Span:
        """The source of a row's own cells; of the merged cells that reach it where it has none."""
        own = self.layout.row_span(row)
        if own is not None:
            return own
        reach = [self.table.at(row, column) for column in range(self.table.columns)]
        return around([c.span for c in reach if c is not None and len(c.span)])

    def apart(self, row: int) -> bool:
        """Whether a row's cells stand together in the source: where a table was written as one
        list per column, other rows lie between them."""
        return self.layout.alone(row, self.row_span(row))

    def holds(self, rows: Iterable[int]) -> bool:
        """Whether all of some rows were read."""
        return self.rows is None or self.rows.issuperset(rows)

    def header_span(self) -> Span | None:
        """The rows of column headers at the top as one span, from the caption on where that and
        the unit stand right above them; None where there are none."""
        spans = [c.span for c in self.table.cells if c.row < self.depth and len(c.span)]
        if not spans:
            return None
        found = around(spans)
        caption = self.table.caption
        if caption is not None and 0 <= found.start - caption.end <= _UNIT_LINE:
            return Span(caption.start, found.end)
        return found if self.unit_line is None else around([self.unit_line, found])


@dataclass(frozen=True, slots=True)
class _Source:
    """Names a table by its document's digest and its place; the rest is carried along."""

    digest: str
    span: Span
    document: Document = field(compare=False)
    block: Block = field(compare=False)


def grid_of(
    document: Document,
    block: Block,
    weights: Mapping[str, float] | None = None,
    own: tuple[int, int] | None = None,
    *,
    sample: bool = False,
) -> Grid | None:
    """The table of a block as read; None for a block without one. Of a large table only the
    rows that :meth:`rag.outline.layout.Layout.rows_for` names."""
    if block.table is None:
        return None
    source = _Source(document.digest, block.span, document, block)
    layout = _layout(source)
    if layout is None or not layout.large:
        return _read(source, None)
    return _read(source, layout.rows_for(weights or {}, own, sample=sample))


def column_of(document: Document, block: Block, entry: Entry) -> Grid | None:
    """One entry's column of a block's table in all rows, with what names it and no other values;
    None for a block without a table."""
    source = _Source(document.digest, block.span, document, block)
    return _read_column(source, entry.column, not entry.half)


@lru_cache(maxsize=_TABLES)
def _layout(source: _Source) -> Layout | None:
    table = source.block.table
    return None if table is None else Layout(source.document, source.block, table)


_terms_of: dict[str, tuple[str, ...]] = {}
"""Texts of cells last read, oldest first, with their terms."""


def text_terms(text: str) -> tuple[str, ...]:
    """Index terms of a short text in order, kept for the texts last read."""
    found = _terms_of.get(text)
    if found is None:
        found = tuple(korean.terms(text))
        _keep(text, found)
    return found


def learn_terms(texts: Iterable[str]) -> None:
    """Analyses texts in one batch, so that :func:`text_terms` finds them at hand."""
    new = [text for text in dict.fromkeys(texts) if text not in _terms_of][:_TEXTS]
    for text, found in zip(new, korean.terms_many(new), strict=True):
        _keep(text, tuple(found))


def _keep(text: str, found: tuple[str, ...]) -> None:
    while len(_terms_of) >= _TEXTS:
        # Several threads may come here at once: what one of them has dropped is gone.
        _terms_of.pop(next(iter(_terms_of), ""), None)
    _terms_of[text] = found


@lru_cache(maxsize=_TEXTS)
def periods_of(text: str) -> tuple[Period, ...]:
    """Years and months that a text names in order: "'20.12" is (2020, 12), "2018년" (2018, 0)."""
    found: list[Period] = []
    if _DATED.search(text) is None:  # most labels need no analysis
        return ()
    for term in text_terms(text):
        year, month = _YEAR.fullmatch(term), _MONTH.fullmatch(term)
        if year:
            found.append((int(year.group(1)), 0))
        elif month and found and found[-1][1] == 0:
            found[-1] = (found[-1][0], int(month.group(1)))
    return tuple(found)


def is_period_term(term: str) -> bool:
    """Whether a term is a year or a month."""
    return bool(_YEAR.fullmatch(term) or _MONTH.fullmatch(term))


def unit_of(table: Table, entry: Entry, *, share: bool) -> str:
    """The unit of an entry's number, "" where it cannot be told.

    A header that ends in a unit ("5G 비중(%)") or is one says it first. Of the table's own, "억불, %"
    gives the first to plain numbers and the share to those in brackets, and "%, %p" the points to
    changes.
    """
    for name in (*reversed(entry.above), *reversed(entry.beside)):
        bracket = _UNIT.search(name)
        said = (bracket.group(1) if bracket else name).strip()
        if _UNITS.fullmatch(said):
            return said
    units = [u.strip() for u in table.unit.split(",")]
    units = [u for u in units if u and not u.endswith(("대비", "기준"))]
    shares = [u for u in units if u.startswith("%")]
    plain = [u for u in units if not u.startswith("%")]
    if share:
        return shares[0] if shares else ("%" if plain else "")
    if not plain and shares:
        return shares[-1] if entry.change else shares[0]
    return plain[0] if len(plain) == 1 else ""


def around(spans: Sequence[Span]) -> Span:
    """The span from the first of some spans to the end of the last; at least one is given."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


@lru_cache(maxsize=_TABLES)
def _read(source: _Source, rows: frozenset[int] | None) -> Grid | None:
    layout = _layout(source)
    if layout is None:
        return None
    table = layout.table if rows is None else layout.part(rows)
    return _grid(source.document, replace(source.block, table=table), table, layout, rows, None)


@lru_cache(maxsize=_COLUMNS)
def _read_column(source: _Source, column: int, labelled: bool) -> Grid | None:
    layout = _layout(source)
    if layout is None:
        return None
    # A label that is no header is found by going left, cell by cell.
    table = layout.columns([column] if labelled else range(column + 1))
    return _grid(source.document, replace(source.block, table=table), table, layout, None, column)


def _grid(
    document: Document,
    block: Block,
    table: Table,
    layout: Layout,
    rows: frozenset[int] | None,
    only: int | None,
) -> Grid:
    """The entries of a table, of the column ``only`` alone where that is given."""
    texts = {cell: cell_text(document, block, cell) for cell in table.cells if len(cell.span)}
    places: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                places[row][column] = cell
    depth = header_depth(table)
    headers = Headers(document, block)
    for cell, text in texts.items():
        if cell.row and _DITTO.fullmatch(text):
            texts[cell] = texts.get(places[cell.row - 1][cell.column] or cell, text)
    pairs = only is None and not depth and paired(texts, places)
    entries: list[Entry] = []
    if only is None:
        learn_terms(texts.values())
    aside = only is None and rows is None and side_by_side(texts, table.columns, depth)
    for cell, text in texts.items():
        if not text or cell.row < depth or only not in (None, cell.column):
            continue
        if pairs and cell.column % 2 == 0:
            continue
        beside, above = headers.of(cell.row, cell.column)
        if cell.row_span > 1:  # a value merged over rows belongs to the labels of them all
            wide = [c for c in places[cell.row] if c and c.row_span >= cell.row_span]
            beside = tuple(name for name in beside if name in {texts.get(c) for c in wide})
        inner = inner_header(texts, places, cell)
        above = (*above, inner) if inner else above
        near = places[cell.row][: cell.column]
        right = places[cell.row][cell.column + cell.column_span :]
        others: tuple[tuple[str, ...], ...]
        if pairs:
            field_cell = places[cell.row][cell.column - 1]
            beside = (texts.get(field_cell, ""),) if field_cell is not None else ()
            others = ((),) * cell.row_span
        elif aside and not cell.header:
            others = (column_texts(texts, places, cell, depth),) * cell.row_span
        else:
            others = tuple(
                tuple({texts[c]: None for c in row if c and c is not cell and texts.get(c)})
                for row in places[cell.row : cell.row + cell.row_span]
            )
        items = labelled_items(text)
        for label, item in items or [("", text if cell.header else bare(text))]:
            level, share = number_parts(item)
            names = (*beside, label, *above) if label else (*beside, *above)
            entries.append(
                Entry(
                    cell=cell,
                    row=cell.row,
                    column=cell.column,
                    text=item,
                    beside=names[: len(names) - len(above)],
                    above=above,
                    others=others,
                    level=level,
                    share=share,
                    periods=tuple(p for name in names for p in periods_of(name)),
                    ranged=any(_RANGE.search(name) for name in names),
                    change=any(_CHANGE.search(name) for name in above),
                    group=cell.header and any(c and c.header and texts.get(c) for c in right),
                    inner=inner,
                    half=bool(beside)
                    and any(c and not c.header and texts.get(c) == beside[-1] for c in near),
                )
            )
    if aside:
        entries += [
            _compared(cell, text, column_texts(texts, places, cell, depth))
            for cell, text in texts.items()
            if cell.row == depth - 1 and cell.column and text
        ]
    caption = (read(document.text, table.caption).text,) if table.caption else ()
    context = (*block.path, *caption)
    entries.sort(key=lambda entry: (entry.row, entry.column))
    changes = any(e.change for e in entries)
    unit = _unit_line(document.text, block) if table.unit else None
    return Grid(table, layout, depth, tuple(entries), changes, context, rows, aside, unit)


def _unit_line(text: str, block: Block) -> Span | None:
    """The line with the unit right above a table."""
    start = max(0, block.span.start - _UNIT_LINE)
    lines = list(_UNIT_ABOVE.finditer(text, start, block.span.start))
    return Span(*lines[-1].span()) if lines else None


def _compared(cell: Cell, text: str, others: tuple[str, ...]) -> Entry:
    """A column header as what the cells below it are about."""
    return Entry(
        cell=cell,
        row=cell.row,
        column=cell.column,
        text=text,
        beside=(),
        above=(),
        others=(others,) * cell.row_span,
        level="",
        share="",
        periods=(),
        ranged=False,
        change=False,
        group=False,
        half=False,
        inner="",
    )
