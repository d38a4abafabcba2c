"""A golden file -> figures that say how good the answers are.

A golden file is JSON lines: "id", "question", "type", "answer" (the items of a list joined by
"; "), "aliases", "answerable", and "evidence", the source spans ("doc", "start", "end") that prove
the answer; "also" names further spans that prove the same. :data:`FIGURES` says what is measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import InputError
from rag.questions_file import Asked, json_rows, read_text
from rag.render import plain, table
from rag.types import Span, Verdict

FIGURES = {
    "evidence@1000": "순위 앞쪽 1,000자가 근거를 담은 비율",
    "evidence@2500": "순위 앞쪽 2,500자가 근거를 담은 비율",
    "evidence@5000": "순위 앞쪽 5,000자가 근거를 담은 비율",
    "short": "짧은 답이 정답인 비율",
    "contains": "답(앞 700자)에 정답이 든 비율",
    "items": "목록의 항목이 답에 든 비율",
    "cite_recall": "인용이 근거를 담은 비율",
    "cite_prec": "인용 가운데 근거에 닿는 비율",
    "verbatim": "인용문이 원문과 같은 비율",
    "abstain_unans": "답 없는 질문에 답하지 않은 비율",
    "abstain_ans": "답 있는 질문에 답한 비율",
    "abstain_balanced": "위 두 비율의 평균",
}
"""The figures in order, each with its Korean label. A span counts as held when at least half of
its characters are."""

_BUDGETS = (1000, 2500, 5000)  # characters of ranked passages, so that long ones gain nothing
_READ = 700  # characters of an answer that a reader is expected to look at
_LONG = 20  # letters from which on a prose answer need not be repeated letter for letter
_PROSE = ("reason", "definition", "method", "comparison", "list")
_SHOWN = 80  # characters of an answer in the list of misses


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document."""

    file: str
    span: Span


