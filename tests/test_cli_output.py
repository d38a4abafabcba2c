"""Files written whole, pipes that close, progress, and Ctrl+C."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from fake_assistant import LOGISTICS, document

from rag.assistant import Assistant
from rag.cli import main, output
from rag.errors import InputError

ROOT = Path(__file__).parent.parent


def test_a_result_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    def lines() -> object:
        yield "new"
        assert out.read_text() == "old"
        raise KeyError

    with pytest.raises(KeyError):
        output.write_lines(lines(), out)  # type: ignore[arg-type]
    assert out.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]
    output.write_lines(["가", "나"], out)
    assert out.read_text(encoding="utf-8") == "가\n나\n"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("place", ["", "none/out.jsonl"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match="폴더"):
        output.write_lines(["가"], tmp_path / place)
    assert list(tmp_path.iterdir()) == []


CLOSED = (
    "import sys; sys.path.insert(0, 'tests')\n"
    "from fake_assistant import FakeAssistant, LOGISTICS\n"
    "from rag.assistant import Assistant\n"
    "from rag.cli import main\n"
    "Assistant.open = lambda *_: FakeAssistant()\n"
    "sys.exit(main(['show', LOGISTICS, '--raw']))"
)


def test_a_reader_that_goes_away_is_no_failure_of_ours() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CLOSED], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()  # type: ignore[union-attr]
        errors = process.stderr.read()  # type: ignore[union-attr]
    assert (process.returncode, errors) == (141, b"")


def test_output_is_utf8_whatever_the_locale_says() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOSED],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode() == document(LOGISTICS).text + "\n"


def test_ctrl_c_is_told_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "open", interrupted)
    assert main(["ask", "가"]) == 130
    assert capsys.readouterr().err == "멈추었습니다.\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_tells_the_file_its_pages_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    progress = output.Progress()
    progress("문서 읽기", 1, 3, "가.hwpx · 12쪽")
    progress._bar.delay = 0  # type: ignore[union-attr]
    progress._bar.start_t -= 60  # type: ignore[union-attr]
    progress._bar.last_print_t -= 60  # type: ignore[union-attr]
    progress("문서 읽기", 2, 3, "나\x1b[2J.hwpx · 4쪽")
    progress.close()
    drawn = screen.getvalue()
    assert "문서 읽기" in drawn and "2/3" in drawn and "나[2J.hwpx · 4쪽" in drawn
    assert "남은 시간 00:" in drawn


def test_where_there_is_no_terminal_progress_is_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "_QUIET", 0.0)
    progress = output.Progress()
    progress("문서 읽기", 1, 3, "가.hwpx · 12쪽")
    progress("의미 벡터 만들기", 5, 5)
    progress.close()
    assert capsys.readouterr().err == "문서 읽기 1/3 가.hwpx · 12쪽\n의미 벡터 만들기 5/5\n"
