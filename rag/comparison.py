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
from rag.contents_page import section_subject
from rag.evidence import Finding, find_evidence
from rag.extraction import extract
from rag.fact import find_fact
from rag.index import Index
from rag.likeness import vectors_of
from rag.question.analysis import analyse
from rag.reading import read
from rag.reckoning import differ, gap, order, total
from rag.retrieval.ranking import Ranking, rank
from rag.retrieval.reranker import Reranker
from rag.settings import Settings
from rag.sides import Side, Sides, sides_of
from rag.types import Document, Evidence, Question, QuestionKind

_SMALL = re.compile(r"작|적|낮|짧|싸|싼")
_HOW = {
    adjective: adverb
    for adverb, adjectives in (
        ("더 큽니다", "크 큰"),
        ("더 많습니다", "많"),
        ("더 높습니다", "높"),
        ("더 깁니다", "길 긴"),
        ("더 비쌉니다", "비싸 비싼"),
        ("더 작습니다", "작"),
        ("더 적습니다", "적"),
        ("더 낮습니다", "낮"),
        ("더 짧습니다", "짧"),
        ("더 쌉니다", "싸 싼"),
    )
    for adjective in adjectives.split()
}
_QUOTED = 200  # characters; a longer slice is not repeated as the short answer
_OWN = 2.0  # weight of a word that only this side is called by
_LENIENT = 0.6  # of the confidence that an answer needs
_TOGETHER = 0.8
_CALLED = 0.3  # share of a side's own words
_DEEP = 15  # rows among which a slice about one side alone is looked for
_NAMED = 0.6  # share of its own words by which a side is named in a slice
_SPOKEN = 0.5  # the same where a number is to be reckoned from what the slice says
_TURNS = 8  # rows of each side that come before the rest
_ISSUE = re.compile(r"(?<!\d)(?:(?P<year>20\d\d)년\s?)?(?P<month>1[0-2]|[1-9])월호")
_SOURCE = re.compile(
    r"(?P<name>(?:\S+\s){0,4}?\S*)(?:보고서|문서|자료집|안내문|공고문|공고)"
    r"(?:[가이에]서?\s(?:든|꼽은|말한|말하는|제시한|밝힌|나온|적힌|실린)|에서|의)?(?![가-힣])"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One side and what was found for it, best first; no evidence where it was not found."""

    label: str
    fact: str
    evidence: tuple[Evidence, ...]

    @property
    def titled(self) -> str:
        """The fact behind the side's name, a word that ends the one and begins the other said
        once: "1단계 국비", "국비 1,203억원"."""
        words = self.fact.split()
        last = self.label.split()[-1:]
        fact = " ".join(words[1:]) if len(words) > 1 and words[:1] == last else self.fact
        return f"{self.label} {fact}".strip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides in the order to be shown, the rows of all of them taking turns, and the least of
    the confidences of the sides that were found. ``named`` says whether the facts are to be
    shown with the names of their sides. ``reckoned`` is what the facts come to, as a computation
    ("119억원 + 200억원 = 319억원", "가 10년 이상 > 나 5년"), "" where nothing is asked or nothing
    can be reckoned; ``foremost`` the side that "어느 쪽이 더 긴가" asks for, and ``how`` its
    adjective."""

    sides: tuple[Compared, ...]
    order: tuple[int, ...]
    confidence: float
    named: bool
    reckoned: str = ""
    foremost: str = ""
    how: str = ""


def compare(
    index: Index, question: Question, ranking: Ranking, settings: Settings
) -> Comparison | None:
    """What was found for each side of a question, with no sides where nothing was found for any
    of them; None where the question has none. ``ranking`` is that of the whole question."""
    sides = sides_of(question.searched)
    if sides is None:
        return None
    own = _own_words(sides.sides, index.documents)
    questions, findings = [], []
    for side, words in zip(sides.sides, own, strict=True):
        meant, source = _documents_meant(index.documents, side.label)
        questions.append(_asked(index, side, words, source))
        found_one = _find(index, questions[-1], meant, settings, ranking.reranker)
        findings.append(_with_contents(index, questions[-1], found_one, meant))
    turns = _turns(finding.order[:_TURNS] for finding in findings)
    rest = [int(row) for row in ranking.order[: settings.answer.ranked]]
    rows = tuple(dict.fromkeys([*turns, *rest]))
    found = _found(findings, own, settings)
    if not any(found):
        return Comparison((), rows, 0.0, sides.named)
    compared: list[Compared] = []
    for number, (side, finding) in enumerate(zip(sides.sides, findings, strict=True)):
        if found[number]:
            compared.append(
                _compared(index, side, questions[number], finding, own, number, compared)
            )
        else:
            compared.append(Compared(side.label, "", ()))
    shown = _in_order(compared, sides)
    spoken = all(map(_spoken_of, compared, own))
    reckoned, foremost = _reckoned(shown, sides.reckon) if spoken else ("", "")
    return Comparison(
        shown,
        rows,
        min(f.confidence for f, held in zip(findings, found, strict=True) if held),
        sides.named,
        reckoned,
        foremost,
        _HOW.get(sides.reckon, "") if foremost else "",
    )


def _spoken_of(side: Compared, own: frozenset[str]) -> bool:
    """Whether what was found for a side says most of the words that the side is called by: no
    number is reckoned from a fact about something else."""
    said = frozenset[str]().union(*(_words(item) for item in side.evidence))
    # Documents read by a machine say 용자 for 융자.
    heard = [
        word in said or any(near in said for near, _likely in korean.variants(word)) for word in own
    ]
    return sum(heard) >= len(own) * _SPOKEN


def _reckoned(compared: Sequence[Compared], reckon: str) -> tuple[str, str]:
    """What the facts come to and the side that is foremost; "" where that is not asked, a side
    is missing or the facts are not amounts in one unit."""
    facts = [side.fact for side in compared]
    if not reckon or not all(facts):
        return "", ""
    if reckon == "sum":
        return total(facts), ""
    if reckon == "gap":
        return gap(facts), ""
    places = order(facts, descending=not _SMALL.match(reckon))
    if len(facts) != 2 or places is None or not differ(facts):
        return "", ""
    first, second = (compared[n] for n in places)
    sign = "<" if _SMALL.match(reckon) else ">"
    return f"{first.titled} {sign} {second.titled}", first.label


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


def _with_contents(
    index: Index, asked: Question, finding: Finding, meant: frozenset[str]
) -> Finding:
    """The finding, led by the contents page where one document is meant and its page tells."""
    document = next((d for d in index.documents if meant == {d.file}), None)
    listed = section_subject(index, asked, document) if document else None
    if listed is None:
        return finding
    row = index.passages.index(listed.passage)
    order = (row, *(other for other in finding.order if other != row))
    return replace(
        finding, evidence=(listed, *finding.evidence), order=order, confidence=1.0, reason=None
    )


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
    found = find_fact(asked, text[start:end], index.body.idf, vectors_of(index.encoder))
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
    places = order([side.fact for side in compared], descending=sides.ordered > 0)
    return tuple(compared if places is None else (compared[n] for n in places))
