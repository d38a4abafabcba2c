"""Stretches of the calendar that a text names: years, halves, quarters and runs of months, however
they are written ("'24.2Q", "2/4분기", "4~6월", "상반기", "2025회계연도").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TEXTS = 8192  # texts whose periods are kept
_YEAR = r"(?:(?P<long>(?:19|20)\d\d)|['’‘`](?P<short>\d\d)|(?<![\d.,])(?P<bare>\d\d)(?=\s?년))"
_DOTTED = r"(?:(?P<full>(?:19|20)\d\d)|['’‘`](?P<two>\d\d))"
_END = re.compile(r"\s?(?:년)?\s?(?P<part>말|초)(?![가-힣])")
_SUFFIX = re.compile(r"(?:학년도|회계연도|년도|년)")
_ANY = re.compile(r"\d|반기")  # what all of them hold
_PATTERN = re.compile(
    rf"(?=[\d'’‘`상하])(?:(?:{_YEAR}(?!\d)\s?(?:학년도|회계연도|년도|년|[.])?\s?)?"
    r"(?:(?P<quarter>[1-4])\s?(?:(?:/\s?4)?\s?(?:분기|Q)|/\s?4(?![\d.]))|(?P<half>[상하])반기"
    r"|(?P<first>1[0-2]|0?[1-9])\s?월?\s?(?:[~∼～-]|부터)\s?(?P<last>1[0-2]|0?[1-9])\s?월(?!\s?\d{1,2}\s?일)"
    r"|(?P<month>1[0-2]|0?[1-9])\s?월)"
    rf"|{_DOTTED}(?!\d)\s?[.\-/]\s?(?P<point>1[0-2]|0?[1-9])(?![\d%]|\s?[가-힣](?<![월말]))"
    r"|(?:(?P<alone>(?:19|20)\d\d)|['’‘`](?P<brief>\d\d)|(?<![\d.,])(?P<plain>\d\d)(?=년))(?!\d)\s?년?(?!\s?\d{1,2}\s?월))"
)


@dataclass(frozen=True, slots=True)
class Period:
    """``year`` is None where the text names none; the months count from 1, both ends in; 1 and 12
    where a whole year is named."""

    year: int | None
    first: int = 1
    last: int = 12

    @property
    def whole(self) -> bool:
        return self.first == 1 and self.last == 12

    def fits(self, asked: Period) -> bool:
        """Whether this names the stretch that is asked for: the same months, and not another
        year."""
        same = (self.first, self.last) == (asked.first, asked.last)
        return same and (self.year is None or asked.year is None or self.year == asked.year)


def period_spans(text: str) -> list[tuple[int, int]]:
    """Where a text names stretches, in order of place; half-open."""
    found = []
    for match in _PATTERN.finditer(text):
        end = len(match.group().rstrip()) + match.start()
        suffix = _SUFFIX.match(text, end)
        found.append((match.start(), suffix.end() if suffix else end))
    return found


@lru_cache(maxsize=_TEXTS)
def periods(text: str) -> tuple[Period, ...]:
    """The stretches that a text names, in order of place; a year before a quarter counts with it,
    and for the quarters behind it that name none."""
    if _ANY.search(text) is None:
        return ()
    found: list[Period] = []
    year: int | None = None
    for match in _PATTERN.finditer(text):
        told = (
            match["long"] or match["short"] or match["bare"] or match["full"] or match["two"]
            or match["alone"] or match["brief"] or match["plain"]
        )  # fmt: skip
        if told:
            year = int(told) if len(told) == 4 else 2000 + int(told)
        if match["quarter"]:
            end = 3 * int(match["quarter"])
            found.append(Period(year, end - 2, end))
        elif match["half"]:
            found.append(Period(year, *((1, 6) if match["half"] == "상" else (7, 12))))
        elif match["first"]:
            found.append(Period(year, int(match["first"]), int(match["last"])))
        elif match["month"] or match["point"]:
            month = int(match["month"] or match["point"])
            found.append(Period(year, month, month))
        else:
            part = _END.match(text, match.end())
            months = {"말": (12, 12), "초": (1, 1)}.get(part["part"], (1, 12)) if part else (1, 12)
            found.append(Period(year, *months))
    return tuple(found)
