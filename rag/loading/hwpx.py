"""HWPX documents (KS X 6101): a ZIP package of XML parts → :class:`Extracted`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.errors import SourceError
from rag.loading import hancom
from rag.loading.archive import Archive, damaged, encrypted
from rag.loading.extracted import Extracted
from rag.loading.hwpx_body import Body
from rag.loading.numbering import Head, HeadKind, Level, Numbering, format_code
from rag.loading.writer import Writer
from rag.loading.xml_parts import Element, child, local, number, parse_xml

_HEADER = "Contents/header.xml"
_PACKAGE = "Contents/content.hpf"
_MANIFEST = "META-INF/manifest.xml"
_SECTION = re.compile(r"(?:.*/)?section(\d+)\.xml\Z", re.I)
_MOST_LEVELS = 16
_KINDS = {
    "OUTLINE": HeadKind.OUTLINE,
    "NUMBER": HeadKind.NUMBER,
    "BULLET": HeadKind.BULLET,
}


def read_hwpx(data: bytes, name: str) -> Extracted:
    """The text of an HWPX document and what it states of itself.

    Page labels are estimates from the last layout ("약 3"); a title is given only where the
    text bears it out, and no date: the dates in the package are those of the file, not of the
    publication. Raises SourceError where the file is no HWPX document, damaged, encrypted, a
    distribution copy, without text, or larger or deeper than is sensible.
    """
    hancom.refuse(data, name)
    if not data.startswith(b"PK"):
        raise SourceError(f"문서 '{name}'은(는) HWPX 형식이 아닙니다. 파일 형식을 확인해 주세요.")
    archive = Archive(data, name)
    if archive.has(_MANIFEST) and _is_encrypted(parse_xml(archive.read(_MANIFEST), name)):
        raise encrypted(name)
    package = parse_xml(archive.read(_PACKAGE), name) if archive.has(_PACKAGE) else None
    sections = _sections(archive, package)
    if not sections:
        if hancom.recognise(data) is hancom.Hancom.HWPX:
            raise damaged(name)
        raise SourceError(f"문서 '{name}'에 HWPX 본문이 없습니다. 파일 형식을 확인해 주세요.")
    header = parse_xml(archive.read(_HEADER), name) if archive.has(_HEADER) else None
    body = Body(name, _heads(header))
    writer = Writer(_numbering(header))
    for path in sections:
        writer.write(body.section(parse_xml(archive.read(path), name)))
    found = writer.finish()
    if not found.text.strip():
        raise hancom.empty(name)
    if hancom.PLACEHOLDER.match(found.text.lstrip()):
        raise hancom.distribution(name)
    warnings = found.warnings
    if body.deleted:
        warnings += ("변경 추적에서 지운 것으로 표시된 글은 읽지 않았습니다.",)
    return replace(
        found,
        title=hancom.plausible_title(_title(package), found.text),
        licence=_licence(header),
        warnings=warnings,
    )


def _is_encrypted(manifest: Element) -> bool:
    return any(local(element) == "encryption-data" for element in manifest.iter())


def _sections(archive: Archive, package: Element | None) -> Sequence[str]:
    """The paths of the sections in reading order: the package's spine, else by their numbers."""
    found: list[str] = []
    if package is not None:
        items = {item.get("id"): item.get("href", "") for item in package.iter("{*}item")}
        for entry in package.iter("{*}itemref"):
            href = items.get(entry.get("idref"), "")
            for path in (href, f"Contents/{href}"):
                if _SECTION.match(path) and archive.has(path) and path not in found:
                    found.append(path)
                    break
    if not found:
        numbered = [(int(m[1]), m[0]) for m in map(_SECTION.match, archive.names) if m]
        found = [path for _, path in sorted(numbered)]
    return found


def _heads(header: Element | None) -> dict[str, Head]:
    """The heads of paragraphs by the identifier of their shape."""
    heads: dict[str, Head] = {}
    for shape in header.iter("{*}paraPr") if header is not None else ():
        heading = next(iter(shape.iter("{*}heading")), None)
        kind = _KINDS.get(heading.get("type", "")) if heading is not None else None
        if kind is not None:
            heads[shape.get("id", "")] = Head(
                kind, max(0, number(heading, "level", most=9)), number(heading, "idRef")
            )
    return heads


def _numbering(header: Element | None) -> Numbering:
    lists: dict[int, tuple[Level, ...]] = {}
    bullets: dict[int, str] = {}
    for element in header.iter("{*}numbering") if header is not None else ():
        levels: dict[int, Level] = {}
        for head in element:
            at = number(head, "level", 0, most=_MOST_LEVELS)
            if local(head) == "paraHead" and at > 0:
                levels[at] = Level(
                    head.text or "",
                    format_code(head.get("numFormat", "")),
                    number(head, "start", 1),
                )
        lists[number(element, "id")] = tuple(
            levels.get(at, Level("")) for at in range(1, max(levels, default=0) + 1)
        )
    for element in header.iter("{*}bullet") if header is not None else ():
        bullets[number(element, "id")] = element.get("char", "")
    return Numbering(lists, bullets)


def _title(package: Element | None) -> str:
    title = child(package, "metadata", "title") if package is not None else None
    return "".join(title.itertext()) if title is not None else ""


def _licence(header: Element | None) -> str:
    mark = child(header, "docOption", "licensemark") if header is not None else None
    if mark is None:
        return ""
    return hancom.licence_text(mark.get("type", ""), number(mark, "flag"))
