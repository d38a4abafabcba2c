"""Questions about a whole column, asked of small tables that are built into an index."""

from __future__ import annotations

import pytest
from small_tables import GROWTH, PLANTS

from rag.cells import CellAnswer, answer_cell
from rag.columns import asks_column
from rag.index import Index, build, open_index
from rag.question.analysis import analyse

TEXT = f"""무역 연감

1. 나라별 성장률

< 나라별 성장률 >

{GROWTH}

2. 분야별 예산

< 분야별 예산 >

(단위 : 조원)
구분\t2024년 예산\t2025년 요구
총 지출\t90.0\t99.0 (9.9)
1. 교육\t40.0\t44.0 (4.1)
2. 국방\t30.0\t33.0 (2.2)
3. 환경\t20.0\t22.0 (8.7)

3. 통신사별 가입자

< 통신사별 가입자 >

구분\t2025.6\t2025.12
이동통신\t900\t990
(한빛)\t300\t250
(누리)\t200\t410
(다온)\t400\t330

4. 공정별 보급률

< 시설별 공정 >

{PLANTS}

5. 무역 흐름

< 무역 흐름 >

(단위 : 억불)
구분\t'21\t'22\t'23\t'24
무역 흑자\t25\t31\t9\t12
물동량\t70\t60\t77\t88
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("columns")
    (folder / "yearbook.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "yearbook.txt"], folder / "index")
    return open_index(folder / "index")


def ask(index: Index, question: str, words: str) -> CellAnswer | None:
    passage = next(p for p in index.passages if p.rows is not None and words in p.text)
    asked = analyse(question, index.body.vocabulary)
    return answer_cell(index, asked, index.documents[0], passage)


def told(index: Index, question: str, words: str) -> str:
    found = ask(index, question, words)
    assert found is not None
    return found.text


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("2025년 성장률 전망이 가장 많이 올라간 나라는?", "몽골", "페루(+1.5%p)"),
        ("2026년 성장률 전망이 가장 크게 하향된 나라는 어디인가요?", "몽골", "페루(△0.9%p)"),
        ("2026년 성장률 조정폭이 가장 높은 나라는?", "몽골", "칠레(+0.4%p)"),
        ("2025년 3월에 본 2025년 성장률이 가장 낮은 나라는?", "몽골", "칠레(2.0%)"),
        ("2025년 요구가 가장 많은 분야는?", "교육", "교육(44.0조원)"),
        ("2025년 요구 증가율이 제일 높은 분야는?", "교육", "환경(8.7%)"),
        ("2025년 12월 가입자가 가장 많은 통신사는?", "누리", "누리(410)"),
        ("2025년 6월 가입자가 가장 적은 통신사는?", "누리", "누리(200)"),
        ("정수장에서 보급률이 가장 낮은 공정은?", "정수장", "침전(정수장)(41%)"),
    ],
)
def test_the_extreme_of_a_named_column(
    index: Index, question: str, words: str, expected: str
) -> None:
    assert told(index, question, words) == expected


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("2026년 성장률 전망이 하향 조정된 나라를 모두 알려 주세요.", "몽골", "몽골; 페루"),
        ("2026년 성장률 전망이 낮아진 나라는 몇 개국인가요?", "몽골", "2개국(몽골; 페루)"),
        ("2025년 3월에 2025년 성장률을 4.6% 이상으로 본 나라는?", "몽골", "몽골; 페루"),
        ("2025년 3월에 2025년 성장률을 4.6% 초과로 본 나라는?", "몽골", "몽골"),
        ("2025년 요구가 33조원 이하인 분야는?", "교육", "국방; 환경"),
        ("보급률이 0%인 공정은?", "정수장", "탈수(하수장)"),
        ("보급률이 70% 이상인 공정은?", "정수장", "여과(정수장); 소독(정수장)"),
    ],
)
def test_rows_that_pass_a_test_and_how_many(
    index: Index, question: str, words: str, expected: str
) -> None:
    assert told(index, question, words) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("무역 흑자가 가장 컸던 해는 언제인가요?", "'22(31억불)"),
        ("무역 흑자가 가장 작았던 해는?", "'23(9억불)"),
        ("물동량이 가장 많았던 해는 언제인가요?", "'24(88억불)"),
    ],
)
def test_the_period_in_which_a_row_is_largest(index: Index, question: str, expected: str) -> None:
    assert told(index, question, "무역 흑자") == expected


def test_the_rows_compared_and_the_header_are_cited(index: Index) -> None:
    found = ask(index, "2025년 성장률 전망이 가장 많이 올라간 나라는?", "몽골")
    assert found is not None
    text = index.documents[0].text
    cited = [text[span.start : span.end] for span in (found.quote, *found.further)]
    assert "페루" in cited[0]
    assert "몽골" not in cited[0]
    assert any("조정폭" in part and "몽골" not in part for part in cited[1:])
    assert any("몽골" in part and "칠레" in part and "페루" in part for part in cited[1:])


def test_an_amount_says_the_value_first(index: Index) -> None:
    found = ask(index, "2025년 12월 통신사 가입자가 가장 많은 곳은 몇 명인가요?", "누리")
    assert found is not None
    assert found.text == "410(누리)"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("가장 많이 오른 나라는?", True),
        ("수출액이 최대인 품목은?", True),
        ("성장률이 5% 이상인 나라는?", True),
        ("융자 한도는 최대 얼마인가요?", False),  # a limit that a document states
        ("매출이 3억원 이상이어야 하나요?", True),
        ("2025년 예산은 얼마인가요?", False),
    ],
)
def test_which_questions_ask_for_a_column(question: str, expected: bool) -> None:
    assert asks_column(analyse(question)) is expected
