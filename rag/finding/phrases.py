"""Phrases of a text that can be an answer: runs of nouns, quoted names, dates and numbers.

Nothing is chosen here; what is offered is a phrase that can stand alone in Korean, without the
particle behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.korean import Morpheme
from rag.reading.names import ends_as_name, is_proper
from rag.reading.sentences import sentence_starts
from rag.reading.values import Value

_NOUNS = frozenset("NNG NNP NNB NR SL SN SH XPN XSN XR SW SO".split())
_HEADS = frozenset("NNG NNP NNB NR SL SN SH XSN XR SW".split())
_AND_SO_ON = ("등", "등등")  # belongs to no name
_MOST_WORDS = 5
_LONGEST = 60  # characters
_QUOTED = re.compile(
    r"《([^《》]{1,60})》|〈([^〈〉]{1,60})〉|「([^「」]{1,60})」|『([^『』]{1,60})』|‘([^‘’]{1,60})’"
    r"|“([^“”]{1,60})”|(?<![\w'])'([^'\n]{1,60})'|\"([^\"\n]{1,60})\""
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """``text[start:end]``. ``first`` and ``last`` number its first morpheme and the one behind
    its last; ``words`` counts its words, ``whole`` says that its run of nouns is no longer than
    it, ``quoted`` that quotation marks stand around it, ``value`` that it is a date or number."""

    start: int
    end: int
    first: int
    last: int
    words: int
    whole: bool = False
    quoted: bool = False
    value: Value | None = None


def phrases(text: str, inside: Sequence[Morpheme], values: Sequence[Value]) -> list[Phrase]:
    """The phrases of a text with the morphemes ``inside`` it, each range once, in order of place
    and of length. At most five words and 60 characters each; a run of nouns is offered whole and
    in parts, also with the run before it that "의", "와" or "과" ties to it."""
    found: dict[tuple[int, int], Phrase] = {}
    starts = {m.start: i for i, m in enumerate(inside)}
    ends = {m.end: i + 1 for i, m in enumerate(inside)}
    for value in values:
        end = value.start + len(value.text.rstrip(" ."))
        first = starts.get(value.start, _at(inside, value.start))
        last = ends.get(end, _at(inside, end))
        words = 1 + value.text.count(" ")
        found[value.start, end] = Phrase(value.start, end, first, last, words, True, value=value)
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 1
        start, end = match.span(group)
        start, end = start + len(text[start:end]) - len(text[start:end].lstrip()), end
        end = start + len(text[start:end].rstrip())
        words = 1 + text.count(" ", start, end)
        first, last = _at(inside, start), _at(inside, end)
        if last > first:
            found[start, end] = Phrase(start, end, first, last, words, True, True)
    for match in _COMPANY.finditer(text):
        start, end = match.span()
        first, last = _at(inside, start), ends.get(end, 0)
        if last > first and inside[last - 1].tag in _HEADS:
            words = 1 + text.count(" ", start, end)
            found[start, end] = Phrase(start, end, first, last, words, True)
    for phrase in _nouns(text, inside):
        found.setdefault((phrase.start, phrase.end), phrase)
    level = (
        p
        for p in found.values()
        if text.count("(", p.start, p.end) == text.count(")", p.start, p.end)
    )
    return sorted(level, key=lambda p: (p.start, p.end))


# A name that holds its legal form: "법무법인(유) 세종", "㈜한빛", "한빛(주)".
_COMPANY = re.compile(
    r"(?<![\w])(?:[가-힣A-Za-z]{2,12}\s?)?(?:\((?:주|유|사|재|株)\)|㈜)\s?[가-힣A-Za-z]{2,12}"
)
_ADDRESS = re.compile(r"www\.|://|@|\w\.(?:com|kr|net|org)")


def is_name(text: str, inside: Sequence[Morpheme], phrase: Phrase, *, person: bool = False) -> bool:
    """Whether a phrase can be the name of an organisation or of a place, or of a person, which
    holds a proper name whatever it ends in."""
    here = inside[phrase.first : phrase.last]
    if phrase.value is not None or not here or _ADDRESS.search(text, phrase.start, phrase.end):
        return False
    proper = any(m.tag in ("NNP", "SL") or is_proper(m) for m in here)
    if person:
        return phrase.quoted or proper
    last = text[phrase.start : phrase.end].split()[-1]
    return phrase.quoted or proper or (len(last) > 1 and ends_as_name(last))


def _at(inside: Sequence[Morpheme], place: int) -> int:
    """The number of the first morpheme that begins at a place or behind it."""
    low, high = 0, len(inside)
    while low < high:
        middle = (low + high) // 2
        if inside[middle].start < place:
            low = middle + 1
        else:
            high = middle
    return low


def _nouns(text: str, inside: Sequence[Morpheme]) -> Iterator[Phrase]:
    runs = list(_runs(text, inside))
    for number, words in enumerate(runs):
        count = len(words)
        for i in range(count):
            for j in range(i + 1, min(count, i + _MOST_WORDS) + 1):
                phrase = _phrase(inside, words[i][0], words[j - 1][1], j - i, j - i == count)
                if phrase is not None:
                    yield phrase
        if number and _tied(inside, runs[number - 1][-1][1], words[0][0]):
            before = runs[number - 1]
            for i in range(len(before)):
                total = len(before) - i + count
                phrase = _phrase(inside, before[i][0], words[-1][1], total, i == 0)
                if phrase is not None and total <= _MOST_WORDS:
                    yield phrase


def _tied(inside: Sequence[Morpheme], end: int, start: int) -> bool:
    return start - end == 1 and inside[end].tag in ("JKG", "JC")


def _phrase(
    inside: Sequence[Morpheme], first: int, last: int, words: int, whole: bool
) -> Phrase | None:
    while first < last and inside[first].tag in ("SO", "SW", "XSN"):
        first += 1
    while last > first and (
        inside[last - 1].tag not in _HEADS
        or (inside[last - 1].tag == "NNB" and inside[last - 1].form in _AND_SO_ON)
    ):
        last -= 1
    if first >= last:
        return None
    start, end = inside[first].start, inside[last - 1].end
    after = inside[last] if last < len(inside) else None
    if after is not None and after.start == end and after.tag[0] in "VMI" and after.tag != "VCP":
        return None  # the analyser has cut a word that it does not know
    return Phrase(start, end, first, last, words, whole) if end - start <= _LONGEST else None


def is_bullet(text: str, morpheme: Morpheme) -> bool:
    """Whether a mark stands apart, so that a line begins with it: " - * 중기부"."""
    if morpheme.tag not in ("SO", "SW"):
        return False
    before, behind = text[: morpheme.start][-1:] or " ", text[morpheme.end : morpheme.end + 1]
    return before.isspace() and behind.isspace()


def _runs(text: str, inside: Sequence[Morpheme]) -> Iterator[list[tuple[int, int]]]:
    """Runs of nouns, as ranges of the morphemes of each word."""
    run: list[tuple[int, int]] = []
    for number, morpheme in enumerate(inside):
        if morpheme.tag not in _NOUNS or is_bullet(text, morpheme):
            if run:
                yield run
            run = []
            continue
        if run and run[-1][1] == number:
            gap = text[inside[number - 1].end : morpheme.start]
            if not gap:
                run[-1] = (run[-1][0], number + 1)
                continue
            if gap.isspace() and len(gap) == 1:
                run.append((number, number + 1))
                continue
            yield run
            run = []
        elif run:
            yield run
            run = []
        run.append((number, number + 1))
    if run:
        yield run


def clause_cuts(text: str, inside: Sequence[Morpheme]) -> list[int]:
    """Where clauses begin: at sentences and behind connective endings such as -고 and -며, with
    0 and the text's length, ascending."""
    cuts = set(sentence_starts(text))
    for morpheme, after in pairwise(inside):
        if morpheme.tag == "EC" and not after.tag.startswith("VX") and after.start > morpheme.end:
            cuts.add(after.start)
        if after.tag == "SP" and morpheme.tag in ("EC", "JX", "JKB"):
            cuts.add(after.end)
    return sorted(cuts)
