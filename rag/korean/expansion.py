"""Further terms for the terms of a question, from the tables of synonyms and the glossary.

Both tables are written in index terms (tests hold them to it), so that reading them needs no
analyser: synonyms.tsv says which words stand for which, glossary.tsv gives the Korean of English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

_WEIGHTS = {"=": 0.6, ">": 0.45, "~": 0.3}
_GLOSSARY_WEIGHT = 0.8

# English words that carry no subject; left out of questions and of the glossary's keys alike.
_FUNCTION_WORDS = """
a an and are as at be by did do does for from had has have how in into is it its of on or that
the their this to was were what when where which who whom whose why will with
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())

Phrase = tuple[str, ...]


class Expansion(NamedTuple):
    """A further term, its weight, and the given words that it can stand for."""

    text: str
    weight: float
    of: tuple[str, ...]


class Entry(NamedTuple):
    """The words of an entry and what they lead to."""

    words: Phrase
    others: tuple[Phrase, ...]
    weight: float


def expand(words: Sequence[str]) -> list[Expansion]:
    """Further terms for the terms of a question, each once with its highest weight.

    Weights: 0.6 for another name of the same thing, 0.45 for an official word for an everyday
    one, 0.3 where that word has other meanings too, 0.8 for the Korean of an English word. Best
    first, ties in the order of ``words``. Terms already among ``words`` are not repeated.
    """
    given = set(words)
    found: dict[str, Expansion] = {}
    synonyms, glossary = _tables()
    for word in words:
        for entry in synonyms.get(word, ()):
            if given.issuperset(entry.words):
                _add(entry, given, found)
    for entry in _english(words, glossary):
        _add(entry, given, found)
    return sorted(found.values(), key=lambda item: -item.weight)


def _add(entry: Entry, given: set[str], found: dict[str, Expansion]) -> None:
    for other in entry.others:
        for term in other:
            if term in given:
                continue
            known = found.get(term, Expansion(term, 0.0, ()))
            of = tuple(dict.fromkeys(known.of + entry.words))
            found[term] = Expansion(term, max(known.weight, entry.weight), of)


def _english(words: Sequence[str], glossary: dict[str, tuple[Phrase, ...]]) -> Iterator[Entry]:
    """Longest entries first; a word inside a longer entry is not read alone."""
    said = [word for word in words if word not in _FUNCTION]
    stems = [_stem(word) if word.isascii() else "" for word in said]
    at = 0
    while at < len(stems):
        for length in (3, 2, 1):
            key = " ".join(stems[at : at + length])
            if stems[at] and key in glossary:
                yield Entry(tuple(said[at : at + length]), glossary[key], _GLOSSARY_WEIGHT)
                at += length - 1
                break
        at += 1


_KEPT = ("ss", "us", "is")
# (ending, shortest word it is cut from, what takes its place)
_ENDINGS = (
    ("ies", 5, "y"),
    ("ees", 4, "ee"),
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
def _tables() -> tuple[dict[str, list[Entry]], dict[str, tuple[Phrase, ...]]]:
    """The synonyms by the first word of an entry, and the glossary by stemmed English."""
    synonyms: dict[str, list[Entry]] = {}
    for mark, names, *written in table("synonyms.tsv"):
        entries = _phrases(names)
        for words in entries:
            others = _phrases(written[0]) if written else tuple(e for e in entries if e != words)
            entry = Entry(words, others, _WEIGHTS[mark])
            synonyms.setdefault(words[0], []).append(entry)
    glossary: dict[str, tuple[Phrase, ...]] = {}
    for english, korean in table("glossary.tsv"):
        key = " ".join(_stem(w) for w in english.lower().split() if w not in _FUNCTION)
        glossary[key] = _phrases(korean)
    return synonyms, glossary


def table(name: str) -> Iterator[list[str]]:
    """The fields of each row of a table beside this module, remarks left out."""
    for row in files(__package__).joinpath(name).read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row.split("\t")


def _phrases(names: str) -> tuple[Phrase, ...]:
    return tuple(tuple(name.split()) for name in names.split(","))
