"""Items of a list inside running text.

Korean policy prose enumerates with commas, middle dots, numbers and △ marks. Of the enumerations
of a text that one is meant which has as many items as are asked for and stands where the
question's words stand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.comma_lists import (
    AND_SO_ON,
    Range,
    alike,
    announced,
    declared,
    items,
    pairs,
    runs,
    trim,
    without_end,
)

Mark = tuple[int, int, float, str]
"""Where a word of the question stands in a text, its weight, and the word."""

_REACH = 40.0  # characters over which a word's nearness falls to 1/e
_BEHIND = 2.0  # Korean names a list before it gives the items: behind, a word counts as farther
_GAP = 6.0  # and what is right behind may lead up to the next list
_LABEL = 2.0  # what a word right before a list weighs: "(업계) 마스크, 진단키트"
_SAID_OF = 0.5  # what follows a list that ends in a topic particle is said of it
_INSIDE = 30.0  # an item that the question names is none of those it asks for
_ONLY_DIGITS = re.compile(r"[\s\d.,~’'‘-]+")

_MARK = re.compile(r"[▷▶•●∙▪◦◇◆❖]|[△▲](?!\s?[\d.])|(?<!\S)[△▲](?=\d{4}년)")
_DOT_MARK = re.compile(r"(?<!\S)[·ㆍ]\s")
_NUMBERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"([①-⑳])"), tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")),
    (re.compile(r"([❶-❿])"), tuple("❶❷❸❹❺❻❼❽❾❿")),
    (re.compile(r"([⑴-⑽])"), tuple("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽")),
    (re.compile(r"(?<![\w.])\(?([1-9])\)(?=\s?\D)"), tuple("123456789")),
    (re.compile(r"(?<![\w.])([1-9])\.\s(?=\D)"), tuple("123456789")),
    (re.compile(r"(?<!\w)\(?([가-하])[.)]\s"), tuple("가나다라마바사아자차카타파하")),
    (
        re.compile(r"(?<!\w)(첫|둘|셋|넷|다섯|여섯)째[,:는]?\s"),
        ("첫", "둘", "셋", "넷", "다섯", "여섯"),
    ),
)
_MARKER = re.compile(r"[①-⑳❶-❿⑴-⑽△▲▷▶•]")
_DOTS = re.compile(r"[\w-]+(?:\([^()]*\))?(?:\s?[·ㆍ・‧]\s?[\w-]+(?:\([^()]*\))?){2,}")
_CLOSED = re.compile(r"(?<=[다음임함됨])\.(?=\s|$)|(?:이다|입니다)?\.?\s*$")
_NOTE_START = re.compile(r"(?<!\S)(\*{1,3})\s")
_NOTE_ANCHOR = re.compile(r"(?<=[^\s*])(\*{1,3})(?!\*)")

_NUMERALS = "두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split()
_WORDS = "|".join(sorted(_NUMERALS, key=len, reverse=True))
_HOW_MANY = re.compile(
    rf"(?<![가-힣\d.,])(?P<count>{_WORDS}|[2-9]|[12]\d)\s?"
    r"(?:가지|개국|개(?!년|월|사|소)|명|곳|대(?=\s[가-힣A-Z])|국(?=[은이을])|분야|사람|과제|항목|종)(?!월|년|%)"
    rf"|(?<![가-힣])(?P<word>{_WORDS})\s"
    r"(?!번|배|달|해|차례|시간|주|살)(?P<noun>[가-힣]{2,8}?)(?=[은는이가을를]?(?:\s|\?|$))"
)
_OUT_OF = re.compile(r"\s?(?:[가-힣]+\s)?(?:중|가운데)(?:에서|에)?(?=\s)")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list in a text: its items, in order and apart. ``weak`` where it is one only if as many
    are asked for; ``said_of`` where what follows is said of its items; ``declared`` how many the
    text says it has (0 where it does not)."""

    items: tuple[Range, ...]
    weak: bool = False
    said_of: bool = False
    declared: int = 0


