"""What is asked: kind, terms with weights, focus, years, unit.

The kind is read off the question word and what stands around it; keyword queries without one
("물류비 융자 한도") are read off their last noun.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from rag import korean
from rag.errors import QuestionError
from rag.settings import MAX_QUESTION
from rag.types import Correction, Question, QuestionKind, Term

K = QuestionKind

_SUBJECT = 30  # characters; a longer phrase reads badly in front of an answer
_PHRASE_TAGS = ("SL", "SN", "SH", "XPN", "XSN", "XR", "JKG", "MM", "SO", "SS", "SSO", "SSC", "SW")

# What makes a question a question, and says nothing of its subject.
_ASKING = frozenset(
    "무엇 뭐 무슨 어떤 어느 어디 언제 얼마 얼마나 누구 왜 어떻게 어떠하 몇 며칠 까닭 이유 알리 알려주 말하 "
    "가르치 궁금 궁금하 설명 설명하 알 주 좀 대하 관하 관련 있 없 하 되 이 그 저 것 거 수 때 등 들 나오 "
    "나와 뭐뭐 무엇무엇 뭔가 인가 문서 보고서 내용 정도 모두 전부 다 빠짐없이 각각 답 질문 부탁 원하 싶 "
    "what which who when where why how is are was were do does did the a an of in to for on by "
    "and or much many be it its that this with from as at has have had there".split()
)
# Kept, but worth little: they stand in many passages of a policy document whatever is asked.
_WEAK = frozenset(
    "지원 사업 정부 기업 계획 추진 대상 방안 정책 관련 위하 통하 따르 우리 국내".split()
)

_NUMERALS = "두|세|네|다섯|여섯|일곱|여덟|아홉|열|열두|[2-9]|1\\d"
_COUNTED = (
    r"(?P<unit>퍼센트|퍼센트포인트|프로|퍼|%\s?p|%|개사|개국|개소|개교|군데|개|명|곳|건|종|대|기|회|배|번|위|"
    r"가지|조|항|초|분|시간|일|주|개월|달|년도|년|살|세|메가|기가|킬로|미터|톤|원|달러|억|호|권|점|쪽|"
    r"[A-Za-z㎞㎡℃]+)"
)
_WHAT_IS = r"(?:무엇|뭐|뭔|무슨|뭡|뭣)"

# First match wins; the order puts what is decided by more context first.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            K.COMPARISON,
            r"차이|다른가|다릅|달라|비교|어느 (?:쪽|것)이 더|순서(?:대)?로|합하면|더하면|합치면|"
            r"각각|대비되|\bdiffer|\bcompare|\bversus\b",
        ),
        (
            K.CONTACT,
            r"전화|연락처|팩스|fax|이메일|메일 주소|홈페이지|누리집|사이트|접수처|문의처|몇 ?번(?:이|으|에)|"
            r"주소(?:가|는|를)?\s?(?:뭐|무엇|어디|알려|$)|\bphone\b|\bwebsite\b",
        ),
        (
            K.LIST,
            rf"모두|전부|빠짐없이|뭐뭐|무엇무엇|어디어디|누구누구|어떤 (?:것들|\S+들)|"
            rf"(?:{_NUMERALS})\s?(?:가지|개|명|곳|분야|사람|과제|항목|대학)?(?:는|은|가|이|를|을)?\s?"
            rf"(?:{_WHAT_IS}|어디|누구|어떤|알려|말해)|종류|항목들|목록|"
            rf"들은 (?:{_WHAT_IS}|어디|누구)|\blist\b|다 알려|\bwhich\b.*\b\w+s\b (?:backed|are|were|did)",
        ),
        (K.REASON, r"왜|이유|까닭|원인|때문(?:인가|이|에)|배경은|\bwhy\b"),
        (
            K.DATE,
            r"언제|며칠|몇 ?월|몇 ?년도|날짜|발의일|발표일|시행일|기한|마감|시기는|기간(?:은|이|$)|\bwhen\b|"
            r"몇 ?년에",
        ),
        (
            K.AMOUNT,
            rf"얼마|몇\s?{_COUNTED}|몇이|몇인|금액|규모(?:는|가|$)|한도|비율|점유율|보급률|금리|이율|예산(?:은|이|$)|"
            r"가격|비용(?:은|이|$)|총액|개수|숫자|\bhow (?:much|many|big|large|long)\b|\bwhat share\b|percent",
        ),
        (K.PERSON, r"누구|누가|누군|이름은|단장|대표는|담당자|의원은|\bwho\b"),
        (
            K.YES_NO,
            r"(?:맞나요|맞습니까|인가요\?|되나요|있나요|없나요|가능한가|가능해|할 수 있나|받나요|하나요)\s*\??$",
        ),
        (
            K.ORGANISATION,
            r"어느 (?:기관|회사|업체|기업|은행|부처|로펌|단체|연구소|곳|대학|학교)|(?:어떤|무슨) (?:기관|회사|업체|기업|부처)|"
            r"(?:기관|회사|업체|기업|은행|부처|로펌|제조사|주관)(?:은|는|이|가)?\s*(?:어디|누구|무엇|뭐|\?|$)|"
            r"\bwhich (?:\w+ )*(?:company|firm|manufacturer|agency|ministry|bank|institute|organi[sz]ation)\b",
        ),
        (
            K.PLACE,
            r"어디|어느 (?:나라|국가|주|도시|지역|시|도|군|구|지방)|장소|\bwhere\b|\bwhich (?:country|city|state)\b",
        ),
        (K.METHOD, r"어떻게|방법|방식|절차|어떤 식|뭘 (?:보태|지원|해)|\bhow\b"),
        (
            K.DEFINITION,
            rf"뜻|정의|의미(?:는|가|하)|(?:이?란|라는 (?:것|말)은?) (?:{_WHAT_IS})|우리말로|약자|줄임말|"
            rf"(?:이|가|은|는|란) (?:{_WHAT_IS})(?:예요|에요|야|인가|지|죠|냐|임|입니까)|\bwhat (?:is|are)\b",
        ),
    )
)
# The last noun of a query without a question word.
_LAST_NOUN: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (K.CONTACT, r"(?:전화번호|번호|팩스|연락처|홈페이지|접수처|문의처|주소|사이트|이메일)$"),
        (K.DATE, r"(?:일|날짜|기한|마감|시기|기간|일정|시행일|언제)$"),
        (
            K.AMOUNT,
            r"(?:한도|규모|금액|예산|비율|율|률|액|수|목표|가격|비용|단가|금리|max|최대|얼마|몇퍼)$",
        ),
        (K.PERSON, r"(?:단장|장관|대표|위원장|원장|누구|국회의원|담당자)$"),
        (K.ORGANISATION, r"(?:은행|기관|회사|업체|기업|부처|주관)$"),
    )
)
_YEARS = re.compile(
    r"(?<!\d)(?:(?P<long>(?:19|20)\d{2})|['’‘](?P<short>\d{2})|(?P<bare>\d{2})(?=년))(?!\d)"
)


def analyse(
    written: str,
    vocabulary: Collection[str] = frozenset(),
    idf: Mapping[str, float] | None = None,
) -> Question:
    """The question, repaired and taken apart.

    ``vocabulary`` holds the terms of the index: what it knows is not repaired. Raises
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
    kind, unit = _kind(searched)
    return Question(
        written=written,
        searched=searched,
        kind=kind,
        terms=_terms(searched),
        focus=_focus(searched, kind),
        years=_years(searched),
        unit=unit,
        corrections=tuple(corrections),
        subject=_subject(searched),
    )


