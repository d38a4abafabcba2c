"""What a question demands of its answer besides its subject: the noun that names what is wanted,
what happened, and whether a name of the asked sort is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag import korean
from rag.reading.people import people
from rag.reading.values import ValueKind, values
from rag.types import Question, QuestionKind
from rag.wording import flat

ASKED = re.compile(
    r"얼마|언제|누구|누가|어디|어느|어떤|무엇|무슨|뭐|뭔|뭘|몇|왜(?![곡소])|어떻게|며칠|알려|\b(?:how|what|who|when|where|which)\b",
    re.IGNORECASE,
)
# Nouns that any value of the right sort is an instance of: they need not stand beside it.
_GENERIC = frozenset(
    "사람 인원 수 개수 비율 비중 몫 율 률 금액 규모 돈 값 날 날짜 일자 때 시기 시점 해 연도 년도 이름 명칭 제목 "
    "나이 횟수 정도 크기 곳 것 인물 나라 기간 동안 얼마 수준 폭 양 분량 말 뜻 의미 번호 안 가운데 중 세계 전체 총 올해 "
    "금년 이상 이하 최대 최소 평균 최종 원래 이유 까닭 원인 배경 방법 방식 내용 가지 목록 항목 종류".split()
)
_NOUNS = ("NNG", "NNP", "XR", "SL", "XSN", "SH")
_COUNTERS = frozenset("년월일개명억원조호차")
_BETWEEN = re.compile(r"[은는이가을를도의]|\s|총|모두|최대|약")
# Verbs that say nothing of what happened.
_EMPTY_NOUNS = frozenset(
    "차지 해당 포함 의미 설명 소개 처리 대답 말 이야기 얘기 사용 이용 진행".split()
)
_EMPTY_VERBS = frozenset(
    "되다 하다 있다 없다 이다 알리다 나오다 말하다 주다 보다 받다 대하다 위하다 들다 가다 오다 어떻다 그렇다 같다 "
    "않다 싶다 알다 궁금하다".split()
)
_BODIES = "대학|은행|병원|학교|회사|기업|기관|업체"
_AREAS = "나라|국가|도시|지역|본사"
_SORT = re.compile(
    rf"(?:어느|어떤|무슨)\s(?:\S+\s)?(?P<which>{_BODIES}|{_AREAS}|공장|(?:시|도|주)(?![가-힣]{{2}}))"
    rf"|(?P<where>{_BODIES}|나라|국가|도시|지역|본사|공장|장소)(?:들?[은는이가])?\s?(?:어디|이름)"
)
_SCHOOL = re.compile(r"[가-힣A-Za-z]+대(?:학교?)?(?![가-힣])|KAIST|카이스트")
_BANK = re.compile(r"[가-힣A-Za-z]*(?:은행|뱅크)")
_HOSPITAL = re.compile(r"[가-힣A-Za-z]*(?:병원|의료원)")
_AREA = re.compile(
    r"서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|수도권|미국|중국|일본|영국|독일|"
    r"프랑스|러시아|인도|캐나다|호주|유럽|베트남|싱가포르|이스라엘|대만|홍콩|스페인|이탈리아|美|中|日|獨|"
    r"[가-힣A-Za-z]{2,}(?:시|군|구|도|주|국|성|섬|마을|읍|면|동|권|스탄|랜드|니아)(?![가-힣])"
)
_BODY = re.compile(
    r"[가-힣]+(?:부|처|청|원|회|단|당|시|도|군|구|국|공장|홀|호텔|공사|은행|대학교|연구소|협회|법인|센터|재단|조합|전자|포럼|"
    r"시스템|세종)(?![가-힣])|www\.\S+"
)
_ITEM = 30  # characters; a longer item of a list is no name
_UNKNOWN = 5  # syllables from which a noun of one morpheme is a name


@dataclass(frozen=True, slots=True)
class Wanted:
    """The noun that names what is wanted, as its index form. ``generic`` says that any value of the
    right sort is one ("사람", "비율", "이름")."""

    noun: str
    generic: bool


def wanted_noun(question: Question) -> Wanted:
    """The noun phrase right before the question word ("한도가 얼마"), else the last one marked as a
    subject or topic ("경쟁률은 상반기에 얼마"), else the last before it; "" where there is none."""
    text = question.searched
    inside = korean.morphemes(text)
    asked = ASKED.search(text)
    end = asked.start() if asked and asked.start() > 1 else len(text)
    runs = [run for run in _runs(inside) if run[-1].end <= end]
    if not runs:
        return Wanted("", True)
    chosen = runs[-1]
    if _BETWEEN.sub("", text[chosen[-1].end : end]):
        marked = [run for run in runs if _particle(inside, run) in ("JX", "JKS")]
        chosen = marked[-1] if marked else chosen
    noun = "".join(m.form for m in chosen)
    return Wanted(noun, noun in _GENERIC)


def _runs(inside: Sequence[korean.Morpheme]) -> list[list[korean.Morpheme]]:
    """Nouns that are written together, in order of place."""
    runs: list[list[korean.Morpheme]] = []
    for m in inside:
        if m.tag == "NNB" and m.form not in _COUNTERS:
            runs.append([m])
        elif m.tag in _NOUNS:
            if runs and runs[-1][-1].end == m.start and runs[-1][-1].tag != "NNB":
                runs[-1].append(m)
            else:
                runs.append([m])
    return runs


def _particle(inside: Sequence[korean.Morpheme], run: Sequence[korean.Morpheme]) -> str:
    """The tag of what is written behind a run, else ""."""
    behind = [m for m in inside if m.start == run[-1].end]
    return behind[0].tag if behind else ""


def events(question: Question) -> list[str]:
    """The nouns of the verbs in a question ("시행되나요" -> "시행"), in order of place."""
    return [word for _at, word in _predicates(question) if not word.endswith("다")]


def _predicates(question: Question) -> list[tuple[int, str]]:
    inside = korean.morphemes(question.searched)
    found = []
    for number, m in enumerate(inside):
        after = inside[number + 1].tag if number + 1 < len(inside) else ""
        if m.tag in ("NNG", "XR") and after in ("XSV", "XSA"):
            if len(m.form) > 1 and m.form not in _EMPTY_NOUNS:
                found.append((m.start, m.form))
        elif m.tag.startswith(("VV", "VA")) and m.form + "다" not in _EMPTY_VERBS:
            found.append((m.start, m.form + "다"))
    return found


# Nouns that a value answers to without being called by them, and what it must look like.
_SHARED = re.compile(r"금리|이자|이율")
_LASTING = re.compile(r"기간|동안|기한")
_LIMITED = re.compile(r"한도|상한|최대")
_LIMIT = re.compile(r"최대|한도|이내|까지|이하")
_LIKE: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"나라|국가"), re.compile(r"국")),
    (
        re.compile(r"기업|회사|업체|부품사|협력사|점포|상점"),
        re.compile(r"\d\s?여?\s?(?:개사|개|곳|사)"),
    ),
    (re.compile(r"사람|인원|가입자|이용자|직원|근로자|인력|학생|교수"), re.compile(r"명|인")),
    (re.compile(r"사이트|홈페이지|전화|번호|주소|메일"), re.compile(r".")),
)


def implied(noun: str, value: str, clause: str) -> bool:
    """Whether a value answers to a noun by what it is: a percentage to "금리", "3년간" to "기간", what
    a clause puts as the most to "한도", "28개국" to "나라", and a name to the noun that it ends in."""
    if not value:
        return False
    if _SHARED.search(noun):
        return any(v.kind is ValueKind.SHARE for v in values(value))
    if _LASTING.search(noun):
        return "~" in value or any(v.kind is ValueKind.DURATION for v in values(value))
    if _LIMITED.search(noun):
        return _LIMIT.search(clause) is not None
    if any(name.search(noun) and form.search(value) for name, form in _LIKE):
        return True
    return len(noun) > 1 and flat(value).endswith(flat(noun)[-2:])


def tells_name(question: Question, value: str, slice: str) -> bool:
    """Whether a name of the sort asked for is told that the question does not hold itself; True
    where none is asked for. "어느 대학" wants a school in ``value``, the fact that was found;
    "어디" and "누가" any place, body or person in the ``slice`` around it."""
    text = question.searched
    sort = _SORT.search(text)
    asked = flat(text)
    told = value or slice
    if sort is not None:
        name = sort["which"] or sort["where"]
        if name in ("대학", "학교"):
            return _new(_SCHOOL.findall(told), asked)
        if name == "은행":
            return _new(_BANK.findall(told), asked)
        if name == "병원":
            return _new(_HOSPITAL.findall(told), asked)
        if name in (*_AREAS.split("|"), "시", "도", "주"):
            return _new(_AREA.findall(told), asked)
        if question.kind is QuestionKind.LIST:
            items = [
                item for item in told.split("; ") if len(item) <= _ITEM and _named(item, asked)
            ]
            return bool(value) and 2 * len(items) > told.count("; ") + 1
        return _named(told, asked)
    if question.kind is QuestionKind.PERSON:
        if any(slice[at:to] not in text for at, to in people(slice)):
            return True
        # Not every name has a title beside it; but what "누가" asks for may be a body.
        return _named(told, asked) if "누가" in text else _new(_proper(told), asked)
    if question.kind in (QuestionKind.ORGANISATION, QuestionKind.PLACE):
        return _named(told, asked) or _named(slice, asked)
    return True


def _named(text: str, asked: str) -> bool:
    names = [
        m.form
        for m in korean.morphemes(text)
        if (m.tag in ("NNP", "SL") and len(m.form) > 1)
        or (m.tag == "NNG" and len(m.form) >= _UNKNOWN)
    ]
    return _new([*names, *_BODY.findall(text), *_AREA.findall(text)], asked)


def _proper(text: str) -> list[str]:
    """Proper nouns that are neither of a body nor of a place."""
    return [
        m.form
        for m in korean.morphemes(text)
        if m.tag == "NNP"
        and len(m.form) > 1
        and not _BODY.fullmatch(m.form)
        and not _AREA.fullmatch(m.form)
    ]


def _new(names: Sequence[str], asked: str) -> bool:
    return any(flat(name) not in asked for name in names)
