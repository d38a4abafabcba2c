"""BM25 and nearest neighbours at a larger scale, beside what one would write or install instead.

The texts are drawn with word frequencies that fall as Zipf's law has it; the vectors lie in
clusters. Every contender answers the same questions, and the answers are compared first.
"""

import importlib.util
import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from rag.index.lexical import K1, SCALES, B, LexicalIndex
from rag.index.vectors import FaissStore
from tests.bench.measure import Row, once, seconds

PASSAGES = 50_000
LENGTH = 60  # terms of a passage
VOCABULARY = 40_000
DOCUMENT = 100  # passages of a document
VECTORS = 100_000
DIMENSION = 256
QUESTIONS = 30
NEAREST = 50


def lexical() -> list[Row]:
    passages, questions = _corpus()
    index = LexicalIndex.build(passages, [row // DOCUMENT for row in range(PASSAGES)])
    counts = [Counter(passage) for passage in passages]
    ours = [index.score(question, [(0, 1.0)]) for question in questions]
    naive = [_naive(counts, index, question) for question in questions[:2]]
    for one, other in zip(ours, naive, strict=False):
        np.testing.assert_allclose(one, other, rtol=1e-4)
    alone = _median(lambda q: index.score(q, [(0, 1.0)]), questions)
    rows = [
        Row(
            f"BM25, 대목 {PASSAGES:,}개",
            alone,
            "파이썬으로 쓴 식",
            _median(lambda q: _naive(counts, index, q), questions[:5]),
            "ms",
        ),
        Row(
            f"BM25, 창 {len(SCALES)}개",
            _median(index.score, questions),
            "BM25, 창 없이",
            alone,
            "ms",
        ),
    ]
    if importlib.util.find_spec("bm25s"):
        rows += _beside_bm25s(passages, questions, alone)
    return rows


def _beside_bm25s(
    passages: Sequence[Sequence[str]], questions: Sequence[dict[str, float]], ours: float
) -> list[Row]:
    import bm25s

    def built() -> Any:
        other = bm25s.BM25(method="lucene", k1=K1, b=B)
        other.index(passages, show_progress=False)
        return other

    groups = [row // DOCUMENT for row in range(PASSAGES)]
    other = built()
    return [
        Row("BM25", ours, "bm25s", _median(lambda q: other.get_scores(list(q)), questions), "ms"),
        Row(
            "BM25 색인 만들기",
            seconds(lambda: LexicalIndex.build(passages, groups)),
            "bm25s",
            seconds(built),
            "초",
        ),
    ]


def neighbours() -> list[Row]:
    random = np.random.default_rng(0)
    centres = random.normal(size=(2000, DIMENSION))
    vectors = centres[random.integers(0, 2000, VECTORS)] + random.normal(size=(VECTORS, DIMENSION))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    store = FaissStore.write([vectors])
    queries = [vectors[row : row + 1] for row in range(0, VECTORS, VECTORS // QUESTIONS)]

    def plain(query: Any) -> Any:
        scores = vectors @ query[0]
        best = np.argpartition(-scores, NEAREST)[:NEAREST]
        return best[np.lexsort((best, -scores[best]))]

    for query in queries:
        if set(store.search(query, NEAREST)[1][0].tolist()) != set(plain(query).tolist()):
            raise ValueError("FAISS and numpy find different neighbours")
    return [
        Row(
            f"벡터 {VECTORS:,}개에서 {NEAREST}개",
            _median(lambda q: store.search(q, NEAREST), queries),
            "numpy 행렬곱",
            _median(plain, queries),
            "ms",
        )
    ]


def _corpus() -> tuple[list[list[str]], list[dict[str, float]]]:
    random = np.random.default_rng(0)
    shares = 1 / np.arange(1, VOCABULARY + 1)
    shares /= shares.sum()
    words = [f"말{i}" for i in range(VOCABULARY)]
    drawn = random.choice(VOCABULARY, size=(PASSAGES, LENGTH), p=shares)
    asked = random.choice(VOCABULARY, size=(QUESTIONS, 6), p=shares)
    passages = [[words[i] for i in row] for row in drawn.tolist()]
    return passages, [dict.fromkeys((words[i] for i in row), 1.0) for row in asked.tolist()]


def _naive(
    counts: Sequence[Counter[str]], index: LexicalIndex, question: dict[str, float]
) -> list[float]:
    """The formula, a passage at a time."""
    n = len(counts)
    weights = {
        term: math.log(1 + (n - df + 0.5) / (df + 0.5))
        for term in question
        if (df := index.document_frequency(term))
    }
    norm = K1 * (1 - B) + K1 * B  # every passage has the average length
    return [
        sum(idf * (tf := one[term]) / (tf + norm) for term, idf in weights.items() if term in one)
        for one in counts
    ]


def _median(work: Callable[[Any], object], questions: Sequence[Any]) -> float:
    """The median over the questions, in milliseconds, after one run that warms up."""
    work(questions[0])
    return 1000 * statistics.median(once(lambda: work(q)) for q in questions)  # noqa: B023
