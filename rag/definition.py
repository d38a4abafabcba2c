"""What a text says that something is: "유니콘 기업이 뭔가요?" is answered by the note that its stars
lead to, by "…이란 …을 말한다", by a bracket behind the name, or by a label that ends in 개념.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.types import Question, QuestionKind

Range = tuple[int, int]

_SHORTEST = 8  # characters that can say what something is
_LONGEST = 160
_END = r"(?=[.]\s|[.]$|$|\s(?:[•▣□◆◇❖➔▶○※]|[-*]+\s|[①-⑳]))"
_SORTS = (
    r"기술|기업|회사|제도|사업|플랫폼|서비스|시스템|방식|개념|모델|프로그램|공장|정책|펀드|분야|산업|단지|지역|기관|조직|"
    r"협의체|활동|전략|장치|소재|데이터|공간|지수|체계|현상|과정|수단|인력|위성|자금|대출|말|것"
)
_CLOSED = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 == 4)
_WHAT_MEANS = re.compile(r"(?P<name>\S+?)(?:이|가|은|는|을|를)?\s무슨\s(?:뜻|의미|말)")
_WORDS = 3
_ASPECT = re.compile(
    r"(?:목적|목표|내용|쟁점|요건|조건|자격|대상|방법|방식|절차|계획|문제점?|과제|방향|전략|방안|대책|특징|특성|장점|단점|"
    r"효과|성과|배경|필요성|현황|동향|전망|이슈|차이점?|기준|규모|기간|일정|역할|기능|분야|종류|유형|항목|사례|원인|이유|까닭|"
    r"결과|핵심|개요|구성|서류|혜택|예산|금리|한도|이름|분류|제목|주제|범위|근거|수치|(?<=[가-힣])[0-9]|[Ⅰ-Ⅹ]|은|는)$"
)
_WHAT_SO_CALLED = re.compile(r"(?P<name>\S+?(?:\s\S+?){0,2}?)(?:이란|란)\s(?:무엇|뭐|뭔)")
_SO_CALLED = re.compile(r"(?<=[가-힣A-Za-z0-9)])이란$|(?<=[가-힣])(?<![논혼교소계])란$")
_SAID = re.compile(
    r"\s?(?:을|를)?\s?(?:말한다|말함|말하며|의미한다|의미함|의미하며|뜻한다|뜻함|뜻하며|가리킨다|일컫는다|지칭한다|의미|뜻|말|지칭)[^.가-힣]{0,12}$"
    r"|(?:이다|입니다|임)$|[,;:·\s]+$"
)


def asked_for(question: Question) -> str:
    """The name whose meaning a question asks for ("유니콘 기업이 뭔가요?"), at most three words; ""
    where it asks for something else, as for an aspect of a thing ("사업 목적이 뭐예요?")."""
    if question.kind is not QuestionKind.DEFINITION:
        return ""
    meant = _WHAT_MEANS.match(question.searched) or _WHAT_SO_CALLED.match(question.searched)
    name = meant["name"] if meant else _SO_CALLED.sub("", question.subject)
    return "" if name.count(" ") >= _WORDS or _ASPECT.search(name) else name


def definition_of(name: str, text: str) -> Range | None:
    """Where a readable text says what ``name`` is, half-open, from 8 to 160 characters; None
    where it does not, and for an empty name. The clearest form of words wins, then the first."""
    return _definition_of(name.strip(), text) if name.strip() else None


def named_before(name: str, text: str, place: int) -> int:
    """Where a text last says a name before a place, however it is spaced; the place itself where it
    does not."""
    found = [m.start() for m in re.finditer(_spaced(name), text[:place], re.IGNORECASE)]
    return found[-1] if found else place


def _spaced(name: str) -> str:
    return r"\s?".join(map(re.escape, name.replace(" ", "")))


@lru_cache(maxsize=4096)
def _definition_of(name: str, text: str) -> Range | None:
    x = _spaced(name)
    if re.search(x, text, re.IGNORECASE) is None:
        return None
    for pattern in _patterns(x):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            start, end = match.span("said")
            tail = _SAID.search(text, start, end)
            end = tail.start() if tail else end
            if _SHORTEST <= end - start <= _LONGEST and re.search(r"[가-힣]{2}", text[start:end]):
                return start, end
    return None


@lru_cache(maxsize=256)
def _patterns(x: str) -> tuple[str, ...]:
    gloss = r"(?:\s?\([^()]{1,40}\))?['’”\"]?"
    return (
        # "유니콘 기업**이 급증 … ** 10억 달러 이상의 …"
        rf"{x}{gloss}\s?(?P<star>\*{{1,3}})(?!\*).*?\s(?P=star)\s(?P<said>[^*]+?)(?=\s\*|{_END[3:]}",
        # "< 재생의료 개념 > ◇ …"
        rf"{x}\s?(?:의\s)?(?:개념|정의|의미|뜻)\s?[>)）」\]:：]+\s*(?:[◇•▣○□-]\s?)?(?P<said>.+?){_END}",
        rf"{x}{gloss}\s?(?:이란|란|이라\s?함은|라\s?함은|(?:이라는|라는)\s것은),?\s(?P<said>.+?){_END}",
        # "… 기업을 유니콘 기업이라고 부른다"
        rf"(?:^|[.,]\s)(?P<said>[^.]{{8,150}}?)(?:을|를)\s['‘“\"]?{x}{gloss}(?:이)?라고?\s?(?:부르|부른|불리|한다|하며|칭|정의)",
        rf"{x}\s?\((?P<said>[^()\d]*[가-힣]{{2}}[^()\d]*)\)",
        rf"(?:^|[*※◇•○-]\s|\()['‘“\"]?{x}{gloss}\s?[:：]\s(?P<said>.+?){_END}",
        rf"{x}{gloss}(?:은|는)\s(?P<said>[^.]{{0,120}}?[{_CLOSED}]\s(?:[가-힣]+\s)?(?:{_SORTS}))"
        r"(?=(?:이다|임|이며|이고|으로|로서|로써|로,|로\s|을\s(?:말|의미|뜻)|를\s(?:말|의미|뜻)|[.,]|$))",
    )
