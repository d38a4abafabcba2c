"""What an index holds after a build."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from index_making import HANGUL, TEXTS, check_files, placeless, serves_as_before, write
from numpy.typing import NDArray

from rag import korean
from rag.errors import EncoderMismatch
from rag.index import build, check, open_index
from rag.index.manifest import Manifest
from rag.outline import outline
from rag.types import BlockKind, Span


def test_the_manifest_says_what_was_indexed(built_texts: tuple[Path, Path, Manifest]) -> None:
    _, index_dir, manifest = built_texts
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
    built_texts: tuple[Path, Path, Manifest],
) -> None:
    index = open_index(built_texts[1])
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


def test_the_same_documents_give_the_same_index_again(copied_texts: tuple[Path, Path]) -> None:
    documents, index_dir = copied_texts
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
    built_texts: tuple[Path, Path, Manifest], tmp_path: Path
) -> None:
    documents, _, manifest = built_texts
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
    monkeypatch.setattr("rag.index.encoder._transformer", lambda name: Recorder())
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
