"""Serving the site on a port that is known to be free."""

from __future__ import annotations

import errno
import socket

import uvicorn
from fastapi import FastAPI

from rag.cli.output import tell
from rag.errors import InputError, PortBusy
from web.app import MAX_REQUEST_HEAD


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serves until the process is told to stop. The port is taken before anything is promised:
    raises PortBusy when another program has it, InputError when the address cannot be used."""
    listener = listen(host, port)
    number = listener.getsockname()[1]
    name = f"[{host}]" if ":" in host else host
    tell(f"http://{name}:{number} 에서 기다립니다. 끝내려면 Ctrl+C.")
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        http="h11",
        h11_max_incomplete_event_size=MAX_REQUEST_HEAD,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        tell("끝냈습니다.")
    finally:
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises PortBusy and InputError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise InputError(
            f"주소 '{host}'을(를) 알 수 없습니다. --host 127.0.0.1처럼 적어 주십시오."
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortBusy(
                f"포트 {port}은(는) 다른 프로그램이 쓰고 있습니다. 다른 포트로 다시 여십시오: "
                f"make run PORT={port + 1 if port < 65535 else 8000} 또는 geungeo serve --port N."
            ) from error
        raise InputError(
            f"{host}:{port}에서 기다릴 수 없습니다({error.strerror}). 이 컴퓨터의 주소와 1024 "
            "이상의 포트를 적어 주십시오."
        ) from error
    return listener
