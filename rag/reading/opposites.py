"""Words that cannot be true of one thing at one time: a rise and a fall, an approval and a ban."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The pairs of opposites.tsv, the first of them a rise and a fall."""
    rows = files(__package__).joinpath("opposites.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple((re.compile(left), re.compile(right)) for left, right in pairs)


def rises(text: str) -> bool:
    """Whether a text tells of a rise."""
    return opposites()[0][0].search(text) is not None


def falls(text: str) -> bool:
    """Whether a text tells of a fall."""
    return opposites()[0][1].search(text) is not None
