"""Ten questions and answers whose right figures are worked out by hand."""

from __future__ import annotations

from typing import Any

from rag.evaluation.golden import Golden
from rag.showing.questions import Asked


def asked(id_: str, answer: str) -> Golden:
    """A question with that answer; with "" one that has none."""
    return Golden(Asked(id_, f"{id_}?"), "amount", answer, (), bool(answer), ())


def said(
    id_: str, confidence: float, short: str | None, withheld: str | None = None, **more: Any
) -> dict[str, Any]:
    """An answer, or, where ``withheld`` is given, a refusal with the answer behind it."""
    refused = withheld is not None
    return {
        "id": id_,
        "verdict": "not_found" if refused else "answered",
        "reason": "not_stated" if refused else None,
        "short_answer": short,
        "answer": "",
        "citations": [],
        "passages": [],
        "confidence": confidence,
        "withheld": {"short_answer": withheld, "answer": ""} if refused else None,
        **more,
    }


# Ten questions, put down in no order. By confidence: right .95, right .90, wrong .85, right .80,
# no answer exists .75, right .62, right .60, refused though it would be right .40, refused and it
# would be wrong .30, rightly refused .10.
GOLDEN = [
    asked("e", ""),
    *[asked(name, "7억원") for name in "abcdfghi"],
    asked("j", ""),
]
ROWS = [
    said("j", 0.10, None, "7억원"),
    said("a", 0.95, "7억원"),
    said("c", 0.85, "8억원"),
    said("b", 0.90, "7억원"),
    said("d", 0.80, None, None, answer="모두 7억원입니다."),
    said("e", 0.75, "7억원"),
    said("g", 0.60, "7억원"),
    said("f", 0.62, "7억원", verdict="partial"),
    said("h", 0.40, None, "7억원"),
    said("i", 0.30, None, "9억원"),
]
