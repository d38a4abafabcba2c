"""What the documents of an index state, read one by one as they are asked for, and which of them put
others right: corrections, changes and extensions of a notice, told by titles.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from pathlib import Path
from rag.facts import Fact
from rag.facts.storage import fact_from
from rag.types import Span
import re
from collections.abc import Sequence
from rag import korean
from rag.types import Document


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


_REVISES = re.compile(r"정정|변경|수정|연장|재공고|개정|추가\s?(?:모집|공고)|바로잡")
_HEAD = 200  # characters at the front of a document that may say that it revises another
# What titles of notices have in common, and a revision besides.
_COMMON = frozenset(
    "공고 안내 알림 공고문 안내문 모집 정정 변경 수정 연장 재공고 개정 추가 기간 내용 사항 계획 년 년도 차".split()
)
_FEWEST = 2  # words of a title by which two documents are told to be of one thing


def later_versions(documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """For each file whose document others revise, their files, the latest first (by date of
    publication, then by name); a document without revisions is left out."""
    words = {document.file: _title_words(document.title) for document in documents}
    found: dict[str, list[Document]] = {}
    for revision in documents:
        if not _REVISES.search(revision.title):
            continue
        own = words[revision.file]
        for document in documents:
            held = words[document.file]
            if document is revision or len(held) < _FEWEST or not held <= own:
                continue
            both = _REVISES.search(document.title) is not None
            if both and _dated(document) >= _dated(revision):
                continue
            found.setdefault(document.file, []).append(revision)
    return {
        file: tuple(d.file for d in sorted(revisions, key=lambda d: (_dated(d), d.file))[::-1])
        for file, revisions in found.items()
    }


_DATE = re.compile(r"(?P<year>20\d\d)\s?[.년-]\s?(?P<month>\d{1,2})\s?[.월-]\s?(?P<day>\d{1,2})")


def _dated(document: Document) -> str:
    """The date of a document, else the first at its front, as ISO; "" for none."""
    if document.published:
        return document.published
    match = _DATE.search(document.text[:_HEAD])
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}" if match else ""


def _title_words(title: str) -> frozenset[str]:
    return frozenset(
        term for term in korean.terms(title) if term not in _COMMON and not term[0].isdigit()
    )
