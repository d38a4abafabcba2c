"""The similarities of the morphemes that Kiwi's own model knows: raw material of the encoder.

The model holds a vector for each of some 70,000 morphemes and shows none of them; it tells the
cosine of any two. Nothing here copies the model: similarities are asked for when needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rag.korean.analysis import analyse
from rag.korean.morphology import analyser

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

# Tags whose vectors say what a text is about.
CONTENT_TAGS = frozenset(("NNG", "NNP", "XR", "VV", "VV-I", "VV-R", "VA", "VA-I", "VA-R"))
_MORE = 1 << 20  # more ids than the model has vectors for
_NEIGHBOURS = 30
_FLAT = 0.03  # a trained morpheme's 30 nearest differ by more than this


class MorphemeSpace:
    """Ids and similarities of morphemes. Cheap to make: the table of ids (0.05 s) is read at the
    first look-up of the process. Safe to share between threads."""

    def __len__(self) -> int:
        """How many morphemes the model knows."""
        return len(_ids())

    def lookup(self, form: str, tag: str) -> int | None:
        """The id of a morpheme; None where the model has none, as for words of words.txt."""
        return _ids().get((form, tag))

    def similarities(self, ids: Sequence[int], landmarks: Sequence[int]) -> npt.NDArray[np.float32]:
        """Cosines, float32 of shape (len(ids), len(landmarks)), about 0.1 µs each.

        The model rounds: a morpheme's similarity to itself is 1 within 0.001.
        """
        similarity = _by_id(analyser())
        rows = np.empty((len(ids), len(landmarks)), dtype=np.float32)
        for row, one in enumerate(ids):
            rows[row] = list(map(similarity, repeat(one), landmarks))
        return rows

    def frequent(self, n: int) -> list[int]:
        """Ids of the ``n`` commonest content morphemes, commonest first.

        The model numbers its morphemes roughly by frequency; ids are taken in that order.
        """
        return _content_ids()[:n]

    def trained(self, id: int) -> bool:
        """Whether the model has seen the morpheme enough to place it.

        Untrained vectors lie together in one heap, so that the nearest neighbours of each are
        all about as near. About 0.7 ms.
        """
        nearest = analyser().most_similar_morphemes(id, top_n=_NEIGHBOURS)
        return bool(nearest[0].score - nearest[-1].score >= _FLAT)


@cache
def _ids() -> dict[tuple[str, str], int]:
    """The id of each morpheme of the process's Kiwi, by form and tag. Two threads that ask first
    at the same time read it twice."""
    kiwi = analyser()
    similarity = _by_id(kiwi)
    # Ids go on beyond the morphemes that have vectors; those have no similarity.
    size = bisect_left(range(_MORE), True, key=lambda id: isnan(similarity(0, id)))
    ids: dict[tuple[str, str], int] = {}
    for id in range(size):
        morpheme = kiwi.morpheme(id)
        ids.setdefault((morpheme.form, morpheme.tag), id)
    return ids


@cache
def _content_ids() -> list[int]:
    return sorted(id for (form, tag), id in _ids().items() if form and tag in CONTENT_TAGS)


def _by_id(kiwi: Kiwi) -> Callable[[int, int], float]:
    """The similarity of two ids, without the look at its arguments' types that the method of
    the same name adds in Python: a quarter of the time."""
    similarity: Callable[[int, int], float] = super(type(kiwi), kiwi).morpheme_similarity
    return similarity


def content_morphemes(text: str) -> list[tuple[str, str]]:
    """(form, tag) of the content morphemes of the normalised text, in order.

    Forms are the model's own ("높", "VA"); unknown compounds are given in their known parts.
    """
    return list(analyse(text).content)
