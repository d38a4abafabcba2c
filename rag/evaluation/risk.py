"""How well the confidence tells right answers from wrong ones.

*Risk against coverage* (Geifman & El-Yaniv 2017): put the questions in order of confidence and
answer only the surest part of them. Coverage is the share of questions answered, selective risk
the share of wrong answers among those, and AURC the mean of the risk over all coverages 1/n, 2/n,
…, 1. An order by confidence is good where AURC lies well below the risk at full coverage, which
is what AURC is expected to be in a random order, and near to its value in the best order, in
which all right answers come first.

*Calibration* (Guo et al. 2017): among answers given with confidence 0.8, four of five should be
right. Questions are put into ten bins of confidence; the expected calibration error is the mean
distance between mean confidence and share of right answers in a bin, weighted by its questions.

**Right** means here that the short answer or the first 700 characters of the answer give the
right answer, as in the figure "contains". A refused question is judged by the answer that was
withheld, so that what lies beyond the threshold can be seen; where that is not known, it counts
as wrong. A question without an answer in the documents is never right: whoever answers it is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.evaluation.scores import Judged, contains, spoke

LEVELS = tuple(range(100, 0, -10))
"""Coverages at which the risk is told, in per cent."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One question: how sure the answer was, whether it would be right, whether it was given."""

    confidence: float
    right: bool
    spoke: bool


@dataclass(frozen=True, slots=True)
class Level:
    """The risk when the surest ``answered`` questions are answered: ``percent`` of them all,
    rounded up. ``confidence`` is the least among them."""

    percent: int
    answered: int
    risk: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence in [low, high), the last bin with 1 too."""

    low: float
    high: float
    questions: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Selective:
    """Risk and calibration of an evaluation. ``risks[k - 1]`` is the risk when the k surest
    questions are answered; ``best`` is AURC if all right answers came first. ``answered`` and
    ``wrong`` count what was really answered. ``withheld`` says whether the answers behind all
    refusals were known. ``bins`` leaves empty ones out."""

    questions: int
    risks: tuple[float, ...]
    levels: tuple[Level, ...]
    aurc: float
    best: float
    answered: int
    wrong: int
    withheld: bool
    bins: tuple[Bin, ...]
    ece: float

    @property
    def risk(self) -> float:
        """The share of wrong answers if every question is answered."""
        return self.risks[-1]

    def figures(self) -> dict[str, object]:
        """The numbers as a JSON object."""
        return {
            "aurc": self.aurc,
            "aurc_best": self.best,
            "risk": {str(level.percent): level.risk for level in self.levels},
            "ece": self.ece,
        }


def selective(judged: Sequence[Judged]) -> Selective | None:
    """Risk and calibration of judged answers; None where a given answer has no "confidence".

    A question without any answer counts as one with confidence 0 that is not right. "withheld",
    the answer behind a refusal, is an object with "short_answer" and "answer".
    """
    cases = []
    known = True
    for one in judged:
        if one.row and one.row.get("confidence") is None:
            return None
        known = known and (spoke(one.row) or one.row.get("withheld") is not None)
        sure = float(one.row.get("confidence", 0.0))
        cases.append(Case(sure, would_be_right(one), spoke(one.row)))
    return measure(cases, known) if cases else None


def would_be_right(one: Judged) -> bool:
    """Whether the answer that was given, or else the one that was withheld, is right; False for a
    question without an answer, and where a refusal has nothing behind it."""
    said = one.row if spoke(one.row) else one.row.get("withheld")
    return (
        one.golden.answerable
        and said is not None
        and contains(one.golden, said.get("short_answer"), said.get("answer"))
    )


def measure(cases: Sequence[Case], withheld: bool = True) -> Selective:
    """Risk and calibration of at least one case."""
    found = risks(cases)
    inside = sorted(cases, key=lambda case: -case.confidence)
    levels = []
    for percent in LEVELS:
        answered = -(-len(cases) * percent // 100)
        least = inside[answered - 1].confidence
        levels.append(Level(percent, answered, found[answered - 1], least))
    bins = calibration(cases)
    perfect = [Case(float(case.right), case.right, case.spoke) for case in cases]
    return Selective(
        questions=len(cases),
        risks=found,
        levels=tuple(levels),
        aurc=_mean(found),
        best=_mean(risks(perfect)),
        answered=sum(case.spoke for case in cases),
        wrong=sum(case.spoke and not case.right for case in cases),
        withheld=withheld,
        bins=bins,
        ece=sum(one.questions * abs(one.right - one.confidence) for one in bins) / len(cases),
    )


def risks(cases: Iterable[Case]) -> tuple[float, ...]:
    """The risk when the 1, 2, … n surest cases are answered. Cases of one confidence cannot be
    told apart, so each risk is its mean over all orders of them."""
    found: list[float] = []
    answered, wrong = 0, 0.0
    ordered = sorted(cases, key=lambda case: -case.confidence)
    for _confidence, tied in groupby(ordered, key=lambda case: case.confidence):
        group = list(tied)
        errors = sum(not case.right for case in group)
        found += [
            (wrong + errors * taken / len(group)) / (answered + taken)
            for taken in range(1, len(group) + 1)
        ]
        answered += len(group)
        wrong += errors
    return tuple(found)


def calibration(cases: Sequence[Case]) -> tuple[Bin, ...]:
    """The bins that hold a case, by confidence."""
    bins = []
    for number in range(BINS):
        inside = [case for case in cases if min(int(case.confidence * BINS), BINS - 1) == number]
        if inside:
            bins.append(
                Bin(
                    number / BINS,
                    (number + 1) / BINS,
                    len(inside),
                    _mean([case.confidence for case in inside]),
                    _mean([float(case.right) for case in inside]),
                )
            )
    return tuple(bins)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
