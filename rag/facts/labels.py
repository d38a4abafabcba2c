"""Labels and their values, in every way in which offices write them.

On a line ("라벨 : 값", "[라벨] 값", "▶ 라벨  값", "**라벨** 값", several pairs to a line, pairs in
the brackets of a sentence), or on a line of its own with the lines of the value under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.facts.brackets import class_in
from rag.facts.fact import Fact, Form
from rag.facts.lines import Line, lines_within, readable
from rag.facts.names import Label, alone, is_clause, is_name, label_of, named_at
from rag.outline import SYMBOLS
from rag.reading.aspects import Aspect, aspects_of, closed
from rag.types import Block, BlockKind, Document, Span

_MOST = 1200  # characters of a value of several lines
_LINES = 40
_TOPIC = 60  # characters of a line that names what the labelled lines below it are about
_ANSWER = re.compile(r"(?:A|답변?)\s?\d{0,2}\s?[.:)]\s*(?=\S)")
_FRAMED = re.compile(r"[\[【〔《<＜〈][^\[\]【】〔〕《》<>＜＞〈〉]{2,24}[\]】〕》>＞〉]\s*[:：]?")
_DATED = re.compile(
    r"['’‘]?(?:(?:19|20)?\d\d\s?[.년]\s?)?(?:\d{1,2}\s?[.월]\s?(?:\d{1,2}\s?[.일]?)?)?"
    r"(?:\s?\([월화수목금토일]\))?(?:\s?[~∼]\s?[\d.\s]+)?"
)
_WHEN = re.compile(
    r"(?P<date>['’‘]?\d{1,4}\s?[.년월][\d\s.년월일~∼()월화수목금토일]*?)\s*[:：]\s+(?=\S)"
)
_FURTHER = re.compile(
    rf"(?:\s\s+|\s*[,;/|{SYMBOLS}]\s*|\s+[-–]\s+|\)\s*)"
    r"(?P<label>[가-힣][가-힣A-Za-z·ㆍ ]{0,13}?)\s*[:：](?![/\d]{2})\s*"
)
_FURTHER_FRAMED = re.compile(
    r"\s*[,;/|·ㆍ]\s*[\[【(（]\s*(?P<label>[가-힣][가-힣A-Za-z·ㆍ ]{0,13}?)\s*[\]】)）]\s*[:：]?\s*"
)
_FURTHER_BOLD = re.compile(
    r"\s*[,;/|·ㆍ]\s*\*\*\s*(?P<label>[가-힣][가-힣A-Za-z ]{0,13}?)\s*\*\*\s*[:：]?\s*"
)
_APART = re.compile(r"\s+[-–]\s+[가-힣]{2,8}\s*[:：]|\s*/\s*\[")  # " - 방문 : ", "/ [방문]"
_ASIDE = re.compile(r"(?<=\S)\s+※\s?(?=\S)")
_INSIDE = re.compile(
    r"[(（](?P<pairs>(?:[^()（）:：]{0,40}?[,·]\s*)?[가-힣][가-힣A-Za-z· ]{0,14}?\s?[:：](?!\d{2})[^()（）]+)[)）]"
)
_PAIR = re.compile(
    r"(?:^|[,;/]\s*)(?P<label>[가-힣][가-힣A-Za-z· ]{0,14}?)\s?[:：](?!\d{2})\s*"
    r"(?P<value>[^:：]+?)\s*(?=$|[,;/]\s*[가-힣][가-힣A-Za-z· ]{0,14}?\s?[:：])"
)
_ANNOUNCED = re.compile(
    r"[(（]?\s*(?:다음|아래)(?:[을의과와]\s|에\s해당|\s(?:각|사항|요건|조건|모두|어느|중)\s?)[^()（）.]{0,24}[)）]?\s*"
)
_SECTION = 400  # characters from which what stands under a heading is no value of it
_ARTICLE = re.compile(r"제\s?\d+\s?조(?:의\s?\d+)?\s?\(")
_PROSE = re.compile(r"[가-힣]다\.?\s*$")
_PROVISO = re.compile(r"[(（]?\s*(?:다만|단[,\s]|단,|예외|제외|※|\*|✻|주\))")


def facts_in_cell(
    document: Document,
    blocks: Sequence[Block],
    number: int,
    span: Span,
    subject: tuple[str, ...],
) -> Iterator[Fact]:
    """The facts that labels state inside one cell of a table: "• (분야) 전기차 부품 • (예산) 70억원"."""
    lines = lines_within(document, blocks[number], number, span)
    if len(lines) == 1 and not lines[0].mark and label_of(lines[0]) is None:
        return
    for fact in label_facts(document, blocks, lines):
        yield replace(fact, subject=(*subject, *fact.subject[len(blocks[number].path) :]))


def label_facts(
    document: Document, blocks: Sequence[Block], lines: Sequence[Line]
) -> Iterator[Fact]:
    """The facts that labels state, in order of the lines."""
    labels = [label_of(line) for line in lines]
    taken: set[int] = set()
    topic = ""
    topic_of: tuple[int | None, int] = (None, -1)
    for n, line in enumerate(lines):
        label = labels[n]
        subject = _subject(lines, labels, n)
        if topic and topic_of[0] == line.parent:
            subject = (*subject, topic)
        elif topic and line.parent != topic_of[1]:
            topic = ""
        if label is None:
            event = _event(document, blocks, line, subject)
            if event is not None:
                yield event
                continue
            yield from _bracketed(document, blocks, line, subject)
            name = alone(line)
            if name and not line.tabled:
                made = _over(document, blocks, lines, labels, n, name, subject, taken)
                if made is not None:
                    yield made
                    continue
            if (
                n not in taken
                and not (line.note or line.tabled)
                and len(line.words) <= _TOPIC
                and line.kind is not BlockKind.HEADING
                and n + 1 < len(lines)
                and labels[n + 1] is not None
                and lines[n + 1].parent == line.parent
                and not line.continues
                and not is_clause(line.words)
            ):
                topic, topic_of = closed(line.words.strip("<>[]【】 ")), (line.parent, n)
            continue
        yield from _beside(document, blocks, lines, labels, n, label, subject, taken)
        yield from _bracketed(document, blocks, line, (*subject, label.name), label.value)


def _event(
    document: Document, blocks: Sequence[Block], line: Line, subject: tuple[str, ...]
) -> Fact | None:
    """What happened on a date that a line begins with: "2024. 4. : 1공구 착공" states when."""
    match = _WHEN.match(line.words)
    if match is None or not _DATED.fullmatch(match["date"].strip()):
        return None
    base = line.body
    span = Span(line.offset(base + match.start("date")), line.offset(base + match.end("date")))
    spot = Span(line.offset(base + match.end()), line.span.end)
    joins = blocks[line.block].joins
    name = readable(document, spot, joins)
    if not 1 < len(name) <= 60:
        return None
    return Fact(Form.LABEL, subject, name, readable(document, span, joins), span, line.block, spot)


def _subject(lines: Sequence[Line], labels: Sequence[Label | None], n: int) -> tuple[str, ...]:
    """The headings above a line and the lines that it hangs on, outermost first."""
    line = lines[n]
    names: list[str] = []
    at = line.parent
    if at is not None and labels[n] is not None and not line.mark:
        above = labels[at]
        if above is not None and above.value < len(lines[at].raw):
            at = lines[at].parent  # beside what is labelled above, not under it
    while at is not None and lines[at].kind is not BlockKind.HEADING:
        label = labels[at]
        names.append(label.name if label is not None else lines[at].words[:80].strip())
        at = lines[at].parent
    return (*line.path, *reversed(names))


def _beside(
    document: Document,
    blocks: Sequence[Block],
    lines: Sequence[Line],
    labels: Sequence[Label | None],
    n: int,
    label: Label,
    subject: tuple[str, ...],
    taken: set[int],
) -> Iterator[Fact]:
    """The value behind a label on its line, with the lines that go on; the pairs that follow on
    the same line."""
    line = lines[n]
    joins = blocks[line.block].joins
    end = len(line.raw)
    spot = Span(line.offset(label.start), max(line.offset(label.start), line.offset(label.end)))
    further = [
        m
        for pattern in (_FURTHER, _FURTHER_FRAMED, _FURTHER_BOLD)
        for m in pattern.finditer(line.raw, max(label.end, label.value - 1))
        if aspects_of(m["label"])
        or line.raw[m.start() : m.start() + 2] == "  "
        or _APART.match(m.group())
    ]
    further.sort(key=lambda m: m.start())
    inner = named_at(line.raw, label.value)
    begun = inner is not None and not any(m.start() < inner for m in further)
    nested = [m for m in further if begun or m.group().lstrip()[:1] in "-–)"]
    cut = [m for m in further if m not in nested]
    stop = cut[0].start() if cut else end
    aside = _ASIDE.search(line.raw, label.value, stop)
    if aside is not None:
        stop = aside.start()
    if label.value >= stop or _ANNOUNCED.fullmatch(line.raw, label.value, stop):
        below = _below(lines, labels, n, sure=label.sure)
        taken.update(below)
        if below:
            yield _from_lines(document, blocks, lines, n, label.name, subject, spot, below)
        elif aspects_of(label.name) and line.raw.rstrip().endswith((":", "：")):
            left = Span(line.span.end, line.span.end)
            yield Fact(Form.LABEL, subject, label.name, "", left, line.block, spot)
        return
    last = n
    if not cut and aside is None:
        last = _goes_on(lines, labels, n)
        taken.update(range(n + 1, last + 1))
    until = lines[last].span.end if last > n else line.offset(stop)
    bold = line.raw.startswith("**", max(0, label.start - 2))
    bold = bold and "**" not in line.raw[label.end : label.value]
    if bold and document.text[max(spot.end, until - 2) : until] == "**":
        until -= 2  # the whole line is bold, its label with it
    span = Span(line.offset(label.value), until)
    value = readable(document, span, joins)
    made = Fact(
        Form.LABEL,
        subject,
        label.name,
        value,
        span,
        line.block,
        spot,
        scope=_scope(document, spot),
        conditions=(
            *((Span(line.offset(aside.end()), line.span.end),) if aside is not None else ()),
            *_conditions(lines, n, last),
        ),
    )
    yield made
    for m in (*cut, *nested):
        ends = [other.start() for other in further if other.start() > m.start()]
        to = ends[0] if ends else end
        if m.end() >= to:
            continue
        aside = _ASIDE.search(line.raw, m.end(), to)
        to = aside.start() if aside is not None else to
        held = Span(line.offset(m.end()), line.offset(to))
        where = Span(line.offset(m.start("label")), line.offset(m.end("label")))
        about = subject if m in cut else (*subject, label.name)
        yield Fact(
            Form.LABEL,
            about,
            closed(m["label"]),
            readable(document, held, joins),
            held,
            line.block,
            where,
        )


def _goes_on(lines: Sequence[Line], labels: Sequence[Label | None], n: int) -> int:
    """The last line of a value that begins on line ``n``: unmarked lines of its block below it
    that begin with no label of their own and name nothing that follows."""
    last = n
    for at in range(n + 1, len(lines)):
        line = lines[at]
        if line.continues and labels[at] is None:
            last = at
            continue
        if line.block != lines[n].block or line.mark or labels[at] is not None:
            break
        name = alone(line)
        heads = at + 1 < len(lines) and labels[at + 1] and lines[at + 1].parent == line.parent
        if name and (heads or aspects_of(name)):
            break
        last = at
    return last


def _over(
    document: Document,
    blocks: Sequence[Block],
    lines: Sequence[Line],
    labels: Sequence[Label | None],
    n: int,
    name: str,
    subject: tuple[str, ...],
    taken: set[int],
) -> Fact | None:
    """A name on a line of its own over the lines of its value."""
    line = lines[n]
    words = line.words.strip()
    sure = bool(aspects_of(name)) or bool(
        _FRAMED.fullmatch(words) or _ARTICLE.match(line.raw.strip())
    )
    below = _below(lines, labels, n, sure=sure)
    if not below or (not sure and not line.children):
        return None
    wrapped = all(not lines[at].first and not lines[at].mark for at in below)
    if wrapped and line.mark and not sure:
        return None  # the line goes on
    if line.kind is BlockKind.HEADING and not sure:
        told = sum(len(lines[at].words) for at in below)
        section = any(_heads(lines[at]) or _PROSE.search(lines[at].words) for at in below)
        if section or told > _SECTION:
            return None  # a section and what is told in it
    held = sum(labels[at] is not None or bool(aspects_of(alone(lines[at]))) for at in below)
    if name == closed(document.title) or (not sure and 2 * held >= len(below)):
        return None  # what labelled lines stand under is no label itself
    taken.update(below)
    start = line.offset(line.body)
    spot = Span(start, line.span.end)
    return _from_lines(document, blocks, lines, n, name, subject, spot, below)


def _heads(line: Line) -> bool:
    return line.kind is BlockKind.HEADING


def _below(
    lines: Sequence[Line], labels: Sequence[Label | None], n: int, *, sure: bool
) -> list[int]:
    """The lines of the value under line ``n``: all that hang on it; where nothing does and the
    label is ``sure``, those beside it up to the next label or name."""
    line = lines[n]
    right = n + 1 < len(lines) and lines[n + 1].block == line.block
    goes_on = sure and right and n + 1 not in line.children  # its value stands right below it
    if line.children and not goes_on:
        found: list[int] = []
        size = 0
        wait = list(line.children)
        while wait and len(found) < _LINES:
            at = wait.pop(0)
            other = lines[at]
            if other.tabled:
                continue
            if found and _terms(lines[found[0]], other):
                break  # "신청 기간", its value, "신청 방법": a list of terms without marks
            size += len(other.raw)
            if size > _MOST:
                return []
            found.append(at)
            wait = [*lines[at].children, *wait]
        return sorted(found)
    if not sure:
        return []
    found = []
    size = 0
    for at in range(n + 1, min(len(lines), n + 1 + _LINES)):
        other = lines[at]
        if other.tabled:
            continue
        beside = other.parent == line.parent or (other.parent is not None and other.parent in found)
        named = bool(found or at > n + 1) and bool(aspects_of(alone(other)))
        heads = other.kind is BlockKind.HEADING and other.mark == line.mark
        label = labels[at]
        labelled = label is not None and (bool(found) or _sister(line, label))
        if not beside or named or heads or labelled or (other.mark and other.mark == line.mark):
            break
        if found and not other.mark and lines[found[0]].mark and other.first:
            break
        size += len(other.raw)
        if size > _MOST // 2:
            break
        found.append(at)
        after = lines[at + 1] if at + 1 < len(lines) else other
        if not other.mark and not after.mark and after.block != other.block:
            break  # prose under a label ends with its paragraph
    return found


def _sister(line: Line, label: Label) -> bool:
    """Whether the label of the line below a name stands beside that name, and not in its value: "방문
    접수 - 접수처 : …" tells the way of applying."""
    own, below = aspects_of(alone(line) or line.words), aspects_of(label.name)
    if Aspect.METHOD in own:
        return not below <= _WAYS
    return bool(below)


