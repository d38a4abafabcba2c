"""When a text says what was wanted: letters and digits count, spacing and punctuation do not."""

from __future__ import annotations

import re
import unicodedata

_LONG = 20  # letters from which on a prose answer need not be repeated letter for letter


def letters(text: str) -> str:
    """Letters and digits only, NFKC and lower case, tags gone: 3,000 is 3000, and a bar keeps
    two numbers that stood side by side two numbers."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d)\s*\.\s*(?=\d)", ".", text)
    text = re.sub(r"(?<=\d)[^0-9a-z가-힣一-鿿△%.+]+(?=\d)", "|", text)
    return re.sub(r"[^0-9a-z가-힣一-鿿△%.+|]", "", text)


def holds(text: str, wanted: str) -> bool:
    """Whether ``text`` says ``wanted``, both read by :func:`letters`. A number must not be the
    head or tail of a longer one; a single letter must be the first word."""
    have, want = letters(text), letters(wanted)
    if len(want) == 1:
        first = unicodedata.normalize("NFKC", text).lower()
        return re.match(rf"\s*{re.escape(want)}(\W|$)", first) is not None
    at = have.find(want) if want else -1
    while at >= 0:
        before, after = have[at - 1 : at], have[at + len(want) : at + len(want) + 1]
        longer = (want[0].isdigit() and before.isdigit()) or (
            want[-1].isdigit() and after.isdigit()
        )
        if not longer:
            return True
        at = have.find(want, at + 1)
    return False


def resembles(text: str, wanted: str) -> bool:
    """Whether three of four pairs of neighbouring letters of a long answer occur in ``text``."""
    have, want = letters(text), letters(wanted)
    if len(want) < _LONG:
        return False
    pairs = [want[i : i + 2] for i in range(len(want) - 1)]
    return sum(pair in have for pair in pairs) >= 0.75 * len(pairs)
