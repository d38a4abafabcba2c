"""The sentences of one paragraph or bullet, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rag.korean.analysis import analysis_of, terms
from rag.korean.morphology import Parse, parse, parse_many
from rag.korean.normal_form import normalise

if TYPE_CHECKING:
    from kiwipiepy import Token

_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」", "『": "』", "〈": "〉", "《": "》",
          "“": "”", "‘": "’", "<": ">"}  # fmt: skip
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
# A bracket that is open for longer than this is a slip of the pen, not a bracket.
_LONGEST_BRACKET = 300
# Full stops that end no sentence: dates, decimals, abbreviations, dots of omission, numbering.
_INNER_STOP = re.compile(
    r"\d{1,4}\s?\.\s?\d{1,2}\s?\.(?:\s?\d{1,2}\s?\.?)?"
    r"|\d+\.\d+"
    r"|\b(?:vs|e\.g|i\.e|cf|etc|no|vol|pp?|ed|eds|inc|ltd|co|corp|st|dr|mr|ms|fig|al)\.(?:,|\s|(?=[가-힣]))"
    r"|\.{2,}|…+|‥+"
    r"|(?:https?://|www\.)[^\s)\]>]+"
    r"|[\w.+-]+@[\w.-]+",
    re.IGNORECASE,
)
_NOTE_MARKS = tuple("※☞▶▷○●□■◇◆❖•*-→")
_ONLY_MARKS = re.compile(r"[\W_]*(?:[0-9]{1,3}|[가-하]|[A-Za-z])?[\W_]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A half-open range of code points of a paragraph, and the index terms in it in order."""

    start: int
    end: int
    terms: tuple[str, ...]


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open code-point ranges of the sentences of one paragraph or bullet, in order.

    Ranges do not overlap, begin and end at a character that is not blank, and together hold
    every such character; a blank text has none. No sentence ends inside brackets or quotation
    marks, within a date, a decimal, an abbreviation or an address, or at dots of omission, and
    a number or mark alone is no sentence.
    """
    return _ranges(text, parse(text).tokens) if text.strip() else []


def read_sentences(texts: Sequence[str]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of each text as :func:`sentences` finds them, with their terms: one look of
    the analyser at a text serves both. Texts are worked on in parallel."""
    for text, parsed in zip(texts, parse_many(texts), strict=True):
        ranges = _ranges(text, parsed.tokens)
        if normalise(text) == text:
            yield tuple(_sentences_of(parsed, ranges))
        else:  # the normal form has other offsets
            yield tuple(Sentence(a, b, tuple(terms(text[a:b]))) for a, b in ranges)


def _sentences_of(parsed: Parse, ranges: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
    at = 0
    for start, end in ranges:
        first = at
        while at < len(parsed.tokens) and parsed.tokens[at].start < end:
            at += 1
        found = [entity for entity in parsed.entities if start <= entity.start < end]
        yield Sentence(start, end, analysis_of(parsed.tokens[first:at], found).terms)


def _ranges(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    cuts = [b.start for a, b in pairwise(tokens) if a.sent_position != b.sent_position]
    if cuts:
        cuts = [_before_note(text, cut) for cut in cuts]
        held = _held_together(text)
        cuts = [cut for cut in cuts if not any(start < cut < end for start, end in held)]
    ranges: list[tuple[int, int]] = []
    start = 0
    for cut in [*cuts, len(text)]:
        if _ONLY_MARKS.fullmatch(text, start, cut) and cut < len(text):
            continue  # "1." belongs to what it numbers
        trimmed = _trim(text, start, cut)
        if trimmed is None:
            continue
        if ranges and _ONLY_MARKS.fullmatch(text, *trimmed):
            ranges[-1] = (ranges[-1][0], trimmed[1])
        else:
            ranges.append(trimmed)
        start = cut
    return ranges


def _before_note(text: str, cut: int) -> int:
    """A cut right after a note mark moves before it: "… 5,955억원이다. | ※ 국비 5,423억원"."""
    head = text[:cut].rstrip()
    return len(head) - 1 if head[-1:] in _NOTE_MARKS and head[-2:-1].isspace() else cut


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)


def _held_together(text: str) -> list[tuple[int, int]]:
    """Ranges within which no sentence may end. A cut at the first character after one is held
    too where dots or an abbreviation end it, blanks included."""
    held = []
    open_: list[int] = []
    for at, character in enumerate(text):
        if character in _PAIRS:
            open_.append(at)
        elif character in _CLOSERS:
            for depth in range(len(open_) - 1, -1, -1):
                if text[open_[depth]] == _CLOSERS[character]:
                    start = open_[depth]
                    if at - start <= _LONGEST_BRACKET:
                        held.append((start, at + 1))
                    del open_[depth:]
                    break
    for match in _INNER_STOP.finditer(text):
        end = match.end()
        while end < len(text) and text[end].isspace():
            end += 1
        held.append((match.start(), end + 1))
    return held
