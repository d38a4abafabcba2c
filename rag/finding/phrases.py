"""Phrases of a sentence, and the slot that a question leaves open in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag import korean
from rag.korean import Morpheme
from rag.reading.names import ends_as_name, is_proper
from rag.reading.sentences import sentence_starts
from rag.reading.values import Value
from rag.types import Question, QuestionKind

_NOUNS = frozenset("NNG NNP NNB NR SL SN SH XPN XSN XR SW SO".split())
_HEADS = frozenset("NNG NNP NNB NR SL SN SH XSN XR SW".split())
_AND_SO_ON = ("등", "등등")  # belongs to no name
_MOST_WORDS = 5
_LONGEST = 60  # characters
_QUOTED = re.compile(
    r"《([^《》]{1,60})》|〈([^〈〉]{1,60})〉|「([^「」]{1,60})」|『([^『』]{1,60})』|‘([^‘’]{1,60})’"
    r"|“([^“”]{1,60})”|(?<![\w'])'([^'\n]{1,60})'|\"([^\"\n]{1,60})\""
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """``text[start:end]``. ``first`` and ``last`` number its first morpheme and the one behind
    its last; ``words`` counts its words, ``whole`` says that its run of nouns is no longer than
    it, ``quoted`` that quotation marks stand around it, ``value`` that it is a date or number."""

    start: int
    end: int
    first: int
    last: int
    words: int
    whole: bool = False
    quoted: bool = False
    value: Value | None = None


def phrases(text: str, inside: Sequence[Morpheme], values: Sequence[Value]) -> list[Phrase]:
    """The phrases of a text with the morphemes ``inside`` it, each range once, in order of place
    and of length. At most five words and 60 characters each; a run of nouns is offered whole and
    in parts, also with the run before it that "의", "와" or "과" ties to it."""
    found: dict[tuple[int, int], Phrase] = {}
    starts = {m.start: i for i, m in enumerate(inside)}
    ends = {m.end: i + 1 for i, m in enumerate(inside)}
    for value in values:
        end = value.start + len(value.text.rstrip(" ."))
        first = starts.get(value.start, _at(inside, value.start))
        last = ends.get(end, _at(inside, end))
        words = 1 + value.text.count(" ")
        found[value.start, end] = Phrase(value.start, end, first, last, words, True, value=value)
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 1
        start, end = match.span(group)
        start, end = start + len(text[start:end]) - len(text[start:end].lstrip()), end
        end = start + len(text[start:end].rstrip())
        words = 1 + text.count(" ", start, end)
        first, last = _at(inside, start), _at(inside, end)
        if last > first:
            found[start, end] = Phrase(start, end, first, last, words, True, True)
    for match in _COMPANY.finditer(text):
        start, end = match.span()
        first, last = _at(inside, start), ends.get(end, 0)
        if last > first and inside[last - 1].tag in _HEADS:
            words = 1 + text.count(" ", start, end)
            found[start, end] = Phrase(start, end, first, last, words, True)
    for phrase in _nouns(text, inside):
        found.setdefault((phrase.start, phrase.end), phrase)
    level = (
        p
        for p in found.values()
        if text.count("(", p.start, p.end) == text.count(")", p.start, p.end)
    )
    return sorted(level, key=lambda p: (p.start, p.end))


# A name that holds its legal form: "법무법인(유) 세종", "㈜한빛", "한빛(주)".
_COMPANY = re.compile(
    r"(?<![\w])(?:[가-힣A-Za-z]{2,12}\s?)?(?:\((?:주|유|사|재|株)\)|㈜)\s?[가-힣A-Za-z]{2,12}"
)
_ADDRESS = re.compile(r"www\.|://|@|\w\.(?:com|kr|net|org)")


def is_name(text: str, inside: Sequence[Morpheme], phrase: Phrase, *, person: bool = False) -> bool:
    """Whether a phrase can be the name of an organisation or of a place, or of a person, which
    holds a proper name whatever it ends in."""
    here = inside[phrase.first : phrase.last]
    if phrase.value is not None or not here or _ADDRESS.search(text, phrase.start, phrase.end):
        return False
    proper = any(m.tag in ("NNP", "SL") or is_proper(m) for m in here)
    if person:
        return phrase.quoted or proper
    last = text[phrase.start : phrase.end].split()[-1]
    return phrase.quoted or proper or (len(last) > 1 and ends_as_name(last))


def _at(inside: Sequence[Morpheme], place: int) -> int:
    """The number of the first morpheme that begins at a place or behind it."""
    low, high = 0, len(inside)
    while low < high:
        middle = (low + high) // 2
        if inside[middle].start < place:
            low = middle + 1
        else:
            high = middle
    return low


def _nouns(text: str, inside: Sequence[Morpheme]) -> Iterator[Phrase]:
    runs = list(_runs(text, inside))
    for number, words in enumerate(runs):
        count = len(words)
        for i in range(count):
            for j in range(i + 1, min(count, i + _MOST_WORDS) + 1):
                phrase = _phrase(inside, words[i][0], words[j - 1][1], j - i, j - i == count)
                if phrase is not None:
                    yield phrase
        if number and _tied(inside, runs[number - 1][-1][1], words[0][0]):
            before = runs[number - 1]
            for i in range(len(before)):
                total = len(before) - i + count
                phrase = _phrase(inside, before[i][0], words[-1][1], total, i == 0)
                if phrase is not None and total <= _MOST_WORDS:
                    yield phrase


def _tied(inside: Sequence[Morpheme], end: int, start: int) -> bool:
    return start - end == 1 and inside[end].tag in ("JKG", "JC")


def _phrase(
    inside: Sequence[Morpheme], first: int, last: int, words: int, whole: bool
) -> Phrase | None:
    while first < last and inside[first].tag in ("SO", "SW", "XSN"):
        first += 1
    while last > first and (
        inside[last - 1].tag not in _HEADS
        or (inside[last - 1].tag == "NNB" and inside[last - 1].form in _AND_SO_ON)
    ):
        last -= 1
    if first >= last:
        return None
    start, end = inside[first].start, inside[last - 1].end
    after = inside[last] if last < len(inside) else None
    if after is not None and after.start == end and after.tag[0] in "VMI" and after.tag != "VCP":
        return None  # the analyser has cut a word that it does not know
    return Phrase(start, end, first, last, words, whole) if end - start <= _LONGEST else None


def is_bullet(text: str, morpheme: Morpheme) -> bool:
    """Whether a mark stands apart, so that a line begins with it: " - * 중기부"."""
    if morpheme.tag not in ("SO", "SW"):
        return False
    before, behind = text[: morpheme.start][-1:] or " ", text[morpheme.end : morpheme.end + 1]
    return before.isspace() and behind.isspace()


def _runs(text: str, inside: Sequence[Morpheme]) -> Iterator[list[tuple[int, int]]]:
    """Runs of nouns, as ranges of the morphemes of each word."""
    run: list[tuple[int, int]] = []
    for number, morpheme in enumerate(inside):
        if morpheme.tag not in _NOUNS or is_bullet(text, morpheme):
            if run:
                yield run
            run = []
            continue
        if run and run[-1][1] == number:
            gap = text[inside[number - 1].end : morpheme.start]
            if not gap:
                run[-1] = (run[-1][0], number + 1)
                continue
            if gap.isspace() and len(gap) == 1:
                run.append((number, number + 1))
                continue
            yield run
            run = []
        elif run:
            yield run
            run = []
        run.append((number, number + 1))
    if run:
        yield run


def clause_cuts(text: str, inside: Sequence[Morpheme]) -> list[int]:
    """Where clauses begin: at sentences and behind connective endings such as -고 and -며, with
    0 and the text's length, ascending."""
    cuts = set(sentence_starts(text))
    for morpheme, after in pairwise(inside):
        if morpheme.tag == "EC" and not after.tag.startswith("VX") and after.start > morpheme.end:
            cuts.add(after.start)
        if after.tag == "SP" and morpheme.tag in ("EC", "JX", "JKB"):
            cuts.add(after.end)
    return sorted(cuts)


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
