"""BM25 over passages and over the windows around them.

A passage is small, so that it can be cited exactly; what it is about is often said a few passages
earlier. Each passage is therefore scored several times: by its own terms, and by the terms of the
passages up to ``radius`` before and after it in the same document, taken as one text.

The score of a term in a window is that of Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond" (2009), eq. 3.15, with the idf that Lucene uses, which is never
negative::

    idf(t)      = ln(1 + (N - df + 0.5) / (df + 0.5))
    bm25(t, w)  = idf(t) * tf / (tf + k1 * (1 - b + b * length / average length))

``N`` counts passages and ``df`` the passages that hold the term; ``tf`` and ``length`` are sums
over the window, and the average is over the windows of that radius. The constant factor k1 + 1
that some add is left out: a term adds at most its weight times its idf.
"""

from __future__ import annotations

import json
import math
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import IndexBroken

K1 = 1.2
"""How soon repeating a term stops counting; the usual value, and flat between 0.9 and 1.6."""
B = 0.75
"""How much a long window is marked down: 0 not at all, 1 in proportion."""
SCALES = ((0, 1.0), (3, 0.5), (8, 0.25))
"""Radius in passages and weight of each scale."""

_ARRAYS = "lexical.npz"
_TERMS = "lexical.json"
_DTYPES = {"offsets": np.int64, "rows": np.int32, "counts": np.int32, "groups": np.int64}
_DENSE_SHARE, _FEW = 0.1, 4096
"""A window sum over all rows is cheaper than one over the touched rows above this share of them,
and where there are no more rows than these."""
_KEPT = 64
"""Terms whose counts up to each row are kept: every scale of one question sums them anew."""

Floats = NDArray[np.float32]
_Doubles = NDArray[np.float64]
_Rows = NDArray[np.int32]
_Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Windows:
    """For each passage the half-open range of rows in its window; the window's length in terms,
    and the average of those lengths."""

    starts: _Longs
    ends: _Longs
    lengths: _Doubles
    average: float


