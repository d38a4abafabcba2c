"""What binds to a value in running text: the words that name it, its class, its topic.

Korean puts what a value is called before it ("융자 한도는 5천만원"), its class before ("국비 5억원, 민간
3억원") or in brackets behind it ("2.0%(청년)"), and the value itself in the brackets of what it counts
("일손 부족(46%)"). Words before the first value of a row name the whole row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.reading.sentences import clause_starts, sentence_starts
from rag.reading.values import Value, ValueKind, values

_TEXTS = 2048  # texts whose bindings are kept
_BEHIND = re.compile(r"\s?[(（](?P<inside>[^()（）]{1,40})[)）]")
_AGAIN = re.compile(r"\s*(?:약|총|₩|￦|\\|금|US\$|\$|전년|[△▲+-])|.*\d{3}|\s*[\d.,%~]+\s*\D{0,2}$")
_OPEN = re.compile(r"[(（]\s*$")
# The last topic, subject, object or place before a value: what stands before it is shared.
_TOPIC = re.compile(
    r"(?<=[가-힣A-Za-z0-9)%][가-힣A-Za-z0-9)%’])(?:은|는|이|가|을|를|에|의|로|도|만|중|당)\s|(?<=[가-힣A-Za-z0-9)%])(?:에서|에는|으로)\s|[:：]\s*"
)
_MARKED = re.compile(r"(?<=[가-힣A-Za-z0-9)’][가-힣A-Za-z0-9)’])(?:은|는|이|가|을|를)\s")
_EACH = re.compile(r"각각|각기")
_TIE = r"\s?(?:[·ㆍ,/]|와\s|과\s|및\s|,\s)\s?"
_ROW = re.compile(rf"[가-힣A-Za-z0-9]+(?:{_TIE}[가-힣A-Za-z0-9]+)+")
_TIES = re.compile(_TIE)
_ARROW = re.compile(r"\s*+\)?\s*+[→⇒➔➡]|에서\s")
_OPENING = re.compile(r"\s?[(（]\s*")
_PERIOD = re.compile(r"[상하]반기|[1-4]\s?[/]?분기|\d{1,2}차|(?:19|20)\d\d년(?:도)?")
_CLOSED = re.compile(r"[)）]")
_LETTERS = re.compile(r"[가-힣A-Za-z]")
_PARTED = re.compile(r"[→⇒➔➡]|[,;]\s|[)）]\s*[→⇒➔➡,(]")
_TRAIL = re.compile(r"[^\s,;·]{0,8}[,;·]?\s?")
_BEHIND_IT = re.compile(r"[)）]\s?[가-힣]{0,2}\s?")
_APART = re.compile(r"\s?[가-힣]{0,4}[,;)·/]|[가-힣]{0,3}(?:이고|이며|고|며)\s|\s*$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A value with the ranges [start, end) of the text that bind to it. ``own`` stands between the
    value before and this one, its topic left out; ``behind`` is the class in brackets behind it,
    empty where there is none; ``topic`` what is said before, up to a particle; ``shared`` says
    that it stands before the first value of a row and not before this one; ``after`` goes on to
    the next value or the end of the clause; ``sentence`` holds all."""

    value: Value
    own: tuple[int, int]
    behind: tuple[int, int]
    topic: tuple[int, int]
    shared: bool
    after: tuple[int, int]
    sentence: tuple[int, int]
    reached: bool | None = None
    """True for what something came to ("→ 78%", "54%에서 78%로"), False for what it came from."""
    aside: bool = False
    """Whether it stands in the brackets behind another value: "8명 (재적 11명)"."""

    def classed(self, text: str) -> str:
        """The words that tell this value from its neighbours, "" where there are none."""
        behind = text[slice(*self.behind)].strip()
        return behind or text[slice(*self.own)].strip(" ,·(①②③④⑤⑥⑦⑧⑨⑩-").strip()


@lru_cache(maxsize=_TEXTS)
def bindings(text: str) -> tuple[Bound, ...]:
    """The values of a readable text with what binds to them, in order of place."""
    found = values(text)
    starts = sentence_starts(text)
    out: list[Bound] = []
    at = 0
    while at < len(found):
        begin = starts[max(0, bisect_right(starts, found[at].start) - 1)]
        end = next(cut for cut in starts if cut > found[at].start)
        row = [value for value in found[at:] if value.start < end]
        out += _sentence(text, begin, end, row)
        at += len(row)
    return tuple(out)


def _sentence(text: str, begin: int, end: int, row: Sequence[Value]) -> list[Bound]:
    clauses = clause_starts(text, begin, end)
    bound = [_bound(text, begin, end, row, number, clauses) for number in range(len(row))]
    return _respectively(text, begin, bound)


def _respectively(text: str, begin: int, bound: list[Bound]) -> list[Bound]:
    """ "매출과 수출은 각각 4%와 9%": each value with the name that stands in its place."""
    each = _EACH.search(text, begin, bound[-1].value.start) if len(bound) > 1 else None
    if each is None:
        return bound
    after = [n for n, one in enumerate(bound) if one.value.start >= each.end()]
    same = [n for n in after if bound[n].value.kind is bound[after[0]].value.kind]
    for match in reversed(list(_ROW.finditer(text, begin, each.start()))):
        ties = [m.span() for m in _TIES.finditer(text, match.start(), match.end())]
        starts = [match.start(), *(end for _start, end in ties)]
        names = list(zip(starts, [*(start for start, _end in ties), match.end()], strict=True))
        if len(names) == len(same) > 1:
            for n, name in zip(same, names, strict=True):
                bound[n] = replace(bound[n], own=name, shared=True)
            break
    return bound


