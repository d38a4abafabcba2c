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
from rag.reading import Reading, read
from rag.types import Document, Passage, Question, QuestionKind, Span
from rag.values import Value
from rag.wanted import TYPED, fitting

_REACH = 18.0  # characters over which nearness falls to 1/e
_AFTER = 0.45  # what a word behind the value counts, against one before it
_QUOTE = 260  # characters; a longer passage is narrowed to the sentence of its value

_MARKER = re.compile(r"\s*(?:(?:[-•▣□◆◇❖➔▶●○ㅇ※·]|\*{1,3})\s+)+")

_SHORT_CELL = 60  # characters; a longer cell is searched for the value inside it

_ORG_TAIL = re.compile(
    r"(?:부|처|청|원|회|공단|공사|은행|대학교|대학|연구소|연구원|협회|위원회|법인|센터|기업|진흥원|재단|조합|그룹|"
    r"전자|시스템|증권|보험|기구|본부|국|단|사|社|연합|학회|세종|파크)$"
)
_TITLE = re.compile(
    r"(?:장관|차관|부총리|총리|대통령|실장|국장|과장|단장|교수|대표이사|대표|원장|부원장|회장|부회장|사장|위원장|위원|"
    r"의원|정책관|기획관|박사|연구원|관세사|본부장|센터장)"
)
_PERSON = re.compile(
    rf"(?P<before>[가-힣]{{2,4}})\s(?:[가-힣A-Za-z·()]{{1,20}}\s){{0,3}}?{_TITLE.pattern}"
    rf"|{_TITLE.pattern}(?:으로|에|은|는|:)?\s(?P<after>[가-힣]{{2,4}})(?=\s|$|[,()])"
)
_DEADLINE = re.compile(r"까지|마감|기한")
_PLACE_TAIL = re.compile(r"(?:시|도|군|구|주|국|지역|단지|시티|센터|호텔|청사|공장|캠퍼스|홀)$")
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
        items = enumeration(reading.text, marks)
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
    elif len(text) > _SHORT_CELL or question.kind in TYPED:
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
        return _best(found, marks)
    if question.kind is QuestionKind.PERSON:
        people = []
        for match in _PERSON.finditer(text):
            name = "before" if match.group("before") else "after"
            if match.group(name) not in question.searched:
                people.append((match.start(name), match.end(name), 0.0))
        proper = {(m.start, m.end) for m in korean.morphemes(text) if m.tag == "NNP"}
        return _best([p for p in people if (p[0], p[1]) in proper] or people[:0], marks)
    if question.kind in (QuestionKind.ORGANISATION, QuestionKind.PLACE):
        return _best(_names(question, text), marks)
    return None


def _bonus(question: Question, value: Value) -> float:
    """What a value's own form says for it: a deadline ends in "까지", and a date with a day is a
    better answer than a bare year."""
    bonus = 0.0
    if question.kind is QuestionKind.DATE:
        if _DEADLINE.search(question.searched):
            bonus += 0.8 * value.text.endswith("까지") - 0.8 * value.text.endswith("부터")
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
    candidates: Sequence[tuple[int, int, float]], marks: Sequence[tuple[int, int, float]]
) -> tuple[int, int] | None:
    """The candidate nearest to the question's words; ties go to the first."""
    best: tuple[float, int, int] | None = None
    for start, end, bonus in candidates:
        score = bonus
        for at, to, weight in marks:
            if to <= start:
                score += weight * math.exp(-(start - to) / _REACH)
            elif at >= end:
                score += _AFTER * weight * math.exp(-(at - end) / _REACH)
            else:
                score += 0.5 * weight
        if best is None or score > best[0] + 1e-9:
            best = (score, start, end)
    return None if best is None else (best[1], best[2])


def _names(question: Question, text: str) -> list[tuple[int, int, float]]:
    """Runs of nouns that look like the name of an organisation or a place."""
    place = question.kind is QuestionKind.PLACE
    asked = question.searched.lower()
    runs: list[list[korean.Morpheme]] = []
    for morpheme in korean.morphemes(text):
        if morpheme.tag in ("NNP", "NNG", "SL", "SN", "XSN", "XPN", "SH"):
            if runs and runs[-1] and morpheme.start == runs[-1][-1].end:
                runs[-1].append(morpheme)
            else:
                runs.append([morpheme])
    names = []
    for run in runs:
        start, end = run[0].start, run[-1].end
        name = text[start:end]
        if name.lower() in asked or len(name) < 2:
            continue
        proper = any(m.tag in ("NNP", "SL") for m in run)
        tail = (_PLACE_TAIL if place else _ORG_TAIL).search(name)
        known = place and name in _COUNTRIES
        if proper or tail or known:
            latin = all(m.tag in ("SL", "SN") for m in run)
            gloss = start > 0 and text[start - 1] == "("
            bonus = 0.6 * proper + 0.8 * bool(tail) + 1.0 * known - 0.5 * latin - 1.0 * gloss
            names.append((start, end, bonus))
    return names


def _narrow(text: str, at: int) -> tuple[int, int]:
    """The sentence or bullet of a readable text that holds position ``at``."""
    cuts = [0]
    cuts += [m.start() + 1 for m in re.finditer(r"\s(?=[•❖▣□◆◇➔▶①-⑳]|- |\*+ )", text)]
    cuts += [m.end() for m in re.finditer(r"(?<=[다요음함임됨]\.)\s", text)]
    cuts = [*sorted(set(cuts)), len(text)]
    start = max(cut for cut in cuts[:-1] if cut <= at)
    end = min(cut for cut in cuts if cut > at)
    return start, end
