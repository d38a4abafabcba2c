"""The commands that make an index or need one, with real ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.cli import main
from rag.errors import IndexMissing


def test_a_missing_index_says_how_to_build_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "물류비?", "--index", str(tmp_path / "none")]) == 1
    assert "geungeo build" in capsys.readouterr().err
    with pytest.raises(IndexMissing):
        Assistant.open(tmp_path / "none")


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "물류비?"],
        ["search", "물류비"],
        ["serve", "--port", "0"],
        ["answer", "--questions", "QUESTIONS"],
        ["faq"],
        ["show", "a.txt"],
        ["check"],
    ],
)
def test_an_index_of_another_version_is_refused_with_the_command_that_mends_it(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.txt").write_text("물류비?", encoding="utf-8")
    index = tmp_path / "index"
    old = index / "generation-old"
    old.mkdir(parents=True)
    (old / "manifest.json").write_text('{"format": 0}', encoding="utf-8")
    (index / "CURRENT").write_text(old.name, encoding="utf-8")
    words = [str(tmp_path / "q.txt") if word == "QUESTIONS" else word for word in command]
    assert main([*words, "--index", str(index)]) == 1
    shown = capsys.readouterr()
    told = shown.out + shown.err
    assert "다른 판의 프로그램이 만든 색인" in told
    assert f"'geungeo build --index {index}'로 다시" in told
    assert old.name not in told


def test_the_whole_way_from_a_folder_to_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = tmp_path / "문서", tmp_path / "색인"
    folder.mkdir()
    (folder / "가.txt").write_text(
        "물류 지원 대책\n\n1. 융자 지원\n\n- 물류비 융자 한도는 기업당 3천만원이다.\n"
        "- 신청 기간은 2021년 6월 7일부터 6월 25일까지이다.\n",
        encoding="utf-8",
    )
    (folder / "나.txt").write_text(
        "인력 양성 계획\n\n1. 교육 과정\n\n- 반도체 교육생은 해마다 500명을 뽑는다.\n",
        encoding="utf-8",
    )
    where = ["--index", str(index)]
    assert main(["build", str(folder), *where]) == 0
    assert "문서 2건" in capsys.readouterr().err
    assert main(["build", str(folder), "--if-changed", *where]) == 0
    assert "그대로 씁니다" in capsys.readouterr().err
    assert main(["check", str(folder), *where]) == 0
    capsys.readouterr()

    assert main(["ask", "물류비 융자 한도는 얼마인가요?", "--json", *where]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "answered"
    assert "3천만원" in answer["short_answer"]
    cited = answer["citations"][0]
    text = (folder / cited["document"]).read_text(encoding="utf-8")
    assert "3천만원" in text[cited["start"] : cited["end"]]

    (folder / "나.txt").write_text("다른 글\n\n- 바뀐 내용이다.\n", encoding="utf-8")
    assert main(["check", str(folder), *where]) == 1
    assert "나.txt" in capsys.readouterr().out
    (folder / "나.txt").write_text("", encoding="utf-8")
    (folder / "가.txt").write_text("", encoding="utf-8")
    assert main(["build", str(folder), *where]) == 1
    assert capsys.readouterr().err.startswith("오류: ")
    assert main(["ask", "물류비 융자 한도는?", *where]) == 0  # the old index goes on serving


def test_a_build_reports_what_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = tmp_path / "문서", tmp_path / "색인"
    folder.mkdir()
    (folder / "가.txt").write_text("물류비 융자 한도는 3천만원이다.\n", encoding="utf-8")
    (folder / "나.txt").write_text("물류비 융자 한도는 3천만원이다.\n", encoding="utf-8")
    (folder / "다.txt").write_bytes("보증 한도는 1억원이다.".encode("cp949"))
    (folder / "라.hwp").write_bytes(b"%!PS-Adobe")
    (folder / "마.pdf").write_bytes(b"")
    where = ["--index", str(index)]
    assert main(["build", str(folder), *where]) == 0
    lines = capsys.readouterr().err.splitlines()
    (warning, copies, *failed, count, made) = [line for line in lines if "/" not in line[:12]]
    assert "다.txt" in warning and "CP949" in warning
    assert copies.endswith("가.txt, 나.txt")
    assert ["라.hwp" in failed[0], "포스트스크립트" in failed[0]] == [True, True]
    assert ["마.pdf" in failed[1], "비어" in failed[1], len(failed)] == [True, True, 2]
    assert "2건을 읽지 못해" in count and "문서 3건" in made

    assert main(["build", str(folder), "--strict", *where]) == 1
    assert main(["build", str(folder), "--if-changed", *where]) == 0
    assert main(["build", str(folder), "--if-changed", "--strict", *where]) == 1
    capsys.readouterr()
    assert main(["check", str(folder), *where]) == 0
    told = capsys.readouterr()
    assert told.out == "" and "라.hwp" in told.err and "마.pdf" in told.err

    for name in ("라.hwp", "마.pdf"):
        (folder / name).unlink()
    assert main(["build", str(folder), "--strict", *where]) == 0
