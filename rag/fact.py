"""The fact in a readable text: the value, the name or the clause that a question asks for.

Typed kinds (amounts, dates, contacts) choose among the values that fit; reasons, methods and
definitions are clauses; for all else the most apt phrase is taken.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from rag import korean
from rag.aptness import Mark, aptness, signals
from rag.asked import slot
from rag.clauses import find_clause
from rag.keyed import bare, of_label, of_years, place_by_label
from rag.likeness import Vectors, stand_ins
from rag.pairing import paired, raised
from rag.phrases import Phrase, is_name, phrases
from rag.reading.values import Value, values
from rag.several import both, wanted_numbers
from rag.types import Question, QuestionKind
from rag.wanted import TYPED, fitting

_CLAUSES = (QuestionKind.REASON, QuestionKind.METHOD, QuestionKind.DEFINITION)
NAMED = (QuestionKind.PERSON, QuestionKind.ORGANISATION, QuestionKind.PLACE)
_WHOLE = (QuestionKind.COMPARISON, QuestionKind.YES_NO)
_SURE = 0.5  # likelihood from which a phrase stands alone
_ENOUGH = 0.7  # likelihood that a stretch of several phrases is to reach
_CONTENDERS = 8
_STRETCH = 50  # characters
GLOSS = 10
"""Characters that say what something is; fewer but name it."""
_BODIES = frozenset((QuestionKind.ORGANISATION, QuestionKind.PLACE))
_AND = re.compile(r"\s?,\s|(?:와|과|및)\s|\s(?:및|그리고)\s")
_ORDER = re.compile(r"\d대$")
_COUNTED = re.compile(r"\s([가-힣]{2,6}?)(?=[을를이가은는의와과]?(?:\s|[,.)]|$))")
_SENTENCE_END = re.compile(r"[다음임함됨요][.]\s|[?!]\s")
# A bullet or a heading's number inside a stretch: what stands behind it is another statement.
_NEXT_LINE = re.compile(r"\s(?:[-–](?=\s)|[•▣□■◆◇❖➔▶●※]|[①-⑳](?=\s))|\s>(?=\s)|\s\*{1,3}(?=\s)")
_NEAR = 16.0  # what nearness weighs against the other signals of a value
_REACH = 18.0  # characters over which nearness falls to 1/e
_AFTER = 0.45  # what a word behind a value counts, against one before it
_SPOKEN_FOR = 0.5  # what a word counts for a value behind another one
_EDGE = 12.0  # what "까지" or "부터" behind a date says for it
_NAMED = 5.0  # what a word of the focus inside a value says for it: "3천만원 한도"
_DATED = 0.8  # what a month says for a date
_APIECE = 3.0  # what "기업당" says for a value where the share of each one is asked for
_PER_REACH = 5  # characters before a value in which "1인당" stands
_EACH = re.compile(
    r"[가-힣]당(?=\s|$)|(?:한|하나|1)\s?(?:사람|명|곳|군데|회사|기업|건|개|대|가구)|씩|마다|인당|평균"
)
_PER = re.compile(r"[가-힣]당\s|각각?\s|평균\s")
_SORT = re.compile(
    r"(?:어느|무슨|어떤)\s(?P<noun>법(?=[을이은에]|률)|[가-힣]{2,6}?)(?:률)?(?:을|를|이|가|은|는|에서|에|으로|로|의|과|와|인|이나|나)?"
    r"(?:요|가요|지요|죠|예요|에요)?(?=[\s?.!]|$)"
)
_ALSO = {
    "법": ("법", "법률", "법령"), "법률": ("법", "법률"), "대학": ("대학", "대학교"),
    "연구소": ("연구소", "연구원"), "대학교": ("대학교", "대학"),
}  # fmt: skip
_WHERE = re.compile(r"어디|장소")
_START = re.compile(r"부터|시작|개시")
_DEADLINE = re.compile(r"까지|마감|기한")


def find_fact(
    question: Question,
    text: str,
    rarity: Callable[[str], float] = lambda _term: 1.0,
    vectors: Vectors | None = None,
) -> tuple[int, int] | None:
    """Where the fact stands in a readable text, half-open; None where the text holds none, or
    where the question asks for more than one slice can say. ``rarity`` weighs an index term, as
    an inverse document frequency does; ``vectors`` tell which words are alike."""
    if question.kind in _WHOLE:
        return None
    places = find_marks(question, text, rarity)
    if question.kind in TYPED:
        return _value(question, text, places, vectors)
    if question.kind in _CLAUSES:
        clause = find_clause(question, text, places)
        if clause is not None or question.kind is QuestionKind.REASON:
            return clause  # a noun alone is no reason
    if question.kind is QuestionKind.PLACE and _WHERE.search(question.searched):
        told = place_by_label(text)
        if told is not None:
            return told
    inside = korean.morphemes(text)
    found = candidates(question, text, inside)
    if not found:
        return None
    found = _of_sort(question, text, found) or found
    scores = aptness(weighed(question, text, inside, found, places, vectors))
    best = _widened(text, found, scores)
    if question.kind is QuestionKind.ORGANISATION:
        bodies = [
            i
            for i, p in enumerate(found)
            if is_name(text, inside, p) and text[p.start : p.end] not in question.searched
        ]
        if not bodies:
            return None
        if not any(best[0] <= found[i].start and found[i].end <= best[1] for i in bodies):
            best = _widened(text, [found[i] for i in bodies], [scores[i] for i in bodies])
    if question.kind is QuestionKind.DEFINITION and best[1] - best[0] < GLOSS:
        return None
    return _coordinated(text, found, best) if question.kind in _BODIES else best


def candidates(question: Question, text: str, inside: Sequence[korean.Morpheme]) -> list[Phrase]:
    """The phrases of a text with the morphemes ``inside`` it that may be the answer, in order of
    place: values where one is asked for, else all; but no values where a name is asked for, and
    nothing where the text holds none."""
    if question.kind in TYPED:
        fit = fitting(question, text)
        return [p for p in phrases(text, inside, fit) if p.value is not None]
    found = phrases(text, inside, values(text))
    if question.kind not in NAMED:
        return found
    person = question.kind is QuestionKind.PERSON
    named = any(is_name(text, inside, p, person=person) for p in found)
    return [p for p in found if p.value is None] if named else []


def _coordinated(text: str, found: Sequence[Phrase], best: tuple[int, int]) -> tuple[int, int]:
    """A name with those that commas or "와" put beside it in one row, up to ``_STRETCH``
    characters: who asks for a body of a kind is told all of them."""
    start, end = best
    for phrase in sorted(found, key=lambda p: -p.start):
        if phrase.whole and phrase.end < start and _AND.fullmatch(text, phrase.end, start):
            start = phrase.start
    for phrase in sorted(found, key=lambda p: p.end):
        if phrase.whole and phrase.start > end and _AND.fullmatch(text, end, phrase.start):
            end = phrase.end
    return (start, end) if end - start <= _STRETCH else best


def _of_sort(question: Question, text: str, found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases that end in the noun which the question word stands before: a hotel where
    "어느 호텔" is asked for, an act where it is "무슨 법"."""
    sort = _SORT.search(question.searched)
    if sort is None:
        return []
    endings = _ALSO.get(sort["noun"], (sort["noun"],))
    right = [
        p
        for p in found
        if text[p.start : p.end].endswith(endings)
        and text[p.start : p.end].strip() not in endings
        and text[p.start : p.end] not in question.searched
    ]
    told = values(text)
    right = [p for p in right if not any(p.start < v.end and v.start < p.end for v in told)]
    # A name is taken whole: "포포인츠 웨라톤 호텔" and not its end.
    first = {p.end: min(q.start for q in right if q.end == p.end) for p in right}
    return [p for p in right if p.start == first[p.end]]


