"""What a question says of the headers of a table in other words than theirs.

"어디" means the row "채택국가", "모두 얼마" the column "소계", "5위" the row "5", "몇 조예요" the number
of an article. The other way round, labels such as "장점" and "지원한도" tell that a table lists what
it compares side by side, one column each.
"""

from __future__ import annotations

import re

from rag.types import Question, QuestionKind

_MEANT: dict[QuestionKind, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in (
        (QuestionKind.PLACE, r"(?:국가|나라|지역|장소|위치|도시|권역|소재지)$"),
        (QuestionKind.ORGANISATION, r"(?:기관|기업|회사|부처|주체|업체)명?$"),
        (QuestionKind.PERSON, r"이름$|성명$|대표자?$|담당자?$"),
        (QuestionKind.DATE, r"날짜$|일자$|일시$|기간$|시기$|연도$|일정$|[의표행약최료작감]일$"),
        (QuestionKind.CONTACT, r"연락처$|전화|문의|누리집|홈페이지"),
    )
}
# What people say for an attribute, and what tables call it.
_SPOKEN: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(said), re.compile(header))
    for said, header in (
        (r"(?<!안 )(?<!안)좋은 ?점|이로운 ?점|뭐가 좋|나은 ?점|강점", r"장점|강점"),
        (r"나쁜 ?점|안 ?좋은 ?점|아쉬운 ?점|불리한 ?점|약점|모자란", r"단점|약점|한계"),
        (r"거리|닿|어디까지|얼마나 멀", r"거리|범위|반경|커버리지"),
        (r"늦|느리|빠르|빨리", r"지연|시간|속도"),
        (r"얼마나 오래|며칠|몇 ?(?:년|개월|달) ?(?:동안|간)", r"기간|시한"),
        (r"누가 받|누구에게|누구한테|받을 수 있", r"대상|자격"),
        (r"왜 하|무엇을 위해|뭘 위해", r"목적|목표"),
        (r"쓰는 ?(?:곳|나라|데)|고른 나라|뽑은 나라", r"채택|도입|사용|이용"),
    )
)
_TOTAL_ASKED = re.compile(
    r"모두|전부|총(?:\s|액)|통틀어|합쳐|합치|합하|합해|합산|합계|다 해서|더하"
)
_TOTAL = re.compile(r"(?:소|합|총|종|누)?계(?:\s?\(.*\))?|총액")
_INSIDE = re.compile(
    r"(?:어떤|무슨|뭐|무엇|뭘)\S*\s(?:\S+\s){0,2}?(?:들어 ?있|들어 ?가|있[나어을습]|포함|나뉘|나누|구성|딸[려린])"
)
_RANK = re.compile(r"(?<![\d.,])(\d{1,3})\s?위(?![가-힣]*원)")
_ASKS_ARTICLE = re.compile(
    r"조항|조문|법\s?조|제?\s?몇\s?조(?!\s?원)(?=예|인|이|에|의|야|일|지|죠|로|를|을|가)"
)
_MONEY = re.compile(r"예산|금액|비용|돈|규모|매출|투자|억|늘|줄")
_ARTICLE = re.compile(r"제\s?\d+조(?:의\s?\d+)?(?:\s?제?\d+항)?")
_ARTICLES = re.compile(rf"{_ARTICLE.pattern}(?:\s?(?:[,·ㆍ및와과]|부터|∼|~)\s?{_ARTICLE.pattern})*")


def sort_meant(question: Question, header: str) -> bool:
    """Whether a header names the sort of thing that the question word asks for."""
    pattern = _MEANT.get(question.kind)
    return pattern is not None and pattern.search(header.strip()) is not None


def spoken_of(question: Question, header: str) -> str:
    """The everyday words in which a question says what a header says, "좋은 점" for "장점"; ""
    where it does not."""
    for said, name in _SPOKEN:
        if name.search(header) and (match := said.search(question.searched)):
            start = question.searched.rfind(" ", 0, match.start()) + 1
            return question.searched[start : match.end()]
    return ""


def asks_inside(question: Question) -> bool:
    """Whether a question asks what something is made up of: "어떤 과제가 들어 있나요"."""
    return question.kind is QuestionKind.LIST or _INSIDE.search(question.searched) is not None


def asks_total(question: Question) -> bool:
    """Whether a question asks for a sum: "모두 얼마", "합쳐서"."""
    return _TOTAL_ASKED.search(question.searched) is not None


def is_total(header: str) -> bool:
    """Whether a header stands above sums: "소계", "합계 (A+B)"."""
    return _TOTAL.fullmatch(header.strip()) is not None


def asked_rank(question: Question) -> str:
    """The rank that a question names, "5" for "5위"; "" where it names none."""
    match = _RANK.search(question.searched)
    return match.group(1) if match else ""


def asks_article(question: Question) -> bool:
    """Whether the number of an article of a law is asked for; "몇 조" may be money, too."""
    match = _ASKS_ARTICLE.search(question.searched)
    if match is None:
        return False
    return match.group()[-1] != "조" or not _MONEY.search(question.searched)


def articles(text: str) -> str:
    """The first run of article numbers in a text, "제7조, 제27조의4"; "" where it has none."""
    match = _ARTICLES.search(text)
    return match.group() if match else ""
