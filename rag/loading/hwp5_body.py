"""A section of an HWP 5 document → paragraphs, the same as from its HWPX twin.

A paragraph's text is a run of UTF-16 codes in which codes below 32 stand for controls. Those that
carry something (a table, a note, an equation) have a record of their own among the paragraph's,
in the same order.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence

from rag.loading.hwp5_records import (
    CTRL_HEADER,
    EQEDIT,
    FORM_OBJECT,
    LIST_HEADER,
    PAGE_DEF,
    PARA_HEADER,
    PARA_LINE_SEG,
    PARA_TEXT,
    SHAPE_COMPONENT,
    TABLE,
    TEXT_ART,
    Record,
)
from rag.loading.numbering import Head, number_text
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

_WIDE = frozenset({*range(1, 10), 11, 12, *range(14, 24)})
"""Codes of controls that take up eight characters."""
_CARRYING = frozenset({1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23})
"""Of those, the ones that have a record."""
_SIGNS = {9: "\t", 10: "\n", 24: "-", 30: " ", 31: " "}
_RUN = re.compile("[\x00-\x1f]")
_LINE_SIZE = 36
_TITLE_CELL = 1 << 18
_LABEL = re.compile(r"Caption:wstring:(\d+):")
_VALUE = re.compile(r"Value:int:(\d+)")
_FORM_TEXT = re.compile(r"(?<!\w)Text:wstring:(\d+):")


def _u16(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _u32(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _wide(data: bytes, at: int, length: int) -> str:
    return data[at : at + 2 * length].decode("utf-16-le", "replace")


class Body:
    """Reads sections. ``heads`` gives the head of a paragraph by the number of its shape."""

    def __init__(self, name: str, heads: Mapping[int, Head]) -> None:
        self._bounds = Bounds(name)
        self._heads = heads

    def section(self, records: Sequence[Record]) -> Iterator[Paragraph]:
        """The paragraphs of a section's body, in order."""
        yield from self._paragraphs(records, 0, len(records), 0, 0)

    def _paragraphs(
        self, records: Sequence[Record], first: int, last: int, level: int, depth: int
    ) -> Iterator[Paragraph]:
        """Paragraphs whose headers stand at ``level`` among records [first, last)."""
        self._bounds.enter(depth)
        at = first
        while at < last:
            end = at + 1
            while end < last and records[end].level > level:
                end += 1
            if records[at].tag == PARA_HEADER and records[at].level == level:
                yield self._paragraph(records, at, end, depth)
            at = end

    def _paragraph(self, records: Sequence[Record], first: int, last: int, depth: int) -> Paragraph:
        level = records[first].level + 1
        text = b""
        lines: tuple[tuple[int, int], ...] = ()
        controls: list[tuple[int, int]] = []
        at = first + 1
        while at < last:
            end = at + 1
            while end < last and records[end].level > level:
                end += 1
            record = records[at]
            if record.level == level:
                if record.tag == PARA_TEXT:
                    text = record.data
                elif record.tag == PARA_LINE_SEG:
                    lines = _lines(record.data)
                elif record.tag == CTRL_HEADER:
                    controls.append((at, end))
            at = end
        self._bounds.count()
        draft = Draft(breaks=bool(records[first].data[11:12] and records[first].data[11] & 4))
        waiting = iter(controls)
        for piece, carrying in _pieces(text):
            if piece:
                draft.say(piece)
            if carrying:
                place = next(waiting, None)
                if place is not None:
                    self._control(records, *place, draft, depth)
        for place in waiting:  # a paragraph whose text was lost still holds its tables
            self._control(records, *place, draft, depth)
        return draft.finish(self._heads.get(_u16(records[first].data, 8)), lines)

    def _control(
        self, records: Sequence[Record], first: int, last: int, draft: Draft, depth: int
    ) -> None:
        data = records[first].data
        kind = data[3::-1] if len(data) >= 4 else b""
        if kind == b"secd":
            draft.section = _section(data, records[first:last])
        elif kind == b"cold":
            draft.columns = max(1, _u16(data, 4) >> 2 & 0xFF)
        elif kind == b"tbl ":
            draft.add(self._table(records, first, last, depth))
        elif kind == b"gso ":
            draft.add(self._drawn(records, first, last, depth))
        elif kind in (b"fn  ", b"en  "):
            lists = self._lists(records, first, last, records[first].level + 1, depth + 1)
            paragraphs = tuple(p for _, inside in lists for p in inside)
            draft.say(Note(_mark(records[first:last]), paragraphs))
        elif kind == b"atno":
            draft.say(_auto_number(data))
        elif kind == b"eqed":
            draft.say(_script(records[first:last]))
            caption = self._caption(records, first, last, depth)
            if caption is not None:
                draft.add(Box((), caption))
        elif kind == b"tcps":
            draft.say(_wide(data, 6, _u16(data, 4)))
        elif kind == b"tdut":
            draft.say(_gloss(data))
        elif kind == b"form":
            draft.say(_form(records[first:last]))

    def _lists(
        self, records: Sequence[Record], first: int, last: int, level: int, depth: int
    ) -> Iterator[tuple[bytes, tuple[Paragraph, ...]]]:
        """The lists of paragraphs at ``level`` among records [first, last): each header's bytes
        and the paragraphs up to the next."""
        at = first
        while at < last:
            if records[at].tag == LIST_HEADER and records[at].level == level:
                end = at + 1
                while end < last and (
                    records[end].level > level or records[end].tag == PARA_HEADER
                ):
                    if records[end].level < level:
                        break
                    end += 1
                yield records[at].data, tuple(self._paragraphs(records, at + 1, end, level, depth))
                at = end
            else:
                at += 1

    def _caption(
        self, records: Sequence[Record], first: int, last: int, depth: int
    ) -> Caption | None:
        """The caption of an object: the list that stands before the object's own record."""
        level = records[first].level + 1
        own = next(
            (
                k
                for k in range(first + 1, last)
                if records[k].level == level and records[k].tag in (TABLE, SHAPE_COMPONENT, EQEDIT)
            ),
            last,
        )
        for data, paragraphs in self._lists(records, first + 1, own, level, depth + 1):
            return Caption(paragraphs, _u32(data, 8) & 3 in (0, 2))
        return None

    def _table(self, records: Sequence[Record], first: int, last: int, depth: int) -> Grid:
        level = records[first].level + 1
        own = next(
            (
                k
                for k in range(first + 1, last)
                if records[k].tag == TABLE and records[k].level == level
            ),
            last - 1,
        )
        data = records[own].data
        cells = [
            GridCell(
                _u16(header, 10),
                _u16(header, 8),
                max(1, _u16(header, 14)),
                max(1, _u16(header, 12)),
                bool(_u32(header, 4) & _TITLE_CELL),
                paragraphs,
                _u32(header, 20),
                _u16(header, 28) + _u16(header, 30),
            )
            for header, paragraphs in self._lists(records, own + 1, last, level, depth + 1)
        ]
        placing = records[first].data
        splits = bool(_u32(data, 0) & 3) and not _u32(placing, 4) & 1
        return Grid(
            tuple(cells),
            _u16(data, 4),
            _u16(data, 6),
            self._caption(records, first, last, depth),
            splits,
        )

    def _drawn(self, records: Sequence[Record], first: int, last: int, depth: int) -> Box:
        """A drawn object: the text in it and in the objects that are grouped in it."""
        caption = self._caption(records, first, last, depth)
        level = records[first].level + 1
        paragraphs: list[Paragraph] = []
        at = first + 1
        while at < last:
            record = records[at]
            if record.tag == LIST_HEADER and record.level > level:
                end = at + 1
                while end < last and (
                    records[end].level > record.level
                    or (records[end].tag == PARA_HEADER and records[end].level == record.level)
                ):
                    end += 1
                paragraphs.extend(self._paragraphs(records, at + 1, end, record.level, depth + 1))
                at = end
            else:
                if record.tag == TEXT_ART:
                    paragraphs.append(Paragraph((_wide(record.data, 34, _u16(record.data, 32)),)))
                at += 1
        return Box(tuple(paragraphs), caption)


