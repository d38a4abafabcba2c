"""The best of a ranking read a second time: does a passage hold a value of the wanted sort, the
word that names it, the year, and which of the question's words are said there or near it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.index import Index
from rag.question.wants import Wants
from rag.retrieval.ranking import Ranking
from rag.settings import AnswerSettings
from rag.types import Passage, Question

_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reread:
    """The rows looked at again, best first, ties by row, with the ranking's score, the new one and
    ``reach``, the share of the question's weight that row, headings and neighbours say."""

    rows: tuple[int, ...]
    fused: tuple[float, ...]
    scores: tuple[float, ...]
    reach: tuple[float, ...]


def reread(
    index: Index,
    question: Question,
    wants: Wants,
    ranking: Ranking,
    limits: AnswerSettings,
    holds: Callable[[Wants, Passage], bool],
) -> Reread:
    """The first ``limits.reread`` rows of a ranking in their new order; none where the ranking
    holds nothing. ``holds`` tells whether a passage has a value of the wanted sort."""
    rows = ranking.order[: limits.reread]
    rows = rows[ranking.fused[rows] > 0]
    if not len(rows):
        return Reread((), (), (), ())
    own, near = _said(index, question, rows, limits.neighbours)
    weights = np.array([weight for _term, weight in _weights(index, question)])
    total = float(weights.sum()) or 1.0
    coverage = weights @ own / total
    reach = weights @ (own | near) / total
    passages = [index.passages[int(row)] for row in rows]
    focus = np.array(
        [not question.focus or any(form in p.text for form in question.focus) for p in passages]
    )
    wanted = np.array([holds(wants, passage) for passage in passages])
    years = [f"{year}년" for year in question.years]
    dated = np.zeros(len(rows), dtype=bool)
    for year in years:
        dated |= _mask(len(index.passages), index.body.term_rows(year)[0])[rows]
    scores = (
        ranking.fused[rows]
        + limits.year * dated
        + limits.focus * focus
        + limits.wanted * wanted
        + limits.coverage * coverage
        + limits.reach * reach
    )
    order = np.lexsort((rows, -scores))
    return Reread(
        tuple(rows[order].tolist()),
        tuple(ranking.fused[rows[order]].tolist()),
        tuple(scores[order].tolist()),
        tuple(reach[order].tolist()),
    )


def _weights(index: Index, question: Question) -> list[tuple[str, float]]:
    # A word that the documents never use weighs a little more than the rarest that they do.
    return [
        (term.text, term.weight * index.body.idf(term.text))
        for term in question.terms
        if term.origin == "question"
    ]


def _said(
    index: Index, question: Question, rows: NDArray[np.int64], radius: int
) -> tuple[_Flags, _Flags]:
    """For each word of the question and each row whether the row says it, and whether its headings
    or neighbours do, in its own word or in another that stands for it."""
    words = [term.text for term in question.terms if term.origin == "question"]
    place = {word: number for number, word in enumerate(words)}
    own = np.zeros((len(words), len(rows)), dtype=bool)
    near = np.zeros((len(words), len(rows)), dtype=bool)
    groups = np.asarray(index.groups)
    shifted = [(rows + step).clip(0, len(groups) - 1) for step in range(-radius, radius + 1)]
    windows = np.stack([np.where(groups[at] == groups[rows], at, rows) for at in shifted])
    for term in question.terms:
        here, _counts = index.body.term_rows(term.text)
        above, _counts = index.path.term_rows(term.text)
        held = _mask(len(groups), here)
        inside = held[rows]
        around = held[windows].any(axis=0) | _mask(len(groups), above)[rows]
        for word in term.of or (term.text,):
            if word in place:
                own[place[word]] |= inside
                near[place[word]] |= around
    return own, near


def _mask(n: int, rows: NDArray[np.int32]) -> _Flags:
    mask = np.zeros(n, dtype=bool)
    mask[rows] = True
    return mask
