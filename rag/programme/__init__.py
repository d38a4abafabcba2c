"""A support programme at a glance: the facts that an announcement gives, each where it stands."""

from rag.programme.card import Entry, Programme, Slice, Slot, programme, slots_of
from rag.programme.period import Standing, State, standing

__all__ = [
    "Entry", "Programme", "Slice", "Slot", "Standing", "State", "programme", "slots_of", "standing",
]  # fmt: skip
