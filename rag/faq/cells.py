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
_ALONE = 4  # characters of a row header that says enough by itself
_LABEL = 25  # characters of a row or column header that still fits into a question
_FIGURE = re.compile(
    r"[△▲+\-−]?\s?\d[\d,.]*\s?(?:%p?|조|억|만|원|불|달러|개|명|건|위|배)?(?:\s?\([^()]*\))?"
)
_DAY = re.compile(r"(?:\d{4}|['’‘]\d{2})?[.년]?\s?\d{1,2}\s?[.월](?:\s?\d{1,2}\s?[.일]?)?")
_TIME = re.compile(r"['’‘]?\d{2,4}(?:[.년]\s?\d{0,2})?(?:년|월|분기)?")
_EXAMPLE = re.compile(r"예시?$")  # what is headed so is an example, and no question asks for it
_TORN = re.compile(r"(?:^|\s)\S\s\S(?:\s|$)")  # letters set apart, as in "총 지 출"
_SIDE = re.compile(r"특징|내용|현황|분야|방안|사례|기준|항목|규모|예산|기간|대상")
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
    corner = table.at(0, 0)
    # Under 구분 the rows are sides of what the columns name; elsewhere it is the other way round.
    sides = corner is not None and cell_text(document, block, corner) == "구분"
    for cell in table.cells:
        text = cell_text(document, block, cell)
        if cell.header or not any(map(str.isalnum, text)):
            continue
        rows, columns = header_texts(document, block, cell.row, cell.column)
        row, column = _named(rows), tuple(filter(None, map(_bare, columns)))
        if any(_EXAMPLE.search(header) for header in (*rows, *columns)):
            continue
        if not row or len(row) > _LABEL or len(" ".join(column)) > _LABEL or _TORN.search(row):
            continue
        if _DAY.fullmatch(text.rstrip(".")):
            question, expected = _when(topic, row, " ".join(column)), text.rstrip(".")
        elif _FIGURE.fullmatch(text):
            question, expected = _figure(topic, row, column), text.split("(")[0].strip()
        else:
            question, expected = _text(topic, row, " ".join(column), sides), text
        if question:
            yield Draft(question, document.file, cell.span, Source.CELL, expected)


def _named(headers: Sequence[str]) -> str:
    """The innermost row header, with those before it where it is too short to stand alone."""
    named = [_bare(header) for header in headers if not header.strip().isdigit()]
    last = named[-1] if named else ""
    return last if len(last) >= _ALONE else " ".join(filter(None, named))


def _bare(header: str) -> str:
    """A header without its number or the brackets around it: "1 자동차", "(차량관제)"."""
    header = re.sub(r"^\d{1,2}[.)]?\s(?=\D)", "", header.strip())
    return header[1:-1].strip() if re.fullmatch(r"\([^()]*\)", header) else header


def _when(topic: str, row: str, column: str) -> str:
    if not column or not is_noun_phrase(row) or not is_noun_phrase(column):
        return ""
    return f"{topic}에서 {row}의 {with_particle(column, '은/는')} 언제인가요?"


def _figure(topic: str, row: str, columns: Sequence[str]) -> str:
    if not columns or not is_noun_phrase(row) or re.fullmatch(r"[\d,.()%△\s]+", row):
        return ""
    *others, last = columns
    if _TIME.fullmatch(last):
        time = _spoken(last)
        if others:
            what = f"{row}의 {' '.join(others)}({time})"
            return f"{topic} 표에서 {with_particle(what, '은/는')} 얼마인가요?"
        return f"{topic} 표에서 {time} {with_particle(row, '은/는')} 얼마인가요?"
    column = " ".join(columns)
    what = row if row.split()[-1] in column else f"{row}의 {column}"
    return f"{topic} 표에서 {with_particle(what, '은/는')} 얼마인가요?"


def _spoken(time: str) -> str:
    """The header of a column of a time as one says it: "'19" as "'19년", "2019.7" as
    "2019년 7월"."""
    month = re.fullmatch(r"(\d{4})\.\s?(\d{1,2})\.?", time)
    if month:
        return f"{month[1]}년 {int(month[2])}월"
    return f"{time}년" if re.fullmatch(r"['’‘]\d{2}", time) else time


def _text(topic: str, row: str, column: str, sides: bool) -> str:
    if _DAY.fullmatch(row):
        return f"{topic}에서 {row}에는 어떤 일이 있었나요?"
    if row in _GENERIC:
        return f"{topic}의 {with_particle(row, '은/는')} 무엇인가요?"
    if not is_noun_phrase(row):
        return ""
    if not column or column in _GENERIC:
        if topic.endswith("내용"):
            return f"{topic} 가운데 {with_particle(row, '은/는')} 무엇인가요?"
        return f"{topic} 가운데 {row}에 대한 내용은 무엇인가요?"
    if not is_noun_phrase(column):
        return ""
    if row.split()[-1] in column:
        return f"{topic}에서 {with_particle(row, '은/는')} 무엇인가요?"
    of, side = (column, row) if sides and not _SIDE.search(column) else (row, column)
    return f"{topic}에서 {of}의 {with_particle(side, '은/는')} 무엇인가요?"


def _spread(every: Sequence[Draft]) -> Iterator[Draft]:
    """At most four drafts, at even distances from the first to the last."""
    count = min(_PER_TABLE, len(every))
    for i in range(count):
        yield every[i * (len(every) - 1) // max(1, count - 1)]
