"""How far the conditions of a quotation are looked for, and how much of them goes with it."""

from __future__ import annotations

import pytest
from finding_making import index_of

from rag.answering.finding import with_conditions
from rag.types import Span


def shown(text: str, words: str) -> list[str]:
    """The slices that come back for a quotation of exactly these words, blanks made one."""
    index = index_of(text)
    (document,) = index.documents
    start = document.text.index(words)
    span = Span(start, start + len(words))
    passage = next(p for p in index.passages if p.span.touches(span))
    found = with_conditions(index, document, passage, span)
    return [" ".join(document.text[one.start : one.end].split()) for one in found]


HEAD = "설비 자금 공고\n\n1. 자격\n\n○ 대상은 소상공인\n"
PLAIN = "".join(f" - {name} 서류는 누리집에서 낸다\n" for name in "가나다라마바사")
EXCEPT = " - 도박업은 제외\n"


@pytest.mark.parametrize(("between", "taken"), [(1, True), (5, True), (6, False)])
def test_an_exception_is_looked_for_among_six_lines(between: int, taken: bool) -> None:
    lines = "".join(PLAIN.splitlines(keepends=True)[:between])
    first, *further = shown(f"{HEAD}{lines}{EXCEPT}", "대상은 소상공인")
    assert first == "대상은 소상공인"
    assert further == (["- 도박업은 제외"] if taken else [])


def test_three_further_slices_are_shown_at_most_in_order_of_place() -> None:
    lines = "".join(f" - {name} 서류는 누리집에서 낸다\n{EXCEPT}" for name in "가나다라")
    first, *further = shown(f"{HEAD}{lines}", "대상은 소상공인")
    assert first == "대상은 소상공인"
    assert further == ["- 도박업은 제외"] * 3


@pytest.mark.parametrize(("length", "taken"), [(300, True), (301, False)])
def test_a_condition_longer_than_three_hundred_characters_is_left(length: int, taken: bool) -> None:
    note = "※ 도박업은 제외 "
    note += "가" * (length - len(note))
    found = shown(f"{HEAD} {note}\n", "대상은 소상공인")
    assert (found == [f"대상은 소상공인 {note}"]) == taken
    assert taken or found == ["대상은 소상공인"]


@pytest.mark.parametrize(("length", "slices"), [(580, 1), (595, 2)])
def test_a_condition_that_would_make_a_slice_too_wide_stands_apart(
    length: int, slices: int
) -> None:
    words = "대상은 소상공인 " + "가" * (length - 9)
    found = shown(f"설비 자금 공고\n\n1. 자격\n\n○ {words}\n ※ 도박업은 제외\n", words)
    assert len(found) == slices
    assert " ".join(found) == f"{words} ※ 도박업은 제외"


@pytest.mark.parametrize(
    ("note", "taken"),
    [
        ("※ 도박업은 제외", True),
        ("※ 출처 : 한빛진흥원(도박업 제외)", False),
        ("※ 관련 예산사업 : 창업 자금(도박업 제외)", False),
        ("※ 자료: 누리원, 도박업 제외", False),
    ],
)
def test_where_something_comes_from_limits_nothing(note: str, taken: bool) -> None:
    assert (shown(f"{HEAD} {note}\n", "대상은 소상공인") == ["대상은 소상공인"]) != taken
