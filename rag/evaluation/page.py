"""An evaluation as one HTML file that needs nothing else: no network, no script.

The page is drawn by templates/report/* and templates/palette/*. Everything from documents, questions and answers is
escaped there, and control and direction-changing characters are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rag.evaluation.golden import Golden, Place, place
from rag.evaluation.plots import Bars, Plot, bars, calibration_plot, risk_plot
from rag.evaluation.risk import Selective, would_be_right
from rag.evaluation.scores import FIGURES, Judged, Outcome, Scores, proves, spoke, touches
from rag.evaluation.tables import RIGHT, UNKNOWN, WITHOUT, operating
from rag.reading import read
from rag.showing.render import plain
from rag.types import Document, Reason, Span, Verdict

_NEAREST = 5  # retrieved passages shown with a miss
_QUOTED = 400  # characters of a passage or an answer that are shown
_SEVERAL = "여러 문서"
_NOWHERE = "답이 없는 질문"

_KINDS = {
    "amount": "금액·수치",
    "date": "날짜",
    "table": "표",
    "cell": "표의 칸",
    "list": "목록",
    "comparison": "비교",
    "org": "기관",
    "organisation": "기관",
    "person": "사람",
    "place": "장소",
    "contact": "연락처",
    "definition": "뜻",
    "reason": "까닭",
    "method": "방법",
    "yes_no": "예·아니요",
    "unanswerable": _NOWHERE,
    "other": "그 밖",
}
_VERDICTS = {
    Verdict.ANSWERED: "답함",
    Verdict.PARTIAL: "일부만 답함",
    Verdict.NOT_FOUND: "거절함",
}
_REASONS = {
    Reason.NOT_IN_DOCUMENTS: "문서가 다루지 않는 내용으로 봄",
    Reason.NOT_STATED: "문서가 다루지만 물은 값은 없다고 봄",
    Reason.AMBIGUOUS: "여러 뜻으로 읽히는 질문으로 봄",
    Reason.SOURCE_FAILED: "질문이나 문서를 읽지 못함",
}
_OUTCOMES = {Outcome.RIGHT: "맞음", Outcome.WRONG: "틀림", Outcome.REFUSED: "거절"}
_MEANINGS = {
    "contains": (
        "맞은 답",
        "문서에 답이 있는 질문 가운데, 답의 앞 700자 안에 정답이 든 것의 비율입니다. 읽는 사람이 "
        "답을 얻었는지를 봅니다.",
    ),
    "short": (
        "맞은 짧은 답",
        "맨 위에 따로 보이는 짧은 답만 보고도 맞은 비율입니다. 위의 값보다 엄격합니다.",
    ),
    "evidence@5000": (
        "근거를 찾음",
        "찾은 대목을 앞에서부터 5,000자 읽었을 때 정답의 근거가 거기 있는 비율입니다. 이 "
        "값이 낮으면 답이 아니라 찾기를 고쳐야 합니다.",
    ),
    "cite_recall": (
        "근거를 인용함",
        "답이 인용한 대목이 정답의 근거를 담은 비율입니다.",
    ),
    "abstain_balanced": (
        "답할지 거절할지",
        "답이 있으면 답하고 없으면 거절한 비율을 두 쪽에서 재어 평균했습니다. 늘 답하거나 늘 "
        "거절하면 50%입니다.",
    ),
    "verbatim": (
        "원문 그대로",
        "따옴표 안의 말이 문서의 그 자리에 그대로 있는 비율입니다. 100%가 아니면 고장입니다.",
    ),
}
"""The figures that are told first, each with a name and what it means."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What was measured: names without folders, since a report is passed on. ``answers`` names
    the file that the answers were in, "" where they were given now."""

    golden: str
    answers: str
    index: str
    encoder: str
    reranker: str | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice of a document as a miss shows it. ``mark`` tells how it stands to the evidence:
    "holds", "touches" or "none", "" where there is no evidence to hold."""

    where: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that went wrong. ``first`` is the rank of the first passage that touches the
    evidence, 0 where none does; ``found`` the number of passages. ``withheld`` is the answer that
    was refused and ``would_be_right`` whether it was right."""

    id: str
    kind: str
    outcome: Outcome
    label: str
    question: str
    wanted: str
    aliases: tuple[str, ...]
    evidence: tuple[Slice, ...]
    verdict: str
    reason: str
    short: str
    confidence: str
    text: str
    withheld: str
    would_be_right: bool
    citations: tuple[Slice, ...]
    passages: tuple[Slice, ...]
    first: int
    found: int


def report_page(
    scores: Scores, sure: Selective | None, documents: Sequence[Document], origin: Origin
) -> str:
    """The page as HTML. The same evaluation gives the same page, letter for letter; without
    ``sure`` it says why nothing is told of the confidence."""
    known = {document.file: document for document in documents}
    counts = {
        str(outcome): sum(one.outcome is outcome for one in scores.judged) for outcome in Outcome
    }
    return _TEMPLATES.get_template("report/report.html").render(
        origin=origin,
        scores=scores,
        counts=counts,
        headlines=tuple(_headlines(scores, sure)),
        labels=FIGURES,
        outcomes=tuple((str(one), label) for one, label in _OUTCOMES.items()),
        sure=sure,
        right=RIGHT,
        unknown=UNKNOWN,
        without=WITHOUT,
        operating=operating(sure) if sure is not None else "",
        risk=_drawn(risk_plot, sure),
        calibration=_drawn(calibration_plot, sure),
        kinds=_by_kind(scores.judged),
        files=_by_document(scores.judged, known),
        misses=tuple(
            _missed(one, known) for one in scores.judged if one.outcome is not Outcome.RIGHT
        ),
    )


def _drawn(draw: Any, sure: Selective | None) -> Plot | None:
    return None if sure is None else draw(sure)


def _headlines(scores: Scores, sure: Selective | None) -> Iterator[Headline]:
    for name, (label, meaning) in _MEANINGS.items():
        if name in scores.figures:
            yield Headline(label, f"{scores.figures[name]:.1%}", meaning)
    if sure is not None:
        yield Headline(
            "확신도의 순서 (AURC)",
            f"{sure.aurc:.3f}",
            "확신도가 높은 질문부터 답할 때 틀린 비율을, 답하는 비율을 바꾸어 가며 평균한 값입니다. "
            f"낮을수록 좋습니다. 맞은 답이 모두 앞에 오면 {sure.best:.3f}, 순서에 뜻이 없으면 "
            f"{sure.risk:.3f}입니다.",
        )
        yield Headline(
            "확신도의 크기 (ECE)",
            f"{sure.ece:.3f}",
            "확신도와 실제로 맞은 비율이 평균하여 얼마나 다른지입니다. 0이면 확신도 0.8인 답 "
            "열 가운데 여덟이 맞습니다.",
        )


def _by_kind(judged: Sequence[Judged]) -> Bars:
    """The kinds with the most questions first, ties by name; questions without answer last."""
    groups: dict[str, list[Outcome]] = {}
    for one in judged:
        groups.setdefault(_kind(one.golden), []).append(one.outcome)
    return bars(_ordered(groups))


def _by_document(judged: Sequence[Judged], documents: Mapping[str, Document]) -> Bars:
    """The documents by the questions whose evidence they hold, in the order of :func:`_by_kind`."""
    groups: dict[str, list[Outcome]] = {}
    for one in judged:
        files = {place.file for group in one.golden.proofs for place in group[:1]}
        name = _NOWHERE if one.golden.answerable is False else _SEVERAL
        if one.golden.answerable and len(files) == 1:
            (file,) = files
            name = documents[file].title if file in documents else file
        groups.setdefault(name, []).append(one.outcome)
    return bars(_ordered(groups))


def _ordered(groups: Mapping[str, list[Outcome]]) -> dict[str, list[Outcome]]:
    last = ("", _SEVERAL, _NOWHERE)

    def key(item: tuple[str, list[Outcome]]) -> tuple[int, int, str]:
        name, outcomes = item
        return (last.index(name) if name in last else 0, -len(outcomes), name)

    return dict(sorted(groups.items(), key=key))


def _kind(golden: Golden) -> str:
    return _KINDS.get(golden.type, golden.type)


def _missed(one: Judged, documents: Mapping[str, Document]) -> Missed:
    golden, row = one.golden, one.row
    places = tuple(map(place, row.get("passages") or ()))
    marks = [_mark(golden, found) for found in places]
    touching = [rank for rank, mark in enumerate(marks, start=1) if mark in ("holds", "touches")]
    sure = row.get("confidence")
    held = row.get("withheld") if not spoke(row) else None
    return Missed(
        id=str(golden.asked.id),
        kind=_kind(golden),
        outcome=one.outcome,
        label="답이 없는데 답함" if not golden.answerable else _OUTCOMES[one.outcome],
        question=golden.asked.question,
        wanted=golden.answer if golden.answerable else "문서에 답이 없으므로 답하지 않아야 합니다.",
        aliases=golden.aliases,
        evidence=tuple(_slice(group[0], documents, {}) for group in golden.proofs),
        verdict=_named(_VERDICTS, row.get("verdict")) or "답이 없음",
        reason=_named(_REASONS, row.get("reason")),
        short=row.get("short_answer") or "",
        confidence="" if sure is None else f"{sure:.2f}",
        text=_shortened(row.get("answer") or ""),
        withheld=_shortened((held.get("short_answer") or held.get("answer") or "") if held else ""),
        would_be_right=would_be_right(one),
        citations=tuple(
            _slice(place(cited), documents, cited, _mark(golden, place(cited)))
            for cited in row.get("citations") or ()
        ),
        passages=tuple(
            _slice(found, documents, shown, mark)
            for found, shown, mark in zip(
                places[:_NEAREST], row.get("passages") or (), marks, strict=False
            )
        ),
        first=touching[0] if touching else 0,
        found=len(places),
    )


def _named(names: Mapping[Any, str], value: object) -> str:
    return names.get(value, str(value)) if value is not None else ""


def _mark(golden: Golden, found: Place) -> str:
    if not golden.proofs:
        return ""
    if proves(golden, found):
        return "holds"
    return "touches" if touches(golden, found) else "none"


def _slice(
    found: Place, documents: Mapping[str, Document], row: Mapping[str, Any], mark: str = ""
) -> Slice:
    """Title, headings and page of a place, and its readable text; what is not in the index any
    more has no text."""
    document = documents.get(found.file)
    if document is None:
        return Slice(f"{found.file} (색인에 없는 문서)", "", mark)
    end = min(found.span.end, len(document.text))
    text = read(document.text, Span(found.span.start, end)).text if end > found.span.start else ""
    label = document.page_at(found.span.start)
    parts = [
        document.title,
        *map(str, row.get("section") or ()),
        *([f"{label}쪽"] if label else []),
        f"{found.span.start}–{found.span.end}자",
    ]
    return Slice(" › ".join(parts), _shortened(text), mark)


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"


def _shown(value: object) -> object:
    """What an expression of a template becomes: plain text, which is then escaped."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    undefined=StrictUndefined,
    autoescape=True,
    finalize=_shown,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["percent"] = lambda value: f"{value:.1%}"
