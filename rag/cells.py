"""A table cell as the answer: the row and the column that the question names.

The question's words are shared out between what names the row (the other cells of it, its group)
and what names the column (the headers above). The cell where both meet is the answer; a question
that quotes a description and asks for its name or date is the same case, with the description
naming the row. A question about a whole column, or about the rows of a merged label, is answered
with the labels or cells that it picks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rag.columns import Choice, asks_column, asks_period, choose, column_meant
from rag.grid import Entry, Grid, around, column_of, grid_of
from rag.header_words import asks_inside
from rag.index import Index
from rag.naming import Naming, term_weights
from rag.types import Block, Cell, Document, Passage, Question, Span

_OWN_ROWS = 1.0  # what the rows that the ranker found have before the others of their table
_MOST = 12  # labels; a longer column of them is no list that one would read out
_SHOWN = 5  # rows cited one by one where several pass a test
_SAME = 1e-9  # scores no further apart are alike
_MONTH = re.compile(
    r"(?<![\d.])(?:['’‘]|19|20)?(?P<year>\d{2})\s?[.년]\s?(?P<month>1[0-2]|0?[1-9])(?![\d])"
)
_ONE = 0.5  # what one cell counts where a whole column is asked for
_TOP = 0.7  # what the top of a table counts, against the row that answers


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """A cell that answers. ``text`` is the fact with its unit; ``quote`` the slice to show, a row
    or, where rows are not written in one piece, the cell; ``further`` the slices that name it,
    labels before headers. ``support`` in [0, 1] is how much of the question's weight the row and
    the column named. ``final`` says that nothing is to be looked for inside ``text``."""

    cell: Cell
    quote: Span
    further: tuple[Span, ...]
    text: str
    support: float
    column_named: bool
    final: bool = False


def table_of(index: Index, passage: Passage) -> Block | None:
    """The table that a passage was cut from; None for other passages."""
    blocks = index.blocks[passage.file]
    first, last = passage.blocks
    return next(
        (b for b in blocks[first : last + 1] if b.table and b.span.touches(passage.span)), None
    )


def answer_cell(
    index: Index, question: Question, document: Document, passage: Passage
) -> CellAnswer | None:
    """The best cell of the passage's table; None where no header or neighbour is named, or the
    passage is no table. Rows of the passage go before others, then the upper, then the left."""
    block = table_of(index, passage)
    naming = _naming(index, question, document, block, passage.rows) if block else None
    if block is None or naming is None:
        return None
    chosen = _choice(index, naming, document, block)
    if chosen is not None:
        return _chosen(*chosen)
    children = _children(naming) if asks_inside(question) else ()
    if children:
        return _listed(naming, children)
    best = _best(naming, passage.rows)
    return None if best is None else _answer(naming, best)


class Fits:
    """How surely the table rows among some passages hold the cell that one question asks for."""

    def __init__(self, index: Index, question: Question) -> None:
        self._index = index
        self._question = question
        self._known: dict[tuple[str, Span], tuple[int, float]] = {}
        self._documents = {document.file: document for document in index.documents}

    def of(self, passage: Passage) -> float:
        """In [0, 1.3]: the share of the question's weight that the row, the column and the caption
        of the best cell name, and up to 0.3 more for the caption alone; 0 where the row or the
        column is not named at all, where the question's year is another, and for passages that
        hold neither that cell's row nor the top of its table."""
        block = table_of(self._index, passage) if passage.rows is not None else None
        if block is None or passage.rows is None:
            return 0.0
        key = (passage.file, block.span)
        if key not in self._known:
            self._known[key] = self._fit(self._documents[passage.file], block)
        row, fit = self._known[key]
        if passage.rows[0] <= row <= passage.rows[1]:
            return fit
        return _TOP * fit if passage.rows[0] == 0 else 0.0

    def _fit(self, document: Document, block: Block) -> tuple[int, float]:
        naming = _naming(self._index, self._question, document, block, None)
        if naming is None:
            return -1, 0.0
        chosen = _choice(self._index, naming, document, block)
        if chosen is not None:
            naming, choice = chosen
            return naming.row_of(choice.chosen[0]), naming.fit(choice.chosen[0], chosen=True)
        best = _best(naming, None)
        if best is None:
            return -1, 0.0
        fit = naming.fit(best, chosen=False)
        return naming.row_of(best), _ONE * fit if asks_column(self._question) else fit


