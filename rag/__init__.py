"""Geungeo: answers in Korean about policy documents, each claim a cited slice of its source.

The public names below are the library's face; each is loaded when it is first asked for, so that
``import rag`` costs nothing. docs/python.md shows them at work.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.errors import (
        CatalogueError,
        EncoderMismatch,
        EncoderMissing,
        GeungeoError,
        IndexBroken,
        IndexMissing,
        InputError,
        OriginalChanged,
        OriginalMissing,
        PortBusy,
        QuestionError,
        SourceError,
        SourceFailed,
        UnknownDocument,
        UnknownSpan,
    )
    from rag.facts import Fact
    from rag.faq import generate as generate_faq
    from rag.finding.reader import Reader
    from rag.index import build, check
    from rag.index.encoder import Encoder
    from rag.retrieval.ranking import Source
    from rag.retrieval.reranker import Reranker
    from rag.types import (
        Answer,
        Citation,
        Document,
        Filters,
        Hit,
        Question,
        QuestionKind,
        Reason,
        SearchResult,
        Sort,
        Span,
        Verdict,
    )

_ERRORS = (
    "CatalogueError EncoderMismatch EncoderMissing GeungeoError IndexBroken IndexMissing InputError "
    "OriginalChanged OriginalMissing PortBusy QuestionError SourceError SourceFailed UnknownDocument "
    "UnknownSpan"
).split()
_TYPES = (
    "Answer Citation Document Filters Hit Question QuestionKind Reason SearchResult Sort Span Verdict"
).split()
_HOMES = {
    **dict.fromkeys(_ERRORS, "rag.errors"),
    **dict.fromkeys(_TYPES, "rag.types"),
    "Assistant": "rag.assistant",
    "Encoder": "rag.index.encoder",
    "Fact": "rag.facts",
    "Reader": "rag.finding.reader",
    "Reranker": "rag.retrieval.reranker",
    "Source": "rag.retrieval.ranking",
    "build": "rag.index",
    "check": "rag.index",
    "generate_faq": "rag.faq:generate",
}

__all__ = [
    "Answer",
    "Assistant",
    "CatalogueError",
    "Citation",
    "Document",
    "Encoder",
    "EncoderMismatch",
    "EncoderMissing",
    "Fact",
    "Filters",
    "GeungeoError",
    "Hit",
    "IndexBroken",
    "IndexMissing",
    "InputError",
    "OriginalChanged",
    "OriginalMissing",
    "PortBusy",
    "Question",
    "QuestionError",
    "QuestionKind",
    "Reader",
    "Reason",
    "Reranker",
    "SearchResult",
    "Sort",
    "Source",
    "SourceError",
    "SourceFailed",
    "Span",
    "UnknownDocument",
    "UnknownSpan",
    "Verdict",
    "__version__",
    "build",
    "check",
    "generate_faq",
]

try:
    __version__ = version("geungeo")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    module, _, other = home.partition(":")
    return getattr(import_module(module), other or name)


def __dir__() -> list[str]:
    return sorted(__all__)
