"""The app as a whole: what it is given, and that the tests' assistant stands for the real one."""

from __future__ import annotations

import inspect

import pytest
from fake_assistant import FakeAssistant
from web_client import client

from rag.assistant import Assistant


@pytest.mark.parametrize("name", ["ask", "search", "document", "blocks"])
def test_the_small_assistant_takes_what_the_real_one_takes(name: str) -> None:
    real = inspect.signature(getattr(Assistant, name))
    small = inspect.signature(getattr(FakeAssistant, name))
    shape = [[(p.name, p.default) for p in one.parameters.values()] for one in (real, small)]
    assert shape[0] == shape[1]


@pytest.mark.parametrize("name", ["documents", "passages", "fingerprint", "encoder_name"])
def test_the_small_assistant_has_what_the_real_one_has(name: str) -> None:
    assert hasattr(Assistant, name) and hasattr(FakeAssistant(), name)


def test_pages_answer_head_requests_too() -> None:
    for path in ("/", "/ask?q=물류비", "/search?q=지원", "/documents", "/faq", "/api"):
        response = client().head(path)
        assert (response.status_code, response.content) == (200, b"")


def test_no_script_is_served() -> None:
    for path in ("/", "/ask?q=물류비", "/search?q=지원", "/documents", "/faq", "/api"):
        assert "<script" not in client().get(path).text


def test_the_framework_s_own_pages_are_off() -> None:
    assert [client().get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [
        404,
        404,
        404,
    ]
