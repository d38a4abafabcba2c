"""Values told by their order, from hand-made sentences."""

from __future__ import annotations

import pytest

from rag.pairing import of_year, paired, raised
from rag.question import analyse
from rag.values import Value, values


def said(found: list[Value], text: str) -> list[str]:
    return [text[v.start : v.end] for v in found]


BOTH = "매출과 수출이 각각 3.5%와 7.2% 늘었다."
BEHIND = "참여 기업은 각각 매출·수출증가율이 4.1%p와 8.4%p 높았다."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("매출은 몇 % 늘었나요?", BOTH, ["3.5%"]),
        ("수출은 몇 % 늘었나요?", BOTH, ["7.2%"]),
        ("수출증가율은 몇 %p 높았나요?", BEHIND, ["8.4%p"]),
        ("고용은 몇 % 늘었나요?", BOTH, []),
        ("매출은 몇 % 늘었나요?", "매출이 3.5%, 수출이 7.2% 늘었다.", []),
    ],
)
def test_each_has_its_own(question: str, text: str, expected: list[str]) -> None:
    assert said(paired(analyse(question), text, values(text)), text) == expected


CHANGE = "한도를 기존 5억원에서 7억원으로 상향한다."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("한도는 얼마로 올랐나요?", ["7억원"]),
        ("기존 한도는 얼마였나요?", ["5억원"]),
        ("한도는 얼마인가요?", []),
    ],
)
def test_a_change_has_two_ends(question: str, expected: list[str]) -> None:
    assert said(raised(analyse(question), CHANGE, values(CHANGE)), CHANGE) == expected


YEARS = "전망 : ('19) 2,800개 → ('25) 2,300개 → ('30) 1,900개"


def test_a_row_of_years() -> None:
    for year, expected in ((2019, "2,800개"), (2025, "2,300개"), (2030, "1,900개")):
        asked = analyse(f"{year}년에는 몇 개인가요?")
        assert said(of_year(asked, YEARS, values(YEARS)), YEARS) == [expected]
    assert of_year(analyse("몇 개인가요?"), YEARS, values(YEARS)) == []
    assert of_year(analyse("2027년에는 몇 개인가요?"), YEARS, values(YEARS)) == []
