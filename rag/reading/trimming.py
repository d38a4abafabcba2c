"""The ends of a fact, clean: what a cut left there that says nothing by itself.

Only the ends move, so what comes back is a slice of the same text still.
"""

from __future__ import annotations

import re

MARKER = re.compile(r"\s*(?:(?:[-•▣□◆◇❖➔▶●○ㅇ※·]|\*{1,3})\s+)+")
"""The bullets that a line begins with."""
# Marks of bullets and numbers in front of a line, also a title's mark that a cut left behind.
_LEAD = re.compile(
    r"(?:\s+|[-–•▣□■◆◇❖➔▶→●○◎ㅇ※·ㆍ☞▪◦](?=\s)|[•▣□■◆◇❖➔▶●○◎※☞▪◦①-⑳❶-❿⑴-⑽]|\*{1,3}\s|[,;:](?!\w))+"
)
_TAIL = re.compile(r"(?:\s|[,;:·ㆍ–•▣□■◆◇❖➔▶→●◎※☞▪◦①-⑳❶-❿]|(?<=\s)[-○ㅇ*])+$")
_PAIRS = {")": "(", "]": "[", "」": "「", "』": "『", "》": "《", "】": "【", "’": "‘", "”": "“"}
_CLOSING = {opening: closing for closing, opening in _PAIRS.items()}
_YEAR = re.compile(r"\s?\d{2}(?!\d)")  # "‘20년" opens no quotation


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range [start, end) of a text without bullets, numbers in circles, commas, colons and
    brackets or quotation marks without a partner at its two ends; with the closing mark behind it
    where that stands at once behind and its partner inside. The range as it was where nothing would be left
    of it."""
    first, last = start, end
    while True:
        before = first, last
        lead = _LEAD.match(text, first, last)
        first = lead.end() if lead else first
        tail = _TAIL.search(text, first, last)
        last = tail.start() if tail else last
        if first >= last:
            return start, end
        opened, closed = _single(text, first, last)
        if last - 1 in opened:
            last -= 1
        elif first in closed:
            first += 1
        elif last - 1 in closed:
            last -= 1
        elif opened and last < len(text) and text[last] == _CLOSING[text[opened[-1]]]:
            last += 1
        elif first in opened:
            first += 1
        if (first, last) == before:
            return first, last
        if first >= last:
            return start, end


def _single(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Places of opening and of closing marks in a range that have no partner in it."""
    opened: list[int] = []
    closed: list[int] = []
    for at in range(start, end):
        mark = text[at]
        if mark in _CLOSING:
            if mark == "‘" and _YEAR.match(text, at + 1):
                continue
            opened.append(at)
        elif mark in _PAIRS:
            partner = next((o for o in reversed(opened) if text[o] == _PAIRS[mark]), None)
            if partner is None:
                if mark == ")" and at > start and text[at - 1].isalnum() and _numbered(text, at):
                    continue
                if mark == "’" and _YEAR.match(text, at + 1):
                    continue
                closed.append(at)
            else:
                opened.remove(partner)
    return opened, closed


def _numbered(text: str, at: int) -> bool:
    """Whether a bracket closes the number of a line or note: "1) 개요", "(2018)14)에"."""
    return re.search(r"(?:^|[\s)])\d{1,3}$", text[:at]) is not None
