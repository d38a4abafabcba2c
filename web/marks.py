"""Text cut into plain and marked pieces, so that a template never builds markup from text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SNIPPET = 240
"""Characters of a passage shown in a list of hits."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. ``id`` is "" or the anchor of the element around a marked piece."""

    text: str
    marked: bool = False
    id: str = ""


def cut(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text as pieces, marked inside the half-open ranges (characters of ``text``).

    Ranges may come in any order and overlap; what they cover together is marked. Joined, the
    pieces are the text again.
    """
    pieces: list[Piece] = []
    at = 0
    for start, end in _merged(ranges, len(text)):
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def matches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of the words stands in the text, whatever the case, in order of position.

    A word of one Hangul syllable counts only where no other syllable stands before it, because
    inside a longer word it is most often another word ("달" in "전달").
    """
    found: list[tuple[int, int]] = []
    for word in words:
        if not word.strip():
            continue
        pattern = re.escape(word)
        if len(word) == 1:
            pattern = rf"(?<![가-힣A-Za-z0-9]){pattern}"
        elif word.isascii() and word.isalnum():
            pattern = rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"
        found += [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
    return sorted(found)


def snippet(text: str, words: Sequence[str], limit: int = SNIPPET) -> tuple[Piece, ...]:
    """At most ``limit`` characters of the text around its first match, matches marked.

    What was left out at either end is shown as "…".
    """
    found = matches(text, words)
    first = found[0][0] if found else 0
    start = 0 if len(text) <= limit else max(0, min(first - limit // 4, len(text) - limit))
    end = min(len(text), start + limit)
    inside = [
        (max(s, start) - start, min(e, end) - start) for s, e in found if s < end and e > start
    ]
    pieces = cut(text[start:end], inside)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after)


def mark_values(quote: str, values: Iterable[str]) -> tuple[Piece, ...]:
    """A quote with each value marked where it stands; blanks may differ between the two."""
    ranges: list[tuple[int, int]] = []
    for value in values:
        letters = [re.escape(letter) for letter in value if not letter.isspace()]
        if letters:
            ranges += [m.span() for m in re.finditer(r"\s*".join(letters), quote)]
    return cut(quote, ranges)


def _merged(ranges: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, s), min(e, length)) for s, e in ranges):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
