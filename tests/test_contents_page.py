"""Contents pages: what they say of a section is told, and they are no headings of what follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from fact_making import document, facts
from finding_making import index_of

from rag.assistant import Assistant
from rag.facts import Form
from rag.index import build
from rag.outline import outline
from rag.types import Answer, BlockKind, Verdict

ISSUE = """누리산업 {number}호

{year}. {month:02}.

[동향]

- 01 국내 동향 1
- 02 해외 동향 8

[특집]

- 01 {subject} 25

[본문]

1. 국내 산업

국내 산업의 예산은 {number}억원이다.
"""
ISSUES = ((41, 4, "수소 생태계의 내일"), (42, 5, "지역 물류의 새 길"))
COVER = """누리산업

Vol. 41 (2022. 04.)

[특집]

- 01 수소 생태계의 내일 25

1. 국내 동향

- 국내 산업의 예산은 41억원이다.
"""
LEADERS = """가람구 업무 계획

목 차

1. 사업 개요 ················ 3
2. 융자 지원 ················ 7
  가. 융자 한도 ·············· 8
3. 판로 지원 ................ 12

1. 사업 개요

- 사업 기간은 2031년 1월부터 12월까지이다.

2. 융자 지원

가. 융자 한도

- 업체당 융자 한도는 3,000만원이다.

3. 판로 지원

- 판로 지원 대상은 소상공인이다.
"""


def issue(number: int, month: int, subject: str) -> str:
    return ISSUE.format(number=number, year=2022, month=month, subject=subject)


@pytest.fixture(scope="module")
def issues(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two issues of a magazine, named and dated by a catalogue."""
    root: Path = tmp_path_factory.mktemp("contents")
    sources = root / "sources"
    sources.mkdir()
    entries = []
    for number, month, subject in ISSUES:
        name = f"issue{number}.txt"
        (sources / name).write_text(issue(number, month, subject), encoding="utf-8")
        entries.append(
            f'[[document]]\nfile = "{name}"\ntitle = "누리산업 {number}호"\nissuer = "누리원"\n'
            f'published = "2022-{month:02}"\nlicence = ""\n'
        )
    (sources / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    build([sources], root / "index")
    return Assistant.open(root / "index")


def ask(text: str, question: str) -> Answer:
    return Assistant(index_of(text)).ask(question)


# --- the titles of a section ----------------------------------------------------------------------


def test_the_titles_under_a_section_are_its_value() -> None:
    made = document(issue(*ISSUES[0]), "누리산업 41호")
    told = {fact.attribute: fact for fact in facts(made, Form.LABEL)}
    assert told["특집"].value.startswith("수소 생태계의 내일")
    assert told["특집"].subject == ("누리산업 41호",)
    lines = told["동향"].value.split("\n")
    assert [line.rsplit(" ", 1)[0] for line in lines] == ["국내 동향", "해외 동향"]
    parts = [made.text[part.start : part.end] for part in told["동향"].parts]
    assert parts == lines


def test_the_section_asked_for_is_told_from_the_issue_asked_for(issues: Assistant) -> None:
    for number, _month, subject in ISSUES:
        made = issues.ask(f"누리산업 {number}호 특집 주제는 무엇인가요?")
        assert made.verdict is Verdict.ANSWERED
        assert subject in (made.short_answer or "")
        assert made.citations[0].file == f"issue{number}.txt"
        assert "[특집]" in made.citations[0].quote


def test_all_titles_of_a_section_are_listed(issues: Assistant) -> None:
    made = issues.ask("누리산업 42호 동향에는 어떤 기사가 있나요?")
    assert made.verdict is Verdict.ANSWERED
    items = (made.short_answer or "").split("; ")
    assert [item.rsplit(" ", 1)[0] for item in items] == ["국내 동향", "해외 동향"]
    assert made.citations[0].file == "issue42.txt"


def test_a_section_that_is_not_there_is_not_told() -> None:
    made = ask(issue(*ISSUES[0]), "대담 주제는 무엇인가요?")
    assert made.verdict is Verdict.NOT_FOUND and made.short_answer is None


def test_the_text_is_told_and_not_its_line_on_the_contents_page(issues: Assistant) -> None:
    made = issues.ask("누리산업 41호의 국내 산업 예산은 얼마인가요?")
    assert made.short_answer == "41억원"
    assert made.citations[0].file == "issue41.txt"


def test_two_issues_side_by_side(issues: Assistant) -> None:
    made = issues.ask("누리산업 2022년 4월호와 5월호의 특집 주제는 각각 뭐예요?")
    assert made.verdict is Verdict.ANSWERED
    assert [c.file for c in made.citations] == ["issue41.txt", "issue42.txt"]
    first, second = (made.short_answer or "").split("; ")
    assert "수소 생태계의 내일" in first and "지역 물류의 새 길" in second


@pytest.mark.xfail(
    strict=True, reason="the number of its page is left on a title of a contents page"
)
def test_a_title_is_told_without_its_page(issues: Assistant) -> None:
    made = issues.ask("누리산업 41호 특집 주제는 무엇인가요?")
    assert made.short_answer == "수소 생태계의 내일"


def test_the_name_of_a_magazine_labels_nothing() -> None:
    told = facts(document(COVER, "누리산업 41호"), Form.LABEL)
    assert "누리산업" not in [fact.attribute for fact in told]


def test_a_section_that_an_issue_does_not_have_is_not_told_from_its_cover() -> None:
    made = ask(COVER, "누리산업 2022년 4월호 대담 주제는 무엇인가요?")
    assert made.verdict is Verdict.NOT_FOUND


# --- lines with leaders ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "words", "quote"),
    [
        ("융자 한도는 얼마인가요?", "3,000만원", "업체당 융자 한도는 3,000만원이다."),
        ("사업 기간은 언제인가요?", "2031년 1월부터", "사업 기간은 2031년 1월부터 12월까지이다."),
    ],
)
def test_a_fact_of_the_text_is_told_behind_a_contents_page(
    question: str, words: str, quote: str
) -> None:
    made = ask(LEADERS, question)
    assert made.verdict is Verdict.ANSWERED
    assert words in (made.short_answer or "")
    assert quote in made.citations[0].quote


def test_headings_of_the_text_stand_over_their_lines() -> None:
    made = document(LEADERS)
    over = {
        made.text[block.span.start : block.span.end]: block.path[-1:]
        for block in outline(made)
        if block.kind is BlockKind.BULLET
    }
    assert over["- 업체당 융자 한도는 3,000만원이다."] == ("가. 융자 한도",)
    assert over["- 판로 지원 대상은 소상공인이다."] == ("3. 판로 지원",)


def test_a_line_of_the_contents_page_is_no_heading() -> None:
    made = document(LEADERS)
    for block in outline(made):
        text = made.text[block.span.start : block.span.end]
        assert not any("···" in over or "...." in over for over in block.path), text
        if block.kind is BlockKind.HEADING:
            assert "···" not in text and "...." not in text


def test_a_line_of_the_contents_page_labels_nothing() -> None:
    for fact in facts(document(LEADERS)):
        assert "···" not in fact.attribute and "...." not in fact.value


def test_a_quotation_of_the_text_holds_no_line_of_the_contents_page() -> None:
    made = ask(LEADERS, "사업 기간은 언제인가요?")
    assert "···" not in made.text and "...." not in made.text


def test_a_period_is_told_to_its_end() -> None:
    made = ask(LEADERS, "사업 기간은 언제인가요?")
    assert made.short_answer is not None and made.short_answer.endswith("12월까지")
