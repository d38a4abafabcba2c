"""Words that frame a question and tell no passage from another."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, str]:
    rows = files(__package__).joinpath("frames.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {word: sort for sort, words in parts for word in words.split(",")}


def frames_of(term: str) -> str:
    """How a term frames a question: "frame", "sort" where it names the sort of what is wanted, "" where
    it tells of its matter; frames.tsv says which."""
    return _table().get(term, "")
