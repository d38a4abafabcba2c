"""Which slices show a claim: hand-made notices whose passages are single lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from finding_making import index_of
from hypothesis import given, settings
from hypothesis import strategies as st
from index_making import write

from rag.answering.finding import nearest, quoted, told
from rag.facts import Fact
from rag.finding import Candidate, Context
from rag.index import Index, build, open_index
from rag.reading import read
from rag.retrieval.ranking import Reread
from rag.settings import AnswerSettings, ChunkSettings
from rag.types import Evidence, Span

LINES = (
    "첫째 사업은 수출 기업의 물류비를 지원하며 기업당 3천만원을 한도로 한다고 밝힘",
    "둘째 사업은 수출 기업의 보험료를 지원하며 기업당 5백만원을 한도로 한다고 밝힘",
    "셋째 사업은 수출 기업의 통번역 비용을 지원하며 건당 30만원을 한도로 한다고 밝힘",
    "넷째 사업은 수출 기업의 시험 인증 비용을 지원하며 건당 90만원을 한도로 한다고 밝힘",
)
TEXTS = {
    "1.txt": "수출 지원 계획\n\n1. 지원\n\n"
    + "".join(f"- {line}\n" for line in LINES)
    + "\n2. 신청\n\n- 다섯째 사업은 수출 기업의 해외 전시회 참가를 지원하며 누리집에서 신청을 받는다고 밝힘\n",
    "2.txt": "융자 안내\n\n1. 조건\n\n"
    "- 융자 금리는 연 2.0%로 한다. 다만, 청년은 연 1.5%로 한다. 신청은 누리집에서 한다.\n\n"
    "2. 단가\n\n(단위 : 만원)\n구분\t일반형\t선도형\n주문기\t300\t500\n"
    "서빙로봇\t700\t1,000\n* 부가가치세 제외\n\n"
    "○ 접수 마감 : 2022년 5월 6일\n ※ 예산이 다하면 일찍 마감할 수 있음\n",
}

WRAPPED = """연구 안내

한빛진흥원은 소상공인의 경영을 돕고 지역 상권을 살리기 위하여 해마다 융자와 보증을 마련하여 지원하
고 있으며 그 결과를 국회에 보고한다. 지역마다 센터를 두어 가까운 곳에서 상담을 받고 서류를 내도록 하
고 있으며 상담은 무료로 제공한다. 상인은 누리집에서 신청할 수 있고 결과는 열흘 안에 문자로 알려 주
며 이의가 있으면 다시 신청할 수 있다. 융자는 분기마다 접수하며 보증은 해마다 두 번 접수하고 심사하
여 대상을 정한다. 교육은 온라인과 오프라인으로 나누어 진행하며 온라인 교육은 언제든 들을 수 있도
록 열어 둔다. 현장 교육은 지역 센터에서 매월 첫째 주에 진행하며 수강료는 받지 않는다고 정하고 있
다. 자세한 내용은 누리집의 공지 사항을 살펴보면 된다.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("quoting")
    build([write(folder / "texts", TEXTS)], folder / "index", chunking=ChunkSettings(target=1))
    return open_index(folder / "index")


def row_of(index: Index, words: str) -> int:
    return next(row for row, p in enumerate(index.passages) if words in p.text)


def rows_of_lines(index: Index) -> list[int]:
    return [row_of(index, line) for line in LINES]


def ranked(**scores: float) -> Reread:
    """Rows with their scores, best first: ``r3=0.9`` is row 3."""
    pairs = sorted(((int(name[1:]), s) for name, s in scores.items()), key=lambda p: (-p[1], p[0]))
    rows = tuple(row for row, _score in pairs)
    told = tuple(score for _row, score in pairs)
    return Reread(rows, told, told, told)


def scored(rows: list[int], *scores: float) -> Reread:
    return ranked(**{f"r{row}": score for row, score in zip(rows, scores, strict=True)})


def place_of(index: Index, file: str, words: str) -> Span:
    start = index.document(file).text.index(words)
    return Span(start, start + len(words))


def prose(index: Index, file: str, words: str, value: str = "", origin: str = "prose") -> Candidate:
    """A candidate read off running text, which quotes just these words."""
    quote = place_of(index, file, words)
    at = place_of(index, file, value) if value else quote
    row = index.row_at(file, quote.start)
    return Candidate(row, at, value, quote, Context("", "", "", "", ""), origin=origin)


