"""Cells as answers, asked of a small document that is built into an index of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_tables import GROWTH, PLANTS

from rag.cells import CellAnswer, Fits, answer_cell
from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.types import Passage

TEXT = f"""수출 지원 사업 안내

1. 국가별 교역 현황

최근 3년간 국가별 교역은 다음과 같다.

< 국가별 교역 실적 >

(단위 : 억불)
구분\t2021년\t2022년\t2023년
베트남 수출\t138\t152\t164
베트남 수입\t71\t80\t77
인도 수출\t95\t△12\t101

2. 업종별 증감

(단위 : %)
구분\t수출 증가율\t수입 증가율
섬유\t△3.2\t1.4
화장품\t12.5\t△0.8

3. 법안 현황

<table><tr><th>분야</th><th>법안명</th><th>발의일</th><th>주요 내용</th></tr>\
<tr><td rowspan="2">개인정보</td><td>위치정보법 개정안</td><td>2023.05.11</td>\
<td>이용자의 위치를 모으는 사업자에게 사전 동의를 받도록 의무를 둠</td></tr>\
<tr><td>신용정보법 개정안</td><td>2023.07.20</td><td>대출 심사에 쓰인 자동 평가의 기준을 설명하도록 함</td></tr>\
<tr><td>노동</td><td>채용공정법 개정안</td><td>2022.11.03</td><td>면접 영상을 보관하는 기간을 알리도록 함</td></tr></table>

4. 지원 내용

< 지원분야별 한도 >

구분\t한도\t대상
설비 자금\t5억원\t제조업체
운전 자금\t2억원\t수출 실적이 있는 중소기업, 창업기업, 여성기업

5. 가입자 현황

< 통신망별 가입자 >

(단위 : 만명, %)
구분\t'20.12\t'21.6\t'21.12\t'22.6
(한빛)\t120 (4.1)\t131 (△6.3)\t150 (2.2)\t171 (9.9)
(누리)\t220 (3.1)\t231 (5.3)\t250 (1.2)\t271 (△8.9)

6. 성장률 전망

< 나라별 성장률 전망 >

{GROWTH}

7. 시설 보급

< 시설별 공정 >

{PLANTS}

8. 품목별 무역

< 품목별 무역 >

(단위 : 백만불)
<table><tr><th rowspan="2">순위</th><th colspan="2">수출</th><th colspan="2">수입</th></tr>\
<tr><th>품목명</th><th>2023년</th><th>품목명</th><th>2023년</th></tr>\
<tr><th>1</th><td>선박</td><td>811</td><td>원유</td><td>902</td></tr>\
<tr><th>2</th><td>도자기</td><td>305</td><td>선박</td><td>106</td></tr></table>

9. 발전 과제

< 발전 과제 >

<table><tr><th>분야</th><th>과제</th><th>시한</th></tr>\
<tr><th rowspan="2">항만 개선</th><th>부두 확장</th><td>2027년</td></tr>\
<tr><th>하역 자동화</th><td>2028년</td></tr>\
<tr><th rowspan="2">철도 연결</th><th>환승역 신설</th><td>2029년</td></tr>\
<tr><th>화물선 증설</th><td>2030년</td></tr></table>
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("cells")
    source = folder / "guide.txt"
    source.write_text(TEXT, encoding="utf-8")
    build([source], folder / "index")
    return open_index(folder / "index")


def passage_with(index: Index, words: str) -> Passage:
    return next(p for p in index.passages if p.rows is not None and words in p.text)


def ask(index: Index, question: str, words: str) -> CellAnswer | None:
    asked = analyse(question, index.body.vocabulary)
    return answer_cell(index, asked, index.documents[0], passage_with(index, words))


