"""Other words for the asker's words: abbreviations, everyday for official, English for Korean.

Data with one function, :func:`expand`. Nothing here serves one question: a line earns its place
by being true of policy papers at large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from rag.korean.analysis import terms

# Names of one and the same thing; each leads to the others of its line.
ALIASES: tuple[tuple[str, ...], ...] = (
    ("중소기업", "중기", "SME"),
    ("과기정통부", "과학기술정보통신부"),
    ("산업부", "산업통상자원부"),
    ("기재부", "기획재정부"),
    ("국토부", "국토교통부"),
    ("중기부", "중소벤처기업부"),
    ("복지부", "보건복지부"),
    ("고용부", "고용노동부"),
    ("농식품부", "농림축산식품부"),
    ("해수부", "해양수산부"),
    ("행안부", "행정안전부"),
    ("문체부", "문화체육관광부"),
    ("여가부", "여성가족부"),
    ("금융위", "금융위원회"),
    ("공정위", "공정거래위원회"),
    ("방통위", "방송통신위원회"),
    ("개인정보위", "개인정보보호위원회"),
    ("식약처", "식품의약품안전처"),
    ("특허청", "지식재산처"),
    ("중진공", "중소벤처기업진흥공단"),
    ("소진공", "소상공인시장진흥공단"),
    ("기보", "기술보증기금"),
    ("신보", "신용보증기금"),
    ("수은", "한국수출입은행"),
    ("산은", "한국산업은행"),
    ("코트라", "KOTRA", "대한무역투자진흥공사"),
    ("무보", "한국무역보험공사"),
    ("한은", "한국은행"),
    ("통계청", "국가데이터처"),
    ("테크노파크", "TP"),
    ("인공지능", "AI"),
    ("연구개발", "R&D"),
    ("사물인터넷", "IoT"),
    ("정보통신기술", "ICT"),
    ("빅데이터", "big data"),
    ("디지털 전환", "DX"),
    ("소프트웨어", "SW"),
    ("하드웨어", "HW"),
    ("자유무역협정", "FTA"),
    ("국내총생산", "GDP"),
    ("소재 부품 장비", "소부장"),
    ("신재생에너지", "재생에너지"),
    ("이차전지", "2차전지", "배터리"),
    ("챗GPT", "ChatGPT"),
    ("거대언어모델", "LLM", "대규모 언어모델"),
    ("서비스형 소프트웨어", "SaaS"),
    ("추가경정예산", "추경"),
    ("예비타당성조사", "예타"),
    ("업무협약", "MOU", "양해각서"),
    ("최고경영자", "CEO", "대표이사"),
    ("벤처캐피탈", "벤처캐피털", "VC", "벤처투자회사"),
    ("액셀러레이터", "창업기획자"),
    ("미국", "대미"),
    ("유럽연합", "EU"),
    ("경제협력개발기구", "OECD"),
    ("국제통화기금", "IMF"),
    ("세계경제포럼", "WEF", "다보스포럼"),
    ("세계무역기구", "WTO"),
    ("개인정보보호법", "개인정보 보호법"),
    ("퍼센트포인트", "%p"),
    ("코로나19", "코로나", "COVID-19"),
    ("무인기", "드론"),
    ("탄소중립", "넷제로"),
    ("온실가스", "탄소배출"),
    ("공공기관", "공기업"),
    ("지자체", "지방자치단체"),
    ("정부출연연구기관", "출연연"),
    ("특구", "특별구역"),
    ("컨소시엄", "협의체"),
    ("누리집", "홈페이지", "웹사이트"),
    ("산학연", "산업계 학계 연구계"),
)

# What people say -> what documents write. One way only.
EXPANSIONS: dict[str, tuple[str, ...]] = {
    # 돈
    "돈": ("예산", "자금", "지원금", "사업비", "금액"),
    "대출": ("융자",),
    "빌리다": ("융자", "대출"),
    "갚다": ("상환",),
    "이자": ("금리", "이율"),
    "지원금": ("보조금", "출연금", "지원한도", "지원액"),
    "보조금": ("지원금",),
    "얼마": ("금액", "규모"),
    "내다": ("납부", "부담", "제출"),
    "세금 깎다": ("세액공제", "감면"),
    "세금": ("세액", "조세", "세제"),
    "값": ("가격", "단가"),
    "비용": ("단가", "사업비"),
    "공짜": ("무상", "무료"),
    "벌금": ("과태료", "과징금"),
    "월급": ("임금", "급여", "인건비"),
    "쓰다": ("투입", "사용", "활용"),
    "들다": ("소요", "투입"),
    "들이다": ("투입", "도입"),
    "대다": ("부담",),
    "보태다": ("지원",),
    "투자하다": ("출자", "투입"),
    "돈 대다": ("지원", "자금"),
    "흑자": ("무역수지", "수지"),
    "적자": ("무역수지", "수지"),
    # 신청과 기한
    "신청 마감": ("접수기간", "신청기간", "접수기한"),
    "마감": ("기한", "접수기간", "신청기간", "까지"),
    "신청": ("접수", "공모"),
    "접수": ("신청",),
    "공고": ("공모", "모집"),
    "모집": ("공모", "공고"),
    "자격": ("대상", "요건"),
    "조건": ("요건", "자격"),
    "대상": ("자격",),
    "서류": ("구비서류", "제출서류"),
    "뽑다": ("선정", "선발", "채용"),
    "뽑히다": ("선정", "선발"),
    "떨어지다": ("하락", "탈락", "감소"),
    "연락처": ("문의처", "전화"),
    "전화": ("문의처", "콜센터"),
    "문의": ("문의처", "연락처"),
    "사이트": ("홈페이지", "누리집", "포털"),
    "담당자": ("문의처", "담당"),
    # 회사와 사람
    "회사": ("기업", "업체"),
    "업체": ("기업", "회사"),
    "기업": ("업체",),
    "가게": ("소상공인", "점포"),
    "자영업자": ("소상공인",),
    "작은 회사": ("중소기업", "소기업"),
    "차리다": ("창업", "설립"),
    "회사 차리다": ("창업", "업력"),
    "세우다": ("설립", "수립", "구축"),
    "직원": ("재직자", "근로자", "종사자", "인력"),
    "일자리": ("고용", "채용"),
    "사람": ("인력", "인원"),
    "일꾼": ("인력",),
    "선생님": ("교사", "강사"),
    "우두머리": ("대표", "위원장"),
    "책임자": ("단장", "위원장", "담당"),
    "단장": ("사업단장",),
    "전문가": ("전문인력",),
    "로펌": ("법무법인",),
    "국회의원": ("의원",),
    "나라": ("국가",),
    "우리나라": ("한국", "국내"),
    "외국": ("해외", "국외"),
    "동네": ("지역",),
    "시골": ("농어촌",),
    # 늘고 줄기
    "오르다": ("상승", "증가", "인상", "상향"),
    "올라가다": ("상승", "상향"),
    "올리다": ("인상", "상향", "확대"),
    "깎다": ("인하", "하향", "감면"),
    "내리다": ("하락", "인하", "하향"),
    "끌어내리다": ("저감", "절감", "인하"),
    "줄다": ("감소", "축소"),
    "줄이다": ("절감", "저감", "감축", "축소"),
    "감소": ("하락", "축소"),
    "늘다": ("증가", "확대"),
    "늘어나다": ("증가", "확대"),
    "늘리다": ("확대", "확충"),
    "커지다": ("확대", "심화"),
    "많다": ("다수",),
    "빠르다": ("신속", "조기"),
    "앞당기다": ("조기",),
    "늦다": ("지연",),
    "늦추다": ("유예", "연기", "지연"),
    "미루다": ("연기", "유예"),
    "나아지다": ("개선", "향상"),
    "좋아지다": ("개선", "향상"),
    "성장률": ("증가율", "성장세"),
    "예상": ("전망", "추정"),
    "예상치": ("전망", "전망치"),
    "내다보다": ("전망", "예측"),
    "나중": ("향후",),
    "앞으로": ("향후", "계획"),
    # 하는 일
    "만들다": ("제작", "제조", "개발", "구축", "마련"),
    "만드는 비용": ("제조단가", "생산비"),
    "짓다": ("건설", "건립", "조성"),
    "고치다": ("개정", "개선", "수정"),
    "바꾸다": ("변경", "전환", "개편"),
    "바뀌다": ("변경", "전환", "개편"),
    "갈아타다": ("전환",),
    "없애다": ("폐지", "삭제", "철폐"),
    "지우다": ("삭제",),
    "막다": ("예방", "방지", "차단"),
    "지키다": ("보호", "준수"),
    "돕다": ("지원",),
    "도와주다": ("지원",),
    "도움": ("지원",),
    "키우다": ("육성", "양성"),
    "가르치다": ("교육", "훈련"),
    "배우다": ("교육", "학습", "수강"),
    "수업": ("교육", "강의", "실습"),
    "알리다": ("고지", "통지", "공개"),
    "맡기다": ("위탁", "위임"),
    "맡다": ("전담", "담당"),
    "모으다": ("수집", "모집", "통합"),
    "합치다": ("통합", "합산"),
    "나누다": ("구분", "분할"),
    "고르다": ("선정", "선택"),
    "팔다": ("판매", "수출", "매각"),
    "사다": ("구매", "구입", "매입"),
    "사들이다": ("인수", "매입"),
    "넘겨받다": ("이전", "이관"),
    "넘기다": ("이전", "이관", "초과"),
    "열다": ("개최", "개방"),
    "열리다": ("개최",),
    "시작": ("착수", "개시", "출범"),
    "끝나다": ("종료", "완료"),
    "끝내다": ("완료", "종료"),
    "밝히다": ("발표", "공개"),
    "내놓다": ("발표", "출시", "제시"),
    "나오다": ("발표", "출시", "게시"),
    "통과": ("의결", "가결"),
    "문턱 넘다": ("통과", "의결"),
    "찾다": ("발굴", "검색"),
    "살피다": ("점검", "검토"),
    "따지다": ("검토", "심사"),
    "재다": ("측정", "평가"),
    "쓰이다": ("활용", "사용"),
    "흉내": ("모방", "사칭"),
    "새다": ("유출", "누출"),
    "본받다": ("벤치마킹", "모범"),
    "이어지다": ("연계", "연결"),
    "잇다": ("연계", "연결"),
    "묶다": ("통합", "패키지"),
    "붙이다": ("탑재", "적용", "도입"),
    "얹다": ("탑재", "추가"),
    "싣다": ("탑재", "수록", "선적"),
    "까닭": ("원인", "이유"),
    "이유": ("원인", "배경"),
    "방법": ("방식", "절차"),
    "뜻": ("의미", "정의"),
    "목표": ("계획",),
    "장점": ("강점", "기대효과"),
    "단점": ("약점", "한계"),
    "어려움": ("애로", "한계"),
    "문제점": ("한계", "애로"),
    "걸림돌": ("장애", "애로", "규제"),
    # 몫과 크기
    "비율": ("비중", "율", "점유율"),
    "점유율": ("비중",),
    "몫": ("비중", "배정", "할당"),
    "크기": ("규모",),
    "자리": ("공간", "위치"),
    "수": ("개수",),
    "최소": ("이상", "최저"),
    "최대": ("이내", "한도", "최고"),
    "한도": ("최대", "이내"),
    "범위": ("대상",),
    # 물건과 곳
    "차": ("자동차", "차량"),
    "차량": ("자동차",),
    "공장": ("사업장", "제조"),
    "배": ("선박",),
    "짐": ("화물", "물류"),
    "컴퓨터": ("컴퓨팅",),
    "인터넷": ("온라인", "통신"),
    "핸드폰": ("휴대전화", "스마트폰"),
    "약": ("의약품",),
    "병": ("질환", "질병"),
    "질환": ("질병",),
    "쓰레기": ("폐기물",),
    "공기": ("대기",),
    "법": ("법률", "법안", "규정"),
    "법안": ("개정안", "발의"),
    "규정": ("규칙", "지침"),
    "개인정보": ("개인", "정보"),
    "은행": ("금융기관",),
    "연구소": ("연구원",),
    "대학교": ("대학",),
    "고등학교": ("직업계고", "고교"),
}

_ALIAS_WEIGHT = 0.5
_EVERYDAY_WEIGHT = 0.3
_GLOSSARY_WEIGHT = 0.8

# English words that carry no subject; left out of questions and of the glossary's keys alike.
_FUNCTION_WORDS = """
a an and are as at be by did do does for from had has have how in into is it its of on or that
the their this to was were what when where which who whom whose why will with
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())

