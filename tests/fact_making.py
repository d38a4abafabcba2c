"""Facts of small documents that tests write down themselves, in the words of the source."""

from __future__ import annotations

from rag.facts import Fact, Form, facts_of
from rag.outline import outline
from rag.types import Document, Span

TITLE = "가람구 알림"
"""The first line of the documents made by :func:`notice`; a title labels nothing."""


def document(text: str, title: str = "") -> Document:
    """A text as a document called as its first line, where nothing else is said."""
    return Document("d", "d.txt", title or text.split("\n")[0], "", "", "", "", text, "")


def notice(body: str) -> Document:
    """A notice with a title of its own over its body."""
    return document(f"{TITLE}\n\n{body}\n")


def facts(made: Document, *forms: Form) -> list[Fact]:
    """The facts of a document, those of some forms alone where any are named."""
    found = facts_of(made, outline(made))
    return [fact for fact in found if not forms or fact.form in forms]


def said(body: str, *forms: Form) -> list[tuple[str, str]]:
    """What a notice states, as (attribute, value), by labels where no form is named."""
    found = facts(notice(body), *(forms or (Form.LABEL,)))
    return [(fact.attribute, fact.value) for fact in found]


def source(made: Document, span: Span | None) -> str:
    """What stands at a place of a document; "" for no place."""
    return "" if span is None else made.text[span.start : span.end]


Cell = str | tuple[str, int, int]
"""A text, or a text with the rows and columns that it spans."""


def html(rows: list[list[Cell]], heads: int = 1) -> str:
    """A table in HTML whose first rows are headers of columns."""
    made = "<table>"
    for number, row in enumerate(rows):
        tag = "th" if number < heads else "td"
        made += "<tr>"
        for one in row:
            text, down, across = (one, 1, 1) if isinstance(one, str) else one
            made += f'<{tag} rowspan="{down}" colspan="{across}">{text}</{tag}>'
        made += "</tr>"
    return f"{made}</table>"
