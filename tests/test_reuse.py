"""Adding one file to many costs one file, and gives the index that a build from nothing gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hancom_files import grid, hwpx, p, section
from numpy.typing import NDArray

import rag.index.building
import rag.index.manifest
import rag.loading.routing
from rag import korean
from rag.index import build, check, needs_build, open_index
from rag.index.manifest import Manifest
from rag.index.reuse import duplicates
from rag.loading import isolated
from rag.types import Block, Document

TEXTS = {
    "가.txt": "융자 지원\n\n1. 융자 한도\n- 업체당 3,000만원을 융자한다.\n\n구분\t금리\n융자\t2.0%\n",
    "나.txt": "수출 지원\n\n수출 바우처는 1,064억원 규모이다.\n\n- 1 -\n",
    "다.md": "# 보증 안내\n\n## 대상\n\n보증료는 0.5%이다.\n",
}
TABLE = hwpx(section(p("물류 지원 계획"), p(grid(("구분", "한도"), ("물류비", "2억원")))))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "라.hwpx").write_bytes(TABLE)
    return folder


class Counted:
    """The files that were outlined since it was last asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._files: list[str] = []
        outline = rag.index.building.outline

        def counting(document: Document) -> tuple[Block, ...]:
            self._files.append(document.file)
            return outline(document)

        monkeypatch.setattr(rag.index.building, "outline", counting)

    def files(self) -> list[str]:
        found, self._files = self._files, []
        return found


