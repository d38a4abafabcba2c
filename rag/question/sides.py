"""A comparison taken apart: what is asked of each of its sides.

"재생의료와 이어달리기 사업의 총사업비는 각각 얼마인가요?" asks two things, "재생의료 총사업비 얼마인가요?"
and "이어달리기 사업 총사업비 얼마인가요?". The sides are coordinated noun phrases (와, 과, 하고, a comma,
및), and what stands around them is asked of each; or they are clauses with a question word each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag import korean
from rag.reading.aspects import aspects_of
from rag.reading.values import period_spans


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name as the asker wrote it, what is asked of it as a question
    of its own, and whether that asks for more than one fact can say ("어떻게 다른가")."""

    label: str
    question: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides in the order in which they were named. ``ordered`` is 1 where the largest is to
    come first, -1 where the smallest, 0 where they are not to be put in order; ``named`` says
    whether a fact means nothing without the side that it belongs to. ``reckon`` is what the
    facts are to come to: "sum", "gap", the adjective of "어느 쪽이 더 긴가" ("길"), or ""."""

    sides: tuple[Side, ...]
    ordered: int = 0
    named: bool = False
    reckon: str = ""


_MOST = 4  # sides; more are a list
_LONGEST = 300  # characters; a longer text is no question with sides

_ASKED = re.compile(r"얼마|언제|누구|누가|어디|어느|어떤|무엇|무슨|뭐|뭘|몇|왜(?![곡소])|어떻게")
_DIFFER = re.compile(r"어떻게 (?:다르|다른|다릅|달라)|차이|다른가|다릅니까|다른지|비교")
_MORE = re.compile(
    r"(?:어느|어떤|무슨)\s?(?:쪽|것|곳|사업)(?:은|는|이|가|의)?(?:\s(?P<about>[가-힣]+(?:\s[가-힣]+){0,3}?)(?:이|가))?\s?더"
    r"|(?:어느|어떤|무슨)\s(?:쪽|것)(?:이|의)\s(?P<of>[가-힣]+(?:\s[가-힣]+){0,2}?)(?:이|가)\s(?=크|많|높|길|비싸|작|적|낮|짧|싸|빠르|이르|늦)"
    r"|(?<!\S)더\s?\S+\s?(?:쪽|것|곳|[가-힣]{2,6}(?=[은는이가]\s(?:뭐|무엇|어디|어느)))[은는이가]?"
)
_THAN = re.compile(
    r"^(?P<one>[^?]{2,40}?)(?:은|는|이|가)\s(?P<other>[^?]{2,30}?)보다\s(?P<about>(?:[가-힣]+\s?){0,3}?)(?:이|가|을|를|은|는)?\s?"
    r"(?P<ask>얼마|몇\s?[^\s?]{1,4}?)(?:이?나)?\s(?:더|덜)"
)
_BASE = re.compile(r"\s?(?:보다|에\s?비해서?|에\s?비하면|대비)\s?")
_OPENING_YEAR = re.compile(r"(?:(?:19|20)\d\d|['’‘]?\d\d)(?:년도?)?\s")
# A rate of growth is none of the two amounts: "몇 퍼센트 늘었나", "몇 배로 늘었나".
_GREW = re.compile(
    r"(?P<ask>얼마|몇\s?(?!퍼센트(?!포인트)|프로|퍼(?!센)|%(?!\s?p)|배)[^\s?]{1,4}?)(?:이?나)?\s\S.*$"
)
_ADJECTIVE = r"(?P<how>크|큰|많|높|길|긴|비싸|비싼|작|적|낮|짧|싸|싼|빠르|빠른|이르|이른|늦|먼저)"
_ORDER = re.compile(rf"{_ADJECTIVE}\S*\s?순서?(?:대)?로?\s?")
_SUM = re.compile(
    r"(?:모두 |다 |전부 )?(?:합하면|더하면|합치면|합산하면|합해서|더해서|합쳐서?|합하여|합산해서?|더하여)\s?(?:모두\s|총\s)?"
)
_EACH = re.compile(r"각각(?:의)?\s?")
# "차이는 얼마", "합은 얼마" ask for the two amounts first.
_GAP = re.compile(
    r"(?:의)?\s?(?:차이|격차|차)(?:는|가|은)?\s(?=얼마|몇)|\s(?=얼마나\s차이|얼마나\s다[르른]|몇\s?\S+\s?(?:나\s)?차이)"
)
_GAP_TAIL = re.compile(r"(얼마|몇\s?[^\s?]+?)(?:이?나)?\s(?:차이|다[르른])\S*(?:\s나\S*)?")
_SUM_OF = re.compile(r"(?:의|를|을)?\s?(?:합|합계|총합|총액|합계액)(?:은|는|이|가)\s(?=얼마|몇)")
_TIME = re.compile(r"빠르|빠른|이르|이른|늦|먼저")
LESS = re.compile(r"작|적|낮|짧|싸|싼")
"""The adjectives of a comparison that ask for the smaller side."""
# "세 사업을", "두 기관의": counts the sides and says what they are.
_GROUP = re.compile(
    r"(?:\s(?:두|세|네|[2-4](?:개|(?=\s)))\s?(?P<noun>[가-힣]{1,8}?)(?:을|를|은|는|의|이|가|에서|에)"
    r"|\s(?:둘|셋|넷|(?P<kind>[가-힣]{1,6})?\s?(?:중|가운데))(?:에서|에)?)\s"
)
_HEADS = re.compile(r"(?:자|수|인원|기업|업체|회사)$")  # "얼마" of these would ask for a price
_TIES = ("와", "과", "하고", "랑", "이랑")
_TO_EACH = ("JX", "JKS", "JKO", "JKB")
_NOMINAL = ("NNG", "NNP", "NNB", "NR", "SL", "SN", "SH", "XSN", "SW", "SSC")
_LINKING = ("고", "며", "으며", "면서", "어서", "아서")


def sides_of(text: str) -> Sides | None:
    """The sides of a question; None where it has none or does not split cleanly."""
    if len(text) > _LONGEST:
        return None
    grown = _grown(text) or _than(text)
    if grown is not None:
        return grown
    text, reckon = _reckoned(text)
    inside = korean.morphemes(text)
    found = _clauses(text, inside) or _phrases(text, inside)
    return replace(found, reckon=found.reckon or reckon) if found else None


def _grown(text: str) -> Sides | None:
    """Two stretches of one row: "2025년보다 2026년에 얼마나 늘었나"."""
    told = period_spans(text)
    asked = _GREW.search(text)
    if len(told) != 2 or asked is None:
        return None
    for at, other in ((0, 1), (1, 0)):
        start, end = told[at]
        base = _BASE.match(text, end)
        if base is None:
            continue
        low, high = told[other]
        names = text[start:end].strip(), text[low:high].strip()
        later = f"{text[:start]}{text[base.end() : asked.start()]}{asked['ask']}인가요?"
        earlier = later.replace(names[1], names[0])
        year = _OPENING_YEAR.match(names[0])
        if year is not None and not _OPENING_YEAR.match(f"{names[1]} "):
            later = later.replace(names[1], f"{year.group()}{names[1]}")
        found = tuple(map(Side, names, (" ".join(earlier.split()), " ".join(later.split()))))
        return Sides(found, reckon="gap")
    return None


def _than(text: str) -> Sides | None:
    """One thing held against another: "A는 B보다 사업비가 얼마나 더 드나"."""
    match = _THAN.search(text)
    if match is None:
        return None
    names = (match["one"].strip(), match["other"].strip())
    about, ask = match["about"].strip(), f"{match['ask']}인가요?"
    words = names[0].split()
    # "과학관 입장료가 미술관보다": what is asked of both is said with the first.
    own = words[-1] if not about and len(words) > 1 and _attribute(words[-1]) else ""
    shared = ("", "" if _attribute(names[1]) or names[1][-1] == own[-1:] else own)
    return Sides(
        tuple(
            Side(name, " ".join(word for word in (name, more, about, ask) if word))
            for name, more in zip(names, shared, strict=True)
        ),
        reckon="gap",
    )


def _reckoned(text: str) -> tuple[str, str]:
    """A question for a sum or a difference as one for each amount, and which of them it is."""
    for pattern, reckon in ((_GAP, "gap"), (_SUM_OF, "sum")):
        match = pattern.search(text)
        if match is not None and match.start() > 0:
            stem = re.sub(r"[은는이가]$", "", text[: match.start()])
            tail = _GAP_TAIL.sub(r"\1인가요", text[match.end() :])
            particle = korean.with_particle(stem, "은/는")[len(stem) :]
            return f"{stem}{particle} 각각 {tail}", reckon
    return text, "sum" if _SUM.search(text) else ""


def _clauses(text: str, inside: Sequence[korean.Morpheme]) -> Sides | None:
    """Clauses with a question word each: "X는 얼마나 늘리고, Y는 몇 곳까지 만드나요?"."""
    asked = [m.start() for m in _ASKED.finditer(text)]
    if not 2 <= len(asked) <= _MOST:
        return None
    cuts = []
    for left, right in pairwise(asked):
        ends = [
            m.end
            for m in inside
            if left < m.start < right
            and m.tag == "EC"
            and m.form in ("고", "며", "으며")
            and text[m.end : m.end + 1] in (" ", ",")
        ]
        if not ends:
            return None
        cuts.append(ends[-1])
    edges = [0, *cuts, len(text)]
    parts = [text[a:b].strip(" ,") for a, b in pairwise(edges)]
    subjects = [_subject_end(text, inside, a, b) for a, b in pairwise(edges)]
    if any(end is None for end in subjects):
        return None  # a second question about the same thing is not another side
    frame = _frame(text, inside, subjects[0] or 0)
    found = []
    for number, (part, start, end) in enumerate(zip(parts, edges, subjects, strict=False)):
        label = text[start : end or start].strip(" ,")
        if number == 0:
            label = label.removeprefix(frame).strip(" ,")
        shared = part if number == 0 or not frame else f"{frame} {part}"
        found.append(Side(label, _as_question(shared)))
    return Sides(tuple(found))


def _subject_end(text: str, inside: Sequence[korean.Morpheme], start: int, end: int) -> int | None:
    """Where the subject of a clause ends: before its first 은, 는, 이 or 가 that stands before the
    question word."""
    asked = _ASKED.search(text, start, end)
    limit = asked.start() if asked else end
    ends = [
        m.start
        for m in inside
        if start < m.start < limit and (m.tag == "JKS" or (m.tag == "JX" and m.form in "은는"))
    ]
    return ends[-1] if ends else None


def _frame(text: str, inside: Sequence[korean.Morpheme], limit: int) -> str:
    """What sets the scene for all sides: "2030년 목표로", "3월호에서"; "" where nothing does."""
    for m in inside:
        if m.end >= limit:
            break
        if m.tag in ("JKB", "JX") and m.form not in ("와", "과"):
            frame = text[: m.end]
            behind = text[m.end : m.end + 1]
            return frame if behind in (" ", ",") and re.search(r"\d", frame) else ""
    return ""


def _as_question(text: str) -> str:
    return text if text.endswith("?") else re.sub(r"[\s?.!]+$", "", text) + "?"


def _phrases(text: str, inside: Sequence[korean.Morpheme]) -> Sides | None:
    """Coordinated noun phrases of which the same is asked."""
    mark = min(
        (m.start() for p in (_DIFFER, _MORE, _ORDER, _SUM, _EACH) for m in [p.search(text)] if m),
        default=-1,
    )
    if mark <= 0:
        return None
    group = _GROUP.search(text, 0, len(text))
    if group is not None and group.start() > mark:
        group = None
    ties = _coordinators(text, inside, group.start() + 2 if group else mark)
    if not ties:
        return None
    noun = (group["noun"] or group["kind"] or "") if group else ""
    if group is not None:
        last_end, tail = group.start(), text[group.end() :]
        if group["kind"] and not text[ties[-1][1] : last_end].strip():
            last_end, noun = group.end("kind"), ""  # "도로와 하천 가운데": it is the last side
        particle = ""
    else:
        asked = _ASKED.search(text, ties[-1][1])
        end = min(mark, asked.start()) if asked else mark
        behind = [m for m in inside if ties[-1][1] < m.start < end and m.tag in _TO_EACH]
        if not behind:
            return None
        # "도로와 하천은 예산이 각각": what stands behind the topic is asked of each.
        close = next(
            (m for m in behind if m.tag == "JKO" or (m.tag == "JX" and m.form in ("은", "는"))),
            behind[-1],
        )
        last_end, tail = close.start, text[close.end :]
        particle = close.tag
    tail = tail.strip(" ,")
    first = _first_start(text, inside, ties[0][0], scene=particle == "JKB")
    edges = [first, *(x for tie in ties for x in tie), last_end]
    labels = [text[a:b].strip(" ,") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    frame = text[:first].strip(" ,")
    if not all(labels) or len(labels) > _MOST:
        return None
    if noun and all(label.endswith(noun) for label in labels[:-1]):
        labels[-1] = labels[-1] if labels[-1].endswith(noun) else f"{labels[-1]} {noun}"
    labels, frame, shared = _shared(labels, frame)
    whole = _DIFFER.search(text) is not None
    rest, ordered, named = _asked_of_each(tail)
    if not rest:
        return None
    found = []
    for label in labels:
        kind = noun if noun and not label.endswith(noun) else ""
        words = [frame, label, kind, shared if shared and not label.endswith(shared) else "", rest]
        found.append(Side(label, _as_question(" ".join(w for w in words if w)), whole))
    more = _MORE.search(text)
    how = re.search(_ADJECTIVE, more.group() + text[more.end() :]) if more and not ordered else None
    return Sides(tuple(found), ordered, named, how["how"] if how else "")


def _coordinators(
    text: str, inside: Sequence[korean.Morpheme], limit: int
) -> list[tuple[int, int]]:
    """Where the ties between sides stand: the last 와 or 과, and commas or 와 before it between
    nouns."""
    ties = []
    for before, m, after in zip(inside, inside[1:], inside[2:], strict=False):
        if m.end > limit or after.start >= limit:
            break
        if before.tag.split("-")[0] not in _NOMINAL:
            continue
        tied = m.tag in ("JC", "JKB") and m.form in _TIES and text[m.end : m.end + 1] == " "
        dated = re.search(r"[년월호기]$", before.form) and m.form in ("와", "과")
        tied = tied or (bool(dated) and text[m.end : m.end + 1] == " ")
        listed = m.tag == "SP" and m.form == "," and text[m.end : m.end + 1] == " "
        joined = m.tag == "MAJ" and m.form in ("및", "또는")
        if tied or listed or joined:
            ties.append((m.start, m.end))
    return ties


def _first_start(text: str, inside: Sequence[korean.Morpheme], end: int, *, scene: bool) -> int:
    """Where the first side begins: behind a clause or a topic that is said of all, or at 0. With
    ``scene`` the sides are places where something is so, and what is so stands before them."""
    start = 0
    left = [m for m in inside if m.end <= end]
    for number, m in enumerate(left):
        closed = not any(later.tag == "ETM" for later in left[number + 1 :])
        nxt = left[number + 1] if number + 1 < len(left) else None
        topic = m.tag == "JX" and m.form in ("은", "는")
        linked = m.tag == "EC" and m.form in _LINKING and closed
        parted = m.tag == "SP" and m.form == "," and left[number - 1].tag == "JKB"
        if topic or linked or parted or (scene and m.tag == "JKS"):
            start = nxt.start if nxt else m.end
    return start


def _shared(labels: list[str], frame: str) -> tuple[list[str], str, str]:
    """The labels cut down to what differs, with what stands before and behind them for all."""
    *earlier, last = labels
    words, first = last.split(), earlier[0].split()
    head = words[0].removesuffix("의")
    alike = len(head) > 1 and len(first[-1]) > 1 and head[-1] == first[-1][-1]
    if (
        alike
        and len(words) > 1
        and not first[-1].endswith(head)
        and not head.endswith(first[-1])
        and "의" not in first[-1]
    ):
        # "국토부와 과기부 생각", "2021년 3월호와 6월호의 주제": one word each, the rest for both
        before = " ".join(first[:-1])
        return (
            [first[-1], *earlier[1:], head],
            " ".join(w for w in (frame, before) if w),
            " ".join(words[1:]),
        )
    possessed = last.split("의 ", 1)
    if len(possessed) == 2 and not any("의 " in label for label in earlier):
        return [*earlier, possessed[0]], frame, possessed[1]
    asked = words[-1]
    if len(words) > 1 and _attribute(asked):
        return labels, frame, "" if any(map(_attribute, earlier)) else asked
    return labels, frame, ""


def _attribute(label: str) -> bool:
    """Whether a label ends in what can be asked of several things at once."""
    return bool(aspects_of(label.split()[-1]))


def _asked_of_each(tail: str) -> tuple[str, int, bool]:
    """What is asked of each side, the order wanted, and whether the facts need names."""
    order = _ORDER.search(tail)
    more = _MORE.search(tail)
    if order or more:
        at = order or more
        how = tail[at.start() :] if at else ""
        about = re.sub(r"[은는이가]$", "", tail[: at.start()].strip()) if at else ""
        about = about or (more["about"] or more["of"] or "" if more else "")
        ask = "언제인가요?" if _TIME.search(how) else "얼마인가요?"
        ask = "몇인가요?" if _HEADS.search(about) else ask
        ascending = bool(LESS.search(how)) or bool(_TIME.search(how) and "늦" not in how)
        ordered = (-1 if ascending else 1) if order else 0
        return f"{about} {ask}".strip(), ordered, True
    rest = _EACH.sub("", _SUM.sub("", tail)).strip(" ,")
    if _DIFFER.search(rest):
        # Only together do they differ; of one alone it is asked what is said of it.
        return "어떻게 보나요?", 0, False
    return rest, 0, False
