"""Readers: what a text that states no fact says in answer to a question.

The one that comes along tells how apt each phrase is by where it stands, beside which of the
question's words and before which particle, and by what it is; its weights are those of a softmax
over the phrases of a passage, fitted on KorQuAD (aptness.tsv).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag import korean
from rag.finding.aptness import Mark, aptness, signals
from rag.finding.asked import Asked
from rag.finding.phrases import Phrase, is_name, phrases
from rag.finding.slots import slot
from rag.finding.wording import Wording, places
from rag.reading.values import values
from rag.types import QuestionKind

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
