"""Phrases that answer, as the reader finds them, and how apt each is."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from rag import korean
from rag.finding.phrases import Phrase, Slot, clause_cuts, is_name, phrases, slot
from rag.finding.wording import Asked, Wording, places
from rag.reading.names import people
from rag.reading.sentences import sentence_starts
from rag.reading.values import ValueKind, values
from rag.settings import weights as fitted
from rag.types import Question, QuestionKind

Mark = tuple[int, int, float, str]
"""Where a word of the question stands: start and end, its weight, the term."""

_FREE = 30.0  # characters
_REACHES = (6.0, 20.0, 60.0)  # characters
_SIDES = {side: tuple(f"{side}{reach:.0f}" for reach in _REACHES) for side in ("before", "after")}
_GLOSS = re.compile(r"\s?\(([^()]{2,40})\)")
_CONTENT = ("NNG", "NNP", "NNB", "SL", "SN", "VV", "VA", "XR", "NR", "SH")
_PERSON = re.compile(r"(?:씨|왕|황제|세|공|대제|여왕)$")
_PLACE = re.compile(r"(?:시|도|군|구|주|국|성|섬|강|산|역|지역|단지|광장|궁|공원|항|부|만)$")
_BODY = re.compile(
    r"(?:부|처|청|원|회|공단|공사|은행|대학교|대학|연구소|협회|법인|센터|재단|조합|그룹|전자|당|군|대|사|단|학교|팀|클럽|방송|신문)$"
)
_PARTICLES = {
    "JKS": "s", "JKO": "o", "JKB": "b", "JX": "t", "JKG": "g", "VCP": "c", "SP": ",", "JC": "j", "JKQ": "q",
    "XSV": "v", "XSA": "v", "SSO": "(", "SSC": ")", "SS": "q",
}  # fmt: skip
_ROLES = {
    "를": "o", "을": "o", "가": "s", "이": "s", "에": "b", "에서": "b", "로": "b", "으로": "b",
    "와": "j", "과": "j", "은": "t", "는": "t", "의": "g", "이라고": "q", "라고": "q",
}  # fmt: skip


def signals(
    question: Question,
    slot: Slot,
    text: str,
    inside: Sequence[korean.Morpheme],
    found: Sequence[Phrase],
    marks: Sequence[Mark],
) -> list[dict[str, float]]:
    """For each phrase its signals by name; those not named are 0.

    ``marks`` are the places of the question's words, with weight and term.
    """
    counts: dict[str, int] = {}
    for _a, _b, _w, term in marks:
        counts[term] = counts.get(term, 0) + 1
    total = sum({term: weight for _a, _b, weight, term in marks}.values()) or 1.0
    marks = [(a, b, w / counts[t] ** 0.5, t) for a, b, w, t in marks]
    sentences, clauses = sentence_starts(text), clause_cuts(text, inside)
    by_sentence = _held(sentences, marks)
    by_clause = _held(clauses, marks)
    best = max(by_sentence, default=0.0) or 1.0
    near = set(slot.near)
    marked = [0.0] * len(inside)
    for i, m in enumerate(inside):
        marked[i] = max((w for a, b, w, _t in marks if a < m.end and m.start < b), default=0.0)
    asked = question.searched.lower().replace(" ", "")
    top = max(by_clause, default=0.0) or 1.0
    close = _held(clauses, [m for m in marks if m[3] in near])
    first = max(close, default=0.0) or 1.0
    roles = "".join(sorted(set(slot.roles)))
    edges = sorted((p.start, p.end) for p in found if p.value is not None)
    titled = set(people(text)) if slot.sort == "person" else set()
    rows = []
    for p in found:
        row = _signals(p, slot, text, inside, marks, near, marked, asked, total)
        clause = bisect_right(clauses, p.start) - 1
        row["sentence"] = by_sentence[bisect_right(sentences, p.start) - 1] / best
        row["clause"] = by_clause[clause] / top
        row["slot_clause"] = close[clause] / first
        if p.value is not None:
            row |= _unspoken(p, edges, marks, total)
        row["initial"] = float(p.start in sentences)
        if p.value is not None and question.unit:
            row["unit"] = float(p.value.unit.endswith(question.unit))
        role = next((n for n in row if n.startswith("role:")), "")
        for held in roles:
            row[f"has_{held}>{role}"] = 1.0
        if row.get("next1"):
            row[f"next1>{role}"] = 1.0
        verb = _verb(inside, p.last)
        if verb >= 0 and marked[verb] > 0:
            row["verb"] = 1.0
            row[f"verb>{role}"] = 1.0
        if is_name(text, inside, p):
            row["name"] = row[f"{slot.sort}:a_name"] = 1.0
        row["titled"] = float((p.start, p.end) in titled)
        rows.append(row)
    return rows


def _unspoken(
    phrase: Phrase,
    edges: Sequence[tuple[int, int]],
    marks: Sequence[Mark],
    total: float,
) -> dict[str, float]:
    """The question's words that no other value parts from this one, by side."""
    left = max((end for _start, end in edges if end <= phrase.start), default=0)
    right = min((start for start, _end in edges if start >= phrase.end), default=1 << 30)
    out = {"free_before": 0.0, "free_after": 0.0}
    for at, to, weight, _term in marks:
        if left <= at and to <= phrase.start:
            out["free_before"] += weight / total * math.exp((to - phrase.start) / _FREE)
        elif phrase.end <= at and to <= right:
            out["free_after"] += weight / total * math.exp((phrase.end - at) / _FREE)
    return out


