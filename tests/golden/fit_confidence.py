"""Fits the weights of the confidence: `python -m tests.golden.fit_confidence [--korquad FILE]`.

Sets of questions with and without an answer in their documents: dev.jsonl; answerable.jsonl and
near_miss.jsonl, written for this purpose by people who had read the seeds; and, where the KorQuAD
1.0 file is given, 500 of its questions over every second of its paragraphs, half of them about the
paragraphs left out. The half of near_miss.jsonl that is marked "test" and 500 further
questions of KorQuAD are not fitted to. SHARES says what each set counts; in each the answerable count as
much as the rest.

The weights are those of a logistic regression with an L2 penalty on standardised signals, none of
which may speak against its own meaning, found by accelerated projected gradient descent. The bias
is then raised to the odds at which questions have an answer (ODDS). Prints the weights as settings.py
has them and, for each set, the share of answerable questions answered and of the others
refused: fitted to, and where it was fitted to, left out in turn (six folds). Last comes how often
answers of a given confidence were answerable: confidence is meant as a probability.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.confidence import Signals
from rag.evidence import find_evidence
from rag.index import Index, build, open_index
from rag.question import analyse
from rag.retriever import rank
from rag.settings import Settings

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
NAMES = tuple(field.name for field in fields(Signals))
AGAINST = frozenset(("unknown", "name", "year", "number"))
SHARES = {"dev": 3.0, "own": 0.7, "near": 1.5, "korquad": 0.4}
ODDS = 1.75  # answerable questions to one that is not
_PENALTY = 0.001
_STEPS = 1000
_FOLDS = 6
_KORQUAD = 250  # questions of each class
_BINS = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)

Floats = NDArray[np.float64]
Asked = list[tuple[str, bool]]


def signals_of(index: Index, question: str) -> Floats | None:
    """The signals of a question, float64 (len(NAMES),); None where nothing was found at all."""
    settings = Settings()
    asked = analyse(question, index.body.vocabulary)
    found = find_evidence(index, asked, rank(index, asked, settings.rank), settings)
    return np.array([found.features[name] for name in NAMES]) if found.features else None


def questions(file: Path, half: str = "") -> Iterator[tuple[str, bool]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not half or row["half"] == half:
            yield row["question"], row["answerable"]


def korquad(file: Path, folder: Path) -> tuple[Index, Asked, Asked]:
    """An index of every second paragraph, and two lists of questions about these and the others."""
    (folder / "texts").mkdir()
    asked: tuple[list[str], list[str]] = ([], [])
    number = 0
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            number += 1
            if number % 2:
                text = folder / "texts" / f"{number:04d}.txt"
                text.write_text(paragraph["context"], encoding="utf-8")
            asked[number % 2].extend(qa["question"] for qa in paragraph["qas"])
    build([folder / "texts"], folder / "index")
    order = random.Random(1)
    drawn = [order.sample(part, 2 * _KORQUAD) for part in asked]
    lists: tuple[Asked, Asked] = ([], [])
    for label, part in enumerate(drawn):
        for at, question in enumerate(part):
            lists[at // _KORQUAD].append((question, bool(label)))
    return open_index(folder / "index"), *lists


class Table:
    """The signals of one set of questions: ``x`` (n, signals), ``y`` (n,), 1 for answerable."""

    def __init__(self, name: str, index: Index, asked: Asked) -> None:
        rows = [(signals_of(index, question), label) for question, label in asked]
        found = [(signals, label) for signals, label in rows if signals is not None]
        self.name = name
        self.unfound = [label for signals, label in rows if signals is None]
        self.x = np.array([signals for signals, _label in found])
        self.y = np.array([float(label) for _signals, label in found])

    def folds(self) -> NDArray[np.int64]:
        fold = np.zeros(len(self.y), dtype=np.int64)
        order = np.random.default_rng(0)
        for label in (0, 1):
            rows = np.flatnonzero(self.y == label)
            order.shuffle(rows)
            fold[rows] = np.arange(len(rows)) % _FOLDS
        return fold


def fit(tables: list[Table], chosen: list[NDArray[np.bool_]]) -> Floats:
    """Bias and weights, float64 (1 + signals,), of the chosen rows of some sets."""
    x = np.vstack([t.x[rows] for t, rows in zip(tables, chosen, strict=True)])
    y = np.concatenate([t.y[rows] for t, rows in zip(tables, chosen, strict=True)])
    parts = []
    for table, rows in zip(tables, chosen, strict=True):
        own = table.y[rows]
        counts = [max(1.0, float((own == label).sum())) for label in (0, 1)]
        parts.append(SHARES[table.name] * np.where(own == 1, 1 / counts[1], 1 / counts[0]))
    share = np.concatenate(parts)
    share /= share.sum()
    middle, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    sign = np.array([-1.0 if name in AGAINST else 1.0 for name in NAMES])
    z = np.c_[np.ones(len(x)), (x - middle) / scale * sign]
    step = 1 / (np.linalg.eigvalsh(z.T @ (z * share[:, None])).max() / 4 + 2 * _PENALTY)
    b = ahead = np.zeros(z.shape[1])
    for number in range(_STEPS):  # Nesterov's momentum
        error = share * (1 / (1 + np.exp(-z @ ahead)) - y)
        new = ahead - step * (z.T @ error + 2 * _PENALTY * np.r_[0, ahead[1:]])
        new[1:] = np.maximum(new[1:], 0.0)
        ahead = new + number / (number + 3) * (new - b)
        b = new
    weights = b[1:] * sign / scale
    return np.r_[b[0] - middle @ weights + np.log(ODDS), weights]


def predict(b: Floats, x: Floats) -> Floats:
    return 1 / (1 + np.exp(-(b[0] + x @ b[1:])))


def report(name: str, sure: Floats, table: Table) -> str:
    spoken = (sure[table.y == 1] >= 0.5).mean()
    refused = (sure[table.y == 0] < 0.5).mean()
    return f"{name}: answered {spoken:.3f} refused {refused:.3f} mean {(spoken + refused) / 2:.3f}"


def calibration(sure: Floats, table: Table) -> Iterator[str]:
    """For each range of confidence its mean and the share that was answerable, as if the two
    classes stood at ODDS."""
    weight = np.where(table.y == 1, ODDS / table.y.sum(), 1 / (1 - table.y).sum())
    for low, high in pairwise(_BINS):
        here = (sure >= low) & (sure < high)
        if here.any():
            total = weight[here].sum()
            mean = (weight[here] * sure[here]).sum() / total
            right = (weight[here] * table.y[here]).sum() / total
            yield f"  {low:.2f}-{high:.2f}: {here.sum()} questions, mean {mean:.2f}, answerable {right:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--korquad", type=Path, help="korquad_v1_dev.json")
    file = parser.parse_args().korquad
    with tempfile.TemporaryDirectory() as made:
        build([SEEDS], Path(made) / "seeds")
        seeds = open_index(Path(made) / "seeds")
        near = HERE / "near_miss.jsonl"
        tables = [
            Table("dev", seeds, list(questions(HERE / "dev.jsonl"))),
            Table("own", seeds, list(questions(HERE / "answerable.jsonl"))),
            Table("near", seeds, list(questions(near, "fit"))),
        ]
        tests = [Table("near, test half", seeds, list(questions(near, "test")))]
        if file:
            index, fitted, held = korquad(file, Path(made))
            tables.append(Table("korquad", index, fitted))
            tests.append(Table("korquad, others", index, held))
    b = fit(tables, [np.ones(len(t.y), dtype=bool) for t in tables])
    folds = [t.folds() for t in tables]
    left = [np.zeros(len(t.y)) for t in tables]
    for fold in range(_FOLDS):
        others = fit(tables, [f != fold for f in folds])
        for table, f, out_of in zip(tables, folds, left, strict=True):
            out_of[f == fold] = predict(others, table.x[f == fold])
    out = sys.stdout.write
    for name, value in zip(("bias", *NAMES), b, strict=True):
        out(f'        "{name}": {round(value, 2) + 0.0:.2f},\n')
    for table, sure in zip(tables, left, strict=True):
        out(report(f"{table.name}, fitted to", predict(b, table.x), table) + "\n")
        out(report(f"{table.name}, left out in turn", sure, table) + "\n")
    for table in tests:
        out(report(table.name, predict(b, table.x), table) + "\n")
        out("".join(line + "\n" for line in calibration(predict(b, table.x), table)))


if __name__ == "__main__":
    main()
