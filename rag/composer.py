"""Evidence -> the answer, or a reasoned refusal.

The Korean phrasing lives in templates/answer/*.j2. What is claimed stands in quotation marks and
is a slice of a source; a template can add a particle and a sentence around it, never a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote as percent

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rag import korean
from rag.licence import read_licence
from rag.types import (
    Answer,
    Citation,
    Document,
    Evidence,
    Hit,
    Question,
    QuestionKind,
    Reason,
    Span,
    Statement,
    Verdict,
)

_NEAREST = 2  # quotations shown with a refusal
_WANTED = {
    QuestionKind.AMOUNT: "수치",
    QuestionKind.DATE: "날짜",
    QuestionKind.ORGANISATION: "기관 이름",
    QuestionKind.PERSON: "이름",
    QuestionKind.PLACE: "장소",
    QuestionKind.CONTACT: "연락처",
    QuestionKind.REASON: "까닭",
    QuestionKind.METHOD: "방법",
}


def _particle(word: str, pair: str) -> str:
    return korean.with_particle(word, pair)[len(word) :]


# Plain text comes out, so nothing is escaped here; the pages escape what they show.
_PHRASES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates" / "answer"),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701
    trim_blocks=True,
    lstrip_blocks=True,
)
_PHRASES.filters["josa"] = korean.with_particle
_PHRASES.filters["josa_only"] = _particle


def compose(
    question: Question,
    evidence: Sequence[Evidence],
    hits: tuple[Hit, ...],
    documents: dict[str, Document],
    *,
    confidence: float,
    reason: Reason | None,
    index: str,
) -> Answer:
    """The answer to a question.

    With ``reason`` None the answer is made from all of ``evidence``, best first; with a reason it
    is a refusal that shows what was nearest. A list with fewer items than were asked for is a
    partial answer. Citations are numbered from 1 in order of use, one
    for each distinct span.
    """
    refused = reason is not None
    slices: dict[tuple[str, Span], Evidence] = {}
    for item in evidence:  # two rows of a table bring the same header
        slices.setdefault((item.passage.file, item.span), item)
    used = tuple(slices.values())[: _NEAREST if refused else None]
    citations = tuple(
        _citation(number, item, documents[item.passage.file])
        for number, item in enumerate(used, start=1)
    )
    statements = tuple(Statement(item.text, (number,)) for number, item in enumerate(used, start=1))
    short = None if refused or not used else (used[0].value or None)
    items = len(short.split("; ")) if short else 0
    verdict = Verdict.ANSWERED
    if refused:
        verdict = Verdict.NOT_FOUND
    elif question.kind is QuestionKind.LIST and 0 < items < question.count:
        verdict = Verdict.PARTIAL
    if refused:
        lead = _PHRASES.get_template("not_found.j2").render(
            reason=str(reason), wanted=_WANTED.get(question.kind, "내용"), near=bool(used)
        )
    else:
        lead = _PHRASES.get_template("lead.j2").render(
            kind=str(question.kind),
            short=short,
            subject=question.subject,
            items=items,
            wanted=question.count,
            count=len(used),
        )
    text = _PHRASES.get_template("answer.j2").render(
        lead=lead, statements=statements, sources=_sources(citations)
    )
    return Answer(
        question=question,
        verdict=verdict,
        reason=reason,
        short_answer=short,
        text=text.strip(),
        statements=statements,
        citations=citations,
        hits=hits,
        confidence=confidence,
        as_of=max(
            (c.published for c in citations if c.published),
            default=max((d.published for d in documents.values()), default=""),
        ),
        index=index,
    )


def _citation(number: int, item: Evidence, document: Document) -> Citation:
    span = item.span
    return Citation(
        number=number,
        file=document.file,
        title=document.title,
        issuer=document.issuer,
        published=document.published,
        licence=document.licence,
        section=item.passage.path,
        page=document.page_at(span.start),
        span=span,
        quote=item.text,
        url=f"/documents/{percent(document.file)}?at={span.start}-{span.end}#cite",
    )


def _sources(citations: Sequence[Citation]) -> str:
    """Each cited document once, in order of first use, with issuer, date and licence."""
    seen: dict[str, str] = {}
    for citation in citations:
        details = [citation.issuer, citation.published, read_licence(citation.licence).name]
        inside = ", ".join(detail for detail in details if detail)
        seen[citation.file] = f"「{citation.title}」" + (f"({inside})" if inside else "")
    return "; ".join(seen.values())
