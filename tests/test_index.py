"""An index is built aside, proved, and put in place as a whole; whatever is wrong with it is said
in one Korean sentence that names the remedy."""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

import rag.building
import rag.index
import rag.manifest
from rag import korean
from rag.errors import (
    CatalogueError,
    EncoderMismatch,
    EncoderMissing,
    GeungeoError,
    IndexBroken,
    IndexMissing,
    SourceError,
)
from rag.index import Index, build, check, needs_build, open_index
from rag.manifest import FORMAT, Manifest
from rag.outline import outline
from rag.types import BlockKind, Span

TEXTS = {
    "a.txt": "융자 지원 사업\n\n1. 융자 한도\n- 업체당 최대 3,000만원을 융자한다.\n- 금리는 연 2.0%로 한다.\n",
    "b.txt": "2021년 수출 지원\n\n수출 바우처는 1,064억원 규모로 편성되었다.\n",
    "c.txt": "보증 안내\n",
}
HANGUL = re.compile("[가-힣]")


def write(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return folder


def generations(index_dir: Path) -> list[str]:
    """All that lies in the folder but the lock, which stays."""
    return sorted(path.name for path in index_dir.iterdir() if path.name != ".lock")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Manifest]:
    """Documents, an index of them that no test changes, and its manifest."""
    folder = tmp_path_factory.mktemp("made")
    documents = write(folder / "documents")
    return documents, folder / "index", build([documents], folder / "index")


@pytest.fixture
def copied(made: tuple[Path, Path, Manifest], tmp_path: Path) -> tuple[Path, Path]:
    """Documents and index to do harm to."""
    documents, index_dir, _ = made
    return (
        Path(shutil.copytree(documents, tmp_path / "documents")),
        Path(shutil.copytree(index_dir, tmp_path / "index")),
    )


def placeless(manifest: Manifest) -> Manifest:
    """A manifest without where its documents lay: the copies lie elsewhere."""
    return replace(manifest, origins={})


def serves_as_before(index_dir: Path, manifest: Manifest) -> bool:
    """Whether the generation that serves is the old one, whole, and nothing else is left."""
    name = (index_dir / "CURRENT").read_text().strip()
    return (
        generations(index_dir) == ["CURRENT", name]
        and placeless(open_index(index_dir).manifest) == placeless(manifest)
        and not check_files(index_dir / name, manifest)
    )


def check_files(folder: Path, manifest: Manifest) -> list[str]:
    return [
        name
        for name, (size, digest) in manifest.files.items()
        if len(data := (folder / name).read_bytes()) != size
        or hashlib.sha256(data).hexdigest() != digest
    ]


# --- what is built --------------------------------------------------------------------------------


def test_the_manifest_says_what_was_indexed(made: tuple[Path, Path, Manifest]) -> None:
    _, index_dir, manifest = made
    index = open_index(index_dir)
    assert index.manifest == manifest
    assert manifest.sources == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in TEXTS.items()
    }
    assert (manifest.documents, manifest.encoder, manifest.dimension) == (3, "kiwi-morphemes", 256)
    assert manifest.passages == len(index.passages) == len(index.body) == len(index.path)
    assert manifest.passages == len(index.vectors) == len(index.groups)
    assert manifest.blocks == sum(len(outline(document)) for document in index.documents)
    words = {term for text in TEXTS.values() for term in korean.terms(text.replace("\n", " \n "))}
    assert {"융자", "금리", "수출", "보증"} <= set(index.body.vocabulary) <= words
    assert manifest.terms == len(index.body.vocabulary)
    folder = index_dir / (index_dir / "CURRENT").read_text().strip()
    files = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}
    assert files == set(manifest.files) | {"manifest.json"}
    assert check_files(folder, manifest) == []


def test_rows_of_passages_headings_and_vectors_belong_together(
    made: tuple[Path, Path, Manifest],
) -> None:
    index = open_index(made[1])
    assert [d.text for d in index.documents] == list(TEXTS.values())
    assert [index.documents[g].file for g in index.groups] == [p.file for p in index.passages]
    assert set(index.blocks) == set(TEXTS)
    for document in index.documents:
        assert index.blocks[document.file] == outline(document)
    for row, passage in enumerate(index.passages):
        text = TEXTS[passage.file][passage.span.start : passage.span.end]
        for term in korean.terms(text.replace("\n", " \n ")):
            assert row in index.body.term_rows(term)[0]
        title = index.documents[index.groups[row]].title
        for term in korean.terms(title):
            assert row in index.path.term_rows(term)[0]
        vector = index.encoder.encode_documents(
            [f"{passage.path[-1] if passage.path else ''}\n{passage.text}"]
        )
        found, rows = index.vectors.search(vector, len(index.passages))
        scores = dict(zip(rows[0].tolist(), found[0].tolist(), strict=True))
        assert scores[row] == pytest.approx(1.0, abs=1e-5) == max(scores.values())


