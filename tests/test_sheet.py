"""The facts of one table beside each other, and questions whose answer is a cell."""

from __future__ import annotations

from functools import cache

import pytest
from finding_making import seek
from small_tables import GROWTH, PLANTS

from rag.facts import Fact, Form
from rag.finding import Candidate
from rag.finding.place import Series, Sheet, sheet_of
from rag.finding.stated import stated

TABLES = {
    "growth": f"무역 연감\n\n1. 나라별 성장률\n\n{GROWTH}\n",
    "plants": f"물 연감\n\n1. 시설별 공정\n\n{PLANTS}\n",
    "totals": """예산 현황

< 부처별 예산 >

(단위 : 백만원)
구분\t2023년\t\t\t2024년\t\t\t합계
\t국비\t지방비\t소계\t국비\t지방비\t소계\t
교육\t10\t5\t15\t20\t6\t26\t41
환경\t30\t7\t37\t△40\t8\t△32\t5
국방\t9\t1\t10\t9\t2\t11\t21
합계\t49\t13\t62\t△11\t16\t5\t67
""",
    "pairs": """가입자 현황

< 통신망별 가입자 >

(단위 : 만명, %)
구분\t'20.12\t'21.6\t'21.12\t'22.6
한빛망\t120 (4.1)\t131 (△6.3)\t150 (2.2)\t171 (9.9)
누리망\t220 (3.1)\t231 (5.3)\t250 (1.2)\t271 (△8.9)
""",
    "ranks": """수출 순위

< 품목별 수출 >

순위\t품목\t금액(억불)
1\t선박\t811
2\t도자기\t305
3\t종이\t120
""",
    "form": """사업 안내

< 사업 개요 >

사업명\t청년 창업 도약\t주관기관\t한빛진흥원
사업기간\t2025.3 ~ 2027.2\t총사업비\t48억원
지원대상\t만 39세 이하 창업자\t접수처\t한빛진흥원 누리집
""",
    "compared": """융자 안내

< 자금별 융자 조건 >

구분\t시설자금\t운전자금\t재기자금
지원대상\t제조업체\t수출기업\t재창업자
융자한도\t60억원\t5억원\t1억원
금리\t2.9%\t3.1%\t2.0%
대출기간\t10년\t5년\t6년
""",
    "blanks": """통계 자료

< 항만별 물동량 >

(단위 : 천톤)
항만명        2022년      2023년     증감률(%)
동해항        1,204       1,310       8.8
서해항          980         870      △11.2
남해항        3,300       3,450       4.5
합계          5,484       5,630       2.7
""",
    "pipes": """보급 현황

< 기술별 단계 >

| 기술명 | 단계 | 완료 목표 | 담당 |
|---|---|---|---|
| 수소 저장 | 2단계 | 2027년 | 한빛연구원 |
| 폐열 회수 | 1단계 | 2026년 | 누리연구원 |
| 해상 풍력 | 2단계 | 2029년 | 다온연구원 |
| 조류 발전 | 3단계 | 2031년 | 한빛연구원 |
""",
    "merged": """지원 제도

<table><tr><th rowspan="2">분야</th><th rowspan="2">사업</th><th colspan="2">지원 한도</th><th rowspan="2">비고</th></tr>\
<tr><th>중소기업</th><th>중견기업</th></tr>\
<tr><th rowspan="2">수출</th><th>해외 전시</th><td>2천만원</td><td>1천만원</td><td rowspan="2">연 1회</td></tr>\
<tr><th>통번역</th><td>500만원</td><td>-</td></tr>\
<tr><th>기술</th><th>특허 출원</th><td>300만원</td><td>200만원</td><td>제한 없음</td></tr></table>
""",
}


