"""The gate: what was found is told, or refused and why. An ordered tuple of checks; the first that
gives a reason decides.

How sure it is that a candidate answers is a logistic function of how it meets the question. A
question whose answer is missing resembles its documents: it asks for the hours of a hotline that is
named there, or for a programme that another town has. So likeness says little; what tells the two
apart is what the best candidate lacks, and whether anything else is about as good.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from rag import korean
from rag.finding import Asked, Candidate, Place
from rag.finding.wording import Word, places
from rag.judging.claim import Claim, false_premise, latest, other_number, readings
from rag.question.turns import frames_of, request_of
from rag.settings import weights
from rag.types import QuestionKind, Reason

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
    known = 1.0 - claim.features.get("mean", 1.0) >= _KNOWN and not strange(asked, place)
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


_AROUND = 3  # passages to each side whose words count in part
_NEARBY = 0.7  # that part
_HEAVY = 10.0  # weight of a word that stands in one passage of many
_LEAD = 4.0  # a difference of scores that leaves no doubt
_LONG = 8  # words of a long question
_KEPT = (
    "cover close named typed period foreign apt exact edge list echo home rank aspect rest vague sorted"
).split()
_BY_NAME = (QuestionKind.PERSON, QuestionKind.ORGANISATION, QuestionKind.PLACE)
_STANDS = 0.5  # credit from which a word stands for another, and is not merely alike
_NAME = 30  # characters of the longest name
_FRONT = 2000  # characters of a document in which another word may stand for a modifier
_BOUND = 30.0
_MODIFIER = re.compile(r"[가-힣A-Za-z]{2}\s?\Z")


def sureness(asked: Asked, place: Place, claim: Claim) -> tuple[float, dict[str, float]]:
    """How sure the claim's candidate is, in [0, 1], with the signals that say so."""
    if claim.candidate is None:
        return 0.0, {}
    found = signals(asked, place, claim.candidate, claim)
    known = weights(__package__, "sureness")
    total = sum(known.get(name, 0.0) * value for name, value in found.items()) + known["bias"]
    return 1.0 / (1.0 + math.exp(-max(-_BOUND, min(_BOUND, total)))), found


def signals(asked: Asked, place: Place, candidate: Candidate, claim: Claim) -> dict[str, float]:
    """What a claim is judged by; see sureness.tsv for what each means."""
    told = candidate.signals
    lacks = _lacking(asked, place, candidate)
    passage = place.index.passages[candidate.row]
    context = candidate.context
    around = f"{context.attribute} {context.own} {context.near} {context.path} {context.title}"
    names = [gap for word, gap in lacks if word.name]
    nouns = [word.weight * gap / _HEAVY for word, gap in lacks if not word.text.endswith("다")]
    heaviest = max((word.weight for word, _gap in lacks), default=1.0)
    alien = [gap for word, gap in lacks if _nowhere(place, word)]
    other = next((r for r in claim.rivals if r.value != candidate.value), None)
    lead = (candidate.score - other.score) / _LEAD if other else 1.0
    wants = asked.wants
    return {
        **{name: told.get(name, 0.0) for name in _KEPT},
        "name": max(names, default=0.0),
        "noun": min(1.0, max(nouns, default=0.0)),
        "gap": max((word.weight * gap / heaviest for word, gap in lacks), default=0.0),
        "head": max((gap for word, gap in lacks if word.head and word.subject), default=0.0),
        "opening": max((gap for word, gap in lacks if word.leads and word.subject), default=0.0),
        "absent": max(
            (_absent(place, candidate, word) for word, gap in lacks if gap > 0.5), default=0.0
        ),
        "absent:opening": max(
            (_absent(place, candidate, w) for w, gap in lacks if gap > 0.5 and w.leads), default=0.0
        ),
        "modifier": _other_modifier(asked, place, candidate),
        "happened": max((gap for word, gap in lacks if word.event), default=0.0),
        "mean": sum(w.weight * gap for w, gap in lacks) / (sum(w.weight for w, _g in lacks) or 1.0),
        "gaps": sum(gap > 0.5 for word, gap in lacks if word.subject) / 4,
        "strange": max(alien, default=0.0),
        "fused": max(place.fused.values(), default=0.0),
        "margin": min(0.5, place.lead(candidate.row)),
        "reach": place.reach.get(candidate.row, 0.0),
        "nearness": told.get("nearness", 0.0),
        "unseen_near": float("nearness" not in told),
        "number": other_number(asked.question.searched, f"{around} {passage.text}"),
        "past": max(0.0, -told.get("period", 0.0)),
        "undated": float(bool(asked.wants.periods) and told.get("period", 0.0) == 0.0),
        "event": told.get("event", 1.0),
        "nameless": told.get("nameless", 0.0),
        "lengthy": float(asked.question.kind in _BY_NAME and len(candidate.value) > _NAME),
        "lead": max(-1.0, min(1.0, lead)),
        "long": min(1.0, len(asked.wording.words) / _LONG),
        "score": candidate.score / 20.0,
        "valued": float(bool(wants.values)),
        "typed:valued": told.get("typed", 0.0) * bool(wants.values),
        f"origin:{candidate.origin}": 1.0,
        f"kind:{asked.question.kind}": 1.0,
        "aspected": float(bool(wants.aspects)),
        "aspect:aspected": told.get("aspect", 0.0) * bool(wants.aspects),
        "met:lead": told.get("met_home", 0.0) * min(0.5, place.lead(candidate.row)),
    }


