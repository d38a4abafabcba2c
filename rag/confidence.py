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
from rag.demand import events, predicate, tells_name, wanted_noun
from rag.index import Index
from rag.quantity import amount_in_words
from rag.retriever import Ranking
from rag.types import Evidence, Question, QuestionKind
from rag.values import values
from rag.wanted import fitting, wanted_kinds
from rag.wording import Words, flat, known_as

# A reason or a comparison has no one word that names it.
_UNFOCUSED = frozenset((QuestionKind.REASON, QuestionKind.COMPARISON))
_HAPPENED = frozenset((QuestionKind.DATE,))
_NOUNS = ("NNG", "NNP", "XR", "SL", "SH")
_NUMBER = re.compile(
    r"제?\s?\d+(?:\.\d+)?\s?(?:차|회|호|조(?!\s?원)|기(?!가)|위|단계|분기|세대|주년|년차)(?![가-힣]*월)|\d+\.0(?!\s?%)"
)
_GENERAL = frozenset(
    "질문 내용 문서 보고서 자료 방법 이유 까닭 정도 때 곳 것 수 말 이름 뜻 사람 회사 나라 얼마 우리 "
    "우리말 언제 어디 무엇 누구 몇 가지 번 중 뭐 답 전부 모두 직접 제도 글 눈 일 몫 탓 쪽 데".split()
)
_AROUND = 3  # passages to each side whose words count as said here too
_YEARS_AROUND = 6  # the same for years, which stand in headings and at the top of lists
_NEAR_ROWS = 8  # rows beside the best that speak of the same thing
_RIVALS = 60  # rows among which the best of another thing is looked for
_WORDS = 0.4
_MARGIN = 0.5
_UNKNOWN = 5  # syllables from which a noun of one morpheme is a name


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence is judged by, each in [0, 1].

    ``typed``: a value of the kind asked for is found where an amount is; 1 for other kinds, whose
    values are found too rarely in prose to say much (a date is judged by ``when``).
    ``unit``: a value in the unit that is asked for ("몇 명") is found; 0 where none is asked for.
    ``named``: a name of the sort asked for is told (:func:`rag.demand.tells_name`). ``focus``: how
    well the word that names what is wanted is met by a word of the passage or its headings, 1
    where it stands there, else their cosine; ``wanted``: the same, or 1 where the noun next to
    the question word names a sort of thing and not a thing ("사람", "비율"). ``event``: the same
    for the worst met of the nouns of verbs, ``when`` for the verb of a question for a date.
    ``words``: the share of the question's weight that the slice and its headings meet, up to
    0.4. ``margin``: the lead in fused score over the best row that speaks of something else,
    up to 0.5. ``unknown``: the share of nouns that no document holds. ``name``: a proper name of the
    question stands nowhere around the passage. ``year``: a year of the question does not either.
    ``number``: an ordinal or version ("제5차", "3단계", "3.0") is not in the passage or its headings.
    ``cell``: the passage is the row of a table whose cell the question names by row and
    column; ``only_cell``: it is, and the word that names what is wanted is not met.
    """

    typed: float
    unit: float
    named: float
    focus: float
    wanted: float
    event: float
    when: float
    words: float
    margin: float
    unknown: float
    name: float
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
    own = [item for item in evidence if item.passage is passage]
    value = own[0].value if own else ""
    slice = own[0].text if own else passage.text
    header = " ".join(item.text for item in own[1:])
    near = f"{_near_text(index, row)} {header}"
    words = Words(index.encoder, near)
    around = flat(f"{near} {_text_around(index, row, _AROUND)}")
    nouns = [
        m
        for m in korean.morphemes(question.searched)
        if m.tag in _NOUNS and m.form not in _GENERAL and len(m.form) > 1
    ]
    focus = _focus_met(question, words, nouns, value)
    noun = wanted_noun(question)
    happened = predicate(question) if question.kind in _HAPPENED else ""
    told = Words(index.encoder, " ".join([slice, header, *passage.path]))
    return Signals(
        typed=float(_typed(question, value, passage.rows is not None)),
        unit=float(
            bool(question.unit)
            and any(v.unit.endswith(question.unit) for v in fitting(question, passage.text))
        ),
        named=float(tells_name(question, value, slice)),
        focus=focus,
        wanted=max(focus, 1.0 if noun.generic else words.met(noun.noun)),
        event=min((words.met(event) for event in events(question)), default=1.0),
        when=words.met(happened) if happened else 1.0,
        words=min(_WORDS, _words_met(index, question, told)),
        margin=min(_MARGIN, _margin(index, ranking, row)),
        unknown=_unknown(index, nouns),
        name=_name_missing(question, nouns, around),
        year=_year_missing(index, question, row, near),
        number=_number_missing(question, near),
        cell=float(cell),
        only_cell=float(cell and focus < 0.9),
    )


def _typed(question: Question, value: str, tabled: bool) -> bool:
    """Whether the amount asked for was found; a number in a table has its unit above."""
    kinds = wanted_kinds(question)
    if not kinds or question.kind is not QuestionKind.AMOUNT:
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


def _words_met(index: Index, question: Question, told: Words) -> float:
    """The share of the question's weight, idf included, that a text meets."""
    unseen = math.log(1 + len(index.passages) / 0.5)
    total = met = 0.0
    for term in question.terms:
        if term.origin == "question":
            weight = term.weight * (index.body.idf(term.text) or unseen)
            total += weight
            met += weight * told.met(_stem(term.text))
    return met / total if total else 0.0


def _stem(term: str) -> str:
    return term[:-1] if term.endswith("다") and len(term) > 2 else term


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


def _near_text(index: Index, row: int) -> str:
    """The passage with its headings and its document's title."""
    passage = index.passages[row]
    return " ".join([index.documents[index.groups[row]].title, *passage.path, passage.text])


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


def _unknown(index: Index, nouns: Sequence[korean.Morpheme]) -> float:
    """The share of the question's nouns that no document holds in any compound."""
    if not nouns:
        return 0.0
    missing = 0
    for noun in nouns:
        form = noun.form.lower()
        known = form in index.body.vocabulary or any(
            part in index.body.vocabulary for part in korean.terms(noun.form)
        )
        missing += not known
    return missing / len(nouns)


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


def _year_missing(index: Index, question: Question, row: int, near: str) -> float:
    if not question.years:
        return 0.0
    published = index.documents[index.groups[row]].published[:4]
    text = near + _text_around(index, row, _YEARS_AROUND)
    for year in question.years:
        short = str(year)[2:]
        if str(year) == published or re.search(
            rf"{year}|['’‘`]\s?{short}(?!\d)|(?<!\d){short}년", text
        ):
            continue
        return 1.0
    return 0.0


def _number_missing(question: Question, near: str) -> float:
    text = near.replace(" ", "")
    for match in _NUMBER.finditer(question.searched):
        number = match.group().replace(" ", "").removeprefix("제")
        if not re.search(rf"(?<![\d.]){re.escape(number)}", text):
            return 1.0
    return 0.0
