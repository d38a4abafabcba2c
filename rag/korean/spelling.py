"""Questions repaired: missing blanks and typing errors. Never documents.

Three steps. Blanks are put where a particle or an ending runs into the next word. Kiwi's typing
model corrects what it takes for a slip (지언금, 언재, 알려주새요). A word that neither Kiwi
nor the index knows becomes the index's word that differs in one letter (닥터엔서 → 닥터앤서).
A word that the index knows is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rag.korean.analysis import terms
from rag.korean.entities import entities
from rag.korean.morphology import analyser, is_unknown, parse
from rag.korean.script import variants
from rag.types import Correction

if TYPE_CHECKING:
    from kiwipiepy import Token

_TYPOS = "basic_with_continual_and_lengthening"
_LONGEST = 1_000  # characters; nobody mistypes a question this long, and it is not worth the time
_CROWDED = 7  # Hangul syllables from which an eojeol may hide a missing blank
_SHORTEST = 3  # syllables of a word that is compared with the index
_EOJEOLS = 4096  # words of questions whose terms are remembered
_SPLINTER = 2  # syllables of a piece that a stray blank cuts off
_HANGUL = re.compile("[가-힣]")
_EOJEOL = re.compile(r"\S+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_STEM_TAGS = ("N", "XPN", "XSN", "XR", "SL", "SH", "IC", "MM", "MAG")
_PARTICLE = re.compile(r"(?:에서|으로|까지|부터|에게|[이가은는을를의도로와과에])$")
_OPENING = ("N", "VV", "VA", "VC", "M", "SL", "SN", "SH", "XR", "XP", "I")
_FRAMES = frozenset(("때", "수", "것", "등", "후", "뒤"))  # nouns that end a clause: 도입할 때
_PAST = {"엇": "었", "앗": "았", "겟": "겠"}  # 나왓나 for 나왔나
# Loanwords that are spelt in two ways, the second being the standard one (외래어 표기법).
_LOANWORDS = {
    "써비스": "서비스", "쎈터": "센터", "컨텐츠": "콘텐츠", "메세지": "메시지", "리더쉽": "리더십",
    "데이타": "데이터", "디지탈": "디지털", "플랫홈": "플랫폼", "플렛폼": "플랫폼",
    "솔류션": "솔루션", "밧데리": "배터리", "로보트": "로봇", "워크샵": "워크숍",
    "알고리듬": "알고리즘", "멤버쉽": "멤버십", "파트너쉽": "파트너십", "인턴쉽": "인턴십",
    "엑셀러레이터": "액셀러레이터", "액셀레이터": "액셀러레이터", "바우쳐": "바우처",
    "벤쳐": "벤처",
}  # fmt: skip


@lru_cache(maxsize=_EOJEOLS)
def _terms(eojeol: str) -> tuple[str, ...]:
    """The index terms of a word of a question, which is looked at beside each of its neighbours;
    the words of questions come again."""
    return tuple(terms(eojeol))


def repair(
    question: str, vocabulary: Collection[str] = frozenset()
) -> tuple[str, tuple[Correction, ...]]:
    """The question as searched, and what was changed in it, in order.

    ``vocabulary`` holds the terms of the index and should answer ``in`` quickly (a dict or a
    set). A correction's two sides are one eojeol as written and as searched, marks at its ends
    left off. A question without errors comes back as it is, with no corrections.
    """
    if len(question) > _LONGEST or not _HANGUL.search(question):
        return question, ()
    corrections: list[Correction] = []
    text = _EOJEOL.sub(lambda match: _spaced(match[0], corrections), question)
    if vocabulary:
        if _sound(text, vocabulary):
            return text, tuple(corrections)
        text = _rejoined(text, vocabulary, corrections)
    return _corrected(text, vocabulary, corrections), tuple(corrections)


def _note(written: str, searched: str, corrections: list[Correction]) -> None:
    written, searched = _EDGES.sub("", written), _EDGES.sub("", searched)
    if written != searched:
        corrections.append(Correction(written, searched))


def _spaced(eojeol: str, corrections: list[Correction]) -> str:
    """The eojeol with blanks after particles and endings that run into the next word."""
    if len(_HANGUL.findall(eojeol)) < _CROWDED or "://" in eojeol:
        return eojeol
    wanted = analyser().space(eojeol)
    if wanted == eojeol:
        return eojeol
    starts = _blanks(eojeol, wanted)
    cuts = []
    tokens = parse(eojeol).tokens
    for one, other in pairwise(tokens):
        closed = one.tag[0] in "JE" or one.form in _FRAMES
        if closed and other.start in starts and other.tag.startswith(_OPENING):
            cuts.append(other.start)
    if not cuts:
        return eojeol
    pieces = [eojeol[a:b] for a, b in zip([0, *cuts], [*cuts, len(eojeol)], strict=True)]
    spaced = " ".join(pieces)
    _note(eojeol, spaced, corrections)
    return spaced


def _rejoined(text: str, vocabulary: Collection[str], corrections: list[Correction]) -> str:
    """The text without blanks inside words of the index: "정책자 금" is 정책자금."""
    eojeols = list(_EOJEOL.finditer(text))
    for at in range(len(eojeols) - 2, -1, -1):
        one, other = eojeols[at], eojeols[at + 1]
        if not _HANGUL.match(one[0][-1]):
            continue
        if min(len(_EDGES.sub("", side[0])) for side in (one, other)) > _SPLINTER:
            continue
        if not (_strange(one[0], vocabulary) or _strange(other[0], vocabulary)):
            continue
        joined = one[0] + other[0]
        found = _terms(joined)
        # The nouns must become one run; else the blank was right, whatever is unknown.
        if (
            len(found) > 1
            and all(term in vocabulary for term in found)
            and max(map(len, found)) > max(len(one[0]), _SHORTEST)
        ):
            text = text[: one.end()] + text[other.start() :]
            _note(f"{one[0]} {other[0]}", joined, corrections)
    return text


def _strange(eojeol: str, vocabulary: Collection[str]) -> bool:
    return any(term not in vocabulary for term in _terms(eojeol))


def _blanks(closed: str, spaced: str) -> set[int]:
    """Offsets in ``closed`` before which ``spaced`` has a blank."""
    found = set()
    at = 0
    for character in spaced:
        if character == " " and (at >= len(closed) or closed[at] != " "):
            found.add(at)
        else:
            at += 1
    return found


def _corrected(text: str, vocabulary: Collection[str], corrections: list[Correction]) -> str:
    # Not together with pretokenized: a number behind a mark ("금리:2.0%") then ends the process
    # in kiwipiepy 0.24.1 (std::out_of_range).
    numbers = [(e.start, e.end) for e in entities(text) if e.tag == "SN"]
    tokens = analyser().tokenize(text, typos=_TYPOS)
    result = []
    last = 0
    for match in _EOJEOL.finditer(text):
        start, end = match.span()
        inside = [token for token in tokens if start <= token.start < end]
        written = match[0]
        if any(token.typo_cost > 0 and _within(token, numbers) for token in inside):
            continue  # a number is never corrected
        if _ungrammatical(inside):
            # Among other words a slip may pass for grammar; alone it is seen.
            start, inside = 0, analyser().tokenize(written, typos=_TYPOS)
        searched = _eojeol(written, start, inside, vocabulary)
        result.append(text[last : match.start()] + searched)
        last = end
        _note(written, searched, corrections)
    return "".join(result) + text[last:]


def _sound(text: str, vocabulary: Collection[str]) -> bool:
    """Whether nothing speaks for a slip, so that the typing model, five times as slow as plain
    analysis, need not look: the index knows all words, and the endings follow what they can."""
    if any(wrong in text for wrong in _LOANWORDS):
        return False
    tokens = parse(text).tokens
    odd = (is_unknown(t) or _is_mistyped_past(t) or t.tag == "IC" for t in tokens)
    if _ungrammatical(tokens) or any(odd):
        return False
    for one, other in pairwise(tokens):
        if one.tag[0] == "V" and other.tag[0] not in "EVJ":
            return False  # 알려주|새요
        joined = one.end == other.start and other.tag[:2] in ("NN", "VV", "VA")
        if joined and (one.tag[0] in "JE" or one.tag == "NNB"):
            return False  # 사전에|약, 만들 수|잇어요
    return all(term in vocabulary for term in terms(text))


def _within(token: Token, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in ranges)


def _ungrammatical(tokens: Sequence[Token]) -> bool:
    """Whether an ending follows a noun with no verb between them, as in 3단|게."""
    return any(
        one.tag[:2] in ("NN", "SN") and other.tag[0] == "E" for one, other in pairwise(tokens)
    )


def _eojeol(written: str, start: int, tokens: Sequence[Token], vocabulary: Collection[str]) -> str:
    word = _EDGES.sub("", written).lower()
    if word in vocabulary or _PARTICLE.sub("", word) in vocabulary:
        return written
    for wrong, right in _LOANWORDS.items():
        if wrong in written and wrong not in vocabulary:
            return written.replace(wrong, right)
    if any(token.typo_cost > 0 or _is_mistyped_past(token) for token in tokens):
        searched = _replaced(written, start, tokens)
        if _better(written, searched, vocabulary):
            return searched
    if vocabulary:
        return _nearest(written, vocabulary)
    return written


def _is_mistyped_past(token: Token) -> bool:
    return token.tag == "EP" and token.form in _PAST


def _replaced(written: str, start: int, tokens: Sequence[Token]) -> str:
    """The eojeol with Kiwi's corrections. Nouns are put in place; where a verb or an ending was
    mistyped the eojeol is inflected anew from its morphemes."""
    wrong = [token for token in tokens if token.typo_cost > 0 or _is_mistyped_past(token)]
    if all(token.tag[0] in "NM" for token in wrong):
        for token in reversed(wrong):
            at = token.start - start
            written = written[:at] + token.form + written[at + token.len :]
        return written
    morphemes = [
        (_PAST.get(token.form, token.form) if token.tag == "EP" else token.form, token.tag)
        for token in tokens
    ]
    joined: str = analyser().join(morphemes)
    return joined.replace(" ", "")


def _better(written: str, searched: str, vocabulary: Collection[str]) -> bool:
    """Whether a correction leads to words of the index and away from words it lacks. Words of
    one syllable are the splinters into which a mistyped word falls, known or not."""
    if not vocabulary:
        return True
    before, after = set(_terms(written)), set(_terms(searched))
    lost, won = before - after, after - before
    if any(term not in vocabulary and not _made_of(term, after) for term in won):
        return False
    if any(term not in vocabulary for term in lost):
        return True
    return all(len(term.removesuffix("다")) < 2 for term in lost)


def _made_of(term: str, others: Collection[str]) -> bool:
    """Whether a term is two of the others written together."""
    return any(term[:at] in others and term[at:] in others for at in range(1, len(term)))


def _nearest(written: str, vocabulary: Collection[str]) -> str:
    """The eojeol with a word that the index lacks replaced by its one-letter neighbour."""
    unknown = [term for term in _terms(written) if term not in vocabulary]
    if not unknown:
        return written
    tokens = parse(written).tokens
    for surface, odd in _suspects(written, tokens):
        word = surface.lower()
        if word in vocabulary or _PARTICLE.sub("", word) in vocabulary:
            continue
        for variant, likely in variants(word):
            if variant in vocabulary and (likely or (odd and variant[0] == word[0])):
                return written.replace(surface, variant, 1)
    return written


def _suspects(written: str, tokens: Sequence[Token]) -> list[tuple[str, bool]]:
    """Surfaces that may be mistyped, the longest first, and whether Kiwi finds each odd."""
    stem = 0
    odd = False
    for token in tokens:
        if not token.tag.startswith(_STEM_TAGS):
            break
        stem = token.start + token.len
        odd = odd or is_unknown(token) or token.tag in ("IC", "MM", "MAG", "NNB")
    found = []
    if stem:
        found.append((written[:stem], odd))
    found.extend(
        (written[token.start : token.start + token.len], is_unknown(token))
        for token in tokens
        if token.tag in ("NNG", "NNP") and token.len < stem
    )
    return [(s, o) for s, o in found if len(s) >= _SHORTEST or len(_HANGUL.findall(s)) < len(s)]
