"""Build, open, verify and replace an index as a whole.

    index/CURRENT               the name of the generation that serves
    index/generation-<hash>-…/  manifest.json and the files it lists with size and SHA-256

A new generation is built in a folder beside the others, opened once to prove that it can be,
renamed, and only then named in CURRENT by an atomic replace. Whatever fails before that leaves
the old generation serving.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar, cast

from rag.index.building import Progress, write_generation
from rag.index.encoder import Encoder, open_encoder
from rag.errors import (
    EncoderMismatch,
    EncoderMissing,
    IndexBroken,
    IndexMissing,
    OriginalChanged,
    OriginalMissing,
)
from rag.index.lexical import LexicalIndex
from rag.loading import survey
from rag.index.manifest import (
    Manifest,
    broken,
    current,
    fingerprint,
    read_manifest,
    require_files,
    sha256,
)
from rag.reading import Reading, read
from rag.settings import DEFAULT_ENCODER, ChunkSettings
from rag.loading.storage import block_from, document_from, passage_from, read_lines
from rag.types import Block, Document, Passage
from rag.index.statements import FactStore
from rag.index.statements import later_versions
from rag.index.vectors import FaissStore, VectorStore

__all__ = ["Index", "Progress", "build", "check", "needs_build", "open_index", "original"]

T = TypeVar("T")
_READINGS = 2048  # passages whose reading is kept


@dataclass(frozen=True)
class Index:
    """An opened generation. Row i of ``body``, ``path`` and ``vectors`` is ``passages[i]``;
    ``groups[i]`` numbers its document in ``documents``. ``home`` is the index folder."""

    manifest: Manifest
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    groups: tuple[int, ...]
    body: LexicalIndex
    path: LexicalIndex
    vectors: VectorStore
    encoder: Encoder
    blocks: dict[str, tuple[Block, ...]]
    facts: FactStore
    home: Path = Path()

    def derived(self, what: tuple[str | int, ...], make: Callable[[], T]) -> T:
        """What ``make`` gives, made once and kept with the index under ``what`` it is; for what
        follows from the index alone, so that threads that make it at once make the same."""
        held = self._derived.get(what)
        if held is None:
            held = self._derived[what] = make()
        return cast(T, held)

    @cached_property
    def _derived(self) -> dict[tuple[str | int, ...], object]:
        return {}

    def reading(self, row: int) -> Reading:
        """What the passage of a row says, read; those that are looked at are kept."""
        return self._readings(row)

    @cached_property
    def _readings(self) -> Callable[[int], Reading]:
        def made(row: int) -> Reading:
            passage = self.passages[row]
            return read(self.document_of(passage).text, passage.span, passage.joins)

        return lru_cache(maxsize=_READINGS)(made)

    def document_of(self, passage: Passage) -> Document:
        """The document that a passage was cut from."""
        return self.documents[self._numbers[passage.file]]

    def document(self, file: str) -> Document:
        """The document of a file; KeyError for one that is not in the index."""
        return self.documents[self._numbers[file]]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {document.file: number for number, document in enumerate(self.documents)}

    @cached_property
    def later(self) -> dict[str, tuple[str, ...]]:
        """For each file, the files of the documents that revise it, the latest first."""
        return later_versions(self.documents)

    def rows_of(self, file: str) -> range:
        """The rows of a document's passages, which follow each other; KeyError as above."""
        return self._ranges[file]

    @cached_property
    def _ranges(self) -> dict[str, range]:
        found: dict[str, range] = {}
        for row, passage in enumerate(self.passages):
            held = found.get(passage.file)
            found[passage.file] = range(held.start if held is not None else row, row + 1)
        return found

    def row_at(self, file: str, offset: int) -> int:
        """The row of the passage that holds an offset of a document, else of the last before it;
        the first where there is none before."""
        rows = self.rows_of(file)
        starts = self._starts[file]
        return rows.start + max(0, bisect_right(starts, offset) - 1)

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {
            file: [self.passages[row].span.start for row in rows]
            for file, rows in self._ranges.items()
        }