@pytest.mark.parametrize(
    ("table", "question", "expected"),
    [
        ("form", "청년 창업 도약의 총사업비는 얼마인가요?", "48억원"),
        ("form", "청년 창업 도약 주관기관은 어디인가요?", "한빛진흥원"),
        ("form", "청년 창업 도약 사업기간은 언제인가요?", "2025.3 ~ 2027.2"),
        ("compared", "운전자금 금리는 몇 퍼센트인가요?", "3.1%"),
        ("compared", "재기자금은 몇 년 동안 빌려주나요?", "6년"),
        ("compared", "시설자금 융자한도 얼마", "60억원"),
        ("totals", "환경 분야의 2024년 국비는 얼마인가요?", "△40"),
        ("totals", "2023년 국비는 합계 얼마인가요?", "49"),
        ("totals", "교육 분야 2023년과 2024년 예산을 통틀어 얼마인가요?", "41"),
        ("growth", "2025년 3월에 전망한 몽골의 2026년 성장률은?", "3.1"),
        ("growth", "2024년 9월에 전망한 칠레의 2025년 성장률은?", "2.1"),
        ("plants", "하수장의 여과 보급률은 몇 퍼센트인가요?", "17%"),
        ("plants", "정수장의 소독 보급률은 몇 퍼센트인가요?", "95%"),
        ("pairs", "2021년 6월 한빛망 가입자는 몇 명인가요?", "131"),
        ("pairs", "2022년 6월 누리망 가입자는 몇 퍼센트 줄었나요?", "△8.9"),
        ("ranks", "도자기 수출 금액은 얼마인가요?", "305"),
        ("ranks", "수출 2위 품목은 무엇인가요?", "도자기"),
        ("blanks", "서해항의 2023년 물동량은 얼마인가요?", "870"),
        ("blanks", "서해항 증감률은 몇 퍼센트인가요?", "△11.2"),
        ("pipes", "폐열 회수는 몇 단계인가요?", "1단계"),
        ("pipes", "조류 발전은 어느 기관이 담당하나요?", "한빛연구원"),
        ("pipes", "해상 풍력은 언제까지 끝내나요?", "2029년"),
        ("merged", "중견기업이 해외 전시에 받는 한도는 얼마인가요?", "1천만원"),
        ("merged", "통번역 지원을 중소기업은 얼마까지 받나요?", "500만원"),
        ("merged", "특허 출원 한도는 중견기업이 얼마인가요?", "200만원"),
    ],
)
def test_the_cell_under_the_names_that_the_question_says(
    table: str, question: str, expected: str
) -> None:
    sought = seek(question, TABLES[table])
    assert sought.best.value == expected
    assert sought.source(sought.best) == expected


@cache
def sheet(table: str) -> Sheet:
    place = seek("얼마인가요?", TABLES[table]).place
    blocks = place.index.blocks["0.txt"]
    return sheet_of(
        place.index, "0.txt", next(n for n, b in enumerate(blocks) if b.table is not None)
    )


def cell(table: str, value: str, nth: int = 0) -> Fact:
    return [fact for fact in sheet(table).facts if fact.value == value][nth]


@pytest.mark.parametrize(
    ("table", "value", "names"),
    [
        ("growth", "+0.9", ["'25년 전망", "몽골"]),  # the outer header first
        ("growth", "+0.4", ["'26년 전망", "칠레"]),
        ("plants", "72%", ["정수장", "보급률"]),  # the group first
        ("totals", "△40", ["2024년", "환경"]),
        ("compared", "3.1%", ["금리"]),
        ("ranks", "305", ["도자기", "2위"]),  # a number under "순위" is a rank
    ],
)
def test_names_tell_a_cell_from_the_others_of_its_column(
    table: str, value: str, names: list[str]
) -> None:
    assert sheet(table).names(cell(table, value)) == names


def test_the_group_is_told_where_rows_have_one() -> None:
    assert sheet("plants").group(cell("plants", "72%")) == "정수장"
    assert sheet("growth").group(cell("growth", "+0.9")) == ""


def test_what_sums_up_a_group_is_a_total_and_what_sums_up_all_a_grand_one() -> None:
    totals = sheet("totals")
    assert not totals.totals(cell("totals", "△40"))
    assert totals.totals(cell("totals", "△32")) and not totals.grand(cell("totals", "△32"))
    assert totals.grand(cell("totals", "41")) and totals.grand(cell("totals", "67"))


