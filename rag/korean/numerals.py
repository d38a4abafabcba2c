"""Numbers as Korean writes them: figures with scales, Hangul numerals, and both mixed.

"3억5천만", "1천500만", "오천만", "864백만" and "2.52조" are read alike, exactly. This is the only
table of scales of the project.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("영일이삼사오육칠팔구")}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
SCALES = frozenset((*_SMALL, *_LARGE))
_PART = re.compile(r"\d[\d,]*(?:\.\d+)?|[영일이삼사오육칠팔구십백천만억조경]")

HANGUL = r"(?:[일이삼사오육칠팔구]?[십백천만억조])+(?:[일이삼사오육칠팔구])?"
"""A number in Hangul alone, as it stands before a counter: "오천만", "십이억", "천"."""


def number(written: str) -> Decimal | None:
    """The number that a text without unit writes ("1조 2,000억" is 1200000000000), None where it
    writes none. Blanks and commas do not count; scales must fall ("5만 3억" is no number)."""
    parts = _PART.findall(written)
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
