"""The figures of the golden questions, as a whole and question by question."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.assistant import Assistant
from rag.evaluation import evaluate, read_golden
from rag.showing.render import answer_json

FOLDER = Path(__file__).parent
SETS = ("dev", "second", "tables", "third")
"""dev.jsonl; questions written later by someone else, in everyday words throughout; questions
about the cells of tables; and questions written when all else was there, whose misses nobody has
looked at: no rule was made for them."""
FIGURES = FOLDER / "expected.toml"

Each = dict[str, dict[str, float]]
"""For each question's id the figures to which it contributes, each in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Measured:
    """``figures`` as :class:`rag.evaluation.Scores` has them; ``each`` in the order asked;
    ``asked`` the questions by id."""

    figures: dict[str, float]
    each: Each
    asked: dict[str, str]


def measure(assistant: Assistant, name: str) -> Measured:
    """Asks all questions of a set and scores the answers."""
    golden = read_golden(FOLDER / f"{name}.jsonl")
    texts = {document.file: document.text for document in assistant.documents}
    rows: list[dict[str, Any]] = []
    each: Each = {}
    for one in golden:
        # Through JSON and back: what a user would get is what is scored.
        said = json.dumps(answer_json(assistant.ask(one.asked.question, id=str(one.asked.id))))
        row = {**json.loads(said), "id": one.asked.id}
        rows.append(row)
        own = evaluate([one], [row], texts).figures
        each[str(one.asked.id)] = {
            name: round(value, 4) for name, value in own.items() if name != "abstain_balanced"
        }
    figures = evaluate(golden, rows, texts).figures
    return Measured(figures, each, {str(one.asked.id): one.asked.question for one in golden})


def tolerance(name: str, each: Each) -> float:
    """How far a figure moves when one question does, at most. Quotations are never wrong."""
    if name == "verbatim":
        return 0.0
    if name == "abstain_balanced":  # the mean of two figures, of each of which one may move
        return sum(tolerance(part, each) for part in ("abstain_ans", "abstain_unans")) / 2
    return 1.0 / max(1, sum(name in own for own in each.values()))


def fallen(
    figures: Mapping[str, float], expected: Mapping[str, float], each: Each
) -> tuple[str, ...]:
    """Names of the figures that lie below what is expected by more than one question; ``each``
    are the questions as expected. A figure that is gone has fallen."""
    return tuple(
        name
        for name, value in expected.items()
        if figures.get(name, -1.0) < value - tolerance(name, each) - 1e-3
    )


def moved(now: Each, before: Each, names: Iterable[str], asked: Mapping[str, str]) -> list[str]:
    """A line for each question that contributes less to one of the figures than before."""
    wanted: list[str] = []
    for name in names:
        parts = ("abstain_ans", "abstain_unans") if name == "abstain_balanced" else (name,)
        wanted += [part for part in parts if part not in wanted]
    return [
        f"{id_}  {name} {value:.2f} -> {now.get(id_, {}).get(name, 0.0):.2f}  {asked.get(id_, '?')}"
        for id_, own in before.items()
        for name, value in own.items()
        if name in wanted and now.get(id_, {}).get(name, 0.0) < value
    ]


def by_question(name: str) -> Path:
    """The file with what is expected of each question of a set."""
    return FOLDER / f"expected_{name}.jsonl"


def read_each(path: Path) -> Each:
    """What :func:`write_each` wrote."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row.pop("id"): row for row in rows}


def write_each(each: Each, path: Path) -> None:
    """A line for each question, in order: its id and its figures."""
    lines = [json.dumps({"id": id_, **own}, ensure_ascii=False) for id_, own in each.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_figures(path: Path = FIGURES) -> dict[str, dict[str, float]]:
    """For each set its figures."""
    found: dict[str, dict[str, float]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def write_figures(figures: Mapping[str, Mapping[str, float]], path: Path = FIGURES) -> None:
    """The figures of each set with four decimals under its name."""
    lines = [
        "# Written by `python -m tests.golden.update`; tests/test_golden.py fails when a figure",
        "# falls below its value here by more than one question.",
    ]
    for name, own in figures.items():
        lines += ["", f"[{name}]", *(f'"{figure}" = {value:.4f}' for figure, value in own.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
