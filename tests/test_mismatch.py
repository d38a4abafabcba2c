"""Another edition, stage or rank in place of the one that was asked for, by hand-made sentences."""

from __future__ import annotations

import pytest

from rag.judging.claim import other_number


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("2026-1차 모집은 누가 하나요?", "2026-1차 모집", 0.0),
        ("2026-1차 모집은 누가 하나요?", "2026-2차 모집", 1.0),
        ("제5차 회의는 누가 주재했나요?", "제4차 회의를 주재", 1.0),
        ("제5차 회의는 누가 주재했나요?", "회의를 주재", 0.7),
        ("제5차 회의는 누가 주재했나요?", "제 5 차 회의를 주재", 0.0),
        ("4차 위원회는 어디서 열렸나요?", "제4회 위원회 개최", 0.0),
        ("4차 위원회는 어디서 열렸나요?", "제14차 위원회 개최", 1.0),
        ("3단계 예산은 얼마인가요?", "1단계 20억원, 2단계 30억원", 1.0),
        ("1단계 사업은 몇 개인가요?", "11~2단계 사업", 1.0),
        ("2회 대회는 어디서 열렸나요?", "제2차 대회", 0.0),
        ("2회 대회는 어디서 열렸나요?", "제3차 대회", 1.0),
        ("5조원 예산은 어디에 쓰나요?", "6조원 예산", 0.0),  # an amount
        ("2기가 회선은?", "3기가 회선", 0.0),
        ("3기 위원은?", "4기 위원", 1.0),
        ("2.0% 금리는 무엇인가요?", "1.0% 금리", 0.0),
        ("2.0 전략과 제5차 회의는?", "2.0 전략과 제4차 회의", 1.0),
        ("수출 5위 품목은?", "순위 품목 5 무선통신기기", 0.0),
        ("수출 5위 품목은?", "무선통신기기", 0.5),
        ("예산은 얼마인가요?", "제4차 회의", 0.0),
    ],
)
def test_an_edition_that_another_stands_for(question: str, text: str, missing: float) -> None:
    assert other_number(question, text) == missing
