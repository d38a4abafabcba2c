"""The evidence of a comparison: found for each side by itself, then put side by side.

One ranking for the whole question would be won by the side that has more to say; so each side is
ranked and read as a question of its own, and the results take turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

import numpy as np

from rag import korean
from rag.evidence import Finding, find_evidence
from rag.extraction import extract
from rag.fact import find_fact
from rag.index import Index
from rag.question import analyse
from rag.reading import read
from rag.reranker import Reranker
from rag.retriever import Ranking, rank
from rag.settings import Settings
from rag.sides import Side, Sides, sides_of
from rag.types import Document, Evidence, Question, QuestionKind
from rag.values import ValueKind, values

_QUOTED = 200  # characters; a longer slice is not repeated as the short answer
_OWN = 2.0  # weight of a word that only this side is called by
_LENIENT = 0.6  # of the confidence that an answer needs
_TOGETHER = 0.8
_CALLED = 0.3  # share of a side's own words
_DEEP = 15  # rows among which a slice about one side alone is looked for
_NAMED = 0.6  # share of its own words by which a side is named in a slice
_TURNS = 8  # rows of each side that come before the rest
_ISSUE = re.compile(r"(?<!\d)(?:(?P<year>20\d\d)년\s?)?(?P<month>1[0-2]|[1-9])월호")
_SOURCE = re.compile(
    r"(?P<name>(?:\S+\s){0,4}?\S*)(?:보고서|문서|자료집|안내문|공고문|공고)"
    r"(?:[가이에]서?\s(?:든|꼽은|말한|말하는|제시한|밝힌|나온|적힌|실린)|에서|의)?(?![가-힣])"
)
_SCALE = {"조": 10**12, "억": 10**8, "만": 10**4, "천": 10**3, "백": 10**2}
_NUMBER = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>[조억만천백]*)\s?(?P<unit>[^\d\s]*)"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One side and what was found for it, best first; no evidence where it was not found."""

    label: str
    fact: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides in the order to be shown, the rows of all of them taking turns, and the least of
    the confidences of the sides that were found. ``named`` says whether the facts are to be
    shown with the names of their sides."""

    sides: tuple[Compared, ...]
    order: tuple[int, ...]
    confidence: float
    named: bool


def compare(
    index: Index, question: Question, ranking: Ranking, settings: Settings
) -> Comparison | None:
    """What was found for each side of a question; None where it has no sides, or nothing was
    found for any of them. ``ranking`` is that of the whole question."""
    sides = sides_of(question.searched)
    if sides is None:
        return None
    own = _own_words(sides.sides, index.documents)
    questions, findings = [], []
    for side, words in zip(sides.sides, own, strict=True):
        meant, source = _documents_meant(index.documents, side.label)
        questions.append(_asked(index, side, words, source))
        findings.append(_find(index, questions[-1], meant, settings, ranking.reranker))
    found = _found(findings, own, settings)
    if not any(found):
        return None
    compared: list[Compared] = []
    for number, (side, finding) in enumerate(zip(sides.sides, findings, strict=True)):
        if found[number]:
            compared.append(
                _compared(index, side, questions[number], finding, own, number, compared)
            )
        else:
            compared.append(Compared(side.label, "", ()))
    turns = _turns(finding.order[:_TURNS] for finding in findings)
    rest = [int(row) for row in ranking.order[: settings.answer.ranked]]
    return Comparison(
        _in_order(compared, sides),
        tuple(dict.fromkeys([*turns, *rest])),
        min(f.confidence for f, held in zip(findings, found, strict=True) if held),
        sides.named,
    )


def _own_words(sides: Sequence[Side], documents: Sequence[Document]) -> list[frozenset[str]]:
    """For each side the terms of its name that no other side has, but for those that name a
    document: it does not speak of itself."""
    names = []
    for side in sides:
        _files, source = _documents_meant(documents, side.label)
        names.append(set(korean.terms(side.label.replace(source, " ") if source else side.label)))
    return [
        frozenset(name.difference(*(other for other in names if other is not name)))
        for name in names
    ]


def _asked(index: Index, side: Side, own: frozenset[str], source: str) -> Question:
    """The question of one side. What the side alone is called weighs most; the name of the
    document it is to be found in says nothing of what stands there."""
    text = " ".join(side.question.replace(source, " ").split()) if source else side.question
    asked = analyse(text, index.body.vocabulary)
    terms = tuple(replace(t, weight=_OWN * t.weight) if t.text in own else t for t in asked.terms)
    kind = QuestionKind.COMPARISON if side.whole else asked.kind
    return replace(asked, terms=terms, kind=kind)


def _find(
    index: Index,
    asked: Question,
    meant: frozenset[str],
    settings: Settings,
    reranker: Reranker | None,
) -> Finding:
    ranking = rank(index, asked, settings.rank, reranker)
    if meant:
        files = np.array([p.file in meant for p in index.passages])
        fused = np.where(files, ranking.fused, np.float32(0)).astype(np.float32)
        order = np.argsort(-fused, kind="stable").astype(np.int64)
        ranking = replace(ranking, fused=fused, order=order)
    return find_evidence(index, asked, ranking, settings)


def _documents_meant(documents: Sequence[Document], label: str) -> tuple[frozenset[str], str]:
    """Files of the documents that a side names as its source ("6월호", "제조업 보고서"), and the words
    that name them; nothing where it names none, or none that can be told from the others."""
    issue = _ISSUE.search(label)
    if issue is not None:
        month = f"-{int(issue['month']):02}"
        dated = [d for d in documents if d.published[4:7] == month]
        if issue["year"]:
            dated = [d for d in dated if d.published.startswith(issue["year"])]
        return frozenset(d.file for d in dated), issue.group() if dated else ""
    source = _SOURCE.search(label)
    if source is None:
        return frozenset(), ""
    named = set(korean.terms(source["name"]))
    shared = {
        d.file: len(named & set(korean.terms(f"{d.title} {d.series} {d.issuer}")))
        for d in documents
    }
    best = max(shared.values(), default=0)
    most = [file for file, count in shared.items() if count == best]
    if not best or len(most) > 1:
        return frozenset(), ""
    return frozenset(most), source.group()


def _found(
    findings: Sequence[Finding], own: Sequence[frozenset[str]], settings: Settings
) -> list[bool]:
    """Which sides count as found: those that would be answered if asked alone. What vouches for
    one side speaks for the others too, so where the sides together are nearly sure, a side
    counts that is less so itself, if what was found calls it by its name."""
    limit = settings.answer.refuse_below
    together = sum(finding.confidence for finding in findings) / len(findings)
    out = []
    for finding, words in zip(findings, own, strict=True):
        held = words & _words(finding.evidence[0]) if finding.evidence else frozenset[str]()
        called = len(held) >= _CALLED * len(words)
        lenient = together >= _TOGETHER * limit and called
        least = _LENIENT * limit if lenient else limit
        out.append(bool(finding.evidence) and finding.confidence >= least)
    return out


def _compared(
    index: Index,
    side: Side,
    asked: Question,
    finding: Finding,
    own: Sequence[frozenset[str]],
    number: int,
    before: Sequence[Compared],
) -> Compared:
    """A side with its best slice, the headers of that, and the fact in it. A slice that speaks of
    this side is preferred; where something is to be told apart, one that speaks of no other.
    What an earlier side was given is not given again where there is something else."""
    others = frozenset[str]().union(*(words for n, words in enumerate(own) if n != number))
    taken = {(e.span, e.passage.file, c.fact) for c in before for e in c.evidence[:1]}
    groups = _slices(finding.evidence)
    if side.whole:
        held = {group[0].passage.id for group in groups}
        rows = [row for row in finding.order[:_DEEP] if index.passages[row].id not in held]
        groups += [(_as_evidence(index, asked, row),) for row in rows]
    groups = [_of_side(index, side, asked, group, own, number) for group in groups]

    def unfit(group: tuple[Evidence, ...]) -> tuple[bool, ...]:
        main = group[0]
        words = _words(main)
        return (
            bool(own[number]) and not own[number] & words,
            side.whole and not _opens(side.label, main.text),
            side.whole and bool(others & words),
            (main.span, main.passage.file, main.value or main.text) in taken,
            not side.whole and not main.value,
        )

    best = min(groups, key=unfit)
    fact = best[0].value or (best[0].text if len(best[0].text) <= _QUOTED else "")
    return Compared(side.label, fact, best)


def _slices(evidence: Sequence[Evidence]) -> list[tuple[Evidence, ...]]:
    """Each slice with the headers that follow it."""
    return [tuple(group) for _passage, group in groupby(evidence, key=lambda e: e.passage)]


def _as_evidence(index: Index, asked: Question, row: int) -> Evidence:
    passage = index.passages[row]
    found = extract(index, asked, passage)
    return Evidence(passage, found.span, found.text, 0.0)


def _of_side(
    index: Index,
    side: Side,
    asked: Question,
    group: tuple[Evidence, ...],
    own: Sequence[frozenset[str]],
    number: int,
) -> tuple[Evidence, ...]:
    """The slice with the fact of this side, where it names several: what is said of a side stands
    between its name and that of the next."""
    main = group[0]
    if side.whole:
        told = _told(index, side.label, main)
        return (told, *group[1:]) if told else group
    if not main.value or main.passage.rows is not None:
        return group
    text = main.text
    starts = []
    for n, words in enumerate(own):
        places = [text.find(word) for word in words if len(word) > 1 and word in text]
        if places and len(places) >= len(words) * _NAMED:
            starts.append((min(places), n))
    starts.sort()
    at = next((i for i, (_place, n) in enumerate(starts) if n == number), None)
    if at is None or len(starts) < 2:
        return group
    start = starts[at][0]
    end = starts[at + 1][0] if at + 1 < len(starts) else len(text)
    found = find_fact(asked, text[start:end], index.body.idf)
    if found is None:
        return group
    value = text[start:end][slice(*found)]
    return (replace(main, value=value), *group[1:])


def _told(index: Index, label: str, item: Evidence) -> Evidence | None:
    """The bullet or paragraph inside a slice that begins with a side's name, if there is one."""
    passage = item.passage
    document = next(d for d in index.documents if d.file == passage.file)
    for block in index.blocks[passage.file][passage.blocks[0] : passage.blocks[1] + 1]:
        reading = read(document.text, block.span, block.joins)
        at = len(block.marker)
        at += len(reading.text[at:]) - len(reading.text[at:].lstrip())
        text = reading.text[at:]
        if _opens(label, text) and item.span.covers(block.span):
            return replace(item, span=reading.span(at, len(reading.text)), text=text)
    return None


