"""The library's face: every public name is there, and nothing is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", rag.__all__)
def test_each_public_name_is_that_of_its_home(name: str) -> None:
    found = getattr(rag, name)
    if name.startswith("__"):
        return
    home, _, other = rag._HOMES[name].partition(":")
    assert found is getattr(import_module(home), other or name)


def test_the_names_are_sorted_and_said_once() -> None:
    assert list(rag.__all__) == sorted(set(rag.__all__))
    assert set(rag.__all__) == {*rag._HOMES, "__version__"}
    assert dir(rag) == list(rag.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = rag.nothing  # type: ignore[attr-defined]


def test_importing_the_library_loads_none_of_its_rooms() -> None:
    code = "import sys, rag; print(*(m for m in sys.modules if m.startswith('rag.')))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []


def test_it_is_typed_and_says_its_version() -> None:
    assert (ROOT / "rag" / "py.typed").is_file()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert rag.__version__ in (project["version"], "0+unknown")
