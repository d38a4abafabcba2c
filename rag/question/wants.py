"""What a question wants: the sort of value, its unit, what a label of it would say, which end of a
range, which stretch of the calendar. The one parse that all finders and checks use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import dropwhile
from types import MappingProxyType

from rag import korean
from rag.reading.amounts import Edge
from rag.reading.aspects import Aspect, asking_words, aspects_asked, aspects_of
from rag.reading.names import opposites
from rag.reading.values import Period, ValueKind, periods
from rag.types import Question, QuestionKind

K = QuestionKind
_AMOUNTS = frozenset((ValueKind.MONEY, ValueKind.SHARE, ValueKind.COUNT, ValueKind.DURATION))
_UNIT_KINDS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (ValueKind.SHARE, re.compile(r"퍼|프로|%|％")),
    (ValueKind.MONEY, re.compile(r"원$|달러|불$|^억|^조$")),
    (ValueKind.DURATION, re.compile(r"^(?:초|분|시간|일|주|개월|달|년|년도|박)$")),
    (ValueKind.ORDINAL, re.compile(r"^(?:등급|급|단계|위|번째|차|호|항|조|학년|등|쪽|층)$")),
)
SAME_UNIT = (
    frozenset(
        "개 개사 개소 군데 곳 기업 업체 사 개국 개교 대학 도시 데 회사 개팀 개과 개동 기관 점포".split()
    ),
    frozenset("명 인 사람 분".split()),
    frozenset("나라 국가 개국 개국가".split()),
    frozenset("번 회 차례".split()),
    frozenset("센티 센티미터 cm".split()),
    frozenset("가지 개 종 과제 질환 분야 품목 종류".split()),
    frozenset("채 호 가구 세대".split()),
    frozenset("메가 MHz Mbps MB".split()),
    frozenset("기가 GHz Gbps GB".split()),
    frozenset("미터 m".split()),
    frozenset("킬로미터 킬로 km ㎞".split()),
    frozenset("킬로그램 킬로 kg ㎏".split()),
    frozenset("제곱미터 ㎡ m²".split()),
    frozenset("헥타르 ha ㏊".split()),
    frozenset("톤 t".split()),
    frozenset("리터 L ℓ".split()),
    frozenset("번째 차".split()),
    frozenset("살 세".split()),
    frozenset("달 개월".split()),
    frozenset("퍼센트 프로 % 퍼 ％".split()),
    frozenset("년 년간 해".split()),
    frozenset("등급 급 등".split()),
)
_MONEY = re.compile(
    r"돈|금액|예산|비용|[가-힣][비료](?=[은는이가를을도만]?(?:\s|$))|융자|대출(?!\s?이자)|투자|지원금|가격|단가|사업비|자금|매출|흑자|적자|달러|지출|"
    r"상금|수당|보증금|보조금|장려금|부담금|[가-힣]금(?=[은는이가]?\s)|한도|\b(?:money|cost|market|budget|price|loan|fee)\b"
)
_SHARE = re.compile(
    r"비율|비중|점유율|[가-힣]률|[가-힣]율|세액공제|금리|이자|이율|\bshare\b|percent|\brate\b"
)
_SPAN = re.compile(
    r"며칠\s?(?:이상|이하|미만|초과|넘)|며칠\s?(?:뒤|후|전)|얼마\s?(?:안에|동안|만에)|얼마나\s?(?:걸|오래)|며칠\s?(?:안에|이내|동안|만에|간)|며칠(?:이나)?\s?(?:걸|만|지나)|"
    r"몇\s?(?:일|주|달|개월|년|시간|분|초)\s?(?:안에|이내|내에|만에|동안|간|걸)|몇\s?년[이은]?\s?(?:안|넘|지나|못)"
)
# "상환 기간은 몇 년인가요?": told by its length, or by its first and last day.
_LENGTH = re.compile(
    r"기간[은이]?\s.{0,8}?(?:얼마|며칠(?!부터|까지)|몇\s?(?:일|주|달|개월|년)(?!도|에|월|부터|까지))"
)
_BY = re.compile(r"(?:얼마나?|몇\s?\S{1,4}?(?:나)?)\s(?=더|덜|\S)")
_MORE = re.compile(r"더|덜|향상|절감|빨라|좋아")
_ENDED = re.compile(r"(?:[아어여]?[진난든된른린]|한|은|인)\s")
_PRICE = re.compile(r"얼마(?!나|\s?(?:안|동안|만))")
_HIGH = re.compile(
    r"까지|이하|미만|이내|최대|많아야|넘지|상한|제일\s?많이|최고|한도|안에|안\s?된|못\s?넘|at most|limit|maximum"
)
_LOW = re.compile(r"이상|부터|최소|적어도|넘어야|초과|하한|최저|at least|minimum")
_END = re.compile(r"까지|마감|끝나|종료|기한|마지막|until|deadline|close")
_START = re.compile(r"부터|시작|개시|열려|언제\s?(?:열|시작)|start|open")
_MOST = re.compile(
    r"(?:가장|제일|최고로|최대로)\s?(?:\S{1,6}\s){0,2}?(?P<how>많|높|크|큰|길|긴(?![급밀장요])|넓|빠르|비[싸싼]|무거|먼(?!저)|오래|늦|최고)|최다|최대(?:\s|인|의)|\bmost\b|largest"
)
_LEAST = re.compile(
    r"(?:가장|제일)\s?(?:\S{1,6}\s){0,2}?(?:적|낮|작|짧|좁|싼|싸|가까|가벼|이르|이른|먼저|처음)|최소(?:인|의)|최저|\bleast\b|lowest"
)
_TOTAL = re.compile(r"모두|전부|총(?:\s|액)|통틀어|합쳐|합치|합하|합해|합산|합계|다 해서|전체")
_FORMER = re.compile(
    r"(?:전에는|이전|예전|원래|종전|기존|당초|현재|지금|작년|지난해)(?!\s?(?:보다|대비|까지))|(?:변경|개정|정정|조정|인상|인하)\s?전"
)
_LAW = re.compile(r"법|조항|조문|규정|제\s?몇")
_ARTICLE = re.compile(r"(?:조항|조문)\s?(?:번호)?(?:[은는이가을를]\s|[은는이가]?요?\s?\??$)")


_CONDITION = re.compile(
    r"(?!(?:19|20)\d\d\s?년)(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%p?|퍼센트|프로|조|억|만|천|[가-힣]{1,3}?)?\s?(?:을|를|이|가|보다)?\s?"
    r"(?P<how>넘|초과|이상|미만|이하|많|적|안\s?되|인\s|(?:(?<=보다)|(?<=보다\s))[높큰크긴길낮작짧])"
)


class How(StrEnum):
    """How the members that are asked for stand to a limit."""

    OVER = "over"
    UNDER = "under"
    LEAST = "least"
    MOST = "most"
    EQUAL = "equal"


_HOW = {
    "넘": How.OVER,
    "초과": How.OVER,
    **dict.fromkeys("많높큰크긴길", How.OVER),
    "이상": How.LEAST,
    "이하": How.MOST,
    "인": How.EQUAL,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What the members that are asked for meet: "60점 이상인 과목"; for those that rose or fell the
    limit is 0."""

    how: How
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Wants:
    """``values`` are the kinds of value of which one must be told, empty where words answer;
    ``units`` the counters that fit, empty for any. ``aspects`` are what a label of the answer would
    tell, each with how likely it is, the likeliest having 1. ``noun`` is the noun phrase that names
    what is wanted, "" where there is none. ``edge`` is the end of a range, of a period in days the
    last day for HIGH. ``most`` is "most" or "least" where the extreme of several is asked for.
    ``total`` asks for the sum."""

    values: frozenset[ValueKind]
    units: frozenset[str]
    aspects: Mapping[Aspect, float]
    noun: str
    edge: Edge
    periods: tuple[Period, ...]
    most: str = ""
    total: bool = False
    open: bool = False
    """No question word tells what sort is wanted: "필름 인장강도는요?"."""
    price: bool = False
    """Money is meant sooner than another amount."""
    condition: Condition | None = None
    signed: bool = False
    """Members that rose or fell are meant."""
    changed: bool = False
    """By how much something rose or fell is asked."""
    former: bool = False
    """What was before a change is asked for, or what holds until it."""
    asking: frozenset[str] = frozenset()
    """The words that tell which aspect is asked for, and not of what."""
    measured: bool = False
    """The noun that names what is wanted names a number or a date ("한도", "기간")."""

    def fits(self, kind: ValueKind, unit: str) -> bool:
        """Whether a value of a kind and unit is such as is wanted."""
        if kind not in self.values:
            return False
        return not self.units or any(unit.endswith(one) for one in self.units)


