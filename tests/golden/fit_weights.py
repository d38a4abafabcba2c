"""Fits the weights of candidates and of the sureness: `python -m tests.golden.fit_weights [FILE …]`.

Asks the questions of dev, second, third, tables, lists, answerable and near_miss of the seeds, and
of each FILE, and writes rag/finding/weights.tsv and rag/judging/sureness.tsv. A line of a FILE is
JSON with ``documents`` (a file or folder, relative to FILE), ``question``, ``answerable`` and the
texts ``right``, one of which an answer holds; none means that any answer is right.

Candidates: a softmax over the scored candidates of a question; the likelihood of the right ones
together is made greatest with an L2 penalty, every set weighing the same. Sureness: a logistic
regression of whether the first candidate is right; an answer that is wrong weighs WRONG of one that
should not have been given at all. Both by Adam from zero, so that the same sets give the same
weights. Prints for five folds of questions how often the first candidate is right.

The questions that are fitted to are no measure of quality: docs/measuring.md names those that are.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag import finding, judging
from rag.evaluation import holds
from rag.finding import Place, asked_of, find
from rag.finding.scoring import weighed
from rag.finding.stated import holds_wanted
from rag.index import Index, build, open_index
from rag.judging.claim import Claim
from rag.judging.gate import CHECKS, signals
from rag.judging.gate import weighed as by_weight
from rag.question.analysis import analyse
from rag.retrieval.ranking import rank, reread
from rag.settings import Settings

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
OWN = ("dev", "second", "third", "tables", "lists", "answerable", "near_miss")
SHARE = {"near_miss": 0.35}
CANDIDATES = 80
LONGER = 20  # characters by which a value may be longer than twice the answer
PENALTY, SURE_PENALTY = 0.01, 0.0003
WRONG, REFUSED = 0.1, 0.5
LEAST = 0.03  # weights below are left out
FOLDS = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the signals of its candidates, best first, which of them are right, and the
    signals of sureness of the first; none of those where a check refuses it before."""

    answerable: bool
    candidates: list[dict[str, float]]
    right: list[bool]
    sure: dict[str, float]


def ask(index: Index, question: str, answerable: bool, right: Sequence[Sequence[str]]) -> Case:
    """``right`` are the items of an answer, each in the forms that it may take."""
    settings = Settings()
    asked_ = analyse(question, index.body.vocabulary)
    asked = asked_of(index, asked_)
    ranking = rank(index, asked_, settings.rank)
    place = Place(index, reread(index, asked_, asked.wants, ranking, settings.answer, holds_wanted))
    found = find(asked, place) if place.rows else []
    longest = max((2 * len("; ".join(forms[0] for forms in right)) + LONGER, 60))

    def is_right(value: str) -> bool:
        return all(any(holds(value, form) for form in forms) for forms in right)

    claim = Claim(found[0] if found else None, tuple(found[1:]))
    for check in CHECKS:
        if check is not by_weight and claim.reason is None:
            claim = check(asked, place, claim)
    sure: dict[str, float] = {}
    if claim.reason is None and claim.candidate is not None:
        sure = signals(asked, place, claim.candidate, claim)
    return Case(
        answerable,
        [weighed(one, asked_, asked.wants) for one in found[:CANDIDATES]],
        [answerable and len(c.value) <= longest and is_right(c.value) for c in found[:CANDIDATES]],
        sure,
    )


def own(name: str, index: Index) -> Iterator[Case]:
    for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("type") == "comparison" or "ambiguous" in row:
            continue
        items = row.get("items") or (
            row.get("answer", "").split("; ")
            if row.get("type") == "list" or name == "lists"
            else []
        )
        forms = [[item] for item in items] or (
            [[row["answer"], *row.get("aliases", ())]] if row.get("answer") else []
        )
        yield ask(index, row["question"], row.get("answerable", True), forms)


def given(path: Path) -> Iterator[Case]:
    opened: dict[str, Index] = {}
    with tempfile.TemporaryDirectory() as folder:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            name = row["documents"]
            if name not in opened:
                made = Path(folder) / str(len(opened))
                build([path.parent / name], made)
                opened[name] = open_index(made)
            forms = [row["right"]] if row.get("right") else []
            yield ask(opened[name], row["question"], row["answerable"], forms)


def adam(size: int, slope: Callable[[Floats], Floats], steps: int, rate: float) -> Floats:
    weights, mean, spread = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        g = slope(weights)
        mean, spread = 0.9 * mean + 0.1 * g, 0.999 * spread + 0.001 * g * g
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return weights


