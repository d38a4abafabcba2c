"""A table cell as the answer: the row and the column that the question names.

The question's words are shared out between what names the row (the other cells of it, its group)
and what names the column (the headers above). The cell where both meet is the answer; a question
that quotes a description and asks for its name or date is the same case, with the description
naming the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rag import korean
from rag.index import Index
from rag.outline import cell_text, header_texts
from rag.types import Cell, Document, Passage, Question, Span, Table
from rag.wanted import TYPED, fitting

_COLUMN = 1.5  # a word that names the column decides more than one that names the row
_MEASURES = frozenset("액량률율")  # "수입액" is met by the row "수입"
_ITSELF = 0.6  # a cell that repeats the question is seldom its answer


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """A cell that answers: its place, its row's and its headers' spans in the source, its text
    with the unit, and how much of the question's weight its row and column named, in [0, 1]."""

    cell: Cell
    row: Span
    header: Span | None
    text: str
    support: float
    column_named: bool


def answer_cell(
    index: Index, question: Question, document: Document, passage: Passage
) -> CellAnswer | None:
    """The best cell among the passage's rows; None where no header or neighbour is named, or the
    passage is no table. Ties go to the upper, then the left cell."""
    if passage.rows is None:
        return None
    block = next(
        (
            b
            for b in index.blocks[passage.file][passage.blocks[0] : passage.blocks[1] + 1]
            if b.table is not None and b.span.touches(passage.span)
        ),
        None,
    )
    if block is None or block.table is None:
        return None
    table = block.table
    weights = {
        term.text: term.weight * max(index.body.idf(term.text), 1.0) for term in question.terms
    }
    total = sum(w for t, w in weights.items()) or 1.0
    words = _Words(weights)
    best: tuple[float, CellAnswer] | None = None
    for row in range(passage.rows[0], passage.rows[1] + 1):
        cells = [table.at(row, column) for column in range(table.columns)]
        for column, cell in enumerate(cells):
            if cell is None or not len(cell.span) or cell.column != column:
                continue
            text = cell_text(document, block, cell)
            if _repeats(question, text) or (cell.header and not _answerable_label(cells, cell)):
                continue
            beside, above = header_texts(document, block, row, column)
            others = [
                cell_text(document, block, other)
                for other in cells
                if other is not None and other is not cell and len(other.span)
            ]
            row_terms = words.found([*beside, *others])
            column_terms = words.found(above)
            own = words.found([text])
            named = words.weight(row_terms) + _COLUMN * words.weight(column_terms - own)
            score = named - _ITSELF * words.weight(own)
            if question.kind in TYPED and not fitting(question, with_unit(question, table, text)):
                continue
            if words.weight(row_terms | column_terms) <= 0:
                continue
            if best is None or score > best[0] + 1e-9:
                answer = CellAnswer(
                    cell=cell,
                    row=_row_span(table, row),
                    header=_header_span(table, row),
                    text=with_unit(question, table, text),
                    support=min(1.0, words.weight(row_terms | column_terms | own) / total),
                    column_named=bool(column_terms - own),
                )
                best = (score, answer)
    return None if best is None else best[1]


class _Words:
    """Which of the question's terms stand in some texts."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._known: dict[str, frozenset[str]] = {}

    def found(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._of(text) for text in texts))

    def weight(self, terms: frozenset[str]) -> float:
        return sum(self._weights[term] for term in terms)

    def _of(self, text: str) -> frozenset[str]:
        if text not in self._known:
            here = set(korean.terms(text))
            self._known[text] = frozenset(
                t for t in self._weights if t in here or (t[-1] in _MEASURES and t[:-1] in here)
            )
        return self._known[text]


def with_unit(question: Question, table: Table, text: str) -> str:
    """A bare number with the unit of its table, where one can be told: of "억불, %" the first
    belongs to plain numbers and a share to those in brackets."""
    bare = text.strip()
    if (
        not table.unit
        or not bare
        or bare.lstrip("△▲+-−(").rstrip(")").replace(",", "").replace(".", "").isdigit() is False
    ):
        return text
    units = [unit.strip() for unit in table.unit.split(",")]
    if bare.startswith("("):
        share = next((unit for unit in units if unit.startswith("%")), "")
        return f"{bare.strip('()')}{share}" if share else text
    plain = [unit for unit in units if not unit.endswith("대비")]
    return f"{text}{plain[0]}" if plain and len(units) <= 2 else text


def _repeats(question: Question, text: str) -> bool:
    """Whether a cell holds nothing but words that the question says itself in this order."""
    bare = "".join(text.split()).lower()
    asked = "".join(question.searched.split()).lower()
    return len(bare) > 1 and not bare[0].isdigit() and bare in asked


def _answerable_label(cells: list[Cell | None], cell: Cell) -> bool:
    """A label may be the answer ("어느 기업이…?") when the row says something beside it."""
    return any(other is not None and not other.header for other in cells) and cell.row > 0


def _row_span(table: Table, row: int) -> Span:
    spans = [cell.span for cell in table.cells if cell.row == row and len(cell.span)]
    if not spans:
        merged = [table.at(row, column) for column in range(table.columns)]
        spans = [cell.span for cell in merged if cell is not None and len(cell.span)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _header_span(table: Table, row: int) -> Span | None:
    """The rows of column headers above a row as one span; None where there are none."""
    spans: list[Span] = []
    for above in range(row):
        cells = [c for c in table.cells if c.row == above and len(c.span)]
        if not cells or not all(c.header for c in cells):
            break
        spans.extend(c.span for c in cells)
    if not spans:
        return None
    return Span(min(s.start for s in spans), max(s.end for s in spans))
