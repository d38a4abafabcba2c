"""The question page: an answer with its citations, ready to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.answering.licence import Licence, credit, read_licence
from rag.showing.render import answer_text
from rag.types import Answer, Block, Citation, Document, Hit, Reason, Verdict
from web import labels, links
from web.marks import Piece, mark_cells, mark_values
from web.programme import ProgrammeView
from web.rendition import TableView, table_of

if TYPE_CHECKING:
    from rag.assistant import Assistant

EXAMPLES = (
    "물류비 융자 한도 얼마예요?",
    "스마트서비스 솔루션 개발 과제 하반기 신청 언제까지 받아요?",
    "FTA 상담 전화 몇 번이에요?",
    "중소기업이 생성형 AI를 도입하기 어려운 이유는 무엇인가요?",
    "초격차 스타트업 지원 분야 10개는 무엇인가요?",
    "스마트공장 전담 추진단은 언제 세워졌나요?",
)
NEAREST = 5
VOTED = 8
OPEN_CITATIONS = 3
"""Citations shown at once where there are more than one beyond these; the rest is folded."""
_REFERENCE = re.compile(r"\[(\d{1,3})\]")
_FACT = re.compile(r"‘(?P<fact>[^‘’\n]+)’[^‘’“”\[\n]{0,40}\[(?P<number>\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of answer text; with a ``number`` it is a reference, and ``href`` opens its source."""

    text: str
    number: int | None = None
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class CitationView:
    number: int
    title: str
    facts: tuple[str, ...]
    """Issuer, date, section and page: what is known of them, ready to show."""
    licence: Licence
    quote: tuple[Piece, ...]
    """Empty where the answer's text holds the quotation already."""
    table: TableView | None
    """The quotation as a table, where it is rows of one; shown in place of ``quote``."""
    href: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage near to what was asked, or behind the answer."""

    text: str
    place: str
    href: str
    score: str
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    question: str
    verdict: Verdict
    label: str
    reason: str
    short: tuple[str, ...]
    """The short answer; more than one item where it is a list."""
    lines: tuple[tuple[Fragment, ...], ...]
    citations: tuple[CitationView, ...]
    folded: tuple[CitationView, ...]
    """The citations after the first few, where there are many."""
    credits: tuple[str, ...]
    """The credit that each cited document's licence asks for, once."""
    corrections: tuple[str, ...]
    searched: str
    found: bool
    """False for a refusal, whose citations are only near to what was asked."""
    ambiguous: bool
    """Whether the citations are readings of the question and not only near to it."""
    nearest: tuple[Nearest, ...]
    votes: tuple[Nearest, ...]
    confidence: str
    as_of: str
    index: str
    plain: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """Context of ``ask.html``. ``problem`` says what is wrong with the field, or is ""."""

    title: str
    q: str
    problem: str
    examples: tuple[str, ...]
    answer: AnswerView | None
    documents: int
    programme: ProgrammeView | None = None
    """The card of the programme that the answer is about."""
    nav: str = "ask"


def blank(examples: tuple[str, ...], documents: int) -> AskPage:
    """The page before anything was asked; ``documents`` counts those that can be asked."""
    return AskPage("문서에 묻기", "", "", examples, None, documents)


def answered_examples(assistant: Assistant, questions: Iterable[str] = EXAMPLES) -> tuple[str, ...]:
    """Those questions that the documents of this index do answer, in the order given."""
    return tuple(q for q in questions if assistant.ask(q).verdict is Verdict.ANSWERED)


