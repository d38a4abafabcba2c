"""When a programme takes applications, read from the words of its announcement.

The year is taken from the document's date where the words give only month and day; a weekday
beside the date decides between that year and its neighbours.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"
    ALWAYS = "always"
    WHILE_FUNDS_LAST = "while_funds_last"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether applications are taken. ``day`` is the first day for NOT_YET, the last for OPEN and
    CLOSED; None where the document names none."""

    state: State
    day: date | None = None


_DATE = re.compile(
    r"(?<![\d,.:])(?:[’‘'`]?(?P<year>(?:20)?\d{2})(?:\s?년도?\s?|\s?[.\-/]\s?)"
    r"(?=\d{1,2}\s?(?:월|[.\-/]\s?\d)))?"
    r"(?:(?P<month>0?[1-9]|1[0-2])(?:\s?월\s?|\s?[./\-]\s?)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)(?:\s?일|\.)?"
    r"|(?P<only>0?[1-9]|1[0-2])\s?월\s?(?P<part>초|중순|중|말)?)"
    r"(?:\s?\((?P<weekday>[월화수목금토일])\))?"
)
_DAY = re.compile(
    r"(?P<between>[~∼～〜–])\s?(?P<day>3[01]|[12]\d|0?[1-9])(?:\s?일)(?:\s?\((?P<weekday>[월화수목금토일])\))?"
)
_RANGE = re.compile(r"[~∼～〜–]|부터|에서|(?<=\s)-(?=\s)")
_UNTIL = re.compile(r"\s?(?:\d{1,2}시|\d{1,2}:\d{2})?\s?(?:한)?(?:까지|마감|限|이내|한$)")
_SINCE = re.compile(r"\s?(?:\d{1,2}시|\d{1,2}:\d{2})?\s?(?:부터|이후|[~∼～〜])")
_CLOCK = re.compile(r"\(?(?:오전|오후)?\s?\d{1,2}(?:시(?:\s?\d{1,2}분)?|:\d{2})\)?")
_ALWAYS = re.compile(r"상시|연중|수시")
_FUNDS = re.compile(r"(?:예산|자금|재원|사업비|물량|한도)\s?(?:의\s?)?(?:소진|소요)")
_WEEKDAYS = "월화수목금토일"
_LATE, _EARLY = 11, 2  # months: an announcement of December speaks of the January to come


@dataclass(frozen=True, slots=True)
class _Window:
    opens: date | None
    closes: date | None


def standing(text: str, published: str, today: date, *, closing: bool = False) -> Standing | None:
    """Whether the application period that ``text`` gives holds ``today``; both its first and its
    last day count as open. ``published`` is the document's ISO date or a prefix of one;
    ``closing`` says that a date standing alone is the last day. None where nothing can be read.

    Of several periods the one that holds today decides, then the next to come, then the last.
    """
    windows = tuple(_windows(text, published, closing))
    funds = _FUNDS.search(text) is not None
    if not windows:
        if funds:
            return Standing(State.WHILE_FUNDS_LAST)
        return Standing(State.ALWAYS) if _ALWAYS.search(text) else None
    coming = [w.opens for w in windows if w.opens is not None and w.opens > today]
    for window in windows:
        begun = window.opens is None or window.opens <= today
        if begun and (window.closes is None or today <= window.closes):
            if funds:
                return Standing(State.WHILE_FUNDS_LAST, window.closes)
            return Standing(State.OPEN, window.closes)
    if coming:
        return Standing(State.NOT_YET, min(coming))
    return Standing(State.CLOSED, max(w.closes for w in windows if w.closes is not None))


def _windows(text: str, published: str, closing: bool) -> Iterator[_Window]:
    text = _DAY.sub(lambda m: f"{m['between']} {m['day']}日" + _weekday(m), text)
    found = list(_dates(text, published))
    number = 0
    while number < len(found):
        start, end, first, last = found[number]
        following = found[number + 1] if number + 1 < len(found) else None
        if following is not None and _joined(text[end : following[0]]):
            if following[3] >= first:
                yield _Window(first, following[3])
            number += 2
            continue
        if (
            _UNTIL.match(text, end)
            or (closing and len(found) == 1)
            or _RANGE.search(text[max(0, start - 3) : start])
        ):
            yield _Window(None, last)
        elif _SINCE.match(text, end):
            yield _Window(first, None)
        number += 1


def _weekday(match: re.Match[str]) -> str:
    return f"({match['weekday']})" if match["weekday"] else ""


def _joined(between: str) -> bool:
    """Whether what stands between two dates makes them the two ends of one period."""
    left = _CLOCK.sub("", between)
    return len(left) <= 8 and _RANGE.search(left) is not None and "차" not in left


def _dates(text: str, published: str) -> Iterator[tuple[int, int, date, date]]:
    """Place of each date with its first and its last day: for a month alone they differ."""
    before: date | None = None
    pattern = re.compile(
        rf"{_DATE.pattern}|(?<=[~∼～〜–]\s)(?P<bare>\d{{1,2}})日(?:\((?P<bareweek>[{_WEEKDAYS}])\))?"
    )
    for match in pattern.finditer(text):
        if match["bare"]:
            month = before.month if before else 0
            day, weekday = int(match["bare"]), match["bareweek"]
        else:
            month = int(match["month"] or match["only"])
            day, weekday = int(match["day"] or 0), match["weekday"]
        if not month:
            continue
        if match["year"]:
            written = int(match["year"])
            year: int | None = written if written >= 100 else 2000 + written
        elif before is not None:
            year = before.year + (month < before.month)
        else:
            year = _year(month, day, weekday, published)
        if year is None or not 1900 <= year <= 9000:
            continue
        longest = monthrange(year, month)[1]
        if day > longest:
            continue
        first, last = _ends(match["part"] or "", longest) if day == 0 else (day, day)
        before = date(year, month, first)
        yield match.start(), match.end(), before, date(year, month, last)


def _ends(part: str, longest: int) -> tuple[int, int]:
    """First and last day of a part of a month that "초", "중" or "말" names."""
    return {"초": (1, 10), "중순": (11, 20), "말": (21, longest)}.get(part, (1, longest))


def _year(month: int, day: int, weekday: str | None, published: str) -> int | None:
    """The year of a month and day in a document of that date; None where it has none."""
    if not published[:4].isdigit() or len(published) < 4:
        return None
    year = int(published[:4])
    told = int(published[5:7]) if published[5:7].isdigit() else 0
    if told >= _LATE and month <= _EARLY:
        year += 1
    if weekday and day:
        for near in (year, year + 1, year - 1):
            if (
                day <= monthrange(near, month)[1]
                and _WEEKDAYS[date(near, month, day).weekday()] == weekday
            ):
                return near
    return year