_WAYS = frozenset((Aspect.METHOD, Aspect.PLACE, Aspect.CONTACT))


def _terms(first: Line, other: Line) -> bool:
    """Whether a line names another value than that which begins with ``first``."""
    return not other.mark and bool(aspects_of(alone(other))) and not aspects_of(alone(first))


def _from_lines(
    document: Document,
    blocks: Sequence[Block],
    lines: Sequence[Line],
    n: int,
    name: str,
    subject: tuple[str, ...],
    spot: Span,
    below: Sequence[int],
) -> Fact:
    own = [at for at in below if not lines[at].note]
    notes = tuple(lines[at].span for at in below if lines[at].note)
    told = own or list(below)
    starts = [lines[at].body for at in told]
    answer = _ANSWER.match(lines[told[0]].raw, starts[0]) if name.endswith("?") else None
    if answer is not None:
        starts[0] = answer.end()
    parts = tuple(
        Span(lines[at].offset(start), lines[at].span.end)
        for at, start in zip(told, starts, strict=True)
    )
    joins = [j for at in told for j in blocks[lines[at].block].joins]
    texts = [readable(document, part, joins) for part in parts]
    return Fact(
        Form.LABEL,
        subject,
        name,
        "\n".join(texts),
        Span(parts[0].start, parts[-1].end),
        lines[told[0]].block,
        spot,
        parts if len(parts) > 1 else (),
        _scope(document, spot),
        conditions=notes if own else (),
    )


