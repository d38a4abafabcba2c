"""Word documents (DOCX, ISO/IEC 29500): a ZIP package of XML parts → :class:`Extracted`."""

from __future__ import annotations

from dataclasses import replace

from rag.errors import SourceError
from rag.loading.archive import damaged
from rag.loading.docx_body import Body
from rag.loading.docx_lists import Styles, WordNumbering, value
from rag.loading.extracted import Extracted
from rag.loading.hancom import empty, plausible_title
from rag.loading.office_package import Package
from rag.loading.writer import Writer
from rag.loading.xml_parts import Element, child, local

_MAIN = "word/document.xml"
_LONGEST_TITLE = 150


def read_docx(data: bytes, name: str) -> Extracted:
    """The text of a Word document and what it states: headings by style or outline level, items
    of lists with their numbers, tables, captions and notes.

    A title is given from the style for titles, else from the properties where the text bears it
    out; no date: the dates in the package are those of the file. Raises SourceError where the
    file is no Word document, damaged, encrypted, empty, or larger or deeper than is sensible.
    """
    if not data.startswith(b"PK"):
        raise SourceError(f"문서 '{name}'은(는) DOCX 형식이 아닙니다. 파일 형식을 확인해 주세요.")
    package = Package(data, name)
    main = package.main(_MAIN)
    if not package.archive.has(main):
        raise damaged(name)
    root = package.parse(main)
    inside = child(root, "body")
    if local(root) != "document" or inside is None:
        raise damaged(name)
    numbering = WordNumbering(package.optional(main, "numbering", "numbering.xml"))
    styles = Styles(package.optional(main, "styles", "styles.xml"))
    body = Body(name, styles, numbering, _notes(package, main))
    writer = Writer(numbering)
    writer.write(body.blocks(inside))
    found = writer.finish()
    if not found.text.strip():
        raise empty(name)
    return replace(
        found,
        pages=(),
        approximate_pages=False,
        title=_title(package, body.title, found.text),
        warnings=found.warnings + _warnings(body),
    )


def _notes(package: Package, main: str) -> dict[tuple[str, str], Element]:
    notes: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        root = package.optional(main, f"{kind}s", f"{kind}s.xml")
        for element in root if root is not None else ():
            # Notes of other types are the lines that part notes from the text.
            if local(element) == kind and value(element, "type") in ("", "normal"):
                notes.setdefault((kind, value(element, "id")), element)
    return notes


def _title(package: Package, styled: str, text: str) -> str:
    if 0 < len(styled) <= _LONGEST_TITLE:
        return styled
    path = package.related("", "core-properties")
    if not package.archive.has(path):
        return ""
    title = child(package.parse(path), "title")
    return plausible_title("".join(title.itertext()), text) if title is not None else ""


def _warnings(body: Body) -> tuple[str, ...]:
    found: list[str] = []
    if body.deleted:
        found.append("변경 추적에서 지운 것으로 표시된 글은 읽지 않았습니다.")
    if body.hidden:
        found.append("숨긴 글은 읽지 않았습니다.")
    if body.contents:
        found.append("자동으로 만든 목차는 읽지 않았습니다.")
    return tuple(found)
