"""Lists in running text whose items are parted by commas.

What leads up to the first item ends in a particle or in the ending of a clause; what follows the
last begins with "등", a particle or a count ("서울, 부산, 대구 3개 도시"); a topic particle inside
a segment ends one list and begins what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag import korean

Range = tuple[int, int]
"""Half-open, in code points of the text given."""

_LONGEST = 60  # characters; what is longer is a clause and no item
_ALONE = 3  # items of one word after a first one of several: that one begins with a label

# Where one line or note ends and the next begins, once line breaks are blanks.
BULLET = re.compile(r"(?:^|(?<=\s))(?:[-•▪◦※▣□◆◇☞➔○ㅇ]|\*{1,3})\s")
# "(정부) 기재부, 산업부 (민간) 협회": a label begins a list, but "(경기) 반도체, (충남) 조선" is one.
_LABEL = re.compile(
    r"(?:^|(?<=\s))(?<!,\s)\([가-힣A-Za-z0-9·\s-]{1,16}\)\s(?![^,()]*,\s?\()", re.MULTILINE
)
AND_SO_ON = re.compile(
    r"(?:(?<=\))|(?<=\s)|(?<=[^\s신가평][^\s호로균]))등"
    r"(?:이며|이고|이다|이나|이라|에서|으로|의|이|을|를|은|는|에|과|와|도)?(?![가-힣])"
)
_COUNTED = re.compile(
    r"\s(?P<count>\d{1,2}|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:대|개|곳|명|종|가지|단계|회|부처|기관)"
)
_SO_MANY = re.compile(r"\s?등(?:\s[가-힣A-Za-z]+){0,2}" + _COUNTED.pattern)
_ANNOUNCED = re.compile(
    r"(?P<count>\d{1,2}|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:대|개|가지|곳)\s?[^\s(:]{0,12}\s?[(:]\s?$"
)
_NUMERALS = "두 세 네 다섯 여섯 일곱 여덟 아홉 열".split()
# Behind "등": "등 학계와", "등은": the next list begins there.
_NEXT = re.compile(
    r"(?:\s?[가-힣A-Za-z0-9]+?){0,2}?(?:와|과|은|는|이|가|을|를|및)\s+(?!같[은이])(?=\S)"
)
_AND = re.compile(r"(?:^|\s)(?:및|그리고|또는)\s")
_WITH = re.compile(r"(?<=[가-힣A-Za-z0-9)])(?:와|과)\s")
_FILLER = re.compile(
    r"(?:한편|또한|특히|다만|단|즉|아울러|이에|반면|먼저|우선|따라서|더불어|실제|실제로|예컨대|현재|최근|올해|금년|지난해|"
    r"향후|앞으로|결국|나아가|그러나|하지만|그리고|마지막으로|구체적으로|첫째|둘째|셋째|넷째|다섯째)"
)
# The end of a clause: what stands before such a comma leads up to a list or goes on after it.
_CLAUSE = re.compile(
    r"(?:[는은]데|며|으나|지만|므로|면서|도록|하나|하여|[았었였했됐]고|(?:하|되|이|기|리|키|우|추|지|있|없|받)고|"
    r"있으니|[하되]니|따라|위해|통해|함께|들어|더불어|반면|한편|불구하고|에서|에는|에도|으로서?|[한된]\s결과)$"
)
# "협회를 설립, ": an object with the noun of its verb is a clause as well.
_VERBAL = re.compile(
    r"(?:을|를|에|로)\s(?:설립|착수|추진|개최|신설|발표|조성|수립|마련|체결|시행|실시|활용|감안|고려|반영|공유|점검|"
    r"기록|달성|돌파|계승|포함|제외|감안|폐지)$"
)
_NOW = re.compile(r"(?:현행|현재|기존|종전|당초|올해|금년)\s+")
_AUXILIARY = re.compile(r"(?:있|없|되|하)는\s+")  # left of "추진하고 있는 중기부"
_STARS = re.compile(r"\*+$")
_SORT = re.compile(r"의\s.*$|\s(?:분야|부문|업종|품목|지역|부처)$")
_LEADS = ("JX", "EC")
_CASES = ("JKS", "JKO", "JKB", "JKC")  # lead up to an item, but not inside "실적이 있는 기업"
_FOLLOWS = ("JKS", "JKO", "JKB", "JKC", "JX", "VCP")
_AFTER = frozenset("이후 후 뒤 결과 경우 때 동안 가운데 중".split())  # "의결한 이후 교통부, …"
_TOPIC = re.compile(r"\S(은|는)\s")
_CLAUSE_INSIDE = re.compile(r"\S(?:하|되|이|으)?(고|며)\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Segments between commas that belong to one list. ``so_on``: the list ends in "등";
    ``topic``: it ends in 은 or 는, so that what follows is said of it."""

    segments: tuple[Range, ...]
    so_on: bool = False
    topic: bool = False


