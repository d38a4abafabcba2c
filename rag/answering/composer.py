"""Evidence -> the answer, or a reasoned refusal.

The Korean phrasing lives in templates/*.j2. What is claimed stands in quotation marks and
is a slice of a source; a template can add a particle and a sentence around it, never a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote as percent

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rag import korean
from rag.answering.comparing import Compared, Comparison
from rag.answering.finding import Finding
from rag.answering.licence import read_licence
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

_LONG = 60  # characters; a fact this long is not said before the quotation that it fills
_MOST_OF = 0.7  # the share of a quotation that fills it
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
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701
    trim_blocks=True,
    lstrip_blocks=True,
)
_PHRASES.filters["josa"] = korean.with_particle
_PHRASES.filters["josa_only"] = _particle


def compose(
    question: Question,
    finding: Finding,
    hits: tuple[Hit, ...],
    documents: dict[str, Document],
    *,
    index: str,
) -> Answer:
    """The answer to a question, or the refusal where ``finding`` has a reason for one, with what was
    nearest. A list with fewer items than were asked for is a partial answer. Citations are
    numbered from 1 in order of use, one for each distinct span."""
    refused = finding.reason is not None
    shown = [*finding.evidence, *(item for item in (finding.contact, finding.replaced) if item)]
    used = _without_copies(_distinct(shown), documents)
    citations = tuple(
        _citation(number, item, documents[item.passage.file])
        for number, item in enumerate(used, start=1)
    )
    statements = tuple(Statement(item.text, (number,)) for number, item in enumerate(used, start=1))
    # The fact of one side is not the answer of a comparison.
    sided = question.kind is QuestionKind.COMPARISON and len(used) > 1
    short = None if refused or sided or not used else (used[0].value or None)
    items = finding.items
    verdict = Verdict.ANSWERED
    if refused:
        verdict = Verdict.NOT_FOUND
    elif question.kind is QuestionKind.LIST and 0 < items < question.count:
        verdict = Verdict.PARTIAL
    if refused:
        lead = _refused(question, finding, citations)
    else:
        lead = _PHRASES.get_template("lead.j2").render(
            kind=str(question.kind),
            short=short,
            subject=question.subject,
            items=items,
            wanted=question.count,
            count=len(used),
            refs="".join(f" [{number}]" for number in _holders(short or "", used)),
            whole=bool(used) and _is_whole(short or "", used[0].text),
            replaced=_told(finding.replaced, citations) if finding.replaced else None,
        )
    text = _PHRASES.get_template("answer.j2").render(
        lead=lead, statements=statements, sources=_sources(citations)
    )
    return Answer(
        question=question,
        verdict=verdict,
        reason=finding.reason,
        short_answer=short,
        text=text.strip(),
        statements=statements,
        citations=citations,
        hits=hits,
        confidence=finding.sure,
        as_of=_as_of(citations, documents),
        index=index,
    )


def source_failed(
    question: Question, problem: str, documents: dict[str, Document], *, index: str
) -> Answer:
    """The answer where a source could not be asked; ``problem`` says what failed and what to do."""
    lead = _PHRASES.get_template("not_found.j2").render(
        reason=str(Reason.SOURCE_FAILED), premise=None, request=None, contact=None, problem=problem
    )
    return Answer(
        question=question,
        verdict=Verdict.NOT_FOUND,
        reason=Reason.SOURCE_FAILED,
        short_answer=None,
        text=lead.strip(),
        statements=(),
        citations=(),
        hits=(),
        confidence=0.0,
        as_of=_as_of((), documents),
        index=index,
    )


def _told(item: Evidence, citations: Sequence[Citation], label: str = "") -> dict[str, object]:
    """What a template says of a slice: its label, its fact, the number of its citation."""
    number = next(
        (c.number for c in citations if (c.file, c.span) == (item.passage.file, item.span)), 1
    )
    return {"label": label, "fact": item.value, "number": number}


def _refused(question: Question, finding: Finding, citations: Sequence[Citation]) -> str:
    labelled = zip(finding.evidence, finding.labels, strict=False)
    return _PHRASES.get_template("not_found.j2").render(
        reason=str(finding.reason),
        wanted=_WANTED.get(question.kind, "내용"),
        near=bool(finding.evidence),
        readings=[_told(item, citations, label) for item, label in labelled],
        premise=finding.premise,
        request=finding.request,
        missing=finding.missing,
        contact=_told(finding.contact, citations) if finding.contact else None,
        problem="",
    )


def compose_comparison(
    question: Question,
    comparison: Comparison,
    hits: tuple[Hit, ...],
    documents: dict[str, Document],
    *,
    index: str,
) -> Answer:
    """The answer to a question with sides: the fact of each with its citation and, where the sides
    come from different documents, with the date of each. The answer is partial where a side was
    not found. Citations are numbered as in :func:`compose`."""
    used = _distinct([item for side in comparison.sides for item in side.evidence])
    citations = tuple(
        _citation(number, item, documents[item.passage.file])
        for number, item in enumerate(used, start=1)
    )
    numbers = {(c.file, c.span): c.number for c in citations}
    statements = tuple(Statement(item.text, (number,)) for number, item in enumerate(used, start=1))
    files = {side.evidence[0].passage.file for side in comparison.sides if side.evidence}
    shown = [_side(side, numbers, documents if len(files) > 1 else {}) for side in comparison.sides]
    lead = _PHRASES.get_template("comparison.j2").render(
        sides=shown,
        reckoned=comparison.reckoned,
        foremost=comparison.foremost,
        how=comparison.how,
    )
    text = _PHRASES.get_template("answer.j2").render(
        lead=lead, statements=statements, sources=_sources(citations)
    )
    facts = [
        side.titled if comparison.named else side.fact for side in comparison.sides if side.fact
    ]
    missing = any(not side.evidence for side in comparison.sides)
    return Answer(
        question=question,
        verdict=Verdict.PARTIAL if missing else Verdict.ANSWERED,
        reason=None,
        short_answer=comparison.reckoned or "; ".join(facts) or None,
        text=text.strip(),
        statements=statements,
        citations=citations,
        hits=hits,
        confidence=comparison.confidence,
        as_of=_as_of(citations, documents),
        index=index,
    )


def _side(
    side: Compared, numbers: dict[tuple[str, Span], int], dated: dict[str, Document]
) -> dict[str, object]:
    """What the template says of a side. ``fact`` is "" where the slice as a whole is the fact and
    is quoted below; ``dated`` holds the documents where their dates are to be said."""
    if not side.evidence:
        return {"label": side.label, "fact": "", "number": 0, "date": ""}
    best = side.evidence[0]
    return {
        "label": side.label,
        "fact": best.value,
        "number": numbers[(best.passage.file, best.span)],
        "date": _month(dated[best.passage.file].published) if dated else "",
    }


def _month(published: str) -> str:
    """A date of the catalogue in words: "2021-03" as "2021년 3월", "2021" as "2021년"."""
    parts = published.split("-")
    if not all(part.isdigit() for part in parts):
        return published
    return " ".join(f"{int(n)}{unit}" for n, unit in zip(parts, "년월일", strict=False))


def _distinct(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each slice once, at its first place."""
    slices: dict[tuple[str, Span], Evidence] = {}
    for item in evidence:  # two rows of a table bring the same header
        slices.setdefault((item.passage.file, item.span), item)
    return tuple(slices.values())


