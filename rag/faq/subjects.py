"""The noun phrase that a heading or a caption names, for use inside a question."""

from __future__ import annotations

import re

from rag.korean import morphemes

_LONGEST = 45  # characters; a longer phrase makes a question that nobody would ask
_MARKER = re.compile(
    r"^\s*(?:[#\-•·*□■▣◇◆❖○●▶▲➔※]+|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+\s?\.|\d{1,2}\s?[.)]|\d{1,2}(?=\s)|\(\d{1,2}\)|[①-⑳])\s*"
)
_BRACKETS = (("【", "】"), ("<", ">"), ("＜", "＞"), ("[", "]"), ("〈", "〉"), ("「", "」"))
_NUMBERED = re.compile(r"^<?\s*(?:표|그림)\s?\d+\s*[>.]?\s*")
_REMARK = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)\s*$")
_LABEL = re.compile(r"^\s*\([^()\d]{1,6}\)\s*")
_ENDS = ("N", "XSN", "XR", "SL", "SN", "SH", "SSC", "SW", "W_")
_VERBAL = ("V", "E", "XSV", "XSA", "MAJ")
_UNFIT = re.compile(r"[!?;:→]|\.\.|…")


def title(text: str) -> str:
    """A heading or caption without its number, marks, brackets and closing remark."""
    text = text.strip()
    for _ in range(3):
        before = text
        text = _MARKER.sub("", text)
        text = _LABEL.sub("", text).strip()
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
    if phrase.count("(") != phrase.count(")") or phrase[-1] in "·,-(":
        return False
    found = morphemes(phrase)
    tags = [morpheme.tag for morpheme in found]
    if not any(tag.startswith("N") for tag in tags) or not tags[-1].startswith(_ENDS):
        return False
    if any(tag in ("EF", "EC", "MAJ") for tag in tags):
        return False
    # A comma parts a headline from its second half unless neither half has a verb.
    return "," not in phrase or not any(tag.startswith(_VERBAL) for tag in tags)
