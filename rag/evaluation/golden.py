"""Files of questions with their right answers, and of answers that were given to them.

A golden file is JSON lines: "id", "question", "type", "answer" (the items of a list joined by
"; "), "aliases", "answerable", and "evidence", the source spans ("doc", "start", "end") that prove
the answer; "also" names further spans that prove the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import InputError
from rag.evaluation.matching import holds, letters, resembles
from rag.showing.questions import Asked, json_rows, read_text
from rag.types import Span

_PROSE = ("reason", "definition", "method", "comparison", "list")


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


def read_golden(path: Path) -> tuple[Golden, ...]:
    """The questions of a golden file, in order; raises InputError naming the line."""
    rows = list(_rows(path))
    if not rows:
        raise InputError(f"정답 파일 '{path}'에 질문이 없습니다. 다른 파일을 주십시오.")
    return tuple(_golden(path, number, row) for number, row in rows)


def read_predictions(path: Path) -> tuple[dict[str, Any], ...]:
    """Answers that ``geungeo answer`` wrote; raises InputError naming the line. A row may hold the
    answer's "confidence" in [0, 1] as well, and "withheld" (see :mod:`rag.evaluation.risk`)."""
    found = []
    for number, row in _rows(path):
        if not {"id", "verdict", "answer", "citations", "passages"} <= row.keys():
            raise InputError(
                f"답 파일 '{path}'의 {number}번째 줄이 답이 아닙니다. geungeo answer로 다시 만들어 "
                "주십시오."
            )
        sure = row.get("confidence")
        # NaN fails the comparison too; a truth value is a number to Python.
        if sure is not None and (
            isinstance(sure, bool) or not isinstance(sure, int | float) or not 0 <= sure <= 1
        ):
            raise InputError(
                f"답 파일 '{path}'의 {number}번째 줄에 적힌 confidence가 0에서 1 사이의 수가 "
                "아닙니다. 고치거나 빼 주십시오."
            )
        held = row.get("withheld")
        if held is not None and not isinstance(held, dict):
            raise InputError(
                f"답 파일 '{path}'의 {number}번째 줄에 적힌 withheld가 JSON 객체가 아닙니다. 고치거나 "
                "빼 주십시오."
            )
        try:
            _places = [place(one) for one in (*row["citations"], *row["passages"])]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"답 파일 '{path}'의 {number}번째 줄에 자리를 읽을 수 없는 인용이나 대목이 "
                f"있습니다({error}). geungeo answer로 다시 만들어 주십시오."
            ) from error
        found.append(row)
    return tuple(found)


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


def place(row: Mapping[str, Any]) -> Place:
    return Place(row.get("document", row.get("doc", "")), Span(row["start"], row["end"]))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    return json_rows(path, read_text(path))


def _golden(path: Path, number: int, row: Mapping[str, Any]) -> Golden:
    try:
        evidence = [place(one) for one in row["evidence"]]
        also = [place(one) for one in row.get("also", ())]
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
