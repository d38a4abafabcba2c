"""Cells of tables that answer: those of a group, and the sums, extremes and members of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rag.facts import Fact, Form
from rag.finding.place import Candidate, Context, Place, Series, Sheet
from rag.finding.wording import Asked
from rag.index import Index
from rag.question.wants import Condition, How
from rag.reading.amounts import amount
from rag.reading.aspects import Aspect, is_counter, is_total, label_aspects
from rag.reading.values import ValueKind, periods
from rag.types import QuestionKind, Span

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


_MOST = 600  # facts of a table that is looked through
_FEWEST = 3
_ITEMS = 30  # members of the largest group that is told as a list
_CHANGE = re.compile(r"증감|조정|변동|대비|폭|차이|률|율|증가")
_NUMBER = re.compile(r"\(?\s?(?P<number>[△▲▽+\-−]?\s?\d[\d,]*(?:\.\d+)?)")
_COLUMN_PAIR = re.compile(r"(?P<first>[△▲▽+\-−]?[\d,.]+)\s*\((?P<second>[△▲▽+\-−]?[\d,.]+%?)\)")
_COLUMN_WORDS = re.compile(r"[가-힣A-Za-z]|\d{2}")
_PROSE = re.compile(r"[가-힣]{3}")


def columns(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The candidates of the best tables, where a question asks for an extreme, a condition or a
    list."""
    wants = asked.wants
    listing = asked.question.kind is QuestionKind.LIST
    if not wants.most and wants.condition is None and not listing:
        return
    for sheet in place.sheets():
        if len(sheet.facts) > _MOST:
            continue
        if listing and not wants.most:
            yield from _groups(place, sheet)
        if wants.most or wants.condition is not None:
            for series in sheet.series():
                yield from _chosen(asked, place, sheet, series)


def _chosen(asked: Asked, place: Place, sheet: Sheet, series: Series) -> Iterator[Candidate]:
    """The extreme of a series, or the members of it that meet a condition."""
    wants, said = asked.wants, asked.wording
    if is_counter(series.attribute) or (wants.signed and not _CHANGE.search(series.attribute)):
        return
    dated = _dated(series)
    if dated is not (ValueKind.DATE in wants.values):
        return  # which year, or which of the others
    second = any(Aspect.RATE in label_aspects(word.text) for word in asked.wording.words)
    numbered = [
        (name, span, fact, size)
        for name, span, fact in series.cells
        if (size := _size(fact, second=second)) is not None
        and _COLUMN_WORDS.search(name) is not None
        and not is_total(name)
    ]
    # A member that the question itself names is what the others are held against.
    numbered = [one for one in numbered if said.rest(one[0]) > 0 or said.share(one[0]) == 0]
    if len(numbered) < _FEWEST:
        return
    if wants.most:
        best = (max if wants.most == "most" else min)(size for *_rest, size in numbered)
        chosen = [one for one in numbered if one[3] == best]
    else:
        condition = wants.condition
        if condition is None:
            return
        chosen = [one for one in numbered if _meets(one[3], condition)]
    if not chosen or len(chosen) == len(numbered):
        return
    names = tuple(name.strip() for name, *_rest in chosen)
    cells = [fact for _name, _span, fact, _size in chosen]
    unit = asked.question.unit
    counted = bool(wants.values) and not wants.most and bool(unit)
    if counted:
        value = f"{len(chosen)}{unit}({', '.join(names)})"
    elif wants.most and asked.question.kind is QuestionKind.AMOUNT:
        value = cells[0].value
    else:
        value = "; ".join(names)
    spans = [span for _n, span, _f, _s in chosen if span is not None]
    first = cells[0]
    yield Candidate(
        place.index.row_at(sheet.document.file, first.span.start),
        spans[0] if spans and not counted else first.span,
        value,
        _around(first.span, spans[:1]),
        Context(
            series.attribute,
            series.group,
            " ".join(first.scope) if series.across else "",
            sheet.path,
            sheet.title,
            sort=series.sort,
            headers=sheet.headers,
        ),
        first.unit,
        first,
        "extreme" if wants.most else "filter",
        items=names,
        further=(*spans[1:], *(cell.span for cell in cells[1:]))[:8],
    )


def _groups(place: Place, sheet: Sheet) -> Iterator[Candidate]:
    """The cells of a column under one outer name, and those of the whole column."""
    groups: dict[tuple[int, str], list[Fact]] = {}
    for fact in sheet.facts:
        if fact.cell is None or not fact.value.strip():
            continue
        names = [*fact.scope, *sheet.names(fact)[len(fact.scope) :]]
        if fact.form is Form.CELL and len(names) > 1:
            names = names[:-1]
        groups.setdefault((fact.cell[1], ""), []).append(fact)
        for name in dict.fromkeys(names):
            groups.setdefault((fact.cell[1], name), []).append(fact)
    for (_column, name), cells in groups.items():
        values = tuple(dict.fromkeys(cell.value for cell in cells if not is_total(cell.value)))
        if not 2 <= len(values) <= _ITEMS or all(_NUMBER.fullmatch(one) for one in values):
            continue
        if name and len({cell.cell[0] for cell in cells if cell.cell}) < 2:
            continue
        first = cells[0]
        yield Candidate(
            place.index.row_at(sheet.document.file, first.span.start),
            first.span,
            "; ".join(values),
            _around(first.span, [cells[-1].span]),
            Context(first.attribute, name, "", sheet.path, sheet.title, headers=sheet.headers),
            "",
            first,
            "group",
            items=values,
        )


def _around(span: Span, others: Sequence[Span]) -> Span:
    spans = [span, *others]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _dated(series: Series) -> bool:
    """Whether the members of a series are told apart by years or months."""
    return bool(series.cells) and all(periods(name) for name, _span, _fact in series.cells)


def _size(fact: Fact, *, second: bool) -> Decimal | None:
    """What a cell's number is worth; of "199.7 (6.3)" the second where a share is asked for."""
    pair = _COLUMN_PAIR.fullmatch(fact.value.strip())
    known = amount(pair["second" if second else "first"] if pair else fact.value.strip())
    if known is not None:
        return known.size
    match = _NUMBER.match(fact.value.strip())
    if match is None or _PROSE.search(fact.value):
        return None
    digits = match["number"].replace(",", "").replace(" ", "")
    minus = digits[0] in "△▲▽-−"
    return Decimal(digits.lstrip("△▲▽+-−")) * (-1 if minus else 1)


def _meets(size: Decimal, condition: Condition) -> bool:
    limit = condition.limit
    if condition.how is How.EQUAL:
        return size == limit
    if condition.how is How.OVER:
        return size > limit
    if condition.how is How.UNDER:
        return size < limit
    return size >= limit if condition.how is How.LEAST else size <= limit
