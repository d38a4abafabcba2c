"""A section of an HWPX document → paragraphs.

Taken up: text, tables, drawn objects with text, captions, notes, equations, boxes of a form.
Left out: running headers and footers, memos, hidden remarks, page numbers, descriptions of
pictures, and text that tracked changes have deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rag.loading.numbering import Head, format_code, number_text
from rag.loading.paragraphs import (
    Bounds,
    Box,
    Caption,
    Draft,
    Grid,
    GridCell,
    Note,
    Paragraph,
    Section,
)
from rag.loading.xml_parts import Element, child, local, number

_SIGNS = {
    "tab": "\t", "lineBreak": "\n", "hyphen": "-", "nbSpace": " ", "fwSpace": " ",
}  # fmt: skip
_SILENT = frozenset(
    {
        "header", "footer", "hiddenComment", "bookmark", "indexmark", "pageNum", "pageHiding",
        "pageNumCtrl", "newNum", "fieldBegin", "fieldEnd", "parameters", "linesegarray",
    }
)  # fmt: skip


class Body:
    """Reads sections. ``heads`` gives the head of a paragraph by the identifier of its shape."""

    def __init__(self, name: str, heads: Mapping[str, Head]) -> None:
        self._bounds = Bounds(name)
        self._heads = heads
        self._deleting = False
        self.deleted = False
        """Whether text was left out because a tracked change deletes it."""
        self._inline: dict[str, Callable[[Element], str]] = {
            "equation": _script,
            "compose": lambda element: str(element.get("composeText", "")),
            "dutmal": _gloss,
            "btn": lambda element: _caption_of(element, ""),
            "checkBtn": lambda element: _caption_of(element, _ticked(element)),
            "radioBtn": lambda element: _caption_of(element, _ticked(element)),
            "edit": lambda element: "".join(_texts(child(element, "text"))),
            "comboBox": lambda element: str(element.get("selectedValue", "")),
        }

    def section(self, root: Element) -> Iterator[Paragraph]:
        """The paragraphs of a section's body, in order."""
        yield from self._paragraphs(root, 0)

    def _paragraphs(self, parent: Element | None, depth: int) -> Iterator[Paragraph]:
        self._bounds.enter(depth)
        if parent is None:
            return
        for element in parent:
            if local(element) == "p":
                yield self._paragraph(element, depth)

    def _paragraph(self, element: Element, depth: int) -> Paragraph:
        self._bounds.count()
        draft = Draft(breaks=element.get("pageBreak") == "1")
        lines: tuple[tuple[int, int], ...] = ()
        for part in element:
            name = local(part)
            if name == "run":
                for item in part:
                    self._item(item, draft, depth)
            elif name == "linesegarray":
                lines = tuple((number(line, "vertpos"), number(line, "vertsize")) for line in part)
        # A mark that is never closed must not swallow the rest of the document.
        self._deleting = False
        return draft.finish(self._heads.get(element.get("paraPrIDRef", "")), lines)

    def _item(self, item: Element, draft: Draft, depth: int) -> None:
        name = local(item)
        if name == "t":
            draft.say("".join(self._run_text(item)))
        elif name == "ctrl":
            for control in item:
                self._control(control, draft, depth)
        elif name == "secPr":
            draft.section = _section(item)
        elif name == "tbl":
            draft.add(self._table(item, depth))
        elif name in self._inline:
            draft.say(self._inline[name](item))
            caption = self._caption(item, depth)
            if caption is not None:
                draft.add(Box((), caption))
        elif name == "switch":
            # Newer objects come with an older form for those who do not know them.
            choice = child(item, "default")
            choice = choice if choice is not None else child(item, "case")
            for inner in choice if choice is not None else ():
                self._item(inner, draft, depth)
        elif name and name not in _SILENT:
            paragraphs = tuple(self._drawn(item, depth + 1))
            caption = self._caption(item, depth)
            if paragraphs or caption is not None:
                draft.add(Box(paragraphs, caption))

    def _run_text(self, element: Element) -> Iterator[str]:
        if not self._deleting:
            yield element.text or ""
        for part in element:
            name = local(part)
            if name == "deleteBegin":
                self._deleting = True
            elif name == "deleteEnd":
                self._deleting = False
            elif name in _SIGNS and not self._deleting:
                yield _SIGNS[name]
            if self._deleting and (part.tail or "").strip():
                self.deleted = True
            elif not self._deleting:
                yield part.tail or ""

    def _control(self, control: Element, draft: Draft, depth: int) -> None:
        name = local(control)
        if name in ("footNote", "endNote"):
            inside = child(control, "subList")
            paragraphs = tuple(self._paragraphs(inside, depth + 1))
            draft.say(Note(_mark(control), paragraphs))
        elif name == "autoNum":
            draft.say(_auto_number(control))
        elif name == "colPr":
            draft.columns = number(control, "colCount", 1, most=255)

    def _table(self, element: Element, depth: int) -> Grid:
        cells: list[GridCell] = []
        row = -1
        for part in element:
            if local(part) != "tr":
                continue
            row += 1
            column = 0
            for inner in part:
                if local(inner) == "tc":
                    cell = self._cell(inner, row, column, depth)
                    cells.append(cell)
                    column = cell.column + cell.column_span
        flows = child(element, "pos")
        splits = element.get("pageBreak") != "NONE" and (
            flows is None or flows.get("treatAsChar") != "1"
        )
        return Grid(
            tuple(cells),
            number(element, "rowCnt"),
            number(element, "colCnt"),
            self._caption(element, depth),
            splits,
        )

    def _cell(self, element: Element, row: int, column: int, depth: int) -> GridCell:
        place, size = child(element, "cellAddr"), child(element, "cellSpan")
        if place is not None:
            row = max(0, number(place, "rowAddr", row, most=1 << 16))
            column = max(0, number(place, "colAddr", column, most=1 << 16))
        box, margin = child(element, "cellSz"), child(element, "cellMargin")
        return GridCell(
            row,
            column,
            max(1, number(size, "rowSpan", 1, most=1 << 16)) if size is not None else 1,
            max(1, number(size, "colSpan", 1, most=1 << 16)) if size is not None else 1,
            element.get("header") == "1",
            tuple(self._paragraphs(child(element, "subList"), depth + 1)),
            number(box, "height") if box is not None else 0,
            number(margin, "top") + number(margin, "bottom") if margin is not None else 0,
        )

    def _caption(self, element: Element, depth: int) -> Caption | None:
        caption = child(element, "caption")
        if caption is None:
            return None
        paragraphs = tuple(self._paragraphs(child(caption, "subList"), depth + 1))
        return Caption(paragraphs, caption.get("side") in ("TOP", "LEFT"))

    def _drawn(self, element: Element, depth: int) -> Iterator[Paragraph]:
        """The paragraphs inside a drawn object and the objects grouped in it, in order."""
        self._bounds.enter(depth)
        if local(element) == "textart":
            yield Paragraph((str(element.get("text", "")).translate(_PICTURED),))
        for part in element:
            name = local(part)
            if name == "subList":
                yield from self._paragraphs(part, depth)
            elif name == "tbl":
                yield Paragraph(before=(self._table(part, depth),))
            elif name in self._inline:
                yield Paragraph((self._inline[name](part),))
            elif name not in ("caption", "shapeComment") and name not in _SILENT and len(part):
                yield from self._drawn(part, depth + 1)