def test_the_same_documents_give_the_same_index_again(copied: tuple[Path, Path]) -> None:
    documents, index_dir = copied
    serving = open_index(index_dir)
    told: list[tuple[object, ...]] = []
    again = build([documents], index_dir, progress=lambda *step: told.append(step))
    assert placeless(again) == placeless(serving.manifest)
    assert serves_as_before(index_dir, serving.manifest)
    # Who opened the old generation goes on reading it, though its folder is gone.
    before = serving.encoder.encode_queries(["융자 한도"])
    assert np.array_equal(before, open_index(index_dir).encoder.encode_queries(["융자 한도"]))
    assert [step for step in told if step[0] == "문서 읽기"] == [
        ("문서 읽기", done, 3, name) for done, name in enumerate(TEXTS, start=1)
    ]
    assert all(HANGUL.search(stage) and 0 < done <= total for stage, done, total, *_ in told)


def test_the_order_in_which_paths_are_given_does_not_matter(
    made: tuple[Path, Path, Manifest], tmp_path: Path
) -> None:
    documents, _, manifest = made
    turned = [documents / name for name in ("c.txt", "a.txt", "b.txt")]
    assert build(turned, tmp_path / "index").fingerprint == manifest.fingerprint


def test_one_line_is_enough_and_a_document_without_text_does_no_harm(tmp_path: Path) -> None:
    documents = write(
        tmp_path / "documents", {"one.txt": "보증료는 0.5%이다.", "page.txt": "- 12 -\n"}
    )
    index_dir = tmp_path / "index"
    manifest = build([documents], index_dir)
    index = open_index(index_dir)
    assert [(p.file, p.span, p.text) for p in index.passages] == [
        ("one.txt", Span(0, 12), "보증료는 0.5%이다.")
    ]
    assert (manifest.documents, manifest.passages) == (2, 1)
    assert [block.kind for block in index.blocks["page.txt"]] == [BlockKind.BOILERPLATE]
    assert check(index_dir, [documents]) == []


class Recorder:
    """An encoder that puts every text at the same place and remembers what it was given."""

    name = "some/model"
    dimension = 4
    texts: ClassVar[list[str]] = []
    terms: ClassVar[list[list[str]]] = []

    def encode_documents(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> NDArray[np.float32]:
        self.texts += texts
        self.terms += [list(one) for one in terms or ()]
        return np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (len(texts), 1))

    def save(self, folder: Path) -> None:
        """Nothing is fitted."""


def test_an_encoder_gets_each_passage_under_its_innermost_heading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.encoder._transformer", lambda name: Recorder())
    Recorder.texts.clear()
    Recorder.terms.clear()
    manifest = build([write(tmp_path / "documents")], tmp_path / "index", "some/model")
    index = open_index(tmp_path / "index", "some/model")
    assert (manifest.encoder, manifest.dimension, index.encoder.name) == (
        "some/model",
        4,
        "some/model",
    )
    assert Recorder.texts == [
        f"{passage.path[-1] if passage.path else ''}\n{passage.text}" for passage in index.passages
    ]
    assert any(text.startswith("1. 융자 한도\n") for text in Recorder.texts)
    for text, terms in zip(Recorder.texts, Recorder.terms, strict=True):
        assert set(terms) == set(korean.terms(text))
    with pytest.raises(EncoderMismatch, match="geungeo build --encoder kiwi-morphemes"):
        open_index(tmp_path / "index", "kiwi-morphemes")


# --- builds that fail -----------------------------------------------------------------------------


def wrong_catalogue(documents: Path) -> None:
    (documents / "catalogue.toml").write_text(
        f'[[document]]\nfile = "a.txt"\nsha256 = "{"0" * 64}"\n', encoding="utf-8"
    )


