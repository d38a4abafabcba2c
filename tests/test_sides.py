"""Questions taken apart by hand: what is asked of each side."""

from __future__ import annotations

import pytest

from rag.sides import sides_of

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
