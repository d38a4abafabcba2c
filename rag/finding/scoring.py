"""How well a candidate fits a question: one sum of signals for facts, cells and prose alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import mul

from rag.finding.fitting import BARE, SHARES, ends, typed
from rag.finding.place import Candidate, Context
from rag.finding.wording import Wording, flat
from rag.question.wants import Wants
from rag.reading.amounts import Edge, edge
from rag.reading.aspects import Aspect, aspects_of, bare_of, is_total
from rag.reading.names import falls, rises, tells_name
from rag.reading.values import Period, ValueKind, periods, values
from rag.settings import weights
from rag.types import Question, QuestionKind

_LEVELS = (1.0, 1.0, 0.95, 0.9, 0.9)
"""The credit of a word in the attribute, own words, near words, headings and title."""
_YEAR = re.compile(r"['’‘]?\d{2,4}\s?년?도?(?:\s?[상하]반기)?")
_TOLD = 120  # characters of a value in which a name is looked for
_PROSY = 60  # characters from which a value is no value but tells of one
_NAME = 30  # characters of a name


_CLEAR = 0.4  # likelihood from which an aspect is clearly asked for
_STATED = 0.6  # likelihood from which a label states what is asked for
_HELD = 0.9  # credit of a word in a sentence that is told as a whole for the value in it
_APART = frozenset((Aspect.EXCLUDED, Aspect.SOURCE))  # what no other aspect comes near
# Where to apply is how to, and the hour of what happens is when.
_KIN = (frozenset((Aspect.METHOD, Aspect.PLACE)), frozenset((Aspect.WHEN, Aspect.HOURS)))
_AKIN = 0.6
_EXCEPTED = 0.25  # share of the question from which it speaks of an exception
_ASKED = 0.9  # credit of a word of the noun whose aspect a label tells
_AROUND = 0.6  # credit of a word that stands in the sentence and is bound to another value
_SUMMED = 0.9  # credit of a word that a part of a sum says
_PARTICLES = re.compile(
    r"(?P<to>으?로)|(?P<from>에서|이던|였던|보다)|(?P<till>까지)|(?P<since>부터)|(?P<each>씩|당)"
)
_ASKED_PARTICLE = re.compile(
    r"(?:얼마|언제|며칠|몇\s?[^\s?]{1,3}?)(?P<particle>으?로|에서|보다|까지|부터|씩)(?=\s|[?]|$|[가-힣])"
)
_RANGE = re.compile(r"\d\S{0,4}\s?[~∼～〜–]\s?\S{0,8}\d|부터.{1,30}까지")
_VERSIONS = frozenset((Aspect.FORMER, Aspect.REVISED))
_CHANGES = re.compile(r"증감|증가|감소|조정|변동|대비|폭|차이|상승|하락")
_SIGNED = re.compile(r"[△▲▽+−]\s?\d|%p|포인트")
# The origins of candidates that are weighed alike.
FAMILIES = {
    **dict.fromkeys(("cell", "pair", "inside_cell"), "cell"),
    **dict.fromkeys(("row", "extreme", "filter", "group"), "name"),
    **dict.fromkeys(("label", "inside", "definition", "class"), "label"),
    **dict.fromkeys(("prose", "note"), "prose"),
    "phrase": "phrase",
    **dict.fromkeys(("clause", "predicate", "short", "list"), "clause"),
}
GRADED = "cover close elsewhere rest aspect period home rank echo nearness beside".split()
"""Signals that weigh something for all candidates and something more for each family."""
_NOTHING: tuple[float, ...] = ()


class Scorer:
    """Scores the candidates of one question."""

    def __init__(self, question: Question, wording: Wording, wants: Wants) -> None:
        self._question = question
        self._asked = flat(question.searched)
        self._wording = wording
        self._wants = wants
        self._weights = weights(__package__, "weights")
        self._far: dict[tuple[str, str], tuple[float, ...]] = {}
        self._nouns = aspects_of(wants.noun) & wants.aspects.keys()
        self._tail = flat(wants.noun).removeprefix(bare_of(wants.noun))
        self._clear = {aspect for aspect, likely in wants.aspects.items() if likely >= _CLEAR}
        # How well placed the best fact is whose label tells what is asked for.
        self._met = 0.0
        self._by_origin: dict[str, tuple[float, tuple[float, ...]]] = {}
        asked = _ASKED_PARTICLE.search(question.searched)
        self._asked_particle = _group(asked["particle"]) if asked else None

    def score(self, candidate: Candidate, rank: float, home: float) -> float:
        """Sets the candidate's signals and score; ``rank`` in [0, 1] is how well its passage was
        ranked, ``home`` its document. Returns the score."""
        context, wants = candidate.context, self._wants
        credits, rest = self._wording.credits, self._wording.rest
        attribute, own, near = map(credits, (context.attribute, context.own, context.near))
        far = self._distant(context.path, context.title)
        stating = not wants.values or len(candidate.value) > _NAME
        held = credits(candidate.value) if stating else _NOTHING
        column = credits(context.column) if context.column else _NOTHING
        known = 1.0 - rest(context.own) if context.column else 0.0
        headers = credits(context.headers) if context.headers else _NOTHING
        around = credits(context.around) if context.around else _NOTHING
        summed = context.grand and wants.total
        # What else says a word, and what it counts there.
        others = [(held, _HELD if wants.values else 0.6), (around, _AROUND)]
        others += [(headers, _SUMMED)] if summed else []
        others = [(text, share) for text, share in others if text]
        told = self._aspect(candidate)
        # A label of the aspect that is asked for says the noun that asks for it in other words:
        # "시행기관" for "소관기관".
        asked = told >= _STATED and bool(self._nouns & aspects_of(context.attribute))
        cover = close = named = heads = elsewhere = 0.0
        said: list[float] = []
        happened = 1.0
        for n, word in enumerate(self._wording.words):
            weight, named_by, owned, beside = word.weight, attribute[n], own[n], near[n]
            if asked and word.head and named_by < _ASKED and word.text in self._tail:
                named_by = _ASKED
            best = named_by if named_by > owned else owned
            direct = best if best > beside else beside
            for other in (beside * _LEVELS[2], far[n]):
                if other > best:
                    best = other
            for text, share in others:
                if text[n] * share > best:
                    best = text[n] * share
            if column and best < 0.5:
                best = max(best, column[n] * known)
            if headers and not summed and headers[n]:
                elsewhere += weight * max(0.0, headers[n] - max(named_by, owned, far[n] * 0.5))
            said.append(best)
            cover += weight * best
            close += weight * direct
            if word.event:
                happened = min(happened, max(direct, around[n] * _AROUND if around else 0.0))
            if word.head:
                heads += weight
                named += weight * max(named_by, owned * 0.9, beside * 0.5)
        stated = candidate.fact is not None and told >= _STATED
        total = self._wording.total
        given = candidate.signals
        names = bare_of(context.attribute) if told >= _STATED else context.attribute
        candidate.signals = {
            "cover": cover / total,
            "close": close / total,
            "elsewhere": elsewhere / total,
            "rest": rest(f"{names} {context.own}"),
            "aspect": told,
            "period": self._period(candidate),
            "home": home,
            "rank": rank,
            "echo": self._echo(candidate.value),
            "named": named / heads if heads else 1.0,
            "event": happened,
            "total": self._total(context),
            "second": self._second(candidate),
            "typed": typed(self._question, wants, candidate.value, candidate.unit),
            "foreign": self._foreign(candidate),
            "edge": self._edge(candidate),
            "revised": self._revised(candidate),
            "blank": self._blank(candidate.value),
            "proviso": self._excepted(context) if context.proviso else 0.0,
            "changed": self._changed(candidate),
            "unnamed": float(FAMILIES[candidate.origin] == "name" and not any(attribute)),
            "most": float(bool(wants.most) and candidate.origin != "extreme"),
            "particle": self._particle(candidate),
            "reached": self._reached(context),
            "wordy": min(1.0, max(map(len, candidate.items), default=0) / 60),
            "apt": given.get("apt", 0.0),
            "loose": given.get("loose", 0.0),
            "nearness": given.get("nearness", 0.0),
            "counted": given.get("counted", 0.0),
            "apt:close": given.get("apt", 0.0) * close / total,
            "list": self._list(candidate),
            "vague": self._vague(candidate.value),
            "met": float(stated),
            "met_home": home * stated,
            "beside": self._met if candidate.fact is None else 0.0,
            "long": min(1.0, len(candidate.value) / 200),
            "prosy": float(bool(wants.values) and len(candidate.value) > _PROSY),
            "exact": self._exact(candidate),
            "sorted": self._sorted(candidate),
        }
        self._met = max(self._met, home * stated)
        candidate.told = tuple(said)
        bias, of = self._weights_of(candidate.origin, candidate.signals)
        candidate.score = bias + sum(map(mul, of, candidate.signals.values()))
        return candidate.score

    def _weights_of(self, origin: str, names: Iterable[str]) -> tuple[float, tuple[float, ...]]:
        """What an origin weighs by itself, and what each of the named signals weighs for it."""
        known = self._by_origin.get(origin)
        if known is None:
            family, all_weights = FAMILIES[origin], self._weights
            of = {name: weight for name, weight in all_weights.items() if ":" not in name}
            of["apt:close"] = all_weights.get("apt:close", 0.0)
            for name in GRADED:
                of[name] = of.get(name, 0.0) + all_weights.get(f"{name}:{family}", 0.0)
            bias = of.get(origin, 0.0) + all_weights.get(f"{self._question.kind}:{origin}", 0.0)
            if self._wants.aspects:
                bias += all_weights.get(f"aspected:{family}", 0.0)
            known = self._by_origin[origin] = bias, tuple(of.get(name, 0.0) for name in names)
        return known

    def name(self, candidate: Candidate) -> None:
        """Lowers the score of a candidate that tells no name, where one is asked for."""
        question = self._question
        if candidate.signals["met"]:
            return  # "청년 예비창업자" under "지원대상" says who, if by no name
        person = question.kind is QuestionKind.PERSON and "누가" not in question.searched
        if not tells_name(candidate.value[:_TOLD], question.searched, person=person):
            candidate.signals["nameless"] = 1.0
            candidate.score += self._weights.get("nameless", 0.0)

    def _distant(self, path: str, title: str) -> tuple[float, ...]:
        known = self._far.get((path, title))
        if known is None:
            above, top = self._wording.credits(path), self._wording.credits(title)
            known = tuple(
                max(a * _LEVELS[3], t * _LEVELS[4]) for a, t in zip(above, top, strict=True)
            )
            self._far[path, title] = known
        return known

    def _aspect(self, candidate: Candidate) -> float:
        wanted = self._wants.aspects
        context = candidate.context
        told = aspects_of(context.attribute) if context.attribute else frozenset()
        if candidate.origin in ("cell", "row") and not told & wanted.keys():
            told |= aspects_of(context.own.rsplit(" / ", 1)[-1])
        if not wanted:
            return -0.5 if Aspect.SOURCE in told else 0.5
        likely = max((wanted[aspect] for aspect in told if aspect in wanted), default=0.0)
        if likely < _CLEAR and (told ^ self._clear) & _APART:
            return -0.5
        if likely:
            return likely
        if any(kin & wanted.keys() and told & kin for kin in _KIN):
            return _AKIN
        return 0.0 if told else 0.3

    def _excepted(self, context: Context) -> float:
        """How little the question speaks of the exception for which a value is told."""
        clause = f"{context.attribute} {context.own} {context.near}"
        return max(0.0, 1.0 - self._wording.share(clause) / _EXCEPTED)

    def _foreign(self, candidate: Candidate) -> float:
        """1 for a date, number or address, alone, where words are wanted."""
        wants, text = self._wants, candidate.value.strip()
        if wants.values or wants.open or self._question.kind is QuestionKind.YES_NO:
            return 0.0
        if len(candidate.items) > 1:
            named = [one for one in candidate.items if not _alone(one)]
            return 0.0 if wants.measured else 1.0 - len(named) / len(candidate.items)
        found = values(text)
        if not found or len(found[0].text) < 0.7 * len(text):
            return float(BARE.fullmatch(text) is not None and not self._wants.measured)
        kinds = {Aspect.WHEN: ValueKind.DATE, Aspect.CONTACT: ValueKind.CONTACT}
        if any(kinds.get(aspect) is found[0].kind for aspect in wants.aspects):
            return 0.0
        return float(not wants.measured)

    def _particle(self, candidate: Candidate) -> float:
        """1 where the particle behind the question word stands behind the value as well ("얼마로
        올랐나": "1억5천만원으로"), -1 where one that turns it round does."""
        if self._asked_particle is None:
            return 0.0
        told = _PARTICLES.match(candidate.context.after.strip() or candidate.value[-2:])
        if told is None:
            return 0.0
        return 1.0 if told.lastgroup == self._asked_particle else -1.0

    def _reached(self, context: Context) -> float:
        """1 for what something came to, -1 for what it came from; the other way round where the
        question asks for what was before."""
        if context.reached is None:
            return 0.0
        return 1.0 if context.reached is not self._wants.former else -1.0

    def _changed(self, candidate: Candidate) -> float:
        """1 for a change where one is asked for, -1 for a bare one ("5억원 증액하였다") where the
        question speaks of none."""
        context = candidate.context
        if not self._wants.changed:
            behind, asked = context.near.lstrip()[:3], self._question.searched
            bare = candidate.origin == "prose" and (rises(behind) or falls(behind))
            return -float(bare and not rises(asked) and not falls(asked))
        told = _CHANGES.search(f"{context.attribute} {context.own}") or _SIGNED.search(
            candidate.value
        )
        return 1.0 if told else 0.0

    def _exact(self, candidate: Candidate) -> float:
        """Whether the question says all of a fact's label, and of the row's name where it is a
        cell's."""
        context = candidate.context
        if candidate.fact is None or not context.attribute:
            return 0.0
        names = (
            f"{bare_of(context.attribute)} {context.own}"
            if candidate.fact.cell
            else context.attribute
        )
        return float(self._wording.rest(names) == 0.0 and self._wording.share(names) > 0.0)

    def _sorted(self, candidate: Candidate) -> float:
        """Whether a name ends in the noun that is asked for ("어느 도서관"), or is a cell under it."""
        noun = "" if self._wants.values else flat(self._wants.noun)
        if not noun:
            return 0.0
        told = flat(candidate.value)
        if told != noun and told.endswith(noun) and len(told) <= 40:
            return 1.0
        attribute = flat(candidate.context.sort or candidate.context.attribute)
        return 0.7 if len(noun) > 1 and attribute.endswith(noun) else 0.0

    def _echo(self, value: str) -> float:
        """The share of a name's letters that the question says itself."""
        told = flat(value)
        if not told:
            return 0.0  # "-"
        if told in self._asked:
            return 1.0
        if self._wants.values or len(value) > _NAME:
            return 0.0
        return (1.0 - self._wording.rest(value)) * 0.5

    def _total(self, context: Context) -> float:
        """1 for a sum where one is asked for, -1 for one where none is."""
        if not context.total:
            return 0.0
        if self._wants.total:
            return 1.0
        names = (context.attribute, *context.own.split(" / "))
        said = any(is_total(name) and flat(name) in self._asked for name in names)
        return 1.0 if said else -1.0

    def _second(self, candidate: Candidate) -> float:
        """Of the two numbers of "621 (6.0)" the one in brackets where a share is asked for."""
        if candidate.origin != "pair":
            return 0.0
        return 1.0 if candidate.context.second == (self._wants.values == SHARES) else -1.0

    def _vague(self, text: str) -> float:
        """Whether a date names no more than a year, where a date is wanted."""
        if ValueKind.DATE not in self._wants.values or self._question.unit in ("년", "년도"):
            return 0.0
        return float(_YEAR.fullmatch(text.strip()) is not None)

    def _list(self, candidate: Candidate) -> float:
        """Where a list is asked for: 1 for as many items as are asked for, or for several."""
        question = self._question
        if question.kind is not QuestionKind.LIST:
            return 0.0
        many = len(candidate.items)
        if question.count:
            return 1.0 if many == question.count else 0.3 if many > 1 else 0.0
        return 1.0 if many > 1 else 0.0

    def _revised(self, candidate: Candidate) -> float:
        """1 for what a correction puts in the place of another, -1 for what it replaces; the other
        way round where the question asks for what was before."""
        context = candidate.context
        told = aspects_of(context.attribute) | aspects_of(context.own.rsplit(" / ", 1)[-1])
        if not told & _VERSIONS:
            return 0.0
        return 1.0 if (Aspect.FORMER in told) is self._wants.former else -1.0

    def _period(self, candidate: Candidate) -> float:
        """Whether the stretches that are asked for are those that are told of a value, nearest
        first: 1 where they are, below 0 where others are told, 0 where none is."""
        asked = self._wants.periods
        if not asked:
            return 0.0
        context = candidate.context
        around = periods(context.around)
        own = [_dated(one, around) for one in periods(f"{context.attribute} {context.own}")]
        levels: list[tuple[Sequence[Period], float]] = [(own, 1.0)]
        levels += [
            (periods(text), weight)
            for text, weight in (
                (candidate.value if len(candidate.value) > _NAME else "", 0.9),
                (context.near, 0.9),
                (context.around, 0.8),
                (context.path, 0.7),
                (context.title, 0.6),
            )
        ]
        found = [_told(want, levels) for want in asked]
        return min(found) if min(found) < 0 else sum(found) / len(found)

    def _blank(self, text: str) -> float:
        """Whether the place is there and nothing is stated."""
        return float(not text.strip("-–—―ㅡ－ ·."))

    def _edge(self, candidate: Candidate) -> float:
        wanted = self._wants.edge
        if wanted is Edge.NONE:
            return 0.0
        if _RANGE.search(candidate.value):
            return 1.0  # both ends are told
        told = {ends(candidate)} - {Edge.NONE}
        if len(values(candidate.value)) > 1:
            told = {edge(value.text) for value in values(candidate.value)} - {Edge.NONE}
        if not told:
            return 0.0
        return 1.0 if wanted in told else -1.0


def weighed(candidate: Candidate, question: Question, wants: Wants) -> dict[str, float]:
    """The signals of a scored candidate under the names that weights.tsv weighs: those of all
    candidates, those of its family, its origin, and its origin for this kind of question."""
    origin, family = candidate.origin, FAMILIES[candidate.origin]
    own = {f"{name}:{family}": candidate.signals.get(name, 0.0) for name in GRADED}
    kinds = {
        origin: 1.0,
        f"{question.kind}:{origin}": 1.0,
        f"aspected:{family}": float(bool(wants.aspects)),
    }
    return {**candidate.signals, **own, **kinds}


def _group(particle: str) -> str | None:
    match = _PARTICLES.match(particle)
    return match.lastgroup if match else None


def _alone(text: str) -> bool:
    """Whether a text is a value and little else."""
    found = values(text)
    return bool(found) and len(found[0].text) >= 0.7 * len(text.strip())


def _told(asked: Period, levels: Sequence[tuple[Sequence[Period], float]]) -> float:
    """1 where the nearest level that tells stretches of this length tells this one."""
    for told, weight in levels:
        if any(_fits(one, asked) for one in told):
            return weight
        like = [one for one in told if one.whole == asked.whole]
        if not like or (weight < 1.0 and asked.year is None):
            continue  # a year alone says nothing against a quarter
        return -weight
    return 0.0


def _dated(one: Period, around: Sequence[Period]) -> Period:
    """A month or quarter with the year that its sentence says before it: "2030년 11월 5만명, 12월
    6만명"."""
    if one.year is not None:
        return one
    same = (p for p in around if (p.first, p.last) == (one.first, one.last) and p.year)
    return next(same, one)


def _fits(told: Period, asked: Period) -> bool:
    if asked.whole:
        return told.year == asked.year
    return told.fits(asked)
