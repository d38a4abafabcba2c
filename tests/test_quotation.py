"""Which rows are quoted, and as how many slices."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.quotation import Quotation, choose, quote
from rag.settings import AnswerSettings, ChunkSettings

TEXT = """수출 지원 계획

- 첫째 사업은 수출 기업의 물류비를 지원하며 기업당 3천만원을 한도로 한다고 밝힘
- 둘째 사업은 수출 기업의 보험료를 지원하며 기업당 5백만원을 한도로 한다고 밝힘
- 셋째 사업은 수출 기업의 통번역 비용을 지원하며 건당 30만원을 한도로 한다고 밝힘
- 넷째 사업은 수출 기업의 시험 인증 비용을 지원하며 건당 90만원을 한도로 한다고 밝힘
- 다섯째 사업은 수출 기업의 해외 전시회 참가를 지원하며 회당 70만원을 한도로 한다고 밝힘
"""


@dataclass(frozen=True)
class Row:
    row: int
    score: float
    reach: float = 1.0


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("quotation")
    (folder / "texts").mkdir()
    (folder / "texts" / "수출.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "texts"], folder / "index", chunking=ChunkSettings(target=1))
    return open_index(folder / "index")


def rows_of(index: Index, scores: list[float]) -> list[tuple[int, int]]:
    found = [Row(row, score) for row, score in enumerate(scores[: len(index.passages)])]
    ranked = sorted(found, key=lambda c: (-c.score, c.row))
    asked = analyse("물류비 지원 한도는 얼마인가요?")
    return [(q.first, q.last) for q in choose(index, asked, ranked, AnswerSettings())]


def test_neighbours_that_the_ranking_cannot_tell_apart_are_one_slice(index: Index) -> None:
    assert len(index.passages) >= 5
    assert rows_of(index, [0.1, 1.0, 0.95, 0.1, 0.1]) == [(1, 2)]


def test_a_row_that_leads_by_far_is_quoted_alone(index: Index) -> None:
    assert rows_of(index, [0.1, 1.0, 0.5, 0.1, 0.1]) == [(1, 1)]


def test_a_slice_from_elsewhere_is_added_only_when_it_is_about_as_likely(index: Index) -> None:
    assert rows_of(index, [1.0, 0.1, 0.1, 0.1, 0.95]) == [(0, 0), (4, 4)]
    assert rows_of(index, [1.0, 0.1, 0.1, 0.1, 0.85]) == [(0, 0)]


@given(st.lists(st.floats(0.01, 1.0), min_size=5, max_size=5))
def test_quotations_never_overlap_and_the_best_row_is_quoted_first(
    index: Index, scores: list[float]
) -> None:
    found = rows_of(index, scores)
    best = max(range(5), key=lambda row: (scores[row], -row))
    assert found[0][0] <= best <= found[0][1]
    taken = [row for first, last in found for row in range(first, last + 1)]
    assert len(taken) == len(set(taken))


def test_a_slice_of_several_rows_is_the_text_between_them(index: Index) -> None:
    asked = analyse("물류비 지원 한도는 얼마인가요?")
    ranked = [Row(0, 1.0), Row(1, 0.95), Row(2, 0.1)]
    (quotation,) = choose(index, asked, ranked, AnswerSettings())
    (evidence,) = quote(index, asked, quotation, 1.0)
    text = index.documents[0].text
    flat = " ".join(text[evidence.span.start : evidence.span.end].split())
    assert flat == evidence.text
    assert "물류비" in evidence.text and "보험료" in evidence.text
    assert "통번역" not in evidence.text


def test_a_slice_of_several_lines_begins_behind_its_bullet(index: Index) -> None:
    asked = analyse("물류비 지원 한도는 얼마인가요?")
    leader = Row(2, 1.0)
    first, *_ = quote(index, asked, Quotation(leader, 1, 2), 1.0)
    assert first.text.startswith(
        "첫째 사업은" if "첫째" in index.passages[1].text else "둘째 사업은"
    )
    source = index.documents[0].text
    assert source[first.span.start : first.span.end].startswith(first.text[:8])
    assert " - " in first.text  # the bullet between the two lines is the source's own


def test_what_a_section_says_as_a_whole_has_no_phrase_as_its_answer(index: Index) -> None:
    asked = analyse("수출 지원 계획의 주요 내용은 무엇인가요?")
    leader = Row(2, 1.0)
    alone = next(iter(quote(index, asked, Quotation(leader, 2, 2), 1.0)))
    joined = next(iter(quote(index, asked, Quotation(leader, 1, 2), 1.0)))
    assert (alone.value, joined.value) == ("", "")
