"""What names a value on a line: labels beside their values, and lines that are a name as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.facts.lines import Line
from rag.outline import LEADER, parse_mark
from rag.reading.aspects import Aspect, aspects_of, closed
from rag.reading.values import ValueKind, values
from rag.types import BlockKind

_NAME = r"[^\s:：\[\]【】〔〕《》<>＜＞|][^:：\[\]【】〔〕《》<>＜＞|\t\n]{0,28}?"
_COLON = re.compile(rf"(?P<label>{_NAME})\s*(?!(?<=\d)[:：]\d)[:：](?![/\d]{{2}})\s*")
_FRAME = re.compile(
    r"(?P<open>[\[【〔《<＜〈(（「『])\s*(?P<label>(?:[^\[\]【】〔〕《》<>＜＞()（）「」『』\n]|\([^()\n]{1,12}\)){1,28}?)\s*"
    r"[\]】〕》>＞〉)）」』]\s*(?:[:：]|[⇒→▷➡-](?=\s))?\s*"
)
_BOLD = re.compile(r"\*\*(?P<label>[^*:：\n]{1,30}?)\s*[:：]?\*\*(?![가-힣])\s*[:：]?\s*")
_PART = re.compile(
    rf"(?P<label>{_NAME})(?:\s+(?:[-–—―→▷▶⇒⇨➡➔/|│┃»›=]|=>|->)\s+|\t\s*|\s{{2,}}|\s*[―—]\s*"
    r"|\s*(?:(?:[.·ㆍ_]\s?){3,}|[…‥]+)\s*)(?=\S)"
)
_PARTED = re.compile(r"\s{2,}|\t|\s(?:[-–—―→▷▶⇒]|=>|->)\s")
_ASKING = re.compile(
    r"(?:Q\s?\d*[.:)]\s*)?(?P<label>[가-힣][^?\n]{2,60}\?)(?:\s{2,}|\s*(?:[-–:→☞]|A\s?\d*[.:)])\s*|$)"
)
_SORT = re.compile(r"제?\d{1,2}\s?[가-힣]{1,3}(?<!명)(?<!건)")
_WORD = re.compile(r"(?P<label>[가-힣]{2,8})\s+(?=\S)")
_BEFORE = 12  # characters before the value: "경제과 02-123-4567"
_TELLING = {
    Aspect.CONTACT: (ValueKind.CONTACT,),
    Aspect.WHEN: (ValueKind.DATE,),
    Aspect.AMOUNT: (ValueKind.MONEY,),
}
_CHAIN = re.compile(r"→|▶|⇒|➡|=>|->")
# "내는 서류는 다음과 같다."
_ANNOUNCES = re.compile(
    r"(?P<label>[^.:,]{2,40}?)[은는]\s+(?:다음|아래)(?:\s?각\s?호)?(?:의\s?\S{1,6})?(?:과|와)\s?같(?:다|음|습니다)"
)
# Endings of a sentence, a clause or an adnominal form: what ends so is no name.
_CLAUSE = re.compile(
    r"(?:[다죠까]|(?<![개수주중필])요|[하되있없이][고며면여어]|[었았했]다|[ㄱ-ㅎ])$|[.!?…]$|[\"'”’]$"
)
_OBJECT = re.compile(r"(?P<before>[가-힣])(?P<particle>[을를])$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label at ``raw[start:end]`` of a line, whose value begins at ``value``. ``sure`` says that
    the way it is written, or its own words, leave no doubt."""

    name: str
    start: int
    end: int
    value: int
    sure: bool


