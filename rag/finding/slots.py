"""The slot that a question leaves open: what sort of thing fills it, what it is called, and the
words beside it.

"유아인이 신인상을 받은 영화제는?" leaves a 영화제 open, next to 받은; "무슨 색으로 칠했나" a 색,
next to 칠했나.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag import korean
from rag.types import Question, QuestionKind

SORTS = ("person", "place", "body", "time", "number", "name", "thing")

_BY_KIND = {
    QuestionKind.PERSON: "person",
    QuestionKind.PLACE: "place",
    QuestionKind.ORGANISATION: "body",
    QuestionKind.DATE: "time",
    QuestionKind.AMOUNT: "number",
}
_ASKED = re.compile(r"얼마|언제|누구|누가|어디|어느|어떤|무엇|무슨|뭐|뭔|뭘|몇|왜|어떻게|며칠")
_CASES = {"JKS": "s", "JKO": "o", "JKB": "b"}
_HEAD_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sort, re.compile(pattern))
    for sort, pattern in (
        ("time", r"^(?:해|년도|연도|날|날짜|시기|때|시대|세기|요일|계절|일자|연월일|[가-힣]+일)$"),
        (
            "number",
            r"^(?:수|횟수|점수|기록|금액|비율|개수|나이|높이|길이|무게|면적|순위|[가-힣]+[율률수액])$",
        ),
        (
            "person",
            r"(?:사람|인물|가수|배우|감독|선수|작가|학자|교수|대통령|총리|장관|왕|황제|저자|인|자|아버지|어머니|부인|"
            r"아들|딸|의원|장군|대표|작곡가|가|사제|대사|판사|검사|기자|변호사|사위|장인|친구|스승|제자)$",
        ),
        (
            "body",
            r"(?:회사|기업|기관|단체|구단|팀|정당|당|대학|대학교|학교|은행|부처|소속사|방송사|신문사|언론|클럽|밴드|부대|법원|군)$",
        ),
        (
            "place",
            r"(?:곳|장소|나라|국가|도시|지역|주|섬|강|산|출생지|고향|수도|위치|역|공항|학교|병원)$",
        ),
        (
            "name",
            r"(?:이름|제목|명칭|별명|별칭|영화|드라마|앨범|노래|곡|책|소설|작품|상|프로그램|잡지|신문|게임|언어|용어|말)$",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Slot:
    """``sort`` is one of SORTS; ``head`` the noun the question calls it by ("" where there is
    none); ``near`` the question's terms beside the slot, at most three, nearest first;
    ``particle`` what stands behind the question word ("를"), else ""."""

    sort: str
    head: str
    near: tuple[str, ...]
    particle: str
    roles: tuple[str, ...]


def slot(question: Question) -> Slot:
    """The slot of a question."""
    text = question.searched
    inside = korean.morphemes(text)
    asked = _ASKED.search(text)
    head, place = "", len(text)
    particle = ""
    if asked is not None:
        place = asked.start()
        behind = [m for m in inside if m.start >= asked.end()]
        if asked.group() in ("어느", "어떤", "무슨"):
            run: list[korean.Morpheme] = []
            for m in behind:
                if m.tag not in ("NNG", "NNP", "NNB", "SL", "XSN") or (
                    run and m.start > run[-1].end
                ):
                    break
                run.append(m)
            if run:
                head = text[run[0].start : run[-1].end]
                behind = [m for m in behind if m.start >= run[-1].end]
        if behind and behind[0].tag.startswith("J"):
            particle = behind[0].form
    if not head:
        before = [m for m in inside if m.end <= place]
        while before and (before[-1].tag[0] in "JSEV" or before[-1].tag == "VCP"):
            before.pop()
        run = []
        while before and before[-1].tag in ("NNG", "NNP", "NNB", "SL", "XSN"):
            if run and before[-1].end < run[0].start:
                break
            run.insert(0, before.pop())
        if run:
            head = text[run[0].start : run[-1].end]
            place = min(place, run[0].start)
            if head in ("이름", "제목", "명칭", "것") and len(before) > 0:
                noun = [m for m in before[-2:] if m.tag in ("NNG", "NNP")]
                if noun and noun[-1].end >= run[0].start - 2 and head != "것":
                    head = noun[-1].form
    roles = tuple(_CASES[m.tag] for m in inside if m.tag in _CASES and m.end <= place)
    terms = [t.text for t in question.terms if t.origin == "question" and t.text != head]
    return Slot(_sort(question, head), head, _near(text, terms, place), particle, roles)


def _near(text: str, terms: list[str], place: int) -> tuple[str, ...]:
    lower = text.lower()
    far = []
    for order, term in enumerate(terms):
        stem = term[:-1] if term.endswith("다") and len(term) > 2 else term
        at = lower.find(stem)
        if at >= 0:
            far.append((abs(at - place), order, term))
    near: list[str] = []
    for _far, _order, term in sorted(far):
        if not any(term in other or other in term for other in near):
            near.append(term)
    return tuple(near[:3])


def _sort(question: Question, head: str) -> str:
    sort = _BY_KIND.get(question.kind)
    if sort is not None:
        return sort
    for sort, pattern in _HEAD_SORTS:
        if head and pattern.search(head):
            return sort
    return "thing"
