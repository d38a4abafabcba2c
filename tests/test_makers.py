"""What an index hangs on: all that building one imports is named, so that its change is noticed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from rag.index import manifest
from rag.index.manifest import _MAKERS, made_by
from rag.settings import ChunkSettings

PACKAGE = Path(rag.__file__).parent
COUNTED_OTHERWISE = {"errors.py", "settings.py", "__init__.py"}
"""Errors change no index; of the settings those that do stand in the fingerprint."""


def modules() -> dict[str, Path]:
    """The modules of the package by name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = ("rag", *path.relative_to(PACKAGE).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports anywhere in it, with the packages around them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            for length in range(1, len(parts) + 1):
                if ".".join(parts[:length]) in MODULES:
                    yield ".".join(parts[:length])


def closure(module: str) -> set[str]:
    """A module with all that it imports, directly or not; the package itself imports nothing
    until it is asked to."""
    found: set[str] = set()
    wait = [module]
    while wait:
        name = wait.pop()
        if name not in found and name != "rag":
            found.add(name)
            wait += imported(MODULES[name])
    return found


def room(module: str) -> str:
    """The folder or file of the package that a module lies in."""
    return MODULES[module].relative_to(PACKAGE).parts[0]


def test_all_that_building_imports_lies_in_a_room_that_makes_an_index() -> None:
    rooms = {room(module) for module in closure("rag.index.building")}
    assert rooms - COUNTED_OTHERWISE == set(_MAKERS)
    assert len(set(_MAKERS)) == len(_MAKERS)


def test_the_closure_reaches_what_is_imported_far_away() -> None:
    found = closure("rag.index.building")
    assert {"rag.facts.storage", "rag.reading.bindings", "rag.korean.sounds"} <= found
    assert {"rag.loading.worker", "rag.outline.wrapping", "rag.types"} <= found
    assert "rag.index.transformer" in found  # imported when it is asked for by name
    assert not {name for name in found if name.startswith(("rag.cli", "rag.assistant", "web"))}


@pytest.mark.parametrize("name", _MAKERS)
def test_a_change_in_any_room_makes_another_index(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is counted from a copy whose rooms hold one file each."""
    package = tmp_path / "rag"
    for maker in _MAKERS:
        path = package / maker if maker.endswith(".py") else package / maker / "deep" / "a.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", encoding="utf-8")
    monkeypatch.setattr(manifest, "__file__", str(package / "index" / "manifest.py"))

    def made() -> str:
        manifest._code.cache_clear()
        return made_by(ChunkSettings())

    try:
        before = made()
        assert made() == before
        changed = package / name if name.endswith(".py") else package / name / "deep" / "a.tsv"
        changed.write_text("2", encoding="utf-8")
        assert made() != before
        changed.write_text("1", encoding="utf-8")
        assert made() == before
        (changed.parent / "notes.md").write_text("3", encoding="utf-8")
        assert made() == before
    finally:
        manifest._code.cache_clear()


def test_the_format_and_the_settings_of_cutting_make_another_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = made_by(ChunkSettings())
    assert made_by(ChunkSettings(target=16)) != before != made_by(ChunkSettings(limit=61))
    monkeypatch.setattr(manifest, "FORMAT", manifest.FORMAT + 1)
    assert made_by(ChunkSettings()) != before
