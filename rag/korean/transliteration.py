"""Latin names as Koreans write them: 아마존 for Amazon, 원웹 for OneWeb.

Both spellings are reduced to the consonants that are heard, in classes wide enough for the usual
ways of writing a sound (외래어 표기법: f and p are ㅍ, r and l are ㄹ, z and j are ㅈ); vowels count
only for whether a word begins with one, since English spelling says little about them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property

_ONSETS = (
    "K",
    "K",
    "N",
    "T",
    "T",
    "L",
    "M",
    "P",
    "P",
    "S",
    "S",
    "",
    "C",
    "C",
    "C",
    "K",
    "T",
    "P",
    "",
)
_CODAS = (
    "", "K", "K", "K", "N", "N", "N", "T", "L", "L", "L", "L", "L", "L", "L", "L", "M", "P", "P",
    "T", "T", "N", "T", "T", "K", "T", "P", "",
)  # fmt: skip
_LATIN = (
    (re.compile(r"sch|tch|ch|sh(?=[aeiouy])"), "C"),
    (re.compile(r"sh"), "S"),
    (re.compile(r"ph|[bpvf]+"), "P"),
    (re.compile(r"th"), "S"),
    (re.compile(r"x"), "KS"),
    (re.compile(r"ck|qu|q|cc?(?![eiy])|k+|g+(?![eiy])"), "K"),
    (re.compile(r"c+(?=[eiy])|s+"), "S"),
    (re.compile(r"ge\b|dge?(?=[eiy]|\b)|[jz]+|g(?=[eiy])"), "C"),
    (re.compile(r"[td]+"), "T"),
    (re.compile(r"ng?(?![aeiouy])|n+"), "N"),
    (re.compile(r"m+"), "M"),
    (re.compile(r"l+|r+(?=[aeiouy])"), "L"),
    (re.compile(r"[a-z]"), ""),
)
_SHORTEST_LATIN = 4  # letters; a shorter word is an acronym and is spelt out
_FEWEST = 2  # consonants that a word must have to be told by them
_HANGUL = re.compile(r"[가-힣]{2,}")
_WORD = re.compile(rf"[a-z]{{{_SHORTEST_LATIN},}}")


def hangul_consonants(word: str) -> str:
    """The consonants heard in a Korean word, "-" in front where it begins with a vowel."""
    out = ""
    for syllable in word:
        code = ord(syllable) - 0xAC00
        if not 0 <= code < 11172:
            return ""
        onset, coda = _ONSETS[code // 588], _CODAS[code % 28]
        if not out and not onset and code // 588 == 11:
            out = "-"
        out += onset + coda
    return _single(out)


def latin_consonants(word: str) -> str:
    """The same for a word of Latin letters in lower case."""
    out = "-" if word[:1] in "aeiouw" or word[:1] == "y" else ""
    at = 0
    while at < len(word):
        for pattern, sound in _LATIN:
            match = pattern.match(word, at)
            if match:
                out += sound
                at = match.end()
                break
        else:
            at += 1
    return _single(out)


def _single(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)


class LatinNames:
    """The Latin words of a vocabulary by their sound."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def _by_sound(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for word in _plain(self._vocabulary):
            found.setdefault(latin_consonants(word), []).append(word)
        return {sound: tuple(words) for sound, words in found.items()}

    def like(self, word: str) -> tuple[str, ...]:
        """Latin words of the vocabulary that a Korean word may spell, in the vocabulary's order;
        empty for a word that the vocabulary holds itself: it is no foreign name then, or stands
        there as it was asked."""
        if word in self._vocabulary or not _HANGUL.fullmatch(word):
            return ()
        sound = hangul_consonants(word)
        if len(sound.lstrip("-")) < _FEWEST:
            return ()
        return self._by_sound.get(sound, ())


def _plain(words: Iterable[str]) -> Iterable[str]:
    return (word for word in words if _WORD.fullmatch(word))
