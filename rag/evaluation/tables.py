"""The scores of an evaluation as tables for a terminal."""

from __future__ import annotations

from rag.evaluation.risk import Selective
from rag.evaluation.scores import FIGURES, Scores
from rag.showing.render import plain, table

RIGHT = (
    "맞음은 짧은 답이나 답의 앞 700자에 정답이 있다는 뜻입니다. 거절한 질문은 거절하지 않았으면 "
    "했을 답으로 따지고, 문서에 답이 없는 질문은 무엇이라 답해도 틀린 것으로 셉니다."
)
"""What counts as right when the confidence is judged; as in :mod:`rag.evaluation.risk`."""
UNKNOWN = "거절한 질문에 하려던 답이 적혀 있지 않은 것은 틀린 것으로 셌습니다."
WITHOUT = (
    "답 파일에 확신도(confidence)가 없어 위험과 보정은 재지 못했습니다. --predictions 없이 다시 "
    "재면 나옵니다."
)


def report(scores: Scores, misses: bool = False, sure: Selective | None = None) -> str:
    """The scores as tables for a terminal; with ``sure`` those of the confidence, with ``misses``
    each question that went wrong."""
    rows = [("지표", "값", "뜻")]
    rows += [(name, f"{value:.3f}", FIGURES[name]) for name, value in scores.figures.items()]
    parts = [f"질문 {scores.questions:,}개", table(rows, right=(1,))]
    if scores.types:
        rows = [("종류", "contains", "질문")]
        rows += [(name, f"{mean:.2f}", str(n)) for name, (mean, n) in scores.types.items()]
        parts.append(table(rows, right=(1, 2)))
    if sure is not None:
        parts += _confidence(sure)
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


def operating(sure: Selective) -> str:
    """How much was really answered and how much of that was wrong, in a sentence."""
    said = f"실제로는 질문의 {sure.answered / sure.questions:.1%}에 답했고"
    if not sure.answered:
        return "실제로는 어느 질문에도 답하지 않았습니다."
    return f"{said}, 그 가운데 {sure.wrong / sure.answered:.1%}가 틀렸습니다."


def _confidence(sure: Selective) -> list[str]:
    levels = [("답한 비율", "질문", "틀린 비율", "확신도")]
    levels += [
        (f"{one.percent}%", str(one.answered), f"{one.risk:.3f}", f"{one.confidence:.2f} 이상")
        for one in sure.levels
    ]
    bins = [("확신도", "질문", "평균 확신도", "맞은 비율")]
    bins += [
        (
            f"{one.low:.1f}–{one.high:.1f}",
            str(one.questions),
            f"{one.confidence:.3f}",
            f"{one.right:.3f}",
        )
        for one in sure.bins
    ]
    return [
        "위험: 확신도가 높은 질문부터 답할 때 틀린 답의 비율\n" + table(levels, right=(0, 1, 2, 3)),
        f"AURC {sure.aurc:.3f} (맞은 답이 모두 앞에 오면 {sure.best:.3f}, 순서에 뜻이 없으면 "
        f"{sure.risk:.3f})\n{operating(sure)}",
        "보정: 확신도만큼 맞는가\n" + table(bins, right=(1, 2, 3)),
        f"ECE {sure.ece:.3f} (확신도와 맞은 비율의 차이, 질문 수로 잰 평균)",
        RIGHT + ("" if sure.withheld else f" {UNKNOWN}"),
    ]
