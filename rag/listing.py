"""Items of a list inside running text.

Korean policy prose enumerates with commas, middle dots, numbers and △ marks; a list ends in
"등", in a bracket, or in a particle and a verb, and what leads up to it ends in a particle or in
the ending of a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag import korean

Range = tuple[int, int]
"""Half-open, in code points of the text given."""

_LONGEST = 60  # characters; what is longer is a clause and no item
_ALONE = 3  # items of one word after a first one of several: that one begins with a label

_MARK = re.compile(r"[▷▶•●∙]|[△▲](?!\s?[\d.])")
_NUMBERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"([①-⑳])"), "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    (re.compile(r"(?<![\w.])\(?([1-9])\)(?=\s?\D)"), "123456789"),
    (re.compile(r"(?<![\w.])([1-9])\.\s(?=\D)"), "123456789"),
    (re.compile(r"(?<!\w)\(?([가-하])[.)]\s"), "가나다라마바사아자차카타파하"),
    (re.compile(r"(?<!\w)(첫|둘|셋|넷|다섯|여섯)째[,:는]?\s"), "첫 둘 셋 넷 다섯 여섯"),
)
_DOTS = re.compile(r"[\w-]+(?:\s?·\s?[\w-]+){2,}")
_CLOSED = re.compile(r"(?<=[다음임함됨])\.(?=\s|$)|(?:이다|입니다)?\.?\s*$")
_AND_SO_ON = re.compile(
    r"(?:(?<=\))|(?<=\s)|(?<=[^\s신가평][^\s호로균]))등"
    r"(?:이며|이고|이다|이나|이라|에서|으로|의|이|을|를|은|는|에|과|와|도)?(?![가-힣]).*$",
    re.DOTALL,
)
_BULLET = re.compile(r".*(?<!\S)[-*•※▣□○ㅇ]+\s", re.DOTALL)
_AND = re.compile(r"(?:^|\s)(?:및|그리고|또는)\s")
_FILLER = frozenset(
    "한편 또한 특히 다만 즉 아울러 이에 반면 먼저 우선 따라서 더불어 실제 예컨대".split()
)
# The end of a clause: what stands before such a comma leads up to a list or goes on after it.
_CLAUSE = re.compile(
    r"(?:[는은]데|며|으나|지만|므로|면서|도록|하나|하여|[았었였했됐]고|(?:하|되|이|기|리|키|우|추|지|있|없|받)고)$"
)
_LEADS = ("JX", "EC")
_CASES = ("JKS", "JKO", "JKB", "JKC")  # lead up to an item, but not inside "실적이 있는 기업"
_FOLLOWS = ("JKS", "JKO", "JKB", "JKC", "JX", "VCP")


def enumeration(text: str, marks: Sequence[int], count: int = 0) -> list[Range]:
    """Half-open ranges of the items of the enumeration nearest to ``marks`` (places of the
    question's words), in order and apart; empty where the text enumerates nothing. At least two
    items. Of two as near the earlier is taken; words parted by middle dots alone count where
    there is nothing else. Enumerations of ``count`` items go before all others."""
    found = [items for items in (*_marked(text), *_commas(text)) if len(items) >= 2]
    found = found or [items for items in _dotted(text) if len(items) >= 2]
    if not found:
        return []
    return min(found, key=lambda i: (bool(count) and len(i) != count, _distance(i, marks), i[0]))


def enumerates(text: str) -> bool:
    """Whether the text holds an enumeration that is marked or parted by commas."""
    return any(_marked(text)) or any(_runs(text))


def _distance(items: Sequence[Range], marks: Sequence[int]) -> int:
    """Characters from a list to the nearest mark. One behind the list counts twice as far, since
    Korean names a list before it gives the items."""
    first, last = items[0][0], items[-1][1]
    return min((max(first - mark, 2 * (mark - last), 0) for mark in marks), default=first)


def _marked(text: str) -> Iterator[list[Range]]:
    """Lists whose items begin with a mark, or with numbers that count up from the first."""
    matches = list(_MARK.finditer(text))
    if len(matches) >= 2:
        yield list(_between(text, matches))
    for pattern, order in _NUMBERS:
        names = order.split() if " " in order else order
        counted: list[re.Match[str]] = []
        for match in pattern.finditer(text):
            if len(counted) < len(names) and match.group(1) == names[len(counted)]:
                counted.append(match)
        if len(counted) >= 2:
            yield list(_between(text, counted))


def _between(text: str, matches: Sequence[re.Match[str]]) -> Iterator[Range]:
    """What stands between marks; the last item ends with its bracket or sentence."""
    for number, match in enumerate(matches):
        last = number == len(matches) - 1
        end = len(text) if last else matches[number + 1].start()
        end = _bracket_end(text, match.end(), end)
        closed = _CLOSED.search(text, match.end(), end)
        if last and closed is not None and closed.start() > match.end():
            end = closed.start()
        start, end = _trim(text, match.end(), end)
        if start < end:
            yield start, end


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where a bracket closes that was opened before ``start``; else ``end``."""
    depth = 0
    for i in range(start, end):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth < 0:
            return i
    return end


def _dotted(text: str) -> Iterator[list[Range]]:
    for match in _DOTS.finditer(text):
        items = []
        at = match.start()
        for part in match.group().split("·"):
            items.append(_trim(text, at, at + len(part)))
            at += len(part) + 1
        items[-1] = _without_end(text, *items[-1])
        yield [item for item in items if item[0] < item[1]]


def _commas(text: str) -> Iterator[list[Range]]:
    for run, _open in _runs(text):
        items = list(_items(text, run))
        if items:
            yield items


def _runs(text: str) -> Iterator[tuple[list[Range], bool]]:
    """Segments between commas that belong to one list, and whether it ends in "등". Two are
    enough for such a list, three are needed without."""
    for stretch in _stretches(text):
        run: list[Range] = []
        for number, (start, end) in enumerate(stretch):
            segment = text[start:end].strip()
            so_on = _AND_SO_ON.search(text, start, end)
            run.append((start, so_on.start() if so_on else end))
            over = number == len(stretch) - 1
            long = len(segment) > _LONGEST and len(run) > 1
            if so_on or over or long or _ends_list(segment):
                if len(run) >= (2 if so_on else 3):
                    yield run, bool(so_on)
                run = []


def _ends_list(segment: str) -> bool:
    return segment in _FILLER or _CLAUSE.search(segment) is not None


def _stretches(text: str) -> Iterator[list[Range]]:
    """Each sentence, and each bracket's inside, as its segments between commas."""
    starts = [0]
    cuts: list[list[int]] = [[]]
    for i, character in enumerate(text):
        if character == "(":
            starts.append(i + 1)
            cuts.append([])
        elif character == ")" and len(starts) > 1:
            yield _segments(starts.pop(), cuts.pop(), i)
        elif character == "," and not text[i + 1 : i + 4].isdigit():
            cuts[-1].append(i)
        elif character in ";!?→➔「」“”[]" or (
            character in ".:" and not any(c.isdigit() for c in text[max(i - 1, 0) : i + 2])
        ):
            yield _segments(starts[-1], cuts[-1], i)
            starts[-1], cuts[-1] = i + 1, []
    while starts:
        yield _segments(starts.pop(), cuts.pop(), len(text))


def _segments(start: int, cuts: Sequence[int], end: int) -> list[Range]:
    edges = [start - 1, *cuts, end]
    return [(a + 1, b) for a, b in pairwise(edges)]


def _items(text: str, run: Sequence[Range]) -> Iterator[Range]:
    """The items of a run: the first without what leads up to it, the last without what follows
    it and parted at its "및"."""
    parts = list(run)
    start, end = parts.pop()
    joined = _AND.search(text, start, end)
    if joined is not None:
        parts.append((start, joined.start()))
        start = joined.end()
    parts.append(_without_end(text, *_trim(text, start, end)))
    parts[0] = _without_lead(text, *_trim(text, *parts[0]))
    kept = [(a, b) for a, b in (_trim(text, *part) for part in parts) if a < b]
    if len(kept) > _ALONE and not any(" " in text[a:b] for a, b in kept[1:]):
        a, b = kept[0]
        kept[0] = (a + text[a:b].rfind(" ") + 1, b) if "(" not in text[a:b] else (a, b)
    yield from kept


def _without_lead(text: str, start: int, end: int) -> Range:
    """A first item without the words before it that end in a particle or a clause's ending, or
    in the mark of a bullet. Empty where what is left is too long for an item."""
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    inside = korean.morphemes(text[start:end])
    cut = 0
    for number, morpheme in enumerate(inside):
        copula = morpheme.tag == "ETM" and number and inside[number - 1].tag == "VCP"
        at = start + morpheme.end
        case = morpheme.tag in _CASES and all(m.tag != "ETM" for m in inside[number:])
        if (morpheme.tag in _LEADS or copula or case) and at < end and text[at] == " ":
            cut = morpheme.end
    return (start + cut, end) if end - start - cut <= _LONGEST else (end, end)


def _without_end(text: str, start: int, end: int) -> Range:
    """A last item without the particle or the copula after it and what follows."""
    inside = korean.morphemes(text[start:end])
    for number, morpheme in enumerate(inside):
        verb = morpheme.tag == "XSV" and [m.tag for m in inside[number + 1 : number + 2]] != ["ETM"]
        if number and (morpheme.tag in _FOLLOWS or verb):
            return start, start + morpheme.start
    return start, end


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and (text[start].isspace() or text[start] in ",;"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return start, end
