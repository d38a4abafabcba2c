"""README's commands work as written, its files exist, its make targets too."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from rag.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [
    line.split(" #")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()
]
COMMANDS = [line for line in LINES if line.startswith("geungeo ")]
TARGETS = {line.split()[1] for line in LINES if line.startswith("make ")}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the commands name: the seeds and the golden questions."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (folder / "tests" / "golden").mkdir(parents=True)
    lines = (ROOT / "tests" / "golden" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    # Ten questions are enough to see that a command runs.
    (folder / "tests" / "golden" / "dev.jsonl").write_text("\n".join(lines[:10]), encoding="utf-8")
    return folder


def test_every_command_of_the_cli_is_shown() -> None:
    shown = {shlex.split(command)[1] for command in COMMANDS}
    assert shown == {"build", "ask", "search", "answer", "faq", "eval", "show", "check", "serve"}


@pytest.mark.parametrize("command", [c for c in COMMANDS if " serve" not in c])
def test_the_commands_run_as_written(
    command: str,
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(checkout)
    if not (checkout / "index" / "CURRENT").exists() and " build" not in command:
        main(["build"])
    assert main(shlex.split(command)[1:]) == 0, capsys.readouterr().err
    for option, value in zip(shlex.split(command), shlex.split(command)[1:], strict=False):
        if option == "--out":
            assert (checkout / value).stat().st_size > 0


def test_make_targets_named_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert TARGETS
    assert {t for t in TARGETS if not re.search(rf"^{t}:", makefile, re.MULTILINE)} == set()


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_files_that_the_readme_links_to_exist(link: str) -> None:
    assert (ROOT / link).is_file()


@pytest.mark.parametrize("path", re.findall(r"`((?:rag|web|seeds|tests)/[\w./]+)`", README))
def test_paths_that_the_readme_names_exist(path: str) -> None:
    assert (ROOT / path).exists()
