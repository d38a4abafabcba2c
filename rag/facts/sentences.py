"""Sentences that state what a label would → facts: "지원대상은 도내 중소기업으로 한다", "나래재단이
운영한다", "휴업 중인 기업은 제외한다".

Two ways of saying it. A topic that names an aspect is told of by a predicate that does no more than
say what it is; or the noun of the predicate names an aspect, of the body that does it, the way it is
done in, what is left out, and the argument that goes with it is the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rag.facts.fact import Fact, Form
from rag.outline import parse_mark
from rag.reading.aspects import Aspect, label_aspects, words
from rag.reading.sentences import clause_starts, sentence_starts
from rag.reading.values import values
from rag.types import Span

_TOPIC = re.compile(r"(?P<said>[^.,:;()]{1,40}?[가-힣)])(?:은|는)\s+(?=\S)")
_COPULA = re.compile(
    r"(?:입니다|이다|이며|이고|이나|이지만|(?<!\s[따새바서])(?:으)?로\s?(?:한다|합니다|함|하며|하고|하되|정한다|정함|정하며))[\s.,)”’\"']*$"
)
_ARGUMENT = re.compile(r"(?<=[가-힣)])(은|는|이|가|에서|(?:으)?로|에|(?:을|를)\s통(?:하여|해))\s")
_DOES = re.compile(
    r"(?<=\s)(?P<noun>[가-힣]{2})(?:을|를|이)?\s?"
    r"(?:한다|합니다|함|하며|하고|하되|된다|됩니다|됨|되며|되고|받는다|받습니다|받으며)[\s.,:”’\"']*$"
)
_COMMA, _COMMA_LAST = re.compile(r",\s+"), re.compile(r",\s+$")
_LISTED = re.compile(r"[:：]\s+(?=\S)")
# A word before a label that is no part of its name: it ends in a particle.
_APART = re.compile(r"(?:에서|에게|에|으로|로|을|를|은|는|이|가|와|과|하여|해|의)$")
_PROVISO = re.compile(r"(?:다만|단),?\s+")
_LEADING = re.compile(r"(?:다만|단|아울러|또한|그리고|한편),?\s+")
_WORDS = 3  # words of the longest label
_LONGEST = 400  # characters of a value
_NAME = 40  # characters of the name of a body, or of a way
_DOER = ("이", "가", "에서")
_WAY = ("로", "으로", "에", "을 통하여", "를 통하여", "을 통해", "를 통해")
_THEME = ("은", "는", "이", "가")

_Part = tuple[int, int]


def sentence_facts(
    text: str, span: Callable[[int, int], Span], subject: tuple[str, ...], block: int
) -> Iterator[Fact]:
    """The facts that the clauses of a readable text state. ``span`` gives the source of a range of
    it; what stands before a label with 의 is its subject. In order of place."""
    ruled: _Part | None = None  # the label of the rule that a proviso makes an exception of
    for begin, end in pairwise(sentence_starts(text)):
        mark = parse_mark(text[begin:end])
        begin += mark.content if mark else 0
        leading = _PROVISO.match(text, begin, end)
        if leading is None:
            ruled = None
        for start, stop in pairwise([*_clauses(text, begin, end), end]):
            found = _of_topic(text, start, stop)
            if found is None and leading and ruled:
                excepted = _excepted(text, max(start, leading.end()), stop)
                if excepted is not None:
                    of, value = excepted
                    yield _fact(text, span, (*subject, text[slice(*of)]), block, ruled, value)
                    continue
            found = found or _of_predicate(text, start, stop, end)
            if found is None:
                continue
            label, value = found
            if not 0 < value[1] - value[0] <= _LONGEST:
                continue
            ruled = label if leading is None else ruled
            own = text[start : label[0]].strip() if label[0] < value[0] else ""
            about = (*subject, own.removesuffix("의")) if own.endswith("의") else subject
            yield _fact(text, span, about, block, label, value)


def _clauses(text: str, begin: int, end: int) -> list[int]:
    """Where the clauses of a sentence begin: also behind a comma, where another topic that is a label
    begins ("A의 예산은 90억원, B의 예산은 75억원이다")."""
    starts = set(clause_starts(text, begin, end))
    for comma in _COMMA.finditer(text, begin, end):
        topic = _TOPIC.match(text, comma.end(), end)
        if topic is not None and _label(text, *topic.span("said")) is not None:
            starts.add(comma.end())
    return sorted(starts)


def _fact(
    text: str,
    span: Callable[[int, int], Span],
    subject: tuple[str, ...],
    block: int,
    label: _Part,
    value: _Part,
) -> Fact:
    name, told = text[slice(*label)], text[slice(*value)]
    return Fact(Form.LABEL, subject, name, told, span(*value), block, span(*label))


def _excepted(text: str, start: int, stop: int) -> tuple[_Part, _Part] | None:
    """What a proviso is about and its value: "신간 도서" and "7일" of "신간 도서는 7일로 한다"."""
    topic, told = _TOPIC.match(text, start, stop), _COPULA.search(text, start, stop)
    if topic is None or told is None or told.start() <= topic.end():
        return None
    return topic.span("said"), _trimmed(text, topic.end(), told.start())


def _of_topic(text: str, start: int, stop: int) -> tuple[_Part, _Part] | None:
    """The label and the value of "지원대상은 도내 중소기업으로 한다"."""
    topic = _TOPIC.match(text, start, stop)
    if topic is None:
        return None
    told = _COPULA.search(text, start, stop) or _left_out(text, topic.end(), stop)
    if told is None or told.start() <= topic.end():
        return None
    label = _label(text, *topic.span("said"))
    return None if label is None else (label, _trimmed(text, topic.end(), told.start()))


def _left_out(text: str, start: int, stop: int) -> re.Match[str] | None:
    """The comma behind an amount whose predicate a later clause says: "예산은 90억원, …"."""
    comma = _COMMA_LAST.search(text, start, stop)
    ends = {value.end for value in values(text[start : comma.start()])} if comma else set()
    return comma if comma is not None and comma.start() - start in ends else None


def _of_predicate(text: str, start: int, stop: int, end: int) -> tuple[_Part, _Part] | None:
    """The noun of the predicate and its argument: "운영" and "나래재단" of "나래재단이 운영한다"."""
    listed = _LISTED.search(text, start, end)
    does = _DOES.search(text, start, listed.start() if listed else stop)
    if does is None:
        return None
    leading = _LEADING.match(text, start, does.start())
    low = leading.end() if leading else start
    noun = does["noun"]
    told = label_aspects(noun)
    body = Aspect.BODY in told or f"{noun}기관" in words()
    # The argument next to the predicate is its own; a topic may stand before it.
    for argument in reversed(list(_ARGUMENT.finditer(text, low, does.start()))):
        particle, high = argument[1], argument.start()
        if Aspect.EXCLUDED in told and particle in _THEME:
            value = (listed.end(), end) if listed else (low, high)
            return does.span("noun"), _trimmed(text, *value)
        if (body and particle in _DOER) or (Aspect.METHOD in told and particle in _WAY):
            pieces = [m.span() for m in re.finditer(r"\S+", text[low:high])]
            first = _joined(text[low:high], pieces, len(pieces))
            if high - low - pieces[first][0] > _NAME:
                return None
            return does.span("noun"), (low + pieces[first][0], high)
    return None


def _label(text: str, start: int, end: int) -> _Part | None:
    """The words at the end of a topic that name an aspect, the most that hang together; None for
    none."""
    pieces = [m.span() for m in re.finditer(r"\S+", text[start:end])]
    found = start + pieces[_joined(text[start:end], pieces, _WORDS)][0], end
    return found if label_aspects(text[slice(*found)]) else None


def _joined(text: str, pieces: Sequence[_Part], most: int) -> int:
    """The first of at most ``most`` words that hang together with the last: no particle parts them."""
    first = len(pieces) - 1
    while (
        first and len(pieces) - first < most and not _APART.search(text[slice(*pieces[first - 1])])
    ):
        first -= 1
    return first


def _trimmed(text: str, start: int, end: int) -> _Part:
    return start, start + len(text[start:end].rstrip().rstrip("."))