def build(
    paths: Sequence[Path],
    index_dir: Path,
    encoder: str | None = None,
    progress: Progress | None = None,
    chunking: ChunkSettings | None = None,
) -> Manifest:
    """Reads the documents under ``paths`` and puts a new generation in place of the old one.

    A file that cannot be read is left out and named, with why, in the manifest (``failed``).
    Raises SourceError where none can be read or the paths hold none, CatalogueError for a
    catalogue that is wrong, EncoderMissing for a model that cannot be loaded, IndexBroken when
    another build holds the folder, the folder cannot be written to, or the new generation does
    not open. In each case the old generation goes on serving.
    """
    tell = progress or (lambda _stage, _done, _total, _detail="": None)
    chunking = chunking or ChunkSettings()
    sources = survey(paths)
    name = encoder or DEFAULT_ENCODER
    with _only_builder(index_dir):
        work = Path(tempfile.mkdtemp(prefix="building-", dir=index_dir))
        try:
            manifest = write_generation(work, index_dir, sources, name, chunking, tell)
            _open_generation(work, index_dir)  # proof that what was written can be read
            # A suffix of its own: rebuilding the same documents must not touch what serves.
            suffix = work.name.removeprefix("building-")
            final = index_dir / f"generation-{manifest.fingerprint}-{suffix}"
            work.rename(final)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        _point_to(index_dir, final.name)
        _remove_others(index_dir, final.name)
    return manifest


def open_index(index_dir: Path, encoder: str | None = None) -> Index:
    """The generation that serves.

    Raises IndexMissing where nothing was built, IndexBroken for a damaged or foreign one, and
    EncoderMismatch when ``encoder`` is given and differs from the one it was built with.
    """
    folder = current(index_dir)
    manifest = read_manifest(folder)
    if encoder is not None and encoder != manifest.encoder:
        raise EncoderMismatch(
            f"이 색인은 '{manifest.encoder}' 인코더로 만들어져 '{encoder}'(으)로는 열 수 없습니다. "
            f"'geungeo build --encoder {encoder}'로 다시 만들어 주십시오."
        )
    return _open_generation(folder, index_dir)


def needs_build(index_dir: Path, paths: Sequence[Path], encoder: str | None = None) -> bool:
    """Whether the index is missing, damaged, or was made from other documents, by another
    encoder, or in another format than a build would use now. Files that could not be read count
    like the others: until they change there is nothing to build."""
    sources = survey(paths)
    try:
        folder = current(index_dir)
        manifest = read_manifest(folder)
        require_files(folder, manifest)
    except (IndexMissing, IndexBroken):
        return True
    wanted = fingerprint(sources, encoder or DEFAULT_ENCODER, ChunkSettings())
    return manifest.fingerprint != wanted


def check(index_dir: Path, paths: Sequence[Path]) -> list[str]:
    """What is wrong with the index or has changed since it was built, as Korean sentences in a
    fixed order; empty when all is sound. A file that could not be read, and has not changed
    since, is nothing wrong with the index. Raises only what reading ``paths`` raises."""
    try:
        folder = current(index_dir)
        manifest = read_manifest(folder)
    except (IndexMissing, IndexBroken) as error:
        return [str(error)]
    problems = []
    for name, (size, digest) in sorted(manifest.files.items()):
        file = folder / name
        if not file.is_file() or file.stat().st_size != size or sha256(file) != digest:
            problems.append(
                f"색인 파일 {name}이(가) 만들 때와 다릅니다. geungeo build로 다시 만들어 주십시오."
            )
    now = {source.file: source.digest for source in survey(paths)}
    failed = {name: digest for name, (digest, _) in manifest.failed.items()}
    for name in sorted(now.keys() | manifest.sources.keys()):
        if name in failed and failed[name] == now[name]:
            continue
        if name not in now:
            problems.append(f"색인에 든 문서 {name}이(가) 폴더에 없습니다.")
        elif name not in manifest.sources:
            problems.append(f"문서 {name}은(는) 아직 색인에 없습니다.")
        elif now[name] != manifest.sources[name]:
            problems.append(f"문서 {name}의 내용이 색인을 만든 뒤 바뀌었습니다.")
    if not problems:
        try:
            index = _open_generation(folder, index_dir)
        except (IndexBroken, EncoderMismatch, EncoderMissing) as error:
            return [str(error)]
        problems.extend(_misplaced(index))
    return problems


