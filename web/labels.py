"""The Korean names of what the records hold, for pages and exports."""

from __future__ import annotations

from rag.korean import with_particle
from rag.showing.render import plain
from rag.types import BlockKind, Correction, Reason, Sort, Verdict, Vote

VERDICTS = {
    Verdict.ANSWERED: "답을 찾았습니다",
    Verdict.PARTIAL: "일부만 찾았습니다",
    Verdict.NOT_FOUND: "문서에 없습니다",
}

_REFUSALS = {
    Reason.AMBIGUOUS: "다시 물어 주세요",
    Reason.SOURCE_FAILED: "답하지 못했습니다",
}

REASONS = {
    Reason.NOT_IN_DOCUMENTS: "갖고 있는 문서가 다루지 않는 내용입니다.",
    Reason.NOT_STATED: "관련된 대목은 있으나, 물으신 내용은 적혀 있지 않습니다.",
    Reason.AMBIGUOUS: "두 가지 이상으로 읽히는 질문입니다. 대상이나 시기를 더 적어 주세요.",
    Reason.SOURCE_FAILED: "문서를 읽지 못해 답을 찾지 못했습니다. 잠시 뒤 다시 물어 주세요.",
}

KINDS = {
    BlockKind.HEADING: "제목",
    BlockKind.PARAGRAPH: "문단",
    BlockKind.BULLET: "항목",
    BlockKind.NOTE: "주석",
    BlockKind.TABLE: "표",
    BlockKind.CAPTION: "표·그림 제목",
    BlockKind.BOILERPLATE: "쪽 머리글",
}

SORTS = {
    Sort.RELEVANCE: "관련도순",
    Sort.NEWEST: "최신순",
    Sort.POSITION: "문서순",
}

FILTERS = {
    "file": "문서",
    "issuer": "발행기관",
    "year": "발행연도",
    "kind": "글의 종류",
    "section": "절",
}
"""The filters in the order of the page, by their names in :class:`rag.types.Filters`."""


def verdict(verdict: Verdict, reason: Reason | None) -> str:
    """What an answer is called in a word or two. That the documents do not say it is said only of
    a refusal for that reason."""
    return _REFUSALS.get(reason, VERDICTS[verdict]) if reason else VERDICTS[verdict]


def kind(value: str) -> str:
    """The Korean name of a block kind; the value itself where it is no kind."""
    try:
        return KINDS[BlockKind(value)]
    except ValueError:
        return value


def date(published: str) -> str:
    """A date of the catalogue in the official style: "2021-06-25" as "2021. 6. 25.", a year alone
    as "2021년"."""
    if not published:
        return "발행일 미상"
    parts = published.split("-")
    if not all(part.isdigit() for part in parts):
        return published
    if len(parts) == 1:
        return f"{published}년"
    return " ".join(f"{int(part)}." for part in parts)


def page(label: str | None) -> str:
    """The name of a printed page, "12쪽"; "" where it is not known."""
    if not label:
        return ""
    return label if label.endswith("쪽") else f"{label}쪽"


def vote(vote: Vote) -> str:
    """What one source of candidates said of a hit, in a line."""
    rank = f" {vote.rank}위," if vote.rank else ""
    return f"{vote.source}{rank} 몫 {vote.share:.3f}"


def correction(correction: Correction) -> str:
    """A repair of a question as the middle of a sentence: "‘에약’을 ‘예약’으로"."""
    written = with_particle(f"‘{plain(correction.written)}’", "을/를")
    searched = with_particle(f"‘{plain(correction.searched)}’", "으로/로")
    return f"{written} {searched}"
