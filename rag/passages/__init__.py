"""Blocks → passages."""

from rag.passages.chunker import Atom, Known, atoms, learn, pack

__all__ = ["Atom", "Known", "atoms", "learn", "pack"]