def _opens(label: str, text: str) -> bool:
    """Whether a slice begins with a side's name as what it speaks of."""
    opening = rf"(?:[-•*◆◇□]\s?)?(?:(?:반면|한편|또한|그러나)에?,?\s)?{re.escape(label)}(?:은|는|이|가|의|에서)\s"
    return re.match(opening, text) is not None


def _words(item: Evidence) -> set[str]:
    """The terms of a slice and its headings."""
    return set(korean.terms(" ".join([*item.passage.path, item.text])))


def _turns(orders: Iterable[Sequence[int]]) -> list[int]:
    """The first of each, then the second of each, and so on."""
    return [row for turn in zip_longest(*orders) for row in turn if row is not None]


def _in_order(compared: Sequence[Compared], sides: Sides) -> tuple[Compared, ...]:
    """The sides by size where that was asked for and all are amounts in one unit, else as asked."""
    if not sides.ordered:
        return tuple(compared)
    sizes = [amount(side.fact) for side in compared]
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes) or len({unit for _size, unit in known}) > 1:
        return tuple(compared)
    places = sorted(range(len(known)), key=lambda n: (-sides.ordered * known[n][0], n))
    return tuple(compared[n] for n in places)


def amount(fact: str) -> tuple[float, str] | None:
    """The size and the unit of an amount ("1조 2,000억원" is (1.2e12, "원")); None for a fact that
    is not one amount."""
    found = [v for v in values(fact) if v.kind is not ValueKind.DATE]
    if len(found) != 1:
        return None
    size, unit = 0.0, ""
    for match in _NUMBER.finditer(found[0].text):
        part = float(match["digits"].replace(",", ""))
        for scale in match["scale"]:
            part *= _SCALE[scale]
        size += part
        unit = match["unit"] or unit
    return size, unit