def runs(text: str) -> Iterator[Run]:
    """The comma lists of a text, in order of where they end within each sentence. Two segments
    are enough where the list ends in "등" or a topic particle, three are needed without."""
    for stretch in _stretches(text):
        run: list[Range] = []
        for number, (start, end) in enumerate(stretch):
            over = number == len(stretch) - 1
            so_on = AND_SO_ON.search(text, start, end)
            topic = _topic(text, start, so_on.start() if so_on else end) if run else None
            if topic is not None:
                run.append((start, topic[0]))
                subject = text[topic[0]] in "은는"
                if len(run) >= (2 if subject else 3):
                    yield Run(tuple(run), topic=subject)
                run, start = [], topic[1]
            segment = text[start:end].strip()
            if so_on and not run and not over:
                so_on = None if _NEXT.match(text, so_on.start() + 1, end) is None else so_on
            run.append((start, so_on.start() if so_on else end))
            long = len(segment) > _LONGEST and len(run) > 1
            if so_on or over or long or _ends_list(segment):
                joined = _AND.search(text, *run[-1]) is not None and len(run) > 1
                if len(run) >= (2 if so_on or joined else 3):
                    yield Run(tuple(run), so_on=so_on is not None)
                run = []
                rest = _NEXT.match(text, so_on.start() + 1, end) if so_on and not over else None
                if rest is not None and not _ends_list(segment):
                    run = [(rest.end(), end)]


def pairs(text: str) -> Iterator[Run]:
    """Two segments with a comma between, which are a list only where two are asked for."""
    for stretch in _stretches(text):
        if len(stretch) == 2 and not _ends_list(text[slice(*stretch[0])].strip()):
            yield Run(tuple(stretch))


def items(text: str, run: Run, *, joined: bool = True, tied: bool = False) -> list[Range]:
    """The items of a run: the first without what leads up to it, the last without what follows
    it and, if ``joined``, parted at its "및" or, if ``tied``, at its "와". Empty where one is no
    item."""
    parts = list(run.segments)
    start, end = parts.pop()
    ties = [p.search(text, start, end) for p, on in ((_AND, joined), (_WITH, tied)) if on]
    tie = next((match for match in ties if match is not None), None)
    if tie is not None:
        parts.append((start, tie.start()))
        start = tie.end()
    parts.append(without_end(text, *trim(text, start, end)))
    parts[0] = _without_lead(text, *trim(text, *parts[0]))
    kept = [(a, b) for a, b in (trim(text, *part) for part in parts) if a < b]
    return alike(text, _plain(text, kept))


def _plain(text: str, found: Sequence[Range]) -> list[Range]:
    """The items with the first and the last cut to one word where all others are of one: a label
    or "하고 있는" stands before the first, a genitive or the name of their sort behind the last."""
    out = list(found)
    if len(out) < _ALONE or any(" " in text[a:b] for a, b in out[1:-1]):
        return out
    a, b = out[-1]
    behind = _SORT.search(text, a, b)
    if behind is not None and " " not in text[a : behind.start()] and behind.start() > a:
        out[-1] = (a, behind.start())
    a, b = out[0]
    if " " in text[slice(*out[-1])] or "(" in text[a:b]:
        return out
    word = a + text[a:b].rfind(" ") + 1
    if len(out) > _ALONE or text[a : word - 1].endswith("고 있는"):
        out[0] = (word, b)
    return out


def alike(text: str, found: Sequence[Range]) -> list[Range]:
    """The items with the last cut behind its bracket where all others end in one: "운임(33%),
    컨테이너(7%) 순"."""
    out = list(found)
    if len(out) > 1 and all(text[b - 1] == ")" for _a, b in out[:-1]):
        a, b = out[-1]
        closed = text.rfind(")", a, b)
        out[-1] = (a, closed + 1) if closed > a else (a, b)
    return out


def declared(text: str, at: int) -> int:
    """How many a text says that a list ending at ``at`` has: "등 3개 분야", " 4개 도시"; else 0."""
    match = _COUNTED.match(text, at) or _COUNTED.match(text, at + 1)
    if match is None:
        match = _SO_MANY.match(text, at)
    return _number(match)


def announced(text: str, at: int) -> int:
    """How many a text says before a list beginning at ``at`` that it has: "5대 분야("; else 0."""
    return _number(_ANNOUNCED.search(text, max(0, at - 24), at))


def _number(match: re.Match[str] | None) -> int:
    if match is None:
        return 0
    word = match["count"]
    return int(word) if word.isdigit() else _NUMERALS.index(word) + 2


