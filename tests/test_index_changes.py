"""What changed since the build, and what makes another build necessary."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from index_making import TEXTS, edit_manifest, serves_as_before, write

import rag.index.building
import rag.index.generation
import rag.index.manifest
from rag.errors import CatalogueError
from rag.index import build, check, needs_build, open_index


def test_check_tells_what_changed_since_the_build(copied_texts: tuple[Path, Path]) -> None:
    documents, index_dir = copied_texts
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


def test_check_names_the_file_that_is_damaged(copied_texts: tuple[Path, Path]) -> None:
    documents, index_dir = copied_texts
    file = index_dir / (index_dir / "CURRENT").read_text().strip() / "passages.jsonl"
    data = bytearray(file.read_bytes())
    data[data.index("융자".encode())] ^= 1  # of the same size, and still a line of JSON or not
    file.write_bytes(data)
    (problem,) = check(index_dir, [documents])
    assert "passages.jsonl" in problem and "geungeo build" in problem


def test_check_reports_an_encoder_of_another_version(copied_texts: tuple[Path, Path]) -> None:
    documents, index_dir = copied_texts
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
    copied_texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, index_dir = copied_texts
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
    monkeypatch.setattr(rag.index.manifest, "version", lambda package: "9.9")
    assert needs_build(index_dir, [documents])


def test_a_catalogue_that_does_not_match_is_an_error_of_all_three(
    copied_texts: tuple[Path, Path],
) -> None:
    documents, index_dir = copied_texts
    manifest = open_index(index_dir).manifest
    (documents / "catalogue.toml").write_text('[[document]]\nfile = "z.txt"\n', encoding="utf-8")
    for act in (needs_build, check):
        with pytest.raises(CatalogueError, match=r"z\.txt"):
            act(index_dir, [documents])
    with pytest.raises(CatalogueError, match=r"z\.txt"):
        build([documents], index_dir)
    assert serves_as_before(index_dir, manifest)
