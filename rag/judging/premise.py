"""Questions that take for granted what the documents deny.

"예산을 깎은 이유" where it was raised, "통과된 날" of a bill that is pending: the slice that was found is
about the right thing and answers nothing. Only what is said right behind the same
noun counts, since a sentence of policy prose tells of a rise and a fall in one breath.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from rag import korean
from rag.reading.opposites import opposites
from rag.reading.values import ValueKind, values
from rag.types import Question, QuestionKind


class Premise(StrEnum):
    OPPOSITE = "opposite"
    PENDING = "pending"
    DROPPED = "dropped"


_DROPPED = re.compile(
    r"(?:\s?(?:계획|방안|추진|결정|사업))?[을를이가은는]?\s?(?:철회|취소|백지화|무산|보류|중단)"
)
_EVENTS = (
    "통과 시행 발효 지정 확정 폐지 선정 완료 완성 설립 신설 개통 출시 체결 발표 도입 구축 착공 "
    "준공 개소 출범 제정 개정 의결 승인 채택 합의 가입 타결 개최 증설 인상 인하"
).split()
# How a question puts an event as done, and how a document puts it as still to come.
_DONE = r"(?:이|가|을|를)?\s?(?:된|한|됐|했|되었|하였|완료)"
_TO_COME = re.compile(
    r"(?:을|를|이|가)?\s?(?:(?:될|할|하는|되는)\s?)?(?:경우|예정|계획|목표|방침|전망|검토|추진\s?중|준비\s?중|논의\s?중|근거\s?마련|필요)"
    r"|(?:되|하)면|\s?시(?=[에\s])|하기로|(?:하|되)겠"
)
# What is only aimed at has no day yet, though a year may stand beside it.
_AIMED = re.compile(r"(?:을|를)?\s?(?:목표|검토|논의|근거\s?마련)")
_PAST = r"(?:이|가|을|를)?\s?(?:된|한|됐|했|되었|하였|완료)(?!다)"
_HAPPENED = re.compile(r"(?:되었|됐|하였|했|된\s?바|한\s?바|완료|됨|함)")
_PENDING = re.compile(r"계류|미정|미확정|심사\s?중|심의\s?중")
_REACH = 45  # characters behind a noun in which what became of it is told
_SENTENCE = re.compile(r"[다음함됨임]\.\s|\s[-▣□◇❖➔]\s|[;•※]")


def false_premise(question: Question, slices: Sequence[str]) -> Premise | None:
    """What the best slice says against what a question takes for granted; None where it says nothing
    of the sort or another slice bears the question out. ``slices`` come best first."""
    if not slices:
        return None
    return _opposite(question, slices) or _undone(question, slices)


def _opposite(question: Question, slices: Sequence[str]) -> Premise | None:
    """Only a reason takes a direction for granted: "얼마나 줄었나" is answered by a rise too."""
    if question.kind is not QuestionKind.REASON:
        return None
    text = question.searched
    for pair in opposites():
        said = [side.search(text) for side in pair]
        own = next((m for m in said if m), None)
        if own is None or all(said):
            continue
        side = 0 if said[0] else 1
        subjects = _subjects(text[: own.start()])
        seen = [_directions(subjects, pair, slice) for slice in slices]
        if seen[0] == {1 - side} and not any(side in sides for sides in seen):
            return Premise.OPPOSITE
    return None


def _subjects(before: str) -> list[str]:
    """The nouns of the last word before a direction, the last of a compound alone too."""
    nouns = [m for m in korean.morphemes(before) if m.tag in ("NNG", "NNP", "XR", "SL")]
    return [nouns[-1].form] if nouns and len(nouns[-1].form) > 1 else []


def _directions(
    subjects: Sequence[str], pair: tuple[re.Pattern[str], re.Pattern[str]], slice: str
) -> set[int]:
    """Which sides of a pair a slice tells of a subject: the first behind each mention of it."""
    found = set()
    for subject in subjects:
        for mention in re.finditer(re.escape(subject), slice):
            behind = _SENTENCE.split(slice[mention.end() : mention.end() + _REACH])[0]
            firsts = [side.search(behind) for side in pair]
            placed = [(m.start(), side) for side, m in enumerate(firsts) if m]
            if placed:
                found.add(min(placed)[1])
    return found


def _undone(question: Question, slices: Sequence[str]) -> Premise | None:
    """An event that the question puts as done and the best slice as dropped or still to come."""
    text = question.searched
    for event in _EVENTS:
        if not re.search(event + _DONE, text):
            continue
        mentions = [
            slice[m.end() : m.end() + _REACH] for slice in slices for m in re.finditer(event, slice)
        ]
        first = [slices[0][m.end() : m.end() + _REACH] for m in re.finditer(event, slices[0])]
        if not first or any(_HAPPENED.match(behind) for behind in mentions):
            continue
        if all(_DROPPED.match(behind) for behind in first):
            return Premise.DROPPED
        dated = any(v.kind is ValueKind.DATE for v in values(slices[0]))
        aimed = re.search(event + _PAST, text) and all(_AIMED.match(behind) for behind in first)
        if (
            question.kind is QuestionKind.DATE
            and dated
            and not aimed
            and not _PENDING.search(slices[0])
        ):
            continue  # the day is told, whether or not it had come when the document was written
        if all(_TO_COME.match(behind) for behind in first):
            return Premise.PENDING
    return None
