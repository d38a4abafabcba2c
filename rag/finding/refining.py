"""A fact that states several values: told as a whole, or the one of them that the question means."""

from __future__ import annotations

from collections.abc import Sequence

from rag.finding.asked import Asked
from rag.finding.candidate import Candidate
from rag.reading.amounts import Edge, edge
from rag.reading.periods import periods

_WHOLE = 160  # characters of the longest value that is told as a whole
_ONE = 60  # the same where it holds but one value of the wanted sort
_LEAD = 0.35  # of a word's weight by which one value must be meant rather than another
_SUBJECT, _SAID = 0.25, 0.7
_EDGE, _PERIOD, _PROVISO = 2.0, 3.0, 3.0


def refine(asked: Asked, whole: Candidate, inside: Sequence[Candidate]) -> Candidate:
    """Of a fact with the values ``inside`` it, in order of place, the candidate that answers: the
    value that the question's own words, bounds and years single out, else the fact as a whole."""
    if not inside:
        return whole
    if len(inside) == 1:
        return whole if len(whole.value) <= _ONE else inside[0]
    meant = [_meant(asked, inside, n) for n in range(len(inside))]
    # What binds to a value and was not asked for tells it from others that are meant as much.
    scores = [m - asked.wording.rest(one.context.own) for m, one in zip(meant, inside, strict=True)]
    order = sorted(range(len(inside)), key=lambda n: (-scores[n], n))
    best = order[0]
    if scores[best] - scores[order[1]] >= _LEAD and meant[best] > min(meant):
        return inside[best]
    return whole if len(whole.value) <= _WHOLE else inside[best]


def _meant(asked: Asked, inside: Sequence[Candidate], n: int) -> float:
    """How surely the n-th value is meant: the weight of the question's words that bind to it, those
    that an earlier topic says counted in part."""
    one = inside[n]
    words = asked.wording.words
    own = asked.wording.credits(f"{one.context.own} {one.context.after}")
    before = [asked.wording.credits(other.context.own) for other in inside[:n]]
    about = asked.wording.credits(f"{one.context.path} {one.context.title}")
    score = 0.0
    for number, word in enumerate(words):
        inherited = max((said[number] for said in before), default=0.0)
        # What the document as a whole is about tells none of its values from the others.
        share = _SUBJECT if about[number] > _SAID else 1.0
        score += share * word.weight * max(own[number], 0.8 * inherited)
    wanted = asked.wants.edge
    if wanted is not Edge.NONE:
        told = ends(one)
        both = one.signals.get("edge", 0.0) > 0
        score += _EDGE * (both - (told is not wanted and told is not Edge.NONE and not both))
    if one.context.proviso:
        score -= _PROVISO * asked.wording.rest(one.context.around or one.context.own)
    if asked.wants.periods:
        told_periods = periods(one.context.own)
        if told_periods:
            fits = any(
                t.fits(p) or (p.whole and t.year == p.year)
                for t in told_periods
                for p in asked.wants.periods
            )
            score += _PERIOD if fits else -_PERIOD
    if asked.wants.price:
        score += 0.5 * (one.signals.get("typed", 0.0) - 1.0)
    return score


_LABEL = 8  # characters at the end of a label that say which end its value is
_CLOSES = ("마치", "마친", "종료", "끝", "완료", "준공", "마감", "까지", "기한", "만료")
_OPENS = ("시작", "착수", "착공", "개시", "부터", "열", "개최")


def ends(candidate: Candidate) -> Edge:
    """Which end of a range or of a period a value is, by its own words, by what follows
    and by its label ("접수마감")."""
    told = edge(candidate.value)
    if told is not Edge.NONE:
        return told
    for text in (candidate.context.after[:16], candidate.context.attribute[-_LABEL:]):
        if any(word in text for word in _CLOSES):
            return Edge.HIGH
        if any(word in text for word in _OPENS):
            return Edge.LOW
    return Edge.NONE