def told(index: Index, question: str, words: str) -> str:
    found = ask(index, question, words)
    assert found is not None
    return found.text


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("2021년 베트남 수출은 얼마인가요?", "베트남 수출", "138억불"),
        ("2022년 베트남 수출은 얼마인가요?", "베트남 수출", "152억불"),
        ("2023년 베트남 수출은 얼마인가요?", "베트남 수출", "164억불"),
        ("2021년 베트남 수입액은 얼마인가요?", "베트남 수입", "71억불"),
        ("2023년 인도 수출은 얼마인가요?", "인도 수출", "101억불"),
        ("섬유의 수입 증가율은 몇 퍼센트인가요?", "섬유", "1.4%"),
        ("설비 자금의 한도는 얼마인가요?", "설비 자금", "5억원"),
        ("운전 자금의 한도는 얼마인가요?", "운전 자금", "2억원"),
    ],
)
def test_row_and_column_meet_in_the_cell(
    index: Index, question: str, words: str, expected: str
) -> None:
    found = ask(index, question, words)
    assert found is not None
    assert found.text == expected
    assert found.column_named


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("2022년 인도 수출은 얼마인가요?", "인도 수출", "△12억불"),
        ("섬유의 수출 증가율은 몇 퍼센트인가요?", "섬유", "△3.2%"),
        ("화장품 수입 증가율은 얼마인가요?", "화장품", "△0.8%"),
    ],
)
def test_a_loss_keeps_its_sign(index: Index, question: str, words: str, expected: str) -> None:
    assert told(index, question, words) == expected


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("면접 영상을 보관하는 기간을 알리게 하는 법안명은?", "면접 영상", "채용공정법 개정안"),
        ("면접 영상 보관 기간을 알리게 하는 법안은 언제 발의됐나요?", "면접 영상", "2022.11.03"),
        ("대출 심사의 자동 평가 기준을 설명하게 하는 법안의 발의일은?", "대출 심사", "2023.07.20"),
    ],
)
def test_a_description_leads_back_to_the_name_or_the_date(
    index: Index, question: str, words: str, expected: str
) -> None:
    assert told(index, question, words) == expected


def test_a_merged_cell_answers_for_its_second_row(index: Index) -> None:
    found = ask(index, "신용정보법 개정안은 어느 분야인가요?", "신용정보법")
    assert found is not None
    assert found.text == "개인정보"


def test_row_and_header_are_places_in_the_source(index: Index) -> None:
    found = ask(index, "2021년 베트남 수입액은 얼마인가요?", "베트남 수입")
    assert found is not None
    text = index.documents[0].text
    assert text[found.quote.start : found.quote.end] == "베트남 수입\t71\t80\t77"
    (header,) = found.further
    assert text[header.start : header.end] == (
        "< 국가별 교역 실적 >\n\n(단위 : 억불)\n구분\t2021년\t2022년\t2023년"
    )
    assert text[found.cell.span.start : found.cell.span.end] == "71"


def test_a_fully_named_cell_has_full_support_and_a_half_named_one_less(index: Index) -> None:
    named = ask(index, "2022년 인도 수출은 얼마인가요?", "인도 수출")
    other = ask(index, "2022년 몽골 철광석 수출은 얼마인가요?", "인도 수출")
    assert named is not None
    assert other is not None
    assert named.support == pytest.approx(1.0)
    assert other.support < 0.8


def test_a_cell_that_only_repeats_the_question_is_not_the_answer(index: Index) -> None:
    found = ask(index, "제조업체가 받는 설비 자금의 종류와 한도는?", "설비 자금")
    assert found is not None
    assert found.text == "5억원"


def test_nothing_named_or_no_table_gives_nothing(index: Index) -> None:
    assert ask(index, "박물관 관람은 무료인가요?", "설비 자금") is None
    prose = next(p for p in index.passages if p.rows is None)
    asked = analyse("국가별 교역 현황은?", index.body.vocabulary)
    assert answer_cell(index, asked, index.documents[0], prose) is None


