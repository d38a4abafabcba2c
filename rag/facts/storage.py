"""Facts as rows of JSON and back, for the files of an index."""

from __future__ import annotations

from typing import Any

from rag.facts.fact import Fact, Form
from rag.types import Span


def fact_row(fact: Fact) -> list[Any]:
    """A fact as a JSON array."""
    return [
        str(fact.form),
        list(fact.subject),
        fact.attribute,
        fact.value,
        _pair(fact.span),
        fact.block,
        None if fact.label is None else _pair(fact.label),
        [_pair(part) for part in fact.parts],
        list(fact.scope),
        fact.unit,
        [_pair(condition) for condition in fact.conditions],
        None if fact.cell is None else list(fact.cell),
    ]


def fact_from(row: list[Any]) -> Fact:
    """The fact of a row; ValueError, TypeError or IndexError for what is none."""
    form, subject, attribute, value, span, block, label, parts, scope, unit, notes, cell = row
    return Fact(
        Form(form),
        tuple(subject),
        attribute,
        value,
        Span(*span),
        block,
        None if label is None else Span(*label),
        tuple(Span(*part) for part in parts),
        tuple(scope),
        unit,
        tuple(Span(*note) for note in notes),
        None if cell is None else (cell[0], cell[1]),
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
