"""A drafted question: what was asked, where it comes from, what its answer must hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.types import Span


class Source(StrEnum):
    """What a question was written from. The selection takes from each in turn."""

    HEADING = "heading"
    LABEL = "label"
    FIGURE = "figure"
    EVENT = "event"
    CELL = "cell"
    DEFINITION = "definition"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with the span that it was written from. ``expected`` is the fact that its answer
    must hold, as it reads in the source, or "" where any fact of the span will do."""

    question: str
    file: str
    span: Span
    source: Source
    expected: str = ""
