"""Files → documents. Each format has a reader behind :func:`rag.loading.routing.read`; a file is
routed by what it holds, never by its suffix."""

from __future__ import annotations

import errno
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import SourceError
from rag.loading import catalogue, metadata, routing
from rag.loading.extracted import Extracted
from rag.loading.formats import FORMATS, SUFFIXES, XLSX, Format, format_named
from rag.loading.text import read_bytes
from rag.types import Document, PageMark

MOST_BYTES = 256 << 20
"""A larger file is refused."""

_SAID = 2000  # code points of a format's own title that are looked at
_LONGEST = 200
_ISO = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "SUFFIXES",
    "Extracted",
    "Format",
    "SourceFile",
    "content",
    "document",
    "format_named",
    "load",
    "load_folder",
    "source_files",
    "survey",
]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file before it is read. ``digest`` is "" and ``problem`` a Korean sentence where it
    cannot be. ``needs`` are the packages and versions on which its reading depends; ``plain``
    tells that no hostile content of it can harm the reader; ``size`` is in bytes."""

    path: Path
    file: str
    digest: str = ""
    size: int = 0
    needs: tuple[tuple[str, str], ...] = ()
    plain: bool = True
    entry: catalogue.Entry | None = None
    problem: str = ""


def load(path: Path) -> Document:
    """The document in a file, with what its catalogue (``catalogue.toml`` beside it) says.

    Where the catalogue is silent, title, issuer, date and licence come from the file's format,
    then from the text. Offsets of a text file are those of the file decoded, a byte order mark
    left out, as long as it is in NFC and ends its lines with "\\n". Raises SourceError,
    CatalogueError.
    """
    return _load(path, catalogue.read(path.parent).get(path.name))


def load_folder(paths: Sequence[Path]) -> tuple[Document, ...]:
    """The documents of files and folders, sorted by file name.

    A folder gives its own files of the formats that are read (:data:`SUFFIXES`), not those of
    folders inside it. Raises SourceError where nothing is found, a file cannot be read, or two
    files have the same name; CatalogueError where a catalogue is wrong or does not match.
    """
    return tuple(_load(source.path, source.entry) for source in survey(paths))


def survey(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """The files behind ``paths``, sorted by name, each looked at but not read. A file that is
    missing or unreadable has a ``problem``. Raises as :func:`load_folder` for all else."""
    entries: dict[Path, dict[str, catalogue.Entry]] = {}
    found: list[SourceFile] = []
    for path in source_files(paths):
        folder = path.parent
        if folder not in entries:
            entries[folder] = catalogue.read(folder)
        entry = entries[folder].get(path.name)
        source = SourceFile(path, unicodedata.normalize("NFC", path.name), entry=entry)
        try:
            data = _bytes(path)
        except SourceError as error:
            found.append(replace(source, problem=str(error)))
            continue
        digest = hashlib.sha256(data).hexdigest()
        if entry is not None:
            catalogue.verify(folder, entry, digest)
        found.append(
            replace(
                source,
                digest=digest,
                size=len(data),
                needs=routing.needs(data),
                plain=routing.is_plain(data),
            )
        )
    return tuple(found)


def content(source: SourceFile) -> tuple[str, Extracted]:
    """The name of a file's format and what it holds, read here and now. Raises SourceError, also where the
    file has changed since it was looked at."""
    data = _bytes(source.path)
    if hashlib.sha256(data).hexdigest() != source.digest:
        raise SourceError(
            f"문서 '{source.file}'이(가) 읽는 사이에 바뀌었습니다. 다시 실행해 주세요."
        )
    read = routing.read(data, source.file)
    return read[0].name, read[1]


def document(source: SourceFile, format_: str, found: Extracted) -> Document:
    """The document of a source: what its catalogue says, then its format, then its text."""
    known = source.entry or catalogue.Entry(source.file)
    stem = unicodedata.normalize("NFC", source.path.stem)
    pages = found.pages
    if found.approximate_pages:
        pages = tuple(PageMark(mark.start, _estimated(mark.label)) for mark in pages)
    text = found.text
    return Document(
        id=stem,
        file=source.file,
        title=known.title or _line(found.title) or _title(format_, found, stem),
        issuer=(
            (_line(found.issuer) or metadata.issuer(text)) if known.issuer is None else known.issuer
        ),
        series=" ".join(part for part in (known.series, known.volume) if part),
        published=(
            (_date(found.published) or metadata.published(text))
            if known.published is None
            else known.published
        ),
        licence=(
            (_line(found.licence) or metadata.licence(text))
            if known.licence is None
            else known.licence
        ),
        text=text,
        digest=source.digest,
        pages=pages,
        format=format_,
        approximate_pages=found.approximate_pages,
        warnings=found.warnings,
        stated=found.stated,
    )


def source_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files behind ``paths``, sorted by name, each once; errors as :func:`load_folder`."""
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            try:
                inside = sorted(
                    entry
                    for entry in path.iterdir()
                    if entry.suffix.lower() in SUFFIXES
                    # What an editor or an office program puts beside an open document.
                    and not entry.name.startswith((".", "~$"))
                    and (entry.is_file() or _goes_round(entry))
                )
            except OSError as error:
                raise SourceError(
                    f"폴더 '{path}'을(를) 읽지 못했습니다({error.strerror}). 권한을 확인해 주세요."
                ) from None
            if not inside:
                raise SourceError(
                    f"폴더 '{path}'에 문서({', '.join(sorted(SUFFIXES))})가 없습니다. "
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
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if entry is not None:
        catalogue.verify(path.parent, entry, digest)
    name = unicodedata.normalize("NFC", path.name)
    source = SourceFile(path, name, digest, len(data), entry=entry)
    found = routing.read(data, name)
    return document(source, found[0].name, found[1])


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0  # what is wrong is said by the reading
    if size > MOST_BYTES:
        raise SourceError(
            f"문서 '{path.name}'이(가) {size >> 20:,} MiB라 읽지 않습니다"
            f"({MOST_BYTES >> 20} MiB까지). 문서를 나누어 주세요."
        )
    return read_bytes(path)


def _goes_round(path: Path) -> bool:
    """Whether a path is a link that leads back to itself: a mistake to be told of, where a link
    to nothing is passed over."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _title(format_: str, found: Extracted, stem: str) -> str:
    """The title among the lines outside tables; where those begin with running text, it may
    stand in a table at the head of the page, as that of a press release does. The lines of a
    workbook are cells and names of sheets: it goes by the name of its file."""
    if format_ == XLSX.name:
        return stem
    if not found.stated:
        return metadata.title(found.text, stem)
    outside = metadata.title(metadata.prose(found.text, found.stated), stem)
    return metadata.title(found.text, stem) if outside.endswith(("…", "다.")) else outside


def _line(text: str) -> str:
    """What a format says of itself as one line that can be printed: it may say anything."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:_SAID]).split())
    return line[:_LONGEST]


def _date(text: str) -> str:
    """An ISO date or a prefix of one, "" for anything else."""
    return text if _ISO.fullmatch(text) else ""


def _estimated(label: str) -> str:
    """The label of a page that is an estimate: "약 3"."""
    return label if label.startswith("약") else f"약 {label}"
