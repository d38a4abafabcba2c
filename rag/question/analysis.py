"""What is asked: kind, terms with weights, focus, unit.

The kind is read off the question word and what stands around it; keyword queries without one
("물류비 융자 한도") are read off their last noun, and so is the counter behind "몇".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise

from rag import korean
from rag.errors import QuestionError
from rag.question.turns import counted
from rag.settings import MAX_QUESTION
from rag.types import Question, QuestionKind, Term

K = QuestionKind

_COUNTERS = (
    r"퍼센트포인트|퍼센트|프로|퍼|%\s?p|%|개사|개국|개소|개교|개월|군데|기업|회사|업체|대학|도시|달러|번째|킬로그램|킬로미터|"
    r"세대|점포|기관|기가(?!\s[가-힣])|"
    r"사람|단계|차례|채|편|개|명|곳|건|종|대|기|회|배|위|가지|조|항|초|"
    r"분야|분|시간|일|주|달|년도|년|살|세|메가|기가|킬로|미터|톤|원|불|억|호|권|점|쪽|[A-Za-z㎞㎡㎥㎏㏊ℓ℃²³]+"
)
_OTHER_COUNTER = (
    r"(?<!몇)몇\s?(?!몇|안\s|이[었에야나죠지])(?P<other>[가-힣]{1,4}?)"
    r"(?=(?:이|가|을|를|은|는|의|에|에서|로|으로|나|이나|까지|부터|씩|째|인|쯤|정도|인가요?|이?에요|예요|이?[야죠]|입니까)?(?:\s|[?.!]|$))"
)
_ALONE = r"둘|셋|넷|다섯|여섯"
_NUMERALS = r"두|세|네|다섯|여섯|일곱|여덟|아홉|열|열두|[2-9]|1\d"
_WHAT = r"(?:무엇|뭐|뭔|뭘|무슨|뭡|뭣|어떤 것)"
_ORG = (
    r"기관|회사|업체|기업|은행|부처|로펌|단체|연구소|연구원|대학교?|학교|주체|부서|사업자|사업체|협회|법인|조합|공단|공사|"
    r"위원회|(?:제조|개발|운영|통신|제작|건설|시공|주관|항공|보험|증권|신문|방송|출판|계열|자회|협력|운수|발행|공급|배급)사"
)
_PLACE = r"나라|국가|주|도시|지역|시|도|군|구|지방|장소|공장|건물"
_DAYS = "(?:공고|시작|개시|종료|접수|발표|시행|발효|체결|서명|개최|기준|제정|개정|납부|지급|착공|준공|완공|출시)"
_END = r"\s*[?.!~]*\s*$"
# Syllables that end in ㄴ or ㄹ close an adnominal clause: "만든 회사가 어디", not "유니콘 기업이 뭐".
_CLOSED = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 in (4, 8))

# Syllables without a final consonant whose vowel ends a verb in plain speech: 해, 돼, 나와, 줘.
_OPEN = "".join(
    chr(0xAC00 + (initial * 21 + vowel) * 28)
    for initial in range(19)
    for vowel in (0, 1, 4, 6, 9, 10, 14)
)

# First match wins, so what needs more context stands before what needs less.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (K.METHOD, r"어떤 (?:순서|절차|단계|과정|경로)"),
        (
            K.COMPARISON,
            r"차이|어떻게 다르|다른가|다릅니까|다른지|달라(?:요|졌|지나)|비교|어느 (?:쪽|것)이 더|순서(?:대)?로|"
            r"합하면|더하면|합치면|각각|\bdiffer|\bcompare|\bversus\b",
        ),
        (
            K.CONTACT,
            rf"전화 ?번호|연락처|팩스|\bfax\b|이메일|메일 ?주소|홈페이지|누리집|웹사이트|"
            rf"(?:접수|신청|접속|안내)\s?사이트|사이트(?:가|는|를)?\s?(?:{_WHAT}|어디|주소|알려)|문의처|"
            rf"(?:문의|연락)(?:는|은|를)?\s?어디|어디(?:에|로|에다)?\s?(?:문의|전화|연락)|"
            rf"전화(?:가|는)?\s?(?:몇|{_WHAT}|어디|알려)|몇 ?번(?:이에요|이야|인가|인지|으로)|"
            rf"주소(?:가|는|를)?\s?(?:{_WHAT}|어디|어떻게|알려|{_END})|\bphone\b|\bwebsite\b",
        ),
        (
            K.REASON,
            rf"왜(?![곡소])|이유|까닭|(?<![\d만천백억조])원인(?!(?:가요?|지[는를도]?)(?:[\s?.!]|$))|"
            rf"(?:계기|동기)(?:는|가|이)?\s?{_WHAT}|때문(?:인|이)|무엇 때문|배경(?:은|이)|\bwhy\b",
        ),
        (
            K.LIST,
            rf"(?:모두|전부)(?!\s?(?:다\s)?(?:(?:합쳐|합해|더해|해)서?)?\s?(?:몇|얼마))|"
            rf"빠짐없이|뭐뭐|무엇무엇|어디어디|누구누구|다 알려|"
            rf"(?:어떤|어느|무슨) \S+들|"
            rf"(?:{_NUMERALS})\s?(?:가지|개|명|곳|분야|사람|과제|항목)(?: \S+){{0,2}}?(?:는|은|가|이|를|을)?\s?"
            rf"(?:{_WHAT}|어디|누구|어떤|알려|말해)|종류(?:는|가|를)|항목(?:은|들)|목록|"
            rf"들(?:은|이) (?:{_WHAT}|어디|누구)|"
            rf"(?:{_ALONE})(?:은|는|이|을)? (?:{_WHAT}|어디|누구|알려|말해)|"
            rf"(?<!\d)(?:{_NUMERALS})대 (?:\S*[^\s로을를에의은는] ){{0,2}}?\S+(?:은|는|이|가|을|를)\s?"
            rf"(?:{_WHAT}|어디|누구|어떤|알려|말해)|(?<![가-힣\d])(?:{_NUMERALS})\s?(?:개국|개 |\s)"
            rf"(?!번|배|달|해|차례|시간|주 |살)[가-힣]{{0,8}}?(?:은|는|이|가|을|를)\s?(?:{_WHAT}|어디|누구|알려|말해)|"
            rf"(?:{_WHAT}|뭣|어떤 (?:\S+ )?\S+?)(?:이|가|은|는)?\s?있(?:나요|습니까|어요|을까요|는지|나\b|지\b)|"
            rf"\blist\b|\bwhich \w+ ?\w*s (?:are|were|did|backed|have)\b",
        ),
        (
            K.DATE,
            r"언제|며칠|몇 ?(?:월|년도|년에|년부터|년까지|일에|일까지)|날짜|발의일|발표일|시행일|마감일|일정(?:은|이|을)|"
            r"기한(?:은|이)|마감(?:은|이)|시기(?:는|가)|기간(?:은|이)|\bwhen\b",
        ),
        (
            K.AMOUNT,
            rf"얼마|어느\s?정도|(?<!몇)몇\s?(?:[십백천만억]+\s?)?(?P<unit>{_COUNTERS})|{_OTHER_COUNTER}|(?<!몇)몇(?!몇)|(?:금액|규모|한도|비율|비중|점유율|보급률|금리|이율|예산|가격|비용|총액|"
            rf"개수|인구|정원|사업비)(?:은|는|이|가)\s?(?:{_WHAT}|어떻게 (?:되|돼))|\bhow (?:much|many|big|large|long)\b|"
            r"\bwhat (?:share|percentage)\b",
        ),
        (K.PERSON, r"누구|누가|누군|\bwho\b"),
        (
            K.ORGANISATION,
            rf"(?:어느|어떤|무슨) (?:\S+ )?(?:{_ORG})|(?:{_ORG})(?:은|는|이|가)\s?어디|"
            rf"[{_CLOSED}]\s(?:\S+ )?(?:{_ORG})(?:은|는|이|가)\s?{_WHAT}",
        ),
        (
            K.ORGANISATION,
            r"\bwhich (?:\w+ )*(?:company|firm|manufacturer|agency|ministry|bank|institute)\b",
        ),
        (
            K.PLACE,
            rf"어디|(?:어느|어떤|무슨) (?:{_PLACE})|\bwhere\b|\bwhich (?:country|city|state)\b",
        ),
        (K.METHOD, r"어떻게|방법|방식|절차|어떤 식|뭘 (?:보태|지원|해)|\bhow\b"),
        (
            K.DEFINITION,
            rf"뜻|정의(?:는|하)|의미(?:는|가|하)|(?:이?란|라는 (?:것|말)은?) {_WHAT}|우리말로|약자|줄임말|"
            rf"[가-힣A-Za-z0-9)]+(?<!이름)(?<!명칭)(?<!제목)(?<!별명)(?:이|가|은|는) "
            rf"{_WHAT}(?:예요|에요|야|지|죠|냐|임)|\bwhat (?:is|are)\b",
        ),
        (K.OTHER, rf"{_WHAT}|어떤|어느"),
        (K.YES_NO, rf"(?:나요?|까|가요|습니까|한가|는지|[{_OPEN}]요|[{_OPEN}]\s?(?=\?)|니){_END}"),
    )
)
# "… 알려 주실 수 있나요", "…이 궁금합니다", "… 안내 부탁드립니다" ask for the noun before it.
_REQUEST = re.compile(
    r"(?:을|를|이|가|에 (?:대해|대하여|관해)(?:서)?)?(?:\s(?:좀|한번))?\s?"
    r"(?:(?:알려|말해|말씀해|가르쳐|찾아|보여|안내해|설명해|확인해)\s?(?:주|줘|달|줄|봐)\S*(?:\s\S+){0,3}?"
    r"|(?:안내|설명|확인|회신|답변)?\s?부탁\S*|안내\s?바라\S*|안내\s?바랍\S*|문의\s?(?:드|합|좀)\S*|궁금\S*|알고\s?싶\S*)[\s?.!~]*$"
)
# The last noun of a query without a question word.
_LAST_NOUN: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (K.LIST, r"(?<=[가-힣])(?<!아)(?<!까)들$"),
        (K.CONTACT, r"(?:전화|번호|주소|사이트)$"),
        (K.METHOD, r"(?:방법|절차|방식)$"),
        (K.REASON, r"(?:이유|원인|까닭)$"),
        (K.LIST, rf"(?:{_NUMERALS})\s?(?:가지|개|곳|명|사람|군데)$"),
        (
            K.DATE,
            rf"(?:[{_CLOSED}]\s(?:날|해|때|시점|월일)|(?<![\d\s])[년연]도|(?<!\d)\s[년연]도|일자|날짜|기한|마감|시기|시점|기간|일정|"
            rf"{_DAYS}(?:일|연도|년도))$",
        ),
        (
            K.PERSON,
            r"(?:글쓴이|저자|작성자|필자|단장|장관|대표|위원장|원장|국회의원|담당자|책임자|인물|사람|(?<=\s)의원|"
            r"(?<=\s)(?:선수|가수|교수|투수|포수|배우|감독|작가|기자|변호사|화가|장군|대통령|총리|차관|후보)|"
            r"(?:사람|자|장|대표|교수|장관)(?:의)? ?이름)$",
        ),
        (
            K.AMOUNT,
            r"(?:\s돈|한도|상한액?|규모|금액|예산|비율|비중|횟수|인원|면적|높이|길이|무게|속도|"
            r"(?<!법)[가-힣](?<![법규자선])[율률]|액|(?<!\s[가교선투포변호함홍철특군악실우장])수|목표치?|(?<=[가-힣])(?<![준장설정대소경구겸])비|가격|비용|단가|금리|인구|max|최대|"
            r"지원금|보조금|장려금|부담금|과태료|수수료|보험료|납입료|참가비|사업비)$",
        ),
        (K.ORGANISATION, rf"(?:{_ORG})(?:의?\s?이름|명)?$"),
        (K.PLACE, r"(?:장소|위치|소재지|접수처|제출처|신청처)$"),
        (K.LIST, r"(?:종류|목록|항목|조건|서류)$"),
    )
)


_QUESTION_WORD = re.compile(
    r"얼마|언제|누구|누가|누군|어디|몇|무엇|무슨|뭐|뭔|뭘|어느|어떤|어떻|왜(?![곡소])"
)
_ENDS_IN_NOUN = re.compile(r"(?P<noun>\S*[가-힣A-Za-z0-9)])(?:은|는)\s?[?]*\s*$")
# "… 사람은 누구인가요?", "… 이름이 뭐예요?": the copula closes the question.
_IS = re.compile(
    r"(?P<noun>[가-힣A-Za-z0-9)]+?)(?:은|는|이|가)\s(?P<what>무엇|뭐|뭔|누구|누군|어디|언제)"
    r"(?:인|이|예|에요|야|일|입|지|죠|라고|가요|요|냐|니|까요|고)?[가-힣]{0,5}\s*[?.!~]*\s*$"
)
_IS_KINDS = {"누구": K.PERSON, "누군": K.PERSON, "언제": K.DATE}
_PLAIN_NAMES = re.compile(
    r"(?:이름|명칭|제목|별명|별칭|말|단어|용어|것|낱말|작품|책|영화|노래|제도|프로그램|(?<!방)법|조약)$"
)


def kind_of(text: str) -> tuple[QuestionKind, str]:
    """The kind of a question and the counter after its "몇" ("" where there is none).

    A question that ends in what it asks for ("…을 알린 사람은?", "… 뜻하는 말은 무엇인가요?") is read
    off that noun, whatever its clauses speak of.
    """
    bare = _REQUEST.sub("", text)
    bare = re.sub(r"(?:은|는|이|가|을|를)?(?:\s?좀)?요?[\s?.!~]*$", "", bare)
    asked = _QUESTION_WORD.search(text)
    if asked is None:
        for kind, pattern in _LAST_NOUN:
            if pattern.search(bare):
                return kind, ""
    final = _IS.search(text)
    if final is not None and _kind(text, (K.LIST,)) is None:
        direct = _IS_KINDS.get(final["what"])
        if direct is not None:
            return direct, ""
        for kind, pattern in _LAST_NOUN:
            if kind is K.PERSON and pattern.search(text[: final.end("noun")]):
                return kind, ""
        if _PLAIN_NAMES.search(final["noun"]) and final["what"] != "어디":
            return K.OTHER, ""
    noun = _ENDS_IN_NOUN.search(text) if asked is None else None
    if noun is not None and _PLAIN_NAMES.search(noun["noun"]):
        return K.OTHER, ""
    return _kind(text, tuple(K)) or (K.OTHER, "")


def _kind(text: str, among: Collection[QuestionKind]) -> tuple[QuestionKind, str] | None:
    for kind, pattern in _KINDS:
        match = pattern.search(text) if kind in among else None
        if match:
            told = match.groupdict()
            return kind, told.get("unit") or told.get("other") or ""
    return None


_MISREAD = 0.4  # weight of a word that differs by one letter from one that nobody wrote
_SUBJECT = 30  # characters; a longer phrase reads badly in front of an answer
_PHRASE_TAGS = ("SL", "SN", "SH", "XPN", "XSN", "XR", "JKG", "MM", "SO", "SS", "SSO", "SSC", "SW")

_ASKED = re.compile(
    r"얼마|언제|누구|누가|어디|어느|어떤|무엇|무슨|뭐|뭔|뭘|몇|왜|어떻게|며칠|알려|\b(?:how|what|who)\b"
)
# Nouns that frame a question without naming what it wants.
_FRAMES = frozenset(
    "곳 때 것 해 전 사람 회사 나라 기업 업체 기관 이름 날짜 금액 규모 정도 내용 방법 이유 까닭 원인 뜻 말 가지 "
    "우리말 최대 최소 목표 올해 금년 현재 지금 전체 총 개 년 월 일 분야 지역 항목 과제 사업 번호 우리 수 제도 해외 한국 "
    "국내 신규 max 돈 비율 비중 율 률 앞 다음 이번".split()
)

_COUNTED = frozenset("가지 개 명 곳 분야 사람 항목 과제 기관 내용 것".split())

# What makes a question a question, and says nothing of its subject.
_ASKING = frozenset(
    "까닭 이유 설명 말 궁금 관련 문서 보고서 내용 정도 모두 전부 다 각각 답 질문 부탁 좀 뭐뭐 무엇무엇 뭔가 "
    "나오다 원하다 가르치다 말하다 말씀 대답 여쭤보다 여쭙다 알아보다 "
    "what which who when where why how is are was were do does did the a an of in to for on by "
    "and or much many be it its that this with from as at has have had there".split()
)
# "알려 주세요" asks; "지원자한테 알려야 한다" does not.
_TELL_ME = re.compile(r"알려\s?(?:주|줘|달|줄)")
# Kept, but worth little: they stand in many passages of a policy document whatever is asked.
_WEAK = frozenset("지원 사업 정부 기업 계획 추진 대상 방안 정책 관련 우리 국내".split())


def analyse(
    written: str,
    vocabulary: Collection[str] = frozenset(),
    latin: korean.LatinNames | None = None,
) -> Question:
    """The question, repaired and taken apart.

    ``vocabulary`` holds the terms of the index: what it knows is not repaired. ``latin`` knows
    its Latin words by their sound. Raises
    QuestionError for an empty question or one longer than ``MAX_QUESTION`` characters.
    """
    clean = _printable(written)
    if not clean:
        raise QuestionError("질문이 비어 있습니다. 알고 싶은 것을 한 문장으로 적어 주십시오.")
    if len(clean) > MAX_QUESTION:
        raise QuestionError(
            f"질문이 너무 깁니다({len(clean):,}자). {MAX_QUESTION:,}자 이내로 줄여 주십시오."
        )
    searched, corrections = korean.repair(clean, vocabulary)
    kind, unit = kind_of(searched)
    return Question(
        written=written,
        searched=searched,
        kind=kind,
        terms=_terms(searched, vocabulary, latin),
        focus=_focus(searched, kind),
        count=counted(searched) if kind is QuestionKind.LIST else 0,
        unit=unit,
        corrections=tuple(corrections),
        subject=_subject(searched),
    )


def _printable(text: str) -> str:
    kept = (
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " for c in text
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _terms(
    text: str, vocabulary: Collection[str], latin: korean.LatinNames | None
) -> tuple[Term, ...]:
    """Each term once, in order of first mention; then further names of the same things, Latin
    words that sound like a word that no document holds ("아마존" for "Amazon"), and for such
    a word that no document holds the words that differ from it by one letter: documents read by
    a machine say 용자 for 융자."""
    weights: dict[str, Term] = {}
    asking = _ASKING | {"알리다"} if _TELL_ME.search(text) else _ASKING
    said = korean.terms(text)
    own = [term for term in said if term not in asking]
    for term in own or said:
        weights.setdefault(term, Term(term, 0.5 if term in _WEAK else 1.0))
    # All that was said goes in, in order: "come into force" is known as a whole.
    for term, weight, of in korean.expand(said):
        if not asking.issuperset(of):
            weights.setdefault(term, Term(term, weight, "synonym", of))
    for morpheme in korean.morphemes(text) if latin else ():
        names = latin.like(morpheme.form) if latin and morpheme.tag == "NNP" else ()
        for name in names:
            weights.setdefault(name, Term(name, 1.0, "question", (morpheme.form,)))
    for term in own:
        if vocabulary and term not in vocabulary and len(term) > 1 and not term.endswith("다"):
            for near, _likely in korean.variants(term):
                if near in vocabulary:
                    weights.setdefault(near, Term(near, _MISREAD, "synonym", (term,)))
    return tuple(weights.values())


def _focus(text: str, kind: QuestionKind) -> tuple[str, ...]:
    """The noun that names what is wanted: the last one before the question word that is not
    itself a way of asking ("한도가 얼마", "시행 날짜는"); empty where none is left."""
    asked = _ASKED.search(text)
    end = asked.start() if asked and asked.start() > 1 else len(text)
    before = [
        m
        for m in korean.morphemes(text)
        if m.tag in ("NNG", "NNP", "NNB", "SL", "XR")
        and m.end <= end
        and not _ASKED.fullmatch(m.form)
    ]
    if kind is QuestionKind.LIST and before and before[-1].form in _COUNTED:
        return ()  # "과제 두 가지", "분야 10개": the items name themselves
    nouns = [m for m in before if m.form not in _FRAMES and m.tag != "NNB"]
    if not nouns:
        return ()
    last = nouns[-1]
    joined = [m.form for m in nouns if last.start - 12 < m.start and _adjoin(nouns, m, last)]
    return tuple(joined[-2:])


def _adjoin(nouns: list[korean.Morpheme], first: korean.Morpheme, last: korean.Morpheme) -> bool:
    """Whether nothing but nouns written together lies between two nouns."""
    chain = [m for m in nouns if first.start <= m.start <= last.start]
    return all(a.end == b.start for a, b in pairwise(chain))


def _subject(text: str) -> str:
    """The noun phrase before the question word; "" where a verb or a clause stands in it."""
    asked = re.search(r"\s?(?:얼마|언제|누구|어디|며칠|몇|무엇|뭐|뭔)", text)
    end = asked.start() if asked else len(text.rstrip(" ?.!"))
    inside = [m for m in korean.morphemes(text[:end]) if m.end <= end]
    while inside and inside[-1].tag in ("JX", "JKS", "JKO", "JKB"):
        inside.pop()
    plain = all(m.tag[0] == "N" or m.tag in _PHRASE_TAGS for m in inside)
    if not inside or not plain or inside[-1].end > _SUBJECT:
        return ""
    return text[: inside[-1].end].strip()
