"""Questions with their answers as JSON, CSV, Excel, HTML or JSON-LD.

Each entry carries its sources, their licence and the credit that the licence asks for, so that
whoever passes the file on passes them on too.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rag.answering.licence import UNMARKED, credit, read_licence
from rag.errors import InputError
from rag.showing.render import answer_json, plain
from rag.types import Answer, Citation

COLUMNS = (
    "번호",
    "질문",
    "짧은 답",
    "답",
    "문서",
    "절",
    "쪽",
    "인용문",
    "이용허락",
    "출처 표시",
    "파일",
    "시작",
    "끝",
)
_WIDTHS = (6, 44, 24, 70, 30, 36, 6, 60, 20, 44, 30, 9, 9)  # in characters, one for each column
_TERMS_COLUMN = COLUMNS.index("이용허락") + 1
_CELL_LIMIT = 32_767  # characters that Excel keeps in a cell
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_PAGE = """\
<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ heading }}</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; line-height: 1.7;
  font-family: "Pretendard GOV", Pretendard, "Noto Sans KR", sans-serif; word-break: keep-all;
  overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid; font-size: 1.15rem; }
details { border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  padding: .6rem 0; }
summary { cursor: pointer; font-weight: 600; }
.answer { white-space: pre-line; }
blockquote { margin: .6rem 0; padding-left: .9rem; border-left: 3px solid; }
.source { font-size: .9rem; opacity: .85; }
</style>
</head>
<body>
<h1>{{ heading }}</h1>
<p>모두 {{ total }}개입니다. 따옴표 안의 말은 문서의 원문입니다.</p>
{% for title, entries in groups %}
<section>
<h2>{{ title }}</h2>
{% for entry in entries %}
<details>
<summary>{{ entry.question.written }}</summary>
{% if entry.short_answer is not none %}<p><strong>{{ entry.short_answer }}</strong></p>{% endif %}
<p class="answer">{{ entry.text }}</p>
{% for citation in entry.citations %}
{% if citation.quote not in entry.text %}
<blockquote cite="{{ citation.url }}">{{ citation.quote }}</blockquote>
{% endif %}
<p class="source">[{{ citation.number }}] {{ place(citation) }}<br>{{ credit(citation) }}
{%- if licence(citation).terms %}
 <a rel="license" href="{{ licence(citation).terms }}">{{ licence(citation).name }}</a>
{%- endif %}</p>
{% endfor %}
</details>
{% endfor %}
</section>
{% endfor %}
</body>
</html>
"""
_HEADING = "문서에서 뽑은 질문과 답"


def format_of(named: str | None, out: Path | None) -> str:
    """The format to write: the one that was named, else that of the file's suffix, else JSON."""
    if named is not None:
        return named
    suffix = out.suffix.lower().removeprefix(".") if out is not None else ""
    return suffix if suffix in _WRITERS else "json"


def export(entries: Sequence[Answer], format_: str) -> bytes:
    """The entries as a file of a format: "json", "csv", "xlsx", "html" or "jsonld". Raises
    InputError for another."""
    try:
        writer = _WRITERS[format_]
    except KeyError:
        raise InputError(
            f"'{format_}' 형식으로는 쓸 수 없습니다. {', '.join(_WRITERS)} 가운데 고르십시오."
        ) from None
    return writer(entries)


def guarded(text: str) -> str:
    """The text as a spreadsheet shows it and never computes it: an apostrophe stands before what
    would be read as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(entries: Sequence[Answer]) -> bytes:
    """A list with one entry a line, which keeps the file small and its changes readable."""
    lines = (json.dumps(answer_json(entry), ensure_ascii=False) for entry in entries)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _csv(entries: Sequence[Answer]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel does not read Korean."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, entry in enumerate(entries, start=1):
        row = _row(number, entry)
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(entries: Sequence[Answer]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "FAQ"
    sheet.append(COLUMNS)
    top = Alignment(vertical="top", wrap_text=True)
    for number, entry in enumerate(entries, start=1):
        for column, value in enumerate(_row(number, entry), start=1):
            cell = sheet.cell(row=number + 1, column=column)
            cell.alignment = top
            cell.value = value[:_CELL_LIMIT] if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # "=1+1" stays the text that it is
        terms = read_licence(entry.citations[0].licence).terms if entry.citations else ""
        if terms:
            link = sheet.cell(row=number + 1, column=_TERMS_COLUMN)
            link.hyperlink = terms
            link.font = Font(color="0B5394", underline="single")
    for column, width in enumerate(_WIDTHS, start=1):
        head = sheet.cell(row=1, column=column)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="1F3864")
        head.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _html(entries: Sequence[Answer]) -> bytes:
    from jinja2 import Environment, StrictUndefined

    pages = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    groups: dict[str, list[Answer]] = {}
    for entry in entries:
        title = entry.citations[0].title if entry.citations else ""
        groups.setdefault(title, []).append(entry)
    text = pages.from_string(_PAGE).render(
        heading=_HEADING,
        total=len(entries),
        groups=list(groups.items()),
        place=_place,
        credit=credit,
        licence=lambda citation: read_licence(citation.licence),
    )
    return _clean(text).encode()


def _jsonld(entries: Sequence[Answer]) -> bytes:
    """An FAQPage of schema.org. ``<`` is escaped, so that the text may be put into a page."""
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": "ko",
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question.written,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": entry.text,
                    "citation": [_work(citation) for citation in entry.citations],
                },
            }
            for entry in entries
        ],
    }
    text = json.dumps(page, ensure_ascii=False, indent=1) + "\n"
    return text.replace("<", "\\u003c").encode()


def _work(citation: Citation) -> dict[str, Any]:
    licence = read_licence(citation.licence)
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": citation.title,
        "text": citation.quote,
        "creditText": credit(citation),
    }
    if citation.issuer:
        work["publisher"] = {"@type": "Organization", "name": citation.issuer}
    if citation.published:
        work["datePublished"] = citation.published
    if licence.name:
        work["license"] = licence.terms or licence.name
        work["copyrightNotice"] = citation.licence
    return work


def _row(number: int, entry: Answer) -> list[str | int]:
    """One entry as the cells of :data:`COLUMNS`; places are those of its first citation."""
    head: list[str | int] = [
        number,
        _clean(entry.question.written),
        _clean(entry.short_answer or ""),
        _clean(entry.text),
    ]
    if not entry.citations:
        return [*head, *[""] * (len(COLUMNS) - len(head))]
    first = entry.citations[0]
    credits = dict.fromkeys(credit(citation) for citation in entry.citations)
    return [
        *head,
        _clean(first.title),
        _clean(" › ".join(first.section)),
        first.page or "",
        _clean(first.quote),
        read_licence(first.licence).name or UNMARKED,
        _clean("\n".join(credits)),
        first.file,
        first.span.start,
        first.span.end,
    ]


def _place(citation: Citation) -> str:
    parts = [citation.title, *citation.section]
    if citation.page is not None:
        parts.append(f"{citation.page}쪽")
    return " › ".join(parts)


def _clean(text: str) -> str:
    """Without control characters, which neither Excel nor HTML may hold."""
    return plain(text)


_WRITERS: dict[str, Callable[[Sequence[Answer]], bytes]] = {
    "json": _json,
    "csv": _csv,
    "xlsx": _xlsx,
    "html": _html,
    "jsonld": _jsonld,
}
