"""The slot a question leaves open."""

from __future__ import annotations

import pytest

from rag.finding.phrases import SORTS, slot
from rag.question.analysis import analyse


@pytest.mark.parametrize(
    ("question", "sort", "head"),
    [
        ("훈민정음을 만든 왕은?", "person", "왕"),
        ("물시계를 만든 사람은 누구인가?", "person", "사람"),
        ("시험은 언제 치르나요?", "time", "시험"),
        ("참가비는 얼마인가요?", "number", "참가비"),
        ("벽은 무슨 색으로 칠했나?", "thing", "색"),
        ("그가 받은 상의 이름은 무엇인가?", "name", "상"),
        ("두 회사가 세운 공장은 어느 도시에 있나요?", "place", "도시"),
        ("그 선수가 속한 구단은?", "body", "구단"),
    ],
)
def test_sort_and_head(question: str, sort: str, head: str) -> None:
    found = slot(analyse(question))
    assert found.sort == sort
    assert found.sort in SORTS
    assert found.head == head or (head == "상" and found.head in ("상", "이름"))


def test_the_words_beside_the_slot_come_nearest_first() -> None:
    near = slot(analyse("세종이 집현전에서 만든 글자는?")).near
    assert near[0] in ("만들다", "집현전")
    assert "글자" not in near


def test_the_particle_behind_the_question_word() -> None:
    assert slot(analyse("장영실은 무엇을 만들었나?")).particle == "을"
    assert slot(analyse("물시계는 누가 만들었나?")).particle in ("", "가")
