"""HWP 5 documents: an OLE compound file of records → :class:`Extracted`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.errors import SourceError
from rag.loading import hancom
from rag.loading.archive import damaged, encrypted
from rag.loading.extracted import Extracted
from rag.loading.hwp5_body import Body
from rag.loading.hwp5_records import BULLET, NUMBERING, PARA_SHAPE, Record, Streams, records
from rag.loading.numbering import Head, HeadKind, Level, Numbering
from rag.loading.writer import Writer

_SIGNATURE = b"HWP Document File"
_PACKED, _PASSWORD, _DISTRIBUTION, _DRM = 1 << 0, 1 << 1, 1 << 2, 1 << 4
_CERTIFIED, _CERTIFIED_DRM = 1 << 8, 1 << 10
_CCL, _KOGL = 1 << 11, 1 << 15
_SECTION = re.compile(r"BodyText/Section(\d+)\Z")
_SUMMARY = "\x05HwpSummaryInformation"
_KINDS = {1: HeadKind.OUTLINE, 2: HeadKind.NUMBER, 3: HeadKind.BULLET}
_NUMBERED_LEVELS = 7


def read_hwp5(data: bytes, name: str) -> Extracted:
    """The text of an HWP 5 document and what it states of itself.

    The same as :func:`rag.loading.hwpx.read_hwpx` gives of the same document saved as HWPX.
    Raises SourceError where the file is no HWP 5 document, damaged, encrypted, a distribution
    copy, without text, or larger or deeper than is sensible.
    """
    hancom.refuse(data, name)
    streams = Streams(data, name)
    if "FileHeader" not in streams.names:
        raise SourceError(f"문서 '{name}'은(는) HWP 5 형식이 아닙니다. 파일 형식을 확인해 주세요.")
    header = streams.raw("FileHeader")
    if not header.startswith(_SIGNATURE) or len(header) < 40:
        raise damaged(name)
    flags = int.from_bytes(header[36:40], "little")
    if flags & _DISTRIBUTION:
        raise hancom.distribution(name)
    if flags & (_PASSWORD | _DRM | _CERTIFIED | _CERTIFIED_DRM):
        raise encrypted(name)
    packed = bool(flags & _PACKED)
    if "DocInfo" not in streams.names:
        raise damaged(name)
    info = records(streams.unpacked("DocInfo", packed), name)
    numbered = [(int(m[1]), m[0]) for m in map(_SECTION.match, streams.names) if m]
    if not numbered:
        raise damaged(name)
    body = Body(name, _heads(info))
    writer = Writer(_numbering(info))
    for _, path in sorted(numbered):
        writer.write(body.section(records(streams.unpacked(path, packed), name)))
    found = writer.finish()
    if not found.text.strip():
        raise hancom.empty(name)
    if hancom.PLACEHOLDER.match(found.text.lstrip()):
        raise hancom.distribution(name)
    title = _title(streams.raw(_SUMMARY)) if _SUMMARY in streams.names else ""
    return replace(
        found,
        title=hancom.plausible_title(title, found.text),
        licence=_licence(flags, header),
    )


def _heads(info: Sequence[Record]) -> dict[int, Head]:
    """The heads of paragraphs by the number of their shape."""
    heads: dict[int, Head] = {}
    shapes = (record.data for record in info if record.tag == PARA_SHAPE)
    for at, data in enumerate(shapes):
        shape = int.from_bytes(data[:4], "little")
        kind = _KINDS.get(shape >> 23 & 3)
        if kind is None:
            continue
        level = shape >> 25 & 7
        if len(data) >= 58:  # newer versions have ten levels and keep them at the end
            level = int.from_bytes(data[54:58], "little")
        heads[at] = Head(kind, level if level < 10 else 0, int.from_bytes(data[30:32], "little"))
    return heads


def _numbering(info: Sequence[Record]) -> Numbering:
    lists: dict[int, tuple[Level, ...]] = {}
    bullets: dict[int, str] = {}
    for record in info:
        if record.tag == NUMBERING:
            lists[len(lists) + 1] = _levels(record.data)
        elif record.tag == BULLET:
            sign = record.data[12:14].decode("utf-16-le", "replace").strip("\x00")
            bullets[len(bullets) + 1] = sign
    return Numbering(lists, bullets)


def _levels(data: bytes) -> tuple[Level, ...]:
    """Seven levels, the number that the list begins with, the number that each begins with; and
    in newer versions three levels more with theirs."""
    found: list[tuple[str, int]] = []
    at = 0

    def read(count: int) -> None:
        nonlocal at
        for _ in range(count):
            shape = int.from_bytes(data[at : at + 4], "little")
            length = int.from_bytes(data[at + 12 : at + 14], "little")
            pattern = data[at + 14 : at + 14 + 2 * length].decode("utf-16-le", "replace")
            found.append((pattern, shape >> 5 & 0x1F))
            at += 14 + 2 * length

    def starts(count: int) -> list[int]:
        nonlocal at
        numbers = [
            int.from_bytes(data[at + 4 * k : at + 4 * k + 4], "little") for k in range(count)
        ]
        numbers = [n if at + 4 * k + 4 <= len(data) else 1 for k, n in enumerate(numbers)]
        at += 4 * count
        return numbers

    read(_NUMBERED_LEVELS)
    at += 2
    begins = starts(_NUMBERED_LEVELS)
    if at + 3 * 14 <= len(data):
        read(3)
        begins += starts(3)
    return tuple(
        Level(pattern, code, begin) for (pattern, code), begin in zip(found, begins, strict=True)
    )


def _licence(flags: int, header: bytes) -> str:
    kind = "KOGL" if flags & _KOGL else "CCL" if flags & _CCL else ""
    return hancom.licence_text(kind, int.from_bytes(header[40:44], "little"))


def _title(data: bytes) -> str:
    """The title in a set of OLE properties, "" where there is none or the set is damaged."""
    start = int.from_bytes(data[44:48], "little")
    count = int.from_bytes(data[start + 4 : start + 8], "little")
    for k in range(min(count, 100)):
        entry = data[start + 8 + 8 * k : start + 16 + 8 * k]
        if int.from_bytes(entry[:4], "little") != 2:
            continue
        at = start + int.from_bytes(entry[4:], "little")
        if int.from_bytes(data[at : at + 4], "little") != 0x1F:
            return ""
        length = min(int.from_bytes(data[at + 4 : at + 8], "little"), 1000)
        return data[at + 8 : at + 8 + 2 * length].decode("utf-16-le", "replace").strip("\x00")
    return ""
