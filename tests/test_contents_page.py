"""What an issue's contents page says of a section, from two hand-made covers."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.contents_page import section_subject
from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.types import Verdict

COVER = """누리산업

Vol. {number} ({year}. {month:02}.)

[동향]

- 01 국내 동향 1
- 02 해외 동향 8

[특집]

- 01 {subject} 25

작성 : 홍길동 연구원

1. 국내 동향

- 국내 산업의 예산은 {number}억원이다.
"""
ISSUES = ((41, 4, "수소 생태계의 내일"), (42, 5, "지역 물류의 새 길"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("contents")
    sources = root / "sources"
    sources.mkdir()
    entries = []
    for number, month, subject in ISSUES:
        name = f"issue{number}.txt"
        text = COVER.format(number=number, year=2022, month=month, subject=subject)
        (sources / name).write_text(text, encoding="utf-8")
        entries.append(
            f'[[document]]\nfile = "{name}"\ntitle = "누리산업 {number}호"\nissuer = "누리원"\n'
            f'published = "2022-{month:02}"\nlicence = ""\n'
        )
    (sources / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    build([sources], root / "index")
    return root / "index"


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return open_index(folder)


def test_the_subject_of_a_section_with_the_line_that_dates_the_issue(index: Index) -> None:
    document = index.documents[0]
    found = section_subject(index, analyse("특집 주제는 무엇인가요?"), document)
    assert found is not None
    assert found.value == "수소 생태계의 내일"
    quoted = document.text[found.span.start : found.span.end]
    assert "2022. 04." in quoted and "수소 생태계의 내일" in quoted
    assert "".join(quoted.split()) == "".join(found.text.split())


def test_all_titles_of_a_section(index: Index) -> None:
    found = section_subject(index, analyse("동향 기사는 무엇인가요?"), index.documents[1])
    assert found is not None and found.value == "국내 동향; 해외 동향"


@pytest.mark.parametrize("question", ["특집 예산은 얼마인가요?", "대담 주제는 무엇인가요?"])
def test_nothing_where_no_title_or_no_such_section_is_asked_for(
    index: Index, question: str
) -> None:
    assert section_subject(index, analyse(question), index.documents[0]) is None


def test_two_issues_side_by_side(folder: Path) -> None:
    answer = Assistant.open(folder).ask("누리산업 2022년 4월호와 5월호의 특집 주제는 각각 뭐예요?")
    assert answer.verdict is Verdict.ANSWERED
    assert answer.short_answer == "수소 생태계의 내일; 지역 물류의 새 길"
    assert [c.file for c in answer.citations] == ["issue41.txt", "issue42.txt"]
