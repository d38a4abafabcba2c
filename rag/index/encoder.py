"""Texts as unit vectors: the seam, and the default behind it.

The default needs no download and no training. Kiwi's language model holds a vector for each of
some 70,000 morphemes and tells the cosine of any two; from the cosines to 384 landmark morphemes
the vectors come back by classical multidimensional scaling with landmarks (de Silva and
Tenenbaum 2004; Torgerson 1952), exactly, since the landmarks span all of the model's 256
dimensions. Made alike by being rare, most of them lie in one heap; whitening with the mean and
covariance of the corpus spreads them, which raises Recall@1 on KorQuAD's paragraphs from 0.51 to
0.70. A text is the mean of its terms' vectors, weighted by idf and by 1 + ln(count).
"""

from __future__ import annotations

import hashlib
import json
import math
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag import korean
from rag.errors import EncoderMismatch, IndexBroken
from rag.settings import DEFAULT_ENCODER

Floats = NDArray[np.float32]

LANDMARKS = 384
"""Half as many again as the dimensions: fewer may not span them, more cost time."""
RANK = 256
"""Dimensions of Kiwi's model, and of a digest taken bit by bit."""
OWN_LENGTH = 0.5
"""Length of the vector of a term that the model does not know, a known one having 1."""
UNSEEN = 0.5
"""Weight, times its idf, of a question's term that the corpus never uses: as often a turn of
phrase as the asker's word for what the documents call otherwise."""

_SAMPLE = (20_000, 20)
"""Every 20th of the 20,000 commonest morphemes stands for Korean at large in the covariance."""
_PRIOR = 3.0
"""Weight of each of those, in weights of the corpus' median term: a corpus of ten passages does
not fill 256 dimensions by itself."""
_FLOOR = 1e-4  # added to each variance, as a share of their mean, against noise
_KEPT = 4096  # words whose neighbours are remembered
_BLOCK = 4096  # rows brought to float64 at once
_NOUN_TAGS = ("NNG", "NNP", "XR")
_STEM_TAGS = ("VV", "VA", "VV-R", "VA-R", "VV-I", "VA-I")
_STATE = "morphemes.npz"
_VECTORS = "morphemes.npy"
_TERMS = "morphemes.json"


