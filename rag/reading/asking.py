"""What a question asks for, told by a model that has seen how people ask.

A softmax over the aspects of a label and "none of them". Its signals are the morphemes of the
question, pairs of them, and what its noun phrases would tell as labels (aspects.tsv); its weights,
asking.tsv, are fitted by ``python -m tests.golden.fit_asking`` on tests/golden/asking.tsv.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from rag import korean
from rag.reading.aspects import Aspect, label_aspects

_TEXTS = 1024  # questions that are remembered
_TAIL = 12  # morphemes at the end, where most questions say what they want
_SCALE = 3.0
_MARKS = frozenset(("SF", "SP", "SS", "SO", "SW", "SE", "SSO", "SSC"))
_CONTENT = frozenset(("XR", "SL", "VCN"))
_PHRASE = frozenset(("NNG", "NNP", "NNB", "XR", "XSN", "SL", "XPN"))
_ENOUGH, _SHARE = 0.1, 0.2
_TELLING = 0.4  # weight from which a word speaks for an aspect
NONE = "none"


@lru_cache(maxsize=_TEXTS)
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


@lru_cache(maxsize=_TEXTS)
def likelihoods(text: str) -> Mapping[str, float]:
    """How likely a question asks for each aspect, and for none of them; they sum to 1."""
    weights = _weights()
    held = [weights[signal] for signal in signals(text) if signal in weights]
    each = scale(len(held))
    sums = {str(aspect): 0.0 for aspect in Aspect} | {NONE: 0.0}
    for told in held:
        for aspect, weight in told:
            sums[aspect] += each * weight
    for aspect, weight in weights.get("", ()):
        sums[aspect] += weight
    known = {aspect for aspect, _weight in weights.get("", ())}
    top = max(sums[aspect] for aspect in known)
    odds = {aspect: math.exp(sums[aspect] - top) for aspect in known}
    total = sum(odds.values())
    return {aspect: odd / total for aspect, odd in odds.items()}


@lru_cache(maxsize=_TEXTS)
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


@lru_cache(maxsize=_TEXTS)
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


@lru_cache(maxsize=8 * _TEXTS)
def aspects_of(label: str) -> frozenset[Aspect]:
    """The aspects that a label names; of one that asks ("누가 받나요?"), those that it asks for."""
    if label.rstrip().endswith("?"):
        return frozenset(aspects_asked(label))
    return label_aspects(label)
