"""The numbers that shape an index and an answer, in one place, each with its unit and reason.

What is in :class:`ChunkSettings` changes the index, so it is part of its fingerprint; what is in
:class:`RankSettings` and :class:`AnswerSettings` acts when a question is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

DEFAULT_INDEX = Path("index")
DEFAULT_SEEDS = Path("seeds")
DEFAULT_ENCODER = "kiwi-morphemes"
PASSAGES = 60  # hits that come with an answer: small ones, so that 5,000 characters are ranked
MAX_QUESTION = 2000  # characters; longer input is a document, not a question


@cache
def weights(package: str, name: str) -> Mapping[str, float]:
    """The weights of a fitted model, by signal, from ``name``.tsv of a package; the file says how it
    was fitted."""
    rows = files(package).joinpath(f"{name}.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return MappingProxyType({signal: float(weight) for signal, weight in parts})


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """Sizes are in morphemes: content terms as counted by :func:`rag.korean.terms`."""

    target: int = 15
    """A passage is closed once it holds this many; about 60 characters of Korean prose."""
    limit: int = 60
    """No passage of several blocks grows past this; one sentence or bullet may be longer."""


@dataclass(frozen=True, slots=True)
class RankSettings:
    """Weights of the signals of a hit; fitted on the golden questions by cross-validation."""

    radii: tuple[int, ...] = (0, 1, 3, 10)
    """Windows around a passage, in passages to each side, whose BM25 is counted too."""
    radius_weights: tuple[float, ...] = (1.0, 0.5, 0.5, 0.5)
    path: float = 0.5
    document: float = 0.2
    vector: float = 0.25
    depth: int = 200
    """How many candidates each source gives."""
    reranker: float = 1.0
    """Of a reranker, where one was asked for: as much as the words of a passage itself. Not
    fitted, since no model of that kind comes with the project."""
    reranked: int = 40
    """Hits that a reranker judges: those that are read again (``AnswerSettings.reread``)."""


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How hits are read again and when an answer is refused."""

    reread: int = 40
    """Hits that are looked at for values and missing words."""
    ranked: int = 200
    """Hits that are ranked at all; the first 20 are shown with an answer."""
    joined: float = 0.8
    """A neighbour of a quoted slice is quoted with it from this share of the best on."""
    joinable: int = 8
    """Rows among which such neighbours are looked for."""
    quote: int = 550
    """Characters of the longest quotation made of neighbours."""
    table: int = 300
    """Characters of a table up to which a cell is quoted together with its headers."""
    neighbours: int = 3
    """Passages to each side whose words count as said here too."""
    wanted: float = 0.2
    focus: float = 0.1
    year: float = 0.1
    reach: float = 0.2
    refuse_below: float = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    rank: RankSettings = field(default_factory=RankSettings)
    answer: AnswerSettings = field(default_factory=AnswerSettings)
