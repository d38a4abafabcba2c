"""No pattern of the product takes time that doubles with each further character: a ruled line of
dashes in a document once kept a question from ever being answered."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator

import rag
import web

# What documents are ruled, indented and numbered with, and letters, digits and marks between them.
REPEATED = (
    *"-=·*.,~|#_'()[] \t1가a※○□※①",
    *(
        "- ",
        "○ ",
        "* ",
        "1.",
        "1)",
        "1,",
        "제1",
        "가 ",
        "가. ",
        "다 ",
        "다. ",
        "( ",
        "1원 ",
        "2월 ",
    ),
)
TAILS = ("", "x", "가", "\n")
TIMES = 40
PATIENCE = 300  # seconds; all of it takes a few, and a pattern that doubles never ends


def held(thing: object) -> Iterator[re.Pattern[str]]:
    if isinstance(thing, re.Pattern):
        if isinstance(thing.pattern, str):
            yield thing
    elif isinstance(thing, (tuple, list)):
        for one in thing:
            yield from held(one)
    elif isinstance(thing, dict):
        yield from held(list(thing.values()))


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for package in (rag, web):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if module.name.endswith("__main__"):
                continue
            for name, thing in vars(importlib.import_module(module.name)).items():
                for pattern in held(thing):
                    yield f"{module.name}.{name}", pattern


def ask_each() -> None:
    for name, pattern in patterns():
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
        for text in (one * TIMES + tail for one in REPEATED for tail in TAILS):
            pattern.match(text)
            pattern.fullmatch(text)
            pattern.search(text)


def test_no_pattern_doubles() -> None:
    asked = subprocess.Popen(
        [sys.executable, "-m", "tests.test_patterns"], stdout=subprocess.PIPE, text=True
    )
    try:
        told, _none = asked.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        asked.kill()
        told, _none = asked.communicate()
        raise AssertionError(f"never ends: {told.split()[-1]}") from None
    assert asked.returncode == 0
    assert len(told.split()) > 500


if __name__ == "__main__":
    ask_each()
