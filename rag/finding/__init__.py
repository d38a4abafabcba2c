"""A question and ranked passages → candidates for its answer, from every finder, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rag.finding.fitting import refine
from rag.finding.lists import items_of, listed
from rag.finding.place import Candidate, Context, Place
from rag.finding.reader import NAMED
from rag.finding.scoring import Scorer
from rag.finding.stated import inside, named, said, stated
from rag.finding.tables import columns
from rag.finding.told import predicates, told
from rag.finding.wording import Asked, asked_of
from rag.types import QuestionKind

__all__ = ["FINDERS", "Asked", "Candidate", "Context", "Place", "asked_of", "find"]

Finder = Callable[[Asked, Place], Iterator[Candidate]]
"""Gives the candidates of one kind that a place holds for a question."""

FINDERS: tuple[Finder, ...] = (stated, columns, told, named, said, listed, predicates)


def find(asked: Asked, place: Place) -> list[Candidate]:
    """All candidates, best first; ties by row, place and origin. Of candidates with one value at
    one place the best stands; a fact that states several values stands for itself or for the one
    of them that is meant."""
    listing = asked.question.kind is QuestionKind.LIST
    refined = bool(asked.wants.values) or asked.wants.open
    scorer = Scorer(asked.question, asked.wording, asked.wants)

    def scored(candidate: Candidate) -> Candidate:
        file = place.index.passages[candidate.row].file
        rank = place.rank(candidate.row)
        if candidate.fact is not None and candidate.fact.cell is not None:
            share = 1.0 if candidate.origin in _TOGETHER else _BESIDE
            rank = max(rank, share * place.table_rank(file, candidate.fact.block))
        scorer.score(candidate, rank, place.home(file))
        return candidate

    found: dict[tuple[str, int, int, str], Candidate] = {}
    for finder in FINDERS:
        for candidate in finder(asked, place):
            file = place.index.passages[candidate.row].file
            if listing and candidate.fact is not None and not candidate.items:
                items = items_of(candidate.fact, place.index.document(file).text)
                if len(items) > 1 and candidate.value == candidate.fact.value:
                    candidate.items = items
                    candidate.value = "; ".join(items)
            scored(candidate)
            if refined and candidate.origin in ("label", "cell", "row"):
                values = list(map(scored, inside(asked, place, candidate)))
                chosen = refine(asked, candidate, values)
                if chosen is not candidate:
                    candidate = chosen
                elif values:
                    best = max(values, key=lambda one: one.score)
                    candidate.score = max(candidate.score, best.score)
            key = (file, candidate.span.start, candidate.span.end, candidate.value)
            held = found.get(key)
            if held is None or candidate.score > held.score:
                found[key] = candidate
    ranked = sorted(found.values(), key=_order)
    if asked.question.kind in NAMED:
        for candidate in ranked[:_NAMES]:
            scorer.name(candidate)
        ranked.sort(key=_order)
    return _narrowed(asked, place, ranked)


def _order(candidate: Candidate) -> tuple[float, int, int, int, str]:
    span = candidate.span
    return -candidate.score, candidate.row, span.start, span.end, candidate.origin


_SENTENCE = re.compile(r"다\.|다$")
_NAMES = 12  # candidates that are looked at for a name
_BESIDE = 0.7  # of the rank of a table, for the rows of it that are ranked lower
_TOGETHER = ("extreme", "filter", "group")
_NARROW = ("prose", "note", "phrase", "inside", "label")


def _narrowed(asked: Asked, place: Place, ranked: list[Candidate]) -> list[Candidate]:
    """A fact whose value is a sentence is quoted; told is the value or the name in it that fits
    best, where one is asked for."""
    best = ranked[0] if ranked else None
    one = bool(asked.wants.values) or asked.question.kind in NAMED
    if best is None or best.fact is None or not one or not _SENTENCE.search(best.value):
        return ranked
    rows = place.index.rows_of(place.index.passages[best.row].file)
    for inner in ranked[1:]:
        held = inner.row in rows and best.span.covers(inner.span) and inner.span != best.span
        held = held and inner.signals.get("aspect", 0.0) >= 0.0  # "제외" tells nothing of who may
        if held and inner.origin in _NARROW and not _SENTENCE.search(inner.value):
            return [inner, *(other for other in ranked if other is not inner)]
    return ranked
