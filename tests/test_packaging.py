"""What is shipped: dependencies locked, data files packed, targets listed, licences named."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
NEEDS = {
    "run": PROJECT["dependencies"],
    "transformer": [*PROJECT["dependencies"], *EXTRAS["transformer"]],
    "test": [*PROJECT["dependencies"], *EXTRAS["transformer"], *EXTRAS["test"]],
}


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    pins = dict(line.split("==") for line in lines)
    assert len(pins) == len(lines)
    return {canonicalize_name(package): version for package, version in pins.items()}


@pytest.mark.parametrize("name", NEEDS)
def test_locks_hold_every_need_in_a_version_that_the_project_allows(name: str) -> None:
    pins = locked(name)
    for need in map(Requirement, NEEDS[name]):
        assert need.specifier.contains(Version(pins[canonicalize_name(need.name)])), need


def test_the_locks_agree_with_each_other() -> None:
    run, transformer, test = locked("run"), locked("transformer"), locked("test")
    assert run.items() <= transformer.items() <= test.items()
    assert "torch" not in run
    assert transformer["torch"] == "2.13.0"


def test_what_runs_by_default_is_what_is_locked() -> None:
    """The packages that the code imports at run time, against the default's lock."""
    from test_layers import MODULES, imports

    names = {
        name.split(".")[0]
        for path in MODULES.values()
        for name, now in imports(path)
        if now and name.split(".")[0] not in ("rag", "web")
    }
    import sys

    foreign = names - set(sys.stdlib_module_names)
    known = {"faiss": "faiss-cpu"}
    assert {known.get(name, name) for name in foreign} <= set(locked("run"))


def test_every_data_file_is_packed() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = patterns["tool"]["setuptools"]["package-data"]
    for package in ("rag", "web"):
        folder = ROOT / package
        data = {
            path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix not in (".py", ".pyc") and path.name != ".DS_Store"
        }
        matched = {path for pattern in packed[package] for path in folder.glob(pattern)}
        assert data <= matched, sorted(data - matched)


def test_a_bare_make_lists_every_target_in_korean() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None
    for target in phony[1].split():
        if target != "help":
            assert re.search(rf"^  {target} +.*[가-힣]", done.stdout, re.MULTILINE), target


@pytest.mark.parametrize("target", ["run", "test", "setup", "build", "faq", "eval", "check"])
def test_make_knows_how(target: str) -> None:
    subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=True)


def test_make_with_an_encoder_installs_and_builds_with_it() -> None:
    command = ["make", "-n", "-B", "run", "ENCODER=some/model", "PORT=8123"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "-r locks/transformer.txt" in done.stdout
    assert "build --if-changed --encoder 'some/model'" in done.stdout
    assert "--port '8123'" in done.stdout
    without = subprocess.run(
        ["make", "-n", "-B", "run"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "transformer" not in without.stdout


def test_make_refuses_an_old_python_in_korean(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "setup", f"VENV={tmp_path / 'venv'}", f"PYTHON={old}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Python 3.11 이상이 필요합니다" in done.stderr


def test_the_notice_names_every_dependency_and_every_seed() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    for need in map(Requirement, [*PROJECT["dependencies"], *EXTRAS["transformer"]]):
        assert need.name.lower() in notice, need.name
    for seed in (ROOT / "seeds").glob("*.txt"):
        assert seed.name in notice
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