def stated(index: Index, file: str, value: str, quote: str, origin: str = "cell") -> Candidate:
    """A candidate that a fact states."""
    (fact,) = (fact for fact in index.facts.of(file) if fact.value == value)
    at = place_of(index, file, quote)
    row = index.row_at(file, at.start)
    return Candidate(
        row, fact.span, value, at, Context("", "", "", "", ""), fact.unit, fact, origin
    )


def shown(
    index: Index,
    candidate: Candidate,
    around: Reread,
    limits: AnswerSettings | None = None,
) -> list[str]:
    return [e.text for e in quoted(index, candidate, around, limits or AnswerSettings())]


def holds_what_it_says(index: Index, evidence: Evidence) -> bool:
    text = index.document_of(evidence.passage).text
    return read(text, evidence.span).text == evidence.text and bool(evidence.text)


# --- neighbours -----------------------------------------------------------------------------------


def test_the_lines_are_passages_of_their_own(index: Index) -> None:
    rows = rows_of_lines(index)
    assert rows == list(range(rows[0], rows[0] + 4))


@pytest.mark.parametrize(
    ("scores", "first", "last"),
    [
        ((0.1, 1.0, 0.5, 0.1), 1, 1),  # leads by far
        ((0.1, 1.0, 0.8, 0.1), 1, 2),  # four fifths are about as well
        ((0.1, 1.0, 0.79, 0.1), 1, 1),
        ((0.9, 1.0, 0.9, 0.9), 0, 3),
        ((0.9, 1.0, 0.1, 0.9), 0, 1),  # what is ranked well behind a gap stands apart
    ],
)
def test_neighbours_that_the_ranking_cannot_tell_apart_are_one_slice(
    index: Index, scores: tuple[float, ...], first: int, last: int
) -> None:
    around = scored(rows_of_lines(index), *scores)
    texts = shown(index, prose(index, "1.txt", LINES[1]), around)
    assert len(texts) == 1
    assert [line in texts[0] for line in LINES] == [first <= n <= last for n in range(4)]


def test_what_stands_under_another_heading_or_in_another_document_is_no_neighbour(
    index: Index,
) -> None:
    rows = rows_of_lines(index)
    other = row_of(index, "다섯째")
    head = row_of(index, "융자 금리")
    around = scored([rows[3], other, head], 1.0, 1.0, 1.0)
    (text,) = shown(index, prose(index, "1.txt", LINES[3]), around)
    assert LINES[3] in text and "다섯째" not in text and "융자" not in text


def test_lines_with_another_between_them_are_apart(index: Index) -> None:
    rows = rows_of_lines(index)
    without = (*index.passages[: rows[2]], *index.passages[rows[3] :])
    gapped = replace(index, passages=without)
    around = scored([rows[1], rows[2]], 1.0, 1.0)
    (text,) = shown(gapped, prose(gapped, "1.txt", LINES[1]), around)
    assert gapped.passages[rows[2]].text.endswith(LINES[3])
    assert [line in text for line in LINES] == [False, True, False, False]


def test_neighbours_are_looked_for_among_the_first_rows_only(index: Index) -> None:
    rows = rows_of_lines(index)
    around = scored(rows, 1.0, 0.9, 0.9, 0.9)
    candidate = prose(index, "1.txt", LINES[0])
    for most, last in ((1, 0), (2, 1), (3, 2), (8, 3)):
        (text,) = shown(index, candidate, around, replace(AnswerSettings(), joinable=most))
        assert [line in text for line in LINES] == [n <= last for n in range(4)]