def _verb(inside: Sequence[korean.Morpheme], place: int) -> int:
    """The first verb behind a place, or the noun that makes one with 하다; -1 for none."""
    for i in range(place, min(len(inside), place + 14)):
        tag = inside[i].tag
        if tag.startswith(("VV", "VA")):
            return i
        if tag.startswith("XSV") and i:
            return i - 1
        if tag in ("SF", "EF"):
            break
    return -1


def _held(cuts: Sequence[int], marks: Sequence[Mark]) -> list[float]:
    terms: list[dict[str, float]] = [{} for _ in cuts]
    for at, _to, weight, term in marks:
        terms[bisect_right(cuts, at) - 1][term] = weight
    return [sum(held.values()) for held in terms]


def _signals(
    phrase: Phrase,
    slot: Slot,
    text: str,
    inside: Sequence[korean.Morpheme],
    marks: Sequence[Mark],
    near: set[str],
    marked: Sequence[float],
    asked: str,
    total: float,
) -> dict[str, float]:
    out: dict[str, float] = {}
    start, end = phrase.start, phrase.end
    covered = 0
    for at, to, weight, term in marks:
        if to <= start:
            side, far = "before", start - to
        elif at >= end:
            side, far = "after", at - end
        else:
            covered += min(to, end) - max(at, start)
            continue
        if far < 4 * _REACHES[-1]:
            share = weight / total
            for name, fall in zip(_SIDES[side], _falls(far), strict=True):
                if fall:
                    out[name] = out.get(name, 0.0) + share * fall
        if term in near and far < 80:
            name = f"slot_{side}"
            out[name] = out.get(name, 0.0) + math.exp(-far / 20.0)
    size = end - start
    form = text[start:end]
    tight = form.lower().replace(" ", "")
    out["covered"] = min(1.0, covered / size)
    out["echo"] = float(tight in asked)
    gloss = _GLOSS.match(text, end)
    if gloss is not None:
        out["alias"] = float(gloss.group(1).strip().lower().replace(" ", "") in asked)
    here = inside[phrase.first : phrase.last]
    after = inside[phrase.last] if phrase.last < len(inside) else None
    role = ""
    if after is not None and after.start - end <= 1:
        role = _PARTICLES.get(after.tag.split("-")[0], "n" if after.tag[0] == "N" else "")
        if after.start > end and role not in ("n",):
            role = ""
    out[f"role:{role}"] = 1.0
    if slot.particle:
        out["same_role"] = float(role == _ROLES.get(slot.particle, "-"))
    nxt = [
        i
        for i in range(phrase.last, min(len(inside), phrase.last + 6))
        if inside[i].tag.split("-")[0] in _CONTENT
    ]
    prv = [
        i
        for i in range(phrase.first - 1, max(-1, phrase.first - 7), -1)
        if inside[i].tag.split("-")[0] in _CONTENT
    ]
    for name, spots in (("next", nxt), ("prev", prv)):
        for order, place in enumerate(spots[:2], start=1):
            out[f"{name}{order}"] = float(marked[place] > 0)
    tags = [m.tag for m in here]
    proper = sum(t == "NNP" for t in tags)
    sort = slot.sort
    flags = {
        "proper": proper > 0,
        "ends_proper": bool(tags) and tags[-1] == "NNP",
        "latin": "SL" in tags,
        "digit": "SN" in tags,
        "hanja": "SH" in tags,
        "quoted": phrase.quoted,
        "date": phrase.value is not None and phrase.value.kind is ValueKind.DATE,
        "value": phrase.value is not None,
        "bracket": text.rfind("(", 0, start) > text.rfind(")", 0, start),
        "person": _PERSON.search(form) is not None,
        "place": _PLACE.search(form) is not None,
        "body": _BODY.search(form) is not None,
        "bound": bool(tags) and tags[-1] == "NNB",
        "unknown": any(len(m.form) >= 5 and m.tag in ("NNG", "NNP") for m in here),
        "len1": size <= 1, "len2": size == 2, "len3": size == 3, "len4": 4 <= size <= 6,
        "len7": 7 <= size <= 12, "len13": size > 12,
        "whole": phrase.whole,
        "words2": phrase.words == 2, "words3": phrase.words >= 3,
    }  # fmt: skip
    for name, on in flags.items():
        if on:
            out[name] = 1.0
            out[f"{sort}:{name}"] = 1.0
    if slot.head:
        head = slot.head
        out["head_end"] = float(form.endswith(head) and len(form) > len(head))
        out["head_is"] = float(tight == head.lower().replace(" ", ""))
        out["last_end"] = float(form[-1] == head[-1])
        ahead = text[max(0, start - len(head) - 2) : start]
        out["head_before"] = float(ahead.rstrip(" '\"‘“《「『〈(,").endswith(head))
        label = ahead_words(text, start)
        out["head_label"] = float(head in label and not out["head_before"])
        behind = text[end : end + len(head) + 5]
        out["head_after"] = float(head in behind)
        if len(head) > 2:
            out["head_part"] = float(any(form.endswith(head[-k:]) for k in (2, 3)))
    return out


