"""An index: built from passages and their terms, verified, opened and replaced as a whole."""

from rag.index.generation import (
    Index,
    Progress,
    build,
    check,
    needs_build,
    open_index,
    original,
)

__all__ = ["Index", "Progress", "build", "check", "needs_build", "open_index", "original"]
