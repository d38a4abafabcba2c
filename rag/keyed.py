"""Values that policy prose lists with a label each: "국가정책사업(90%) / 민간주도사업(50%)",
"('19) 15 → ('25) 2,000", "(하이브리드) 3.2, (전기차) 1.5".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag import korean
from rag.reading.values import Value, ValueKind, values
from rag.types import Question

_BEFORE_BRACKET = re.compile(r"(?P<label>[^\s,/;:()\[\]△→][^,/;:()\[\]△→]{0,24}?)\s?\(\s?$")
_IN_BRACKET = re.compile(r"\((?P<label>[^()]{1,24})\)\s?:?\s?$")
_WITH_COLON = re.compile(r"(?P<label>[가-힣A-Za-z][^,/;:()\[\]△→]{0,24}?)\s?[:：]\s?$")
_LONGEST = 28  # characters of a label with its sign


def of_label(question: Question, text: str, found: Sequence[Value]) -> list[Value]:
    """The value whose label shares most with the question, where at least two values have labels
    of the same form and one of them alone shares most; else empty."""
    for pattern in (_BEFORE_BRACKET, _IN_BRACKET, _WITH_COLON):
        labelled = []
        for value in found:
            label = pattern.search(text[max(0, value.start - _LONGEST) : value.start])
            if label is not None:
                labelled.append((value, label["label"].split(" - ")[-1]))
        if len(labelled) < 2:
            continue
        votes = _votes(question, [label for _value, label in labelled])
        best = max(votes)
        if votes.count(best) == 1:
            return [labelled[votes.index(best)][0]]
    return []


def _votes(question: Question, labels: Sequence[str]) -> list[float]:
    """What each label shares with the question that not all of the labels share with it."""
    weights = {term.text: term.weight * len(term.text) for term in question.terms}
    held = [{term for term in korean.terms(label) if term in weights} for label in labels]
    shared = set.intersection(*held)
    return [sum(weights[term] for term in terms - shared) for terms in held]


_YEAR = re.compile(
    r"(?:(?<!\d)(?:19|20)(?P<long>\d{2})(?=년|[.~∼-]|\s)|['’‘`](?P<short>\d{2})(?!\d))(?!\d)"
)
_LEADS_ON = re.compile(r"\s?(?:→|➔|⇒|->)")
_YEARS_BEFORE = 24  # characters


def of_years(question: Question, text: str, found: Sequence[Value]) -> list[Value]:
    """The values in front of which, and behind the value before, only years that the question
    names are written, where another value stands behind another year or leads on to the next by an
    arrow; else empty. "'14~'17년 간
    5,003개" is said of both of its years."""
    asked = {year % 100 for year in question.years}
    if not asked:
        return []
    right, wrong = [], []
    for value in found:
        before = max((v.end for v in found if v.end <= value.start), default=0)
        start = max(before, value.start - _YEARS_BEFORE)
        years = {int(m["long"] or m["short"]) for m in _YEAR.finditer(text, start, value.start)}
        if years and years <= asked:
            right.append(value)
        elif years or _LEADS_ON.match(text, value.end):
            wrong.append(value)
    return right if wrong else []


_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_BARE = r"(?=\s*(?:→|➔|⇒|->|[,;)\n]|[①-⑳]|$)|\s[-•※*])"
_BY_YEAR = re.compile(rf"\(['’‘]?(?:19|20)?(?P<label>\d{{2}})\)\s?(?P<value>{_NUMBER}){_BARE}")
_BY_NAME = re.compile(rf"(?P<label>[가-힣A-Za-z]{{2,20}})\s?\((?P<value>{_NUMBER})\)")


def bare(question: Question, text: str) -> Value | None:
    """The number without a unit that stands behind the year or the name asked for, in a row of at
    least three: "(코트라, 편) : ('19) 15 → ('20) 19 → ('21) 200", "중국(23.3) 미국(12.3) 일본(9.8)". The
    unit of such a row stands in front of it, once. None where there is no such row, or where not
    just one of its labels is asked for."""
    for pattern in (_BY_YEAR, _BY_NAME):
        found = list(pattern.finditer(text))
        if len(found) < 3:
            continue
        years = {f"{year % 100:02}" for year in question.years}
        wanted = years if pattern is _BY_YEAR else question.searched
        right = [m for m in found if m["label"] in wanted]
        if len(right) == 1:
            start, end = right[0].span("value")
            return Value(ValueKind.COUNT, start, end, text[start:end])
    return None


_PLACE_LABEL = re.compile(
    r"(?:일시\s?(?:·|ㆍ|/|,|및)\s?)?장\s?소\s?[:：]\s?(?P<said>\S.*?)"
    r"(?=\s(?:[-–•○※❖□▣◦]|\*+|[①-⑳])|\s\S{1,8}\s?[:：]\s|$)"
)


def place_by_label(text: str) -> tuple[int, int] | None:
    """The place behind the first label that names one, without the date and hour that a shared
    label ("일시·장소 : 3. 15.(월) 15:00, 한빛회관") puts in front of it; None where there is none."""
    label = _PLACE_LABEL.search(text)
    if label is None:
        return None
    start, end = label.span("said")
    dated = [v.end for v in values(text[start:end]) if v.kind is ValueKind.DATE]
    begin = start + max(dated, default=0)
    if dated:
        hours = _HOURS.match(text, begin, end)
        begin = hours.end() if hours else begin
    return (begin, end) if begin < end else None


_HOURS = re.compile(
    r"(?:[\s~∼～\-(),.]|\d{1,2}\s?(?::\s?\d{2}|시(?:\s?\d{1,2}분)?)|오전|오후|[월화수목금토일](?=\)))+"
)