@pytest.fixture
def outlined(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def as_from_nothing(documents: Path, index_dir: Path, made: Manifest) -> bool:
    """Whether an index has byte for byte the files that a build from nothing makes."""
    fresh = build([documents], index_dir.parent / f"fresh-{made.fingerprint}")
    return (fresh.fingerprint, fresh.files, fresh.sources, fresh.failed) == (
        made.fingerprint,
        made.files,
        made.sources,
        made.failed,
    )


def test_only_new_and_changed_files_are_worked_on(documents: Path, outlined: Counted) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    assert outlined.files() == ["가.txt", "나.txt", "다.md", "라.hwpx"]
    assert build([documents], index_dir) and outlined.files() == []
    (documents / "마.txt").write_text("새 지원\n\n- 새 한도는 5억원이다.\n", encoding="utf-8")
    made = build([documents], index_dir)
    assert outlined.files() == ["마.txt"]
    assert as_from_nothing(documents, index_dir, made)
    outlined.files()
    (documents / "나.txt").write_text("수출 지원\n\n2,000억원 규모이다.\n", encoding="utf-8")
    (documents / "가.txt").unlink()
    made = build([documents], index_dir)
    assert outlined.files() == ["나.txt"]
    assert "가.txt" not in made.sources
    assert as_from_nothing(documents, index_dir, made)


def test_what_was_analysed_is_not_analysed_again(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    seen: list[str] = []
    terms_many = korean.terms_many

    def counting(texts: Sequence[str]) -> object:
        seen.extend(texts)
        return terms_many(texts)

    (documents / "마.txt").write_text("새 지원\n\n새 한도는 5억원이다.\n", encoding="utf-8")
    monkeypatch.setattr(korean, "terms_many", counting)
    build([documents], index_dir)
    assert seen and all("새 " in text for text in seen)


def test_a_renamed_file_is_taken_over_under_its_new_name(
    documents: Path, outlined: Counted
) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    outlined.files()
    (documents / "라.hwpx").rename(documents / "0.bin.hwpx")
    made = build([documents], index_dir)
    assert outlined.files() == []
    index = open_index(index_dir)
    assert {one.id.split("#")[0] for one in index.passages} == set(made.sources)
    assert as_from_nothing(documents, index_dir, made)


def test_the_catalogue_is_applied_anew(documents: Path, outlined: Counted) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    outlined.files()
    (documents / "catalogue.toml").write_text(
        '[[document]]\nfile = "라.hwpx"\ntitle = "바뀐 제목"\nissuer = "물류청"\n', encoding="utf-8"
    )
    made = build([documents], index_dir)
    assert outlined.files() == []
    index = open_index(index_dir)
    (document,) = [one for one in index.documents if one.file == "라.hwpx"]
    assert (document.title, document.issuer, document.format) == ("바뀐 제목", "물류청", "hwpx")
    assert "제목" in index.path.vocabulary
    assert as_from_nothing(documents, index_dir, made)


def test_other_code_or_settings_take_nothing_over(
    documents: Path, outlined: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    outlined.files()
    monkeypatch.setattr(rag.index.manifest, "_code", lambda: "other")
    assert needs_build(index_dir, [documents])
    build([documents], index_dir)
    assert len(outlined.files()) == 4


def test_another_version_of_a_package_reads_its_format_again(
    documents: Path, outlined: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    outlined.files()
    monkeypatch.setattr(rag.loading.routing, "_version", lambda package: f"{package} 99")
    assert needs_build(index_dir, [documents])
    build([documents], index_dir)
    assert outlined.files() == ["라.hwpx"]


@pytest.mark.parametrize("name", ["reuse/terms.npz", "reuse/known.jsonl", "blocks.jsonl"])
def test_damage_costs_the_short_cut_and_nothing_else(
    documents: Path, outlined: Counted, name: str
) -> None:
    index_dir = documents.parent / "index"
    made = build([documents], index_dir)
    outlined.files()
    file = index_dir / (index_dir / "CURRENT").read_text().strip() / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    again = build([documents], index_dir)
    assert len(outlined.files()) == 4
    assert again.files == made.files


def test_serial_and_parallel_builds_are_alike(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        text = p(f"{number}번 문서의 한도는 {number}억원이다.")
        (documents / f"{number}.hwpx").write_bytes(hwpx(section(text)))
    made = []
    for processes in (1, 3):
        monkeypatch.setattr(isolated, "_processes", lambda _, count=processes: count)
        made.append(build([documents], documents.parent / f"index-{processes}"))
    assert made[0].files == made[1].files
    assert made[0].fingerprint == made[1].fingerprint
    assert [made[0].documents, made[0].failed] == [9, {}]


# --- files that fail -------------------------------------------------------------------------


def test_a_file_that_fails_is_named_and_left_alone_until_it_changes(
    documents: Path, outlined: Counted
) -> None:
    index_dir = documents.parent / "index"
    (documents / "0.txt").write_bytes(b"")
    (documents / "바.hwpx").write_bytes(TABLE[: len(TABLE) // 2])
    (documents / "사.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    made = build([documents], index_dir)
    assert sorted(made.sources) == ["가.txt", "나.txt", "다.md", "라.hwpx"]
    assert list(made.failed) == ["0.txt", "바.hwpx", "사.txt"]
    for name, word in (("0.txt", "비어"), ("바.hwpx", "손상"), ("사.txt", "PNG")):
        digest, why = made.failed[name]
        assert len(digest) == 64 and name in why and word in why
    assert open_index(index_dir).manifest == made
    assert not needs_build(index_dir, [documents])
    assert check(index_dir, [documents]) == []
    # What failed is tried again by a build that is asked for, and costs the others nothing.
    outlined.files()
    assert build([documents], index_dir).failed == made.failed
    assert outlined.files() == []
    (documents / "0.txt").write_text("이제 글이 있다.\n", encoding="utf-8")
    assert needs_build(index_dir, [documents])
    assert ["0.txt" in problem for problem in check(index_dir, [documents])] == [True]
    made = build([documents], index_dir)
    assert outlined.files() == ["0.txt"] and "0.txt" not in made.failed
    assert as_from_nothing(documents, index_dir, made)


def test_warnings_of_a_document_are_kept_with_it(documents: Path) -> None:
    index_dir = documents.parent / "index"
    (documents / "옛글.txt").write_bytes("보증 한도는 1억원이다.".encode("cp949"))
    (documents / "마.txt").write_text("글이다.", encoding="utf-8")
    made = build([documents], index_dir)
    assert list(made.warnings) == ["옛글.txt"] and "CP949" in made.warnings["옛글.txt"][0]
    assert build([documents], index_dir).warnings == made.warnings
    (document,) = [one for one in open_index(index_dir).documents if one.warnings]
    assert document.warnings == made.warnings["옛글.txt"]


def test_copies_are_found_by_their_bytes() -> None:
    sources = {"다": "1", "가": "1", "나": "2", "라": "3", "마": "3"}
    assert list(duplicates(sources)) == [("가", "다"), ("라", "마")]


def test_copies_are_both_indexed(documents: Path, outlined: Counted) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    outlined.files()
    (documents / "사본.txt").write_bytes((documents / "가.txt").read_bytes())
    made = build([documents], index_dir)
    assert outlined.files() == []
    files = [one.file for one in open_index(index_dir).passages]
    assert files.count("사본.txt") == files.count("가.txt") > 0
    assert list(duplicates(made.sources)) == [("가.txt", "사본.txt")]


# --- vectors of a model ----------------------------------------------------------------------


class Model:
    """Puts each text at a place of its own and remembers what it was given."""

    name = "some/model"
    dimension = 8

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode_documents(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> NDArray[np.float32]:
        self.texts += texts
        rows = np.array([[hash((text, k)) % 97 + 1 for k in range(8)] for text in texts], float)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def save(self, folder: Path) -> None:
        """Nothing is fitted."""


def test_a_model_encodes_only_texts_it_has_not_seen(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Model()
    monkeypatch.setattr("rag.index.encoder._transformer", lambda name: model)
    index_dir = documents.parent / "index"
    build([documents], index_dir, "some/model")
    model.texts.clear()
    (documents / "0.txt").write_text("새 한도는 5억원이다.\n", encoding="utf-8")
    build([documents], index_dir, "some/model")
    assert model.texts == ["\n새 한도는 5억원이다."]
    index = open_index(index_dir, "some/model")
    expected = model.encode_documents(
        [f"{one.path[-1] if one.path else ''}\n{one.text}" for one in index.passages]
    )
    found = np.stack([index.vectors.vector(row) for row in range(len(index.passages))])
    assert np.array_equal(found, expected)


def test_nothing_is_pickled(documents: Path) -> None:
    index_dir = documents.parent / "index"
    build([documents], index_dir)
    folder = index_dir / (index_dir / "CURRENT").read_text().strip()
    with np.load(folder / "reuse" / "terms.npz", allow_pickle=False) as stored:
        assert stored["tokens"].dtype == stored["sizes"].dtype == np.int32
        assert int(stored["sizes"].sum()) == len(stored["tokens"])
    for name in ("documents", "known"):
        for line in (folder / "reuse" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            json.loads(line)
