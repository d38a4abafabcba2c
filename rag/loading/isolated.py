"""Files read in processes of their own, several at a time, each within limits.

A hostile file may make a parser hang, crash or ask for all memory. It then costs its own process
and a named error; the next file gets a fresh one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from rag.errors import SourceError
from rag.loading import SourceFile, content
from rag.loading.extracted import Extracted
from rag.loading.worker import found_from

SECONDS = 10.0
"""That reading one file may take. On a busy machine the clock waits for a process that has not
had half of them to itself, but no longer than _PATIENCE times as long."""
_PATIENCE = 3.0
_SECONDS_A_MIB = 1.0  # allowed on top for what a file has above _USUAL
_USUAL = 10 << 20  # bytes
_STARTING = 60.0  # seconds that a fresh process may take until it is ready
_FEW = 4  # files, and
_SMALL = 4 << 20  # bytes in all, up to which a second process costs more than it saves
_MOST = 8  # processes

Outcome = tuple[str, Extracted] | str
"""The format of a file and what it holds, or the Korean sentence about why it was not read."""


def read_sources(sources: Sequence[SourceFile]) -> Generator[Outcome, None, None]:
    """What each source holds, in their order. Plain text is read by this process, all else by
    others, of which there are as many as processors where that pays."""
    foreign = [source for source in sources if not source.plain]
    with ThreadPoolExecutor(max(1, _processes(foreign))) as threads, _Crew() as crew:
        waiting = {source.file: threads.submit(crew.read, source) for source in foreign}
        try:
            for source in sources:
                if source.plain:
                    yield _here(source)
                else:
                    yield waiting.pop(source.file).result()
        finally:
            for other in waiting.values():
                other.cancel()


def _here(source: SourceFile) -> Outcome:
    try:
        return content(source)
    except SourceError as error:
        return str(error)


def _processes(sources: Sequence[SourceFile]) -> int:
    if len(sources) <= _FEW and sum(source.size for source in sources) <= _SMALL:
        return 1
    return min(len(sources), _MOST, os.cpu_count() or 1)


class _Crew:
    """One reading process for each thread that asks, ended with the block."""

    def __init__(self) -> None:
        self._mine = threading.local()
        self._all: list[_Reader] = []
        self._closed = False

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        for reader in self._all:
            reader.end()

    def read(self, source: SourceFile) -> Outcome:
        if self._closed:
            return ""
        reader = getattr(self._mine, "reader", None)
        if reader is None:
            reader = self._mine.reader = _Reader()
            self._all.append(reader)
        return reader.read(source)


class _Reader:
    """A process that reads files one after another, started anew when one has ended it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def read(self, source: SourceFile) -> Outcome:
        process = self._ready()
        if process is None or process.stdin is None:
            return f"문서 '{source.file}'을(를) 읽을 프로세스를 시작하지 못했습니다. 다시 실행해 주세요."
        seconds = SECONDS + max(0, source.size - _USUAL) / (1 << 20) * _SECONDS_A_MIB
        asked = json.dumps([str(source.path.absolute()), source.file, source.digest])
        with suppress(OSError):
            process.stdin.write(asked + "\n")
            process.stdin.flush()
        line, late = _line(process, seconds)
        try:
            answer = json.loads(line)
            error = answer.get("error", "")
            if answer.get("last"):
                self.end()
            return str(error) if error else (answer["format"], found_from(answer["found"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            self.end()
        if late:
            return (
                f"문서 '{source.file}'을(를) {seconds:.0f}초 안에 읽지 못해 그만두었습니다. "
                "올바른 문서인지 확인하거나 나누어 주세요."
            )
        return (
            f"문서 '{source.file}'을(를) 읽던 프로세스가 갑자기 끝났습니다. "
            "손상되지 않았는지 확인해 주세요."
        )

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()

    def _ready(self) -> subprocess.Popen[str] | None:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        root = str(Path(__file__).parents[2])
        paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "rag.loading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            # Threads of numerical libraries take address space, of which there is a limit.
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(paths),
                "OPENBLAS_NUM_THREADS": "1",
                "PYTHONUTF8": "1",
            },
            # A group of its own, so that what it has started ends with it.
            start_new_session=True,
        )
        line, _ = _line(self._process, _STARTING)
        return self._process if line else None


def _line(process: subprocess.Popen[str], seconds: float) -> tuple[str, bool]:
    """The next line of a process, "" where it ends first; and whether it was ended because the
    time was over."""
    late = threading.Event()
    done = threading.Event()

    def watch() -> None:
        if done.wait(seconds):
            return
        if _processor_seconds(process.pid) < seconds / 2 and done.wait(seconds * (_PATIENCE - 1)):
            return
        late.set()
        _kill(process)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        line = process.stdout.readline() if process.stdout is not None else ""
    except (OSError, ValueError):
        line = ""
    finally:
        done.set()
        watcher.join()
    return line, late.is_set()


def _processor_seconds(group: int) -> float:
    """Processor time of a process group so far; infinite where the system does not tell."""
    ticks = 0.0
    told = False
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            # The name, in brackets, may hold blanks.
            values = stat.read_text().rpartition(")")[2].split()
            if int(values[2]) == group:
                told = True
                ticks += sum(map(int, values[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK") if told else float("inf")


def _kill(process: subprocess.Popen[str]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
