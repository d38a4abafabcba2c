"""Files of questions, .jsonl, .csv or .txt, and one JSON object for each of their questions, in input
order.

A question that cannot be asked does not stop the others: it gets an object of the same shape
with the verdict ``not_found``, the reason ``source_failed`` and the message as its answer.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rag.errors import InputError, QuestionError
from rag.settings import PASSAGES
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

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a file. ``id`` is as written in the file (a JSON number stays a number, so
    that whoever joins output and input by id finds it) or the number of its line, from 1."""

    id: str | int
    question: str


def read_questions(path: Path) -> tuple[Asked, ...]:
    """The questions of a file, in order; blank lines are passed over.

    ``.jsonl`` has an object with "question" and perhaps "id" on each line; ``.csv`` has those
    columns, found by name; ``.txt`` is one question a line. Other fields and columns are ignored.
    The text is UTF-8, with or without a byte order mark, or CP949, in which Korean editions of
    Excel save CSV. An empty question is kept: it is answered with a refusal of its own, since
    whoever wrote the file counts on one answer for each question.

    Raises InputError, naming the line, for what cannot be read.
    """
    readers = {".jsonl": _jsonl, ".csv": _csv, ".txt": _txt}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            f"질문 파일 '{path}'의 형식을 알 수 없습니다. 이름이 .jsonl, .csv, .txt 가운데 하나로 "
            "끝나는 파일을 주십시오."
        )
    asked = reader(path, read_text(path))
    if not asked:
        raise InputError(
            f"질문 파일 '{path}'에 질문이 없습니다. 질문을 한 줄에 하나씩 적어 주십시오."
        )
    return asked


def read_text(path: Path) -> str:
    """The text of a file that a user made, in UTF-8 or CP949; raises InputError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"파일 '{path}'이(가) 없습니다. 경로를 확인해 주십시오.") from error
    except IsADirectoryError as error:
        raise InputError(f"'{path}'은(는) 폴더입니다. 파일을 주십시오.") from error
    except OSError as error:
        raise InputError(
            f"파일 '{path}'을(를) 읽을 수 없습니다({error.strerror}). 권한을 확인해 주십시오."
        ) from error
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        f"파일 '{path}'은(는) UTF-8이나 CP949 글이 아닙니다. UTF-8로 저장해 다시 주십시오."
    )


def json_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of JSON lines with the number of their line, from 1; blank lines are passed
    over. Raises InputError naming the line that is no object; ``path`` is for the message."""
    # Only "\n" ends a line: a JSON string may hold U+2028, at which splitlines() would cut it.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise InputError(
                f"파일 '{path}'의 {number}번째 줄이 JSON 객체가 아닙니다. 한 줄에 객체 하나를 적어 "
                "주십시오."
            )
        yield number, row


def _jsonl(path: Path, text: str) -> tuple[Asked, ...]:
    asked = []
    for number, row in json_rows(path, text):
        where = f"질문 파일 '{path}'의 {number}번째 줄"
        question, id_ = row.get("question"), row.get("id", number)
        if not isinstance(question, str):
            raise InputError(f'{where}에 글로 된 "question"이 없습니다. 항목을 더해 주십시오.')
        if isinstance(id_, bool) or not isinstance(id_, str | int):
            raise InputError(f'{where}의 "id"는 글이나 정수여야 합니다. 고쳐 주십시오.')
        asked.append(Asked(_whole(id_) if isinstance(id_, str) else id_, _whole(question)))
    return tuple(asked)


def _whole(text: str) -> str:
    """Half a surrogate pair, which JSON can escape and UTF-8 cannot write, becomes U+FFFD."""
    return _HALF.sub("\ufffd", text)


def _csv(path: Path, text: str) -> tuple[Asked, ...]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    asked = []
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        if "question" not in header:
            raise InputError(
                f"질문 파일 '{path}'의 첫 줄에 question 열이 없습니다. 첫 줄을 'id,question'으로 "
                "적어 주십시오."
            )
        question = header.index("question")
        id_ = header.index("id") if "id" in header else None
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) <= question:
                raise InputError(
                    f"질문 파일 '{path}'의 {rows.line_num}번째 줄에 question 칸이 없습니다. 쉼표 "
                    "수를 확인해 주십시오."
                )
            named = id_ is not None and len(row) > id_ and row[id_].strip()
            asked.append(Asked(named or rows.line_num, row[question]))
    except csv.Error as error:
        raise InputError(
            f"질문 파일 '{path}'의 {rows.line_num}번째 줄을 CSV로 읽을 수 없습니다. 따옴표가 "
            "맞게 닫혔는지 확인해 주십시오."
        ) from error
    return tuple(asked)


def _txt(path: Path, text: str) -> tuple[Asked, ...]:
    lines = enumerate(text.splitlines(), start=1)
    return tuple(Asked(number, line.strip()) for number, line in lines if line.strip())


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
