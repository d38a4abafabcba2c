"""Build, open, verify and replace an index as a whole.

    index/CURRENT               the name of the generation that serves
    index/generation-<hash>-…/  manifest.json and the files it lists with size and SHA-256

A new generation is built in a folder beside the others, opened once to prove that it can be,
renamed, and only then named in CURRENT by an atomic replace. Whatever fails before that leaves
the old generation serving.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag.chunker import Known, atoms, learn, pack
from rag.encoder import Encoder, fit_encoder, open_encoder
from rag.errors import EncoderMismatch, EncoderMissing, IndexBroken, IndexMissing, SourceError
from rag.lexical import LexicalIndex
from rag.loading import load_folder
from rag.manifest import (
    FORMAT,
    Manifest,
    broken,
    current,
    fingerprint,
    read_manifest,
    require_files,
    sha256,
)
from rag.outline import outline
from rag.settings import DEFAULT_ENCODER, ChunkSettings
from rag.storage import (
    block_from,
    block_row,
    document_from,
    document_row,
    passage_from,
    passage_row,
    read_lines,
    write_lines,
)
from rag.types import Block, Document, Passage
from rag.vectors import FaissStore

Progress = Callable[[str, int, int], None]
"""Called as ``progress(stage in Korean, done, total)``."""

_BATCH = 512  # passages encoded at a time


@dataclass(frozen=True, slots=True)
class Index:
    """An opened generation. Row i of ``body``, ``path`` and ``vectors`` is ``passages[i]``;
    ``groups[i]`` numbers its document in ``documents``."""

    manifest: Manifest
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    groups: tuple[int, ...]
    body: LexicalIndex
    path: LexicalIndex
    vectors: FaissStore
    encoder: Encoder
    blocks: dict[str, tuple[Block, ...]]


def build(
    paths: Sequence[Path],
    index_dir: Path,
    encoder: str | None = None,
    progress: Progress | None = None,
    chunking: ChunkSettings | None = None,
) -> Manifest:
    """Reads the documents under ``paths`` and puts a new generation in place of the old one.

    Raises SourceError or CatalogueError for what cannot be read, EncoderMissing for a model that
    cannot be loaded, IndexBroken when another build holds the folder, the folder cannot be
    written to, or the new generation does not open. In each case the old generation goes on serving.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    chunking = chunking or ChunkSettings()
    documents = load_folder(paths)
    if not documents:
        raise SourceError(
            "읽을 문서가 없습니다. .txt 파일이 든 폴더나 파일 경로를 build 뒤에 적어 주십시오."
        )
    name = encoder or DEFAULT_ENCODER
    with _only_builder(index_dir):
        work = Path(tempfile.mkdtemp(prefix="building-", dir=index_dir))
        try:
            manifest = _write_generation(work, documents, name, chunking, tell)
            _open_generation(work)  # proof that what was written can be read
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
    return _open_generation(folder)


def needs_build(index_dir: Path, paths: Sequence[Path], encoder: str | None = None) -> bool:
    """Whether the index is missing, damaged, or was made from other documents, by another
    encoder, or in another format than a build would use now."""
    documents = load_folder(paths)
    try:
        folder = current(index_dir)
        manifest = read_manifest(folder)
        require_files(folder, manifest)
    except (IndexMissing, IndexBroken):
        return True
    wanted = fingerprint(documents, encoder or DEFAULT_ENCODER, ChunkSettings())
    return manifest.fingerprint != wanted


def check(index_dir: Path, paths: Sequence[Path]) -> list[str]:
    """What is wrong with the index or has changed since it was built, as Korean sentences in a
    fixed order; empty when all is sound. Raises only what reading ``paths`` raises."""
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
    now = {document.file: document.digest for document in load_folder(paths)}
    for name in sorted(now.keys() | manifest.sources.keys()):
        if name not in now:
            problems.append(f"색인에 든 문서 {name}이(가) 폴더에 없습니다.")
        elif name not in manifest.sources:
            problems.append(f"문서 {name}은(는) 아직 색인에 없습니다.")
        elif now[name] != manifest.sources[name]:
            problems.append(f"문서 {name}의 내용이 색인을 만든 뒤 바뀌었습니다.")
    if not problems:
        try:
            index = _open_generation(folder)
        except (IndexBroken, EncoderMismatch, EncoderMissing) as error:
            return [str(error)]
        problems.extend(_misplaced(index))
    return problems