def _bound(
    text: str, begin: int, end: int, row: Sequence[Value], number: int, clauses: Sequence[int]
) -> Bound:
    value = row[number]
    before = [other for other in row[:number] if _cuts(text, other, value)]
    while before and _names_period(text, before[-1], value):
        before.pop()  # "상반기 2. 3. ~ 2. 14.": the half-year tells which dates
    behind = [other for other in row[number + 1 :] if _cuts(text, other, value)]
    following = behind[0].start if behind else end
    edge = begin
    aside = any(_inside_of(text, other.end, value.start) for other in before)
    if before:
        last_end = before[-1].end
        opening = (
            _OPENING.match(text, last_end) if _inside_of(text, last_end, value.start) else None
        )
        edge = opening.end() if opening else _closed(text, last_end)
        trail = None if opening else _TRAIL.match(text, edge)
        edge = min(trail.end() if trail else edge, value.start)
    clause = clauses[bisect_right(clauses, value.start) - 1]
    start = max(edge, clause)
    marks = list(_TOPIC.finditer(text, start, value.start))
    own = marks[-1].end() if marks else start
    inner = _opened(text, start, value.start)
    if inner > own and _LETTERS.search(text, inner, value.start):
        own = (
            inner  # "이어달리기 사업(총사업비 433억원": the words before the bracket are its topic
        )
    named = not before or clause > edge or _MARKED.search(text, start, value.start) is not None
    topic = (start, own)
    if not named:
        first = next(
            n for n, other in enumerate(row) if other is before[0]
        )  # its topic is that of the row
        topic = _bound(text, begin, end, row, first, clauses).topic
    match = _BEHIND.match(text, value.end)
    classed = (value.end, value.end)
    last = _closed(text, value.end)
    if _OPEN.search(text, start, value.start) is not None:
        closing = text.find(")", value.end, value.end + 12)
        last = closing + 1 if closing >= 0 else value.end
    elif (
        match is not None
        and _classes(match["inside"])
        and not any(
            match.start() < other.start < match.end() and other.kind is value.kind for other in row
        )
    ):
        classed = match.span("inside")
    stop = next((cut for cut in clauses if cut > value.end), end)
    parted = _PARTED.search(text, last, stop)
    stop = parted.start() if parted else stop
    return Bound(
        value,
        (own, value.start),
        classed,
        topic,
        not named,
        (last, max(last, min(following, stop))),
        (begin, end),
        _reached(text, row, number),
        aside,
    )


def _classes(inside: str) -> bool:
    """Whether what stands in brackets behind a value tells which one it is, and neither tells it
    again nor makes an exception of it."""
    if _PERIOD.fullmatch(inside.strip()):
        return True
    return not _AGAIN.match(inside) and not _PROVISO.match(inside)


def _reached(text: str, row: Sequence[Value], number: int) -> bool | None:
    value = row[number]
    like = [other for other in row if other.kind is value.kind]
    at = like.index(value)
    if at + 1 < len(like) and _ARROW.match(text, _closed(text, value.end)):
        return False
    if at and _ARROW.match(text, _closed(text, like[at - 1].end)):
        return True
    return None


_PROVISO = re.compile(r"(?:다만|단)\s?,|(?:다만|예외로)\s")


def proviso(text: str, one: Bound) -> bool:
    """Whether a value is said for an exception alone: behind "다만," in its sentence, or in brackets
    that begin so."""
    return _PROVISO.search(text, one.sentence[0], one.value.start) is not None


def _opened(text: str, start: int, end: int) -> int:
    """Behind the bracket that is still open at ``end``; ``start`` where there is none."""
    at = max(text.rfind("(", start, end), text.rfind("（", start, end))
    return at + 1 if at >= 0 and not _CLOSED.search(text, at, end) else start


def _names_period(text: str, other: Value, value: Value) -> bool:
    """Whether a value before another is the stretch of the calendar that the other is told for."""
    gap = text[other.end : value.start]
    return not gap.strip() and gap != "" and _PERIOD.fullmatch(other.text.strip()) is not None


def _inside_of(text: str, start: int, end: int) -> bool:
    """Whether a bracket that opens right behind ``start`` is still open at ``end``."""
    opening = _OPENING.match(text, start, end)
    return opening is not None and not _CLOSED.search(text, opening.end(), end)


def _closed(text: str, at: int) -> int:
    """Behind the brackets that follow a value at once."""
    match = _BEHIND.match(text, at)
    return match.end() if match is not None else at


def _cuts(text: str, other: Value, value: Value) -> bool:
    """Whether another value ends or begins what binds to this one: a date only for dates, an
    amount of another kind only where a comma or bracket sets it apart."""
    if other.kind is value.kind:
        return True
    if ValueKind.ORDINAL in (other.kind, value.kind) or ValueKind.DATE in (other.kind, value.kind):
        return False
    if _OPEN.search(text, 0, other.start) and _BEHIND_IT.fullmatch(text, other.end, value.start):
        return False  # "우수상(3팀) 각 100만원": the name before the brackets is that of both
    at = _closed(text, other.end)
    return _APART.match(text, at) is not None
