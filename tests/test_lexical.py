"""BM25 and its windows against the formula, worked out one passage at a time in plain Python."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import IndexBroken
from rag.index.lexical import K1, B, LexicalIndex

TERMS = ["가", "나", "다", "라", "마"]

corpora = st.lists(
    st.lists(st.lists(st.sampled_from(TERMS), max_size=6), min_size=1, max_size=9), max_size=5
)
questions = st.dictionaries(
    st.sampled_from([*TERMS, "모르는말"]), st.floats(0.0, 3.0, allow_subnormal=False), max_size=5
)


def flat(documents: Sequence[Sequence[Sequence[str]]]) -> tuple[list[Sequence[str]], list[int]]:
    passages = [passage for document in documents for passage in document]
    groups = [number for number, document in enumerate(documents) for _ in document]
    return passages, groups


def windows(documents: Sequence[Sequence[Sequence[str]]], radius: int) -> list[Counter[str]]:
    return [
        Counter(
            term for passage in document[max(0, i - radius) : i + radius + 1] for term in passage
        )
        for document in documents
        for i in range(len(document))
    ]


def oracle_idf(documents: Sequence[Sequence[Sequence[str]]], term: str) -> float:
    passages, _ = flat(documents)
    df = sum(term in passage for passage in passages)
    return math.log(1 + (len(passages) - df + 0.5) / (df + 0.5))


def oracle(
    documents: Sequence[Sequence[Sequence[str]]],
    weights: Mapping[str, float],
    radius: int,
    k1: float = K1,
    b: float = B,
) -> list[float]:
    texts = windows(documents, radius)
    average = sum(text.total() for text in texts) / max(len(texts), 1)
    scores = []
    for text in texts:
        score = 0.0
        for term, weight in weights.items():
            if tf := text[term]:
                norm = k1 * (1 - b + b * text.total() / average)
                score += weight * oracle_idf(documents, term) * tf / (tf + norm)
        scores.append(score)
    return scores


@pytest.fixture
def index() -> LexicalIndex:
    passages = [["융자", "한도"], ["한도", "한도", "신청"], ["기간"], ["융자", "신청", "융자"]]
    return LexicalIndex.build(passages, [0, 0, 0, 1])


def test_a_score_worked_out_by_hand(index: LexicalIndex) -> None:
    # "한도" stands in 2 of 4 passages: idf = ln(1 + 2.5 / 2.5) = ln 2. Lengths are 2, 3, 1, 3.
    first = math.log(2) * 1 / (1 + 1.2 * (0.25 + 0.75 * 2 / 2.25))
    second = math.log(2) * 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2.25))
    scores = index.score({"한도": 1.0}, scales=[(0, 1.0)], k1=1.2, b=0.75)
    assert scores.dtype == np.float32
    assert scores == pytest.approx([first, second, 0.0, 0.0], rel=1e-6)


@given(corpora, questions, st.integers(0, 10), st.floats(0.0, 2.0), st.floats(0.0, 1.0))
@settings(max_examples=200, deadline=None)
def test_every_scale_follows_the_formula(
    documents: list[list[list[str]]],
    weights: dict[str, float],
    radius: int,
    k1: float,
    b: float,
) -> None:
    built = LexicalIndex.build(*flat(documents))
    scores = built.score(weights, [(radius, 1.0)], k1=k1, b=b)
    assert scores.shape == (len(built),)
    expected = oracle(documents, weights, radius, k1, b)
    assert scores == pytest.approx(expected, rel=1e-5, abs=1e-6)


@given(corpora, questions)
@settings(max_examples=100, deadline=None)
def test_the_score_is_the_weighted_sum_of_the_scales(
    documents: list[list[list[str]]], weights: dict[str, float]
) -> None:
    built = LexicalIndex.build(*flat(documents))
    scales = [(0, 1.0), (1, 0.5), (4, 0.25)]
    parts = [oracle(documents, weights, radius) for radius, _ in scales]
    expected = [
        sum(share * part[row] for (_, share), part in zip(scales, parts, strict=True))
        for row in range(len(built))
    ]
    assert built.score(weights, scales) == pytest.approx(expected, rel=1e-5, abs=1e-6)


@given(st.integers(0, 3), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_rare_terms_in_a_long_document_follow_the_formula(radius: int, seed: int) -> None:
    # Many passages and few postings: the sums run over touched rows alone.
    random = np.random.default_rng(seed)
    documents = [
        [["말"] + ["드문"] * int(random.random() < 0.02) for _ in range(int(size))]
        for size in random.integers(1, 120, size=5)
    ]
    built = LexicalIndex.build(*flat(documents))
    scores = built.score({"드문": 1.0}, [(radius, 1.0)])
    assert scores == pytest.approx(oracle(documents, {"드문": 1.0}, radius), rel=1e-5, abs=1e-6)


@given(corpora, questions, st.integers(0, 10))
@settings(max_examples=100, deadline=None)
def test_coverage_is_the_share_of_the_mass(
    documents: list[list[list[str]]], weights: dict[str, float], radius: int
) -> None:
    built = LexicalIndex.build(*flat(documents))
    mass = {term: weight * oracle_idf(documents, term) for term, weight in weights.items()}
    whole = sum(mass.values())
    expected = [
        sum(mass[term] for term in mass if text[term]) / whole if whole > 0 else 0.0
        for text in windows(documents, radius)
    ]
    assert built.coverage(weights, radius) == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_statistics_of_a_term(index: LexicalIndex) -> None:
    assert len(index) == 4
    assert sorted(index.vocabulary) == ["기간", "신청", "융자", "한도"]
    assert index.document_frequency("융자") == 2
    assert index.idf("융자") == pytest.approx(math.log(2))
    assert index.idf("기간") == pytest.approx(math.log(1 + 3.5 / 1.5))
    rows, tf = index.term_rows("융자")
    assert rows.tolist() == [0, 3]
    assert tf.tolist() == [1.0, 2.0]
    assert rows.dtype == np.int32
    assert tf.dtype == np.float32


def test_an_unknown_term_scores_nothing_but_counts_as_uncovered(index: LexicalIndex) -> None:
    assert index.document_frequency("낯선말") == 0
    assert index.idf("낯선말") == pytest.approx(math.log(1 + 4.5 / 0.5))
    assert index.term_rows("낯선말")[0].tolist() == []
    assert index.score({"낯선말": 1.0}).tolist() == [0.0] * 4
    share = math.log(2) / (math.log(2) + math.log(10))
    covered = index.coverage({"한도": 1.0, "낯선말": 1.0}, radius=0)
    assert covered == pytest.approx([share, share, 0.0, 0.0])


def test_an_empty_question_scores_nothing(index: LexicalIndex) -> None:
    assert index.score({}).tolist() == [0.0] * 4
    assert index.coverage({}, radius=3).tolist() == [0.0] * 4


def test_an_empty_index_and_a_passage_without_terms() -> None:
    empty = LexicalIndex.build([], [])
    assert len(empty) == 0
    assert empty.score({"한도": 1.0}).shape == (0,)
    blank = LexicalIndex.build([[], ["한도"]], [0, 0])
    assert blank.score({"한도": 1.0}, [(0, 1.0)])[0] == 0.0
    assert blank.score({"한도": 1.0}, [(1, 1.0)])[0] > 0.0


def test_a_single_passage_is_its_own_window() -> None:
    one = LexicalIndex.build([["한도", "융자"]], [7])
    expected = math.log(1 + 0.5 / 1.5) / 2.2
    for radius in (0, 3, 8):
        assert one.score({"한도": 1.0}, [(radius, 1.0)]) == pytest.approx([expected], rel=1e-6)


def test_a_window_stops_at_the_end_of_its_document(index: LexicalIndex) -> None:
    # "기간" stands in the last passage of the first document, next to the second document.
    scores = index.score({"기간": 1.0}, [(2, 1.0)])
    assert (scores[:3] > 0).all()
    assert scores[3] == 0.0


def test_a_weight_of_two_is_a_term_asked_twice(index: LexicalIndex) -> None:
    once = index.score({"한도": 1.0})
    assert index.score(Counter(["한도", "한도"])) == pytest.approx(2 * once, rel=1e-6)


def test_equal_passages_tie_exactly_whatever_the_order_of_the_terms() -> None:
    passage = ["가", "나", "다", "가"]
    built = LexicalIndex.build([passage] * 40, [0] * 40)
    weights = {"가": 0.1, "나": 0.7, "다": 0.3}
    backwards = dict(reversed(weights.items()))
    scores = built.score(weights, [(0, 1.0)])
    assert len(set(scores.tolist())) == 1
    assert (built.score(weights) == built.score(backwards)).all()


def test_a_negative_radius_is_refused(index: LexicalIndex) -> None:
    with pytest.raises(ValueError, match="-1"):
        index.score({"한도": 1.0}, [(-1, 1.0)])


def test_groups_have_to_be_consecutive_and_as_many_as_passages() -> None:
    with pytest.raises(ValueError, match="consecutive"):
        LexicalIndex.build([["가"], ["나"], ["다"]], [0, 1, 0])
    with pytest.raises(ValueError, match="1 passages but 2"):
        LexicalIndex.build([["가"]], [0, 1])


@given(corpora, questions)
@settings(max_examples=20, deadline=None)
def test_what_is_saved_is_what_is_loaded(
    tmp_path_factory: pytest.TempPathFactory,
    documents: list[list[list[str]]],
    weights: dict[str, float],
) -> None:
    folder = tmp_path_factory.mktemp("lexical")
    built = LexicalIndex.build(*flat(documents))
    built.save(folder)
    loaded = LexicalIndex.load(folder)
    assert list(loaded.vocabulary) == list(built.vocabulary)
    assert (loaded.score(weights) == built.score(weights)).all()
    assert (loaded.coverage(weights, 2) == built.coverage(weights, 2)).all()


def test_terms_with_quotes_and_line_breaks_survive_saving(tmp_path: Path) -> None:
    odd = ['"', "\n", "\\", "①", "\u2028"]
    LexicalIndex.build([odd], [0]).save(tmp_path)
    assert sorted(LexicalIndex.load(tmp_path).vocabulary) == sorted(odd)


def replace_array(folder: Path, name: str, values: object) -> None:
    with np.load(folder / "lexical.npz") as stored:
        arrays = dict(stored)
    arrays[name] = np.asarray(values)
    np.savez(folder / "lexical.npz", **arrays)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("rows", lambda rows: rows[:-1]),
        ("rows", lambda rows: rows + 100),
        ("rows", lambda rows: np.repeat(rows[:1], len(rows))),
        ("rows", lambda rows: rows.astype(np.float64)),
        ("counts", lambda counts: counts * 0),
        ("offsets", lambda offsets: offsets[:-1]),
        ("offsets", lambda offsets: offsets[::-1].copy()),
        ("groups", lambda groups: np.array([0, 1, 0, 1])),
        ("groups", lambda groups: groups[:1]),
        ("groups", lambda groups: groups.reshape(2, 2)),
    ],
)
def test_damaged_arrays_are_refused(
    index: LexicalIndex, tmp_path: Path, name: str, change: object
) -> None:
    index.save(tmp_path)
    with np.load(tmp_path / "lexical.npz") as stored:
        changed = change(stored[name])  # type: ignore[operator]
    replace_array(tmp_path, name, changed)
    with pytest.raises(IndexBroken, match="낱말 색인이 손상"):
        LexicalIndex.load(tmp_path)


@pytest.mark.parametrize("terms", ['["가"]', "[1, 2, 3, 4]", "{}", '["나', '["라","다","나","가"]'])
def test_a_vocabulary_that_does_not_belong_is_refused(
    index: LexicalIndex, tmp_path: Path, terms: str
) -> None:
    index.save(tmp_path)
    (tmp_path / "lexical.json").write_text(terms, encoding="utf-8")
    with pytest.raises(IndexBroken, match="geungeo build"):
        LexicalIndex.load(tmp_path)


@pytest.mark.parametrize("name", ["lexical.npz", "lexical.json"])
def test_missing_empty_and_cut_files_are_refused(
    index: LexicalIndex, tmp_path: Path, name: str
) -> None:
    index.save(tmp_path)
    whole = (tmp_path / name).read_bytes()
    for content in (b"", whole[: len(whole) // 2], b"\xff\xfe not ours"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(IndexBroken):
            LexicalIndex.load(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(IndexBroken):
        LexicalIndex.load(tmp_path)


def test_arrays_missing_from_the_archive_are_refused(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    np.savez(tmp_path / "lexical.npz", rows=np.zeros(1, np.int32))
    with pytest.raises(IndexBroken):
        LexicalIndex.load(tmp_path)


def test_the_terms_are_readable_text(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    text = (tmp_path / "lexical.json").read_text(encoding="utf-8")
    assert json.loads(text) == ["기간", "신청", "융자", "한도"]
    assert '"융자",\n' in text


@given(corpora, questions, st.integers(0, 3))
@settings(deadline=None)
def test_of_names_of_one_thing_the_best_counts(
    documents: Sequence[Sequence[Sequence[str]]], weights: Mapping[str, float], radius: int
) -> None:
    passages, groups = flat(documents)
    built = LexicalIndex.build(passages, groups)
    alone = [built.score({term: weight}, ((radius, 1.0),)) for term, weight in weights.items()]
    best = np.max(alone, axis=0) if alone else np.zeros(len(passages))
    assert built.score_groups([weights], radius) == pytest.approx(best, abs=1e-6)
    apart = [{term: weight} for term, weight in weights.items()]
    assert (built.score_groups(apart, radius) == built.score(weights, ((radius, 1.0),))).all()
