"""XML parts of a document package, parsed without entities, network or document types."""

from __future__ import annotations

from typing import Any

from rag.errors import SourceError
from rag.loading.archive import damaged, missing

_MOST_BYTES = 96 << 20
_MOST_TAGS = 4_000_000
_MOST_ATTRIBUTES = 8_000_000

Element = Any
"""An element of lxml, which has no types of its own."""


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML part of the document ``name``.

    Raises SourceError where lxml is not installed, or the part is not well-formed, nests deeper
    than 256 elements, is too large to hold, or declares a document type: Hancom's and
    Microsoft's formats have none, and entities
    are how a small file becomes a large one.
    """
    try:
        from lxml import etree
    except ImportError:
        raise missing("lxml", "XML로 된") from None
    # Each tag and attribute costs about a hundred bytes of memory, however short it is.
    if (
        len(data) > _MOST_BYTES
        or data.count(b"<") > _MOST_TAGS
        or data.count(b"=") > _MOST_ATTRIBUTES
    ):
        raise SourceError(
            f"문서 '{name}'의 본문이 지나치게 커서 열지 않았습니다. 문서를 나누어 주세요."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged(name) from None
    if root.getroottree().docinfo.doctype:
        raise SourceError(
            f"문서 '{name}'에 허용하지 않는 선언(DTD)이 있어 열지 않았습니다. "
            "원본 프로그램에서 다시 저장해 주세요."
        )
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace, "" for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element, *path: str) -> Element | None:
    """The first element down a path of local names, or None."""
    for name in path:
        for inner in element:
            if local(inner) == name:
                element = inner
                break
        else:
            return None
    return element


def number(element: Element, attribute: str, default: int = 0, most: int = 1 << 31) -> int:
    """An attribute as an integer between ``-most`` and ``most``; ``default`` if it is none."""
    try:
        value = int(element.get(attribute, ""))
    except ValueError:
        return default
    return value if -most <= value <= most else default
