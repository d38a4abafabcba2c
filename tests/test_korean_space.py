"""The morphemes of Kiwi's model."""

import numpy as np

from rag.korean import MorphemeSpace

SPACE = MorphemeSpace()


def _id(form: str, tag: str = "NNG") -> int:
    found = SPACE.lookup(form, tag)
    assert found is not None
    return found


def test_lookup_knows_the_model_and_not_our_words() -> None:
    assert SPACE.lookup("융자", "NNG") is not None
    assert SPACE.lookup("소상공인", "NNG") is None
    assert SPACE.lookup("융자", "VV") is None


def test_similarities_are_cosines_and_make_sense() -> None:
    ids = [_id("지원금"), _id("보조금"), _id("김치")]
    rows = SPACE.similarities(ids, ids)
    assert rows.dtype == np.float32
    assert rows.shape == (3, 3)
    assert np.allclose(rows, rows.T, atol=1e-6)
    assert np.allclose(np.diag(rows), 1, atol=2e-3)
    assert rows[0, 1] > 0.6 > rows[0, 2]
    assert SPACE.similarities([], ids).shape == (0, 3)


def test_frequent_are_distinct_content_words() -> None:
    ids = SPACE.frequent(500)
    assert len(set(ids)) == 500
    assert ids == sorted(ids)
    assert SPACE.frequent(10) == ids[:10]
