"""What a claim comes to: the slices to show, or why there is no answer and what is nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag import korean
from rag.answering.quoting import nearest, quoted
from rag.finding import Asked, Candidate, Place
from rag.index import Index
from rag.judging.claim import Claim
from rag.judging.premise import Premise
from rag.judging.readings import label_of
from rag.question.requests import Request
from rag.reading.asking import aspects_of
from rag.reading.aspects import Aspect
from rag.reading.values import ADDRESS, ValueKind, values
from rag.retrieval.rereading import Reread
from rag.settings import AnswerSettings
from rag.types import BlockKind, Evidence, QuestionKind, Reason

_REACH = 6  # passages to each side in which a contact counts as one for the matter
_ASIDE = frozenset((BlockKind.NOTE, BlockKind.CAPTION, BlockKind.BOILERPLATE))
# The address of what was quoted is nobody to ask: "19) 한빛뉴스(2019)", "출처: …".
_SOURCE = re.compile(r"\s*(?:\[?\^?\d{1,3}[\])]|※|\*|자료|출처|참고)\s*[:：]?\s*\S")


@dataclass(frozen=True, slots=True)
class Finding:
    """``evidence`` is shown, the slice with the value first: that of the answer, the readings of an
    ambiguous question, or the nearest slice. ``labels`` name the readings in the same order.
    ``contact`` is whom to ask, ``replaced`` what an earlier version said; the ``value`` of each
    is what is told of it. ``items`` counts those of a list."""

    evidence: tuple[Evidence, ...]
    reason: Reason | None
    sure: float
    items: int = 0
    labels: tuple[str, ...] = ()
    premise: Premise | None = None
    request: Request | None = None
    contact: Evidence | None = None
    replaced: Evidence | None = None
    missing: tuple[str, ...] = ()


def finding_of(
    asked: Asked, place: Place, claim: Claim, around: Reread, limits: AnswerSettings
) -> Finding:
    """The finding of a claim."""
    index, candidate = place.index, claim.candidate
    if claim.request is not None:
        return Finding((), claim.reason, claim.sure, request=claim.request)
    if candidate is None:
        shown = tuple(nearest(index, row) for row in around.rows[:1])
        contact = _asked_of(asked, place, claim, around.rows[:1])
        return Finding(shown, claim.reason, claim.sure, premise=claim.premise, contact=contact)
    if claim.readings:
        parts = [quoted(index, one, around, claim.sure, limits)[0] for one in claim.readings]
        labels = tuple(label_of(place, one) for one in claim.readings)
        return Finding(tuple(parts), claim.reason, claim.sure, labels=labels)
    evidence = quoted(index, candidate, around, claim.sure, limits)
    if claim.reason is None:
        replaced = claim.replaced
        before = quoted(index, replaced, around, 0.0, limits)[0] if replaced else None
        return Finding(evidence, None, claim.sure, items=_items(candidate), replaced=before)
    contact = _asked_of(asked, place, claim, (candidate.row,))
    return Finding(
        evidence[:1],
        claim.reason,
        claim.sure,
        premise=claim.premise,
        contact=contact,
        missing=claim.missing,
    )


def _items(candidate: Candidate) -> int:
    return len(candidate.items) if len(candidate.items) > 1 else int(bool(candidate.value))


def _asked_of(asked: Asked, place: Place, claim: Claim, rows: Sequence[int]) -> Evidence | None:
    """Whom to ask about what is not stated; None where a contact itself was asked for."""
    stated = claim.reason is not Reason.NOT_STATED
    if stated or not rows or asked.question.kind is QuestionKind.CONTACT:
        return None
    return _contact(place, rows[0])


def _contact(place: Place, near: int) -> Evidence | None:
    """Whom the document names for questions about the matter of a row, as telephone number or
    address: the nearest label that tells it if it is close by, else the nearest sentence under the
    same heading, else the nearest label."""
    index = place.index
    file, start = index.passages[near].file, index.passages[near].span.start
    told = [
        fact
        for fact in index.facts.of(file)
        if Aspect.CONTACT in aspects_of(fact.attribute) and _contacts(fact.value)
    ]
    fact = min(told, key=lambda one: (abs(one.span.start - start), one.span), default=None)
    if fact is None:
        return _in_a_sentence(index, near)
    row = index.row_at(file, fact.span.start)
    labelled = Evidence(index.passages[row], fact.span, fact.value, 0.0, fact.value)
    if abs(row - near) <= _REACH:
        return labelled
    return _in_a_sentence(index, near) or labelled


def _in_a_sentence(index: Index, row: int) -> Evidence | None:
    """The nearest sentence to a row, under its heading and no source or note, that tells a
    contact."""
    own = index.passages[row]
    blocks, rows = index.blocks[own.file], index.rows_of(own.file)
    near = range(max(rows.start, row - _REACH), min(rows.stop, row + _REACH + 1))
    for other in sorted(near, key=lambda one: (abs(one - row), one)):
        passage = index.passages[other]
        if passage.path != own.path or passage.rows is not None:
            continue
        reading = index.reading(other)
        if not _contacts(reading.text):
            continue
        for start, end in korean.sentences(reading.text):
            text, span = reading.text[start:end], reading.span(start, end)
            held = blocks[passage.blocks[0] : passage.blocks[1] + 1]
            aside = any(block.kind in _ASIDE and block.span.touches(span) for block in held)
            contacts = _contacts(text)
            if contacts and not aside and not _SOURCE.match(text):
                return Evidence(passage, span, text, 0.0, contacts[0])
    return None


def _contacts(text: str) -> list[str]:
    """Telephone numbers and addresses but postal ones: where a place is, nobody may be to ask."""
    return [v.text for v in values(text) if v.kind is ValueKind.CONTACT and v.unit != ADDRESS]