def label_of(line: Line) -> Label | None:
    """The label that a line begins with; None where it begins with none."""
    words, at = line.words, line.body
    if not words or LEADER.search(words):
        return None
    if words.startswith("**") and not _BOLD.match(words):
        words, at = words[2:], at + 2  # a whole line in bold: "**사 업 명: …**"
    asking = _ASKING.match(words)
    if asking is not None:
        end = at + asking.end("label")
        return Label(asking["label"], at + asking.start("label"), end, at + asking.end(), True)
    for pattern in (_BOLD, _FRAME, _COLON, _PART):
        match = pattern.match(words)
        if match is None or (line.tabled and match.end() == len(words)):
            continue  # the caption of a table names no line below it
        if pattern is _COLON and _PARTED.search(match["label"]) and _PART.match(words):
            continue  # "▶ 대상  지정과제 : 3개": the first part is the label
        name = closed(match["label"])
        if pattern is _BOLD and name[:1] + name[-1:] in ("()", "[]", "【】"):
            name = name[1:-1].strip()
        named = bool(aspects_of(name))
        if not is_name(name) and not (pattern is _COLON and _is_sort(name)):
            continue
        if pattern is _FRAME:
            bare = match["open"] in "<＜〈(（「『"
            if bare and not named and not (line.mark and match["open"] in "(（"):
                continue
            if match["open"] in "(（" and not named and len(name) > 12:
                continue
        if pattern is _PART:
            if not line.span.start and not line.mark:
                continue  # the title of the document
            if not (named or line.column >= 0) and not (line.mark and len(name) <= 12):
                continue
            if not named and re.search(r"\d", name):
                continue
        if pattern is _PART and _CHAIN.search(words, match.end()):
            continue  # "서면평가 → 발표평가 → 협약" is a row of steps
        if pattern is _PART and line.mark and _marked(words[match.end() :]) == line.mark:
            continue  # "01 조사·컨설팅   07 해외규격인증": two items of a list in columns
        if line.kind is BlockKind.HEADING and not named and line.children:
            continue
        framed = pattern is _FRAME and match["open"] in "[【〔《"
        if framed and not named and line.first and not line.span.start:
            continue  # "[강원] … 공고": the region before a title
        sure = framed or pattern in (_BOLD, _COLON) or named
        return Label(
            name, at + match.start("label"), at + match.end("label"), at + match.end(), sure
        )
    return _shown(words, at) if line.mark else None


def _is_sort(name: str) -> bool:
    """Whether a number and its noun name one sort of several: "1급지", "2인실"; no amount does."""
    told = {value.kind for value in values(name)}
    return _SORT.fullmatch(name) is not None and told <= {ValueKind.COUNT, ValueKind.ORDINAL}


def _marked(text: str) -> str:
    mark = parse_mark(text)
    return mark.style if mark is not None else ""


def _shown(words: str, at: int) -> Label | None:
    """A label that nothing but a blank parts from a value of its sort: "문의처 02-123-4567"."""
    match = _WORD.match(words)
    told = aspects_of(match["label"]) if match is not None else frozenset()
    if match is None or not told:
        return None
    found = values(words[match.end() :])
    kinds = {kind for aspect in told for kind in _TELLING.get(aspect, ())}
    if not found or found[0].start > _BEFORE or found[0].kind not in kinds:
        return None
    if is_clause(words.strip(" .")) or "(" in words[: match.end() + found[0].start]:
        return None
    return Label(closed(match["label"]), at, at + match.end("label"), at + match.end(), True)


def is_name(name: str) -> bool:
    """Whether a text can name a value: a noun phrase with a letter in it, no clause, no number."""
    return (
        1 < len(name) <= 30
        and re.search(r"[가-힣A-Za-z]{2}|[가-힣]\)|금$", name) is not None
        and not is_clause(name)
        and name.count("(") == name.count(")")
        and not name.startswith(("(단위", "단위"))
        and re.fullmatch(r"[\d.,\s~]+\s?(?:[가-힣%]{1,3})", name) is None
    )


def alone(line: Line) -> str:
    """The name that a line is as a whole, "" where it is none: "□ 신청자격", "3. 접수기간",
    "내는 서류는 다음과 같다."; of the last what it announces."""
    words = line.words.replace("**", "").strip().rstrip(":：").strip()
    if words[:1] in "<＜〈[【〔《「(" and words[-1:] in ">＞〉]】〕》」)":
        words = words.strip("<>＜＞〈〉[]【】〔〕《》「」()").strip()
    announced = _ANNOUNCES.fullmatch(words.rstrip("."))
    name = closed(announced["label"] if announced else words)
    if LEADER.search(words):
        return ""
    short = len(name) <= 24 and ":" not in name and "：" not in name
    return name if short and is_name(name) else ""


def is_clause(text: str) -> bool:
    """Whether a text ends as a sentence, a clause or its object does."""
    object_ = _OBJECT.search(text)
    if object_ is not None:  # "을" follows a final consonant, and no other is it in "마을"
        return (object_["particle"] == "을") == ((ord(object_["before"]) - 0xAC00) % 28 > 0)
    return _CLAUSE.search(text) is not None


def named_at(text: str, at: int) -> int | None:
    """Where the name ends that begins at ``at`` and has a colon behind it; None for none."""
    match = _COLON.match(text, at)
    named = match is not None and is_name(closed(match["label"]))
    return match.end("label") if match is not None and named else None
