"""What a question says of headers in other words than theirs."""

from __future__ import annotations

import pytest

from rag.header_words import (
    articles,
    asked_rank,
    asks_article,
    asks_inside,
    asks_total,
    is_total,
    sort_meant,
    spoken_of,
)
from rag.question.analysis import analyse


@pytest.mark.parametrize(
    ("question", "header", "expected"),
    [
        ("이 방식의 좋은 점은 뭔가요?", "장점", "좋은 점"),
        ("이 방식의 안 좋은 점은 뭔가요?", "장점", ""),
        ("이 방식의 안 좋은 점은 뭔가요?", "단점", "안 좋은 점"),
        ("전파가 어디까지 닿나요?", "커버리지", "어디까지"),
        ("융자는 누가 받나요?", "지원대상", "누가 받"),
        ("융자는 얼마인가요?", "장점", ""),
    ],
)
def test_everyday_words_for_an_attribute(question: str, header: str, expected: str) -> None:
    assert spoken_of(analyse(question), header).endswith(expected)
    assert (spoken_of(analyse(question), header) == "") == (expected == "")


@pytest.mark.parametrize(
    ("question", "header", "expected"),
    [
        ("어디에서 쓰나요?", "채택국가", True),
        ("언제 발의됐나요?", "발의일", True),
        ("언제 발의됐나요?", "채택국가", False),
        ("얼마인가요?", "발의일", False),
    ],
)
def test_the_question_word_means_a_header(question: str, header: str, expected: bool) -> None:
    assert sort_meant(analyse(question), header) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("지정 근거는 몇 조예요?", True),
        ("근거 조항은?", True),
        ("예산은 몇 조예요?", False),
        ("예산은 몇 조 원인가요?", False),
        ("융자 조건은?", False),
    ],
)
def test_the_number_of_an_article_is_no_money(question: str, expected: bool) -> None:
    assert asks_article(analyse(question)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("산림단지 지정(제12조, 제13조의2)", "제12조, 제13조의2"),
        ("전담기관(제27조의2)", "제27조의2"),
        ("예산 7조원", ""),
    ],
)
def test_articles_are_cut_out_as_written(text: str, expected: str) -> None:
    assert articles(text) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [("소계", True), ("합계 (A+B)", True), ("계", True), ("통계", False), ("회계", False)],
)
def test_headers_of_sums(header: str, expected: bool) -> None:
    assert is_total(header) is expected


def test_totals_ranks_and_contents_are_told_from_the_words() -> None:
    assert asks_total(analyse("국비는 모두 얼마인가요?"))
    assert not asks_total(analyse("국비는 얼마인가요?"))
    assert asked_rank(analyse("수출 5위 품목은?")) == "5"
    assert asked_rank(analyse("수출 품목은?")) == ""
    assert asks_inside(analyse("이 전략에는 어떤 과제가 들어 있나요?"))
    assert not asks_inside(analyse("이 전략의 예산은 얼마인가요?"))
