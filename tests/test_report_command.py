"""The command that writes the report."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from page_reader import page
from report_making import facts, miss, said

from rag.assistant import Assistant
from rag.cli import main


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a golden file for the three short documents."""
    rows = [
        ("y", "융자 한도는 얼마인가요?", "3,000만원", True),
        ("n", "달 탐사선은 언제 발사되나요?", "", False),
        ("w", "융자 한도는 얼마인가요?", "12억원", True),
    ]
    lines = [
        json.dumps(
            {
                "id": id_,
                "question": question,
                "type": "amount" if answerable else "unanswerable",
                "answer": answer,
                "answerable": answerable,
                "evidence": [{"doc": "loan.txt", "start": 0, "end": 40}] if answerable else [],
            }
        )
        for id_, question, answer, answerable in rows
    ]
    (tmp_path / "golden.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_eval_writes_the_report_whole_and_the_same_each_time(
    files: Path, policy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = files / "보고서.html"
    out.write_text("old", encoding="utf-8")
    command = ["eval", str(files / "golden.jsonl"), "--index", str(policy_index)]
    assert main([*command, "--report", str(out)]) == 0
    first = capsys.readouterr()
    assert f"보고서를 '{out}'에 썼습니다." in first.err
    assert "AURC" in first.out and "답한 비율" in first.out
    html = out.read_bytes()
    tree = page(html.decode())
    assert tree.one("p", class_="lead").line.startswith("질문 3개 가운데 2개가 맞고, 1개가 틀렸고")
    assert facts(miss(tree, "융자 한도"))["정답"] == "12억원"
    assert "golden.jsonl" in tree.line and str(files) not in html.decode()
    assert sorted(one.name for one in files.iterdir()) == ["golden.jsonl", "보고서.html"]
    assert stat.S_IMODE(out.stat().st_mode) & 0o600 == 0o600
    assert main([*command, "--report", str(out)]) == 0
    assert out.read_bytes() == html
    capsys.readouterr()
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["contains"] == 0.5
    assert found["confidence"]["risk"]["100"] == pytest.approx(2 / 3)


def test_a_failure_leaves_the_old_report(
    files: Path, policy_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = files / "r.html"
    out.write_text("old", encoding="utf-8")

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "ask", broken)
    command = ["eval", str(files / "golden.jsonl"), "--index", str(policy_index)]
    assert main([*command, "--report", str(out)]) == 130
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in files.iterdir()) == ["golden.jsonl", "r.html"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("", "폴더입니다. --report에"),
        ("none/r.html", "폴더가 있는지"),
        ("golden.jsonl/r.html", "쓸 수 없습니다"),
        ("golden.jsonl", "덮어쓰게 됩니다"),
        ("a.jsonl", "덮어쓰게 됩니다"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_asked(
    files: Path,
    policy_index: Path,
    place: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(Assistant, "ask", never)
    (files / "a.jsonl").write_text(json.dumps(said("y")), encoding="utf-8")
    before = {one.name: one.read_bytes() for one in files.iterdir()}
    command = ["eval", str(files / "golden.jsonl"), "--index", str(policy_index)]
    command += ["--predictions", str(files / "a.jsonl")] if place == "a.jsonl" else []
    assert main([*command, "--report", str(files / place)]) == 1
    shown = capsys.readouterr()
    assert shown.out == "" and words in shown.err
    assert {one.name: one.read_bytes() for one in files.iterdir()} == before


def test_answers_without_confidence_still_give_a_report(
    files: Path, policy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, out = files / "a.jsonl", files / "r.html"
    index = ["--index", str(policy_index)]
    questions = ["--questions", str(files / "golden.jsonl")]
    assert main(["answer", *questions, "--out", str(answers), *index]) == 0
    command = ["eval", str(files / "golden.jsonl"), "--predictions", str(answers), *index]
    assert main([*command, "--report", str(out)]) == 0
    shown = capsys.readouterr()
    assert "확신도(confidence)가 없어" in shown.err and "AURC" not in shown.out
    assert "답 파일 a.jsonl" in page(out.read_text(encoding="utf-8")).line
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["confidence"] is None