def counted(text: str) -> int:
    """How many things a question asks for ("여섯 가지", "3대 전략", "두 기관"), the last number where
    there are several; what they are chosen from ("10개 과제 중") does not count. 0 where the
    question does not say."""
    count = 0
    for match in _HOW_MANY.finditer(text):
        if _OUT_OF.match(text, match.end()):
            continue
        word = match["count"] or match["word"]
        count = int(word) if word.isdigit() else _NUMERALS.index(word) + 2
    return count


def says_count(text: str, count: int) -> bool:
    """Whether a line says that there are ``count`` of something: "4대 지원수단", "네 가지"."""
    words = [str(count), *_NUMERALS[count - 2 : count - 1]] if count >= 2 else [str(count)]
    return any(
        re.search(rf"(?<![\d.,가-힣]){word}\s?(?:대|개(?!년|월)|가지|명|곳|종|단계)", text)
        for word in words
    )


def enumeration(text: str, marks: Sequence[Mark], count: int = 0) -> list[Range]:
    """Half-open ranges of the items of the enumeration that is meant, in order and apart; empty
    where the text enumerates nothing. At least two items. ``marks`` are the places of the
    question's words: the nearer they stand the better; of two as near the earlier is taken.
    Enumerations of ``count`` items go before all others, first those of which the text itself
    says how many they are; words parted by middle dots alone stand behind."""
    found = enumerations(text, count)
    if not found:
        return []
    anchors = _anchors(text)

    def order(one: Enumeration) -> tuple[bool, bool, bool, float, int]:
        fits = len(one.items) == count
        said = fits and one.declared == count
        score = _score(one, marks, anchors)
        return bool(count) and not fits, one.weak, bool(count) and not said, -score, one.items[0][0]

    return list(min(found, key=order).items)


def enumerations(text: str, count: int = 0) -> list[Enumeration]:
    """All enumerations of a text that have at least two items. Weak ones (pairs, middle dots)
    are among them where they have ``count`` items, and middle dots where nothing else is."""
    found = [e for e in (*_marked(text), *_commas(text, count)) if len(e.items) >= 2]
    dotted = [e for e in _dotted(text) if len(e.items) >= 2]
    found += [e for e in dotted if not e.weak or len(e.items) == count]
    if count in (2, 3):
        found += [e for e in _pairs(text, tied=count == 3) if len(e.items) == count]
    return found or dotted


def enumerates(text: str, count: int = 0) -> bool:
    """Whether the text holds an enumeration that is marked or parted by commas; with ``count``,
    one of as many items."""
    if count:
        return any(len(e.items) == count for e in enumerations(text, count))
    return any(_marked(text)) or any(r.so_on or len(r.segments) > 2 for r in runs(text))


def _score(one: Enumeration, marks: Sequence[Mark], anchors: dict[int, int]) -> float:
    """How near the question's words stand to a list, each word once. A note's list stands where
    its star does as well."""
    first, last = one.items[0][0], one.items[-1][1]
    anchor = next((at for start, at in anchors.items() if 0 <= first - start <= 2), None)
    behind, gap = (_SAID_OF, 0.0) if one.said_of else (_BEHIND, _GAP)
    best: dict[str, float] = {}
    for start, end, weight, word in marks:
        far = max(first - start, behind * (start - last) + gap * (start >= last))
        far = far if far >= 0 else _INSIDE
        if anchor is not None:
            far = min(far, abs(start - anchor))
        weight *= _LABEL if 0 <= first - end <= 2 else 1.0
        best[word] = max(best.get(word, 0.0), weight * math.exp(-far / _REACH))
    return sum(best.values())


def _anchors(text: str) -> dict[int, int]:
    """Where the text of each starred note begins, with the place of the star it explains."""
    out = {}
    places = [(m.start(), m.group(1)) for m in _NOTE_ANCHOR.finditer(text)]
    for note in _NOTE_START.finditer(text):
        before = [at for at, star in places if star == note.group(1) and at < note.start()]
        if before:
            out[note.end()] = before[-1]
    return out


