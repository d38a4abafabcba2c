"""Questions that fit two things in the documents equally well.

"예산은 얼마인가요?" names a slot and no programme. Such a question holds nothing but words that
every programme has a value for, and the documents hold several such values under different headings. To
answer with one of them would be a guess; so the readings are told apart by their headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag import korean
from rag.demand import tells_name
from rag.extraction import extract
from rag.index import Index
from rag.reading.people import people
from rag.reading.values import ValueKind, values
from rag.retrieval.ranking import Ranking
from rag.types import Evidence, Passage, Question, QuestionKind
from rag.wanted import wanted_kinds

_KINDS = frozenset(
    (
        QuestionKind.AMOUNT,
        QuestionKind.DATE,
        QuestionKind.PERSON,
        QuestionKind.ORGANISATION,
        QuestionKind.PLACE,
        QuestionKind.CONTACT,
    )
)
# Slots: what a programme, a meeting or a bill has one of, and nothing is called by.
_SLOTS = frozenset(
    "예산 사업비 총사업비 국비 지방비 한도 상한 금리 이율 이자 금액 액수 규모 지원금 보조금 비용 "
    "단가 가격 대출 융자 투자 지원 마감 마감일 기한 기간 일정 일시 날짜 시기 시작 종료 신청 접수 "
    "모집 선정 공고 발표 발표일 시행 시행일 발효 발의 발의일 개최 대상 자격 조건 목표 비율 비중 "
    "점유율 증가율 성장률 경쟁률 인원 정원 참석 참석자 참가 참여 주재 장소 회의 단장 위원장 담당 "
    "담당자 책임자 전화 번호 전화번호 연락처 문의 홈페이지 주소 과제 양성 보급 시장 개수 횟수 "
    "배정 투입 집행 추진 사업 제도 계획 정책".split()
)
# What frames a question: it narrows no slot down.
_FRAMES = frozenset(
    "얼마 언제 어디 누구 몇 무엇 때 수 곳 개 명 년 월 일 원 퍼센트 % 올해 금년 내년 이번 현재 "
    "지금 총 전체 최대 최소 모두 전부 정도 기업 업체 회사 사람 업체당 기업당 당 이름 되다 하다 "
    "있다 이다 열리다 뽑다 들다 들어가다 들이다 받다 주다 쓰다 알리다 나오다 잡다 정하다 늘다 "
    "나다 맡다 끝나다 걸리다 어떻다 보다 오다 가다".split()
)
_OPEN = frozenset((ValueKind.MONEY, ValueKind.SHARE))
_MEASURED = frozenset("액률율일")  # last syllables without which a slot is called too
_SAME = 0.5  # weight from which an expansion is another name of the same thing
_DEEP = 60  # rows among which readings are looked for
_NEAR_BEST = 0.55  # share of the best score from which a reading counts as well as the best
_MOST = 3
_LABEL = 40  # characters
_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[가-하]\.|[IVXⅠ-Ⅻ]+\.|[①-⑳])\s*(?=\D)")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a question: the heading it stands under, and what is said there."""

    label: str
    evidence: Evidence


def names_no_subject(question: Question) -> bool:
    """Whether a question asks for a slot and says of nothing whose: all of its own words are
    slots or frame the question, and at least one is a slot."""
    if question.kind not in _KINDS or question.years:
        return False
    own = {term.text for term in question.terms if term.origin == "question"}
    said = [slot for slot in _SLOTS if slot in question.searched]
    # "발의일" may be taken apart as "발" and "일": a part of a slot that was said is no subject.
    return bool(said) and all(term in _FRAMES or any(term in slot for slot in said) for term in own)


def readings(index: Index, question: Question, ranking: Ranking) -> tuple[Reading, ...]:
    """The readings of a question, best first, at most three, each under a heading of its own and
    with a value of its own; empty where the question names a subject or fits one thing only."""
    if not names_no_subject(question):
        return ()
    held = _holding(index, question)
    found: list[tuple[float, Reading]] = []
    for row in ranking.order[:_DEEP].tolist():
        if held is not None and row not in held:
            continue
        passage = index.passages[row]
        cut = extract(index, question, passage)
        label = _label(index, row, passage)
        if label and _fits(question, cut.value):
            evidence = Evidence(passage, cut.span, cut.text, 0.0, cut.value)
            found.append((float(ranking.fused[row]), Reading(label, evidence)))
    return _apart(found)


def _holding(index: Index, question: Question) -> set[int] | None:
    """Rows that hold, or stand under a heading with, the rarest slot that was asked for, by any
    of its names; None where the value names the slot by itself, as a telephone number does."""
    if question.kind is QuestionKind.CONTACT:
        return None
    best: set[int] = set()
    # In the order of the question, of which the first wins a tie: a set has no order to rely on.
    said = sorted((s for s in _SLOTS if s in question.searched), key=question.searched.index)
    for slot in said:
        if any(slot != other and slot in other for other in said):
            continue
        names = {slot, *(name for name, weight, _of in korean.expand([slot]) if weight >= _SAME)}
        if slot[-1] in _MEASURED and len(slot) > 2:
            names.add(slot[:-1])
        rows: set[int] = set()
        for name in names:
            rows.update(index.body.term_rows(name)[0].tolist())
            rows.update(index.path.term_rows(name)[0].tolist())
        if rows and (not best or len(rows) < len(best)):
            best = rows
    return best


def _fits(question: Question, value: str) -> bool:
    """Whether a value is of the sort that the slot has: for an amount that may be any, money or
    a share, since a count counts something that would have been named."""
    if not value:
        return False
    if question.kind is QuestionKind.AMOUNT:
        kinds = wanted_kinds(question) or _OPEN
        return any(v.kind in kinds for v in values(value))
    if question.kind is QuestionKind.PERSON:
        return bool(people(value))
    return tells_name(question, value, value)


def _apart(found: Sequence[tuple[float, Reading]]) -> tuple[Reading, ...]:
    """The near-equal ones, one for each heading and each value; empty where only one is left."""
    best = max((score for score, _reading in found), default=0.0)
    kept: list[Reading] = []
    for score, reading in sorted(found, key=lambda item: -item[0]):
        if score < _NEAR_BEST * best or len(kept) == _MOST:
            break
        same = {_section(r.evidence.passage) for r in kept}
        values = {r.evidence.value for r in kept}
        labels = {r.label for r in kept}
        own = _section(reading.evidence.passage)
        if own not in same and reading.evidence.value not in values and reading.label not in labels:
            kept.append(reading)
    return tuple(kept) if len(kept) > 1 else ()


def _section(passage: Passage) -> tuple[str, tuple[str, ...]]:
    """What parts one programme from another: the file and the two outermost headings."""
    return passage.file, passage.path[:2]


def _label(index: Index, row: int, passage: Passage) -> str:
    """The nearest heading, cut at a word, or the title of a document without headings."""
    title = index.documents[index.groups[row]].title
    text = " ".join((passage.path[-1] if passage.path else title).split()).strip("<>【】[]▣□◇◆ ")
    text = _NUMBER.sub("", text) or text
    if len(text) <= _LABEL:
        return text
    return text[:_LABEL].rsplit(" ", 1)[0] + "…"
