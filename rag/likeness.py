"""Words that stand in for others: which words of a text are like those that a question misses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from rag import korean
from rag.index.encoder import Encoder, MorphemeEncoder
from rag.types import Question
from rag.wording import UNLIKE

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
"""Unit vectors of index terms, float32 of shape (terms, dimension)."""

Like = tuple[int, int, float]
"""A word like one of the question's: its place in the text, half-open, and how like it is, in
(0, 1]."""

_ALIKE = 0.5  # cosine of words that mean the same
_CONTENT = ("NNG", "NNP", "VV", "VA", "XR", "SL")


def vectors_of(encoder: Encoder) -> Vectors | None:
    """The vectors of single words, which only the default encoder has; None with another."""
    return encoder.term_vectors if isinstance(encoder, MorphemeEncoder) else None


def stand_ins(
    question: Question,
    inside: Sequence[korean.Morpheme],
    met: Collection[str],
    vectors: Vectors | None,
) -> list[Like]:
    """The words of a text that are like a word of the question that the text does not hold, in
    order of place. ``met`` are the terms that it holds; a word is held where one does that
    stands for it. How like is the cosine, 0 at that of unlike words and 1 from 0.5 on."""
    told = {word for t in question.terms if t.text in met for word in (t.text, *t.of)}
    missing = [t.text for t in question.terms if t.origin == "question" and t.text not in told]
    words = [m for m in inside if m.tag.partition("-")[0] in _CONTENT]
    if vectors is None or not missing or not words:
        return []
    forms = [m.form + "다" if m.tag.startswith(("VV", "VA")) else m.form.lower() for m in words]
    distinct = sorted(set(forms))
    cosines = (vectors(missing) @ vectors(distinct).T).max(axis=0)
    scale = _ALIKE - UNLIKE
    alike = dict(zip(distinct, np.clip((cosines - UNLIKE) / scale, 0.0, 1.0).tolist(), strict=True))
    return [
        (m.start, m.end, alike[form])
        for m, form in zip(words, forms, strict=True)
        if alike[form] > 0
    ]
