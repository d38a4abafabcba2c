"""What each command prints where, over a fake assistant, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from fake_assistant import LOGISTICS, FakeAssistant, document

from rag.assistant import Assistant
from rag.cli import main
from rag.showing.render import answer_json, search_json


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """Has every command open the fake assistant in place of an index."""
    assistant = FakeAssistant()
    monkeypatch.setattr(Assistant, "open", lambda *_: assistant)
    return assistant


def test_ask_prints_the_answer_and_json_has_the_one_shape(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "물류비 한도는?"]) == 0
    shown = capsys.readouterr()
    assert "답    3천만원" in shown.out
    assert shown.err == ""
    assert main(["ask", "물류비 한도는?", "--k", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == answer_json(fake.ask("물류비 한도는?", k=3))


def test_explain_adds_the_votes(fake: FakeAssistant, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "물류비 한도는?", "--explain"])
    assert "vector" in capsys.readouterr().out


def test_a_question_that_cannot_be_asked_is_one_sentence_and_ends_with_1(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "  "]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("오류: 질문이 비어 있습니다")
    assert shown.err.count("\n") == 1


def test_search_takes_filters_order_and_number(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    from rag.types import Filters, Sort

    main(["search", "지원", "--document", LOGISTICS, "--kind", "bullet", "--sort", "position",
          "--k", "4", "--json"])  # fmt: skip
    filters = Filters(file=LOGISTICS, kind="bullet")
    assert json.loads(capsys.readouterr().out) == search_json(
        fake.search("지원", 4, 0, filters, Sort.POSITION)
    )


def test_answer_writes_a_line_for_each_question_in_order(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    asked = [
        {"id": 2, "question": "물류비?"},
        {"id": 1, "question": ""},
        {"id": 3, "question": "별?"},
    ]
    questions.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    assert main(["answer", "--questions", str(questions), "--out", str(out)]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "질문 3개" in shown.err
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [2, 1, 3]
    assert [line["verdict"] for line in lines] == ["answered", "not_found", "not_found"]
    assert main(["answer", "--questions", str(questions)]) == 0
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")


def test_search_of_a_file_gives_sixty_passages_unless_told(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.txt"
    questions.write_text("지원\n", encoding="utf-8")
    main(["search", "--questions", str(questions)])
    assert len(json.loads(capsys.readouterr().out)["passages"]) == 60
    main(["search", "--questions", str(questions), "--k", "2"])
    assert len(json.loads(capsys.readouterr().out)["passages"]) == 2


def test_show_gives_a_span_and_refuses_what_is_not_there(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    text = document(LOGISTICS).text
    assert main(["show", f"{LOGISTICS}#100-160", "--raw"]) == 0
    assert capsys.readouterr().out == text[100:160] + "\n"
    assert main(["show", f"{LOGISTICS}#100-9999999"]) == 1
    assert "고쳐 주십시오" in capsys.readouterr().err
    assert main(["show", "없는.txt"]) == 1
    assert capsys.readouterr().err.startswith("오류: ")


def test_faq_is_written_in_the_format_of_the_file(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from rag import faq

    taken: list[list[str]] = []

    def generate(assistant: object, files: list[str], *_: object) -> tuple[object, ...]:
        taken.append(files)
        return (fake.ask("물류비?"),)

    monkeypatch.setattr(faq, "generate", generate)
    out = tmp_path / "faq.csv"
    assert main(["faq", "--out", str(out)]) == 0
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[1][1:3] == ["물류비?", "3천만원"]
    assert main(["faq"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["question"] == "물류비?"
    main(["faq", "--exclude-nd"])
    main(["faq", "--commercial"])
    assert [len(files) for files in taken] == [3, 3, 2, 2]
    assert main(["faq", "--format", "xlsx"]) == 1
    assert "--out" in capsys.readouterr().err


def test_eval_scores_answers_that_are_there(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    golden, answers = tmp_path / "g.jsonl", tmp_path / "a.jsonl"
    row = {"id": "x", "question": "?", "type": "amount", "answer": "3억원", "answerable": True}
    golden.write_text(json.dumps({**row, "evidence": []}), encoding="utf-8")
    said = {"id": "x", "verdict": "answered", "short_answer": "3억원", "answer": ""}
    answers.write_text(json.dumps({**said, "citations": [], "passages": []}), encoding="utf-8")
    arguments = ["eval", str(golden), "--predictions", str(answers)]
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["short"] == 1.0
    assert main(arguments) == 0
    assert "짧은 답이 정답인 비율" in capsys.readouterr().out
