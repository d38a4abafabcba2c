"""A build is made aside and put in place as a whole: one that fails leaves the old index serving."""

from __future__ import annotations

import fcntl
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from index_making import HANGUL, TEXTS, generations, serves_as_before, write

import rag.index.building
import rag.index.generation
import rag.index.manifest
from rag.errors import (
    CatalogueError,
    EncoderMissing,
    GeungeoError,
    IndexBroken,
    IndexMissing,
    SourceError,
)
from rag.index import build, open_index


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
    copied_texts: tuple[Path, Path],
    harm: Callable[[Path], object],
    error: type[GeungeoError] | None,
    says: str,
) -> None:
    documents, index_dir = copied_texts
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
    copied_texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, index_dir = copied_texts
    manifest = open_index(index_dir).manifest

    def missing(name: str, *_: object) -> None:
        raise EncoderMissing(f"'{name}' 모델이 없습니다.")

    monkeypatch.setattr("rag.index.encoder._transformer", missing)
    with pytest.raises(EncoderMissing, match="no/such-model"):
        build([documents], index_dir, "no/such-model")
    assert serves_as_before(index_dir, manifest)


@pytest.mark.parametrize("stage", ["outline", "pack", "fit_encoder", "_open_generation", "asdict"])
@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), OSError(28, "No space")])
def test_a_build_that_breaks_off_leaves_the_old_index_serving(
    copied_texts: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    error: BaseException,
) -> None:
    documents, index_dir = copied_texts
    manifest = open_index(index_dir).manifest
    write(documents, {"d.txt": "새 문서의 금리는 연 1.0%이다."})

    def broken(*_: object, **__: object) -> None:
        raise error

    if stage in ("_open_generation", "asdict"):
        # These come after the encoder, which takes time to fit.
        fitted = open_index(index_dir).encoder
        monkeypatch.setattr(rag.index.building, "fit_encoder", lambda *_: fitted)
    module = rag.index.generation if stage == "_open_generation" else rag.index.building
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


def test_two_builds_at_once_are_refused(copied_texts: tuple[Path, Path]) -> None:
    documents, index_dir = copied_texts
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


def test_other_files_in_the_folder_are_left_alone(copied_texts: tuple[Path, Path]) -> None:
    documents, index_dir = copied_texts
    (index_dir / "README.md").write_text("설명")
    (index_dir / "notes").mkdir()
    (index_dir / "building-dead").mkdir()
    build([documents], index_dir)
    name = (index_dir / "CURRENT").read_text().strip()
    assert generations(index_dir) == sorted(["CURRENT", "README.md", name, "notes"])
