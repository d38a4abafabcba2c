"""The fact inside a passage: the value that the question asks for, as the source writes it.

A value of the right kind is chosen by how near it stands to the question's words; those before it
count more, since a Korean clause names its subject first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag import korean
from rag.cells import CellAnswer, answer_cell
from rag.index import Index
from rag.listing import enumeration
from rag.people import people
from rag.reading import Reading, read
from rag.types import Document, Passage, Question, QuestionKind, Span
from rag.values import Value
from rag.wanted import TYPED, asks_who, fitting

_REACH = 18.0  # characters over which nearness falls to 1/e
_AFTER = 0.45  # what a word behind the value counts, against one before it
_SPOKEN_FOR = 0.5  # what a word counts for a value behind another one
_QUOTE = 260  # characters; a longer passage is narrowed to the sentence of its value

_MARKER = re.compile(r"\s*(?:(?:[-•▣□◆◇❖➔▶●○ㅇ※·]|\*{1,3})\s+)+")

_SHORT_CELL = 60  # characters; a longer cell is searched for the value inside it

_SHORT_NAME = 20  # the same where a name is asked for
_UNKNOWN = 6  # syllables of a noun of one piece
_NAMING = (QuestionKind.ORGANISATION, QuestionKind.PERSON, QuestionKind.PLACE)

_ORG_TAIL = re.compile(
    r"(?:부|처|청|원|회|공단|공사|은행|대학교|대학|연구소|연구원|협회|위원회|법인|센터|기업|진흥원|재단|조합|그룹|"
    r"전자|시스템|증권|보험|기구|본부|국|단|사|社|연합|학회|세종|파크)$"
)
_EDGE = 1.6  # what "까지" or "부터" behind a date says for it
_START = re.compile(r"부터|시작|개시")
_DEADLINE = re.compile(r"까지|마감|기한")
_PLACE_TAIL = re.compile(r"(?:시|도|군|구|주|국|지역|단지|시티|센터|호텔|청사|공장|캠퍼스|홀)$")
# Common nouns that end as the names of organisations and places do.
_NO_NAMES = frozenset(
    "출처 전부 일부 내부 외부 여부 정원 회원 지원 자원 인원 의원 위원 직원 공원 재원 차원 사회 기회 대회 조사 회사 행사 "
    "심사 검사 인사 역사 이사 박사 결국 전국 각국 수단 집단 판단 진단 첨단 차단 신청 요청 초청 대처 제도 정도 속도 연도 "
    "한도 강도 태도 의도 필요시 동시 즉시 실시 역시 경시 중시 연구 기구 요구 도구 인구 가구 친구 욕구".split()
)
_COUNTRIES = frozenset(
    "미국 중국 일본 한국 독일 프랑스 영국 인도 러시아 캐나다 이탈리아 스페인 브라질 멕시코 호주 터키 "
    "인도네시아 사우디 남아공 아르헨티나 베트남 대만 싱가포르 유럽 유로존 EU 스위스 네덜란드 이스라엘".split()
)


@dataclass(frozen=True, slots=True)
class Extract:
    """A slice to quote: its span in the source, its readable text, and the fact inside it, ""
    where the slice as a whole is the answer. ``header`` is the span of the column headers that
    name the fact when it is a cell."""

    span: Span
    text: str
    value: str = ""
    header: Span | None = None


def extract(index: Index, question: Question, passage: Passage) -> Extract:
    """The slice of a passage that answers and the fact in it."""
    document = next(d for d in index.documents if d.file == passage.file)
    if passage.rows is not None:
        cell = answer_cell(index, question, document, passage)
        if cell is not None:
            return _from_cell(question, document, passage, cell)
    reading = read(document.text, passage.span, passage.joins)
    if question.kind is QuestionKind.LIST:
        marks = [at for at, _end, _weight in _marks(question, reading.text)]
        items = _unnamed(question, reading.text) if asks_who(question) else []
        items = items if len(items) > 1 else enumeration(reading.text, marks)
        if items:
            listed = "; ".join(reading.text[at:to] for at, to in items)
            return _slice(reading, 0, len(reading.text), listed)
    found = _place(question, reading.text)
    if found is None:
        return _slice(reading, 0, len(reading.text), "")
    at, to = found
    start, end = (0, len(reading.text))
    if len(reading.text) > _QUOTE:
        start, end = _narrow(reading.text, at)
        end = max(end, to)
    return _slice(reading, start, end, reading.text[at:to])


def _from_cell(
    question: Question, document: Document, passage: Passage, cell: CellAnswer
) -> Extract:
    """The row that holds the cell, with the cell, or the value inside a long one, as the fact."""
    text = cell.text
    if question.kind is QuestionKind.LIST:
        items = enumeration(text, [0])
        text = "; ".join(text[at:to] for at, to in items) if items else text
    elif len(text) > _longest_whole(question):
        found = _place(question, text)
        if found is not None:
            text = text[slice(*found)]
    reading = read(document.text, cell.row, passage.joins)
    at = reading.text.find(text)
    if len(reading.text) > _QUOTE and at >= 0 and len(cell.text) > _SHORT_CELL:
        start, end = _narrow(reading.text, at)
        part = _slice(reading, start, max(end, at + len(text)), text)
        return Extract(part.span, part.text, text, cell.header)
    return Extract(cell.row, reading.text, text, cell.header)


def _longest_whole(question: Question) -> int:
    """Characters up to which a cell is taken whole as the fact."""
    if question.kind in TYPED:
        return 0
    return _SHORT_NAME if question.kind in _NAMING else _SHORT_CELL


def _slice(reading: Reading, start: int, end: int, value: str) -> Extract:
    text = reading.text[start:end].rstrip()
    marker = _MARKER.match(text)
    left = marker.end() if marker else 0
    text = text[left:] or text
    span = reading.span(start + left, start + left + len(text))
    return Extract(span, text, value)


def _place(question: Question, text: str) -> tuple[int, int] | None:
    """Where the fact stands in a readable text, or None."""
    marks = list(_marks(question, text))
    if question.kind in TYPED:
        found = [(v.start, v.end, _bonus(question, v)) for v in fitting(question, text)]
        return _best(found, marks, _SPOKEN_FOR)
    if question.kind is QuestionKind.PERSON:
        return _best([(at, to, 0.0) for at, to in _unnamed(question, text)], marks)
    if question.kind in (QuestionKind.ORGANISATION, QuestionKind.PLACE):
        return _best(_names(question, text), marks)
    return None


def _bonus(question: Question, value: Value) -> float:
    """What a value's own form says for it: a deadline ends in "까지", a start in
    "부터", and a date with a day is a better answer than a bare year."""
    bonus = 0.0
    if question.kind is QuestionKind.DATE:
        if _DEADLINE.search(question.searched):
            bonus += _EDGE * value.text.endswith("까지") - _EDGE * value.text.endswith("부터")
        elif _START.search(question.searched):
            bonus += _EDGE * value.text.endswith("부터") - _EDGE * value.text.endswith("까지")
        bonus += 0.4 * bool(re.search(r"월|\d\.\s?\d", value.text))
    return bonus


def _marks(question: Question, text: str) -> Iterator[tuple[int, int, float]]:
    """Where the question's words stand in the text, with their weights."""
    lower = text.lower()
    for term in question.terms:
        form = term.text[:-1] if term.text.endswith("다") and len(term.text) > 2 else term.text
        if len(form) < 2 and not form.isalnum():
            continue
        for match in re.finditer(re.escape(form.lower()), lower):
            yield match.start(), match.end(), term.weight * math.sqrt(len(form))


