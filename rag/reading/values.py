"""Values in a text, and the periods that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rag.korean.entities import HANGUL

_TEXTS = 4096  # texts whose values are kept


class ValueKind(StrEnum):
    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    DURATION = "duration"
    DATE = "date"
    CONTACT = "contact"
    ORDINAL = "ordinal"
    """Which one, not how many: 제7조, 2단계, 3위."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value at ``text[start:end]``; ``unit`` is its unit as written ("억원", "%", "개사")."""

    kind: ValueKind
    start: int
    end: int
    text: str
    unit: str = ""


_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_RANGE = rf"(?:{_NUMBER}\s?[~∼～-]\s?)?{_NUMBER}"
_SCALE = r"(?:조|천억|백억|십억|억|천만|백만|십만|만|천)"
_CURRENCY = r"(?:원|불|달러|위안|유로|엔|파운드|루피|Won|won|USD|KRW)"
_BOUND = r"(?:\s?(?:이상|이하|미만|이내|초과|내외|안팎|가량|수준|한도|까지|정도)(?![가-힣]*(?:지원|규모)))?"
_SIGN = r"(?:[△▲▼]\s?|(?<!\w)[+\-−](?=\d))?"  # "- 5억원" is a bullet and no minus
# Almost no place of a text begins a value: looking ahead, past the word that may stand before it
# ("최대", "1인당"), tells that soonest.
_WORD = r"(?:\S{1,6}+\s)?"
_NEAR = rf"(?={_WORD}[\d△▲▼+\-−\\$€¥])"
_LEAD = (
    r"(?:(?:약|최대|최소|총|평균|연간|연|(?<!\d)월|매월|매년|(?<!각)각|1인당"
    r"|[가-힣]{1,5}(?<!경로)(?<!식)(?<!성)(?<!강)(?<!서)(?<!정)당)\s)?"
)

