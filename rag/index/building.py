"""Sources → the files of a generation: read, outlined, cut, analysed, indexed, written.

A document that the generation before has already is taken over from it; the others are read by
processes of their own while this one works on those that have come in.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from rag.passages.chunker import Known, atoms, learn, pack
from rag.index.encoder import Encoder, fit_encoder
from rag.errors import SourceError
from rag.facts import facts_of
from rag.facts.storage import fact_row
from rag.index.lexical import LexicalIndex
from rag.loading import Extracted, SourceFile, document
from rag.loading.isolated import Outcome, read_sources
from rag.index.manifest import FORMAT, Manifest, fingerprint, made_by, origin, sha256
from rag.outline import outline
from rag.index.reuse import Piece, Previous, encoded, previous, save, vectors
from rag.settings import DEFAULT_ENCODER, ChunkSettings
from rag.loading.storage import block_row, document_row, passage_row, write_lines
from rag.types import Passage
from rag.index.vectors import FaissStore

_BATCH = 512  # passages encoded at a time
_MOST_TOLD = 40  # code points of a file's name beside the bar


class Progress(Protocol):
    """Told how far a build has come: the stage in Korean, what is done of how much, and what is
    worked on, as "계획.hwpx · 12쪽"."""

    def __call__(self, stage: str, done: int, total: int, detail: str = "", /) -> None: ...


@dataclass(frozen=True, slots=True)
class _Made:
    """The pieces in the order of their files, the files that failed with why, and the terms of
    texts that come again."""

    pieces: tuple[Piece, ...]
    failed: dict[str, tuple[str, str]]
    known: Known


def write_generation(
    folder: Path,
    index_dir: Path,
    sources: Sequence[SourceFile],
    encoder_name: str,
    chunking: ChunkSettings,
    tell: Progress,
) -> Manifest:
    """Write all files of a generation into ``folder``, taking over what the one that serves in
    ``index_dir`` has. Raises SourceError where no source gives anything to index."""
    made = made_by(chunking)
    found = _make(sources, previous(index_dir, made, sources), chunking, tell)
    pieces = found.pieces
    passages = [passage for piece in pieces for passage in piece.passages]
    if not passages:
        raise SourceError(_nothing(found.failed))
    terms = [one for piece in pieces for one in piece.terms]
    groups = [number for number, piece in enumerate(pieces) for _ in piece.passages]
    body = LexicalIndex.build(terms, groups)
    titles = {piece.document.title for piece in pieces}
    texts = titles | {text for passage in passages for text in passage.path}
    known = found.known
    learn(texts, known)
    path = LexicalIndex.build(
        (
            [term for text in (pieces[group].document.title, *passage.path) for term in known[text]]
            for passage, group in zip(passages, groups, strict=True)
        ),
        groups,
    )
    encoder = fit_encoder(encoder_name, terms)
    old = None if encoder_name == DEFAULT_ENCODER else vectors(index_dir, encoder_name)
    if old is not None and old[0].dimension != encoder.dimension:
        old = None
    store = FaissStore.write(_encode(encoder, passages, terms, known, old, tell))

    write_lines(folder / "documents.jsonl", (document_row(piece.document) for piece in pieces))
    write_lines(
        folder / "blocks.jsonl",
        ([piece.document.file, list(map(block_row, piece.blocks))] for piece in pieces),
    )
    write_lines(folder / "passages.jsonl", map(passage_row, passages))
    write_lines(
        folder / "facts.jsonl",
        ([piece.document.file, list(map(fact_row, piece.facts))] for piece in pieces),
    )
    body.save(folder / "body")
    path.save(folder / "path")
    store.save(folder / "vectors.faiss")
    encoder.save(folder / "encoder")
    save(folder, pieces, body.vocabulary, {text: known[text] for text in texts})
    manifest = Manifest(
        format=FORMAT,
        fingerprint=fingerprint(sources, encoder_name, chunking),
        encoder=encoder_name,
        dimension=encoder.dimension,
        documents=len(pieces),
        blocks=sum(len(piece.blocks) for piece in pieces),
        passages=len(passages),
        facts=dict(Counter(fact.form.value for piece in pieces for fact in piece.facts)),
        terms=len(body.vocabulary),
        sources={piece.document.file: piece.document.digest for piece in pieces},
        files={
            str(file.relative_to(folder)): (file.stat().st_size, sha256(file))
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        },
        made=made,
        failed=found.failed,
        warnings={
            piece.document.file: piece.document.warnings
            for piece in pieces
            if piece.document.warnings
        },
        origins={
            source.file: origin(source.path, index_dir)
            for source in sources
            if source.file not in found.failed
        },
    )
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return manifest


def _make(
    sources: Sequence[SourceFile], old: Previous, chunking: ChunkSettings, tell: Progress
) -> _Made:
    taken = {source.file: old.piece(source) for source in sources if not source.problem}
    fresh = [source for source in sources if not source.problem and taken[source.file] is None]
    known: Known = dict(old.known)
    pieces: list[Piece] = []
    failed: dict[str, tuple[str, str]] = {}
    with closing(read_sources(fresh)) as outcomes:
        for number, source in enumerate(sources, start=1):
            piece = taken.get(source.file)
            problem = source.problem
            if piece is None and not problem:
                made = _piece(source, next(outcomes), known, chunking)
                if isinstance(made, Piece):
                    piece = made
                else:
                    problem = made
            if piece is not None:
                pieces.append(piece)
            else:
                failed[source.file] = (source.digest, problem)
            tell("문서 읽기", number, len(sources), _detail(source.file, piece))
    return _Made(tuple(pieces), failed, known)


def _piece(source: SourceFile, outcome: Outcome, known: Known, chunking: ChunkSettings) -> Piece | str:
    """The piece of a document that was read, or why there is none."""
    if isinstance(outcome, str):
        return outcome
    format_, found = outcome
    one = document(source, format_, found)
    try:
        blocks = outline(one)
        cut = atoms(one, blocks, known)
    except RecursionError:
        return f"문서 '{source.file}'의 짜임이 너무 깊어 읽지 못합니다. 다시 저장해 주세요."
    passages: list[Passage] = []
    terms: list[tuple[str, ...]] = []
    sizes = [len(atom.terms) for atom in cut]
    for passage, (first, last) in pack(one, cut, sizes, chunking):
        passages.append(passage)
        terms.append(tuple(term for atom in cut[first:last] for term in atom.terms))
    return Piece(
        replace(one, stated=()),
        blocks,
        tuple(passages),
        tuple(terms),
        facts_of(one, blocks),
        Extracted("", (), (), found.title, found.issuer, found.published, found.licence),
        source.needs,
    )


def _detail(file: str, piece: Piece | None) -> str:
    name = file if len(file) <= _MOST_TOLD else f"{file[: _MOST_TOLD - 1]}…"
    pages = len(piece.document.pages) if piece is not None else 0
    return f"{name} · {pages:,}쪽" if pages else name


def _nothing(failed: dict[str, tuple[str, str]]) -> str:
    """Why there is nothing to index."""
    if failed:
        first = next(iter(failed.values()))[1]
        more = f" (그 밖에 {len(failed) - 1:,}개도 읽지 못했습니다.)" if len(failed) > 1 else ""
        return first + more
    return "문서에서 색인할 글을 찾지 못했습니다. 빈 문서가 아닌지 확인해 주십시오."


def _encode(
    encoder: Encoder,
    passages: Sequence[Passage],
    terms: Sequence[Sequence[str]],
    known: Known,
    old: tuple[FaissStore, dict[str, int]] | None,
    tell: Progress,
) -> Iterator[Any]:
    """Vectors in batches. The innermost heading is encoded with a passage: it gives a bullet its
    subject. ``old`` holds vectors of texts that the encoder has seen before."""
    store, rows = old if old is not None else (None, {})
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        texts = [encoded(passage) for passage in batch]
        fresh = [i for i, text in enumerate(texts) if text not in rows]
        found = [
            [*known.get(batch[i].path[-1] if batch[i].path else "", ()), *terms[start + i]]
            for i in fresh
        ]
        made = encoder.encode_documents([texts[i] for i in fresh], found) if fresh else None
        if store is None and made is not None:
            yield made
        else:
            place = {i: row for row, i in enumerate(fresh)}
            yield np.stack(
                [
                    made[place[i]] if made is not None and i in place else store.vector(rows[text])
                    for i, text in enumerate(texts)
                    if store is not None
                ]
            )
        tell("의미 벡터 만들기", start + len(batch), len(passages))
