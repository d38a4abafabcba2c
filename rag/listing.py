"""Items of a list inside running text.

Korean policy prose enumerates with commas, middle dots, circled numbers and △ marks; a list ends
in "등", in the number of its items, or in a particle and a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NUMBERED = re.compile(r"[①-⑳]\s?([^①-⑳]+)")
_MARKED = re.compile(r"[△▲▷▶•●∙]\s?([^△▲▷▶•●∙)]+)")
_ITEM = r"[^,.;:()\[\]「」“”→➔]{1,40}(?:\([^()]{1,30}\))?"
_COMMAS = re.compile(rf"{_ITEM}(?:,\s?{_ITEM})+")
_TAIL = re.compile(r"(?:\s?(?:등|및)(?:에서|으로|의|이|을|를|은|는|에|과|와)?(?:\s.*)?)$")
_PARTICLE = re.compile(r"(?<=[가-힣A-Za-z)])(?:에서|으로|로|의|이|을|를|은|는|가|과|와|도)\s.*$")
_AND = re.compile(r"^(?:및|그리고|또는|과|와)\s")
# A segment that is a clause or a connective and not the first item of a list.
_CLAUSE = re.compile(
    r"^(?:한편|또한|특히|다만|즉|아울러|이에|반면|먼저|우선|따라서|더불어|실제)$"
    r"|(?:는데|은데|하며|하고|되며|되고|으며|으나|하나|하여|지만|므로|면서|도록)$"
)
_HEAD = re.compile(
    r"^.*(?:로는|으로는|에는|에서는|은|는|하여|해|되어|통해|위해|따라|이후|중|가|이)\s(?=\S)"
)


def enumeration(text: str, marks: Sequence[int]) -> list[tuple[int, int]]:
    """Half-open ranges of the items of the enumeration nearest to ``marks`` (places of the
    question's words), in order; empty where the text enumerates nothing. At least two items;
    numbered and marked lists go before commas at the same distance."""
    found: list[list[tuple[int, int]]] = []
    for pattern in (_NUMBERED, _MARKED):
        runs = [_trim(text, m.start(1), m.end(1)) for m in pattern.finditer(text)]
        if len(runs) >= 2:
            found.append(runs)
    for match in _COMMAS.finditer(text):
        items = list(_comma_items(text, match.start(), match.end()))
        if len(items) >= 3:
            found.append(items)
    if not found:
        return []
    return min(found, key=lambda items: (_distance(items, marks), items[0]))


def _distance(items: Sequence[tuple[int, int]], marks: Sequence[int]) -> int:
    first, last = items[0][0], items[-1][1]
    return min((max(first - mark, mark - last, 0) for mark in marks), default=first)


def _comma_items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Items between commas. The first loses the clause before it, the last what follows it."""
    depth = 0
    cuts = [start]
    for i in range(start, end):
        if text[i] == "(":
            depth += 1
        elif text[i] == ")":
            depth -= 1
        elif text[i] == "," and depth == 0 and not text[i + 1 : i + 4].isdigit():
            cuts.append(i + 1)
    cuts.append(end + 1)
    while len(cuts) > 2 and _CLAUSE.search(text[cuts[0] : cuts[1] - 1].strip()):
        cuts.pop(0)
    for number, (left, right) in enumerate(zip(cuts, cuts[1:], strict=False)):
        left, right = _trim(text, left, right - 1)
        if number == 0:
            head = _HEAD.match(text[left:right])
            left += head.end() if head else 0
        if number == len(cuts) - 2:
            and_ = _AND.match(text[left:right])
            left += and_.end() if and_ else 0
            for pattern in (_TAIL, _PARTICLE):
                tail = pattern.search(text[left:right])
                if tail and tail.start():
                    right = left + tail.start()
        if right > left:
            yield _trim(text, left, right)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return start, end
