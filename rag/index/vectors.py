"""Vectors and their nearest neighbours.

A store sees unit vectors and row numbers, nothing else: what a row stands for is the caller's
knowledge, and so is where its vectors came from. The one metric is the inner product, which for
unit vectors is the cosine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, Self

import faiss
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rag.errors import IndexBroken

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_UNIT_TOLERANCE = 1e-3
"""How far from 1 a norm may be: float32 rounding and half-precision models stay well inside."""
_BLOCK = 1 << 22
"""Floats handled at once when the scores of candidates are worked out: 32 MiB in float64."""
_ALONE = 20
"""Fewer queries than these are searched by the calling thread alone: memory is the limit, and
waiting for a second thread on a busy machine costs ten times what it saves."""


class VectorStore(Protocol):
    """Rows of unit vectors that can be searched by inner product.

    Every implementation passes the same tests (``tests/test_vectors.py``).
    """

    @classmethod
    def write(cls, batches: Iterable[Floats]) -> Self:
        """A store of the rows of all batches, in their order.

        Each batch is float32 of shape (m, dimension), where m may be 0; there is at least one.
        Raises ValueError for no batch, a wrong shape, NaN or infinity, and for rows that are not
        of length 1.
        """

    @property
    def dimension(self) -> int:
        """Coordinates of a vector."""

    def __len__(self) -> int:
        """How many rows are stored."""

    def search(self, queries: Floats, k: int) -> tuple[Floats, Rows]:
        """The nearest rows of each query, best first, equal scores by ascending row.

        ``queries`` is float32 of shape (q, dimension). Returns scores (float32) and rows (int64),
        both of shape (q, k'), where k' is k or, where there are fewer, the number of rows:
        results are never padded. Raises ValueError for queries that :meth:`write` would refuse
        and for k < 1.
        """


class FaissStore:
    """Exact search in memory with ``faiss.IndexFlatIP``.

    FAISS finds the candidates. Their scores are then worked out again, each pair for itself in
    float64 and rounded to float32, because those of FAISS depend in their last bits on how many
    queries come at once, and its order of equal scores on the history of a heap. Equal vectors
    have equal scores here, and the same query has the same answer alone and in a batch.
    """

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        """Takes an index as :meth:`write` and :meth:`load` make them, unchecked."""
        self._index = index

    @classmethod
    def write(cls, batches: Iterable[Floats]) -> Self:
        index = None
        for batch in batches:
            if index is None:
                index = faiss.IndexFlatIP(_dimension(batch))
            index.add(_checked(batch, index.d))
        if index is None:
            raise ValueError("no batch of vectors to store")
        return cls(index)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vector(self, row: int) -> Floats:
        """A copy of one row, float32 of shape (dimension,). Raises IndexError where there is no
        such row."""
        if not 0 <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        return np.array(self._matrix()[row])

    def search(self, queries: Floats, k: int) -> tuple[Floats, Rows]:
        if k < 1:
            raise ValueError(f"k is {k}; at least 1 is needed")
        asked = _checked(queries, self.dimension)
        available = len(self)
        depth = min(k, available)
        scores = np.zeros((len(asked), depth), dtype=np.float32)
        found = np.zeros((len(asked), depth), dtype=np.int64)
        if not depth:
            return scores, found
        # A batch that is told apart by score alone is done; queries whose k-th score is shared
        # by rows that FAISS may have left out are asked again, deeper.
        open_queries = np.arange(len(asked))
        reach = min(depth + 8, available)
        while len(open_queries):
            with _threads(1 if len(open_queries) < _ALONE else None):
                near, candidates = self._index.search(asked[open_queries], reach)
            best, order = self._ordered(asked[open_queries], candidates)
            closed = (
                np.ones(len(open_queries), dtype=bool)
                if reach == available
                else near[:, -1] < best[:, depth - 1] - self._rounding()
            )
            at = open_queries[closed]
            scores[at] = best[closed, :depth]
            found[at] = order[closed, :depth]
            open_queries = open_queries[~closed]
            reach = min(4 * reach, available)
        return scores, found

    def save(self, path: Path) -> None:
        """Write the index to a file that FAISS itself can read."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote. Raises IndexBroken when the file is missing, cut or
        damaged, or holds something else."""
        try:
            index = faiss.read_index(str(path))
        except (RuntimeError, MemoryError, OSError) as error:
            raise _broken(path) from error
        if not isinstance(index, faiss.IndexFlatIP) or index.d < 1:
            raise _broken(path)
        store = cls(index)
        try:
            _checked(store._matrix(), store.dimension)
        except ValueError as error:
            raise _broken(path) from error
        return store

    def _matrix(self) -> Floats:
        """All rows, a view of shape (n, dimension) that lives as long as the store."""
        flat: Floats = faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self.dimension)
        return flat.reshape(len(self), self.dimension)

    def _ordered(self, queries: Floats, candidates: Rows) -> tuple[Floats, Rows]:
        """Scores of the candidates and the candidates, both (q, m), best first, ties by row."""
        matrix = self._matrix()
        scores = np.empty(candidates.shape, dtype=np.float32)
        step = max(1, _BLOCK // (candidates.shape[1] * self.dimension))
        for start in range(0, len(queries), step):
            part = slice(start, start + step)
            products = matrix[candidates[part]] * queries[part, None, :].astype(np.float64)
            scores[part] = products.sum(axis=2)
        order = np.lexsort((candidates, -scores), axis=1)
        return (
            np.take_along_axis(scores, order, axis=1),
            np.take_along_axis(candidates, order, axis=1),
        )

    def _rounding(self) -> float:
        """By how much a float32 inner product of two unit vectors can be wrong."""
        return self.dimension * float(np.finfo(np.float32).eps)


@contextmanager
def _threads(wanted: int | None) -> Iterator[None]:
    """Set how many threads OpenMP takes for work of the calling thread, for a while."""
    if wanted is None:
        yield
        return
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(wanted)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _dimension(batch: ArrayLike) -> int:
    shape = np.shape(batch)
    if len(shape) != 2 or shape[1] < 1:
        raise ValueError(f"vectors of shape (m, dimension) expected, not {shape}")
    return int(shape[1])


def _checked(vectors: ArrayLike, dimension: int) -> Floats:
    """The vectors as contiguous float32; ValueError unless they are finite unit rows."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or rows.shape[1] != dimension:
        raise ValueError(f"vectors of shape (m, {dimension}) expected, not {rows.shape}")
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    # Written so that NaN, for which every comparison is false, counts as wrong.
    wrong = np.flatnonzero(~(np.abs(lengths - 1.0) <= _UNIT_TOLERANCE))
    if len(wrong):
        at = int(wrong[0])
        raise ValueError(f"vector {at} is not of length 1: {lengths[at]}")
    return rows


def _broken(path: Path) -> IndexBroken:
    return IndexBroken(
        f"벡터 색인을 읽을 수 없습니다({path}). `geungeo build`로 색인을 다시 만드십시오."
    )
