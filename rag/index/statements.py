"""The facts of an index, read document by document as they are asked for."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from pathlib import Path

from rag.facts import Fact
from rag.facts.storage import fact_from
from rag.types import Span


class FactStore:
    """Facts by document, in order of the place of their values."""

    def __init__(self, lines: dict[str, bytes]) -> None:
        self._lines = lines
        self._read: dict[str, tuple[tuple[Fact, ...], list[int]]] = {}

    @classmethod
    def load(cls, path: Path) -> FactStore:
        """Reads what building wrote: ``[file, [fact, …]]`` on each line. Raises OSError, and
        ValueError where a line is no such array; the facts themselves are read when asked for."""
        lines: dict[str, bytes] = {}
        with path.open("rb") as rows:
            for row in rows:
                file = json.loads(row[1 : row.index(b'",[', 1) + 1]) if row[:2] == b'["' else None
                if not isinstance(file, str):
                    raise ValueError("no facts of a document")
                lines[file] = row
        return cls(lines)

    def of(self, file: str) -> tuple[Fact, ...]:
        """All facts of a document; none for a file that is not in the index."""
        return self._of(file)[0]

    def within(self, file: str, span: Span) -> tuple[Fact, ...]:
        """The facts whose values begin inside a span, or right at its end where they are
        blank."""
        facts, starts = self._of(file)
        return facts[bisect_left(starts, span.start) : bisect_right(starts, span.end)]

    def _of(self, file: str) -> tuple[tuple[Fact, ...], list[int]]:
        held = self._read.get(file)
        if held is None:
            row = self._lines.get(file)
            facts = tuple(map(fact_from, json.loads(row)[1])) if row else ()
            held = facts, [fact.span.start for fact in facts]
            self._read[file] = held
        return held
