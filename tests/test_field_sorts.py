"""What questions mean by other words than a field's label."""

from __future__ import annotations

import pytest

from rag.field_sorts import Meanings, another_of_its_sort
from rag.question import analyse


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
    ],
)
def test_fields_of_one_sort(asked: str, label: str, another: bool) -> None:
    assert another_of_its_sort(asked, label) is another
