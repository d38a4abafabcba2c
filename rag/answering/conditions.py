"""What a quotation must not be parted from: the "다만" behind it, the exceptions and notes that
hang on its line, the unit of its table.

A limit quoted without its exception is a wrong answer, and "1,200" without its unit is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag import korean
from rag.index import Index
from rag.types import Block, BlockKind, Document, Passage, Span

_MOST = 3  # further slices
_LONGEST = 300  # characters; a longer note is not taken along
_WIDEST = 600  # characters of one slice; beyond that a condition becomes a slice of its own
_NEAR = 6  # blocks behind the last one quoted among which its exceptions stand
_LEADING = re.compile(
    r"(?:[-•○ㅇ▪□※*]+\s*|\d\)\s*)*\(?(?:다만|단(?=[,\s])|단지|예외|단서|(?:지원\s?|신청\s?|적용\s?)?제외(?!한|하))"
)
_CONDITION = re.compile(
    r"다만|(?:^|[\s(])단[,\s]|제외|불가|[할될]\s?수\s?없|한하[여며]|한함|한정|에\s한|미포함|포함(?:함|됨|$|\))|별도|"
    r"경우(?:에는|에|는)?\s|기준(?:임|이며|$|\))|가정|변동|변경될|초과|이내|이하|이상|중복|감액|우대|필수|유의"
)
_SOURCE = re.compile(r"^[*※\\\s]*(?:출처|자료|관련\s?예산사업|참고)\s?[:：)]?")
_UNIT = re.compile(r"\(?\s*단위\s*[:：]")
_STARS = re.compile(r"(?<=[^\s*])(\*{1,3})(?!\*)")


def with_conditions(
    index: Index, document: Document, passage: Passage, span: Span
) -> tuple[Span, ...]:
    """The slice ``span`` of a passage with what limits it: first the slice itself, made longer
    where its condition follows at once, then at most three further slices in order of the text,
    apart from the first and from each other. ``(span,)`` where nothing limits it."""
    blocks = index.blocks[document.file]
    held = [n for n in _range(passage, blocks) if blocks[n].span.touches(span)]
    if not held:
        return (span,)
    conditions = [
        one
        for one in (
            *_sentences_behind(document, blocks[held[-1]], span),
            *_hanging(document, blocks, held, span),
            *_table(document, blocks, held, span),
        )
        if not span.covers(one) and len(one) <= _LONGEST
    ]
    first = span
    further: list[Span] = []
    for one in sorted(set(conditions)):
        gap = document.text[first.end : one.start] if one.start >= first.end else "x"
        if not gap.strip(" \n\t-*•") and one.end - first.start <= _WIDEST:
            first = Span(first.start, one.end)
            continue
        if one.start < first.start:
            one = Span(one.start, min(one.end, first.start))
        elif one.start < first.end:
            one = Span(min(first.end, one.end), one.end)
        if document.text[one.start : one.end].strip() and not any(f.touches(one) for f in further):
            further.append(one)
    return (first, *further[:_MOST])


def _range(passage: Passage, blocks: Sequence[Block]) -> range:
    return range(passage.blocks[0], min(len(blocks), passage.blocks[1] + _NEAR))


def _sentences_behind(document: Document, block: Block, span: Span) -> Iterator[Span]:
    """The sentences right behind the slice, inside its paragraph or bullet, that begin with
    "다만" or the like."""
    if block.table is not None or block.span.end <= span.end:
        return
    rest = document.text[span.end : block.span.end]
    if not _LEADING.match(rest.replace("\n", " ").lstrip(" .)”’*")):
        return
    for start, end in korean.sentences(rest.replace("\n", " ")):
        if not rest[start:end].strip(" .)”’*"):
            continue
        if not _LEADING.match(rest[start:end].lstrip(" .)”’*")):
            return
        yield Span(span.end + start, span.end + end)


def _hanging(
    document: Document, blocks: Sequence[Block], held: Sequence[int], span: Span
) -> Iterator[Span]:
    """Exceptions and notes that hang on the lines quoted, and the line right behind them that
    begins with "다만"."""
    lines = set(held)
    stars = _stars(document, span)
    last = held[-1]
    for n in range(held[0], min(len(blocks), last + 1 + _NEAR)):
        block = blocks[n]
        text = document.text[block.span.start : block.span.end]
        if n in lines or block.table is not None or _SOURCE.match(text):
            continue
        on = block.parent in lines
        if block.kind is BlockKind.NOTE and on:
            explained = block.marker.strip("\\") in stars
            if explained or _CONDITION.search(text):
                yield block.span
        elif block.kind in (BlockKind.BULLET, BlockKind.NOTE, BlockKind.PARAGRAPH):
            excepted = on and re.search(r"제외|불가|[할될]\s?수\s?없", text) is not None
            follows = n == last + 1 and block.path == blocks[last].path
            if excepted or ((on or follows) and _LEADING.match(text)):
                yield block.span


def _table(
    document: Document, blocks: Sequence[Block], held: Sequence[int], span: Span
) -> Iterator[Span]:
    """The unit line of a table that is quoted, and its notes."""
    for at in held:
        if blocks[at].table is None:
            continue
        near = range(max(0, at - _NEAR), min(len(blocks), at + 1 + _NEAR))
        for n in near:
            block = blocks[n]
            if block.parent != at or block.kind not in (BlockKind.CAPTION, BlockKind.NOTE):
                continue
            text = document.text[block.span.start : block.span.end]
            unit = _UNIT.search(text)
            if unit is not None:
                line = text.find("\n", unit.start())
                end = block.span.end if line < 0 else block.span.start + line
                yield Span(block.span.start + unit.start(), end)
            elif _SOURCE.match(text) is None and (
                _CONDITION.search(text) or block.marker in _stars(document, span)
            ):
                yield block.span


def _stars(document: Document, span: Span) -> set[str]:
    """The note stars inside a slice: "소상공인*"."""
    return {m.group(1) for m in _STARS.finditer(document.text, span.start, span.end)}
