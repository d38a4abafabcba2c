"""What only Markdown says by its marks: front matter, underlined headings, fenced code and
footnotes. Other marks ("#", "-", "|") are those of plain text too, and read with it."""

from __future__ import annotations

import re

from rag.outline.drafts import Draft
from rag.outline.markers import Mark
from rag.types import BlockKind, Span

_FRONT = re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^([A-Za-z가-힣_-]{1,30})[ \t]*:[ \t]*(.*?)[ \t]*$", re.M)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^`\n]*)$", re.M)
_UNDERLINED = re.compile(r"([^\n|\t]{1,80})\n {0,3}(=+|-{3,})[ \t]*\Z")
_RULE = re.compile(r"[ \t]*\n {0,3}(?:=+|-{3,})[ \t]*(?=\n|\Z)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,20})\]:[ \t]*\S")


def front_matter(text: str) -> tuple[Span, dict[str, str]] | None:
    """The span of the fields between two "---" at the start of a text, and their values by name
    in lower case; None where there are none."""
    found = _FRONT.match(text)
    if found is None:
        return None
    fields = {m[1].lower(): m[2].strip("\"'") for m in _FIELD.finditer(found[1])}
    return (Span(found.start(), found.end()), fields) if fields else None


def fences(text: str) -> list[Span]:
    """The spans of fenced code, fences included; one that is never closed is none."""
    spans: list[Span] = []
    opened: re.Match[str] | None = None
    for found in _FENCE.finditer(text):
        if opened is None:
            opened = found
        elif (
            found[1][0] == opened[1][0] and len(found[1]) >= len(opened[1]) and not found[2].strip()
        ):
            spans.append(Span(opened.start(), found.end()))
            opened = None
    return spans


def mark_up(text: str, drafts: list[Draft]) -> None:
    """Set kind and marks of the drafts that these constructs hold, before any kind is told from
    their text. Code becomes one paragraph; the drafts stay in source order."""
    front = front_matter(text)
    if front is not None:
        for draft in drafts:
            if draft.start >= front[0].end:
                break
            draft.kind, draft.mark, draft.marker = BlockKind.BOILERPLATE, None, ""
    _gather(text, drafts)
    for draft in drafts:
        ruled = _RULE.match(text, draft.end)  # of six signs and more, which no draft holds
        found = _UNDERLINED.match(draft.text + (ruled[0] if ruled else ""))
        if found and draft.kind is BlockKind.PARAGRAPH and draft.mark is None:
            hashes = 1 if found[2][0] == "=" else 2
            draft.mark = Mark("#", "", 0, None, "", hashes)
            draft.text = found[1].rstrip()
            draft.end = draft.start + len(draft.text)
            draft.joins, draft.single, draft.last = (), True, draft.first
    _footnotes(drafts)


def _gather(text: str, drafts: list[Draft]) -> None:
    spans = fences(text)
    if not spans:
        return
    kept: list[Draft] = []
    at = 0
    held: Span | None = None
    for draft in drafts:
        while at < len(spans) and spans[at].end <= draft.start:
            at += 1
        inside = at < len(spans) and spans[at].start <= draft.start
        if inside and held == spans[at]:
            kept[-1].last, kept[-1].end = draft.last, draft.end
            kept[-1].text = text[kept[-1].start : draft.end]
            continue
        kept.append(draft)
        held = spans[at] if inside else None
        if inside:
            draft.kind, draft.mark, draft.marker = BlockKind.PARAGRAPH, None, ""
            draft.table, draft.joins, draft.single = None, (), False
    drafts[:] = kept


def _footnotes(drafts: list[Draft]) -> None:
    """Tie "[^1]: …" to the nearest block above that calls it, else to the nearest below."""
    notes = [
        (at, found[1])
        for at, draft in enumerate(drafts)
        if draft.kind is BlockKind.PARAGRAPH and (found := _FOOTNOTE.match(draft.text))
    ]
    defined = {at for at, _ in notes}
    callers: dict[str, list[int]] = {}
    for at, draft in enumerate(drafts if notes else ()):
        if at not in defined:
            for name in re.findall(r"\[\^([^\]\s]{1,20})\]", draft.text):
                callers.setdefault(name, []).append(at)
    for at, name in notes:
        calling = callers.get(name, [])
        above = [caller for caller in calling if caller < at]
        drafts[at].kind, drafts[at].marker = BlockKind.NOTE, f"[^{name}]"
        if calling:
            drafts[at].parent, drafts[at].tied = (above or calling)[-1 if above else 0], True
