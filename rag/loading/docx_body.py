"""The body of a Word document → paragraphs.

Taken up: text, tables, text boxes, footnotes and endnotes, equations, inserted text. Left out:
headers and footers, comments, deleted and hidden text, tables of contents made by the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rag.loading.docx_lists import (
    Style,
    Styles,
    WordNumbering,
    list_of,
    number_of,
    outline_level,
    value,
)
from rag.loading.numbering import Head, HeadKind
from rag.loading.paragraphs import Bounds, Box, Caption, Draft, Grid, GridCell, Note, Paragraph
from rag.loading.xml_parts import Element, child, local

_AROUND = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
"""Elements that may stand around blocks, rows, cells and runs alike."""
_INSIDE = _AROUND | {"r", "hyperlink", "fldSimple", "bdo", "dir"}
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_DRAWN = frozenset({"drawing", "pict", "object"})
_MOST_COLUMNS = 1024
_OFF = ("0", "false", "off")


class Body:
    """Reads paragraphs. ``notes`` holds the footnotes and endnotes by kind and identifier."""

    def __init__(
        self,
        name: str,
        styles: Styles,
        numbering: WordNumbering,
        notes: Mapping[tuple[str, str], Element],
    ) -> None:
        self._bounds = Bounds(name)
        self._styles = styles
        self._numbering = numbering
        self._notes = dict(notes)
        self.deleted = False
        """Whether text was left out because a tracked change deletes or moves it."""
        self.hidden = False
        self.contents = False
        """Whether a table of contents was left out."""
        self.title = ""
        """The text of the first paragraph in the style for titles."""

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[Paragraph]:
        """The paragraphs in an element, in order; a table is a paragraph that holds only it."""
        self._bounds.enter(depth)
        caption: Paragraph | None = None
        for element in self._flat(parent, ("p", "tbl")):
            if local(element) == "tbl":
                grid = self._table(element, depth, caption)
                caption = None
                if grid.cells:
                    yield Paragraph(before=(grid,))
                continue
            if caption is not None:
                yield _captioned(caption)
                caption = None
            style = self._style(element)
            if style.contents:
                self.contents = True
                continue
            paragraph = self._paragraph(element, style, depth)
            if style.caption and not paragraph.before and not paragraph.after:
                caption = paragraph
            else:
                yield paragraph
        if caption is not None:
            yield _captioned(caption)

    def _flat(self, parent: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
        """The elements of the names ``wanted`` inside what may stand around them, in order."""
        stack = [iter(parent)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            name = local(element)
            if name in wanted:
                yield element
            elif name == "sdt" and _is_contents(element):
                self.contents = True
            elif name in _AROUND:
                stack.append(iter(element))
            elif name in ("del", "moveFrom"):
                self._note_deleted(element)

    def _style(self, element: Element) -> Style:
        properties = child(element, "pPr")
        own = value(child(properties, "pStyle"), "val") if properties is not None else ""
        return self._styles.of(own or self._styles.default)

    def _paragraph(self, element: Element, style: Style, depth: int) -> Paragraph:
        self._bounds.count()
        draft = Draft()
        self._runs(element, draft, depth)
        paragraph = draft.finish(self._head(element, style), ())
        if style.title and not self.title:
            said = "".join(piece for piece in paragraph.text if isinstance(piece, str))
            self.title = " ".join(said.split())
        return paragraph

    def _head(self, element: Element, style: Style) -> Head | None:
        properties = child(element, "pPr")
        outline, listed, level = style.outline, style.list, style.level
        if properties is not None:
            own = outline_level(properties)
            outline = own if own is not None else outline
            found, at = list_of(properties)
            listed = found or listed
            level = at if at is not None else level
        place = self._numbering.place(listed, level or 0) if listed else None
        if outline is not None and 0 <= outline < 9:
            return Head(HeadKind.HEADING, outline, place[1] if place else 0)
        if style.title:
            return Head(HeadKind.HEADING, 0)
        return Head(place[0], level or 0, place[1]) if place else None

    def _runs(self, parent: Element, draft: Draft, depth: int) -> None:
        stack = [iter(parent)]
        while stack:
            part = next(stack[-1], None)
            if part is None:
                stack.pop()
                continue
            name = local(part)
            if name == "r" and self._is_hidden(part):
                continue
            if name in _INSIDE:
                stack.append(iter(part))
            elif name == "AlternateContent":
                choice = child(part, "Choice")
                choice = choice if choice is not None else child(part, "Fallback")
                stack.append(iter(choice if choice is not None else ()))
            elif name in ("del", "moveFrom"):
                self._note_deleted(part)
            else:
                self._item(name, part, draft, depth)

    def _item(self, name: str, part: Element, draft: Draft, depth: int) -> None:
        if name == "t":
            draft.say(part.text or "")
        elif name in _SIGNS:
            draft.say(_SIGNS[name])
        elif name == "br":
            draft.say("\n" if value(part, "type") in ("", "textWrapping") else " ")
        elif name == "sym":
            draft.say(_symbol(part))
        elif name in ("footnoteReference", "endnoteReference"):
            # Each note once: one that calls itself, or is called often, must not multiply.
            note = self._notes.pop((name[:-9], value(part, "id")), None)
            if note is not None:
                draft.say(Note("", tuple(self.blocks(note, depth + 1))))
        elif name in ("oMath", "oMathPara"):
            draft.say(_formula(part))
        elif name == "ruby":
            draft.say(_gloss(part))
        elif name in _DRAWN:
            for box in _boxes(part):
                paragraphs = tuple(self.blocks(box, depth + 1))
                if paragraphs:
                    draft.add(Box(paragraphs))

    def _is_hidden(self, run: Element) -> bool:
        properties = child(run, "rPr")
        mark = child(properties, "vanish") if properties is not None else None
        if mark is None or value(mark, "val") in _OFF:
            return False
        self.hidden = self.hidden or any((t.text or "").strip() for t in run.iter("{*}t"))
        return True

    def _note_deleted(self, element: Element) -> None:
        for text in element.iter("{*}delText", "{*}t"):
            self.deleted = self.deleted or bool((text.text or "").strip())

    def _table(self, element: Element, depth: int, caption: Paragraph | None) -> Grid:
        cells: list[GridCell] = []
        open_: dict[int, int] = {}  # the cell that may reach down from above, by its column
        row = -1
        for line in self._flat(element, ("tr",)):
            properties = child(line, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self._note_deleted(line)
                continue
            row += 1
            column = _before(properties)
            header = _is_set(properties, "tblHeader")
            for inner in self._flat(line, ("tc",)):
                width, merged = _merging(inner)
                above = open_.get(column)
                if merged == "continue" and above is not None:
                    cells[above] = _taller(cells[above], row)
                else:
                    open_.pop(column, None)
                    if merged == "restart":
                        open_[column] = len(cells)
                    paragraphs = tuple(self.blocks(inner, depth + 1))
                    cells.append(GridCell(row, column, 1, width, header, paragraphs))
                column = min(column + width, _MOST_COLUMNS)
        above_it = Caption((caption,), above=True) if caption is not None else None
        columns = max((cell.column + cell.column_span for cell in cells), default=0)
        return Grid(tuple(cells), row + 1, columns, above_it)


def _captioned(paragraph: Paragraph) -> Paragraph:
    """A caption without a table below it."""
    return Paragraph(before=(Box((), Caption((paragraph,))),))


def _taller(cell: GridCell, row: int) -> GridCell:
    return GridCell(
        cell.row, cell.column, row - cell.row + 1, cell.column_span, cell.header, cell.paragraphs
    )


def _before(properties: Element | None) -> int:
    """How many columns are left out at the beginning of a row."""
    found = child(properties, "gridBefore") if properties is not None else None
    return max(0, min(number_of(found, "val", 0), _MOST_COLUMNS))


def _is_set(properties: Element | None, name: str) -> bool:
    found = child(properties, name) if properties is not None else None
    return found is not None and value(found, "val") not in _OFF


def _merging(cell: Element) -> tuple[int, str]:
    """How many columns a cell spans, and "restart", "continue" or "" for rows."""
    properties = child(cell, "tcPr")
    if properties is None:
        return 1, ""
    width = max(1, min(number_of(child(properties, "gridSpan"), "val", 1), _MOST_COLUMNS))
    merge = child(properties, "vMerge")
    return width, (value(merge, "val") or "continue") if merge is not None else ""


def _is_contents(element: Element) -> bool:
    found = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return "table of contents" in value(found, "val").lower()


def _boxes(drawing: Element) -> Iterator[Element]:
    """The texts of the boxes in a drawing, each once, not those of boxes inside them."""
    stack = [iter(drawing)]
    while stack:
        part = next(stack[-1], None)
        if part is None:
            stack.pop()
            continue
        name = local(part)
        if name == "txbxContent":
            yield part
        elif name == "AlternateContent":
            choice = child(part, "Choice")
            choice = choice if choice is not None else child(part, "Fallback")
            stack.append(iter(choice if choice is not None else ()))
        else:
            stack.append(iter(part))


def _symbol(part: Element) -> str:
    """A sign of a symbol font, as the private character that stands for it."""
    try:
        code = int(value(part, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""


def _gloss(part: Element) -> str:
    main = "".join(t.text or "" for t in _texts(child(part, "rubyBase")))
    gloss = "".join(t.text or "" for t in _texts(child(part, "rt")))
    return f"{main}({gloss})" if main and gloss else main or gloss


def _texts(element: Element | None) -> Iterator[Element]:
    if element is not None:
        yield from element.iter("{*}t")


def _formula(element: Element) -> str:
    """An equation in one line; the nesting of the XML bounds the recursion."""
    pieces: list[str] = []
    for part in element:
        name = local(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "f":
            pieces.append(f"({_part(part, 'num')})/({_part(part, 'den')})")
        elif name == "sSup":
            pieces.append(f"{_part(part, 'e')}^({_part(part, 'sup')})")
        elif name == "sSub":
            pieces.append(f"{_part(part, 'e')}_({_part(part, 'sub')})")
        elif name == "rad":
            pieces.append(f"√({_part(part, 'e')})")
        elif name == "d":
            pieces.append(f"({_formula(part)})")
        elif not name.endswith("Pr"):
            pieces.append(_formula(part))
    return "".join(pieces)


def _part(element: Element, name: str) -> str:
    found = child(element, name)
    return _formula(found) if found is not None else ""
