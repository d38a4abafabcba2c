"""A programme at a glance: the facts of a document that stand under one name, by slot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.facts import Fact, Form
from rag.programme.entries import Entry, Programme, Slice, Slot
from rag.programme.names import body_in, name_in, signed
from rag.programme.period import standing
from rag.reading import read
from rag.reading.asking import aspects_of
from rag.reading.aspects import Aspect, closed
from rag.reading.values import ValueKind, values
from rag.types import Block, BlockKind, Document, Span

_MOST = 4  # slices shown for one slot
_ENOUGH = 4  # slots with the name that make a card
_TELLING = 2  # of these, how many must be more than name, body and content
_WIDE = 160  # facts; what has more speaks of many things
_HEAD = 5  # blocks at the front that may be signed
_SAYS_LITTLE = (Slot.NAME, Slot.BODY, Slot.CONTENT)
_APPLYING = re.compile(r"신청|접수|모집|공모|응모|마감|참가|참여|지원")
_OPEN = re.compile(r"신청|접수|모집")  # what stands under it may be the time or the way of it
_JOINED = re.compile(
    r"(?:신청|접수|모집)\s?[·ㆍ/]\s?(?=(?:신청|접수|모집)\s?\S)"
)  # "신청·접수 기간"
_WHEN = re.compile(r"[’‘'`(]?\d{1,4}\s?[년월./]|[~∼]|상시|연중|수시|예산\s?소진")
# What applicants pay, and not what they get.
_COST = re.compile(r"금리|이자|이율|부담")
_FEE = re.compile(r"(?:교육|참가|수강|이용|입장|임대|대여|연회|회|수수)\s?[비료]$")
_WHERE = re.compile(r"신청|접수|제출")  # the place to apply at, and not that of an event
_SLOTS = (
    (Slot.NAME, Aspect.NAME),
    (Slot.BODY, Aspect.BODY),
    (Slot.TARGET, Aspect.TARGET),
    (Slot.CONTENT, Aspect.CONTENT),
    (Slot.AMOUNT, Aspect.AMOUNT),
    (Slot.AMOUNT, Aspect.RATE),
    (Slot.PERIOD, Aspect.WHEN),
    (Slot.METHOD, Aspect.METHOD),
    (Slot.METHOD, Aspect.PLACE),
    (Slot.CONTACT, Aspect.CONTACT),
)
_Found = dict[Slot, list[Slice]]


def programme(
    document: Document, blocks: Sequence[Block], facts: Sequence[Fact], at: Span, today: date
) -> Programme | None:
    """The programme that a span of a document speaks of, by the document's ``facts``; None where it
    speaks of none, or fills fewer than three slots besides the name. A row of a table of
    programmes comes first, then the innermost heading that names one, then the document."""
    for home, mine in _homes(document, blocks, facts, at):
        if len(mine) > _WIDE:
            break
        found, closing = _gathered(document, mine)
        if Slot.NAME not in found and home is not None:
            found[Slot.NAME] = [home]
        if not _is_enough(found):
            continue
        if Slot.BODY not in found:
            body = _body(document, blocks, found[Slot.NAME][0].span)
            if body is not None:
                found[Slot.BODY] = [body]
        return _made(document, found, closing, today)
    return None


def slots_of(label: str, value: str = "") -> tuple[Slot, ...]:
    """The slots that a label with a value fills, in their order; a period only where it is that of
    applying. The value decides where the label leaves it open: "신청" may say when or how, "규모" how
    many or how much."""
    label = _JOINED.sub("", closed(label))
    told = set(aspects_of(label))
    if Aspect.EXCLUDED in told:
        return ()
    if _OPEN.fullmatch(label) and _WHEN.match(value):
        return (Slot.PERIOD,)
    if _COST.search(label):
        told -= {Aspect.RATE}
    if _FEE.search(label):
        told -= {Aspect.AMOUNT}
    if not _WHERE.search(label):
        told -= {Aspect.PLACE}
    if Aspect.PERSON in told and any(one.kind is ValueKind.CONTACT for one in values(value)):
        told.add(Aspect.CONTACT)
    if Aspect.COUNT in told and any(one.kind is ValueKind.MONEY for one in values(value)):
        told.add(Aspect.AMOUNT)
    found = dict.fromkeys(slot for slot, aspect in _SLOTS if aspect in told)
    if Slot.PERIOD in found and not _APPLYING.search(label):
        del found[Slot.PERIOD]
    return tuple(found)


def _homes(
    document: Document, blocks: Sequence[Block], facts: Sequence[Fact], at: Span
) -> Iterator[tuple[Slice | None, list[Fact]]]:
    """The groups of facts around a span that may be one programme's, innermost first, each with
    its name where that is no fact."""
    touched = [fact for fact in facts if fact.cell and fact.span.touches(at)]
    rows = {(fact.block, fact.cell[0]) for fact in touched if fact.cell}
    if len(rows) == 1:
        (row,) = rows
        mine = [f for f in facts if f.cell is not None and (f.block, f.cell[0]) == row]
        named = next((f for f in mine if f.form is Form.ROW), None)
        yield (Slice(named.value, named.span) if named else None), mine
    elif rows:
        return
    block = next((b for b in blocks if b.span.touches(at) and b.table is None), None)
    block = block or next((b for b in blocks if b.span.touches(at)), None)
    path = block.path if block is not None else ()
    if block is not None and block.kind is BlockKind.HEADING:
        path = (*path, read(document.text, block.span, block.joins).text)
    for depth in range(len(path), 0, -1):
        home = _heading(document, blocks, path[:depth])
        if home is not None:
            yield home, [f for f in facts if f.subject[:depth] == path[:depth]]
    place = name_in(document.title)
    start = document.text.find(document.title)
    if place is not None:
        name = document.title[slice(*place)]
        home = Slice(name, Span(start + place[0], start + place[1])) if start >= 0 else None
        yield home, list(facts)


def _heading(document: Document, blocks: Sequence[Block], path: tuple[str, ...]) -> Slice | None:
    """The name of a programme in the heading that a path ends in; None where it names none."""
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.path == path[:-1]:
            reading = read(document.text, block.span, block.joins)
            place = name_in(reading.text)
            if reading.text == path[-1] and place is not None:
                return Slice(reading.text[slice(*place)], reading.span(*place))
    return None


def _gathered(document: Document, facts: Sequence[Fact]) -> tuple[_Found, bool]:
    """What facts fill of each slot, the first label of a slot only, and whether its period is
    given as a closing date."""
    found: _Found = {}
    closing = False
    filling = [
        (fact, slots)
        for fact in facts
        if fact.form not in (Form.CLASS, Form.DEFINITION) and not fact.blank
        if (slots := slots_of(fact.attribute, fact.value))
    ]
    labels = [(fact.label, slots) for fact, slots in filling if fact.form is Form.LABEL]
    for fact, slots in filling:
        inside = {
            slot
            for label, held in (labels if fact.form is Form.LABEL else ())
            if label is not None and fact.span.covers(label)
            for slot in held
        }
        for slot in slots:
            if slot in inside or (slot in found and slot is not Slot.AMOUNT):
                continue  # "신청기간 및 방법" over the lines "신청기간 : …" and "신청방법 : …"
            if slot is Slot.PERIOD:
                closing = "마감" in fact.attribute
            parts = fact.parts or (fact.span,)
            slices = [_slice(document, part) for part in parts]
            found.setdefault(slot, []).extend(one for one in slices if one.text)
    return {slot: slices for slot, slices in found.items() if slices}, closing


def _slice(document: Document, span: Span) -> Slice:
    reading = read(document.text, span)
    return Slice(reading.text, reading.span(0, len(reading.text)) if reading.text else span)


def _is_enough(found: _Found) -> bool:
    telling = [slot for slot in found if slot not in _SAYS_LITTLE]
    return Slot.NAME in found and len(found) >= _ENOUGH and len(telling) >= _TELLING


def _body(document: Document, blocks: Sequence[Block], name: Span) -> Slice | None:
    """The body in the brackets of a programme's heading, else that which signs the document."""
    for number, block in enumerate(blocks):
        if block.table is not None:
            continue
        reading = read(document.text, block.span, block.joins)
        place = body_in(reading.text) if block.span.touches(name) else None
        if place is None and number < _HEAD:
            place = signed(reading.text)
        if place is not None:
            return Slice(reading.text[slice(*place)], reading.span(*place))
    return None


def _made(document: Document, found: _Found, closing: bool, today: date) -> Programme:
    entries = []
    for slot in Slot:
        slices = list(dict.fromkeys(found.get(slot, ())))
        entries.append(Entry(slot, tuple(slices[:_MOST]), max(0, len(slices) - _MOST)))
    period = found.get(Slot.PERIOD)
    state = None
    if period:
        text = " / ".join(part.text for part in period[:_MOST])
        published = document.published or _year_named(found)
        state = standing(text, published, today, closing=closing)
    return Programme(document.file, tuple(entries), state)


def _year_named(found: _Found) -> str:
    """The year in the programme's name, for a document without a date; "" where none is."""
    match = re.search(r"(?<!\d)(20\d\d)년", found[Slot.NAME][0].text)
    return match[1] if match else ""
