"""Files inside a ZIP archive, read within limits: an archive may claim, or unpack to, anything."""

from __future__ import annotations

import io
import zipfile

from rag.errors import SourceError

_MOST_ENTRIES = 10_000
_MOST_BYTES = 256 << 20
"""Of all that is unpacked from one archive."""
_RATIO = 400
_RATIO_FROM = 1 << 20
"""Below this size a high ratio of compression does no harm."""


class Archive:
    """A ZIP archive in memory. All errors are SourceError and name the document."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._size = len(data)
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        # What a damaged directory makes zipfile raise is not documented.
        except Exception:
            raise self._damaged() from None
        if len(entries) > _MOST_ENTRIES:
            raise SourceError(
                f"문서 '{name}'의 압축 안에 파일이 {len(entries):,}개나 있어 열지 않았습니다. "
                "올바른 문서인지 확인해 주세요."
            )
        self._entries = {entry.filename: entry for entry in entries}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files inside, in the archive's order."""
        return tuple(self._entries)

    def has(self, path: str) -> bool:
        return path in self._entries

    def read(self, path: str) -> bytes:
        """The bytes of one file. Raises SourceError where it is missing, damaged, encrypted, or
        would make the unpacked document larger than what is sensible."""
        entry = self._entries.get(path)
        if entry is None:
            raise self._damaged()
        if entry.flag_bits & 1:
            raise encrypted(self._name)
        packed = min(entry.compress_size, self._size)
        room = min(_MOST_BYTES - self._read, max(_RATIO_FROM, _RATIO * packed))
        if entry.file_size > room:
            raise self._bomb()
        try:
            with self._zip.open(entry) as file:
                # The size that the directory claims may be a lie.
                content = file.read(room + 1)
        # A bad sum, a cut stream, an unknown method: each decompressor raises its own errors.
        except Exception:
            raise self._damaged() from None
        if len(content) > room:
            raise self._bomb()
        self._read += len(content)
        return content

    def _damaged(self) -> SourceError:
        return damaged(self._name)

    def _bomb(self) -> SourceError:
        return SourceError(
            f"문서 '{self._name}'은(는) 압축을 풀면 지나치게 커서 열지 않았습니다. "
            "올바른 문서인지 확인해 주세요."
        )


def damaged(name: str) -> SourceError:
    """The error for a file whose inside is broken or cut off."""
    return SourceError(
        f"문서 '{name}'이(가) 손상되었거나 잘려 있어 읽지 못했습니다. 원본을 다시 받아 주세요."
    )


def encrypted(name: str) -> SourceError:
    """The error for a document with a password."""
    return SourceError(
        f"문서 '{name}'에 암호가 걸려 있어 읽지 못했습니다. 암호를 푼 문서로 바꿔 주세요."
    )


def missing(library: str, form: str) -> SourceError:
    """The error where the library that a format is read with is not installed."""
    return SourceError(
        f"{form} 문서를 읽는 데 필요한 {library} 패키지가 없습니다. "
        "pip install 'geungeo[formats]'로 설치해 주세요."
    )
