"""What a passage promises: exact text, nothing lost, nothing twice, nothing torn apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag import korean
from rag.outline import outline
from rag.passages.chunker import Atom, Known, atoms, pack
from rag.reading import TAG, read
from rag.settings import ChunkSettings
from rag.types import Block, BlockKind, Document, PageMark, Passage, Span

# What may stand between the cells of a table and is no cell's text.
TABLE_RULES = re.compile(r"[|+:=\-─━│┃┼]+")


def document(text: str, **fields: str) -> Document:
    known = {"title": "", "issuer": "", "series": "", "published": "", "licence": ""} | fields
    return Document(id="t", file="t.txt", text=text, digest="", **known)


@dataclass(frozen=True)
class Cut:
    document: Document
    blocks: tuple[Block, ...]
    pieces: list[Atom]
    sizes: list[int]
    packed: list[tuple[Passage, tuple[int, int]]]

    @property
    def passages(self) -> list[Passage]:
        return [passage for passage, _ in self.packed]

    @property
    def texts(self) -> list[str]:
        return [passage.text for passage in self.passages]

    def holding(self, words: str) -> Passage:
        found = [passage for passage in self.passages if words in passage.text]
        assert len(found) == 1, (words, self.texts)
        return found[0]


def cut(text: str, chunking: ChunkSettings | None = None) -> Cut:
    doc = document(text)
    blocks = outline(doc)
    pieces = atoms(doc, blocks)
    sizes = [len(piece.terms) for piece in pieces]
    packed = list(pack(doc, pieces, sizes, chunking or ChunkSettings()))
    return Cut(doc, blocks, pieces, sizes, packed)


# --- documents built from parts -------------------------------------------------------------

WORDS = "소상공인 융자 한도 지원 대상 접수 기간 예산 인력 수출 공장 스마트 기술 개발 보증 금리 창업".split()
ENDINGS = ("지원한다.", "확대할 계획이다.", "추진하였다.", "신청하여야 합니다.")
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
sentence = st.tuples(words, st.sampled_from(ENDINGS)).map(" ".join)
paragraph = st.one_of(
    st.lists(sentence, min_size=1, max_size=3).map(" ".join),
    # Long enough to be cut at its sentences, and wrapped.
    st.lists(sentence, min_size=8, max_size=12).map(" ".join),
    st.lists(sentence, min_size=2, max_size=5).map("\n".join),
)
heading = st.tuples(st.sampled_from(("Ⅰ. ", "1. ", "2. ", "가. ", "□ ", "## ", "① ")), words).map(
    "".join
)
bullet = st.tuples(
    st.sampled_from(("- ", " - ", "• ", "○ ", "  · ")), words, st.sampled_from(("", "*", " 지원*"))
).map("".join)
note = st.tuples(st.sampled_from(("* ", " * ", "** ", "※ ", "- * ")), words).map("".join)
noted = st.tuples(bullet, st.lists(note, max_size=3)).map(lambda b: "\n".join((b[0], *b[1])))
number = st.integers(0, 99_999).map("{:,}".format)
caption = st.sampled_from(
    ("<표 1> 지원 예산", "(단위 : 억원)", "출처 : 통계청(2020)", "< 지원 예산 >")
)


@st.composite
def tab_table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(2, 4))
    head = ["구분", *(f"{2020 + c}년" for c in range(columns - 1))]
    rows = [
        [draw(st.sampled_from(WORDS)), *(draw(number) for _ in range(columns - 1))]
        for _ in range(draw(st.integers(1, 5)))
    ]
    return "\n".join("\t".join(row) for row in [head, *rows])


@st.composite
def other_table(draw: st.DrawFn) -> str:
    rows = draw(st.lists(st.tuples(words, number), min_size=1, max_size=3))
    if draw(st.booleans()):
        lines = ["| 구분 | 금액 |", "|---|---:|", *(f"| {a} | {b} |" for a, b in rows)]
        return "\n".join(lines)
    body = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>\n" for a, b in rows)
    return f"<table>\n<tr><th>구분</th><th>금액</th></tr>\n{body}</table>"


furniture = st.sampled_from(("\n\n\n정책 동향\n\n", "\n- 12 -\n", "\n3 / 40\n", "\f"))
parts = st.one_of(
    heading, noted, noted, paragraph, tab_table(), other_table(), caption, note, furniture,
    st.sampled_from(("<ul><li>융자</li><li>보증</li></ul>", "**지원** 대상", "&nbsp;", "\u3000")),
)  # fmt: skip
sources = st.lists(parts, min_size=1, max_size=14).flatmap(
    lambda chosen: st.lists(
        st.sampled_from(("\n", "\n\n", "\n")), min_size=len(chosen), max_size=len(chosen)
    ).map(lambda gaps: "".join(a + b for a, b in zip(chosen, gaps, strict=True)))
)
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_sound(made: Cut, chunking: ChunkSettings) -> None:
    text, blocks = made.document.text, made.blocks
    covered = [0] * len(text)
    at = 0
    for passage in made.passages:
        span = passage.span
        assert at <= span.start < span.end <= len(text)
        at = span.end
        assert passage.id == f"t.txt#{span.start}-{span.end}"
        assert passage.text == read(text, span, passage.joins).text != ""
        for offset in range(span.start, span.end):
            covered[offset] += 1
    assert max(covered, default=0) <= 1
    for block in blocks:
        inside = range(block.span.start, block.span.end)
        if block.kind is BlockKind.BOILERPLATE:
            assert not any(covered[i] for i in inside)
            continue
        # Tags go blank at their place, so that they cannot glue two leftovers together.
        raw = TAG.sub(lambda tag: " " * len(tag[0]), text[block.span.start : block.span.end])
        left = "".join(
            " " if covered[block.span.start + i] else character for i, character in enumerate(raw)
        )
        if block.kind is BlockKind.TABLE:
            left = TABLE_RULES.sub(" ", left)
        assert not left.strip(), (block.kind, left)
    assert [first for _, (first, _) in made.packed] == [
        0,
        *(last for _, (_, last) in made.packed[:-1]),
    ][: len(made.packed)]
    assert not made.packed or made.packed[-1][1][1] == len(made.pieces)
    for _, (first, last) in made.packed:
        assert first < last
        assert last - first == 1 or sum(made.sizes[first:last]) <= chunking.limit


def owner(made: Cut, block: int) -> set[int]:
    return {
        i for i, p in enumerate(made.passages) if p.blocks[0] <= block <= p.blocks[1]
    }  # fmt: skip


@given(sources, st.sampled_from((ChunkSettings(), ChunkSettings(1, 1), ChunkSettings(40, 45))))
@QUICK
def test_passages_hold_all_of_the_text_once_and_in_order(
    text: str, chunking: ChunkSettings
) -> None:
    assert_sound(cut(text, chunking), chunking)


@given(sources, st.sampled_from((ChunkSettings(), ChunkSettings(1, 1))))
@QUICK
def test_a_bullet_is_in_one_passage_with_the_notes_right_below_it(
    text: str, chunking: ChunkSettings
) -> None:
    made = cut(text, chunking)
    for at, block in enumerate(made.blocks):
        if block.kind is not BlockKind.NOTE or block.parent is None:
            continue
        explained = made.blocks[block.parent]
        if explained.kind is not BlockKind.BULLET:
            continue
        between = made.blocks[block.parent + 1 : at]
        if all(b.kind is BlockKind.NOTE and b.parent == block.parent for b in between):
            assert owner(made, at) == owner(made, block.parent) != set()
            assert len(owner(made, at)) == 1


@given(sources)
@QUICK
def test_passages_keep_to_one_table_and_name_its_rows(text: str) -> None:
    made = cut(text)
    for passage in made.passages:
        first, last = passage.blocks
        tables = [b for b in made.blocks[first : last + 1] if b.kind is BlockKind.TABLE]
        assert (passage.rows is not None) == bool(tables)
        assert len(tables) <= 1, passage.text
        if passage.rows is None or tables[0].table is None:
            continue
        assert passage.kind is BlockKind.TABLE
        # The rows named are those whose cells lie in the passage.
        rows = {
            cell.row
            for cell in tables[0].table.cells
            if len(cell.span) and passage.span.covers(cell.span)
        }
        assert (min(rows), max(rows)) == passage.rows


@given(sources)
@QUICK
def test_the_path_of_a_passage_is_that_of_its_blocks(text: str) -> None:
    made = cut(text)
    for passage in made.passages:
        first, last = passage.blocks
        held = [b for b in made.blocks[first : last + 1] if b.kind is not BlockKind.BOILERPLATE]
        plain = [b for b in held if b.kind not in (BlockKind.HEADING, BlockKind.CAPTION)]
        for block in plain or held[-1:]:
            # A note keeps to what it explains, wherever the outline hangs it.
            if block.kind is not BlockKind.NOTE:
                assert block.path == passage.path


@given(sources)
@settings(QUICK, max_examples=15)
def test_the_same_text_gives_the_same_passages(text: str) -> None:
    assert cut(text).packed == cut(text).packed


# --- tables -----------------------------------------------------------------------------------


@given(tab_table())
@settings(max_examples=25, deadline=None)
def test_each_row_of_a_table_is_indexed_with_its_column_headers(text: str) -> None:
    made = cut(text, ChunkSettings(1, 1))
    head = text.splitlines()[0].split("\t")[1:]
    body = text.splitlines()[1:]
    rows = [piece for piece in made.pieces if piece.rows is not None and piece.rows[0] > 0]
    assert [piece.text.split() for piece in rows] == [line.split() for line in body]
    for piece in rows:
        assert set(head) <= set(piece.extra)
        assert not set(head) & set(piece.text.split())


def test_a_row_carries_two_rows_of_headers_and_the_unit_but_the_header_rows_do_not() -> None:
    made = cut(
        "(단위 : 억원)\n구분\t2020년\t\t2021년\t\n\t계획\t실적\t계획\t실적\n"
        "국비\t1,000\t990\t1,200\t1,100\n지방비\t500\t480\t600\t590\n"
    )
    rows = {piece.rows: piece for piece in made.pieces if piece.rows}
    assert rows[2, 2].text == "국비 1,000 990 1,200 1,100"
    assert set(rows[2, 2].extra) == {
        "구분", "2020년", "2021년", "계획", "실적", "국비", "억원"
    }  # fmt: skip
    assert {"2020년", "실적", "지방", "480"} <= set(rows[3, 3].terms)
    assert rows[0, 0].extra == ()


def test_the_text_of_a_merged_cell_reaches_the_rows_below_it() -> None:
    made = cut(
        "<table>\n<tr><th>분야</th><th>사업</th><th>예산</th></tr>\n"
        '<tr><td rowspan="2">금융</td><td>융자</td><td>100</td></tr>\n'
        "<tr><td>보증</td><td>200</td></tr>\n</table>"
    )
    last = next(piece for piece in made.pieces if piece.rows == (2, 2))
    assert last.text == "보증 200"
    assert {"사업", "예산"} <= set(last.extra)
    assert {"보증", "200", "사업", "예산", "금융"} <= set(last.terms)


@given(tab_table())
@settings(max_examples=15, deadline=None)
def test_a_piece_has_the_terms_of_its_text_and_of_each_header_by_itself(text: str) -> None:
    for piece in cut(text).pieces:
        expected = [term for part in (piece.text, *piece.extra) for term in korean.terms(part)]
        assert list(piece.terms) == expected


def test_headers_and_headings_are_analysed_once_for_all_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    found = korean.terms_many

    def watched(texts: Iterable[str]) -> Iterator[list[str]]:
        held = list(texts)
        seen.extend(held)
        return found(held)

    monkeypatch.setattr(korean, "terms_many", watched)
    doc = document("1. 융자 현황\n\n구분\t한도\n중소기업\t5억원\n소상공인\t3억원\n")
    known: Known = {}
    first = atoms(doc, outline(doc), known)
    assert seen.count("한도") == 1 and seen.count("구분") == 1
    assert known["한도"] == ("한도",) and "1. 융자 현황" in known
    seen.clear()
    assert atoms(doc, outline(doc), known) == first
    assert "한도" not in seen and "1. 융자 현황" not in seen


def test_two_tables_in_a_row_do_not_share_a_passage() -> None:
    table = (
        "<table>\n<tr><th>구분</th><th>금액</th></tr>\n<tr><td>{}</td><td>{}</td></tr>\n</table>"
    )
    made = cut(table.format("융자", "10") + "\n\n" + table.format("보증", "20"))
    assert [passage.rows for passage in made.passages] == [(0, 1), (0, 1)]
    assert made.texts == ["구분 금액 융자 10", "구분 금액 보증 20"]


# --- cases with a truth made by hand ------------------------------------------------------------


GUIDE = """\
1. 사업 개요

