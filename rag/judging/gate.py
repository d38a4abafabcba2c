"""The gate: what was found is told, or refused and why. An ordered tuple of checks; the first that
gives a reason decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.finding import Asked, Candidate, Place
from rag.judging.claim import Claim
from rag.judging.mismatch import other_number
from rag.judging.premise import false_premise
from rag.judging.readings import readings
from rag.judging.sureness import missing, strange, sureness
from rag.judging.versions import latest
from rag.question.requests import request_of
from rag.types import Reason

Check = Callable[[Asked, Place, Claim], Claim]
"""Looks at a claim and gives it back, with a reason where it is not to be told."""

_KNOWN = 0.45  # share of the question that must be said for its matter to be one of the documents
_SAID = 4  # quotes besides the best that may bear out what a question takes for granted


def judge(asked: Asked, place: Place, found: Sequence[Candidate], refuse_below: float) -> Claim:
    """The claim that the candidates, best first, make for a question, with a reason where it is
    refused; one less sure than ``refuse_below`` is."""
    claim = Claim(found[0] if found else None, tuple(found[1:]))
    for check in CHECKS:
        claim = check(asked, place, claim)
        if claim.reason is not None:
            return claim
    if claim.sure >= refuse_below:
        return claim
    known = claim.features.get("cover", 0.0) >= _KNOWN and not strange(asked, place)
    reason = Reason.NOT_STATED if known else Reason.NOT_IN_DOCUMENTS
    return replace(claim, reason=reason, missing=missing(asked, place, claim))


def no_look_up(asked: Asked, _place: Place, claim: Claim) -> Claim:
    """A greeting, or a text to be written, translated or cut short, is no question that a passage
    answers."""
    request = request_of(asked.question.searched)
    if request is None:
        return claim
    return replace(claim, sure=0.0, reason=Reason.NOT_STATED, request=request)


def premise_holds(asked: Asked, place: Place, claim: Claim) -> Claim:
    """What a question takes for granted must not be denied by what answers it."""
    first = [] if claim.candidate is None else [claim.candidate.row]
    rows = dict.fromkeys([*first, *place.rows[:_SAID]])
    slices = [place.index.passages[row].text for row in rows]
    premise = false_premise(asked.question, slices) if slices else None
    if premise is None:
        return claim
    return replace(claim, sure=0.0, reason=Reason.NOT_STATED, premise=premise)


def something_found(asked: Asked, place: Place, claim: Claim) -> Claim:
    """Nothing found says nothing, though the best passage may treat the matter."""
    if claim.candidate is not None:
        return claim
    said = 0.0
    if place.rows:
        passage = place.index.passages[place.rows[0]]
        said = asked.wording.share(f"{' '.join(passage.path)} {passage.text}")
    known = said >= _KNOWN and not strange(asked, place)
    reason = Reason.NOT_STATED if known else Reason.NOT_IN_DOCUMENTS
    return replace(claim, sure=0.0, reason=reason)


def one_reading(asked: Asked, place: Place, claim: Claim) -> Claim:
    """A question that names no subject fits several values equally well."""
    read = readings(asked, place, claim)
    if not read:
        return claim
    return replace(claim, sure=1.0 / len(read), reason=Reason.AMBIGUOUS, readings=read)


def in_force(_asked: Asked, place: Place, claim: Claim) -> Claim:
    """Of two versions of a document the later tells."""
    return latest(place, claim)


def same_number(asked: Asked, place: Place, claim: Claim) -> Claim:
    """The fifth is not the seventh."""
    candidate = claim.candidate
    if candidate is None:
        return claim
    passage = place.index.passages[candidate.row]
    context = candidate.context
    told = f"{context.attribute} {context.own} {context.near} {context.path} {context.title}"
    told += context.headers * context.grand
    if other_number(asked.question.searched, f"{told} {passage.text}") < 1.0:
        return claim
    return replace(claim, sure=0.0, reason=Reason.NOT_STATED)


def weighed(asked: Asked, place: Place, claim: Claim) -> Claim:
    """What is told must meet the question: its words, its kind, its names."""
    sure, features = sureness(asked, place, claim)
    return replace(claim, sure=sure, features=features)


CHECKS: tuple[Check, ...] = (
    no_look_up,
    premise_holds,
    something_found,
    one_reading,
    in_force,
    same_number,
    weighed,
)
