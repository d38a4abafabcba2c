"""The one Kiwi of the process: loaded at first use, with the words of words.txt."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

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
