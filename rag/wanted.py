"""Which values a question wants: of what kind, in what unit.

"몇 퍼센트" wants a share, "몇 군데" a count of places, "언제까지" a date; "얼마" alone is read off
the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.clauses import gives_reason, glosses
from rag.listing import counted, enumerates
from rag.reading.people import people
from rag.reading.values import ADDRESS, Value, ValueKind, counted_by, values
from rag.types import Question, QuestionKind

TYPED = {
    QuestionKind.AMOUNT: (
        ValueKind.MONEY,
        ValueKind.SHARE,
        ValueKind.COUNT,
        ValueKind.DURATION,
    ),
    QuestionKind.DATE: (ValueKind.DATE, ValueKind.DURATION),
    QuestionKind.CONTACT: (ValueKind.CONTACT,),
}
_UNIT_KINDS: tuple[tuple[ValueKind, str], ...] = (
    (ValueKind.SHARE, r"퍼|프로|%|％"),
    (ValueKind.MONEY, r"원$|달러|불$|^억|^조$"),
    (ValueKind.DURATION, r"^(?:초|분|시간|일|주|개월|달|년|년도)$"),
)
_SAME_UNIT = (
    frozenset("개 개사 개소 군데 곳 기업 업체 사 개국 개교 대학 도시".split()),
    frozenset("명 인 사람".split()),
    frozenset("나라 국가 개국 개국가".split()),
    frozenset("번 회 차례".split()),
    frozenset("센티 센티미터 cm".split()),
    frozenset("가지 개 종 과제 질환 분야 품목".split()),
    frozenset("채 호 가구 세대".split()),
    frozenset("메가 MHz Mbps MB".split()),
    frozenset("기가 GHz Gbps GB".split()),
    frozenset("미터 m km 킬로".split()),
)
_MONEY_WORDS = re.compile(
    r"돈|금액|예산|비용|[가-힣][비료](?=[은는이가를을]?\s)|융자|대출|투자|지원금|가격|단가|사업비|자금|매출|흑자|적자|달러|지출|"
    r"\b(?:money|cost|market|budget|price)\b"
)
_SHARE_WORDS = re.compile(r"비율|비중|점유율|[가-힣]률|[가-힣]율|세액공제|금리|\bshare\b|percent")
_PRICE = re.compile(r"얼마(?!나|\s?(?:안|동안|만))")  # "얼마" alone asks for a price
_SPAN_WORDS = re.compile(r"얼마 (?:안에|동안|만에)|기간|얼마나 걸리|며칠")
_HOW_LONG = re.compile(r"(?:얼마|며칠|몇 ?(?:일|주|달|년))\s?(?:안에|이내|내에|만에|동안|간)")

_DAY_WORDS = re.compile(r"며칠|날짜|발의일|발표일|시행일|일자")
_DAY = re.compile(r"\d\s?일|\d{1,4}\s?\.\s?\d{1,2}\s?\.\s?\d{1,2}|^\d{1,2}\.\d{1,2}$")
# What a change comes to is told as a share.
_HOW_CHANGED = re.compile(r"얼마나 (?:더|덜|늘|줄|올|높|낮|향상|개선|증가|감소|절감|빨라|좋아)")
_ORDINAL = re.compile(r"(?:차|조|항|호|위|번째|단계|면|쪽)$")  # says which one, not how many
_SCALE = re.compile(r"\s?만점")  # "100점 만점" is a scale and no score
_SOURCE = re.compile(r"[\s*※(-]*(?:출처|자료)\s?[:：]|\d{1,2}\)\s")
_SOURCES = re.compile(r"출처|각주|자료|발행|보고서|논문|기사|홈페이지")
_LAW = re.compile(r"법|조항|조문|규정|제\s?몇")
_BARE_YEARS = re.compile(r"\d{1,2}년(?:간|여|만)?")  # "43년 만에" reads as a short year elsewhere
_WHERE = re.compile(r"(?<!메일 )(?<!메일)(?<!사이트 )(?<!홈페이지 )(?<!인터넷 )주소")
_FAX = re.compile(r"팩스|\bfax\b", re.IGNORECASE)
_FAX_LABEL = re.compile(r"(?:팩스|FAX)\s?(?:번호)?[.:)\s]{0,3}$", re.IGNORECASE)
_WHO = re.compile(r"누구|누가|\bwho\b", re.IGNORECASE)
_NEAR = 14  # characters before the question word that tell what "얼마" counts


def _near_question_word(text: str) -> str:
    asked = re.search(r"얼마|몇|\bhow\b|\bwhat\b", text, re.IGNORECASE)
    if asked is None or asked.start() == 0:
        return text
    return text[max(0, asked.start() - _NEAR) : asked.end() + 4]


def _spoken_kind(question: Question) -> ValueKind | None:
    """The kind of amount that the words beside "얼마" speak of."""
    near = _near_question_word(question.searched)
    for pattern, kind in (
        (_SPAN_WORDS, ValueKind.DURATION),
        (_SHARE_WORDS, ValueKind.SHARE),
        (_MONEY_WORDS, ValueKind.MONEY),
    ):
        if pattern.search(near):
            return kind
    return None


def _only_year(question: Question, value: Value) -> bool:
    """Whether a date is but the year that the question itself names."""
    year = re.fullmatch(r"\D?(\d{2,4})\s?년?도?", value.text)
    return year is not None and any(str(y).endswith(year[1]) for y in question.years)


def holds_wanted(question: Question, text: str) -> bool:
    """Whether a text holds a value of the kind that is asked for, or the enumeration where a
    list is; True for kinds without a form of their own."""
    if question.kind in TYPED:
        # The year of a report that is named as a source is the date of nothing else.
        named = question.kind is QuestionKind.DATE and _SOURCE.match(text) is not None
        return not (named and _SOURCES.search(question.searched) is None) and bool(
            fitting(question, text)
        )
    if question.kind is QuestionKind.LIST:
        if asks_who(question):
            return len(people(text)) > 1
        return enumerates(text, question.count)
    if question.kind is QuestionKind.REASON:
        return gives_reason(text)
    if question.kind is QuestionKind.DEFINITION:
        return glosses(question, text)
    return question.kind is not QuestionKind.PERSON or bool(people(text))


def asks_who(question: Question) -> bool:
    """Whether people are asked for."""
    return _WHO.search(question.searched) is not None


def asked_count(question: Question) -> int:
    """How many things are asked for ("여섯 가지"); 0 where the question does not say."""
    return counted(question.searched)


def fitting(question: Question, text: str) -> list[Value]:
    """The values of the wanted kind; those of the wanted unit alone where there are any."""
    kinds = TYPED[question.kind]
    right = [
        v
        for v in values(text)
        if v.kind in kinds and v.text not in question.written and not _SCALE.match(text, v.end)
    ]
    if question.kind is QuestionKind.AMOUNT:
        unit = question.unit
        if unit == "조" and _LAW.search(question.searched):
            return [v for v in right if v.unit == "조" and v.text.startswith("제")]
        if unit == "년":
            right = [v for v in values(text) if v in right or _BARE_YEARS.fullmatch(v.text)]
            spans = [v for v in right if v.kind is ValueKind.DURATION]
            return spans or [v for v in right if v.kind is ValueKind.DATE]
        same = {unit, *(u for group in _SAME_UNIT if unit in group for u in group)}
        spelled = counted_by(text, same) if unit else []
        for kind, units in _UNIT_KINDS:
            if unit and re.search(units, unit):
                return _in_order([v for v in right if v.kind is kind], spelled)
        if unit:
            exact = [v for v in right if any(v.unit.endswith(u) for u in same)]
            return _in_order(exact, spelled) or [
                v for v in right if v.kind is ValueKind.COUNT and not _ORDINAL.search(v.unit)
            ]
        spoken = _spoken_kind(question)
        if spoken is not None:
            return [v for v in right if v.kind is spoken]
        if _HOW_CHANGED.search(question.searched):
            return [v for v in right if v.kind is ValueKind.SHARE or v.unit == "배"] or right
        if _PRICE.search(question.searched):
            return [v for v in right if v.kind is ValueKind.MONEY] or right
        return right
    if question.kind is QuestionKind.DATE:
        dates = [v for v in right if v.kind is ValueKind.DATE]
        if _HOW_LONG.search(question.searched):
            return [v for v in right if v.kind is ValueKind.DURATION] or dates
        if _DAY_WORDS.search(question.searched):
            return [v for v in dates if _DAY.search(v.text)]
        fresh = [v for v in dates if not _only_year(question, v)]
        return fresh or dates or right
    if question.kind is QuestionKind.CONTACT:
        if re.search(r"메일", question.searched):
            return [v for v in right if "@" in v.text]
        if _WHERE.search(question.searched):
            places = [v for v in right if v.unit == ADDRESS]
            if places:
                return places
        right = [v for v in right if v.unit != ADDRESS]
        sites = re.search(r"사이트|홈페이지|누리집|주소", question.searched)
        phones = re.search(r"전화|번호|팩스|연락", question.searched)
        if sites and not phones:
            return [v for v in right if re.search(r"[a-z]", v.text) and "@" not in v.text]
        if _FAX.search(question.searched):
            right = [v for v in right if _FAX_LABEL.search(text[: v.start])] or right
        if phones and not sites:
            return [v for v in right if not re.search(r"[a-z]{2}", v.text)]
    return right


def _in_order(*found: Sequence[Value]) -> list[Value]:
    return sorted((value for part in found for value in part), key=lambda value: value.start)


def wanted_kinds(question: Question) -> frozenset[ValueKind]:
    """The kinds of value of which one must be there for the question to be answered; empty where
    none is asked for, or several would do."""
    if question.kind is not QuestionKind.AMOUNT:
        return frozenset(TYPED.get(question.kind, ()))
    if question.unit == "조" and _LAW.search(question.searched):
        return frozenset((ValueKind.COUNT,))
    if question.unit:
        kinds = (kind for kind, units in _UNIT_KINDS if re.search(units, question.unit))
        return frozenset((next(kinds, ValueKind.COUNT),))
    spoken = _spoken_kind(question)
    if spoken is not None:
        return frozenset((spoken,))
    changed = _HOW_CHANGED.search(question.searched)
    priced = _PRICE.search(question.searched)
    return frozenset((ValueKind.MONEY,)) if priced and not changed else frozenset()
