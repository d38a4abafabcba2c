"""How near the words of a question stand to the value that was found, and which stands nowhere.

A slice may hold every word that was asked and yet tell its value of something else: "매출 15.5%, 사고
18.3%". What is said of a value stands close to it or in the headings above.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from rag.types import Question, Term
from rag.wording import Words, flat

Rarity = Callable[[str], float]

_REACH = 60.0  # characters without blanks over which nearness falls to 1/e
_HEADED = 0.6  # what a word in the headings counts, against one inside the value
_LOOSE = 0.5  # what a word counts where no value was found
_SAME = 0.6  # weight of another name of the same thing


def stem(term: str) -> str:
    """An index term as it stands in a text: verbs end in "다" in the index alone."""
    return term[:-1] if term.endswith("다") and len(term) > 2 else term


def is_verb(term: str) -> bool:
    return term.endswith("다") and len(term) > 1


def own_terms(question: Question) -> list[Term]:
    """The asker's own words."""
    return [term for term in question.terms if term.origin == "question"]


def names_of(question: Question) -> dict[str, list[tuple[str, float]]]:
    """For each of the asker's words the forms that stand for it in a text, as
    :func:`rag.wording.flat` writes them, and how far each counts as it: up to 1."""
    found = {term.text: [(flat(stem(term.text)), 1.0)] for term in own_terms(question)}
    for other in question.terms:
        for word in other.of:
            if word in found:
                found[word].append((flat(stem(other.text)), min(1.0, other.weight / _SAME)))
    return {word: [(f, w) for f, w in forms if f] for word, forms in found.items()}


def nearness(question: Question, rarity: Rarity, text: str, value: str, headings: str) -> float:
    """The share of the question's weight, by ``rarity``, that stands near ``value`` in ``text``, each
    word by its distance, or in ``headings``; in [0, 1], 1 where nothing is asked."""
    told, fact, above = flat(text), flat(value), flat(headings)
    at = told.find(fact) if fact else -1
    names = names_of(question)
    total = met = 0.0
    for term in own_terms(question):
        best = 0.0
        for form, likeness in names[term.text]:
            best = max(best, likeness * _close(form, told, at, len(fact)))
            if form in above:
                best = max(best, _HEADED * likeness)
        weight = term.weight * rarity(term.text)
        total += weight
        met += weight * best
    return met / total if total else 1.0


def _close(form: str, told: str, at: int, length: int) -> float:
    if at < 0:
        return _LOOSE if form in told else 0.0
    gaps = [max(0, at - place - len(form), place - at - length) for place in _places(form, told)]
    return math.exp(-min(gaps) / _REACH) if gaps else 0.0


def _places(form: str, text: str) -> Iterator[int]:
    place = text.find(form)
    while place >= 0:
        yield place
        place = text.find(form, place + 1)


def rarest_missing(question: Question, rarity: Rarity, words: Words, text: str) -> float:
    """How rare the rarest of the question's nouns is that a text does not hold in any form, less its
    likeness to the nearest word there: in units of ``rarity("")``, that of a word never seen."""
    told = flat(text)
    unseen = rarity("")
    names = names_of(question)
    worst = 0.0
    for term in own_terms(question):
        weight = term.weight * rarity(term.text) / unseen
        if is_verb(term.text) or weight <= worst or not names[term.text]:
            continue
        met = max((w for form, w in names[term.text] if form in told), default=0.0)
        if met < 1.0:
            met = max(met, words.met(stem(term.text)))
        worst = max(worst, weight * (1.0 - met))
    return min(1.0, worst)


def said(question: Question, part: Sequence[str], text: str) -> float:
    """How far another name of one of some words of the question stands in a text, up to 1."""
    told = flat(text)
    return max(
        (
            min(1.0, term.weight / _SAME)
            for term in question.terms
            if any(word in form for word in term.of for form in part) and flat(term.text) in told
        ),
        default=0.0,
    )
