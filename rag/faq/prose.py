"""Questions from bullets, notes and sentences: labels, figures, events and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag import korean
from rag.faq.drafts import Draft, Source
from rag.faq.headings import event, is_facet
from rag.faq.subjects import is_noun_phrase
from rag.korean import Morpheme, with_particle
from rag.reading import Reading, read
from rag.reading.values import Value, ValueKind, values
from rag.types import Block, BlockKind, Document

_READ = (BlockKind.BULLET, BlockKind.NOTE, BlockKind.PARAGRAPH)
_BULLET = re.compile(r"(?:(?:[-•*·○●□■▣◇◆❖▶▲➔※]++|[①-⑳]|\d{1,2}\))\s*+)*+")
_LABEL = re.compile(r"\((?P<label>[^()]{2,16})\)\s*(?=[^\s:])")
_FIELD = re.compile(r"(?P<label>[가-힣][가-힣·\- ]{1,13}?)\s?(?:\([^()]*\))?\s?:\s+(?=\S)")
# Labels that name a side of their section; {s} is the section's subject.
_SIDES = {
    "개요": "{s}의 개요를 알려 주세요.",
    "세부내용": "{s}의 세부 내용은 무엇인가요?",
    "지원내용": "{s}의 지원 내용은 무엇인가요?",
    "지원대상": "{s}의 지원 대상은 누구인가요?",
    "실행계획": "{s}의 실행 계획은 무엇인가요?",
    "추진계획": "{s}의 추진 계획은 무엇인가요?",
    "향후계획": "{s}의 향후 계획은 무엇인가요?",
    "신청기간": "{s}의 신청 기간은 언제인가요?",
    "신청방법": "{s은} 어떻게 신청하나요?",
    "기대효과": "{s}의 기대 효과는 무엇인가요?",
    "일시·장소": "{s은} 언제 어디에서 열렸나요?",
    "일시-장소": "{s은} 언제 어디에서 열렸나요?",
    "일시": "{s은} 언제 열렸나요?",
    "장소": "{s은} 어디에서 열렸나요?",
    "참석": "{s}에는 누가 참석했나요?",
    "참석자": "{s}에는 누가 참석했나요?",
}
_NAMED = frozenset("목표 의제 논의안건 안건 주요내용 비전 추진전략 지원규모".split())
_TOPIC = "{s}에서 ‘{label}’에 대한 내용은 무엇인가요?"
_EXAMPLE = re.compile(r"예|예시|참고|현행|개선|상방|하방|現|改")
_OUTLINE = re.compile(r"\s?(?:개요|주요 내용|세부 내용|주요 논의)$")
_SHORT = 4  # characters; "행사" says nothing without the heading above it
_MEASURE = re.compile(r"(?:수|율|률|규모|금액|액|비중|비율|금|추이|실적|예산|한도|수준|투자)$")

_COUNTED = frozenset("명 개 개사 개국 곳 건 종 대 회선 개소 과제 품목".split())
_CURRENCY = re.compile(r"(?:원|불|달러|위안|유로|엔)(?:\s?(?:이상|이하|수준|규모|내외))?$")
_RATIO = re.compile(r"(?:율|률|비중|비율|비)$")
_PARTICLE = re.compile(r"(?P<particle>은|는|이|가|을|를)\s$")
_STATED = re.compile(
    r"\s?(?:으?로(?:\s|서|,|$)|이다|이었|였|이며|[을를] 기록|에 (?:달|이|육박)|수준"
    r"|흑자|적자|[,(.]|$)"
)
_PLANNED = re.compile(
    r"\s?(?:으?로\s?(?:전망|예상|추산|집계|설정)"
    r"|(?:[을를] |규모로 )?(?:투자|투입|지원|조성|편성|배정|공급))"
)
_FORECAST = re.compile(r"^.{0,8}(?:전망|예상|추산)")
_NOUN_TAGS = ("NNG", "NNP", "NNB", "NR", "XPN", "XSN", "XR", "SL", "SN", "SH", "JKG", "W_")
_VAGUE = frozenset(
    "이 그 저 것 수 등 때 중 약 총 및 전 후 이번 금번 해당 우리 본 각 전년 전년대비 전체".split()
)

_NAMED_TAGS = ("NNP", "SL", "SH")
_MEASURES = frozenset("기준 규모 예산 금액 비용 실적 비율 비중 금리 평균 기간 목표 합계".split())

_DONE = re.compile(
    r"[을를]\s(?P<how>발표|출시|공개|수립|선포|제정|시행|설립|체결|채택|도입|개최)"
    r"(?=하|했|한다|\(|$|키로)"
)
_PASSIVE = {"개최": "열렸나요", "시행": "시행되나요"}
_MEANS = re.compile(
    r"(?P<term>[^.:;]{2,30}?)(?:\([^()]*\))?(?:이란|란|은|는)\s.{10,}?"
    r"(?:의미(?:한다|함)?|말한다|뜻(?:한다|함)?|일컫는다|"
    r"(?:협력체|기구|제도|협정|체계|기술|방식|현상|협회)(?:이다)?)\.?$"
)


def drafts(document: Document, blocks: Sequence[Block]) -> Iterator[Draft]:
    """Questions in the order of the blocks."""
    for block in blocks:
        if block.kind not in _READ:
            continue
        reading = read(document.text, block.span, block.joins)
        start = _BULLET.match(reading.text)
        body = start.end() if start else 0
        yield from _labelled(document, block, reading, body)
        for low, high in korean.sentences(reading.text):
            yield from _sentence(document, reading, max(low, body), high, block.path)


def _labelled(document: Document, block: Block, reading: Reading, body: int) -> Iterator[Draft]:
    """A label in brackets or before a colon, asked of the section that it stands in."""
    if not block.path or block.kind is BlockKind.PARAGRAPH:
        return
    bracketed = _LABEL.match(reading.text, body)
    found = bracketed or _FIELD.match(reading.text, body)
    if found is None:
        return
    label = " ".join(found["label"].split())
    about = _about(block.path)
    if not about or not is_noun_phrase(label) or _EXAMPLE.fullmatch(label):
        return
    closed = label.replace(" ", "")
    if closed in _SIDES:
        question = _SIDES[closed]
    elif closed in _NAMED or bracketed is None:
        asked = _asked(label, reading.text[found.end() :])
        question = f"{{s}}의 {with_particle(label, '은/는')} {asked}?"
    else:
        question = _TOPIC
    words = {"s": about, "s은": with_particle(about, "은/는"), "label": label}
    told = reading.text[found.end() :]
    yield Draft(question.format(**words), document.file, block.span, Source.LABEL, told)


def _asked(label: str, after: str) -> str:
    """The end of a question for a field: one figure, several of them, or words."""
    if not _MEASURE.search(label):
        return "무엇인가요"
    return "얼마인가요" if len(values(after)) == 1 else "어떻게 되나요"


def _about(path: Sequence[str]) -> str:
    """The subject of the section, "" where it has none that can be asked about."""
    for depth in range(1, min(2, len(path)) + 1):
        about = _OUTLINE.sub("", event(path[-depth])[0])
        if is_facet(about):
            above = event(path[-depth - 1])[0] if len(path) > depth else ""
            about = f"{above}의 {about}"
        if len(about) > _SHORT:
            return about if is_noun_phrase(about) else ""
    return ""


def _sentence(
    document: Document, reading: Reading, low: int, high: int, path: Sequence[str]
) -> Iterator[Draft]:
    if high - low < 8:
        return
    text = reading.text[low:high]
    span = reading.span(low, high)
    meaning = _MEANS.match(text)
    if meaning is not None:
        term = meaning["term"].strip(" '‘’“”\"")
        if is_noun_phrase(term) and not values(term):
            question = f"{with_particle(term, '이란/란')} 무엇인가요?"
            yield Draft(question, document.file, span, Source.DEFINITION)
    found = values(text)
    if not found:
        return
    analysed = korean.morphemes(text)
    for value in found:
        question = _placed(_figure(text, value, analysed), path)
        if question:
            yield Draft(question, document.file, span, Source.FIGURE, value.text)
    for asked, date in _events(text, found, analysed):
        question = _placed(asked, path)
        if question:
            yield Draft(question, document.file, span, Source.EVENT, date.text)


def _placed(question: str, path: Sequence[str]) -> str:
    """A question that names what it is about, else with the section before it: "예산 규모는
    얼마인가요?" could be asked of anything. "" where there is no section to name."""
    asked = korean.morphemes(question)
    end = next((i for i, m in enumerate(asked) if m.tag == "JX"), len(asked))
    own = asked[:end]
    nouns = [
        m for m in own if m.tag == "NNG" and len(m.form) > 1 and m.form not in _VAGUE | _MEASURES
    ]
    if not question or len(nouns) > 2 or any(m.tag in _NAMED_TAGS for m in own):
        return question
    about = _about(path)
    return f"{about}에서 {question}" if about else ""


