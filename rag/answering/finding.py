"""What a claim comes to: the slices to show, few and whole, or why there is no answer and what is
nearest.

A value is shown in its row, line or sentence, with the label and headers that name it. What Korean
policy prose says of one thing stands in neighbouring lines: a bullet, the one below it, the note on
both; where the ranking cannot tell neighbours apart they are one slice. Nor is a quotation parted
from what limits it, the "다만" behind it, the exceptions and notes that hang on its line, the unit of
its table: a limit quoted without its exception is a wrong answer, and "1,200" without its unit is
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag import korean
from rag.finding import Asked, Candidate, Place
from rag.index import Index
from rag.judging.claim import Claim, Premise, label_of
from rag.question.turns import Request
from rag.reading import read
from rag.reading.aspects import Aspect, aspects_of
from rag.reading.values import ADDRESS, ValueKind, values
from rag.retrieval.ranking import Reread
from rag.settings import AnswerSettings
from rag.types import Block, BlockKind, Document, Evidence, Passage, QuestionKind, Reason, Span

_MOST = 3  # further slices
_LONGEST = 300  # characters; a longer note is not taken along
_WIDEST = 600  # characters of one slice; beyond that a condition becomes a slice of its own
_BLOCKS = 6  # blocks behind the last one quoted among which its exceptions stand
_LEADING = re.compile(
    r"(?:[-•○ㅇ▪□※*]++\s*+|\d\)\s*+)*+\(?(?:다만|단(?=[,\s])|단지|예외|단서|(?:지원\s?|신청\s?|적용\s?)?제외(?!한|하))"
)
_CONDITION = re.compile(
    r"다만|(?:^|[\s(])단[,\s]|제외|불가|[할될]\s?수\s?없|한하[여며]|한함|한정|에\s한|미포함|포함(?:함|됨|$|\))|별도|"
    r"경우(?:에는|에|는)?\s|기준(?:임|이며|$|\))|가정|변동|변경될|초과|이내|이하|이상|중복|감액|우대|필수|유의"
)
_NAMES_SOURCE = re.compile(r"^[*※\\\s]*(?:출처|자료|관련\s?예산사업|참고)\s?[:：)]?")
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
    return range(passage.blocks[0], min(len(blocks), passage.blocks[1] + _BLOCKS))


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
    for n in range(held[0], min(len(blocks), last + 1 + _BLOCKS)):
        block = blocks[n]
        text = document.text[block.span.start : block.span.end]
        if n in lines or block.table is not None or _NAMES_SOURCE.match(text):
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


def _stars(document: Document, span: Span) -> set[str]:
    """The note stars inside a slice: "소상공인*"."""
    return {m.group(1) for m in _STARS.finditer(document.text, span.start, span.end)}


_PROSE = frozenset(("prose", "note", "phrase", "clause", "predicate", "list"))
_BARE = re.compile(r"[△▲▽+\-−]?\s?\d[\d,]*(?:\.\d+)?")
_CONDITIONS = 2  # conditions of a fact that are quoted


def quoted(
    index: Index, candidate: Candidate, around: Reread, limits: AnswerSettings
) -> tuple[Evidence, ...]:
    """The slices that show a candidate, the one with its value first, then headers, further items
    and conditions in order of place."""
    passage = index.passages[candidate.row]
    document = index.document_of(passage)
    span, further = candidate.quote, list(candidate.further)
    fact = candidate.fact
    if candidate.origin in _PROSE and passage.rows is None:
        span = _stretch(index, passage, candidate, around, limits)
        span, *conditions = with_conditions(index, document, passage, span)
        further += conditions
    elif fact is not None:
        if fact.cell is not None and fact.label is not None:
            span, header = _headed(document, span, fact.label, limits.table)
            further += header
        further += fact.conditions[:_CONDITIONS]
    out = [_evidence(index, document, candidate.row, span, told(candidate))]
    for one in sorted(set(further)):
        if not span.covers(one) and len(one):
            row = index.row_at(document.file, one.start)
            out.append(_evidence(index, document, row, one, ""))
    return tuple(out)


def told(candidate: Candidate) -> str:
    """The value of a candidate as it is told: a bare number with the unit that stands over it."""
    if not candidate.unit or "," in candidate.unit or not _BARE.fullmatch(candidate.value.strip()):
        return candidate.value
    return f"{candidate.value.strip()}{candidate.unit.strip()}"


def nearest(index: Index, row: int) -> Evidence:
    """A ranked row as it stands, for an answer that is none."""
    passage = index.passages[row]
    return Evidence(passage, passage.span, passage.text)


def _headed(document: Document, span: Span, label: Span, longest: int) -> tuple[Span, list[Span]]:
    """A row from its column's header on where that is short, else the two apart."""
    whole = Span(min(span.start, label.start), max(span.end, label.end))
    if len(read(document.text, whole).text) <= longest:
        return whole, []
    return span, [label]


