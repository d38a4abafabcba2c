"""The facts of an index: kept by document, found by place, counted in the manifest."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_making import write

from rag.errors import IndexBroken
from rag.facts import Fact, Form, facts_of
from rag.facts.storage import fact_row
from rag.index import Index, build, open_index
from rag.index.statements import FactStore
from rag.outline import outline
from rag.types import Span

TEXTS = {
    "가.txt": (
        "가람 융자 안내\n\n□ 지원대상 : 관내 소상공인\n□ 지원한도 : 업체당 3,000만원\n"
        "□ 금리 : 연 2.0%(청년), 연 2.9%(일반)\n\n< 자금별 한도 >\n\n"
        "구분\t한도\t금리\n운전자금\t5억원\t-\n시설자금\t9억원\t3%\n"
    ),
    "나.txt": "나래 소식\n\n글만 적는다.\n",
    "다.md": "# 다온 보증 안내\n\n- **보증한도**: 2억원\n\n새싹기업이란 창업한 지 삼 년이 안 된 기업을 말한다.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("statements")
    build([write(folder / "documents", TEXTS)], folder / "index")
    return open_index(folder / "index")


def test_the_facts_of_each_document_are_those_of_its_blocks(index: Index) -> None:
    assert {document.file for document in index.documents} == set(TEXTS)
    for document in index.documents:
        assert index.facts.of(document.file) == facts_of(document, outline(document))
    said = [(fact.form, fact.attribute, fact.value) for fact in index.facts.of("다.md")]
    assert said == [
        (Form.LABEL, "보증한도", "2억원"),
        (Form.DEFINITION, "새싹기업", "창업한 지 삼 년이 안 된 기업"),
    ]
    assert index.facts.of("나.txt") == ()
    assert index.facts.of("없는 파일.txt") == ()


def test_facts_within_a_span_begin_in_it(index: Index) -> None:
    text = TEXTS["가.txt"]

    def values(words: str) -> list[str]:
        start = text.index(words)
        found = index.facts.within("가.txt", Span(start, start + len(words)))
        return [fact.value for fact in found]

    assert values("□ 지원대상 : 관내 소상공인") == ["관내 소상공인"]
    assert values("운전자금\t5억원\t-") == ["운전자금", "5억원", "-"]
    assert values("상공인\n□ 지원한도 : 업체당 3,000만원") == ["업체당 3,000만원"]
    assert values("가람 융자 안내") == []
    assert index.facts.within("가.txt", Span(0, len(text))) == index.facts.of("가.txt")
    assert index.facts.within("없는 파일.txt", Span(0, 9)) == ()


def store(folder: Path, *rows: object) -> FactStore:
    path = folder / "facts.jsonl"
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return FactStore.load(path)


def label(start: int, value: str) -> Fact:
    return Fact(Form.LABEL, (), "한도", value, Span(start, start + len(value)), 0)


def test_the_ends_of_a_span(tmp_path: Path) -> None:
    before, first, last, blank = label(9, "앞"), label(10, "첫째"), label(19, "끝"), label(20, "")
    after = label(21, "뒤")
    rows = [fact_row(fact) for fact in (before, first, last, blank, after)]
    held = store(tmp_path, ["가.txt", rows], ["나.txt", [fact_row(first)]])
    assert held.within("가.txt", Span(10, 20)) == (first, last, blank)
    assert held.within("가.txt", Span(12, 13)) == ()
    assert held.of("나.txt") == (first,)


@pytest.mark.xfail(strict=True, reason="what begins right behind a span counts as within it")
def test_what_is_stated_right_behind_a_span_is_not_within_it(tmp_path: Path) -> None:
    held = store(tmp_path, ["가.txt", [fact_row(label(20, "뒤"))]])
    assert held.within("가.txt", Span(10, 20)) == ()


@given(st.lists(st.integers(0, 60), max_size=12).map(sorted), st.integers(0, 60), st.integers(0, 9))
def test_within_is_what_a_look_at_each_fact_finds(starts: list[int], at: int, long: int) -> None:
    facts = [label(start, "") for start in starts]
    line = json.dumps(["가.txt", [fact_row(fact) for fact in facts]]).encode()
    held = FactStore({"가.txt": line})
    expected = tuple(fact for fact in facts if at <= fact.span.start <= at + long)
    assert held.within("가.txt", Span(at, at + long)) == expected


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='/\0"'), min_size=1)


@given(st.dictionaries(NAMES, st.lists(st.integers(0, 99), max_size=3).map(sorted), max_size=4))
def test_names_of_files_of_any_kind_come_back(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, list[int]]
) -> None:
    held = {name: tuple(label(start, "값") for start in starts) for name, starts in files.items()}
    made = store(
        tmp_path_factory.mktemp("names"),
        *([name, [fact_row(fact) for fact in facts]] for name, facts in held.items()),
    )
    assert {name: made.of(name) for name in held} == held


@pytest.mark.xfail(strict=True, reason="the name is cut where it looks like the row goes on")
def test_a_name_that_looks_like_a_row_comes_back(tmp_path: Path) -> None:
    name = '가",[나.txt'
    assert store(tmp_path, [name, [fact_row(label(3, "값"))]]).of(name) == (label(3, "값"),)


# Damage

GOOD = '["가.txt",[["label",[],"한도","5억원",[10,13],0,null,[],[],"",[],null]]]\n'


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(GOOD, encoding="utf-8")
    assert FactStore.load(path).of("가.txt") == (label(10, "5억원"),)
    path.write_text("", encoding="utf-8")
    assert FactStore.load(path).of("가.txt") == ()


@pytest.mark.parametrize(
    "damaged",
    [
        "\n",
        "{}\n",
        "[]\n",
        "null\n",
        '["가.txt"]\n',
        "[3,[]]\n",
        '["가.txt',
        "\0" * 40,
        "글이다.\n",
        '["\\x",[]]\n',
    ],
)
def test_a_damaged_line_is_noticed_at_once(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "facts.jsonl"
    for text in (damaged, GOOD + damaged):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError):
            FactStore.load(path)


@pytest.mark.parametrize("kept", [12, 20, len(GOOD) - 3])
def test_facts_that_break_off_are_noticed_when_they_are_read(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(GOOD[:kept], encoding="utf-8")
    held = FactStore.load(path)
    with pytest.raises(ValueError):
        held.of("가.txt")
    with pytest.raises(ValueError):
        held.within("가.txt", Span(0, 20))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        FactStore.load(tmp_path / "facts.jsonl")


def test_an_index_with_damaged_facts_is_not_served(tmp_path: Path) -> None:
    build([write(tmp_path / "documents", TEXTS)], tmp_path / "index")
    folder = tmp_path / "index" / (tmp_path / "index" / "CURRENT").read_text().strip()
    path = folder / "facts.jsonl"
    path.write_bytes(b" " * path.stat().st_size)
    with pytest.raises(IndexBroken, match="geungeo build"):
        open_index(tmp_path / "index")


# Manifest and rebuilding


def test_the_manifest_counts_the_facts_by_form(index: Index) -> None:
    assert index.manifest.facts == {
        "label": 4, "class": 2, "row": 2, "cell": 4, "definition": 1,
    }  # fmt: skip
    found = Counter(str(fact.form) for file in TEXTS for fact in index.facts.of(file))
    assert dict(found) == index.manifest.facts


def test_facts_are_taken_over_from_the_index_before(tmp_path: Path) -> None:
    documents = write(tmp_path / "documents", TEXTS)
    build([documents], tmp_path / "index")
    before = open_index(tmp_path / "index")
    (documents / "라.txt").write_text("라온 소식\n\n□ 문의처 : 경제과\n", encoding="utf-8")
    (documents / "가.txt").rename(documents / "마.txt")
    build([documents], tmp_path / "index")
    after = open_index(tmp_path / "index")
    assert after.facts.of("마.txt") == before.facts.of("가.txt") != ()
    assert after.facts.of("다.md") == before.facts.of("다.md")
    assert after.facts.of("가.txt") == ()
    assert [fact.value for fact in after.facts.of("라.txt")] == ["경제과"]
    assert after.manifest.facts["label"] == before.manifest.facts["label"] + 1


CATALOGUE = (
    '[[document]]\nfile = "가.txt"\ntitle = "{}"\nissuer = ""\npublished = ""\nlicence = ""\n'
)


def test_a_new_title_in_the_catalogue_gives_the_facts_of_a_new_build(tmp_path: Path) -> None:
    text = "긴급 융자 안내\n\n- 시설에 3천만원\n- 운영에 1천만원\n"
    documents = write(tmp_path / "documents", {"가.txt": text})
    (documents / "catalogue.toml").write_text(CATALOGUE.format("다른 제목"), encoding="utf-8")
    build([documents], tmp_path / "index")
    (documents / "catalogue.toml").write_text(CATALOGUE.format("긴급 융자 안내"), encoding="utf-8")
    build([documents], tmp_path / "index")
    build([documents], tmp_path / "fresh")
    again, fresh = (open_index(tmp_path / name) for name in ("index", "fresh"))
    assert again.document("가.txt").title == fresh.document("가.txt").title == "긴급 융자 안내"
    assert again.facts.of("가.txt") == fresh.facts.of("가.txt")


# Places of passages


def test_rows_and_documents_of_passages(index: Index) -> None:
    rows = {file: index.rows_of(file) for file in TEXTS}
    assert sorted(row for found in rows.values() for row in found) == list(
        range(len(index.passages))
    )
    for file, found in rows.items():
        assert {index.passages[row].file for row in found} == {file}
        assert index.document(file).file == file
    for passage in index.passages:
        assert index.document_of(passage) == index.document(passage.file)
    for missing in (index.rows_of, index.document):
        with pytest.raises(KeyError):
            missing("없는 파일.txt")


def test_the_row_that_holds_an_offset(index: Index) -> None:
    for row, passage in enumerate(index.passages):
        for offset in (passage.span.start, passage.span.end - 1):
            assert index.row_at(passage.file, offset) == row
        following = [p for p in index.passages[row + 1 : row + 2] if p.file == passage.file]
        if not following or following[0].span.start > passage.span.end:
            assert index.row_at(passage.file, passage.span.end) == row
    first = index.rows_of("다.md").start
    assert index.row_at("다.md", 0) == first
    assert index.row_at("다.md", 10**6) == index.rows_of("다.md")[-1]