def missing(asked: Asked, place: Place, claim: Claim) -> tuple[str, ...]:
    """The words of the question that nothing near the claim says, heaviest first."""
    if claim.candidate is None:
        return ()
    lacks = _lacking(asked, place, claim.candidate)
    heavy = sorted(lacks, key=lambda one: -one[0].weight * one[1])
    return tuple(word.text for word, gap in heavy if gap > 0.5 and word.weight > 1.0)


def _lacking(asked: Asked, place: Place, candidate: Candidate) -> list[tuple[Word, float]]:
    """How far each word of the question is from being said for a candidate, in [0, 1]."""
    index = place.index
    passage = index.passages[candidate.row]
    rows = index.rows_of(passage.file)
    low, high = (
        max(rows.start, candidate.row - _AROUND),
        min(rows.stop, candidate.row + _AROUND + 1),
    )
    near = " ".join(index.passages[row].text for row in range(low, high))
    credits = asked.wording.credits(near)
    # A label of the aspect that is asked for says the words that ask for it, and one that is named
    # needs none of them.
    stated = candidate.signals.get("met") or candidate.signals.get("exact")
    asking = asked.wants.asking if stated else frozenset()
    return [
        (word, 0.0 if word.text in asking else 1.0 - max(said, _NEARBY * beside))
        for word, said, beside in zip(asked.wording.words, candidate.told, credits, strict=True)
    ]


def _absent(place: Place, candidate: Candidate, word: Word) -> float:
    """1 for a noun that no passage of the candidate's document says in any form."""
    if not word.subject or not word.forms:
        return 0.0
    rows = place.index.rows_of(place.index.passages[candidate.row].file)
    for form, _credit in word.forms:
        for index in (place.index.body, place.index.path):
            held, _counts = index.term_rows(form)
            if ((held >= rows.start) & (held < rows.stop)).any():
                return 0.0
    return 1.0


def _other_modifier(asked: Asked, place: Place, candidate: Candidate) -> float:
    """1 where the documents name a thing of the question's sort by another modifier and never by its
    own: "과학 캠프" is asked for, and there is but a "천문 캠프"."""
    inside = [
        m for m in korean.morphemes(asked.question.searched) if m.tag[0] == "N" or m.tag == "SL"
    ]
    document = place.index.document_of(place.index.passages[candidate.row])
    for a, b in pairwise(inside):
        if b.start - a.end > 1 or a.tag not in ("NNG", "NNP", "SL") or b.tag != "NNG":
            continue
        if len(a.form) < 2 or len(b.form) < 2 or frames_of(a.form) or frames_of(b.form):
            continue
        text = document.text
        if a.form in text or b.form not in text:
            continue
        others = (_MODIFIER.search(text, max(0, at - 3), at) for at in places(b.form, text))
        if asked.wording.gap(a.form, text[:_FRONT]) > 0.5 and any(others):
            return 1.0
    return 0.0


def strange(asked: Asked, place: Place) -> bool:
    """Whether a question speaks of something that no document says, in its word or in another that
    stands for it."""
    return any(
        _nowhere(place, w, _STANDS) for w in asked.wording.words if w.subject and not w.amount
    )


def _nowhere(place: Place, word: Word, least: float = 0.0) -> bool:
    """Whether no document says a word, nor another that has at least the credit ``least`` for it."""
    known = place.index.body.vocabulary
    meant = [form for form, credit in word.forms if credit >= least]
    if not word.forms or word.text.endswith("다"):
        return False  # one letter, or a verb, says too little
    return not any(form in known for form in meant)
