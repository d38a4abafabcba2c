"""Which aspect a label tells and a question asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from rag import korean

_TEXTS = 8192  # labels whose aspects are kept
_LONGEST = 26  # letters; a longer text is no label
_SPACED = re.compile(r"(?:[가-힣]\s(?:[·ㆍ/]\s?)?){1,12}[가-힣](?![가-힣])")
_BEHIND = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
_ARTICLE = re.compile(r"제\s?\d+\s?조(?:의\s?\d+)?\s?\((?P<title>[^()]+(?:\([^()]*\))?[^()]*)\)")
_PARTS = re.compile(r"\s*(?:및|·|ㆍ|/|,|&|\+|또는)\s*|(?<=[가-힣])[와과]\s+")
_NOT_LETTERS = re.compile(r"[^0-9a-z가-힣]")


_TOTAL = re.compile(
    r"\(?\s?(?:총|소|합|누)?\s?계\s?\)?|전\s?체|총\s?(?:액|합계?|누계|사업비|예산|금액|비용|지출|수입|규모|인원|건수|개수|물량)|.*\s(?:전체|총계|합계|소계|총계)"
)


class Aspect(StrEnum):
    WHEN = "when"
    ISSUED = "issued"
    """When a document was written or published: no date of what it is about."""
    HOURS = "hours"
    TARGET = "target"
    EXCLUDED = "excluded"
    AMOUNT = "amount"
    RATE = "rate"
    COUNT = "count"
    METHOD = "method"
    PLACE = "place"
    BODY = "body"
    PERSON = "person"
    CONTACT = "contact"
    DOCUMENTS = "documents"
    CONTENT = "content"
    PURPOSE = "purpose"
    CRITERIA = "criteria"
    NAME = "name"
    MEANING = "meaning"
    SOURCE = "source"
    FORMER = "former"
    REVISED = "revised"


@cache
def _tails() -> dict[str, frozenset[Aspect]]:
    return {word: frozenset(aspects) for word, (aspects, _own) in _table().items()}


@cache
def _table() -> dict[str, tuple[set[Aspect], bool]]:
    """The aspects of each last word, and whether it is the name of one thing among others."""
    found: dict[str, tuple[set[Aspect], bool]] = {}
    for row in files(__package__).joinpath("aspects.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            aspect, words = row.split("\t")
            for word in words.split(","):
                held = found.setdefault(word, (set(), aspect.endswith("+")))
                held[0].add(Aspect(aspect.rstrip("+")))
    return found


def words() -> tuple[str, ...]:
    """The words that labels end in, as the vocabulary lists them."""
    return tuple(_table())


def closed(label: str) -> str:
    """A label without blanks between letters that were spaced to fill a line, without
    the brackets behind it: "신 청 기 간(1차)" is "신청기간"; of an article its title."""
    bare = label.strip().strip("*").strip()
    article = _ARTICLE.fullmatch(bare)
    if article:
        return article["title"].strip()
    bare = _BEHIND.sub("", bare) or bare
    if _SPACED.fullmatch(bare):
        return re.sub(r"\s", "", bare)
    return bare


@lru_cache(maxsize=_TEXTS)
def label_aspects(label: str) -> frozenset[Aspect]:
    """The aspects that a noun phrase names, by the longest word of the vocabulary that each of its
    parts ("신청기간 및 방법") ends in; none where it ends in another word. What excludes is never
    the target as well."""
    bare = closed(label).lower()
    found: set[Aspect] = set()
    for part in _PARTS.split(bare):
        letters = _NOT_LETTERS.sub("", part)
        if not letters or len(letters) > _LONGEST:
            continue
        found |= _ending(letters)
    if Aspect.EXCLUDED in found or re.search(r"제외|제한|불가|배제|결격", bare):
        found = {Aspect.EXCLUDED} | (found - {Aspect.TARGET, Aspect.BODY})
    return frozenset(found)


@lru_cache(maxsize=_TEXTS)
def bare_of(label: str) -> str:
    """What a label says besides its aspect, "신청" of "신청기간": the letters before the word of the
    vocabulary that it ends in, all of them where it ends in none, or in a name ("국비")."""
    letters = _NOT_LETTERS.sub("", closed(label).lower())
    table = _table()
    for start in range(len(letters)):
        known = table.get(letters[start:])
        if known is not None and (len(letters) - start > 1 or len(letters) > 2):
            return letters if known[1] else letters[:start]
    return letters


def _ending(letters: str) -> frozenset[Aspect]:
    tails = _tails()
    for start in range(len(letters)):
        known = tails.get(letters[start:])
        # One syllable names an aspect as the end of a longer word alone: "보조율", not "율".
        if known is not None and (len(letters) - start > 1 or len(letters) > 2):
            return known
    return frozenset()


@lru_cache(maxsize=_TEXTS)
def is_total(name: str) -> bool:
    """Whether the name of a row or column says that it sums up others: "합계", "소 계", "전체"."""
    return _TOTAL.fullmatch(name.strip()) is not None


_COUNTER = re.compile(r"no\.?|번호|순번|연번|순서|일련번호|#", re.IGNORECASE)
_RANK = re.compile(r"순\s?위|등\s?위|석차|랭킹")


def is_rank(name: str) -> bool:
    """Whether what stands under a name says how high its row comes: "순위"."""
    return _RANK.search(name) is not None


def is_counter(name: str) -> bool:
    """Whether what stands under a name only counts the rows: "연번", or ranks them."""
    return _COUNTER.fullmatch(name.strip()) is not None or is_rank(name)


_ASKED_TEXTS = 1024  # questions that are remembered
_TAIL = 12  # morphemes at the end, where most questions say what they want
_SCALE = 3.0
_MARKS = frozenset(("SF", "SP", "SS", "SO", "SW", "SE", "SSO", "SSC"))
_CONTENT = frozenset(("XR", "SL", "VCN"))
_PHRASE = frozenset(("NNG", "NNP", "NNB", "XR", "XSN", "SL", "XPN"))
_ENOUGH, _SHARE = 0.1, 0.2
_TELLING = 0.4  # weight from which a word speaks for an aspect
NONE = "none"


@lru_cache(maxsize=_ASKED_TEXTS)
def signals(text: str) -> frozenset[str]:
    """The signals of a question, by name."""
    inside = [
        (m, m.tag.split("-")[0])
        for m in korean.morphemes(text)
        if m.tag.split("-")[0] not in _MARKS
    ]
    said = [f"{'#' if tag == 'SN' else m.form}/{tag[:2]}" for m, tag in inside]
    found = {f"a:{one}" for one in said}
    found.update(f"t:{one}" for one in said[-_TAIL:])
    found.update(f"b:{one}+{other}" for one, other in pairwise(said))
    bearing = [
        one
        for one, (_m, tag) in zip(said, inside, strict=True)
        if tag[0] in "NVM" or tag in _CONTENT
    ]
    found.update(f"s:{one}+{other}" for one, other in pairwise(bearing))
    found.update(f"s:{one}+{other}" for one, other in zip(bearing, bearing[2:], strict=False))
    runs = korean.together(m for m, tag in inside if tag in _PHRASE)
    phrases = ["".join(m.form for m in run) for run in runs]
    for back, phrase in enumerate(reversed(phrases)):
        place = "NM"[back] if back < 2 else "n"
        found.update(f"{place}:{aspect}" for aspect in label_aspects(phrase) or ("-",))
        if back < 2 and back + 1 < len(phrases):
            both = phrases[-back - 2] + phrase
            found.update(f"{place}2:{aspect}" for aspect in label_aspects(both))
    return frozenset(found)


def scale(count: int) -> float:
    """What each of so many known signals of a question counts, so that long ones weigh no more."""
    return _SCALE / math.sqrt(max(1, count))


@cache
def _weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """By signal the aspects it speaks for or against, with the weights."""
    rows = files(__package__).joinpath("asking.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {
        signal: tuple((aspect, float(weight)) for aspect, weight in (p.split("=") for p in told))
        for signal, *told in parts
    }


@lru_cache(maxsize=_ASKED_TEXTS)
def likelihoods(text: str) -> Mapping[str, float]:
    """How likely a question asks for each aspect, and for none of them; they sum to 1."""
    weights = _weights()
    # Sums of floats depend on their order, and that of a set on the process.
    held = [weights[signal] for signal in sorted(signals(text)) if signal in weights]
    each = scale(len(held))
    sums = {str(aspect): 0.0 for aspect in Aspect} | {NONE: 0.0}
    for told in held:
        for aspect, weight in told:
            sums[aspect] += each * weight
    for aspect, weight in weights.get("", ()):
        sums[aspect] += weight
    known = [aspect for aspect, _weight in weights.get("", ())]
    top = max(sums[aspect] for aspect in known)
    odds = {aspect: math.exp(sums[aspect] - top) for aspect in known}
    total = sum(odds.values())
    return {aspect: odd / total for aspect, odd in odds.items()}


@lru_cache(maxsize=_ASKED_TEXTS)
def aspects_asked(text: str) -> Mapping[Aspect, float]:
    """The aspects that a question asks for, the likeliest and those that are nearly as likely, each
    with its likelihood as a share of that of the likeliest; none where it more likely asks for
    something else."""
    if not signals(text):
        return {}
    likely = likelihoods(text)
    top = max(likely, key=likely.__getitem__)
    if top == NONE:
        return {}
    best = likely[top]
    least = max(_ENOUGH, _SHARE * best)
    return {Aspect(a): p / best for a, p in likely.items() if p >= least and a != NONE}


@lru_cache(maxsize=_ASKED_TEXTS)
def asking_words(text: str) -> frozenset[str]:
    """The words of a question that tell which aspect it asks for rather than of what, as terms."""
    likely, weights = likelihoods(text), _weights()
    top = max(likely, key=likely.__getitem__)
    found = set()
    for m in korean.morphemes(text):
        name = f"{m.form}/{m.tag.split('-')[0][:2]}"
        told = sum(dict(weights.get(f"{place}:{name}", ())).get(top, 0.0) for place in "at")
        if told >= _TELLING:
            found.add(f"{m.form}다" if m.tag[0] == "V" else m.form)
    return frozenset(found)


@lru_cache(maxsize=8 * _ASKED_TEXTS)
def aspects_of(label: str) -> frozenset[Aspect]:
    """The aspects that a label names; of one that asks ("누가 받나요?"), those that it asks for."""
    if label.rstrip().endswith("?"):
        return frozenset(aspects_asked(label))
    return label_aspects(label)
