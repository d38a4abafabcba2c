"""A span of a source as a person reads it: markup gone, wrapped lines joined, nothing else.

The text to show is cut from the source by deleting characters and by showing a newline or a run
of blanks as one blank, never by writing anything of our own. Each character of it knows the
offset it came from, so that a fact found in the readable text can be cited in the source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from rag.reading import markup
from rag.types import Span

# Tags that occur in documents converted from PDF. Anything else in angle brackets ("< 개요 >",
# "<표 1>", "<그림 2>") is the author's own text.
TAG = re.compile(
    r"</?(?:ul|ol|li|table|thead|tbody|tr|th|td|sup|sub|br|p|b|i|u|em|strong|span|div|font|a|img)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
# Tags that end a line or a cell; the others stand inside words.
_PARTING = re.compile(r"</?(?:ul|ol|li|table|thead|tbody|tr|th|td|br|p|div)\b", re.IGNORECASE)
# "**" opens emphasis only where a word begins: in "반도체**, 자동차*** 등" it marks a note.
_EMPHASIS = re.compile(r"(?<![^\s(\[{<>|~/·:“‘\"'])\*\*(?!\*)(?=\S)([^*\n]+?)(?<=\S)\*\*(?!\*)")
_PAGE_BEGINS = frozenset("<\ufeff \t\n\r\f\v\xa0")
# All that what follows deletes begins so, or is white space that is not shown as it is.
_MARKED = re.compile(r"[<*$\\]|\s\s|[^\S ]")
_DELTA = re.compile(r"\$\\Delta\s*([^$\n]*?)\$")


@dataclass(frozen=True, slots=True)
class Reading:
    """Readable text and, for each of its characters, the source offset it came from.

    ``offsets`` has one entry per character of ``text``, in non-decreasing order. ``tails`` maps
    the offset of each HTML entity to its end.
    """

    text: str
    offsets: tuple[int, ...]
    tails: Mapping[int, int] = field(default_factory=dict, compare=False)

    def span(self, start: int, end: int) -> Span:
        """The source span behind ``text[start:end]``; raises ValueError when that is empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not inside a reading of {len(self.text)}")
        last = self.offsets[end - 1]
        return Span(self.offsets[start], self.tails.get(last, last + 1))

    def find(self, span: Span) -> tuple[int, int] | None:
        """Where a source span stands in the readable text, or None when nothing of it shows."""
        inside = [i for i, at in enumerate(self.offsets) if span.start <= at < span.end]
        return (inside[0], inside[-1] + 1) if inside else None


def read(source: str, span: Span, joins: Collection[int] = ()) -> Reading:
    """The readable form of ``source[span.start:span.end]``.

    Deleted: HTML tags of a known list, ``**`` around emphasised
    words, backslashes before punctuation and LaTeX commands, the dollar signs around a
    LaTeX number: ``$\\Delta 7.1\\%$`` is shown as "Delta 7.1%", since writing the △ that the
    converter lost would be a word of ours. A newline whose offset is in ``joins`` is
    deleted; other white space is shown as one blank, and none at either end.

    Of an HTML page, which is told by how ``source`` begins, nothing is deleted but what a browser
    does not show; entities read as the characters they stand for.
    """
    if source[:1] in _PAGE_BEGINS and markup.is_html(source):
        return _read_page(source, span, joins)
    start, end = span.start, span.end
    raw = source[start:end]
    if _MARKED.search(raw) is None:
        start += len(raw) - len(raw.lstrip())
        shown = raw.strip()
        return Reading(shown, tuple(range(start, start + len(shown))))
    drop = bytearray(len(raw))
    blank = bytearray(len(raw))
    for match in TAG.finditer(raw):
        _mark(drop, match.start(), match.end())
        if _PARTING.match(match.group()):
            blank[match.start()] = 1
    for match in _EMPHASIS.finditer(raw):
        _mark(drop, match.start(), match.start(1))
        _mark(drop, match.end(1), match.end())
    for match in _DELTA.finditer(raw):
        drop[match.start()] = drop[match.start() + 1] = drop[match.end() - 1] = 1
    for match in re.finditer(r"\\(?=[%$*_#\\\[\]()~-])", raw):
        drop[match.start()] = 1
    text: list[str] = []
    offsets: list[int] = []
    pending = -1
    for i, character in enumerate(raw):
        if blank[i]:
            character = " "
        elif drop[i]:
            continue
        if character.isspace():
            if start + i in joins:
                pending = -1
                continue
            if text and pending < 0:
                pending = start + i
            continue
        if pending >= 0:
            text.append(" ")
            offsets.append(pending)
            pending = -1
        text.append(character)
        offsets.append(start + i)
    return Reading("".join(text), tuple(offsets))


def _read_page(source: str, span: Span, joins: Collection[int]) -> Reading:
    layout = markup.layout(source)
    kinds, entities = layout.kinds, layout.entities
    text: list[str] = []
    offsets: list[int] = []
    tails: dict[int, int] = {}
    pending = -1
    for at in range(span.start, span.end):
        if kinds[at] == markup.GONE:
            continue
        characters = source[at] if kinds[at] == markup.SHOWN else " "
        if at in entities:
            tails[at], characters = entities[at]
        for character in characters:
            if character.isspace():
                if at in joins:
                    pending = -1
                elif text and pending < 0:
                    pending = at
                continue
            if pending >= 0:
                text.append(" ")
                offsets.append(pending)
                pending = -1
            text.append(character)
            offsets.append(at)
    return Reading("".join(text), tuple(offsets), tails)


def _mark(flags: bytearray, start: int, end: int) -> None:
    flags[start:end] = b"\x01" * (end - start)
