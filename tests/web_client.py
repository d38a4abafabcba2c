"""The site over the small assistant, in process, for the tests of web/."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from fake_assistant import FakeAssistant
from fastapi.testclient import TestClient
from page_reader import Element, page

from rag.showing.render import answer_json
from web.app import create_app


@cache
def client() -> TestClient:
    return TestClient(create_app(FakeAssistant()), raise_server_exceptions=False)


def client_with_faq(folder: Path, *questions: str) -> TestClient:
    """The site with the FAQ of these questions, written into the folder."""
    path = folder / "faq.json"
    entries = [answer_json(FakeAssistant().ask(question)) for question in questions]
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return TestClient(create_app(FakeAssistant(), faq_path=path), raise_server_exceptions=False)


def get(address: str, status: int = 200, **query: str) -> Element:
    """The parsed page at an address, which must answer with this status."""
    response = client().get(address, params=query or None)
    assert response.status_code == status, response.text[:400]
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return page(response.text)
