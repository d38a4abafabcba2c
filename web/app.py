"""The web application over an open assistant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from web import ask, links
from web.api import api_routes
from web.failure import handle_failures
from web.pages import page_routes
from web.programme import today_in_korea
from web.security import SecurityHeaders
from web.site import HERE, Site, environment

if TYPE_CHECKING:
    from rag.assistant import Assistant

MAX_REQUEST_HEAD = 1 << 18
"""Bytes of a request's first lines that a server should take (``h11_max_incomplete_event_size``
of uvicorn), so that a question of 10,000 Hangul, 90,000 bytes when encoded, still reaches the
page that says what to do."""


def create_app(
    assistant: Assistant,
    *,
    faq_path: Path | None = None,
    today: Callable[[], date] = today_in_korea,
) -> FastAPI:
    """The site and its API for one index.

    ``faq_path`` is the JSON file of ``geungeo faq``; it is read at each visit, so that it may be
    made or replaced while the site runs. ``today`` gives the day of asking, by which a period of
    application is open or over. Asks the example questions once, to show only those that
    the documents answer.
    """
    app = FastAPI(
        title="근거 API",
        description="한국어 정책 문서에 묻고, 원문의 자리를 밝힌 답을 받습니다.",
        version="0.2.0",
        docs_url=None,
        redoc_url=None,
        openapi_url=links.openapi(),
    )
    site = Site(assistant, faq_path, ask.answered_examples(assistant), environment(), today)
    app.include_router(api_routes(site))
    app.include_router(page_routes(site))
    # The palette lies with the templates of the report, which needs it too.
    files = StaticFiles(directory=HERE / "static", packages=[("rag", "templates/palette")])
    app.mount("/static", files, name="static")
    app.add_middleware(SecurityHeaders)
    handle_failures(app, site)
    return app
