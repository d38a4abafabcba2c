"""Which values a question is after, told from hand-made sentences that hold several."""

from __future__ import annotations

import pytest

from rag.question.analysis import analyse
from rag.reading.values import ValueKind
from rag.wanted import TYPED, asked_count, asks_who, fitting, holds_wanted, wanted_kinds

NOTICE = (
    "2024. 3. 11.부터 15일 이내에 업체당 최대 500만원(자부담 30%)을 120개사, 350명에게 지원한다."
)
CONTACTS = "문의: 02-123-4567, www.example.go.kr, help@example.go.kr"


def wanted(question: str, text: str) -> list[str]:
    asked = analyse(question)
    assert asked.kind in TYPED
    return [value.text for value in fitting(asked, text)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("지원 금액이 얼마인가요?", ["최대 500만원"]),
        ("얼마예요?", ["최대 500만원"]),
        ("몇 만 원이나 주나요?", ["최대 500만원"]),
        ("몇 달러인가요?", ["최대 500만원"]),
        ("자부담 비율은 얼마인가요?", ["30%"]),
        ("몇 퍼센트를 내나요?", ["30%"]),
        ("몇 프로예요?", ["30%"]),
        ("몇 군데를 지원하나요?", ["120개사"]),
        ("몇 곳이나 뽑나요?", ["120개사"]),
        ("몇 명을 지원하나요?", ["350명"]),
        ("몇 사람이 받나요?", ["350명"]),
        ("얼마 안에 신청해야 하나요?", ["15일 이내"]),
        ("얼마나 걸리나요?", ["15일 이내"]),
        ("며칠 안에 내야 하나요?", ["15일 이내"]),
        ("언제부터인가요?", ["2024. 3. 11.부터"]),
        ("시작 날짜가 며칠인가요?", ["2024. 3. 11.부터"]),
    ],
)
def test_the_question_word_picks_the_values(question: str, expected: list[str]) -> None:
    assert wanted(question, NOTICE) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("전화번호가 뭐예요?", ["02-123-4567"]),
        ("홈페이지 주소가 뭐예요?", ["www.example.go.kr"]),
        ("이메일 주소 알려 주세요", ["help@example.go.kr"]),
        ("문의처", ["02-123-4567", "www.example.go.kr", "help@example.go.kr"]),
    ],
)
def test_the_right_sort_of_contact(question: str, expected: list[str]) -> None:
    assert wanted(question, CONTACTS) == expected


def test_a_day_is_wanted_and_a_month_is_not_one() -> None:
    text = "2023년 8월에 착수하여 2024.2.23. 공고하였다."
    assert wanted("공고 날짜는 언제인가요?", text) == ["2024.2.23."]
    assert wanted("언제 착수했나요?", text) == ["2023년 8월", "2024.2.23."]


def test_what_the_question_says_itself_is_no_answer() -> None:
    text = "2020년 120억원에서 2021년 150억원으로 늘었다."
    assert wanted("120억원이던 예산은 얼마가 됐나요?", text) == ["150억원"]
    assert wanted("2020년 말고 언제 예산이 늘었나요?", text) == ["2021년"]


def test_a_counter_without_its_like_falls_back_to_any_count() -> None:
    assert wanted("몇 가지를 보나요?", "5개 지표와 20억원") == ["5개"]
    assert wanted("몇 채를 짓나요?", "임대주택 300호와 20억원") == ["300호"]


def test_a_reason_is_wanted_where_why_is_asked() -> None:
    asked = analyse("왜 지원을 줄였나요?")
    assert holds_wanted(asked, "경기 회복에 따라 지원을 축소")
    assert holds_wanted(asked, "세수가 부족하기 때문이다.")
    assert not holds_wanted(asked, "지원 84.7조원 90.4조원")


def test_kinds_without_a_value_want_anything() -> None:
    asked = analyse("지원은 어떻게 신청하나요?")
    assert asked.kind not in TYPED
    assert holds_wanted(asked, "")
    amount = analyse("한도가 얼마인가요?")
    assert holds_wanted(amount, "한도 5억원")
    assert not holds_wanted(amount, "한도를 높인다")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("부품 여섯 가지는 무엇인가요?", 6),
        ("전략 3가지를 알려 주세요", 3),
        ("전략 기술 열두 가지를 모두 알려 주세요", 12),
        ("공동의장 두 사람은 누구인가요?", 2),
        ("부품은 무엇인가요?", 0),
    ],
)
def test_how_many_are_asked_for(question: str, expected: int) -> None:
    assert asked_count(analyse(question)) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("팩스 번호는?", "TEL.(042) 111-2222 FAX.(042) 111-3333", ["(042) 111-3333"]),
        ("법 제 몇 조인가요?", "3조원을 들인다(제7조, 제27조의4).", ["제7조, 제27조의4"]),
        ("몇 년 만에 풀렸나요?", "비상사태는 43년 만에 풀렸다.", ["43년"]),
        ("2024 사업 공고는 언제 나왔나요?", "2024년 사업 공고(2024.2.23.)", ["2024.2.23."]),
        ("얼마나 더 빨라졌나요?", "공장 2만개가 들어서며 15% 빨라졌다.", ["15%"]),
    ],
)
def test_what_the_words_around_the_question_word_say(
    question: str, text: str, expected: list[str]
) -> None:
    assert [v.text for v in fitting(analyse(question), text)] == expected


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("몇 퍼센트인가요?", {ValueKind.SHARE}),
        ("수수료는 몇 원인가요?", {ValueKind.MONEY}),
        ("몇 억을 주나요?", {ValueKind.MONEY}),
        ("몇 조를 쓰나요?", {ValueKind.MONEY}),
        ("법 제 몇 조인가요?", {ValueKind.COUNT}),
        ("몇 년 걸리나요?", {ValueKind.DURATION}),
        ("몇 년도부터인가요?", {ValueKind.DATE, ValueKind.DURATION}),
        ("몇 명을 뽑나요?", {ValueKind.COUNT}),
        ("자부담 비율은 얼마인가요?", {ValueKind.SHARE}),
        ("예산은 얼마인가요?", {ValueKind.MONEY}),
        ("얼마 동안 하나요?", {ValueKind.DURATION}),
        ("얼마예요?", {ValueKind.MONEY}),
        ("얼마나 늘었나요?", set()),
        ("얼마나 되나요?", set()),
        ("언제인가요?", {ValueKind.DATE, ValueKind.DURATION}),
        ("문의 전화번호는?", {ValueKind.CONTACT}),
        ("누가 맡았나요?", set()),
        ("어떻게 신청하나요?", set()),
    ],
)
def test_the_kinds_of_which_one_must_be_there(question: str, kinds: set[ValueKind]) -> None:
    assert wanted_kinds(analyse(question)) == kinds


