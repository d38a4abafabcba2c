"""What the generation before has of documents that have not changed, so that they need not be
read, outlined and analysed again.

A document is taken over when its bytes, the code and settings that cut it, and the packages that
read it are the same; what its catalogue says of it is applied anew. Nothing here is needed to
answer: whatever is missing or damaged is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag.errors import GeungeoError
from rag.facts import Fact, facts_of
from rag.facts.storage import fact_from
from rag.index.lexical import LexicalIndex
from rag.loading import Extracted, SourceFile, document
from rag.index.manifest import Manifest, current, read_manifest, sha256
from rag.loading.storage import (
    block_from,
    document_from,
    passage_from,
    read_lines,
    write_lines,
)
from rag.types import Block, Document, Passage
from rag.index.vectors import FaissStore

FOLDER = "reuse"
_READ = f"{FOLDER}/documents.jsonl"
_KNOWN = f"{FOLDER}/known.jsonl"
_TERMS = f"{FOLDER}/terms.npz"
_FILES = ("documents.jsonl", "blocks.jsonl", "passages.jsonl", "facts.jsonl", "body/lexical.npz",
          "body/lexical.json", _READ, _KNOWN, _TERMS)  # fmt: skip

Needs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A document ready to be indexed. ``terms[i]`` are the index terms of ``passages[i]`` in
    order; ``own`` is what the file's format said, without its text; ``needs`` what it was read
    with."""

    document: Document
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]
    terms: tuple[tuple[str, ...], ...]
    facts: tuple[Fact, ...]
    own: Extracted
    needs: Needs


class Previous:
    """The documents of a generation by their bytes, and the terms of its headings."""

    def __init__(
        self,
        pieces: dict[tuple[str, Needs], Piece],
        known: dict[str, tuple[str, ...]],
    ) -> None:
        self._pieces = pieces
        self.known = known

    def piece(self, source: SourceFile) -> Piece | None:
        """The piece of a source as a new build would make it, None where it must be made."""
        old = self._pieces.get((source.digest, source.needs))
        if old is None:
            return None
        found = replace(
            old.own,
            text=old.document.text,
            pages=old.document.pages,
            approximate_pages=old.document.approximate_pages,
            warnings=old.document.warnings,
        )
        now = document(source, old.document.format, found)
        passages, facts = old.passages, old.facts
        if now.title != old.document.title:  # a title labels nothing
            facts = facts_of(now, old.blocks)
        if now.file != old.document.file:
            passages = tuple(
                replace(p, id=f"{now.file}#{p.span.start}-{p.span.end}", file=now.file)
                for p in passages
            )
        return replace(old, document=now, passages=passages, facts=facts)


def previous(index_dir: Path, made: str, wanted: Iterable[SourceFile]) -> Previous:
    """What the serving generation has for the sources that are wanted; nothing where there is no
    generation, it was made by other code or settings, or a file of it is damaged."""
    try:
        folder = current(index_dir)
        manifest = read_manifest(folder)
        digests = {source.digest for source in wanted}
        if manifest.made != made or not digests & set(manifest.sources.values()):
            return Previous({}, {})
        for name in _FILES:
            if sha256(folder / name) != manifest.files[name][1]:
                return Previous({}, {})
        return _read(folder, digests)
    except (GeungeoError, OSError, ValueError, KeyError, TypeError, IndexError, EOFError):
        return Previous({}, {})


def _read(folder: Path, digests: set[str]) -> Previous:
    documents = list(map(document_from, read_lines(folder / "documents.jsonl")))
    blocks = dict(read_lines(folder / "blocks.jsonl"))
    facts = dict(read_lines(folder / "facts.jsonl"))
    own = {row[0]: row for row in read_lines(folder / _READ)}
    vocabulary = list(LexicalIndex.load(folder / "body").vocabulary)
    with np.load(folder / _TERMS, allow_pickle=False) as stored:
        tokens, sizes = stored["tokens"].tolist(), stored["sizes"].tolist()
    terms: dict[str, list[tuple[str, ...]]] = {one.file: [] for one in documents}
    passages: dict[str, list[Passage]] = {one.file: [] for one in documents}
    wanted = {one.file for one in documents if one.digest in digests}
    at = 0
    for row, size in zip(read_lines(folder / "passages.jsonl"), sizes, strict=True):
        if row[0] in wanted:
            passages[row[0]].append(passage_from(row))
            terms[row[0]].append(tuple(vocabulary[token] for token in tokens[at : at + size]))
        at += size
    pieces: dict[tuple[str, Needs], Piece] = {}
    for one in documents:
        if one.file not in wanted:
            continue
        _, needs, said = own[one.file]
        read_with = tuple((name, version) for name, version in needs)
        pieces.setdefault(
            (one.digest, read_with),
            Piece(
                one,
                tuple(map(block_from, blocks[one.file])),
                tuple(passages[one.file]),
                tuple(terms[one.file]),
                tuple(map(fact_from, facts[one.file])),
                Extracted("", (), (), *said),
                read_with,
            ),
        )
    known = {text: tuple(found) for text, *found in read_lines(folder / _KNOWN)}
    return Previous(pieces, known)


def save(
    folder: Path,
    pieces: Sequence[Piece],
    vocabulary: Iterable[str],
    known: dict[str, tuple[str, ...]],
) -> None:
    """Write what :func:`previous` reads and the index itself does not hold: of each document
    what its format said, of each passage its terms, and the terms of ``known`` texts."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    write_lines(
        folder / _READ,
        (
            [
                piece.document.file,
                [list(need) for need in piece.needs],
                [piece.own.title, piece.own.issuer, piece.own.published, piece.own.licence],
            ]
            for piece in pieces
        ),
    )
    write_lines(folder / _KNOWN, ([text, *known[text]] for text in sorted(known)))
    ids = {term: number for number, term in enumerate(vocabulary)}
    every = [terms for piece in pieces for terms in piece.terms]
    np.savez(
        folder / _TERMS,
        tokens=np.array([ids[term] for terms in every for term in terms], dtype=np.int32),
        sizes=np.array([len(terms) for terms in every], dtype=np.int32),
    )


def vectors(index_dir: Path, encoder: str) -> tuple[FaissStore, dict[str, int]] | None:
    """The vectors of the serving generation and their rows by the text that was encoded, where
    the same ``encoder`` made them; None where there are none to be had. Only for an encoder that
    is not fitted to its corpus."""
    try:
        folder = current(index_dir)
        manifest: Manifest = read_manifest(folder)
        for name in ("passages.jsonl", "vectors.faiss"):
            if sha256(folder / name) != manifest.files[name][1]:
                return None
        # A model in a folder may have been trained on since.
        if manifest.encoder != encoder or Path(encoder).exists():
            return None
        store = FaissStore.load(folder / "vectors.faiss")
        rows = {
            encoded(passage_from(row)): number
            for number, row in enumerate(read_lines(folder / "passages.jsonl"))
        }
        return store, rows
    except (GeungeoError, OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def encoded(passage: Passage) -> str:
    """The text of a passage that is encoded: the innermost heading gives a bullet its subject."""
    return f"{passage.path[-1] if passage.path else ''}\n{passage.text}"


def duplicates(sources: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """The groups of file names that have the same digest, each in order."""
    groups: dict[str, list[str]] = {}
    for file in sorted(sources):
        groups.setdefault(sources[file], []).append(file)
    return (tuple(files) for files in groups.values() if len(files) > 1)