def matrix(rows: Sequence[dict[str, float]], names: dict[str, int]) -> Floats:
    made = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        for name, value in row.items():
            made[n, names[name]] = value
    return made


Choice = tuple[Floats, Floats, float]


def choose(choices: Sequence[Choice], size: int) -> Floats:
    def slope(weights: Floats) -> Floats:
        total = PENALTY * weights
        for signals_, right, share in choices:
            scores = signals_ @ weights
            p = np.exp(scores - scores.max())
            total = total - share * (signals_.T @ (p * right)) / (p * right).sum()
            total = total + share * (signals_.T @ p) / p.sum()
        return total

    return adam(size, slope, steps=400, rate=0.08)


def choices_of(sets: dict[str, list[Case]], names: dict[str, int]) -> dict[str, list[Choice]]:
    found = {}
    for name, cases in sets.items():
        use = [case for case in cases if any(case.right)]
        found[name] = [
            (matrix(c.candidates, names), np.array(c.right, float), 1.0 / len(use)) for c in use
        ]
    return found


def folded(found: dict[str, list[Choice]], size: int) -> None:
    shuffle = random.Random(0)
    fold = {name: [n % FOLDS for n in range(len(c))] for name, c in found.items()}
    for numbers in fold.values():
        shuffle.shuffle(numbers)
    hits = dict.fromkeys(found, 0)
    for out in range(FOLDS):
        rest = [c for n, cs in found.items() for c, f in zip(cs, fold[n], strict=True) if f != out]
        weights = choose(rest, size)
        for name, cases in found.items():
            for (signals_, right, _share), number in zip(cases, fold[name], strict=True):
                hits[name] += number == out and bool(right[int(np.argmax(signals_ @ weights))])
    for name, count in hits.items():
        sys.stdout.write(f"{name}: {count}/{len(found[name])}\n")


def sureness(sets: dict[str, list[Case]], names: dict[str, int]) -> Floats:
    rows = [
        (case.sure, float(case.answerable and (not case.right or case.right[0])), case, name)
        for name, cases in sets.items()
        for case in cases
        if case.sure
    ]
    x = np.hstack([matrix([row[0] for row in rows], names), np.ones((len(rows), 1))])
    y = np.array([row[1] for row in rows])
    share = np.array(
        [
            SHARE.get(name, 1.0) * (1.0 if right or not case.answerable else WRONG)
            for _sure, right, case, name in rows
        ]
    )
    share *= 0.5 * np.where(y > 0, 1 / (share * y).sum(), REFUSED / (share * (1 - y)).sum())

    def slope(weights: Floats) -> Floats:
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        held = SURE_PENALTY * weights
        held[-1] = 0.0
        result: Floats = x.T @ (share * (p - y)) + held
        return result

    return adam(len(names) + 1, slope, steps=1500, rate=0.05)


def write(path: Path, weights: dict[str, float]) -> None:
    head = path.read_text("utf-8").splitlines()
    lines = [line for line in head if line.startswith("#")]
    lines += [f"{name}\t{value}" for name, value in sorted(weights.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def kept(names: dict[str, int], weights: Floats) -> dict[str, float]:
    return {n: round(float(weights[k]), 2) for n, k in names.items() if abs(weights[k]) > LEAST}


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits weights.tsv and sureness.tsv.")
    parser.add_argument("files", nargs="*", type=Path, help="further sets of questions")
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        build([SEEDS], Path(folder))
        index = open_index(Path(folder))
        sets = {name: list(own(name, index)) for name in OWN}
    sets |= {path.stem: list(given(path)) for path in files}
    told = {n: s for n, s in sets.items() if any(any(case.right) for case in s)}
    every = sorted(
        {s for cases in told.values() for c in cases for one in c.candidates for s in one}
    )
    names = {name: n for n, name in enumerate(every)}
    found = choices_of(told, names)
    folded(found, len(names))
    weights = choose([c for cases in found.values() for c in cases], len(names))
    write(Path(finding.__file__).with_name("weights.tsv"), kept(names, weights))
    every = sorted({s for cases in sets.values() for case in cases for s in case.sure})
    names = {name: n for n, name in enumerate(every)}
    weights = sureness(sets, names)
    bias = {"bias": round(float(weights[-1]), 2)}
    write(Path(judging.__file__).with_name("sureness.tsv"), kept(names, weights[:-1]) | bias)


if __name__ == "__main__":
    main()
