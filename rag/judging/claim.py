"""What would be answered on its way through the gate, and what may speak against it: a number that
is another, a version that replaced it, a premise that the documents deny, a question that fits
several things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rag import korean
from rag.finding import Asked, Candidate, Place
from rag.finding.wording import flat
from rag.question.turns import Request
from rag.reading.aspects import Aspect, aspects_of, closed
from rag.reading.names import opposites
from rag.reading.values import ValueKind, values
from rag.types import Question, QuestionKind, Reason

_ORDINAL = re.compile(
    r"(?<![A-Za-z\d.])제?\s?\d+(?:\.\d+)?\s?"
    r"(?:차|회(?![의사계원장복담])|호|조(?!\s?(?:원|달러|불|엔|위안|유로))|기(?!가)|위|단계|세대|주년|년차)(?![가-힣]*월)"
    r"|\d+\.0(?!\s?%)"
)
_SAME = {"차": "차|회", "회": "차|회"}
_UNSAID = 0.7  # no number of that sort stands there
_RANK = 0.5  # ranks are told by place as well


def other_number(asked: str, text: str) -> float:
    """Whether an ordinal, a stage or a version of the question ("제5차", "3단계", "2.0") is missing from
    a text: 1 where it has another one of that sort instead, less where it has none, 0 where
    nothing is missing."""
    told = "".join(text.split()).lower()
    worst = 0.0
    for match in _ORDINAL.finditer(asked):
        number = match.group().replace(" ", "").removeprefix("제")
        digits = re.match(r"[\d.]+", number)
        figure = digits.group() if digits else ""
        unit = number[len(figure) :]
        units = _SAME.get(unit, re.escape(unit))
        if re.search(rf"(?<![\d.]){re.escape(figure)}(?:{units})", told):
            continue
        if unit == "위":
            worst = max(worst, 0.0 if "순위" in told else _RANK)
            continue
        if unit == "단계" and re.search(rf"(?<!\d){figure}[~·,∼-]\d단계", told):
            continue
        others = rf"(?<![\d.])\d+(?:\.\d+)?(?:{units})" if unit else r"\d\.0"
        worst = max(worst, 1.0 if re.search(others, told) else _UNSAID)
    return worst


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
_BEHIND = 45  # characters behind a noun in which what became of it is told
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
            behind = _SENTENCE.split(slice[mention.end() : mention.end() + _BEHIND])[0]
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
            slice[m.end() : m.end() + _BEHIND]
            for slice in slices
            for m in re.finditer(event, slice)
        ]
        first = [slices[0][m.end() : m.end() + _BEHIND] for m in re.finditer(event, slices[0])]
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


@dataclass(frozen=True, slots=True)
class Claim:
    """``candidate`` is what would be told, None where nothing was found; ``rivals`` are the others,
    best first. ``sure`` in [0, 1]. ``reason`` is None while nothing speaks against telling it.
    ``readings`` are what an ambiguous question may mean, ``replaced`` is what an earlier version
    of the document said, ``missing`` the words of the question that nothing found says."""

    candidate: Candidate | None
    rivals: tuple[Candidate, ...] = ()
    sure: float = 1.0
    reason: Reason | None = None
    request: Request | None = None
    premise: Premise | None = None
    readings: tuple[Candidate, ...] = ()
    replaced: Candidate | None = None
    missing: tuple[str, ...] = ()
    features: dict[str, float] = field(default_factory=dict)


_CHANGES = frozenset((Aspect.FORMER, Aspect.REVISED))


def latest(place: Place, claim: Claim) -> Claim:
    """The claim as the latest version of its document has it; where the best candidate is of that
    already, with what an earlier version said."""
    best = claim.candidate
    if best is None:
        return claim
    later = place.index.later
    file = _file(place, best)
    for version in later.get(file, ()):
        for other in claim.rivals:
            if _file(place, other) == version and _answers_alike(best, other):
                rivals = tuple(one for one in claim.rivals if one is not other)
                old = best if flat(best.value) != flat(other.value) else None
                return replace(claim, candidate=other, rivals=(best, *rivals), replaced=old)
    earlier = {old for old, versions in later.items() if file in versions}
    for other in claim.rivals:
        if _file(place, other) in earlier and _answers_alike(other, best):
            if flat(other.value) != flat(best.value):
                return replace(claim, replaced=other)
            break
    return claim


def _file(place: Place, candidate: Candidate) -> str:
    return place.index.passages[candidate.row].file


def _answers_alike(old: Candidate, new: Candidate) -> bool:
    """Whether a candidate of a later version states what one of an earlier did: under the same
    label, or as what that was changed to, a value of the same sort."""
    names, told = _names(old), _names(new)
    kinds = {value.kind for value in values(old.value)[:1]}
    same = kinds == {value.kind for value in values(new.value)[:1]}
    aspects, others = (aspects_of(c.context.attribute) for c in (old, new))
    if Aspect.FORMER in others | aspects_of(new.context.own):
        return False
    if names & told:
        return True
    changed = Aspect.REVISED in others or Aspect.REVISED in aspects_of(new.context.own)
    return same and bool(kinds) and (changed or bool(aspects & others - _CHANGES))


def _names(candidate: Candidate) -> set[str]:
    """The label of a value and the name of its row, as they are compared."""
    context = candidate.context
    found = {flat(closed(context.attribute)), *(flat(name) for name in context.own.split(" / "))}
    return {name for name in found if len(name) > 1 and not aspects_of(name) & _CHANGES}


_MOST = 3
_CLOSE = 3.0  # of score by which another reading may be behind the best
_SAYS = 0.6
"""Credit from which a label says a word."""


def readings(asked: Asked, place: Place, claim: Claim) -> tuple[Candidate, ...]:
    """The readings of a question, best first, at most three, each under a heading of its own and
    with a value of its own; empty where the question names a subject or fits one thing only."""
    best = claim.candidate
    if best is None or not names_no_subject(asked, best):
        return ()
    kept = [best]
    for other in claim.rivals:
        if other.score < best.score - _CLOSE or len(kept) == _MOST:
            break
        if other.signals.get("typed", 1.0) < 0.5 or not other.value.strip():
            continue
        homes = {home_of(place, one) for one in kept}
        values = {one.value for one in kept}
        if home_of(place, other) in homes or other.value in values or _versions(place, best, other):
            continue
        if _alike(asked, best, other):
            kept.append(other)
    return tuple(kept) if len(kept) > 1 else ()


def _alike(asked: Asked, one: Candidate, other: Candidate) -> bool:
    """Whether two candidates tell the same of their things: by labels of one aspect, or by
    sentences both of which say all that is asked for."""
    labels = one.context.attribute, other.context.attribute
    if one.origin == other.origin == "prose":
        return names_no_subject(asked, other)
    return bool(aspects_of(labels[0]) & aspects_of(labels[1]))


def _versions(place: Place, one: Candidate, other: Candidate) -> bool:
    """Whether two candidates stand in two versions of one document."""
    a, b = (place.index.passages[c.row].file for c in (one, other))
    return b in place.index.later.get(a, ()) or a in place.index.later.get(b, ())


def names_no_subject(asked: Asked, candidate: Candidate) -> bool:
    """Whether a question says of nothing whose attribute it asks for: no word that weighs but
    those that the label of the value says."""
    if asked.wants.periods:
        return False
    said = asked.wording.credits(candidate.context.attribute)
    return not any(
        word.subject and credit < _SAYS
        for word, credit in zip(asked.wording.words, said, strict=True)
    )


def home_of(place: Place, candidate: Candidate) -> tuple[str, tuple[str, ...]]:
    """What parts one programme from another: the file and the two outermost headings."""
    passage = place.index.passages[candidate.row]
    return passage.file, passage.path[:2]


_LABEL = 40  # characters
_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[가-하]\.|[IVXⅠ-Ⅻ]+\.|[①-⑳])\s*(?=\D)")


def label_of(place: Place, candidate: Candidate) -> str:
    """What a reading is of: the outermost heading of its programme, cut at a word, or the title of a
    document without headings."""
    passage = place.index.passages[candidate.row]
    title = place.index.document_of(passage).title
    text = " ".join((passage.path[-1] if passage.path else title).split()).strip("<>【】[]▣□◇◆ ")
    text = _NUMBER.sub("", text) or text
    if len(text) <= _LABEL:
        return text
    return text[:_LABEL].rsplit(" ", 1)[0] + "…"