def _evidence(index: Index, document: Document, row: int, span: Span, value: str) -> Evidence:
    passage = index.passages[row]
    joins = tuple(_joins(index, document, span))
    reading = read(document.text, span, joins)
    text = reading.text
    return Evidence(passage, reading.span(0, len(text)) if text else span, text, value)


def _joins(index: Index, document: Document, span: Span) -> Iterator[int]:
    """Where words go on over a line's end inside a slice."""
    for row in range(index.row_at(document.file, span.start), len(index.passages)):
        passage = index.passages[row]
        if passage.file != document.file or passage.span.start >= span.end:
            break
        yield from (at for at in passage.joins if span.start <= at < span.end)


def _stretch(
    index: Index, passage: Passage, candidate: Candidate, around: Reread, limits: AnswerSettings
) -> Span:
    """The slice of a candidate with the neighbours that are ranked about as well, under the same
    heading with nothing between, no more than ``limits.quote`` characters."""
    span = Span(
        min(candidate.quote.start, passage.span.start), max(candidate.quote.end, passage.span.end)
    )
    if len(span) > limits.quote:
        return candidate.quote
    scores = dict(zip(around.rows, around.scores, strict=True))
    least = limits.joined * max(scores.get(candidate.row, 0.0), 0.0)
    near = {row for row in around.rows[: limits.joinable] if scores[row] >= least}
    first = last = candidate.row
    for step in (1, -1):
        row = candidate.row
        while row + step in near and _adjoin(index, *sorted((row, row + step))):
            row += step
            low = index.passages[min(first, row)].span.start
            high = index.passages[max(last, row)].span.end
            if max(high, span.end) - min(low, span.start) > limits.quote:
                break
            first, last = min(first, row), max(last, row)
    low, high = index.passages[first].span.start, index.passages[last].span.end
    return Span(min(low, span.start), max(high, span.end))


def _adjoin(index: Index, first: int, last: int) -> bool:
    rows = index.passages[first : last + 1]
    document = index.document_of(rows[0])
    return all(
        a.file == b.file
        and a.path == b.path
        and a.rows is None
        and b.rows is None
        and not document.text[a.span.end : b.span.start].strip()
        for a, b in pairwise(rows)
    )


_REACH = 6  # passages to each side in which a contact counts as one for the matter
_ASIDE = frozenset((BlockKind.NOTE, BlockKind.CAPTION, BlockKind.BOILERPLATE))
# The address of what was quoted is nobody to ask: "19) 한빛뉴스(2019)", "출처: …".
_SOURCE = re.compile(r"\s*(?:\[?\^?\d{1,3}[\])]|※|\*|자료|출처|참고)\s*[:：]?\s*\S")


@dataclass(frozen=True, slots=True)
class Finding:
    """``evidence`` is shown, the slice with the value first: that of the answer, the readings of an
    ambiguous question, or the nearest slice. ``labels`` name the readings in the same order.
    ``contact`` is whom to ask, ``replaced`` what an earlier version said; the ``value`` of each
    is what is told of it. ``items`` counts those of a list."""

    evidence: tuple[Evidence, ...]
    reason: Reason | None
    sure: float
    items: int = 0
    labels: tuple[str, ...] = ()
    premise: Premise | None = None
    request: Request | None = None
    contact: Evidence | None = None
    replaced: Evidence | None = None
    missing: tuple[str, ...] = ()


