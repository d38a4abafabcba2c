"""Packages of Microsoft's formats (OPC): parts in a ZIP archive, and how they are related."""

from __future__ import annotations

import posixpath

from rag.loading.archive import Archive
from rag.loading.xml_parts import Element, parse_xml


class Package:
    """The parts of an Office package and how they are related. Errors are SourceError."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self.archive = Archive(data, name)

    def main(self, usual: str) -> str:
        """The path of the main part."""
        found = self.related("", "officeDocument")
        return found if self.archive.has(found) else usual

    def related(self, part: str, kind: str) -> str:
        """The path of the part that ``part`` is related to as ``kind``, "" if there is none."""
        return next((path for _, path in self.relations(part, kind)), "")

    def relations(self, part: str, kind: str) -> list[tuple[str, str]]:
        """The identifiers and paths of all parts related to ``part`` as ``kind``."""
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.archive.has(path):
            return []
        found: list[tuple[str, str]] = []
        for element in self.parse(path):
            target = element.get("Target", "")
            if element.get("Type", "").endswith(f"/{kind}") and element.get("TargetMode") is None:
                whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                found.append((element.get("Id", ""), posixpath.normpath(whole)))
        return found

    def parse(self, path: str) -> Element:
        return parse_xml(self.archive.read(path), self._name)

    def optional(self, part: str, kind: str, usual: str) -> Element | None:
        """The root of a related part, None where there is none."""
        path = self.related(part, kind) or posixpath.join(posixpath.dirname(part), usual)
        return self.parse(path) if self.archive.has(path) else None
