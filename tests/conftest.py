"""What many tests share: the index of the seeds, built once, and the assistant over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.index import build

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
