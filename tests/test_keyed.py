"""Values with labels: hand-made truth in the manner of policy papers."""

from __future__ import annotations

import pytest

from rag.keyed import bare, of_label, of_years, place_by_label
from rag.question.analysis import analyse
from rag.reading.values import Value, values

RATES = "기준보조율(예) : 국가정책사업(90%) / 정부-민간 협업사업(70%) / 민간주도사업(50%)"
COUNTS = "'14~'17년 간 5,003개 기업을 지원했고 당초 정부는 '22년까지 2만개 보급을 계획했다."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("민간이 주도하는 사업은 보조율이 몇 퍼센트인가요?", ["50%"]),
        ("국가 정책사업의 보조율은 얼마인가요?", ["90%"]),
        ("정부와 민간이 협업하면 보조율은 몇 퍼센트인가요?", ["70%"]),
        ("보조율은 몇 퍼센트인가요?", []),
    ],
)
def test_the_label_that_shares_most_with_the_question(question: str, expected: list[str]) -> None:
    assert [v.text for v in of_label(analyse(question), RATES, values(RATES))] == expected


def test_labels_in_brackets_before_their_values() -> None:
    text = "(수도권) 30억원, (비수도권) 50억원, (제주) 10억원"
    asked = analyse("제주에는 얼마를 지원하나요?")
    assert [v.text for v in of_label(asked, text, values(text))] == ["10억원"]


def test_labels_with_a_colon_before_their_values() -> None:
    text = "지원 한도 - 수도권: 30억원 / 비수도권: 50억원 / 제주: 10억원"
    for name, expected in (("수도권", ["30억원"]), ("제주", ["10억원"]), ("강원", [])):
        asked = analyse(f"{name} 한도는 얼마인가요?")
        assert [v.text for v in of_label(asked, text, values(text))] == expected, name


def test_two_labels_that_share_as_much_decide_nothing() -> None:
    text = "(제주) 30억원, (강원) 50억원, (경기) 10억원"
    asked = analyse("제주와 강원에는 얼마를 지원하나요?")
    assert of_label(asked, text, values(text)) == []


def test_what_all_labels_say_is_no_vote() -> None:
    text = "(제주 1단계) 30억원, (제주 2단계) 50억원"
    asked = analyse("제주에는 얼마를 지원하나요?")
    assert of_label(asked, text, values(text)) == []


def test_one_value_with_a_label_is_no_list() -> None:
    text = "민간주도사업(50%)에는 3억원을 지원한다."
    asked = analyse("민간주도사업의 보조율은 얼마인가요?")
    assert of_label(asked, text, values(text)) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2014년부터 2017년까지 지원받은 기업은 몇 개인가요?", ["5,003개"]),
        ("2022년까지 몇 개를 보급하나요?", ["2만개"]),
        ("2019년에는 몇 개를 지원했나요?", []),
        ("몇 개를 지원했나요?", []),
    ],
)
def test_the_value_of_the_years_asked_for(question: str, expected: list[str]) -> None:
    found = counted(COUNTS)
    assert [v.text for v in of_years(analyse(question), COUNTS, found)] == expected


def test_what_leads_on_by_an_arrow_is_of_no_year_asked_for() -> None:
    text = "부품 국산화율 제고(現 54% → '21년 78%)"
    found = [v for v in values(text) if v.unit == "%"]
    asked = analyse("국산화율의 2021년 목표는 몇 퍼센트인가요?")
    assert [v.text for v in of_years(asked, text, found)] == ["78%"]


@pytest.mark.parametrize("arrow", ["→", "➔", "⇒", "->"])
def test_each_arrow_leads_on(arrow: str) -> None:
    text = f"기업은 1,000개 {arrow} '30년 2,000개"
    asked = analyse("2030년에 기업은 몇 개인가요?")
    assert [v.text for v in of_years(asked, text, counted(text))] == ["2,000개"]


def test_years_of_both_centuries_and_of_both_writings() -> None:
    text = "1998년 100개, 2001년 200개, ’03 300개, 2005.3. 400개"
    for year, expected in ((1998, "100개"), (2001, "200개"), (2003, "300개"), (2005, "400개")):
        asked = analyse(f"{year}년에는 몇 개인가요?")
        assert [v.text for v in of_years(asked, text, counted(text))] == [expected]