def _misplaced(index: Index) -> Iterator[str]:
    texts = {document.file: document.text for document in index.documents}
    for passage in index.passages:
        if passage.span.end > len(texts[passage.file]):
            yield f"대목 {passage.id}이(가) 문서 밖을 가리킵니다. 색인을 다시 만들어 주십시오."


def original(index: Index, file: str) -> bytes:
    """The bytes of the file that a document of the index was read from.

    Looked for where it lay when the index was built, and at the same place beside the index
    folder where both were moved. Raises OriginalMissing where it is at neither, OriginalChanged
    where what is there is not what was indexed, KeyError for a file that is not in the index.
    """
    wanted = index.manifest.sources[file]
    near, whole = index.manifest.origins.get(file, ("", ""))
    changed = False
    for place in (index.home / near if near else None, Path(whole) if whole else None):
        try:
            if place is None or not place.is_file():
                continue
            data = place.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == wanted:
            return data
        changed = True
    if changed:
        raise OriginalChanged(
            f"'{file}'의 원본 파일이 색인을 만든 뒤 바뀌어 내려받을 수 없습니다: "
            "색인을 다시 만들어야 합니다."
        )
    raise OriginalMissing(
        f"'{file}'의 원본 파일이 색인을 만들 때의 자리에 없습니다: 관리자에게 알려 주세요."
    )


def _open_generation(folder: Path, home: Path) -> Index:
    manifest = read_manifest(folder)
    require_files(folder, manifest)
    try:
        documents = tuple(map(document_from, read_lines(folder / "documents.jsonl")))
        passages = tuple(map(passage_from, read_lines(folder / "passages.jsonl")))
        blocks = {
            file: tuple(map(block_from, rows)) for file, rows in read_lines(folder / "blocks.jsonl")
        }
        number = {document.file: i for i, document in enumerate(documents)}
        groups = tuple(number[passage.file] for passage in passages)
        facts = FactStore.load(folder / "facts.jsonl")
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise broken(folder, "문서나 대목의 기록을 읽을 수 없습니다") from error
    body = LexicalIndex.load(folder / "body")
    path = LexicalIndex.load(folder / "path")
    vectors = FaissStore.load(folder / "vectors.faiss")
    encoder = open_encoder(manifest.encoder, folder / "encoder")
    if not len(passages) == len(body) == len(path) == len(vectors) == manifest.passages:
        raise broken(folder, "대목과 색인의 개수가 서로 다릅니다")
    if encoder.dimension != manifest.dimension:
        raise broken(folder, "인코더의 차원이 색인과 다릅니다")
    return Index(
        manifest, documents, passages, groups, body, path, vectors, encoder, blocks, facts, home
    )


@contextmanager
def _only_builder(index_dir: Path) -> Iterator[None]:
    """Makes the folder and holds it for one build. What the system refuses meanwhile, from a
    missing right to a full disk, comes out as IndexBroken."""
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        with (index_dir / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IndexBroken(
                    f"'{index_dir}'에 다른 build가 진행 중입니다. 끝난 뒤 다시 실행해 주십시오."
                ) from None
            yield
    except OSError as error:
        raise IndexBroken(
            f"색인 폴더 '{index_dir}'에 쓰지 못했습니다({error.strerror or error}). 폴더의 권한과 "
            "남은 공간을 확인하거나 --index로 다른 폴더를 지정해 주십시오."
        ) from error


def _point_to(index_dir: Path, name: str) -> None:
    fresh = index_dir / f".CURRENT-{os.getpid()}"
    fresh.write_text(name + "\n", encoding="utf-8")
    fresh.replace(index_dir / "CURRENT")


def _remove_others(index_dir: Path, keep: str) -> None:
    for folder in index_dir.iterdir():
        ours = folder.name.startswith(("generation-", "building-"))
        if ours and folder.is_dir() and folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)
