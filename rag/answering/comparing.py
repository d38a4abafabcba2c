"""A comparison: each side found by itself, then put side by side.

One ranking for the whole question would be won by the side that has more to say; so each side is
ranked, found and judged as a question of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rag.answering.finding import Finding
from rag.question.sides import LESS, Side, Sides
from rag.reading.amounts import differ, gap, order, total
from rag.types import Evidence, Reason

_HOW = {
    adjective: adverb
    for adverb, adjectives in (
        ("더 큽니다", "크 큰"),
        ("더 많습니다", "많"),
        ("더 높습니다", "높"),
        ("더 깁니다", "길 긴"),
        ("더 비쌉니다", "비싸 비싼"),
        ("더 작습니다", "작"),
        ("더 적습니다", "적"),
        ("더 낮습니다", "낮"),
        ("더 짧습니다", "짧"),
        ("더 쌉니다", "싸 싼"),
        ("더 넓습니다", "넓"),
        ("더 좁습니다", "좁"),
        ("더 빠릅니다", "빠르 빠른"),
        ("더 이릅니다", "이르 이른 먼저"),
        ("더 늦습니다", "늦"),
    )
    for adjective in adjectives.split()
}
_QUOTED = 200  # characters; a longer slice is not repeated as the short answer
_LENIENT = 0.6  # of the sureness that an answer needs alone
_TOGETHER = 0.8
_TURNS = 8  # rows of each side that come before the rest


@dataclass(frozen=True, slots=True)
class Compared:
    """One side and what was found for it, best first; no evidence where it was not found. ``unit``
    stands outside the fact."""

    label: str
    fact: str
    evidence: tuple[Evidence, ...]
    unit: str = ""

    @property
    def titled(self) -> str:
        """The fact behind the side's name, a word that ends the one and begins the other said
        once: "1단계 국비", "국비 1,203억원"."""
        words = self.fact.split()
        last = self.label.split()[-1:]
        fact = " ".join(words[1:]) if len(words) > 1 and words[:1] == last else self.fact
        return f"{self.label} {fact}".strip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides in the order to be shown, the rows of all of them taking turns, and the least of
    the sureness of the sides that were found. ``named`` says whether the facts are to be
    shown with the names of their sides. ``reckoned`` is what the facts come to, as a computation
    ("119억원 + 200억원 = 319억원", "가 10년 이상 > 나 5년"), "" where nothing is asked or nothing
    can be reckoned; ``foremost`` the side that "어느 쪽이 더 긴가" asks for, and ``how`` its
    adjective."""

    sides: tuple[Compared, ...]
    order: tuple[int, ...]
    confidence: float
    named: bool
    reckoned: str = ""
    foremost: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found for one side: the finding, the unit of its value and the rows, best first."""

    finding: Finding
    unit: str
    rows: tuple[int, ...]


Seek = Callable[[str], Sought]
"""Answers one side's question."""


def compare(sides: Sides, seek: Seek, rest: Sequence[int], enough: float) -> Comparison | None:
    """What was found for each side of a question; None where nothing was found for any of them.
    ``rest`` are the rows of the whole question's ranking, ``enough`` the sureness from which an
    answer is given."""
    sought = [seek(side.question) for side in sides.sides]
    found = _found(sought, enough)
    if not any(found):
        return None
    turns = (row for turn in zip_longest(*(s.rows[:_TURNS] for s in sought)) for row in turn)
    rows = tuple(dict.fromkeys([*(row for row in turns if row is not None), *rest]))
    compared = [
        _compared(side, one) if held else Compared(side.label, "", ())
        for side, one, held in zip(sides.sides, sought, found, strict=True)
    ]
    shown = _in_order(compared, sides)
    reckoned, foremost = _reckoned(shown, sides.reckon)
    return Comparison(
        shown,
        rows,
        min(one.finding.sure for one, held in zip(sought, found, strict=True) if held),
        sides.named,
        reckoned,
        foremost,
        _HOW.get(sides.reckon, "앞섭니다") if foremost else "",
    )


def _found(sought: Sequence[Sought], enough: float) -> list[bool]:
    """Which sides count as found: those that would be answered if asked alone. What vouches for
    one side speaks for the others too, so where the sides together are nearly sure, a side
    counts that is less so itself; never one that reads in several ways."""
    together = sum(one.finding.sure for one in sought) / len(sought)
    least = _LENIENT * enough if together >= _TOGETHER * enough else enough
    return [
        bool(one.finding.evidence)
        and one.finding.sure >= least
        and one.finding.reason is not Reason.AMBIGUOUS
        for one in sought
    ]


def _compared(side: Side, sought: Sought) -> Compared:
    best = sought.finding.evidence[0]
    fact = "" if side.whole else best.value
    fact = fact or (best.text if len(best.text) <= _QUOTED else "")
    return Compared(side.label, fact, sought.finding.evidence, sought.unit)


def _in_order(compared: Sequence[Compared], sides: Sides) -> tuple[Compared, ...]:
    """The sides by size where that was asked for and all are amounts in one unit, else as asked."""
    if not sides.ordered:
        return tuple(compared)
    places = order([side.fact for side in compared], descending=sides.ordered > 0)
    return tuple(compared if places is None else (compared[n] for n in places))


def _reckoned(compared: Sequence[Compared], reckon: str) -> tuple[str, str]:
    """What the facts come to and the side that is foremost; "" where that is not asked, a side
    is missing or the facts are not amounts in one unit."""
    facts = [side.fact for side in compared]
    units = {side.unit for side in compared}
    if not reckon or not all(facts) or len(units) > 1:
        return "", ""
    unit = units.pop()
    if reckon == "sum":
        return total(facts, unit), ""
    if reckon == "gap":
        return gap(facts, unit), ""
    places = order(facts, descending=not LESS.match(reckon), unit=unit)
    if len(facts) != 2 or places is None or not differ(facts):
        return "", ""
    first, second = (compared[n] for n in places)
    sign = "<" if LESS.match(reckon) else ">"
    return f"{first.titled} {sign} {second.titled}", first.label
