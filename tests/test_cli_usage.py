"""The command line explains itself: help, examples, and what is wrong with what was typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rag.cli import main
from rag.cli.parser import command_parser

ROOT = Path(__file__).parent.parent
COMMANDS = ("build", "ask", "search", "answer", "faq", "eval", "serve", "show", "check")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from rag.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'kiwipiepy', 'faiss', 'numpy', 'torch', 'fastapi', 'uvicorn', 'tqdm', 'jinja2'}\n"
        "print(*heavy & set(sys.modules), file=sys.stderr, end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("사용법: geungeo")
    assert done.stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_korean_help_with_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"사용법: geungeo {command}")
    assert f"\n예:\n  geungeo {command}" in shown
    assert "--index DIR" in shown
    assert "show this help" not in shown


def test_the_examples_of_the_help_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    import shlex

    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        examples = capsys.readouterr().out.split("예:\n")[1].splitlines()
        assert examples
        for line in examples:
            words = shlex.split(line.split(">")[0])
            assert command_parser().parse_args(words[1:]).command == command


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "빠진 것이 있습니다: 명령"),
        (["foo"], "'foo' 은(는) 없습니다"),
        (["ask"], "빠진 것이 있습니다: 질문"),
        (["ask", "가", "나"], "모르는 인자입니다: 나"),
        (["ask", "가", "--k", "0"], "--k: 1에서 1000까지의 정수여야 합니다: '0'"),
        (["ask", "가", "--k"], "--k: 값을 하나 적어야 합니다"),
        (["ask", "\udcff"], "UTF-8 글이 아닙니다"),
        (["search"], "다음 가운데 하나가 있어야 합니다"),
        (["search", "가", "--questions", "q.txt"], "함께 쓸 수 없습니다"),
        (["search", "가", "--sort", "x"], "'x' 은(는) 없습니다"),
        (["answer"], "빠진 것이 있습니다: --questions"),
        (["faq", "--format", "pdf"], "'pdf' 은(는) 없습니다"),
        (["serve", "--port", "70000"], "--port: 0에서 65535까지의 정수여야 합니다"),
    ],
)
def test_wrong_usage_is_told_in_korean_and_ends_with_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    shown = capsys.readouterr()
    assert ended.value.code == 2
    assert shown.out == ""
    assert words in shown.err
    assert "사용법: geungeo" in shown.err
    assert "error:" not in shown.err


def test_python_m_rag_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rag", "check", "--index", "no-such-folder"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "geungeo build" in done.stdout.decode()
