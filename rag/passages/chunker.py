"""Blocks -> passages: small units with exact spans that never part what belongs together.

Two steps. :func:`atoms` cuts a document into pieces that must not be divided: a bullet with the
notes under it, a sentence, a table row. :func:`pack` joins neighbours under one heading until a
passage holds enough morphemes. Between the two the caller counts morphemes, so that each text
goes through the analyser once and its terms serve both the measure and the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag import korean
from rag.outline import Headers
from rag.passages.long_cells import CellLine, cell_lines
from rag.reading import Reading, read
from rag.settings import ChunkSettings
from rag.types import Block, BlockKind, Cell, Document, Passage, Span, Table

_WIDEST = 200  # columns whose headers a row is found under
_LONG = 160  # characters; a shorter paragraph is not worth asking for its sentences


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece that is not divided. ``extra`` holds texts that the index gets on top of what is
    shown: the headers of a table above its rows. ``terms`` are the index terms of all, in order;
    each of the extra texts is analysed for itself."""

    span: Span
    kind: BlockKind
    path: tuple[str, ...]
    blocks: tuple[int, int]
    joins: tuple[int, ...]
    text: str
    extra: tuple[str, ...] = ()
    rows: tuple[int, int] | None = None
    terms: tuple[str, ...] = ()


Known = dict[str, tuple[str, ...]]
"""Texts that come again and again, headings and headers, and their terms."""


def atoms(document: Document, blocks: Sequence[Block], known: Known | None = None) -> list[Atom]:
    """The undivided pieces of a document in source order. Boilerplate yields none.

    ``known`` is added to: handed on from document to document it saves analysing a header again.
    """
    known = {} if known is None else known
    long = {
        number: read(document.text, block.span, block.joins)
        for number, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and len(block.span) > _LONG
    }
    told = dict(
        zip(long, korean.read_sentences([reading.text for reading in long.values()]), strict=True)
    )
    found: list[Atom] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.BOILERPLATE:
            continue
        if block.kind is BlockKind.TABLE and block.table is not None:
            found.extend(_rows(document, block, number))
        elif number in long:
            found.extend(_sentences(document, block, number, long[number], told[number]))
        else:
            text = read(document.text, block.span, block.joins).text
            if text:
                found.append(
                    Atom(block.span, block.kind, block.path, (number, number), block.joins, text)
                )
    return _with_terms(_tie_notes(document, found, blocks), known)


def _with_terms(pieces: Sequence[Atom], known: Known) -> list[Atom]:
    """The pieces with terms: those that have none yet are analysed together."""
    bare = [piece for piece in pieces if not piece.terms]
    again = {text for piece in pieces for text in piece.extra}
    again.update(piece.text for piece in bare if piece.kind is BlockKind.HEADING)
    lasting = sorted(again - known.keys())
    again |= known.keys()
    passing = [piece.text for piece in bare if piece.text not in again]
    found = map(tuple, korean.terms_many([*lasting, *passing]))
    known.update(zip(lasting, found, strict=False))
    own = dict(zip(passing, found, strict=True))
    done = []
    for piece in pieces:
        terms = piece.terms or known.get(piece.text) or own.get(piece.text, ())
        more = (term for text in piece.extra for term in known[text])
        done.append(replace(piece, terms=(*terms, *more)))
    return done


def learn(texts: Iterable[str], known: Known) -> None:
    """Add the terms of those texts that are not known yet."""
    fresh = sorted(set(texts) - known.keys())
    known.update(zip(fresh, map(tuple, korean.terms_many(fresh)), strict=True))


def pack(
    document: Document, pieces: Sequence[Atom], sizes: Sequence[int], settings: ChunkSettings
) -> Iterator[tuple[Passage, tuple[int, int]]]:
    """Passages in source order, each with the half-open range of pieces it was made from.

    ``sizes`` are the morphemes of each piece. A passage is closed when it has reached
    ``settings.target``, when the next piece would take it past ``settings.limit``, when heading
    or table changes, and where boilerplate lies between. A heading joins what follows it.
    """
    start = 0
    size = 0
    for i, piece in enumerate(pieces):
        if i > start and not _joinable(pieces[start:i], piece, size, sizes[i], settings):
            yield _passage(document, pieces[start:i]), (start, i)
            start, size = i, 0
        size += sizes[i]
    if start < len(pieces):
        yield _passage(document, pieces[start:]), (start, len(pieces))


def _joinable(
    held: Sequence[Atom], piece: Atom, size: int, more: int, settings: ChunkSettings
) -> bool:
    last = held[-1]
    if piece.blocks[0] > last.blocks[1] + 1:
        return False  # boilerplate between them would be shown with the passage
    if last.kind is BlockKind.HEADING:
        return size + more <= settings.limit
    if piece.kind is BlockKind.HEADING:
        return False
    if (last.rows is None) != (piece.rows is None) and last.kind is not BlockKind.CAPTION:
        return False
    if piece.rows is not None and last.rows is not None and piece.blocks != last.blocks:
        return False  # the rows of a passage are those of one table
    if piece.path != last.path and last.kind is not BlockKind.CAPTION:
        return False
    return size < settings.target and size + more <= settings.limit


def _passage(document: Document, held: Sequence[Atom]) -> Passage:
    span = Span(held[0].span.start, held[-1].span.end)
    joins = tuple(sorted({at for piece in held for at in piece.joins}))
    last = held[-1]
    rows = [piece.rows for piece in held if piece.rows is not None]
    return Passage(
        id=f"{document.file}#{span.start}-{span.end}",
        file=document.file,
        span=span,
        path=last.path,
        kind=last.kind if rows else _main_kind(held),
        text=read(document.text, span, joins).text,
        blocks=(held[0].blocks[0], last.blocks[1]),
        rows=(rows[0][0], rows[-1][1]) if rows else None,
        page=document.page_at(span.start),
        joins=joins,
    )