def _holders(listed: str, used: Sequence[Evidence]) -> list[int]:
    """The numbers of the slices that the items of a list are read off, 1 where it is told by none:
    each item counts for the first slice that holds it."""
    items = ["".join(item.split()) for item in listed.split("; ")]
    texts = ["".join(item.text.split()) for item in used]
    firsts = (next((n for n, text in enumerate(texts, 1) if item in text), 1) for item in items)
    return sorted(set(firsts))


def _is_whole(fact: str, quotation: str) -> bool:
    """Whether a fact is about all of the quotation below it and too long to be read twice."""
    return len(fact) > _LONG and len(fact) > _MOST_OF * len(quotation)


def _without_copies(
    evidence: Sequence[Evidence], documents: dict[str, Document]
) -> tuple[Evidence, ...]:
    """Each slice at its first place among documents of one and the same text: what was saved in
    two formats is cited once."""
    kept: list[Evidence] = []
    seen: dict[Span, list[str]] = {}
    for item in evidence:
        text = documents[item.passage.file].text
        copies = seen.setdefault(item.span, [])
        if text not in copies:
            copies.append(text)
            kept.append(item)
    return tuple(kept)


def _as_of(citations: Sequence[Citation], documents: dict[str, Document]) -> str:
    """The latest date of what is cited, else of all documents."""
    return max(
        (c.published for c in citations if c.published),
        default=max((d.published for d in documents.values()), default=""),
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
