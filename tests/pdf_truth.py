"""What a PDF printed from known HTML ought to give: the words and tables of the HTML itself."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path

from rag.loading.extracted import Extracted
from rag.types import BlockKind

SAMPLES = Path(__file__).parent / "samples_pdf"
_INLINE = {"sup", "sub", "b", "i", "span", "a"}

Cell = tuple[int, int, int, int, str]
"""Row, column, rows, columns, text with single blanks."""


class Truth(HTMLParser):
    """``words`` in order; ``tables`` as cells in row-major order; ``headers`` the <th> texts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tables: list[list[Cell]] = []
        self.headings: list[str] = []
        self._skip = False
        self._cell: tuple[int, int] | None = None
        self._held: list[str] = []
        self._heading: list[str] | None = None
        self._taken: set[tuple[int, int]] = set()
        self._row = -1
        self.feed(source)

    @property
    def words(self) -> list[str]:
        return "".join(self.text).split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skip = self._skip or tag in ("style", "title")
        if tag not in _INLINE:
            self.text.append(" ")
        if tag == "table":
            self.tables.append([])
            self._taken, self._row = set(), -1
        elif tag == "tr":
            self._row += 1
        elif tag in ("td", "th"):
            known = dict(attrs)
            self._cell = int(known.get("rowspan") or 1), int(known.get("colspan") or 1)
            self._held = []
        elif tag in ("h1", "h2"):
            self._heading = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "title"):
            self._skip = False
        if tag not in _INLINE:
            self.text.append(" ")
        if tag in ("td", "th") and self._cell is not None:
            column = 0
            while (self._row, column) in self._taken:
                column += 1
            rows, columns = self._cell
            self._taken |= {
                (self._row + r, column + c) for r in range(rows) for c in range(columns)
            }
            text = " ".join("".join(self._held).split())
            self.tables[-1].append((self._row, column, rows, columns, text))
            self._cell = None
        elif tag in ("h1", "h2") and self._heading is not None:
            self.headings.append(" ".join("".join(self._heading).split()))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.text.append(data)
        if self._cell is not None:
            self._held.append(data)
        if self._heading is not None:
            self._heading.append(data)


def truth(name: str) -> Truth:
    return Truth((SAMPLES / f"{name}.html").read_text(encoding="utf-8"))


def found_cells(extracted: Extracted) -> list[list[Cell]]:
    """The cells of each stated table, as those of :class:`Truth`."""
    return [
        [
            (
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                " ".join(extracted.text[cell.span.start : cell.span.end].split()),
            )
            for cell in block.table.cells
        ]
        for block in extracted.stated
        if block.table is not None
    ]


def body_words(extracted: Extracted) -> list[str]:
    """The words that stand in no running header or footer."""
    parts, at = [], 0
    for block in extracted.stated:
        if block.kind is BlockKind.BOILERPLATE:
            parts.append(extracted.text[at : block.span.start])
            at = block.span.end
    parts.append(extracted.text[at:])
    return " ".join(parts).split()


def words_kept(wanted: list[str], found: list[str]) -> float:
    """Share of the wanted words that are found whole, each as often as it is wanted."""
    return sum((Counter(wanted) & Counter(found)).values()) / len(wanted)


def in_order(wanted: list[str], found: list[str]) -> float:
    """Share of the wanted words that are found in runs in their order."""
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


def cells_kept(wanted: list[list[Cell]], found: list[list[Cell]]) -> float:
    """Share of the wanted cells found with their place, spans and text, tables taken in order."""
    total = sum(map(len, wanted))
    kept = sum(len(set(a) & set(b)) for a, b in zip(wanted, found, strict=False))
    return kept / total if total else 1.0