def _figure(text: str, value: Value, analysed: Sequence[Morpheme]) -> str:
    """A question for a figure right after "…은", "…이" or "…을": "성장률을 5.6%로 전망"."""
    before = _PARTICLE.search(text[: value.start])
    after = text[value.end :]
    if before is None or re.match(r"\s?\d", after):
        return ""
    follows = _PLANNED if before["particle"] in "을를" else _STATED
    phrase = _noun_phrase(text, before.start(), analysed)
    if not phrase or not follows.match(after):
        return ""
    subject = with_particle(phrase, "은/는")
    if value.kind is ValueKind.COUNT and value.unit in _COUNTED:
        return f"{subject} 몇 {value.unit}인가요?"
    money = value.kind is ValueKind.MONEY and _CURRENCY.search(value.text)
    if not money and not (value.kind is ValueKind.SHARE and _RATIO.search(phrase)):
        return ""
    return f"{subject} 얼마로 전망되나요?" if _FORECAST.match(after) else f"{subject} 얼마인가요?"


def _events(
    text: str, found: Sequence[Value], analysed: Sequence[Morpheme]
) -> Iterator[tuple[str, Value]]:
    """Something published, set up or held, with the last date before it."""
    for match in _DONE.finditer(text):
        dates = [v for v in found if v.kind is ValueKind.DATE and v.end <= match.start()]
        phrase = _noun_phrase(text, match.start(), analysed)
        if dates and phrase and dates[-1].text not in phrase:
            how = _PASSIVE.get(match["how"], f"{match['how']}되었나요")
            yield f"{with_particle(phrase, '은/는')} 언제 {how}?", dates[-1]


def _noun_phrase(text: str, end: int, analysed: Sequence[Morpheme]) -> str:
    """The run of nouns that ends at ``end``, from the beginning of a word; "" where it does not
    say enough to be asked about."""
    inside = [m for m in analysed if m.end <= end]
    if not inside or inside[-1].end != end:
        return ""
    first, edge = len(inside), end
    while first and inside[first - 1].tag.startswith(_NOUN_TAGS):
        if text[inside[first - 1].end : edge].strip():
            break
        first -= 1
        edge = inside[first].start
    chosen = inside[first:]
    while chosen and (
        chosen[0].tag in ("JKG", "XSN", "NNB")
        or chosen[0].form in _VAGUE
        or (chosen[0].start and text[chosen[0].start - 1] not in " (‘“'")
    ):
        chosen = chosen[1:]
    if not chosen:
        return ""
    phrase = text[chosen[0].start : end]
    nouns = [m for m in chosen if m.tag in ("NNG", "NNP", "SL", "SH") and m.form not in _VAGUE]
    figures = any(value.kind is not ValueKind.DATE for value in values(phrase))
    return phrase if len(nouns) >= 2 and 5 <= len(phrase) <= 40 and not figures else ""
