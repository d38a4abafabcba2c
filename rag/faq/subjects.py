"""The noun phrase that a heading or a caption names, for use inside a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.korean import morphemes

_LONGEST = 45  # characters; a longer phrase makes a question that nobody would ask
_MARKER = re.compile(
    r"^\s*(?:[#\-•·*]+\s*)?(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+\s?\.|\d{1,2}\s?[.)]|\d{1,2}(?=\s)|\(\d{1,2}\)|[①-⑳]"
    r"|[□■▣◇◆❖○●▶➔※])\s*"
)
_BRACKETS = (("【", "】"), ("<", ">"), ("＜", "＞"), ("[", "]"), ("〈", "〉"), ("「", "」"))
_NUMBERED = re.compile(r"^<?\s*(?:표|그림)\s?\d+\s*[>.]?\s*")
_REMARK = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)\s*$")
_REFERENCE = re.compile(r"^\s*\((?:참고|예시|별첨|붙임)\)\s*")
_NOUNS = ("N", "X", "SL", "SN", "SH", "S")
_UNFIT = re.compile(r"[,!?;→]|\.\.|…")


def title(text: str) -> str:
    """A heading or caption without its number, marks, brackets and closing remark."""
    text = text.strip()
    for _ in range(3):
        before = text
        text = _MARKER.sub("", text)
        text = _REFERENCE.sub("", text).strip()
        for left, right in _BRACKETS:
            if text.startswith(left) and text.endswith(right) and text.count(left) == 1:
                text = text[1:-1].strip()
        text = _NUMBERED.sub("", text).strip(" :")
        if text == before:
            break
    shorter = _REMARK.sub("", text).strip()
    return shorter or text


def remark(text: str) -> str:
    """What stands in brackets at the end of a heading, or ""."""
    found = _REMARK.search(text.strip())
    return found.group().strip()[1:-1] if found else ""


def subject(text: str) -> str:
    """The noun phrase of a heading, or "" where it is a sentence, a slogan or too long to ask
    about."""
    phrase = title(text)
    return phrase if is_noun_phrase(phrase) else ""


def is_noun_phrase(phrase: str) -> bool:
    """Whether a phrase can stand before a particle in a question."""
    if not 2 <= len(phrase) <= _LONGEST or _UNFIT.search(phrase):
        return False
    found = morphemes(phrase)
    if not found or any(morpheme.tag in ("EF", "EC", "MAJ") for morpheme in found):
        return False
    return found[-1].tag.startswith(_NOUNS) and any(m.tag.startswith("N") for m in found)


def nearest_subject(path: Sequence[str]) -> str:
    """The subject of the innermost heading that has one, from the inside out."""
    for heading in reversed(path):
        found = subject(heading)
        if found:
            return found
    return ""
