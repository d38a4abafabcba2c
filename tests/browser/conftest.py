"""A running site and a real browser; skipped, with the reason, where one of the two is missing."""

from __future__ import annotations

import json
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

sys.path.insert(0, str(Path(__file__).parent.parent))

from fake_assistant import FakeAssistant

from rag.showing.render import answer_json
from web.app import MAX_REQUEST_HEAD, create_app


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, with an FAQ, on a free port."""
    path = tmp_path_factory.mktemp("index") / "faq.json"
    entries = [answer_json(FakeAssistant().ask(q)) for q in ("물류비 한도는?", "추진단은 언제?")]
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(FakeAssistant(), faq_path=path),
        log_level="warning",
        h11_max_incomplete_event_size=MAX_REQUEST_HEAD,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's or anyone's Chromium, headless, driven through Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )
    if not found:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield started
        started.close()
