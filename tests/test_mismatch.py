"""Another place, year or edition in place of the one that was asked for, by hand-made sentences."""

from __future__ import annotations

import pytest

from rag.mismatch import clause_of, other_number, other_place, other_year

BULLETS = "수출은 늘었다. 대미 수출은 741억불이다 - 대중 수출은 132억불이다 • 대일 수출은 98억불"


@pytest.mark.parametrize(
    ("value", "clause"),
    [
        ("741억불", "대미 수출은 741억불이다 "),
        ("132억불", "- 대중 수출은 132억불이다 "),
        ("98억불", "• 대일 수출은 98억불"),
        ("741억불이다 - 대중", "대미 수출은 741억불이다 - 대중 수출은 132억불이다 "),
        ("", BULLETS),
        ("5억불", BULLETS),
        ("741억불; 132억불", BULLETS),
    ],
)
def test_the_clause_is_the_sentence_or_bullet_of_the_value(value: str, clause: str) -> None:
    assert clause_of(BULLETS, value) == clause


@pytest.mark.parametrize(
    ("question", "clause", "headings", "missing"),
    [
        ("캐나다는 무엇을 표준으로 정했나요?", "미국은 단일 표준을 정했다", "", 1.0),
        ("캐나다는 무엇을 표준으로 정했나요?", "단일 표준을 정했다", "", 0.6),
        ("미국은 무엇을 표준으로 정했나요?", "미국은 단일 표준을 정했다", "", 0.0),
        ("미국은 무엇을 표준으로 정했나요?", "중국은 단일 표준을 정했다", "美, 표준 채택", 0.3),
        ("미국은 무엇을 표준으로 정했나요?", "단일 표준을 정했다", "美, 표준 채택", 0.0),
        ("일본에 수출한 금액은?", "對日 수출 98억불", "", 0.0),
        ("충북 클러스터의 일자리는?", "경북 클러스터는 59명을 고용했다", "", 1.0),
        # Each kind is judged for itself: a country in the clause is no other province.
        ("충북 클러스터의 일자리는?", "미국 기업이 59명을 고용했다", "", 0.6),
        ("표준은 언제 정했나요?", "미국은 단일 표준을 정했다", "", 0.0),
        # Of several places the one that is missed most.
        ("미국과 캐나다의 표준은?", "미국은 단일 표준을 정했다", "", 1.0),
        ("미국과 캐나다의 표준은?", "미국은 단일 표준을 정했다", "캐나다 동향", 0.3),
        ("캐나다의 서울 사무소는?", "캐나다 서울 사무소", "", 0.0),
        ("우리나라의 순위는?", "韓 3위", "", 0.0),
    ],
)
def test_a_place_that_another_stands_for(
    question: str, clause: str, headings: str, missing: float
) -> None:
    assert other_place(question, clause, headings) == missing


@pytest.mark.parametrize(
    ("years", "levels", "published", "missing"),
    [
        ((2020,), ("2020년 12월 70만명", "", "", ""), "2021-03", 0.0),
        ((2021,), ("2020년 12월 70만명", "2021년", "2021년", ""), "2021-03", 1.0),
        ((2021,), ("’21년 12월 70만명", "", "", ""), "", 0.0),
        # The nearest level that speaks of years decides.
        ((2021,), ("70만명", "'20년 70만명", "2021년 동향", ""), "2021-03", 1.0),
        ((2021,), ("70만명", "70만명", "2021년 동향", "2019년"), "", 0.0),
        ((2021,), ("70만명", "70만명", "동향", "2019년"), "", 0.8),
        # "올해" is the year of the document, which also counts where no year is told at all.
        ((2021,), ("올해는 2020년보다 10% 많은 70만명", "", "", ""), "2021-03-01", 0.0),
        ((2021,), ("70만명", "70만명", "동향", ""), "2021", 0.0),
        ((2021,), ("70만명", "70만명", "동향", ""), "2019", 0.7),
        ((), ("2020년 70만명", "", "", ""), "2021", 0.0),
        ((), ("70만명", "", "", ""), "2021", 0.0),
        # Of several years one that is told will do.
        ((2020, 2021), ("2020년 70만명", "", "", ""), "", 0.0),
        ((2020, 2021), ("2019년 70만명", "", "", ""), "", 1.0),
        ((1998,), ("1998년 70만명", "", "", ""), "", 0.0),
        ((2021,), ("70만명(2021)", "2020년", "", ""), "", 0.0),
        ((2021,), ("21년 12월 70만명", "", "", ""), "", 0.0),
        # "올해" counts in the clause alone, and only for the year of the document.
        ((2021,), ("70만명", "올해는 2020년보다 10% 늘었다", "", ""), "2021-03", 1.0),
        ((2020,), ("올해는 2019년보다 10% 늘었다", "", "", ""), "2021-03", 1.0),
        ((2021,), ("70만명", "70만명", "동향", ""), "", 0.7),
        # Numbers are no years.
        ((2020,), ("20,201명과 12020원", "", "", "2020년"), "", 0.0),
    ],
)
def test_a_year_that_another_stands_for(
    years: tuple[int, ...], levels: tuple[str, ...], published: str, missing: float
) -> None:
    assert other_year(years, levels, published) == missing


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("제5차 회의는 누가 주재했나요?", "제4차 회의를 주재", 1.0),
        ("제5차 회의는 누가 주재했나요?", "회의를 주재", 0.7),
        ("제5차 회의는 누가 주재했나요?", "제 5 차 회의를 주재", 0.0),
        ("4차 위원회는 어디서 열렸나요?", "제4회 위원회 개최", 0.0),
        ("4차 위원회는 어디서 열렸나요?", "제14차 위원회 개최", 1.0),
        ("3단계 예산은 얼마인가요?", "1단계 20억원, 2단계 30억원", 1.0),
        ("2단계 사업은 몇 개인가요?", "1~2단계 사업", 0.0),
        ("1단계 사업은 몇 개인가요?", "1~2단계 사업", 0.0),
        ("1단계 사업은 몇 개인가요?", "11~2단계 사업", 1.0),
        ("2분기 실적은?", "3분기 실적", 1.0),
        ("2회 대회는 어디서 열렸나요?", "제2차 대회", 0.0),
        ("2회 대회는 어디서 열렸나요?", "제3차 대회", 1.0),
        ("5조원 예산은 어디에 쓰나요?", "6조원 예산", 0.0),  # an amount
        ("2기가 회선은?", "3기가 회선", 0.0),
        ("3기 위원은?", "4기 위원", 1.0),
        ("2.0% 금리는 무엇인가요?", "1.0% 금리", 0.0),
        ("2.0 전략과 제5차 회의는?", "2.0 전략과 제4차 회의", 1.0),
        ("전략 2.0은 언제 나왔나요?", "전략 1.0을 발표", 1.0),
        ("전략 2.0은 언제 나왔나요?", "전략 2.0을 발표", 0.0),
        ("수출 5위 품목은?", "순위 품목 5 무선통신기기", 0.0),
        ("수출 5위 품목은?", "무선통신기기", 0.5),
        ("예산은 얼마인가요?", "제4차 회의", 0.0),
    ],
)
def test_an_edition_that_another_stands_for(question: str, text: str, missing: float) -> None:
    assert other_number(question, text) == missing
