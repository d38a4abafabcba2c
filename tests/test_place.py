"""Where an answer is looked for: ranks of rows and documents, and what documents are about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from finding_making import index_of
from hypothesis import given
from hypothesis import strategies as st

from rag.finding import Place
from rag.finding.place import sheet_of, title_of
from rag.index import Index
from rag.retrieval.ranking import Reread

LINE = (
    "- {}은 지역 센터에서 맡으며 방문하기에 앞서 전화로 약속을 잡아야 하고 신분을 밝히는 서류와 사업자 등록 사실을 "
    "알리는 서류를 함께 내야 한다고 밝히고 있다.\n"
)
FIRST = "가람 공고\n\n1. 상담\n\n" + "".join(map(LINE.format, "가나다라마바사아자차카타"))
SECOND = "나래 공고\n\n1. 교육\n\n" + LINE.format("교육")


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(FIRST, SECOND)


def reread(**scores: float) -> Reread:
    """Rows with what the ranking gave them: ``r3=0.9`` is row 3. Their new scores stand apart."""
    rows = tuple(int(name[1:]) for name in scores)
    fused = tuple(scores.values())
    return Reread(rows, fused, tuple(9.0 for _ in rows), tuple(score / 2 for score in fused))


def test_the_documents_are_passages_enough(index: Index) -> None:
    assert [p.file for p in index.passages].count("1.txt") == 1
    assert index.rows_of("0.txt") == range(12)


def test_a_row_is_ranked_by_its_share_of_the_best(index: Index) -> None:
    place = Place(index, reread(r2=0.8, r5=0.4))
    assert place.rows == (2, 5)
    assert (place.rank(2), place.rank(5)) == (1.0, 0.5)
    # A row that the ranking did not name is told by the better one beside it.
    assert place.rank(3) == place.rank(1) == 0.8
    assert place.rank(4) == place.rank(6) == pytest.approx(0.4)
    assert place.rank(9) == 0.0
    between = Place(index, reread(r2=0.8, r4=0.4))
    assert between.rank(3) == 0.8
    assert between.fused == {2: 0.8, 4: 0.4}
    assert between.reach == {2: 0.4, 4: 0.2}


def test_a_document_is_ranked_by_its_best_row(index: Index) -> None:
    place = Place(index, reread(r2=0.4, r5=0.3, r12=0.8))
    assert (place.home("0.txt"), place.home("1.txt"), place.home("2.txt")) == (0.5, 1.0, 0.0)


def test_where_nothing_is_ranked_nothing_leads(index: Index) -> None:
    place = Place(index, Reread((), (), (), ()))
    assert place.rank(0) == place.home("0.txt") == place.lead(0) == 0.0
    assert place.sheets() == []


def test_the_lead_is_over_what_speaks_of_another_matter(index: Index) -> None:
    # Another document.
    assert Place(index, reread(r2=0.8, r12=0.5)).lead(2) == pytest.approx(0.3)
    # Rows beside one under the same heading are no rivals, those far from it are.
    assert Place(index, reread(r2=0.8, r10=0.7)).lead(2) == 0.8
    assert Place(index, reread(r2=0.8, r11=0.7)).lead(2) == pytest.approx(0.1)
    # Where the row's own matter is not the best, nothing is led.
    assert Place(index, reread(r2=0.5, r12=0.8)).lead(2) == 0.0


@given(st.dictionaries(st.integers(0, 12), st.floats(0.01, 3), min_size=1))
def test_ranks_are_shares_and_a_lead_is_no_more_than_the_best(
    index: Index, scores: dict[int, float]
) -> None:
    place = Place(index, reread(**{f"r{row}": score for row, score in scores.items()}))
    best = max(scores.values())
    for row in range(13):
        assert 0.0 <= place.rank(row) <= 1.0
        assert 0.0 <= place.lead(row) <= best
        assert place.rank(row) <= 1.0 if row in scores else place.rank(row) <= 0.8
    assert max(place.home("0.txt"), place.home("1.txt")) == 1.0
    assert max(place.rank(row) for row in scores) == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The first two lines that name it, and the first date at its front.
        ("가람 공고\n\n2031. 3. 4.\n\n글이다.\n", "가람 공고 2031. 3. 4. 2031년"),
        ("가람 공고\n\n한빛진흥원\n\n2031년에 한다.\n", "가람 공고 한빛진흥원 2031년"),
        ("가람 공고\n\n한빛진흥원\n\n창업 지원\n", "가람 공고 한빛진흥원"),
        # What states something is no name.
        ("가람 공고\n\n접수 : 5월\n", "가람 공고"),
        ("가람 공고\n\n융자를 늘린다.\n", "가람 공고"),
        ("가람 공고\n\n" + "길" * 71 + "\n", "가람 공고"),
        ("가람 공고\n\n" + "길" * 70 + "\n", "가람 공고 " + "길" * 70),
    ],
)
def test_what_a_document_is_about(text: str, expected: str) -> None:
    index = index_of(text)
    (document,) = index.documents
    plain = replace(document, title="제목", issuer="펴낸곳", published="")
    words = title_of(replace_document(index, plain), plain).split()
    assert " ".join(words) == f"제목 펴낸곳 {expected}"


def replace_document(index: Index, document: object) -> Index:
    """The index with its one document replaced, and nothing derived from it yet."""
    return replace(index, documents=(document,))  # type: ignore[arg-type]


def test_the_year_of_the_catalogue_goes_before_one_in_the_text() -> None:
    index = index_of("가람 공고\n\n2031. 3. 4.\n")
    dated = replace(index.documents[0], published="2029-05")
    assert title_of(replace_document(index, dated), dated).endswith(" 2029년")
    bare = replace(index.documents[0], published="")
    assert title_of(replace_document(index, bare), bare).endswith(" 2031년")
    far = replace(bare, text="가" * 280 + " 2031. 3. 4.")
    assert "2031년" not in title_of(replace_document(index, far), far)


TABLES = "통계\n\n" + "\n\n".join(
    f"{n}. {name}\n\n구분\t인원\t비율\n{name}구\t{n}00\t{n}.5\n"
    for n, name in enumerate("가나다라마", start=1)
)


def test_the_tables_of_the_best_rows_come_once_each_and_four_at_most() -> None:
    index = index_of(TABLES)
    rows = [row for row, p in enumerate(index.passages) if p.rows is not None]
    assert len(rows) == 5
    order = [rows[3], rows[0], rows[4], rows[2], rows[1]]
    place = Place(index, reread(**{f"r{row}": 1.0 - n / 10 for n, row in enumerate(order)}))
    assert [one.facts[0].value for one in place.sheets()] == ["라구", "가구", "마구", "다구"]
    twice = Place(index, reread(**{f"r{rows[1]}": 0.9}))
    assert len(twice.sheets()) == 1
    (only,) = twice.sheets()
    passage = index.passages[rows[1]]
    blocks = range(passage.blocks[0], passage.blocks[1] + 1)
    (table,) = (n for n in blocks if index.blocks[passage.file][n].table is not None)
    assert only is sheet_of(index, passage.file, table)


def test_rows_that_are_no_table_have_no_sheet(index: Index) -> None:
    assert Place(index, reread(r0=0.9, r12=0.8)).sheets() == []
