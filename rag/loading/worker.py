"""Run as a program: reads files for :mod:`rag.loading.isolated`, one after another.

A line on standard input names a file, ``[path, name, digest]``; a line on standard output answers
``{"format": …, "found": …}`` or ``{"error": a Korean sentence}``, with ``"last": true`` after which
no other file should be asked for. JSON rather than pickle: what
has read a hostile file is not trusted with more than text.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from rag.errors import SourceError
from rag.loading import SourceFile, content
from rag.loading.extracted import Extracted
from rag.loading.storage import block_from, block_row
from rag.types import PageMark

MEMORY = 1 << 30
"""Bytes of address space that reading a file may take."""


def main() -> None:
    """Answer until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Whatever a library prints must not come between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit()
    _say(answers, "")  # ready
    for line in sys.stdin:
        path, name, digest = json.loads(line)
        _say(answers, json.dumps(_answer(SourceFile(Path(path), name, digest))))


def found_row(found: Extracted) -> list[Any]:
    """What a reader gave, as JSON can hold it."""
    return [
        found.text,
        [block_row(block) for block in found.stated],
        [[mark.start, mark.label] for mark in found.pages],
        [found.title, found.issuer, found.published, found.licence],
        found.approximate_pages,
        list(found.warnings),
    ]


def found_from(row: list[Any]) -> Extracted:
    """What :func:`found_row` wrote; ValueError, TypeError or KeyError for anything else."""
    text, stated, pages, (title, issuer, published, licence), approximate, warnings = row
    return Extracted(
        text,
        tuple(map(block_from, stated)),
        tuple(PageMark(start, label) for start, label in pages),
        title,
        issuer,
        published,
        licence,
        bool(approximate),
        tuple(warnings),
    )


def _say(answers: TextIO, line: str) -> None:
    answers.write(line + "\n")
    answers.flush()


def _answer(source: SourceFile) -> dict[str, Any]:
    try:
        format_, found = content(source)
        return {"format": str(format_), "found": found_row(found)}
    except SourceError as error:
        return {"error": str(error)}
    except MemoryError:
        return {
            "error": f"문서 '{source.file}'을(를) 읽는 데 메모리가 {MEMORY >> 30} GiB 넘게 들어 "
            "그만두었습니다. 문서를 나누어 주세요.",
            "last": True,
        }
    except RecursionError:
        return {
            "error": f"문서 '{source.file}'의 짜임이 너무 깊어 읽지 못합니다. 다시 저장해 주세요."
        }
    except Exception as error:
        # A reader's own fault; it must cost this file and no other.
        return {
            "error": f"문서 '{source.file}'을(를) 읽다가 오류가 났습니다"
            f"({type(error).__name__}: {str(error)[:200]}). 손상되지 않았는지 확인해 주세요."
        }


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return  # no such limits on this system
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):  # not every system keeps every limit
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
