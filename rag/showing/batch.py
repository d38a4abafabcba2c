"""A list of questions -> one JSON object for each, in input order.

A question that cannot be asked does not stop the others: it gets an object of the same shape
with the verdict ``not_found``, the reason ``source_failed`` and the message as its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from rag.errors import QuestionError
from rag.settings import PASSAGES
from rag.showing.questions_file import Asked
from rag.showing.render import answer_json, search_json
from rag.types import (
    Answer,
    Block,
    Document,
    Filters,
    Reason,
    SearchResult,
    Sort,
    Verdict,
)


class Answering(Protocol):
    """What batch, FAQ and evaluation need of an assistant; as in rag.assistant.Assistant."""

    @property
    def documents(self) -> tuple[Document, ...]: ...
    @property
    def fingerprint(self) -> str: ...
    def ask(self, question: str, k: int = PASSAGES, id: str = "") -> Answer: ...
    def search(
        self,
        query: str,
        k: int = 10,
        offset: int = 0,
        filters: Filters | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> SearchResult: ...
    def blocks(self, file: str) -> tuple[Block, ...]: ...


def answers(
    assistant: Answering, asked: Sequence[Asked], k: int = PASSAGES
) -> Iterator[dict[str, Any]]:
    """Answers as JSON objects, each with at most ``k`` passages."""
    for one in asked:
        try:
            found = answer_json(assistant.ask(one.question, k=k, id=str(one.id)))
        except QuestionError as error:
            found = {
                "id": "",
                "question": one.question,
                "verdict": str(Verdict.NOT_FOUND),
                "reason": str(Reason.SOURCE_FAILED),
                "short_answer": None,
                "answer": str(error),
                "citations": [],
                "passages": [],
                "as_of": "",
                "index": assistant.fingerprint,
            }
        yield {**found, "id": one.id}


def searches(
    assistant: Answering, asked: Sequence[Asked], k: int, filters: Filters, sort: Sort
) -> Iterator[dict[str, Any]]:
    """Search results as JSON objects, each with at most ``k`` passages; a question that cannot
    be searched gets none."""
    for one in asked:
        try:
            found = search_json(assistant.search(one.question, k=k, filters=filters, sort=sort))
        except QuestionError:
            found = {
                "id": "",
                "question": one.question,
                "total": 0,
                "passages": [],
                "index": assistant.fingerprint,
            }
        yield {**found, "id": one.id}
