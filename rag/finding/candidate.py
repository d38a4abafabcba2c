"""Candidates for an answer, and how well they fit the question."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.facts import Fact
from rag.types import Span


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
