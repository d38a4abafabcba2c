"""What stands where the answer should, but is said of another place, year or edition.

A question for Canada's standard finds the sentence on America's; one for the third stage the row of
the second. The words around agree, so only what takes the place of the one that was asked for tells.
Each function gives 0 where nothing speaks against an answer and 1 where another one stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.wording import flat

_CUT = re.compile(r"(?<=[다요음함임됨])\.\s|\n|\s(?=[•❖▣□◆◇➔▶※①-⑳])|\s(?=- )|\s(?=\*{1,3} )|;\s")
_NEARBY = 0.6  # the place asked for is named nowhere, nor is another
_HEADED = 0.3  # it is named in the headings, another one in the sentence
_PLACES: tuple[tuple[str, ...], ...] = (
    tuple(
        "한국 우리나라 국내 미국 중국 일본 영국 독일 프랑스 러시아 인도 캐나다 호주 유럽 베트남 싱가포르 이스라엘 "
        "대만 홍콩 스페인 이탈리아 터키 브라질 멕시코 인도네시아 아르헨티나 사우디 남아공 그리스 태국 뉴질랜드 "
        "필리핀 말레이시아 스웨덴 핀란드 네덜란드 스위스 폴란드 EU 유로존 미주 아시아 아프리카 중남미 북미 남미 "
        "동남아 중동".split()
    ),
    tuple(
        "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 충청 전라 경상 "
        "수도권 서남권 중부권 동남권 대경권 호남 영남".split()
    ),
)
_HOME = ("한국", "韓", "국내", "우리나라", "우리")
_ALSO = {
    "미국": ("미국", "美", "미 ", "대미", "미주"),
    "중국": ("중국", "中", "대중"),
    "일본": ("일본", "日", "대일"),
    "독일": ("독일", "獨"),
    "영국": ("영국", "英"),
    "한국": _HOME,
    "우리나라": _HOME,
    "국내": _HOME,
    "유럽": ("유럽", "EU", "유로"),
    "EU": ("EU", "유럽"),
    "미주": ("미주", "美", "미국"),
}
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)(\d{2})(?=년|[.~∼\-]|\s|\)|,|$|[가-힣])|['’‘`](\d{2})(?!\d)|(?<![\d.])(\d{2})년"
)
_THIS_YEAR = re.compile(r"올해|금년|연내|금번")
_FAR = 0.8  # only the neighbourhood speaks of years, and of others
_NO_YEAR = 0.7
_NUMBER = re.compile(
    r"제?\s?\d+(?:\.\d+)?\s?(?:차|회|호|조(?!\s?원)|기(?!가)|위|단계|분기|세대|주년|년차)(?![가-힣]*월)"
    r"|\d+\.0(?!\s?%)"
)
_SAME = {"차": "차|회", "회": "차|회"}
_UNSAID = 0.7  # no number of that sort stands there
_RANK = 0.5  # ranks are told by place as well


def clause_of(text: str, value: str) -> str:
    """The sentence or bullet of a readable text that holds a value; all of the text where the value is
    a list, is "" or is not in it."""
    at = text.find(value) if value and "; " not in value else -1
    if at < 0:
        return text
    end = at + len(value)
    cuts = [0, *(m.end() for m in _CUT.finditer(text)), len(text)]
    return text[max(c for c in cuts if c <= at) : min(c for c in cuts if c >= end)]


def other_place(asked: str, clause: str, headings: str) -> float:
    """Whether a country or region of the question is missing: 1 where the clause names another
    of its kind instead, less where it names none or where the headings name it."""
    worst = 0.0
    for kind in _PLACES:
        wanted = [place for place in kind if place in asked]
        if not wanted:
            continue
        another = any(_named(place, clause) for place in kind)
        for place in wanted:
            if _named(place, clause):
                continue
            if _named(place, headings):
                worst = max(worst, _HEADED if another else 0.0)
            else:
                worst = max(worst, 1.0 if another else _NEARBY)
    return worst


def _named(place: str, text: str) -> bool:
    return any(name in text for name in _ALSO.get(place, (place,)))


def other_year(years: Iterable[int], levels: Sequence[str], published: str) -> float:
    """Whether the years of a question are missing from what speaks of years nearest to the value:
    ``levels`` are the clause, the slice, the headings and the neighbourhood. ``published`` is the
    date of the document, which "올해" stands for and which counts where no year is told."""
    asked = {year % 100 for year in years}
    if not asked:
        return 0.0
    own = int(published[2:4]) if published[:4].isdigit() else -1
    for number, level in enumerate(levels):
        told = {int(next(filter(None, m.groups()))) for m in _YEAR.finditer(level)}
        if not told:
            continue
        if asked <= told or (len(asked) > 1 and asked & told):
            return 0.0
        if number == 0 and own in asked and _THIS_YEAR.search(level):
            return 0.0
        return 1.0 if number + 1 < len(levels) else _FAR
    return 0.0 if own in asked else _NO_YEAR


def other_number(asked: str, text: str) -> float:
    """Whether an ordinal, a stage or a version of the question ("제5차", "3단계", "2.0") is missing from
    a text: 1 where it has another one of that sort instead."""
    told = flat(text)
    worst = 0.0
    for match in _NUMBER.finditer(asked):
        number = match.group().replace(" ", "").removeprefix("제")
        digits = re.match(r"[\d.]+", number)
        figure = digits.group() if digits else ""
        unit = number[len(figure) :]
        units = _SAME.get(unit, re.escape(unit))
        if re.search(rf"(?<![\d.]){re.escape(figure)}(?:{units})", told):
            continue
        if unit == "위":
            worst = max(worst, 0.0 if "순위" in told else _RANK)
            continue
        if unit == "단계" and re.search(rf"(?<!\d){figure}[~·,∼-]\d단계", told):
            continue
        others = rf"(?<![\d.])\d+(?:\.\d+)?(?:{units})" if unit else r"\d\.0"
        worst = max(worst, 1.0 if re.search(others, told) else _UNSAID)
    return worst