Phrase = tuple[str, ...]


def expand(words: Sequence[str]) -> list[tuple[str, float]]:
    """Further terms for the terms of a question, each once with its highest weight.

    Weights: 0.5 for another name of the same thing, 0.3 for an official word for an everyday
    one, 0.8 for the Korean of an English word. Best first, ties in the order of ``words``. Terms already among ``words`` are not repeated.
    """
    given = set(words)
    found: dict[str, float] = {}
    synonyms, glossary = _compiled()
    for others, weight in _matches(words, given, synonyms):
        _add(others, weight, given, found)
    for others in _english(words, glossary):
        _add(others, _GLOSSARY_WEIGHT, given, found)
    return sorted(found.items(), key=lambda item: -item[1])


def _add(
    others: tuple[Phrase, ...], weight: float, given: set[str], found: dict[str, float]
) -> None:
    for other in others:
        for term in other:
            if term not in given:
                found[term] = max(found.get(term, 0.0), weight)


def _matches(
    words: Sequence[str],
    given: set[str],
    synonyms: dict[str, list[tuple[Phrase, tuple[Phrase, ...], float]]],
) -> Iterator[tuple[tuple[Phrase, ...], float]]:
    for word in words:
        for phrase, others, weight in synonyms.get(word, ()):
            if given.issuperset(phrase):
                yield others, weight