def _widened(text: str, found: Sequence[Phrase], scores: Sequence[float]) -> tuple[int, int]:
    """The most apt phrase; where it is not sure, the stretch of its sentence that holds the most
    apt ones, so that nothing is claimed that is not known."""
    order = sorted(range(len(found)), key=lambda i: (-scores[i], i))
    top = scores[order[0]]
    total = sum(math.exp(score - top) for score in scores)
    start, end = found[order[0]].start, found[order[0]].end
    mass = 1.0 / total
    if mass >= _SURE:
        return start, end
    for i in order[1:_CONTENDERS]:
        if mass >= _ENOUGH:
            break
        left, right = min(start, found[i].start), max(end, found[i].end)
        held = text[left:right]
        level = held.count("(") == held.count(")")
        if right - left <= _STRETCH and level and not _SENTENCE_END.search(held):
            start, end = left, right
            mass += math.exp(scores[i] - top) / total
    return _one_line(text, start, end)


def _one_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The longest part of a range that lies within one line of the source, the first of several:
    what a bullet parts are two statements."""
    cuts = [start]
    for mark in _NEXT_LINE.finditer(text, start, end):
        cuts += mark.span()
    cuts.append(end)
    parts = list(zip(cuts[::2], cuts[1::2], strict=True))
    return max(parts, key=lambda part: part[1] - part[0])


def find_marks(
    question: Question, text: str, rarity: Callable[[str], float] = lambda _term: 1.0
) -> list[Mark]:
    """Where the question's words stand in a text, with weight and term, by term and place."""
    lower = text.lower()
    found = []
    for term in question.terms:
        form = term.text[:-1] if term.text.endswith("다") and len(term.text) > 2 else term.text
        if len(form) < 2 and not form.isalnum():
            continue
        weight = term.weight * math.sqrt(len(form)) * rarity(term.text)
        pattern = re.escape(form.lower())
        if form.isdigit():
            pattern = rf"(?<![\d.,]){pattern}(?![\d.,]*\d)"
        for match in re.finditer(pattern, lower):
            found.append((match.start(), match.end(), weight, term.text))
    return found


