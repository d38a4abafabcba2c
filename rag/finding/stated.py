"""What documents state of themselves: facts by label, by the name of what they are about, and by what is
said in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from heapq import nlargest
from itertools import pairwise

from rag.facts import Fact, Form
from rag.finding.clauses import find_clause
from rag.finding.fitting import ANYTHING, fitting
from rag.finding.place import Candidate, Context, Place, sheet_of, title_of
from rag.finding.reader import NAMED, find_marks
from rag.finding.tables import of_table
from rag.finding.wording import Asked, flat
from rag.index import Index
from rag.question.wants import Wants
from rag.reading import Reading, read
from rag.reading.amounts import bound
from rag.reading.aspects import Aspect, aspects_of
from rag.reading.bindings import bindings, proviso
from rag.reading.sentences import announces, clause_starts, sentence_starts
from rag.reading.values import Value, ValueKind, values
from rag.types import Document, Passage, QuestionKind, Span

_NEAR_ROWS = 6  # rows to each side of the best whose facts are looked at
_ROWS = 24  # rows whose facts are looked at
_BEST = 3
_SMALL = 80  # rows of a document all of whose facts are looked at
_MOST = 32  # facts that are offered for one question
_MOST_CELLS = 400  # facts of a table that is looked at whole
# A bound in the brackets of a label limits what the label's value is for: "(10만불 미만): 무료".
NAMING = re.compile(r"[^()（）\n]{0,20}[)）]\s*[:：]\s*\S")
_HANGUL = re.compile(r"[가-힣]")
_OPENING = "[【〔《<〈＜(（「『"
_NAMED, _SORTED = 0.3, 0.2  # what an aspect and a value of the wanted sort count beside words


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as a candidate for any question, and what it is looked up by: the texts close to it and
    far from it as they are compared, the aspects of its label, the kinds of its values."""

    candidate: Candidate
    close: str
    far: str
    aspects: frozenset[Aspect]
    kinds: frozenset[ValueKind]


