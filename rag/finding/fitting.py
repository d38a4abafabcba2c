"""Whether a text tells a value of the sort that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.wants import Wants
from rag.reading.values import ADDRESS, Value, ValueKind, values
from rag.types import Question

ANYTHING = frozenset(("개", "가지"))  # counters of anything
BARE = re.compile(
    r"[(（]?\s?[△▲▽+\-−]?\s?\d[\d,]*(?:\.\d+)?\s?[)）]?(?:\s?\([△▲▽+\-−]?\s?[\d.,]+%?\))?"
)
"""A number without a unit, as in a cell."""
SHARES = frozenset((ValueKind.SHARE,))
_IN_WORDS = re.compile(
    r"상시|수시|연중|소진|별도|무료|무상|전액|없음|미지원|해당\s?없|면제|협의|추후|미정|제한\s?없|불검출|당일|즉시|익일|다음\s?날"
)
_CONTACTS = (
    (re.compile(r"메일", re.IGNORECASE), re.compile(r"@")),
    (
        re.compile(r"홈페이지|누리집|사이트|웹|url", re.IGNORECASE),
        re.compile(r"://|www\.|\.(?:kr|com|net|org)"),
    ),
    (re.compile(r"전화|번호|팩스|fax", re.IGNORECASE), re.compile(r"\d-\d|\)\s?\d|국번|^\d{3,4}$")),
)
_WITHIN = re.compile(
    r"\d\s?(?:일|주|개월|년)\s?(?:이내|안|전까지|전|내)(?:에|\s|$|까지)|부터\s?\d+\s?(?:일|주|개월|년)"
)
_SCALE = re.compile(r"\s?만점")
_PRICED = (ValueKind.MONEY, ValueKind.SHARE, ValueKind.COUNT, ValueKind.DURATION)


def fitting(wants: Wants, text: str) -> list[Value]:
    """The values of a text that are of the wanted sort and unit; where a price is asked for, money
    sooner than a share, and that sooner than a count."""
    found = [
        value
        for value in values(text)
        if value.kind in wants.values and not _SCALE.match(text, value.end)
    ]
    if wants.units:
        return [value for value in found if wants.fits(value.kind, value.unit)]
    if wants.price:
        for kind in _PRICED:
            best = [value for value in found if value.kind is kind]
            if best:
                return best
    return found


def typed(question: Question, wants: Wants, text: str, unit: str = "") -> float:
    """1 where a value of the wanted sort is told or none is wanted, 0.6 where words stand for
    one, 0 where there is none."""
    if not wants.values:
        return 1.0
    told = fitting(wants, text)
    if (
        not told
        and wants.units & ANYTHING
        and any(value.kind is ValueKind.COUNT for value in values(text))
    ):
        return 0.5  # "일자리가 몇 개": 59명
    if told:
        if ValueKind.CONTACT in wants.values:
            return _contact(question, told)
        if not wants.price or ValueKind.MONEY not in wants.values:
            return 1.0
        kinds = {value.kind for value in told}
        # "얼마" asks for money sooner than for a share, and for that sooner than for a count.
        return 1.0 if ValueKind.MONEY in kinds else 0.8 if ValueKind.SHARE in kinds else 0.7
    bare = BARE.fullmatch(text.strip())
    if unit and bare:
        return _in_unit(wants, unit)
    if ValueKind.DATE in wants.values and _WITHIN.search(text):
        return 0.9  # "공고일부터 14일 이내"
    if _IN_WORDS.search(text) and len(text) < 60:
        return 0.8
    if bare and ValueKind.COUNT in wants.values:
        return 0.6 if wants.price else 0.8
    if not text.strip("-–—―ㅡ－ ·."):
        return 0.8
    return 0.5 if bare else 0.0


def _contact(question: Question, told: Sequence[Value]) -> float:
    """1 for the kind of contact that is asked for: a number, a page, an address."""
    asked = question.searched
    wanted = next((form for cue, form in _CONTACTS if cue.search(asked)), None)
    if wanted is None and "주소" in asked:
        return 1.0 if any(value.unit == ADDRESS for value in told) else 0.4
    return 1.0 if wanted is None or any(wanted.search(value.text) for value in told) else 0.4


def _in_unit(wants: Wants, unit: str) -> float:
    """How well a bare number under a unit is such as is wanted."""
    told = [value for one in unit.split(",") for value in values(f"1{one.strip()}")]
    kinds = {value.kind for value in told}
    if not kinds or kinds & wants.values:
        return 1.0 if wants.values != SHARES or kinds & SHARES else 0.3
    return 0.3
