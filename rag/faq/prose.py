"""Questions from bullets, notes and sentences: labels, figures and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag import korean
from rag.faq.drafts import Draft, Source
from rag.faq.headings import event
from rag.faq.subjects import is_noun_phrase
from rag.korean import with_particle
from rag.reading import Reading, read
from rag.types import Block, BlockKind, Document
from rag.values import Value, ValueKind, values

_READ = (BlockKind.BULLET, BlockKind.NOTE, BlockKind.PARAGRAPH)
_BULLET = re.compile(r"^(?:[-•*·○●□■▣◇◆❖▶➔※]+|[①-⑳]|\d{1,2}\))?\s*")
_LABEL = re.compile(r"\((?P<label>[^()]{2,16})\)\s*(?=\S{2})")
_FIELD = re.compile(r"(?P<label>[가-힣][가-힣·\- ]{1,13}?)\s?(?:\([^()]*\))?\s?:\s+(?=\S)")
# Labels that name a side of the section rather than a thing in it.
_SIDES = {
    "목표": "{s의} 목표는 무엇인가요?",
    "개요": "{s}의 개요를 알려 주세요.",
    "세부내용": "{s의} 세부 내용은 무엇인가요?",
    "지원내용": "{s의} 지원 내용은 무엇인가요?",
    "지원대상": "{s의} 지원 대상은 누구인가요?",
    "지원규모": "{s의} 지원 규모는 얼마인가요?",
    "실행계획": "{s의} 실행 계획은 무엇인가요?",
    "추진계획": "{s의} 추진 계획은 무엇인가요?",
    "향후계획": "{s의} 향후 계획은 무엇인가요?",
    "신청기간": "{s의} 신청 기간은 언제인가요?",
    "신청방법": "{s은} 어떻게 신청하나요?",
    "기대효과": "{s의} 기대 효과는 무엇인가요?",
    "일시·장소": "{s은} 언제 어디에서 열렸나요?",
    "일시-장소": "{s은} 언제 어디에서 열렸나요?",
    "일시": "{s은} 언제 열렸나요?",
    "장소": "{s은} 어디에서 열렸나요?",
    "참석": "{s}에는 누가 참석했나요?",
    "참석자": "{s}에는 누가 참석했나요?",
    "의제": "{s의} 의제는 무엇인가요?",
    "논의안건": "{s의} 논의 안건은 무엇인가요?",
    "주요 내용": "{s의} 주요 내용은 무엇인가요?",
}
_TOPIC = "{s} 가운데 ‘{label}’에 관한 내용은 무엇인가요?"
_OUTLINE = re.compile(r"\s?(?:개요|주요 내용|세부 내용|주요 논의)$")
_COUNTED = frozenset("명 개 개사 개국 곳 건 종 대 회선 가지 개소 과제 품목".split())
_VALUED = (ValueKind.MONEY, ValueKind.SHARE, ValueKind.COUNT)
_NOUN_TAGS = ("N", "XPN", "XSN", "XR", "SL", "SN", "SH", "JKG")
_VAGUE = frozenset("이 그 저 것 수 등 때 중 약 총 및 전 후 이번 금번 해당 우리 본 각 전년 전년대비".split())
_PARTICLE = re.compile(r"(?P<particle>은|는|이|가|을|를)\s(?:약\s|총\s|최대\s|평균\s)?$")
_MEANS = re.compile(
    r"^(?P<term>[^.:;]{2,30}?)(?:\([^()]*\))?\s?(?:이란|란|은|는)\s.{10,}?"
    r"(?:의미(?:한다|함)?|말한다|뜻(?:한다|함)?|일컫는다|(?:협력체|기구|제도|협정|체계|기술|방식|현상)(?:이다)?)\.?$"
)
_GLOSS = re.compile(r"^(?P<term>[^.:;]{2,30}?)(?:\s?\([^()]*\))?\s?:\s.{15,}$")


def drafts(document: Document, blocks: Sequence[Block]) -> Iterator[Draft]:
    """Questions in the order of the blocks."""
    for block in blocks:
        if block.kind not in _READ:
            continue
        reading = read(document.text, block.span, block.joins)
        start = _BULLET.match(reading.text)
        body = start.end() if start else 0
        yield from _labelled(document, block, reading, body)
        yield from _defined(document, block, reading, body)
        for low, high in korean.sentences(reading.text):
            yield from _figures(document, block, reading, low, high)


def _labelled(
    document: Document, block: Block, reading: Reading, body: int
) -> Iterator[Draft]:
    found = _LABEL.match(reading.text, body) or _FIELD.match(reading.text, body)
    if found is None or not block.path or block.kind is BlockKind.PARAGRAPH:
        return
    label = " ".join(found["label"].split())
    about = _OUTLINE.sub("", event(block.path[-1])[0])
    if not is_noun_phrase(about) or not is_noun_phrase(label):
        return
    side = _SIDES.get(label) or _SIDES.get(label.replace(" ", ""))
    if side is None and block.kind is BlockKind.NOTE:
        return
    question = (side or _TOPIC).format(
        **{"s": about, "s의": f"{about}의", "s은": with_particle(about, "은/는"), "label": label}
    )
    yield Draft(question, document.file, block.span, Source.LABEL)


def _defined(document: Document, block: Block, reading: Reading, body: int) -> Iterator[Draft]:
    text = reading.text[body:]
    found = _MEANS.match(text)
    if found is None and block.kind is BlockKind.NOTE:
        found = _GLOSS.match(text)
    if found is None:
        return
    term = found["term"].strip(" '‘’“”\"")
    if is_noun_phrase(term) and not any(value for value in values(term)):
        question = f"{with_particle(term, '이란/란')} 무엇인가요?"
        yield Draft(question, document.file, block.span, Source.DEFINITION)


def _figures(
    document: Document, block: Block, reading: Reading, low: int, high: int
) -> Iterator[Draft]:
    """A figure right after "…은/는/이/가/을/를": "세계경제 성장률을 5.6%로 전망"."""
    text = reading.text[low:high]
    morphemes: list[korean.Morpheme] | None = None
    for value in values(text):
        if value.kind not in _VALUED:
            continue
        # The value itself may begin with the "약" or "총" that stands before its digits.
        before = _PARTICLE.search(text[: value.start])
        if before is None:
            continue
        if morphemes is None:
            morphemes = korean.morphemes(text)
        phrase = _noun_phrase(text, before.start(), morphemes)
        if phrase:
            yield Draft(
                _ask(phrase, value, text[value.end : value.end + 12]),
                document.file,
                reading.span(low, high),
                Source.FIGURE,
                value.text,
            )


def _noun_phrase(text: str, end: int, morphemes: Sequence[korean.Morpheme]) -> str:
    """The nouns that end at ``end``; "" where there are fewer than two that say something."""
    inside = [m for m in morphemes if m.end <= end]
    first = len(inside)
    while first and inside[first - 1].tag.startswith(_NOUN_TAGS):
        gap = text[inside[first - 1].end : inside[first].start if first < len(inside) else end]
        if gap.strip():
            break
        first -= 1
    chosen = inside[first:]
    while chosen and (chosen[0].tag in ("JKG", "XSN", "NNB") or chosen[0].form in _VAGUE):
        chosen = chosen[1:]
    if not chosen or chosen[-1].end != end:
        return ""
    nouns = [m for m in chosen if m.tag in ("NNG", "NNP", "SL", "SH") and m.form not in _VAGUE]
    phrase = text[chosen[0].start : end]
    return phrase if len(nouns) >= 2 and 5 <= len(phrase) <= 40 else ""


def _ask(phrase: str, value: Value, after: str) -> str:
    subject = with_particle(phrase, "은/는")
    if value.kind is ValueKind.COUNT and value.unit in _COUNTED:
        return f"{subject} 몇 {value.unit}인가요?"
    if "전망" in after or "예상" in after:
        return f"{subject} 얼마로 전망되나요?"
    return f"{subject} 얼마인가요?"
