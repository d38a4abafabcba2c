"""`geungeo show --facts`: what a document states, a line each, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.cli import main
from rag.facts import Fact, Form
from rag.showing.documents import counted, facts_json, told
from rag.types import Span

TEXT = """해솔시 공예 교실 안내

지원대상 : 해솔시 주민
신청기간 : 2026. 3. 2. ~ 3. 13.
문의처 :
"""


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "안내.txt").write_text(TEXT, encoding="utf-8")
    assert main(["build", str(tmp_path / "안내.txt"), "--index", str(tmp_path / "ix")]) == 0
    assert "문서가 밝힌 사실 3개(라벨 3)를 모았습니다" in capsys.readouterr().err
    return tmp_path / "ix"


def test_each_fact_has_a_line_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "안내.txt", "--facts", "--index", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["해솔시 공예 교실 안내", "사실 3개(라벨 3)"]
    start = TEXT.index("해솔시 주민")
    assert any(
        line.endswith(f"지원대상: 해솔시 주민  #{start}-{start + len('해솔시 주민')}")
        for line in lines
    )
    assert any("문의처: (빈칸)" in line for line in lines)


def test_a_place_narrows_them_and_json_gives_spans(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = TEXT.index("2026.")
    place = f"안내.txt#{start}-{TEXT.index('문의처')}"
    assert main(["show", place, "--facts", "--json", "--index", str(folder)]) == 0
    (fact,) = json.loads(capsys.readouterr().out)
    assert (fact["attribute"], fact["value"]) == ("신청기간", "2026. 3. 2. ~ 3. 13.")
    assert TEXT[slice(*fact["span"])] == fact["value"]
    assert TEXT[slice(*fact["label"])] == "신청기간"
    assert fact["blank"] is False


def test_facts_are_counted_by_form() -> None:
    facts = [
        Fact(form, ("가",), "나", "다", Span(0, 1), 0)
        for form in (Form.CELL, Form.LABEL, Form.CELL)
    ]
    assert counted(facts) == {"cell": 2, "label": 1}
    assert told(counted(facts)) == "사실 3개(라벨 1, 칸 2)"
    assert told({}) == "사실 0개"
    assert [one["form"] for one in facts_json(facts)] == ["cell", "label", "cell"]
