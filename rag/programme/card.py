"""A programme at a glance: the facts of a document that stand under one name, by slot; which headings
name a programme, and which body signs for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.facts import Fact, Form
from rag.outline import parse_mark
from rag.programme.period import Standing, standing
from rag.reading import read
from rag.reading.aspects import Aspect, aspects_of, closed
from rag.reading.values import ValueKind, values
from rag.types import Block, BlockKind, Document, Span


class Slot(StrEnum):
    """What an announcement is read for, in the order in which it is shown."""

    NAME = "name"
    BODY = "body"
    TARGET = "target"
    CONTENT = "content"
    AMOUNT = "amount"
    PERIOD = "period"
    METHOD = "method"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Slice:
    """Words of a document: ``text`` is the reading of ``span``."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One slot with the slices that fill it, in order of place; none where the document does not
    say. ``more`` counts further slices that were left out."""

    slot: Slot
    slices: tuple[Slice, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme of one document: an entry for each slot, in their order, and whether it takes
    applications on the day of asking, or None where no period can be read."""

    file: str
    entries: tuple[Entry, ...]
    standing: Standing | None = None

    def entry(self, slot: Slot) -> Entry:
        """The entry of a slot."""
        return next(entry for entry in self.entries if entry.slot is slot)


_LONG = 90  # characters; a longer line is a sentence about something
_AID = (
    r"(?:사업|지원|공모|모집|융자|바우처|대출|보증|보조금|장려금|지원금|이용권|프로그램|보급|공제|패키지|특례보증"
    r"|(?<=[가-힣])자금|(?<![사이적])용자)"  # scanned text has 용자 for 융자
)
_TAIL = (
    r"(?:시행|추진|참여기업|참여자|수혜기업|지원대상|대상자?|기업|과제|신청|모집|공모|공고문?|안내문?|계획|신설|"
    r"착수|개시|실시|확대|선정|접수|변경|연장|재공고|추가|시작|본격|개요|(?<=공고)\s?\(안\))"
)
_NAME = re.compile(rf".*{_AID}(?:금|비)?(?:\s?{_TAIL})*")
_REMARK = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[*†]+)\s*$")
_FRAME = "<>〈〉《》「」『』【】[]“”\"' "
_BARE = re.compile(
    r"(?:세부|주요|관련|추가|핵심|단계별|분야별|맞춤형|정부|정책)?\s?(?:추진|지원|사업|모집)\s?(?:사업|지원|개요|계획|안내|공고|내용|대상)?"
    r"|[가-힣]{2}\s?(?:지원|자금)"  # "자금 지원" is a kind of programme and none
)
_ENDS = r"(?:부|처|청|원|공단|공사|진흥원|재단|센터|협회|위원회|시|도|군|구|은행|기금|과|부처(?: ?합동)?)"
_NAMED_BODY = re.compile(
    rf"[가-힣A-Z][가-힣A-Z·&\s]{{0,40}}{_ENDS}(?:\s?[·,/]\s?[가-힣\s]+{_ENDS})*"
)
_NO_BODIES = ("부처", "기업부", "시도", "지원", "공원", "일부", "내부", "외부", "전부")
_SIGNED = re.compile(r"\s*(?P<body>[가-힣\s·]{2,30}?)\s*(?:공고\s?제\s?\d.*|장?)\s*$")


def name_in(text: str) -> tuple[int, int] | None:
    """Where a line names a programme, without its number, frame and closing remarks; None where
    it does not."""
    mark = parse_mark(text)
    start, end = mark.content if mark else 0, len(text)
    while end > start and text[end - 1] in _FRAME:
        end -= 1
    while start < end and text[start] in _FRAME:
        start += 1
    if text[start:end].count("(") > text[start:end].count(")"):
        return None
    remark = _REMARK.search(text, start, end)
    while remark is not None:
        end = remark.start()
        remark = _REMARK.search(text[:end], start)
    said = text[start:end]
    if not 4 <= len(said) <= _LONG or _BARE.fullmatch(said):
        return None
    return (start, end) if _NAME.fullmatch(said) else None


def body_in(text: str) -> tuple[int, int] | None:
    """Where a heading gives the body behind it, in closing brackets ("… 지원 (산업통상자원부)"); else
    None."""
    for match in reversed(list(re.finditer(r"\(([^()]*)\)", text))):
        if is_body(match.group(1)):
            return match.span(1)
    return None


def signed(text: str) -> tuple[int, int] | None:
    """Where a line at an announcement's head is signed: "중소벤처기업부 공고 제2024-1호", or a body
    alone; else None."""
    match = _SIGNED.fullmatch(text)
    return match.span("body") if match is not None and is_body(match["body"]) else None


def is_body(text: str) -> bool:
    """Whether a phrase has the form of the name of a public body."""
    bare = text.strip()
    return len(bare) >= 2 and _NAMED_BODY.fullmatch(bare) is not None and bare not in _NO_BODIES


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
