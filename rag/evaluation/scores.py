"""Questions and the answers given to them -> figures, and for each question how it went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rag.evaluation.golden import Golden, Place, is_right, place, share_held
from rag.evaluation.matching import holds, letters
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
_SHOWN = 80  # characters of an answer in the list of misses


class Outcome(StrEnum):
    """How a question went. ``RIGHT``: the right answer was given, or none where there is none.
    ``WRONG``: another answer was given. ``REFUSED``: none was given although there is one."""

    RIGHT = "right"
    WRONG = "wrong"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, the answer in its JSON shape (empty where none was given) and how it went."""

    golden: Golden
    row: Mapping[str, Any]
    outcome: Outcome


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
    out; ``types`` maps a type of question to its share of ``contains`` and its number; ``judged``
    holds every question in order."""

    questions: int
    figures: dict[str, float]
    types: dict[str, tuple[float, int]]
    misses: tuple[Miss, ...]
    judged: tuple[Judged, ...] = ()


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
    judged: list[Judged] = []
    for one in golden:
        row = given.get(one.asked.id, {})
        said = _Said.read(row)
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
        failure = Outcome.WRONG if said.spoke else Outcome.REFUSED
        judged.append(Judged(one, row, Outcome.RIGHT if right else failure))
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
        judged=tuple(judged),
    )


def spoke(row: Mapping[str, Any]) -> bool:
    """Whether a prediction gives an answer, be it a partial one."""
    return bool(row.get("verdict", Verdict.NOT_FOUND) != Verdict.NOT_FOUND)


def contains(golden: Golden, short: str | None, text: str | None) -> bool:
    """Whether the short answer followed by the text, as far as a reader is expected to look
    (700 characters together), gives the right answer."""
    return is_right(f"{short or ''} \n {text or ''}"[:_READ], golden)


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
            spoke=spoke(row),
            short=row.get("short_answer") or "",
            text=row.get("answer") or "",
            citations=tuple((place(c), c.get("quote")) for c in row.get("citations", ())),
            passages=tuple(map(place, row.get("passages", ()))),
        )


def _score_answer(golden: Golden, said: _Said, cases: dict[str, list[float]]) -> None:
    cases["abstain_ans"].append(float(said.spoke))
    for budget in _BUDGETS:
        seen = _first(said.passages, budget)
        cases[f"evidence@{budget}"].append(_proved(golden, seen))
    longest = max(60, 2 * max(map(len, golden.forms)) + 20)
    short = said.spoke and is_right(said.short, golden) and len(said.short) <= longest
    cases["short"].append(float(short))
    cases["contains"].append(float(said.spoke and contains(golden, said.short, said.text)))
    if len(golden.items) > 1:
        read = f"{said.text[:_READ]} {said.short}"
        cases["items"].append(_mean([float(holds(read, item)) for item in golden.items]))
    cited = [place for place, _ in said.citations]
    cases["cite_recall"].append(_proved(golden, cited))
    if cited:
        cases["cite_prec"].append(_mean([float(touches(golden, one)) for one in cited]))


def touches(golden: Golden, cited: Place) -> bool:
    """Whether a place has a character in common with the evidence, or with another place that
    may be cited as well."""
    proofs = [*(place for group in golden.proofs for place in group), *golden.also]
    return any(cited.file == proof.file and cited.span.touches(proof.span) for proof in proofs)


def proves(golden: Golden, one: Place) -> bool:
    """Whether a place by itself holds at least half of a piece of evidence."""
    return any(share_held(proof, [one]) >= 0.5 for group in golden.proofs for proof in group)


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