def wants_of(question: Question) -> Wants:
    """What a question wants."""
    text = question.searched
    noun = _noun(text)
    values, units = _values(question)
    aspects = _aspects(text, noun, values)
    told = aspects.keys() | aspects_of(noun)
    worded = bool(told) and not told & _MEASURED  # "신청 자격" is told in words
    return Wants(
        values,
        units,
        aspects,
        noun,
        _edge(question),
        periods(text),
        _most(text),
        _TOTAL.search(text) is not None,
        question.kind is K.OTHER
        and not worded
        and not _ASKED.search(text)
        and not _WHICH.search(text),
        ValueKind.MONEY in values and bool(_MONEY.search(text) or _PRICE.search(text)),
        _condition(text),
        _signed(text) != 0,
        _changed(text),
        Aspect.FORMER in aspects or _FORMER.search(text) is not None,
        asking_words(text) if aspects else frozenset(),
        bool(aspects_of(noun) & _MEASURED),
    )


_MEASURED = frozenset(
    (
        Aspect.AMOUNT,
        Aspect.RATE,
        Aspect.COUNT,
        Aspect.WHEN,
        Aspect.ISSUED,
        Aspect.CONTACT,
        Aspect.HOURS,
    )
)


def _most(text: str) -> str:
    """ "most" where a question asks for the largest of several, "least" for the smallest; what fell
    most is the least of the changes."""
    if _MOST.search(text):
        return "least" if _signed(text) < 0 else "most"
    return "least" if _LEAST.search(text) else ""