def view(
    answer: Answer,
    documents: Mapping[str, Document],
    blocks: Callable[[str], Sequence[Block]],
) -> AnswerView:
    """An answer ready to show. ``documents`` maps a file's name to its document, ``blocks`` gives
    the blocks of a file."""
    found = answer.verdict is not Verdict.NOT_FOUND
    # The items of a list, or the lines of a value that has several.
    parts = (answer.short_answer or "").replace("\n", "; ").split("; ")
    short = tuple(part.strip() for part in parts if part.strip())
    # Each quotation is read once: in the text where it is the answer, else with its citation.
    told = found and not short
    facts = _stated(answer.text)
    citations = tuple(
        _citation(
            citation,
            (*short, *facts.get(citation.number, ())),
            told,
            table_of(documents[citation.file], blocks(citation.file), citation.span),
        )
        for citation in answer.citations
    )
    opened = OPEN_CITATIONS if len(citations) > OPEN_CITATIONS + 1 else len(citations)
    return AnswerView(
        question=answer.question.written,
        verdict=answer.verdict,
        label=labels.verdict(answer.verdict, answer.reason),
        reason=labels.REASONS[answer.reason] if answer.reason else "",
        short=short,
        lines=tuple(_lines(answer, told)),
        citations=citations[:opened],
        folded=citations[opened:],
        credits=tuple(
            dict.fromkeys(credit(c) for c in answer.citations if read_licence(c.licence).terms)
        ),
        corrections=tuple(map(labels.correction, answer.question.corrections)),
        searched=answer.question.searched,
        found=found,
        ambiguous=answer.reason is Reason.AMBIGUOUS,
        nearest=()
        if found or citations
        else tuple(_nearest(hit, documents) for hit in answer.hits[:NEAREST]),
        votes=tuple(_nearest(h, documents) for h in answer.hits[:VOTED]),
        confidence=f"{answer.confidence:.2f}",
        as_of=labels.date(answer.as_of),
        index=answer.index,
        plain=answer_text(answer),
    )


def _lines(answer: Answer, told: bool) -> Iterable[tuple[Fragment, ...]]:
    """The composed text, its references as links; without its quotations unless ``told``, since
    each then stands with its citation below."""
    cited = {citation.number: citation for citation in answer.citations}
    text = answer.text
    for statement in () if told else answer.statements:
        numbers = "".join(f" [{number}]" for number in statement.citations)
        if any(cited[number].quote == statement.text for number in statement.citations):
            text = text.replace(f"“{statement.text}”{numbers}", "")
    for line in text.splitlines():
        if line.strip() and not line.startswith("출처: "):
            yield tuple(_fragments(line, cited))


def _fragments(line: str, cited: dict[int, Citation]) -> Iterable[Fragment]:
    at = 0
    for match in _REFERENCE.finditer(line):
        citation = cited.get(int(match.group(1)))
        if citation is None:
            continue
        if line[at : match.start()]:
            yield Fragment(line[at : match.start()])
        yield _reference(citation)
        at = match.end()
    if line[at:]:
        yield Fragment(line[at:])


def _reference(citation: Citation) -> Fragment:
    return Fragment(
        text=f"[{citation.number}]",
        number=citation.number,
        href=links.document(citation.file, citation.span),
        label=f"근거 {citation.number}: {citation.title} 원문에서 보기",
    )


def _stated(text: str) -> dict[int, tuple[str, ...]]:
    """The facts that a composed text states of each citation: what stands in single quotation
    marks before its number, as in "예산은 ‘119억원’(2021년 3월 문서) [1]"."""
    found: dict[int, tuple[str, ...]] = {}
    for match in _FACT.finditer(text):
        number = int(match["number"])
        found[number] = (*found.get(number, ()), match["fact"])
    return found


def _citation(
    citation: Citation, values: tuple[str, ...], told: bool, table: TableView | None
) -> CitationView:
    return CitationView(
        number=citation.number,
        title=citation.title,
        facts=tuple(_facts(citation)),
        licence=read_licence(citation.licence),
        quote=() if told else mark_values(citation.quote, values),
        table=None if told or table is None else _marked_cells(table, values),
        href=links.document(citation.file, citation.span),
    )


def _marked_cells(table: TableView, values: tuple[str, ...]) -> TableView:
    """The table with the values marked in its data cells."""
    texts = [
        "" if cell.scope else "".join(piece.text for piece in cell.pieces)
        for row in table.rows
        for cell in row
    ]
    marked = iter(mark_cells(texts, values))
    rows = tuple(
        tuple(replace(cell, pieces=new if (new := next(marked)) else cell.pieces) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _facts(citation: Citation) -> Iterable[str]:
    if citation.issuer:
        yield citation.issuer
    yield labels.date(citation.published)
    if citation.section:
        yield " › ".join(citation.section)
    if citation.page:
        yield labels.page(citation.page)


def _nearest(hit: Hit, documents: Mapping[str, Document]) -> Nearest:
    passage = hit.passage
    return Nearest(
        text=passage.text,
        place=" › ".join((documents[passage.file].title, *passage.path)),
        href=links.document(passage.file, passage.span),
        score=f"{hit.score:.3f}",
        votes=tuple(labels.vote(vote) for vote in hit.votes),
    )
