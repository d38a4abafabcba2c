"""The streams of an HWP 5 file, and the records inside them.

A file is an OLE compound file; a stream is deflated without a header; inside is a flat run of
records, each with a tag, a level and its bytes. Everything is bounded: a damaged or hostile file
raises SourceError.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, NamedTuple

from rag.errors import SourceError
from rag.loading.archive import damaged, missing

_MOST_BYTES = 128 << 20
"""Of what one file unpacks to."""
_MOST_RECORDS = 1_200_000
_SECTOR = 512

NUMBERING, BULLET, PARA_SHAPE = 0x17, 0x18, 0x19
PARA_HEADER, PARA_TEXT, PARA_LINE_SEG = 0x42, 0x43, 0x45
CTRL_HEADER, LIST_HEADER, PAGE_DEF = 0x47, 0x48, 0x49
SHAPE_COMPONENT, TABLE = 0x4C, 0x4D
EQEDIT, TEXT_ART, FORM_OBJECT = 0x58, 0x5A, 0x5B
KEPT = frozenset(
    {
        NUMBERING, BULLET, PARA_SHAPE, PARA_HEADER, PARA_TEXT, PARA_LINE_SEG, CTRL_HEADER,
        LIST_HEADER, PAGE_DEF, SHAPE_COMPONENT, TABLE, EQEDIT, TEXT_ART, FORM_OBJECT,
    }
)  # fmt: skip
"""The tags that a reader of text needs; other records are passed over."""


class Record(NamedTuple):
    tag: int
    level: int
    data: bytes


class Streams:
    """The streams of an OLE file in memory."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            import olefile
        except ImportError:
            raise missing("olefile", "HWP 5") from None
        self._name = name
        self._size = len(data)
        self._unpacked = 0
        self._check_header(data)
        try:
            self._ole: Any = olefile.OleFileIO(io.BytesIO(data))
            self.names: tuple[str, ...] = tuple(
                "/".join(path) for path in self._ole.listdir(streams=True, storages=False)
            )
        # A damaged directory makes olefile raise anything, down to errors of recursion.
        except Exception:
            raise damaged(name) from None

    def _check_header(self, data: bytes) -> None:
        """The header may claim more tables of sectors than the file has room for."""
        if len(data) < 3 * _SECTOR:
            raise damaged(self._name)
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise damaged(self._name)
        sectors = len(data) >> shift
        for at in (40, 44, 64, 72):  # directory, FAT, mini FAT, table of FAT sectors
            if struct.unpack_from("<I", data, at)[0] > sectors + 1:
                raise damaged(self._name)

    def raw(self, path: str) -> bytes:
        """The bytes of a stream as stored. Raises SourceError where it is missing or broken."""
        try:
            size = int(self._ole.get_size(path))
            if size > self._size:
                raise damaged(self._name)
            with self._ole.openstream(path) as stream:
                content = bytes(stream.read())
        except SourceError:
            raise
        except Exception:  # a chain of sectors that ends nowhere
            raise damaged(self._name) from None
        if len(content) != size:
            raise damaged(self._name)
        return content

    def unpacked(self, path: str, packed: bool) -> bytes:
        """The bytes of a stream, inflated where ``packed``."""
        content = self.raw(path)
        if packed:
            room = _MOST_BYTES - self._unpacked
            inflate = zlib.decompressobj(-15)
            try:
                content = inflate.decompress(content, room)
            except zlib.error:
                raise damaged(self._name) from None
            if inflate.unconsumed_tail:
                raise SourceError(
                    f"문서 '{self._name}'은(는) 압축을 풀면 지나치게 커서 열지 않았습니다. "
                    "올바른 문서인지 확인해 주세요."
                )
            if not inflate.eof:
                raise damaged(self._name)
        self._unpacked += len(content)
        return content


def records(content: bytes, name: str) -> list[Record]:
    """The records of a stream whose tags are in ``KEPT``, in order. Raises SourceError where one
    is cut off or there are more than a document has."""
    found: list[Record] = []
    at, end = 0, len(content)
    unpack = struct.Struct("<I").unpack_from
    seen = 0
    while at + 4 <= end:
        head = unpack(content, at)[0]
        at += 4
        size = head >> 20
        if size == 0xFFF:
            if at + 4 > end:
                raise damaged(name)
            size = unpack(content, at)[0]
            at += 4
        if at + size > end:
            raise damaged(name)
        seen += 1
        if seen > 4 * _MOST_RECORDS or len(found) > _MOST_RECORDS:
            raise SourceError(
                f"문서 '{name}'의 본문이 지나치게 커서 열지 않았습니다. 문서를 나누어 주세요."
            )
        tag = head & 0x3FF
        if tag in KEPT:
            found.append(Record(tag, head >> 10 & 0x3FF, content[at : at + size]))
        at += size
    return found
