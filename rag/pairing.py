"""Values that Korean prose ties to their subjects by order: "매출과 수출이 각각 3%와 5%", and the
two ends of a change: "5억원에서 7억원으로 상향".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.reading.values import Value
from rag.types import Question

_REACH = 60  # characters before "각각" in which its subjects stand
_PARTS = re.compile(r"\s*(?:,|·|ㆍ|및|(?<=[가-힣])(?:와|과)(?=\s)|\s그리고\s)\s*")
_CHANGED = re.compile(
    r"올[랐랏라렸려리]|늘[었어렸려리]|오[른르]|인상|상향|확대|바뀌|바뀐|줄[었어]|내[렸려]|하향|인하|개편|목표"
)
# "얼마나 늘리나요" asks by how much: the value right before the change.
_BY_HOW_MUCH = re.compile(
    r"얼마나\s(?:더\s)?(?:늘|줄|올|높|낮|내|확대|축소|증가|감소|인상|인하|향상|개선|절감)"
)
_CHANGE_NOUN = re.compile(
    r"\s?(?:\([^()]*\)\s?)?(?:씩\s?)?(?:확대|축소|증가|감소|증액|감액|인상|인하|상향|하향|향상|개선|절감|상승|하락|늘|줄|높|낮)"
)
_BEFORE = re.compile(r"기존|종전|이전|원래|당초|전에는|전엔")
_CHANGE = re.compile(r"^\s?(?:\([^()]*\)\s?)?(?:에서|→|➔|⇒|->)")
_AFTERWARDS = re.compile(r"^\s?(?:\([^()]*\)\s?)?(?:으?로)(?![가-힣]*써)")


def paired(question: Question, text: str, found: Sequence[Value]) -> list[Value]:
    """The value of the subject asked for, where subjects and values stand in the same order
    around or behind "각각"; empty where there is no such order or no subject is asked for."""
    for match in re.finditer(r"각각", text):
        behind = [v for v in found if v.start >= match.end() and v.start - match.end() < _REACH]
        behind = _together(text, behind)
        if len(behind) < 2:
            continue
        for start, end in (
            (match.end(), behind[0].start),
            (max(0, match.start() - _REACH), match.start()),
        ):
            names = _PARTS.split(text[start:end].strip())
            if len(names) < len(behind):
                continue
            names = names[-len(behind) :]
            votes = [
                _vote(question, name, last=n == len(names) - 1) for n, name in enumerate(names)
            ]
            best = max(votes)
            if votes.count(best) == 1:
                return [behind[votes.index(best)]]
    return []


def _together(text: str, found: list[Value]) -> list[Value]:
    """The values from the first on that only "와", "," and the like part."""
    row = found[:1]
    for value in found[1:]:
        gap = text[row[-1].end : value.start]
        if len(gap) > 12 or not re.match(r"\s*(?:와|과|,|·|및|\([^()]*\))", gap):
            break
        row.append(value)
    return row


def _vote(question: Question, name: str, last: bool) -> int:
    """How long a beginning of the subject's own word the question names."""
    words = name.split()
    word = (words[0] if last else words[-1]) if words else ""
    asked = question.searched.replace(" ", "")
    return max((n for n in range(2, len(word) + 1) if word[:n] in asked), default=0)


def raised(question: Question, text: str, found: Sequence[Value]) -> list[Value]:
    """The values that a change leads to, where the question asks what something became; those it
    came from where the question asks for the former; those that it is by where the question asks
    by how much; empty where the text tells of no change."""
    if _BY_HOW_MUCH.search(question.searched):
        by = [n for n, v in enumerate(found) if _CHANGE_NOUN.match(text, v.end)]
        if by:
            return [v for n, v in enumerate(found) if any(_shared(text, found, n, m) for m in by)]
    ends: list[Value] = []
    origins: list[Value] = []
    for left, right in pairwise(found):
        gap = text[left.end : right.start]
        if len(gap) <= 14 and _CHANGE.match(gap):
            arrow = re.match(r"\s?(?:\([^()]*\)\s?)?(?:→|➔|⇒|->)", gap) is not None
            if arrow or _AFTERWARDS.match(text[right.end : right.end + 20]):
                origins.append(left)
                ends.append(right)
    if not ends or question.years:
        return []
    if _BEFORE.search(question.searched):
        return origins
    return [v for v in ends if v not in origins] if _CHANGED.search(question.searched) else []


def _shared(text: str, found: Sequence[Value], first: int, last: int) -> bool:
    """Whether two values stand in one series before the same change: "엔진 100%, 변속기 37%,
    전장 70% 감소"."""
    if first > last:
        return False
    between = text[found[first].end : found[last].start]
    return first == last or bool(re.fullmatch(r"\s?,(?:[^.;:]*,)?[^.;:,]*", between))
