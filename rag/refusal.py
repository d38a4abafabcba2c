"""Why a question is not answered, and what is shown instead of an answer.

Four reasons are kept apart: the documents do not treat the matter; they do but do not say
what was asked, or say the opposite of what it takes for granted; the question fits several things; a source failed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.ambiguity import readings
from rag.evidence import Finding
from rag.extraction import extract
from rag.index import Index
from rag.premise import Premise, false_premise
from rag.reading.values import ValueKind, values
from rag.retrieval.ranking import Ranking
from rag.types import BlockKind, Evidence, Question, QuestionKind, Reason

_CONTACT_REACH = 6  # passages to each side in which a contact counts as one for this matter


@dataclass(frozen=True, slots=True)
class Refusal:
    """``evidence`` is what is shown, best first: the readings of an ambiguous question, else the
    nearest slice. ``labels`` names the readings in the same order. ``premise`` says how the
    nearest slice denies what the question takes for granted. ``contact`` is whom to ask,
    its ``value`` the number or address."""

    reason: Reason
    evidence: tuple[Evidence, ...]
    confidence: float
    labels: tuple[str, ...] = ()
    premise: Premise | None = None
    contact: Evidence | None = None


def refuse(index: Index, question: Question, ranking: Ranking, found: Finding) -> Refusal | None:
    """The refusal of a question for which ``found`` was found; None where it is to be answered."""
    read = readings(index, question, ranking)
    if read:
        shown = tuple(reading.evidence for reading in read)
        unsure = min(found.confidence, 1.0 / len(read))
        return Refusal(Reason.AMBIGUOUS, shown, unsure, tuple(r.label for r in read))
    contact = None if question.kind is QuestionKind.CONTACT else _contact(index, found)
    denied = _denied(question, found)
    if denied is not None:
        premise, slice = denied
        unsure = min(found.confidence, 1.0 - found.confidence)
        return Refusal(Reason.NOT_STATED, (slice,), unsure, (), premise, contact)
    if found.reason is None:
        return None
    nearest = found.evidence[:1]
    if found.reason is not Reason.NOT_STATED:
        contact = None  # nobody to ask about what the documents do not treat
    return Refusal(found.reason, nearest, found.confidence, contact=contact)


def _denied(question: Question, found: Finding) -> tuple[Premise, Evidence] | None:
    """How a premise is denied and by which slice. What would be answered is denied by the best
    slice alone; what would not be is told by any of them."""
    if found.reason is Reason.NOT_IN_DOCUMENTS:
        return None
    shown = found.evidence if found.reason else found.evidence[:1]
    for first in shown:
        others = [item.text for item in found.evidence if item is not first]
        premise = false_premise(question, [first.text, *others])
        if premise is not None:
            return premise, first
    return None


def _contact(index: Index, found: Finding) -> Evidence | None:
    """The nearest telephone number or address around the best slice, under the same heading."""
    if not found.evidence:
        return None
    best = found.evidence[0].passage
    row = found.order[0]
    near = sorted(
        range(max(0, row - _CONTACT_REACH), min(len(index.passages), row + _CONTACT_REACH + 1)),
        key=lambda other: (abs(other - row), other),
    )
    for other in near:
        passage = index.passages[other]
        if passage.file != best.file or passage.path[-1:] != best.path[-1:]:
            continue
        if passage.kind is BlockKind.NOTE or _SOURCE.match(passage.text):
            continue  # the address of what was quoted is nobody to ask
        told = [v for v in values(passage.text) if v.kind is ValueKind.CONTACT]
        if told:
            question = _ASKED_CONTACT
            cut = extract(index, question, passage)
            if cut.value:
                return Evidence(passage, cut.span, cut.text, 0.0, cut.value)
    return None


_SOURCE = re.compile(r"\s*(?:\[?\^?\d{1,3}[\])]|※|\*|자료|출처|참고)\s*[:：]?\s*\S")
_ASKED_CONTACT = Question("", "", QuestionKind.CONTACT, ())
