"""Where an answer is looked for, its tables as sheets of named rows, and the candidates found there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rag.facts import Fact, Form, caption_of
from rag.finding.reader import PhraseReader, Reader
from rag.index import Index
from rag.reading import read
from rag.reading.aspects import is_rank, is_total
from rag.retrieval.ranking import Reread
from rag.types import Document, Span


@dataclass(frozen=True, slots=True)
class Context:
    """What is said of a value, from near to far. ``attribute`` names it; ``own`` tells it from its
    neighbours (class, row, group); ``near`` stands in the same sentence or row; ``path`` are the
    headings, ``title`` the document's title and first lines."""

    attribute: str
    own: str
    near: str
    path: str
    title: str
    after: str = ""
    """What goes on behind the value, to the next one or the end of its clause."""
    around: str = ""
    """What else its sentence says, of other values too."""
    column: str = ""
    """Names in the other cells of its column: "스페인" over "1박 한도"."""
    sort: str = ""
    """What the value is one of: the header over the names that a table's rows have."""
    headers: str = ""
    """All names of rows and columns of its table."""
    reached: bool | None = None
    """Whether it is what something came to, or (False) what it came from."""
    proviso: bool = False
    """Whether it is said for an exception alone: "다만, 공동주택은 200만원"."""
    aside: bool = False
    """Whether it stands in the brackets behind another value: "8명 (재적 11명)"."""
    total: bool = False
    """Whether it sums up others of its table."""
    grand: bool = False
    """Whether it sums up all, and not the parts of one group."""
    second: bool = False
    """Whether it stands in brackets behind another number: "621 (6.0)"."""


@dataclass(slots=True)
class Candidate:
    """A value at ``span`` of the document of passage ``row``, as read, with the slice ``quote`` that
    shows it. ``signals`` are what its ``score`` was made of."""

    row: int
    span: Span
    value: str
    quote: Span
    context: Context
    unit: str = ""
    fact: Fact | None = None
    origin: str = ""
    score: float = 0.0
    signals: dict[str, float] = field(default_factory=dict)
    told: tuple[float, ...] = ()
    """For each word of the question how well it is said of this value."""
    items: tuple[str, ...] = ()
    further: tuple[Span, ...] = ()
    whole: Candidate | None = None
    """The fact that states this value among others."""

    def fresh(self) -> Candidate:
        """The same without anything that a question has made of it."""
        return Candidate(
            self.row,
            self.span,
            self.value,
            self.quote,
            self.context,
            self.unit,
            self.fact,
            self.origin,
        )


_WORDS = re.compile(r"[가-힣A-Za-z]{2}")
_DIGITS = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Series:
    """Cells of one column (or, ``across``, of one row) under one ``attribute``, each with the name
    that tells it from the others and the place of that name. ``group`` are the outer names."""

    attribute: str
    group: str
    cells: tuple[tuple[str, Span | None, Fact], ...]
    across: bool
    sort: str = ""
    """The header over the names."""


