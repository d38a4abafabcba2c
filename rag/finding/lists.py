"""Lists: items of a fact, of announced lines and of a sentence that enumerates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag import korean
from rag.facts import Fact
from rag.finding.phrases import is_bullet
from rag.finding.place import Candidate, Context, Place
from rag.finding.wording import Asked
from rag.reading import Reading, read
from rag.reading.sentences import sentence_starts, trimmed
from rag.types import Document, QuestionKind

Range = tuple[int, int]
"""Half-open, in code points of the text given."""

_TEXTS = 1024  # texts whose lists are kept
_ITEM = 60  # characters of the longest item between commas
_MARKED = 200  # and of the longest behind a mark
_FEWEST = 2
_SERIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[①-⑳]"), "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    (re.compile(r"[❶-❿]"), "❶❷❸❹❺❻❼❽❾❿"),
    (re.compile(r"(?<![\w.])\(?(?=[1-9]\)\s?\D)"), "123456789"),
    (re.compile(r"(?<![\w.])(?=[1-9]\.\s\D)"), "123456789"),
    (re.compile(r"(?<!\w)\(?(?=[가-하][.)]\s)"), "가나다라마바사아자차카타파하"),
    (re.compile(r"(?<!\w)(?=(?:첫|둘|셋|넷|다섯)째[,:는]?\s)"), "첫둘셋넷다"),
)
_BEHIND_NUMBER = re.compile(r"(?:\(?[1-9가-하][.)]|(?:첫|둘|셋|넷|다섯)째[,:는]?|[①-⑳❶-❿])\s*")
_MARK = re.compile(r"(?:[▷▶•●∙▪◦◇◆❖]|[△▲](?!\s?[\d.]))\s*")
_END = re.compile(r"(?<=[다음임함됨])\.(?=\s|$)|(?:이다|입니다)?\.?\s*$")
_CUT = re.compile(
    r"(?P<comma>,\s?(?!\d{3})(?:\s?(?:및|그리고|또는)\s)?)|(?P<dot>\s?[·ㆍ・‧]\s?)|(?P<word>\s(?:및|그리고|또는)\s)"
)
_SO_ON = re.compile(r"\s?등(?=[\s,.)을를이가은는의에과와]|$)")
_IN_ORDER = re.compile(r"\s순(?=으로|서)")
_COUNTED = re.compile(
    r"\s?(?:등\s?)?(?P<count>\d{1,2}|[두세네]|다섯|여섯|일곱|여덟|아홉|열)\s?(?:대|개|곳|명|종|가지|단계)"
)
_LEADING = re.compile(  # "5대 분야("
    r"(?<!\d)(?P<count>\d{1,2}|[두세네]|다섯|여섯|일곱|여덟|아홉|열)\s?(?:대|개|곳|명|종|가지|단계)\s?[가-힣]{0,6}\s?\($"
)
_NUMERALS = {name: n + 2 for n, name in enumerate("두 세 네 다섯 여섯 일곱 여덟 아홉 열".split())}
_PLAIN = re.compile(r"[\s\d.,~’'‘-]+")
_NOMINAL = (
    "NNG",
    "NNP",
    "NNB",
    "NR",
    "NP",
    "XPN",
    "XSN",
    "XR",
    "SN",
    "SL",
    "SH",
    "SS",
    "SSO",
    "SSC",
    "SW",
    "SO",
    "MM",
)
_PARTICLES = ("JKS", "JKO", "JKB", "JX", "EC", "EF")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The items of a list, in order and apart; ``count`` is how many the text says it has, 0 where
    it does not; ``loose`` says that nothing but dots, one comma or a bracket makes them one."""

    items: tuple[Range, ...]
    count: int = 0
    loose: bool = False