def _english(
    words: Sequence[str], glossary: dict[str, tuple[Phrase, ...]]
) -> Iterator[tuple[Phrase, ...]]:
    """Longest entries first; a word inside a longer entry is not read alone."""
    stems = [_stem(word) if word.isascii() else "" for word in words if word not in _FUNCTION]
    at = 0
    while at < len(stems):
        for length in (3, 2, 1):
            key = " ".join(stems[at : at + length])
            if stems[at] and key in glossary:
                yield glossary[key]
                at += length - 1
                break
        at += 1


def _stem(word: str) -> str:
    """An English word without its inflection, roughly: entries are stemmed alike."""
    for ending, least, put in (
        ("ies", 5, "y"), ("sses", 6, "ss"), ("ing", 6, ""), ("ed", 5, ""), ("es", 5, ""),
        ("s", 4, ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + put
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=1)
def _compiled() -> tuple[
    dict[str, list[tuple[Phrase, tuple[Phrase, ...], float]]], dict[str, tuple[Phrase, ...]]
]:
    """The tables as terms: by the first term of a phrase, and by stemmed English."""
    synonyms: dict[str, list[tuple[Phrase, tuple[Phrase, ...], float]]] = {}
    for line in ALIASES:
        phrases = [_phrase(name) for name in line]
        for phrase in phrases:
            others = tuple(other for other in phrases if other != phrase)
            synonyms.setdefault(phrase[0], []).append((phrase, others, _ALIAS_WEIGHT))
    for said, written in EXPANSIONS.items():
        phrase = _phrase(said)
        others = tuple(_phrase(word) for word in written)
        synonyms.setdefault(phrase[0], []).append((phrase, others, _EVERYDAY_WEIGHT))
    glossary: dict[str, tuple[Phrase, ...]] = {}
    for row in files(__package__).joinpath("glossary.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            english, korean = row.split("\t")
            key = " ".join(_stem(w) for w in english.lower().split() if w not in _FUNCTION)
            glossary[key] = tuple(_phrase(word) for word in korean.split(","))
    return synonyms, glossary


def _phrase(text: str) -> Phrase:
    """The terms of a table entry; the entry itself where it has none, as for a stop word."""
    text = text.strip()
    return tuple(dict.fromkeys(terms(text))) or (text,)
