"""Asks an assistant the questions of a golden file, for what an evaluation needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rag.errors import QuestionError
from rag.evaluation.golden import Golden
from rag.showing.questions import Answering, answers
from rag.showing.render import answer_json
from rag.types import Verdict


def ask_all(
    assistant: Answering, golden: Sequence[Golden], unrefusing: Answering | None = None
) -> Iterator[dict[str, Any]]:
    """The answers as JSON objects, in order, each with its "confidence" and, where it was
    refused, with "withheld": what ``unrefusing``, the same assistant that does not refuse, says
    to the question ("short_answer", "answer"); None without it or where it refuses too."""
    for one in golden:
        try:
            answer = assistant.ask(one.asked.question, id=str(one.asked.id))
        except QuestionError:
            (row,) = answers(assistant, [one.asked])
            yield {**row, "confidence": 0.0, "withheld": None}
            continue
        withheld = None
        if answer.verdict is Verdict.NOT_FOUND and unrefusing is not None:
            said = unrefusing.ask(one.asked.question)
            withheld = {"short_answer": said.short_answer, "answer": said.text}
        row = {**answer_json(answer), "id": one.asked.id}
        yield {**row, "confidence": answer.confidence, "withheld": withheld}
