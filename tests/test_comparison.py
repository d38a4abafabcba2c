"""Comparisons over four short documents whose facts are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.comparison import Compared
from rag.index import build
from rag.types import Answer, Verdict

TEXTS = {
    "roads.txt": (
        "도로 정비 보고서\n\n1. 사업 규모\n\n- 도로 정비 사업의 예산은 450억원이다.\n"
        "- 도로 정비 사업의 착공일은 2022년 3월 2일이다.\n"
        "\n2. 쟁점\n\n- 환경부는 도로 폭을 줄여 나무를 심어야 한다는 의견이다.\n"
        "- 환경부와 산업부는 도로 폭을 함께 검토하기로 하였다.\n"
        "- 산업부는 도로 폭을 넓혀 물류를 빠르게 해야 한다는 의견이다.\n"
    ),
    "rivers.txt": (
        "하천 복원 보고서\n\n1. 사업 규모\n\n- 하천 복원 사업의 예산은 1조 2,000억원이다.\n"
        "- 하천 복원 사업의 참여 주민은 320명이다.\n"
    ),
    "parks.txt": (
        "공원 조성 안내\n\n1. 사업 규모\n\n- 공원 조성 사업의 예산은 90억원, 광장 조성 사업의 예산은 "
        "75억원이다.\n- 나무는 느티나무를 심는다.\n"
    ),
}
DATES = {"roads.txt": "2022-01", "rivers.txt": "2023-05", "parks.txt": "2021-09"}


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("works")
    sources = folder / "sources"
    sources.mkdir()
    entries = []
    for name, text in TEXTS.items():
        Path(sources / name).write_text(text, encoding="utf-8")
        title = text.split("\n", 1)[0]
        entries.append(
            f'[[document]]\nfile = "{name}"\ntitle = "{title}"\nissuer = "시청"\n'
            f'published = "{DATES[name]}"\nlicence = ""\n'
        )
    (sources / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    build([sources], folder / "index")
    return Assistant.open(folder / "index")


def lead(answer: Answer) -> str:
    return answer.text.splitlines()[0]


def test_each_side_brings_its_fact_and_the_date_of_its_document(works: Assistant) -> None:
    answer = works.ask("도로 정비 사업과 하천 복원 사업의 예산은 각각 얼마인가요?")
    assert answer.verdict is Verdict.ANSWERED
    assert answer.short_answer == "450억원; 1조 2,000억원"
    assert [c.file for c in answer.citations] == ["roads.txt", "rivers.txt"]
    assert "450억원’(2022년 1월 문서) [1]" in lead(answer)
    assert "1조 2,000억원’(2023년 5월 문서) [2]" in lead(answer)
    assert [hit.passage.file for hit in answer.hits[:2]] == ["roads.txt", "rivers.txt"]
    assert len({hit.row for hit in answer.hits}) == len(answer.hits)


def test_the_order_asked_for_is_that_of_the_amounts(works: Assistant) -> None:
    for how, expected in (
        ("큰", ["하천 복원 1조 2,000억원", "도로 정비 450억원", "공원 조성 90억원"]),
        ("작은", ["공원 조성 90억원", "도로 정비 450억원", "하천 복원 1조 2,000억원"]),
    ):
        answer = works.ask(
            f"도로 정비, 하천 복원, 공원 조성 세 사업을 예산이 {how} 순서로 알려주세요."
        )
        assert (answer.short_answer or "").split("; ") == expected


def test_a_sum_is_shown_as_a_computation_with_both_amounts(works: Assistant) -> None:
    answer = works.ask("도로 정비 예산과 공원 조성 예산을 합하면 얼마입니까?")
    assert answer.short_answer == "450억원 + 90억원 = 540억원"
    assert "문서의 값으로 계산하면 450억원 + 90억원 = 540억원입니다." in lead(answer)
    assert "‘450억원’" in lead(answer) and "‘90억원’" in lead(answer)
    assert [c.file for c in answer.citations] == ["roads.txt", "parks.txt"]
    assert all("540" not in c.quote for c in answer.citations)


def test_a_difference_is_shown_as_a_computation(works: Assistant) -> None:
    answer = works.ask("하천 복원 사업과 도로 정비 사업의 예산 차이는 얼마인가요?")
    assert answer.short_answer == "1조 2,000억원 - 450억원 = 1조 1,550억원"


def test_which_is_more_ends_with_which(works: Assistant) -> None:
    answer = works.ask("도로 정비 사업과 하천 복원 사업 가운데 예산이 더 큰 쪽은 어디인가요?")
    assert answer.short_answer == "하천 복원 사업 1조 2,000억원 > 도로 정비 사업 450억원"
    assert lead(answer).startswith("두 값을 견주면 하천 복원 사업이 더 큽니다.")
    answer = works.ask("도로 정비 사업과 하천 복원 사업 가운데 예산이 더 적은 쪽은 어디인가요?")
    assert answer.short_answer == "도로 정비 사업 450억원 < 하천 복원 사업 1조 2,000억원"


def test_nothing_is_reckoned_with_a_side_missing(works: Assistant) -> None:
    answer = works.ask("하천 복원 사업과 달 착륙선 사업의 예산을 합하면 얼마인가요?")
    assert answer.verdict is Verdict.PARTIAL
    assert answer.short_answer == "1조 2,000억원"
    assert "계산" not in answer.text


def test_two_clauses_are_two_sides(works: Assistant) -> None:
    answer = works.ask("도로 정비 예산은 얼마이고, 하천 복원에 참여하는 주민은 몇 명인가요?")
    assert answer.short_answer == "450억원; 320명"


def test_a_slice_that_speaks_of_both_gives_each_its_own(works: Assistant) -> None:
    answer = works.ask("공원 조성 사업과 광장 조성 사업의 예산은 각각 얼마인가요?")
    assert answer.short_answer == "90억원; 75억원"
    assert len(answer.citations) == 1  # the slice is quoted once
    assert "문서)" not in lead(answer)  # one document: no dates to tell apart


def test_views_are_quoted_from_where_each_is_told(works: Assistant) -> None:
    answer = works.ask("도로 폭을 두고 환경부와 산업부 의견이 어떻게 다른가요?")
    assert [c.quote for c in answer.citations] == [
        "환경부는 도로 폭을 줄여 나무를 심어야 한다는 의견이다.",
        "산업부는 도로 폭을 넓혀 물류를 빠르게 해야 한다는 의견이다.",
    ]


def test_a_side_that_is_not_there_leaves_the_answer_partial(works: Assistant) -> None:
    answer = works.ask("하천 복원 사업과 달 착륙선 사업의 예산은 각각 얼마인가요?")
    assert answer.verdict is Verdict.PARTIAL
    assert answer.short_answer == "1조 2,000억원"
    assert "달 착륙선 사업은 문서에서 찾지 못했습니다" in lead(answer)
    assert [c.file for c in answer.citations] == ["rivers.txt"]


def test_sides_that_are_both_not_there_are_refused(works: Assistant) -> None:
    answer = works.ask("우주선과 잠수함의 가격은 각각 얼마인가요?")
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.short_answer is None


def test_a_refused_comparison_lists_passages_of_its_sides_in_turn(works: Assistant) -> None:
    answer = works.ask("도로 정비 사업과 하천 복원 사업의 이사장은 각각 누구인가요?")
    assert answer.verdict is Verdict.NOT_FOUND
    assert [hit.passage.file for hit in answer.hits[:2]] == ["roads.txt", "rivers.txt"]
    ids = [hit.passage.id for hit in answer.hits]
    assert len(ids) == len(set(ids)) == len(works.passages)


def test_a_document_named_by_a_side_is_where_it_is_looked_for(works: Assistant) -> None:
    answer = works.ask("도로 정비 보고서와 하천 복원 보고서가 밝힌 예산은 각각 얼마인가요?")
    assert [c.file for c in answer.citations] == ["roads.txt", "rivers.txt"]
    assert answer.short_answer == "450억원; 1조 2,000억원"


@pytest.mark.parametrize(
    ("label", "fact", "expected"),
    [
        ("1단계 국비", "국비 1,203억원", "1단계 국비 1,203억원"),
        ("도로 정비", "450억원", "도로 정비 450억원"),
        ("국비", "국비", "국비 국비"),
    ],
)
def test_a_word_is_not_said_twice_between_name_and_fact(
    label: str, fact: str, expected: str
) -> None:
    assert Compared(label, fact, ()).titled == expected
