"""What any text says, no question known: readable text, typed values, names of people."""

from rag.reading.readable import TAG, Reading, read

__all__ = ["TAG", "Reading", "read"]
