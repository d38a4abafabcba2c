"""The page of verified questions and answers that ``geungeo faq`` writes into the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.answering.licence import credit, read_licence
from rag.errors import GeungeoError, InputError
from rag.types import Document, Span
from web import labels, links

Entry = dict[str, Any]
"""One answer in the JSON shape of :func:`rag.showing.render.answer_json`."""


MISSING = "자주 묻는 질문이 아직 없습니다: geungeo faq를 실행해 만들어 주세요."
_BROKEN = "자주 묻는 질문 파일이 깨졌습니다: geungeo faq를 다시 실행해 새로 만들어 주세요."


_CITED = {
    "number",
    "document",
    "title",
    "issuer",
    "published",
    "licence",
    "section",
    "page",
    "start",
    "end",
    "quote",
}


class FaqMissing(GeungeoError):
    """The FAQ has not been made yet."""


@dataclass(frozen=True, slots=True)
class Source:
    """A citation of an entry; ``licence`` is its mark as written."""

    title: str
    issuer: str
    published: str
    licence: str
    place: str
    quote: str
    href: str
    number: int


@dataclass(frozen=True, slots=True)
class FaqItem:
    question: str
    short: str
    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    credits: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class FaqGroup:
    """The questions of one document and section, in the order of the file."""

    title: str
    section: str
    items: tuple[FaqItem, ...]


@dataclass(frozen=True, slots=True)
class FaqPage:
    """Context of ``faq.html``. ``total`` counts all entries, ``shown`` those that passed."""

    title: str
    made: bool
    q: str
    document: str
    documents: tuple[tuple[str, str, int], ...]
    total: int
    shown: int
    groups: tuple[FaqGroup, ...]
    json: str
    nav: str = "faq"


def load(path: Path | None) -> tuple[Entry, ...] | None:
    """The entries of the FAQ file in its order; None where it has not been made.

    Raises InputError when the file is not a JSON list of answers.
    """
    if path is None or not path.is_file():
        return None
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(_BROKEN) from error
    if not isinstance(entries, list) or not all(_is_answer(entry) for entry in entries):
        raise InputError(_BROKEN)
    return tuple(entries)


def page(
    entries: Sequence[Entry] | None, documents: Sequence[Document], document: str, q: str
) -> FaqPage:
    """The page, narrowed to one document (a file's name) and to entries that hold the text."""
    titles = {one.file: one.title for one in documents}
    every = entries or ()
    counts: dict[str, int] = {}
    for entry in every:
        counts[_file(entry)] = counts.get(_file(entry), 0) + 1
    chosen = [entry for entry in every if _passes(entry, document, q)]
    return FaqPage(
        title="자주 묻는 질문",
        made=entries is not None,
        q=q,
        document=document,
        documents=tuple((f, titles.get(f, f), n) for f, n in sorted(counts.items())),
        total=len(every),
        shown=len(chosen),
        groups=tuple(_groups(chosen, titles)),
        json=links.faq_json(),
    )


def _groups(entries: Iterable[Entry], titles: dict[str, str]) -> Iterable[FaqGroup]:
    grouped: dict[tuple[str, str], list[FaqItem]] = {}
    for entry in entries:
        path = _section(entry)
        key = (_file(entry), path[0] if path else "")
        grouped.setdefault(key, []).append(_item(entry))
    for (file, section), items in sorted(grouped.items(), key=lambda pair: pair[0][0]):
        yield FaqGroup(titles.get(file, file), section, tuple(items))


def _item(entry: Entry) -> FaqItem:
    sources = tuple(_source(citation) for citation in entry["citations"])
    return FaqItem(
        question=str(entry["question"]),
        short=str(entry.get("short_answer") or ""),
        lines=tuple(line for line in str(entry["answer"]).splitlines() if line.strip()),
        sources=sources,
        credits=tuple(
            dict.fromkeys(credit(one) for one in sources if read_licence(one.licence).terms)
        ),
        ask=links.ask(str(entry["question"])),
    )


def _source(citation: dict[str, Any]) -> Source:
    place = [str(citation["issuer"]), *map(str, citation["section"])]
    page = labels.page(citation["page"])
    return Source(
        title=str(citation["title"]),
        issuer=str(citation["issuer"]),
        published=str(citation["published"]),
        licence=str(citation["licence"]),
        place=" › ".join(part for part in (*place, page) if part),
        quote=str(citation["quote"]),
        href=links.document(
            str(citation["document"]), Span(int(citation["start"]), int(citation["end"]))
        ),
        number=int(citation["number"]),
    )


def _passes(entry: Entry, document: str, q: str) -> bool:
    if document and _file(entry) != document:
        return False
    hay = f"{entry['question']} {entry.get('short_answer') or ''} {entry['answer']}".casefold()
    return all(word in hay for word in q.casefold().split())


def _file(entry: Entry) -> str:
    citations = entry["citations"]
    return str(citations[0]["document"]) if citations else ""


def _section(entry: Entry) -> list[str]:
    citations = entry["citations"]
    return [str(part) for part in citations[0]["section"]] if citations else []


def _is_answer(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and {"question", "answer", "citations"} <= entry.keys()
        and isinstance(entry["citations"], list)
        and all(_is_citation(citation) for citation in entry["citations"])
    )


def _is_citation(citation: object) -> bool:
    if not isinstance(citation, dict) or not citation.keys() >= _CITED:
        return False
    numbers = (citation["number"], citation["start"], citation["end"])
    return isinstance(citation["section"], list) and all(isinstance(one, int) for one in numbers)


def required(path: Path | None) -> list[Entry]:
    """The entries of the FAQ file; raises FaqMissing where it has not been made."""
    entries = load(path)
    if entries is None:
        raise FaqMissing(MISSING)
    return list(entries)