def test_a_slice_of_neighbours_is_no_longer_than_the_limit(index: Index) -> None:
    rows = rows_of_lines(index)
    around = scored(rows, 1.0, 1.0, 1.0, 1.0)
    candidate = prose(index, "1.txt", LINES[1])
    start = index.passages[rows[1]].span.start
    for held in (1, 2, 3):
        length = index.passages[rows[held]].span.end - start
        for limit, last in ((length, held), (length - 1, held - 1)):
            if last > 0:
                (text,) = shown(index, candidate, around, replace(AnswerSettings(), quote=limit))
                assert [line in text for line in LINES][1:] == [n <= last for n in (1, 2, 3)]
    # Where even the passage is too long, the quote of the candidate stands alone.
    (text,) = shown(index, candidate, around, replace(AnswerSettings(), quote=10))
    assert text == LINES[1]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_slice_is_in_the_source_holds_the_value_and_stands_apart(
    index: Index, data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(index.passages) - 1))
    passage = index.passages[row]
    document = index.document_of(passage)
    start = data.draw(st.integers(passage.span.start, passage.span.end - 1))
    end = data.draw(st.integers(start + 1, passage.span.end))
    scores = data.draw(
        st.lists(st.floats(0.01, 2), min_size=len(index.passages), max_size=len(index.passages))
    )
    around = scored(list(range(len(index.passages))), *scores)
    limit = data.draw(st.integers(1, 600))
    quote = Span(start, end)
    candidate = Candidate(
        row, quote, "값", quote, Context("", "", "", "", ""), origin=data.draw(st.sampled_from(
            ["prose", "note", "phrase", "clause", "predicate", "list"]))
    )  # fmt: skip
    if not read(document.text, quote).text:
        return
    found = quoted(index, candidate, around, replace(AnswerSettings(), quote=limit))
    first, *further = found
    shown = read(document.text, quote)
    assert first.span.covers(shown.span(0, len(shown.text)))
    assert [one.value for one in found] == ["값", *[""] * len(further)]
    assert len(further) <= 3
    for number, one in enumerate(found):
        assert one.passage.file == passage.file
        assert read(document.text, one.span, passage.joins).text == one.text
        assert not any(one.span.touches(other.span) for other in found[:number])
    assert [one.span for one in further] == sorted(one.span for one in further)


# --- what goes with a quotation -------------------------------------------------------------------


def test_the_proviso_of_a_sentence_goes_with_it(index: Index) -> None:
    candidate = prose(index, "2.txt", "융자 금리는 연 2.0%로 한다.", "연 2.0%")
    (one,) = quoted(index, candidate, Reread((), (), (), ()), AnswerSettings())
    assert one.text == index.passages[candidate.row].text  # the whole passage holds it
    assert one.value == "연 2.0%"
    limits = replace(AnswerSettings(), quote=20)
    assert shown(index, candidate, Reread((), (), (), ()), limits) == [
        "융자 금리는 연 2.0%로 한다. 다만, 청년은 연 1.5%로 한다."
    ]


def test_a_note_that_stands_apart_is_a_slice_of_its_own() -> None:
    made = index_of(
        "설비 자금 안내\n\n1. 자격\n\n○ 사업자등록을 한 소상공인*\n - 유흥업종은 신청할 수 없음\n"
        " - 상시 근로자가 있는 업체를 우대\n * 소상공인기본법 제2조에 따른 소상공인\n"
    )
    candidate = prose(made, "0.txt", "사업자등록을 한 소상공인*")
    limits = replace(AnswerSettings(), quote=20)
    first, note = quoted(made, candidate, Reread((), (), (), ()), limits)
    assert first.text == "사업자등록을 한 소상공인* - 유흥업종은 신청할 수 없음"
    assert note.text == "* 소상공인기본법 제2조에 따른 소상공인"


def test_the_note_of_a_fact_is_a_slice_of_its_own(index: Index) -> None:
    candidate = stated(
        index, "2.txt", "2022년 5월 6일", "접수 마감 : 2022년 5월 6일", origin="label"
    )
    first, note = quoted(index, candidate, Reread((), (), (), ()), AnswerSettings())
    assert (first.text, first.value) == ("접수 마감 : 2022년 5월 6일", "2022년 5월 6일")
    assert note.text == "※ 예산이 다하면 일찍 마감할 수 있음"
    assert note.value == ""
    assert first.span.end <= note.span.start


def test_a_cell_is_shown_from_its_header_on_where_that_is_short(index: Index) -> None:
    candidate = stated(index, "2.txt", "1,000", "서빙로봇\t700\t1,000")
    found = quoted(index, candidate, Reread((), (), (), ()), AnswerSettings())
    assert found[0].text.startswith("선도형") and found[0].text.endswith("서빙로봇 700 1,000")
    assert found[0].value == "1,000만원"
    assert all(holds_what_it_says(index, one) for one in found)
    # In a long table the header stands apart, behind the row that is answered with.
    apart = quoted(index, candidate, Reread((), (), (), ()), replace(AnswerSettings(), table=10))
    assert (apart[0].text, apart[0].value) == ("서빙로봇 700 1,000", "1,000만원")
    assert "선도형" in [one.text for one in apart[1:]]
    assert [one.span for one in apart[1:]] == sorted(one.span for one in apart[1:])


