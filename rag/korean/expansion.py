"""Further terms for the terms of a question, from the tables of synonyms and the glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from rag.korean.analysis import terms
from rag.korean.synonyms import ALIASES, EXPANSIONS

_ALIAS_WEIGHT = 0.5
_EVERYDAY_WEIGHT = 0.3
_GLOSSARY_WEIGHT = 0.8

# English words that carry no subject; left out of questions and of the glossary's keys alike.
_FUNCTION_WORDS = """
a an and are as at be by did do does for from had has have how in into is it its of on or that
the their this to was were what when where which who whom whose why will with
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())

Phrase = tuple[str, ...]


def expand(words: Sequence[str]) -> list[tuple[str, float]]:
    """Further terms for the terms of a question, each once with its highest weight.

    Weights: 0.5 for another name of the same thing, 0.3 for an official word for an everyday
    one, 0.8 for the Korean of an English word. Best first, ties in the order of ``words``.
    Terms already among ``words`` are not repeated.
    """
    given = set(words)
    found: dict[str, float] = {}
    synonyms, glossary = _compiled()
    for others, weight in _matches(words, given, synonyms):
        _add(others, weight, given, found)
    for others in _english(words, glossary):
        _add(others, _GLOSSARY_WEIGHT, given, found)
    return sorted(found.items(), key=lambda item: -item[1])


def _add(
    others: tuple[Phrase, ...], weight: float, given: set[str], found: dict[str, float]
) -> None:
    for other in others:
        for term in other:
            if term not in given:
                found[term] = max(found.get(term, 0.0), weight)


def _matches(
    words: Sequence[str],
    given: set[str],
    synonyms: dict[str, list[tuple[Phrase, tuple[Phrase, ...], float]]],
) -> Iterator[tuple[tuple[Phrase, ...], float]]:
    for word in words:
        for phrase, others, weight in synonyms.get(word, ()):
            if given.issuperset(phrase):
                yield others, weight


def _english(
    words: Sequence[str], glossary: dict[str, tuple[Phrase, ...]]
) -> Iterator[tuple[Phrase, ...]]:
    """Longest entries first; a word inside a longer entry is not read alone."""
    stems = [_stem(word) if word.isascii() else "" for word in words if word not in _FUNCTION]
    at = 0
    while at < len(stems):
        for length in (3, 2, 1):
            key = " ".join(stems[at : at + length])
            if stems[at] and key in glossary:
                yield glossary[key]
                at += length - 1
                break
        at += 1


_KEPT = ("ss", "us", "is")
# (ending, shortest word it is cut from, what takes its place)
_ENDINGS = (
    ("ies", 5, "y"),
    ("sses", 6, "ss"),
    ("ing", 6, ""),
    ("ed", 5, ""),
    ("es", 5, ""),
    ("s", 4, ""),
)


def _stem(word: str) -> str:
    """An English word without its inflection, roughly: entries are stemmed alike."""
    for ending, shortest, put in _ENDINGS:
        if word.endswith(ending) and len(word) >= shortest and not word.endswith(_KEPT):
            word = word[: -len(ending)] + put
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=1)
def _compiled() -> tuple[
    dict[str, list[tuple[Phrase, tuple[Phrase, ...], float]]], dict[str, tuple[Phrase, ...]]
]:
    """The tables as terms: by the first term of a phrase, and by stemmed English."""
    synonyms: dict[str, list[tuple[Phrase, tuple[Phrase, ...], float]]] = {}
    for line in ALIASES:
        phrases = [_phrase(name) for name in line]
        for phrase in phrases:
            others = tuple(other for other in phrases if other != phrase)
            synonyms.setdefault(phrase[0], []).append((phrase, others, _ALIAS_WEIGHT))
    for said, written in EXPANSIONS.items():
        phrase = _phrase(said)
        others = tuple(_phrase(word) for word in written)
        synonyms.setdefault(phrase[0], []).append((phrase, others, _EVERYDAY_WEIGHT))
    glossary: dict[str, tuple[Phrase, ...]] = {}
    for row in files(__package__).joinpath("glossary.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            english, korean = row.split("\t")
            key = " ".join(_stem(w) for w in english.lower().split() if w not in _FUNCTION)
            glossary[key] = tuple(_phrase(word) for word in korean.split(","))
    return synonyms, glossary


def _phrase(text: str) -> Phrase:
    """The terms of a table entry; the entry itself where it has none, as for a stop word."""
    text = text.strip()
    return tuple(dict.fromkeys(terms(text))) or (text,)
