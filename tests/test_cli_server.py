"""The port that the server takes, and the server on it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from rag.cli import main
from rag.cli.server import listen
from rag.errors import InputError, PortBusy

ROOT = Path(__file__).parent.parent


def test_a_busy_port_is_named_with_the_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortBusy, match=f"포트 {port}.*make run PORT="):
            listen("127.0.0.1", port)


def test_a_free_port_is_taken_at_once() -> None:
    with listen("127.0.0.1", 0) as listener:
        address = listener.getsockname()
        with socket.create_connection(address, timeout=5):
            pass


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(InputError, match=r"주소|기다릴 수 없습니다"):
        listen("192.0.2.1", 0)


def test_serve_answers_on_its_port_and_says_where(tmp_path: Path) -> None:
    import urllib.request

    folder, index = tmp_path / "docs", tmp_path / "index"
    folder.mkdir()
    (folder / "a.txt").write_text("제목\n\n- 물류비 융자 한도는 3천만원이다.\n", encoding="utf-8")
    assert main(["build", str(folder), "--index", str(index)]) == 0
    with subprocess.Popen(
        [sys.executable, "-m", "rag", "serve", "--port", "0", "--index", str(index)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            assert "열고 있습니다" in process.stderr.readline()  # type: ignore[union-attr]
            said = process.stderr.readline()  # type: ignore[union-attr]
            assert "에서 기다립니다. 끝내려면 Ctrl+C." in said, said
            address = said.split()[0]
            with urllib.request.urlopen(f"{address}/healthz", timeout=30) as response:
                assert response.status == 200
        finally:
            process.terminate()
            process.wait(timeout=20)
