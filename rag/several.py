"""Questions that ask for two numbers at once: "몇 개 분야에 몇 가지", "직원 수랑 1년 예산"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.reading.values import Value, ValueKind
from rag.types import Question

_HOW_MANY = re.compile(
    r"(?<!몇)몇\s?(?:[십백천만억]+\s?)?(?P<unit>개월|개사|개국|기관|기업|회사|나라|사람|명|곳|군데|가지|건|종|달|년|시간|주|일|개|회|번|"
    r"퍼센트|프로|%|원|점|편|대)"
)
_MONTHS = {"달": "개월", "주": "주", "가지": "개", "나라": "개국", "사람": "명", "회사": "개사"}
_MEASURES: tuple[tuple[ValueKind, str], ...] = (
    (ValueKind.SHARE, r"[가-힣]{0,4}[율률]|비율|비중"),
    (ValueKind.MONEY, r"예산|금액|사업비|지원금|비용|[가-힣]{2,}액|매출"),
    (ValueKind.DURATION, r"기간"),
    (ValueKind.COUNT, r"(?:[가-힣]+\s?)?수|인원|개수|횟수|규모"),
)
_ALL_MEASURES = "|".join(pattern for _kind, pattern in _MEASURES)
_TWO_NOUNS = re.compile(
    rf"(?P<one>{_ALL_MEASURES})\s?(?:와|과|이?랑|하고|및)\s(?:그\s)?(?:\S+\s){{0,2}}?(?P<two>{_ALL_MEASURES})"
    r"(?=[은는이가을를]?(?:요)?(?:\s|[?.!]|$))"
)
_CHARACTERS = 60  # between the beginning of the first number and the end of the last


def wanted_numbers(question: Question) -> tuple[tuple[ValueKind | None, str], ...]:
    """The kind and unit of each number that is asked for, in order, where at least two are; else
    (). A kind of None stands for any with that unit."""
    text = question.searched
    units = [match["unit"] for match in _HOW_MANY.finditer(text)]
    if len(units) > 1:
        return tuple((None, _MONTHS.get(unit, unit)) for unit in units)
    nouns = _TWO_NOUNS.search(text)
    if nouns is None:
        return ()
    kinds = [
        next(kind for kind, pattern in _MEASURES if re.fullmatch(pattern, nouns[name]))
        for name in ("one", "two")
    ]
    return tuple((kind, "") for kind in kinds) if kinds[0] is not kinds[1] else ()


def both(
    question: Question, found: Sequence[Value], scores: Sequence[float]
) -> tuple[int, int] | None:
    """The stretch from the first to the last of the numbers asked for, each the one of its kind
    and unit with the best score; None where one of them is missing or they lie too far apart."""
    chosen: list[Value] = []
    for kind, unit in wanted_numbers(question):
        fit = [
            (score, -value.start, value)
            for value, score in zip(found, scores, strict=True)
            if value not in chosen
            and (kind is None or value.kind is kind)
            and (not unit or value.unit.endswith(unit))
        ]
        if not fit:
            return None
        chosen.append(max(fit)[2])
    if not chosen:
        return None
    start, end = min(v.start for v in chosen), max(v.end for v in chosen)
    return (start, end) if end - start <= _CHARACTERS else None
