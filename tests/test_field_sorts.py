"""What questions mean by other words than a field's label."""

from __future__ import annotations

import math

import pytest

from rag.field_sorts import Meanings, another_of_its_sort
from rag.question.analysis import analyse


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("참여기업은 몇 명까지 뽑나요?", "모집인원"),
        ("신청은 언제까지 하나요?", "접수기간"),
        ("설명회는 어디에서 열리나요?", "설명회 장소"),
        ("가격제안서는 몇 부 내나요?", "제출수량"),
        ("발사체는 몇 단인가요?", "단 수"),
        ("어떤 형식으로 적나요?", "표현형식"),
        ("누가 신청할 수 있나요?", "지원대상"),
        ("결과는 언제 알려 주나요?", "결과 통지"),
    ],
)
def test_label_is_meant(question: str, label: str) -> None:
    assert Meanings(analyse(question)).of(label) > 0


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("면접은 언제 보나요?", "모집기간"),  # it says for what, and the question does not
        ("면접은 언제 보나요?", "면접장소"),
        ("수당은 얼마인가요?", "홍보예산"),
        (
            "국민참여단 면접은 언제인가요?",
            "접수기간",
        ),  # a name with the word in it asks for no applying
    ],
)
def test_label_is_not_meant(question: str, label: str) -> None:
    assert Meanings(analyse(question)).of(label) == 0


@pytest.mark.parametrize(
    ("question", "label", "sure"),
    [
        ("발사체는 몇 단인가요?", "단 수", 0.8),  # what "몇" counts
        ("어떤 형식으로 적나요?", "표현형식", 0.6),  # what "어떤" stands before
        ("설명회는 언제 하나요?", "일시", 0.4),  # nothing but the sort
        ("설명회는 언제 하나요?", "소요 기간", 0.3),  # what narrows nothing down
        ("설명회는 언제 하나요?", "설명회 일시", 0.5 + 0.5 * math.exp(-1 / 8)),
        ("언제 설명회를 하나요?", "설명회 일시", 0.5 + 0.5 * math.exp(-2 / 8)),  # from its start
        ("언제 하나요, 설명회는?", "설명회 일시", 0.5 + 0.5 * math.exp(-5 / 8)),
        # Of several places the nearest to the question word.
        ("설명회라는 행사에서 설명회는 언제 하나요?", "설명회 일시", 0.5 + 0.5 * math.exp(-1 / 8)),
        ("신청은 언제 하나요?", "모집 기간", 0.4),  # another word for applying
        ("강의는 언제 하나요?", "모집 기간", 0.0),
        ("강의는 언제 하나요?", "강의 장소", 0.0),
        ("강의 일정", "강의 기간", 0.5 + 0.5 * math.exp(-2 / 8)),  # the end where nothing asks
    ],
)
def test_how_surely_a_label_is_meant(question: str, label: str, sure: float) -> None:
    assert Meanings(analyse(question)).of(label) == pytest.approx(sure)


def test_the_words_that_tell_the_sort_are_kept() -> None:
    assert Meanings(analyse("인원은 몇 명이고 서류는 무엇인가요?")).words == "인원서류"
    assert Meanings(analyse("왜 늘었나요?")).words == ""


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("시험은 몇 시에 하나요?", "시간"),
        ("몇 부 내나요?", "부수"),
        ("몇 점이면 되나요?", "배점"),
        ("비용은 얼마인가요?", "수수료"),
        ("누구에게 맡겼나요?", "책임자"),
        ("어느 부서가 하나요?", "주관"),
        ("어떤 기업이 되나요?", "자격요건"),
        ("무엇을 제출하나요?", "준비물"),
        ("어떻게 내나요?", "접수방법"),
        ("무엇을 지원받나요?", "특전"),
    ],
)
def test_each_sort_has_its_labels(question: str, label: str) -> None:
    meanings = Meanings(analyse(question))
    assert meanings.of(label) > 0
    assert meanings.of("비고") == 0


def test_words_near_the_question_word_mean_more() -> None:
    meanings = Meanings(analyse("행사 용역 제안서는 언제 제출해야 하나요?"))
    assert meanings.of("제출일시") > meanings.of("용역기간") > 0


@pytest.mark.parametrize(
    ("asked", "label", "another"),
    [
        ("접수기간", "처리기간", True),
        ("협약기간", "모집기간", True),
        ("접수기간", "모집 기간", False),  # both for applying
        ("기간", "처리기간", False),
        ("행사예산", "소요예산", False),
        ("접수기간", "접수장소", False),
        ("신청서 접수기간", "접수기간", False),
        ("접수기간", "신청서 접수기간", False),
        ("처리기간", "기간", False),
        ("소요예산", "행사예산", False),
        ("접수기간", "처리 절차", False),
        ("접수 절차", "처리 절차", False),  # of no sort that is known
        ("처리기간", "모집기간", True),  # only one is for applying
    ],
)
def test_fields_of_one_sort(asked: str, label: str, another: bool) -> None:
    assert another_of_its_sort(asked, label) is another
