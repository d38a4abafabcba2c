"""seeds/catalogue.toml: what is known of the documents of a folder, and their digests.

[[document]]
file = "001.txt"
title = "…"         series = "…"        volume = "…"       issuer = "…"
published = "2021-03"   licence = ""        sha256 = "…"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from rag.errors import CatalogueError

NAME = "catalogue.toml"
_FIELDS = ("title", "series", "volume", "issuer", "published", "licence", "sha256")
_DATE = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?\Z")
_DIGEST = re.compile(r"([0-9a-f]{64})?\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one file; a field that is not given is None."""

    file: str
    title: str | None = None
    series: str | None = None
    volume: str | None = None
    issuer: str | None = None
    published: str | None = None
    licence: str | None = None
    sha256: str | None = None


def read(folder: Path) -> dict[str, Entry]:
    """Entries of the folder's catalogue by file name; {} where it has none.

    Raises CatalogueError where it cannot be read, is not the TOML described above, names a file
    twice, or names one that is not in the folder.
    """
    path = folder / NAME
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise CatalogueError(
            f"목록 '{path}'을(를) 읽지 못했습니다({error.strerror}). 파일 권한을 확인해 주세요."
        ) from None
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(
            f"목록 '{path}'의 TOML 문법이 잘못되었습니다({error}). 그 줄을 고쳐 주세요."
        ) from None
    raw = content.get("document", [])
    if not isinstance(raw, list):
        raise CatalogueError(f"목록 '{path}'의 문서는 [[document]] 표로 적어 주세요.")
    entries: dict[str, Entry] = {}
    for item in raw:
        entry = _entry(path, item)
        if entry.file in entries:
            raise CatalogueError(
                f"목록 '{path}'에 '{entry.file}'이(가) 두 번 나옵니다. 하나를 지워 주세요."
            )
        if not (folder / entry.file).is_file():
            raise CatalogueError(
                f"목록 '{path}'에 적힌 '{entry.file}'이(가) 폴더에 없습니다. "
                "파일을 넣거나 그 항목을 지워 주세요."
            )
        entries[entry.file] = entry
    return entries


def verify(folder: Path, entry: Entry, digest: str) -> None:
    """Raise CatalogueError where the file's digest is not the one in the catalogue."""
    if entry.sha256 and entry.sha256 != digest:
        raise CatalogueError(
            f"'{entry.file}'의 내용이 목록의 sha256과 다릅니다. 원본 파일을 되돌리거나, "
            f"바뀐 것이 맞다면 '{folder / NAME}'의 sha256을 {digest}(으)로 고쳐 주세요."
        )


def _entry(path: Path, item: object) -> Entry:
    if not isinstance(item, dict) or not isinstance(item.get("file"), str) or not item["file"]:
        raise CatalogueError(
            f"목록 '{path}'의 각 [[document]]에 file = \"파일 이름\"을 적어 주세요."
        )
    file = item["file"]
    values: dict[str, str | None] = {}
    for key in _FIELDS:
        value = item.get(key)
        if value is not None and not isinstance(value, str):
            raise CatalogueError(
                f"목록 '{path}'의 '{file}' 항목에서 {key}은(는) 따옴표로 묶은 글이어야 합니다."
            )
        values[key] = value.strip() if value is not None else None
    if "/" in file or "\\" in file:
        raise CatalogueError(f"목록 '{path}'의 '{file}'은(는) 폴더 없이 파일 이름만 적어 주세요.")
    if not _DATE.match(values["published"] or ""):
        raise CatalogueError(
            f"목록 '{path}'의 '{file}' 항목에서 "
            "published는 2021, 2021-03, 2021-03-10 꼴로 적어 주세요."
        )
    if not _DIGEST.match(values["sha256"] or ""):
        raise CatalogueError(
            f"목록 '{path}'의 '{file}' 항목에서 sha256은 소문자 16진수 64자여야 합니다."
        )
    return Entry(
        file,
        values["title"],
        values["series"],
        values["volume"],
        values["issuer"],
        values["published"],
        values["licence"],
        values["sha256"],
    )
