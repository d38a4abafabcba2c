"""The facts of one table as they stand to each other: rows, columns, and the names of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.facts import Fact, Form, caption_of
from rag.index import Index
from rag.reading.aspects import is_rank, is_total
from rag.types import Document, Span

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
