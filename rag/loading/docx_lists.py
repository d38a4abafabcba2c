"""Word's styles and lists: which paragraphs are headings, and the text of automatic numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.loading.numbering import Head, HeadKind, Level, Numbering
from rag.loading.xml_parts import Element, child, local

_FORMATS = {
    "decimal": 0, "decimalEnclosedCircle": 1, "decimalEnclosedCircleChinese": 1, "upperRoman": 2,
    "lowerRoman": 3, "upperLetter": 4, "lowerLetter": 5, "ganada": 8, "chosung": 10,
    "koreanCounting": 12, "koreanDigital": 12, "koreanDigital2": 13, "koreanLegal": 12,
    "chineseCounting": 13, "chineseCountingThousand": 13, "ideographTraditional": 16,
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|제목)\s*([1-9])\Z", re.I)
_TITLES = frozenset({"title", "제목"})
_CAPTIONS = frozenset({"caption", "캡션"})
_CONTENTS = re.compile(r"(?:toc|목차)\s*(?:[1-9]|heading)\Z|table of figures\Z", re.I)
_LEVELS = 9
_DEEPEST = 32  # styles based on each other
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs. ``outline`` is a heading's level from 0, None for
    body text; ``list`` and ``level`` name the list whose items they are, "" where none."""

    name: str = ""
    outline: int | None = None
    list: str = ""
    level: int | None = None

    @property
    def title(self) -> bool:
        return self.name.lower() in _TITLES

    @property
    def caption(self) -> bool:
        return self.name.lower() in _CAPTIONS

    @property
    def contents(self) -> bool:
        """Whether its paragraphs are lines of a table of contents."""
        return _CONTENTS.match(self.name) is not None


class Styles:
    """The styles of a document by their identifiers."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        for element in root.iter("{*}style") if root is not None else ():
            if value(element, "type") == "paragraph":
                self._elements.setdefault(value(element, "styleId"), element)
                if value(element, "default") in ("1", "true") and not self.default:
                    self.default = value(element, "styleId")

    def of(self, identifier: str) -> Style:
        """A style with what it takes over from those that it is based on."""
        if identifier not in self._known:
            self._known[identifier] = self._read(identifier)
        return self._known[identifier]

    def _read(self, identifier: str) -> Style:
        name, list_ = "", ""
        outline: int | None = None
        level: int | None = None
        for _ in range(_DEEPEST):
            element = self._elements.get(identifier)
            if element is None:
                break
            own = value(child(element, "name"), "val")
            name = name or own
            properties = child(element, "pPr")
            if properties is not None:
                if outline is None:
                    outline = outline_level(properties)
                found, at = list_of(properties)
                list_ = list_ or found
                level = at if level is None else level
            heading = _HEADING.match(own)
            if heading and outline is None:
                outline = int(heading[1]) - 1
            identifier = value(child(element, "basedOn"), "val")
        if outline is not None and outline >= _LEVELS:
            outline = None
        return Style(name, outline, list_, level)


class WordNumbering(Numbering):
    """Counts Word's lists. The list of a head is what :meth:`place` gives for it; headings may
    be numbered as items are."""

    def __init__(self, root: Element | None) -> None:
        lists: dict[int, tuple[Level, ...]] = {}
        bullets: dict[int, str] = {}
        self._places: dict[str, tuple[int, tuple[Level, ...], frozenset[int]]] = {}
        abstract: dict[str, Element] = {}
        for element in root.iter("{*}abstractNum") if root is not None else ():
            abstract[value(element, "abstractNumId")] = element
        numbers: dict[str, int] = {}
        for element in root.iter("{*}num") if root is not None else ():
            name = value(child(element, "abstractNumId"), "val")
            levels, signs = _levels(abstract.get(name), abstract)
            own = False
            for override in element:
                at = number_of(override, "ilvl", -1)
                start = child(override, "startOverride")
                inner = child(override, "lvl")
                if local(override) != "lvlOverride" or not 0 <= at < len(levels):
                    continue
                own = True
                if inner is not None:
                    levels[at], signs[at] = _level(inner)
                if start is not None:
                    shape = levels[at]
                    levels[at] = Level(shape.pattern, shape.format, number_of(start, "val", 1))
            # Lists that share their definition go on counting, unless one begins anew.
            key = len(lists) + 1 if own else numbers.setdefault(name, len(lists) + 1)
            if key not in lists:
                lists[key] = tuple(levels)
            for at, sign in enumerate(signs):
                if sign is not None:
                    bullets[key * 16 + at] = sign
            marks = frozenset(at for at, sign in enumerate(signs) if sign is not None)
            self._places[value(element, "numId")] = (key, tuple(levels), marks)
        super().__init__(lists, bullets)

    def place(self, identifier: str, level: int) -> tuple[HeadKind, int] | None:
        """The kind of an item at a level of a list, and its place for :class:`Head`; None where
        there is no such list."""
        found = self._places.get(identifier)
        if found is None or not 0 <= level < len(found[1]):
            return None
        kind = HeadKind.BULLET if level in found[2] else HeadKind.NUMBER
        return kind, found[0] * 16 + level

    def label(self, head: Head) -> str:
        if not head.list:
            return ""
        key, level = divmod(head.list, 16)
        if head.kind is HeadKind.BULLET or head.list in self._bullets:
            return super().label(Head(HeadKind.BULLET, level, head.list))
        return super().label(Head(HeadKind.NUMBER, level, key))


def _levels(
    element: Element | None, abstract: dict[str, Element]
) -> tuple[list[Level], list[str | None]]:
    levels = [Level("")] * _LEVELS
    signs: list[str | None] = [None] * _LEVELS
    for inner in element if element is not None else ():
        at = number_of(inner, "ilvl", -1)
        if local(inner) == "lvl" and 0 <= at < _LEVELS:
            levels[at], signs[at] = _level(inner)
    return levels, signs


def _level(element: Element) -> tuple[Level, str | None]:
    """How a level is written, and its sign if it is a bullet's."""
    shape = value(child(element, "numFmt"), "val")
    text = value(child(element, "lvlText"), "val")
    if shape == "bullet":
        return Level(""), text or "•"
    if shape == "none":
        text = _PLACE.sub("", text)
    start = number_of(child(element, "start"), "val", 1)
    return Level(_PLACE.sub(r"^\1", text), _FORMATS.get(shape, 0), start), None


def outline_level(properties: Element) -> int | None:
    """The outline level that properties set, 9 for body text; None where they are silent."""
    found = child(properties, "outlineLvl")
    return None if found is None else number_of(found, "val", _LEVELS)


def list_of(properties: Element) -> tuple[str, int | None]:
    """The list and level that properties set: "" where they are silent, "0" for none."""
    found = child(properties, "numPr")
    if found is None:
        return "", None
    level = child(found, "ilvl")
    return value(child(found, "numId"), "val"), (
        number_of(level, "val", 0) if level is not None else None
    )


def value(element: Element | None, name: str) -> str:
    """An attribute of any namespace, "" where there is none."""
    if element is None:
        return ""
    found = element.get(f"{{{element.nsmap.get(element.prefix, '')}}}{name}")
    if found is None:
        found = next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
    return str(found)


def number_of(element: Element | None, name: str, default: int) -> int:
    """An attribute of any namespace as a whole number up to 32,767; ``default`` if it is none."""
    try:
        found = int(value(element, name))
    except ValueError:
        return default
    return found if -32767 <= found <= 32767 else default
