"""Repairs in questions: what must be mended, and what must be left alone."""

import json
from pathlib import Path

import pytest

from rag.korean import repair, terms
from rag.korean.script import variants

HERE = Path(__file__).parent
# The words of a small index.
KNOWN = frozenset(
    term
    for text in (
        "반도체 세액 공제 지원금 신청 예약 사전 예약 서비스 스마트서비스 업체 챗GPT 닥터앤서 단계",
        "3단계 중소기업 정책자금 총사업비 도입 언제 공고",
    )
    for term in terms(text)
)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("언재 나왓나요", "언제 나왔나요"),
        ("지언금 얼마", "지원금 얼마"),
        ("사전에약 하려면", "사전예약 하려면"),
        ("스마트써비스 공고", "스마트서비스 공고"),
        ("다 알려주새요", "다 알려주세요"),
        ("반도채 업채", "반도체 업체"),
        ("세액공재 신쳥", "세액공제 신청"),
        ("올랏나요", "올랐나요"),
    ],
)
@pytest.mark.parametrize("vocabulary", [frozenset(), KNOWN])
def test_typing_errors(written: str, searched: str, vocabulary: frozenset[str]) -> None:
    mended, corrections = repair(written, vocabulary)
    assert mended == searched
    assert corrections
    for correction in corrections:
        assert correction.written in written
        assert correction.searched in searched


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("닥터엔서2.0 공고", "닥터앤서2.0 공고"),
        ("쳇GPT 도입", "챗GPT 도입"),
        ("중소기없 지원금", "중소기업 지원금"),
    ],
)
def test_names_are_mended_by_the_index(written: str, searched: str) -> None:
    assert repair(written, KNOWN)[0] == searched


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        (
            "중소기업이AI를도입할때지원금은얼마인가요",
            "중소기업이 AI를 도입할 때 지원금은 얼마인가요",
        ),
        ("정책자 금 신청", "정책자금 신청"),
    ],
)
def test_blanks(written: str, searched: str) -> None:
    mended, corrections = repair(written, KNOWN)
    assert mended == searched
    assert len(corrections) == 1


@pytest.mark.parametrize(
    "question",
    [
        "소상공인 정책자금 신청 마감은 언제인가요?",
        "C-V2X 표준은 언제 시행되나요?",
        "사스(SaaS) 육성지원 공고",
        "What is the budget?",
        "범부처재생의료기술개발사업 총사업비",
        "https://www.smtech.go.kr 접속이 안 되는데 어디에 문의하나요",
        "",
        "가" * 5_000,
    ],
)
def test_sound_questions_are_left_alone(question: str) -> None:
    assert repair(question, KNOWN) == (question, ())
    assert repair(question) == (question, ())


def test_a_word_of_the_index_is_never_changed() -> None:
    assert repair("지언금 얼마", KNOWN | {"지언금"})[0] == "지언금 얼마"


def test_golden_questions_keep_their_terms() -> None:
    """Without an index only what is plainly mistyped changes."""
    rows = (HERE / "golden" / "dev.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(row)["question"] for row in rows]
    changed = [q for q in questions if set(terms(q)) != set(terms(repair(q)[0]))]
    assert len(changed) <= 0.08 * len(questions), changed


def test_variants_differ_in_one_letter() -> None:
    near = dict(variants("엔"))
    assert near["앤"] is True
    assert near["은"] is False
    assert len(near) == 18 + 20 + 27
    assert "엔" not in near
    assert "닥터앤서" in dict(variants("닥터엔서"))
    assert list(variants("AI")) == []
