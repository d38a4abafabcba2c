"""All questions that can be written from a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.faq import cells, contacts, headings, prose
from rag.faq.drafts import Draft
from rag.types import Block, Document


def drafts(document: Document, blocks: Sequence[Block]) -> Iterator[Draft]:
    """Drafts from headings, then from prose, contacts and tables, each in source order."""
    for written in (headings, prose, contacts, cells):
        yield from written.drafts(document, blocks)
