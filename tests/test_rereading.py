"""The second reading of a ranking, against a count of who says what made here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from finding_making import index_of
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import korean
from rag.index import Index
from rag.question.analysis import analyse
from rag.question.wants import Wants, wants_of
from rag.retrieval.ranking import Ranking, Reread, rank, reread
from rag.settings import AnswerSettings, RankSettings
from rag.types import Passage, Question, QuestionKind, Term

LOAN = """융자 공고

1. 조건

- 융자 한도는 3,000만원이고 금리는 연 2.0%로 하며 상환 기간은 5년으로 정하여 운영한다.

2. 신청

- 신청은 누리집에서 하며 접수 마감은 2022년 5월 6일이고 결과는 문자로 알린다고 한다.

3. 상담

- 상담은 지역 센터에서 맡으며 방문하기에 앞서 전화로 약속을 잡아야 한다고 밝히고 있다.
"""
VOUCHER = """바우처 공고

1. 예산

- 바우처 예산은 2021년 35억원에서 2022년 40억원으로 늘었으며 기업마다 나누어 쓴다고 한다.

2. 참여

- 참여 기업은 한도 안에서 바우처를 쓰고 남은 것은 해가 바뀌면 되돌려 주어야 한다고 한다.
"""
WORDS = (
    "융자 한도 금리 상환 기간 신청 누리집 접수 마감 상담 센터 전화 바우처 예산 참여 기업".split()
)
NONE = replace(AnswerSettings(), year=0, focus=0, wanted=0, reach=0)


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(LOAN, VOUCHER)


def asking(
    *terms: str | Term, focus: tuple[str, ...] = (), years: tuple[int, ...] = ()
) -> Question:
    made = tuple(term if isinstance(term, Term) else Term(term) for term in terms)
    written = " ".join([*(f"{year}년" for year in years), *(term.text for term in made)])
    return Question(written, written, QuestionKind.OTHER, made, focus)


def ranked(*scores: float) -> Ranking:
    """A ranking in which row n has the n-th score."""
    fused = np.array(scores, dtype=np.float32)
    return Ranking(np.argsort(-fused, kind="stable").astype(np.int64), fused, ())


def again(
    index: Index,
    question: Question,
    ranking: Ranking,
    limits: AnswerSettings = NONE,
    holds: str = "",
) -> Reread:
    """The rows read again; a passage holds what is wanted where it says ``holds``."""

    def held(_wants: Wants, passage: Passage) -> bool:
        return bool(holds) and holds in passage.text

    return reread(index, question, wants_of(question), ranking, limits, held)


def row_of(index: Index, words: str) -> int:
    return next(row for row, p in enumerate(index.passages) if words in p.text)


def test_the_documents_are_five_passages(index: Index) -> None:
    assert [p.file for p in index.passages] == ["0.txt"] * 3 + ["1.txt"] * 2


def test_without_weights_the_order_is_that_of_the_ranking(index: Index) -> None:
    found = again(index, asking("융자"), ranked(0.5, 0.25, 0.75, 0.0, 0.5))
    # Ties go to the earlier row; a row that scores nothing is not read.
    assert found.rows == (2, 0, 4, 1)
    assert found.fused == found.scores == (0.75, 0.5, 0.5, 0.25)


def test_only_the_first_rows_are_read(index: Index) -> None:
    ranking = ranked(0.5, 0.25, 0.75, 0.0, 0.5)
    for most, rows in ((1, (2,)), (3, (2, 0, 4)), (9, (2, 0, 4, 1))):
        assert again(index, asking("융자"), ranking, replace(NONE, reread=most)).rows == rows


def test_a_ranking_that_holds_nothing_gives_nothing(index: Index) -> None:
    found = again(index, asking("융자"), ranked(0, 0, 0, 0, 0), AnswerSettings())
    assert found == Reread((), (), (), ())


def test_a_value_of_the_wanted_sort_counts(index: Index) -> None:
    ranking = ranked(0.5, 0.5, 0.5, 0.5, 0.5)
    found = again(index, asking("융자"), ranking, replace(NONE, wanted=0.25), holds="5월 6일")
    assert found.rows[0] == row_of(index, "5월 6일")
    assert found.scores == (0.75, 0.5, 0.5, 0.5, 0.5)
    assert found.fused == (0.5,) * 5


def test_the_word_that_names_what_is_wanted_counts_in_any_of_its_forms(index: Index) -> None:
    ranking = ranked(0.5, 0.5, 0.5, 0.5, 0.5)
    limits = replace(NONE, focus=0.25)
    found = again(index, asking("융자", focus=("문의처", "전화")), ranking, limits)
    assert found.rows[0] == row_of(index, "전화") and found.scores[:2] == (0.75, 0.5)
    # Where none is named, no passage is behind another for it.
    plain = again(index, asking("융자"), ranking, limits)
    assert plain.rows == (0, 1, 2, 3, 4) and plain.scores == (0.75,) * 5


def test_the_year_asked_for_counts_once(index: Index) -> None:
    ranking = ranked(0.5, 0.5, 0.5, 0.5, 0.5)
    limits = replace(NONE, year=0.25)
    found = again(index, asking("예산", years=(2021,)), ranking, limits)
    assert dict(zip(found.rows, found.scores, strict=True))[row_of(index, "35억원")] == 0.75
    assert sorted(found.scores) == [0.5] * 4 + [0.75]
    for years in ((2021, 2022), (2022, 2021)):
        both = again(index, asking("예산", years=years), ranking, limits)
        assert sorted(both.scores) == [0.5] * 3 + [0.75] * 2
        assert set(both.rows[:2]) == {row_of(index, "35억원"), row_of(index, "5월 6일")}


def test_a_word_said_under_a_heading_or_next_door_is_within_reach(index: Index) -> None:
    ranking = ranked(0.5, 0.5, 0.5, 0.5, 0.5)
    loan = row_of(index, "3,000만원")
    for radius, near in ((0, {loan}), (1, {loan, loan + 1}), (2, {loan, loan + 1, loan + 2})):
        found = again(index, asking("금리"), ranking, replace(NONE, neighbours=radius))
        reach = dict(zip(found.rows, found.reach, strict=True))
        assert {row for row, share in reach.items() if share == 1.0} == near
        assert all(share in (0.0, 1.0) for share in reach.values())
    # The title of a document stands over all its rows, and over no row of another.
    found = again(index, asking("공고", "바우처"), ranking, replace(NONE, neighbours=0))
    reach = dict(zip(found.rows, found.reach, strict=True))
    assert reach[3] == reach[4] == 1.0 and reach[0] < 1.0


def test_a_word_that_stands_for_the_askers_says_it_and_weighs_nothing_itself(index: Index) -> None:
    ranking = ranked(0.5, 0.5, 0.5, 0.5, 0.5)
    added = Term("금리", 0.5, "synonym", ("이율",))
    found = again(index, asking(Term("이율"), added), ranking, replace(NONE, neighbours=0))
    assert dict(zip(found.rows, found.reach, strict=True))[row_of(index, "금리")] == 1.0
    alone = again(index, asking(Term("이율")), ranking, replace(NONE, neighbours=0))
    assert alone.reach == (0.0,) * 5
    foreign = Term("금리", 0.5, "synonym", ("없는말",))
    none = again(index, asking(Term("이율"), foreign), ranking, replace(NONE, neighbours=0))
    assert none.reach == (0.0,) * 5


@pytest.mark.xfail(
    strict=True, reason="idf of an unknown word is never 0, so that rereading's own is not used"
)
def test_a_word_that_no_document_has_weighs_as_much_as_the_rarest(index: Index) -> None:
    ranking = ranked(0.5, 0.5, 0.5, 0.5, 0.5)
    found = again(index, asking("금리", "우주선"), ranking, replace(NONE, neighbours=0))
    reach = dict(zip(found.rows, found.reach, strict=True))
    assert reach[row_of(index, "금리")] == pytest.approx(0.5)  # in one passage, so the rarest


def test_a_question_without_words_reaches_nothing(index: Index) -> None:
    found = again(index, asking(), ranked(0.5, 0.5, 0.5, 0.5, 0.5), AnswerSettings())
    assert found.reach == (0.0,) * 5


@settings(max_examples=50, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True),
    fused=st.lists(st.floats(0, 2, width=32), min_size=5, max_size=5),
    weights=st.lists(st.floats(0, 1), min_size=3, max_size=3),
    radius=st.integers(0, 3),
    most=st.integers(1, 6),
    year=st.sampled_from([(), (2021,), (2022,), (2021, 2022)]),
)
def test_the_score_is_the_sum_of_what_is_said_of_a_row(
    index: Index,
    words: list[str],
    fused: list[float],
    weights: list[float],
    radius: int,
    most: int,
    year: tuple[int, ...],
) -> None:
    wanted, dated, reach = weights
    limits = replace(NONE, wanted=wanted, year=dated, reach=reach, neighbours=radius, reread=most)
    question = asking(*words, years=year)
    found = again(index, question, ranked(*fused), limits, holds="원")
    # The same from the texts alone.
    said = [set(korean.terms(p.text)) for p in index.passages]
    over = [set(korean.terms(" ".join(p.path))) for p in index.passages]
    weigh = {word: index.body.idf(word) for word in words}
    expected = {}
    first = sorted(range(5), key=lambda row: (-np.float32(fused[row]), row))[:most]
    for row in (row for row in first if fused[row] > 0):
        file = index.passages[row].file
        near = said[row] | over[row]
        for other in range(max(0, row - radius), min(5, row + radius + 1)):
            near |= said[other] if index.passages[other].file == file else set()
        share = sum(weigh[w] for w in words if w in near) / sum(weigh.values())
        score = fused[row] + reach * share
        score += wanted * ("원" in index.passages[row].text)
        score += dated * any(f"{y}년" in index.passages[row].text for y in year)
        expected[row] = (score, share)
    assert set(found.rows) == set(expected)
    for row, score, share, before in zip(
        found.rows, found.scores, found.reach, found.fused, strict=True
    ):
        assert score == pytest.approx(expected[row][0], abs=1e-5)
        assert share == pytest.approx(expected[row][1], abs=1e-9)
        assert before == fused[row]
    placed = list(zip((-s for s in found.scores), found.rows, strict=True))
    assert placed == sorted(placed)


def test_a_ranking_is_read_again_on_the_way_of_a_question(index: Index) -> None:
    question = analyse("바우처 예산은 얼마인가요?", index.body.vocabulary)
    ranking = rank(index, question, RankSettings())
    found = again(index, question, ranking, AnswerSettings(), holds="원")
    assert found.rows[0] == row_of(index, "35억원")
    assert found.reach[0] == 1.0