def _signed(text: str) -> int:
    """1 where members that rose are meant ("늘어난 품목"), -1 where those that fell, else 0."""
    for sign, side in zip((1, -1), opposites()[0], strict=True):
        for match in side.finditer(text):
            if _ENDED.match(text, match.end()) or _ENDED.match(text, match.end() - 1):
                return sign
    return 0


def _changed(text: str) -> bool:
    """Whether a question asks by how much something rose or fell."""
    match = _BY.search(text)
    if match is None:
        return False
    behind = text[match.end() :].split()[0] if text[match.end() :].split() else ""
    return bool(_MORE.match(behind)) or any(side.match(behind) for side in opposites()[0])


def _condition(text: str) -> Condition | None:
    match = _CONDITION.search(text)
    if match is not None:
        how = _HOW.get(match["how"].strip(), How.UNDER)
        return Condition(how, Decimal(match["number"].replace(",", "")))
    sign = _signed(text)
    return Condition(How.OVER if sign > 0 else How.UNDER, Decimal(0)) if sign else None


_ASKED = re.compile(
    r"얼마|언제|누구|누가|누군|어디|며칠|몇|무엇|뭐|뭔|뭘|뭣|왜(?![곡소])|어떻|알려|\b(?:how|what|who|when|where|which)\b",
    re.I,
)
_WHICH = re.compile(r"(?:어느|어떤|무슨)\s?(?=[가-힣A-Za-z])")
_NOUNS = ("NNG", "NNP", "XR", "SL", "XSN", "SH", "SN", "XPN")