def _marked(text: str) -> Iterator[Enumeration]:
    """Lists whose items begin with a mark, or with numbers that count up from the first."""
    for pattern in (_MARK, _DOT_MARK):
        matches = list(pattern.finditer(text))
        if pattern is _DOT_MARK and (not matches or matches[0].start() > 0):
            continue
        if len(matches) >= 2:
            yield _between(text, matches)
    for pattern, names in _NUMBERS:
        counted: list[re.Match[str]] = []
        for match in pattern.finditer(text):
            name = match.group(1)
            if name == names[0] and len(counted) >= 2:
                yield _between(text, counted, match.start())
            if name == names[0]:
                counted = [match]
            elif counted and len(counted) < len(names) and name == names[len(counted)]:
                counted.append(match)
        if len(counted) >= 2:
            yield _between(text, counted)


def _between(text: str, matches: Sequence[re.Match[str]], limit: int = -1) -> Enumeration:
    """What stands between marks; the last item ends with its bracket or sentence, and where
    commas part the items, before "등" or its particle."""
    limit = len(text) if limit < 0 else limit
    inline = matches[0].group() in "△▲" or any(
        "," in text[match.start() - 2 : match.start()] for match in matches[1:]
    )
    out = []
    end = limit
    for number, match in enumerate(matches):
        last = number == len(matches) - 1
        end = limit if last else matches[number + 1].start()
        end = _bracket_end(text, match.end(), end)
        if last:
            end = _last_end(text, match.end(), end, inline=inline)
        at, to = trim(text, match.end(), end)
        to -= text[max(at, to - 2) : to] in ("다.", "요.")
        if at < to:
            out.append((at, to))
    return Enumeration(tuple(alike(text, out)), declared=declared(text, end))


def _last_end(text: str, start: int, end: int, *, inline: bool) -> int:
    """Where the last item of a marked list ends."""
    closed = _CLOSED.search(text, start, end)
    if closed is not None and closed.start() > start:
        end = closed.start()
    if not inline:
        return end
    so_on = AND_SO_ON.search(text, start, end)
    if so_on is not None and so_on.start() > start:
        return so_on.start()
    return without_end(text, *trim(text, start, end))[1]


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where a bracket closes that was opened before ``start``; else ``end``."""
    depth = 0
    for i in range(start, end):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth < 0:
            return i
    return end


def _dotted(text: str) -> Iterator[Enumeration]:
    """Words parted by middle dots; no weak list where "등" or a count follows."""
    for match in _DOTS.finditer(text):
        found = []
        at = match.start()
        for part in re.split(r"[·ㆍ・‧]", match.group()):
            found.append(trim(text, at, at + len(part)))
            at += len(part) + 1
        found[-1] = without_end(text, *found[-1])
        so_on = AND_SO_ON.search(text, found[-1][0], match.end() + 2)
        if so_on is not None and so_on.start() > found[-1][0]:
            found[-1] = trim(text, found[-1][0], min(found[-1][1], so_on.start()))
        many = declared(text, found[-1][1]) or announced(text, found[0][0])
        kept = tuple((a, b) for a, b in found if a < b)
        alone = so_on is None or text[: match.start()].rstrip().endswith(",")
        yield Enumeration(kept, weak=alone and many != len(kept), declared=many)


def _commas(text: str, count: int) -> Iterator[Enumeration]:
    """Comma lists; where "및" may stand inside an item or between two, the way that gives
    ``count`` items."""
    for run in runs(text):
        found = items(text, run)
        if count and len(found) != count:
            other = [items(text, run, joined=False), items(text, run, tied=True)]
            found = next((one for one in other if len(one) == count), found)
        if any(_MARKER.match(text, a) for a, _b in found):
            continue  # numbered: read as such
        if all(_ONLY_DIGITS.fullmatch(text[a:b]) for a, b in found[-1:]) and not all(
            _ONLY_DIGITS.fullmatch(text[a:b]) for a, b in found
        ):
            continue  # a source with its date: "(과기정통부, 전략위원회, 2.18)"
        many = declared(text, found[-1][1]) if found else 0
        subject = bool(found) and re.match(r"[이가]\s", text[found[-1][1] :]) is not None
        yield Enumeration(tuple(found), said_of=run.topic or subject, declared=many)


def _pairs(text: str, *, tied: bool) -> Iterator[Enumeration]:
    """Two segments, as two items, or if ``tied`` as three: "서울, 부산과 대구"."""
    for run in pairs(text):
        found = items(text, run, joined=False, tied=tied)
        yield Enumeration(tuple(found), weak=True)