def _best(
    candidates: Sequence[tuple[int, int, float]],
    marks: Sequence[tuple[int, int, float]],
    spoken_for: float = 1.0,
) -> tuple[int, int] | None:
    """The candidate nearest to the question's words; ties go to the first. For each other
    candidate that stands between, a word counts ``spoken_for`` times as much."""
    best: tuple[float, int, int] | None = None
    for number, (start, end, bonus) in enumerate(candidates):
        score = bonus
        for at, to, weight in marks:
            if to <= start:
                between = sum(to <= other[0] for other in candidates[:number])
                score += weight * math.exp(-(start - to) / _REACH) * spoken_for**between
            elif at >= end:
                between = sum(other[1] <= at for other in candidates[number + 1 :])
                score += _AFTER * weight * math.exp(-(at - end) / _REACH) * spoken_for**between
            else:
                score += 0.5 * weight
        if best is None or score > best[0] + 1e-9:
            best = (score, start, end)
    return None if best is None else (best[1], best[2])


def _unnamed(question: Question, text: str) -> list[tuple[int, int]]:
    """People in the text whom the question does not name itself."""
    return [(at, to) for at, to in people(text) if text[at:to] not in question.searched]


def _names(question: Question, text: str) -> list[tuple[int, int, float]]:
    """Runs of nouns that look like the name of an organisation or a place."""
    place = question.kind is QuestionKind.PLACE
    asked = question.searched.lower()
    runs: list[list[korean.Morpheme]] = []
    for morpheme in korean.morphemes(text):
        if morpheme.tag in ("NNP", "NNG", "SL", "SN", "XSN", "XPN", "SH"):
            last = runs[-1][-1] if runs else None
            if last is not None and _one_name(text, last, morpheme):
                runs[-1].append(morpheme)
            else:
                runs.append([morpheme])
    names = []
    for run in runs:
        start, end = run[0].start, run[-1].end
        name = text[start:end]
        if name.lower() in asked or len(name) < 2:
            continue
        # A long noun that the analyser cannot take apart is a name it does not know.
        proper = any(m.tag in ("NNP", "SL") or len(m.form) >= _UNKNOWN for m in run)
        tail = run[-1].form not in _NO_NAMES and (_PLACE_TAIL if place else _ORG_TAIL).search(name)
        known = place and name in _COUNTRIES
        if proper or tail or known:
            latin = all(m.tag in ("SL", "SN") for m in run)
            gloss = text.rfind("(", 0, start) > text.rfind(")", 0, start)
            bonus = 0.6 * proper + 0.8 * bool(tail) + 1.0 * known - 0.5 * latin - 1.0 * gloss
            names.append((start, end, bonus))
    return names


def _one_name(text: str, left: korean.Morpheme, right: korean.Morpheme) -> bool:
    """Whether two morphemes are written together, or are Latin words with a blank between."""
    latin = left.tag == right.tag == "SL" and text[left.end : right.start] == " "
    return left.end == right.start or latin


def _narrow(text: str, at: int) -> tuple[int, int]:
    """The sentence or bullet of a readable text that holds position ``at``."""
    cuts = [0]
    cuts += [m.start() + 1 for m in re.finditer(r"\s(?=[•❖▣□◆◇➔▶①-⑳]|- |\*+ )", text)]
    cuts += [m.end() for m in re.finditer(r"(?<=[다요음함임됨]\.)\s", text)]
    cuts = [*sorted(set(cuts)), len(text)]
    start = max(cut for cut in cuts[:-1] if cut <= at)
    end = min(cut for cut in cuts if cut > at)
    return start, end