@cache
def _falls(far: int) -> tuple[float, ...]:
    """What is left of a word's weight so many characters away, for each reach; nothing beyond four
    times a reach."""
    return tuple(math.exp(-far / reach) if far < 4 * reach else 0.0 for reach in _REACHES)


def ahead_words(text: str, start: int) -> str:
    """The two words before a place, or what of them stands in its sentence."""
    return " ".join(re.split(r"[,;:()]\s*", text[max(0, start - 24) : start])[-1].split()[-2:])


def aptness(
    found: Sequence[Mapping[str, float]], weights: Mapping[str, float] | None = None
) -> list[float]:
    """The weighted sum of each phrase's signals, by the weights of aptness.tsv where none are given."""
    weights = fitted(__package__, "aptness") if weights is None else weights
    return [sum(weights.get(name, 0.0) * x for name, x in row.items()) for row in found]


NAMED = (QuestionKind.PERSON, QuestionKind.ORGANISATION, QuestionKind.PLACE)
_EACH = 3  # phrases offered of a text
_SURE = 0.5  # likelihood from which a phrase stands alone
_ENOUGH = 0.7  # likelihood that a stretch of several phrases is to reach
_CONTENDERS = 8
_STRETCH = 50  # characters
_PAIRS = ("()", "“”", "‘’", "「」", "『』")  # a stretch cuts none of them
_AND = re.compile(r"\s?,\s|(?:와|과|및)\s|\s(?:및|그리고)\s")
_SENTENCE_END = re.compile(r"[다음임함됨요][.]\s|[?!]\s")
_NEXT_LINE = re.compile(r"\s(?:[-–](?=\s)|[•▣□■◆◇❖➔▶●※]|[①-⑳](?=\s))|\s>(?=\s)|\s\*{1,3}(?=\s)")


