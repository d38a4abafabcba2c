"""What licence marks allow, against the table of 공공누리, and the credits."""

from __future__ import annotations

import pytest
from test_render import CITATION

from rag.answering.licence import credit, read_licence
from rag.types import Document

# Type, commercial use allowed, changes allowed, page of the conditions: from www.kogl.or.kr.
KOGL = [
    ("0", True, True, ""),
    ("1", True, True, "by"),
    ("2", False, True, "nc"),
    ("3", True, False, "nd"),
    ("4", False, False, "all"),
]


@pytest.mark.parametrize(("number", "commercial", "changes", "page"), KOGL)
@pytest.mark.parametrize(
    "mark", ["공공누리 제{}유형", "공공누리 {} 유형(출처표시)", "공공누리제 {}유형"]
)
def test_types_of_kogl(mark: str, number: str, commercial: bool, changes: bool, page: str) -> None:
    licence = read_licence(mark.format(number))
    assert licence.name == f"공공누리 제{number}유형"
    assert (licence.commercial, licence.changes) == (commercial, changes)
    assert licence.terms == (
        f"https://www.kogl.or.kr/open/info/license_info/{page}.do" if page else ""
    )


def test_conditions_that_are_spelled_out_count_without_a_number() -> None:
    licence = read_licence("출처표시 + 상업적 이용금지 + 변경 금지")
    assert (licence.commercial, licence.changes) == (False, False)


def test_no_mark_forbids_nothing_by_itself() -> None:
    licence = read_licence("")
    assert (licence.name, licence.terms) == ("", "")
    assert licence.commercial
    assert licence.changes


def test_credit_of_a_document_without_a_mark_says_so() -> None:
    document = Document("가", "가.txt", "보고서", "", "", "", "", "글", "0")
    assert credit(document) == "출처: '보고서' (이용 조건 표시 없음)"


def test_credit_takes_the_particle_that_the_title_asks_for() -> None:
    assert "'물류 대책'을 이용하였으며" in credit(CITATION)
