"""Where a command writes: stdout or a file for data, stderr for messages and progress."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sized
from io import TextIOWrapper
from pathlib import Path
from typing import TypeVar

from rag.errors import InputError

T = TypeVar("T")

_BAR = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} 남은 시간 {remaining}{postfix}"
_QUIET = 10.0  # seconds between lines of progress where there is no terminal to draw a bar on


def use_utf8() -> None:
    """Makes stdout and stderr UTF-8 whatever the locale says: Korean data must not depend on it."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def say(text: str) -> None:
    """Writes data to stdout, ending the line."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Writes a message to stderr, ending the line."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


class Progress:
    """Progress of named stages on stderr, callable as ``progress(stage, done, total)``, with
    what is worked on as a fourth argument where that is worth telling.

    On a terminal a bar that shows itself once a stage has taken half a second; elsewhere, as in
    a log, a line each ten seconds.
    """

    def __init__(self) -> None:
        from tqdm import tqdm

        self._terminal = sys.stderr.isatty()
        self._tqdm = tqdm
        self._bar: tqdm | None = None
        self._stage = ""
        self._told = time.monotonic()

    def __call__(self, stage: str, done: int, total: int, detail: str = "", /) -> None:
        if not self._terminal:
            now = time.monotonic()
            if now - self._told >= _QUIET:
                tell(f"{stage} {done:,}/{total:,}" + (f" {detail}" if detail else ""))
                self._told = now
            return
        if self._bar is None or stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = self._tqdm(total=total, desc=stage, delay=0.5, leave=False, bar_format=_BAR)
        self._bar.total = total
        if detail:
            # A file's name must not move the cursor.
            self._bar.set_postfix_str("".join(filter(str.isprintable, detail)), refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def over(self, items: Iterable[T], counted: Sized, stage: str) -> Iterator[T]:
        """The items, counted as they pass out of ``len(counted)``."""
        try:
            for done, item in enumerate(items, start=1):
                yield item
                self(stage, done, len(counted))
        finally:
            self.close()


@contextlib.contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A file to write in the place of ``path``: it takes that name only once the block has ended
    without an error, so that nobody finds half of it there. Raises InputError where ``path``
    cannot be written."""
    if path.is_dir():
        raise InputError(f"'{path}'은(는) 폴더입니다. --out에 파일 이름을 적어 주십시오.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise InputError(
            f"'{path.parent}' 폴더에 쓸 수 없습니다({error.strerror}). 폴더가 있는지, 쓸 권한이 "
            "있는지 확인해 주십시오."
        ) from error
    aside = Path(name)
    try:
        yield aside
        # mkstemp makes private files; what the user asked for gets the usual permissions.
        umask = os.umask(0)
        os.umask(umask)
        aside.chmod(0o666 & ~umask)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise InputError(
            f"'{path}'에 쓸 수 없습니다({error.strerror}). 남은 공간과 권한을 확인해 주십시오."
        ) from error
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_lines(lines: Iterable[str], out: Path | None) -> None:
    """Writes lines to a file, or to stdout as they come when ``out`` is None."""
    if out is None:
        for line in lines:
            say(line)
        return
    with written_aside(out) as aside, aside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)
