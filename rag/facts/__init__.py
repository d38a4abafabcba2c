"""Blocks → facts: what a document states in so many words."""

from rag.facts.captions import caption_of
from rag.facts.fact import Fact, Form
from rag.facts.reading import facts_of

__all__ = ["Fact", "Form", "caption_of", "facts_of"]
