"""How sure the assistant is that what it found answers the question.

A question whose answer is missing mostly resembles its documents: it asks for the phone hours of
a hotline that is named there, or for next year's budget of a programme that has this year's. So
likeness alone says little. What tells the two apart is what the best passage lacks: a value of
the kind asked for, the word that names what is wanted, the year, a name or number that the
documents never mention.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag import korean
from rag.encoder import MorphemeEncoder
from rag.index import Index
from rag.types import Question, QuestionKind

_NAMED = frozenset(
    (
        QuestionKind.AMOUNT,
        QuestionKind.DATE,
        QuestionKind.CONTACT,
        QuestionKind.PERSON,
        QuestionKind.ORGANISATION,
        QuestionKind.PLACE,
    )
)
# A reason or a comparison has no one word that names it.
_UNFOCUSED = frozenset((QuestionKind.REASON, QuestionKind.COMPARISON))
_MEASURES = frozenset("액률율비일량수")
_UNLIKE = 0.15  # the usual cosine of two words that have nothing to do with each other
_SAME = 0.5  # weight from which an expansion is another name of the same thing
_NOUNS = ("NNG", "NNP", "XR", "SL", "SH")
_ORDINAL = re.compile(
    r"제?\s?\d+(?:\.\d+)?\s?(?:차|회|호|조(?!\s?원)|기(?!가)|위)(?![가-힣]*월)|\d+\.0(?!\s?%)"
)
_GENERAL = frozenset(
    "질문 내용 문서 보고서 자료 방법 이유 까닭 정도 때 곳 것 수 말 이름 뜻 사람 회사 나라 얼마 우리 "
    "우리말 언제 어디 무엇 누구 몇 가지 번 중 뭐 답 전부 모두 직접 제도 글 눈 일 몫 탓 쪽 데".split()
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence is judged by, each in [0, 1].

    ``typed``: the slice holds a value of the wanted kind, or none is wanted. ``focus``: how well
    the word that names what is wanted is met by a word of the passage or its headings, 1 where it
    stands there, else their cosine; 1 for kinds whose value names itself. ``action``: the same
    for the verb that is asked for. ``unknown``: the share of nouns that no document holds.
    ``year``: a year of the question is nowhere around the passage. ``number``: an ordinal or
    version of the question ("제5차", "3.0") is not in the passage or its headings. ``cell``: the
    passage is the row of a table whose cell the question names by row and column.

    How much of the question the passage covers is left out on purpose: people who ask for what is
    missing copy the documents' words, and those who ask for what is there use their own.
    """

    typed: float
    focus: float
    action: float
    unknown: float
    year: float
    number: float
    cell: float


def confidence(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Logistic function of the weighted signals; ``weights`` has one for each and a "bias"."""
    total = weights["bias"] + sum(weights[name] * value for name, value in signals.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def signals(
    index: Index,
    question: Question,
    row: int,
    *,
    value: str,
    header: str,
    cell: bool,
) -> Signals:
    """The signals of the best row for a question; ``value`` is the fact found there or "",
    ``header`` the text of the column headers above it."""
    near = f"{_near_text(index, row)} {header}"
    nouns = [
        m
        for m in korean.morphemes(question.searched)
        if m.tag in _NOUNS and m.form not in _GENERAL and len(m.form) > 1
    ]
    words = _Words(index, near)
    focus = "".join(question.focus)
    if question.kind is QuestionKind.DATE and value.endswith("까지"):
        focus = ""  # a deadline names itself, whatever the question called it
    return Signals(
        typed=float(bool(value) or question.kind not in _NAMED),
        focus=_focus_met(question, words, nouns, focus, value),
        action=words.met(question.action) if question.action else 1.0,
        unknown=_unknown(index, nouns),
        year=_year_missing(index, question, row, near),
        number=_number_missing(question, near),
        cell=float(cell),
    )


def _focus_met(
    question: Question, words: _Words, nouns: list[korean.Morpheme], focus: str, value: str
) -> float:
    if question.kind is QuestionKind.CONTACT:
        return float(bool(value))
    if question.kind in _UNFOCUSED:
        # All of its nouns together say what it is about.
        met = [words.met(noun.form) for noun in nouns]
        return sum(met) / len(met) if met else 0.0
    return words.met(focus) if focus else 1.0


class _Words:
    """The words of a text and how near another word is to one of them."""

    def __init__(self, index: Index, text: str) -> None:
        self._text = text
        self._flat = korean.normalise(text).lower().replace(" ", "")
        # Only the default encoder knows words one by one; with another, words meet or do not.
        encoder = index.encoder
        self._encoder = encoder if isinstance(encoder, MorphemeEncoder) else None

    @cached_property
    def _vectors(self) -> NDArray[np.float32] | None:
        """Vectors of the text's terms, looked up only when a word does not stand in it."""
        terms = sorted(set(korean.terms(self._text)))
        return self._encoder.term_vectors(terms) if self._encoder and terms else None

    def met(self, word: str) -> float:
        """1 where the word stands in the text, else its cosine to the nearest word there, or the
        usual one where the encoder has no vectors of words."""
        form = korean.normalise(word).lower()
        # "교역액" is met by "교역은 1,316억불", "발효일" by "발효('12.3.15.)".
        stem = form[:-1] if len(form) > 2 and form[-1] in _MEASURES else form
        if form in self._flat or stem in self._flat:
            return 1.0
        names = korean.expand(korean.terms(word))
        if any(name.text in self._flat for name in names if name.weight >= _SAME):
            return 1.0
        if self._encoder is None:
            return _UNLIKE
        own = korean.terms(word)
        if self._vectors is None or not own:
            return 0.0
        cosines = self._encoder.term_vectors(own) @ self._vectors.T
        return float(min(0.99, max(0.0, cosines.max(axis=1).mean())))


def _near_text(index: Index, row: int) -> str:
    """The passage with its headings and its document's title."""
    passage = index.passages[row]
    return " ".join([index.documents[index.groups[row]].title, *passage.path, passage.text])


def _unknown(index: Index, nouns: list[korean.Morpheme]) -> float:
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


def _year_missing(index: Index, question: Question, row: int, near: str) -> float:
    if not question.years:
        return 0.0
    group = index.groups[row]
    published = index.documents[group].published[:4]
    radius = 6
    rows = range(max(0, row - radius), min(len(index.passages), row + radius + 1))
    text = near + " ".join(index.passages[r].text for r in rows if index.groups[r] == group)
    for year in question.years:
        short = str(year)[2:]
        if str(year) == published or re.search(
            rf"{year}|['’‘`]\s?{short}(?!\d)|(?<!\d){short}년", text
        ):
            continue
        return 1.0
    return 0.0


def _number_missing(question: Question, near: str) -> float:
    flat = near.replace(" ", "")
    for match in _ORDINAL.finditer(question.searched):
        number = match.group().replace(" ", "").removeprefix("제")
        if not re.search(rf"(?<![\d.]){re.escape(number)}", flat):
            return 1.0
    return 0.0