def _topic(text: str, start: int, end: int) -> Range | None:
    """Where a topic particle, or the ending of a clause, stands inside a segment that goes on
    behind it: where it begins and where what follows does."""
    found = [m for p in (_TOPIC, _CLAUSE_INSIDE) for m in p.finditer(text, start, end)]
    inside = korean.morphemes(text[start:end]) if found else []
    for match in sorted(found, key=lambda m: m.start()):
        at = match.start(1)
        if text.count("(", start, at) > text.count(")", start, at):
            continue
        for number, m in enumerate(inside):
            if start + m.end != match.end(1):
                continue
            clause = m.tag == "EC" and all(x.tag != "ETM" for x in inside[number:])
            if m.tag == "JX" or clause:
                return start + m.start, match.end()
    return None


def _ends_list(segment: str) -> bool:
    return (
        _FILLER.fullmatch(segment) is not None
        or _CLAUSE.search(segment) is not None
        or _VERBAL.search(segment) is not None
        or (segment.endswith("로") and korean.morphemes(segment)[-1].tag == "JKB")
    )


def _stretches(text: str) -> Iterator[list[Range]]:
    """Each sentence, note or bracket's inside, as its segments between commas."""
    bullets = {m.start(): m.end() for p in (_LABEL, BULLET) for m in p.finditer(text)}
    starts = [0]
    cuts: list[list[int]] = [[]]
    for i, character in enumerate(text):
        if i < starts[-1]:
            continue
        if i in bullets:
            yield segments(starts[-1], cuts[-1], i)
            starts[-1], cuts[-1] = bullets[i], []
        elif character == "(":
            starts.append(i + 1)
            cuts.append([])
        elif character == ")" and len(starts) > 1:
            yield segments(starts.pop(), cuts.pop(), i)
        elif (character == "," and not text[i + 1 : i + 4].isdigit()) or (
            character == "/" and text[i - 1 : i] == " " and text[i + 1 : i + 2] == " "
        ):
            cuts[-1].append(i)
        elif character in ";!?→➔「」“”[]" or (
            character in ".:" and not any(c.isdigit() for c in text[max(i - 1, 0) : i + 2])
        ):
            yield segments(starts[-1], cuts[-1], i)
            starts[-1], cuts[-1] = i + 1, []
    while starts:
        yield segments(starts.pop(), cuts.pop(), len(text))


def segments(start: int, cuts: Sequence[int], end: int) -> list[Range]:
    """What stands between cuts, as half-open ranges; empty where that is nothing."""
    if start >= end:
        return []
    edges = [start - 1, *cuts, end]
    return [(a + 1, b) for a, b in pairwise(edges)]


def _without_lead(text: str, start: int, end: int) -> Range:
    """A first item without the words before it that end in a particle or a clause's ending, or
    that only say when. Empty where what is left is too long for an item."""
    inside = korean.morphemes(text[start:end])
    cut = 0
    for number, morpheme in enumerate(inside):
        before = inside[number - 1].tag if number else ""
        copula = morpheme.tag == "ETM" and before == "VCP"
        after = morpheme.form in _AFTER and (before == "ETM" or morpheme.tag == "NNB")
        at = start + morpheme.end
        case = morpheme.tag in _CASES and all(m.tag != "ETM" for m in inside[number:])
        if (morpheme.tag in _LEADS or copula or case or after) and at < end and text[at] == " ":
            cut = morpheme.end
    start, end = trim(text, start + cut, end)
    now = _NOW.match(text, start, end) or (_AUXILIARY.match(text, start, end) if cut else None)
    start = now.end() if now else start
    return (start, end) if end - start <= _LONGEST else (end, end)


def without_end(text: str, start: int, end: int) -> Range:
    """A last item without the particle, the copula or the count after it and what follows."""
    counted = _COUNTED.search(text, start, end)
    if counted is not None and counted.start() > start:
        end = counted.start()
    inside = korean.morphemes(text[start:end])
    for number, morpheme in enumerate(inside):
        verb = morpheme.tag == "XSV" and [m.tag for m in inside[number + 1 : number + 2]] != ["ETM"]
        if number and (morpheme.tag in _FOLLOWS or verb):
            if text.count("(", start, start + morpheme.start) > text.count(
                ")", start, start + morpheme.start
            ):
                continue  # inside a bracket nothing ends
            return start, start + morpheme.start
    return start, end


def trim(text: str, start: int, end: int) -> Range:
    """A range without blanks, commas and note stars at its ends."""
    while start < end and (text[start].isspace() or text[start] in ",;/"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;/"):
        end -= 1
    stars = _STARS.search(text, start, end)
    if stars is not None and stars.start() > start:
        return trim(text, start, stars.start())
    return start, end