_UNITS = r"(?:천|백만|십억|억|조)"  # "천원" alone is the unit of a table
_MONEY = re.compile(
    rf"(?:{_NEAR}{_LEAD}(?:"
    rf"\\?[$€¥]\s?{_RANGE}(?:\s?(?:{_SCALE}|[mb]illion))?(?:/[A-Za-z가-힣]+)?"
    rf"|(?<!제){_SIGN}{_RANGE}\s?(?P<unit>(?:여\s?)?{_SCALE}(?:\s?{_NUMBER}\s?{_SCALE})*"
    rf"(?:\s?{_NUMBER}(?=\s?{_CURRENCY}))?\s?{_CURRENCY}?)"
    rf"(?!\s?(?:명|개|대|건|회|톤|회선|가구|곳|여\s?명|기|배|종|주|년|km|TB|m(?![a-z])))"
    rf"|{_SIGN}{_RANGE}\s?(?P<bare>{_CURRENCY})(?:/[A-Za-z가-힣]+)?)"
    rf"|(?={_WORD}(?:금\s?)?[일이삼사오육칠팔구십백천만억조]++\s?[원달불])"
    rf"{_LEAD}(?<![가-힣\d])(?:금\s?)?(?!{_UNITS}원){HANGUL}\s?(?P<spelled>원|달러|불)정?"
    rf"){_BOUND}(?:\s?\(약\s[^()]*\))?"
)
_SHARE = re.compile(
    rf"{_NEAR}{_LEAD}{_SIGN}(?:{_NUMBER}\s?[%％]\s?[~∼～]\s?)?{_RANGE}\s?(?P<unit>%\s?p|%포인트|%|퍼센트포인트|퍼센트|％)(?![A-Za-z])"
    rf"(?:\s?(?:이상|이하|미만|이내|초과|내외|안팎|수준))?"
)
_COUNTERS = (
    "개사|개소|개국|개교|개품목|개월|개|명|인(?![가-힣]{2})|곳|건|종|대|기|회선|회|배|가지|"
    "과제|품목|편|권|석|척|가구|세대|세(?![기트션])|만대|점|표|채|필지|마리|그루|톤|리터|"
    "km²|㎢|㎡|㎞|km|cm|mm|mL|m³|㎥|m|mg|kg|g|TEU|DWT|Mbps|Gbps|kbps|GHz|MHz|kHz|Hz|TB|GB|MB|kW|MW|GW|kWh|ms|"
    "W|V|℃|도(?![가-힣])|큐비트|나노미터|nm|대학|질환|분야|도시|기업|업체|사(?![가-힣])|"
    "ha|㏊|L|ℓ|t|kcal|dB|ppm|NTU|CFU/mL|CFU|[kmMGμ㎍㎎]?g/[a-zA-Z㎥㎡ℓ³²]{1,3}|㎍/㎥|㎎/ℓ|[kMG]Pa|Pa|럭스|헥타르|제곱미터|세제곱미터|미터|학점|학급"
)
_SCALED = rf"(?:{_SCALE}\s?(?:{_NUMBER}\s?{_SCALE}\s?)*(?:{_NUMBER}\s?)?)?"
_PARTICLES = (
    r"(?:이|가|을|를|은|는|의|에|에서|에게|로|으로|과|와|도|만|씩|까지|부터|이나|나|"
    r"에서는|에는|이다|이며|이고|이었다|였다|째|짜리|당|별|동안|간|중|뿐|입니다|인데|이라|마다|보다|"
    r"인|일|임|이면|이라면|이거나|이던|이었던|이어야|이라도|이지만|이든|인지)"
)
# Any other noun of up to three syllables written at once behind a number counts something.
_LOOSE = (
    rf"(?!{_SCALE}?\s?{_CURRENCY}(?:{_PARTICLES})?(?![가-힣]))"  # "만원이면"
    r"(?![가-힣]{0,3}(?:에|에는|에서|으로)(?![가-힣]))(?!(?:은|는|이|가|을|를|의|에|와|과|도|만|로|등|및|년|월|일|시|분|초|중|간|째|씩|내|외|여|인|반|대비|년도|학년도|"
    rf"회계|한|두|세|네|부터|까지|에서|이상|이하|미만|초과|이내|정도|가량)(?:{_PARTICLES})?(?![가-힣]))[가-힣]{{1,3}}?"
    rf"(?={_PARTICLES}{{0,2}}(?:[\s,.)(·~/\]]|$))"
)
_COUNT = re.compile(
    rf"{_NEAR}{_LEAD}{_SIGN}{_RANGE}(?:\s?(?P<unit>(?:여\s?)?{_SCALED}(?:여\s?)?(?:{_COUNTERS}))(?![A-Za-z])"
    rf"|(?P<loose>{_SCALED}{_LOOSE})){_BOUND}"
)
_RATIO = re.compile(rf"{_NEAR}{_LEAD}(?<![\d:.])\d+(?:\.\d+)?\s?(?::|대)\s?1(?![\d:.월일시분])")
_ORDINALS = (
    r"(?:차(?!량)|항(?!목)|호(?!선)|위(?![가-힣])|번째|번(?!길)|단계|쪽|면(?=[\s,.)]|$)|등급|급(?![가-힣])|학년|순위"
    r"|조(?![\s가-힣]*원))"
)
_ORDINAL = re.compile(rf"(?=[제\d])(?:제\s?)?\d+(?:\s?[~∼-]\s?\d+)?\s?(?P<unit>{_ORDINALS})")
_ARTICLE = r"제\s?\d+조(?:의\s?\d+)?(?:\s?제\d+항)?(?!합)"
_ARTICLES = re.compile(rf"{_ARTICLE}(?:\s?(?:,|·|및)\s?{_ARTICLE})*")
_CLOCK = re.compile(
    r"(?=[오낮밤새아저\d])(?:(?:오전|오후|낮|밤|새벽|아침|저녁)\s?\d{1,2}시(?:\s?\d{1,2}분|\s?반)?(?:까지|부터)?"
    r"|(?<!\d)\d{1,2}시(?:\s?\d{1,2}분|\s?반)?(?:까지|부터)"
    r"|(?<![\d:])\d{1,2}:\d{2}(?:\s?[~∼～-]\s?\d{1,2}:\d{2})?(?![\d:])(?:까지|부터)?)"
)
_DURATION = re.compile(
    rf"{_NEAR}{_LEAD}{_RANGE}\s?(?P<unit>(?:여\s?)?(?:년간|년여|년|개월|달|주간|주일|주|일간|일|시간|분(?!기|야|석|의\s?\d)|초))"
    rf"(?!\s?\d)(?:\s?(?:이상|이하|미만|이내|초과|내외|안팎|정도|동안))?"
)
_YEAR = r"(?:[’‘'`]\s?\d{2}|(?<!\d)(?:19|20)\d{2}|(?<![\d.,])\d{2}(?=년))"
_MONTH_DAY = r"(?:0?[1-9]|1[0-2])\s?\.\s?(?:0?[1-9]|[12]\d|3[01])"
_PART_END = r"(?=까지|부터|에(?![가-힣])|[^가-힣]|$)"  # "5월 중" but not "5월 중소기업"
_HOUR = r"(?:\s?(?:오전|오후)?\s?\d{1,2}(?::\d{2}|시(?:\s?\d{1,2}분)?)(?:\s?(?:까지|부터))?)"
_WEEKDAY = r"(?:\s?\([월화수목금토일]\))?"
_TO = (
    rf"(?:{_WEEKDAY}{_HOUR}?\s?[~∼～〜–]\s?(?:{_YEAR}\s?[.\-/년]\s?)?(?:\d{{1,2}}\s?[.\-/월]\s?)?\d{{1,2}}(?:\s?[.일](?!\d))?"
    rf"(?![\d,%]|\s?(?:원|명|개|건|만|억|천)))"
)
_DATE = re.compile(
    rf"(?=[\d’‘'`금올내작지])(?:{_YEAR}\s?년\s?\d{{1,2}}\s?월(?:\s?\d{{1,2}}\s?일|\s?(?:초|말|중){_PART_END})?"
    rf"|{_YEAR}\s?[.\-/]\s?\d{{1,2}}\s?[.\-/]\s?\d{{1,2}}(?!\d|,\d{{3}})\.?"
    rf"|{_YEAR}\s?\.\s?\d{{1,2}}월?\.?"
    rf"|{_YEAR}\s?\.?\s?(?:上|下|末)(?:半期)?"
    rf"|{_YEAR}\s?년(?:도)?(?:\s?(?:상반기|하반기|연내|(?:초|말|중){_PART_END}))?"
    rf"|(?:금년|올해|내년|작년|지난해)\s?(?:\d{{1,2}}월(?:\s?\d{{1,2}}일)?|상반기|하반기|말|중)"
    rf"|\d{{1,2}}월\s?\d{{1,2}}일"
    rf"|(?<!\d)\d{{1,2}}월(?!\s?\d)(?:\s?(?:초|말|중){_PART_END})?"
    rf"|(?<![\d.,])\d{{2}}\.\s?{_MONTH_DAY}(?![\d.]*\d)\.?"
    rf"|(?<![\d.,’‘'`])(?<!\d\.\s){_MONTH_DAY}\s?\.(?=\s?(?:\([월화수목금토일]\)|까지|부터|[~∼～]))"
    rf"|^{_MONTH_DAY}\.(?=\s?$)"
    rf"|(?<=\(){_MONTH_DAY}\.?(?=\))"
    rf"|(?<![\d.,]){_MONTH_DAY}(?=\([월화수목금토일]\))"
    rf"|{_YEAR}(?![\d,.]*\s?(?:개|명|억|만|조)))"
    rf"{_TO}?{_WEEKDAY}{_HOUR}?"
    rf"(?:\s?(?:까지|부터|이내|이전|이후|(?:경|중){_PART_END}))?"
)
_QUARTER = re.compile(
    rf"(?=[\d’‘'`상하])(?:(?:{_YEAR}\s?(?:년도?|[.])?\s?)?(?:[1-4]\s?(?:/\s?4)?\s?분기|[1-4]Q|(?:상|하)반기)"
    rf"|(?:{_YEAR}\s?년?\s?)?\d{{1,2}}\s?월?\s?[~∼～-]\s?\d{{1,2}}\s?월(?!\s?\d)"
    rf"|(?:19|20)\d\d\s?(?:회계연도|학년도))"
)
_CONTACT = re.compile(
    r"(?:국번\s?없이\s?\d{3,4}"
    r"|(?:\(0\d{1,2}\)\s?|(?<!\d)0\d{1,2}[\s)\-.]{1,2})\d{3,4}-\d{4}"
    r"|1\d{3}-\d{4}"
    r"|[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]*[a-zA-Z0-9]"
    r"|(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&'*+,;=%-]*[A-Za-z0-9/=_-]"
    r"|[a-z0-9-]+\.(?:go|or|co|re|ac)\.kr(?:/[^\s()<>]*)?)"
)
ADDRESS = "주소"
"""The unit of a value that is a postal address."""
_PROVINCE = (
    r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청[북남]|전라[북남]|경상[북남])"
    r"(?:특별자치시|특별자치도|특별시|광역시|시|도)?"
)
_ADDRESS = re.compile(
    rf"(?:\(?\d{{5}}\)?\s)?{_PROVINCE}\s(?:[가-힣]{{1,6}}[시군구읍면]\s){{0,3}}[가-힣0-9]{{1,12}}(?:로|길)\s?\d+(?:-\d+)?"
    r"(?:번?길\s?\d+(?:-\d+)?)?"
)
_FRACTION = re.compile(
    r"(?<![\d.,])\d{1,4}\s?분의\s?\d+(?:\.\d+)?(?:\s?(?:이상|이하|미만|이내|초과))?"
)
_DIGIT = r"\d"
# Each pattern with a cheap test: what any of its matches holds.
_PATTERNS = tuple(
    (kind, pattern, re.compile(needs))
    for kind, pattern, needs in (
        (ValueKind.CONTACT, _CONTACT, r"\d-\d|@|://|www\.|\.kr|국번"),
        (ValueKind.DATE, _DATE, rf"{_DIGIT}|금년|올해|내년|작년|지난해"),
        (ValueKind.SHARE, _SHARE, r"[%％]|퍼센트"),
        (ValueKind.MONEY, _MONEY, r"[$€¥조억만천원불엔]|달러|위안|유로|파운드|루피|[Ww]on|USD|KRW"),
        (ValueKind.DURATION, _DURATION, rf"{_DIGIT}\s?(?:여\s?)?[년개주일시분초달박]"),
        (ValueKind.ORDINAL, _ORDINAL, _DIGIT),
        (ValueKind.COUNT, _COUNT, _DIGIT),
        (ValueKind.ORDINAL, _ARTICLES, r"제\s?\d"),
        (ValueKind.SHARE, _FRACTION, r"분의"),
        (ValueKind.SHARE, _RATIO, r"\d\s?(?::|대)\s?1"),
        (ValueKind.CONTACT, _ADDRESS, r"[로길]\s?\d"),
        (ValueKind.DATE, _CLOCK, r"\d시|\d:\d"),
        (ValueKind.DATE, _QUARTER, r"분기|반기|\dQ|\d월|회계"),
    )
)
_ANY = re.compile(
    rf"{_DIGIT}|[십백천만억]\s?(?:원|달러|불)|@|://|www\.|\.kr|금년|올해|내년|작년|지난해"
)


