"""What is asked, word by word, and how far a text says each of its words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from rag import korean
from rag.index import Index
from rag.question.turns import frames_of
from rag.question.wants import Wants, wants_of
from rag.reading.amounts import equal
from rag.reading.ranges import Stated, holds, stated
from rag.reading.values import ValueKind, values
from rag.types import Question

_STANDS_FOR = ((0.75, 0.9), (0.55, 0.85), (0.4, 0.75), (0.0, 0.5))
"""The credit of a word that stands for the asker's, by its weight in the search."""
_CLOSE = _STANDS_FOR[2][1]
_LEAST, _UNSEEN = 0.4, 3.0  # weight of a word that is everywhere, and of one that is nowhere
_VERB = 0.6  # what a verb weighs against a noun
_WEAK = 0.35
_FIRST = 5  # morphemes in which the first noun phrase of a question stands
_REACH = 60.0  # letters over which a word's nearness falls to 1/e
# Syllables that make of a thing the number of it: "수출액" may stand as "수출" over its figures.
_MEASURES, _MEASURED = "액률율수량", 0.8
_TEXTS = 1 << 14  # texts that are remembered
_NOISE = re.compile(r"[·ㆍ・,.\-–'\"‘’“”「」『』()\[\]<>《》〈〉/~:*]+")
_LETTER = re.compile(r"[가-힣]")
_ALONE = 0.9  # credit of a word of one letter that stands for the asker's
_FRAMING = re.compile(r"지원|사업|총|관련|해당|및|등|단위원|단위천원|단위백만원|구분|항목")
_CJK = re.compile(r"[\u4e00-\u9fff\uff00-\uffef\u2160-\u217f]")


_T = TypeVar("_T")


@lru_cache(maxsize=_TEXTS)
def flat(text: str) -> str:
    """A text as it is compared: lower case, hanja read, without blanks and marks."""
    if _CJK.search(text):
        text = korean.normalise(text)
    return _NOISE.sub("", "".join(text.lower().split()))


