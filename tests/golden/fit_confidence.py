"""Fits the weights of the confidence: `python -m tests.golden.fit_confidence [--korquad FILE]`.

Three sets of questions with and without an answer in their documents count alike, and in each the
answerable as much as the rest: dev.jsonl, answerable.jsonl (written for this purpose, by someone
who had read the seeds), and, where the KorQuAD 1.0 file is given, 500 of its questions over every
second of its paragraphs, half of them about the paragraphs left out. The weights are those of a
logistic regression with an L2 penalty, found by gradient descent. Prints the weights and, for each
set, the share of answerable questions answered and of the others refused, in and out of sample.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
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
_PENALTY = 0.02
_STEPS = 4000
_KORQUAD = 250  # questions of each class

Floats = NDArray[np.float64]


def signals_of(index: Index, question: str) -> Floats | None:
    """The signals of a question, float64 (len(NAMES),); None where nothing was found at all."""
    settings = Settings()
    asked = analyse(question, index.body.vocabulary)
    found = find_evidence(index, asked, rank(index, asked, settings.rank), settings)
    return np.array([found.features[name] for name in NAMES]) if found.features else None


def questions(file: Path) -> Iterator[tuple[str, bool]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["question"], row["answerable"]


def korquad(file: Path, folder: Path) -> tuple[Index, list[tuple[str, bool]]]:
    """An index of every second paragraph, and questions about these and about the others."""
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
    left_out, held = (order.sample(part, _KORQUAD) for part in asked)
    return open_index(folder / "index"), [(q, True) for q in held] + [(q, False) for q in left_out]


def fit(signals: Floats, answerable: Floats, sets: NDArray[np.int64]) -> Floats:
    """Bias and weights, float64 (1 + signals,), each set and each class in it counting alike."""
    weights = np.zeros(len(answerable))
    for number in np.unique(sets):
        for label in (0, 1):
            chosen = (sets == number) & (answerable == label)
            weights[chosen] = 1 / max(1, chosen.sum())
    weights /= weights.sum()
    x = np.c_[np.ones(len(signals)), signals]
    b = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        error = weights * (predict(b, signals) - answerable)
        b -= x.T @ error + _PENALTY * np.r_[0, b[1:]]
    return b


def predict(b: Floats, signals: Floats) -> Floats:
    return 1 / (1 + np.exp(-(b[0] + signals @ b[1:])))


def report(name: str, sure: Floats, answerable: Floats) -> str:
    spoken = (sure[answerable == 1] >= 0.5).mean()
    refused = (sure[answerable == 0] < 0.5).mean()
    return f"{name}: answered {spoken:.3f} refused {refused:.3f} mean {(spoken + refused) / 2:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--korquad", type=Path, help="korquad_v1_dev.json")
    file = parser.parse_args().korquad
    with tempfile.TemporaryDirectory() as made:
        build([SEEDS], Path(made) / "seeds")
        seeds = open_index(Path(made) / "seeds")
        parts = [
            ("dev", seeds, list(questions(HERE / "dev.jsonl"))),
            ("own", seeds, list(questions(HERE / "answerable.jsonl"))),
        ]
        if file:
            parts.append(("korquad", *korquad(file, Path(made))))
        rows = [
            (number, signals, float(label))
            for number, (_name, index, asked) in enumerate(parts)
            for question, label in asked
            if (signals := signals_of(index, question)) is not None
        ]
    sets = np.array([row[0] for row in rows])
    signals = np.array([row[1] for row in rows])
    answerable = np.array([row[2] for row in rows])
    b = fit(signals, answerable, sets)
    out = sys.stdout.write
    out(" ".join(f"{n}={v:.2f}" for n, v in zip(("bias", *NAMES), b, strict=True)) + "\n")
    for number, (name, *_rest) in enumerate(parts):
        here = sets == number
        others = fit(signals[~here], answerable[~here], sets[~here])
        out(report(f"{name}, fitted on all", predict(b, signals[here]), answerable[here]) + "\n")
        left = predict(others, signals[here])
        out(report(f"{name}, fitted on the others", left, answerable[here]) + "\n")


if __name__ == "__main__":
    main()
