"""Hangul syllables by their letters: words that differ from a word in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
# Letters that sound alike or lie together, so that one is often typed for the other.
_ALIKE_ONSETS = ("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅅㅆ", "ㅈㅉㅊ")
_ALIKE_VOWELS = ("ㅐㅔㅒㅖ", "ㅙㅚㅞ", "ㅢㅣㅡ", "ㅓㅕ", "ㅗㅛ", "ㅜㅠ", "ㅏㅑ")
_ALIKE_CODAS = (
    ("ㄱ", "ㄲ", "ㅋ"),
    ("ㄷ", "ㅅ", "ㅆ", "ㅈ", "ㅊ", "ㅌ"),
    ("ㅂ", "ㅍ", "ㅄ"),
    ("ㄴ", "ㄵ", "ㄶ"),
)


def _table(letters: Sequence[str], groups: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    alike = []
    for letter in letters:
        near = {
            letters.index(other)
            for group in groups
            if letter and letter in group
            for other in group
        }
        alike.append(frozenset(near - {letters.index(letter)}))
    return alike


_NEAR_ONSETS = _table(_ONSETS, _ALIKE_ONSETS)
_NEAR_VOWELS = _table(_VOWELS, _ALIKE_VOWELS)
_NEAR_CODAS = _table(_CODAS, _ALIKE_CODAS)


def variants(word: str) -> list[tuple[str, bool]]:
    """Words that differ from ``word`` in one letter of one syllable, and whether the two letters
    are ones often mistaken. The likely ones come first, else in the order of the syllables.

    A letter is put for another of its place in the syllable; a final consonant may also come or
    go. A word of n syllables has 65 n such neighbours.
    """
    close: list[tuple[str, bool]] = []
    rest: list[tuple[str, bool]] = []
    for at, character in enumerate(word):
        if not "가" <= character <= "힣":
            continue
        for syllable, likely in _syllables(character):
            neighbour = word[:at] + syllable + word[at + 1 :]
            (close if likely else rest).append((neighbour, likely))
    return close + rest


def _syllables(character: str) -> Iterator[tuple[str, bool]]:
    onset, rest = divmod(ord(character) - 0xAC00, 588)
    vowel, coda = divmod(rest, 28)
    for other in range(19):
        if other != onset:
            yield _compose(other, vowel, coda), other in _NEAR_ONSETS[onset]
    for other in range(21):
        if other != vowel:
            yield _compose(onset, other, coda), other in _NEAR_VOWELS[vowel]
    for other in range(28):
        if other != coda:
            yield _compose(onset, vowel, other), other in _NEAR_CODAS[coda]


def _compose(onset: int, vowel: int, coda: int) -> str:
    return chr(0xAC00 + onset * 588 + vowel * 28 + coda)
