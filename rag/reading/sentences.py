"""The sentences and clauses of a text, and values without what hangs on them."""

from __future__ import annotations

import re

_ITEM = re.compile(r"\s(?=[•❖▣□■◆◇➔▶○●◎☞※①-⑳❶-❿]|- |\*+ )|(?<=[가-힣)])(?=☞)|\n")
_STOP = re.compile(r"(?:(?<=[다음요함임됨])[.]|(?<=[가-힣)])[.](?=\s[가-힣「‘“])|[?!])[”’\"')]*\s+")
_NAMED = re.compile(r"(?:^|[,;/]\s|\n)[가-힣A-Za-z]{1,8}\s$")
_CLAUSE = re.compile(
    r"(?<=[가-힣\s])(?:[이하되였었았했됐있없으리내맡르오주지치기나늘줄받들쓰크두뽑열짓닫시]"
    r"(?:고(?!\s+(?:있|계[시신]|싶))|며|되|나|지만|는데|면서|자)|은데|ㄴ데|한데|인데|(?:하여|되어)(?!\s+있)|으로서)(?:,\s*|\s+)"
    r"|(?<=[한된친난온운룬간둔선])\s(?:이후|뒤|후|다음)(?:에|로)?(?:,\s*|\s+)"
)

# "다음과 같이 공고합니다", "많은 참여 바랍니다": what does as it says, and states nothing.
_ANNOUNCES = re.compile(
    r"(?:(?:다음|아래|이)[과와]\s|^)같이\s(?:\S+\s){0,3}?\S+(?:니다|다|함|음)[^가-힣]*$"
)
_REQUESTS = re.compile(r"(?:바랍니다|바람|바란다|[주하]세요|주십시오)[^가-힣]*$")


def announces(text: str) -> bool:
    """Whether a clause announces what follows it."""
    return _ANNOUNCES.search(text) is not None


def requests(text: str) -> bool:
    """Whether a clause asks something of its reader."""
    return _REQUESTS.search(text) is not None


def sentence_starts(text: str) -> list[int]:
    """Where sentences, bullets and lines begin, with 0 and the length of the text, ascending."""
    cuts = {0, len(text)}
    items = (match for match in _ITEM.finditer(text))
    cuts.update(match.end() for match in items if not _joins(text, match.end()))
    cuts.update(match.end() for match in _STOP.finditer(text))
    return sorted(cut for cut in cuts if cut <= len(text))


def _joins(text: str, at: int) -> bool:
    """Whether the dash at ``at`` joins a short name to what it is of and begins no item: "계약 - 경리팀
    (…), 공사 - 청사팀(…)"."""
    if not text.startswith("- ", at) or not _NAMED.search(text, 0, at):
        return False
    return " - " not in re.split(r"[,;/\n]", text[at:], maxsplit=1)[0]


def clause_starts(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """Where clauses begin inside ``text[start:end]``, behind connective endings such as "…하고 "
    and "…이며, ": ``start`` and the ends of these that something follows, ascending."""
    stop = len(text) if end is None else end
    ends = (match.end() for match in _CLAUSE.finditer(text, start, stop))
    return [start, *(cut for cut in ends if cut < stop)]


MARKER = re.compile(r"\s*(?:(?:[-•▣□◆◇❖➔▶●○ㅇ※·]|\*{1,3})\s+)+")
"""The bullets that a line begins with."""
# Marks of bullets and numbers in front of a line, also a title's mark that a cut left behind.
_LEAD = re.compile(
    r"(?:\s++|[-–•▣□■◆◇❖➔▶→●○◎ㅇ※·ㆍ☞▪◦](?=\s)|[•▣□■◆◇❖➔▶●○◎※☞▪◦①-⑳❶-❿⑴-⑽]|\*{1,3}\s|[,;:](?!\w))++"
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