@lru_cache(maxsize=_TEXTS)
def values(text: str) -> tuple[Value, ...]:
    """All values of a readable text in order of place. Where two patterns match at overlapping
    places a contact stands, else the longer match, and the earlier pattern of the list where they
    are as long: "2,000억원" is money and not the year 2000. "7년" may be a duration and a count; it is given
    once, as a duration. The passages of an index are looked at by question after question, so the last
    texts are remembered."""
    if _ANY.search(text) is None:
        return ()
    found = list(_matches(text))
    found.sort(key=lambda item: (item[0] > 0, item[1].start - item[1].end, item[0], item[1].start))
    taken = bytearray(len(text))
    kept: list[Value] = []
    for _order, value in found:
        if not any(taken[value.start : value.end]):
            taken[value.start : value.end] = b"\x01" * (value.end - value.start)
            kept.append(value)
    return tuple(_joined(text, sorted(kept, key=lambda value: value.start)))


def _joined(text: str, found: Sequence[Value]) -> Iterator[Value]:
    """The values, a period from one day or hour to another as one: "1월부터 12월까지"."""
    before: Value | None = None
    for value in found:
        if before is not None and _period(text, before, value):
            till = _TILL.match(text, value.end)
            end = till.end() if till else value.end
            before = Value(before.kind, before.start, end, text[before.start : end], before.unit)
            continue
        if before is not None:
            yield before
        before = value
    if before is not None:
        yield before


