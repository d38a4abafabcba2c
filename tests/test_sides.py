"""Questions taken apart by hand: what is asked of each side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question.sides import sides_of

SPLIT = (
    (
        "과학관과 미술관의 입장료는 각각 얼마인가요?",
        (("과학관", "과학관 입장료 얼마인가요?"), ("미술관", "미술관 입장료 얼마인가요?")),
    ),
    (
        "2022년 도로 예산과 하천 정비 사업비를 합하면 얼마입니까?",
        (
            ("2022년 도로 예산", "2022년 도로 예산 얼마입니까?"),
            ("하천 정비 사업비", "하천 정비 사업비 얼마입니까?"),
        ),
    ),
    (
        "도서관은 몇 곳까지 늘리고, 체육관은 얼마나 짓나요?",
        (("도서관", "도서관은 몇 곳까지 늘리고?"), ("체육관", "체육관은 얼마나 짓나요?")),
    ),
    (
        "2030년 목표로 도서관은 몇 곳까지 늘리고, 체육관은 얼마나 짓나요?",
        (
            ("도서관", "2030년 목표로 도서관은 몇 곳까지 늘리고?"),
            ("체육관", "2030년 목표로 체육관은 얼마나 짓나요?"),
        ),
    ),
    (
        "누리소식 2022년 4월호와 5월호의 특집 주제는 각각 무엇인가요?",
        (
            ("4월호", "누리소식 2022년 4월호 특집 주제 무엇인가요?"),
            ("5월호", "누리소식 2022년 5월호 특집 주제 무엇인가요?"),
        ),
    ),
    (
        "수소차를 두고 환경부와 산업부 의견이 어떻게 다른가요?",
        (
            ("환경부", "수소차를 두고 환경부 의견 어떻게 보나요?"),
            ("산업부", "수소차를 두고 산업부 의견 어떻게 보나요?"),
        ),
    ),
    (
        "창업에서 겪는 어려움이 벤처 보고서와 농업 보고서에서 어떻게 다릅니까?",
        (
            ("벤처 보고서", "창업에서 겪는 어려움이 벤처 보고서 어떻게 보나요?"),
            ("농업 보고서", "창업에서 겪는 어려움이 농업 보고서 어떻게 보나요?"),
        ),
    ),
)


@pytest.mark.parametrize(("question", "expected"), SPLIT)
def test_each_side_is_asked_what_is_asked_of_all(
    question: str, expected: tuple[tuple[str, str], ...]
) -> None:
    found = sides_of(question)
    assert found is not None
    assert tuple((side.label, side.question) for side in found.sides) == expected
    assert found.ordered == 0


@pytest.mark.parametrize(
    ("question", "ordered", "labels", "ask"),
    [
        (
            "도로, 하천, 공원 세 사업을 예산이 큰 순서로 알려주세요.",
            1,
            ("도로", "하천", "공원"),
            "예산 얼마인가요?",
        ),
        (
            "도로, 하천 두 사업을 예산이 적은 순서대로 알려주세요.",
            -1,
            ("도로", "하천"),
            "예산 얼마인가요?",
        ),
        (
            "도로와 하천 가운데 예산은 어느 쪽이 더 큰가요?",
            0,
            ("도로", "하천"),
            "예산 얼마인가요?",
        ),
        ("도로와 하천은 어느 쪽 예산이 더 많나요?", 0, ("도로", "하천"), "예산 얼마인가요?"),
    ],
)
def test_what_is_larger_is_asked_as_an_amount(
    question: str, ordered: int, labels: tuple[str, ...], ask: str
) -> None:
    found = sides_of(question)
    assert found is not None and found.named
    assert found.ordered == ordered
    assert tuple(side.label for side in found.sides) == labels
    assert all(side.question.endswith(ask) for side in found.sides)


@pytest.mark.parametrize("whole", [True, False])
def test_only_what_differs_is_asked_as_a_whole(whole: bool) -> None:
    tail = "의견은 어떻게 다른가요?" if whole else "예산은 각각 얼마인가요?"
    found = sides_of(f"환경부와 산업부 {tail}")
    assert found is not None
    assert [side.whole for side in found.sides] == [whole, whole]


@pytest.mark.parametrize(
    "question",
    [
        "융자 한도는 얼마인가요?",
        "소상공인과 중소기업이 받을 수 있는 융자는 얼마인가요?",
        "누가 언제 발표했나요?",
        "이 사업은 어디서 하고 언제 끝나나요?",
        "두 제도의 차이는 무엇인가요?",
        "각각 얼마인가요?",
        "도로, 하천, 공원, 학교, 병원 예산은 각각 얼마인가요?",
        "와 과 하고 각각",
        "",
        "과학관과 미술관의 " + "아주 " * 200 + "입장료는 각각 얼마인가요?",
    ],
)
def test_what_does_not_split_cleanly_is_left_whole(question: str) -> None:
    assert sides_of(question) is None


@pytest.mark.parametrize(
    ("question", "reckon", "labels", "ask"),
    [
        (
            "도로 예산과 하천 사업비를 합하면 얼마입니까?",
            "sum",
            ("도로 예산", "하천 사업비"),
            "얼마입니까?",
        ),
        ("도로와 하천 예산의 합계는 얼마인가요?", "sum", ("도로", "하천 예산"), "예산 얼마인가요?"),
        ("도로와 하천 예산의 차이는 얼마인가요?", "gap", ("도로", "하천 예산"), "예산 얼마인가요?"),
        (
            "도로와 하천 예산은 얼마나 차이 나나요?",
            "gap",
            ("도로", "하천 예산"),
            "예산 얼마인가요?",
        ),
        ("도로와 하천 중 어느 쪽 예산이 더 적나요?", "적", ("도로", "하천"), "예산 얼마인가요?"),
        (
            "초급 과정과 고급 과정 중 수강 기간이 더 긴 것은?",
            "긴",
            ("초급 과정", "고급 과정"),
            "수강 기간 얼마인가요?",
        ),
        ("도로와 하천의 예산은 각각 얼마인가요?", "", ("도로", "하천"), "예산 얼마인가요?"),
        (
            "2019년과 2020년 도로 예산은 각각 얼마인가요?",
            "",
            ("2019년", "2020년"),
            "도로 예산 얼마인가요?",
        ),
    ],
)
def test_what_the_facts_are_to_come_to(
    question: str, reckon: str, labels: tuple[str, ...], ask: str
) -> None:
    found = sides_of(question)
    assert found is not None
    assert found.reckon == reckon
    assert tuple(side.label for side in found.sides) == labels
    assert all(side.question.endswith(ask) for side in found.sides)


def asked_of_each(question: str) -> list[tuple[str, str]]:
    found = sides_of(question)
    assert found is not None
    return [(side.label, side.question) for side in found.sides]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "급식비는 난방비보다 예산이 얼마나 더 많나요?",
            [("급식비", "급식비 예산이 얼마인가요?"), ("난방비", "난방비 예산이 얼마인가요?")],
        ),
        (
            "숲체험은 갯벌체험보다 몇 명 더 뽑나요?",
            [("숲체험", "숲체험 몇 명인가요?"), ("갯벌체험", "갯벌체험 몇 명인가요?")],
        ),
        (
            "숲체험은 갯벌체험보다 몇 명이나 덜 뽑나요?",
            [("숲체험", "숲체험 몇 명인가요?"), ("갯벌체험", "갯벌체험 몇 명인가요?")],
        ),
        # What is asked of both may be said with the first alone.
        (
            "과학관 입장료가 미술관보다 얼마나 더 비싸요?",
            [
                ("과학관 입장료", "과학관 입장료 얼마인가요?"),
                ("미술관", "미술관 입장료 얼마인가요?"),
            ],
        ),
        (
            "과학관 입장료가 미술관 관람료보다 얼마나 더 비싸요?",
            [
                ("과학관 입장료", "과학관 입장료 얼마인가요?"),
                ("미술관 관람료", "미술관 관람료 얼마인가요?"),
            ],
        ),
        (
            "마을 도서관이 시립 박물관보다 몇 명 더 쓰나요?",
            [
                ("마을 도서관", "마을 도서관 몇 명인가요?"),
                ("시립 박물관", "시립 박물관 몇 명인가요?"),
            ],
        ),
    ],
)
def test_one_thing_against_another_is_the_gap_between_them(
    question: str, expected: list[tuple[str, str]]
) -> None:
    assert asked_of_each(question) == expected
    found = sides_of(question)
    assert found is not None and (found.reckon, found.ordered) == ("gap", 0)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "2025년보다 2026년에 예산이 얼마나 늘었나요?",
            [("2025년", "2025년에 예산이 얼마인가요?"), ("2026년", "2026년에 예산이 얼마인가요?")],
        ),
        (
            "도서관 예산은 2026년에 2025년보다 얼마나 늘었나요?",
            [
                ("2025년", "도서관 예산은 2025년에 얼마인가요?"),
                ("2026년", "도서관 예산은 2026년에 얼마인가요?"),
            ],
        ),
        (
            "1분기에 비해 2분기 방문객은 몇 명이나 줄었나요?",
            [("1분기", "1분기 방문객은 몇 명인가요?"), ("2분기", "2분기 방문객은 몇 명인가요?")],
        ),
        (
            "2023년 대비 2024년 등록 업체는 몇 곳 증가했나요?",
            [
                ("2023년", "2023년 등록 업체는 몇 곳인가요?"),
                ("2024년", "2024년 등록 업체는 몇 곳인가요?"),
            ],
        ),
        # The year is said once for both halves.
        (
            "2024년 상반기보다 하반기에 매출이 얼마나 늘었나요?",
            [
                ("2024년 상반기", "2024년 상반기에 매출이 얼마인가요?"),
                ("하반기", "2024년 하반기에 매출이 얼마인가요?"),
            ],
        ),
    ],
)
def test_growth_from_one_time_to_another_is_the_gap_between_them(
    question: str, expected: list[tuple[str, str]]
) -> None:
    assert asked_of_each(question) == expected
    found = sides_of(question)
    assert found is not None and found.reckon == "gap"


@pytest.mark.parametrize(
    "question",
    [
        # A rate of growth is a fact of its own.
        "2025년보다 2026년에 예산이 몇 퍼센트 늘었나요?",
        "2025년 대비 2026년 예산은 몇 % 늘었나요?",
        "2025년보다 2026년에 매출이 몇 배로 커졌나요?",
        "2025년보다 예산이 얼마나 늘었나요?",
        "2024년, 2025년, 2026년에 예산이 얼마나 늘었나요?",
        "2025년과 2026년에 예산이 얼마나 늘었나요?",
    ],
)
def test_growth_that_no_two_amounts_tell_is_left_whole(question: str) -> None:
    found = sides_of(question)
    assert found is None or found.reckon != "gap"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "과학관이랑 미술관 입장료는 각각 얼마예요?",
            [("과학관", "과학관 입장료 얼마예요?"), ("미술관", "미술관 입장료 얼마예요?")],
        ),
        (
            "전주랑 익산이랑 군산은 예산이 각각 얼마예요?",
            [
                ("전주", "전주 예산이 얼마예요?"),
                ("익산", "익산 예산이 얼마예요?"),
                ("군산", "군산 예산이 얼마예요?"),
            ],
        ),
        # "사랑" holds no tie.
        (
            "사랑 나눔 사업과 행복 나눔 사업의 예산은 각각 얼마인가요?",
            [
                ("사랑 나눔 사업", "사랑 나눔 사업 예산 얼마인가요?"),
                ("행복 나눔 사업", "행복 나눔 사업 예산 얼마인가요?"),
            ],
        ),
    ],
)
def test_spoken_ties_are_ties(question: str, expected: list[tuple[str, str]]) -> None:
    assert asked_of_each(question) == expected


@pytest.mark.parametrize(
    ("question", "labels", "ask"),
    [
        ("도로와 하천은 예산이 각각 얼마인가요?", ("도로", "하천"), "예산이 얼마인가요?"),
        (
            "1인실과 2인실은 하루 이용료가 얼마나 다른가요?",
            ("1인실", "2인실"),
            "하루 이용료는 얼마인가요?",
        ),
        ("사과와 배는 무엇이 다른가요?", ("사과", "배"), "어떻게 보나요?"),
    ],
)
def test_what_stands_behind_the_topic_is_asked_of_each(
    question: str, labels: tuple[str, ...], ask: str
) -> None:
    assert asked_of_each(question) == [(label, f"{label} {ask}") for label in labels]


@pytest.mark.parametrize(
    ("question", "reckon", "labels", "ask"),
    [
        (
            "스마트상점과 스마트공장 중 어느 쪽이 보조율이 높아요?",
            "높",
            ("스마트상점", "스마트공장"),
            "보조율 얼마인가요?",
        ),
        (
            "스마트상점과 스마트공장은 어느 쪽이 보조율이 더 높나요?",
            "높",
            ("스마트상점", "스마트공장"),
            "보조율 얼마인가요?",
        ),
        (
            "도로 예산과 하천 예산 가운데 더 큰 것은 무엇인가요?",
            "큰",
            ("도로 예산", "하천 예산"),
            "예산 얼마인가요?",
        ),
        (
            "도로 예산과 하천 예산 가운데 더 큰 것은?",
            "큰",
            ("도로 예산", "하천 예산"),
            "예산 얼마인가요?",
        ),
        ("국비와 도비 중 어느 것이 더 많나요?", "많", ("국비", "도비"), "얼마인가요?"),
        (
            "숲체험이랑 갯벌체험 중에 어느 쪽이 더 비싸요?",
            "비싸",
            ("숲체험", "갯벌체험"),
            "얼마인가요?",
        ),
        (
            "봄 강좌와 가을 강좌 중 신청자가 더 많은 강좌는 뭐예요?",
            "많",
            ("봄 강좌", "가을 강좌"),
            "신청자 몇인가요?",
        ),
    ],
)
def test_which_of_two_is_more(
    question: str, reckon: str, labels: tuple[str, ...], ask: str
) -> None:
    found = sides_of(question)
    assert found is not None
    assert (found.reckon, found.named) == (reckon, True)
    assert tuple(side.label for side in found.sides) == labels
    assert [side.question.endswith(ask) for side in found.sides] == [True, True]


@pytest.mark.parametrize(
    ("question", "ordered", "ask"),
    [
        ("1차 모집과 2차 모집을 접수일이 빠른 순서로 알려 주세요", -1, "언제인가요?"),
        ("1차 모집과 2차 모집을 접수일이 늦은 순서로 알려 주세요", 1, "언제인가요?"),
    ],
)
def test_what_comes_first_is_asked_as_a_date(question: str, ordered: int, ask: str) -> None:
    found = sides_of(question)
    assert found is not None and found.ordered == ordered
    assert all(side.question.endswith(ask) for side in found.sides)


_WORDS = st.sampled_from(
    "도로와 하천은 하천과 공원, 예산이 예산은 각각 얼마인가요? 어느 쪽이 더 큰가요? 2025년보다 2026년에 "
    "얼마나 늘었나요? 과학관이랑 미술관보다 두 사업을 차이는 합하면 순서로 몇 명 사랑 중 가운데 다른가요?".split()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=10).map(" ".join) | st.text(max_size=40))
def test_any_text_gives_sides_named_by_its_own_words_or_none(text: str) -> None:
    found = sides_of(text)
    if found is None:
        return
    assert 2 <= len(found.sides) <= 4
    assert found.ordered in (-1, 0, 1)
    for side in found.sides:
        assert side.label and side.label in text
        assert side.question.endswith("?") and "  " not in side.question