@lru_cache(maxsize=_TEXTS)
def enumerations(text: str) -> tuple[Enumeration, ...]:
    """All lists of a text, in order of place; items that overlap belong to lists of their own."""
    found = [*_numbered(text), *_marked(text)]
    for low, high in pairwise(sentence_starts(text)):
        if _CUT.search(text, low, high) or re.search(r"[와과]\s", text[low:high]):
            found += _Sentence(text, low, high).lists()
    return tuple(sorted(found, key=lambda one: one.items))


def _numbered(text: str) -> Iterator[Enumeration]:
    for pattern, names in _SERIES:
        run: list[int] = []
        for match in pattern.finditer(text):
            at = (
                match.end()
                if match.end() > match.start() and match.group() == "("
                else match.start()
            )
            name = text[at : at + 1]
            if name == names[0]:
                if len(run) >= _FEWEST:
                    yield _between(text, run, match.start())
                run = [match.start()]
            elif run and len(run) < len(names) and name == names[len(run)]:
                run.append(match.start())
        if len(run) >= _FEWEST:
            yield _between(text, run, len(text))


def _marked(text: str) -> Iterator[Enumeration]:
    starts = [match.start() for match in _MARK.finditer(text)]
    if len(starts) >= _FEWEST:
        yield _between(text, starts, len(text))


def _between(text: str, starts: Sequence[int], limit: int) -> Enumeration:
    """What stands behind each mark, up to the next; the last up to the end of its sentence, to the
    bracket that holds them all, or to what is said of them all."""
    items: list[Range] = []
    limit = min(limit, _bracket_end(text, starts[0], starts[-1], limit))
    for begin, end in pairwise([*starts, limit]):
        behind = _BEHIND_NUMBER.match(text, begin) or _MARK.match(text, begin)
        at = behind.end() if behind else begin
        if end == limit:
            closed = _END.search(text, at, limit)
            end = closed.start() if closed and closed.start() > at else limit
            end = _last_of_marked(text, at, end, [text[a:b] for a, b in items])
        items.append(trimmed(text, at, min(end, at + _MARKED)))
    return Enumeration(_clean(text, items))


def _bracket_end(text: str, first: int, last: int, limit: int) -> int:
    """Where the bracket closes that opens before the first mark and holds all of them."""
    depth = 0
    for at in range(first - 1, max(first - _ITEM, 0) - 1, -1):
        if text[at] == "\n":
            break
        depth += (text[at] == ")") - (text[at] == "(")
        if depth < 0:
            break
    if depth >= 0 or "(" not in text[max(first - _ITEM, 0) : first]:
        return limit
    depth = 1
    for at in range(first, limit):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at if at > last else limit
    return limit


def _last_of_marked(text: str, start: int, end: int, others: Sequence[str]) -> int:
    """Where the last item behind a mark ends: at "등", or at the first particle where the others
    are plain noun phrases."""
    stops = [
        found.start()
        for pattern in (_SO_ON, _IN_ORDER)
        if (found := pattern.search(text, start + 1, end)) and _level(text, start, found.start())
    ]
    if not any(_clausal(other) for other in others):
        for m in korean.morphemes(text[start:end]):
            if m.tag in _PARTICLES and m.start and _level(text, start, start + m.start):
                stops.append(start + m.start)
                break
    return min([*stops, end])


def _clausal(item: str) -> bool:
    return any(m.tag in _PARTICLES and _level(item, 0, m.start) for m in korean.morphemes(item))


def _level(text: str, low: int, at: int) -> bool:
    return text.count("(", low, at) <= text.count(")", low, at)


def _clean(text: str, items: Sequence[Range]) -> tuple[Range, ...]:
    """The items that say something, without blanks at their ends."""
    found = []
    for a, b in items:
        item = text[a:b]
        if any(sign.isalpha() or sign.isdecimal() for sign in item):
            found.append((a + len(item) - len(item.lstrip()), b - len(item) + len(item.rstrip())))
    return tuple(found)


def _many(written: str) -> int:
    return int(written) if written.isdigit() else _NUMERALS[written]


