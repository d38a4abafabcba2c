"""Questions that others wrote on documents that they made up: `python -m tests.golden.written [--closed]`.

Each line of written/NAME.jsonl is JSON with ``documents`` (a folder beside it), ``question``, the
texts ``right``, one of which the short answer holds, ``wrong``, none of which it holds, and for a
list the ``items``, all of which it holds; where ``answerable`` is false nothing may be told. The
writers had seen neither code nor answers; bodies, places and programmes are invented.

Documents with odd numbers are **open**: to be read and worked on, and fitted to. Those with even
numbers are **closed**: only their totals are looked at, so that they tell how well a question is
answered that nobody worked on. ``--closed`` measures these and never says which were missed.
Prints for each set how many short answers are right, wrong and refused, and of how many questions
without an answer one was told; with ``--misses`` the open questions that were missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.assistant import Assistant
from rag.evaluation import holds
from rag.index import build

FOLDER = Path(__file__).parent / "written"
SETS = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl")))
LONGER = 20  # characters by which a short answer may be longer than twice the answer
LEAST = 60  # characters that any short answer may have


@dataclass(slots=True)
class Totals:
    right: int = 0
    wrong: int = 0
    refused: int = 0
    absent: int = 0
    told: int = 0
    """Of the ``absent``, how many were told something."""

    def __str__(self) -> str:
        asked = self.right + self.wrong + self.refused
        return (
            f"{self.right}/{asked} right, {self.wrong} wrong, {self.refused} refused; "
            f"{self.told}/{self.absent} without an answer told one"
        )


def questions(name: str, *, closed: bool) -> list[dict[str, Any]]:
    """The questions of a set to its open or to its closed documents, in order."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if (int(row["documents"][-2:]) % 2 == 0) is closed]


def answers(row: dict[str, Any], told: str | None) -> bool:
    """Whether a short answer is what a question that has one asks for."""
    if not told or any(holds(told, one) for one in row["wrong"]):
        return False
    if row["items"]:
        return all(holds(told, one) for one in row["items"])
    longest = max(LEAST, 2 * max(map(len, row["right"])) + LONGER)
    return len(told) <= longest and any(holds(told, one) for one in row["right"])


def measure(name: str, *, closed: bool) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Each question of one half of a set with the short answer that is given to it."""
    rows = questions(name, closed=closed)
    for folder in dict.fromkeys(row["documents"] for row in rows):
        with tempfile.TemporaryDirectory() as made:
            build([FOLDER / folder], Path(made))
            assistant = Assistant.open(Path(made))
            for row in rows:
                if row["documents"] == folder:
                    yield row, assistant.ask(row["question"]).short_answer


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the written questions.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--closed", action="store_true", help="the closed half: totals alone")
    which.add_argument("--misses", action="store_true", help="say which open ones were missed")
    options = parser.parse_args()
    for name in SETS:
        totals = Totals()
        for row, told in measure(name, closed=options.closed):
            if row["answerable"]:
                right = answers(row, told)
                totals.right += right
                totals.wrong += bool(told) and not right
                totals.refused += not told
            else:
                right = not told
                totals.absent += 1
                totals.told += bool(told)
            if options.misses and not right:
                sys.stdout.write(f"{row['id']} {row['question']}\n  {row['right']} != {told}\n")
        sys.stdout.write(f"{name}: {totals}\n")


if __name__ == "__main__":
    main()
