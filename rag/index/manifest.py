"""What an index was made from, and whether what lies on disk is still that.

The manifest of a generation names its documents, its encoder and its files; its fingerprint
changes with whatever would make another index: a document, the catalogue, the encoder, the
analyser, a package that reads a format, or the code that cuts and counts. It is known before any
document is read, so that a file that cannot be read is not tried again until it changes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from rag.errors import IndexBroken, IndexMissing
from rag.loading import SourceFile
from rag.settings import ChunkSettings

FORMAT = 3
"""Raised whenever files of an older index can no longer be read or mean something else."""

_MAKERS = (
    "korean",
    "reading",
    "outline",
    "loading",
    "passages",
    "facts",
    "index",
    "types.py",
)
"""The rooms whose change makes another index of the same documents: all that building imports but
errors and settings, of which what counts stands in the fingerprint. A test compares the two."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from. ``sources`` maps file names to digests, ``files`` the
    generation's own files to [size in bytes, SHA-256], ``facts`` the forms of facts to how many. ``made`` names the code and settings that
    cut and analysed the documents. ``failed`` maps the files that could not be read to [digest,
    a Korean sentence], ``warnings`` those that were read to what was left out of them.
    ``origins`` maps files to where they lay, as a path from the index folder and as a whole
    one: whichever of the two still leads to them does."""

    format: int
    fingerprint: str
    encoder: str
    dimension: int
    documents: int
    blocks: int
    passages: int
    facts: dict[str, int]
    terms: int
    sources: dict[str, str]
    files: dict[str, tuple[int, str]]
    made: str = ""
    failed: dict[str, tuple[str, str]] = field(default_factory=dict)
    warnings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    origins: dict[str, tuple[str, str]] = field(default_factory=dict)


def current(index_dir: Path) -> Path:
    """The folder of the generation that serves. Raises IndexMissing where nothing was built,
    IndexBroken where the pointer leads nowhere."""
    pointer = index_dir / "CURRENT"
    if not pointer.is_file():
        raise IndexMissing(
            f"'{index_dir}'에 색인이 없습니다. 'geungeo build --index {index_dir}'로 먼저 "
            "만들어 주십시오."
        )
    name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    if not name.startswith("generation-") or "/" in name or not (index_dir / name).is_dir():
        raise broken(index_dir, "CURRENT가 가리키는 색인이 없습니다")
    return index_dir / name


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; IndexBroken when it is damaged or of another format."""
    try:
        raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise broken(folder, "다른 판의 프로그램이 만든 색인입니다")
        raw["files"] = {name: (size, digest) for name, (size, digest) in raw["files"].items()}
        raw["failed"] = {name: (digest, why) for name, (digest, why) in raw["failed"].items()}
        raw["warnings"] = {name: tuple(told) for name, told in raw["warnings"].items()}
        raw["origins"] = {name: (near, whole) for name, (near, whole) in raw["origins"].items()}
        return Manifest(**raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(folder, "manifest.json을 읽을 수 없습니다") from error


def require_files(folder: Path, manifest: Manifest) -> None:
    """Raise IndexBroken where a file of the manifest is missing or of another size. Digests are
    left to :func:`rag.index.generation.check`, so that opening need not read every byte."""
    for name, (size, _digest) in manifest.files.items():
        file = folder / name
        if not file.is_file() or file.stat().st_size != size:
            raise broken(folder, f"{name} 파일이 없거나 크기가 다릅니다")


def broken(folder: Path, what: str) -> IndexBroken:
    """The error for an index folder, or a generation in one, with what is wrong with it in Korean,
    and the remedy."""
    index_dir = folder.parent if folder.name.startswith(("generation-", "building-")) else folder
    return IndexBroken(
        f"색인 '{index_dir}'을(를) 쓸 수 없습니다: {what}. 'geungeo build --index {index_dir}'로 다시 "
        "만들어 주십시오."
    )


def fingerprint(sources: Sequence[SourceFile], encoder: str, chunking: ChunkSettings) -> str:
    """Sixteen hexadecimal digits that change with whatever changes the index."""
    made_from = {
        "made": made_by(chunking),
        "encoder": encoder,
        "documents": [
            [
                source.file,
                source.digest,
                source.needs,
                None
                if source.entry is None
                else [
                    source.entry.title,
                    source.entry.series,
                    source.entry.volume,
                    source.entry.issuer,
                    source.entry.published,
                    source.entry.licence,
                ],
            ]
            for source in sources
        ],
    }
    return _digest(made_from)


def made_by(chunking: ChunkSettings) -> str:
    """Sixteen hexadecimal digits that change with whatever makes other passages or terms of the
    same bytes."""
    return _digest(
        {
            "format": FORMAT,
            "analyser": [version("kiwipiepy"), version("kiwipiepy_model")],
            "code": _code(),
            "chunking": asdict(chunking),
        }
    )


def origin(file: Path, index_dir: Path) -> tuple[str, str]:
    """Where a file lies: as a path from the index folder, and as a whole one."""
    whole = file.absolute()
    try:
        near = os.path.relpath(whole, index_dir.absolute())
    except ValueError:
        near = ""  # on another drive
    return near, str(whole)


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A digest of the code and word lists that make an index, so that one made by an earlier
    state of the project is built anew after an update."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for name in _MAKERS:
        found = package / name
        files = sorted(found.rglob("*")) if found.is_dir() else [found]
        for file in files:
            if file.suffix in (".py", ".txt", ".tsv"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def sha256(file: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
