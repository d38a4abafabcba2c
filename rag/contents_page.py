"""What a document's own table of contents says of a section: "3월호의 FOCUS 주제".

A periodical names the subject of a section on its first page and nowhere else in those words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.index import Index
from rag.reading import read
from rag.types import Block, BlockKind, Document, Evidence, Passage, Question, Span

_ASKED = re.compile(r"주제|제목|기사|표제|꼭지")
_NEAR_TOP = 40  # blocks from the beginning
_COVER = 200  # characters between the date of an issue and the section
_LINE = re.compile(
    r"^(?:[-•○ㅇ]\s)?(?:\d{1,2}[.)]?\s)?(?P<title>\S.*?)[\s.·…]+(?P<page>\d{1,3})(?:[\s-]*)$"
)


def section_subject(index: Index, question: Question, document: Document) -> Evidence | None:
    """The titles that the contents page lists under the section that the question names, as one
    slice, the titles parted by "; "; None where the question asks for no title, or the page has
    no such section."""
    if not _ASKED.search(question.searched):
        return None
    asked = {word.strip("?.,의은는이가를을").upper() for word in question.searched.split()}
    blocks = index.blocks[document.file]
    for at, heading in enumerate(blocks[:_NEAR_TOP]):
        name = read(document.text, heading.span, heading.joins).text.strip("[]<>【】 ").upper()
        if heading.kind is not BlockKind.HEADING or name not in asked:
            continue
        titles = []
        end = heading.span.end
        for block in blocks[at + 1 :]:
            if block.parent != at:
                break
            lines = document.text[block.span.start : block.span.end]
            rows = lines.split("\n") if block.kind is BlockKind.TABLE else [lines]
            for row in rows:
                line = _LINE.match(" ".join(row.split()))
                if line is not None:
                    titles.append(line["title"])
                    end = block.span.start + lines.index(row) + len(row)
        passage = _passage(index, document, heading.span)
        if titles and passage is not None:
            span = Span(_cover(document, blocks[:at], heading), end)
            text = read(document.text, span, passage.joins).text
            return Evidence(passage, span, text, 1.0, "; ".join(titles))
    return None


def _cover(document: Document, before: Sequence[Block], heading: Block) -> int:
    """Where the quote begins: at the line of the cover that dates the issue, so that the quote
    says which one it is, if that stands near; else at the section."""
    dates = [
        block.span.start
        for block in before
        if document.published[:4]
        and document.published[:4] in document.text[block.span.start : block.span.end]
        and heading.span.start - block.span.start <= _COVER
    ]
    return dates[-1] if dates else heading.span.start


def _passage(index: Index, document: Document, span: Span) -> Passage | None:
    inside = (p for p in index.passages if p.file == document.file and p.span.covers(span))
    return next(inside, None)
