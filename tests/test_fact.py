"""The fact of a text by kind of question, from hand-made sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.fact import find_fact, find_marks
from rag.question.analysis import analyse


def fact(question: str, text: str) -> str | None:
    found = find_fact(analyse(question), text)
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("물시계를 만든 사람은?", "1434년에 장영실이 물시계를 만들었다.", "장영실"),
        (
            "그 감독이 찍은 영화의 제목은?",
            "그 감독은 2003년에 영화 ‘바람과 파도’를 찍어 이름을 알렸다.",
            "바람과 파도",
        ),
        (
            "설비 자금은 얼마까지인가요?",
            "설비 자금은 5억원까지, 운전 자금은 2억원까지이다.",
            "5억원까지",
        ),
        (
            "운전 자금은 얼마까지인가요?",
            "설비 자금은 5억원까지, 운전 자금은 2억원까지이다.",
            "2억원까지",
        ),
        ("융자 한도", "200억원을 들여 기업당 3천만원 한도로 융자한다.", "기업당 3천만원 한도"),
        ("몇 대 질환을 지원하나요?", "암과 간질환 등 12대 질환의 진료를 지원한다.", "12대 질환"),
        ("단체가 생긴 해는 언제인가?", "이 단체는 2002년에 생겼다.", "2002년"),
    ],
)
def test_the_fact(question: str, text: str, expected: str) -> None:
    assert fact(question, text) == expected


def test_without_a_name_there_is_no_person() -> None:
    assert fact("상담은 누가 하나요?", "상담은 날마다 오후에 한다.") is None


def test_a_question_for_several_slices_has_no_single_fact() -> None:
    assert fact("두 사업은 어떻게 다른가요?", "두 사업은 규모가 다르다.") is None


def test_an_unsure_answer_stays_within_one_sentence_and_fifty_characters() -> None:
    text = "강과 산과 들과 바다가 있다. 하늘과 구름과 바람과 비가 있다. 나무와 풀과 꽃이 있다."
    found = fact("무엇이 있나요?", text)
    assert found is not None
    assert len(found) <= 50
    assert ". " not in found


def test_a_rare_word_decides_between_two_values() -> None:
    text = "불량률은 공장 도입으로 43% 줄고, 납기는 15% 빨라졌다."
    asked = analyse("공장 도입 뒤 납기는 몇 % 빨라졌나요?")
    found = find_fact(asked, text, lambda term: 5.0 if term == "납기" else 1.0)
    assert found is not None
    assert text[slice(*found)] == "15%"


def test_a_number_of_the_question_is_not_met_inside_a_longer_one() -> None:
    asked = analyse("중간 1 지원금은 얼마인가요?")
    places = find_marks(asked, "중간 1 지원금은 31억 1,500만원")
    assert [at for at, _end, _weight, term in places if term == "1"] == [3]


@given(
    st.sampled_from(
        ["누구인가요?", "어디인가요?", "무엇인가요?", "왜 그런가요?", "얼마인가요?", "언제인가요?"]
    ),
    st.text(alphabet="가나다라 은는이를의,.()‘’120년억원A-", max_size=60),
)
def test_a_fact_is_a_slice(ending: str, text: str) -> None:
    found = find_fact(analyse(f"나라의 답은 {ending}"), text)
    if found is not None:
        start, end = found
        assert 0 <= start < end <= len(text)