def stated(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The facts of the best rows, of those beside the very best, and of small documents; of them
    those that say most of what is asked for."""
    index, wants = place.index, asked.wants
    if asked.question.kind is QuestionKind.YES_NO and not wants.aspects:
        return  # the value of a fact says neither yes nor no
    wanted = _rows(place)
    found: dict[int, Statement] = {}
    tables: dict[tuple[str, int], None] = {}
    for row in wanted:
        passage = index.passages[row]
        held = index.derived(
            ("statements", passage.file), partial(_Statements, index, passage.file)
        )
        found.update((id(one), one) for one in held.within(passage.span))
        tables.update(((passage.file, block), None) for block in held.tables(passage.span))
    offered = list(found.values())
    for file, block in tables:
        cells = index.derived(("cells", file, block), partial(_cells, index, file, block))
        large = len(cells) > _MOST_CELLS
        offered += [one for one in cells if not large or one.candidate.row in wanted]

    shares = asked.wording.rough([(one.close, one.far) for one in offered])
    likely = [
        said
        + _NAMED * bool(one.aspects & wants.aspects.keys())
        + _SORTED * bool(one.kinds & wants.values)
        for said, one in zip(shares, offered, strict=True)
    ]
    for n in nlargest(_MOST, range(len(offered)), key=likely.__getitem__):
        yield offered[n].candidate.fresh()


def _rows(place: Place) -> dict[int, None]:
    """The rows whose facts are looked at, best first."""
    wanted: dict[int, None] = {}
    for number, row in enumerate(place.rows[:_ROWS]):
        rows = place.index.rows_of(place.index.passages[row].file)
        wanted[row] = None
        if number < _BEST:
            if len(rows) > _SMALL:
                rows = range(
                    max(rows.start, row - _NEAR_ROWS), min(rows.stop, row + _NEAR_ROWS + 1)
                )
            wanted.update(dict.fromkeys(rows))
    return wanted


class _Statements:
    """The facts of a document that are no cells, and the tables of the others, by place."""

    def __init__(self, index: Index, file: str) -> None:
        document = index.document(file)
        self._found: list[Statement] = []
        self._cells: list[tuple[int, int]] = []
        for fact in index.facts.of(file):
            row = index.row_at(file, fact.span.start)
            if fact.cell is not None and fact.form in (Form.CELL, Form.ROW):
                self._cells.append((fact.span.start, fact.block))
            elif fact.form is not Form.CLASS:
                self._found.append(_statement(_of_fact(index, document, row, fact)))
            elif not values(fact.value):  # other values are those inside another fact
                self._found.append(_statement(_of_class(index, document, row, fact)))

    def within(self, span: Span) -> list[Statement]:
        found = self._found
        low = bisect_left(found, span.start, key=lambda one: one.candidate.span.start)
        high = bisect_right(found, span.end, key=lambda one: one.candidate.span.start)
        return found[low:high]

    def tables(self, span: Span) -> list[int]:
        low = bisect_left(self._cells, span.start, key=lambda one: one[0])
        high = bisect_right(self._cells, span.end, key=lambda one: one[0])
        return list(dict.fromkeys(block for _at, block in self._cells[low:high]))


def _cells(index: Index, file: str, block: int) -> list[Statement]:
    return list(map(_statement, of_table(index, sheet_of(index, file, block))))


def _statement(one: Candidate) -> Statement:
    context = one.context
    kinds = frozenset(value.kind for value in values(one.value))
    if not kinds and one.unit:
        kinds = frozenset(
            v.kind for unit in one.unit.split(",") for v in values(f"1{unit.strip()}")
        )
    close = flat(f"{context.attribute} {context.own} {one.value}")
    far = flat(f"{context.near} {context.path} {context.title}")
    return Statement(one, close, far, aspects_of(context.attribute), kinds)


def _of_fact(index: Index, document: Document, row: int, fact: Fact) -> Candidate:
    start = fact.span.start if fact.label is None else min(fact.label.start, fact.span.start)
    if start and document.text[start - 1] in _OPENING:
        start -= 1  # "[신청기간] 3. 1."
    quote = Span(start, max(fact.span.end, fact.label.end if fact.label else 0))
    if index.passages[row].span.covers(quote) and _HANGUL.match(document.text, fact.span.end):
        quote = _sentence(index, row, quote)
    last = fact.subject[-1] if fact.subject else ""
    title = title_of(index, document)
    context = Context(fact.attribute, "", last, " / ".join(fact.subject), title)
    return Candidate(row, fact.span, fact.value, quote, context, fact.unit, fact, str(fact.form))


def _sentence(index: Index, row: int, quote: Span) -> Span:
    """The sentence of a passage that holds a slice: a value in one is shown with its predicate."""
    reading = index.reading(row)
    for start, end in pairwise(sentence_starts(reading.text)):
        told = len(reading.text[start:end].rstrip())
        if told and (whole := reading.span(start, start + told)).covers(quote):
            return whole
    return quote


def _of_class(index: Index, document: Document, row: int, fact: Fact) -> Candidate:
    """A bare number of a series, in the passage that tells it."""
    passage = index.passages[row]
    context = Context(
        fact.attribute,
        " ".join(fact.scope),
        passage.text if not fact.attribute else "",
        " / ".join(fact.subject),
        title_of(index, document),
    )
    return Candidate(
        row, fact.span, fact.value, passage.span, context, fact.unit, fact, str(fact.form)
    )


def inside(asked: Asked, place: Place, whole: Candidate) -> list[Candidate]:
    """The single values in the value of a fact that states several, each under its label, with what
    binds to it, in order of place."""
    wants = asked.wants
    if whole.fact is None or not holds(wants, whole.value):
        return []
    document = place.index.document_of(place.index.passages[whole.row])
    out: list[Candidate] = []
    for span in whole.fact.parts or (whole.fact.span,):
        reading = read(document.text, span)
        text = reading.text
        meant = fitting(wants, text) or [v for v in values(text) if fits(wants, v)]
        for one in bindings(text):
            value = one.value
            if value not in meant or NAMING.match(text, value.end):
                continue
            topic = text[slice(*one.topic)]
            own = f"{topic} {text[slice(*one.own)]} {text[slice(*one.behind)]}".strip()
            after = text[slice(*one.after)]
            start, end = bound(value, wants.edge)
            near = asked.wording.nearness(text, start, end)
            out.append(
                Candidate(
                    whole.row,
                    reading.span(start, end),
                    text[start:end],
                    whole.quote,
                    replace(
                        whole.context,
                        own=f"{whole.context.own} {own}",
                        near=f"{after} {whole.context.near}",
                        after=after,
                        around=f"{whole.context.around} {text[slice(*one.sentence)]}",
                        reached=one.reached,
                        proviso=proviso(text, one),
                        aside=one.aside,
                    ),
                    "",
                    whole.fact,
                    "inside",
                    signals={"nearness": near},
                    whole=whole,
                )
            )
    return out


_OPEN = (ValueKind.MONEY, ValueKind.SHARE, ValueKind.COUNT, ValueKind.DURATION)


def fits(wants: Wants, value: Value) -> bool:
    """Whether a value is such as is wanted; any amount where the question does not say."""
    if wants.open or wants.units & ANYTHING:
        return value.kind in (_OPEN if wants.open else wants.values)
    return wants.fits(value.kind, value.unit)


def holds(wants: Wants, text: str) -> bool:
    return any(fits(wants, value) for value in values(text))


def holds_wanted(wants: Wants, passage: Passage) -> bool:
    """Whether a passage tells a value such as is wanted; True where words answer."""
    return not wants.values or holds(wants, passage.text)


_NAMED_ROWS = 5
_LONG = 20  # characters of a cell from which it is read as a text
_KINDS = (*NAMED, QuestionKind.OTHER, QuestionKind.DEFINITION, QuestionKind.METHOD)
_PART = re.compile(r"[,;]\s|[①-⑳]|\s및\s")  # parts of a clause that speak of things of their own


def named(asked: Asked, place: Place) -> Iterator[Candidate]:
    """What the place's reader tells of the best passages and of the long cells of the best tables."""
    if asked.question.kind not in _KINDS or asked.wants.open:
        return
    index = place.index
    rows = [row for row in place.rows[: 2 * _NAMED_ROWS] if index.passages[row].rows is None]
    for row in rows[:_NAMED_ROWS]:
        passage = index.passages[row]
        document = index.document_of(passage)
        reading = index.reading(row)
        yield from _in_text(asked, place, row, reading, passage.path)
    for row in place.rows[:_NAMED_ROWS]:
        passage = index.passages[row]
        if passage.rows is None:
            continue
        document = index.document_of(passage)
        for fact in index.facts.within(passage.file, passage.span):
            if fact.form is Form.CELL and len(fact.value) >= _LONG:
                reading = read(document.text, fact.span)
                path = (*fact.subject, *fact.scope, fact.attribute)
                yield from _in_text(asked, place, row, reading, path)


def _in_text(
    asked: Asked, place: Place, row: int, reading: Reading, path: Sequence[str]
) -> Iterator[Candidate]:
    """What is told in a text that stands under the names of ``path``."""
    text = reading.text
    title = place.title(place.index.document_of(place.index.passages[row]))
    sentences = sentence_starts(text)
    for told in place.reader.read(asked, text):
        start, end = told.start, told.end
        low = max(cut for cut in sentences if cut <= start)
        high = min(cut for cut in sentences if cut >= end)
        clause = max(cut for cut in clause_starts(text, low, high) if cut <= start)
        left = max(clause, *(m.end() for m in _PART.finditer(text, low, start)), low)
        right = next((m.start() for m in _PART.finditer(text, end, high)), high)
        candidate = Candidate(
            row,
            reading.span(start, end),
            text[start:end],
            reading.span(low, max(low + 1, low + len(text[low:high].rstrip()))),
            Context(
                "",
                "",
                f"{text[left:start]} {text[end:right]}",
                " / ".join(path),
                title,
                around=f"{text[low:start]} {text[end:high]}",
            ),
            origin="phrase",
        )
        candidate.signals["nearness"] = asked.wording.nearness(text, start, end)
        candidate.signals["apt"] = told.likelihood
        yield candidate


_SAID_ROWS = 8
_TELLS = re.compile(r"[다요함음임됨것오][\s.)”’\"']*$")
_CLAUSES = (QuestionKind.REASON, QuestionKind.METHOD, QuestionKind.DEFINITION)


def said(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The clauses of the best passages that answer a question of their kind."""
    kind = asked.question.kind
    if kind is QuestionKind.DEFINITION:
        yield from _meanings(asked, place)
    if kind not in _CLAUSES:
        return
    index = place.index
    for row in place.rows[:_SAID_ROWS]:
        passage = index.passages[row]
        if passage.rows is not None:
            continue
        document = index.document_of(passage)
        reading = index.reading(row)
        text = reading.text
        found = find_clause(asked.question, text, find_marks(asked.wording, text))
        if found is None or found[1] <= found[0]:
            continue
        start, end = found
        low = max(cut for cut in sentence_starts(text) if cut <= start)
        high = min(cut for cut in sentence_starts(text) if cut >= end)
        sentence = text[low:high]
        if kind is QuestionKind.METHOD and (not _TELLS.search(sentence) or announces(sentence)):
            continue  # a title tells no way of doing a thing
        yield Candidate(
            row,
            reading.span(start, end),
            text[start:end],
            reading.span(low, max(low + 1, low + len(text[low:high].rstrip()))),
            Context(
                "",
                "",
                text[low:high],
                f"{text} {' / '.join(passage.path)}",
                place.title(document),
            ),
            origin="clause",
        )


def _meanings(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The definitions of what the question names, anywhere near the best rows; what stands under
    its name as a label; and what a bracket behind it says."""
    name = flat(asked.wants.noun)
    if len(name) < 2:
        return
    index = place.index
    files = dict.fromkeys(index.passages[row].file for row in place.rows[:_SAID_ROWS])
    for file in files:
        document = index.document(file)
        for fact in index.facts.of(file):
            own = flat(fact.attribute)
            if fact.form is Form.DEFINITION and (
                own == name or name.endswith(own) or own.endswith(name)
            ):
                at = index.row_at(file, fact.span.start)
                context = Context(
                    fact.attribute, "", "", " / ".join(fact.subject), place.title(document)
                )
                quote = fact.span
                if fact.label is not None:
                    quote = type(fact.span)(
                        min(fact.label.start, fact.span.start), max(fact.label.end, fact.span.end)
                    )
                yield Candidate(at, fact.span, fact.value, quote, context, "", fact, "definition")
