"""What would be answered, on its way through the gate."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.finding import Candidate
from rag.judging.premise import Premise
from rag.question.requests import Request
from rag.types import Reason


@dataclass(frozen=True, slots=True)
class Claim:
    """``candidate`` is what would be told, None where nothing was found; ``rivals`` are the others,
    best first. ``sure`` in [0, 1]. ``reason`` is None while nothing speaks against telling it.
    ``readings`` are what an ambiguous question may mean, ``replaced`` is what an earlier version
    of the document said, ``missing`` the words of the question that nothing found says."""

    candidate: Candidate | None
    rivals: tuple[Candidate, ...] = ()
    sure: float = 1.0
    reason: Reason | None = None
    request: Request | None = None
    premise: Premise | None = None
    readings: tuple[Candidate, ...] = ()
    replaced: Candidate | None = None
    missing: tuple[str, ...] = ()
    features: dict[str, float] = field(default_factory=dict)
