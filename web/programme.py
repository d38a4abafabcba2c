"""The card "사업 한눈에 보기": what the documents say of the programme that an answer is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from rag.programme import Programme, Slot, Standing, State, programme
from rag.types import Answer, Verdict
from web import labels, links

if TYPE_CHECKING:
    from rag.assistant import Assistant

SLOTS = {
    Slot.NAME: "사업명",
    Slot.BODY: "소관",
    Slot.TARGET: "지원대상",
    Slot.CONTENT: "지원내용",
    Slot.AMOUNT: "금액",
    Slot.PERIOD: "신청기간",
    Slot.METHOD: "신청방법",
    Slot.CONTACT: "문의처",
}
_YEAR = re.compile(r"(?:19|20)\d{2}|[’‘'`]\s?\d{2}|(?<![\d.])\d{2}\s?(?:년|\.\s?\d{1,2}\.\s?\d)")
_KOREA = timezone(timedelta(hours=9))  # Korea keeps no summer time


@dataclass(frozen=True, slots=True)
class ValueView:
    text: str
    href: str
    label: str
    """What the link is called where its text alone does not say it."""


@dataclass(frozen=True, slots=True)
class FactView:
    """A line of the card; no values where the document does not say."""

    name: str
    values: tuple[ValueView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    title: str
    facts: tuple[FactView, ...]
    state: str
    """The value of a :class:`State`, or ""."""
    standing: str
    as_of: str
    """The day of asking and, where it is so, that the year is not the announcement's own."""


def today_in_korea() -> date:
    """The day of asking: periods of application are days in Korea, wherever the server stands."""
    return datetime.now(_KOREA).date()


def card(assistant: Assistant, answer: Answer, today: date) -> ProgrammeView | None:
    """The card of the programme around the first citation of an answer; None for a refusal and
    where no programme stands there."""
    if answer.verdict is Verdict.NOT_FOUND or not answer.citations:
        return None
    first = answer.citations[0]
    document = assistant.document(first.file)
    blocks, facts = assistant.blocks(first.file), assistant.facts(first.file)
    found = programme(document, blocks, facts, first.span, today)
    return None if found is None else view(found, document.title, today)


def view(found: Programme, title: str, today: date) -> ProgrammeView:
    """A programme ready to show; ``title`` is that of its document."""
    facts = []
    for fact in found.entries:
        name = SLOTS[fact.slot]
        values = tuple(
            ValueView(
                part.text,
                links.document(found.file, part.span),
                name if len(fact.slices) == 1 else f"{name} {number}",
            )
            for number, part in enumerate(fact.slices, start=1)
        )
        facts.append(FactView(name, values, fact.more))
    period = found.entry(Slot.PERIOD).slices
    words = found.standing is None or found.standing.day is None
    dated = words or any(_YEAR.search(part.text) for part in period)
    return ProgrammeView(
        title=title,
        facts=tuple(facts),
        state=found.standing.state.value if found.standing else "",
        standing=told(found.standing) if found.standing else "",
        as_of=f"{_day(today)} 기준" + ("" if dated else ", 연도는 문서의 날짜에서"),
    )


def told(standing: Standing) -> str:
    """Whether applications are taken, in words."""
    day = _day(standing.day) if standing.day else ""
    match standing.state:
        case State.NOT_YET:
            return f"아직 시작 전: {day}부터 모집합니다"
        case State.OPEN:
            return f"모집 중: {day}까지입니다" if day else "모집 중"
        case State.CLOSED:
            return f"{day} 마감: 이미 끝난 모집입니다"
        case State.ALWAYS:
            return "모집 중: 상시 모집합니다"
        case State.WHILE_FUNDS_LAST:
            until = f"늦어도 {day}까지, " if day else ""
            return f"{until}예산이 남아 있는 동안 모집합니다. 남아 있는지는 문서로 알 수 없습니다"


def _day(day: date) -> str:
    return labels.date(day.isoformat())