def test_a_wanted_unit_rules_out_other_cells(index: Index) -> None:
    assert ask(index, "설비 자금은 몇 퍼센트인가요?", "설비 자금") is None


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("2021년 6월 한빛 가입자는?", "(한빛)", "131만명"),
        ("2021년 12월 한빛 가입자는?", "(한빛)", "150만명"),
        ("2022년 누리 가입자는 몇 만명인가요?", "(누리)", "271만명"),
        ("2021년 6월 한빛 가입자 증가율은?", "(한빛)", "△6.3%"),
        ("2022년 6월 누리 가입자는 몇 퍼센트 줄었나요?", "(누리)", "△8.9%"),
    ],
)
def test_months_name_columns_and_a_share_is_the_number_in_brackets(
    index: Index, question: str, words: str, expected: str
) -> None:
    assert told(index, question, words) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2025년 3월에 전망한 몽골의 2026년 성장률은?", "3.1%"),
        ("2024년 9월에 전망한 칠레의 2025년 성장률은?", "2.1%"),
        ("칠레의 2026년 성장률 전망은 얼마나 높였나요?", "+0.4%p"),
        ("몽골의 2026년 성장률 전망 조정폭은?", "△0.2%p"),
    ],
)
def test_two_header_rows_and_a_column_of_changes(
    index: Index, question: str, expected: str
) -> None:
    assert told(index, question, "몽골") == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("정수장의 여과 보급률은 몇 퍼센트인가요?", "72%"),
        ("하수장의 여과 보급률은 몇 퍼센트인가요?", "17%"),
        ("정수장의 소독 보급률은?", "95%"),
    ],
)
def test_a_row_of_names_inside_a_group_heads_the_numbers_under_it(
    index: Index, question: str, expected: str
) -> None:
    assert told(index, question, "정수장") == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("2023년 선박 수출액은?", "811백만불"), ("2023년 선박 수입액은?", "106백만불")],
)
def test_lists_side_by_side_keep_to_their_half(index: Index, question: str, expected: str) -> None:
    assert told(index, question, "도자기") == expected


def test_another_row_of_the_table_answers_where_the_header_was_found(index: Index) -> None:
    header = replace(passage_with(index, "인도 수출"), rows=(0, 0))
    asked = analyse("2023년 인도 수출은 얼마인가요?", index.body.vocabulary)
    found = answer_cell(index, asked, index.documents[0], header)
    assert found is not None
    assert found.text == "101억불"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("항만 개선 분야의 과제를 모두 알려 주세요.", "부두 확장; 하역 자동화"),
        ("철도 연결 분야의 과제를 모두 알려 주세요.", "환승역 신설; 화물선 증설"),
    ],
)
def test_a_list_under_a_merged_label(index: Index, question: str, expected: str) -> None:
    assert told(index, question, "부두 확장") == expected


def test_lists_in_one_row_group_are_quoted_cell_by_cell(tmp_path: Path) -> None:
    source = tmp_path / "pairs.txt"
    source.write_text(
        "사업 안내\n\n**표 1** 사업 목록\n\n구분\t사업\t내용\n"
        "융자\t<ul> <li>설비 현대화 융자</li> <li>창업 초기 융자</li> </ul>\t"
        "<ul> <li>기업당 최대 3억원 지원</li> <li>기업당 최대 7천만원 지원</li> </ul>\n"
        "교육\t<ul> <li>현장 교육</li> <li>원격 교육</li> </ul>\t"
        "<ul> <li>연 40시간 과정</li> <li>연 90시간 과정</li> </ul>\n",
        encoding="utf-8",
    )
    build([source], tmp_path / "index")
    index = open_index(tmp_path / "index")
    found = ask(index, "창업 초기 융자는 최대 얼마인가요?", "창업 초기")
    assert found is not None
    assert found.text == "기업당 최대 7천만원 지원"
    text = index.documents[0].text
    assert text[found.quote.start : found.quote.end] == "기업당 최대 7천만원 지원"
    assert "창업 초기 융자" in [text[s.start : s.end] for s in found.further]


def test_a_row_fits_by_what_it_names_and_only_in_the_year_asked_for(index: Index) -> None:
    rows = {
        name: passage_with(index, name)
        for name in ("베트남 수출", "인도 수출", "(한빛)", "설비 자금")
    }

    def fits(question: str) -> dict[str, float]:
        found = Fits(index, analyse(question, index.body.vocabulary))
        return {name: found.of(passage) for name, passage in rows.items()}

    named = fits("2022년 인도 수출은 얼마인가요?")
    assert max(named, key=lambda name: named[name]) == "인도 수출"
    assert 0.5 < named["인도 수출"] <= 1.0
    assert fits("2019년 인도 수출은 얼마인가요?")["인도 수출"] == 0.0
    assert set(fits("박물관 관람은 무료인가요?").values()) == {0.0}
