"""Two versions of one document: the later tells, and what it replaced is said."""

from __future__ import annotations

from dataclasses import replace

from rag.finding import Candidate, Place
from rag.finding.wording import flat
from rag.judging.claim import Claim
from rag.reading.asking import aspects_of
from rag.reading.aspects import Aspect, closed
from rag.reading.values import values

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