□ 지원 대상
- 창업 7년 이내 중소기업*
* 중소기업기본법 제2조에 따른 기업
** 소상공인 포함
- 수출 실적이 있는 기업

2. 지원 내용

업체당 최대 3,000만원을 지원한다.
"""


def test_headings_join_what_follows_and_are_its_path() -> None:
    made = cut(GUIDE, ChunkSettings(1, 60))
    assert made.texts == [
        "1. 사업 개요 □ 지원 대상",
        "- 창업 7년 이내 중소기업* * 중소기업기본법 제2조에 따른 기업 ** 소상공인 포함",
        "- 수출 실적이 있는 기업",
        "2. 지원 내용 업체당 최대 3,000만원을 지원한다.",
    ]
    assert [p.path for p in made.passages] == [
        ("1. 사업 개요",),
        ("1. 사업 개요",),
        ("1. 사업 개요",),
        ("2. 지원 내용",),
    ]
    assert [p.kind for p in made.passages] == [
        BlockKind.HEADING,
        BlockKind.BULLET,
        BlockKind.BULLET,
        BlockKind.PARAGRAPH,
    ]


def test_target_and_limit_are_counted_in_terms_of_the_index() -> None:
    bullets = [f"- {word} 예산" for word in ("융자", "보증", "수출", "창업")]
    text = "\n".join(bullets) + "\n"
    # Two terms each: the second bullet reaches 4, so the third opens a passage.
    assert [len(terms) for terms in korean.terms_many(bullets)] == [2, 2, 2, 2]
    made = cut(text, ChunkSettings(target=4, limit=60))
    assert made.texts == [" ".join(bullets[:2]), " ".join(bullets[2:])]
    assert cut(text, ChunkSettings(target=60, limit=7)).texts == [
        " ".join(bullets[:3]),
        bullets[3],
    ]
    assert cut(text, ChunkSettings(target=60, limit=8)).texts == [" ".join(bullets)]


def test_a_long_paragraph_is_cut_at_its_sentences_and_nowhere_else() -> None:
    told = [
        f"{name} 지원 사업은 2021년에 {amount}억원의 예산을 편성하여 중소기업을 돕는다."
        for name, amount in (("융자", 10), ("보증", 20), ("수출", 30), ("창업", 40), ("인력", 50))
    ]
    made = cut(" ".join(told), ChunkSettings(1, 1))
    assert made.texts == told
    # The one look at the paragraph gives each sentence its own terms and no other's.
    assert [term for piece in made.pieces for term in piece.terms] == korean.terms(" ".join(told))
    amounts = [[term for term in piece.terms if term.endswith("0억")] for piece in made.pieces]
    assert amounts == [["10억"], ["20억"], ["30억"], ["40억"], ["50억"]]


def test_a_word_wrapped_at_the_end_of_a_line_is_whole_in_its_passage() -> None:
    text = "앞줄의 말이 끊기\n고 이어진다"
    block = Block(BlockKind.PARAGRAPH, 0, Span(0, len(text)), joins=(9,))
    (piece,) = atoms(document(text), [block])
    ((passage, _),) = pack(document(text), [piece], [5], ChunkSettings())
    assert passage.text == "앞줄의 말이 끊기고 이어진다"
    assert passage.joins == (9,)


def test_passages_end_where_the_path_changes() -> None:
    # A running head can change the section with no heading in between.
    text = "- 융자 한도\n- 보증 한도\n- 수출 실적"
    spans = (Span(0, 7), Span(8, 15), Span(16, 23))
    paths = (("1. 금융",), ("1. 금융",), ("2. 수출",))
    blocks = [Block(BlockKind.BULLET, 0, s, p) for s, p in zip(spans, paths, strict=True)]
    pieces = atoms(document(text), blocks)
    packed = [p for p, _ in pack(document(text), pieces, [2, 2, 2], ChunkSettings(60, 60))]
    assert [(p.text, p.path, p.blocks) for p in packed] == [
        ("- 융자 한도 - 보증 한도", ("1. 금융",), (0, 1)),
        ("- 수출 실적", ("2. 수출",), (2, 2)),
    ]


def test_boilerplate_parts_passages_and_is_in_none() -> None:
    text = "- 융자 한도\n- 12 -\n- 보증 한도"
    made = cut(text, ChunkSettings(60, 60))
    assert made.texts == ["- 융자 한도", "- 보증 한도"]


def test_a_note_stays_with_its_bullet_past_target_and_limit() -> None:
    made = cut(GUIDE, ChunkSettings(1, 1))
    held = made.holding("창업 7년 이내")
    assert "중소기업기본법 제2조" in held.text and "소상공인 포함" in held.text


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "- 12 -\n", "<br>"])
def test_a_text_with_nothing_to_show_gives_no_passage(text: str) -> None:
    assert cut(text).passages == []


def test_a_passage_knows_its_printed_page() -> None:
    text = "- 융자 한도\n\n- 보증 한도"
    doc = Document("t", "t.txt", "", "", "", "", "", text, "", (PageMark(0, "7"), PageMark(9, "8")))
    pieces = atoms(doc, outline(doc))
    passages = [p for p, _ in pack(doc, pieces, [2, 2], ChunkSettings(1, 1))]
    assert [(p.text, p.page) for p in passages] == [("- 융자 한도", "7"), ("- 보증 한도", "8")]


def test_emphasis_at_the_head_of_a_long_paragraph_belongs_to_its_first_sentence() -> None:
    made = cut(
        "**지원** 대상은 아래와 같다. " + " ".join(["소상공인의 융자 한도를 올려 지원한다."] * 10)
    )
    assert made.passages[0].span.start == 0
    assert made.passages[0].text.startswith("지원 대상은 아래와 같다.")
