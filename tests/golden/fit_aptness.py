"""Fits the weights of rag.aptness: `python -m tests.golden.fit_aptness KORQUAD [--all] [--write]`.

Takes the development file of KorQuAD 1.0. Its paragraphs are indexed as files; for each question
that finds a slice with its answer in it, the phrases of that slice that agree with the answer in
AGREE of their characters (Ratcliff and Obershelp) are right. The weights maximise the logarithm of
the likelihood that a softmax over the phrases gives to the right ones, with an L2 penalty, by Adam.
The weights that rag/aptness_weights.py has are held, and only signals without one are fitted; with
--all everything is. (Of the facts in the slices of the golden sets, 280 of them, the held weights
with the fitted ones get 179 right, weights all fitted anew 171 to 174, though on KorQuAD these do as well.)

Prints for each of FOLDS folds of articles, left out in turn, how often the most apt phrase is
right and how often the fact that is found holds the answer; then fits to all and with --write
replaces rag/aptness_weights.py. About ten minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag import aptness, korean
from rag.evaluation import holds
from rag.evidence import find_evidence
from rag.fact import candidates, find_fact, find_marks, weighed
from rag.index import Index, build, open_index
from rag.likeness import vectors_of
from rag.question.analysis import analyse
from rag.retrieval.ranking import rank
from rag.settings import Settings
from rag.types import Question

WEIGHTS = Path(aptness.__file__).with_name("aptness_weights.py")
AGREE = 0.7
FOLDS = 4
_PENALTY = 0.001
_ROUNDS = 12
_BATCH = 16
_RATE = 0.03
_COMMON = 20  # questions in which a signal must occur
_LEAST = 0.02  # weights below are left out
_LONGEST = 60  # characters up to which a fact counts as one
HEAD = '''"""Weights of the signals of :mod:`rag.aptness`.

Fitted by ``python -m tests.golden.fit_aptness`` on the development set of KorQuAD 1.0: {questions}
questions with the slice that holds their answer; all but the words that are like the question's
("like_…"), the names ("name", "…:a_name") and the titles in an earlier run over 2,500 of them with
the passage that holds the answer. A name "person:latin" is a flag of the phrase
where a person is asked for; "has_o>role:s" is a phrase in the nominative where the question has an
object.
"""

from __future__ import annotations

WEIGHTS: dict[str, float] = {{
{lines}
}}
'''

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the slice found for it, its answers and the number of its article."""

    question: Question
    text: str
    answers: tuple[str, ...]
    article: int


@dataclass(frozen=True, slots=True)
class Case:
    """``x`` float64 (phrases, signals), ``right`` 1.0 for phrases that agree with an answer."""

    x: Floats
    right: Floats


