"""The words of a text, and how near another word is to one of them."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag import korean
from rag.index.encoder import Encoder, MorphemeEncoder

UNLIKE = 0.15
"""The usual cosine of two words that have nothing to do with each other."""
_SAME = 0.5  # weight from which an expansion is another name of the same thing
_MEASURES = frozenset("액률율비일량수")


def flat(text: str) -> str:
    """The indexed form of a text without its blanks: words meet however they are spaced."""
    return korean.normalise(text).lower().replace(" ", "")


def known_as(word: str, flattened: str) -> bool:
    """Whether a word, or another name of the same thing, stands in a text as :func:`flat` gives
    it."""
    if flat(word) in flattened:
        return True
    names = korean.expand(korean.terms(word))
    return any(flat(other) in flattened for other, weight, _of in names if weight >= _SAME)


class Words:
    """The words of one text. ``encoder`` is the index's own; only the default one knows words one
    by one, and with another they meet or do not."""

    def __init__(self, encoder: Encoder, text: str) -> None:
        self._text = text
        self._flat = flat(text)
        self._encoder = encoder if isinstance(encoder, MorphemeEncoder) else None

    @cached_property
    def _vectors(self) -> NDArray[np.float32] | None:
        """Vectors of the text's terms, looked up only when a word does not stand in it."""
        terms = sorted(set(korean.terms(self._text)))
        return self._encoder.term_vectors(terms) if self._encoder and terms else None

    def met(self, word: str) -> float:
        """1 where the word stands in the text, else its cosine to the nearest word there, or the
        usual one where the encoder has no vectors of words."""
        form = korean.normalise(word).lower()
        # "교역액" is met by "교역은 1,316억불", "발효일" by "발효('12.3.15.)".
        stem = form[:-1] if len(form) > 2 and form[-1] in _MEASURES else form
        if stem in self._flat or known_as(word, self._flat):
            return 1.0
        if self._encoder is None:
            return UNLIKE
        own = korean.terms(word)
        if self._vectors is None or not own:
            return 0.0
        cosines = self._encoder.term_vectors(own) @ self._vectors.T
        return float(min(0.99, max(0.0, cosines.max(axis=1).mean())))