def _misplaced(index: Index) -> Iterator[str]:
    texts = {document.file: document.text for document in index.documents}
    for passage in index.passages:
        if passage.span.end > len(texts[passage.file]):
            yield f"대목 {passage.id}이(가) 문서 밖을 가리킵니다. 색인을 다시 만들어 주십시오."


def _write_generation(
    folder: Path,
    documents: Sequence[Document],
    encoder_name: str,
    chunking: ChunkSettings,
    tell: Progress,
) -> Manifest:
    outlines: list[tuple[Block, ...]] = []
    passages: list[Passage] = []
    groups: list[int] = []
    terms: list[list[str]] = []
    known: Known = {}
    for number, document in enumerate(documents):
        blocks = outline(document)
        pieces = atoms(document, blocks, known)
        sizes = [len(piece.terms) for piece in pieces]
        for passage, (first, last) in pack(document, pieces, sizes, chunking):
            passages.append(passage)
            groups.append(number)
            terms.append([term for piece in pieces[first:last] for term in piece.terms])
        outlines.append(blocks)
        tell("문서 나누기", number + 1, len(documents))
    if not passages:
        raise SourceError("문서에서 색인할 글을 찾지 못했습니다. 빈 문서가 아닌지 확인해 주십시오.")
    body = LexicalIndex.build(terms, groups)
    learn({text for p in passages for text in p.path} | {d.title for d in documents}, known)
    path = LexicalIndex.build(
        (
            [term for text in (documents[group].title, *passage.path) for term in known[text]]
            for passage, group in zip(passages, groups, strict=True)
        ),
        groups,
    )
    encoder = fit_encoder(encoder_name, terms)
    store = FaissStore.write(_encode(encoder, passages, terms, known, tell))

    write_lines(folder / "documents.jsonl", map(document_row, documents))
    write_lines(
        folder / "blocks.jsonl",
        (
            [document.file, [block_row(block) for block in blocks]]
            for document, blocks in zip(documents, outlines, strict=True)
        ),
    )
    write_lines(folder / "passages.jsonl", map(passage_row, passages))
    body.save(folder / "body")
    path.save(folder / "path")
    store.save(folder / "vectors.faiss")
    encoder.save(folder / "encoder")
    manifest = Manifest(
        format=FORMAT,
        fingerprint=fingerprint(documents, encoder_name, chunking),
        encoder=encoder_name,
        dimension=encoder.dimension,
        documents=len(documents),
        blocks=sum(map(len, outlines)),
        passages=len(passages),
        terms=len(body.vocabulary),
        sources={document.file: document.digest for document in documents},
        files={
            str(file.relative_to(folder)): (file.stat().st_size, sha256(file))
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        },
    )
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return manifest


def _encode(
    encoder: Encoder,
    passages: Sequence[Passage],
    terms: Sequence[Sequence[str]],
    known: Known,
    tell: Progress,
) -> Iterator[Any]:
    """Vectors in batches. The innermost heading is encoded with a passage: it gives a bullet its
    subject."""
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        subjects = [passage.path[-1] if passage.path else "" for passage in batch]
        texts = [f"{subject}\n{p.text}" for subject, p in zip(subjects, batch, strict=True)]
        found = [
            [*known.get(subject, ()), *own]
            for subject, own in zip(subjects, terms[start : start + _BATCH], strict=True)
        ]
        yield encoder.encode_documents(texts, found)
        tell("의미 벡터 만들기", start + len(batch), len(passages))


def _open_generation(folder: Path) -> Index:
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
    return Index(manifest, documents, passages, groups, body, path, vectors, encoder, blocks)


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
