"""The JSON API: its shape, its errors, and that OpenAPI tells the truth about both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_assistant import ETRI, FINGERPRINT, LOGISTICS, FakeAssistant, document
from web_client import client, client_with_faq

from rag.showing.render import answer_json, search_json
from rag.types import Filters, Sort

QUESTION = "물류비 융자 한도 얼마예요?"


def get(address: str, status: int = 200, **query: str) -> Any:
    response = client().get(address, params=query or None)
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/json"
    return response.json()


@pytest.mark.parametrize("question", [QUESTION, "추진단은 언제?", "하늘은 왜 파란가요"])
def test_an_answer_is_the_one_of_the_command_line(question: str) -> None:
    assert get("/api/ask", q=question, k="7") == answer_json(FakeAssistant().ask(question, k=7))


def test_a_search_passes_its_query_on_whole() -> None:
    filters = Filters(file=LOGISTICS, issuer="구미전자정보기술원", year="2021", kind="bullet")
    expected = FakeAssistant().search("지원", 5, 3, filters, Sort.POSITION)
    assert expected.total > 8
    body = get(
        "/api/search",
        q="지원",
        k="5",
        offset="3",
        document=LOGISTICS,
        issuer="구미전자정보기술원",
        year="2021",
        kind="bullet",
        sort="position",
    )
    assert body == search_json(expected)


def test_documents_and_their_blocks() -> None:
    listed = get("/api/documents")
    assert [one["file"] for one in listed] == [d.file for d in FakeAssistant().documents]
    one = get(f"/api/documents/{ETRI}")
    text = document(ETRI).text
    assert one["document"] == listed[2]
    assert one["document"]["length"] == len(text)
    heading = next(block for block in one["blocks"] if block["kind"] == "heading")
    assert text[heading["start"] : heading["end"]] == heading["text"]
    assert [b["start"] for b in one["blocks"]] == sorted(b["start"] for b in one["blocks"])


def test_the_faq_is_given_as_it_was_made(tmp_path: Path) -> None:
    site = client_with_faq(tmp_path, QUESTION)
    expected = [answer_json(FakeAssistant().ask(QUESTION))]
    assert site.get("/api/faq").json() == site.get("/faq.json").json() == expected
    assert get("/api/faq", 404)["error"]["code"] == "faq_missing"


def test_health() -> None:
    assert get("/healthz") == {
        "status": "ok",
        "index": FINGERPRINT,
        "documents": 3,
        "passages": len(FakeAssistant().passages),
    }


@pytest.mark.parametrize(
    ("address", "query", "status", "code", "words"),
    [
        ("/api/ask", {"q": ""}, 400, "bad_question", "비어"),
        ("/api/ask", {"q": "a" * 10_000}, 400, "bad_question", "2,000자"),
        ("/api/ask", {}, 422, "bad_value", "'q'"),
        ("/api/ask", {"q": "가", "k": "0"}, 422, "bad_value", "1 이상"),
        ("/api/ask", {"q": "가", "k": "많이"}, 422, "bad_value", "정수"),
        ("/api/search", {"q": "가", "k": "101"}, 422, "bad_value", "100 이하"),
        ("/api/search", {"q": "가", "sort": "up"}, 422, "bad_value", "'newest'"),
        ("/api/search", {"q": "가", "kind": "poem"}, 422, "bad_value", "'kind'"),
        ("/api/documents/none.txt", {}, 404, "unknown_document", "none.txt"),
        ("/api/nothing", {}, 404, "not_found", "주소"),
    ],
)
def test_errors_have_one_shape(
    address: str, query: dict[str, str], status: int, code: str, words: str
) -> None:
    body = get(address, status, **query)
    assert set(body) == {"error"} and set(body["error"]) == {"code", "message"}
    assert body["error"]["code"] == code
    assert words in body["error"]["message"]


def test_other_methods_are_refused() -> None:
    response = client().post("/api/ask")
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"
    assert response.headers["allow"] == "GET"


# OpenAPI


def description() -> dict[str, Any]:
    found = get("/api/openapi.json")
    assert isinstance(found, dict)
    return found


def conforms(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> None:
    """Checks a value against the part of JSON Schema that the models use, allowing no extra."""
    if "$ref" in schema:
        schema = root["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        kinds = [one.get("type") for one in schema["anyOf"]]
        if value is None:
            assert "null" in kinds
            return
        schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        assert value in schema["enum"]
    elif "const" in schema:
        assert value == schema["const"]
    elif schema["type"] == "object":
        assert set(value) == set(schema["properties"]) == set(schema["required"])
        for name, inner in schema["properties"].items():
            conforms(value[name], inner, root)
    elif schema["type"] == "array":
        for one in value:
            conforms(one, schema["items"], root)
    else:
        kinds = {"string": str, "integer": int, "number": (int, float)}
        assert isinstance(value, kinds[schema["type"]])


@pytest.mark.parametrize(
    ("path", "address", "query", "status"),
    [
        ("/api/ask", "/api/ask", {"q": QUESTION}, 200),
        ("/api/ask", "/api/ask", {"q": "하늘"}, 200),
        ("/api/ask", "/api/ask", {"q": ""}, 400),
        ("/api/search", "/api/search", {"q": "지원"}, 200),
        ("/api/documents", "/api/documents", {}, 200),
        ("/api/documents/{file}", f"/api/documents/{LOGISTICS}", {}, 200),
        ("/api/documents/{file}", "/api/documents/none", {}, 404),
        ("/api/faq", "/api/faq", {}, 404),
        ("/healthz", "/healthz", {}, 200),
        ("/api/search", "/api/search", {"q": "a", "k": "x"}, 422),
    ],
)
def test_openapi_describes_what_is_sent(
    path: str, address: str, query: dict[str, str], status: int
) -> None:
    root = description()
    responses = root["paths"][path]["get"]["responses"]
    schema = responses[str(status)]["content"]["application/json"]["schema"]
    conforms(get(address, status, **query), schema, root)


def test_every_path_of_openapi_is_on_the_api_page() -> None:
    text = client().get("/api").text
    for path in description()["paths"]:
        assert f"GET {path}</code>" in text
