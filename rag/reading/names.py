"""Names of people, bodies and things, and words that are opposites."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from rag import korean

_UNKNOWN = 5  # syllables of a noun of one piece that the analyser does not know
_NOUNS = ("NNG", "NNP", "XSN", "SL", "XR", "NNB")


@cache
def _tails() -> dict[str, tuple[str, ...]]:
    rows = files(__package__).joinpath("names.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {sort: tuple(words.split(",")) for sort, words in parts}


def ends_as_name(noun: str) -> bool:
    """Whether a noun ends as the names of bodies and places do, and is no common noun that does."""
    tails = _tails()
    return noun not in tails["not"] and noun.endswith((*tails["body"], *tails["place"]))


def is_proper(morpheme: korean.Morpheme) -> bool:
    """Whether a morpheme can be a name by itself: a proper noun, a word in Latin, or a noun so long
    that the analyser only does not know it."""
    return (morpheme.tag in ("NNP", "SL") and len(morpheme.form) > 1) or (
        morpheme.tag == "NNG" and len(morpheme.form) >= _UNKNOWN
    )


def tells_name(text: str, asked: str, *, person: bool = False) -> bool:
    """Whether a text tells a name that the question ``asked`` does not hold itself; of a ``person``
    one that does not end as those of bodies do."""
    if person and any(text[at:to] not in asked for at, to in people(text)):
        return True
    inside = korean.morphemes(text)
    for run in korean.together(m for m in inside if m.tag in _NOUNS):
        name = text[run[0].start : run[-1].end]
        if name in asked:
            continue
        ends = ends_as_name(name) or ends_as_name(run[-1].form)
        if person and not ends and any(m.tag == "NNP" and len(m.form) > 1 for m in run):
            return True
        if not person and (ends or any(is_proper(m) and m.form not in asked for m in run)):
            return True
    return False


_TITLE = (
    r"(?:장관|차관|부총리|총리|대통령|실장|국장|과장|팀장|단장|교수|대표이사|대표|원장|부원장|회장|부회장|사장|위원장|"
    r"위원|의원|정책관|기획관|박사|연구원|관세사|변호사|변리사|본부장|센터장|소장|이사장|이사|총장|조합장|시장|지사|군수|기자)"
)
_ANY_TITLE = re.compile(_TITLE)
# A title may carry its office: "산업부 무역투자실장". No particle ends a word of that office.
_BEFORE_TITLE = re.compile(
    r"\s(?:\(?[가-힣A-Za-z·]{1,20}(?<![을를은는의에])\)?\s){0,3}?" rf"[가-힣]{{0,12}}?{_TITLE}"
)
_BESIDE_TITLE = re.compile(rf"\s[가-힣]{{0,12}}?{_TITLE}")
_AFTER_TITLE = re.compile(rf"{_TITLE}(?:인|으로|에|은|는)?\s?[:(]?\s?$")
_TITLE_REACH = 12  # characters before a name in which its title may stand
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추석"
    "선설마길연위표명반왕금옥육인맹제모탁국편"
)
_LONG_SURNAMES = ("남궁", "황보", "제갈", "선우", "사공", "독고")
# Last syllables of common nouns and of offices, which hardly any name ends in.
_NOUN_ENDS = frozenset("가자인원관장업부처청국회사단체대물품법안권")
_OFFICE_ENDS = frozenset("부처청업대당행")
_NO_PEOPLE = frozenset(
    "한국 미국 이란 인도 유럽 서울 인천 전남 전북 강원 경남 경북 대한 전국 민간".split()
)


def people(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the names, in order. A name of two syllables counts only right before
    its title, one that the analyser does not know as a name only before one."""
    if _ANY_TITLE.search(text) is None:  # spares the analysis of most texts
        return []
    return [
        (m.start, m.end)
        for m in korean.morphemes(text)
        if _may_be_name(text[m.start : m.end], m.tag) and _has_title(text, m)
    ]


def _may_be_name(word: str, tag: str) -> bool:
    if tag not in ("NNP", "NNG") or word in _NO_PEOPLE or word[:1] not in _SURNAMES:
        return False
    if len(word) == 4:
        return word.startswith(_LONG_SURNAMES)
    ends = _OFFICE_ENDS if tag == "NNP" else _NOUN_ENDS
    return (len(word) == 3 and word[-1] not in ends) or (len(word) == 2 and tag == "NNP")


def _has_title(text: str, word: korean.Morpheme) -> bool:
    before = _BESIDE_TITLE if len(word.form) == 2 else _BEFORE_TITLE
    if before.match(text, word.end):
        return True
    near = text[max(0, word.start - _TITLE_REACH) : word.start]
    return word.tag == "NNP" and _AFTER_TITLE.search(near) is not None


@cache
def opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The pairs of opposites.tsv, the first of them a rise and a fall."""
    rows = files(__package__).joinpath("opposites.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple((re.compile(left), re.compile(right)) for left, right in pairs)


def rises(text: str) -> bool:
    """Whether a text tells of a rise."""
    return opposites()[0][0].search(text) is not None


def falls(text: str) -> bool:
    """Whether a text tells of a fall."""
    return opposites()[0][1].search(text) is not None
