"""Fusion is a weighted sum, and each hit says where its score came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.index import Index, open_index
from rag.question.analysis import analyse
from rag.retrieval.ranking import LexicalSource, VectorSource, rank, sources
from rag.settings import RankSettings
from rag.types import Question, QuestionKind, Term

WORDS = "융자 한도 금리 접수 기간 수출 바우처 예산 기업 참여 고도화 단계 문의".split()


@pytest.fixture(scope="module")
def index(policy_index: Path) -> Index:
    return open_index(policy_index)


def asking(*terms: str, weight: float = 1.0) -> Question:
    written = " ".join(terms)
    return Question(written, written, QuestionKind.OTHER, tuple(Term(t, weight) for t in terms))


questions = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(
    lambda words: asking(*words)
)


@given(question=questions, weights=st.lists(st.floats(0, 2), min_size=3, max_size=3))
@settings(max_examples=30, deadline=None)
def test_the_fused_score_is_the_weighted_sum_of_the_sources(
    index: Index, question: Question, weights: list[float]
) -> None:
    word, path, vector = weights
    chosen = RankSettings(
        radii=(0, 2), radius_weights=(word, 0.5), path=path, document=0.25, vector=vector
    )
    ranking = rank(index, question, chosen)
    # The same sum, from what each index says by itself.
    asked = {term.text: term.weight for term in question.terms}
    best = sum(index.body.idf(term) for term in asked)
    wanted = word * index.body.score(asked, ((0, 1.0),)) / best
    wanted += 0.5 * index.body.score(asked, ((2, 1.0),)) / best
    wanted += 0.25 * index.body.score(asked, ((len(index.passages), 1.0),)) / best
    best = sum(index.path.idf(term) for term in asked)
    wanted += path * index.path.score(asked, ((0, 1.0),)) / best
    query = index.encoder.encode_queries([question.searched], [list(asked)])[0]
    for row in range(len(index.passages)):
        wanted[row] += vector * max(0.0, float(index.vectors.vector(row) @ query))
    assert ranking.fused == pytest.approx(wanted, abs=1e-5)


@given(question=questions)
@settings(max_examples=30, deadline=None)
def test_the_shares_of_the_votes_add_up_to_the_score(index: Index, question: Question) -> None:
    ranking = rank(index, question, RankSettings())
    hits = ranking.hits(index, [int(row) for row in ranking.order])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.passage is index.passages[hit.row]
        assert sum(vote.share for vote in hit.votes) == pytest.approx(hit.score, abs=1e-5)
        for vote in hit.votes:
            (scores,) = [s for source, s in ranking.by_source if source.name == vote.source]
            assert vote.score == scores[hit.row] > 0
            assert vote.rank == 1 + sum(float(other) > vote.score for other in scores)
            (weight,) = [s.weight for s, _ in ranking.by_source if s.name == vote.source]
            assert vote.share == pytest.approx(weight * vote.score)


def test_hits_come_in_the_order_asked_for(index: Index) -> None:
    ranking = rank(index, asking("융자"), RankSettings())
    assert [hit.row for hit in ranking.hits(index, [5, 0, 3])] == [5, 0, 3]


def test_ties_go_to_the_earlier_row(index: Index) -> None:
    # Titles stand over all passages of a document alike, so they tie.
    only_titles = RankSettings(radii=(), radius_weights=(), path=1.0, vector=0.0)
    ranking = rank(index, asking("바우처"), only_titles)
    held = [i for i, p in enumerate(index.passages) if p.file == "수출 바우처.txt"]
    rest = [i for i, p in enumerate(index.passages) if p.file != "수출 바우처.txt"]
    assert len(held) == 2 and len({float(ranking.fused[i]) for i in rest}) == 1
    tied = sorted(held, key=lambda row: (-float(ranking.fused[row]), row))
    assert ranking.order.tolist() == tied + rest


@pytest.mark.parametrize("terms", [(), ("쀍꿻",), ("쀍꿻", "홻")])
def test_a_question_without_a_known_word_scores_nought_in_all_sources(
    index: Index, terms: tuple[str, ...]
) -> None:
    question = asking(*terms)
    for source in sources(index, replace(RankSettings(), document=1.0)):
        assert not source.scores(question).any(), source.name


@pytest.mark.parametrize("written", ["???", "ㅁㄴㅇㄹ", "-"])
def test_a_question_that_says_nothing_is_near_to_nothing(index: Index, written: str) -> None:
    question = analyse(written, index.body.vocabulary)
    assert question.terms == ()
    ranking = rank(index, question, RankSettings())
    assert not ranking.fused.any()
    assert ranking.order.tolist() == list(range(len(index.passages)))
    assert ranking.hits(index, [0])[0].votes == ()


def test_the_passage_that_says_it_is_first(index: Index) -> None:
    for written, words in (
        ("융자 한도", "3,000만원"),
        ("바우처를 전시회에 쓸 수 있나", "전시회"),
        ("고도화 단계", "고도화 단계 800 940"),
        ("집행률", "71.5%"),
    ):
        ranking = rank(index, analyse(written, index.body.vocabulary), RankSettings())
        assert words in index.passages[int(ranking.order[0])].text


def test_a_word_of_a_neighbour_counts_only_in_the_wider_window(index: Index) -> None:
    at = next(i for i, p in enumerate(index.passages) if "상환 기간" in p.text)
    question = asking("금리")  # in the passage before
    near = {
        source.name: float(source.scores(question)[at])
        for source in sources(index, RankSettings())
        if isinstance(source, LexicalSource)
    }
    assert near["낱말"] == 0 < min(near["낱말(앞뒤 1)"], near["낱말(앞뒤 3)"])


def test_the_vector_source_keeps_to_its_depth_and_gives_no_negative_score(index: Index) -> None:
    question = asking("융자", "금리")
    source = VectorSource("의미", 1.0, index.vectors, index.encoder, 3)
    scores = source.scores(question)
    query = index.encoder.encode_queries(["융자 금리"], [["융자", "금리"]])[0]
    cosines = np.array([index.vectors.vector(row) @ query for row in range(len(index.passages))])
    nearest = np.argsort(-cosines, kind="stable")[:3]
    assert set(np.flatnonzero(scores)) <= set(nearest.tolist())
    assert scores[nearest] == pytest.approx(np.maximum(cosines[nearest], 0), abs=1e-5)
    assert scores.dtype == np.float32 and (scores >= 0).all()


def test_sources_are_named_in_korean_and_each_once(index: Index) -> None:
    names = [source.name for source in sources(index, replace(RankSettings(), document=0.1))]
    assert names == [
        "낱말",
        "낱말(앞뒤 1)",
        "낱말(앞뒤 3)",
        "낱말(앞뒤 10)",
        "제목",
        "문서 전체",
        "의미",
    ]
    assert len(set(names)) == len(names)
    assert not any(re.search("[A-Za-z]", name) for name in names)


def test_two_names_of_one_thing_are_not_two_things(index: Index) -> None:
    own, other, apart = Term("융자"), Term("한도", 0.5, "synonym", ("융자",)), Term("한도", 0.5)
    source = LexicalSource("낱말", 1.0, index.body, 0)

    def scores(*terms: Term) -> Sequence[float]:
        question = replace(asking("융자"), terms=terms)
        best = sum(term.weight * index.body.idf(term.text) for term in terms)
        return [float(x) for x in source.scores(question) * best]

    first, second = scores(own), scores(apart)
    assert max(map(min, zip(first, second, strict=True))) > 0  # a passage says both
    assert scores(own, apart) == pytest.approx([a + b for a, b in zip(first, second, strict=True)])
    assert scores(own, other) == pytest.approx(list(map(max, first, second)), abs=1e-5)
