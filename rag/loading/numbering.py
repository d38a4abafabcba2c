"""The text of automatic numbers ("제1장", "가.", "1)"), which Hancom's formats do not store.

A paragraph only says which list it belongs to and how deep it stands; the list says how each
level is written. What a reader sees in front of the paragraph is counted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_FORMATS = {
    "DIGIT": 0,
    "CIRCLED_DIGIT": 1,
    "ROMAN_CAPITAL": 2,
    "ROMAN_SMALL": 3,
    "LATIN_CAPITAL": 4,
    "LATIN_SMALL": 5,
    "CIRCLED_LATIN_CAPITAL": 6,
    "CIRCLED_LATIN_SMALL": 7,
    "HANGUL_SYLLABLE": 8,
    "CIRCLED_HANGUL_SYLLABLE": 9,
    "HANGUL_JAMO": 10,
    "CIRCLED_HANGUL_JAMO": 11,
    "HANGUL_PHONETIC": 12,
    "IDEOGRAPH": 13,
    "CIRCLED_IDEOGRAPH": 14,
    "DECAGON_CIRCLE": 15,
    "DECAGON_CIRCLE_HANJA": 16,
    "SYMBOL": 128,
}
_SYLLABLES = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_SINO = "영일이삼사오육칠팔구"
_HANJA = "〇一二三四五六七八九"
_STEMS = "갑을병정무기경신임계"
_STEMS_HANJA = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_VOWELS = (0, 4, 8, 13, 18, 20)  # ㅏ ㅓ ㅗ ㅜ ㅡ ㅣ
_HIGHEST = 9999
_LONGEST = 64  # characters of a pattern; a longer one is an attack
_PLACE = re.compile(r"\^(10|[1-9]|[nN])")
# A bullet in a symbol font is stored as that font's code; these are the signs a reader sees.
_SYMBOL_FONT = str.maketrans(
    {
        "\uf046": "☞",
        "\uf06c": "●",
        "\uf06d": "○",
        "\uf06e": "■",
        "\uf06f": "□",
        "\uf071": "□",
        "\uf075": "◆",
        "\uf076": "❖",
        "\uf077": "◆",
        "\uf09f": "•",
        "\uf0a1": "○",
        "\uf0a4": "◉",
        "\uf0a7": "▪",
        "\uf0a8": "□",
        "\uf0ab": "★",
        "\uf0b7": "•",
        "\uf0d8": "➢",
        "\uf0e0": "→",
        "\uf0e8": "➔",
        "\uf0fc": "✓",
        "\uf0fe": "☑",
    }
)


class HeadKind(StrEnum):
    """What a paragraph's head is: that of a paragraph with an outline level, which may be a
    heading or a numbered sentence; of one styled as a heading; of an item of a list."""

    HEADING = "heading"
    OUTLINE = "outline"
    NUMBER = "number"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Head:
    """What a paragraph says of its head. ``level`` counts from 0 to 9; ``list`` is the identifier of
    the numbering or bullet, 0 for an outline, whose numbering the section names."""

    kind: HeadKind
    level: int
    list: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written: ``pattern`` with ^1 … ^10 for the number of a level,
    ^n for the whole path ("1.2.3") and ^N for that with a full stop behind it."""

    pattern: str
    format: int = 0
    start: int = 1


def format_code(name: str) -> int:
    """The code of a number format by its name in HWPX; that of plain digits if unknown."""
    return _FORMATS.get(name, 0)


def number_text(number: int, code: int) -> str:
    """``number`` as the format writes it, by the codes of HWP 5; plain digits where the format
    has no sign for it."""
    if not 1 <= number <= _HIGHEST:
        return str(number)
    at = number - 1
    text = ""
    if code in (1, 6, 7, 9, 11, 14):
        text = _circled(number, code)
    elif code in (2, 3):
        text = _roman(number)
        text = text.lower() if code == 3 else text
    elif code in (4, 5):
        letter = chr(ord("A" if code == 4 else "a") + at % 26)
        text = letter * (at // 26 + 1) if at < 26 * 4 else ""
    elif code == 8:
        text = _syllable(at)
    elif code == 10:
        text = _JAMO[at] if at < len(_JAMO) else ""
    elif code in (12, 13):
        text = _counted(
            number, _SINO if code == 12 else _HANJA, "십백천" if code == 12 else "十百千"
        )
    elif code in (15, 16):
        text = (_STEMS if code == 15 else _STEMS_HANJA)[at % 10]
    elif code == 128:
        text = ("*", "†", "‡", "§")[at % 4] * (at // 4 + 1) if at < 16 else ""
    return text or str(number)


def _circled(number: int, code: int) -> str:
    if code == 1:
        if number <= 20:
            return chr(0x2460 + number - 1)
        if number <= 35:
            return chr(0x3251 + number - 21)
        return chr(0x32B1 + number - 36) if number <= 50 else ""
    first, most = {
        6: (0x24B6, 26),
        7: (0x24D0, 26),
        9: (0x326E, 14),
        11: (0x3260, 14),
        14: (0x3280, 10),
    }[code]
    return chr(first + number - 1) if number <= most else ""


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _syllable(at: int) -> str:
    """가 … 하, then 거 … 허, 고 … 호 and so on."""
    row, place = divmod(at, len(_SYLLABLES))
    return chr(ord(_SYLLABLES[place]) + _VOWELS[row] * 28) if row < len(_VOWELS) else ""


def _counted(number: int, digits: str, units: str) -> str:
    text = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("" if digit == 1 and place else digits[digit]) + (
                units[place - 1] if place else ""
            )
    return text


class Numbering:
    """Counts the numbers of a document in reading order."""

    def __init__(
        self, lists: dict[int, tuple[Level, ...]], bullets: dict[int, str] | None = None
    ) -> None:
        self._lists = lists
        self._bullets = bullets or {}
        self._counts: dict[int, list[int | None]] = {}
        self.outline = 1
        """The list that outline paragraphs are numbered by; a section may name another."""

    def label(self, head: Head) -> str:
        """The text in front of the next paragraph with this head, "" where there is none.

        A number of the same list is counted up and those below it begin anew; a level that was
        passed over counts as begun.
        """
        if head.kind is HeadKind.BULLET:
            return self._bullets.get(head.list, "")[:_LONGEST].translate(_SYMBOL_FONT).strip()
        name = self.outline if head.kind is HeadKind.OUTLINE else head.list
        levels = self._lists.get(name)
        if not levels or not 0 <= head.level < len(levels):
            return ""
        counts = self._counts.setdefault(name, [None] * len(levels))
        here = counts[head.level]
        counts[head.level] = levels[head.level].start if here is None else here + 1
        for above in range(head.level):
            if counts[above] is None:
                counts[above] = levels[above].start
        for below in range(head.level + 1, len(levels)):
            counts[below] = None

        def written(level: int) -> str:
            number = counts[level] if level < len(counts) else None
            return "" if number is None else number_text(number, levels[level].format)

        def fill(place: re.Match[str]) -> str:
            if place[1] in "nN":
                path = ".".join(written(level) for level in range(head.level + 1))
                return path + ("." if place[1] == "N" else "")
            return written(int(place[1]) - 1)

        return _PLACE.sub(fill, levels[head.level].pattern[:_LONGEST]).strip()