def only_empty_files(documents: Path) -> None:
    for name in TEXTS:
        (documents / name).write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "error", "says"),
    [
        (lambda documents: (documents / "d.txt").symlink_to("nowhere"), None, ""),
        (wrong_catalogue, CatalogueError, "a.txt"),
        (lambda documents: shutil.rmtree(documents), SourceError, "documents"),
        (only_empty_files, SourceError, r"a\.txt.*비어.*그 밖에 2개"),
    ],
    ids=["dangling", "catalogue", "gone", "all empty"],
)
def test_sources_that_give_nothing_leave_the_old_index_serving(
    copied: tuple[Path, Path],
    harm: Callable[[Path], object],
    error: type[GeungeoError] | None,
    says: str,
) -> None:
    documents, index_dir = copied
    manifest = open_index(index_dir).manifest
    harm(documents)
    if error is None:
        build([documents], index_dir)  # a link to nothing is no document of the folder
    else:
        with pytest.raises(error, match=says) as raised:
            build([documents], index_dir)
        assert HANGUL.search(str(raised.value))
    assert serves_as_before(index_dir, manifest)


def test_an_encoder_that_cannot_be_loaded_leaves_the_old_index_serving(
    copied: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, index_dir = copied
    manifest = open_index(index_dir).manifest

    def missing(name: str, *_: object) -> None:
        raise EncoderMissing(f"'{name}' 모델이 없습니다.")

    monkeypatch.setattr("rag.encoder._transformer", missing)
    with pytest.raises(EncoderMissing, match="no/such-model"):
        build([documents], index_dir, "no/such-model")
    assert serves_as_before(index_dir, manifest)


@pytest.mark.parametrize("stage", ["outline", "pack", "fit_encoder", "_open_generation", "asdict"])
@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), OSError(28, "No space")])
def test_a_build_that_breaks_off_leaves_the_old_index_serving(
    copied: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, stage: str, error: BaseException
) -> None:
    documents, index_dir = copied
    manifest = open_index(index_dir).manifest
    write(documents, {"d.txt": "새 문서의 금리는 연 1.0%이다."})

    def broken(*_: object, **__: object) -> None:
        raise error

    if stage in ("_open_generation", "asdict"):
        # These come after the encoder, which takes time to fit.
        fitted = open_index(index_dir).encoder
        monkeypatch.setattr(rag.building, "fit_encoder", lambda *_: fitted)
    module = rag.index if stage == "_open_generation" else rag.building
    with monkeypatch.context() as patched:
        patched.setattr(module, stage, broken)
        with pytest.raises(IndexBroken if isinstance(error, OSError) else type(error)) as raised:
            build([documents], index_dir)
    if isinstance(error, OSError):
        assert "No space" in str(raised.value) and "공간" in str(raised.value)
    assert serves_as_before(index_dir, manifest)


def test_nothing_to_index_is_refused(tmp_path: Path) -> None:
    documents = write(tmp_path / "documents", {"page.txt": "- 12 -\n", "rule.txt": "- 13 -\n"})
    with pytest.raises(SourceError, match="색인할 글을 찾지 못했습니다"):
        build([documents], tmp_path / "index")
    assert generations(tmp_path / "index") == []
    with pytest.raises(SourceError, match="읽을 문서가 없습니다"):
        build([], tmp_path / "index")


def test_two_builds_at_once_are_refused(copied: tuple[Path, Path]) -> None:
    documents, index_dir = copied
    manifest = open_index(index_dir).manifest
    with (index_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(IndexBroken, match=r"다른 build가 진행 중입니다.*다시 실행"):
            build([documents], index_dir)
    assert serves_as_before(index_dir, manifest)


def test_a_file_where_the_index_should_go_is_named(tmp_path: Path) -> None:
    documents = write(tmp_path / "documents")
    (tmp_path / "index").write_text("메모")
    for inside in (tmp_path / "index", tmp_path / "index" / "deeper"):
        with pytest.raises(IndexBroken, match=re.escape(f"'{inside}'") + ".*--index"):
            build([documents], inside)
        with pytest.raises(IndexMissing):
            open_index(inside)
    assert (tmp_path / "index").read_text() == "메모"


def test_other_files_in_the_folder_are_left_alone(copied: tuple[Path, Path]) -> None:
    documents, index_dir = copied
    (index_dir / "README.md").write_text("설명")
    (index_dir / "notes").mkdir()
    (index_dir / "building-dead").mkdir()
    build([documents], index_dir)
    name = (index_dir / "CURRENT").read_text().strip()
    assert generations(index_dir) == sorted(["CURRENT", "README.md", name, "notes"])


# --- opening what is damaged ---------------------------------------------------------------------


def refused(index_dir: Path) -> str:
    with pytest.raises(IndexBroken) as raised:
        open_index(index_dir)
    message = str(raised.value)
    assert HANGUL.search(message) and "geungeo build" in message, message
    assert len(message.splitlines()) == 1
    return message


REUSED = ("reuse/documents.jsonl", "reuse/known.jsonl", "reuse/terms.npz")
"""Files that no answer needs: their damage is noticed, and costs a build its short cut."""
FILES = sorted(
    [
        "documents.jsonl", "blocks.jsonl", "passages.jsonl", "vectors.faiss",
        "body/lexical.npz", "body/lexical.json", "path/lexical.npz", "path/lexical.json",
        "encoder/morphemes.npz", "encoder/morphemes.npy", "encoder/morphemes.json",
        *REUSED,
    ]
)  # fmt: skip


def test_the_damage_below_is_done_to_all_files(made: tuple[Path, Path, Manifest]) -> None:
    assert sorted(made[2].files) == FILES


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_half_a_generation_is_never_served(copied: tuple[Path, Path], name: str) -> None:
    documents, index_dir = copied
    file = index_dir / (index_dir / "CURRENT").read_text().strip() / name
    whole = file.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"", whole + b"\n{}", None):
        if damaged is None:
            file.unlink()
        else:
            file.write_bytes(damaged)
        assert name.rsplit("/", maxsplit=1)[-1] in refused(index_dir)
        assert needs_build(index_dir, [documents])
        (problem, *_) = check(index_dir, [documents])
        assert name.rsplit("/", maxsplit=1)[-1] in problem
    file.write_bytes(whole)
    assert check(index_dir, [documents]) == []


