"""Signals of a phrase against values worked out by hand."""

from __future__ import annotations

import math

from rag import korean
from rag.aptness import aptness, signals
from rag.asked import slot
from rag.fact import find_marks
from rag.phrases import phrases
from rag.question.analysis import analyse
from rag.reading.values import values


def rows(question: str, text: str) -> dict[str, dict[str, float]]:
    asked = analyse(question)
    inside = korean.morphemes(text)
    found = phrases(text, inside, values(text))
    marks = find_marks(asked, text)
    out = signals(asked, slot(asked), text, inside, found, marks)
    return {text[p.start : p.end]: row for p, row in zip(found, out, strict=True)}


def test_a_word_of_the_question_is_an_echo_and_covered() -> None:
    found = rows("물시계를 만든 사람은?", "장영실이 물시계를 만들었다.")
    assert found["물시계"]["echo"] == 1.0
    assert found["물시계"]["covered"] == 1.0
    assert found["장영실"]["echo"] == 0.0
    assert found["장영실"]["covered"] == 0.0


def test_the_particle_behind_tells_the_role() -> None:
    found = rows("물시계를 만든 사람은?", "장영실이 물시계를 만들었다.")
    assert found["장영실"]["role:s"] == 1.0
    assert found["물시계"]["role:o"] == 1.0


def test_the_head_in_front_and_behind() -> None:
    found = rows("그가 찍은 영화는?", "그는 영화 ‘파도’를 찍었고 구름이라는 영화도 만들었다.")
    assert found["파도"]["head_before"] == 1.0
    assert found["구름"]["head_after"] == 1.0
    assert found["구름"]["head_before"] == 0.0


def test_a_word_counts_by_its_distance() -> None:
    found = rows("저자는?", "저자 홍길동")
    # one mark of one term, one character away, so its share of the weight is 1
    assert found["홍길동"]["before6"] == math.exp(-1 / 6)
    assert found["홍길동"]["before20"] == math.exp(-1 / 20)


def test_an_alias_is_seen_through() -> None:
    found = rows("퍼시벌을 만든 회사는?", "누리사는 펄서벌(퍼시벌)을 내놓았다.")
    assert found["펄서벌"]["alias"] == 1.0


def test_aptness_is_the_weighted_sum() -> None:
    assert aptness([{"a": 2.0, "b": 1.0}, {"c": 5.0}], {"a": 1.5, "b": -1.0}) == [2.0, 0.0]