class _Cut:
    """A separator of a sentence: its range, and whether it is a comma, a dot or a word."""

    __slots__ = ("end", "sort", "start")

    def __init__(self, start: int, end: int, sort: str) -> None:
        self.start, self.end, self.sort = start, end, sort


class _Sentence:
    """A sentence with its morphemes, in which commas, dots and "및" part noun phrases."""

    def __init__(self, text: str, low: int, high: int) -> None:
        self._text, self._low, self._high = text, low, high
        self._inside = [
            korean.Morpheme(m.form, m.tag, low + m.start, low + m.end)
            for m in korean.morphemes(text[low:high])
        ]
        depth, self._depth = 0, []
        for at in range(low, high):
            depth = max(0, depth - (text[at] == ")"))
            self._depth.append(depth)
            depth += text[at] == "("

    def lists(self) -> Iterator[Enumeration]:
        cuts = [
            _Cut(m.start(), m.end(), m.lastgroup or "")
            for m in _CUT.finditer(self._text, self._low, self._high)
        ]
        cuts += [
            _Cut(m.start, m.end + 1, "word")
            for m in self._inside
            if m.tag == "JC" and self._text[m.end : m.end + 1].isspace() and m.start > self._low
        ]
        cuts.sort(key=lambda cut: cut.start)
        for depth in sorted({self._depth[cut.start - self._low] for cut in cuts}):
            level = [cut for cut in cuts if self._depth[cut.start - self._low] == depth]
            for sort in ("comma", "dot"):
                yield from self._runs(level, sort, depth)

    def _runs(self, cuts: Sequence[_Cut], sort: str, depth: int) -> Iterator[Enumeration]:
        """The runs of cuts of one sort, or of words, that part noun phrases only."""
        run: list[_Cut] = []
        for cut in cuts:
            if sort == "comma" and cut.sort == "dot":
                continue
            cuts_off = cut.sort not in (sort, "word") or (run and run[-1].sort != cut.sort == sort)
            if run and (cuts_off or not self._phrase(run[-1].end, cut.start)):
                yield from self._list(run, sort, depth)
                run = []
            if cut.sort in (sort, "word"):
                run.append(cut)
        yield from self._list(run, sort, depth)

    def _phrase(self, start: int, end: int) -> bool:
        """Whether what stands between two cuts is a noun phrase, and no list ends in it."""
        if not 0 < end - start <= _ITEM:
            return False
        depth = self._depth[start - self._low]
        return not any(
            (m.tag in _PARTICLES or m.form == "등" or is_bullet(self._text, m))
            and self._depth[m.start - self._low] == depth
            for m in self._inside
            if start <= m.start < end
        )

    def _list(self, run: Sequence[_Cut], sort: str, depth: int) -> Iterator[Enumeration]:
        if not run or (sort == "comma" and all(cut.sort == "word" for cut in run)):
            return  # words alone are told with the dots
        first = self._first(run[0].start, depth)
        while first == run[0].start:  # what stands before the first cut is no item
            run = run[1:]
            if not run:
                return
            first = self._first(run[0].start, depth)
        last, count, so_on = self._last(run[-1].end, depth)
        edges = [first, *(x for cut in run for x in (cut.start, cut.end)), last]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        items = _clean(self._text, [trimmed(self._text, a, b) for a, b in pairs if a < b])
        if len(items) < _FEWEST or all(_PLAIN.fullmatch(self._text[a:b]) for a, b in items):
            return
        if depth and not count:
            lead = _LEADING.search(self._text[self._low : first])
            count = _many(lead["count"]) if lead else 0
        bare = all(cut.sort != "comma" for cut in run) or len(items) == _FEWEST or depth > 0
        yield Enumeration(items, count, loose=not so_on and count != len(items) and bare)

    def _first(self, cut: int, depth: int) -> int:
        """Where the noun phrase begins that ends at a cut; the cut itself for none."""
        at = cut
        for m in reversed(self._inside):
            if m.end > cut or self._depth[m.start - self._low] > depth:
                continue
            if m.start < cut - _ITEM or self._depth[m.start - self._low] < depth:
                break
            joined = m.tag == "JKG" or (m.tag == "SP" and m.form in "·ㆍ・‧/")
            if not (m.tag.startswith(_NOMINAL) or (joined and at < cut)):
                break
            if is_bullet(self._text, m):
                break
            at = m.start
        possessive = next((m for m in self._inside if m.start == at and m.tag == "JKG"), None)
        return possessive.end if possessive is not None and at < cut else at

    def _last(self, start: int, depth: int) -> tuple[int, int, bool]:
        """Where the last item ends, how many the text says there are, and whether "등" follows."""
        end = stop = min(self._high, start + _ITEM)
        for m in self._inside:
            if m.start < start or m.start >= stop or self._depth[m.start - self._low] > depth:
                continue
            joined = m.tag == "SP" and m.form in "·ㆍ・‧/"
            counted = m.start > start and _COUNTED.match(self._text, m.start)
            outside = self._depth[m.start - self._low] < depth
            said = (m.tag.startswith(_NOMINAL) and not is_bullet(self._text, m)) or joined
            if counted or outside or m.form == "등" or not said:
                end = m.start
                break
        end = max(start, end)
        so_on = _SO_ON.match(self._text, len(self._text[:end].rstrip())) is not None
        counted = _COUNTED.match(self._text, len(self._text[:end].rstrip()))
        return end, _many(counted["count"]) if counted else 0, so_on