def places(form: str, text: str) -> Iterator[int]:
    """Where a form stands in a text, in order."""
    at = text.find(form)
    while at >= 0:
        yield at
        at = text.find(form, at + 1)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question with its weight and the flat forms that say it, each with its
    credit. ``name`` says that it names one thing of many (a proper name, a word in Latin)."""

    text: str
    weight: float
    forms: tuple[tuple[str, float], ...]
    name: bool = False
    head: bool = False
    leads: bool = False
    """Whether it is of the noun phrase that the question begins with, or marked as its topic."""
    event: bool = False
    """Whether it says what happened: "시행" in "시행되나요"."""
    subject: bool = False
    """Whether it can tell one thing from another: a noun that does more than frame a request."""
    amount: str = ""
    """The amount that the word is, as written: texts may write it otherwise."""
    letters: tuple[tuple[str, float], ...] = ()
    """The forms of one letter, each with its credit, that say it where they stand alone: "여"."""
    stated: Stated | None = None
    """The amount that the word states of what is asked about: texts may state a range that holds it."""


def _tells(text: str, word: Word) -> bool:
    """Whether a text states the amount of a word, however it is written, or a range that holds it."""
    if word.amount and any(equal(word.amount, value.text) for value in values(text)):
        return True
    return word.stated is not None and holds(text, word.stated)


_BEHIND = r"(?:은|는|이|가|을|를|의|도|만|와|과|에|에서|으로|로)?(?![0-9A-Za-z가-힣])"


def _alone(text: str, letters: Sequence[tuple[str, float]]) -> float:
    """The credit of the best of the letters that is a word of its own in a text, 0 for none."""
    found = (
        credit
        for letter, credit in letters
        if letter in text and re.search(rf"(?<![0-9A-Za-z가-힣]){letter}{_BEHIND}", text)
    )
    return max(found, default=0.0)


class Wording:
    """The words of one question, and what of them texts say. Texts are remembered."""

    def __init__(
        self,
        question: Question,
        wants: Wants,
        rarity: Callable[[str], float],
        known: Callable[[str], bool],
        alike: Callable[[Sequence[str], int], list[list[tuple[str, float]]]] | None = None,
    ) -> None:
        words = _words(question, wants, rarity, known)
        likened = words if alike is None else _likened(words, known, alike)
        self.words = tuple(
            replace(word, forms=tuple(sorted(word.forms, key=lambda form: -form[1])))
            for word in likened
        )
        self.total = sum(word.weight for word in self.words) or 1.0
        self.credits = _Remembered(self._credits).__getitem__
        """For each word how well a text says it, in [0, 1]; 1 in the asker's own word."""
        self.rest = _Remembered(self._rest).__getitem__
        """The share of a text's letters that no word of the question says and that do not merely
        frame; 0 for no letters."""
        said = [form for w in self.words for form, credit in w.forms if credit >= _CLOSE]
        runs = (flat(run) for run in _runs(question.searched, korean.morphemes(question.searched)))
        # A set's own order is another in each process.
        self._asked = sorted({*said, *runs}, key=lambda form: (-len(form), form))

    def _credits(self, text: str) -> tuple[float, ...]:
        inside = flat(text)
        out = []
        for word in self.words:
            for form, credit in word.forms:
                if form in inside:
                    out.append(credit)
                    break
            else:
                told = bool(word.amount or word.stated) and _tells(text, word)
                out.append(1.0 if told else _alone(text, word.letters) if word.letters else 0.0)
        return tuple(out)

    def rough(self, texts: Iterable[tuple[str, str]]) -> list[float]:
        """About the share of the question that two flat texts say, what the second says counting
        half, for each pair of texts."""
        words = [([form for form, _credit in word.forms], word.weight) for word in self.words]
        shares = []
        for close, far in texts:
            met = 0.0
            for forms, weight in words:
                for form in forms:
                    if form in close:
                        met += weight
                        break
                else:
                    for form in forms:
                        if form in far:
                            met += 0.5 * weight
                            break
            shares.append(met / self.total)
        return shares

    def share(self, text: str) -> float:
        """The share of the question's weight that a text says."""
        said = self.credits(text)
        return sum(w.weight * c for w, c in zip(self.words, said, strict=True)) / self.total

    def gap(self, text: str, told: str) -> float:
        """How far the word of the question that is ``text`` is from being said, in [0, 1]; 1 for none."""
        said = self.credits(told)
        held = [c for word, c in zip(self.words, said, strict=True) if word.text == text]
        return 1.0 - max(held, default=0.0)

    def nearness(self, text: str, start: int, end: int) -> float:
        """The share of the question's weight that stands near ``text[start:end]`` in the text around
        it, each word by its distance."""
        inside = flat(text)
        low, high = len(flat(text[:start])), len(flat(text[:end]))
        met = 0.0
        for word in self.words:
            best = 0.0
            for form, credit in word.forms:
                if credit <= best:
                    continue
                gaps = [max(0, low - at - len(form), at - high) for at in places(form, inside)]
                if gaps:
                    best = max(best, credit * math.exp(-min(gaps) / _REACH))
            met += word.weight * best
        return met / self.total

    def _rest(self, text: str) -> float:
        inside = _FRAMING.sub("", flat(text))
        left = inside
        for form in self._asked:
            left = left.replace(form, "")
        return len(left) / len(inside) if inside else 0.0