def finding_of(
    asked: Asked, place: Place, claim: Claim, around: Reread, limits: AnswerSettings
) -> Finding:
    """The finding of a claim."""
    index, candidate = place.index, claim.candidate
    if claim.request is not None:
        return Finding((), claim.reason, claim.sure, request=claim.request)
    if candidate is None:
        shown = tuple(nearest(index, row) for row in around.rows[:1])
        contact = _asked_of(asked, place, claim, around.rows[:1])
        return Finding(shown, claim.reason, claim.sure, premise=claim.premise, contact=contact)
    if claim.readings:
        parts = [quoted(index, one, around, limits)[0] for one in claim.readings]
        labels = tuple(label_of(place, one) for one in claim.readings)
        return Finding(tuple(parts), claim.reason, claim.sure, labels=labels)
    evidence = quoted(index, candidate, around, limits)
    if claim.reason is None:
        replaced = claim.replaced
        before = quoted(index, replaced, around, limits)[0] if replaced else None
        return Finding(evidence, None, claim.sure, items=_items(candidate), replaced=before)
    contact = _asked_of(asked, place, claim, (candidate.row,))
    prose = index.passages[candidate.row].kind is BlockKind.PARAGRAPH
    if (
        claim.premise is not None and prose
    ):  # the sentence that denies it may stand beside the value
        evidence = (nearest(index, candidate.row),)
    return Finding(
        evidence[:1],
        claim.reason,
        claim.sure,
        premise=claim.premise,
        contact=contact,
        missing=claim.missing,
    )


def _items(candidate: Candidate) -> int:
    return len(candidate.items) if len(candidate.items) > 1 else int(bool(candidate.value))


def _asked_of(asked: Asked, place: Place, claim: Claim, rows: Sequence[int]) -> Evidence | None:
    """Whom to ask about what is not stated; None where a contact itself was asked for."""
    stated = claim.reason is not Reason.NOT_STATED
    if stated or not rows or asked.question.kind is QuestionKind.CONTACT:
        return None
    return _contact(place, rows[0])


def _contact(place: Place, near: int) -> Evidence | None:
    """Whom the document names for questions about the matter of a row, as telephone number or
    address: the nearest label that tells it if it is close by, else the nearest sentence under the
    same heading, else the nearest label."""
    index = place.index
    file, start = index.passages[near].file, index.passages[near].span.start
    told = [
        fact
        for fact in index.facts.of(file)
        if Aspect.CONTACT in aspects_of(fact.attribute) and _contacts(fact.value)
    ]
    fact = min(told, key=lambda one: (abs(one.span.start - start), one.span), default=None)
    if fact is None:
        return _in_a_sentence(index, near)
    row = index.row_at(file, fact.span.start)
    labelled = Evidence(index.passages[row], fact.span, fact.value, fact.value)
    if abs(row - near) <= _REACH:
        return labelled
    return _in_a_sentence(index, near) or labelled


def _in_a_sentence(index: Index, row: int) -> Evidence | None:
    """The nearest sentence to a row, under its heading and no source or note, that tells a
    contact."""
    own = index.passages[row]
    blocks, rows = index.blocks[own.file], index.rows_of(own.file)
    near = range(max(rows.start, row - _REACH), min(rows.stop, row + _REACH + 1))
    for other in sorted(near, key=lambda one: (abs(one - row), one)):
        passage = index.passages[other]
        if passage.path != own.path or passage.rows is not None:
            continue
        reading = index.reading(other)
        if not _contacts(reading.text):
            continue
        for start, end in korean.sentences(reading.text):
            text, span = reading.text[start:end], reading.span(start, end)
            held = blocks[passage.blocks[0] : passage.blocks[1] + 1]
            aside = any(block.kind in _ASIDE and block.span.touches(span) for block in held)
            contacts = _contacts(text)
            if contacts and not aside and not _SOURCE.match(text):
                return Evidence(passage, span, text, contacts[0])
    return None


def _contacts(text: str) -> list[str]:
    """Telephone numbers and addresses but postal ones: where a place is, nobody may be to ask."""
    return [v.text for v in values(text) if v.kind is ValueKind.CONTACT and v.unit != ADDRESS]
