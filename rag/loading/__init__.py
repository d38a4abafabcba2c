"""Files → documents. Each format has a module behind :func:`load`; a file is routed by what it
holds, never by its suffix. Today that is UTF-8 text; other formats are named and refused."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.errors import SourceError
from rag.loading import catalogue, metadata, pages
from rag.loading.text import decode, read_bytes
from rag.types import Document

SUFFIXES = frozenset({".txt", ".md"})
"""What is taken from a folder. A file that is named itself may have any suffix."""

__all__ = ["SUFFIXES", "load", "load_folder", "source_files"]


def load(path: Path) -> Document:
    """The document in a file, with what its catalogue (``catalogue.toml`` beside it) says.

    Where the catalogue is silent, title, issuer, date and licence come from the text. Offsets of
    the text are those of the file decoded from UTF-8, a byte order mark left out, as long as the
    file is in NFC and ends its lines with "\\n". Raises SourceError, CatalogueError.
    """
    return _load(path, catalogue.read(path.parent).get(path.name))


def load_folder(paths: Sequence[Path]) -> tuple[Document, ...]:
    """The documents of files and folders, sorted by file name.

    A folder gives its own *.txt and *.md files, not those of folders inside it. Raises
    SourceError where nothing is found, a file cannot be read, or two files have the same name;
    CatalogueError where a catalogue is wrong or does not match.
    """
    entries: dict[Path, dict[str, catalogue.Entry]] = {}
    documents: list[Document] = []
    for file in source_files(paths):
        folder = file.parent
        if folder not in entries:
            entries[folder] = catalogue.read(folder)
        documents.append(_load(file, entries[folder].get(file.name)))
    return tuple(documents)


def source_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files behind ``paths``, sorted by name, each once; errors as :func:`load_folder`."""
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            try:
                inside = sorted(
                    entry
                    for entry in path.iterdir()
                    if entry.suffix.lower() in SUFFIXES and entry.is_file()
                )
            except OSError as error:
                raise SourceError(
                    f"폴더 '{path}'을(를) 읽지 못했습니다({error.strerror}). 권한을 확인해 주세요."
                ) from None
            if not inside:
                raise SourceError(
                    f"폴더 '{path}'에 문서(.txt, .md)가 없습니다. "
                    "문서를 넣거나 다른 폴더를 지정해 주세요."
                )
        else:
            inside = [path]
        for file in inside:
            name = unicodedata.normalize("NFC", file.name)
            other = found.get(name)
            if other is not None and other.resolve() != file.resolve():
                raise SourceError(
                    f"이름이 같은 문서가 둘 있습니다: '{other}', '{file}'. "
                    "한쪽의 이름을 바꿔 주세요."
                )
            found.setdefault(name, file)
    if not found:
        raise SourceError("읽을 문서가 없습니다. 문서 파일이나 폴더를 지정해 주세요.")
    return tuple(found[name] for name in sorted(found))


def _load(path: Path, entry: catalogue.Entry | None) -> Document:
    data = read_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if entry is not None:
        catalogue.verify(path.parent, entry, digest)
    text = decode(data, path.name)
    known = entry or catalogue.Entry(path.name)
    series = " ".join(part for part in (known.series, known.volume) if part)
    stem = unicodedata.normalize("NFC", path.stem)
    return Document(
        id=stem,
        file=unicodedata.normalize("NFC", path.name),
        title=known.title or metadata.title(text, stem),
        issuer=metadata.issuer(text) if known.issuer is None else known.issuer,
        series=series,
        published=metadata.published(text) if known.published is None else known.published,
        licence=metadata.licence(text) if known.licence is None else known.licence,
        text=text,
        digest=digest,
        pages=pages.find(text),
    )
