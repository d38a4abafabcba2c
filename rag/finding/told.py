"""What running text tells: its values, and its predicates where the question asks for what is done."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from rag.facts import Fact, Form
from rag.finding.place import Candidate, Context, Place
from rag.finding.stated import NAMING, fits, holds
from rag.finding.wording import Asked
from rag.question.wants import Wants
from rag.reading import Reading, read
from rag.reading.amounts import bound
from rag.reading.bindings import bindings, proviso
from rag.reading.sentences import announces, clause_starts, requests, sentence_starts
from rag.reading.values import ValueKind
from rag.types import BlockKind, Document, Passage, QuestionKind, Span

_PROSE = 14  # rows whose values are looked at


def told(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The values of the wanted sort in the prose of the best rows."""
    wants = asked.wants
    if not wants.values and not wants.open:
        return
    index = place.index
    for row in place.rows[:_PROSE]:
        passage = index.passages[row]
        if passage.rows is not None:
            continue
        yield from _in_passage(asked, place, row, passage)


def _in_passage(asked: Asked, place: Place, row: int, passage: Passage) -> Iterator[Candidate]:
    wants = asked.wants
    document = place.index.document_of(passage)
    if not holds(wants, passage.text):
        return
    reading = place.index.reading(row)
    text = reading.text
    for one in bindings(text):
        value = one.value
        if not fits(wants, value) or NAMING.match(text, value.end):
            continue
        if value.kind is ValueKind.DATE and _heads(document, reading.offsets[value.start], wants):
            continue
        sentence = text[slice(*one.sentence)]
        topic = text[slice(*one.topic)]
        own = f"{text[slice(*one.own)]} {text[slice(*one.behind)]}".strip()
        after = text[slice(*one.after)]
        context = Context(
            topic,
            own,
            after,
            " / ".join(passage.path),
            place.title(document),
            after,
            around=sentence,
            reached=one.reached,
            proviso=proviso(text, one),
        )
        start, end = bound(value, wants.edge)
        found = Candidate(
            row,
            reading.span(start, end),
            text[start:end],
            reading.span(*_trim(text, one.sentence)),
            context,
            "",
            None,
            "prose" if passage.kind is not BlockKind.NOTE else "note",
        )
        found.signals["nearness"] = asked.wording.nearness(text, start, end)
        yield found


_SHORT = 40  # characters of a line that gives no more than who published and when
_FRONT = 200  # characters at the front of a document in which its own date stands


def _heads(document: Document, at: int, wants: Wants) -> bool:
    """Whether a date stands in the title or alone at the front of a document: that is when it was
    published, and no answer to when something else is."""
    if at > _FRONT:
        return False
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    line = document.text[start : end if end >= 0 else len(document.text)].strip()
    if start == 0 or _DATE_LINE.fullmatch(line):
        return True
    return len(line) <= _SHORT and not re.search(r"[~∼:：]|까지|부터", line)


_DATE_LINE = re.compile(
    r"[(\[]?(?:[가-힣]{2,8}[일자]?\s?[:：]?\s?)?['’‘]?\d{2,4}\s?[.년\-/][\d\s.년월일\-/]*(?:\([월화수목금토일]\))?\s?(?:게시|작성|공고|배포|개정|제정|시행)?[)\]]?"
)


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


_ROWS = 10
_SHORT_FORM = 24  # characters of a value that says yes or no by itself
_NAME = 40  # characters of the longest heading that is told
_BEFORE = re.compile(r"[-•*·○●□■▶◇◆❖➔※①-⑳\s]*(?:\d{1,2}[.)]\s+|제\d+조\([^()]*\)\s*)?")
_PREDICATE = re.compile(
    r"(?:[가-힣·ㆍ]+(?:을|를|은|는|이|가|도|만)?\s)?"
    r"(?:[가-힣]+\s수\s(?:있|없)[가-힣]*|[가-힣]+[고어아여해져]\s있[가-힣]*|[가-힣]+지\s(?:아니|않|못|말)[가-힣]*(?:\s[가-힣]{1,4})?"
    r"|[가-힣]+(?:여야|어야|아야|해야)\s[가-힣]+"
    r"|[가-힣]*(?:한다|된다|않는다|없다|있다|아니함|금지|불가(?:능)?|가능|제외|포함|미지원|해당|면제|무료"
    r"|합니다|됩니다|입니다|없음|있음|함|됨|다|음|임))[^가-힣A-Za-z0-9]*$"
)
_DECIDES = re.compile(
    r"없|않|아니|못|불가|제외|금지|제한|미지원|배제|결격|대상|포함|가능|허용|할\s?수\s?있"
)