def _main_kind(held: Sequence[Atom]) -> BlockKind:
    """The kind that holds most of the characters; ties go to the earlier one."""
    lengths: dict[BlockKind, int] = {}
    for piece in held:
        lengths[piece.kind] = lengths.get(piece.kind, 0) + len(piece.text)
    return max(lengths, key=lambda kind: lengths[kind])


def _sentences(
    document: Document,
    block: Block,
    number: int,
    reading: Reading,
    told: Sequence[korean.Sentence],
) -> Iterator[Atom]:
    for place, sentence in enumerate(told):
        span = reading.span(sentence.start, sentence.end)
        if not place and span.start > block.span.start:
            # Marks of emphasis before the first letter belong to its sentence.
            wide = Span(block.span.start, span.end)
            said = reading.text[sentence.start : sentence.end]
            if read(document.text, wide, block.joins).text == said:
                span = wide
        yield Atom(
            span,
            block.kind,
            block.path,
            (number, number),
            block.joins,
            reading.text[sentence.start : sentence.end],
            terms=sentence.terms,
        )


def _rows(document: Document, block: Block, number: int) -> Iterator[Atom]:
    """One piece for each table row that starts a cell. A merged cell stands in its first row;
    its text reaches the others through ``extra``. Of a row that is one long cell, each line."""
    table = block.table
    if table is None:
        return
    starts: dict[int, Span] = {}
    held: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if len(cell.span) == 0:
            continue
        held.setdefault(cell.row, []).append(cell)
        known = starts.get(cell.row)
        starts[cell.row] = (
            cell.span
            if known is None
            else Span(min(known.start, cell.span.start), max(known.end, cell.span.end))
        )
    headers = Headers(document, block)
    top = 0 if any(cell.header and cell.row == 0 for cell in table.cells) else -1
    for span, first, last in _apart(starts):
        text = read(document.text, span, block.joins).text
        if not text:
            continue
        if first == last:
            lines = cell_lines(document, block, table, held[first])
            if lines:
                yield from _lines(document, block, number, span, lines)
                continue
        rows = range(first, last + 1)
        extra = dict.fromkeys(
            text for row in rows if row > top for text in _row_headers(headers, table, row)
        )
        yield Atom(
            span,
            block.kind,
            block.path,
            (number, number),
            block.joins,
            text,
            tuple(extra),
            (first, last),
        )


def _lines(
    document: Document, block: Block, number: int, row: Span, lines: Sequence[CellLine]
) -> Iterator[Atom]:
    """The lines of a row that is running text, as pieces outside a table are. What stands before
    the first of them, the label of the cell, is a heading."""
    starts = [line.span.start for line in lines]
    if row.start < starts[0]:
        label = Span(row.start, row.start + len(document.text[row.start : starts[0]].rstrip()))
        shown = read(document.text, label, block.joins).text
        if shown:
            yield Atom(label, BlockKind.HEADING, block.path, (number, number), block.joins, shown)
    for line in lines:
        shown = read(document.text, line.span, block.joins).text
        if shown:
            path = (*block.path, *line.path)
            yield Atom(line.span, line.kind, path, (number, number), block.joins, shown)


def _apart(rows: dict[int, Span]) -> list[tuple[Span, int, int]]:
    """Row spans in source order with first and last row; rows whose spans overlap, as those of
    two lists side by side do, become one."""
    apart: list[tuple[Span, int, int]] = []
    for row, span in sorted(rows.items(), key=lambda item: (item[1], item[0])):
        if apart and span.start < apart[-1][0].end:
            before, first, last = apart[-1]
            joined = Span(before.start, max(before.end, span.end))
            apart[-1] = (joined, min(first, row), max(last, row))
        else:
            apart.append((span, row, row))
    return apart


def _row_headers(headers: Headers, table: Table, row: int) -> Iterable[str]:
    """Header texts of a row's cells that do not stand in the row itself, each once."""
    seen: dict[str, None] = {}
    # What names a cell is looked for to its left: over thousands of columns that is too long.
    for column in range(min(table.columns, _WIDEST)):
        beside, above = headers.of(row, column)
        for text in (*above, *beside):
            if text:
                seen[text] = None
    if table.unit:
        seen[table.unit] = None
    return seen


def _tie_notes(document: Document, pieces: Sequence[Atom], blocks: Sequence[Block]) -> list[Atom]:
    """Joins each note to the piece before it when that is what it explains."""
    tied: list[Atom] = []
    for piece in pieces:
        previous = tied[-1] if tied else None
        if (
            previous is not None
            and piece.kind is BlockKind.NOTE
            and previous.rows is None
            and piece.blocks[0] == previous.blocks[1] + 1
            and _explains(blocks, piece.blocks[0], previous)
        ):
            span = Span(previous.span.start, piece.span.end)
            joins = previous.joins + piece.joins
            tied[-1] = Atom(
                span,
                previous.kind,
                previous.path,
                (previous.blocks[0], piece.blocks[1]),
                joins,
                read(document.text, span, joins).text,
            )
        else:
            tied.append(piece)
    return tied


def _explains(blocks: Sequence[Block], note: int, piece: Atom) -> bool:
    parent = blocks[note].parent
    return parent is not None and piece.blocks[0] <= parent <= piece.blocks[1]
