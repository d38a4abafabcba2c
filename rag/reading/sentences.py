"""Where sentences and clauses of a readable text begin, told without an analyser.

The one cutter for text that is looked at while a question waits; indexing cuts long paragraphs by
the analyser, which also knows abbreviations (:func:`rag.korean.read_sentences`).
"""

from __future__ import annotations

import re

_ITEM = re.compile(r"\s(?=[•❖▣□■◆◇➔▶○●◎☞※①-⑳❶-❿]|- |\*+ )|(?<=[가-힣)])(?=☞)|\n")
_STOP = re.compile(r"(?:(?<=[다음요함임됨])[.]|(?<=[가-힣)])[.](?=\s[가-힣「‘“])|[?!])[”’\"')]*\s+")
_CLAUSE = re.compile(
    r"(?<=[가-힣])(?:[이하되였었았했됐있없으리내맡르오주지치기나늘줄받들쓰크두뽑열짓닫시]"
    r"(?:고(?!\s+(?:있|계[시신]|싶))|며|되|나|지만|는데|면서|자)|은데|ㄴ데|한데|인데|(?:하여|되어)(?!\s+있)|으로서)(?:,\s*|\s+)"
    r"|(?<=[한된친난온운룬간둔선])\s(?:이후|뒤|후|다음)(?:에|로)?(?:,\s*|\s+)"
)

# "다음과 같이 공고합니다", "많은 참여 바랍니다": what does as it says, and states nothing.
_ANNOUNCES = re.compile(
    r"(?:(?:다음|아래|이)[과와]\s|^)같이\s(?:\S+\s){0,3}?\S+(?:니다|다|함|음)[^가-힣]*$"
)
_REQUESTS = re.compile(r"(?:바랍니다|바람|바란다|[주하]세요|주십시오)[^가-힣]*$")


def announces(text: str) -> bool:
    """Whether a clause announces what follows it."""
    return _ANNOUNCES.search(text) is not None


def requests(text: str) -> bool:
    """Whether a clause asks something of its reader."""
    return _REQUESTS.search(text) is not None


def sentence_starts(text: str) -> list[int]:
    """Where sentences, bullets and lines begin, with 0 and the length of the text, ascending."""
    cuts = {0, len(text)}
    cuts.update(match.end() for match in _ITEM.finditer(text))
    cuts.update(match.end() for match in _STOP.finditer(text))
    return sorted(cut for cut in cuts if cut <= len(text))


def clause_starts(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """Where clauses begin inside ``text[start:end]``, behind connective endings such as "…하고 "
    and "…이며, ": ``start`` and the ends of these, ascending."""
    stop = len(text) if end is None else end
    return [start, *(match.end() for match in _CLAUSE.finditer(text, start, stop))]