class Sheet:
    """One table of an index with its facts."""

    def __init__(self, index: Index, file: str, block: int, title: str) -> None:
        self.document: Document = index.document(file)
        self.block = block
        table = index.blocks[file][block]
        above = caption_of(self.document, index.blocks[file], block)
        self.path = " / ".join([*table.path, *above])
        self.title = title
        self._base = len(table.path) + len(above)
        self.facts = [
            fact
            for fact in index.facts.within(file, table.span)
            if fact.block == block and fact.cell is not None and fact.form in (Form.CELL, Form.ROW)
        ]
        self.rows: dict[int, list[Fact]] = {}
        self.columns: dict[int, list[Fact]] = {}
        for fact in self.facts:
            if fact.cell is not None:
                self.rows.setdefault(fact.cell[0], []).append(fact)
                self.columns.setdefault(fact.cell[1], []).append(fact)

    @cached_property
    def headers(self) -> str:
        """Every name of a row, column or group, in order of place, once."""
        names = (
            name
            for fact in self.facts
            for name in (*self.names(fact), fact.attribute, fact.value * (fact.form is Form.ROW))
        )
        return " | ".join(dict.fromkeys(name for name in names if name))

    @cached_property
    def _ranks(self) -> dict[int, str]:
        """The rank of each row that has a number under "순위"."""
        return {
            fact.cell[0]: f"{fact.value.strip()}위"
            for fact in self.facts
            if fact.form is Form.ROW
            and fact.cell
            and is_rank(fact.attribute)
            and _DIGITS.fullmatch(fact.value.strip())
        }

    def names(self, fact: Fact) -> list[str]:
        """The names that tell a cell from the others of its column, outermost first: its column's
        outer headers, its group, its row."""
        names = [*fact.scope, *fact.subject[self._base :]]
        rank = self._ranks.get(fact.cell[0]) if fact.cell else None
        return [*names, rank] if rank else names

    def group(self, fact: Fact) -> str:
        """The outer names of a row, "" where it has none."""
        return " / ".join(fact.subject[self._base : -1])

    def beside(self, fact: Fact) -> list[Fact]:
        """The other facts of its row."""
        return [one for one in self.rows[fact.cell[0]] if one is not fact] if fact.cell else []

    def totals(self, fact: Fact) -> bool:
        """Whether a cell sums others up."""
        return any(is_total(name) for name in (fact.attribute, *self.names(fact)))

    def grand(self, fact: Fact) -> bool:
        """Whether a cell sums up all of its row or column, and not the parts of one group."""
        outer = (*fact.scope, *fact.subject[self._base : -1])
        return self.totals(fact) and all(map(is_total, outer))

    def row_span(self, fact: Fact) -> Span:
        """From the first to the last cell of its row."""
        row = self.rows[fact.cell[0]] if fact.cell else [fact]
        spans = [one.span for one in row if len(one.span)]
        if not spans:
            return fact.span
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    def series(self) -> Iterator[Series]:
        """The columns with the names of their rows, then the rows with those of their columns."""
        keys: dict[int, Span] = {}
        sort = ""
        for fact in self.facts:
            if fact.form is Form.ROW and fact.cell is not None:
                keys[fact.cell[0]] = fact.span  # the innermost name of a row stands last
                sort = fact.attribute
        for facts in self.columns.values():
            cells = [f for f in facts if f.form is Form.CELL and len(f.subject) > self._base]
            if cells:
                named = tuple(
                    (name, keys.get(f.cell[0]) if f.cell else None, f)
                    for name, f in zip(self._down(cells), cells, strict=True)
                )
                yield Series(cells[0].attribute, " / ".join(cells[0].scope), named, False, sort)
        for facts in self.rows.values():
            cells = [f for f in facts if f.form is Form.CELL and len(f.subject) > self._base]
            if cells:
                yield Series(
                    cells[0].subject[-1], self.group(cells[0]), self._across(cells), across=True
                )

    def _down(self, cells: Sequence[Fact]) -> list[str]:
        """The names of the rows of a column, with their groups where they alone tell too little."""
        names = [fact.subject[-1] for fact in cells]
        if len(set(names)) == len(names):
            return names
        return [" ".join(fact.subject[self._base :]) for fact in cells]

    def _across(self, cells: Sequence[Fact]) -> tuple[tuple[str, Span | None, Fact], ...]:
        """The cells of a row by the headers of their columns; under one header for several by the
        words that another row of their group has there."""
        named = tuple((" ".join([*f.scope, f.attribute]), f.label, f) for f in cells)
        if len({name for name, _span, _fact in named}) == len(named):
            return named
        return tuple((one.value, one.span, f) for f in cells if (one := self._above(f)) is not None)

    def _above(self, fact: Fact) -> Fact | None:
        if fact.cell is None:
            return None
        group = self.group(fact)
        return next(
            (
                one
                for one in self.columns[fact.cell[1]]
                if one is not fact and self.group(one) == group and _WORDS.search(one.value)
            ),
            None,
        )


_TABLES = 4  # tables that are looked through as a whole
_BESIDE = 8  # rows beside one that speak of the same thing
_HEAD = 2  # lines at the head of a document that may name it
_NAME = 70  # characters of such a line
_DATED = re.compile(r"(?<!\d)(?P<year>20\d\d)\s?[.년-]")
_STATES = re.compile(r"[:：\t]|다\.")


