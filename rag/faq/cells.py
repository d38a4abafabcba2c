"""Questions from tables: the cell where a row and a column meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.faq.drafts import Draft, Source
from rag.faq.subjects import is_noun_phrase, subject
from rag.korean import with_particle
from rag.outline import cell_text, header_texts
from rag.reading import read
from rag.types import Block, Document

_PER_TABLE = 4
_LABEL = 25  # characters of a row or column header that still fits into a question
_FIGURE = re.compile(r"[△▲+\-−]?\s?\d[\d,.]*\s?(?:%p?|조|억|만|원|불|달러|개|명|건|위|배)?(?:\s?\([^()]*\))?")
_DAY = re.compile(r"(?:\d{4}|['’‘]\d{2})?[.년]?\s?\d{1,2}\s?[.월](?:\s?\d{1,2}\s?[.일]?)?")
_TIME = re.compile(r"['’‘]?\d{2,4}(?:[.년]\s?\d{0,2})?(?:년|월|분기)?")
_GENERIC = frozenset(("구분", "내용", "주요 내용", "현황", "비고", "합계", "계", "총계"))


def drafts(document: Document, blocks: Sequence[Block]) -> Iterator[Draft]:
    """Questions in the order of the tables, at most four for each table."""
    for block in blocks:
        if block.table is None or block.table.caption is None:
            continue
        topic = subject(read(document.text, block.table.caption).text)
        if topic:
            yield from _spread(list(_asked(document, block, topic)))


def _asked(document: Document, block: Block, topic: str) -> Iterator[Draft]:
    table = block.table
    if table is None:
        return
    for cell in table.cells:
        text = cell_text(document, block, cell)
        if cell.header or len(text) < 2:
            continue
        rows, columns = header_texts(document, block, cell.row, cell.column)
        row, column = " ".join(rows), " ".join(columns)
        if not row or len(row) > _LABEL or len(column) > _LABEL:
            continue
        question = _question(topic, row, column, bool(_FIGURE.fullmatch(text)))
        if question:
            figure = text.split("(")[0].strip() if _FIGURE.fullmatch(text) else ""
            yield Draft(question, document.file, cell.span, Source.CELL, figure)


def _question(topic: str, row: str, column: str, figure: bool) -> str:
    if _DAY.fullmatch(row) and not figure:
        return f"{topic}에서 {row}에는 어떤 일이 있었나요?"
    if not is_noun_phrase(row) or re.fullmatch(r"[\d,.()%△\s]+", row):
        return ""
    if figure and _TIME.fullmatch(column):
        return f"{topic} 표에서 {column} {with_particle(row, '은/는')} 얼마인가요?"
    if figure and column:
        return f"{topic} 표에서 {row}의 {column} 값은 얼마인가요?"
    if figure:
        return ""
    if not column or column in _GENERIC:
        return f"{topic} 가운데 {row}에 관한 내용은 무엇인가요?"
    if is_noun_phrase(column):
        return f"{topic}에서 {row}의 {with_particle(column, '은/는')} 무엇인가요?"
    return ""


def _spread(every: Sequence[Draft]) -> Iterator[Draft]:
    """At most four drafts, at even distances from the first to the last."""
    count = min(_PER_TABLE, len(every))
    for i in range(count):
        yield every[i * (len(every) - 1) // max(1, count - 1)]
