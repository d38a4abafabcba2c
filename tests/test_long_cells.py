"""Long cells: what is read line by line, under which headings, and what is left whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.passages.chunker import atoms, pack
from rag.passages.long_cells import cell_lines
from rag.settings import ChunkSettings
from rag.types import Block, BlockKind, Cell, Document, Passage, Span, Table

DUTIES = [
    "○ 사용일 7일 전까지 신청서를 내야 하며, 늦게 내면 다음 달로 넘어간다.",
    "○ 음식물은 반입할 수 없으며 위반하면 6개월 동안 대관을 제한한다.",
    "○ 시설을 파손한 때에는 사용자가 한 달 안에 같은 물품이나 그 값으로 변상하여야 한다.",
    "○ 취소는 사용일 3일 전까지 하면 대관료의 90퍼센트를 돌려준다.",
    "※ 천재지변으로 취소하면 전액을 돌려준다.",
    "○ 야간 조명은 시간당 5천원을 따로 내고, 사용이 끝나면 반드시 끄고 관리실에 알린다.",
]
FRAME = [
    "< 모집 개요 >",
    "◇ 모집대상 : 인사행정에 관심 있는 국민으로서 활동이 가능한 사람",
    "※ 공무원은 제외",
    "◇ 모집인원 : 약 70명 내외이며 연령과 지역을 고르게 고려하여 뽑음",
    "< 활동 개요 >",
    "◇ 활동기간 : 위촉한 날부터 1년이며 한 번에 한하여 이어 갈 수 있음",
    "◇ 활동지원 : 회의에 나온 사람에게 수당과 여비를 줌",
]


def table(*rows: Sequence[str], format: str = "docx") -> tuple[Document, Block, Table]:
    """A document that is one table; a row of one text spans all columns."""
    width = max(map(len, rows))
    text = "\n".join("\t".join(row) for row in rows)
    cells = []
    at = 0
    for r, row in enumerate(rows):
        for c, word in enumerate(row):
            span = Span(at, at + len(word))
            cells.append(Cell(r, c, span, 1, width if len(row) == 1 else 1))
            at = span.end + 1
    made = Table(tuple(cells), len(rows), width)
    document = Document("t", "t.docx", "", "", "", "", "", text, "", format=format)
    return document, Block(BlockKind.TABLE, 0, Span(0, len(text)), ("안내",), table=made), made


def lines(row: int, *rows: Sequence[str], format: str = "docx") -> list[tuple[str, str]]:
    document, block, made = table(*rows, format=format)
    cells = [cell for cell in made.cells if cell.row == row and len(cell.span)]
    return [
        (document.text[line.span.start : line.span.end], " › ".join(line.path))
        for line in cell_lines(document, block, made, cells)
    ]


def passages(*rows: Sequence[str]) -> list[Passage]:
    document, block, _ = table(*rows)
    pieces = atoms(document, [block])
    sizes = [len(piece.terms) for piece in pieces]
    return [passage for passage, _ in pack(document, pieces, sizes, ChunkSettings())]


def test_a_long_cell_beside_its_label_is_read_by_lines_a_note_with_what_it_explains() -> None:
    found = lines(1, ["대관료", "3만원"], ["유의 사항", "\n".join(DUTIES)])
    assert [text for text, _ in found] == [
        *DUTIES[:3],
        f"{DUTIES[3]}\n{DUTIES[4]}",
        DUTIES[5],
    ]
    assert {path for _, path in found} == {"유의 사항"}


def test_lines_stand_under_the_framed_titles_inside_a_cell() -> None:
    assert lines(0, ["\n".join(FRAME)]) == [
        (FRAME[0], ""),
        (f"{FRAME[1]}\n{FRAME[2]}", "모집 개요"),
        (FRAME[3], "모집 개요"),
        (FRAME[4], ""),
        (FRAME[5], "활동 개요"),
        (FRAME[6], "활동 개요"),
    ]


def test_a_row_with_a_title_alone_names_the_long_cell_below_it() -> None:
    found = lines(1, ["1. 개념 및 개발내용", ""], ["\n".join(DUTIES)])
    assert found[0] == (DUTIES[0], "1. 개념 및 개발내용")


def test_a_short_bullet_heads_lines_of_another_mark_until_one_like_it() -> None:
    rest = [
        "ㅇ 산소를 암 조직에 직접 전달한다.",
        "ㅇ 내성을 낮춘다.",
        "□ 개발내용",
        "ㅇ 제형을 만든다.",
    ]
    found = lines(0, ["\n".join(["□ 개념", *rest, *DUTIES])])
    assert [path for _, path in found[:5]] == ["", "개념", "개념", "", "개발내용"]


def test_rows_of_values_and_short_cells_are_left_whole() -> None:
    long = "\n".join(DUTIES)
    assert lines(0, ["가", "나", long]) == []  # a row of three values
    assert lines(0, [long, long]) == []  # two things side by side
    assert lines(0, ["유의 사항", "\n".join(DUTIES[:3])]) == []  # short
    assert lines(0, [long.replace("\n", " ")]) == []  # one line


def test_lines_of_a_printed_page_are_parted_at_marks_only() -> None:
    wrapped = [line.replace(", ", ",\n").replace("면 ", "면\n") for line in DUTIES]
    found = lines(0, ["\n".join(wrapped)], format="pdf")
    assert [text for text, _ in found] == [
        *wrapped[:3],
        f"{wrapped[3]}\n{wrapped[4]}",
        wrapped[5],
    ]


def test_a_passage_of_a_long_cell_is_that_line_and_no_row() -> None:
    found = passages(["대관료", "3만원"], ["유의 사항", "\n".join(DUTIES)])
    holding = [one for one in found if "90퍼센트" in one.text]
    assert len(holding) == 1
    assert holding[0].rows is None
    assert holding[0].path == ("안내", "유의 사항")
    assert "음식물" not in holding[0].text
    assert [one.rows for one in found if "3만원" in one.text] == [(0, 0)]


words = st.text("가나다□○※-<> ", min_size=1, max_size=30).filter(str.strip)


@given(st.lists(words, min_size=1, max_size=30), st.sampled_from(["docx", "pdf"]))
def test_no_character_of_a_cell_is_lost_or_read_twice(written: list[str], kind: str) -> None:
    document, block, made = table(["\n".join(written)], format=kind)
    found = cell_lines(document, block, made, made.cells)
    if not found:
        return
    spans = [line.span for line in found]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    read = "".join(document.text[span.start : span.end] for span in spans)
    assert "".join(read.split()) == "".join("".join(written).split())