@pytest.mark.parametrize("name", FILES)
def test_bytes_turned_to_noughts_are_noticed(copied: tuple[Path, Path], name: str) -> None:
    documents, index_dir = copied
    file = index_dir / (index_dir / "CURRENT").read_text().strip() / name
    size = file.stat().st_size
    file.write_bytes(bytes(size))
    assert [name in problem for problem in check(index_dir, [documents])] == [True]
    if name in REUSED:
        assert len(open_index(index_dir).passages) > 0
    else:
        refused(index_dir)


@pytest.mark.parametrize(
    "pointer",
    [
        "",
        "..",
        "generation-",
        "generation-none",
        "../elsewhere",
        "/",
        "generation-x/../..",
        "\0",
        "가",
    ],
)
def test_a_pointer_to_anything_else_is_refused(copied: tuple[Path, Path], pointer: str) -> None:
    documents, index_dir = copied
    shutil.copytree(index_dir, index_dir.parent / "elsewhere")
    (index_dir / "CURRENT").write_text(pointer, encoding="utf-8")
    assert "CURRENT" in refused(index_dir)
    assert needs_build(index_dir, [documents])
    assert len(check(index_dir, [documents])) == 1


def test_a_pointer_that_leads_out_of_the_folder_is_refused(copied: tuple[Path, Path]) -> None:
    index_dir = copied[1]
    name = (index_dir / "CURRENT").read_text().strip()
    shutil.copytree(index_dir / name, index_dir.parent / "elsewhere")
    (index_dir / "CURRENT").write_text(f"{name}/../../elsewhere")
    assert "CURRENT" in refused(index_dir)


def test_a_pointer_that_is_not_text_is_refused(copied: tuple[Path, Path]) -> None:
    (copied[1] / "CURRENT").write_bytes(b"\xff\xfe\x00generation-\x80")
    assert "CURRENT" in refused(copied[1])


def edit_manifest(index_dir: Path, edit: Callable[[dict[str, object]], object]) -> None:
    file = index_dir / (index_dir / "CURRENT").read_text().strip() / "manifest.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    edit(raw)
    file.write_text(json.dumps(raw), encoding="utf-8")


@pytest.mark.parametrize(
    "edit",
    [
        lambda raw: raw.update(format=FORMAT + 1),
        lambda raw: raw.pop("format"),
        lambda raw: raw.pop("terms"),
        lambda raw: raw.update(colour="red"),
        lambda raw: raw.update(failed=["a.txt"]),
        lambda raw: raw.update(files=[]),
        lambda raw: raw.update(files={"documents.jsonl": 3}),
        lambda raw: raw.update(passages=raw["passages"] + 1),
        lambda raw: raw.update(dimension=3),
        lambda raw: raw.clear(),
    ],
)
def test_a_manifest_of_another_kind_is_refused(
    copied: tuple[Path, Path], edit: Callable[[dict[str, object]], object]
) -> None:
    documents, index_dir = copied
    edit_manifest(index_dir, edit)
    refused(index_dir)
    assert len(check(index_dir, [documents])) == 1


