"""Joining wrapped lines."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.korean import join_wrapped

SEEDS = Path(__file__).parent.parent / "seeds"


def test_trailing_blank_decides_where_the_document_uses_it() -> None:
    lines = ["인공지능 기술의 발", "전으로 ", "산업이 ", "바뀌", "고 있다."]
    assert join_wrapped(lines, True) == [True, False, False, True]


def test_indented_or_empty_line_starts_anew() -> None:
    assert join_wrapped(["발", " 전", "", "다"], True) == [False, False, False]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("중소기업의 인공지능 AI", "를 활용하여 생산성을 높인다.", True),
        ("2021년 사업을 시작", "하였다. 그 뒤 예산이 늘었다.", True),
        ("정부가 지원하는 제조혁", "신 사업은 계속된다.", True),
        ("정부가 지원하는 사업은", "내년에도 계속된다.", False),
        ("예산은 3,000억원이다.", "를 제외하고 계산한다.", False),
        ("기업이 도입한 비율은 76", "%로 나타났다.", True),
        ("대기업,", "중소기업이 참여한다.", False),
    ],
)
def test_wrapped_inside_and_between_words(left: str, right: str, joined: bool) -> None:
    assert join_wrapped([left, right]) == [joined]


def test_agrees_with_the_blanks_of_a_seed() -> None:
    """The first pages of seed 003 mark word ends with a trailing blank: an oracle."""
    text = next(SEEDS.glob("003_*.txt")).read_text("utf-8")
    lines = text.split("\n")
    right = wrong = 0
    for paragraph in _paragraphs(lines[:400]):
        truth = join_wrapped(paragraph, True)
        for ours, theirs in zip(join_wrapped(paragraph), truth, strict=True):
            right += ours == theirs
            wrong += ours != theirs
    assert right + wrong > 150
    assert right / (right + wrong) > 0.93


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Runs of long lines: those that the page width broke."""
    found: list[list[str]] = [[]]
    for line in lines:
        if len(line) < 25 or not line[0].isalnum():
            found.append([])
            continue
        found[-1].append(line)
        if line.rstrip().endswith("."):
            found.append([])
    return [paragraph for paragraph in found if len(paragraph) > 1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("가을기업은 .AI3\t"), max_size=8), max_size=6), st.booleans()
)
def test_one_answer_for_each_boundary(lines: list[str], blanks: bool) -> None:
    assert len(join_wrapped(lines, blanks)) == max(0, len(lines) - 1)