def _naming(
    index: Index,
    question: Question,
    document: Document,
    block: Block,
    own: tuple[int, int] | None,
) -> Naming | None:
    """A question put to a table, or to the part of a large one that it needs."""
    grid = grid_of(
        document, block, term_weights(index, question), own, sample=asks_column(question)
    )
    return None if grid is None else Naming(index, question, grid)


def _choice(
    index: Index, naming: Naming, document: Document, block: Block
) -> tuple[Naming, Choice] | None:
    """What a question about a whole column finds in the table, with the naming that it was
    found by: where a part of the table was read, the column that it means is read whole."""
    if naming.grid.rows is not None and not asks_period(naming.question):
        column = column_meant(naming.grid, naming.column) if asks_column(naming.question) else ()
        if not column or column[0].inner:
            return None
        grid = column_of(document, block, column[0])
        if grid is None:
            return None
        naming = Naming(index, naming.question, grid)
    choice = choose(
        naming.question, naming.grid, naming.column, naming.row, naming.figure, naming.shown
    )
    return None if choice is None else (naming, choice)


def _best(naming: Naming, rows: tuple[int, int] | None) -> Entry | None:
    """The entry that is named best; of two nearly as good one of these rows, then, where their
    column headers tell months ("전망시점 '20.12 | '21.3"), the latest, then the first."""
    best: tuple[float, Entry] | None = None
    alike: list[Entry] = []
    for entry in naming.grid.entries:
        score = naming.score(entry)
        if score is None or not naming.answerable(entry):
            continue
        if rows is not None and entry.row <= rows[1] and rows[0] < entry.row + entry.cell.row_span:
            score += _OWN_ROWS
        if best is None or score > best[0] + _SAME:
            best = (score, entry)
            alike = [entry]
        elif score >= best[0] - _SAME and entry.row == best[1].row:
            alike.append(entry)
    dated = [entry for entry in alike if _month(entry)]
    if dated and best is not None and _month(best[1]):
        return max(dated, key=_month)  # the first of several
    return None if best is None else best[1]


def _month(entry: Entry) -> tuple[int, int]:
    """The year, of two digits, and the month that a column header tells last; (0, 0) for none."""
    told = [match for header in entry.above for match in _MONTH.finditer(header)]
    return (int(told[-1]["year"]), int(told[-1]["month"])) if told else (0, 0)


def _children(naming: Naming) -> tuple[Entry, ...]:
    """The cells of the rows that a merged label holds, where a list is asked for by that label
    and no one row of it is named: those of the column that is wanted, else the next labels."""
    words = naming.words
    groups = [
        e
        for e in naming.grid.entries
        if e.cell.header
        and e.cell.row_span > 1
        and (not words.unsaid(e.text) or naming.said(e.text))
        and words.weight(words.found([e.text])) > 0
    ]
    for group in groups:
        said = words.found([group.text])
        rows = range(group.row, group.row + group.cell.row_span)
        if not naming.grid.holds(rows):
            continue
        inside = [e for e in naming.grid.entries if e.row in rows and e.column > group.column]
        wanted = [e for e in inside if naming.focused(e)]
        first = min((e.column for e in wanted or inside), default=0)
        column = tuple(e for e in inside if e.column == first)
        common = said | words.found([*naming.grid.context, *column[0].above]) if column else said
        told = [words.asked([e.label, e.text]) - common for e in column]
        if len(column) > 1 and not any(told):
            return column
    return _labels(naming)