@dataclass(frozen=True, slots=True)
class Golden:
    """A question with its right answer. ``proofs`` holds a group of places for each piece of
    evidence; any one place of a group proves that piece. ``also`` are places that a citation may
    touch as well."""

    asked: Asked
    type: str
    answer: str
    aliases: tuple[str, ...]
    answerable: bool
    proofs: tuple[tuple[Place, ...], ...]
    also: tuple[Place, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The answer and its aliases, then each of them without remarks in brackets."""
        forms = (self.answer, *self.aliases)
        bare = (re.sub(r"\s*\([^)]*\)\s*", "", form).strip() for form in forms)
        return (*forms, *(form for form in bare if len(letters(form)) >= 2))

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item.strip() for item in self.answer.split(";") if item.strip())


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was not answered rightly: what was wanted and what was said."""

    id: str | int
    type: str
    question: str
    wanted: str
    said: str


@dataclass(frozen=True, slots=True)
class Scores:
    """``figures`` are means in [0, 1], by the names of :data:`FIGURES`, those without a case left
    out; ``types`` maps a type of question to its share of ``contains`` and its number."""

    questions: int
    figures: dict[str, float]
    types: dict[str, tuple[float, int]]
    misses: tuple[Miss, ...]


def read_golden(path: Path) -> tuple[Golden, ...]:
    """The questions of a golden file, in order; raises InputError naming the line."""
    rows = list(_rows(path))
    if not rows:
        raise InputError(f"정답 파일 '{path}'에 질문이 없습니다. 다른 파일을 주십시오.")
    return tuple(_golden(path, number, row) for number, row in rows)


def read_predictions(path: Path) -> tuple[dict[str, Any], ...]:
    """Answers that ``geungeo answer`` wrote; raises InputError naming the line."""
    found = []
    for number, row in _rows(path):
        if not {"id", "verdict", "answer", "citations", "passages"} <= row.keys():
            raise InputError(
                f"답 파일 '{path}'의 {number}번째 줄이 답이 아닙니다. geungeo answer로 다시 만들어 "
                "주십시오."
            )
        found.append(row)
    return tuple(found)


def evaluate(
    golden: Sequence[Golden], predictions: Iterable[Mapping[str, Any]], texts: Mapping[str, str]
) -> Scores:
    """Scores answers in their JSON shape, joined to the questions by id.

    ``texts`` maps file names to source texts, against which quotations are checked. A question
    without a prediction counts as refused.
    """
    given = {row["id"]: row for row in predictions}
    cases: dict[str, list[float]] = defaultdict(list)
    types: dict[str, list[float]] = defaultdict(list)
    misses: list[Miss] = []
    for one in golden:
        said = _Said.read(given.get(one.asked.id, {}))
        cases["verbatim"] += [
            float(_verbatim(quote, texts.get(place.file, ""), place.span))
            for place, quote in said.citations
            if quote is not None
        ]
        if not one.answerable:
            cases["abstain_unans"].append(float(not said.spoke))
            right = not said.spoke
        else:
            _score_answer(one, said, cases)
            right = cases["contains"][-1] == 1.0
            types[one.type].append(float(right))
        if not right:
            wanted = one.answer if one.answerable else "(답하지 않아야 함)"
            shown = (said.short or said.text)[:_SHOWN]
            misses.append(Miss(one.asked.id, one.type, one.asked.question, wanted, shown))
    figures = {name: _mean(values) for name, values in cases.items() if values}
    figures["abstain_balanced"] = (
        figures.get("abstain_unans", 0.0) + figures.get("abstain_ans", 0.0)
    ) / 2
    return Scores(
        questions=len(golden),
        figures={name: figures[name] for name in FIGURES if name in figures},
        types={name: (_mean(values), len(values)) for name, values in sorted(types.items())},
        misses=tuple(misses),
    )


def report(scores: Scores, misses: bool = False) -> str:
    """The scores as tables for a terminal; with ``misses`` each question that went wrong."""
    rows = [("지표", "값", "뜻")]
    rows += [(name, f"{value:.3f}", FIGURES[name]) for name, value in scores.figures.items()]
    parts = [f"질문 {scores.questions:,}개", table(rows, right=(1,))]
    if scores.types:
        rows = [("종류", "contains", "질문")]
        rows += [(name, f"{mean:.2f}", str(n)) for name, (mean, n) in scores.types.items()]
        parts.append(table(rows, right=(1, 2)))
    if misses:
        lines = [f"틀린 질문 {len(scores.misses):,}개"]
        for miss in scores.misses:
            lines += [
                f"{miss.id} ({miss.type}) {miss.question}",
                f"    정답  {miss.wanted}",
                f"    답    {' '.join(miss.said.split()) or '(없음)'}",
            ]
        parts.append(plain("\n".join(lines)))
    return "\n\n".join(parts)


def letters(text: str) -> str:
    """Letters and digits only, NFKC and lower case, tags gone: 3,000 is 3000, and a bar keeps
    two numbers that stood side by side two numbers."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d)\s*\.\s*(?=\d)", ".", text)
    text = re.sub(r"(?<=\d)[^0-9a-z가-힣一-鿿△%.+]+(?=\d)", "|", text)
    return re.sub(r"[^0-9a-z가-힣一-鿿△%.+|]", "", text)


def holds(text: str, wanted: str) -> bool:
    """Whether ``text`` says ``wanted``, both read by :func:`letters`. A number must not be the
    head or tail of a longer one; a single letter must be the first word."""
    have, want = letters(text), letters(wanted)
    if len(want) == 1:
        first = unicodedata.normalize("NFKC", text).lower()
        return re.match(rf"\s*{re.escape(want)}(\W|$)", first) is not None
    at = have.find(want) if want else -1
    while at >= 0:
        before, after = have[at - 1 : at], have[at + len(want) : at + len(want) + 1]
        longer = (want[0].isdigit() and before.isdigit()) or (
            want[-1].isdigit() and after.isdigit()
        )
        if not longer:
            return True
        at = have.find(want, at + 1)
    return False


def resembles(text: str, wanted: str) -> bool:
    """Whether three of four pairs of neighbouring letters of a long answer occur in ``text``."""
    have, want = letters(text), letters(wanted)
    if len(want) < _LONG:
        return False
    pairs = [want[i : i + 2] for i in range(len(want) - 1)]
    return sum(pair in have for pair in pairs) >= 0.75 * len(pairs)


def is_right(text: str, golden: Golden) -> bool:
    """Whether ``text`` gives the answer: one of its forms, or all items of a list."""
    if any(holds(text, form) for form in golden.forms):
        return True
    if len(golden.items) > 1:
        return all(
            holds(text, item)
            or holds(text, re.sub(r"\([^)]*\)", "", item))
            or resembles(text, item)
            for item in golden.items
        )
    return golden.type in _PROSE and any(resembles(text, form) for form in golden.forms)


def share_held(wanted: Place, places: Iterable[Place]) -> float:
    """The share of a place's characters that lie in at least one of ``places``."""
    start, end = wanted.span.start, wanted.span.end
    inside = sorted(
        (max(place.span.start, start), min(place.span.end, end))
        for place in places
        if place.file == wanted.file
    )
    held, reached = 0, start
    for low, high in inside:
        held += max(0, high - max(low, reached))
        reached = max(reached, high)
    return held / max(1, end - start)


@dataclass(frozen=True, slots=True)
class _Said:
    """A prediction as far as it is scored."""

    spoke: bool
    short: str
    text: str
    citations: tuple[tuple[Place, str | None], ...]
    passages: tuple[Place, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> _Said:
        return cls(
            spoke=row.get("verdict", Verdict.NOT_FOUND) != Verdict.NOT_FOUND,
            short=row.get("short_answer") or "",
            text=row.get("answer") or "",
            citations=tuple((_place(c), c.get("quote")) for c in row.get("citations", ())),
            passages=tuple(map(_place, row.get("passages", ()))),
        )


def _score_answer(golden: Golden, said: _Said, cases: dict[str, list[float]]) -> None:
    cases["abstain_ans"].append(float(said.spoke))
    for budget in _BUDGETS:
        seen = _first(said.passages, budget)
        cases[f"evidence@{budget}"].append(_proved(golden, seen))
    longest = max(60, 2 * max(map(len, golden.forms)) + 20)
    short = said.spoke and is_right(said.short, golden) and len(said.short) <= longest
    whole = f"{said.short} \n {said.text}"[:_READ]
    cases["short"].append(float(short))
    cases["contains"].append(float(said.spoke and is_right(whole, golden)))
    if len(golden.items) > 1:
        read = f"{said.text[:_READ]} {said.short}"
        cases["items"].append(_mean([float(holds(read, item)) for item in golden.items]))
    cited = [place for place, _ in said.citations]
    cases["cite_recall"].append(_proved(golden, cited))
    if cited:
        proofs = [*(place for group in golden.proofs for place in group), *golden.also]
        touching = [
            any(one.file == proof.file and one.span.touches(proof.span) for proof in proofs)
            for one in cited
        ]
        cases["cite_prec"].append(_mean([float(touches) for touches in touching]))


def _proved(golden: Golden, places: Sequence[Place]) -> float:
    """The share of the evidence of which ``places`` hold at least half."""
    held = [any(share_held(proof, places) >= 0.5 for proof in group) for group in golden.proofs]
    return sum(held) / max(1, len(held))


def _first(passages: Iterable[Place], budget: int) -> list[Place]:
    """The passages up to ``budget`` characters, the last one cut."""
    kept = []
    for passage in passages:
        if budget <= 0:
            break
        start, end = passage.span.start, passage.span.end
        kept.append(Place(passage.file, Span(start, min(end, start + budget))))
        budget -= end - start
    return kept


def _verbatim(quote: str, text: str, span: Span) -> bool:
    """Whether a quotation stands in its span, white space, markup and punctuation aside."""
    have, want = letters(text[span.start : span.end]), letters(quote)
    return have == want or (bool(want) and want in have)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row.get("document", row.get("doc", "")), Span(row["start"], row["end"]))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    return json_rows(path, read_text(path))


def _golden(path: Path, number: int, row: Mapping[str, Any]) -> Golden:
    try:
        evidence = [_place(one) for one in row["evidence"]]
        also = [_place(one) for one in row.get("also", ())]
        # Other places prove the same only where there is one thing to prove.
        groups = [(one, *also) if len(evidence) == 1 else (one,) for one in evidence]
        return Golden(
            Asked(row["id"], row["question"]),
            row["type"],
            row["answer"],
            tuple(row.get("aliases", ())),
            row["answerable"],
            tuple(groups),
            tuple(also),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"정답 파일 '{path}'의 {number}번째 줄에 빠지거나 잘못된 항목이 있습니다({error}). id, "
            "question, type, answer, answerable, evidence를 확인해 주십시오."
        ) from error