def _year(document: Document) -> str:
    """The year of a document, by the catalogue or by the first date at its front; "" for none."""
    if document.year is not None:
        return f"{document.year}년"
    match = _DATED.search(document.text[: 4 * _NAME])
    return f"{match['year']}년" if match else ""


def _head(document: Document) -> str:
    """The first lines of a document that name it; what states something is no name."""
    lines = [line.strip() for line in document.text[: 4 * _NAME].split("\n")]
    names = [line for line in lines if line][:_HEAD]
    named = " ".join(n for n in names if len(n) <= _NAME and not _STATES.search(n))
    return read(named, Span(0, len(named))).text if named else ""


class Place:
    """Where a question is answered from: the index and the rows worth reading, best first, with
    how well each is ranked, in [0, 1]."""

    def __init__(self, index: Index, again: Reread, reader: Reader | None = None) -> None:
        self.index = index
        self.reader: Reader = reader or PhraseReader()
        self.rows = again.rows
        best = max(again.fused, default=0.0) or 1.0
        ranks = {row: score / best for row, score in zip(again.rows, again.fused, strict=True)}
        self._ranks = ranks
        self.fused = dict(zip(again.rows, again.fused, strict=True))
        """What the ranking gave each row: about the share of the question that it says."""
        self.reach = dict(zip(again.rows, again.reach, strict=True))
        self._homes: dict[str, float] = {}
        self._tables: dict[tuple[str, int], float] = {}
        for row, score in ranks.items():
            file = index.passages[row].file
            self._homes[file] = max(score, self._homes.get(file, 0.0))

    def rank(self, row: int) -> float:
        """How well a row, or the best one beside it, is ranked."""
        known = self._ranks.get(row)
        if known is not None:
            return known
        return 0.8 * max(self._ranks.get(row - 1, 0.0), self._ranks.get(row + 1, 0.0))

    def lead(self, row: int) -> float:
        """How far the best row is ranked above the best of another matter: of another document or
        heading, or far from ``row``."""
        own = self.index.passages[row]
        rivals = (
            score
            for other, score in self.fused.items()
            if self.index.passages[other].file != own.file
            or self.index.passages[other].path != own.path
            or abs(other - row) > _BESIDE
        )
        return max(0.0, max(self.fused.values(), default=0.0) - max(rivals, default=0.0))

    def table_rank(self, file: str, block: int) -> float:
        """How well the best row of a table is ranked: what its rows come to together is told by
        all of them."""
        if not self._tables:
            for row in self.rows:
                passage = self.index.passages[row]
                for number in range(passage.blocks[0], passage.blocks[1] + 1):
                    key = (passage.file, number)
                    self._tables[key] = max(self.rank(row), self._tables.get(key, 0.0))
        return self._tables.get((file, block), 0.0)

    def home(self, file: str) -> float:
        """How well the best row of a document is ranked."""
        return self._homes.get(file, 0.0)

    def sheets(self) -> list[Sheet]:
        """The tables that the best rows are of, best first."""
        found: dict[tuple[str, int], None] = {}
        for row in self.rows:
            passage = self.index.passages[row]
            blocks = self.index.blocks[passage.file]
            if passage.rows is not None:
                for at in range(passage.blocks[0], passage.blocks[1] + 1):
                    if blocks[at].table is not None:
                        found[passage.file, at] = None
                        break
            if len(found) == _TABLES:
                break
        return [sheet_of(self.index, file, block) for file, block in found]

    def title(self, document: Document) -> str:
        """A document's title with its first lines: what every fact of it is about."""
        return title_of(self.index, document)


def title_of(index: Index, document: Document) -> str:
    """A document's title, its publisher, its first lines and its year."""
    return index.derived(
        ("title", document.file),
        lambda: f"{document.title} {document.issuer} {_head(document)} {_year(document)}",
    )


def sheet_of(index: Index, file: str, block: int) -> Sheet:
    """The facts of one table."""
    return index.derived(
        ("sheet", file, block),
        lambda: Sheet(index, file, block, title_of(index, index.document(file))),
    )
