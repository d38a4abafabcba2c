"""Values told apart by their class → facts: "2.0%(청년), 2.9%(일반)", "국비 5억원, 민간 3억원", ①②③.

What stands before the first of them names them all and is the label of none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from rag.facts.fact import Fact, Form
from rag.reading.bindings import Bound, bindings
from rag.reading.sentences import trimmed
from rag.reading.values import ValueKind
from rag.types import Span

_CLASS = 30  # characters
_TOPIC = 40
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|의|에|에서|에는|로|으로|:|：)\s*$")
_SUM = re.compile(r"등\s|등$|모두|총|합계|이상|이하")
_APART = re.compile(r"[,;/·\n①-⑳]|\s(?:및|또는)\s|[와과]\s")
_JOINED = re.compile(r"^(?:및|또는|그리고)\s+")
_WORD = re.compile(r"[가-힣A-Za-z]{2}")
_UNCOUNTED = (ValueKind.ORDINAL, ValueKind.CONTACT, ValueKind.DATE)


def class_facts(
    text: str,
    span: Callable[[int, int], Span],
    subject: tuple[str, ...],
    attribute: str,
    label: Span | None,
    block: int,
) -> Iterator[Fact]:
    """The values of a readable text that are told apart by their class, under the ``attribute`` of
    its label, else under what the text says before the first of them; ``span`` gives the source
    of a range of the text."""
    row: list[Bound] = []
    for one in bindings(text):
        if one.value.kind in _UNCOUNTED:
            continue
        if row and (
            one.value.kind is not row[-1].value.kind
            or one.sentence != row[-1].sentence
            or not one.shared
        ):
            yield from _made(text, span, subject, attribute, label, block, row)
            row = []
        row.append(one)
    yield from _made(text, span, subject, attribute, label, block, row)


_SERIES = (
    # "('19) 15 → ('20) 19", "(내연기관) 2.5~3, (전기차) 1.5"
    re.compile(
        r"\((?P<kind>['’‘]?\d\d(?:년)?|[^()\d]{1,16})\)\s*(?P<value>[△+\-]?\d(?:[\d,.]*\d)?(?:\s?~\s?\d(?:[\d,.]*\d)?)?)(?![\d가-힣%])"
    ),
    # "①중국(21.3) ②미국(12.3)"
    re.compile(r"(?P<kind>[가-힣A-Za-z][가-힣A-Za-z·&\s]{0,15})\s?\((?P<value>[△+\-]?\d[\d,.]*)\)"),
)
_BETWEEN = re.compile(r"[\s,→⇒➔~·/①-⑳]{0,6}")


def series_facts(
    text: str,
    span: Callable[[int, int], Span],
    subject: tuple[str, ...],
    attribute: str,
    label: Span | None,
    block: int,
    unit: str = "",
) -> Iterator[Fact]:
    """The bare numbers of a series, each under its class or year: "('19) 15 → ('20) 19"."""
    for pattern in _SERIES:
        run: list[re.Match[str]] = []
        for match in [*pattern.finditer(text), None]:
            if match and run and not _BETWEEN.fullmatch(text, run[-1].end(), match.start()):
                pass
            elif match:
                run.append(match)
                continue
            if len(run) > 1:
                for one in run:
                    yield Fact(
                        Form.CLASS,
                        subject,
                        attribute,
                        one["value"].strip(),
                        span(*one.span("value")),
                        block,
                        label,
                        scope=(one["kind"].strip(),),
                        unit=unit,
                    )
            run = [match] if match else []


def _made(
    text: str,
    span: Callable[[int, int], Span],
    subject: tuple[str, ...],
    attribute: str,
    label: Span | None,
    block: int,
    row: Sequence[Bound],
) -> Iterator[Fact]:
    classes = [_clean(text, one, before) for one, before in zip(row, [None, *row], strict=False)]
    known = [
        len(name) <= _CLASS and _WORD.search(name) is not None and not _SUM.match(name)
        for name in classes
    ]
    if any(_modifies(text, one) or _unpaired(name) for one, name in zip(row, classes, strict=True)):
        return
    apart = all(_APART.search(text, a.value.end, b.value.start) for a, b in itertools.pairwise(row))
    if len(row) < 2 or not apart or not all(known) or len(set(classes)) < len(classes):
        return
    topic = " ".join(_PARTICLE.sub("", text[slice(*row[0].topic)]).split())[-_TOPIC:].strip(" ,·")
    name = attribute or topic
    about = (*subject, topic) if attribute and topic and topic != attribute else subject
    for one, kind in zip(row, classes, strict=True):
        yield Fact(
            Form.CLASS,
            about,
            name,
            one.value.text,
            span(one.value.start, one.value.end),
            block,
            label,
            scope=(kind,),
        )


def _clean(text: str, one: Bound, before: Bound | None) -> str:
    """The class of a value without what goes with the value before it ("7.7% 증가, 산업재해
    18.3%"), and without what parts it from its neighbours."""
    end = one.own[1]
    name = one.classed(text)
    if before is not None and name and not text[slice(*one.behind)].strip():
        between = text[before.value.end : end]
        cut = re.search(r"[,;/·]", between)
        if cut is not None and between[: cut.start()].strip():
            name = between[cut.end() :]
    name = _JOINED.sub("", name.strip(" /|,·("))
    if name.count("(") < name.count(")"):
        name = name.strip(")").strip(" /|")
    return name[slice(*trimmed(name, 0, len(name)))]


def _modifies(text: str, one: Bound) -> bool:
    """Whether a count goes with the noun behind it: "4대 추진전략", "2배 확대"."""
    behind = text[one.value.end : one.value.end + 3]
    return one.value.kind is ValueKind.COUNT and re.match(r"\s[가-힣]{2}", behind) is not None


def _unpaired(name: str) -> bool:
    return name.count("(") != name.count(")") or name.count("‘") != name.count("’") or "'" in name
