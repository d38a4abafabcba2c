"""Numbers -> the geometry of plots, in the units of an SVG view box; the template draws them.

A view box is 400 units wide and is shown about as wide on a telephone, so that text of 13 units
can be read there.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.evaluation.risk import Selective
from rag.evaluation.scores import Outcome

WIDTH = 400
_LABEL = 34  # width of a bar's label, in columns of a terminal

ORDER = (Outcome.RIGHT, Outcome.WRONG, Outcome.REFUSED)
"""The parts of a bar from the left."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle in which values are drawn: x from 0 to 1, y from 0 to ``top``, upwards."""

    top: float
    left: float = 46
    right: float = WIDTH - 18
    upper: float = 26
    lower: float = 226

    def x(self, value: float) -> float:
        return round(self.left + (self.right - self.left) * value, 2)

    def y(self, value: float) -> float:
        return round(self.lower - (self.lower - self.upper) * value / self.top, 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with its radius and what it stands for."""

    x: float
    y: float
    radius: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of points. ``line`` and ``guide`` are corners of a solid and a dashed line, as the
    attribute "points" of SVG wants them; ``mark`` is a point that stands out."""

    frame: Frame
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    line: str
    guide: str
    dots: tuple[Dot, ...]
    mark: Dot | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar."""

    outcome: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar; ``y`` is its upper edge. ``label`` is ``name``, cut where it is long."""

    name: str
    label: str
    y: float
    parts: tuple[Part, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars on one scale, so that their lengths compare."""

    height: float
    bars: tuple[Bar, ...]


def risk_plot(sure: Selective) -> Plot:
    """Risk against coverage: a line through all coverages, a dot at each tenth, and what was
    really answered as the point that stands out. The guide is the risk at full coverage."""
    frame = Frame(_top(max(sure.risks)))
    n = sure.questions
    line = [(frame.x(k / n), frame.y(risk)) for k, risk in enumerate(sure.risks, start=1)]
    dots = [
        Dot(
            frame.x(level.answered / n),
            frame.y(level.risk),
            4,
            f"{level.percent}%에 답하면 틀린 비율 {level.risk:.1%}",
        )
        for level in sure.levels
    ]
    mark = None
    if sure.answered:
        coverage, risk = sure.answered / n, sure.wrong / sure.answered
        label = f"실제: {coverage:.1%}에 답해 틀린 비율 {risk:.1%}"
        # What is really answered is not the surest part in every case, so it may lie off the line.
        mark = Dot(frame.x(coverage), frame.y(min(risk, frame.top)), 6, label)
    guide = [(frame.x(0), frame.y(sure.risk)), (frame.x(1), frame.y(sure.risk))]
    return Plot(
        frame, _x_ticks(frame), _y_ticks(frame), _points(line), _points(guide), tuple(dots), mark
    )


def calibration_plot(sure: Selective) -> Plot:
    """Share of right answers against confidence, a dot for each bin, as large as it has
    questions. On the guide, the diagonal, the two would be the same."""
    frame = Frame(1.0)
    most = max(one.questions for one in sure.bins)
    dots = [
        Dot(
            frame.x(one.confidence),
            frame.y(one.right),
            round(3 + 7 * math.sqrt(one.questions / most), 2),
            f"확신도 {one.low:.1f}–{one.high:.1f}: 질문 {one.questions}개, "
            f"평균 확신도 {one.confidence:.2f}, 맞은 비율 {one.right:.1%}",
        )
        for one in sure.bins
    ]
    line = _points([(dot.x, dot.y) for dot in dots])
    guide = _points([(frame.x(0), frame.y(0)), (frame.x(1), frame.y(1))])
    return Plot(frame, _x_ticks(frame), _y_ticks(frame), line, guide, tuple(dots))


def bars(groups: Mapping[str, Sequence[Outcome]]) -> Bars:
    """A bar for each group, in the order given: its questions that went right, wrong and were
    refused. The longest bar fills the width."""
    most = max((len(outcomes) for outcomes in groups.values()), default=1)
    rows = []
    for number, (name, outcomes) in enumerate(groups.items()):
        counts = tuple(sum(one is outcome for one in outcomes) for outcome in ORDER)
        parts, x = [], 0.0
        for outcome, count in zip(ORDER, counts, strict=True):
            width = WIDTH * count / most
            if count:
                parts.append(Part(str(outcome), count, round(x, 2), round(width, 2)))
            x += width
        rows.append(Bar(name, _cut(name), 44.0 * number + 18, tuple(parts), counts))
    return Bars(44.0 * len(rows), tuple(rows))


def _top(highest: float) -> float:
    """The end of an axis that holds ``highest``: a tenth, and 0.2 at least."""
    return min(1.0, max(0.2, math.ceil(highest * 10 - 1e-9) / 10))


def _x_ticks(frame: Frame) -> tuple[Tick, ...]:
    return tuple(Tick(frame.x(tenths / 10), f"{tenths * 10}%") for tenths in range(0, 11, 2))


def _y_ticks(frame: Frame) -> tuple[Tick, ...]:
    tenths = round(frame.top * 10)
    step = 1 if tenths <= 5 else 2
    return tuple(Tick(frame.y(at / 10), f"{at * 10}%") for at in range(0, tenths + 1, step))


def _points(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in corners)


def _cut(name: str) -> str:
    """As much of a name as fits beside the counts; a Hangul syllable takes two columns."""
    kept, width = "", 0
    for character in name:
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _LABEL:
            return f"{kept.rstrip()}…"
        kept += character
    return kept
