"""Names of people in running text, told by the surname they begin with and the title beside them.

The analyser alone does not do: it calls a name it does not know a common noun, and "산업부" a
proper one.
"""

from __future__ import annotations

import re

from rag import korean

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
