"""Text -> index terms, and the sentences of one paragraph or bullet with exact offsets.

Documents and questions take the same path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rag.korean.entities import Entity
from rag.korean.morphology import Parse, analyser, is_unknown, parse, parse_many
from rag.korean.script import normalise

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


def terms_of(tokens: Iterable[Token], found: Sequence[Entity]) -> list[str]:
    """The terms of tokens in which the entities are locked."""
    named = {entity.start: entity.terms for entity in found}
    result: list[str] = []
    run: list[tuple[str, str]] = []  # adjoining nouns: (form, tag)
    run_end = -1
    for token in tokens:
        tag = token.tag
        start = token.start
        if run and start != run_end:
            _flush(run, result)
        if start in named:
            _flush(run, result)
            result.extend(named[start])
        elif tag in _NOUNS:
            length = token.len
            if is_unknown(token) and length >= _LONG_UNKNOWN:
                run.extend(_inside(token.form))
            else:
                run.append((token.form, tag))
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
            if tag[0] in "VXSW" or tag == "NNB":
                _other(token.form, tag, result)
    _flush(run, result)
    return result


def terms(text: str) -> list[str]:
    """Index terms in the order of the text, repeated as often as they occur.

    Nouns, stems of verbs and adjectives as "높다", Latin words in lower case, and the canonical
    names of dates, amounts and numbers. Nouns written together stand in parts and as a whole.
    """
    parsed = parse(normalise(text))
    return terms_of(parsed.tokens, parsed.entities)


def terms_many(texts: Iterable[str]) -> Iterator[list[str]]:
    """The terms of each text, in order; the texts are worked on in parallel."""
    for parsed in parse_many([normalise(text) for text in texts]):
        yield terms_of(parsed.tokens, parsed.entities)


def _other(form: str, tag: str, result: list[str]) -> None:
    kind = tag[:2]
    if kind in ("VV", "VA"):
        stem = form + "다"
        if stem not in STOP:
            result.append(stem)
    elif kind == "XR":
        result.append(form)
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


_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」", "『": "』", "〈": "〉", "《": "》",
          "“": "”", "‘": "’", "<": ">"}  # fmt: skip
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
# A bracket that is open for longer than this is a slip of the pen, not a bracket.
_LONGEST_BRACKET = 300
# Full stops that end no sentence: dates, decimals, abbreviations, dots of omission, numbering.
_INNER_STOP = re.compile(
    r"\d{1,4}\s?\.\s?\d{1,2}\s?\.(?:\s?\d{1,2}\s?\.?)?"
    r"|\d+\.\d+"
    r"|\b(?:vs|e\.g|i\.e|cf|etc|no|vol|pp?|ed|eds|inc|ltd|co|corp|st|dr|mr|ms|fig|al)\.(?:,|\s|(?=[가-힣]))"
    r"|\.{2,}|…+|‥+"
    r"|(?:https?://|www\.)[^\s)\]>]+"
    r"|[\w.+-]+@[\w.-]+",
    re.IGNORECASE,
)
_NOTE_MARKS = tuple("※☞▶▷○●□■◇◆❖•*-→")
_ONLY_MARKS = re.compile(r"[\W_]*(?:[0-9]{1,3}|[가-하]|[A-Za-z])?[\W_]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A half-open range of code points of a paragraph, and the index terms in it in order."""

    start: int
    end: int
    terms: tuple[str, ...]


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open code-point ranges of the sentences of one paragraph or bullet, in order.

    Ranges do not overlap, begin and end at a character that is not blank, and together hold
    every such character; a blank text has none. No sentence ends inside brackets or quotation
    marks, within a date, a decimal, an abbreviation or an address, or at dots of omission, and
    a number or mark alone is no sentence.
    """
    return _ranges(text, parse(_analysed(text)).tokens) if text.strip() else []


def read_sentences(texts: Sequence[str]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of each text as :func:`sentences` finds them, with their terms: one look of
    the analyser at a text serves both. Texts are worked on in parallel."""
    analysed = [_analysed(text) for text in texts]
    for text, form, parsed in zip(texts, analysed, parse_many(analysed), strict=True):
        ranges = _ranges(text, parsed.tokens)
        if form is text and normalise(text) != text:  # the normal form has other offsets
            yield tuple(Sentence(a, b, tuple(terms(text[a:b]))) for a, b in ranges)
        else:
            yield tuple(_sentences_of(parsed, ranges))


def _analysed(text: str) -> str:
    """The normal form of a text where each of its characters stands for the one at its place
    ("ㆍ" as "·"), else the text itself."""
    form = normalise(text)
    if form == text or len(form) != len(text):
        return text
    pairs = {(own, put) for own, put in zip(text, form, strict=True) if own != put}
    return form if all(normalise(own) == put for own, put in pairs) else text


def _sentences_of(parsed: Parse, ranges: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
    at = 0
    for start, end in ranges:
        first = at
        while at < len(parsed.tokens) and parsed.tokens[at].start < end:
            at += 1
        found = [entity for entity in parsed.entities if start <= entity.start < end]
        yield Sentence(start, end, tuple(terms_of(parsed.tokens[first:at], found)))


def _ranges(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    cuts = [b.start for a, b in pairwise(tokens) if a.sent_position != b.sent_position]
    if cuts:
        cuts = [_before_note(text, cut) for cut in cuts]
        held = _held_together(text)
        cuts = [cut for cut in cuts if not any(start < cut < end for start, end in held)]
    ranges: list[tuple[int, int]] = []
    start = 0
    for cut in [*cuts, len(text)]:
        if _ONLY_MARKS.fullmatch(text, start, cut) and cut < len(text):
            continue  # "1." belongs to what it numbers
        trimmed = _trim(text, start, cut)
        if trimmed is None:
            continue
        if ranges and _ONLY_MARKS.fullmatch(text, *trimmed):
            ranges[-1] = (ranges[-1][0], trimmed[1])
        else:
            ranges.append(trimmed)
        start = cut
    return ranges


def _before_note(text: str, cut: int) -> int:
    """A cut right after a note mark moves before it: "… 5,955억원이다. | ※ 국비 5,423억원"."""
    head = text[:cut].rstrip()
    return len(head) - 1 if head[-1:] in _NOTE_MARKS and head[-2:-1].isspace() else cut


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)


def _held_together(text: str) -> list[tuple[int, int]]:
    """Ranges within which no sentence may end. A cut at the first character after one is held
    too where dots or an abbreviation end it, blanks included."""
    held = []
    open_: list[int] = []
    for at, character in enumerate(text):
        if character in _PAIRS:
            open_.append(at)
        elif character in _CLOSERS:
            for depth in range(len(open_) - 1, -1, -1):
                if text[open_[depth]] == _CLOSERS[character]:
                    start = open_[depth]
                    if at - start <= _LONGEST_BRACKET:
                        held.append((start, at + 1))
                    del open_[depth:]
                    break
    for match in _INNER_STOP.finditer(text):
        end = match.end()
        while end < len(text) and text[end].isspace():
            end += 1
        held.append((match.start(), end + 1))
    return held
