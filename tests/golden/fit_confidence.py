"""Fits the weights of the confidence: `python -m tests.golden.fit_confidence [--korquad FILE]`.

Sets of questions with and without an answer in their documents: dev.jsonl and tables.jsonl;
answerable.jsonl and near_miss.jsonl, written for this purpose by people who had read the seeds; the
questions of dev.jsonl and tables.jsonl once more, asked of seeds without their evidence; and, where
the KorQuAD 1.0 file is given, its questions asked with and without the paragraph, or the sentence, that
answers them (tests/golden/withheld.py). Not fitted to: the half of near_miss.jsonl that is marked
"test", all of second.jsonl, and the articles of KorQuAD with an even number. SHARES says what each
set counts; in the whole the answerable count as much as the rest. Of KorQuAD only those answerable
questions are fitted to whose paragraph was found.

The weights are those of a logistic regression with an L2 penalty on standardised signals, none of
which may speak against its own meaning, found by accelerated projected gradient descent. The bias
is then raised to ODDS. Prints the weights as settings.py has them and, for each set, the area under
the ROC curve and the shares of answerable questions answered and of the others refused: as fitted,
and with all sets of the same source left out. Then, for the sets that were not fitted to, what part
of the answers given would be wrong to give when only the surest share of questions is answered,
and how often answers of a given confidence were answerable.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag import korean
from rag.confidence import Signals
from rag.evidence import find_evidence
from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.refusal import refuse
from rag.retrieval.ranking import rank
from rag.settings import Settings
from rag.types import Reason
from tests.golden.withheld import Asked, paragraphs_out, read_korquad, sentences_out, withheld

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
NAMES = tuple(field.name for field in fields(Signals))
AGAINST = frozenset(("undated", "lengthy", "rare", "name", "place", "year", "number"))
SHARES = {
    "dev": 8.0,
    "dev withheld": 0.7,
    "tables": 1.0,
    "tables withheld": 0.4,
    "own": 0.7,
    "near": 2.5,
    "korquad": 0.6,
    "korquad cut": 0.7,
}
ODDS = 2.0  # answerable questions to one that is not; nine in ten of "near" are then answered
_PENALTY = 0.003
_STEPS = 3000
_KORQUAD = (400, 300)  # questions of a kind, fitted to and not
_BINS = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)
_COVERAGES = (0.25, 0.5, 0.75, 1.0)

Floats = NDArray[np.float64]
Sets = Sequence[tuple[Index, Sequence[Asked]]]


def questions(file: Path, half: str = "") -> list[Asked]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Asked(r["question"], r["answerable"]) for r in rows if not half or r["half"] == half]


class Table:
    """The signals of one set of questions: ``x`` (n, signals), ``y`` (n,), 1 for answerable; ``stopped``
    (n,), whether a premise or two readings refuse the question whatever the confidence. Where
    ``strict``, answerable questions whose passage was not found are left out."""

    def __init__(self, name: str, sets: Sets, *, strict: bool = False) -> None:
        rows = []
        settings = Settings()
        for index, asked in sets:
            latin = korean.LatinNames(index.body.vocabulary)
            for one in asked:
                question = analyse(one.question, index.body.vocabulary, latin)
                ranking = rank(index, question, settings.rank)
                found = find_evidence(index, question, ranking, settings)
                file = found.evidence[0].passage.file if found.evidence else ""
                missed = strict and one.answerable and bool(one.file) and file != one.file
                if found.features and not missed:
                    refusal = refuse(index, question, ranking, found)
                    stopped = refusal is not None and (
                        refusal.premise is not None or refusal.reason is Reason.AMBIGUOUS
                    )
                    signals = [found.features[signal] for signal in NAMES]
                    rows.append((signals, one.answerable, stopped))
        self.name = name
        self.x = np.array([signals for signals, _label, _stopped in rows], dtype=np.float64)
        self.y = np.array([float(label) for _signals, label, _stopped in rows])
        self.stopped = np.array([stopped for _signals, _label, stopped in rows])

    @property
    def source(self) -> str:
        return self.name.split()[0]


def fit(tables: Sequence[Table]) -> Floats:
    """Bias and weights, float64 (1 + signals,), of some sets."""
    x = np.vstack([t.x for t in tables])
    y = np.concatenate([t.y for t in tables])
    share = np.concatenate(
        [
            SHARES[t.name] / np.where(t.y == 1, max(1.0, t.y.sum()), max(1.0, (1 - t.y).sum()))
            for t in tables
        ]
    )
    share = np.where(y == 1, share / share[y == 1].sum(), share / share[y == 0].sum()) / 2
    middle = share @ x
    scale = np.sqrt(share @ (x - middle) ** 2) + 1e-9
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


def predict(b: Floats, table: Table) -> Floats:
    sure = 1 / (1 + np.exp(-(b[0] + table.x @ b[1:])))
    return np.where(table.stopped, 0.0, sure)


def area(sure: Floats, y: Floats) -> float:
    """Area under the ROC curve: how often an answerable question is surer than another."""
    gaps = sure[y == 1][:, None] - sure[y == 0][None, :]
    return float(((gaps > 0) + 0.5 * (gaps == 0)).mean()) if gaps.size else float("nan")


def report(name: str, sure: Floats, y: Floats) -> str:
    spoken = (sure[y == 1] >= 0.5).mean() if (y == 1).any() else float("nan")
    refused = (sure[y == 0] < 0.5).mean() if (y == 0).any() else float("nan")
    return f"{name}: area {area(sure, y):.3f} answered {spoken:.3f} refused {refused:.3f} mean {(spoken + refused) / 2:.3f}\n"


def risks(sure: Floats, y: Floats) -> str:
    """The share of unanswerable questions among the surest ones, at some coverages, the two classes
    counting alike."""
    order = np.argsort(-sure, kind="stable")
    weight = np.where(y == 1, 1 / y.sum(), 1 / (1 - y).sum())[order] / 2
    wrong = np.cumsum(weight * (1 - y[order])) / np.cumsum(weight)
    covered = np.cumsum(weight)
    parts = [
        f"{coverage:.0%} {wrong[min(len(wrong) - 1, int(np.searchsorted(covered, coverage - 1e-9)))]:.3f}"
        for coverage in _COVERAGES
    ]
    return "  risk at coverage: " + ", ".join(parts) + "\n"


def calibration(sure: Floats, y: Floats) -> Iterator[str]:
    """For each range of confidence its mean and the share that was answerable, as if the two
    classes stood at ODDS."""
    weight = np.where(y == 1, ODDS / y.sum(), 1 / (1 - y).sum())
    for low, high in pairwise(_BINS):
        here = (sure >= low) & (sure < high)
        if here.any():
            total = weight[here].sum()
            mean = (weight[here] * sure[here]).sum() / total
            right = (weight[here] * y[here]).sum() / total
            yield f"  {low:.2f}-{high:.2f}: {here.sum()} questions, mean {mean:.2f}, answerable {right:.2f}\n"


def gather(korquad: Path | None, made: Path) -> tuple[list[Table], list[Table]]:
    """The sets that are fitted to and those that are not."""
    build([SEEDS], made / "seeds")
    seeds = open_index(made / "seeds")
    near = HERE / "near_miss.jsonl"

    def of_seeds(name: str, asked: Sequence[Asked]) -> Table:
        return Table(name, [(seeds, asked)])

    tables = [
        of_seeds("dev", questions(HERE / "dev.jsonl")),
        Table("dev withheld", withheld(SEEDS, HERE / "dev.jsonl", made)),
        of_seeds("tables", questions(HERE / "tables.jsonl")),
        Table("tables withheld", withheld(SEEDS, HERE / "tables.jsonl", made)),
        of_seeds("own", questions(HERE / "answerable.jsonl")),
        of_seeds("near", questions(near, "fit")),
    ]
    others = [
        of_seeds("near, test half", questions(near, "test")),
        of_seeds("second", questions(HERE / "second.jsonl")),
    ]
    if korquad:
        paragraphs = read_korquad(korquad)
        for article, size in ((1, _KORQUAD[0]), (0, _KORQUAD[1])):
            halves = paragraphs_out(paragraphs, made / "out", size, article)
            cuts = sentences_out(paragraphs, made / "cut", size, article)
            if article:
                tables += [
                    Table("korquad", halves, strict=True),
                    Table("korquad cut", cuts, strict=True),
                ]
            else:
                others += [
                    Table("korquad, other articles", halves),
                    Table("korquad cut, other articles", cuts),
                ]
    return tables, others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--korquad", type=Path, help="korquad_v1_dev.json")
    with tempfile.TemporaryDirectory() as made:
        tables, others = gather(parser.parse_args().korquad, Path(made))
    b = fit(tables)
    out = sys.stdout.write
    for name, value in zip(("bias", *NAMES), b, strict=True):
        out(f'        "{name}": {round(value, 2) + 0.0:.2f},\n')
    for table in tables:
        left = fit([t for t in tables if t.source != table.source])
        out(report(f"{table.name}, fitted to", predict(b, table), table.y))
        out(report(f"{table.name}, source left out", predict(left, table), table.y))
    for table in others:
        sure = predict(b, table)
        out(report(table.name, sure, table.y))
        out(risks(sure, table.y))
        out("".join(calibration(sure, table.y)))


if __name__ == "__main__":
    main()