# Line ends in the text of a picture of words are stored as pictures of control characters.
_PICTURED = {0x240D: None, 0x240A: "\n"}


def _section(element: Element) -> Section:
    page = child(element, "pagePr")
    body = 0
    if page is not None:
        margin = child(page, "margin")
        height = number(page, "width" if page.get("landscape") == "NARROWLY" else "height")
        if margin is not None:
            body = height - sum(
                number(margin, side) for side in ("top", "bottom", "header", "footer")
            )
    return Section(number(element, "outlineShapeIDRef"), max(0, body))


def _mark(note: Element) -> str:
    """The mark of a note, as its own text begins with it."""
    for inner in note.iter("{*}autoNum"):
        if inner.get("numType") in ("FOOTNOTE", "ENDNOTE"):
            return _auto_number(inner)
    return ""


def _auto_number(element: Element) -> str:
    shape = child(element, "autoNumFormat")
    counted = number(element, "num", 1)
    if shape is None:
        return str(counted)
    own = shape.get("userChar", "") if shape.get("type") == "USER_CHAR" else ""
    text = own or number_text(counted, format_code(shape.get("type", "")))
    return f"{shape.get('prefixChar', '')}{text}{shape.get('suffixChar', '')}"


def _texts(element: Element | None) -> Iterator[str]:
    if element is not None:
        for text in element.itertext():
            yield str(text)


def _script(element: Element) -> str:
    return " ".join("".join(_texts(child(element, "script"))).split())


def _gloss(element: Element) -> str:
    main = "".join(_texts(child(element, "mainText")))
    gloss = "".join(_texts(child(element, "subText")))
    return f"{main}({gloss})" if main and gloss else main or gloss


def _ticked(element: Element) -> str:
    return "☑ " if element.get("value") == "CHECKED" else "☐ "


def _caption_of(element: Element, sign: str) -> str:
    """The words on a button; "&&" stands for the sign itself, "&" for an accelerator."""
    words = str(element.get("caption", "")).replace("&&", "\0").replace("&", "").replace("\0", "&")
    return f"{sign}{words}" if words.strip() else ""
