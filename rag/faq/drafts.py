"""A drafted question, and all drafts of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.types import Block, Document, Span


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


def drafts(document: Document, blocks: Sequence[Block]) -> Iterator[Draft]:
    """All questions that can be written from a document, by source and then by place."""
    from rag.faq import cells, contacts, headings, prose

    yield from headings.drafts(document, blocks)
    yield from prose.drafts(document, blocks)
    yield from contacts.drafts(document, blocks)
    yield from cells.drafts(document, blocks)
