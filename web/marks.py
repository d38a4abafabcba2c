"""Text cut into plain and marked pieces, so that a template never builds markup from text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SNIPPET = 240
"""Characters of a passage shown in a list of hits."""
_FIGURE = re.compile(r"[△▲+\-−]?\d[\d,]*(?:\.\d+)?")


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
    """A quote with each value marked where it stands; blanks may differ between the two.

    An amount whose unit stands elsewhere, as at the head of a table, is marked by its figure
    ("138" for "138억불") where that figure stands once."""
    (pieces,) = mark_cells((quote,), values)
    return pieces


def mark_cells(texts: Sequence[str], values: Iterable[str]) -> tuple[tuple[Piece, ...], ...]:
    """Texts with the values marked as :func:`mark_values` does in one: a figure without its unit
    is marked where it stands once in all of them."""
    ranges: list[list[tuple[int, int]]] = [[] for _ in texts]
    for value in values:
        letters = [re.escape(letter) for letter in value if not letter.isspace()]
        if not letters:
            continue
        found = _standing(texts, r"\s*".join(letters), value[:1].isdigit())
        figure = _FIGURE.match(value)
        if not found and figure:
            alone = _standing(texts, rf"{re.escape(figure.group())}(?!\d|[.,]\d)", True)
            found = alone if len(alone) == 1 else []
        for number, place in found:
            ranges[number].append(place)
    return tuple(cut(text, places) for text, places in zip(texts, ranges, strict=True))


def _standing(
    texts: Sequence[str], pattern: str, figure: bool
) -> list[tuple[int, tuple[int, int]]]:
    """Where a pattern is found: the text's number and the range; a figure not inside another."""
    whole = rf"(?<![\d.,]){pattern}" if figure else pattern
    return [(i, m.span()) for i, text in enumerate(texts) for m in re.finditer(whole, text)]


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
