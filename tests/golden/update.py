"""python -m tests.golden.update: measures the golden questions over a fresh index of the seeds
and writes down what came out as what is expected from now on."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rag.assistant import Assistant
from rag.index import build

from .measure import (
    FIGURES,
    FOLDER,
    SETS,
    by_question,
    measure,
    moved,
    read_each,
    read_figures,
    write_each,
    write_figures,
)

SEEDS = FOLDER.parent.parent / "seeds"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build([SEEDS], Path(folder))
        assistant = Assistant.open(Path(folder))
        now = {name: measure(assistant, name) for name in SETS}
    before = read_figures() if FIGURES.is_file() else {}
    for name, measured in now.items():
        sys.stdout.write(f"[{name}]\n")
        own = before.get(name, {})
        if by_question(name).is_file():
            lines = moved(
                measured.each, read_each(by_question(name)), measured.figures, measured.asked
            )
            sys.stdout.write("".join(f"{line}\n" for line in lines))
        for figure, value in measured.figures.items():
            was = f"{own[figure]:.4f}" if figure in own else "  none"
            sys.stdout.write(f"{figure:18} {was} -> {value:.4f}\n")
        write_each(measured.each, by_question(name))
    write_figures({name: measured.figures for name, measured in now.items()})


if __name__ == "__main__":
    main()
