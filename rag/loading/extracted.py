"""What a format's reader gives: the text of a document and what its format says about it."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import Block, PageMark


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a format's reader gives. ``text`` is NFC with ``\\n`` newlines; the offsets of all
    else are its code points.

    ``stated`` are the blocks that the format itself marks, in source order and not overlapping:
    headings with their level, tables, notes, captions, and bullets only where the format says so.
    Their ``path`` is empty; what lies between them is left to the outline, which reads it as
    lines of a text file. ``pages`` is in source order; ``approximate_pages`` says that its labels
    are estimates ("약 3쪽"). ``title``, ``issuer``, ``published`` (an ISO date or a prefix of
    one) and ``licence`` are what the format's own metadata says, "" where it says nothing.
    ``warnings`` are Korean sentences about what was left out or was damaged.
    """

    text: str
    stated: tuple[Block, ...] = ()
    pages: tuple[PageMark, ...] = ()
    title: str = ""
    issuer: str = ""
    published: str = ""
    licence: str = ""
    approximate_pages: bool = False
    warnings: tuple[str, ...] = ()
