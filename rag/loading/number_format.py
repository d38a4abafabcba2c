"""Values of a spreadsheet as its number formats show them: 1,234 · 12.5% · 2021-03-10."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "₩#,##0;-₩#,##0",
    6: "₩#,##0;-₩#,##0", 7: "₩#,##0.00;-₩#,##0.00", 8: "₩#,##0.00;-₩#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "General", 13: "General", 14: "yyyy-mm-dd", 15: "dd-mmm-yy", 16: "dd-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 27: 'yyyy"年" mm"月" dd"日"', 28: "mm-dd", 29: "mm-dd", 30: "mm-dd-yy",
    31: 'yyyy"년" mm"월" dd"일"', 32: 'h"시" mm"분"', 33: 'h"시" mm"분" ss"초"', 34: "yyyy-mm-dd",
    35: "yyyy-mm-dd", 36: "yyyy-mm-dd", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"',
    42: '₩#,##0;-₩#,##0;₩"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '₩#,##0.00;-₩#,##0.00;₩"-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: "yyyy-mm-dd",
    51: "yyyy-mm-dd", 52: "yyyy-mm-dd", 53: "yyyy-mm-dd", 54: "yyyy-mm-dd", 55: "yyyy-mm-dd",
    56: "yyyy-mm-dd", 57: "yyyy-mm-dd", 58: "yyyy-mm-dd",
}  # fmt: skip
"""Formats that a file names by number only, as a Korean Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>AM/PM|A/P|오전/오후)|(?P<general>General|G/표준)|(?P<power>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)"
    r"|(?P<place>[0#?]|\.(?=[0#?]|\Z|[^0-9])|,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\Z")
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_DAYS = "월화수목금토일"
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_466  # the first of the year 10000
_LONGEST = 255  # characters of a format, as in Excel
_DIGITS = 10

Token = tuple[str, str]


@lru_cache(maxsize=8192)
def show(value: float, code: str, from_1904: bool = False) -> str:
    """A number, or a date as a number of days, as the format ``code`` shows it. A format that is
    not understood shows the number as it is."""
    sections = _sections(code[:_LONGEST])
    section, signed = _choose(sections, value)
    kinds = {kind for kind, _ in section}
    try:
        if "date" in kinds or "elapsed" in kinds:
            return _date(value, section, from_1904)
        if "general" in kinds:
            shown = general(abs(value) if not signed else value)
            return "".join(shown if kind == "general" else word for kind, word in section).strip()
        if "place" not in kinds:
            if kinds <= {"text"}:
                return general(value) if section else ""
            return "".join(word for kind, word in section if kind == "word").strip()
        return _number(value, section, signed)
    except (ValueError, OverflowError, InvalidOperation):
        return general(value)


def show_text(text: str, code: str) -> str:
    """A text as the format ``code`` shows it: with the words around its "@"."""
    sections = _sections(code[:_LONGEST])
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not any(kind == "text" for kind, _ in section) or len(section) == 1:
        return text
    return "".join(text if kind == "text" else word for kind, word in section)


