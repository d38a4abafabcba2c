"""Dates, amounts, numbers and Latin words: found before the analyser runs, named canonically; and
numbers as Korean writes them: figures with scales, Hangul numerals, and both mixed.

The analyser would take the weekday of ``'21.6.25(금)`` for the noun 금 (gold) and cut ``C-V2X``
into four pieces. What is found here reaches it as one locked token, and the index holds the
canonical names instead, so that ``'21년`` meets ``2021년`` and ``3천만원`` meets ``3,000만원``.
"3억5천만", "1천500만", "오천만", "864백만" and "2.52조" are read alike by :func:`number`, exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("영일이삼사오육칠팔구")}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
SCALES = frozenset((*_SMALL, *_LARGE))
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?|[영일이삼사오육칠팔구십백천만억조경]")

HANGUL = r"(?:[일이삼사오육칠팔구]?[십백천만억조])+(?:[일이삼사오육칠팔구])?"
"""A number in Hangul alone, as it stands before a counter: "오천만", "십이억", "천"."""


def number(written: str) -> Decimal | None:
    """The number that a text without unit writes ("1조 2,000억" is 1200000000000), None where it
    writes none. Blanks and commas do not count; scales must fall ("5만 3억" is no number)."""
    parts = _NUMERAL.findall(written)
    if not parts or re.sub(r"[\s,]", "", written) != "".join(parts).replace(",", ""):
        return None
    total = section = Decimal(0)
    current: Decimal | None = None
    ceiling = Decimal(10**20)
    for part in parts:
        if part[0].isdigit():
            if current is not None:
                return None
            current = Decimal(part.replace(",", ""))
        elif part in _DIGITS:
            if current is not None:
                return None
            current = Decimal(_DIGITS[part])
        elif part in _SMALL:
            section += (Decimal(1) if current is None else current) * _SMALL[part]
            current = None
        else:
            scale = Decimal(_LARGE[part])
            if scale >= ceiling:
                return None
            ceiling = scale
            held = section + (current or 0)
            total += (held or Decimal(1)) * scale
            section, current = Decimal(0), None
    return total + section + (current or 0)


_TENS = "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split()
_ONES = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉".split()
_SHORT = {"한": 1, "두": 2, "세": 3, "네": 4, "스무": 20}
_DAYS = "하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘".split()
_NATIVE = re.compile(
    rf"(?<![가-힣])(?:(?P<days>{'|'.join(_DAYS)}|보름)|(?P<tens>{'|'.join(_TENS)})?"
    rf"(?P<ones>{'|'.join((*_ONES, *_SHORT))})?(?:\s?(?P<unit>살|명|사람|달|개|번|곳|마리|시간|해|배))?)"
    r"(?=\s|이[면고며나다]|인|에|[은는을를]?\s|[?.!,]|$|부터|까지|동안|전|뒤)"
)


def native(text: str) -> list[tuple[int, str, int, str]]:
    """The numbers that a text writes in native numerals, as words of their own: where each begins,
    as written, its size and its counter ("" for none); days ("사흘") are counted in 일. Short forms
    ("한", "두") count with a counter alone. In order of place."""
    found = []
    for match in _NATIVE.finditer(text):
        if match["days"]:
            size = 15 if match["days"] == "보름" else _DAYS.index(match["days"]) + 1
            found.append((match.start(), match.group(), size, "일"))
            continue
        tens, ones, unit = match["tens"], match["ones"], match["unit"] or ""
        if not (tens or ones) or (ones in _SHORT and not unit):
            continue
        size = (_TENS.index(tens) + 1) * 10 if tens else 0
        if ones:
            size += _SHORT[ones] if ones in _SHORT else _ONES.index(ones) + 1
        found.append((match.start(), match.group(), size, "명" if unit == "사람" else unit))
    return found


@dataclass(frozen=True, slots=True)
class Entity:
    """A half-open range of code points and the index terms that stand for it, in order.
    ``tag`` is SN or SL, the Sejong tag that it is locked under."""

    start: int
    end: int
    terms: tuple[str, ...]
    tag: str = "SN"


_SCALES = {
    "조": 10**12,
    "천억": 10**11,
    "백억": 10**10,
    "십억": 10**9,
    "억": 10**8,
    "천만": 10**7,
    "백만": 10**6,
    "십만": 10**5,
    "만": 10**4,
    "천": 10**3,
    "백": 10**2,
}
_CURRENCIES = {
    "원": "원",
    "불": "달러",
    "달러": "달러",
    "弗": "달러",
    "$": "달러",
    "US$": "달러",
    "USD": "달러",
    "￦": "원",
    "₩": "원",
    "엔": "엔",
    "¥": "엔",
    "유로": "유로",
    "€": "유로",
    "위안": "위안",
    "파운드": "파운드",
    "£": "파운드",
}

_APOSTROPHE = "['‘’`´]"
_WEEKDAY = r"(?:\s?\([월화수목금토일]\))"
_SCALE = "조|천억|백억|십억|억|천만|백만|십만|만|천|백"
# Bounded, so that no run of digits grows into a number that Python refuses to write out.
_NUMBER = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,16}(?:\.\d{1,9})?"
_COUNTER = (
    "개사|개국|개월|개소|개년|개교|개|명|건|대|곳|년|일|월|주|회|차|호|조|항|종|인|위|배|번|단계|가지|분기|시간|분|초|"
    "차원|세대|세|층|동|기|권|등|점|쪽|편|종류|군데|주년"
)

_PATTERN = re.compile(
    rf"""
    (?=[\dA-Za-z'‘’`´$₩￦¥€£제(])(?:  # most places begin none: told before all else is tried
    (?<![\d.])(?:
        (?P<y1>\d{{4}}|{_APOSTROPHE}\d\d|(?<!\d)\d\d)\s?[.\-/]\s?(?P<m1>\d\d?)\s?[.\-/]\s?
            (?P<d1>\d\d?)(?!\d)\.?{_WEEKDAY}?
      | (?P<y2>\d{{4}}|{_APOSTROPHE}\d\d|\d\d)\s?년\s?(?P<m2>\d\d?)\s?월
            (?:\s?(?P<d2>\d\d?)\s?일)?{_WEEKDAY}?
      | (?P<y3>(?:19|20)\d\d|{_APOSTROPHE}\d\d)[.]\s?(?P<m3>0?[1-9]|1[0-2])
            (?![\d,.]\d|\d|%|/|Q|분기)(?:월|[.])?
      | (?P<y4>{_APOSTROPHE}\d\d)(?!\d|세기)(?:\s?년도?|[.](?!\d))?
      | (?P<y5>(?:19|20)\d\d)(?:\s?년도?)
      | (?P<m6>\d\d?)\s?월\s?(?P<d6>\d\d?)\s?일{_WEEKDAY}?
      | (?P<m7>\d\d?)[./](?P<d7>\d\d?)\.?(?:일?{_WEEKDAY}|일)
      | (?P<m8>0?[1-9]|1[0-2])월
      | (?P<money>(?:(?P<sign>US\$|[$₩￦¥€£])\s?)?(?:{_NUMBER})\s?(?:{_SCALE})
            (?:\s?(?:{_NUMBER})\s?(?:{_SCALE}))*(?:\s?(?:{_NUMBER})(?=\s?(?:원|달러|불)))?여?\s?(?P<unit>달러|유로|위안|파운드|원|불|엔)?)
      | (?P<sign2>US\$|[$₩￦¥€£])\s?(?P<plain>{_NUMBER})
      | (?P<plain3>{_NUMBER})\s?(?P<unit3>달러|유로|위안|파운드|원|불|엔)(?![가-힣]?[가-힣]?장치)
      | (?P<percent>{_NUMBER})\s?
            (?P<pc>%p|%P|%포인트|%|퍼센트포인트|퍼센트|프로(?!그|젝|세|토|필|모|듀|바))
      | 제\s?(?P<ordinal>\d{{1,6}})\s?(?P<ocounter>[가-힣]{{1}})(?P<osub>의\s?\d+)?
      | (?P<phone>\(?0\d{{1,2}}\)?[\s\-]?\d{{3,4}}-\d{{4}}|\d{{4}}-\d{{4}})(?!\d)
    )
    | (?P<bracketed>(?<=\()(?P<m9>0?[1-9]|1[0-2])\.(?P<d9>\d\d?)\.?(?=\)))
    | (?P<latin>[A-Za-z0-9]+(?:[&+\-./_'’@:]+[A-Za-z0-9]+)*\+*)
    )
    """,
    re.VERBOSE,
)
_PART = re.compile(r"[&+\-./_'’@:]+")
_AMOUNT_PART = re.compile(rf"({_NUMBER})\s?({_SCALE})?")
_COUNTED = re.compile(rf"({_COUNTER})")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_SIZED = re.compile(r"(\d+(?:\.\d+)?)[a-z]")
_NO_YEAR_AFTER = re.compile(
    r"\s?(?:개|명|건|대|원|만|억|천|조|곳|기업|점|회|여|%|호|배|번|㎡|인|톤|가구)"
)


def entities(text: str) -> list[Entity]:
    """The entities of a normalised text in order; they never overlap."""
    found = []
    at = 0
    while match := _PATTERN.search(text, at):
        entity = _entity(match, text)
        if entity is None:
            at = match.end()
        else:
            found.append(entity)
            at = entity.end
    return found


def _entity(match: re.Match[str], text: str) -> Entity | None:
    start, end = match.span()
    for year, month, day in (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "m3", None)):
        if match[year] is not None:
            written = match[day] if day else None
            terms = _date(match[year], match[month], written)
            return Entity(start, end, terms or (match[0].strip(),))
    for year in ("y4", "y5"):
        if match[year] is not None:
            return Entity(start, end, (_year(match[year]),))
    for month, day in (("m6", "d6"), ("m7", "d7")):
        if match[month] is not None:
            terms = _date(None, match[month], match[day])
            return Entity(start, end, terms) if terms else None
    if match["m8"] is not None:
        return Entity(start, end, (f"{int(match['m8'])}월",))
    if match["m9"] is not None:
        return _month_day_or_number(match, text)
    if match["money"] is not None:
        return Entity(start, start + len(match[0].rstrip()), _amount(match))
    if match["plain"] is not None:
        return Entity(start, end, (_plain(match["plain"]) + _CURRENCIES[match["sign2"]],))
    if match["plain3"] is not None:
        return Entity(start, end, (_plain(match["plain3"]) + _CURRENCIES[match["unit3"]],))
    if match["percent"] is not None:
        number = _plain(match["percent"])
        points = match["pc"] in ("%p", "%P", "%포인트", "퍼센트포인트")
        return Entity(start, end, (number + ("%p" if points else "%"), number))
    if match["ordinal"] is not None:
        return _ordinal(match)
    if match["phone"] is not None:
        return Entity(start, end, (re.sub(r"\D+", "-", match[0]).strip("-"),))
    return _word(match, text)


def _year(written: str) -> str:
    digits = written[-2:] if len(written) < 4 else written
    if len(digits) == 4:
        return f"{digits}년"
    # Two digits mean this century; policy papers of the 1970s write theirs out in full.
    return f"20{digits}년" if int(digits) < 70 else f"19{digits}년"


def _date(year: str | None, month: str, day: str | None) -> tuple[str, ...]:
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return ()
    terms = [] if year is None else [_year(year)]
    terms.append(f"{int(month)}월")
    if day is not None:
        terms.append(f"{int(day)}일")
    return tuple(terms)


def _month_day_or_number(match: re.Match[str], text: str) -> Entity:
    """``(2.18)`` is a day after a word; after a number, as in a table, it is a figure."""
    number = match["bracketed"].rstrip(".")
    before = text[: match.start() - 1].rstrip()
    terms = _date(None, match["m9"], match["d9"])
    if not terms or (before and before[-1].isdigit()):
        return Entity(match.start(), match.end(), (number,))
    return Entity(match.start(), match.end(), (*terms, number))


def _amount(match: re.Match[str]) -> tuple[str, ...]:
    """Value in the currency's unit, then the figure as written without commas and blanks."""
    total = Decimal(0)
    for number, scale in _AMOUNT_PART.findall(match["money"]):
        total += Decimal(number.replace(",", "")) * _SCALES.get(scale, 1)
    whole = total.to_integral_value()
    value = str(int(whole)) if whole == total else str(total.normalize())
    unit = _CURRENCIES.get(match["unit"] or match["sign"] or "", "")
    surface = re.sub(r"[,\s$₩￦¥€£]|US", "", match["money"])
    if match["unit"]:
        surface = surface.removesuffix(match["unit"])
    surface = surface.removesuffix("여")
    return (value + unit, value, surface) if unit else (value, surface)


def _plain(number: str) -> str:
    return number.replace(",", "")


def _ordinal(match: re.Match[str]) -> Entity:
    number, counter = match["ordinal"], match["ocounter"]
    sub = re.sub(r"\s", "", match["osub"] or "")
    whole = f"제{int(number)}{counter}"
    terms = [whole, whole[1:]]
    if sub:
        terms.insert(0, whole + sub)
    return Entity(match.start(), match.end(), tuple(terms))


def _word(match: re.Match[str], text: str) -> Entity | None:
    written = match["latin"]
    start, end = match.span()
    if written.isdigit() or re.fullmatch(r"[\d.,]+", written):
        return _number(start, text)
    word = written.lower().replace("’", "'")
    terms = [word]
    parts = [part for part in _PART.split(word) if part]
    if len(parts) > 1 or word.endswith("+"):
        closed = "".join(parts)
        if "/" not in word and ":" not in word and len(closed) <= 12:
            terms.append(closed)
        terms.extend(part for part in parts if len(part) > 1 and part != closed)
        if closed not in terms and len(parts) == 1:
            terms.append(closed)
    else:
        sized = _SIZED.match(word)
        if sized and len(sized[1]) > 1:
            terms.append(sized[1])
    tag = "SL" if word[0].isalpha() else "SN"
    return Entity(start, end, tuple(dict.fromkeys(terms)), tag)


_LOOSE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def _number(start: int, text: str) -> Entity | None:
    match = _LOOSE_NUMBER.match(text, start)
    if match is None:
        return None
    number = _plain(match[0])
    end = match.end()
    counted = _COUNTED.match(text, end)
    if counted:
        whole = number + counted[1]
        terms = (whole, number) if len(number) > 1 else (whole,)
        return Entity(start, counted.end(), terms)
    if _YEAR_LIKE.fullmatch(match[0]) and not _NO_YEAR_AFTER.match(text, end):
        return Entity(start, end, (f"{number}년", number))
    return Entity(start, end, (number,))
