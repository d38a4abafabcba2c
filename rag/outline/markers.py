"""What a line begins with: bullets, numbers, note marks, Markdown hashes.

A marker has a *style* ("N." for "3.", "①" for any circled number, the symbol itself for a
bullet) and, for the counted styles, its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

# Geometric shapes, signs, dingbats but the counted ones, arrows; and letters that stand for them.
SYMBOLS = "·•∙ㅇ√ⅴ※→⇒⇨◦\u25a0-\u25ff\u2600-\u2775\u2794-\u27bf\u2b00-\u2bff"
"""Bullets, as the inside of a character class."""
DASHES = "-–—−―‐"
SHAPES = frozenset("❖◆◇■□▣◎◈○●◯ㅇ▲▼★☆")
"""Marks that head a section as often as they begin an item; their use decides."""
_CIRCLED = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "❶❷❸❹❺❻❼❽❾❿",
    "➀➁➂➃➄➅➆➇➈➉",
    "➊➋➌➍➎➏➐➑➒➓",
    "⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾",
)
_BOXED = "".join(map(chr, range(0xF02B1, 0xF02BB)))  # 1 to 10 in Hancom's symbol fonts
_ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_ROMAN = re.compile(r"(?=[IVX])(X{0,2})(IX|IV|V?I{0,3})\Z")
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_LETTERS = "가나다라마바사아자차카타파하"

_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_OPENING = re.compile(r"(?:<(?:p|div|b|strong|li)\b[^<>]*>\s*|\*\*(?=[①-⑳\d(가-힣A-Z]))+", re.I)
_COUNTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("제N장", re.compile(r"제\s?(\d{1,3})\s?[장편부](?=[\s.:(])")),
    ("제N절", re.compile(r"제\s?(\d{1,3})\s?[절관](?=[\s.:(])")),
    ("제N조", re.compile(r"제\s?(\d{1,4})\s?조(?:의\s?\d+)?(?=[\s.:(\[【])")),
    ("【N】", re.compile(r"[【〔]\s?(\d{1,2})\s?[】〕]\s*(?=\S)")),
    ("Q", re.compile(r"(?:Q|질문|문)\s?(\d{1,3})\s?[.:)]\s*(?=\S)")),
    ("I.", re.compile(rf"([{_ROMAN_SIGNS}]|[IVX]{{1,5}})(?:[.．]|(?=\s))\s*(?=\S)")),
    ("0N.", re.compile(r"(0\d)(?:[.．]\s*|\s+)(?=\S)")),
    ("N.N.", re.compile(r"((?:\d{1,2}\.){1,3}\d{1,2}\.?)\s+(?=\S)")),
    # "3. 4. ~ 3. 28." is a period and no third item.
    (
        "N.",
        re.compile(
            r"(\d{1,2})[.．]\s+(?!\d{1,2}\.\s?(?:\([월화수목금토일]\))?\s?(?:[~∼～–]|까지|부터|$))(?=\S)|(\d{1,2})[.．](?=[가-힣A-Z「(‘“'\"])"
        ),
    ),
    ("N)", re.compile(r"(\d{1,3})\)\s*(?=\S)")),
    ("(N)", re.compile(r"\((\d{1,2})\)\s*(?=\S)|([⑴-⒇])\s*(?=\S)")),
    ("가.", re.compile(rf"([{_LETTERS}])[.．]\s+(?=\S)")),
    ("가)", re.compile(rf"([{_LETTERS}])\)\s*(?=\S)")),
    ("(가)", re.compile(rf"\(([{_LETTERS}])\)\s*(?=\S)")),
    ("ㄱ.", re.compile(rf"([{_CONSONANTS}])[.)]\s+(?=\S)")),
    ("①", re.compile(rf"([{''.join(_CIRCLED)}])\s*(?=\S)")),
    ("boxed", re.compile(rf"([{_BOXED}])\s*(?=\S)")),
    ("N", re.compile(r"(\d{1,2})\s+(?=[가-힣A-Z「‘“(])")),
)
_STARS = re.compile(r"(\\?\*{1,4})(?!\*)[ \t]*(?=\S)")
_DASH = re.compile(rf"([{DASHES}])(?:[ \t]+(?=\S)|(?=[가-힣(△▲①-⑳]))")
# Private characters are the bullets of symbol fonts; a Latin o stands for the circle.
_SYMBOL = re.compile(
    rf"([{SYMBOLS}\ue000-\uf8ff\U000f0000-\U000ffffd])\s*(?=\S)|([oO])[ \t]+(?=[\d가-힣‘“'\"「『(\[<])"
)

LEADER = re.compile(r"(?:[.·…‥ㆍ]\s?){4,}\d{1,4}\s*\Z")
"""The end of a line of a contents page: "융자 한도 ····· 8"."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line begins. ``content`` is the index, in the line, of what follows the marker.

    ``outer`` is the dash before a second marker ("- ①" has style "①" and outer "-").
    ``number`` is None for styles that do not count. ``hashes`` counts Markdown's "#".
    """

    style: str
    written: str
    content: int
    number: int | None = None
    outer: str = ""
    hashes: int = 0

    @property
    def counted(self) -> bool:
        return self.number is not None

    @property
    def starred(self) -> bool:
        return self.style.startswith("*")


_LINES = 1 << 13  # lines that are remembered: outline, facts and lists each look at them


@lru_cache(maxsize=_LINES)
def parse(text: str) -> Mark | None:
    """The marker that a line begins with, or None. White space before it does not count."""
    at = len(text) - len(text.lstrip())
    if at == len(text):
        return None
    opening = _OPENING.match(text, at)
    if opening and not text.startswith("**", at):
        at = opening.end()
    hashes = _HASHES.match(text, at)
    if hashes:
        inner = _counted(text, hashes.end(), emphasised=True)
        if inner is not None:
            return Mark(inner.style, inner.written, inner.content, inner.number, "", len(hashes[1]))
        return Mark("#", hashes[1], hashes.end(), None, "", len(hashes[1]))
    dash = _DASH.match(text, at)
    if dash and text.startswith("#", dash.end()):
        headed = parse(text[dash.end() :])
        if headed is not None and headed.hashes:
            return replace(headed, content=headed.content + dash.end(), outer=dash[1])
    if dash:
        inner = _inside(text, dash.end())
        if inner is not None:
            return Mark(inner.style, inner.written, inner.content, inner.number, dash[1])
        return Mark("-", dash[1], dash.end())
    return _inside(text, at) or _counted(text, at)


def _inside(text: str, at: int) -> Mark | None:
    """A marker that may also follow a dash: stars, symbols, circled and bracketed numbers."""
    stars = _STARS.match(text, at)
    if stars and not _is_emphasis(text, stars):
        return Mark(stars[1].lstrip("\\"), stars[1], stars.end())
    symbol = None if text.startswith(tuple(_BOXED), at) else _SYMBOL.match(text, at)
    if symbol and symbol[2]:
        return Mark("○", symbol[2], symbol.end())
    tight = "△▲▽▼→" if symbol and text[symbol.start(1) + 1 : symbol.end()] else "△▲▽▼→·"
    if symbol and not (symbol[1] in tight and re.match(r"[\d.,$]", text[symbol.end() :])):
        if symbol[1] in "△▲▽▼" and symbol.end() == symbol.start() + 1:
            return None  # "△2017년 …" and "△4.8" are text, not items
        return Mark(symbol[1], symbol[1], symbol.end())
    circled = _counted(text, at, emphasised=True)
    if circled is not None and circled.style in {"①", "N)", "(N)", "0N.", "boxed"}:
        return circled
    return None


def _is_emphasis(text: str, stars: re.Match[str]) -> bool:
    """Whether "**" opens emphasised words: "**표 1** …" rather than "** 이용자수 …"."""
    if stars[1] != "**" or stars.end() != stars.end(1):
        return False
    closing = text.find("**", stars.end())
    return closing > 0 and closing - stars.end() <= 60


def _counted(text: str, at: int, emphasised: bool = False) -> Mark | None:
    if emphasised and text.startswith("**", at):
        at += 2
    for style, pattern in _COUNTED:
        match = pattern.match(text, at)
        if match is None:
            continue
        written = next(group for group in match.groups() if group)
        number = _value(style, written)
        if number is None:
            continue
        return Mark(style, match.group().strip(), match.end(), number)
    return None


def _value(style: str, written: str) -> int | None:
    if style == "I.":
        if written in _ROMAN_SIGNS:
            return _ROMAN_SIGNS.index(written) + 1
        roman = _ROMAN.match(written)
        if roman is None:
            return None
        tens, units = len(roman[1]), roman[2]
        ones = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}.get(units)
        if ones is None:
            ones = 9 if units == "IX" else 5 + len(units) - 1
        return tens * 10 + ones
    if style == "①":
        return next(circle.index(written) for circle in _CIRCLED if written in circle) + 1
    if style == "boxed":
        return _BOXED.index(written) + 1
    if style.strip("().") == "가":
        return _LETTERS.index(written) + 1
    if style == "ㄱ.":
        return _CONSONANTS.index(written) + 1
    if "⑴" <= written <= "⒇":
        return ord(written) - ord("⑴") + 1
    if style == "N.N.":
        return int(written.strip(".").rsplit(".", 1)[1])
    return int(written)