# Words that say yes or no to whatever the label names.
_POLAR = re.compile(
    r"지원|가능|불가|있음|없음|포함|제외|해당|필요|허용|금지|인정|완료|면제|미정|^\s?[OXox○×◯✕예네]\s?$"
)


def predicates(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The clauses of the best passages and facts, where a question asks whether something is so."""
    if asked.question.kind is not QuestionKind.YES_NO:
        return
    index = place.index
    for row in place.rows[:_ROWS]:
        passage = index.passages[row]
        document = index.document_of(passage)
        if passage.rows is None:
            reading = index.reading(row)
            yield from _clauses(place, document, row, reading, " / ".join(passage.path))
            if passage.kind in (BlockKind.BULLET, BlockKind.PARAGRAPH) and passage.path:
                yield from _under(place, document, row, passage.span, passage.text, passage.path)
        for fact in index.facts.within(passage.file, passage.span):
            if fact.form is Form.LABEL or fact.cell is not None:
                yield from _fact(asked, place, document, fact)


def _clauses(
    place: Place, document: Document, row: int, reading: Reading, path: str
) -> Iterator[Candidate]:
    text = reading.text
    title = place.title(document)
    starts = sentence_starts(text)
    for low, high in itertools.pairwise(starts):
        cuts = [*clause_starts(text, low, high), high]
        for begin, end in itertools.pairwise(cuts):
            front = _BEFORE.match(text, begin, end)
            start = front.end() if front else begin
            stop = start + len(text[start:end].rstrip())
            match = _PREDICATE.search(text[start:stop])
            if match is None:
                continue
            at = start + match.start()
            value = text[at:stop].strip(" .")
            own = text[start:stop]
            if value.endswith("?") or announces(own) or requests(own):
                continue  # a question that the text itself asks, an announcement
            quote = reading.span(low, max(low + 1, low + len(text[low:high].rstrip())))
            context = Context("", text[start:at], text[low:high], path, title)
            yield Candidate(
                row, reading.span(at, at + len(value)), value, quote, context, origin="predicate"
            )


def _under(
    place: Place, document: Document, row: int, span: Span, text: str, path: tuple[str, ...]
) -> Iterator[Candidate]:
    """What stands under a heading that allows or denies."""
    heading = path[-1]
    at = document.text.rfind(heading[:_NAME], 0, span.start)
    if at < 0 or len(heading) > _NAME or not _DECIDES.search(heading):
        return
    told = Span(at, at + len(heading))
    context = Context("", text, "", " / ".join(path), place.title(document))
    yield Candidate(row, told, heading, span, context, origin="predicate", further=(told,))


def _fact(asked: Asked, place: Place, document: Document, fact: Fact) -> Iterator[Candidate]:
    title = place.title(document)
    subject = " / ".join(fact.subject)
    at = place.index.row_at(document.file, fact.span.start)
    label = fact.label
    start = min(label.start, fact.span.start) if label is not None else fact.span.start
    quote = Span(start, fact.span.end)
    said = asked.wording
    meant = said.share(fact.attribute) > 0 and said.rest(fact.attribute) == 0
    meant = meant or said.share(fact.value) > 0
    last = fact.subject[-1] if fact.subject else ""
    # "있음" says yes to what its label names alone.
    polar = _POLAR.search(fact.value) and said.share(f"{fact.attribute} {last}") > 0
    if 0 < len(fact.value) <= _SHORT_FORM and (meant or polar):
        context = Context(fact.attribute, last, fact.value, subject, title)
        yield Candidate(at, fact.span, fact.value, quote, context, fact=fact, origin="short")
    if len(fact.value) > _SHORT_FORM:
        for part in fact.parts or (fact.span,):
            reading = read(document.text, part)
            yield from _clauses(place, document, at, reading, f"{subject} / {fact.attribute}")
    asking = fact.attribute.endswith("?")
    if label is not None and len(label) and not asking and _DECIDES.search(fact.attribute):
        for part in fact.parts or (fact.span,):
            text = read(document.text, part).text
            context = Context("", text, "", f"{subject} / {fact.attribute}", title)
            yield Candidate(
                at, label, fact.attribute, part, context, fact=fact, origin="predicate",
                further=(label,),
            )  # fmt: skip
