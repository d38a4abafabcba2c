"""Items inside one cell, each with a label in brackets."""

from __future__ import annotations

import pytest

from rag.labelled import bare, bulleted_items, labelled_items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• (예산) 12억원", [("예산", "12억원")]),
        ("(분야) 조선 기자재", [("분야", "조선 기자재")]),
        (
            "• (기술) 유형별 연구개발 • (인력) 재직자 교육",
            [("기술", "유형별 연구개발"), ("인력", "재직자 교육")],
        ),
        ("• (예산) 12억원(국비)", [("예산", "12억원(국비)")]),
        ("('21년 전망) 5.6%로 상향", []),  # a date says when, and names nothing
        ("• (예산) 12억원 • 특허 5건", [("예산", "12억원 • 특허 5건")]),
        ("특허 5건 • (예산) 12억원", []),
        ("(△4.8)", []),
        ("(기타)", []),
        ("", []),
    ],
)
def test_labels_and_items(text: str, expected: list[tuple[str, str]]) -> None:
    assert labelled_items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• 수 km", "수 km"),
        ("● ○ 두 겹", "두 겹"),
        ("- 낱말", "낱말"),
        ("-5.3", "-5.3"),
        ("•붙은 글머리", "붙은 글머리"),
        ("•", "•"),
        ("가·나", "가·나"),
    ],
)
def test_a_bullet_is_no_part_of_a_text(text: str, expected: str) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• 수출 지원 • 교육", ["수출 지원", "교육"]),
        ("· 기술·인력 지원 · 자금", ["기술·인력 지원", "자금"]),
        ("한 가지", ["한 가지"]),
        ("", []),
    ],
)
def test_items_that_bullets_part(text: str, expected: list[str]) -> None:
    assert bulleted_items(text) == expected