_ROWS = 8
_LEAD = 60  # characters before a list, and behind it, that name it
_CELL_MARK = re.compile(r"(?:^|\s)[·ㆍ•▪◦-]\s")
_ALL = 0.8  # share of a value's letters that its items must tell


def listed(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The lists of the best passages, where one is asked for."""
    if asked.question.kind is not QuestionKind.LIST:
        return
    index = place.index
    for row in place.rows[:_ROWS]:
        passage = index.passages[row]
        if passage.rows is not None:
            continue
        document = index.document_of(passage)
        reading = index.reading(row)
        yield from _in_text(place, document, row, reading, passage.path)


def _in_text(
    place: Place, document: Document, row: int, reading: Reading, path: Sequence[str]
) -> Iterator[Candidate]:
    text = reading.text
    for one in enumerations(text):
        start, end = one.items[0][0], one.items[-1][1]
        items = tuple(clean(text[a:b]) for a, b in one.items)
        lead = text[max(0, start - _LEAD) : start]
        stop = next((at for at in sentence_starts(text) if at >= end), len(text))
        context = Context(
            lead,
            text[end : min(stop, end + _LEAD)],
            f"{text[:start]} {text[end:]}",
            " / ".join(path),
            place.title(document),
        )
        found = Candidate(
            row,
            reading.span(start, end),
            "; ".join(items),
            reading.span(0, len(text)),
            context,
            origin="list",
            items=items,
        )
        found.signals["loose"] = float(one.loose)
        found.signals["counted"] = float(one.count == len(items))
        yield found


def items_of(fact: Fact, document_text: str) -> tuple[str, ...]:
    """The items of a fact's value: its lines, else what it enumerates, else itself."""
    if len(fact.parts) > 1:
        texts = [read(document_text, part).text for part in fact.parts]
        return tuple(clean(text) for text in texts if text)
    text = fact.value
    parts = [part.strip() for part in _CELL_MARK.split(text)]
    if len(parts) > 2 and not parts[0]:
        return tuple(clean(part) for part in parts if part)
    found = max(enumerations(text), key=lambda one: _told(one.items), default=None)
    if found is not None and _told(found.items) >= _ALL * len(text):
        return tuple(clean(text[at:to]) for at, to in found.items)
    return (text,)


def _told(items: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in items)


def clean(item: str) -> str:
    """An item without bullets, commas and single brackets at its ends."""
    return item[slice(*trimmed(item, 0, len(item)))]
