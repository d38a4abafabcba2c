"""Ranges that texts state, and whether an amount falls into one: "10년 이상 20년 미만" holds 12년, "44세
이하" holds none of 46세.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rag.korean.entities import native, number

_TEXTS = 8192  # texts whose ranges are kept
_FIGURE = r"\d[\d,]*(?:\.\d+)?(?:\s?[십백천만억조]+)*"
_UNIT = r"(?:%p?|퍼센트|프로|등급|개월|시간|달러|유로|위안|[가-힣㎡℃]|㎾|kW|km|ha|kg|t)"
_OVER, _UNDER = r"이상|초과|부터|넘는", r"이하|미만|이내|까지|안에|못\s?미치는"
_BOTH = re.compile(
    rf"(?P<low>{_FIGURE})\s?(?P<unit>{_UNIT}?)\s?(?:(?P<from>{_OVER})\s?[~∼～〜–-]?|[~∼～〜–-])\s?"
    rf"(?P<high>{_FIGURE})\s?(?P<other>{_UNIT})\s?(?P<to>{_UNDER})?"
)
_ONE = re.compile(
    rf"(?P<size>{_FIGURE})\s?(?P<unit>{_UNIT})\s?(?P<before>전)?\s?(?P<bound>{_OVER}|{_UNDER})"
)
_ASKED = re.compile(
    rf"(?<!\d)(?!(?:19|20)\d\d\s?년)(?P<size>{_FIGURE})\s?(?P<unit>(?![월분차번호]){_UNIT})(?!\s?(?:{_OVER}|{_UNDER}))"
)
_MONEY = re.compile(r"[만억조]$")
_NO_UNIT = frozenset("인이면안은는도")
_BOUNDED = re.compile(rf"\d.{{0,8}}?(?:{_OVER}|{_UNDER}|[~∼～〜–]|-\s?\d)")
# Counters that count one thing under two names.
_SAME = {"살": "세", "달": "개월", "퍼센트": "%", "프로": "%", "급": "등급", "인": "명"}


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high`` in ``unit``, None where it is open; an end is in it or is not."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    low_in: bool = True
    high_in: bool = True

    def holds(self, size: Decimal) -> bool:
        """Whether an amount of the range's unit is in it."""
        if self.low is not None and (size < self.low or (size == self.low and not self.low_in)):
            return False
        return self.high is None or size < self.high or (size == self.high and self.high_in)


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount that a question states of what it asks about, as written, with its size and unit; the
    unit of a numeral without a counter is ""."""

    text: str
    size: Decimal
    unit: str


@lru_cache(maxsize=_TEXTS)
def ranges(text: str) -> tuple[Range, ...]:
    """The ranges that a readable text states, in order of place; none that is told in words."""
    return tuple(_ranges(text)) if _BOUNDED.search(text) else ()


def _ranges(text: str) -> Iterator[Range]:
    at = 0
    while at < len(text):
        one, both = _ONE.search(text, at), _BOTH.search(text, at)
        if both is not None and (one is None or both.start() <= one.start()) and _paired(both):
            low, high = number(both["low"].strip()), number(both["high"].strip())
            at = both.end()
            if low is not None and high is not None and low < high:
                unit = _unit(both["other"])
                yield Range(low, high, unit, both["from"] != "초과", both["to"] != "미만")
            continue
        if one is None:
            at = both.start() + 1 if both is not None else len(text)
            continue
        at = one.end()
        size = number(one["size"].strip())
        if size is None:
            continue
        # What is done "3일 전까지" is done three days before or more.
        if re.fullmatch(_OVER, one["bound"]) or (one["before"] and one["bound"] == "까지"):
            yield Range(size, None, _unit(one["unit"]), low_in=one["bound"] != "초과")
        else:
            yield Range(None, size, _unit(one["unit"]), high_in=one["bound"] != "미만")


def _paired(match: re.Match[str]) -> bool:
    """Whether two amounts are the ends of one range: of one unit, and a bound is on both or none."""
    alike = not match["unit"] or _unit(match["unit"]) == _unit(match["other"])
    return alike and bool(not match["from"] or match["to"])


def stated(text: str) -> tuple[Stated, ...]:
    """The amounts without a bound that a question states, in order of place: "마흔여섯 살", "매출 7억"."""
    found = []
    for match in _ASKED.finditer(text):
        size = number(match["size"].strip())
        if size is not None:
            written, unit = match.group(), match["unit"]
            if unit in _NO_UNIT:  # "매출 7억인", "5억 안 되고"
                written = match["size"].strip()
                unit = "원" if _MONEY.search(written) else ""
            found.append((match.start(), Stated(written, size, _unit(unit))))
    for start, written, count, unit in native(text):
        found.append((start, Stated(written, Decimal(count), _unit(unit))))
    return tuple(one for _start, one in sorted(found, key=lambda item: item[0]))


def holds(text: str, asked: Stated) -> bool:
    """Whether a text states a range that the amount falls into."""
    return any(
        one.holds(asked.size) and (one.unit == asked.unit or not asked.unit) for one in ranges(text)
    )


def _unit(unit: str) -> str:
    return _SAME.get(unit, unit)
