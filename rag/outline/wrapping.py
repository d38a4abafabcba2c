"""Wrapped lines: which lines go on, and where a word was cut by the line's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.korean import join_wrapped
from rag.outline.lines import Line
from rag.outline.markers import parse

_FEWEST = 5  # wrapped lines, below which a text shows no habit
_STOPS = ".!?。"
_CLOSERS = "\"'”’)]」』>"
_BREAKS = ".!?,;:"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a document's lines end. ``width`` is that of a full line in characters, 0 where lines
    are not wrapped. ``trailing`` tells that a blank at the end of a line marks a word's end."""

    width: int = 0
    trailing: bool = False

    def full(self, line: Line) -> bool:
        """Whether a line is so long that its text may go on in the next."""
        return self.width > 0 and len(line.text.strip()) >= self.width * 0.8

    def goes_on(self, line: Line, below: Line) -> bool:
        """Whether the text of ``line`` goes on in the line right below it. A sentence that ends
        at the foot of a page (the next line is indented by one) does not."""
        body = line.body.rstrip(_CLOSERS)
        if not body.endswith(tuple(_STOPS)):
            return True
        return self.full(line) and below.indent == 0

    def cut(self, line: Line) -> bool:
        """Whether a line stops inside a word: it is full, and no blank follows the word."""
        return (
            self.trailing
            and self.full(line)
            and not line.text[-1:].isspace()
            and line.body[-1:].isalnum()
        )


def measure(lines: Sequence[Line], free: Sequence[bool]) -> Wrapping:
    """The wrapping of a document, from the lines directly followed by an unmarked line."""
    lengths: list[int] = []
    trailing = 0
    for i in range(len(lines) - 1):
        line, below = lines[i], lines[i + 1]
        if line.blank or below.blank or not (free[i] and free[i + 1]):
            continue
        if parse(below.text) is not None:
            continue
        lengths.append(len(line.body))
        trailing += line.text.endswith(" ")
    if len(lengths) < _FEWEST:
        return Wrapping()
    lengths.sort()
    usual = lengths[len(lengths) // 2]
    every = sorted(
        len(line.body) for line, own in zip(lines, free, strict=True) if own and not line.blank
    )
    most = every[min(len(every) - 1, int(len(every) * 0.95))]
    if usual < 15 or most > usual * 1.6:
        return Wrapping()
    return Wrapping(usual, trailing >= 0.15 * len(lengths))


def joins(lines: Sequence[Line], solid: Sequence[int], wrapping: Wrapping) -> tuple[int, ...]:
    """Offsets of the white space between successive lines ``solid`` at which a word goes on.

    Those of the newlines, and of blanks that begin the next line, so that a reader which leaves
    them out joins the word.
    """
    if not wrapping.width or len(solid) < 2:
        return ()
    if wrapping.trailing:
        joined = [
            not lines[here].text[-1].isspace()
            and lines[here].body[-1] not in _BREAKS
            and not _begins_item(lines[below])
            for here, below in pairwise(solid)
        ]
    else:
        joined = join_wrapped([lines[i].body for i in solid])
    return tuple(
        offset
        for (here, below), inside in zip(pairwise(solid), joined, strict=True)
        if inside
        for offset in range(lines[here].inner[1], lines[below].inner[0])
    )


def _begins_item(line: Line) -> bool:
    mark = parse(line.text)
    return mark is not None and not mark.counted
