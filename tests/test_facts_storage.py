"""Facts as rows of JSON and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.facts import Fact, Form, facts_of
from rag.facts.storage import fact_from, fact_row
from rag.loading import load_folder
from rag.outline import outline
from rag.types import Document, Span

SEEDS = Path(__file__).parent.parent / "seeds"

SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)).map(lambda p: Span(p[0], sum(p)))
NAMES = st.text(max_size=12)
FACTS = st.builds(
    Fact,
    st.sampled_from(Form),
    st.lists(NAMES, max_size=4).map(tuple),
    NAMES,
    st.text(max_size=40),
    SPANS,
    st.integers(0, 10**5),
    st.none() | SPANS,
    st.lists(SPANS, max_size=4).map(tuple),
    st.lists(NAMES, max_size=3).map(tuple),
    NAMES,
    st.lists(SPANS, max_size=3).map(tuple),
    st.none() | st.tuples(st.integers(0, 3000), st.integers(0, 200)),
)


@given(FACTS)
def test_a_fact_comes_back_from_its_row(fact: Fact) -> None:
    row = json.loads(json.dumps(fact_row(fact), ensure_ascii=False))
    assert fact_from(row) == fact


def test_a_row_by_hand() -> None:
    fact = Fact(
        Form.CELL,
        ("융자 조건", "운전자금"),
        "금리",
        "2.0",
        Span(40, 43),
        7,
        Span(12, 14),
        (Span(40, 41), Span(42, 43)),
        ("청년",),
        "%",
        (Span(50, 60),),
        (2, 3),
    )
    row = [
        "cell", ["융자 조건", "운전자금"], "금리", "2.0", [40, 43], 7, [12, 14], [[40, 41], [42, 43]],
        ["청년"], "%", [[50, 60]], [2, 3],
    ]  # fmt: skip
    assert fact_row(fact) == row
    assert fact_from(row) == fact
    bare = Fact(Form.ROW, (), "", "운전자금", Span(3, 7), 0)
    assert fact_row(bare) == ["row", [], "", "운전자금", [3, 7], 0, None, [], [], "", [], None]
    assert fact_from(fact_row(bare)) == bare


@pytest.mark.parametrize("made", load_folder([SEEDS]), ids=lambda made: made.id[:3])
def test_the_facts_of_a_document_come_back(made: Document) -> None:
    found = facts_of(made, outline(made))
    rows = json.loads(json.dumps([fact_row(fact) for fact in found]))
    assert tuple(map(fact_from, rows)) == found


@pytest.mark.parametrize(
    "row",
    [
        [],
        ["label"],
        ["other", [], "", "값", [3, 7], 0, None, [], [], "", [], None],
        ["label", [], "", "값", [7, 3], 0, None, [], [], "", [], None],
        ["label", [], "", "값", [7], 0, None, [], [], "", [], None],
        ["label", [], "", "값", None, 0, None, [], [], "", [], None],
        ["label", [], "", "값", [3, 7], 0, None, [], [], "", [], [1]],
        ["label", [], "", "값", [3, 7], 0, None, [], [], "", [], None, None],
    ],
)
def test_what_is_no_fact_is_refused(row: list[object]) -> None:
    with pytest.raises((ValueError, TypeError, IndexError)):
        fact_from(row)


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        ("", True),
        ("-", True),
        ("–", True),
        (" - ", True),
        ("ㅡ", True),
        ("·", True),
        ("0", False),
        ("- 5", False),
        ("없음", False),
        ("△", False),
    ],
)
def test_a_fact_is_blank_where_nothing_is_stated(value: str, blank: bool) -> None:
    assert Fact(Form.LABEL, (), "비고", value, Span(0, len(value)), 0).blank is blank
