"""The facts of a document for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rag.facts import Fact, Form
from rag.showing.render import plain
from rag.types import Document, Span

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
