"""What the amounts of two or more sides come to: their sum, their difference, the larger one.

Nothing is reckoned but exact amounts in one unit; "약", "이상" and their like make an amount
inexact, and then only its size beside the others is told. Decimals are exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from rag.reading.values import ValueKind, values

_SCALE = {
    "조": Decimal(10**12),
    "억": Decimal(10**8),
    "만": Decimal(10**4),
    "천": Decimal(10**3),
    "백": Decimal(10**2),
}
_NUMBER = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>[조억만천백]*)(?P<unit>[^\d\s,()'’]*)"
)
_INEXACT = re.compile(
    r"약|여\s?(?:개|명|원|억|만|건)|이상|이하|미만|초과|내외|안팎|최대|최소|까지|대$|가량|정도"
)
_AROUND = re.compile(r"(?:\((?P<inside>[^()]*)\))")
_SAID_WITH_UNIT = re.compile(r"(?:여|이상|이하|미만|내외|까지|규모|가량|정도)+$")


@dataclass(frozen=True, slots=True)
class Amount:
    """``size`` in units of ``unit`` ("원", "명"), below 0 behind △; ``scale`` the largest scale
    word written ("억"), ``parted`` whether a decimal point parts it, ``exact`` False where the
    text says about, at least or at most."""

    size: Decimal
    unit: str
    scale: str
    parted: bool
    exact: bool


def amount(fact: str) -> Amount | None:
    """The one amount that a fact states ("1조 2,000억원" is 1.2e12 원); what it adds in brackets
    is left aside. None where it states none, or several."""
    bare = _AROUND.sub(" ", fact).strip()
    found = [v for v in values(bare) if v.kind is not ValueKind.DATE]
    if not found or any(b.start - a.end > 1 for a, b in pairwise(found)):
        return None
    size, unit, scale, last = Decimal(0), "", "", None
    for match in _NUMBER.finditer(bare[found[0].start : found[-1].end]):
        part = Decimal(match["digits"].replace(",", ""))
        step = Decimal(1)
        for name in match["scale"]:
            step *= _SCALE[name]
        if last is not None and (step >= last or unit):
            return None  # "6억원 5억원" are two
        size, last = size + part * step, step
        scale = scale or match["scale"]
        unit = _SAID_WITH_UNIT.sub("", match["unit"])
    if not size and not unit:
        return None
    if re.search(r"[△▲]\s?$", bare[: found[0].start]) or found[0].text[0] in "△▲":
        size = -size
    parted = "." in bare[found[0].start : found[-1].end]
    return Amount(size, unit, scale, parted, exact=_INEXACT.search(bare) is None)


def total(facts: Sequence[str]) -> str:
    """The sum of the facts as a computation ("119억원 + 200억원 = 319억원"); "" where they are
    not exact amounts in one unit, or are shares, which do not add up."""
    known = _exact(facts)
    if len(known) < 2 or known[0].unit.startswith(("%", "퍼센트", "배")):
        return ""
    result = sum((one.size for one in known), Decimal(0))
    return f"{' + '.join(map(_bare, facts))} = {written(result, known)}"


def gap(facts: Sequence[str]) -> str:
    """The difference of two facts, the larger first ("7% - 3% = 4%p"); "" where they are not two
    exact amounts in one unit."""
    known = _exact(facts)
    if len(known) != 2:
        return ""
    pair = sorted(zip(known, facts, strict=True), key=lambda one: -one[0].size)
    result = written(pair[0][0].size - pair[1][0].size, known)
    if known[0].unit in ("%", "퍼센트"):
        result += "p" if known[0].unit == "%" else "포인트"
    return f"{_bare(pair[0][1])} - {_bare(pair[1][1])} = {result}"


def order(facts: Sequence[str], *, descending: bool) -> list[int] | None:
    """The places of the facts by size, ties as given; None where they are not amounts in one
    unit. "10년 이상" counts as 10년: larger than 5년 all the same."""
    known = [one for fact in facts if (one := amount(fact)) is not None]
    if len(known) < len(facts) or len({one.unit for one in known}) > 1:
        return None
    sign = -1 if descending else 1
    return sorted(range(len(known)), key=lambda n: (sign * known[n].size, n))


def differ(facts: Sequence[str]) -> bool:
    """Whether the first two facts, amounts in one unit, surely differ in size as they are
    ordered: the bound of an inexact one must not reach across the other."""
    a, b = amount(facts[0]), amount(facts[1])
    if a is None or b is None or a.size == b.size:
        return False
    large, small = (facts[0], facts[1]) if a.size > b.size else (facts[1], facts[0])
    return not re.search(r"이하|미만|최대|까지", large) and not re.search(r"이상|초과|최소", small)


def written(size: Decimal, like: Sequence[Amount]) -> str:
    """An amount as Korean writes it, in 조, 억 and 만 where the amounts that it comes from are
    written so: "1조 2,450억원"."""
    unit = like[0].unit
    if not any(one.scale for one in like):
        return f"{size.normalize():,f}{unit}"
    scales = {one.scale for one in like}
    if len(scales) == 1 and any(one.parted for one in like):
        step = Decimal(1)
        for name in next(iter(scales)):
            step *= _SCALE[name]
        return f"{(size / step).normalize():,f}{next(iter(scales))}{unit}"
    parts = []
    for name in "조억만":
        count = size // _SCALE[name]
        size -= count * _SCALE[name]
        if count:
            parts.append(f"{count:,f}{name}")
    if size:
        parts.append(f"{size.normalize():,f}")
    return " ".join(parts or ["0"]) + unit


def _exact(facts: Sequence[str]) -> list[Amount]:
    known = [one for fact in facts if (one := amount(fact)) is not None and one.exact]
    alike = len(known) == len(facts) and len({one.unit for one in known}) == 1
    return known if alike else []


def _bare(fact: str) -> str:
    """The amount of a fact without the words before it and the remark behind it."""
    bare = _AROUND.sub(" ", fact).strip()
    start = re.search(r"[△▲]?\d", bare)
    return " ".join(bare[start.start() :].split()) if start else bare
