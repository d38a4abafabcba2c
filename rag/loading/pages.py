"""Printed page numbers in a text.

A line that holds nothing but "- 10 -" is the foot of page 10: what stands above it is on that
page, what follows on the next. Most pages of a converted document have lost their number; where
the converter left one blank at the start of each page (in place of a form feed), the pages
between two numbers can be counted, and they are labelled if the count agrees with the numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from rag.types import PageMark

_FOOT = re.compile(r"^[ \t]*[-–—]\s*(\d{1,4})\s*[-–—][ \t]*$", re.M)
_START = re.compile(r"(?:\A|(?<=\n)) (?=(?:  | {4})?\S)|\f")


@dataclass(frozen=True, slots=True)
class _Foot:
    start: int
    end: int
    number: int


def find(text: str) -> tuple[PageMark, ...]:
    """Page marks in order of offset, or () where the text does not print its pages.

    Without countable page starts only the pages between two successive numbers are known; such
    marks are given when at least half of the numbers succeed one another.
    """
    feet = _rising([_Foot(m.start(), m.end(), int(m[1])) for m in _FOOT.finditer(text)])
    if not feet:
        return ()
    counted = _counted(text, feet)
    if counted:
        return counted
    steady = sum(1 for a, b in pairwise(feet) if b.number == a.number + 1)
    if len(feet) < 3 or steady * 2 < len(feet) - 1:
        return ()
    marks: list[PageMark] = []
    for k, foot in enumerate(feet):
        previous = feet[k - 1] if k else None
        if previous is not None and previous.number == foot.number - 1:
            marks.append(PageMark(previous.end, str(foot.number)))
        elif previous is None and foot.number <= 1:
            marks.append(PageMark(0, str(foot.number)))
    return tuple(marks)


def _rising(feet: list[_Foot]) -> list[_Foot]:
    kept: list[_Foot] = []
    for foot in feet:
        if not kept or foot.number > kept[-1].number:
            kept.append(foot)
    return kept


def _counted(text: str, feet: list[_Foot]) -> tuple[PageMark, ...]:
    """Marks from page starts that agree with every printed number, else ()."""
    starts = [m.start() for m in _START.finditer(text)]
    if not starts:
        return ()
    found = sorted({0, *starts, *(foot.end for foot in feet)})
    # A foot and the page start right after it are one edge.
    edges = [a for a, b in pairwise([*found, len(text)]) if text[a:b].strip(" \n\f") or b == a]
    numbers: list[int] = []
    for foot in feet:
        index = sum(1 for edge in edges if edge < foot.start) - 1
        numbers.append(foot.number - index)
    if len(feet) < 2 or len(set(numbers)) != 1:
        return ()
    first = numbers[0]
    # A count that would begin below page 1 holds only from the first printed number on.
    known = 0 if first >= 1 else feet[0].number - first
    return tuple(PageMark(edge, str(first + k)) for k, edge in enumerate(edges) if k >= known)
