"""Answers and search results as JSON and as text for a terminal.

The JSON has one shape everywhere: command line, API, batch and FAQ. Its keys, their order and
their meaning are part of the project's contract; :func:`answer_json` is the only place that
writes them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from rag.answering.licence import credit
from rag.types import Answer, Citation, Correction, Hit, Reason, SearchResult, Verdict

_VERDICTS = {
    Verdict.ANSWERED: "답을 찾았습니다",
    Verdict.PARTIAL: "일부만 찾았습니다",
    Verdict.NOT_FOUND: "문서에서 답을 찾지 못했습니다",
}
_REASONS = {
    Reason.NOT_IN_DOCUMENTS: "문서가 다루지 않는 내용입니다",
    Reason.NOT_STATED: "문서가 다루지만 묻는 값은 적혀 있지 않습니다",
    Reason.AMBIGUOUS: "여러 뜻으로 읽히는 질문입니다",
    Reason.SOURCE_FAILED: "질문이나 문서를 읽지 못했습니다",
}
_EXPLAINED = 10  # hits whose votes are shown; the rest rarely matters and fills the screen


def _reason(answer: Answer) -> str:
    if answer.reason is Reason.NOT_STATED and not answer.citations:
        return "찾아서 답할 물음이 아닙니다"  # a greeting, or a text to be written
    return "" if answer.reason is None else _REASONS[answer.reason]


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as a JSON object. ``start`` and ``end`` are code points of the source text,
    half-open; ``page`` is a printed label or null; ``score`` has six decimals; passages and
    citations keep the answer's order."""
    return {
        "id": answer.id,
        "question": answer.question.written,
        "verdict": str(answer.verdict),
        "reason": None if answer.reason is None else str(answer.reason),
        "short_answer": answer.short_answer,
        "answer": answer.text,
        "citations": [citation_json(citation) for citation in answer.citations],
        "passages": [hit_json(hit) for hit in answer.hits],
        "as_of": answer.as_of,
        "index": answer.index,
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "document": citation.file,
        "title": citation.title,
        "issuer": citation.issuer,
        "published": citation.published,
        "licence": citation.licence,
        "section": list(citation.section),
        "page": citation.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "url": citation.url,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": passage.file,
        "section": list(passage.path),
        "page": passage.page,
        "start": passage.span.start,
        "end": passage.span.end,
        "score": round(hit.score, 6),
    }


def search_json(result: SearchResult, id: str = "") -> dict[str, Any]:
    """A search result: the shape of an answer without the answer's fields. ``total`` counts all
    passages that matched the filters; each passage carries its readable ``text`` as well."""
    return {
        "id": id,
        "question": result.query.written,
        "total": result.total,
        "passages": [{**hit_json(hit), "text": hit.passage.text} for hit in result.hits],
        "index": result.index,
    }


def plain(text: str) -> str:
    """``text`` without control and direction-changing characters, so that a source cannot move
    the cursor, recolour the screen or reverse a line. Newlines stay; a tab becomes a blank."""
    return "".join(
        character
        for character in text.replace("\t", " ")
        if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


def answer_text(answer: Answer, explain: bool = False) -> str:
    """An answer for a terminal: the short answer, the text, then each citation with its place,
    credit and quotation. With ``explain`` a table of votes follows. Ends without a newline."""
    lines = [f"질문  {answer.question.written}"]
    lines.extend(_corrections(answer.question.corrections))
    if answer.short_answer is not None:
        lines.append(f"답    {answer.short_answer}")
    if answer.verdict is not Verdict.ANSWERED:
        why = f": {_reason(answer)}" if answer.reason is not None else ""
        lines.append(f"판정  {_VERDICTS[answer.verdict]}{why}")
    lines += ["", answer.text]
    if answer.citations:
        lines += ["", "근거"]
        for citation in answer.citations:
            lines += _citation_lines(citation, quoted=citation.quote in answer.text)
    if explain:
        lines += ["", explain_text(answer.hits)]
    return plain("\n".join(lines)).rstrip()


def _citation_lines(citation: Citation, quoted: bool) -> list[str]:
    """Number and title, headings and page, the quotation unless the answer's text shows it
    already, the span as ``geungeo show`` takes it, the credit."""
    place = list(citation.section)
    if citation.page is not None:
        place.append(f"{citation.page}쪽")
    lines = [" › ".join(place)] if place else []
    if not quoted:
        lines.append(f"“{' '.join(citation.quote.split())}”")
    lines.append(f"{citation.file}#{citation.span.start}-{citation.span.end}")
    lines.append(credit(citation))
    return [f"[{citation.number}] {citation.title}", *(f"    {line}" for line in lines)]


def search_text(result: SearchResult, explain: bool = False) -> str:
    """A search result for a terminal: numbered passages with place and text."""
    lines = [f"검색  {result.query.written}"]
    lines.extend(_corrections(result.query.corrections))
    lines.append(f"결과  {result.total:,}건 가운데 {len(result.hits):,}건")
    for rank, hit in enumerate(result.hits, start=1):
        passage = hit.passage
        lines += [
            "",
            f"{rank}. {passage.id}  ({hit.score:.3f})",
            *([f"   {' › '.join(passage.path)}"] if passage.path else []),
            f"   {' '.join(passage.text.split())}",
        ]
    if explain:
        lines += ["", explain_text(result.hits)]
    return plain("\n".join(lines)).rstrip()


def explain_text(hits: Sequence[Hit]) -> str:
    """The votes of the best hits as a table: one row per hit and source of candidates, with the
    source's rank, its raw score and its share of the fused score."""
    rows = [("순위", "구절", "점수", "신호", "신호 안 순위", "신호 점수", "몫")]
    for number, hit in enumerate(hits[:_EXPLAINED], start=1):
        head = (str(number), hit.passage.id, f"{hit.score:.3f}")
        for vote in hit.votes:
            rank = str(vote.rank) if vote.rank else "-"
            rows.append((*head, vote.source, rank, f"{vote.score:.3f}", f"{vote.share:.3f}"))
            head = ("", "", "")
    return table(rows, right=(0, 2, 4, 5, 6))


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Rows as an aligned table, the first a header with a rule under it; the columns named in
    ``right`` (from 0) are set flush right. A Hangul syllable counts as two cells wide, as
    terminals show it (Unicode Standard Annex 11)."""
    columns = [[plain(cell) for cell in column] for column in zip(*rows, strict=True)]
    widths = [max(map(_width, column)) for column in columns]
    lines = []
    for cells in zip(*columns, strict=True):
        parts = []
        for i, cell in enumerate(cells):
            gap = " " * (widths[i] - _width(cell))
            parts.append(gap + cell if i in right else cell + gap)
        lines.append("  ".join(parts).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def _corrections(corrections: Sequence[Correction]) -> list[str]:
    return [f"고침  {one.written} → {one.searched}" for one in corrections]
