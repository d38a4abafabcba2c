"""A support programme at a glance: the facts that an announcement gives, each where it stands."""

from rag.programme.card import programme
from rag.programme.facts import Fact, Programme, Slice, Slot
from rag.programme.period import Standing, State, standing

__all__ = ["Fact", "Programme", "Slice", "Slot", "Standing", "State", "programme", "standing"]
