"""A fact: something that a document states in so many words, with the places that say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.types import Span


class Form(StrEnum):
    """How a fact is written."""

    LABEL = "label"
    """A label with its value, on one line or above the lines that are its value."""
    CELL = "cell"
    """A cell of a table or form under the names of its row and column."""
    ROW = "row"
    """The name of a row, under the header of the column of names."""
    CLASS = "class"
    """One of several values that are told apart by their class: "2.0%(청년), 2.9%(일반)"."""
    DEFINITION = "definition"
    """What a word means."""


@dataclass(frozen=True, slots=True)
class Fact:
    """``subject`` is what the fact is about, a path of names, outermost first: headings, the
    programme, the label above, group and row of a table (the document's title stands before all
    of them and is not repeated). ``attribute`` is the name of the value as written, letter-spacing
    taken out, "" where the document gives none. ``value`` is the readable text of the value, ""
    where the place is there and nothing is stated (``blank``); ``span`` is its place, empty at
    the label's end where it is blank. ``parts`` are the lines or items of a value of several,
    in order of place. ``scope`` are the class in brackets, the outer column headers, the group.
    ``unit`` stands outside the value: in the caption or the column's header. ``conditions`` are
    the notes and provisos that hang on the value. ``label`` is the place of the attribute.
    ``block`` numbers the block, ``cell`` the row and column, counted from 0, of a table's cell."""

    form: Form
    subject: tuple[str, ...]
    attribute: str
    value: str
    span: Span
    block: int
    label: Span | None = None
    parts: tuple[Span, ...] = ()
    scope: tuple[str, ...] = ()
    unit: str = ""
    conditions: tuple[Span, ...] = ()
    cell: tuple[int, int] | None = None

    @property
    def blank(self) -> bool:
        """Whether the place is there and nothing, "-" or a blank, is stated."""
        return not self.value.strip("-–—―ㅡ－ ·.")
