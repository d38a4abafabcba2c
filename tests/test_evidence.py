"""Evidence is cut from the source, comes best first, and a refusal gives its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from rag.evidence import Finding, _Reader, find_evidence
from rag.index import Index, open_index
from rag.question.analysis import analyse
from rag.reading import read
from rag.retrieval.ranking import rank
from rag.settings import AnswerSettings, Settings
from rag.types import QuestionKind, Reason, Span

ASKED = (
    "융자 한도는 얼마인가요?",
    "접수 기간은 언제까지인가요?",
    "고도화 단계의 2020년 예산은 얼마인가요?",
    "수출 바우처는 어디에 쓸 수 있나요?",
    "누가 참여 기업을 선정하나요?",
    "예산 집행률",
)
# Every boost off: the second reading then leaves the ranking as it was.
PLAIN = replace(
    AnswerSettings(), wanted=0.0, focus=0.0, year=0.0, coverage=0.0, reach=0.0, refuse_below=0.0
)


@pytest.fixture(scope="module")
def index(policy_index: Path) -> Index:
    return open_index(policy_index)


def found(index: Index, written: str, limits: AnswerSettings | None = None) -> Finding:
    chosen = replace(Settings(), answer=limits or AnswerSettings())
    question = analyse(written, index.body.vocabulary)
    return find_evidence(index, question, rank(index, question, chosen.rank), chosen)


@pytest.mark.parametrize("written", ASKED)
def test_evidence_is_what_its_span_reads_as(index: Index, written: str) -> None:
    texts = {document.file: document.text for document in index.documents}
    evidence = found(index, written).evidence
    assert evidence
    for item in evidence:
        passage = item.passage
        assert item.text == read(texts[passage.file], item.span, passage.joins).text != ""
        assert 0.0 <= item.support <= 1.0
        block_spans = [
            b.span for b in index.blocks[passage.file][passage.blocks[0] : passage.blocks[1] + 1]
        ]
        # Headers of a table lie in its block, from the line with the unit right above it on;
        # everything else lies in the passage itself.
        above = texts[passage.file][item.span.start : block_spans[0].start]
        assert passage.span.covers(item.span) or any(
            b.covers(Span(max(b.start, item.span.start), item.span.end))
            and above.strip() in ("", "(단위 : 억원)")
            for b in block_spans
        )


def test_the_fact_is_in_the_best_slice(index: Index) -> None:
    best = found(index, "수출 바우처 사업의 예산은 얼마인가요?").evidence[0]
    assert best.value == "1,064억원"
    assert best.value in best.text and best.passage.file == "수출 바우처.txt"
    assert best.support == pytest.approx(1.0)  # all of the question's words stand there


def test_a_cell_comes_with_its_row_and_the_headers_above_it(index: Index) -> None:
    written = "고도화 단계의 2020년 예산은 얼마인가요?"
    (near,) = found(index, written).evidence  # a small table is quoted from its header on
    assert near.text == "(단위 : 억원) 구분 2019년 2020년 기초 단계 1,200 1,350 고도화 단계 800 940"
    assert near.value == "940억원"
    evidence = found(index, written, replace(AnswerSettings(), table=10)).evidence
    assert evidence[0].text == "고도화 단계 800 940"
    assert evidence[0].value == "940억원"  # with the unit that stands above the table
    assert evidence[1].text == "(단위 : 억원) 구분 2019년 2020년"
    assert evidence[1].passage is evidence[0].passage


def test_without_boosts_the_order_is_that_of_the_ranking(index: Index) -> None:
    question = analyse("융자 한도", index.body.vocabulary)
    ranking = rank(index, question, Settings().rank)
    order = found(index, "융자 한도", PLAIN).order
    assert list(order) == ranking.order.tolist()


@pytest.mark.parametrize("written", ASKED)
@pytest.mark.parametrize(("reread", "ranked"), [(40, 200), (2, 200), (3, 5), (40, 4)])
def test_the_order_holds_each_ranked_row_once(
    index: Index, written: str, reread: int, ranked: int
) -> None:
    question = analyse(written, index.body.vocabulary)
    ranking = rank(index, question, Settings().rank).order.tolist()
    order = list(found(index, written, replace(PLAIN, reread=reread, ranked=ranked)).order)
    assert len(order) == len(set(order))
    assert order == ranking[: max(min(reread, len(ranking)), ranked)]


def test_a_value_of_the_kind_asked_for_can_lift_a_passage(index: Index) -> None:
    written = "신청서에 얼마"
    assert "신청서" in index.passages[found(index, written, PLAIN).order[0]].text
    lifted = found(index, written, replace(PLAIN, wanted=50.0))
    first = index.passages[lifted.order[0]].text
    assert "신청서" not in first
    assert re.search(r"\d", first)


def test_a_year_asked_for_can_lift_a_passage(index: Index) -> None:
    plain = found(index, "2020년 융자 신청 접수", PLAIN)
    lifted = found(index, "2020년 융자 신청 접수", replace(PLAIN, year=50.0))
    held = {row for row, p in enumerate(index.passages) if "2020년" in p.text or p.rows}
    assert plain.order[0] not in held
    assert lifted.order[0] in held


def test_how_many_slices_are_quoted(index: Index) -> None:
    def rows(limits: AnswerSettings, written: str = "융자 한도") -> int:
        return len({item.passage.id for item in found(index, written, limits).evidence})

    assert rows(replace(PLAIN, near_best=1.0)) == 1
    assert rows(replace(PLAIN, near_best=0.0, statements=3)) == 3
    assert rows(replace(PLAIN, near_best=0.0, statements=1)) == 1
    compared = "융자 한도와 융자 금리를 비교해 주세요"
    assert analyse(compared).kind is QuestionKind.COMPARISON
    assert rows(replace(PLAIN, near_best=0.0, statements=3), compared) == 5


def test_a_refusal_tells_an_unknown_topic_from_a_missing_fact(index: Index) -> None:
    sure = replace(AnswerSettings(), refuse_below=1.01)
    assert found(index, "융자 한도는 얼마인가요?", sure).reason is Reason.NOT_STATED
    # 강사 and 치킨집 are in no document.
    assert found(index, "치킨집 강사는 누구인가요?", sure).reason is Reason.NOT_IN_DOCUMENTS
    never = replace(AnswerSettings(), refuse_below=0.0)
    assert found(index, "치킨집 강사는 누구인가요?", never).reason is None
    unreachable = replace(sure, known_topic=1.01)
    assert found(index, "융자 한도는 얼마인가요?", unreachable).reason is Reason.NOT_IN_DOCUMENTS


def test_the_confidence_decides(index: Index) -> None:
    written = "융자 한도는 얼마인가요?"
    sure = found(index, written).confidence
    assert 0.0 < sure < 1.0
    assert found(index, written, replace(AnswerSettings(), refuse_below=sure)).reason is None
    above = replace(AnswerSettings(), refuse_below=sure + 1e-9)
    assert found(index, written, above).reason is not None


@pytest.mark.parametrize("written", ["???", "ㅁㄴㅇㄹ"])
def test_a_question_that_says_nothing_finds_nothing(index: Index, written: str) -> None:
    finding = found(index, written)
    assert finding.evidence == finding.order == ()
    assert (finding.confidence, finding.reason) == (0.0, Reason.NOT_IN_DOCUMENTS)


def test_a_word_is_said_by_one_that_stands_for_it(index: Index) -> None:
    question = analyse("대출", index.body.vocabulary)
    said = set(index.body.term_rows("대출")[0].tolist())
    row = min(set(index.body.term_rows("융자")[0].tolist()) - said)
    assert _Reader(index, question).read(row, 0.0, PLAIN).coverage == 1.0
    unknown = replace(question, terms=tuple(t for t in question.terms if not t.of))
    assert _Reader(index, unknown).read(row, 0.0, PLAIN).coverage == 0.0
