"""How words sound: the particle that fits (한도는, 지원금은, AI를, 서울로), and Latin names as Koreans
write them (아마존 for Amazon, 원웹 for OneWeb).

Whether a word ends in a consonant is a matter of how it is read aloud, so digits, Latin letters,
signs and hanja are judged by their Korean reading (한글 맞춤법, 표준 발음법). To find a Latin name both
spellings are reduced to the consonants that are heard, in classes wide enough for the usual ways of
writing a sound (외래어 표기법: f and p are ㅍ, r and l are ㄹ, z and j are ㅈ); vowels count only for
whether a word begins with one, since English spelling says little about them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import Enum
from functools import cached_property

from rag.korean.script import SOUNDS


class _Coda(Enum):
    """How the last syllable ends."""

    NONE = 0
    RIEUL = 1  # ㄹ takes 로, not 으로
    OTHER = 2


# Digits 0 to 9 as read: 영 일 이 삼 사 오 육 칠 팔 구.
_DIGITS = [_Coda.OTHER, _Coda.RIEUL, _Coda.NONE, _Coda.OTHER, _Coda.NONE, _Coda.NONE,
           _Coda.OTHER, _Coda.RIEUL, _Coda.RIEUL, _Coda.NONE]  # fmt: skip
_LETTERS = {"l": _Coda.RIEUL, "r": _Coda.RIEUL, "m": _Coda.OTHER, "n": _Coda.OTHER}
# Units are read in full after a figure: 3kg is 삼 킬로그램, 3km is 삼 킬로미터.
_UNITS = {
    "kg": _Coda.OTHER, "g": _Coda.OTHER, "mg": _Coda.OTHER, "t": _Coda.OTHER,
    "km": _Coda.NONE, "m": _Coda.NONE, "cm": _Coda.NONE, "mm": _Coda.NONE, "nm": _Coda.NONE,
    "l": _Coda.NONE, "ml": _Coda.NONE, "hz": _Coda.NONE, "khz": _Coda.NONE, "mhz": _Coda.NONE,
    "ghz": _Coda.NONE, "w": _Coda.NONE, "kw": _Coda.NONE, "mw": _Coda.NONE, "gw": _Coda.NONE,
    "p": _Coda.NONE,
}  # fmt: skip
_SIGNS = {"%": _Coda.NONE, "℃": _Coda.NONE, "+": _Coda.NONE, "㎡": _Coda.NONE, "㎞": _Coda.NONE,
          "㎏": _Coda.OTHER, "$": _Coda.NONE, "°": _Coda.NONE}  # fmt: skip
_PAIR = re.compile(r"\((으|이)\)([가-힣]+)|([가-힣]+)/([가-힣]+)")
_BRACKETED = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)\s*$")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?$")
_LATIN_TAIL = re.compile(r"[A-Za-z]+$")
_ENDS_RIEUL = re.compile(r"(?:l|le|ll)$")
_ENDS_OTHER = re.compile(r"(?:[mn]|[mn]e|ng|ck|(?<![aeiou])[aeiou](?:[ptk]|b|g)|oo[kt]|ea[dt])$")


def with_particle(word: str, particle: str) -> str:
    """``word`` with the form of ``particle`` that its ending asks for.

    ``particle`` names both forms, in either order or with the added vowel in brackets: "은/는",
    "이/가", "을/를", "과/와", "(으)로", "(이)나", "이란/란". A closing bracket is passed over
    with what it holds, quotes and other marks are passed over. Where the reading cannot be told
    both forms are written: "★은(는)". ValueError when ``particle`` is not such a pair.
    """
    closed, open_ = _forms(particle)
    coda = _coda(word)
    if coda is None:
        return f"{word}{closed}({open_})"
    if coda is _Coda.NONE or (coda is _Coda.RIEUL and closed.startswith("으")):
        return word + open_
    return word + closed


def _forms(particle: str) -> tuple[str, str]:
    """(after a consonant, after a vowel)."""
    match = _PAIR.fullmatch(particle)
    if match is None:
        raise ValueError(f"particle pair expected, such as '은/는' or '(으)로': {particle!r}")
    if match[1]:
        return match[1] + match[2], match[2]
    one, other = match[3], match[4]
    if one in _VOWEL_FORMS or (other not in _VOWEL_FORMS and len(one) < len(other)):
        return other, one
    return one, other


# Forms that follow a vowel although nothing in their spelling says so.
_VOWEL_FORMS = frozenset(("는", "가", "를", "와", "로", "나", "란", "야", "여", "라", "라고", "랑"))


def _coda(word: str) -> _Coda | None:
    text = word.rstrip()
    while True:
        shorter = _BRACKETED.sub("", text)
        if not _sounding(shorter):
            break  # all that is there stands in brackets: read it
        if shorter == text:
            break
        text = shorter
    text = text.rstrip()
    while text and not _is_sound(text[-1]):
        text = text[:-1]
    return _ending(text) if text else None


def _sounding(text: str) -> bool:
    return any(_is_sound(character) for character in text)


def _is_sound(character: str) -> bool:
    return character.isalnum() or character in _SIGNS


def _ending(text: str) -> _Coda | None:
    last = text[-1]
    if "가" <= last <= "힣":
        coda = (ord(last) - 0xAC00) % 28
        return _Coda.NONE if coda == 0 else _Coda.RIEUL if coda == 8 else _Coda.OTHER
    if last in _SIGNS:
        return _SIGNS[last]
    if last.isascii() and last.isdigit():
        return _figure(text)
    if last.isascii():
        return _latin(text)
    if last in SOUNDS:
        return _ending(SOUNDS[last])
    folded = unicodedata.normalize("NFKC", last)
    return _ending(folded) if folded != last and folded[-1].isascii() else None


def _figure(text: str) -> _Coda:
    match = _FIGURE.search(text)
    digits = match[0].replace(",", "") if match else text[-1]
    if digits[-1] != "0" or "." in digits or not digits.strip("0"):
        return _DIGITS[int(digits[-1])]
    zeros = len(digits) - len(digits.rstrip("0"))
    # 십, 백, 천, 만 and 억 end in a consonant; 조 does not, nor 십조 and 천조.
    return _Coda.NONE if 12 <= zeros < 16 else _Coda.OTHER


def _latin(text: str) -> _Coda:
    match = _LATIN_TAIL.search(text)
    word = match[0] if match else text[-1]
    before = text[: len(text) - len(word)].rstrip()
    # 5g is 그램, but 5G and 6G are 파이브지, 식스지.
    if before[-1:].isdigit() and word.lower() in _UNITS and word not in ("G", "T", "P"):
        return _UNITS[word.lower()]
    if before[-1:] == "%":
        return _Coda.NONE
    if word[-1].isupper() or len(word) == 1:
        return _LETTERS.get(word[-1].lower(), _Coda.NONE)
    # A word in small letters is read as a word: Perceval 퍼시벌, cloud 클라우드, chip 칩.
    if _ENDS_RIEUL.search(word):
        return _Coda.RIEUL
    return _Coda.OTHER if _ENDS_OTHER.search(word) else _Coda.NONE


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
_HEARD = (
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
        for pattern, sound in _HEARD:
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
