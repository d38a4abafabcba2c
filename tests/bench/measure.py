"""Timing, and the table that is printed."""

import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure of ours beside another. ``unit`` is that of both."""

    what: str
    ours: float
    beside: str
    theirs: float
    unit: str


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of ``work``, in seconds."""
    return statistics.median(once(work) for _ in range(runs))


def side_by_side(*works: Callable[[], object], runs: int = RUNS) -> list[float]:
    """The median time of each, in seconds; taken in turn, so that what slows the machine down for
    a while slows all of them."""
    rounds = [[once(work) for work in works] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def once(work: Callable[[], object]) -> float:
    """The time of one run of ``work``, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(title: str, rows: Sequence[Row]) -> None:
    """Write the rows as a table; the ratio is ours divided by theirs, so that less is better."""
    cells = [("무엇", "우리", "견준 것", "그것", "비")]
    cells += [
        (
            row.what,
            f"{row.ours:,.2f} {row.unit}",
            row.beside,
            f"{row.theirs:,.2f} {row.unit}",
            f"{row.ours / row.theirs:.3g}배",
        )
        for row in rows
    ]
    widths = [max(_width(line[column]) for line in cells) for column in range(5)]
    sys.stdout.write(f"\n{title}\n")
    for line in cells:
        padded = (
            text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)
        )
        sys.stdout.write("  " + "  ".join(padded).rstrip() + "\n")
    sys.stdout.flush()


def _width(text: str) -> int:
    """Columns of a terminal: two for a Hangul syllable."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
