"""Text → blocks: headings, bullets, notes, tables, captions, paragraphs and boilerplate.

    lines → boilerplate → tables → units → kinds → nesting → :class:`rag.types.Block`

Every non-blank code point of a text lies in exactly one block; spans are in order and do not
overlap. Where a page break or a footnote cuts a sentence, the rest of the paragraph is a block of
its own whose ``parent`` is the paragraph that it goes on from. Bullets, paragraphs and tables
that hang on nothing else have the heading above them as parent. ``joins`` names, besides the
newline inside a word, the blanks after it where a converter indented the next page.
A section that pages print at their head or side ("02 국내외 경제이슈") is the outermost heading of
what they hold.
"""

from rag.outline.build import outline
from rag.outline.cells import Headers, cell_text, header_depth, header_texts, row_text
from rag.outline.markers import LEADER, SYMBOLS
from rag.outline.markers import parse as parse_mark

__all__ = [
    "LEADER",
    "SYMBOLS",
    "Headers",
    "cell_text",
    "header_depth",
    "header_texts",
    "outline",
    "parse_mark",
    "row_text",
]
