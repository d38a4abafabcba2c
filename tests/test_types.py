"""What the travelling records promise: ranges, pages, merged cells, licences."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import types
from rag.types import Cell, Document, PageMark, Span, Table

SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda ab: Span(min(ab), max(ab)))


def document(published: str = "", licence: str = "", pages: tuple[PageMark, ...] = ()) -> Document:
    return Document("t", "t.txt", "제목", "", "", published, licence, "본문", "", pages)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 3), (-2, -1)])
def test_a_span_that_is_no_range_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a range"):
        Span(start, end)


@given(SPANS, SPANS)
def test_spans_agree_with_sets_of_offsets(a: Span, b: Span) -> None:
    left, right = set(range(a.start, a.end)), set(range(b.start, b.end))
    assert len(a) == len(left)
    if left and right:
        assert a.touches(b) == bool(left & right)
        assert a.covers(b) == (right <= left)
    if a.covers(b):
        assert a.start <= b.start <= b.end <= a.end


def test_spans_sort_by_start_and_then_by_end() -> None:
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]


def test_a_page_begins_at_its_mark_and_ends_before_the_next() -> None:
    doc = document(
        pages=(PageMark(10, "i"), PageMark(20, "1"), PageMark(20, "2"), PageMark(35, "3"))
    )
    asked = {0: None, 9: None, 10: "i", 19: "i", 20: "2", 34: "2", 35: "3", 999: "3"}
    assert {at: doc.page_at(at) for at in asked} == asked
    assert document().page_at(5) is None


@pytest.mark.parametrize(
    ("published", "year"),
    [("2021-03-25", 2021), ("2021-03", 2021), ("2021", 2021), ("", None), ("미상", None)],
)
def test_the_year_of_publication(published: str, year: int | None) -> None:
    assert document(published).year == year


def test_a_merged_cell_answers_for_every_position_it_covers() -> None:
    """구분 | 2023년       구분 and 2023년 are merged over two rows and two columns.
         | 수출 | 수입
    북미 | 12   | (none)"""
    cells = (
        Cell(0, 0, Span(0, 2), row_span=2, header=True),
        Cell(0, 1, Span(3, 8), column_span=2, header=True),
        Cell(1, 1, Span(9, 11), header=True),
        Cell(1, 2, Span(12, 14), header=True),
        Cell(2, 0, Span(15, 17), header=True),
        Cell(2, 1, Span(18, 20)),
    )
    table = Table(cells, rows=3, columns=3)
    picture = [[table.at(row, column) for column in range(3)] for row in range(3)]
    assert picture == [
        [cells[0], cells[1], cells[1]],
        [cells[0], cells[2], cells[3]],
        [cells[4], cells[5], None],
    ]
    assert table.at(3, 0) is None
    assert table.at(0, 3) is None
    # Having been looked up in makes no difference to what a table is.
    fresh = Table(cells, rows=3, columns=3)
    assert table == fresh and hash(table) == hash(fresh) and repr(table) == repr(fresh)


def test_where_cells_overlap_the_first_stands() -> None:
    cells = (Cell(0, 0, Span(0, 1), row_span=2), Cell(1, 0, Span(2, 3)))
    assert Table(cells, rows=2, columns=1).at(1, 0) is cells[0]


def test_every_record_is_frozen_and_has_slots() -> None:
    records = [
        kind
        for kind in vars(types).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    ]
    assert len(records) >= 15
    for kind in records:
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        assert "__slots__" in vars(kind), kind
