"""Names of bodies, places and people in a text, told by the analyser, by how they end, and by titles."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rag import korean
from rag.reading.people import people

_UNKNOWN = 5  # syllables of a noun of one piece that the analyser does not know
_NOUNS = ("NNG", "NNP", "XSN", "SL", "XR", "NNB")


@cache
def _tails() -> dict[str, tuple[str, ...]]:
    rows = files(__package__).joinpath("names.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {sort: tuple(words.split(",")) for sort, words in parts}


def ends_as_name(noun: str) -> bool:
    """Whether a noun ends as the names of bodies and places do, and is no common noun that does."""
    tails = _tails()
    return noun not in tails["not"] and noun.endswith((*tails["body"], *tails["place"]))


def is_proper(morpheme: korean.Morpheme) -> bool:
    """Whether a morpheme can be a name by itself: a proper noun, a word in Latin, or a noun so long
    that the analyser only does not know it."""
    return (morpheme.tag in ("NNP", "SL") and len(morpheme.form) > 1) or (
        morpheme.tag == "NNG" and len(morpheme.form) >= _UNKNOWN
    )


def tells_name(text: str, asked: str, *, person: bool = False) -> bool:
    """Whether a text tells a name that the question ``asked`` does not hold itself; of a ``person``
    one that does not end as those of bodies do."""
    if person and any(text[at:to] not in asked for at, to in people(text)):
        return True
    inside = korean.morphemes(text)
    for run in korean.together(m for m in inside if m.tag in _NOUNS):
        name = text[run[0].start : run[-1].end]
        if name in asked:
            continue
        ends = ends_as_name(name) or ends_as_name(run[-1].form)
        if person and not ends and any(m.tag == "NNP" and len(m.form) > 1 for m in run):
            return True
        if not person and (ends or any(is_proper(m) and m.form not in asked for m in run)):
            return True
    return False
