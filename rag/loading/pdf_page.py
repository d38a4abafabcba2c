"""A PDF as its pages: words with their places, and the lines and boxes drawn around them.

Reading is done by :mod:`rag.loading.pdf_worker` in a process of its own; what goes wrong there
becomes a SourceError here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import SourceError

_WORKER = Path(__file__).with_name("pdf_worker.py")
_SECONDS = 9.0
_BYTES_PER_SECOND = 100_000  # what a slow machine reads of an honest file, in time on top
_LONGEST = 600.0
_TAIL = 4096
_OFFICE_TITLE = re.compile(r"\A(?:Microsoft \w+|한글)\s*-\s*")
_FILE_TITLE = re.compile(r"\.(?:hwpx?|docx?|pptx?|xlsx?|pdf|html?|txt|indd)\Z|\Ahttps?:", re.I)
_NO_TITLE = re.compile(
    r"(?:untitled|제목\s*없음|무제|빈 문서|문서|document|about:blank)[\s\d]*\Z", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u200b]")

_REFUSALS = {
    "missing": "PDF 문서 '{name}'을(를) 읽는 데 필요한 pypdfium2가 설치되어 있지 않습니다. "
    "pip install 'geungeo[formats]'로 설치해 주세요.",
    "password": "PDF 문서 '{name}'은(는) 암호로 잠겨 있어 읽지 못합니다. "
    "암호를 푼 파일로 바꿔 주세요.",
    "copying": "PDF 문서 '{name}'은(는) 글자를 복사하지 못하게 잠겨 있어 읽지 않습니다. "
    "발행한 곳에서 잠그지 않은 파일을 받아 주세요.",
    "pages": "PDF 문서 '{name}'의 쪽수가 5,000쪽을 넘어 읽지 않습니다. 나누어 저장해 주세요.",
    "crowded": "PDF 문서 '{name}'은(는) 쪽수가 파일 크기에 견주어 지나치게 많아 읽지 않습니다. "
    "손상된 파일인지 확인하고 다시 저장해 주세요.",
    "work": "PDF 문서 '{name}'의 한 쪽에 든 글자나 문서 전체의 글자가 너무 많아 읽지 않습니다. "
    "나누어 저장해 주세요.",
    "memory": "PDF 문서 '{name}'은(는) 메모리를 너무 많이 쓰게 되어 있어 읽지 않습니다. "
    "손상된 파일인지 확인하고 다시 저장해 주세요.",
    "time": "PDF 문서 '{name}'은(는) 읽는 데 시간이 너무 오래 걸려 멈췄습니다. "
    "손상된 파일인지 확인하고 다시 저장해 주세요.",
    "format": "PDF 문서 '{name}'이(가) 손상되어 읽지 못합니다. 원본을 다시 받아 주세요.",
    "cut": "PDF 문서 '{name}'은(는) 끝부분이 잘린 파일입니다. 원본을 다시 받아 주세요.",
    "scan": "PDF 문서 '{name}'은(는) 글자가 없는 스캔본입니다. "
    "문자 인식(OCR)을 거친 파일로 바꿔 주세요.",
    "empty": "PDF 문서 '{name}'에 글자가 없습니다. 내용이 있는 파일로 바꿔 주세요.",
    "unmapped": "PDF 문서 '{name}'은(는) 글꼴에 유니코드 정보가 없어 글자를 알 수 없습니다. "
    "글꼴을 포함해 다시 저장하거나 문자 인식(OCR)을 거친 파일로 바꿔 주세요.",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the upper left corner of the page; ``y`` grows downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a blank. ``spaced`` as in the worker: 0 where it follows the
    word before it in the file without a blank, 2 and 4 where the file itself holds one. ``size``
    is the height of its font's line."""

    text: str
    box: Box
    baseline: float
    size: float
    spaced: int
    bold: bool
    slanted: bool
    order: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``label`` is what the file calls it, else its number from 1. ``dense`` tells that
    its drawing is too large to look for tables; ``unread`` that the page is damaged."""

    number: int
    label: str
    width: float
    height: float
    images: int
    words: tuple[Word, ...]
    rules: tuple[Box, ...]
    fills: tuple[Box, ...]
    dots: tuple[Box, ...]
    dense: bool = False
    unread: bool = False
    lost: int = 0

    @property
    def scanned(self) -> bool:
        """Whether it shows a picture and hardly any text."""
        return self.images > 0 and sum(len(word.text) for word in self.words) < 20


def refuse(name: str, why: str) -> SourceError:
    """The error to raise for a reason of the worker's or of :func:`read_pages`."""
    return SourceError(_REFUSALS.get(why, _REFUSALS["format"]).format(name=name))


