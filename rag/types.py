"""The records that travel from stage to stage.

Every record is immutable. Offsets are code points of a document's *source text* and half-open,
so ``text[span.start:span.end]`` is what a span holds.

    Document -> Block -> Passage -> Hit -> Evidence -> Answer
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a source text; ``0 <= start <= end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is not a range")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a printed page begins: the offset of its first code point and its label ("12")."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source, as read: NFC, newlines ``\\n``, markup included.

    ``published`` is an ISO date or a prefix of one ("2021-03"); ``licence`` is "" where the
    document carries no mark. ``digest`` is the SHA-256 of the file's bytes in hexadecimal.
    ``format`` is the file's own, as :class:`rag.loading.Format` names it. The labels of pages
    that are estimates (``approximate_pages``) say so: "약 3". ``warnings`` are Korean sentences
    about what was left out or damaged. ``stated`` are the blocks that the format itself marks;
    they live until the outline is made and are not stored.
    """

    id: str
    file: str
    title: str
    issuer: str
    series: str
    published: str
    licence: str
    text: str
    digest: str
    pages: tuple[PageMark, ...] = ()
    format: str = "text"
    approximate_pages: bool = False
    warnings: tuple[str, ...] = ()
    stated: tuple[Block, ...] = ()

    @property
    def year(self) -> int | None:
        """Year of publication, or None where it is not known."""
        return int(self.published[:4]) if self.published[:4].isdigit() else None

    def page_at(self, offset: int) -> str | None:
        """Label of the printed page that holds ``offset``; None where pages are not known."""
        label = None
        for mark in self.pages:
            if mark.start > offset:
                break
            label = mark.label
        return label


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NOTE = "note"
    TABLE = "table"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. Rows and columns count from 0; a merged cell stands once, at its
    upper left corner. ``span`` may be empty for a cell that holds nothing."""

    row: int
    column: int
    span: Span
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in row-major order, with the unit and caption that stand above or below the table.

    ``unit`` is the text inside "(단위 : 억원, %)", here "억원, %", or "".
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    unit: str = ""
    caption: Span | None = None
    # Filled at the first look-up: a search through the cells would make large tables quadratic.
    _places: dict[tuple[int, int], Cell] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a position, merged cells included."""
        places = self._places
        if places is None:
            places = {}
            for cell in self.cells:
                for r in range(cell.row, cell.row + cell.row_span):
                    for c in range(cell.column, cell.column + cell.column_span):
                        places.setdefault((r, c), cell)
            object.__setattr__(self, "_places", places)
        return places.get((row, column))


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document's outline.

    ``level`` counts nesting inside a kind from 0 (headings: 0 is outermost; bullets: 0 is a
    bullet of the first level). ``path`` holds the readable texts of the enclosing headings,
    outermost first. ``parent`` is the index, among the document's blocks, of the block this one
    hangs on: for a bullet the bullet above it, for a note the line it explains, for a caption or
    a source line its table; None where there is none. ``joins`` are offsets of newlines
    inside ``span`` at which a word goes on, so that the newline vanishes when shown; every other
    newline inside a paragraph is shown as one blank. ``marker`` is the bullet, number or note
    mark as written ("-", "①", "**", "1)").
    """

    kind: BlockKind
    level: int
    span: Span
    path: tuple[str, ...] = ()
    parent: int | None = None
    marker: str = ""
    joins: tuple[int, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed, ranked and cited.

    ``id`` is ``file#start-end``. ``text`` is the text to show. ``blocks`` is the range
    [first, last] of block indices it was cut from; ``rows`` the table rows [first, last] it
    holds, or None. ``joins`` as in :class:`Block`.
    """

    id: str
    file: str
    span: Span
    path: tuple[str, ...]
    kind: BlockKind
    text: str
    blocks: tuple[int, int]
    rows: tuple[int, int] | None = None
    page: str | None = None
    joins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """What one source of candidates said of a hit: its name, its rank from 1, its raw score and
    its share of the fused score."""

    source: str
    rank: int
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score and the votes that produced it. ``row`` is its row in the
    index."""

    passage: Passage
    score: float
    votes: tuple[Vote, ...]
    row: int


class QuestionKind(StrEnum):
    AMOUNT = "amount"
    DATE = "date"
    ORGANISATION = "organisation"
    PERSON = "person"
    PLACE = "place"
    CONTACT = "contact"
    LIST = "list"
    DEFINITION = "definition"
    REASON = "reason"
    METHOD = "method"
    COMPARISON = "comparison"
    YES_NO = "yes_no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Correction:
    """One repair made in a question: what was written and what was searched instead."""

    written: str
    searched: str


@dataclass(frozen=True, slots=True)
class Term:
    """A search term of a question and its weight (1.0 is an ordinary content word).

    ``origin`` is "question" for the asker's own words, "synonym" for added ones; ``of`` holds the
    words of the question that an added one can stand for.
    """

    text: str
    weight: float = 1.0
    origin: str = "question"
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, analysed. ``written`` is the input, ``searched`` its repaired form;
    ``focus`` names what is wanted ("한도", "마감"), ``unit`` the counter behind "몇". ``subject``
    is the noun phrase that is asked about where the question is hardly more than that ("물류비
    융자 한도 얼마예요?"), else ""."""

    written: str
    searched: str
    kind: QuestionKind
    terms: tuple[Term, ...]
    focus: tuple[str, ...] = ()
    unit: str = ""
    corrections: tuple[Correction, ...] = ()
    subject: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A slice of a source that answers; ``value`` is the fact inside it as shown, "" where the
    whole slice is the fact."""

    passage: Passage
    span: Span
    text: str
    value: str = ""


class Verdict(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


class Reason(StrEnum):
    NOT_IN_DOCUMENTS = "not_in_documents"
    NOT_STATED = "not_stated"
    AMBIGUOUS = "ambiguous"
    SOURCE_FAILED = "source_failed"


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered slice of a source. ``quote`` equals ``text[start:end]`` of the document but for
    white space and markup; ``url`` opens it in place."""

    number: int
    file: str
    title: str
    issuer: str
    published: str
    licence: str
    section: tuple[str, ...]
    page: str | None
    span: Span
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of an answer: the readable slice and the numbers of the citations behind it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. ``text`` is the composed Korean answer with citations as [1];
    ``confidence`` in [0, 1]; ``hits`` are ranked, best first. ``id`` is "" unless the question
    came with one."""

    question: Question
    verdict: Verdict
    reason: Reason | None
    short_answer: str | None
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    confidence: float
    as_of: str
    index: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; an empty field does not narrow. ``section`` is the readable
    text of any heading in a passage's path."""

    file: str = ""
    issuer: str = ""
    year: str = ""
    section: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits share one value of a filter, counted before that filter is applied."""

    value: str
    count: int
    selected: bool = False


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits. ``total`` counts all that matched the filters. ``facets`` maps the name
    of a filter to its values, most frequent first, ties by value."""

    query: Question
    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, tuple[Facet, ...]] = field(default_factory=dict)
    index: str = ""
