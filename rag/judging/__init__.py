"""Candidates → a claim that is told, or refused and why."""

from rag.judging.claim import Claim
from rag.judging.gate import CHECKS, judge

__all__ = ["CHECKS", "Claim", "judge"]
