"""A document for a terminal: its outline, one span of it with where it stands, its facts; these as
JSON too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rag.errors import UnknownSpan
from rag.facts import Fact, Form
from rag.reading import read
from rag.showing.render import plain
from rag.types import Block, BlockKind, Document, Span

_PLACE = re.compile(r"(?P<file>.+)#(?P<start>\d{1,12})-(?P<end>\d{1,12})", re.DOTALL)


def parse_place(place: str) -> tuple[str, Span | None]:
    """``FILE#START-END`` as file and span, ``FILE`` as file and None. Raises UnknownSpan where
    the end does not lie after the start."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return place, None
    start, end = int(found["start"]), int(found["end"])
    if start >= end:
        raise UnknownSpan(
            f"'{place}'의 자리를 읽을 수 없습니다. 끝({end})이 시작({start})보다 커야 합니다."
        )
    return found["file"], Span(start, end)


def outline_text(document: Document, blocks: Sequence[Block]) -> str:
    """Title and origin, then each heading with its offset, indented by level; tables stand under
    their heading with rows × columns."""
    known = (document.issuer, document.series, document.published, document.licence)
    lines = [document.title, "  ".join(part for part in known if part), ""]
    for block in blocks:
        where = f"#{block.span.start}-{block.span.end}"
        if block.kind is BlockKind.HEADING:
            text = read(document.text, block.span, block.joins).text.lstrip("# ")
            lines.append(f"{'  ' * block.level}{text}  {where}")
        elif block.table is not None:
            size = f"{block.table.rows}행 {block.table.columns}열"
            lines.append(f"{'  ' * len(block.path)}[표 {size}]  {where}")
    return plain("\n".join(lines))


def span_text(document: Document, blocks: Sequence[Block], span: Span, raw: bool = False) -> str:
    """The readable text of a span, under title, headings and page; with ``raw`` nothing but the
    source slice as it is. Raises UnknownSpan where the span ends behind the document."""
    if span.end > len(document.text):
        raise UnknownSpan(
            f"문서 '{document.file}'은(는) {len(document.text):,}자입니다. "
            f"{span.start}-{span.end}을(를) 그 안의 자리로 고쳐 주십시오."
        )
    if raw:
        return document.text[span.start : span.end]
    touched = [block for block in blocks if block.span.touches(span)]
    lines = [document.title]
    if touched and touched[0].path:
        lines.append(" › ".join(touched[0].path))
    page = document.page_at(span.start)
    if page is not None:
        lines.append(f"{page}쪽")
    lines.append("")
    for block in touched:
        part = Span(max(block.span.start, span.start), min(block.span.end, span.end))
        lines.append(read(document.text, part, block.joins).text)
    if not touched:
        lines.append(read(document.text, span).text)
    return plain("\n".join(lines))


FORMS = {
    Form.LABEL: "라벨",
    Form.CELL: "칸",
    Form.ROW: "줄",
    Form.CLASS: "갈래",
    Form.DEFINITION: "뜻",
}
"""What the forms of facts are called."""


def facts_text(document: Document, facts: Sequence[Fact]) -> str:
    """A line for each fact, in order of place: its form, what it is about, its attribute with value
    and unit, and where its value stands."""
    lines = [document.title, told(counted(facts)), ""]
    for fact in facts:
        about = " › ".join((*fact.subject, *fact.scope))
        value = fact.value.replace("\n", " / ") or "(빈칸)"
        unit = f" ({fact.unit})" if fact.unit else ""
        where = f"#{fact.span.start}-{fact.span.end}"
        name = f"{fact.attribute}: " if fact.attribute else ""
        head = f"[{FORMS[fact.form]}] {about}  " if about else f"[{FORMS[fact.form]}] "
        lines.append(f"{head}{name}{value}{unit}  {where}")
    return plain("\n".join(lines))


def counted(facts: Sequence[Fact]) -> dict[str, int]:
    """How many facts there are of each form that there is."""
    found: dict[str, int] = {}
    for fact in facts:
        found[fact.form.value] = found.get(fact.form.value, 0) + 1
    return found


def told(counts: Mapping[str, int]) -> str:
    """The numbers of facts by form in words: "사실 12개(라벨 8, 칸 4)"."""
    parts = [f"{name} {counts[form.value]:,}" for form, name in FORMS.items() if counts.get(form)]
    inside = f"({', '.join(parts)})" if parts else ""
    return f"사실 {sum(counts.values()):,}개{inside}"


def facts_json(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The facts as JSON objects, in order of place; spans are [start, end] in code points of the
    source text."""
    return [
        {
            "form": fact.form.value,
            "subject": list(fact.subject),
            "attribute": fact.attribute,
            "value": fact.value,
            "unit": fact.unit,
            "scope": list(fact.scope),
            "blank": fact.blank,
            "span": _pair(fact.span),
            "label": None if fact.label is None else _pair(fact.label),
            "conditions": [_pair(span) for span in fact.conditions],
        }
        for fact in facts
    ]


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
