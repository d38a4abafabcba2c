"""Numbers in cells: as written, and what a cell is worth where it is to be compared with others.

Only the order is used; what an answer shows is the cell as written.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TEXTS = 16384  # texts whose quantities are kept
_SIGNS = "△▲▽+−-"
_PLAIN = re.compile(rf"[{_SIGNS}]?\s?\d[\d,]*(?:\.\d+)?")
_NUMBER = re.compile(rf"\(?({_PLAIN.pattern})\)?\s?%?")
_PAIR = re.compile(rf"({_PLAIN.pattern})\s*(\({_PLAIN.pattern}%?\))")
_SCALES = {
    "조": 1e12,
    "천억": 1e11,
    "백억": 1e10,
    "십억": 1e9,
    "억": 1e8,
    "천만": 1e7,
    "백만": 1e6,
    "십만": 1e5,
    "만": 1e4,
    "천": 1e3,
    "백": 1e2,
}
_QUANTITY = re.compile(
    r"(?:(?:약|최대|최소|총|평균|연|연간|월|매년|기업당|업체당|건당|1인당)\s?)*"
    r"(?P<sign>[△▲▽−-]?)\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    rf"(?P<scale>{'|'.join(_SCALES)})?\s?(?P<unit>[가-힣A-Za-z%㎡㎞℃²]{{0,4}}?)"
    r"\s?(?:이내|이하|이상|미만|초과|내외|정도|수준|까지|한도)?(?:\s?\([^()]*\))?"
)


@lru_cache(maxsize=_TEXTS)
def quantity_of(text: str) -> tuple[float, str] | None:
    """The quantity that makes up a whole text, with its unit: "최대 2천만원" is (2e7, "원"); None
    where the text is no single quantity."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None or not (match["unit"] or match["scale"]):
        return None
    value = float(match["number"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1.0)
    return (-value if match["sign"] else value), match["unit"]


@lru_cache(maxsize=_TEXTS)
def number_of(text: str) -> float | None:
    """The number that a cell holds, None where it holds none; △ and ▲ are minus."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    plain = match.group(1).replace(",", "").replace(" ", "")
    minus = plain[0] in "△▲▽−-"
    return (-1 if minus else 1) * float(plain.lstrip(_SIGNS))


def number_parts(text: str) -> tuple[str, str]:
    """The number that a cell holds and the one in brackets behind it or in its stead, as written;
    "" for what it does not hold."""
    bare = text.strip()
    pair = _PAIR.fullmatch(bare)
    if pair:
        return pair.group(1), pair.group(2).strip("()%")
    if number_of(bare) is None:
        return "", ""
    return ("", bare.strip("()%")) if bare.startswith("(") else (bare, "")


def is_pair(text: str) -> bool:
    """Whether a cell holds a number and another one in brackets behind it."""
    return _PAIR.fullmatch(text) is not None


_AMOUNT_IN_WORDS = re.compile(
    r"(?:전액\s?)?(?:무료|무상|면제|비과세|없음)|무이자|제한\s?없음|한도\s?없음"
)


def amount_in_words(text: str) -> bool:
    """Whether a whole cell says an amount without a figure: "무료", "전액 면제", "없음"."""
    return _AMOUNT_IN_WORDS.fullmatch(text.strip()) is not None
