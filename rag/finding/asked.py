"""A question with all that is read off it once, for every finder and check."""

from __future__ import annotations

from dataclasses import dataclass

from rag.finding.wording import Wording
from rag.index import Index
from rag.question.wants import Wants, wants_of
from rag.types import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """``question`` as analysed, what it ``wants``, and the ``wording`` that texts are held
    against."""

    question: Question
    wants: Wants
    wording: Wording


def asked_of(index: Index, question: Question) -> Asked:
    """All that a question says, weighed by the words of an index."""
    wants = wants_of(question)
    known = index.body.vocabulary
    return Asked(
        question,
        wants,
        Wording(question, wants, index.body.idf, known.__contains__, index.encoder.alike),
    )