def questions(file: Path, folder: Path) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The questions with their answers and articles; the paragraphs go into ``folder``."""
    for article, part in enumerate(json.loads(file.read_text(encoding="utf-8"))["data"]):
        for number, paragraph in enumerate(part["paragraphs"]):
            text = folder / f"{article:03d}-{number:02d}.txt"
            text.write_text(paragraph["context"], encoding="utf-8")
            for qa in paragraph["qas"]:
                yield qa["question"], tuple(a["text"] for a in qa["answers"]), article


def slices(index: Index, asked: Sequence[tuple[str, tuple[str, ...], int]]) -> Iterator[Asked]:
    settings = Settings()
    for written, answers, article in asked:
        question = analyse(written, index.body.vocabulary)
        found = find_evidence(index, question, rank(index, question, settings.rank), settings)
        text = found.evidence[0].text if found.evidence else ""
        if any(answer in text for answer in answers):
            yield Asked(question, text, answers, article)


def signals_of(index: Index, asked: Asked) -> tuple[list[dict[str, float]], Floats]:
    """The signals of the candidates, and which of them agree with an answer."""
    inside = korean.morphemes(asked.text)
    found = candidates(asked.question, asked.text, inside)
    places = find_marks(asked.question, asked.text, index.body.idf)
    rows = weighed(asked.question, asked.text, inside, found, places, vectors_of(index.encoder))
    right = [float(agrees(asked.text[p.start : p.end], asked.answers)) for p in found]
    return rows, np.array(right)


def agrees(text: str, answers: Sequence[str]) -> bool:
    return any(SequenceMatcher(None, text, a, autojunk=False).ratio() >= AGREE for a in answers)


def fit(cases: Sequence[Case], held: Floats) -> Floats:
    """The weights, float64 (signals,); those that are not 0 in ``held`` stay as they are there."""
    weights, free = held.copy(), held == 0
    mean, spread = np.zeros_like(held), np.zeros_like(held)
    order = np.random.default_rng(0)
    step = 0
    for turn in range(_ROUNDS):
        shuffled = order.permutation(len(cases))
        for begin in range(0, len(cases), _BATCH):
            batch = [cases[i] for i in shuffled[begin : begin + _BATCH]]
            slope = _PENALTY * weights - sum(_rise(case, weights) for case in batch) / len(batch)
            step += 1
            mean = 0.9 * mean + 0.1 * slope
            spread = 0.999 * spread + 0.001 * slope * slope
            unbiased = mean / (1 - 0.9**step), np.sqrt(spread / (1 - 0.999**step))
            rate = _RATE * (1 - turn / _ROUNDS)
            weights -= free * rate * unbiased[0] / (unbiased[1] + 1e-8)
    return weights


def _rise(case: Case, weights: Floats) -> Floats:
    """The gradient of the logarithm of the likelihood of the right phrases."""
    scores = case.x @ weights
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    among = likely * case.right
    return np.asarray(case.x.T @ (among / max(among.sum(), 1e-12) - likely))


def facts_right(index: Index, asked: Sequence[Asked], weights: Mapping[str, float]) -> float:
    """The share of questions whose fact holds an answer and little more, with other weights."""
    before = dict(aptness.WEIGHTS)
    try:
        aptness.WEIGHTS.clear()
        aptness.WEIGHTS.update(weights)
        return float(np.mean([_is_right(index, one) for one in asked]))
    finally:
        aptness.WEIGHTS.clear()
        aptness.WEIGHTS.update(before)


def _is_right(index: Index, asked: Asked) -> bool:
    found = find_fact(asked.question, asked.text, index.body.idf, vectors_of(index.encoder))
    told = asked.text[slice(*found)] if found else ""
    return any(
        holds(told, answer) and len(told) <= max(_LONGEST, 2 * len(answer) + 20)
        for answer in asked.answers
    )


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("korquad", type=Path)
    parser.add_argument("--all", action="store_true", help="fit the weights there are, too")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as made:
        texts = Path(made, "texts")
        texts.mkdir()
        drawn = list(questions(args.korquad, texts))
        build([texts], Path(made, "index"))
        index = open_index(Path(made, "index"))
        asked = list(slices(index, drawn))
        tell(f"{len(drawn)} questions, {len(asked)} with their answer in the first slice")
        told = [signals_of(index, one) for one in asked]
        used = [i for i, (_rows, right) in enumerate(told) if 0 < right.sum() < len(right)]
        seen: Counter[str] = Counter()
        for i in used:
            seen.update({name for row in told[i][0] for name in row})
        names = sorted(name for name, count in seen.items() if count >= _COMMON)
        held = np.array([0.0 if args.all else aptness.WEIGHTS.get(name, 0.0) for name in names])
        at = {name: j for j, name in enumerate(names)}
        cases: dict[int, Case] = {}
        for i in used:
            rows, right = told[i]
            x = np.zeros((len(rows), len(names)))
            for n, row in enumerate(rows):
                for name, value in row.items():
                    if name in at:
                        x[n, at[name]] = value
            cases[i] = Case(x, right)
        articles = sorted({one.article for one in asked})
        random.Random(1).shuffle(articles)
        for fold in range(FOLDS):
            left = set(articles[fold::FOLDS])
            weights = fit([cases[i] for i in used if asked[i].article not in left], held)
            out = [i for i in used if asked[i].article in left]
            first = np.mean([cases[i].right[np.argmax(cases[i].x @ weights)] for i in out])
            whole = [one for one in asked if one.article in left]
            right = facts_right(index, whole, dict(zip(names, weights.tolist(), strict=True)))
            tell(
                f"fold {fold}: first phrase {first:.3f} of {len(out)}, "
                f"fact {right:.3f} of {len(whole)}"
            )
        weights = fit(list(cases.values()), held)
        kept = {} if args.all else dict(aptness.WEIGHTS)
        kept |= {n: round(w, 2) for n, w in zip(names, weights.tolist(), strict=True)}
        lines = "\n".join(f'    "{n}": {w},' for n, w in sorted(kept.items()) if abs(w) >= _LEAST)
        if args.write:
            WEIGHTS.write_text(HEAD.format(questions=len(cases), lines=lines), encoding="utf-8")
        else:
            tell(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
