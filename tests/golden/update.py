"""python -m tests.golden.update: measures the golden questions over a fresh index of the seeds
and writes down what came out as what is expected from now on."""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path

from rag.assistant import Assistant
from rag.index import build

from .measure import (
    BY_QUESTION,
    FIGURES,
    FOLDER,
    measure,
    moved,
    read_each,
    write_each,
    write_figures,
)

SEEDS = FOLDER.parent.parent / "seeds"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build([SEEDS], Path(folder))
        now = measure(Assistant.open(Path(folder)))
    before: dict[str, float] = {}
    if FIGURES.is_file() and BY_QUESTION.is_file():
        before = tomllib.loads(FIGURES.read_text(encoding="utf-8"))["figures"]
        lines = moved(now.each, read_each(), now.figures, now.asked)
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    for name, value in now.figures.items():
        was = f"{before[name]:.4f}" if name in before else "  none"
        sys.stdout.write(f"{name:18} {was} -> {value:.4f}\n")
    write_each(now.each)
    write_figures(now.figures)


if __name__ == "__main__":
    main()
