"""Cells as answers, asked of a small document that is built into an index of its own."""

from __future__ import annotations

import pytest

from rag.cells import CellAnswer, answer_cell, with_unit
from rag.index import Index, build, open_index
from rag.question import analyse
from rag.types import Passage, Table

TEXT = """수출 지원 사업 안내

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
    found = ask(index, question, words)
    assert found is not None
    assert found.text == expected


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
    found = ask(index, question, words)
    assert found is not None
    assert found.text == expected


def test_a_merged_cell_answers_for_its_second_row(index: Index) -> None:
    found = ask(index, "신용정보법 개정안은 어느 분야인가요?", "신용정보법")
    assert found is not None
    assert found.text == "개인정보"


def test_row_and_header_are_places_in_the_source(index: Index) -> None:
    found = ask(index, "2021년 베트남 수입액은 얼마인가요?", "베트남 수입")
    assert found is not None
    text = index.documents[0].text
    assert text[found.row.start : found.row.end] == "베트남 수입\t71\t80\t77"
    assert found.header is not None
    assert text[found.header.start : found.header.end] == "구분\t2021년\t2022년\t2023년"
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
    ("unit", "text", "expected"),
    [
        ("억불", "138", "138억불"),
        ("억불", "1,380.5", "1,380.5억불"),
        ("억불", "△12", "△12억불"),
        ("억불, %", "138", "138억불"),
        ("억불, %", "(3.2)", "3.2%"),
        ("억불, %", "(△3.2)", "△3.2%"),
        ("백만원, 전년대비", "300", "300백만원"),
        ("억불", "3.2%", "3.2%"),
        ("억불", "베트남", "베트남"),
        ("억불", "", ""),
        ("", "138", "138"),
        ("개, 명, 억원", "138", "138"),
    ],
)
def test_a_bare_number_gets_the_unit_of_its_table(unit: str, text: str, expected: str) -> None:
    asked = analyse("얼마인가요?")
    assert with_unit(asked, Table((), 0, 0, unit=unit), text) == expected
