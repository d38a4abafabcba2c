"""What a table is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.facts.lines import readable
from rag.types import Block, BlockKind, Document

_TITLING = (BlockKind.PARAGRAPH, BlockKind.BULLET)
_TITLE = 60  # characters of a line that names the table below it
_FRAME = re.compile(r"[<\[〈＜【]\s*(?P<inside>[^<>\[\]〈〉＜＞【】]*?)\s*[>\]〉＞】]")
_SENTENCE = re.compile(r"(?:[다요음함임됨]|[:：].+)[.\s]*$|[:：]\s*\S")


def caption_of(document: Document, blocks: Sequence[Block], number: int) -> tuple[str, ...]:
    """What a table is called: its caption, else a short line right above it; () for none."""
    table = blocks[number].table
    above = blocks[number - 1] if number else None
    if table is not None and table.caption is not None:
        text = readable(document, table.caption)
    elif above is not None and above.kind in _TITLING:
        text = readable(document, above.span, above.joins)
        lines = document.text.count("\n", above.span.start, above.span.end)
        if len(text) > _TITLE or lines or _SENTENCE.search(text):
            return ()
    else:
        return ()
    text = text.strip(" *-○□■◦•")
    framed = _FRAME.fullmatch(text)
    text = framed["inside"] if framed is not None else text
    return (text,) if text else ()