GROWTH = "2024년 사업은 3년간 한다. 1차 20억원, 2배로 늘고 30% 커졌으며 5개국 7개소가 참여했다."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("몇 년 하나요?", ["3년간"]),
        ("얼마나 늘었나요?", ["2배", "30%"]),
        ("몇 배로 늘었나요?", ["2배"]),
        ("몇 나라가 참여했나요?", ["5개국"]),
        ("몇 명이 참여했나요?", ["2배", "5개국", "7개소"]),  # any count but an ordinal
        ("2024년 언제까지 하나요?", ["3년간"]),  # the year is the question's own
        ("얼마 동안 하나요?", ["3년간"]),
        ("얼마인가요?", ["20억원"]),
        ("점유율은 얼마나 되나요?", ["30%"]),
        ("사업비는 얼마나 되나요?", ["20억원"]),
    ],
)
def test_what_growth_is_told_in(question: str, expected: list[str]) -> None:
    assert wanted(question, GROWTH) == expected


def test_where_nothing_of_the_kind_stands_the_price_falls_back() -> None:
    assert wanted("얼마예요?", "30%와 5명") == ["30%", "5명"]
    assert wanted("예산은 얼마예요?", "30%와 5명") == []
    assert wanted("얼마나 늘었나요?", "5명과 20억원") == ["5명", "20억원"]


def test_people_are_asked_for_and_must_stand_there() -> None:
    both = "김하늘 의원과 박바다 의원이 참석했다."
    assert [asks_who(analyse(q)) for q in ("누가 왔나요?", "누구예요?", "언제예요?")] == [
        True,
        True,
        False,
    ]
    assert holds_wanted(analyse("참석한 사람들은 누구인가요?"), both)
    assert not holds_wanted(analyse("참석한 사람들은 누구인가요?"), "김하늘 의원이 참석했다.")
    assert holds_wanted(analyse("누가 참석했나요?"), "김하늘 의원이 참석했다.")
    assert not holds_wanted(analyse("누가 참석했나요?"), "예산을 늘렸다.")
    assert holds_wanted(analyse("세 가지는 무엇인가요?"), "사과, 배, 감을 심는다.")
    assert not holds_wanted(analyse("세 가지는 무엇인가요?"), "나무를 심는다.")


def test_the_scale_of_a_score_is_no_score() -> None:
    text = "활용역량(설문조사, 100점 만점)은 평균 19점 이상 향상되었다."
    assert wanted("점수가 몇 점 올랐나요?", text) == ["평균 19점 이상"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("연구원은 주소가 어디인가요?", ["34129 대전광역시 유성구 가정로 218"]),
        ("연구원 홈페이지 주소가 뭐예요?", ["www.etri.re.kr"]),
        ("연구원 전화번호 알려 주세요", ["(042) 860-6114"]),
    ],
)
def test_each_way_to_reach_someone_is_told_apart(question: str, expected: list[str]) -> None:
    text = "34129 대전광역시 유성구 가정로 218 TEL.(042) 860-6114 www.etri.re.kr"
    assert wanted(question, text) == expected


def test_the_year_of_a_source_is_no_date_of_an_event() -> None:
    source = "* 출처: 제조혁신 추진단(2019), 사업 안내"
    assert not holds_wanted(analyse("추진단은 언제 세워졌나요?"), source)
    assert holds_wanted(analyse("추진단 자료는 언제 발행되었나요?"), source)
    assert holds_wanted(analyse("추진단은 언제 세워졌나요?"), "2019년 5월 3일 설립되었다.")


def test_what_a_word_stands_for_is_wanted_where_it_is_asked() -> None:
    asked = analyse("AAS가 우리말로 뭐예요?")
    assert holds_wanted(asked, "<그림 1> 자산관리쉘(AAS)의 기본 구조")
    assert not holds_wanted(asked, "독일의 AAS와 같은 데이터 표준을 구축한다.")


def test_an_ordinal_says_which_one_and_not_how_many() -> None:
    text = "제4차 산업혁명위원회는 2차 회의에서 마이스터고 지원을 논의하였다."
    assert wanted("특화 교육과정은 몇 개 학교에서 운영하나요?", text) == []
    assert wanted("몇 차 회의에서 논의했나요?", text) == ["4차", "2차"]
