"""What is asked: kind, terms with weights, focus, years, unit.

The kind is read off the question word and what stands around it; keyword queries without one
("물류비 융자 한도") are read off their last noun.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise

from rag import korean
from rag.errors import QuestionError
from rag.question.counting import counted
from rag.question.kind import kind_of
from rag.settings import MAX_QUESTION
from rag.types import Question, QuestionKind, Term

_MISREAD = 0.4  # weight of a word that differs by one letter from one that nobody wrote
_SUBJECT = 30  # characters; a longer phrase reads badly in front of an answer
_PHRASE_TAGS = ("SL", "SN", "SH", "XPN", "XSN", "XR", "JKG", "MM", "SO", "SS", "SSO", "SSC", "SW")

_ASKED = re.compile(
    r"얼마|언제|누구|누가|어디|어느|어떤|무엇|무슨|뭐|뭔|뭘|몇|왜|어떻게|며칠|알려|\b(?:how|what|who)\b"
)
# Nouns that frame a question without naming what it wants.
_FRAMES = frozenset(
    "곳 때 것 해 전 사람 회사 나라 기업 업체 기관 이름 날짜 금액 규모 정도 내용 방법 이유 까닭 원인 뜻 말 가지 "
    "우리말 최대 최소 목표 올해 금년 현재 지금 전체 총 개 년 월 일 분야 지역 항목 과제 사업 번호 우리 수 제도 해외 한국 "
    "국내 신규 max 돈 비율 비중 율 률 앞 다음 이번".split()
)

_COUNTED = frozenset("가지 개 명 곳 분야 사람 항목 과제 기관 내용 것".split())

# What makes a question a question, and says nothing of its subject.
_ASKING = frozenset(
    "까닭 이유 설명 말 궁금 관련 문서 보고서 내용 정도 모두 전부 다 각각 답 질문 부탁 좀 뭐뭐 무엇무엇 뭔가 "
    "나오다 원하다 가르치다 말하다 말씀 대답 여쭤보다 여쭙다 알아보다 "
    "what which who when where why how is are was were do does did the a an of in to for on by "
    "and or much many be it its that this with from as at has have had there".split()
)
# "알려 주세요" asks; "지원자한테 알려야 한다" does not.
_TELL_ME = re.compile(r"알려\s?(?:주|줘|달|줄)")
# So does "찾아 주세요", but not "일자리를 찾아 주는 사업".
_SHOW_ME = re.compile(r"(?:찾아|보여|소개해|정리해|요약해)\s?(?:주(?:세|시|십|실|면)|줘|줄래|달라)")
_SHOWN = frozenset("찾다 보이다 소개 정리 요약".split())
# Kept, but worth little: they stand in many passages of a policy document whatever is asked.
_WEAK = frozenset("지원 사업 정부 기업 계획 추진 대상 방안 정책 관련 우리 국내".split())

# "유니콘 기업이 뭔가요?": nothing but a name is asked about.
_IS_WHAT = re.compile(
    r"(?:이|가|이란|란|이라는 (?:건|것은|게))?\s?(?:무엇인|뭔|뭐|무언)(?:지|가요?|예요|야|죠|지요)(?:\s.{0,12})?[?.!~\s]*"
)
_CALLED = ("이름", "명칭", "제목", "별명")  # whose name is asked for, and not what it is
_NAMELESS = frozenset((QuestionKind.OTHER, QuestionKind.ORGANISATION))
_YEARS = re.compile(
    r"(?<!\d)(?:(?P<long>(?:19|20)\d{2})|['’‘](?P<short>\d{2})|(?P<bare>\d{2})(?=년))(?!\d)"
)


def analyse(
    written: str,
    vocabulary: Collection[str] = frozenset(),
    latin: korean.LatinNames | None = None,
) -> Question:
    """The question, repaired and taken apart.

    ``vocabulary`` holds the terms of the index: what it knows is not repaired. ``latin`` knows
    its Latin words by their sound. Raises
    QuestionError for an empty question or one longer than ``MAX_QUESTION`` characters.
    """
    clean = _printable(written)
    if not clean:
        raise QuestionError("질문이 비어 있습니다. 알고 싶은 것을 한 문장으로 적어 주십시오.")
    if len(clean) > MAX_QUESTION:
        raise QuestionError(
            f"질문이 너무 깁니다({len(clean):,}자). {MAX_QUESTION:,}자 이내로 줄여 주십시오."
        )
    searched, corrections = korean.repair(clean, vocabulary)
    kind, unit = kind_of(searched)
    subject = _subject(searched)
    if (
        kind in _NAMELESS
        and not subject.endswith(_CALLED)
        and _IS_WHAT.fullmatch(searched.removeprefix(subject))
    ):
        kind = QuestionKind.DEFINITION
    return Question(
        written=written,
        searched=searched,
        kind=kind,
        terms=_terms(searched, vocabulary, latin),
        focus=_focus(searched, kind),
        action=_action(searched),
        count=counted(searched) if kind is QuestionKind.LIST else 0,
        years=_years(searched),
        unit=unit,
        corrections=tuple(corrections),
        subject=subject,
    )


def _printable(text: str) -> str:
    kept = (
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " for c in text
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _terms(
    text: str, vocabulary: Collection[str], latin: korean.LatinNames | None
) -> tuple[Term, ...]:
    """Each term once, in order of first mention; then further names of the same things, Latin
    words that sound like a word that no document holds ("아마존" for "Amazon"), and for such
    a word that no document holds the words that differ from it by one letter: documents read by
    a machine say 용자 for 융자."""
    weights: dict[str, Term] = {}
    asking = _ASKING | {"알리다"} if _TELL_ME.search(text) else _ASKING
    asking = asking | _SHOWN if _SHOW_ME.search(text) else asking
    said = korean.terms(text)
    own = [term for term in said if term not in asking]
    for term in own or said:
        weights.setdefault(term, Term(term, 0.5 if term in _WEAK else 1.0))
    # All that was said goes in, in order: "come into force" is known as a whole.
    for term, weight, of in korean.expand(said):
        if not asking.issuperset(of):
            weights.setdefault(term, Term(term, weight, "synonym", of))
    for morpheme in korean.morphemes(text) if latin else ():
        names = latin.like(morpheme.form) if latin and morpheme.tag == "NNP" else ()
        for name in names:
            weights.setdefault(name, Term(name))
            weights.pop(morpheme.form, None)
    for term in own:
        if vocabulary and term not in vocabulary and len(term) > 1 and not term.endswith("다"):
            for near, _likely in korean.variants(term):
                if near in vocabulary:
                    weights.setdefault(near, Term(near, _MISREAD, "synonym", (term,)))
    return tuple(weights.values())


def _focus(text: str, kind: QuestionKind) -> tuple[str, ...]:
    """The noun that names what is wanted: the last one before the question word that is not
    itself a way of asking ("한도가 얼마", "시행 날짜는"); empty where none is left."""
    asked = _ASKED.search(text)
    end = asked.start() if asked and asked.start() > 1 else len(text)
    before = [
        m
        for m in korean.morphemes(text)
        if m.tag in ("NNG", "NNP", "NNB", "SL", "XR")
        and m.end <= end
        and not _ASKED.fullmatch(m.form)
    ]
    if kind is QuestionKind.LIST and before and before[-1].form in _COUNTED:
        return ()  # "과제 두 가지", "분야 10개": the items name themselves
    nouns = [m for m in before if m.form not in _FRAMES and m.tag != "NNB"]
    if not nouns:
        return ()
    last = nouns[-1]
    joined = [m.form for m in nouns if last.start - 12 < m.start and _adjoin(nouns, m, last)]
    return tuple(joined[-2:])


def _action(text: str) -> str:
    """The noun of the verb after the question word ("언제 시행되나요" -> "시행"), else ""."""
    asked = _ASKED.search(text)
    if asked is None or asked.group() == "알려":
        return ""
    for a, b in pairwise(korean.morphemes(text)):
        if a.start >= asked.end() and a.tag == "NNG" and b.tag == "XSV" and len(a.form) > 1:
            return a.form
    return ""


def _adjoin(nouns: list[korean.Morpheme], first: korean.Morpheme, last: korean.Morpheme) -> bool:
    """Whether nothing but nouns written together lies between two nouns."""
    chain = [m for m in nouns if first.start <= m.start <= last.start]
    return all(a.end == b.start for a, b in pairwise(chain))


def _subject(text: str) -> str:
    """The noun phrase before the question word; "" where a verb or a clause stands in it."""
    asked = re.search(r"\s?(?:얼마|언제|누구|어디|며칠|몇|무엇|뭐|뭔)", text)
    end = asked.start() if asked else len(text.rstrip(" ?.!"))
    inside = [m for m in korean.morphemes(text[:end]) if m.end <= end]
    while inside and inside[-1].tag in ("JX", "JKS", "JKO", "JKB"):
        inside.pop()
    plain = all(m.tag[0] == "N" or m.tag in _PHRASE_TAGS for m in inside)
    if not inside or not plain or inside[-1].end > _SUBJECT:
        return ""
    return text[: inside[-1].end].strip()


def _years(text: str) -> tuple[int, ...]:
    years = []
    for match in _YEARS.finditer(text):
        number = match.group("long") or match.group("short") or match.group("bare")
        years.append(int(number) if len(number) == 4 else 2000 + int(number))
    return tuple(dict.fromkeys(years))