def _period(text: str, one: Value, other: Value) -> bool:
    if one.kind is not ValueKind.DATE or other.kind not in (ValueKind.DATE, ValueKind.DURATION):
        return False
    between = text[one.end : other.start].strip()
    if one.text.endswith("부터") and not between:
        return other.text.endswith("까지") or _TILL.match(text, other.end) is not None
    return between in _TO_SIGNS and ":" not in one.text and one.text.endswith(("시", "분"))


_TILL = re.compile(r"까지")
_TO_SIGNS = ("~", "∼", "～", "〜", "–", "-")
_PER = re.compile(r"\s?(?:당|마다)(?![가-힣]{2})")


def _matches(text: str) -> Iterator[tuple[int, Value]]:
    for order, (kind, pattern, needs) in enumerate(_PATTERNS):
        if needs.search(text) is None:
            continue
        for match in pattern.finditer(text):
            if match.start() and text[match.start()].isdigit():
                before = text[match.start() - 1]
                if before.isdigit() or (before == "," and text[match.start() - 2].isdigit()):
                    continue
                if kind in _COUNTING and _NUMBERED.fullmatch(
                    text, max(0, match.start() - 2), match.start()
                ):
                    continue  # "제1주차장" is one of them, and no count
            unit = "조" if pattern is _ARTICLES else ADDRESS if pattern is _ADDRESS else ""
            for name in ("unit", "bare", "spelled", "loose"):
                if name in pattern.groupindex and match.group(name):
                    unit = match.group(name).strip()
            end = match.end() - (len(match.group()) - len(match.group().rstrip()))
            if kind is ValueKind.COUNT and _PER.match(text, end):
                continue  # "1인당", "1kg마다": what the value behind it is for
            yield order, Value(kind, match.start(), end, text[match.start() : end], unit)


