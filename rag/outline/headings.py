"""Which units are headings, and how they nest.

The rank of a style is not fixed: inside one document each style takes the depth at which it was
first met, and numbers tell where a heading belongs ("2." follows "1.", whatever stands between;
a "1" right below a "2" of the same style begins a level of its own). A usual order of Korean
office styles decides only where a document has not shown its own yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.outline.drafts import Draft, ends_sentence
from rag.outline.lines import ORNAMENT
from rag.outline.markers import LEADER, SHAPES
from rag.types import BlockKind

_FRAMED = re.compile(r"[【\[〔《].*[】\]〕》]\Z")
_LABEL = re.compile(r"[(\[【<][^()\[\]]{1,30}[)\]】>]")
_DATED = re.compile(
    r"\(\s*[*'‘’`]?\d{2,4}\s*\.\s*\d{1,2}\..{0,8}\)\Z|\([가-힣]{2,12}(?:부|처|청|원|회|관)\)\Z"
)
_ORDER = (
    "title", "부칙", "제N장", "0N.", "I.", "제N절", "【】", "【N】", "참고", "N", "N.", "N.N.", "가.", "제N조", "N)",
    "Q",
    "가)", "(N)", "(가)", "ㄱ.", "①", "shape", "line", "<>",
)  # fmt: skip
_RANK = {style: rank for rank, style in enumerate(_ORDER)}
# What stands behind the articles of a law and belongs to none of them.
_ANNEX = re.compile(
    r"부\s?칙(?:\s?[<〈(（].{0,40}[>〉)）])?\Z|[\[［(【]?별[표지]\s?(?:제?\d+(?:의\s?\d+)?호?)?\s?(?:서식)?[\]］)】](?:\s|\Z)"
)
_STATES = re.compile(r"\*\*[^*]{1,30}\*\*\s*[:：]?\s*[^\s*]")  # "**주최** 가람시"
_SISTERS = ("I.", "가.", "N.")
# Who signs a notice, and what it asks of its readers, heads nothing.
_ANSWERS = re.compile(r"(?:A|답변?)\s?\d{0,2}\s?[.:)]\s*\S")
_NAMES = re.compile(r"[「『\[【〔《<(][^「」\[\]<>()\n]{2,30}[」』\]】〕》>)]\s*[:：]?")
_SIGNED = re.compile(
    r"[가-힣\s]{2,24}(?:장관|시장|군수|청장|지사|원장|이사장|회장|소장|센터장|총장|사장|처장|본부장|단장)(?:\s?\[?\(?직인\s?생략\)?\]?)?"
)
_LABELLED = re.compile(r"[가-힣][가-힣A-Za-z· ]{0,14}?\s?[:：]\s")
_APART = re.compile(r"[가-힣)]{2} {2,}\S")
_ASKS = re.compile(r".*(?:니다|시오|세요)[.!]?")
_LONGEST = 60
_FRONT = 3  # units at the front of a document, among which its title is


@dataclass(slots=True)
class _Open:
    style: str
    number: int | None
    hashes: int
    words: str
    at: int
    filled: bool = False
    stated: bool = False


def classify(drafts: Sequence[Draft]) -> None:
    """Set the kind HEADING, and ``style``, on those of the drafts that head others."""
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.PARAGRAPH:
            style = _style(drafts, at)
            if style:
                draft.kind, draft.style = BlockKind.HEADING, style
    _go_on(drafts)


def _go_on(drafts: Sequence[Draft]) -> None:
    """What counts on from a heading is its sister, however it is written: "라. 제출처: …" behind
    "다. 참가비", and not the last item under it."""
    last: dict[str, int] = {}
    for draft in drafts:
        mark = draft.mark
        if mark is None or mark.number is None or mark.outer or mark.style not in _SISTERS:
            continue
        next_ = last.get(mark.style) == mark.number - 1
        short = draft.single and len(draft.content) <= _LONGEST + 25
        if draft.kind is BlockKind.PARAGRAPH and next_ and short:
            draft.kind, draft.style = BlockKind.HEADING, mark.style
        if draft.kind is BlockKind.HEADING:
            last[mark.style] = mark.number


def _style(drafts: Sequence[Draft], at: int) -> str:
    """The style under which a draft is a heading, or ""."""
    draft = drafts[at]
    body = " ".join(draft.text.split())
    mark = draft.mark
    after = _next(drafts, at)
    if mark is not None and mark.hashes:
        return mark.style if mark.counted else "#" * mark.hashes
    if not draft.single or draft.unit or draft.source_line or LEADER.search(body):
        return ""
    if draft.reference and after is not None:
        return "참고"
    if _ANNEX.match(body) and after is not None and len(body) <= _LONGEST:
        return "부칙"
    ornate = ORNAMENT.match(body)
    if ornate is not None and after is not None:
        return "부칙" if ornate["title"].startswith(("별표", "별지", "부칙")) else "【】"
    if _FRAMED.match(body) and len(body) <= _LONGEST and not ends_sentence(body[1:-1]):
        return "【】" if after is not None else ""
    if draft.bracketed:
        below = drafts[at + 1] if at + 1 < len(drafts) else draft
        boxed = below.kind is BlockKind.PARAGRAPH and below.gap <= 1 and not below.bracketed
        labelled = below.mark is not None or _LABELLED.match(below.text) is not None
        return "<>" if boxed and labelled else ""
    if after is None or len(body) > _LONGEST + 25:
        return ""
    if mark is None:
        return _lone(drafts, at, after, body)
    if mark.outer or draft.numbered_caption or mark.starred:
        return ""
    if mark.counted:
        return mark.style if _numbered(drafts, at, after) else ""
    if mark.style in SHAPES and _shaped(draft, after):
        return mark.style
    return ""


def _next(drafts: Sequence[Draft], at: int) -> Draft | None:
    for draft in drafts[at + 1 :]:
        if draft.kind is not BlockKind.BOILERPLATE:
            return draft
    return None


def _previous(drafts: Sequence[Draft], at: int) -> Draft | None:
    for k in range(at - 1, -1, -1):
        if drafts[k].kind is not BlockKind.BOILERPLATE:
            return drafts[k]
    return None


def _itemised(draft: Draft) -> bool:
    return draft.mark is not None or draft.kind in {BlockKind.TABLE, BlockKind.HEADING}


def _lone(drafts: Sequence[Draft], at: int, after: Draft, body: str) -> str:
    """A line without a marker that stands alone above what it names."""
    draft = drafts[at]
    top = at <= _FRONT or draft.gap >= 2 or drafts[at - 1].kind is BlockKind.BOILERPLATE
    subtitled = at <= _FRONT and after.text.startswith("-") and after.text.endswith("-")
    if (
        (after.gap < 1 and not subtitled)
        or not (draft.gap or top)
        or draft.bracketed
        or draft.numbered_caption
    ):
        return ""
    above = drafts[at - 1] if at else draft
    if _ANSWERS.match(body) or (not draft.gap and _NAMES.fullmatch(above.text.strip())):
        return ""  # "Q1. 누가 …?", "「지원자격」" and right below it the answer, the value
    if _SIGNED.fullmatch(body) or _ASKS.fullmatch(body) or _STATES.match(body):
        return ""
    if body.endswith((".", ",", ":", ";")) or "\t" in body or not re.search(r"[가-힣]{2}", body):
        return ""
    if _APART.search(draft.text.strip()):
        return ""  # "담당부서   수출성장과": a label and its value, set in columns
    if _DATED.search(body) and top and after.kind is not BlockKind.TABLE:
        return "title"
    if ends_sentence(body) and not body.endswith(("함", "음", "임")) and not top:
        return ""
    if after.mark is None or after.bracketed:
        if not ends_sentence(after.text) or ends_sentence(body):
            return ""
        if at <= _FRONT and len(after.text) > len(body):
            return "title"
        return "line" if len(body) <= 25 and len(after.text) > 2 * len(body) else ""
    return "title" if top else "line" if len(body) <= 40 else ""


def _numbered(drafts: Sequence[Draft], at: int, after: Draft) -> bool:
    draft = drafts[at]
    mark = draft.mark
    if mark is None:
        return False
    words = draft.content
    if mark.style in {"I.", "제N장", "제N절", "제N조", "【N】"}:
        return len(words) <= _LONGEST and not words.endswith(".")
    if mark.style == "Q":
        return draft.gap >= 1 or words.endswith("?")
    isolated = draft.gap >= 1 and after.gap >= 1
    if mark.style == "①":
        if draft.indent or len(words) > 45 or not isolated:
            return False
        return _itemised(after) and (after.mark is None or after.mark.style != "①")
    if len(words) > _LONGEST or (words.endswith(".") or (ends_sentence(words) and not isolated)):
        return False
    before = _previous(drafts, at)
    for neighbour, step in ((after, 1), (before, -1)):
        if (
            neighbour is not None
            and neighbour.mark is not None
            and neighbour.mark.style == mark.style
            and neighbour.mark.number == (mark.number or 0) + step
            and (neighbour.gap if step > 0 else draft.gap) == 0
        ):
            return False  # one item of a list
    if mark.style in {"N", "(N)"} or _LABEL.match(words):
        return isolated
    return isolated or _itemised(after) or after.gap >= 1


def _shaped(draft: Draft, after: Draft) -> bool:
    words = draft.content
    if _LABEL.match(words) or len(words) > 50 or ends_sentence(words):
        return False
    if after.mark is None or draft.mark is None or after.mark.style == draft.mark.style:
        return False
    return draft.gap >= 1 and after.gap >= 1


def nest(drafts: Sequence[Draft]) -> None:
    """Set path and, for headings, level and parent; other blocks get their heading as parent."""
    stack: list[_Open] = []
    known: dict[str, int] = {}
    section = ""
    printed = any(draft.section for draft in drafts)
    for at, draft in enumerate(drafts):
        if draft.section != section:
            section = draft.section
            stack, known = [], {}
        if draft.kind is BlockKind.BOILERPLATE:
            continue
        if draft.kind is not BlockKind.HEADING:
            while stack and stack[-1].style in {"<>", "[]"} and stack[-1].filled and draft.gap:
                stack.pop()
            for opened in stack:
                opened.filled = True
        else:
            _pop(stack, draft, known)
            if draft.style == "0N." and printed:
                # Numbered as the running sections are, it is a section itself.
                stack.clear()
                known.clear()
                _forget_section(drafts, at)
                section = draft.section
        draft.path = _path(draft.section, stack)
        if not draft.tied:
            draft.parent = stack[-1].at if stack else None
        if draft.kind is BlockKind.HEADING:
            draft.level = len(stack) + (1 if draft.section else 0)
            known.setdefault(_class(draft.style), len(stack))
            number = draft.mark.number if draft.mark else None
            hashes = draft.mark.hashes if draft.mark else 0
            words = _words(draft)
            stack.append(_Open(draft.style, number, hashes, words, at, stated=draft.stated))


def _above_a_list(opened: _Open) -> bool:
    """Whether nothing stands between a heading "2 …" and the "1 …" right below it."""
    return not opened.filled and (opened.number or 0) > 1


def _path(section: str, stack: Sequence[_Open]) -> tuple[str, ...]:
    return ((section,) if section else ()) + tuple(opened.words for opened in stack)


def _words(draft: Draft) -> str:
    body = " ".join(re.sub(r"\*\*|</?p>", "", draft.text).split())
    return re.sub(r"\A(?:[-•]\s+)?#*\s*", "", body)


def _forget_section(drafts: Sequence[Draft], at: int) -> None:
    """A heading numbered like a running section ends that section up to the next printed one."""
    name = drafts[at].section
    for k in range(at, len(drafts)):
        draft = drafts[k]
        if not name or draft.section != name:
            break
        draft.section = ""


def _class(style: str) -> str:
    return "shape" if style in SHAPES else style


def _pop(stack: list[_Open], draft: Draft, known: dict[str, int]) -> None:
    """Close the headings that a new one ends."""
    style = draft.style
    number = draft.mark.number if draft.mark else None
    hashes = draft.mark.hashes if draft.mark else 0
    while stack and stack[-1].style == "<>":
        stack.pop()
    if style == "title":
        stack.clear()
        known.clear()
        return
    same = [k for k, opened in enumerate(stack) if opened.style == style]
    if same and number is not None:
        following = [k for k in same if stack[k].number == number - 1]
        if following:
            del stack[following[-1] :]
        elif number == 1 and same[-1] == len(stack) - 1 and _above_a_list(stack[-1]):
            pass  # "2 …" directly above "1 …": a level of its own
        else:
            lower = [k for k in same if (stack[k].number or 0) < number]
            del stack[(lower or same)[-1] :]
        return
    if same:
        del stack[same[-1] :]
        return
    if hashes and number is None:
        # A stated heading that is numbered too keeps its place under those typed above it.
        own = _RANK.get(draft.mark.style, -1) if draft.stated and draft.mark else -1
        while stack and (not stack[-1].hashes or stack[-1].hashes >= hashes):
            if not stack[-1].hashes and _RANK.get(_class(stack[-1].style), -1) < own:
                break
            stack.pop()
        return
    kind = _class(style)
    if kind in known and number != 1:
        # What a format states is closed by what it states, or by a typed heading's sequel.
        given = max((k + 1 for k, opened in enumerate(stack) if opened.stated), default=0)
        del stack[max(known[kind], given) :]
        return
    rank = _RANK.get(kind, len(_ORDER))
    while stack and _RANK.get(_class(stack[-1].style), -1) >= rank:
        stack.pop()