def test_an_index_of_another_format_says_so_and_is_rebuilt(
    copied: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, index_dir = copied
    for module in (rag.manifest, rag.building):
        monkeypatch.setattr(module, "FORMAT", FORMAT + 1)
    assert "다른 판" in refused(index_dir)
    assert needs_build(index_dir, [documents])
    build([documents], index_dir)
    assert len(open_index(index_dir).passages) > 0


def test_a_folder_without_an_index_names_the_command(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(IndexMissing, match=re.escape(f"geungeo build --index {folder}")):
            open_index(folder)
        assert needs_build(folder, [write(tmp_path / "documents")])
        assert len(check(folder, [tmp_path / "documents"])) == 1


def test_another_encoder_is_refused_with_the_command_that_mends_it(
    made: tuple[Path, Path, Manifest],
) -> None:
    with pytest.raises(EncoderMismatch) as raised:
        open_index(made[1], "intfloat/multilingual-e5-small")
    assert "geungeo build --encoder intfloat/multilingual-e5-small" in str(raised.value)
    assert "kiwi-morphemes" in str(raised.value)
    assert isinstance(open_index(made[1], "kiwi-morphemes"), Index)


# --- what has changed since ------------------------------------------------------------------------


def test_check_tells_what_changed_since_the_build(copied: tuple[Path, Path]) -> None:
    documents, index_dir = copied
    assert check(index_dir, [documents]) == []
    write(documents, {"a.txt": TEXTS["a.txt"] + "- 끝\n", "d.txt": "새 문서"})
    (documents / "b.txt").unlink()
    problems = check(index_dir, [documents])
    assert [
        ("a.txt" in p and "바뀌었습니다" in p, "b.txt" in p and "없습니다" in p, "d.txt" in p)
        for p in problems
    ] == [(True, False, False), (False, True, False), (False, False, True)]
    build([documents], index_dir)
    assert check(index_dir, [documents]) == []


def test_check_names_the_file_that_is_damaged(copied: tuple[Path, Path]) -> None:
    documents, index_dir = copied
    file = index_dir / (index_dir / "CURRENT").read_text().strip() / "passages.jsonl"
    data = bytearray(file.read_bytes())
    data[data.index("융자".encode())] ^= 1  # of the same size, and still a line of JSON or not
    file.write_bytes(data)
    (problem,) = check(index_dir, [documents])
    assert "passages.jsonl" in problem and "geungeo build" in problem


def test_check_reports_an_encoder_of_another_version(copied: tuple[Path, Path]) -> None:
    documents, index_dir = copied
    generation = index_dir / (index_dir / "CURRENT").read_text().strip()
    file = generation / "encoder" / "morphemes.json"
    state = json.loads(file.read_text(encoding="utf-8"))
    state["kiwi"] = "0.1/0.1"
    file.write_text(json.dumps(state), encoding="utf-8")
    data = file.read_bytes()
    edit_manifest(
        index_dir,
        lambda raw: raw["files"].update(  # type: ignore[attr-defined]
            {"encoder/morphemes.json": [len(data), hashlib.sha256(data).hexdigest()]}
        ),
    )
    (problem,) = check(index_dir, [documents])
    assert "Kiwi 0.1/0.1" in problem and "geungeo build" in problem


def test_what_makes_a_build_necessary(
    copied: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, index_dir = copied
    assert not needs_build(index_dir, [documents])
    assert not needs_build(index_dir, [documents / name for name in sorted(TEXTS, reverse=True)])
    assert needs_build(index_dir, [documents], "some/model")
    assert needs_build(index_dir, [documents / "a.txt"])
    catalogue = documents / "catalogue.toml"
    catalogue.write_text(
        '[[document]]\nfile = "a.txt"\nlicence = "공공누리 제1유형"\n', encoding="utf-8"
    )
    assert needs_build(index_dir, [documents])
    catalogue.unlink()
    (documents / "a.txt").touch()
    assert not needs_build(index_dir, [documents])
    write(documents, {"a.txt": TEXTS["a.txt"].replace("3,000", "4,000")})
    assert needs_build(index_dir, [documents])
    write(documents)
    assert not needs_build(index_dir, [documents])
    monkeypatch.setattr(rag.manifest, "version", lambda package: "9.9")
    assert needs_build(index_dir, [documents])


def test_a_catalogue_that_does_not_match_is_an_error_of_all_three(
    copied: tuple[Path, Path],
) -> None:
    documents, index_dir = copied
    manifest = open_index(index_dir).manifest
    (documents / "catalogue.toml").write_text('[[document]]\nfile = "z.txt"\n', encoding="utf-8")
    for act in (needs_build, check):
        with pytest.raises(CatalogueError, match=r"z\.txt"):
            act(index_dir, [documents])
    with pytest.raises(CatalogueError, match=r"z\.txt"):
        build([documents], index_dir)
    assert serves_as_before(index_dir, manifest)
