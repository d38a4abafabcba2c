"""The part of an outline that speaks of one programme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.programme.facts import Slot
from rag.programme.labels import Labelled, labelled, skip_marker, slots_of
from rag.programme.names import name_in
from rag.programme.prose import told
from rag.reading import Reading, read
from rag.types import Block, BlockKind, Document, Span

_WIDE = 120  # blocks; a larger section speaks of many things
_REACH = 400  # blocks looked at behind the one that names the programme
_HEADS = 6  # blocks at a document's beginning that may hold its title


class Outline:
    """A document's blocks with their readings, made when first asked for."""

    def __init__(self, document: Document, blocks: Sequence[Block]) -> None:
        self.document = document
        self.blocks = blocks
        self._readings: dict[int, Reading] = {}
        self._labels: dict[int, tuple[Labelled, ...]] = {}
        self._told: dict[int, tuple[tuple[Slot, int, int], ...]] = {}

    def reading(self, number: int) -> Reading:
        """The readable text of a block; of a table only what its cells are not needed for."""
        found = self._readings.get(number)
        if found is None:
            block = self.blocks[number]
            found = self._readings[number] = read(self.document.text, block.span, block.joins)
        return found

    def at(self, span: Span) -> int | None:
        """The first block that a span touches, page headers left out."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].span.end <= span.start:
                low = middle + 1
            else:
                high = middle
        for number in range(low, min(low + 4, len(self.blocks))):
            block = self.blocks[number]
            if block.span.touches(span) and block.kind is not BlockKind.BOILERPLATE:
                return number
        return None

    def chain(self, number: int) -> Iterator[int]:
        """A block and those it hangs on, innermost first."""
        at: int | None = number
        while at is not None:
            yield at
            parent = self.blocks[at].parent
            at = parent if parent is None or parent < at else None if parent == at else parent
            if at is not None and at > number + _REACH:
                return

    def leads(self, number: int) -> bool:
        """Whether the next block hangs on this one."""
        return number + 1 < len(self.blocks) and self.blocks[number + 1].parent == number

    def labels(self, number: int) -> tuple[Labelled, ...]:
        """The labels of a block with their values."""
        found = self._labels.get(number)
        if found is None:
            found = self._labels[number] = tuple(labelled(self.reading(number).text))
        return found

    def told(self, number: int) -> tuple[tuple[Slot, int, int], ...]:
        """The facts that a block tells in sentences: slot and place in its reading."""
        found = self._told.get(number)
        if found is None:
            text = self.reading(number).text
            begin = skip_marker(text)
            found = tuple((slot, begin + at, begin + to) for slot, at, to in told(text[begin:]))
            self._told[number] = found
        return found

    def named(self, number: int) -> tuple[int, int] | None:
        """Where a heading, or a bullet with lines under it, names a programme; see
        :func:`name_in`."""
        kind = self.blocks[number].kind
        if kind is not BlockKind.HEADING and not (kind is BlockKind.BULLET and self.leads(number)):
            return None
        return name_in(self.reading(number).text)


@dataclass(frozen=True)
class Section:
    """The block that names a programme and those under it, other programmes left out."""

    outline: Outline
    head: int
    name: tuple[int, int]
    members: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many characters of the source it holds, from its head to its last block."""
        blocks = self.outline.blocks
        last = self.members[-1] if self.members else self.head
        return blocks[last].span.end - blocks[self.head].span.start

    @cached_property
    def children(self) -> dict[int, tuple[int, ...]]:
        """For each block its children among the members."""
        found: dict[int, list[int]] = {}
        for number in self.members:
            parent = self.outline.blocks[number].parent
            if parent is not None:
                found.setdefault(parent, []).append(number)
        return {parent: tuple(some) for parent, some in found.items()}


def sections(outline: Outline, number: int) -> Iterator[Section]:
    """The sections around a block that name a programme, the innermost first. At last, where a
    document's title does and it is short, the whole document."""
    chain = list(outline.chain(number))
    heads = set()
    for head in chain:
        name = outline.named(head)
        if name is not None:
            heads.add(head)
            members = _under(outline, head, set(chain))
            if members is not None:
                yield Section(outline, head, name, members)
    if len(outline.blocks) > _WIDE:
        return
    for head in range(min(_HEADS, len(outline.blocks))):
        text = outline.reading(head).text
        name = name_in(text)
        if (
            name is not None
            and head not in heads
            and re.search(r"공고|안내|모집|공모|계획", text[skip_marker(text) :])
        ):
            members = tuple(range(head + 1, len(outline.blocks)))
            yield Section(outline, head, name, members)
            return


def _under(outline: Outline, head: int, chain: set[int]) -> tuple[int, ...] | None:
    """The blocks under a head, without those of other programmes named there; None where there
    are too many."""
    inside = {head}
    members: list[int] = []
    idle = 0
    for number in range(head + 1, min(head + _REACH, len(outline.blocks))):
        block = outline.blocks[number]
        parents = {block.parent}
        # A caption may hang on the table behind it.
        if block.parent is not None and block.parent > number:
            parents.add(outline.blocks[block.parent].parent)
        if not parents & inside:
            idle += block.kind is not BlockKind.BOILERPLATE
            if idle > 8 and number not in inside:
                break
            continue
        idle = 0
        if number not in chain and _other(outline, number):
            continue
        inside.add(number)
        members.append(number)
        if len(members) > _WIDE:
            return None
    return tuple(members)


def _other(outline: Outline, number: int) -> bool:
    """Whether a block opens a programme of its own."""
    text = outline.reading(number).text
    named = outline.named(number) is not None and outline.leads(number)
    return named and not slots_of(text[skip_marker(text) :])
