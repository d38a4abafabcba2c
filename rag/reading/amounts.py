"""What a value is worth: number, unit and bound, exactly; sums and differences of such values.

Nothing is reckoned but exact amounts in one unit; "약", "이상" and their like make an amount
inexact, and then only its size beside others is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rag.korean.entities import HANGUL, number
from rag.reading.values import Value, ValueKind, values

_TEXTS = 8192  # texts whose amounts are kept
_FIGURES = r"\d[\d,]*(?:\.\d+)?"
_WRITTEN = re.compile(
    rf"(?P<number>{_FIGURES}(?:\s?[일이삼사오육칠팔구]?[십백천만억조]+(?:\s?{_FIGURES})?)*|{HANGUL}(?=\s?[가-힣]))"
    r"\s?(?P<unit>[^\d\s,()'’]*)"
)
_INEXACT = re.compile(
    r"약|여\s?(?:개|명|원|억|만|건)|이상|이하|미만|초과|내외|안팎|최대|최소|까지|대$|가량|정도"
)
_AROUND = re.compile(r"\([^()]*\)")
_SAID_WITH_UNIT = re.compile(
    r"(?:여|이상|이하|미만|내외|까지|규모|가량|정도|이내|초과|정|씩|한도)+$"
)
_LOW = re.compile(r"이상|초과|부터|최소|적어도|넘[는어으]|하한")
_HIGH = re.compile(r"이하|미만|이내|까지|최대|한도|안에|넘지|상한|못\s?넘")
_LEAD = re.compile(r"^(?:[가-힣]+\s|\d+\s?[가-힣]{1,3}당\s?)+(?=[\d일이삼사오육칠팔구십백천만억])")
_SHARES = ("%", "퍼센트", "프로", "배")
_BARE = re.compile(r"(?P<sign>[△▲▽+\-−]?)\s?(?P<number>\d[\d,]*(?:\.\d+)?)")
_STEPS = (("조", Decimal(10**12)), ("억", Decimal(10**8)), ("만", Decimal(10**4)))


class Edge(StrEnum):
    """Which end of a range a value is."""

    LOW = "low"
    HIGH = "high"
    NONE = ""


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


def edge(text: str) -> Edge:
    """The end that a value is by the words in it or around it: "34세 이하" is the high one."""
    if _LOW.search(text):
        return Edge.LOW
    return Edge.HIGH if _HIGH.search(text) else Edge.NONE


@lru_cache(maxsize=_TEXTS)
def amount(fact: str, unit: str = "") -> Amount | None:
    """The one amount that a fact states ("1조 2,000억원" is 1.2e12 원); what it adds in brackets
    is left aside, ``unit`` ("백만원") is that of a bare number. None where it states none, or
    several."""
    bare = _AROUND.sub(" ", fact).strip()
    found = [v for v in values(bare) if v.kind is not ValueKind.DATE]
    if not found or any(b.start - a.end > 1 for a, b in pairwise(found)):
        return _bare(bare, unit)
    inside = _LEAD.sub("", bare[found[0].start : found[-1].end])
    matches = list(_WRITTEN.finditer(inside))
    if len(matches) != 1:
        return None
    match = matches[0]
    size = number(match["number"].strip(" ,."))
    if size is None:
        return None
    minus = re.search(r"[△▲]\s?$", bare[: found[0].start]) or found[0].text[0] in "△▲-−"
    scale = re.search(r"[조억만천백십]", match["number"])
    return Amount(
        -size if minus else size,
        _SAID_WITH_UNIT.sub("", match["unit"]),
        scale.group() if scale else "",
        "." in match["number"],
        exact=_INEXACT.search(bare) is None,
    )


def _bare(text: str, unit: str) -> Amount | None:
    """A number without a unit of its own, in that of its column: "9,300" under "천원"."""
    told = _plain(_BARE.fullmatch(text))
    if told is None:
        return None
    own = _unit_of(unit, parted=told.parted)
    step = re.match(r"[십백천만억조]+", own)
    size = told.size * (number(step.group()) or 1) if step else told.size
    return Amount(size, own[step.end() :] if step else own, "", told.parted, exact=True)


def _unit_of(unit: str, *, parted: bool) -> str:
    """The unit of a column under a caption that names several, "명, %": that of shares for numbers
    with a decimal point."""
    units = [one.strip() for one in unit.split(",")]
    shares = [one for one in units if one in ("%", "%p")]
    if parted and len(units) > 1 and shares:
        return shares[0]
    return next((one for one in units if one not in shares), units[0])


def _plain(match: re.Match[str] | None) -> Amount | None:
    if match is None:
        return None
    size = Decimal(match["number"].replace(",", ""))
    minus = match["sign"] and match["sign"] != "+"
    return Amount(-size if minus else size, "", "", "." in match["number"], exact=True)


def equal(one: str, other: str, unit: str = "") -> bool:
    """Whether two texts state the same amount, however it is written; ``unit`` as for ``amount``
    of the second."""
    a, b = amount(one), amount(other, unit)
    return a is not None and b is not None and a.size == b.size and _same(a.unit, b.unit)


def _same(a: str, b: str) -> bool:
    return a == b or {a, b} <= {"%", "퍼센트", "프로"} or not a or not b


def total(facts: Sequence[str], unit: str = "") -> str:
    """The sum of the facts as a computation ("119억원 + 200억원 = 319억원"); "" where they are
    not exact amounts in one unit, or are shares, which do not add up."""
    known = _exact(facts, unit)
    if len(known) < 2 or known[0].unit.startswith(_SHARES):
        return ""
    result = sum((one.size for one in known), Decimal(0))
    return f"{' + '.join(_shown(fact, unit) for fact in facts)} = {written(result, known)}"


def gap(facts: Sequence[str], unit: str = "") -> str:
    """The difference of two facts, the larger first ("7% - 3% = 4%p"); "" where they are not two
    exact amounts in one unit."""
    known = _exact(facts, unit)
    if len(known) != 2:
        return ""
    pair = sorted(zip(known, facts, strict=True), key=lambda one: -one[0].size)
    result = written(pair[0][0].size - pair[1][0].size, known)
    if known[0].unit in ("%", "퍼센트"):
        result += "p" if known[0].unit == "%" else "포인트"
    return f"{_shown(pair[0][1], unit)} - {_shown(pair[1][1], unit)} = {result}"


def order(facts: Sequence[str], *, descending: bool, unit: str = "") -> list[int] | None:
    """The places of the facts by size, ties as given; None where they are not amounts in one
    unit. "10년 이상" counts as 10년: larger than 5년 all the same."""
    known = [one for fact in facts if (one := amount(fact, unit)) is not None]
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
        name = next(iter(scales))
        step = number(name) or Decimal(1)
        return f"{(size / step).normalize():,f}{name}{unit}"
    parts = []
    for name, step in _STEPS:
        count = size // step
        size -= count * step
        if count:
            parts.append(f"{count:,f}{name}")
    if size:
        parts.append(f"{size.normalize():,f}")
    return " ".join(parts or ["0"]) + unit


def _exact(facts: Sequence[str], unit: str) -> list[Amount]:
    """The exact amounts of the facts; bare numbers stay in the unit of their column."""
    bare = [_BARE.fullmatch(fact.strip()) for fact in facts]
    if unit and all(bare):
        plain = [one for one in map(_plain, bare) if one]
        unit = _unit_of(unit, parted=all(one.parted for one in plain))
        return [Amount(one.size, unit, "", one.parted, exact=True) for one in plain]
    known = [one for fact in facts if (one := amount(fact, unit)) is not None and one.exact]
    alike = len(known) == len(facts) and len({one.unit for one in known}) == 1
    return known if alike else []


def _shown(fact: str, unit: str) -> str:
    """The amount of a fact without the words before it and the remark behind it."""
    bare = _AROUND.sub(" ", fact).strip()
    start = re.search(r"[△▲]?(?:\d|[일이삼사오육칠팔구십백천만억]+\s?원)", bare)
    return " ".join(bare[start.start() :].split()) if start else bare


def bound(value: Value, wanted: Edge) -> tuple[int, int]:
    """Where the end of a period stands that is wanted, "12월까지" of "1월부터 12월까지"; where the whole
    value does for another value, or where neither end is."""
    first, cut, last = value.text.partition("부터")
    if not cut or not last.strip() or wanted is Edge.NONE:
        return value.start, value.end
    middle = value.start + len(first) + len(cut)
    if wanted is Edge.LOW:
        return value.start, middle
    return middle + len(last) - len(last.lstrip()), value.end