def _labels(naming: Naming) -> tuple[Entry, ...]:
    """The labels of all rows of a table, where the column header above them is named and none of
    them is: "어떤 분야로 나뉘나요"."""
    words, grid = naming.words, naming.grid
    labels = [e for e in grid.entries if e.cell.header and e.column == 0 and e.row >= grid.depth]
    if not 1 < len(labels) <= _MOST or grid.rows is not None or naming.periods:
        return ()
    above = words.found(labels[0].above)
    common = above | words.found(grid.context)
    named = above - words.found(grid.context[-1:])
    if not named or any(words.asked([e.text]) - common for e in labels):
        return ()
    return tuple(labels)


def _answer(naming: Naming, entry: Entry) -> CellAnswer:
    """A cell with its row and the headers that name it."""
    words = naming.words
    above = words.found(entry.above)
    own = words.found([entry.text])
    named = words.found(entry.beside) | naming.others(entry) | above | own
    header = naming.grid.header_span()
    column_named = bool(above - own) or (bool(entry.periods) and naming.period(entry) > 0)
    quote, labels = _slices(naming.grid, entry, naming.row_of(entry))
    if naming.heads(entry):
        quote, labels = _told(naming, entry), (entry.cell.span,)
    useful = header is not None and (column_named or entry.numeric)
    return CellAnswer(
        cell=entry.cell,
        quote=quote,
        further=(*labels, header) if useful and header is not None else labels,
        text=naming.shown(entry),
        support=words.share(named),
        column_named=column_named,
        final=entry.numeric or naming.article,
    )


def _told(naming: Naming, head: Entry) -> Span:
    """The row, below a column header that is the answer, whose cell says what the question does;
    of several alike the first."""
    words = naming.words
    below = [e for e in naming.grid.entries if e.column == head.column and not e.cell.header]
    return naming.grid.row_span(
        max(below, key=lambda e: words.weight(words.found([e.text])), default=head).row
    )


def _chosen(naming: Naming, choice: Choice) -> CellAnswer:
    """What was chosen out of a column, with its rows, the headers, and the rows compared."""
    grid = naming.grid
    rows = [grid.row_span(entry.row) for entry in choice.chosen[:_SHOWN]]
    header = grid.header_span()
    # Thousands of rows are no quotation: of a large table the rows chosen alone are cited.
    ground = () if grid.layout.large else (around([grid.row_span(e.row) for e in choice.compared]),)
    return replace(
        _answer(naming, choice.chosen[0]),
        quote=rows[0],
        further=_once((*rows, *([header] if header else []), *ground), rows[0]),
        text=choice.text,
        column_named=True,
        final=True,
    )


def _listed(naming: Naming, children: tuple[Entry, ...]) -> CellAnswer:
    """Cells under one merged label as one list, with their rows."""
    spans = [span for entry in children for span in _slices(naming.grid, entry, entry.row)[:1]]
    header = naming.grid.header_span()
    return replace(
        _answer(naming, children[0]),
        quote=spans[0],
        further=_once((*spans, *([header] if header else [])), spans[0]),
        text="; ".join(entry.text for entry in children),
        final=True,
    )


def _once(spans: tuple[Span, ...], quoted: Span) -> tuple[Span, ...]:
    """Each span once, in order, without those that the quoted one holds."""
    return tuple(span for span in dict.fromkeys(spans) if not quoted.covers(span))


def _slices(grid: Grid, entry: Entry, at: int) -> tuple[Span, tuple[Span, ...]]:
    """What to quote of a cell's row: the row in one piece or, where other rows lie between its
    cells, the cell and beside it the cells that name it. A merged cell stands beside the one row
    ``at`` of those that it reaches."""
    if grid.apart(entry.row):
        return grid.row_span(at), () if at == entry.row else (entry.cell.span,)
    row = [grid.table.at(entry.row, column) for column in range(grid.table.columns)]
    near = [c for c in row if c is not None and c.row == entry.row and len(c.span)]
    return entry.cell.span, tuple(dict.fromkeys(c.span for c in near if c is not entry.cell))
