"""Search results as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from rag.answering.licence import read_licence
from rag.showing.export import guarded
from rag.types import Document, Hit
from web import labels, links

LIMIT = 1000
"""Most hits in one export."""

COLUMNS = (
    "순위",
    "제목",
    "발행기관",
    "발행일",
    "절",
    "쪽",
    "종류",
    "본문",
    "이용허락",
    "점수",
    "파일",
    "시작",
    "끝",
    "주소",
)


def search_csv(hits: Iterable[Hit], documents: dict[str, Document], base: str) -> bytes:
    """The hits as CSV in UTF-8 with a byte order mark, which Excel needs to read Korean.

    Rows in the order of the hits under a header of Korean names. ``base`` is the address of the
    site, without a slash at its end, for links that work outside of it. Text that a spreadsheet
    would run as a formula gets an apostrophe in front (OWASP, CSV injection).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for rank, hit in enumerate(hits, start=1):
        passage = hit.passage
        document = documents[passage.file]
        text = (
            document.title,
            document.issuer,
            document.published,
            " › ".join(passage.path),
            passage.page or "",
            labels.kind(passage.kind),
            passage.text,
            read_licence(document.licence).name,
        )
        writer.writerow(
            [
                rank,
                *map(guarded, text),
                f"{hit.score:.6f}",
                guarded(passage.file),
                passage.span.start,
                passage.span.end,
                base + links.document(passage.file, passage.span),
            ]
        )
    return out.getvalue().encode("utf-8-sig")
