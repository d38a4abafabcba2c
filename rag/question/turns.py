"""Turns of phrase of a question: words that frame it and tell no passage from another, how many things
it asks for, and requests that no passage answers (a greeting, a summary, a translation, a choice,
a text to write).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files


@cache
def _frames() -> dict[str, str]:
    rows = files(__package__).joinpath("frames.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {word: sort for sort, words in parts for word in words.split(",")}


def frames_of(term: str) -> str:
    """How a term frames a question: "frame", "sort" where it names the sort of what is wanted, "" where
    it tells of its matter; frames.tsv says which."""
    return _frames().get(term, "")


NUMERALS = "두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split()
_NUMBERS = "|".join(sorted(NUMERALS, key=len, reverse=True))
_HOW_MANY = re.compile(
    rf"(?<![가-힣\d.,])(?P<count>{_NUMBERS}|[2-9]|[12]\d)\s?"
    r"(?:가지|개국|개(?!년|월|사|소)|명|곳|대(?=\s[가-힣A-Z])|국(?=[은이을])|분야|사람|과제|항목|종)(?!월|년|%)"
    rf"|(?<![가-힣])(?P<word>{_NUMBERS})\s"
    r"(?!번|배|달|해|차례|시간|주|살)(?P<noun>[가-힣]{2,8}?)(?=[은는이가을를]?(?:\s|\?|$))"
)


def counted(text: str) -> int:
    """How many things a question asks for ("여섯 가지", "3대 전략", "두 기관"), the last number where
    there are several. 0 where the question does not say."""
    count = 0
    for match in _HOW_MANY.finditer(text):
        word = match["count"] or match["word"]
        count = int(word) if word.isdigit() else NUMERALS.index(word) + 2
    return count


# Endings that ask something of the one spoken to: "고쳐 주세요", but neither "고쳐 주는 곳" nor "작성해야
# 하는 서류" nor "통역해 줄 수 있는 사람".
_PLEASE = (
    r"(?:을|를)?\s?(?:좀\s?)?(?:한번\s?)?(?:해|하여)?\s?(?:"
    r"(?:줘(?!야)|주[세셔라렴십길]|주시[겠기길]|주실\s?[래거건]|줄래|(?:줄|주실)\s?수\s?[있없](?!는\s)"
    r"|달라(?!는|고\s)|다오|봐(?!야)|볼[래까]|부탁)[가-힣\s]{0,12}"
    r"|(?:주시?면|주셨으면|주었으면|줬으면)\s?(?:좋|고마|고맙|감사|안\s?[되돼]|[되돼]|어떨|어떻|싶)[가-힣\s]{0,10}"
    r"|해(?:요|라)?|하라|하세요|하시오|할래요?|라)"
)
_ASKS = re.compile(
    r"얼마|언제|누구|누가|어디|어느|무엇|무슨|뭐|뭔|뭘|몇|왜(?![곡소])|며칠|모두|알려|말해|적어|찾아"
)


class Request(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    TRANSLATION = "translation"
    SUMMARY = "summary"
    WRITING = "writing"
    CHOICE = "choice"
    COMPARISON = "comparison"


@cache
def _requests() -> tuple[tuple[Request, re.Pattern[str]], ...]:
    rows = files(__package__).joinpath("requests.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple(
        (
            Request(name),
            re.compile(rf"(?:{pattern.replace('{부탁}', _PLEASE)})[\s.!~?]*$", re.IGNORECASE),
        )
        for name, pattern in parts
    )


def request_of(text: str) -> Request | None:
    """What a text asks to have done, by the first row of requests.tsv that its end fits; None where
    it asks for something that documents state, as every text with a question word does."""
    if _ASKS.search(text):
        return None
    return next((request for request, pattern in _requests() if pattern.search(text)), None)
