"""The cells of a table → candidates: each under the names of its row and column, the two numbers of
"621 (6.0)", and the headers of columns where the rows name attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.facts import Fact, Form
from rag.finding.candidate import Candidate, Context
from rag.finding.sheet import Sheet
from rag.index import Index
from rag.types import Span

_WORDS = re.compile(r"[가-힣A-Za-z]{2}")
_PAIR = re.compile(
    r"(?P<first>[△▲▽+\-−]?\s?\d[\d,]*(?:\.\d+)?)\s*\((?P<second>[△▲▽+\-−]?\s?\d[\d,]*(?:\.\d+)?%?)\)"
)
_BRACKETED = re.compile(r"(?P<first>[^()]*)\((?P<second>[^()]*)\)\s*$")


def of_table(index: Index, sheet: Sheet) -> Iterator[Candidate]:
    """The cells of one table."""
    for fact in sheet.facts:
        whole = _cell(index, sheet, fact)
        pair = list(_pair(sheet, whole)) if fact.form is Form.CELL else []
        yield from pair or [whole]


def _cell(index: Index, sheet: Sheet, fact: Fact) -> Candidate:
    # A cell is not under the headers of its neighbours; a row's name stands for all of them.
    named = fact.form is Form.ROW
    near = " ".join(
        f"{one.attribute} {one.value}" if named else one.value for one in sheet.beside(fact)
    )
    below = ""
    if fact.form is Form.CELL and fact.cell is not None:
        others = [one for one in sheet.columns[fact.cell[1]] if one is not fact]
        below = " ".join(one.value for one in others if _names(one.value))
        group = sheet.group(fact)
        if group:
            near += " " + " ".join(
                one.value
                for one in others
                if sheet.group(one) == group and _WORDS.search(one.value)
            )
    own = sheet.names(fact)
    context = Context(
        fact.attribute,
        " / ".join(own),
        near,
        sheet.path,
        sheet.title,
        column=below,
        headers=sheet.headers,
        total=sheet.totals(fact),
        grand=sheet.grand(fact),
    )
    at = index.row_at(sheet.document.file, fact.span.start)
    return Candidate(
        at, fact.span, fact.value, sheet.row_span(fact), context, fact.unit, fact, str(fact.form)
    )


def _pair(sheet: Sheet, whole: Candidate) -> Iterator[Candidate]:
    """The two numbers of a cell such as "621 (6.0)", the second under what the header has in
    brackets, or in the second unit of the table."""
    match = _PAIR.fullmatch(whole.value.strip())
    if match is None:
        return
    head = _BRACKETED.search(whole.context.attribute)
    units = [unit.strip() for unit in whole.unit.split(",")]
    raw = sheet.document.text[whole.span.start : whole.span.end]
    for number, part in enumerate(("first", "second")):
        at = raw.find(match[part]) if part == "first" else raw.rfind(match[part])
        if at < 0:
            continue
        start = whole.span.start + at
        unit = units[min(number, len(units) - 1)]
        attribute = head[part].strip() if head else whole.context.attribute
        yield replace(
            whole,
            span=Span(start, start + len(match[part])),
            value=match[part],
            unit=unit,
            context=replace(whole.context, attribute=attribute, second=number > 0),
            origin="pair",
        )


def _names(text: str) -> bool:
    """Whether a cell lists names rather than a value."""
    return bool(_WORDS.search(text)) and "," in text and len(text) <= 80
