"""The one Kiwi of the process, loaded at first use with the words of words.txt, and the similarities
of the morphemes that its own model knows: raw material of the encoder.

The model holds a vector for each of some 70,000 morphemes and shows none of them; it tells the
cosine of any two. Nothing here copies the model: similarities are asked for when needed.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rag.korean.entities import Entity, entities

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token


_FIRST_KNOWN_ID = 100  # ids below are the analyser's slots for words it has never seen
_KEPT = 2048  # texts whose morphemes are remembered: the passages that questions come back to
_RECENT = 64  # texts whose whole parse is remembered
_BATCH = 512  # texts that are held in memory with all their tokens at once

_lock = threading.Lock()
_kiwi: Kiwi | None = None


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A morpheme of a text: dictionary form, Sejong tag and half-open range of code points."""

    form: str
    tag: str
    start: int
    end: int


def analyser() -> Kiwi:
    """The process's Kiwi; the first call loads it (about 1.5 s, 330 MB) and others wait."""
    global _kiwi
    if _kiwi is None:
        with _lock:
            if _kiwi is None:
                _kiwi = _load()
    return _kiwi


def _load() -> Kiwi:
    from kiwipiepy import Kiwi

    kiwi = Kiwi(load_multi_dict=False)
    for line in files(__package__).joinpath("words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            word, tag = line.split("\t")
            kiwi.add_user_word(word, tag, 0)
    kiwi.tokenize("준비")  # builds the dictionary now, while the lock is held
    return kiwi


@dataclass(frozen=True, slots=True)
class Parse:
    """The entities of a text and Kiwi's tokens, each entity locked as one token of its tag; both
    in order of the text."""

    entities: tuple[Entity, ...]
    tokens: tuple[Token, ...]


@lru_cache(maxsize=_RECENT)
def parse(text: str) -> Parse:
    """The parse of the text as given. The last texts are remembered: what is asked is looked at
    from many sides."""
    found = tuple(entities(text))
    return Parse(found, tuple(analyser().tokenize(text, pretokenized=_locked(found))))


def parse_many(texts: Sequence[str]) -> Iterator[Parse]:
    """The parse of each text, in order, found on all processors and not remembered."""
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        found = {text: tuple(entities(text)) for text in batch}
        tokens = analyser().tokenize(batch, pretokenized=lambda text: _locked(found[text]))  # noqa: B023
        for text, one in zip(batch, tokens, strict=True):
            yield Parse(found[text], tuple(one))


def _locked(found: tuple[Entity, ...]) -> list[tuple[int, int, str]]:
    return [(entity.start, entity.end, entity.tag) for entity in found]


def is_unknown(token: Token) -> bool:
    """Whether the analyser made the word up, having no entry for it."""
    return bool(token.id < _FIRST_KNOWN_ID and token.tag in ("NNG", "NNP"))


@lru_cache(maxsize=_KEPT)
def morphemes(text: str) -> tuple[Morpheme, ...]:
    """The morphemes of the text as given, in order; dates, amounts and Latin words are one each."""
    parsed = parse(text)
    starts = {entity.start: entity for entity in parsed.entities}
    result = []
    for token in parsed.tokens:
        start = token.start
        entity = starts.get(start)
        if entity is not None:
            form = text[entity.start : entity.end]
            result.append(Morpheme(form, entity.tag, entity.start, entity.end))
        else:
            result.append(Morpheme(token.form, token.tag, start, start + token.len))
    return tuple(result)


def together(inside: Iterable[Morpheme]) -> list[list[Morpheme]]:
    """The runs of morphemes that are written together, with no letter or blank between them, in
    order of the text."""
    runs: list[list[Morpheme]] = []
    for m in inside:
        if runs and runs[-1][-1].end == m.start:
            runs[-1].append(m)
        else:
            runs.append([m])
    return runs


# Tags whose vectors say what a text is about.
CONTENT_TAGS = frozenset(("NNG", "NNP", "XR", "VV", "VV-I", "VV-R", "VA", "VA-I", "VA-R"))
_MORE = 1 << 20  # more ids than the model has vectors for


class MorphemeSpace:
    """Ids and similarities of morphemes. Cheap to make: the table of ids (0.05 s) is read at the
    first look-up of the process. Safe to share between threads."""

    def lookup(self, form: str, tag: str) -> int | None:
        """The id of a morpheme; None where the model has none, as for words of words.txt."""
        return _ids().get((form, tag))

    def similarities(self, ids: Sequence[int], landmarks: Sequence[int]) -> npt.NDArray[np.float32]:
        """Cosines, float32 of shape (len(ids), len(landmarks)), about 0.1 µs each.

        The model rounds: a morpheme's similarity to itself is 1 within 0.001.
        """
        similarity = _by_id(analyser())
        rows = np.empty((len(ids), len(landmarks)), dtype=np.float32)
        for row, one in enumerate(ids):
            rows[row] = list(map(similarity, repeat(one), landmarks))
        return rows

    def frequent(self, n: int) -> list[int]:
        """Ids of the ``n`` commonest content morphemes, commonest first.

        The model numbers its morphemes roughly by frequency; ids are taken in that order.
        """
        return _content_ids()[:n]


@cache
def _ids() -> dict[tuple[str, str], int]:
    """The id of each morpheme of the process's Kiwi, by form and tag. Two threads that ask first
    at the same time read it twice."""
    kiwi = analyser()
    similarity = _by_id(kiwi)
    # Ids go on beyond the morphemes that have vectors; those have no similarity.
    size = bisect_left(range(_MORE), True, key=lambda id: isnan(similarity(0, id)))
    ids: dict[tuple[str, str], int] = {}
    for id in range(size):
        morpheme = kiwi.morpheme(id)
        ids.setdefault((morpheme.form, morpheme.tag), id)
    return ids


@cache
def _content_ids() -> list[int]:
    return sorted(id for (form, tag), id in _ids().items() if form and tag in CONTENT_TAGS)


def _by_id(kiwi: Kiwi) -> Callable[[int, int], float]:
    """The similarity of two ids, without the look at its arguments' types that the method of
    the same name adds in Python: a quarter of the time."""
    similarity: Callable[[int, int], float] = super(type(kiwi), kiwi).morpheme_similarity
    return similarity
