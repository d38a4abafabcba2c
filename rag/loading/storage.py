"""Records as JSON lines and back, for the files of an index.

A record is a JSON array rather than an object: an index of a thousand documents holds a million
blocks, and their field names would be half of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rag.types import Block, BlockKind, Cell, Document, PageMark, Passage, Span, Table


def write_lines(path: Path, rows: Iterable[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
            out.write("\n")


def read_lines(path: Path) -> Iterator[Any]:
    """The rows of a file; ValueError when a line is not JSON, OSError as from opening it."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


def document_row(document: Document) -> list[Any]:
    """A document without the blocks that its format stated: those are in its outline."""
    return [
        document.id,
        document.file,
        document.title,
        document.issuer,
        document.series,
        document.published,
        document.licence,
        document.digest,
        [[mark.start, mark.label] for mark in document.pages],
        document.text,
        document.format,
        int(document.approximate_pages),
        list(document.warnings),
    ]


def document_from(row: list[Any]) -> Document:
    *named, digest, pages, text, format_, approximate, warnings = row
    id_, file, title, issuer, series, published, licence = named
    return Document(
        id_, file, title, issuer, series, published, licence, text, digest,
        pages=tuple(PageMark(start, label) for start, label in pages),
        format=format_,
        approximate_pages=bool(approximate),
        warnings=tuple(warnings),
    )  # fmt: skip


def block_row(block: Block) -> list[Any]:
    return [
        str(block.kind),
        block.level,
        block.span.start,
        block.span.end,
        list(block.path),
        block.parent,
        block.marker,
        list(block.joins),
        None if block.table is None else _table_row(block.table),
    ]


def block_from(row: list[Any]) -> Block:
    kind, level, start, end, path, parent, marker, joins, table = row
    return Block(
        BlockKind(kind),
        level,
        Span(start, end),
        tuple(path),
        parent,
        marker,
        tuple(joins),
        None if table is None else _table_from(table),
    )


def _table_row(table: Table) -> list[Any]:
    return [
        [
            [c.row, c.column, c.span.start, c.span.end, c.row_span, c.column_span, int(c.header)]
            for c in table.cells
        ],
        table.rows,
        table.columns,
        table.unit,
        None if table.caption is None else [table.caption.start, table.caption.end],
    ]


def _table_from(row: list[Any]) -> Table:
    cells, rows, columns, unit, caption = row
    return Table(
        tuple(
            Cell(r, c, Span(start, end), down, across, bool(header))
            for r, c, start, end, down, across, header in cells
        ),
        rows,
        columns,
        unit,
        None if caption is None else Span(*caption),
    )


def passage_row(passage: Passage) -> list[Any]:
    return [
        passage.file,
        passage.span.start,
        passage.span.end,
        list(passage.path),
        str(passage.kind),
        passage.text,
        list(passage.blocks),
        None if passage.rows is None else list(passage.rows),
        passage.page,
        list(passage.joins),
    ]


def passage_from(row: list[Any]) -> Passage:
    file, start, end, path, kind, text, blocks, rows, page, joins = row
    return Passage(
        f"{file}#{start}-{end}",
        file,
        Span(start, end),
        tuple(path),
        BlockKind(kind),
        text,
        (blocks[0], blocks[1]),
        None if rows is None else (rows[0], rows[1]),
        page,
        tuple(joins),
    )
