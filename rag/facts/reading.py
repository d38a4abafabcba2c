"""All facts of a document, by one reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from rag.facts.brackets import unit_in
from rag.facts.classes import class_facts, series_facts
from rag.facts.definitions import definition_facts
from rag.facts.fact import Fact, Form
from rag.facts.labels import label_facts
from rag.facts.lines import lines_of
from rag.facts.sentences import sentence_facts
from rag.facts.tables import table_facts
from rag.reading import read
from rag.types import Block, BlockKind, Document, Span

_TEXT = frozenset((BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NOTE, BlockKind.HEADING))
_LONGEST = 4000  # characters of a text that is looked through for classes and definitions


def facts_of(document: Document, blocks: Sequence[Block]) -> tuple[Fact, ...]:
    """The facts of a document in order of the place of their values; ties by label and form."""
    lines = lines_of(document, blocks)
    found = list(label_facts(document, blocks, lines))
    for number in range(len(blocks)):
        found += table_facts(document, blocks, number)
    told = [
        made
        for fact in found
        if fact.form is not Form.ROW and len(fact.span)
        for made in _classes(document, blocks, fact)
    ]
    labelled = sorted((fact.span.start, fact.span.end) for fact in found)
    starts = [start for start, _end in labelled]
    ends = list(accumulate((end for _start, end in labelled), max))  # the last of all before
    found += told
    for number, block in enumerate(blocks):
        if block.kind in _TEXT and len(block.span) <= _LONGEST:
            before = bisect_left(starts, block.span.end)
            free = not before or ends[before - 1] <= block.span.start
            found += _prose(document, number, block, free=free)
    return tuple(sorted(found, key=_place))


def _classes(document: Document, blocks: Sequence[Block], fact: Fact) -> Iterator[Fact]:
    """The values with classes inside the value of another fact."""
    number = fact.block
    for span in fact.parts or (fact.span,):
        if len(span) < 6 or not any(sign.isdigit() for sign in fact.value):
            continue
        while not blocks[number].span.covers(span) and number + 1 < len(blocks):
            number += 1  # a value may go on over several blocks
        reading = read(document.text, span, blocks[number].joins)
        told = (fact.subject, fact.attribute, fact.label, number)
        yield from class_facts(reading.text, reading.span, *told)
        label = fact.label or Span(0, 0)
        unit = unit_in(document.text[label.start : label.end])
        yield from series_facts(reading.text, reading.span, *told, unit)


def _prose(document: Document, number: int, block: Block, *, free: bool) -> Iterator[Fact]:
    """The facts of running text; values with classes only where it is ``free`` of facts with labels,
    which have told theirs."""
    reading = read(document.text, block.span, block.joins)
    if len(reading.text) < 8:
        return
    yield from definition_facts(reading.text, reading.span, block.path, number)
    yield from sentence_facts(reading.text, reading.span, block.path, number)
    if free:
        yield from class_facts(reading.text, reading.span, block.path, "", None, number)
        yield from series_facts(reading.text, reading.span, block.path, "", None, number)


def _place(fact: Fact) -> tuple[int, int, int, str]:
    label = fact.label.start if fact.label is not None else -1
    return fact.span.start, fact.span.end, label, fact.form