_COUNTING = (ValueKind.COUNT, ValueKind.DURATION)
_NUMBERED = re.compile(r"[^가-힣]?제")
_PERIOD_TEXTS = 8192  # texts whose periods are kept
_IN_YEAR = r"(?:(?P<long>(?:19|20)\d\d)|['’‘`](?P<short>\d\d)|(?<![\d.,])(?P<bare>\d\d)(?=\s?년))"
_DOTTED = r"(?:(?P<full>(?:19|20)\d\d)|['’‘`](?P<two>\d\d))"
_END = re.compile(r"\s?(?:년)?\s?(?P<part>말|초)(?![가-힣])")
_SUFFIX = re.compile(r"(?:학년도|회계연도|년도|년)")
_ANY_PERIOD = re.compile(r"\d|반기")  # what all of them hold
_PATTERN = re.compile(
    rf"(?=[\d'’‘`상하])(?:(?:{_IN_YEAR}(?!\d)\s?(?:학년도|회계연도|년도|년|[.])?\s?)?"
    r"(?:(?P<quarter>[1-4])\s?(?:(?:/\s?4)?\s?(?:분기|Q)|/\s?4(?![\d.]))|(?P<half>[상하])반기"
    r"|(?P<first>1[0-2]|0?[1-9])\s?월?\s?(?:[~∼～-]|부터)\s?(?P<last>1[0-2]|0?[1-9])\s?월(?!\s?\d{1,2}\s?일)"
    r"|(?P<month>1[0-2]|0?[1-9])\s?월)"
    rf"|{_DOTTED}(?!\d)\s?[.\-/]\s?(?P<point>1[0-2]|0?[1-9])(?![\d%]|\s?[가-힣](?<![월말]))"
    r"|(?:(?P<alone>(?:19|20)\d\d)|['’‘`](?P<brief>\d\d)|(?<![\d.,])(?P<plain>\d\d)(?=년))(?!\d)\s?년?(?!\s?\d{1,2}\s?월))"
)


@dataclass(frozen=True, slots=True)
class Period:
    """``year`` is None where the text names none; the months count from 1, both ends in; 1 and 12
    where a whole year is named."""

    year: int | None
    first: int = 1
    last: int = 12

    @property
    def whole(self) -> bool:
        return self.first == 1 and self.last == 12

    def fits(self, asked: Period) -> bool:
        """Whether this names the stretch that is asked for: the same months, and not another
        year."""
        same = (self.first, self.last) == (asked.first, asked.last)
        return same and (self.year is None or asked.year is None or self.year == asked.year)


def period_spans(text: str) -> list[tuple[int, int]]:
    """Where a text names stretches, in order of place; half-open."""
    found = []
    for match in _PATTERN.finditer(text):
        end = len(match.group().rstrip()) + match.start()
        suffix = _SUFFIX.match(text, end)
        found.append((match.start(), suffix.end() if suffix else end))
    return found


@lru_cache(maxsize=_PERIOD_TEXTS)
def periods(text: str) -> tuple[Period, ...]:
    """The stretches that a text names, in order of place; a year before a quarter counts with it,
    and for the quarters behind it that name none."""
    if _ANY_PERIOD.search(text) is None:
        return ()
    found: list[Period] = []
    year: int | None = None
    for match in _PATTERN.finditer(text):
        told = (
            match["long"] or match["short"] or match["bare"] or match["full"] or match["two"]
            or match["alone"] or match["brief"] or match["plain"]
        )  # fmt: skip
        if told:
            year = int(told) if len(told) == 4 else 2000 + int(told)
        if match["quarter"]:
            end = 3 * int(match["quarter"])
            found.append(Period(year, end - 2, end))
        elif match["half"]:
            found.append(Period(year, *((1, 6) if match["half"] == "상" else (7, 12))))
        elif match["first"]:
            found.append(Period(year, int(match["first"]), int(match["last"])))
        elif match["month"] or match["point"]:
            month = int(match["month"] or match["point"])
            found.append(Period(year, month, month))
        else:
            part = _END.match(text, match.end())
            months = {"말": (12, 12), "초": (1, 1)}.get(part["part"], (1, 12)) if part else (1, 12)
            found.append(Period(year, *months))
    return tuple(found)