def test_no_more_than_two_conditions_of_a_fact_are_shown(index: Index) -> None:
    candidate = stated(
        index, "2.txt", "2022년 5월 6일", "접수 마감 : 2022년 5월 6일", origin="label"
    )
    assert candidate.fact is not None
    places = [place_of(index, "2.txt", w) for w in ("주문기", "서빙로봇", "부가가치세")]
    fact: Fact = replace(candidate.fact, conditions=tuple(places))
    candidate.fact = fact
    found = quoted(index, candidate, Reread((), (), (), ()), AnswerSettings())
    assert [e.text for e in found] == ["접수 마감 : 2022년 5월 6일", "주문기", "서빙로봇"]


def test_items_told_elsewhere_are_shown_once_in_order_and_not_where_the_first_holds_them(
    index: Index,
) -> None:
    candidate = prose(index, "1.txt", LINES[0], origin="")
    inside = place_of(index, "1.txt", "물류비")
    later = place_of(index, "1.txt", LINES[3])
    sooner = place_of(index, "1.txt", LINES[2])
    empty = Span(later.end, later.end)
    candidate.further = (later, inside, sooner, later, empty)
    found = quoted(index, candidate, Reread((), (), (), ()), AnswerSettings())
    assert [one.text for one in found] == [LINES[0], LINES[2], LINES[3]]
    assert [one.passage for one in found] == [
        index.passages[row_of(index, line)] for line in (LINES[0], LINES[2], LINES[3])
    ]


def test_a_row_of_a_table_in_running_text_takes_no_neighbours(index: Index) -> None:
    row = row_of(index, "서빙로봇")
    passage = index.passages[row]
    assert passage.rows is not None
    candidate = Candidate(
        row, passage.span, "700", passage.span, Context("", "", "", "", ""), origin="prose"
    )
    around = scored(list(range(len(index.passages))), *[1.0] * len(index.passages))
    assert shown(index, candidate, around) == [read(TEXTS["2.txt"], passage.span).text]


def test_the_nearest_row_is_shown_as_it_stands(index: Index) -> None:
    for row, passage in enumerate(index.passages):
        one = nearest(index, row)
        assert (one.passage, one.span, one.text) == (passage, passage.span, passage.text)
        assert one.value == ""


def test_words_that_go_on_over_the_end_of_a_line_are_shown_whole(tmp_path: Path) -> None:
    build([write(tmp_path / "texts", {"가.txt": WRAPPED})], tmp_path / "index")
    index = open_index(tmp_path / "index")
    whole = index.passages[0]
    assert len(index.passages) == 4 and len(whole.joins) == 6
    scores = scored([0, 1, 2, 3], 1.0, 1.0, 1.0, 1.0)
    candidate = prose(index, "가.txt", "융자와 보증을")
    (one,) = quoted(index, candidate, scores, AnswerSettings())
    assert one.text == " ".join(passage.text for passage in index.passages)
    for words in ("지원하고 있으며", "알려 주며", "심사하여", "있도록", "있다. 자세한"):
        assert words in one.text
    (alone,) = quoted(index, candidate, Reread((), (), (), ()), AnswerSettings())
    assert alone.text == whole.text


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1,000", "만원", "1,000만원"),
        (" 700 ", " 명 ", "700명"),
        ("△12.5", "%", "△12.5%"),
        ("- 3", "%p", "- 3%p"),
        ("300", "", "300"),
        ("12.5", "명, %", "12.5"),  # which of them it is in is not known
        ("3,000만원", "백만원", "3,000만원"),
        ("약 300", "명", "약 300"),
        ("300 (12.5)", "명", "300 (12.5)"),
        ("서울", "명", "서울"),
        ("1.2.3", "명", "1.2.3"),
    ],
)
def test_a_bare_number_is_told_with_the_unit_that_stands_over_it(
    value: str, unit: str, expected: str
) -> None:
    context = Context("", "", "", "", "")
    assert told(Candidate(0, Span(0, 1), value, Span(0, 1), context, unit)) == expected
