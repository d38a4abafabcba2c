"""What limits a quotation goes with it: hand-made notices, and the seeds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.finding import with_conditions
from rag.index import Index, build, open_index
from rag.types import Document, Passage, Span

NOTICE = """설비 자금 안내

1. 한도

- 업체당 한도는 5억원이다. 다만, 창업기업은 1억원으로 한다. 신청은 누리집에서 한다.
- 금리는 연 2.0%이다. 접수는 선착순이다.
- 상환 기간은 5년이다.
- 다만, 재기기업의 상환 기간은 7년이다.

2. 자격

○ 사업자등록을 한 소상공인*
 - 유흥업종은 신청할 수 없음
 - 상시 근로자가 있는 업체를 우대
 * 소상공인기본법 제2조에 따른 소상공인
○ 최근 2년간 지원을 받지 않은 업체
 ※ 관련 예산사업 : 창업 자금
○ 수출 실적이 있는 업체
 ※ 간접 수출은 제외

3. 지원 단가

(단위 : 만원)
구분\t일반형\t선도형
무인주문기\t300\t500
서빙로봇\t500\t1,000
* 부가가치세 제외
"""


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("conditions")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    build([folder / "notice.txt"], folder / "index")
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def seeds(seed_index: Path) -> Index:
    return open_index(seed_index)


def ask(index: Index, words: str) -> tuple[Document, list[str]]:
    """The slices that come back for a quotation of exactly these words."""
    document = next(d for d in index.documents if words in d.text)
    start = document.text.index(words)
    span = Span(start, start + len(words))
    passage = holding(index, document, span)
    found = with_conditions(index, document, passage, span)
    return document, [document.text[one.start : one.end] for one in found]


def holding(index: Index, document: Document, span: Span) -> Passage:
    return next(p for p in index.passages if p.file == document.file and p.span.touches(span))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "업체당 한도는 5억원이다.",
            ["업체당 한도는 5억원이다. 다만, 창업기업은 1억원으로 한다."],
        ),
        ("금리는 연 2.0%이다.", ["금리는 연 2.0%이다."]),
        (
            "상환 기간은 5년이다.",
            ["상환 기간은 5년이다.\n- 다만, 재기기업의 상환 기간은 7년이다."],
        ),
        (
            "사업자등록을 한 소상공인*",
            [
                "사업자등록을 한 소상공인*\n - 유흥업종은 신청할 수 없음",
                "* 소상공인기본법 제2조에 따른 소상공인",
            ],
        ),
        ("최근 2년간 지원을 받지 않은 업체", ["최근 2년간 지원을 받지 않은 업체"]),
        (
            "수출 실적이 있는 업체",
            ["수출 실적이 있는 업체\n ※ 간접 수출은 제외"],
        ),
    ],
)
def test_exceptions_and_notes_travel(notice: Index, words: str, expected: list[str]) -> None:
    found = ask(notice, words)[1]
    assert [" ".join(one.split()) for one in found] == [" ".join(one.split()) for one in expected]


@pytest.mark.parametrize(
    ("words", "held", "missing"),
    [
        # The note says which programmes: no condition.
        ("- 스마트팜 실증단지 구축, 기술개발 지원", "", "관련 예산사업"),
        ("구조조정을 4가지 방향으로", "2년 이내 지원사업 및 의무경직성 사업 제외", ""),
        ("'21년 조기 완료 예정이며, 2개 과제**", "스마트 도로, 국민체육센터는", "스마트 홍수관리"),
    ],
)
def test_on_the_seeds(seeds: Index, words: str, held: str, missing: str) -> None:
    found = "\n".join(ask(seeds, words)[1])
    assert held in found
    assert not missing or missing not in found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 200))
def test_slices_lie_in_the_document_apart_and_hold_the_quotation(
    policies_index: Index, at: int, length: int
) -> None:
    passage = policies_index.passages[at % len(policies_index.passages)]
    document = next(d for d in policies_index.documents if d.file == passage.file)
    start = passage.span.start + at % len(passage.span)
    span = Span(start, min(passage.span.end, start + length))
    first, *further = with_conditions(policies_index, document, passage, span)
    assert first.start == span.start and first.covers(span)
    assert len(further) <= 3
    for n, one in enumerate(further):
        assert one.end <= len(document.text) and document.text[one.start : one.end].strip()
        assert not any(one.touches(other) for other in (first, *further[:n]))


@pytest.fixture(scope="module")
def policies_index(policy_index: Path) -> Index:
    return open_index(policy_index)
