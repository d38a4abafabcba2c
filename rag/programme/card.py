"""A programme's facts, gathered from the section around a place of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rag.programme.facts import Fact, Programme, Slice, Slot
from rag.programme.labels import Labelled, skip_marker, slots_of
from rag.programme.names import body_in, signed, speaker
from rag.programme.period import Standing, standing
from rag.programme.section import Outline, Section, sections
from rag.reading import read
from rag.types import Block, BlockKind, Document, Span, Table

_MOST = 4  # slices shown for one slot
_ENOUGH = 3  # slots besides the name that make a card
_TELLING = 2  # of these, how many must be more than the body's name and a description
_LABELLED = 2  # slots; where labels fill no more than the name and one, sentences must tell it
_TOLD = 5000  # characters; a longer section of sentences speaks of many things
_SAYS_LITTLE = (Slot.NAME, Slot.BODY, Slot.CONTENT)
_ONCE = (Slot.BODY, Slot.PERIOD, Slot.METHOD, Slot.TARGET, Slot.CONTENT, Slot.CONTACT)
_LINES = (BlockKind.BULLET, BlockKind.PARAGRAPH, BlockKind.NOTE)
_Found = dict[Slot, list[Slice]]


def programme(
    document: Document, blocks: Sequence[Block], at: Span, today: date
) -> Programme | None:
    """The programme that the section around a span speaks of; None where it speaks of none, or
    fills fewer than three slots besides the name.

    ``blocks`` is the document's outline. A row of a table of programmes comes first, then the
    innermost heading or bullet that names one. Labelled facts stand before those told in
    sentences. Nothing is looked at beyond that section but the heading above and the lines of an
    announcement's head, for the body behind it.
    """
    outline = Outline(document, blocks)
    number = outline.at(at)
    if number is None:
        return None
    table = blocks[number].table
    if table is not None:
        found = _row(outline, number, table, at)
        if found is not None and _is_enough(found[0]):
            return _made(document, *found, today)
    for section in sections(outline, number):
        facts, closing = _gathered(section)
        if _is_enough(facts):
            return _made(document, facts, closing, today)
    return None


def _is_enough(found: _Found) -> bool:
    filled = [slot for slot in found if found[slot]]
    telling = [slot for slot in filled if slot not in _SAYS_LITTLE]
    return Slot.NAME in filled and len(filled) > _ENOUGH and len(telling) >= _TELLING


def _made(document: Document, found: _Found, closing: bool, today: date) -> Programme:
    facts = []
    for slot in Slot:
        slices = list(dict.fromkeys(found.get(slot, ())))
        facts.append(Fact(slot, tuple(slices[:_MOST]), max(0, len(slices) - _MOST)))
    period = found.get(Slot.PERIOD)
    state: Standing | None = None
    if period:
        text = " / ".join(part.text for part in period[:_MOST])
        published = document.published or _year_named(found)
        state = standing(text, published, today, closing=closing)
    return Programme(document.file, tuple(facts), state)


def _year_named(found: _Found) -> str:
    """The year in the programme's name, for a document without a date; "" where none is."""
    text = found[Slot.NAME][0].text
    years = [text[i : i + 4] for i in range(len(text) - 4) if text[i + 4] == "년"]
    return next((year for year in years if year.isdigit()), "")


def _gathered(section: Section) -> tuple[_Found, bool]:
    """The slots of a section, and whether its period is given as a closing date."""
    outline = section.outline
    found: _Found = {}
    closing = False
    taken: set[int] = set()
    for number in section.members:
        block = outline.blocks[number]
        if number in taken or block.kind is BlockKind.BOILERPLATE:
            continue
        if block.table is not None:
            _from_rows(outline, block.table, found)
            continue
        reading = outline.reading(number)
        for item in outline.labels(number):
            if item.start < item.end:
                slices = [
                    Slice(reading.text[item.start : item.end], reading.span(item.start, item.end))
                ]
            elif block.kind in (BlockKind.HEADING, BlockKind.BULLET, BlockKind.PARAGRAPH):
                slices = list(_below(section, number, taken))
            else:
                slices = []
            if slices and Slot.PERIOD in item.slots and Slot.PERIOD not in found:
                closing = "마감" in item.label
            _keep(found, item, slices)
    if Slot.NAME not in found:
        head = outline.reading(section.head)
        found[Slot.NAME] = [Slice(head.text[slice(*section.name)], head.span(*section.name))]
    if len(found) > _LABELLED or section.size <= _TOLD:
        _tell(section, found, taken)
    if Slot.BODY not in found:
        body = _body(section)
        if body is not None:
            found[Slot.BODY] = [body]
    return found, closing


def _keep(found: _Found, item: Labelled, slices: list[Slice]) -> None:
    for slot in item.slots:
        if slices and not (slot in _ONCE and slot in found):
            found.setdefault(slot, []).extend(slices)


