"""How many things a question asks for."""

from __future__ import annotations

import re

NUMERALS = "두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split()
_WORDS = "|".join(sorted(NUMERALS, key=len, reverse=True))
_HOW_MANY = re.compile(
    rf"(?<![가-힣\d.,])(?P<count>{_WORDS}|[2-9]|[12]\d)\s?"
    r"(?:가지|개국|개(?!년|월|사|소)|명|곳|대(?=\s[가-힣A-Z])|국(?=[은이을])|분야|사람|과제|항목|종)(?!월|년|%)"
    rf"|(?<![가-힣])(?P<word>{_WORDS})\s"
    r"(?!번|배|달|해|차례|시간|주|살)(?P<noun>[가-힣]{2,8}?)(?=[은는이가을를]?(?:\s|\?|$))"
)
_OUT_OF = re.compile(r"\s?(?:[가-힣]+\s)?(?:중|가운데)(?:에서|에)?(?=\s)")


def counted(text: str) -> int:
    """How many things a question asks for ("여섯 가지", "3대 전략", "두 기관"), the last number where
    there are several; what they are chosen from ("10개 과제 중") does not count. 0 where the
    question does not say."""
    count = 0
    for match in _HOW_MANY.finditer(text):
        if _OUT_OF.match(text, match.end()):
            continue
        word = match["count"] or match["word"]
        count = int(word) if word.isdigit() else NUMERALS.index(word) + 2
    return count