def _value(
    question: Question, text: str, places: Sequence[Mark], vectors: Vectors | None
) -> tuple[int, int] | None:
    several = _several(question, text, places)
    if several is not None:
        return several
    fit = fitting(question, text)
    if question.kind is QuestionKind.AMOUNT and not of_years(question, text, fit):
        alone = bare(question, text)
        if alone is not None:
            return alone.start, alone.end
    if len(fit) < 2:
        return _with_counted(question, text, fit[0].start, fit[0].end) if fit else None
    fit = paired(question, text, fit) or fit
    if question.kind is QuestionKind.AMOUNT:
        fit = of_years(question, text, fit) or fit
        fit = of_label(question, text, fit) or fit
    fit = raised(question, text, fit) or fit
    inside = korean.morphemes(text)
    found = [p for p in phrases(text, inside, fit) if p.value is not None]
    scores = aptness(weighed(question, text, inside, found, places, vectors))
    close = _nearness([(p.start, p.end) for p in found], places)
    best = max(
        range(len(found)),
        key=lambda i: (
            scores[i] + _NEAR * close[i] + _bonus(question, text, found[i].value),
            -i,
        ),
    )
    return _with_counted(question, text, found[best].start, found[best].end)


def _several(question: Question, text: str, places: Sequence[Mark]) -> tuple[int, int] | None:
    if not wanted_numbers(question):
        return None
    found = [v for v in values(text) if v.text not in question.written]
    close = _nearness([(v.start, v.end) for v in found], places)
    return both(question, found, close)


def _nearness(found: Sequence[tuple[int, int]], places: Sequence[Mark]) -> list[float]:
    """How near the question's words stand to each value, in [0, 1]. A clause names its subject
    first, so a word before counts more than one behind; a word beyond another value speaks of
    that one."""
    total = sum({term: weight for _a, _b, weight, term in places}.values()) or 1.0
    out = []
    for number, (start, end) in enumerate(found):
        score = 0.0
        for at, to, weight, _term in places:
            if to <= start:
                between = sum(to <= left for left, _right in found[:number])
                score += weight * math.exp(-(start - to) / _REACH) * _SPOKEN_FOR**between
            elif at >= end:
                between = sum(right <= at for _left, right in found[number + 1 :])
                score += _AFTER * weight * math.exp(-(at - end) / _REACH) * _SPOKEN_FOR**between
        out.append(score / total)
    return out


def _with_counted(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """A count of the sort "12대" with the noun it counts where the question has that noun:
    "12대 질환"."""
    noun = _COUNTED.match(text, end) if _ORDER.search(text, start, end) else None
    if noun is not None and noun.group(1) in question.searched:
        return start, noun.end(1)
    return start, end


def weighed(
    question: Question,
    text: str,
    inside: Sequence[korean.Morpheme],
    found: Sequence[Phrase],
    places: Sequence[Mark],
    vectors: Vectors | None,
) -> list[dict[str, float]]:
    """The signals of each phrase, as :func:`rag.aptness.signals` gives them; ``places`` as
    :func:`find_marks` does."""
    likes = stand_ins(question, inside, {term for *_place, term in places}, vectors)
    return signals(question, slot(question), text, inside, found, places, likes)


def _bonus(question: Question, text: str, value: Value | None) -> float:
    """What a value's own form says for it: a deadline ends in "까지", a start in
    "부터", and a date with a day is a better answer than a bare year."""
    if value is None:
        return 0.0
    if question.kind is not QuestionKind.DATE:
        told = text[max(0, value.start - _PER_REACH) : value.end]
        each = _EACH.search(question.searched) is not None and _PER.search(told) is not None
        return _NAMED * any(form in value.text for form in question.focus) + _APIECE * each
    till, since = value.text.endswith("까지"), value.text.endswith("부터")
    bonus = _DATED * bool(re.search(r"월|\d\.\s?\d", value.text))
    if _DEADLINE.search(question.searched):
        return bonus + _EDGE * till - _EDGE * since
    if _START.search(question.searched):
        return bonus + _EDGE * since - _EDGE * till
    return bonus
