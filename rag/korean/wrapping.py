"""Lines that a page layout broke: is the break inside a word?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.korean.morphology import analyser

_LATIN_END = re.compile(r"[A-Za-z0-9%)\]]$")
_JOSA = re.compile(
    r"(?:은|는|이|가|을|를|과|와|의|에|에서|에게|으로|로|로서|로써|도|만|까지|부터|보다|처럼"
    r"|이나|나|이란|란|이며|며|이고|인)"
    r"(?:[\s,.]|$)"
)
_LIGHT_VERB = re.compile(r"(?:하|되|한|할|함|된|될|됨|했|됐|해|돼|시키|시킨|시켜|하였|되었)")
_UNIT = re.compile(r"%|(?:년|월|일|개|명|건|곳|배|위|차|조|억|만|천|원)")
_SENTENCE_END = re.compile(r"(?:[.!?。]|[다요음함임됨]\.)[\"'”’)\]]*$")


def join_wrapped(lines: Sequence[str], trailing_blank_means_space: bool = False) -> list[bool]:
    """For each i, whether ``lines[i]`` and ``lines[i + 1]`` are parts of one word.

    The lines are those of one paragraph; the result is one shorter than they are. With
    ``trailing_blank_means_space`` a line that ends in a blank ends a word, and any other goes
    on: so some documents were written. Otherwise Kiwi's ``glue`` decides, helped by two rules
    of writing: a particle follows Latin or a figure without a blank, and 하다 and 되다 follow
    their noun without one. Never joined at a sentence end or beside an empty line.
    """
    pairs = list(pairwise(lines))
    if not pairs:
        return []
    if trailing_blank_means_space:
        return [
            not left[-1:].isspace() and not right[:1].isspace() and bool(left and right)
            for left, right in pairs
        ]
    chunks = [line.strip() for line in lines]
    spaced = _glue(chunks)
    return [
        _joined(left.strip(), right.strip(), blank)
        for (left, right), blank in zip(pairs, spaced, strict=True)
    ]


def _glue(chunks: list[str]) -> list[bool]:
    """For each boundary whether Kiwi would write a blank there."""
    filled = [chunk or "." for chunk in chunks]
    _, spaces = analyser().glue(filled, return_space_insertions=True)
    return list(spaces)


def _joined(left: str, right: str, blank: bool) -> bool:
    if not left or not right or _SENTENCE_END.search(left):
        return False
    if left[-1] in "·&/" or (left[-1].isdigit() and _UNIT.match(right)):
        return True
    if right[0] in "'\"’”" and _JOSA.match(right[1:]):
        return True
    if left[-1] in ",;:" or not (right[0].isalnum() or right[0] in ")]"):
        return False
    if _LATIN_END.search(left) and _JOSA.match(right):
        return True
    if _is_hangul(left[-1]) and _LIGHT_VERB.match(right) and _ends_in_action(left):
        return True
    return not blank


def _ends_in_action(left: str) -> bool:
    """Whether the last morpheme of a line is a noun that 하다 or 되다 may follow."""
    tokens = analyser().tokenize(left[-20:])
    return bool(tokens and tokens[-1].tag in ("NNG", "XR") and len(tokens[-1].form) > 1)


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"
