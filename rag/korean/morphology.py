"""The one Kiwi of the process: loaded at first use, with the words of words.txt."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from rag.korean.entities import Entity, entities

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

_FIRST_KNOWN_ID = 100  # ids below are the analyser's slots for words it has never seen

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


def tokens_of(text: str, found: list[Entity]) -> list[Token]:
    """Kiwi's tokens of ``text`` with each entity locked as one token of its tag."""
    spans = [(entity.start, entity.end, entity.tag) for entity in found]
    result: list[Token] = analyser().tokenize(text, pretokenized=spans)
    return result


def is_unknown(token: Token) -> bool:
    """Whether the analyser made the word up, having no entry for it."""
    return bool(token.id < _FIRST_KNOWN_ID and token.tag in ("NNG", "NNP"))


def morphemes(text: str) -> list[Morpheme]:
    """The morphemes of the text as given, in order; dates, amounts and Latin words are one each."""
    found = entities(text)
    starts = {entity.start: entity for entity in found}
    result = []
    for token in tokens_of(text, found):
        start = token.start
        entity = starts.get(start)
        if entity is not None:
            form = text[entity.start : entity.end]
            result.append(Morpheme(form, entity.tag, entity.start, entity.end))
        else:
            result.append(Morpheme(token.form, token.tag, start, start + token.len))
    return result
