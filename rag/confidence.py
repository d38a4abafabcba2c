"""How sure the assistant is that what it found answers the question.

A question whose answer is missing mostly resembles its documents: it asks for the phone hours of
a hotline that is named there, or for next year's budget of a programme that has this year's. So
likeness alone says little. What tells the two apart is what the best slice lacks: a value of the
kind asked for, a name of the sort asked for, the word that names what is wanted, what is said to
have happened, the year, a name or a number that stands nowhere near.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag import korean
from rag.demand import events, implied, tells_name, wanted_noun
from rag.index import Index
from rag.mismatch import clause_of, other_number, other_place, other_year
from rag.proximity import nearness, rarest_missing, said
from rag.quantity import amount_in_words
from rag.reading.values import values
from rag.retrieval.ranking import Ranking
from rag.types import Evidence, Question, QuestionKind
from rag.wanted import fitting, wanted_kinds
from rag.wording import Words, flat, known_as

# A reason or a comparison has no one word that names it.
_UNFOCUSED = frozenset((QuestionKind.REASON, QuestionKind.COMPARISON))
_NOUNS = ("NNG", "NNP", "XR", "SL", "SH")
_ALONE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_GENERAL = frozenset(
    "질문 내용 문서 보고서 자료 방법 이유 까닭 정도 때 곳 것 수 말 이름 뜻 사람 회사 나라 얼마 우리 "
    "우리말 언제 어디 무엇 누구 몇 가지 번 중 뭐 답 전부 모두 직접 제도 글 눈 일 몫 탓 쪽 데".split()
)
_AROUND = 3  # passages to each side whose words count as said here too
_YEARS_AROUND = 6  # the same for years, which stand in headings and at the top of lists
_NEAR_ROWS = 8  # rows beside the best that speak of the same thing
_RIVALS = 60  # rows among which the best of another thing is looked for
_MARGIN = 0.5
_UNKNOWN = 5  # syllables from which a noun of one morpheme is a name
_TERMS = 12  # words from which a question counts as long
_DATED = re.compile(r"['’‘]?\d{2,4}\s?[년.]|\d{1,2}월|\d{1,2}\.\d{1,2}")
_BY_NAME = re.compile(r"이름|누구|누가|명칭|어느|어디|무슨")
_NAME = 25  # characters of the longest name


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence is judged by, each in [0, 1].

    ``typed``: a value of the kind asked for is found where an amount is; 1 for other kinds, whose
    values are found too rarely in prose to say much. ``undated``: a date is asked for and the value
    holds none. ``lengthy``: a name is asked for and the value is longer than one.
    ``named``: a name of the sort asked for is told (:func:`rag.demand.tells_name`).
    ``focus``: how well the word that names what is wanted is met in the slice or its headings, by
    another name of it or by the value itself, 1 where it is, else the cosine of the nearest
    word; ``wanted``: the same in the passage, or 1 where the noun next to the question word
    names a sort of thing and not a thing ("사람", "비율"). ``event``: the same for the worst met of
    the nouns of verbs.
    ``near``: the share of the question's weight that stands near the value
    (:func:`rag.proximity.nearness`). ``rare``: how rare the rarest noun is that the slice and its
    headings lack. ``terms``: the length of the question in words, twelve or more being 1: a short
    one is met by chance. ``margin``: the lead in fused score over the best row that speaks
    of something else, up to 0.5. ``name``: a proper name of the question stands nowhere around the
    passage. ``place``, ``year``, ``number``: another one stands in its stead (:mod:`rag.mismatch`).
    ``cell``: the passage is the row of a table whose cell the question names by row and
    column; ``only_cell``: it is, and the word that names what is wanted is not met.
    """

    typed: float
    undated: float
    lengthy: float
    named: float
    focus: float
    wanted: float
    event: float
    near: float
    rare: float
    terms: float
    margin: float
    name: float
    place: float
    year: float
    number: float
    cell: float
    only_cell: float


