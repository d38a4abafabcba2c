"""Fits the model of what a question asks for: `python -m tests.golden.fit_asking`.

Reads tests/golden/asking.tsv, questions that people wrote with what each asks for, and the labels of
rag/reading/aspects.tsv, asked for by name, and writes
rag/reading/asking.tsv: a softmax over the aspects, its likelihood made greatest with an L2 penalty,
by Adam from zero, so that the same questions give the same weights. A question for two aspects
counts half for each. Signals that occur in one question alone, and weights below LEAST, are left
out. Prints for five folds of questions how often the likeliest aspect is one that was asked for.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.reading.aspects import NONE, Aspect, label_aspects, scale, signals, words

HERE = Path(__file__).parent
TOLD = HERE.parent.parent / "rag" / "reading" / "asking.tsv"
HEAD = (
    "# 물음의 신호와 그것이 가리키는 관점의 무게: 신호<TAB>관점=무게…, 첫 줄은 어느 물음에나 더한다.\n"
    "# `python -m tests.golden.fit_asking`이 tests/golden/asking.tsv에 맞춘다. 손으로 고치지 않는다.\n"
)
PENALTY = 1.0
FEWEST = 2  # questions in which a signal occurs
LEAST = 0.15
STEPS, RATE = 300, 0.1
FOLDS = 5

FRAMES = ("사업 {}", "이 사업의 {} 알려 주세요", "{} 어떻게 되나요?")
BESIDE = (Aspect.SOURCE, Aspect.FORMER, Aspect.REVISED)

Floats = NDArray[np.float32]
Asked = tuple[frozenset[str], tuple[str, ...]]


def questions(path: Path = HERE / "asking.tsv") -> list[tuple[str, tuple[str, ...]]]:
    """The questions with what they ask for."""
    rows = path.read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return [(text, tuple(told.split(","))) for told, text in parts]


def labels() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The labels of the vocabulary as they are asked for by name."""
    for word in words():
        told = tuple(sorted(aspect for aspect in label_aspects(word) if aspect not in BESIDE))
        if told and len(word) > 1:
            yield from ((frame.format(word), told) for frame in FRAMES)


def matrix(asked: Sequence[Asked], names: dict[str, int]) -> Floats:
    made = np.zeros((len(asked), len(names) + 1), dtype=np.float32)
    made[:, -1] = 1.0
    for n, (found, _told) in enumerate(asked):
        held = [names[one] for one in found if one in names]
        made[n, held] = scale(len(held))
    return made


def likely(x: Floats, weights: Floats) -> Floats:
    sums = x @ weights
    odds = np.exp(sums - sums.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def fit(asked: Sequence[Asked], aspects: Sequence[str]) -> tuple[dict[str, int], Floats]:
    """The columns by signal, and the weights: a row a column, the last for any question."""
    count = Counter(one for found, _told in asked for one in found)
    names = {one: n for n, one in enumerate(sorted(o for o in count if count[o] >= FEWEST))}
    x = matrix(asked, names)
    y = np.zeros((len(asked), len(aspects)), dtype=np.float32)
    for n, (_found, told) in enumerate(asked):
        for aspect in told:
            y[n, aspects.index(aspect)] = 1.0 / len(told)
    weights = np.zeros((x.shape[1], len(aspects)), dtype=np.float32)
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = np.asarray(x.T @ (likely(x, weights) - y), dtype=np.float32)
        slope[:-1] += PENALTY * weights[:-1]
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope * slope
        size = np.sqrt(spread / (1 - 0.999**step)) + 1e-8
        weights -= (RATE / (1 - 0.9**step)) * mean / size
    return names, weights


def main() -> None:
    aspects = [str(aspect) for aspect in Aspect] + [NONE]
    asked = [(signals(text), told) for text, told in questions()]
    named = [(signals(text), told) for text, told in labels()]
    used = {aspect for _found, told in asked for aspect in told}
    aspects = [aspect for aspect in aspects if aspect in used]
    order = list(range(len(asked)))
    random.Random(0).shuffle(order)
    right = 0
    for fold in range(FOLDS):
        held = [asked[n] for n in order[fold::FOLDS]]
        names, weights = fit(
            [*(asked[n] for k, n in enumerate(order) if k % FOLDS != fold), *named], aspects
        )
        best = likely(matrix(held, names), weights).argmax(axis=1)
        right += sum(aspects[b] in told for b, (_found, told) in zip(best, held, strict=True))
    sys.stdout.write(
        f"{len(asked)} questions; {right / len(asked):.3f} of those left out told right\n"
    )
    names, weights = fit([*asked, *named], aspects)
    lines = ["\t" + "\t".join(f"{a}={w:.2f}" for a, w in zip(aspects, weights[-1], strict=True))]
    for name, column in names.items():
        kept = [
            f"{a}={w:.2f}" for a, w in zip(aspects, weights[column], strict=True) if abs(w) >= LEAST
        ]
        if kept:
            lines.append("\t".join([name, *kept]))
    TOLD.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