def test_a_row_reaches_from_its_first_cell_to_its_last() -> None:
    one = sheet("totals")
    span = one.row_span(cell("totals", "△40"))
    assert one.document.text[span.start : span.end] == "환경\t30\t7\t37\t△40\t8\t△32\t5"
    beside = [fact.value for fact in one.beside(cell("totals", "△40"))]
    assert beside == ["환경", "30", "7", "37", "8", "△32", "5"]


def series(table: str, attribute: str, group: str = "") -> Series:
    return next(s for s in sheet(table).series() if (s.attribute, s.group) == (attribute, group))


def told(one: Series) -> list[tuple[str, str]]:
    return [(name, fact.value) for name, _span, fact in one.cells]


def test_a_column_is_a_series_by_the_names_of_its_rows() -> None:
    one = series("growth", "조정폭", "'26년 전망")
    assert told(one) == [("세계", "+6.8"), ("몽골", "△0.2"), ("칠레", "+0.4"), ("페루", "△0.9")]
    assert not one.across
    assert one.sort == "구분"
    text = sheet("growth").document.text
    assert [text[s.start : s.end] for _n, s, _f in one.cells if s] == [n for n, _v in told(one)]


def test_a_row_is_a_series_by_the_names_of_its_columns() -> None:
    one = series("compared", "금리")
    assert told(one) == [("시설자금", "2.9%"), ("운전자금", "3.1%"), ("재기자금", "2.0%")]
    assert one.across
    # Under one header for all, by the names that another row of the group has there.
    one = series("plants", "보급률", "하수장")
    assert told(one) == [("여과", "17%"), ("탈수", "0%"), ("건조", "64%")]


def test_rows_of_one_name_are_told_apart_by_their_group() -> None:
    names = [name for name, _value in told(series("plants", "공정과 보급률"))]
    assert names == ["정수장 공정", "정수장 보급률", "하수장 공정", "하수장 보급률"]


def test_the_headers_are_all_names_once_in_order() -> None:
    headers = sheet("growth").headers.split(" | ")
    assert len(set(headers)) == len(headers)
    assert [name for name in headers if name in ("세계", "몽골", "칠레", "페루")] == [
        "세계",
        "몽골",
        "칠레",
        "페루",
    ]
    assert {"'25년 전망", "'26년 전망", "조정폭"} <= set(headers)


def cells(table: str, question: str) -> list[Candidate]:
    sought = seek(question, TABLES[table])
    return list(stated(sought.asked, sought.place))


def test_of_two_numbers_in_a_cell_each_is_told_with_its_own_unit() -> None:
    found = cells("pairs", "2021년 6월 한빛망 가입자는 몇 명인가요?")
    first, second = (c for c in found if c.fact and c.fact.value == "131 (△6.3)")
    assert (first.value, first.unit, first.context.second) == ("131", "만명", False)
    assert (second.value, second.unit, second.context.second) == ("△6.3", "%", True)
    text = sheet("pairs").document.text
    assert [text[c.span.start : c.span.end] for c in (first, second)] == ["131", "△6.3"]


def test_a_cell_is_told_with_its_header_its_names_and_its_row() -> None:
    found = cells("totals", "환경 분야의 2024년 국비는 얼마인가요?")
    one = next(c for c in found if c.value == "△40")
    assert (one.context.attribute, one.context.own) == ("국비", "2024년 / 환경")
    assert one.unit == "백만원"
    text = sheet("totals").document.text
    assert text[one.quote.start : one.quote.end] == "환경\t30\t7\t37\t△40\t8\t△32\t5"


def test_the_tables_of_the_best_rows_come_best_first_and_once() -> None:
    place = seek("서해항의 2023년 물동량은 얼마인가요?", TABLES["totals"], TABLES["blanks"]).place
    assert [one.document.title for one in place.sheets()] == ["통계 자료", "예산 현황"]
    assert place.sheets()[0] is place.sheets()[0]  # looked through once
    assert all(fact.form in (Form.CELL, Form.ROW) for one in place.sheets() for fact in one.facts)
