"""Text -> index terms. Documents and questions take the same path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.korean.entities import Entity
from rag.korean.morphology import analyser, is_unknown, parse, parse_many
from rag.korean.normal_form import normalise

if TYPE_CHECKING:
    from kiwipiepy import Token

# Words that stand in nearly every sentence and say nothing of its subject: light verbs, and
# nouns that only frame another ("지원을 위한 것", "기준 등").
_STOP = """
것 수 등 때 중 내 및 바 점 데 줄 만큼 정도 경우 관련 대한 통한 위한 따른
거 게 만 이 분 간 뿐 채 지 대로 듯 리
있다 없다 하다 되다 이다 아니다 않다 같다 보다 주다 받다 위하다 대하다 통하다 따르다
의하다 관하다 가지다 그렇다 이렇다 어떻다 어떠하다 이러하다 그러하다 싶다 말다 알다
궁금하다 그것 이것 저것 누구 무엇 뭐 어디 언제 얼마 몇 왜
"""
STOP = frozenset(_STOP.split())
# Prefixes that turn a word into its opposite: 비정규직 must not be found under 정규직.
TURNING = frozenset("비미불무반몰탈부")
_COUNTED = frozenset(("SL", "SN", "SH"))  # the S tags that are words rather than marks
_NOUNS = frozenset(("NNG", "NNP"))
# Counters and other bound nouns are kept: they tell 3개사 from 3개월, and cost nothing else.
_WORDS = frozenset(("NNB", "SL", "SH", "W_HASHTAG", "W_MENTION"))
_LIGHT_SUFFIXES = frozenset(
    (
        "적",
        "들",
        "님",
        "쯤",
        "간",
        "당",
        "경",
        "께",
        "끼리",
        "째",
        "씩",
        "상",
        "하",
        "별",
        "용",
        "형",
        "급",
    )
)
_LONG_UNKNOWN = 4  # syllables from which an unknown noun is looked at for words inside it
_WHOLE = 12  # syllables; a longer run of nouns is a phrase and is indexed in parts only


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one pass of the analyser over a text yields.

    ``terms`` as from :func:`terms`; ``content`` the (form, tag) of nouns, roots and stems of
    verbs and adjectives, in order, for the encoder; ``size`` the number of morphemes, marks not
    counted.
    """

    terms: tuple[str, ...]
    content: tuple[tuple[str, str], ...]
    size: int


def analyse(text: str) -> Analysis:
    """Terms, content morphemes and size of a text, after normalising it."""
    parsed = parse(normalise(text))
    return analysis_of(parsed.tokens, parsed.entities)


def analysis_of(tokens: Iterable[Token], found: Sequence[Entity]) -> Analysis:
    """The analysis of tokens in which the entities are locked."""
    named = {entity.start: entity.terms for entity in found}
    result: list[str] = []
    content: list[tuple[str, str]] = []
    size = 0
    run: list[tuple[str, str]] = []  # adjoining nouns: (form, tag)
    run_end = -1
    for token in tokens:
        tag = token.tag
        start = token.start
        kind = tag[0]
        size += kind != "S" or tag in _COUNTED
        if run and start != run_end:
            _flush(run, result)
        if start in named:
            _flush(run, result)
            result.extend(named[start])
        elif tag in _NOUNS:
            length = token.len
            if is_unknown(token) and length >= _LONG_UNKNOWN:
                parts = _inside(token.form)
                run.extend(parts)
                content.extend(parts)
            else:
                run.append((token.form, tag))
                content.append((token.form, tag))
            run_end = start + length
        elif tag == "XPN":
            _flush(run, result)
            run.append((token.form, tag))
            run_end = start + token.len
        elif tag == "XSN" and run:
            run.append((token.form, tag))
            run_end = start + token.len
        else:
            _flush(run, result)
            if kind in "VXSW" or tag == "NNB":
                _other(token.form, tag, result, content)
    _flush(run, result)
    return Analysis(tuple(result), tuple(content), size)


def analyse_many(texts: Iterable[str]) -> Iterator[Analysis]:
    """The analysis of each text, in order; the texts are worked on in parallel."""
    for parsed in parse_many([normalise(text) for text in texts]):
        yield analysis_of(parsed.tokens, parsed.entities)


def terms(text: str) -> list[str]:
    """Index terms in the order of the text, repeated as often as they occur.

    Nouns, stems of verbs and adjectives as "높다", Latin words in lower case, and the canonical
    names of dates, amounts and numbers. Nouns written together stand in parts and as a whole.
    """
    return list(analyse(text).terms)


def terms_many(texts: Iterable[str]) -> Iterator[list[str]]:
    """The terms of each text, in order; the texts are worked on in parallel."""
    for analysis in analyse_many(texts):
        yield list(analysis.terms)


def morpheme_count(text: str) -> int:
    """How many morphemes the normalised text has, marks not counted."""
    return analyse(text).size


def _other(form: str, tag: str, result: list[str], content: list[tuple[str, str]]) -> None:
    kind = tag[:2]
    if kind in ("VV", "VA"):
        stem = form + "다"
        if stem not in STOP:
            result.append(stem)
            content.append((form, tag))
    elif kind == "XR":
        result.append(form)
        content.append((form, tag))
    elif tag in _WORDS and form not in STOP:
        result.append(form.lower())


def _flush(run: list[tuple[str, str]], result: list[str]) -> None:
    if not run:
        return
    if len(run) == 1:
        form, tag = run[0]
        if tag in _NOUNS and form not in STOP:
            result.append(form.lower())
        run.clear()
        return
    forms = _words(run, result)
    run.clear()
    if len(forms) > 1:
        whole = "".join(forms)
        if len(whole) <= _WHOLE:
            result.append(whole)


def _words(run: list[tuple[str, str]], result: list[str]) -> list[str]:
    """The words of a run, prefixes and suffixes tied to theirs; terms go to ``result``.

    A turning prefix makes one word with its noun; another prefix leaves the noun standing
    too. A suffix that makes a new noun (참여율) adds the longer word.
    """
    words: list[str] = []
    prefix = ""
    for i, (form, tag) in enumerate(run):
        form = form.lower()
        if tag == "XPN" or (form in TURNING and i == 0 and len(run[1][0]) > 1):
            prefix = form
        elif tag == "XSN":
            if words and form not in _LIGHT_SUFFIXES:
                words[-1] += form
                result.append(words[-1])
        else:
            if (not prefix or prefix not in TURNING) and form not in STOP:
                result.append(form)
            if prefix:
                result.append(prefix + form)
            words.append(prefix + form)
            prefix = ""
    return words


@lru_cache(maxsize=50_000)
def _inside(word: str) -> tuple[tuple[str, str], ...]:
    """The dictionary words that an unknown noun is made of, or the noun itself."""
    parts = [(t.form, t.tag) for t in analyser().tokenize(word, oov_handling="rule")]
    if "".join(form for form, _ in parts) != word:
        return ((word, "NNP"),)
    if any(tag not in ("NNG", "NNP", "XPN", "XSN") for _, tag in parts):
        return ((word, "NNP"),)
    if sum(len(form) == 1 for form, _ in parts) > 1:
        return ((word, "NNP"),)
    return tuple(parts)
