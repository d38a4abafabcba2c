"""The figures of the golden questions do not fall; if they do, the failure names the questions.

What is expected is written by ``python -m tests.golden.update``. Run it when figures have risen,
or when a fall was weighed and wanted, and commit what it writes with the change that moved them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from golden.measure import (
    SETS,
    Measured,
    by_question,
    fallen,
    measure,
    moved,
    read_each,
    read_figures,
    tolerance,
    write_each,
    write_figures,
)

from rag.assistant import Assistant
from rag.evaluation import FIGURES as NAMES

# What the project promises, whatever was measured last.
FLOORS = {
    "dev": {
        "evidence@1000": 0.80,
        "evidence@2500": 0.92,
        "contains": 0.60,
        "abstain_balanced": 0.75,
        "verbatim": 1.0,
    },
    "second": {"evidence@1000": 0.80, "evidence@2500": 0.92, "contains": 0.60, "verbatim": 1.0},
    "tables": {"evidence@1000": 0.80, "contains": 0.70, "verbatim": 1.0},
    "third": {"evidence@1000": 0.80, "evidence@2500": 0.92, "contains": 0.60, "verbatim": 1.0},
}


@pytest.fixture(scope="module", params=SETS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def measured(assistant: Assistant, name: str) -> Measured:
    return measure(assistant, name)


def test_no_figure_falls(measured: Measured, name: str) -> None:
    before = read_each(by_question(name))
    wanted = read_figures()[name]
    names = fallen(measured.figures, wanted, before)
    if names:
        lines = [f"{n}: {wanted[n]:.4f} -> {measured.figures.get(n, 0.0):.4f}" for n in names]
        lines += ["Questions that moved:", *moved(measured.each, before, names, measured.asked)]
        lines += ["If that is wanted: python -m tests.golden.update"]
        pytest.fail("\n".join(lines), pytrace=False)


def test_the_promised_figures_are_kept(measured: Measured, name: str) -> None:
    low = {
        n: measured.figures[n] for n, least in FLOORS[name].items() if measured.figures[n] < least
    }
    assert low == {}


def test_what_is_expected_covers_all_questions_and_figures(measured: Measured, name: str) -> None:
    assert list(read_each(by_question(name))) == list(measured.each) == list(measured.asked)
    assert list(read_figures()[name]) == list(measured.figures)
    missing = [n for n in NAMES if n not in measured.figures]
    # All questions about tables have an answer.
    assert missing == (["abstain_unans"] if name == "tables" else [])


# --- the comparison itself ----------------------------------------------------------------------

BEFORE = {
    "a": {"contains": 1.0, "abstain_ans": 1.0, "verbatim": 1.0},
    "b": {"contains": 1.0, "abstain_ans": 1.0},
    "c": {"contains": 0.0, "abstain_ans": 1.0},
    "d": {"contains": 1.0, "abstain_ans": 0.0},
    "e": {"abstain_unans": 1.0},
    "f": {"abstain_unans": 1.0},
}
ASKED = {id_: f"질문 {id_}" for id_ in BEFORE}


def test_one_question_may_fall_but_not_two() -> None:
    wanted = {"contains": 0.75}
    assert tolerance("contains", BEFORE) == 0.25
    assert fallen({"contains": 0.75}, wanted, BEFORE) == ()
    assert fallen({"contains": 0.5}, wanted, BEFORE) == ()
    assert fallen({"contains": 0.25}, wanted, BEFORE) == ("contains",)
    assert fallen({}, wanted, BEFORE) == ("contains",)
    assert fallen({"contains": 1.0}, wanted, BEFORE) == ()


def test_a_quotation_may_not_fall_at_all() -> None:
    assert fallen({"verbatim": 0.99}, {"verbatim": 1.0}, BEFORE) == ("verbatim",)


def test_the_balanced_figure_moves_by_half_a_question_of_each_class() -> None:
    assert tolerance("abstain_balanced", BEFORE) == 0.375  # halves of one of two and one of four


def test_the_questions_that_moved_are_named() -> None:
    now = {
        **BEFORE,
        "b": {"contains": 0.0, "abstain_ans": 0.0},
        "c": {"contains": 1.0, "abstain_ans": 0.0},
        "e": {"abstain_unans": 0.0},
    }
    assert moved(now, BEFORE, ["contains"], ASKED) == ["b  contains 1.00 -> 0.00  질문 b"]
    assert [line.split()[:2] for line in moved(now, BEFORE, ["abstain_balanced"], ASKED)] == [
        ["b", "abstain_ans"],
        ["c", "abstain_ans"],
        ["e", "abstain_unans"],
    ]
    assert moved(BEFORE, BEFORE, list(NAMES), ASKED) == []


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    write_each(BEFORE, tmp_path / "each.jsonl")
    assert read_each(tmp_path / "each.jsonl") == BEFORE
    figures = {"one": {"evidence@1000": 0.93137, "verbatim": 1.0}, "two": {"short": 0.5}}
    write_figures(figures, tmp_path / "figures.toml")
    assert read_figures(tmp_path / "figures.toml") == {
        "one": {"evidence@1000": 0.9314, "verbatim": 1.0},
        "two": {"short": 0.5},
    }
