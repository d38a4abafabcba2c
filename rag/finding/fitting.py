"""Values that fit what is asked: which are of the sort, and which of several is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.finding.place import Candidate
from rag.finding.wording import Asked
from rag.question.wants import Wants
from rag.reading.amounts import Edge, edge
from rag.reading.values import ADDRESS, Value, ValueKind, periods, values
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


_WHOLE = 160  # characters of the longest value that is told as a whole
_ONE = 60  # the same where it holds but one value of the wanted sort
_LEAD = 0.3  # of a word's weight by which one value must be meant rather than another
_SUBJECT, _SAID = 0.25, 0.7
_EDGE, _PERIOD, _PROVISO, _REACHED = 2.0, 3.0, 3.0, 1.0


def refine(asked: Asked, whole: Candidate, inside: Sequence[Candidate]) -> Candidate:
    """Of a fact with the values ``inside`` it, in order of place, the candidate that answers: the
    value that the question's own words, bounds and years single out, else the fact as a whole."""
    if not inside:
        return whole
    if len(inside) == 1:
        return whole if len(whole.value) <= _ONE else inside[0]
    meant = [_meant(asked, inside, n) for n in range(len(inside))]
    # What binds to a value and was not asked for tells it from others that are meant as much.
    scores = [m - asked.wording.rest(one.context.own) for m, one in zip(meant, inside, strict=True)]
    order = sorted(range(len(inside)), key=lambda n: (-scores[n], n))
    best = order[0]
    # Values of its sort in the brackets behind it are others: it is meant where none of them is.
    alone = [n for n, one in enumerate(inside) if not one.context.aside] == [best]
    alone = alone and len({values(one.value)[0].kind for one in inside}) == 1
    if scores[best] - scores[order[1]] >= _LEAD and (meant[best] > min(meant) or alone):
        return inside[best]
    return whole if len(whole.value) <= _WHOLE else inside[best]


def _meant(asked: Asked, inside: Sequence[Candidate], n: int) -> float:
    """How surely the n-th value is meant: the weight of the question's words that bind to it, those
    that an earlier topic says counted in part."""
    one = inside[n]
    words = asked.wording.words
    own = asked.wording.credits(f"{one.context.own} {one.context.after}")
    before = [asked.wording.credits(other.context.own) for other in inside[:n]]
    about = asked.wording.credits(f"{one.context.path} {one.context.title}")
    score = 0.0
    for number, word in enumerate(words):
        inherited = max((said[number] for said in before), default=0.0)
        # What the document as a whole is about tells none of its values from the others.
        share = _SUBJECT if about[number] > _SAID else 1.0
        score += share * word.weight * max(own[number], 0.8 * inherited)
    wanted = asked.wants.edge
    if wanted is not Edge.NONE:
        told = ends(one)
        both = one.signals.get("edge", 0.0) > 0
        score += _EDGE * (both - (told is not wanted and told is not Edge.NONE and not both))
    if one.context.reached is not None and not asked.wants.changed:
        # "300만원 → 450만원": what it came to, unless the question asks for what was before.
        score += _REACHED if one.context.reached is not asked.wants.former else -_REACHED
    if one.context.proviso:
        score -= _PROVISO * asked.wording.rest(one.context.around or one.context.own)
    if asked.wants.periods:
        told_periods = periods(one.context.own)
        if told_periods:
            fits = any(
                t.fits(p) or (p.whole and t.year == p.year)
                for t in told_periods
                for p in asked.wants.periods
            )
            score += _PERIOD if fits else -_PERIOD
    if asked.wants.price:
        score += 0.5 * (one.signals.get("typed", 0.0) - 1.0)
    return score


_LABEL = 8  # characters at the end of a label that say which end its value is
_CLOSES = ("마치", "마친", "종료", "끝", "완료", "준공", "마감", "까지", "기한", "만료")
_OPENS = ("시작", "착수", "착공", "개시", "부터", "열", "개최")


def ends(candidate: Candidate) -> Edge:
    """Which end of a range or of a period a value is, by its own words, by what follows
    and by its label ("접수마감")."""
    told = edge(candidate.value)
    if told is not Edge.NONE:
        return told
    for text in (candidate.context.after[:16], candidate.context.attribute[-_LABEL:]):
        if any(word in text for word in _CLOSES):
            return Edge.HIGH
        if any(word in text for word in _OPENS):
            return Edge.LOW
    return Edge.NONE