class LexicalIndex:
    """Postings of a collection of passages.

    Rows are the positions of the passages as given to :meth:`build`. Scores are float32 of shape
    (n,), one for each row, and do not depend on the order of the terms asked for: rows that hold
    the same terms equally often, in windows of the same length, have exactly equal scores.
    Scoring is done in float64 and is exact; nothing is pruned.
    """

    def __init__(
        self, terms: Sequence[str], offsets: _Longs, rows: _Rows, counts: _Rows, groups: _Longs
    ) -> None:
        """Takes the arrays as :meth:`build` and :meth:`load` make them, unchecked: the postings
        of ``terms[i]`` are ``rows[offsets[i]:offsets[i + 1]]``, ascending, and their counts."""
        self._ids = {term: i for i, term in enumerate(terms)}
        self._offsets = offsets
        self._rows = rows
        self._counts = counts
        self._groups = groups
        self._lengths = np.bincount(rows, weights=counts, minlength=len(groups))
        self._windows: dict[int, _Windows] = {}
        self._cumulated: dict[str, _Rows] = {}
        self._idfs: dict[str, float] = {}

    @classmethod
    def build(cls, passages: Iterable[Sequence[str]], groups: Sequence[int]) -> LexicalIndex:
        """Index the terms of each passage.

        ``groups`` holds the number of each passage's document; the passages of one document are
        consecutive and in its order. Raises ValueError when they are not, or when there are not
        as many groups as passages.
        """
        ids: defaultdict[str, int] = defaultdict()
        ids.default_factory = ids.__len__
        tokens = array("q")
        sizes = array("q")
        for passage in passages:
            tokens.extend(map(ids.__getitem__, passage))
            sizes.append(len(passage))
        n = len(sizes)
        if n != len(groups):
            raise ValueError(f"{n} passages but {len(groups)} groups")
        numbers = np.asarray(groups, dtype=np.int64).reshape(n)
        _check_groups(numbers)
        terms = sorted(ids)
        rank = np.empty(len(terms), dtype=np.int64)
        rank[[ids[term] for term in terms]] = np.arange(len(terms))
        rows = np.repeat(np.arange(n), np.asarray(sizes, dtype=np.int64))
        keys = rank[np.asarray(tokens, dtype=np.int64)] * max(n, 1) + rows
        postings, counts = np.unique(keys, return_counts=True)
        owners, rows = np.divmod(postings, max(n, 1))
        offsets = np.searchsorted(owners, np.arange(len(terms) + 1)).astype(np.int64)
        return cls(terms, offsets, rows.astype(np.int32), counts.astype(np.int32), numbers)

    def __len__(self) -> int:
        """How many passages are indexed."""
        return len(self._groups)

    @property
    def vocabulary(self) -> Collection[str]:
        """The distinct terms, in code point order."""
        return self._ids.keys()

    def document_frequency(self, term: str) -> int:
        """How many passages hold the term; 0 for an unknown one."""
        at = self._ids.get(term)
        return 0 if at is None else int(self._offsets[at + 1] - self._offsets[at])

    def idf(self, term: str) -> float:
        """ln(1 + (N - df + 0.5) / (df + 0.5)): above 0, and greatest for an unknown term."""
        known = self._idfs.get(term)
        if known is None:
            df = self.document_frequency(term)
            known = math.log1p((len(self) - df + 0.5) / (df + 0.5))
            if df:  # of the others there are too many to be remembered
                self._idfs[term] = known
        return known

    def mass(self, weights: Iterable[tuple[str, float]]) -> float:
        """The sum of the weights of terms, each times its idf."""
        return sum(weight * self.idf(term) for term, weight in weights)

    def term_rows(self, term: str) -> tuple[_Rows, Floats]:
        """The rows that hold a term, ascending (int32), and how often each does (float32);
        both are empty for an unknown term."""
        rows, counts = self._postings(term)
        return rows, counts.astype(np.float32)

    def score(
        self,
        weights: Mapping[str, float],
        scales: Sequence[tuple[int, float]] = SCALES,
        k1: float = K1,
        b: float = B,
    ) -> Floats:
        """BM25 of every passage, summed over ``scales``: pairs of a radius and its weight.

        ``weights`` multiplies each term's contribution; unknown terms add nothing. Returns
        float32 of shape (n,). Raises ValueError for a negative radius.
        """
        total = np.zeros(len(self))
        for radius, share in scales:
            total += share * self._scale(_apart(weights), radius, k1, b)
        return total.astype(np.float32)

    def score_groups(self, groups: Iterable[Mapping[str, float]], radius: int) -> Floats:
        """BM25 of the windows of one radius in which the terms of a group are names of one thing:
        of these only the one that says most in a window counts.

        Groups that share no term with each other are scored as :meth:`score` does where each
        holds one term. Returns float32 of shape (n,). Raises ValueError for a negative radius.
        """
        return self._scale(groups, radius, K1, B).astype(np.float32)

    def coverage(self, weights: Mapping[str, float], radius: int) -> Floats:
        """How much of the question each window holds: the share, in [0, 1], of the sum of
        weight times idf that falls on terms which occur in the window.

        Unknown terms count in the whole, with the greatest idf: a question about something that
        no passage names is covered nowhere. All zeros where the sum is not above zero. Returns
        float32 of shape (n,). Raises ValueError for a negative radius.
        """
        covered = np.zeros(len(self))
        whole = 0.0
        for term in sorted(weights):
            mass = weights[term] * self.idf(term)
            whole += mass
            touched, tf = self._window_counts(term, radius)
            covered[touched] += mass * (tf > 0)
        if whole <= 0:
            return np.zeros(len(self), dtype=np.float32)
        return np.clip(covered / whole, 0.0, 1.0).astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write ``lexical.npz`` and ``lexical.json`` (the terms, one a line) into ``folder``, made
        if missing."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(
            folder / _ARRAYS,
            offsets=self._offsets,
            rows=self._rows,
            counts=self._counts,
            groups=self._groups,
        )
        lines = ",\n".join(json.dumps(term, ensure_ascii=False) for term in self._ids)
        (folder / _TERMS).write_text(f"[\n{lines}\n]\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what :meth:`save` wrote. Raises IndexBroken when a file is missing or damaged, or
        when the two do not belong together."""
        try:
            with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in _DTYPES}
            terms = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise _broken(folder, "읽을 수 없는 파일이 있습니다") from error
        _check_arrays(folder, terms, arrays)
        return cls(terms, arrays["offsets"], arrays["rows"], arrays["counts"], arrays["groups"])

    def _postings(self, term: str) -> tuple[_Rows, _Rows]:
        at = self._ids.get(term)
        if at is None:
            return self._rows[:0], self._counts[:0]
        begin, end = self._offsets[at], self._offsets[at + 1]
        return self._rows[begin:end], self._counts[begin:end]

    def _scale(
        self, groups: Iterable[Mapping[str, float]], radius: int, k1: float, b: float
    ) -> _Doubles:
        """BM25 of the windows of one radius, float64 of shape (n,): of each group its best term."""
        windows = self._windows_of(radius)
        scores = np.zeros(len(self))
        slope = k1 * b / windows.average if windows.average else 0.0
        # Above 0, so that a window without the term scores 0 and not 0 / 0.
        norm = np.maximum(k1 * (1.0 - b) + slope * windows.lengths, np.finfo(np.float64).tiny)
        known = ([x for x in group.items() if x[0] in self._ids] for group in groups)
        # In code point order: sums of floats depend on their order, and ties must not.
        for group in sorted(map(sorted, known)):
            most = scores if len(group) == 1 else np.zeros(len(self))
            for term, share in group:
                weight = share * self.idf(term)
                touched, tf = self._window_counts(term, radius)
                said = weight * (tf / (tf + norm[touched]))
                if most is scores:
                    scores[touched] += said
                else:
                    most[touched] = np.maximum(most[touched], said)
            if most is not scores:
                scores += most
        return scores

    def _window_counts(self, term: str, radius: int) -> tuple[_Longs | _Rows | slice, _Doubles]:
        """Rows among which are all whose window holds the term, and how often each does: the rows
        themselves, ascending, or a slice of all where they are many."""
        rows, counts = self._postings(term)
        windows = self._windows_of(radius)
        if radius == 0 or not len(rows):
            return rows, counts.astype(np.float64)
        if len(self) <= _FEW or len(rows) * (2 * radius + 1) > _DENSE_SHARE * len(self):
            sums = self._cumulated.get(term)
            if sums is None:
                sums = np.zeros(len(self) + 1, dtype=np.int32)
                sums[rows + 1] = counts
                np.cumsum(sums, dtype=np.int32, out=sums)
                if len(self._cumulated) >= _KEPT:
                    self._cumulated = {}
                self._cumulated[term] = sums
            tf = sums[windows.ends] - sums[windows.starts]
            return slice(None), tf.astype(np.float64)
        # Windows are symmetric: a row's window holds the term where the row lies in the window
        # of one of the term's rows. Their union, each row once:
        starts, ends = windows.starts[rows], windows.ends[rows]
        starts[1:] = np.maximum(starts[1:], ends[:-1])
        sizes = ends - starts
        touched = np.repeat(ends - np.cumsum(sizes), sizes) + np.arange(sizes.sum())
        sums = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        first = np.searchsorted(rows, windows.starts[touched])
        last = np.searchsorted(rows, windows.ends[touched])
        return touched, (sums[last] - sums[first]).astype(np.float64)

    def _windows_of(self, radius: int) -> _Windows:
        if radius < 0:
            raise ValueError(f"radius {radius} is negative")
        known = self._windows.get(radius)
        if known is not None:
            return known
        n = len(self)
        at = np.arange(n)
        edges = np.flatnonzero(np.diff(self._groups)) + 1
        begins = np.concatenate(([0], edges))
        closes = np.concatenate((edges, [n]))
        group = np.searchsorted(edges, at, side="right")
        starts = np.maximum(at - radius, begins[group])
        ends = np.minimum(at + radius + 1, closes[group])
        sums = np.concatenate(([0.0], np.cumsum(self._lengths)))
        lengths = sums[ends] - sums[starts]
        average = float(lengths.mean()) if n else 0.0
        windows = _Windows(starts, ends, lengths, average)
        self._windows[radius] = windows
        return windows


def _apart(weights: Mapping[str, float]) -> list[dict[str, float]]:
    """Each term as a group of its own."""
    return [{term: weight} for term, weight in weights.items()]


def _check_groups(groups: _Longs) -> None:
    runs = 1 + np.count_nonzero(np.diff(groups)) if len(groups) else 0
    if runs != len(np.unique(groups)):
        raise ValueError("the passages of a group are not consecutive")


def _broken(folder: Path, what: str) -> IndexBroken:
    return IndexBroken(
        f"낱말 색인이 손상되었습니다({folder}: {what}). `geungeo build`로 색인을 다시 만드십시오."
    )


def _check_arrays(folder: Path, terms: object, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Raise IndexBroken unless the arrays are such as :meth:`LexicalIndex.build` makes them."""
    if (
        not isinstance(terms, list)
        or not all(isinstance(term, str) for term in terms)
        or any(a >= b for a, b in pairwise(terms))
    ):
        raise _broken(folder, f"{_TERMS}의 낱말 목록이 잘못되었습니다")
    for name, dtype in _DTYPES.items():
        if arrays[name].dtype != dtype or arrays[name].ndim != 1:
            raise _broken(folder, f"배열 {name}의 형식이 다릅니다")
    offsets, rows, counts = arrays["offsets"], arrays["rows"], arrays["counts"]
    n = len(arrays["groups"])
    if len(offsets) != len(terms) + 1 or len(rows) != len(counts):
        raise _broken(folder, "낱말과 배열의 개수가 맞지 않습니다")
    steps = offsets[1:] - offsets[:-1]
    if offsets[0] != 0 or offsets[-1] != len(rows) or bool((steps < 1).any()):
        raise _broken(folder, "낱말의 위치표가 잘못되었습니다")
    owners = np.repeat(np.arange(len(terms)), steps)
    keys = owners * max(n, 1) + rows.astype(np.int64)
    if len(rows) and (
        int(rows.min()) < 0
        or int(rows.max()) >= n
        or int(counts.min()) < 1
        or bool((np.diff(keys) <= 0).any())
    ):
        raise _broken(folder, "낱말의 출현 기록이 잘못되었습니다")
    try:
        _check_groups(arrays["groups"].astype(np.int64))
    except ValueError as error:
        raise _broken(folder, "문서 번호가 이어지지 않습니다") from error
