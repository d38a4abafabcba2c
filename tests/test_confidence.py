"""What makes an answer sure or unsure, on a small index of hand-made documents."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.confidence import Signals, confidence, signals, stranger
from rag.evidence import find_evidence
from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.retrieval.ranking import rank
from rag.settings import CONFIDENCE, RankSettings, Settings
from rag.types import Evidence, Reason

TEXT = """소상공인 정책 안내

1. 융자 제도

재기 자금은 업체당 최대 7,000만원 한도로 융자하며 금리는 연 2.5%이다.

2. 판로 지원

제12차 판로 상담회는 2022년 6월 3일에 열려 수출 상담 실적이 크게 늘었다.

3. 안내 창구

재도전종합센터는 폐업한 상인의 취업과 재창업을 상담한다.
"""
UNIT = st.floats(0, 1)
FOUND = st.builds(Signals, *[UNIT] * len(fields(Signals)))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("confidence")
    source = folder / "guide.txt"
    source.write_text(TEXT, encoding="utf-8")
    build([source], folder / "index")
    return open_index(folder / "index")


def judge(index: Index, question: str, words: str, value: str = "", header: str = "") -> Signals:
    """The signals of the passage with ``words`` in it, quoted whole with the fact ``value``."""
    asked = analyse(question, index.body.vocabulary)
    row = next(i for i, p in enumerate(index.passages) if words in p.text)
    passage = index.passages[row]
    evidence = [Evidence(passage, passage.span, passage.text, 1.0, value)]
    if header:
        evidence.append(Evidence(passage, passage.span, header, 1.0))
    ranking = rank(index, asked, RankSettings())
    return signals(index, asked, ranking, row, evidence, cell=False)


def test_confidence_is_the_logistic_function_of_the_weighted_sum() -> None:
    weights = {"bias": 0.5, "a": 2.0, "b": -1.0}
    assert confidence({"a": 0.0, "b": 0.5}, weights) == pytest.approx(0.5)
    assert confidence({"a": 1.0, "b": 1.0}, weights) == pytest.approx(0.8175744762)
    assert confidence({"a": 1e9, "b": 0.0}, weights) < 1.0 + 1e-12
    assert confidence({"a": -1e9, "b": 0.0}, weights) >= 0.0


@given(FOUND, FOUND)
def test_more_of_what_speaks_for_an_answer_makes_it_surer(a: Signals, b: Signals) -> None:
    left, right = asdict(a), asdict(b)
    better = all((left[name] - right[name]) * CONFIDENCE[name] >= 0 for name in left)
    if better:
        assert confidence(left, CONFIDENCE) >= confidence(right, CONFIDENCE) - 1e-12


@given(FOUND)
def test_confidence_stays_between_nought_and_one(found: Signals) -> None:
    assert 0.0 <= confidence(asdict(found), CONFIDENCE) <= 1.0


def test_there_is_a_weight_for_each_signal_and_one_bias() -> None:
    assert set(CONFIDENCE) == {*Signals.__dataclass_fields__, "bias"}


def test_a_value_of_the_wanted_kind_counts(index: Index) -> None:
    question = "재기 자금 융자 한도는 얼마인가요?"
    assert judge(index, question, "업체당", "최대 7,000만원").typed == 1.0
    assert judge(index, question, "업체당").typed == 0.0
    # A reason has no value of its own.
    assert judge(index, "왜 수출 상담 실적이 늘었나요?", "상담회").typed == 1.0


def test_the_focus_stands_in_the_passage_its_header_or_nowhere(index: Index) -> None:
    found = judge(index, "재기 자금 융자 한도는 얼마인가요?", "업체당", "7,000만원")
    assert found.focus == 1.0
    missing = judge(index, "재기 자금의 경쟁률은 얼마인가요?", "업체당", "7,000만원")
    assert missing.focus < 0.9
    named = judge(index, "재기 자금의 경쟁률은 얼마인가요?", "업체당", "3:1", "경쟁률")
    assert named.focus == 1.0


def test_a_measure_is_met_by_what_it_measures(index: Index) -> None:
    assert judge(index, "재기 자금 융자액은 얼마인가요?", "업체당", "7,000만원").focus == 1.0


def test_what_happened_is_told_or_not(index: Index) -> None:
    met = judge(index, "재도전종합센터는 무엇을 상담하나요?", "취업")
    unmet = judge(index, "재도전종합센터는 언제 철거되나요?", "취업")
    assert met.event == 1.0
    assert unmet.event < 1.0
    assert judge(index, "한도는 얼마인가요?", "업체당").event == 1.0


def test_a_date_that_is_asked_for(index: Index) -> None:
    question = "상담회는 언제 열렸나요?"
    assert judge(index, question, "상담회", "2022년 6월 3일").undated == 0.0
    assert judge(index, question, "상담회").undated == 1.0
    assert judge(index, question, "상담회", "제12차").undated == 1.0
    assert judge(index, "왜 수출 상담 실적이 늘었나요?", "상담회").undated == 0.0


def test_a_sentence_is_no_name(index: Index) -> None:
    question = "폐업한 상인을 상담하는 센터 이름은 무엇인가요?"
    assert judge(index, question, "취업", "재도전종합센터").lengthy == 0.0
    whole = "재도전종합센터는 폐업한 상인의 취업과 재창업을 상담한다."
    assert judge(index, question, "취업", whole).lengthy == 1.0
    assert judge(index, "왜 상인을 상담하나요?", "취업", whole).lengthy == 0.0


def test_what_stands_near_the_value(index: Index) -> None:
    limit = judge(index, "업체당 융자 한도는 얼마인가요?", "업체당", "최대 7,000만원")
    other = judge(index, "폐업 상인 취업률은 얼마인가요?", "업체당", "최대 7,000만원")
    assert limit.near > 0.9
    assert other.near < 0.3
    assert limit.rare == 0.0
    assert other.rare > 0.5


def test_a_value_may_answer_to_a_noun_by_what_it_is(index: Index) -> None:
    # The passage has no word for "이자율" but a yearly share.
    assert judge(index, "재기 자금의 이자율은 얼마인가요?", "업체당", "연 2.5%").focus == 1.0
    assert judge(index, "재기 자금의 경쟁률은 얼마인가요?", "업체당", "연 2.5%").focus < 0.9


def test_a_long_question_is_met_by_chance_less(index: Index) -> None:
    short = judge(index, "융자 한도는?", "업체당", "7,000만원")
    long = judge(
        index, "재기 자금을 융자받는 업체의 최대 한도는 얼마인가요?", "업체당", "7,000만원"
    )
    assert 0.0 < short.terms < long.terms <= 1.0


def test_another_place_stands_for_the_one_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "guide.txt"
    source.write_text(
        "표준 동향\n\n미국 정부는 단일 표준으로 위성 통신을 채택하였다.\n", encoding="utf-8"
    )
    build([source], tmp_path / "index")
    standards = open_index(tmp_path / "index")
    assert (
        judge(standards, "캐나다는 무엇을 표준으로 채택했나요?", "미국", "위성 통신").place == 1.0
    )
    assert judge(standards, "미국은 무엇을 표준으로 채택했나요?", "미국", "위성 통신").place == 0.0


def test_a_name_of_the_sort_asked_for_is_told_or_not(index: Index) -> None:
    assert judge(index, "상담은 어느 은행에서 하나요?", "취업").named == 0.0
    assert judge(index, "상담은 어느 기관이 하나요?", "취업", "재도전종합센터").named == 1.0
    # The question's own name is no answer to it.
    asked = "재도전종합센터는 어느 기관인가요?"
    assert judge(index, asked, "취업", "재도전종합센터").named == 0.0
    assert judge(index, "재기 자금 한도는 얼마인가요?", "업체당", "7,000만원").named == 1.0


def test_a_proper_name_that_stands_nowhere_near(index: Index) -> None:
    assert judge(index, "구글 상담회는 언제 열렸나요?", "상담회").name == 1.0
    assert judge(index, "수출 상담회는 언제 열렸나요?", "상담회").name == 0.0
    # In another language every word is tagged as a name would be.
    assert judge(index, "When was the Google fair held?", "상담회").name == 0.0


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("2022년 상담회는 언제 열렸나요?", 0.0),
        ("'22년 상담회는 언제 열렸나요?", 0.0),
        ("2019년 상담회는 언제 열렸나요?", 1.0),
        ("상담회는 언제 열렸나요?", 0.0),
    ],
)
def test_a_year_that_is_nowhere_around(index: Index, question: str, missing: float) -> None:
    assert judge(index, question, "상담회", "2022년 6월 3일").year == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("제12차 상담회는 언제인가요?", 0.0),
        ("12차 상담회는 언제인가요?", 0.0),
        ("2차 상담회는 언제인가요?", 1.0),
        ("제13차 상담회는 언제인가요?", 1.0),
        ("판로 3.0 상담회는 언제인가요?", 0.7),
        ("3조원 규모 상담회는 언제인가요?", 0.0),
        ("상담회는 언제인가요?", 0.0),
    ],
)
def test_an_ordinal_that_the_passage_lacks(index: Index, question: str, missing: float) -> None:
    assert judge(index, question, "상담회", "2022년 6월 3일").number == missing


def test_an_answered_question_is_surer_than_one_about_something_else(index: Index) -> None:
    there = judge(index, "재기 자금 융자 한도는 얼마인가요?", "업체당", "최대 7,000만원")
    absent = judge(index, "2019년 제3차 메타버스 경쟁률은 얼마인가요?", "업체당")
    sure, unsure = (confidence(asdict(found), CONFIDENCE) for found in (there, absent))
    assert sure > 0.5 > unsure


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("베트남의 성장률은 얼마인가요?", "베트남"),
        ("베트남 재기 자금의 융자 한도는 얼마인가요?", "베트남"),
        ("재기 자금의 융자 한도는 얼마인가요?", ""),
        ("What is the budget of Zanzibar?", ""),
    ],
)
def test_a_name_that_no_document_holds_is_a_stranger(
    index: Index, written: str, expected: str
) -> None:
    assert stranger(index, analyse(written, index.body.vocabulary)) == expected


def test_what_is_said_of_others_is_no_answer_for_a_stranger(index: Index) -> None:
    asked = analyse("베트남 재기 자금의 융자 한도는 얼마인가요?", index.body.vocabulary)
    found = find_evidence(index, asked, rank(index, asked, Settings().rank), Settings())
    assert found.reason is Reason.NOT_IN_DOCUMENTS
    assert found.confidence <= Settings().answer.stranger
