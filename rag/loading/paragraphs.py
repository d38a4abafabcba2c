"""Paragraphs as word processors hold them: what the readers give to the writer."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.errors import SourceError
from rag.loading.numbering import Head

_MOST_PARAGRAPHS = 250_000
_DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote where its mark stands. ``mark`` is the mark as shown ("1)"), ""
    where the note does not store it."""

    mark: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its stored place, counted from 0, with its paragraphs in order. ``height`` is as
    stated and ``margin`` what stands above and below its text, both in 1/7200 inch."""

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    paragraphs: tuple[Paragraph, ...]
    height: int = 0
    margin: int = 0


@dataclass(frozen=True, slots=True)
class Caption:
    paragraphs: tuple[Paragraph, ...]
    above: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its cells in any order; ``rows`` and ``columns`` are as stated, not checked.
    ``flows`` tells that it may run over pages; ``unit`` is what its values are counted in, ""
    where the format says nothing."""

    cells: tuple[GridCell, ...]
    rows: int = 0
    columns: int = 0
    caption: Caption | None = None
    flows: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn object: the paragraphs inside it, in order, and its caption."""

    paragraphs: tuple[Paragraph, ...] = ()
    caption: Caption | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text with the notes that it calls, and what is anchored in it.

    ``before`` are the objects that stand before any of its text, ``after`` the others.
    ``lines`` are its lines in the last layout as stored: place from the top and height, in
    1/7200 inch. ``breaks`` tells that it is set to begin a page; ``section`` is set on the
    paragraph that opens a section, ``columns`` where the number of text columns changes.
    """

    text: tuple[str | Note, ...] = ()
    head: Head | None = None
    before: tuple[Grid | Box, ...] = ()
    after: tuple[Grid | Box, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    breaks: bool = False
    section: Section | None = None
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """What a section says of its pages and of the numbers of its outline. ``body`` is the height
    of a page's text area in 1/7200 inch, 0 where it is not known."""

    outline: int = 0
    body: int = 0


@dataclass(slots=True)
class Draft:
    """A paragraph while it is read: pieces in order, objects on either side of the text."""

    breaks: bool = False
    section: Section | None = None
    columns: int = 0
    _text: list[str | Note] = field(default_factory=list)
    _before: list[Grid | Box] = field(default_factory=list)
    _after: list[Grid | Box] = field(default_factory=list)
    _begun: bool = False

    def say(self, piece: str | Note) -> None:
        """Go on with text, or with a note that is called here."""
        self._text.append(piece)
        self._begun = self._begun or isinstance(piece, Note) or bool(piece.strip())

    def add(self, found: Grid | Box) -> None:
        """Anchor an object at the place reached."""
        (self._after if self._begun else self._before).append(found)

    def finish(self, head: Head | None, lines: tuple[tuple[int, int], ...]) -> Paragraph:
        return Paragraph(
            tuple(self._text),
            head,
            tuple(self._before),
            tuple(self._after),
            lines,
            self.breaks,
            self.section,
            self.columns,
        )


class Bounds:
    """How much of one document may be read: ten seconds are its limit, and the stack's."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._paragraphs = 0

    def enter(self, depth: int) -> None:
        """Go into what stands ``depth`` tables and boxes deep. Raises SourceError."""
        if depth > _DEEPEST:
            raise SourceError(
                f"문서 '{self._name}'은(는) 표와 글상자가 {_DEEPEST}겹 넘게 겹쳐 있어 읽지 않았습니다. "
                "올바른 문서인지 확인해 주세요."
            )

    def count(self) -> None:
        """One paragraph more. Raises SourceError."""
        self._paragraphs += 1
        if self._paragraphs > _MOST_PARAGRAPHS:
            raise SourceError(
                f"문서 '{self._name}'의 문단이 {_MOST_PARAGRAPHS:,}개를 넘어 읽지 않았습니다. "
                "문서를 나누어 주세요."
            )
