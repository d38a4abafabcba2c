"""What many tests share: indexes built once, assistants over them, and a machine that lacks things."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_making import write

from rag.assistant import Assistant
from rag.index import build
from rag.index.manifest import Manifest

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the four seeds. Tests read it and change nothing in it."""
    folder = tmp_path_factory.mktemp("seeds") / "index"
    build([SEEDS], folder)
    return folder


@pytest.fixture(scope="session")
def assistant(seed_index: Path) -> Assistant:
    """The assistant over the seeds."""
    return Assistant.open(seed_index)


@pytest.fixture(scope="session")
def policy_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the three short documents in tests/policies. Read only."""
    folder = tmp_path_factory.mktemp("policies") / "index"
    build([Path(__file__).parent / "policies"], folder)
    return folder


@pytest.fixture(scope="session")
def policies(policy_index: Path) -> Assistant:
    """The assistant over the three short documents."""
    return Assistant.open(policy_index)


@pytest.fixture(scope="session")
def built_texts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Manifest]:
    """The folder of the texts of index_making, that of an index of them, and its manifest. Read
    only."""
    folder = tmp_path_factory.mktemp("texts")
    documents = write(folder / "documents")
    return documents, folder / "index", build([documents], folder / "index")


@pytest.fixture
def copied_texts(built_texts: tuple[Path, Path, Manifest], tmp_path: Path) -> tuple[Path, Path]:
    """Documents and index to do harm to."""
    documents, index_dir, _ = built_texts
    return (
        Path(shutil.copytree(documents, tmp_path / "documents")),
        Path(shutil.copytree(index_dir, tmp_path / "index")),
    )


@pytest.fixture
def hide_package(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a package fail to import, as where it is not installed, until the test ends."""

    def hide(package: str) -> None:
        loaded = [name for name in sys.modules if name.startswith(f"{package}.")]
        for name in (package, *loaded):
            monkeypatch.setitem(sys.modules, name, None)

    return hide


@pytest.fixture(scope="module")
def offline() -> Iterator[None]:
    """Has the libraries of models look for them on this machine only."""
    before = os.environ.get("HF_HUB_OFFLINE")
    os.environ["HF_HUB_OFFLINE"] = "1"
    yield
    os.environ.pop("HF_HUB_OFFLINE")
    if before is not None:
        os.environ["HF_HUB_OFFLINE"] = before
