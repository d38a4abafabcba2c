"""A question as text → what it asks."""

from rag.question.analysis import analyse

__all__ = ["analyse"]
