"""Values in prose, each with the words that bind to it, and which of several is meant."""

from __future__ import annotations

import pytest
from finding_making import seek

from rag.finding import Candidate
from rag.finding.told import told

GUIDE = """소상공인 융자 안내

이 안내는 소상공인에게 자금을 빌려주는 제도의 조건과 지난 실적을 알기 쉽게 간추린 것이며 자세한 내용은 지역 센터에서 상담하여
받을 수 있고 누리집에서도 찾아볼 수 있다고 하니 널리 이용하기 바란다. 이 안내는 해마다 새로 펴내며 지난해의 것은 더 쓰지
않으니 받은 날을 살피고, 모르는 말이 있으면 가까운 센터에 물어보거나 뒤에 붙인 풀이를 읽어 보기 바란다.

1. 융자 조건

- 설비 자금은 업체당 최대 5억원까지, 운전 자금은 최대 2억원까지 융자한다.
- 대출 금리 : 2.0%(청년), 2.9%(일반)
- 한도를 기존 5억원에서 7억원으로 상향한다.
- 보조율 : 국가정책사업(90%) / 협업사업(70%) / 민간주도사업(50%)
- 신청 기간 : 2024. 3. 4. ~ 2024. 3. 29. 18:00
- 빌린 돈은 5년간 갚는다. 다만, 재해 기업은 7년간 갚는다.

2. 실적

- 지원 기업은 '19년 2,800개에서 '25년 2,300개로 줄었다.
- 불량률은 공장 도입으로 43% 줄고, 납기는 15% 빨라졌다.
- 교육 기간은 2024년 6월 8일부터 6월 26일까지이다.
 ※ 교육 정원은 120명이며 신청이 많으면 폐업을 앞둔 사람과 처음 창업하는 청년을 먼저 뽑는다.
- 매출과 수출이 각각 3.5%와 7.2% 늘었다.
"""


def values(question: str, text: str = GUIDE) -> dict[str, Candidate]:
    sought = seek(question, text)
    return {one.value: one for one in told(sought.asked, sought.place)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("설비 자금은 얼마까지 융자하나요?", "업체당 최대 5억원까지"),
        ("운전 자금은 얼마까지 융자하나요?", "최대 2억원까지"),
        ("청년 대출 금리는 얼마인가요?", "2.0%"),
        ("일반 기업의 대출 금리는 몇 퍼센트인가요?", "2.9%"),
        ("한도는 얼마로 올랐나요?", "7억원"),
        ("기존 한도는 얼마였나요?", "5억원"),
        ("민간주도사업의 보조율은?", "50%"),
        ("협업사업의 보조율은 몇 퍼센트인가요?", "70%"),
        ("신청 기간은 언제인가요?", "2024. 3. 4. ~ 2024. 3. 29. 18:00"),
        ("빌린 돈은 몇 년간 갚나요?", "5년간"),
        ("2025년 지원 기업은 몇 개인가요?", "2,300개"),
        ("2019년 지원 기업은 몇 개인가요?", "2,800개"),
        ("납기는 몇 % 빨라졌나요?", "15%"),
        ("불량률은 몇 % 줄었나요?", "43%"),
        ("교육은 언제까지 받나요?", "2024년 6월 8일부터 6월 26일까지"),
        ("교육은 언제부터 받나요?", "2024년 6월 8일부터 6월 26일까지"),
        ("교육 정원은 몇 명인가요?", "120명"),
    ],
)
def test_the_value_that_the_question_names_is_the_best(question: str, expected: str) -> None:
    sought = seek(question, GUIDE)
    assert sought.best.value == expected
    assert sought.source(sought.best) == expected


@pytest.mark.parametrize(
    ("question", "value", "attribute", "own"),
    [
        ("운전 자금은 얼마까지 융자하나요?", "최대 2억원까지", "운전 자금은", ""),
        ("대출 금리는 얼마인가요?", "2.0%", "대출 금리", "청년"),  # the class behind
        ("보조율은 몇 퍼센트인가요?", "70%", "보조율", "협업사업"),  # the class before
        ("수출은 몇 % 늘었나요?", "7.2%", "매출과 수출이", "수출"),  # "각각"
        ("지원 기업은 몇 개인가요?", "2,300개", "지원 기업은", "'25년"),
    ],
)
def test_a_value_is_told_with_its_topic_and_its_own_words(
    question: str, value: str, attribute: str, own: str
) -> None:
    context = values(question)[value].context
    assert attribute in context.attribute
    assert own in context.own
    others = [one.context.own for name, one in values(question).items() if name != value]
    assert not own or not any(own in other for other in others)


def test_what_goes_on_behind_and_what_stands_around() -> None:
    context = values("납기는 몇 % 빨라졌나요?")["15%"].context
    assert "빨라졌다" in context.after
    assert "불량률" in context.around and "불량률" not in context.attribute + context.own
    assert context.path.startswith("소상공인 융자 안내") and "2. 실적" in context.path


def test_what_something_came_to_and_what_is_an_exception() -> None:
    found = values("한도는 얼마로 올랐나요?")
    assert found["7억원"].context.reached is True
    assert found["5억원"].context.reached is False
    found = values("빌린 돈은 몇 년간 갚나요?")
    assert found["7년간"].context.proviso
    assert not found["5년간"].context.proviso


def test_the_quotation_is_the_sentence() -> None:
    sought = seek("빌린 돈은 몇 년간 갚나요?", GUIDE)
    one = next(c for c in told(sought.asked, sought.place) if c.value == "5년간")
    text = sought.place.index.documents[0].text
    assert text[one.quote.start : one.quote.end].lstrip("- ") == "빌린 돈은 5년간 갚는다."


def test_only_values_of_the_wanted_sort_are_told() -> None:
    assert set(values("교육 정원은 몇 명인가요?")) == {"120명"}
    assert values("누가 융자를 받나요?") == {}  # words answer


def test_cells_are_no_prose() -> None:
    table = "자금 안내\n\n구분\t한도\t금리\n설비 자금\t5억원\t2%\n운전 자금\t2억원\t3%\n"
    assert values("설비 자금 한도는 얼마인가요?", table) == {}


@pytest.mark.parametrize("front", ["2024. 2. 5.", "(2024. 2. 5. 공고)", "한빛시 2024. 2. 5."])
def test_a_date_alone_at_the_front_is_that_of_the_document(front: str) -> None:
    text = f"2024년 혁신 자금 공고\n{front}\n\n1. 접수\n\n- 접수 기간은 2024년 3월 11일부터이다.\n"
    assert set(values("접수는 언제부터인가요?", text)) == {"2024년 3월 11일부터"}


def test_a_bound_in_the_brackets_of_a_label_is_no_value() -> None:
    text = (
        "상담회 안내\n\n가. 참가비\n  1) 일반기업: 20만원\n"
        "  2) 초보기업(전년도 수출액 10만불 미만): 무료\n\n나. 문의: 경제과\n"
    )
    sought = seek("참가비는 얼마인가요?", text)
    assert all("10만불" not in one.value or "무료" in one.value for one in sought.found)


def test_a_month_is_of_the_year_that_its_sentence_says_before_it() -> None:
    text = "통신 동향\n\n- 가입자는 2030년 11월 5만명, 12월에는 6만명을 넘었다.\n"
    signals = {
        year: next(
            one.signals["period"]
            for one in seek(f"{year}년 12월 가입자는 몇 명인가요?", text).found
            if one.value.startswith("6만명")
        )
        for year in (2030, 2031)
    }
    assert signals[2030] > 0 > signals[2031]