class Encoder(Protocol):
    """Texts to vectors of length 1, so that the inner product of two is their cosine.

    Documents and queries are encoded by different methods because models treat them differently.
    ``terms`` are the index terms of each text, as from :func:`rag.korean.terms`, where the
    caller has them already; an encoder that works on terms then need not find them again.
    """

    @property
    def name(self) -> str:
        """What an index remembers it by: "kiwi-morphemes", or a model's id or folder."""

    @property
    def dimension(self) -> int:
        """Coordinates of a vector."""

    def encode_documents(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> Floats:
        """float32 of shape (len(texts), dimension), rows of length 1 in the order of texts."""

    def encode_queries(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> Floats:
        """As :meth:`encode_documents`, for questions. A row is all zeros, and no question to a
        store, where nothing in the text could match anything."""

    def alike(self, terms: Sequence[str], k: int) -> list[list[tuple[str, float]]]:
        """For each index term the up to ``k`` terms of the corpus that are most like it, with
        their cosines, most alike first, ties by term; itself left out. Empty lists from an encoder
        that has no vectors of single words."""

    def save(self, folder: Path) -> None:
        """Write what :func:`open_encoder` needs into ``folder``, made if it is missing."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """How cosines to landmarks become a vector: ``cosines @ projection - offset``."""

    landmarks: NDArray[np.int64]  # (LANDMARKS,)
    projection: Floats  # (LANDMARKS, RANK)
    offset: Floats  # (RANK,)


class MorphemeEncoder:
    """Means of whitened morpheme vectors, fitted to the corpus that is indexed.

    A term that the model does not know (a name, a compound, a number) has a direction of its
    own, drawn from its digest: nearly at right angles to all others, so that it is like itself
    alone. A passage without any term is treated as one such term; a question that has nothing
    but terms which the corpus has not and the model does not know gets zeros.
    """

    def __init__(
        self,
        basis: _Basis,
        frequencies: Mapping[str, int],
        passages: int,
        known: Sequence[str],
        vectors: Floats,
    ) -> None:
        """Takes what :meth:`fit` and :meth:`load` make, unchecked: ``vectors[i]`` belongs to the
        term ``known[i]``."""
        self._basis = basis
        self._frequencies = frequencies
        self._passages = passages
        self._known = list(known)
        self._rows = {term: row for row, term in enumerate(known)}
        self._vectors = vectors
        self._unit = np.ascontiguousarray(vectors, dtype=np.float32)
        self._space = korean.MorphemeSpace()
        self._alike: dict[tuple[str, int], list[tuple[str, float]]] = {}

    @classmethod
    def fit(cls, passages: Iterable[Sequence[str]]) -> MorphemeEncoder:
        """The encoder for a corpus given as the index terms of its passages."""
        frequencies: Counter[str] = Counter()
        n = 0
        for terms in passages:
            frequencies.update(set(terms))
            n += 1
        space = korean.MorphemeSpace()
        ids = {term: at for term in sorted(frequencies) if (at := _lookup(space, term)) is not None}
        weights = np.array([frequencies[term] * _idf(frequencies[term], n) for term in ids])
        landmarks = np.array(space.frequent(LANDMARKS))
        cosines = space.similarities(list(ids.values()), landmarks.tolist())
        basis = _whitened(space, landmarks, cosines, weights)
        return cls(basis, frequencies, n, list(ids), _placed(basis, cosines))

    @property
    def name(self) -> str:
        return DEFAULT_ENCODER

    @property
    def dimension(self) -> int:
        return RANK

    def encode_documents(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> Floats:
        return self._encode(list(korean.terms_many(texts)) if terms is None else terms)

    def encode_queries(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> Floats:
        """As for documents, but that terms which neither the corpus nor the model knows are left
        out, since nothing could match them; a text without any other has a row of zeros."""
        found = list(korean.terms_many(texts)) if terms is None else terms
        known = [[term for term in one if self._matters(term)] for one in found]
        rows = self._encode(known)
        rows[[not one for one in known]] = 0.0
        return rows

    def term_vectors(self, terms: Sequence[str]) -> Floats:
        """The unit vector of each term, float32 of shape (len(terms), dimension)."""
        placed = self._place(terms)
        lengths = np.linalg.norm(placed, axis=1, keepdims=True)
        return np.asarray(placed / lengths, dtype=np.float32)

    def alike(self, terms: Sequence[str], k: int) -> list[list[tuple[str, float]]]:
        if not terms or not self._rows:
            return [[] for _ in terms]
        kept = self._alike
        fresh = [term for term in terms if (term, k) not in kept]
        found = dict(zip(fresh, self._nearest(fresh, k), strict=True))
        if len(kept) > _KEPT:
            self._alike = {}
        # A word that is not the corpus' own has a vector that hangs, in its last bits, on the words
        # beside it: that is found anew.
        kept.update(((term, k), near) for term, near in found.items() if term in self._rows)
        return [found[term] if term in found else kept[term, k] for term in terms]

    def _nearest(self, terms: Sequence[str], k: int) -> Iterator[list[tuple[str, float]]]:
        # Not as a product of matrices: for one as small the threads of BLAS cost more than they give.
        cosines = np.einsum("ij,kj->ik", self.term_vectors(terms), self._unit) if terms else ()
        for term, row in zip(terms, cosines, strict=True):
            most = min(len(row), k + 1)
            best = np.argpartition(-row, most - 1)[:most]
            near = [(self._known[at], float(row[at])) for at in best.tolist()]
            near = [one for one in near if one[0] != term]
            yield sorted(near, key=lambda one: (-one[1], one[0]))[:k]

    def save(self, folder: Path) -> None:
        """Write ``morphemes.npz``, ``.npy`` and ``.json`` into ``folder``, made if missing."""
        folder.mkdir(parents=True, exist_ok=True)
        terms = sorted(self._frequencies)
        np.savez(
            folder / _STATE,
            landmarks=self._basis.landmarks,
            projection=self._basis.projection,
            offset=self._basis.offset,
            frequencies=np.array([self._frequencies[term] for term in terms], dtype=np.int64),
            known=np.array([term in self._rows for term in terms], dtype=np.bool_),
        )
        np.save(folder / _VECTORS, self._vectors)
        state = {
            "kiwi": _kiwi_version(),
            "passages": self._passages,
            "terms": terms,
        }
        (folder / _TERMS).write_text(
            json.dumps(state, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> MorphemeEncoder:
        """Read what :meth:`save` wrote; the vectors are mapped, not read.

        Raises IndexBroken when a file is missing or damaged, EncoderMismatch when another
        version of Kiwi wrote them: its morphemes have other numbers and other vectors.
        """
        try:
            state = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
            with np.load(folder / _STATE, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            vectors = np.load(folder / _VECTORS, mmap_mode="r", allow_pickle=False)
            kiwi, passages = state["kiwi"], int(state["passages"])
            terms = state["terms"]
            basis = _Basis(arrays["landmarks"], arrays["projection"], arrays["offset"])
            frequencies, known = arrays["frequencies"], arrays["known"]
        except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise _broken(folder) from error
        if kiwi != _kiwi_version():
            raise EncoderMismatch(
                f"색인은 Kiwi {kiwi}(으)로 만들었는데 지금은 {_kiwi_version()}입니다. "
                "`geungeo build`로 색인을 다시 만드십시오."
            )
        if not (
            _is(basis.landmarks, (LANDMARKS,), np.int64)
            and _is(basis.projection, (LANDMARKS, RANK), np.float32)
            and _is(basis.offset, (RANK,), np.float32)
            and _is(frequencies, (len(terms),), np.int64)
            and _is(known, (len(terms),), np.bool_)
            and _is(vectors, (int(known.sum()), RANK), np.float32)
        ):
            raise _broken(folder)
        counts = dict(zip(terms, frequencies.tolist(), strict=True))
        placed = [term for term, flag in zip(terms, known.tolist(), strict=True) if flag]
        return cls(basis, counts, passages, placed, vectors)

    def _weight(self, term: str) -> float:
        frequency = self._frequencies.get(term, 0)
        return _idf(frequency, self._passages) * (1.0 if frequency else UNSEEN)

    def _matters(self, term: str) -> bool:
        return term in self._frequencies or _lookup(self._space, term) is not None

    def _encode(self, passages: Sequence[Sequence[str]]) -> Floats:
        vocabulary = sorted({term for terms in passages for term in terms})
        at = {term: i for i, term in enumerate(vocabulary)}
        weighted = (
            self._place(vocabulary) * np.array([self._weight(t) for t in vocabulary])[:, None]
        )
        rows = np.empty((len(passages), RANK), dtype=np.float32)
        for i, terms in enumerate(passages):
            counts = Counter(terms)
            shares = 1.0 + np.log(np.fromiter(counts.values(), dtype=np.float64))
            total = shares @ weighted[[at[term] for term in counts]]
            length = float(np.linalg.norm(total))
            rows[i] = total / length if length > 0 else _own_direction("")
        return rows

    def _place(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The vector of each term: of length 1, or OWN_LENGTH where the model has none."""
        placed = np.empty((len(terms), RANK))
        ids: dict[int, int] = {}
        for i, term in enumerate(terms):
            row = self._rows.get(term)
            if row is not None:
                placed[i] = self._vectors[row]
            elif term in self._frequencies or (id := _lookup(self._space, term)) is None:
                placed[i] = OWN_LENGTH * _own_direction(term)
            else:
                ids[i] = id
        if ids:
            cosines = self._space.similarities(list(ids.values()), self._basis.landmarks.tolist())
            placed[list(ids)] = _placed(self._basis, cosines)
        return placed


def fit_encoder(name: str, passages: Iterable[Sequence[str]]) -> Encoder:
    """The encoder of that name for a corpus given as the index terms of its passages.

    Raises EncoderMissing when the model or the package that loads it is not there.
    """
    if name == DEFAULT_ENCODER:
        return MorphemeEncoder.fit(passages)
    return _transformer(name)


def open_encoder(name: str, folder: Path | None = None) -> Encoder:
    """The encoder of that name as fitted and saved in ``folder``; models other than the default
    are not fitted and need none.

    Raises IndexBroken for damaged files, EncoderMismatch for those of another version of Kiwi,
    EncoderMissing when the model or the package that loads it is not there.
    """
    if name != DEFAULT_ENCODER:
        return _transformer(name)
    if folder is None:
        raise ValueError(f"{DEFAULT_ENCODER} is fitted to a corpus: a folder is needed")
    return MorphemeEncoder.load(folder)


def _transformer(name: str) -> Encoder:
    # Importing the package behind it takes seconds and a gigabyte.
    from rag.index.transformer import TransformerEncoder

    return TransformerEncoder(name)


def _idf(frequency: int, passages: int) -> float:
    return math.log1p((passages - frequency + 0.5) / (frequency + 0.5))


def _lookup(space: korean.MorphemeSpace, term: str) -> int | None:
    """The model's id for an index term; None where it has none."""
    for tag in _NOUN_TAGS:
        if (id := space.lookup(term, tag)) is not None:
            return id
    if term.endswith("다"):
        for tag in _STEM_TAGS:
            if (id := space.lookup(term[:-1], tag)) is not None:
                return id
    return None


def _whitened(
    space: korean.MorphemeSpace,
    landmarks: NDArray[np.int64],
    cosines: Floats,
    weights: NDArray[np.float64],
) -> _Basis:
    """The basis in which the weighted terms of the corpus have mean 0 and unit covariance."""
    back = unfolding(space.similarities(landmarks.tolist(), landmarks.tolist()))
    common = space.frequent(_SAMPLE[0])[:: _SAMPLE[1]]
    sample = space.similarities(common, landmarks.tolist())
    prior = _PRIOR * float(np.median(weights)) if len(weights) else 1.0
    mass, first, second = 0.0, np.zeros(RANK), np.zeros((RANK, RANK))
    for rows, shares in ((cosines, weights), (sample, np.full(len(common), prior))):
        for start in range(0, len(rows), _BLOCK):
            vectors = rows[start : start + _BLOCK].astype(np.float64) @ back
            weighted = vectors * shares[start : start + _BLOCK, None]
            mass += float(shares[start : start + _BLOCK].sum())
            first += weighted.sum(axis=0)
            second += weighted.T @ vectors
    mean = first / mass
    covariance = second / mass - np.outer(mean, mean)
    covariance[np.diag_indices(RANK)] += _FLOOR * np.trace(covariance) / RANK
    whiten = np.linalg.inv(np.linalg.cholesky(covariance)).T
    return _Basis(
        landmarks.astype(np.int64),
        (back @ whiten).astype(np.float32),
        (mean @ whiten).astype(np.float32),
    )


def unfolding(among: Floats) -> NDArray[np.float64]:
    """What turns cosines to landmarks into vectors, by a product from the right.

    ``among`` holds the cosines among the landmarks themselves, shape (m, m). Comes back as their
    inverse square root on the span of the landmarks, shape (m, RANK), so that the vectors of
    any two morphemes have their cosine as inner product.
    """
    symmetric = (among.astype(np.float64) + among.T) / 2
    values, axes = np.linalg.eigh(symmetric)
    return np.asarray(axes[:, -RANK:] / np.sqrt(values[-RANK:]))


def _placed(basis: _Basis, cosines: Floats) -> Floats:
    """The unit vectors of morphemes, from their cosines to the landmarks."""
    vectors = cosines @ basis.projection - basis.offset
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    placed: Floats = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return placed


@lru_cache(maxsize=4096)
def _own_direction(term: str) -> Floats:
    """A unit vector of +1/16 and -1/16 by the bits of the term's digest."""
    digest = hashlib.shake_256(term.encode("utf-8", "surrogatepass")).digest(RANK // 8)
    bits = np.unpackbits(np.frombuffer(digest, dtype=np.uint8))
    return (bits.astype(np.float32) * 2 - 1) / np.float32(math.sqrt(RANK))


def _is(array: NDArray[Any], shape: tuple[int, ...], dtype: type) -> bool:
    return array.shape == shape and array.dtype == dtype


def _kiwi_version() -> str:
    return f"{version('kiwipiepy')}/{version('kiwipiepy_model')}"


def _broken(folder: Path) -> IndexBroken:
    return IndexBroken(
        f"의미 벡터의 기록을 읽을 수 없습니다({folder}). `geungeo build`로 색인을 다시 만드십시오."
    )
