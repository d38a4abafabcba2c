"""Questions that fit several things in the documents equally well.

"예산은 얼마인가요?" names an attribute and nothing that has it. Where several programmes state
one, to answer with one of them would be a guess; so they are told apart by their headings.
"""

from __future__ import annotations

import re

from rag.finding import Asked, Candidate, Place
from rag.judging.claim import Claim
from rag.reading.asking import aspects_of

_MOST = 3
_NEAR = 3.0  # of score by which another reading may be behind the best
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
        if other.score < best.score - _NEAR or len(kept) == _MOST:
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