def _scope(document: Document, spot: Span) -> tuple[str, ...]:
    """The class that a label gives in brackets: "신청기간(1차)"."""
    kind = class_in(readable(document, spot))
    return (kind,) if kind else ()


def _conditions(lines: Sequence[Line], n: int, last: int) -> tuple[Span, ...]:
    """The notes and provisos under line ``n``, and right behind line ``last``, where its value
    ends."""
    found = [lines[at].span for at in lines[n].children if at > last and _limits(lines[at])]
    at = last + 1
    while at < len(lines) and lines[at].note and lines[at].parent == lines[n].parent:
        found.append(lines[at].span)
        at += 1
    return tuple(dict.fromkeys(found))


def _limits(line: Line) -> bool:
    return line.note or _PROVISO.match(line.words) is not None


def _bracketed(
    document: Document,
    blocks: Sequence[Block],
    line: Line,
    subject: tuple[str, ...],
    begin: int = 0,
) -> Iterator[Fact]:
    """The pairs in the brackets of a sentence: "(접수처: 시청 3층, 전화: 070-…)"."""
    for match in _INSIDE.finditer(line.raw, begin):
        base = match.start("pairs")
        for pair in _PAIR.finditer(match["pairs"]):
            name = closed(pair["label"])
            if not is_name(name):
                continue
            span = Span(
                line.offset(base + pair.start("value")), line.offset(base + pair.end("value"))
            )
            spot = Span(
                line.offset(base + pair.start("label")), line.offset(base + pair.end("label"))
            )
            value = readable(document, span, blocks[line.block].joins)
            if value:
                yield Fact(Form.LABEL, subject, name, value, span, line.block, spot)
