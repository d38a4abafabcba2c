"""The contract of a vector store, checked against exact search in numpy.

Another implementation joins by adding its ``write`` to ``STORES``.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.errors import IndexBroken
from rag.index.vectors import FaissStore, VectorStore

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

Write = Callable[[Iterable[Floats]], VectorStore]

STORES: dict[str, Write] = {"faiss": FaissStore.write}


@pytest.fixture(params=list(STORES), scope="session")
def write(request: pytest.FixtureRequest) -> Write:
    return STORES[request.param]


def unit(vectors: NDArray[np.floating]) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / lengths).astype(np.float32)


def exact(stored: Floats, queries: Floats, k: int) -> tuple[Floats, Rows]:
    """Scores to float32 of the products in float64; then best first, ties by row."""
    candidates = range(len(stored))
    scores, found = [], []
    for query in queries.astype(np.float64):
        ranked = sorted((-np.float32((stored[row] * query).sum()), row) for row in candidates)[:k]
        scores.append([-score for score, _ in ranked])
        found.append([row for _, row in ranked])
    shape = (len(queries), min(k, len(candidates)))
    return np.array(scores, np.float32).reshape(shape), np.array(found, np.int64).reshape(shape)


@st.composite
def searches(draw: st.DrawFn) -> tuple[Floats, Floats, int]:
    # Coordinates from a handful of numbers make equal vectors and equal scores common.
    dimension = draw(st.integers(1, 9))
    coordinate = st.integers(-2, 2).map(float)
    vector = st.lists(coordinate, min_size=dimension, max_size=dimension).filter(any)
    stored = draw(st.lists(vector, max_size=40))
    queries = draw(st.lists(vector, min_size=1, max_size=25))
    k = draw(st.integers(1, 50))
    matrix = unit(np.array(stored).reshape(len(stored), dimension))
    return matrix, unit(np.array(queries)), k


@given(searches())
@settings(max_examples=150, deadline=None)
def test_search_is_exact_with_ties_by_row(
    write: Write,
    search: tuple[Floats, Floats, int],
) -> None:
    stored, queries, k = search
    store = write([stored])
    scores, found = store.search(queries, k)
    expected_scores, expected_rows = exact(stored, queries, k)
    assert scores.dtype == np.float32
    assert found.dtype == np.int64
    assert found.tolist() == expected_rows.tolist()
    assert scores.tolist() == expected_scores.tolist()


def test_search_is_exact_on_many_close_vectors(
    write: Write,
) -> None:
    random = np.random.default_rng(3)
    centres = random.normal(size=(40, 64))
    stored = unit(np.repeat(centres, 50, axis=0) + 1e-3 * random.normal(size=(2000, 64)))
    stored[500:900] = stored[3]
    queries = unit(stored[::97] + 1e-3 * random.normal(size=stored[::97].shape))
    store = write([stored])
    scores, found = store.search(queries, 120)
    expected_scores, expected_rows = exact(stored, queries, 120)
    assert (found == expected_rows).all()
    assert (scores == expected_scores).all()
    for i in (0, 7):  # alone as in the batch
        alone = store.search(queries[i : i + 1], 120)
        assert (alone[0][0] == scores[i]).all()
        assert (alone[1][0] == found[i]).all()


def test_batches_are_rows_in_order(write: Write) -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(7, 5)))
    store = write(iter([vectors[:3], vectors[3:3], vectors[3:]]))
    assert len(store) == 7
    scores, found = store.search(vectors, 1)
    assert found[:, 0].tolist() == list(range(7))
    assert scores[:, 0] == pytest.approx(np.ones(7), abs=1e-6)


def test_an_empty_store_finds_nothing(write: Write) -> None:
    store = write([np.zeros((0, 3), np.float32)])
    assert len(store) == 0
    assert store.dimension == 3
    scores, found = store.search(np.eye(3, dtype=np.float32), 5)
    assert scores.shape == found.shape == (3, 0)


def test_no_queries_find_nothing(write: Write) -> None:
    store = write([np.eye(3, dtype=np.float32)])
    assert store.search(np.zeros((0, 3), np.float32), 2)[1].shape == (0, 2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.eye(4, dtype=np.float32), r"\(m, 3\)"),
        (np.array([1.0, 0.0, 0.0], np.float32), r"\(m, 3\)"),
        (np.array([[1.0, 0.0, 0.0], [np.nan, 0.0, 1.0]], np.float32), "vector 1"),
        (np.array([[np.inf, 0.0, 0.0]], np.float32), "vector 0"),
        (np.array([[0.0, 0.0, 0.0]], np.float32), "length 1"),
        (np.array([[1.0, 1.0, 0.0]], np.float32), "1.41"),
    ],
)
def test_what_is_not_a_unit_row_is_refused(write: Write, wrong: Floats, message: str) -> None:
    store = write([np.eye(3, dtype=np.float32)])
    with pytest.raises(ValueError, match=message):
        write([np.eye(3, dtype=np.float32), wrong])
    with pytest.raises(ValueError, match=message):
        store.search(wrong, 1)


def test_k_has_to_be_positive(write: Write) -> None:
    with pytest.raises(ValueError, match="k is 0"):
        write([np.eye(3, dtype=np.float32)]).search(np.eye(3, dtype=np.float32), 0)


def test_a_row_is_given_back_as_written() -> None:
    vectors = unit(np.random.default_rng(2).normal(size=(5, 8)))
    store = FaissStore.write([vectors])
    row = store.vector(4)
    assert (row == vectors[4]).all()
    row[:] = 0  # a copy
    assert (store.vector(4) == vectors[4]).all()
    for wrong in (-1, 5):
        with pytest.raises(IndexError, match="of 5"):
            store.vector(wrong)


@pytest.mark.parametrize(
    "batches", [[], [np.zeros((2, 0), np.float32)], [np.array([1.0], np.float32)]]
)
def test_vectors_need_a_batch_that_tells_the_dimension(write: Write, batches: list[Floats]) -> None:
    with pytest.raises(ValueError, match="vectors"):
        write(batches)


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    vectors = unit(np.random.default_rng(4).normal(size=(30, 6)))
    store = FaissStore.write([vectors])
    store.save(tmp_path / "v")
    loaded = FaissStore.load(tmp_path / "v")
    assert (len(loaded), loaded.dimension) == (30, 6)
    for mine, theirs in zip(store.search(vectors, 9), loaded.search(vectors, 9), strict=True):
        assert (mine == theirs).all()


def test_an_empty_store_can_be_saved(tmp_path: Path) -> None:
    FaissStore.write([np.zeros((0, 6), np.float32)]).save(tmp_path / "v")
    loaded = FaissStore.load(tmp_path / "v")
    assert (len(loaded), loaded.dimension) == (0, 6)


def test_missing_cut_and_damaged_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "v"
    with pytest.raises(IndexBroken, match="geungeo build"):
        FaissStore.load(path)
    FaissStore.write([unit(np.random.default_rng(5).normal(size=(30, 6)))]).save(path)
    whole = path.read_bytes()
    for content in (b"", whole[:20], whole[:-9], b"not an index at all", whole[:60] + b"\xff" * 99):
        path.write_bytes(content)
        with pytest.raises(IndexBroken):
            FaissStore.load(path)


def test_another_kind_of_index_is_refused(tmp_path: Path) -> None:
    foreign = faiss.IndexFlatL2(4)
    foreign.add(np.eye(4, dtype=np.float32))
    faiss.write_index(foreign, str(tmp_path / "v"))
    with pytest.raises(IndexBroken):
        FaissStore.load(tmp_path / "v")


def test_stored_vectors_that_are_not_unit_are_refused(tmp_path: Path) -> None:
    foreign = faiss.IndexFlatIP(4)
    foreign.add(2 * np.eye(4, dtype=np.float32))
    faiss.write_index(foreign, str(tmp_path / "v"))
    with pytest.raises(IndexBroken):
        FaissStore.load(tmp_path / "v")