def read_pages(data: bytes, name: str) -> tuple[str, tuple[Page, ...]]:
    """The title that the file states ("" for none) and its pages, at least one of them with text.

    Raises SourceError where the file is locked, damaged, cut short, a scan, without characters
    or too large, where pypdfium2 is missing, and where reading takes too much time or memory.
    """
    if b"%PDF-" not in data[:_TAIL]:
        raise refuse(name, "format")
    if b"%%EOF" not in data[-_TAIL:].rstrip(b"\x00 \r\n"):
        raise refuse(name, "cut")
    head, records = _run(data, name)
    pages = tuple(_page(number, record) for number, record in enumerate(records))
    read = [page for page in pages if not page.unread]
    if not read:
        raise refuse(name, "format")
    characters = sum(len(word.text) for page in read for word in page.words)
    if sum(page.lost for page in read) > max(20, 0.3 * characters):
        raise refuse(name, "unmapped")
    if not any(page.words and not page.scanned for page in read):
        raise refuse(name, "scan" if any(page.images for page in read) else "empty")
    return _title(str(head.get("title", ""))), pages


def _run(data: bytes, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The worker's first record and those of the pages."""
    limit = min(_LONGEST, _SECONDS + len(data) / _BYTES_PER_SECOND)
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_WORKER)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refuse(name, "time") from None
    except OSError as error:
        raise SourceError(
            f"PDF 문서 '{name}'을(를) 읽는 프로그램을 시작하지 못했습니다({error.strerror}). "
            "메모리와 권한을 확인해 주세요."
        ) from None
    first, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not first:
        raise refuse(name, "time" if done.returncode == -14 else "format")
    head = json.loads(first)
    if head["error"]:
        raise refuse(name, head["error"])
    return head, [json.loads(line) for line in rest.splitlines()]


def _page(index: int, record: dict[str, Any]) -> Page:
    label = _clean(record["label"]) or str(index + 1)
    if record.get("unread"):
        return Page(index + 1, label, 0, 0, 0, (), (), (), (), unread=True)
    words: list[Word] = []
    for text, x0, y0, x1, y1, baseline, size, spaced, style in record["words"]:
        text = _clean(text)
        if text:
            words.append(
                Word(text, Box(x0, y0, x1, y1), baseline, size, spaced, bool(style & 1),
                     bool(style & 2), len(words))
            )  # fmt: skip
    return Page(
        index + 1,
        label,
        record["width"],
        record["height"],
        record["images"],
        tuple(words),
        _boxes(record["rules"]),
        _boxes(record["fills"]),
        _boxes(record["dots"]),
        record["dense"],
        lost=record["lost"],
    )


def _boxes(rows: Sequence[Sequence[float]]) -> tuple[Box, ...]:
    return tuple(Box(*row) for row in rows)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def _title(stated: str) -> str:
    """A stated title, "" where it is the name of a file or of nothing."""
    title = " ".join(_OFFICE_TITLE.sub("", _clean(stated)).split())
    return "" if _FILE_TITLE.search(title) or _NO_TITLE.match(title) else title
