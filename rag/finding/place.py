"""Where an answer is looked for: the ranked rows of an index, and what their documents are about."""

from __future__ import annotations

import re

from rag.finding.reader import PhraseReader, Reader
from rag.finding.sheet import Sheet
from rag.index import Index
from rag.reading import read
from rag.retrieval.rereading import Reread
from rag.types import Document, Span

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