def _printable(text: str) -> str:
    kept = (
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " for c in text
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _kind(text: str) -> tuple[QuestionKind, str]:
    bare = text.rstrip(" ?.!~")
    for kind, pattern in _KINDS:
        match = pattern.search(text)
        if match:
            unit = match.groupdict().get("unit") or ""
            return kind, unit
    for kind, pattern in _LAST_NOUN:
        if pattern.search(bare):
            return kind, ""
    return K.OTHER, ""


def _terms(text: str) -> tuple[Term, ...]:
    """Each term once, in order of first mention; synonyms after the asker's own words."""
    weights: dict[str, Term] = {}
    own = [term for term in korean.terms(text) if term not in _ASKING]
    for term in own or korean.terms(text):
        weights.setdefault(term, Term(term, 0.5 if term in _WEAK else 1.0))
    for term, weight in korean.expand(tuple(weights)):
        weights.setdefault(term, Term(term, weight, "synonym"))
    return tuple(weights.values())


def _focus(text: str, kind: QuestionKind) -> tuple[str, ...]:
    """The nouns that name what is wanted: the last ones before the question word."""
    found = [m for m in korean.morphemes(text) if m.tag in ("NNG", "NNP", "SL", "XR", "SN")]
    asked = re.search(r"얼마|언제|누구|어디|어느|무엇|뭐|몇|왜|어떻게|며칠|뭔|뭘", text)
    before = [m for m in found if asked is None or m.end <= asked.start()] or found
    return tuple(m.form for m in before[-2:] if m.form not in _ASKING)


def _subject(text: str) -> str:
    """The noun phrase before the question word; "" where a verb or a clause stands in it."""
    asked = re.search(r"\s?(?:얼마|언제|누구|어디|며칠|몇|무엇|뭐)", text)
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


__all__ = ["Correction", "analyse"]
