"""The labels under which announcements give their facts: "지원대상", "(신청기간)", "○ 문의처 :"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.programme.facts import Slot

_ASK = "신청|접수|모집|공모|응모"
_OPEN = "신청|접수"  # what follows may be the time or the way of it
_FORMS = {
    Slot.NAME: r"(?:지원)?사업명칭?|프로그램명|과제명|공고명|상품명|자금명",
    Slot.BODY: r"(?:소관|주관)(?:부처|기관)?|(?:담당|시행|사업시행)(?:부처|기관|청)|(?:전담|운영)기관|주최|소관부서",
    Slot.TARGET: rf"(?:지원|사업|융자|대출|보증|참여|{_ASK})?대상(?:자|기업|업체)?"
    rf"|(?:지원|융자|참여|{_ASK})(?:자격|요건)(?:요건)?|자격요건",
    Slot.CONTENT: r"(?:세부|주요)?지원(?:내용|사항|분야|항목|혜택|범위)|사업내용|융자내용|내용",
    Slot.AMOUNT: r"(?:기업당|업체당|과제당)?(?:총|지원|융자|대출|보증|사업)?(?:금액|한도|한도액|규모|예산|사업비)"
    r"|지원금액?|지원단가|총사업비|보조금액?",
    Slot.PERIOD: rf"(?:{_ASK})(?:(?:접수|신청))?(?:기간|일정|시기|기한|마감일?|마감일시)|마감일시?|마감",
    Slot.METHOD: rf"(?:참여|제출|{_ASK})(?:방법|절차|방식|처)|신청서?(?:접수|제출)|제출처|{_OPEN}",
    Slot.CONTACT: r"문의(?:처|사항|전화)?|연락처|상담(?:전화|처)|담당(?:자|부서)",
}
# "신청기간 및 방법": what is meant by the second word is known only behind the first.
_REST = {Slot.PERIOD: "기간|일정", Slot.METHOD: "방법|절차|접수|신청|제출"}


def _loose(pattern: str) -> str:
    """The pattern with an optional blank or dot between any two Hangul letters."""
    return re.sub(
        r"(?<=[가-힣])(?=[가-힣(])|(?<=\))(?=[가-힣(])|(?<=\?)(?=[가-힣(])", r"[ ·ㆍ]?", pattern
    )


_ONE = "|".join(f"(?:{_loose(forms)})" for forms in _FORMS.values())
_SECOND = "|".join(_REST.values())
_PARTS = r"\s?(?:및|·|ㆍ|/|,|&)\s?"
_LABEL = rf"(?:{_ONE})(?:{_PARTS}(?:{_ONE}|{_SECOND}))*"
_WHOLE = re.compile(rf"({_LABEL})(?:\s?\([^()]*\))?\s?[:：]?")
_INSIDE = re.compile(
    rf"(?:(?<=\s)|^)[(\[【〔<「]\s?(?P<framed>{_LABEL})\s?[)\]】〕>」]\s?[:：]?\s?"
    rf"|(?<![가-힣A-Za-z0-9·])(?P<plain>{_LABEL})(?:\s?\([^():]*\))?\s?[:：](?!\d)\s?"
)
_WHEN = re.compile(r"[’‘'`(]?\d{1,4}\s?[년월./]|[~∼]|상시|연중|수시|예산\s?소진")
_BULLETS = r"[-–•○●□■▣◆◇▶►▷ㅇ❍◦∙·※*✓➊-➓①-⑳\s]*"
# "1. 9.(월)부터" begins with a date and no number.
_NUMBER = r"(?:(?:제?\d{1,2}|[가나다라마바사아자차카타파하]|[IVXⅠ-Ⅻ]+)[.)]\s?(?=[^\d\s])|\d\s(?=[^\d\s]))?"
_MARK = re.compile(_BULLETS + _NUMBER + _BULLETS)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value at ``text[start:end]`` and the slots that its label ``label`` names. The range is
    empty where the label stands alone and the lines below hold the value."""

    slots: tuple[Slot, ...]
    label: str
    start: int
    end: int


def skip_marker(text: str) -> int:
    """Where a line's words begin behind its bullet or number."""
    match = _MARK.match(text)
    return match.end() if match else 0


def slots_of(label: str) -> tuple[Slot, ...]:
    """The slots that a label names, in their order in it; none where it is no label."""
    bare = re.sub(r"[()\[\]【】〔〕<>「」:：]", "", label).strip()
    if _WHOLE.fullmatch(bare) is None:
        return ()
    squeezed = re.sub(r"\s", "", bare)
    found = _single(squeezed)
    if found is not None:
        return (found,)
    slots: list[Slot] = []
    for part in re.split(r"및|·|ㆍ|/|,|&", squeezed):
        slot = _single(part) or next((s for s, f in _REST.items() if re.fullmatch(f, part)), None)
        if slot is not None:
            slots.append(slot)
    return tuple(dict.fromkeys(slots))


def _single(label: str) -> Slot | None:
    bare = re.sub(r"[·ㆍ]", "", label)
    return next((slot for slot, forms in _FORMS.items() if re.fullmatch(forms, bare)), None)


def labelled(text: str) -> Iterator[Labelled]:
    """The labels of a readable line with their values, in order of place."""
    begin = skip_marker(text)
    whole = slots_of(text[begin:])
    if whole:
        yield Labelled(whole, text[begin:], len(text), len(text))
        return
    found = [
        (match, slots)
        for match in _INSIDE.finditer(text)
        if (slots := slots_of(match["framed"] or match["plain"]))
    ]
    for number, (match, slots) in enumerate(found):
        following = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        start, end = match.end(), following
        while end > start and text[end - 1] in " ,;/·•○□-ㅇ▪":
            end -= 1
        if re.fullmatch(_OPEN, re.sub(r"\s", "", match["framed"] or match["plain"])):
            slots = (Slot.PERIOD,) if _WHEN.match(text, start) else slots
        yield Labelled(slots, match["framed"] or match["plain"], start, end)
