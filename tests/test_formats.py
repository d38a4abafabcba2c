"""The whole way: files of several formats in a folder, a question, an answer from one of them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hancom_files import cell, hwpx, p, section, table

from rag.assistant import Assistant
from rag.index import build
from rag.reading import read
from rag.showing.render import answer_json, answer_text

LOANS = [
    [cell(0, 0, p("구분"), spans=(1, 2)), cell(0, 2, p("융자 한도"))],
    [cell(1, 0, p("중소기업"), spans=(2, 1)), cell(1, 1, p("운전자금")), cell(1, 2, p("3억원"))],
    [cell(2, 1, p("시설자금")), cell(2, 2, p("10억원"))],
]
PLAN = hwpx(
    section(
        p("기업 융자 지원 계획", lines=[5000]),
        p("융자 한도는 다음과 같다.", lines=[0], page_break=True),
        p(table(LOANS), lines=[2000]),
    )
)
PAGE = """<!DOCTYPE html><html><head><title>보증료 안내</title></head><body><main>
<h1>보증료 안내</h1><p>신용보증의 보증료율은 연 0.5%로 한다.</p></main></body></html>"""
VALUES = "지역,물류센터 수\n부산,12\n인천,7\n광양,3\n"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["교육 과정", "정원"], ["반도체 설계", "500명"], ["이차전지", "300명"]):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("formats")
    folder = home / "documents"
    folder.mkdir()
    # The names say nothing: each file is read as what it holds.
    (folder / "융자.txt").write_bytes(PLAN)
    (folder / "보증.pdf").write_text(PAGE, encoding="utf-8")
    (folder / "물류.txt").write_bytes(VALUES.encode("cp949"))
    (folder / "교육.docx").write_bytes(workbook())
    (folder / "안내.md").write_text(
        "# 문의 안내\n\n- 문의 전화는 1588-0000이다.\n", encoding="utf-8"
    )
    made = build([folder], home / "index")
    assert made.failed == {}
    return Assistant.open(home / "index")


def test_each_file_is_read_as_what_it_holds(assistant: Assistant) -> None:
    assert {one.file: (one.format, one.title) for one in assistant.documents} == {
        "교육.docx": ("xlsx", "교육"),
        "물류.txt": ("csv", "물류"),
        "보증.pdf": ("html", "보증료 안내"),
        "안내.md": ("text", "문의 안내"),
        "융자.txt": ("hwpx", "기업 융자 지원 계획"),
    }


@pytest.mark.parametrize(
    ("question", "file", "value"),
    [
        ("중소기업 시설자금 융자 한도는 얼마인가요?", "융자.txt", "10억원"),
        ("중소기업 운전자금 융자 한도는 얼마인가요?", "융자.txt", "3억원"),
        ("신용보증의 보증료율은 얼마인가요?", "보증.pdf", "0.5%"),
        ("반도체 설계 교육 과정의 정원은 몇 명인가요?", "교육.docx", "500명"),
        ("인천의 물류센터 수는 몇 개인가요?", "물류.txt", "7"),
        ("문의 전화는 몇 번인가요?", "안내.md", "1588-0000"),
    ],
)
def test_a_question_is_answered_from_any_format(
    assistant: Assistant, question: str, file: str, value: str
) -> None:
    answer = assistant.ask(question)
    assert answer.short_answer is not None and value in answer.short_answer
    first = answer.citations[0]
    assert first.file == file
    text = assistant.document(file).text
    shown = "".join(read(text, first.span).text.split())
    assert "".join(first.quote.split()) == shown and value in shown


def test_an_estimated_page_says_that_it_is_one(assistant: Assistant) -> None:
    answer = assistant.ask("중소기업 시설자금 융자 한도는 얼마인가요?")
    assert answer_json(answer)["citations"][0]["page"] == "약 2"
    assert "약 2쪽" in answer_text(answer, False)