def confidence(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Logistic function of the weighted signals; ``weights`` has one for each and a "bias"."""
    total = weights["bias"] + sum(weights[name] * value for name, value in signals.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def signals(
    index: Index,
    question: Question,
    ranking: Ranking,
    row: int,
    evidence: Sequence[Evidence],
    *,
    cell: bool,
) -> Signals:
    """The signals of the best row for a question. ``evidence`` begins with the slice cut from that
    row and the headers that name its cell."""
    passage = index.passages[row]
    document = index.documents[index.groups[row]]
    own = [item for item in evidence if item.passage is passage]
    value = own[0].value if own else ""
    slice = own[0].text if own else passage.text
    clause = clause_of(slice, value)
    headers = [item.text for item in own[1:]]
    header = " ".join(headers)
    path = " ".join(passage.path)
    near = f"{document.title} {path} {passage.text} {header}"
    told = f"{document.title} {path} {slice} {header}"
    words = Words(index.encoder, near)
    heard = Words(index.encoder, told)
    nouns = [
        m
        for m in korean.morphemes(question.searched)
        if m.tag in _NOUNS and m.form not in _GENERAL and len(m.form) > 1
    ]
    unseen = math.log(1 + len(index.passages) / 0.5)

    def rarity(term: str) -> float:
        return index.body.idf(term) or unseen

    named = _focus_met(question, words, nouns, value)
    noun = wanted_noun(question)
    asked = sum(term.origin == "question" for term in question.terms)
    by_name = question.kind is not QuestionKind.LIST and _BY_NAME.search(question.searched)
    levels = (
        clause,
        slice + header,
        path + document.title,
        _text_around(index, row, _YEARS_AROUND),
    )
    above = " ".join([*passage.path[-2:], header])
    return Signals(
        typed=float(_typed(question, value, passage.rows is not None)),
        undated=float(question.kind is QuestionKind.DATE and not _DATED.search(value)),
        lengthy=float(bool(by_name) and len(value) > _NAME),
        named=float(tells_name(question, value, slice)),
        focus=_focus_told(question, noun.noun, heard, told, value, clause),
        wanted=max(named, 1.0 if noun.generic else words.met(noun.noun)),
        event=min((words.met(event) for event in events(question)), default=1.0),
        near=nearness(question, rarity, slice, value, f"{header} {path}"),
        rare=rarest_missing(question, rarity, heard, told),
        terms=min(1.0, asked / _TERMS),
        margin=min(_MARGIN, _margin(index, ranking, row)),
        name=_name_missing(question, nouns, flat(f"{near} {_text_around(index, row, _AROUND)}")),
        place=other_place(question.searched, clause, f"{above} {document.title}"),
        year=other_year(question.years, levels, document.published),
        number=other_number(question.searched, told),
        cell=float(cell),
        only_cell=float(cell and named < 0.9),
    )


def _focus_told(
    question: Question, noun: str, words: Words, text: str, value: str, clause: str
) -> float:
    """How well the word that names what is wanted is met by a text, in any of its names, or by the
    value itself."""
    focus = "".join(question.focus)
    if not focus or (noun and implied(noun, value, clause)):
        return 1.0
    if question.kind is QuestionKind.CONTACT and value:
        return 1.0  # a number is a fax's by the word before it, in whatever language
    return max(said(question, (focus,), text), words.met(focus))


def _typed(question: Question, value: str, tabled: bool) -> bool:
    """Whether the amount asked for was found; a number in a table, or alone in a row of numbers,
    has its unit elsewhere."""
    kinds = wanted_kinds(question)
    if not kinds or question.kind is not QuestionKind.AMOUNT:
        return True
    if _ALONE.fullmatch(value):
        return True
    if tabled and (re.search(r"\d", value) or amount_in_words(value)):
        return True
    return any(v.kind in kinds for v in values(value)) or (
        bool(question.unit) and bool(fitting(question, value))
    )


def _focus_met(
    question: Question, words: Words, nouns: Sequence[korean.Morpheme], value: str
) -> float:
    focus = "".join(question.focus)
    if question.kind is QuestionKind.CONTACT:
        return float(bool(value))
    if question.kind is QuestionKind.DATE and value.endswith("까지"):
        return 1.0  # a deadline names itself, whatever the question called it
    if question.kind in _UNFOCUSED:
        # All of its nouns together say what it is about.
        met = [words.met(noun.form) for noun in nouns]
        return sum(met) / len(met) if met else 0.0
    return words.met(focus) if focus else 1.0


def _margin(index: Index, ranking: Ranking, row: int) -> float:
    """The best fused score less that of the best row under another heading and not beside
    ``row``; 0 where there is none above it."""
    path, group = index.passages[row].path, index.groups[row]
    rivals = (
        float(ranking.fused[other])
        for other in ranking.order[:_RIVALS].tolist()
        if index.groups[other] != group
        or index.passages[other].path != path
        or abs(other - row) > _NEAR_ROWS
    )
    return max(0.0, float(ranking.fused[ranking.order[0]]) - max(rivals, default=0.0))


def _text_around(index: Index, row: int, radius: int) -> str:
    """The passages up to ``radius`` to each side, of the same document."""
    rows = range(max(0, row - radius), min(len(index.passages), row + radius + 1))
    near = (index.passages[r].text for r in rows if index.groups[r] == index.groups[row])
    return " ".join(near)


def stranger(index: Index, question: Question) -> str:
    """A proper name of a Korean question that no document holds in any form, "" where there is
    none: what is said of others is no answer for it."""
    if not re.search(r"[가-힣]", question.searched):
        return ""
    own = {term.text for term in question.terms}
    known = index.body.vocabulary
    for noun in korean.morphemes(question.searched):
        form = noun.form.lower()
        if noun.tag != "NNP" or len(form) < 2 or form not in own:
            continue  # a name that is not searched for was replaced by another form of it
        forms = {form, form.rstrip("시도군구"), *korean.terms(noun.form)}
        if forms.isdisjoint(known) and not any(
            term.text in known for term in question.terms if form in term.of
        ):
            return noun.form
    return ""


def _name_missing(question: Question, nouns: Sequence[korean.Morpheme], around: str) -> float:
    """Whether a proper name of a Korean question stands nowhere around; in a question in another
    language every word looks like one."""
    if not re.search("[가-힣]", question.searched):
        return 0.0
    names = [
        m.form
        for m in nouns
        if m.tag in ("NNP", "SL", "SH") or (m.tag == "NNG" and len(m.form) >= _UNKNOWN)
    ]
    return float(any(not known_as(name, around) for name in names))