def _below(section: Section, number: int, taken: set[int]) -> Iterator[Slice]:
    """What stands under a label that stands alone: the lines right below it; where these are
    headings, the lines below each. Lines with a label of their own are left to it."""
    outline = section.outline
    for child in section.children.get(number, ()):
        block = outline.blocks[child]
        reading = outline.reading(child)
        if block.kind is BlockKind.HEADING:
            if not slots_of(reading.text[skip_marker(reading.text) :]):
                yield from _below(section, child, taken)
            continue
        caption = block.kind is BlockKind.CAPTION and not reading.text.startswith("(단위")
        if not caption and block.kind not in (BlockKind.BULLET, BlockKind.PARAGRAPH):
            continue
        if outline.labels(child):
            continue
        start = skip_marker(reading.text)
        if start < len(reading.text):
            taken.add(child)
            yield Slice(reading.text[start:], reading.span(start, len(reading.text)))


def _tell(section: Section, found: _Found, taken: set[int]) -> None:
    """Fills the slots that no label filled from sentences, the head's own words first."""
    outline = section.outline
    open_slots = {slot for slot in Slot if slot not in found}
    first: dict[Slot, list[tuple[int, Slice]]] = {}
    for number in (section.head, *section.members):
        block = outline.blocks[number]
        if number in taken or (number != section.head and block.kind not in _LINES):
            continue
        reading = outline.reading(number)
        own = bool(outline.labels(number))
        for slot, start, end in outline.told(number):
            if slot not in open_slots or (own and slot is Slot.CONTENT):
                continue
            if slot is Slot.CONTENT and (number == section.head or block.kind is BlockKind.NOTE):
                continue
            piece = Slice(reading.text[start:end], reading.span(start, end))
            weak = slot is Slot.PERIOD and "신청" not in reading.text
            first.setdefault(slot, []).append((int(weak), piece))
    for slot, pieces in first.items():
        pieces.sort(key=lambda pair: pair[0])
        once = {piece.text: piece for _, piece in reversed(pieces)}
        kept = [piece for _, piece in pieces if once[piece.text] is piece]
        found[slot] = kept[:1] if slot in _ONCE else kept


def _body(section: Section) -> Slice | None:
    """The body behind a programme: of its heading or those above, of the announcement's head, of
    the first sentence."""
    outline = section.outline
    for number in outline.chain(section.head):
        reading = outline.reading(number)
        place = body_in(reading.text)
        if place is not None:
            return Slice(reading.text[slice(*place)], reading.span(*place))
    for number in (*range(max(0, section.head - 3), section.head), *section.members[:6]):
        reading = outline.reading(number)
        place = signed(reading.text)
        if place is not None:
            return Slice(reading.text[slice(*place)], reading.span(*place))
    for number in section.members[:2]:
        reading = outline.reading(number)
        place = speaker(reading.text)
        if place is not None:
            return Slice(reading.text[slice(*place)], reading.span(*place))
    return None


def _cell(outline: Outline, table: Table, row: int, column: int) -> Slice | None:
    cell = table.at(row, column)
    if cell is None or cell.span.start == cell.span.end:
        return None
    reading = read(outline.document.text, cell.span)
    start = skip_marker(reading.text)
    if start >= len(reading.text):
        return None
    return Slice(reading.text[start:], reading.span(start, len(reading.text)))


def _from_rows(outline: Outline, table: Table, found: _Found) -> None:
    """Fills slots from a table whose first column holds labels."""
    for row in range(table.rows):
        head = _cell(outline, table, row, 0)
        slots = slots_of(head.text) if head is not None else ()
        if not slots or table.columns < 2:
            continue
        second = _cell(outline, table, row, 1)
        if second is None or (slots_of(second.text) and table.columns > 2):
            continue
        _keep(found, Labelled(slots, head.text if head else "", 0, 0), [second])


def _row(outline: Outline, number: int, table: Table, at: Span) -> tuple[_Found, bool] | None:
    """The programme of the table row that a span touches, where the column headers are labels
    and one row alone is meant."""
    headers: dict[int, tuple[Slot, ...]] = {}
    for column in range(table.columns):
        head = _cell(outline, table, 0, column)
        headers[column] = slots_of(head.text) if head is not None else ()
    if sum(bool(slots) for slots in headers.values()) < 2:
        return None
    touched = {
        row
        for cell in table.cells
        if cell.row > 0 and cell.span.touches(at)
        for row in range(cell.row, cell.row + cell.row_span)
    }
    if len(touched) != 1:
        return None
    (row,) = touched
    found: _Found = {}
    closing = False
    for column, slots in headers.items():
        value = _cell(outline, table, row, column)
        if value is None:
            continue
        for slot in slots:
            found.setdefault(slot, []).append(value)
        if Slot.PERIOD in slots:
            head = _cell(outline, table, 0, column)
            closing = head is not None and "마감" in head.text
    if Slot.NAME not in found:
        name = _cell(outline, table, row, 0)
        if name is None or headers[0]:
            return None
        found[Slot.NAME] = [name]
    if Slot.BODY not in found:
        for above in outline.chain(number):
            if outline.blocks[above].table is None:
                reading = outline.reading(above)
                place = body_in(reading.text)
                if place is not None:
                    found[Slot.BODY] = [Slice(reading.text[slice(*place)], reading.span(*place))]
                    break
    return found, closing