class _Remembered(dict[str, _T], Generic[_T]):
    """What is made of each text, made once."""

    def __init__(self, make: Callable[[str], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> _T:
        made = self[text] = self._make(text)
        return made


def _words(
    question: Question,
    wants: Wants,
    rarity: Callable[[str], float],
    known: Callable[[str], bool],
) -> list[Word]:
    own = [term for term in question.terms if not term.of]
    texts = {term.text for term in own}
    inside = korean.morphemes(question.searched)
    events = {
        a.form for a, b in pairwise(inside) if a.tag in ("NNG", "XR") and b.tag in ("XSV", "XSA")
    }
    tags = {m.form.lower(): m.tag for m in inside}
    head = flat(wants.noun)
    first = _first(inside)
    found: list[Word] = list(_ordinals(question.searched))
    amounts = [
        value
        for value in values(question.searched)
        if value.kind in (ValueKind.MONEY, ValueKind.SHARE, ValueKind.COUNT)
    ]
    found += [
        Word(value.text, 2.0, ((flat(value.text), 1.0),), amount=value.text) for value in amounts
    ]
    for term in own:
        form = _form(term.text)
        letters = {term.text: 1.0} if _LETTER.fullmatch(term.text) else {}
        if letters and (tags.get(term.text) != "NNG" or term.text in wants.asking):
            continue  # "날" and "돈" ask, and say nothing of what
        if not (form or letters) or _dated(term.text) or _made_of(term.text, texts):
            continue
        if term.text[0].isdigit() and (amounts and _NUMERIC.match(term.text)):
            continue  # part of an amount, which counts as a whole
        forms = {form: 1.0} if form else {}
        if len(form) > 2 and form[-1] in _MEASURES:
            forms[form[:-1]] = _MEASURED
        best = rarity(term.text) if known(term.text) else 0.0
        for other in question.terms:
            if other.of != (term.text,):
                continue
            stand = _form(other.text)
            if stand:
                credit = next(c for least, c in _STANDS_FOR if other.weight >= least)
                forms[stand] = max(forms.get(stand, 0.0), credit)
            elif _LETTER.fullmatch(other.text):
                letters[other.text] = _ALONE
            if not best and known(other.text):
                best = rarity(other.text)
        weight = max(_LEAST, best or _UNSEEN)
        if _SPAN.fullmatch(term.text):
            weight = min(weight, 1.0)  # "1년 회비" is the yearly fee
        name = tags.get(term.text) in ("NNP", "SL", "SH") or term.text[0].isdigit()
        verb = term.text.endswith("다") and len(term.text) > 2
        if verb and tags.get(form, "V")[0] == "V":
            weight *= _VERB
        frames = frames_of(term.text) or ("frame" if term.weight < 1.0 else "")
        if frames:
            weight = min(weight, 1.0) * (_WEAK if frames == "frame" else 1.0)
            name = False
        heads = bool(form and head) and form in head
        event = (term.text in events or verb) and not frames
        found.append(
            Word(
                term.text,
                weight,
                tuple(forms.items()),
                name,
                heads,
                leads=bool(form) and form in first,
                event=event,
                subject=not frames and not verb,
                letters=tuple(letters.items()),
            )
        )
    said = {form for word in found for form, _credit in word.forms}
    for piece in _unread(question.searched, said, known):
        weight = max(_UNSEEN, rarity(piece))
        found.append(Word(piece, weight, ((flat(piece), 1.0),), name=True, subject=True))
    said = {form for word in found for form, _credit in word.forms}
    for run in _runs(question.searched, inside):
        if len(run) <= _SHORT and not any(form in flat(run) for form in said):
            found.append(Word(run, _RUN, ((flat(run), 1.0),), subject=True))
    # A letter inside another word ("급" of "2급지") is never said alone.
    said_in = [word.text for word in found if len(word.text) > 1]
    found = [w for w in found if w.forms or not any(w.text in text for text in said_in)]
    return _with_amounts(found, stated(question.searched))


def _with_amounts(words: Sequence[Word], amounts: Sequence[Stated]) -> list[Word]:
    """The words, each with the amount that it states of what is asked about; an amount that none of
    them states is a word of its own."""
    left = list(amounts)
    out = []
    for word in words:
        own = next((one for one in left if _states(word, one)), None)
        if own is not None:
            left.remove(own)
            word = replace(word, stated=own)
        out.append(word)
    return out + [Word(one.text, 2.0, ((flat(one.text), 1.0),), stated=one) for one in left]


def _states(word: Word, amount: Stated) -> bool:
    written = flat(amount.text)
    return written in flat(word.amount) if word.amount else written == flat(word.text)


_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|으로|로|도|만|와|과|까지|부터)?[?.,!]*$"
)


def _first(inside: Sequence[korean.Morpheme]) -> str:
    """The noun phrase that a question begins with and what it marks as its topic, flat."""
    said: list[str] = []
    for number, m in enumerate(inside):
        after = inside[number + 1] if number + 1 < len(inside) else None
        if m.tag[0] == "N" or m.tag in ("SL", "XPN", "XSN", "XR", "SN", "SH"):
            early = number < _FIRST
            topic = after is not None and after.tag == "JX" and after.form in ("은", "는", "도")
            if early or topic:
                said.append(m.form)
        elif m.tag in ("VV", "VA", "EF") and number < _FIRST:
            break
    return flat(" ".join(said))


