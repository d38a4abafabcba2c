"""What is told against what a question takes for granted, by hand-made sentences."""

from __future__ import annotations

import pytest

from rag.judging.claim import Premise, false_premise
from rag.question.analysis import analyse

RAISED = "정부는 내년 상담 예산을 40억원으로 증액하기로 하였다."
CUT = "정부는 내년 상담 예산을 40억원으로 삭감하였다."
PENDING = "플랫폼 기본법안은 국회에 계류 중이며 통과될 경우 내년부터 적용된다."
PASSED = "플랫폼 기본법안은 지난달 국회를 통과하였다. 시행령은 통과될 경우에 정한다."
DROPPED = "회사는 평택공장 증설 계획을 철회하고 부지를 팔았다."


@pytest.mark.parametrize(
    ("question", "slice", "premise"),
    [
        ("상담 예산을 깎은 이유는 무엇인가요?", RAISED, Premise.OPPOSITE),
        ("상담 예산을 깎은 이유는 무엇인가요?", CUT, None),
        ("상담 예산이 늘어난 까닭은?", CUT, Premise.OPPOSITE),
        ("상담 예산이 늘어난 까닭은?", RAISED, None),
        # Nothing is said of what became of it.
        ("상담 예산을 깎은 이유는 무엇인가요?", "상담 예산은 40억원이다.", None),
        # What is told behind another noun is not told of this one.
        ("상담 예산을 깎은 이유는?", "상담 건수가 증가하여 예산은 그대로 두었다.", None),
        # Only a reason takes the direction for granted.
        ("상담 예산이 얼마나 줄었나요?", RAISED, None),
        ("기본법안이 국회에서 통과된 날은 언제인가요?", PENDING, Premise.PENDING),
        ("기본법안이 국회에서 통과된 날은 언제인가요?", PASSED, None),
        ("기본법안이 통과되면 언제부터 적용되나요?", PENDING, None),
        ("평택공장을 증설한 이유는 무엇인가요?", DROPPED, Premise.DROPPED),
        ("평택공장 증설을 철회한 이유는 무엇인가요?", DROPPED, None),
        ("센터로 지정된 기관은 어디인가요?", "센터의 지정 근거를 마련하였다.", None),
        ("센터로 지정된 기관은 어디인가요?", "전담 센터 지정 근거 마련", Premise.PENDING),
        # A day that was to come when the document was written is the answer all the same.
        ("특별법이 시행된 날은 언제인가요?", "특별법은 6월 10일부터 시행할 예정이다.", None),
        # A year that is only aimed at is no day on which it was done; but it is when it is to be.
        ("전국망을 완성한 날은 언제인가요?", "2022년 전국망 완성을 목표로 한다.", Premise.PENDING),
        ("전국망은 언제 완성되나요?", "2022년 전국망 완성을 목표로 한다.", None),
        ("전국망이 언제 완성된다고 했나요?", "2022년 전국망 완성을 목표로 한다.", None),
    ],
)
def test_the_premise_is_denied_by_what_is_said_right_behind_it(
    question: str, slice: str, premise: Premise | None
) -> None:
    assert false_premise(analyse(question), [slice]) is premise


@pytest.mark.parametrize(
    ("question", "denied", "borne_out"),
    [
        ("기한을 연장한 이유는?", "기한은 폐지되었다.", "기한은 유지되었다."),
        ("기한을 폐지한 이유는?", "기한은 연장되었다.", "기한은 종료되었다."),
        ("규제를 강화한 이유는?", "규제 완화가 시작되었다.", "규제 강화가 시작되었다."),
        ("규제를 완화한 이유는?", "규제 강화가 시작되었다.", "규제 완화가 시작되었다."),
        ("판매를 허용한 이유는?", "판매 제한이 이어졌다.", "판매 승인이 나왔다."),
        ("법안이 부결된 이유는?", "법안은 가결되었다.", "법안은 기각되었다."),
        ("상담에서 적자가 난 이유는?", "상담은 흑자였다.", "상담은 적자였다."),
        ("예산을 늘린 이유는?", "예산은 △ 3억원이다.", "예산은 증액되었다."),
        ("시설을 증설한 이유는?", "시설은 감축되었다.", "시설은 확대되었다."),
    ],
)
def test_each_pair_of_opposites_denies_the_other(
    question: str, denied: str, borne_out: str
) -> None:
    asked = analyse(question)
    assert false_premise(asked, [denied]) is Premise.OPPOSITE
    assert false_premise(asked, [borne_out]) is None
    assert false_premise(asked, [denied, borne_out]) is None


@pytest.mark.parametrize(
    ("question", "slices", "premise"),
    [
        # No noun is said of which the direction would be told.
        ("줄인 이유는 무엇인가요?", [RAISED], None),
        # Both directions are the question's own.
        ("예산이 늘었다가 줄어든 이유는?", ["예산은 증액되었다."], None),
        # The best slice speaks of something else.
        ("상담 예산을 깎은 이유는?", ["상담을 열었다.", RAISED], None),
        ("평택공장을 증설한 이유는?", ["평택에 공장이 있다."], None),
        ("평택공장을 증설한 이유는?", ["평택에 공장이 있다.", DROPPED], None),
        # What is told in another sentence, or far behind, is not told of the noun.
        ("예산을 깎은 이유는?", ["예산을 정하였음. 인원을 증원하였다."], None),
        ("예산을 깎은 이유는?", [f"예산은 {'가' * 45} 증액되었다."], None),
        # The best slice decides where no other one bears the event out.
        (
            "센터로 지정된 기관은 어디인가요?",
            ["전담 센터 지정 근거 마련", "지정 센터는 네 곳이다."],
            Premise.PENDING,
        ),
        (
            "센터로 지정된 기관은 어디인가요?",
            ["지정 센터는 네 곳이다.", "전담 센터 지정 근거 마련"],
            None,
        ),
        # One of several mentions is enough to bear an event out.
        ("평택공장을 증설한 이유는?", [DROPPED, "평택공장을 증설하였다."], None),
        ("평택공장을 증설한 이유는?", ["증설 계획은 취소하고 증설 비용은 돌려준다."], None),
        # A bill that is pending has no day, whatever days stand beside it.
        (
            "법안이 통과된 날은 언제인가요?",
            ["2022년 3월 4일 발의되어 계류 중이며 통과될 경우 적용된다."],
            Premise.PENDING,
        ),
        (
            "법안이 통과된 이유는 무엇인가요?",
            ["2022년 3월 4일 법안은 통과될 예정이다."],
            Premise.PENDING,
        ),
    ],
)
def test_what_is_said_of_something_else_denies_nothing(
    question: str, slices: list[str], premise: Premise | None
) -> None:
    assert false_premise(analyse(question), slices) is premise


def test_another_slice_can_bear_the_question_out() -> None:
    question = analyse("상담 예산을 깎은 이유는 무엇인가요?")
    assert false_premise(question, [RAISED]) is Premise.OPPOSITE
    assert false_premise(question, [RAISED, CUT]) is None
    assert false_premise(question, []) is None


def test_what_both_rises_and_falls_denies_nothing() -> None:
    question = analyse("상담 예산을 깎은 이유는 무엇인가요?")
    both = "상담 예산은 증액되었다. 홍보 예산은 삭감되었다."
    assert false_premise(question, [both]) is None