def test_the_first_figures_of_a_number_are_no_day() -> None:
    for text, expected in (
        ("2005.3. 400개", ["2005.3.", "400개"]),
        ("2005.3. 4,000개", ["2005.3.", "4,000개"]),
        ("2005.3.14. 400개", ["2005.3.14.", "400개"]),
    ):
        assert [v.text for v in values(text)] == expected


def test_a_year_far_before_a_value_is_not_its_own() -> None:
    text = "'14년 시작된 뒤로 여러 차례의 개편과 확대를 거쳐 온 사업은 100개, '20년 200개"
    asked = analyse("2014년에는 몇 개인가요?")
    assert of_years(asked, text, counted(text)) == []


def test_years_without_others_beside_them_choose_nothing() -> None:
    text = "'20년 100개와 200개"
    assert of_years(analyse("2020년에는 몇 개인가요?"), text, counted(text)) == []


def counted(text: str) -> list[Value]:
    return [v for v in values(text) if v.unit.endswith("개")]


YEARS = "전망 : ('19) 2,800개 → ('25) 2,300개 → ('30) 1,900개"


def test_a_row_of_years() -> None:
    for year, expected in ((2019, "2,800개"), (2025, "2,300개"), (2030, "1,900개")):
        asked = analyse(f"{year}년에는 몇 개인가요?")
        assert [v.text for v in of_years(asked, YEARS, counted(YEARS))] == [expected]
    assert of_years(analyse("몇 개인가요?"), YEARS, counted(YEARS)) == []
    assert of_years(analyse("2027년에는 몇 개인가요?"), YEARS, counted(YEARS)) == []


def test_a_year_up_to_which_something_is_to_be_holds_its_value() -> None:
    text = "'30년까지 부품기업 1,000개를 전환 • 선도 기업('20년 13개 → '30년 20개)"
    asked = analyse("2030년에 부품기업은 몇 개인가요?")
    assert [v.text for v in of_years(asked, text, counted(text))] == ["1,000개", "20개"]


ROW = "* 시장 영상(누리공사, 편) : ('19) 15 → ('20) 19 → ('21) 200 → ('25) 2,000"
SHARES = "수입 비중(%) ('20) ①중국(23.3) ②미국(12.3) ③일본(9.8)"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("2025년에는 몇 편인가요?", ROW, "2,000"),
        ("2020년에는 몇 편인가요?", ROW, "19"),
        ("2022년에는 몇 편인가요?", ROW, None),  # not in the row
        ("몇 편인가요?", ROW, None),
        ("일본산의 비중은 얼마인가요?", SHARES, "9.8"),
        ("중국과 일본의 비중은 얼마인가요?", SHARES, None),  # two of them
        ("2025년에는 몇 편인가요?", "계획(편) : ('21) 200 → ('25) 2,000", None),  # two are no row
        ("2025년에는 몇 편인가요?", "('19) 15편 → ('20) 19편 → ('25) 2,000편", None),  # have units
    ],
)
def test_a_number_without_a_unit_in_a_row(question: str, text: str, expected: str | None) -> None:
    found = bare(analyse(question), text)
    assert (found and found.text) == expected
    if found is not None:
        assert text[found.start : found.end] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- 일시·장소 : '21.3.15(월) 15:00~16:00, 대전 한빛연구원 - 참석 : 열두 명",
            "대전 한빛연구원",
        ),
        ("○ 일시 및 장소: 2031. 3. 5.(수) 14:00, 누리홀 3층", "누리홀 3층"),
        ("장소 : 노을시 가람연수원 302호 ※ 주차 불가", "노을시 가람연수원 302호"),
        ("장 소 : 한빛회관 인원 : 20명", "한빛회관"),
        ("장소는 나중에 알립니다.", None),
        ("일시 : 2031. 3. 5.(수)", None),
    ],
)
def test_a_place_behind_its_label(text: str, expected: str | None) -> None:
    found = place_by_label(text)
    assert (None if found is None else text[slice(*found)]) == expected