def _unread(text: str, said: set[str], known: Callable[[str], bool]) -> Iterator[str]:
    """The words of a question that the documents know whole and none of its terms is part of: the
    analyser takes an unknown name for a verb."""
    for piece in text.split():
        stem = _PARTICLE.sub("", piece)
        if len(stem) > 2 and known(stem) and not any(form in flat(stem) for form in said):
            yield stem


# "도비", "7급": a word of which each part is one letter, so that no term stands for it
_RUN, _SHORT = 2.0, 4
_RUNS = ("NNG", "NNP", "NNB", "XPN", "XSN", "XR", "SN", "SL")


def _runs(text: str, inside: Sequence[korean.Morpheme]) -> Iterator[str]:
    """The nouns of a question as they are written together, but for those that frame it."""
    for run in korean.together(m for m in inside if m.tag in _RUNS):
        word = text[run[0].start : run[-1].end]
        telling = any(m.tag[0] in "NX" and not frames_of(m.form) for m in run)
        if telling and len(word) > 1 and not frames_of(word) and not _dated(word):
            yield word


_NEIGHBOURS = 6
_UNLIKE, _LIKE = 0.2, 0.55  # cosines that say nothing, and that say the same
_MOST_LIKE = 0.6  # credit of a word that says the same by its vector alone


def _likened(
    words: Sequence[Word],
    known: Callable[[str], bool],
    alike: Callable[[Sequence[str], int], list[list[tuple[str, float]]]],
) -> list[Word]:
    """The words, each that the documents never use with those of theirs that are like it."""
    strange = [w for w in words if not w.name and not w.text[0].isdigit() and w.weight > 1]
    found = dict(zip(strange, alike([w.text for w in strange], _NEIGHBOURS), strict=True))
    out = []
    for word in words:
        forms = dict(word.forms)
        for term, cosine in found.get(word, ()):
            credit = _MOST_LIKE * min(1.0, (cosine - _UNLIKE) / (_LIKE - _UNLIKE))
            form = _form(term)
            if credit > 0 and form and form not in forms:
                forms[form] = credit
        out.append(replace(word, forms=tuple(forms.items())))
    return out


_SPAN = re.compile(r"\d+(?:년|개월|주|일|시간)")
_NUMERIC = re.compile(r"\d[\d.]*(?:[만천백억조]|원|%|달러|명|개)*$")
_COUNTS = {name: n + 1 for n, name in enumerate("첫 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split())}
_ORDINAL = re.compile(r"(첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:번째|번\s?째|째)")


def _ordinals(text: str) -> Iterator[Word]:
    """ "두 번째" as documents count: 2차, 2회, 제2."""
    for match in _ORDINAL.finditer(text):
        number = _COUNTS[match[1]]
        forms = [f"{number}{unit}" for unit in ("차", "회", "번째", "순위", "위")]
        forms += [f"제{number}", match[0].replace(" ", "")]
        yield Word(match[0], 2.0, tuple((form, 1.0) for form in forms))


def _form(term: str) -> str:
    """The flat form of an index term; "" for one that says too little to be looked for."""
    stem = term[:-1] if term.endswith("다") and len(term) > 2 else term
    form = flat(stem)
    return form if len(form) > 1 or (form.isalpha() and form.isascii()) else ""


def _dated(term: str) -> bool:
    """Whether a term names a stretch of the calendar, which is compared as such."""
    return re.fullmatch(r"(?:19|20)\d\d(?:년)?|\d분기|\d{1,2}월|\dq", term) is not None


def _made_of(term: str, others: set[str]) -> bool:
    """Whether a term is a run of other terms, which count by themselves."""
    return any(
        term[:size] in others and (term[size:] in others or _made_of(term[size:], others))
        for size in range(1, len(term))
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """``question`` as analysed, what it ``wants``, and the ``wording`` that texts are held
    against."""

    question: Question
    wants: Wants
    wording: Wording


def asked_of(index: Index, question: Question) -> Asked:
    """All that a question says, weighed by the words of an index."""
    wants = wants_of(question)
    known = index.body.vocabulary
    return Asked(
        question,
        wants,
        Wording(question, wants, index.body.idf, known.__contains__, index.encoder.alike),
    )
