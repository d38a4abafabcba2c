"""What a visitor sees when something is wrong: one page in Korean, or one JSON shape.

{"error": {"code": "unknown_document", "message": "…"}}
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from rag.errors import (
    EncoderMismatch,
    EncoderMissing,
    GeungeoError,
    IndexBroken,
    IndexMissing,
    OriginalChanged,
    OriginalMissing,
    QuestionError,
    UnknownDocument,
    UnknownSpan,
)
from web.faq import FaqMissing
from web.security import HEADERS
from web.site import Site

_STATUS: dict[type[Exception], int] = {
    QuestionError: 400,
    UnknownSpan: 400,
    UnknownDocument: 404,
    OriginalMissing: 404,
    OriginalChanged: 410,
    FaqMissing: 404,
    IndexMissing: 503,
    IndexBroken: 503,
    EncoderMismatch: 503,
    EncoderMissing: 503,
}
_CODES: dict[type[Exception], str] = {
    QuestionError: "bad_question",
    UnknownSpan: "unknown_span",
    UnknownDocument: "unknown_document",
    OriginalMissing: "original_missing",
    OriginalChanged: "original_changed",
    FaqMissing: "faq_missing",
    IndexMissing: "index_missing",
    IndexBroken: "index_broken",
    EncoderMismatch: "encoder_mismatch",
    EncoderMissing: "encoder_missing",
}
_TITLES = {
    400: "요청을 이해하지 못했습니다",
    404: "찾으시는 것이 없습니다",
    405: "쓸 수 없는 방법입니다",
    410: "원본이 바뀌었습니다",
    422: "주소의 값을 쓸 수 없습니다",
    500: "처리하지 못했습니다",
    503: "지금은 답할 수 없습니다",
}
_MESSAGES = {
    404: "이 주소에는 페이지가 없습니다: 주소를 확인하거나 아래에서 다시 찾아 주세요.",
    405: "이 주소는 읽기(GET)만 됩니다: 주소를 브라우저에서 그대로 열어 주세요.",
    500: "서버에서 오류가 났습니다: 잠시 뒤 다시 시도하고, 되풀이되면 관리자에게 알려 주세요.",
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Context of ``error.html``."""

    title: str
    status: int
    message: str
    nav: str = ""


def handle_failures(app: FastAPI, site: Site) -> None:
    """Sends every error of the app through this module."""

    def known(request: Request, error: Exception) -> Response:
        status = _STATUS.get(type(error), 500)
        code = _CODES.get(type(error), "failed")
        return _respond(site, request, status, code, str(error))

    def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        message = _MESSAGES.get(status, "요청을 처리하지 못했습니다: 주소를 확인해 주세요.")
        headers = error.headers if isinstance(error, HTTPException) else None
        return _respond(site, request, status, _http_code(status), message, headers)

    def invalid(request: Request, error: Exception) -> Response:
        problems = error.errors() if isinstance(error, RequestValidationError) else []
        return _respond(site, request, 422, "bad_value", _value_message(problems))

    def unexpected(request: Request, error: Exception) -> Response:
        _log.error("%s failed", request.url.path, exc_info=error)
        return _respond(site, request, 500, "failed", _MESSAGES[500])

    app.add_exception_handler(GeungeoError, known)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unexpected)


def _respond(
    site: Site,
    request: Request,
    status: int,
    code: str,
    message: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    response: Response
    if _wants_json(request.url.path):
        body = {"error": {"code": code, "message": message}}
        response = JSONResponse(body, status_code=status)
    else:
        title = _TITLES.get(status, "요청을 처리하지 못했습니다")
        response = site.html("error.html", ErrorPage(title, status, message), status)
    # An unexpected error is answered outside the middleware that sets these.
    response.headers.update(HEADERS)
    response.headers.update(headers or {})
    return response


def _wants_json(path: str) -> bool:
    return path.startswith("/api/") or path == "/healthz" or path.endswith(".json")


def _http_code(status: int) -> str:
    return HTTPStatus(status).name.lower()


def _value_message(problems: Sequence[Any]) -> str:
    """One Korean sentence for the first problem that the framework found in an address."""
    if not problems:
        return "주소의 값을 쓸 수 없습니다: 주소를 확인해 주세요."
    problem = problems[0]
    name = str(problem["loc"][1]) if len(problem["loc"]) > 1 else str(problem["loc"][-1])
    limits: Mapping[str, Any] = problem.get("ctx") or {}
    match problem["type"]:
        case "missing":
            remedy = "값을 적어 주세요"
        case "int_parsing" | "int_type" | "int_parsing_size":
            remedy = "정수로 적어 주세요"
        case "greater_than_equal":
            remedy = f"{limits['ge']} 이상으로 적어 주세요"
        case "less_than_equal":
            remedy = f"{limits['le']} 이하로 적어 주세요"
        case "enum" | "literal_error":
            remedy = f"{str(limits['expected']).replace(' or ', ', ')} 가운데 하나로 적어 주세요"
        case _:
            remedy = "값을 고쳐 주세요"
    return f"주소의 '{name}' 값을 쓸 수 없습니다: {remedy}."
