"""What is told of a support programme, and where it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.programme.period import Standing
from rag.types import Span


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
