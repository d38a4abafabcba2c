"""Whatever is wrong with an index is said in one Korean sentence that names the remedy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from index_making import HANGUL, edit_manifest, write

import rag.index.building
import rag.index.generation
import rag.index.manifest
from rag.errors import EncoderMismatch, IndexBroken, IndexMissing
from rag.index import Index, build, check, needs_build, open_index
from rag.index.manifest import FORMAT, Manifest


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
        "documents.jsonl", "blocks.jsonl", "passages.jsonl", "facts.jsonl", "vectors.faiss",
        "body/lexical.npz", "body/lexical.json", "path/lexical.npz", "path/lexical.json",
        "encoder/morphemes.npz", "encoder/morphemes.npy", "encoder/morphemes.json",
        *REUSED,
    ]
)  # fmt: skip


def test_the_damage_below_is_done_to_all_files(built_texts: tuple[Path, Path, Manifest]) -> None:
    assert sorted(built_texts[2].files) == FILES


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_half_a_generation_is_never_served(copied_texts: tuple[Path, Path], name: str) -> None:
    documents, index_dir = copied_texts
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
def test_bytes_turned_to_noughts_are_noticed(copied_texts: tuple[Path, Path], name: str) -> None:
    documents, index_dir = copied_texts
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
def test_a_pointer_to_anything_else_is_refused(
    copied_texts: tuple[Path, Path], pointer: str
) -> None:
    documents, index_dir = copied_texts
    shutil.copytree(index_dir, index_dir.parent / "elsewhere")
    (index_dir / "CURRENT").write_text(pointer, encoding="utf-8")
    assert "CURRENT" in refused(index_dir)
    assert needs_build(index_dir, [documents])
    assert len(check(index_dir, [documents])) == 1


def test_a_pointer_that_leads_out_of_the_folder_is_refused(copied_texts: tuple[Path, Path]) -> None:
    index_dir = copied_texts[1]
    name = (index_dir / "CURRENT").read_text().strip()
    shutil.copytree(index_dir / name, index_dir.parent / "elsewhere")
    (index_dir / "CURRENT").write_text(f"{name}/../../elsewhere")
    assert "CURRENT" in refused(index_dir)


def test_a_pointer_that_is_not_text_is_refused(copied_texts: tuple[Path, Path]) -> None:
    (copied_texts[1] / "CURRENT").write_bytes(b"\xff\xfe\x00generation-\x80")
    assert "CURRENT" in refused(copied_texts[1])


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
    copied_texts: tuple[Path, Path], edit: Callable[[dict[str, object]], object]
) -> None:
    documents, index_dir = copied_texts
    edit_manifest(index_dir, edit)
    refused(index_dir)
    assert len(check(index_dir, [documents])) == 1


def test_an_index_of_another_format_says_so_and_is_rebuilt(
    copied_texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, index_dir = copied_texts
    for module in (rag.index.manifest, rag.index.building):
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
    built_texts: tuple[Path, Path, Manifest],
) -> None:
    with pytest.raises(EncoderMismatch) as raised:
        open_index(built_texts[1], "intfloat/multilingual-e5-small")
    assert "geungeo build --encoder intfloat/multilingual-e5-small" in str(raised.value)
    assert "kiwi-morphemes" in str(raised.value)
    assert isinstance(open_index(built_texts[1], "kiwi-morphemes"), Index)