@dataclass(frozen=True, slots=True)
class Told:
    """A range ``text[start:end]`` that may answer, with how likely it does, in [0, 1]."""

    start: int
    end: int
    likelihood: float


class Reader(Protocol):
    """Reads a text for the answer to a question."""

    @property
    def name(self) -> str:
        """What the reader is called."""
        ...

    def read(self, asked: Asked, text: str) -> Sequence[Told]:
        """The ranges of a readable text that may answer, best first; none where it holds none."""
        ...


class PhraseReader:
    """Tells the most apt phrases of a text, at most three."""

    name = "phrases"

    def read(self, asked: Asked, text: str) -> list[Told]:
        inside = korean.morphemes(text)
        found = _phrases(asked, text, inside)
        if not found:
            return []
        question = asked.question
        marks = find_marks(asked.wording, text)
        scores = aptness(signals(question, slot(question), text, inside, found, marks))
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        total = sum(odds)
        order = sorted(range(len(found)), key=lambda i: (-scores[i], i))
        out = []
        for number, i in enumerate(order[:_EACH]):
            at = (found[i].start, found[i].end)
            if not number:
                at = _widened(text, [found[j] for j in order], [odds[j] / total for j in order])
            if question.kind in NAMED:
                at = _coordinated(text, found, at)
            out.append(Told(*at, odds[i] / total))
        return out


def find_marks(wording: Wording, text: str) -> list[Mark]:
    """Where the question's words stand in a text, with weight and term, by word and place."""
    lower = text.lower()
    found = []
    for word in wording.words:
        for form, credit in word.forms:
            weight = word.weight * credit * math.sqrt(len(form))
            at = places(form, lower)
            if form.isdigit():  # no part of another number
                whole = re.finditer(rf"(?<![\d.,]){form}(?![\d.,]*\d)", lower)
                at = (match.start() for match in whole)
            found += [(start, start + len(form), weight, word.text) for start in at]
    return found


def _phrases(asked: Asked, text: str, inside: Sequence[korean.Morpheme]) -> list[Phrase]:
    """The phrases that may answer: all, but no values where a name is asked for, and nothing
    where the text holds no name."""
    kind = asked.question.kind
    said = asked.question.searched
    found = [p for p in phrases(text, inside, values(text)) if text[p.start : p.end] not in said]
    if kind not in NAMED:
        return found
    person = kind is QuestionKind.PERSON and "누가" not in said
    return [p for p in found if p.value is None and is_name(text, inside, p, person=person)]


def _widened(text: str, ranked: Sequence[Phrase], odds: Sequence[float]) -> tuple[int, int]:
    """The most apt phrase; where it is not sure, the stretch of its line that holds the most apt
    ones, so that nothing is claimed that is not known."""
    start, end = ranked[0].start, ranked[0].end
    mass, wanted = odds[0], _SURE
    for phrase, likely in zip(ranked[1:_CONTENDERS], odds[1:_CONTENDERS], strict=True):
        if mass >= wanted:
            break
        left, right = min(start, phrase.start), max(end, phrase.end)
        held = text[left:right]
        level = (
            all(held.count(pair[0]) == held.count(pair[1]) for pair in _PAIRS)
            and not held.count('"') % 2
        )
        parted = _SENTENCE_END.search(held) or _NEXT_LINE.search(held)
        if right - left <= _STRETCH and level and not parted:
            start, end = left, right
            mass, wanted = mass + likely, _ENOUGH
    return start, end


def _coordinated(text: str, found: Sequence[Phrase], best: tuple[int, int]) -> tuple[int, int]:
    """A name with those that commas or "와" put beside it in one row."""
    start, end = best
    for phrase in sorted(found, key=lambda p: -p.start):
        if phrase.whole and phrase.end < start and _AND.fullmatch(text, phrase.end, start):
            start = phrase.start
    for phrase in sorted(found, key=lambda p: p.end):
        if phrase.whole and phrase.start > end and _AND.fullmatch(text, end, phrase.start):
            end = phrase.end
    return (start, end) if end - start <= _STRETCH else best
