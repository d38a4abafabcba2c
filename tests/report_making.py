"""Questions and answers made for the report, the page of them, and the parts of that page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from page_reader import Element, page

from rag.evaluation import evaluate, selective
from rag.evaluation.golden import Golden, Place
from rag.evaluation.page import Origin, report_page
from rag.showing.questions import Asked
from rag.types import Document, PageMark

ORIGIN = Origin("golden.jsonl", "", "f" * 64, "kiwi-morphemes")
TEXT = "가나다라마바사아자차" * 40


def document(file: str = "a.txt", **fields: Any) -> Document:
    """A document of 400 characters on page 3, with some of its fields as given."""
    made = Document(file, file, "가 계획", "", "", "2021", "", TEXT, "0", (PageMark(0, "3"),))
    return replace(made, **fields)


def golden(id_: str, answer: str, *proofs: Place, kind: str = "amount") -> Golden:
    """A question with that answer, "" for none, and each place a proof of its own."""
    question = Asked(id_, f"{id_}은 얼마인가요?")
    return Golden(question, kind, answer, ("같은 말",), bool(answer), tuple((p,) for p in proofs))


def said(id_: str, **fields: Any) -> dict[str, Any]:
    """A line of the file of answers."""
    row = {"id": id_, "verdict": "answered", "reason": None, "short_answer": None, "answer": ""}
    return {**row, "citations": [], "passages": [], "confidence": 0.5, "withheld": None, **fields}


def place(start: int, end: int, file: str = "a.txt", **more: Any) -> dict[str, Any]:
    return {"document": file, "section": ["1. 큰 절"], "start": start, "end": end, **more}


def drawn(
    asked: list[Golden], rows: list[dict[str, Any]], *documents: Document, **origin: Any
) -> Element:
    """The page of what was asked and answered, parsed."""
    texts = {one.file: one.text for one in documents}
    scores = evaluate(asked, rows, texts)
    made = report_page(scores, selective(scores.judged), documents, replace(ORIGIN, **origin))
    return page(made)


def cells(table: Element) -> list[list[str]]:
    """The texts of the body of a table, by rows."""
    return [
        [cell.line for cell in row.children if isinstance(cell, Element)]
        for body in table.all("tbody")
        for row in body.all("tr")
    ]


def miss(shown: Element, question: str) -> Element:
    """The one miss whose question holds some words."""
    (found,) = [
        one
        for one in shown.all("details", class_="miss")
        if question in one.one("span", class_="question").line
    ]
    return found


def facts(found: Element) -> dict[str, str]:
    """What the page says of a miss, by its name."""
    return {
        name.line: value.line for name, value in zip(found.all("dt"), found.all("dd"), strict=True)
    }
