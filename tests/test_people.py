"""Names of people, against hand-made sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.names import people


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in people(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "공동의장인 김지원 국토부 도시정책실장 및 박서준 환경부 물관리국장은",
            ["김지원", "박서준"],
        ),
        ("추진단장에 조인호 한강대 공과대학 교수를 선임", ["조인호"]),
        ("이동국 중소벤처기업부 장관은 한빛전자 최민아 대표와 만났다", ["이동국", "최민아"]),
        ("위원장 정다은, 부위원장 오세린", ["정다은", "오세린"]),
        ("좌장은 이동국 교수, 발표는 최민아 박사가 맡는다", ["이동국", "최민아"]),
        ("허준 원장", ["허준"]),
    ],
)
def test_names_beside_titles(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "산업부 장관과 해수부 차관이 참석하였다.",
        "미국 대통령과 한국 대표가 만났다.",
        "민간 전문가 위원을 위촉한다.",
        "한강대 교수와 이화여대 교수",
        "한빛전자 대표와 면담하였다.",
        "김지원이 발표하였다.",
        "정책 수요를 조사하여 위원회에 보고한다.",
    ],
)
def test_offices_places_and_names_without_a_title(text: str) -> None:
    assert names(text) == []


@settings(deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["김지원", " ", "장관", "교수", "(", "·", "은"])).map("".join)
)
def test_names_are_ordered_disjoint_words(text: str) -> None:
    end = 0
    for start, stop in people(text):
        assert end <= start < stop <= len(text)
        assert 2 <= stop - start <= 4
        end = stop
