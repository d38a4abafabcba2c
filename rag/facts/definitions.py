"""What words mean → facts: "X란 … 말한다", "… 을 X라 한다", "…(이하 X라 한다)"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from rag.facts.fact import Fact, Form
from rag.reading.sentences import sentence_starts
from rag.types import Span

_SHORTEST, _LONGEST = 8, 200  # characters of what is said
_QUOTE = "['‘“\"「]"
_NAME = rf"{_QUOTE}?(?P<name>[^\s.,:;()‘’“”\"'「」*]+?(?:\s[^\s.,:;()‘’“”\"'「」*]+?){{0,2}}?)[’”\"'」]?"
_BEFORE = re.compile(r".*\S(?:에서|에서는|에|은|는)\s+(?=\S)")  # "이 지침에서 쓰는 청년이란"
_GLOSS = r"(?:\s?\([^()]{1,40}\))?[’”\"'」]?"
_MEANS = r"(?:말한다|말함|뜻한다|뜻함|의미한다|의미함|가리킨다|일컫는다|지칭한다|말합니다|뜻합니다|의미합니다)"
_SORTS = (
    r"기술|기업|회사|제도|사업|플랫폼|서비스|시스템|방식|개념|모델|프로그램|공장|정책|펀드|분야|산업|단지|지역|기관|조직|"
    r"협의체|활동|전략|장치|소재|데이터|공간|지수|체계|현상|과정|수단|인력|자금|대출|것|협의회|사람|일|곳|지원금|보조금"
)
_ADNOMINAL = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 in (4, 8))
_SAID = re.compile(
    rf"(?:을|를)\s{_MEANS}[^가-힣]*$|(?:이다|입니다|임)[.\s]*$|(?:으?로|(?:이)?라고)\s정의[가-힣]*[.\s]*$|[,;:·.\s]+$"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[\s‘“\"'(]){_NAME}{_GLOSS}(?:이란|란|이라\s?함은|라\s?함은|이라는\s것은|라는\s것은),?\s(?P<said>.+)$",
        rf"^(?:[*※◇•○-]\s*|\d\)\s*)*{_NAME}{_GLOSS}(?:은|는)\s(?P<said>.+?(?:을|를)\s{_MEANS})[.]?\s*$",
        rf"^(?P<said>.{{8,150}}?)(?:을|를)\s{_NAME}{_GLOSS}(?:이)?라고?\s?(?:부르|부른|불린|한다|하며|칭|정의)",
        rf"^(?:[*※◇•○-]\s*|\d\)\s*)*{_NAME}{_GLOSS}(?:은|는)\s(?P<said>[^.]{{0,120}}?[{_ADNOMINAL}]\s(?:[가-힣]+\s)?(?:{_SORTS}))"
        r"(?:이다|임|입니다|이며|이고)",
    )
)
_SHORTENED = re.compile(
    r"(?P<said>[가-힣A-Za-z0-9·\s]{4,60}?)\s?\(이하\s?[\"“'‘「]?(?P<name>[^\"”'’」()]{1,20}?)[\"”'’」]?(?:이?라\s?한다|이?라\s?함|라고\s?한다)?\)"
)


def definition_facts(
    text: str, span: Callable[[int, int], Span], subject: tuple[str, ...], block: int
) -> Iterator[Fact]:
    """The definitions in a readable text; ``span`` gives the source of a range of it. The
    attribute of each is the word that is defined."""
    starts = sentence_starts(text)
    for begin, end in itertools.pairwise(starts):
        sentence = text[begin:end].rstrip()
        for pattern in _PATTERNS:
            match = pattern.search(sentence)
            if match is None or _cuts_word(match["name"], sentence[match.end("name") :]):
                continue
            tail = _SAID.search(match["said"])
            said = (
                match.start("said"),
                match.start("said") + (tail.start() if tail else len(match["said"])),
            )
            if _SHORTEST <= said[1] - said[0] <= _LONGEST:
                yield _fact(text, span, subject, block, begin, match, said)
            break
        for match in _SHORTENED.finditer(sentence) if "(이하" in sentence else ():
            yield _fact(text, span, subject, block, begin, match, match.span("said"))


def _cuts_word(name: str, tail: str) -> bool:
    """Whether "란" behind a name is the end of its word: it follows no final consonant, as in
    "논란", and no single letter, as in "계란"."""
    closed = "가" <= name[-1] <= "힣" and (ord(name[-1]) - 0xAC00) % 28 > 0
    return tail.startswith("란") and (closed or len(name) < 2)


def _fact(
    text: str,
    span: Callable[[int, int], Span],
    subject: tuple[str, ...],
    block: int,
    begin: int,
    match: re.Match[str],
    said: tuple[int, int],
) -> Fact:
    start, end = begin + said[0], begin + said[1]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    before = _BEFORE.match(match["name"])
    name = begin + match.start("name") + (before.end() if before else 0)
    return Fact(
        Form.DEFINITION,
        subject,
        text[name : begin + match.end("name")].strip(),
        text[start:end],
        span(start, end),
        block,
        span(name, begin + match.end("name")),
    )
