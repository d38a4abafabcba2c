"""A question without a subject has as many readings as the documents have programmes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from rag import ambiguity
from rag.ambiguity import Reading, names_no_subject, readings
from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.retrieval.ranking import rank
from rag.settings import RankSettings

TWO = """정책 안내

1. 창업 융자

창업 융자의 예산은 120억원이며 신청 마감은 2022년 5월 6일까지이다.

2. 판로 바우처

판로 바우처의 예산은 35억원이며 신청 마감은 2022년 9월 2일까지이다. 단장은 김하늘 교수이다.
"""


def opened(folder: Path, text: str) -> Index:
    source = folder / "guide.txt"
    source.write_text(text, encoding="utf-8")
    build([source], folder / "index")
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return opened(tmp_path_factory.mktemp("ambiguity"), TWO)


def read(index: Index, question: str) -> tuple[Reading, ...]:
    asked = analyse(question, index.body.vocabulary)
    return readings(index, asked, rank(index, asked, RankSettings()))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("예산은 얼마인가요?", {"120억원", "35억원"}),
        ("올해 예산 얼마예요?", {"120억원", "35억원"}),
        ("신청 마감이 언제예요?", {"2022년 5월 6일까지", "2022년 9월 2일까지"}),
    ],
)
def test_each_programme_is_a_reading(index: Index, question: str, values: set[str]) -> None:
    found = read(index, question)
    assert {reading.evidence.value for reading in found} == values
    assert {reading.label for reading in found} == {"창업 융자", "판로 바우처"}
    for reading in found:
        source = index.documents[0].text
        span = reading.evidence.span
        assert reading.evidence.value in source[span.start : span.end]


@pytest.mark.parametrize(
    "question",
    [
        "판로 바우처 예산은 얼마인가요?",
        "창업 지원 예산은 얼마인가요?",
        "2022년 예산은 얼마인가요?",
        "단장은 누구인가요?",  # only one programme has one
        "예산을 왜 늘렸나요?",
        "얼마예요?",
    ],
)
def test_a_question_that_names_its_subject_or_fits_one_thing_has_no_readings(
    index: Index, question: str
) -> None:
    assert read(index, question) == ()


def test_one_programme_alone_leaves_nothing_to_tell_apart(tmp_path: Path) -> None:
    alone = opened(tmp_path, TWO[: TWO.index("2. 판로")])
    assert read(alone, "예산은 얼마인가요?") == ()


@pytest.mark.parametrize(
    ("question", "slots_only"),
    [
        ("증가율은 몇 퍼센트인가요?", True),
        ("지원금이 기업당 얼마예요?", True),
        ("수출 증가율은 몇 퍼센트인가요?", False),
        ("누가 왔나요?", False),
    ],
)
def test_only_slots_and_what_frames_them_name_no_subject(question: str, slots_only: bool) -> None:
    assert names_no_subject(analyse(question)) is slots_only


class Rows:
    """A lexical index that holds each word in the rows told."""

    def __init__(self, rows: dict[str, list[int]]) -> None:
        self._rows = rows

    def term_rows(self, term: str) -> tuple[np.ndarray, None]:
        return np.array(self._rows.get(term, []), dtype=int), None


@pytest.mark.parametrize("order", [1, -1])
def test_of_equally_rare_slots_the_first_that_was_said_tells(
    index: Index, monkeypatch: pytest.MonkeyPatch, order: int
) -> None:
    """And not the first of a set, which is another one in each process."""
    monkeypatch.setattr(ambiguity, "_SLOTS", tuple(sorted(ambiguity._SLOTS)[::order]))
    rows = Rows({"신청": [1, 2], "기간": [3, 4], "마감": [5]})
    held = cast(Any, SimpleNamespace(body=rows, path=Rows({})))
    for question, wanted in (
        ("신청 기간은 언제인가요?", {1, 2}),
        ("기간과 신청은 언제인가요?", {3, 4}),
        ("신청 기간 마감은 언제인가요?", {5}),
    ):
        assert ambiguity._holding(held, analyse(question, index.body.vocabulary)) == wanted
