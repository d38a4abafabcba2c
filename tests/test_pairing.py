"""Values told by their order, from hand-made sentences."""

from __future__ import annotations

import pytest

from rag.pairing import paired, raised
from rag.question.analysis import analyse
from rag.reading.values import Value, values


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
        # What stands in another clause, or before "각각", is of another row.
        (
            "매출은 몇 % 늘었나요?",
            "매출과 수출이 각각 3.5%와 7.2% 늘고 고용은 2.0% 줄었다.",
            ["3.5%"],
        ),
        (
            "수출은 몇 % 늘었나요?",
            "2.0% 성장 속에 매출과 수출이 각각 3.5%와 7.2% 늘었다.",
            ["7.2%"],
        ),
        ("매출은 몇 % 늘었나요?", "매출과 수출은 각각 3.5% 늘었다.", []),
        ("매출은 몇 % 늘었나요?", "매출과 수출은 각각 다르다.", []),
        ("매출과 수출은 몇 % 늘었나요?", BOTH, []),  # both are asked for
        ("고용은 몇 % 늘었나요?", "매출, 수출 및 고용이 각각 3.5%, 7.2%, 2.0% 늘었다.", ["2.0%"]),
        ("매출은 몇 % 늘었나요?", "매출이 각각 3.5%와 7.2% 늘었다.", []),  # fewer names than values
        ("매출은 몇 % 늘었나요?", f"매출과 수출이 각각 {'가' * 60} 3.5%와 7.2% 늘었다.", []),
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


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "기업은 얼마나 늘리나요?",
            "기업 수를 '30년까지 2배 이상 확대 - 현재 약 1%(770개)",
            ["2배 이상"],
        ),
        ("예산은 얼마나 줄이나요?", "예산 500억원에서 12% 감액하고 30억원을 옮긴다", ["12%"]),
        ("기업은 얼마나 늘리나요?", "기업 수는 770개이다.", []),
        ("기업은 몇 곳까지 늘리나요?", "기업 수를 2배 이상 확대하여 1,000개로 한다", []),
    ],
)
def test_by_how_much_is_the_value_before_the_change(
    question: str, text: str, expected: list[str]
) -> None:
    assert said(raised(analyse(question), text, values(text)), text) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("한도는 얼마로 올랐나요?", "융자 5억원, 보증 7억원으로 상향한다.", []),
        ("한도는 얼마로 인상되나요?", "한도 5억원 → 7억원", ["7억원"]),
        ("한도는 얼마로 바뀌나요?", "한도 5억원 ⇒ 7억원", ["7억원"]),
        ("한도는 얼마로 늘었나요?", "한도 5억원(대출) ➔ 7억원", ["7억원"]),
        ("한도는 얼마로 줄었나요?", "한도 7억원 -> 5억원", ["5억원"]),
        ("한도는 얼마로 낮아졌나요?", "한도 7억원 -> 5억원", []),  # of no verb that is known
        ("한도는 얼마로 확대되나요?", "한도를 5억원에서 7억원(보증 포함)으로 확대", ["7억원"]),
        ("한도는 얼마로 올랐나요?", "5억원에서 7억원으로써 늘린다", []),
        ("한도는 얼마로 올랐나요?", "5억원에서 7억원을 뺀다", []),
        # Of three steps the last is what it became, the ones before what it was.
        ("한도는 얼마로 올랐나요?", "한도 3억원 → 5억원 → 7억원", ["7억원"]),
        ("종전 한도는 얼마였나요?", "한도 3억원 → 5억원 → 7억원", ["3억원", "5억원"]),
        # The years of the question tell which one is meant.
        ("2024년 한도는 얼마로 올랐나요?", "한도 5억원 → 7억원", []),
        # Each change has its own value.
        ("얼마나 줄었나요?", "매출 10% 감소, 수출 20% 감소", ["10%", "20%"]),
        ("얼마나 늘었나요?", "5억원(전년 대비)씩 증액하고 7억원을 쓴다", ["5억원"]),
    ],
)
def test_where_a_change_leads(question: str, text: str, expected: list[str]) -> None:
    assert said(raised(analyse(question), text, values(text)), text) == expected


def test_up_to_is_no_change() -> None:
    text = "부품기업 1,000개를 전환하고 선도 기업은 13개에서 20개로 늘린다."
    assert raised(analyse("부품기업을 몇 곳까지 만드나요?"), text, values(text)) == []


def test_values_of_one_series_share_the_change_behind_the_last() -> None:
    text = "전기차 전환시, 엔진 부품 100%, 동력전달 부품 37%, 발전 등 전기장치 70% 감소"
    asked = analyse("동력전달 부품은 얼마나 줄어드나요?")
    assert [v.text for v in raised(asked, text, values(text))] == ["100%", "37%", "70%"]


def test_a_value_of_another_sentence_does_not_share_it() -> None:
    text = "예산은 20%이다. 인력은 30% 감소"
    asked = analyse("인력은 얼마나 줄어드나요?")
    assert [v.text for v in raised(asked, text, values(text))] == ["30%"]