def _pieces(data: bytes) -> Iterator[tuple[str, bool]]:
    """Runs of text, each with whether a control that has a record stands behind it."""
    text = data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass")
    # Offsets count UTF-16 codes: a pair of surrogates decodes to one character, and none of the
    # codes of controls can be part of one.
    at = 0
    while at < len(text):
        found = _RUN.search(text, at)
        if found is None:
            yield text[at:], False
            return
        run, code = text[at : found.start()], ord(found[0])
        at = found.start()
        if code in _WIDE:
            yield run + _SIGNS.get(code, ""), code in _CARRYING
            at += 8
        else:
            yield run + _SIGNS.get(code, ""), False
            at += 1


def _lines(data: bytes) -> tuple[tuple[int, int], ...]:
    places = range(0, len(data) - _LINE_SIZE + 1, _LINE_SIZE)
    return tuple(struct.unpack_from("<ii", data, at + 4) for at in places)


def _section(data: bytes, records: Sequence[Record]) -> Section:
    body = 0
    for record in records:
        if record.tag == PAGE_DEF and len(record.data) >= 40:
            width, height, _, _, top, bottom, header, footer, _, shape = struct.unpack_from(
                "<10I", record.data
            )
            body = (width if shape & 1 else height) - top - bottom - header - footer
            break
    return Section(_u16(data, 18), max(0, body))


def _auto_number(data: bytes) -> str:
    shape, counted = _u32(data, 4), _u16(data, 8)
    own, prefix, suffix = (_wide(data, at, 1).strip("\x00") for at in (10, 12, 14))
    code = shape >> 4 & 0xFF
    text = own if code == 129 and own else number_text(counted, code)
    return f"{prefix}{text}{suffix}"


def _mark(records: Sequence[Record]) -> str:
    """The mark of a note, as its own text begins with it."""
    for record in records:
        is_number = record.tag == CTRL_HEADER and record.data[3::-1] == b"atno"
        if is_number and _u32(record.data, 4) & 0xF in (1, 2):
            return _auto_number(record.data)
    return ""


def _script(records: Sequence[Record]) -> str:
    for record in records:
        if record.tag == EQEDIT:
            return " ".join(_wide(record.data, 6, _u16(record.data, 4)).split())
    return ""


def _gloss(data: bytes) -> str:
    length = _u16(data, 4)
    main = _wide(data, 6, length)
    gloss = _wide(data, 8 + 2 * length, _u16(data, 6 + 2 * length))
    return f"{main}({gloss})" if main and gloss else main or gloss


def _form(records: Sequence[Record]) -> str:
    """What a box of a form shows: the words beside a tick, or the text typed into it."""
    for record in records:
        if record.tag != FORM_OBJECT:
            continue
        kind = record.data[3::-1]
        words = record.data[8:].decode("utf-16-le", "replace")
        pattern = _FORM_TEXT if kind == b"+edt" else _LABEL
        found = pattern.search(words)
        text = words[found.end() : found.end() + int(found[1][:6])] if found else ""
        text = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
        if kind in (b"+cbt", b"+rbt") and text.strip():
            value = _VALUE.search(words)
            return f"{'☑' if value and value[1] == '1' else '☐'} {text}"
        return text
    return ""