def _noun(text: str) -> str:
    """The noun phrase, written at once, that names what is wanted: behind "어떤", else the last one
    before the question word, else the last of all."""
    inside = korean.morphemes(text)
    which = _WHICH.search(text)
    if which is not None:
        return _run([m for m in inside if m.start >= which.end()], first=True)
    asked = _ASKED.search(text)
    end = asked.start() if asked and asked.start() > 1 else len(text)
    return _run([m for m in inside if m.end <= end])


def _run(inside: list[korean.Morpheme], *, first: bool = False) -> str:
    nouns = (m for m in inside if m.tag in _NOUNS)
    found = korean.together(dropwhile(lambda m: m.tag == "SN", nouns))
    runs = [run for run in found if any(m.tag not in ("SN", "XPN", "XSN") for m in run)]
    if not runs:
        return ""
    return "".join(m.form for m in (runs[0] if first else runs[-1]))


def _aspects(text: str, noun: str, values: frozenset[ValueKind]) -> Mapping[Aspect, float]:
    found = dict(aspects_asked(text))
    found.update(dict.fromkeys(aspects_of(noun) & _BESIDE, 1.0))
    if values and not values & {ValueKind.DATE, ValueKind.DURATION}:
        found.pop(Aspect.WHEN, None)
    return MappingProxyType(found)


_BESIDE = frozenset((Aspect.SOURCE, Aspect.FORMER, Aspect.REVISED, Aspect.ISSUED))
"""What a label tells besides its aspect."""


def _values(question: Question) -> tuple[frozenset[ValueKind], frozenset[str]]:
    text, unit = question.searched, question.unit
    none: frozenset[str] = frozenset()
    if _ARTICLE.search(text) or (unit == "조" and _LAW.search(text)):
        return frozenset((ValueKind.ORDINAL,)), frozenset(("조", "항", "호"))
    if question.kind is K.DATE:
        if _SPAN.search(text):
            return frozenset((ValueKind.DURATION,)), none
        if _LENGTH.search(text):
            return frozenset((ValueKind.DATE, ValueKind.DURATION)), none
        return frozenset((ValueKind.DATE,)), none
    if question.kind is K.CONTACT:
        return frozenset((ValueKind.CONTACT,)), none
    counted = question.kind is K.COMPARISON and re.search(r"얼마|몇", text)
    if question.kind is not K.AMOUNT and not counted:
        return frozenset(), none
    if _SPAN.search(text):
        return frozenset((ValueKind.DURATION,)), none
    if unit == "시":
        return frozenset((ValueKind.DATE,)), none
    if unit:
        same = frozenset((unit, *(u for group in SAME_UNIT if unit in group for u in group)))
        kind = next((k for k, pattern in _UNIT_KINDS if pattern.search(unit)), ValueKind.COUNT)
        if kind is ValueKind.SHARE:
            return frozenset((kind,)), none
        if kind is ValueKind.MONEY:
            return frozenset((kind,)), none
        if kind is ValueKind.DURATION:
            if unit in ("년", "년도", "월", "일") and not _SPAN.search(text):
                return frozenset((kind, ValueKind.DATE)), none
            if unit == "분":  # minutes, or people politely counted
                return frozenset((kind, ValueKind.COUNT)), same
            return frozenset((kind,)), none
        return frozenset((kind, ValueKind.COUNT)), same
    if _SHARE.search(text) and not re.search(r"돈|금액", text):
        return frozenset((ValueKind.SHARE,)), none
    return _AMOUNTS, none


def _edge(question: Question) -> Edge:
    text = question.searched
    if question.kind is K.DATE or question.unit == "시":
        end, start = _END.search(text), _START.search(text)
        if end and not start:
            return Edge.HIGH
        return Edge.LOW if start and not end else Edge.NONE
    high, low = _HIGH.search(text), _LOW.search(text)
    if high and not low:
        return Edge.HIGH
    return Edge.LOW if low and not high else Edge.NONE