def general(value: float) -> str:
    """A number in the general format: no more than ten significant digits, none in vain."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.{_DIGITS}g}".replace("e", "E")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """The sections of a format: (kind, word) for each of their signs."""
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code):
        section = sections[-1]
        kind = found.lastgroup or ""
        word = found[kind] if kind else ""
        if kind == "other" and word == ";":
            sections.append([])
        elif kind in ("quoted", "escaped", "other"):
            section.append(("word", word))
        elif kind == "bracket":
            if _ELAPSED.fullmatch(word):
                section.append(("elapsed", word.lower()))
            elif _CONDITION.match(word):
                section.append(("condition", word))
            elif word.startswith("$"):
                section.append(("word", word[1:].partition("-")[0]))
        elif kind == "date":
            section.append(("date", word.lower()))
        elif kind == "half":
            section.append(("date", word))
        elif kind == "percent":
            section.append(("percent", "%"))
        elif kind:
            section.append((kind, word))
    return tuple(tuple(section) for section in sections)


def _choose(
    sections: tuple[tuple[Token, ...], ...], value: float
) -> tuple[tuple[Token, ...], bool]:
    """The section for a value, and whether a minus is still to be written."""
    conditions = [
        next((_CONDITION.match(word) for kind, word in section if kind == "condition"), None)
        for section in sections
    ]
    chosen, signed = sections[0], True
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, condition[1], float(condition[2])):
                chosen = section
                break
    elif len(sections) > 1 and value < 0:
        chosen, signed = sections[1], False
    elif len(sections) > 2 and value == 0:
        chosen = sections[2]
    return tuple(token for token in chosen if token[0] != "condition"), signed


def _holds(value: float, sign: str, bound: float) -> bool:
    return {
        "<": value < bound, ">": value > bound, "<=": value <= bound, ">=": value >= bound,
        "=": value == bound, "<>": value != bound,
    }[sign]  # fmt: skip


def _number(value: float, section: tuple[Token, ...], signed: bool) -> str:
    places = [at for at, (kind, _) in enumerate(section) if kind == "place"]
    first, last = places[0], places[-1]
    pattern = "".join(word if kind == "place" else "\0" for kind, word in section[first : last + 1])
    whole, dot, part = pattern.partition(".")
    if "/" in "".join(word for kind, word in section if kind == "word") and "?" in pattern:
        return general(value)  # a fraction
    scale = len(pattern) - len(pattern.rstrip(","))
    part = part.rstrip(",")
    number = Decimal(repr(abs(value))) * 100 ** sum(kind == "percent" for kind, _ in section)
    number /= Decimal(1000) ** scale
    power = ""
    if any(kind == "power" for kind, _ in section):
        exponent = number.adjusted() if number else 0
        number = number.scaleb(-exponent)
        power = f"E{'-' if exponent < 0 else '+'}{abs(exponent):02}"
        whole, dot, _ = pattern.partition("\0")[0].partition(".")
        part = pattern.partition("\0")[0].partition(".")[2]
    decimals = sum(sign in "0#?" for sign in part)
    number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits, _, rest = f"{number:f}".partition(".")
    least = len(part) - len(part.rstrip("#"))
    kept = rest.rstrip("0") if least else rest
    rest = rest[: max(len(kept), decimals - least)]
    minus = "-" if signed and value < 0 and number else ""
    body = _whole(digits, section[first : last + 1], whole.rstrip(","), "," in whole.rstrip(","))
    body += dot + rest + power
    before = "".join(_literal(token) for token in section[:first])
    after = "".join(_literal(token) for token in section[last + 1 :] if token[0] != "power")
    return (
        f"{before}{minus}{body}{after}".strip()
        if not minus
        else f"{minus}{before}{body}{after}".strip()
    )


def _literal(token: Token) -> str:
    return token[1] if token[0] in ("word", "percent") else ""


def _whole(digits: str, section: tuple[Token, ...], pattern: str, grouped: bool) -> str:
    """The digits before the point, set in their places from the right, with the words that stand
    between the places ("000-0000")."""
    digits = "" if digits == "0" and "0" not in pattern else digits
    least = pattern.count("0")
    digits = digits.zfill(least) if least else digits
    if "\0" not in pattern:
        return f"{int(digits):,}" if grouped and digits and least <= 1 else digits
    out: list[str] = []
    left = digits
    for kind, word in reversed(section[: len(pattern)]):
        if kind == "place" and word in "0#?":
            out.append(left[-1:])
            left = left[:-1]
        elif kind != "place":
            out.append(_literal((kind, word)))
    return left + "".join(reversed(out))


def _date(value: float, section: tuple[Token, ...], from_1904: bool) -> str:
    if not 0 <= value < _LAST_DAY:
        return general(value)
    days = value
    if not from_1904 and value < 60:
        days += 1  # Excel counts a 29 February 1900 that never was
    clock = any(kind == "date" and word[0] in "sS" and "." in word for kind, word in section)
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=days)
    if not clock:
        moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    half = any(kind == "date" and "/" in word for kind, word in section)
    out: list[str] = []
    before = ""
    for at, (kind, word) in enumerate(section):
        if kind == "elapsed":
            seconds = round(value * 86400)
            unit = {"h": 3600, "m": 60, "s": 1}[word[0]]
            out.append(str(seconds // unit).zfill(len(word)))
            before = word
        elif kind == "date":
            after = next((w for k, w in section[at + 1 :] if k == "date"), "")
            minutes = word[0] == "m" and (before[:1] == "h" or after[:1] == "s")
            out.append(_piece(moment, word, minutes, half))
            before = word
        elif kind == "place":
            out.append(word if word in ".," else "")
        else:
            out.append(_literal((kind, word)))
    return "".join(out).strip()


def _piece(moment: datetime, word: str, minutes: bool, half: bool) -> str:
    sign, length = word[0], len(word)
    if "/" in word:
        names = ("오전", "오후") if sign == "오" else tuple(word.split("/"))
        return names[moment.hour >= 12]
    if sign in "ye":
        return f"{moment.year % 100:02}" if length <= 2 and sign == "y" else str(moment.year)
    if minutes:
        return str(moment.minute).zfill(min(length, 2))
    if sign == "m":
        name = _MONTHS[moment.month - 1]
        return str(moment.month).zfill(length) if length < 3 else name[:3] if length == 3 else name
    if sign == "d":
        name = _WEEK[moment.weekday()]
        return str(moment.day).zfill(length) if length < 3 else name[:3] if length == 3 else name
    if sign == "a":
        return _DAYS[moment.weekday()] + ("요일" if length == 4 else "")
    if sign == "h":
        hour = (moment.hour % 12 or 12) if half else moment.hour
        return str(hour).zfill(min(length, 2))
    whole, _, part = word.partition(".")
    fraction = f".{moment.microsecond // 1000:03}"[: len(part) + 1] if part else ""
    return str(moment.second).zfill(min(len(whole), 2)) + fraction
