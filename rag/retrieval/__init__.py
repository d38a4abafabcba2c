"""A question → passages, ranked."""

from rag.retrieval.ranking import Ranking, Source, rank, sources

__all__ = ["Ranking", "Source", "rank", "sources"]
