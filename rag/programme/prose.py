"""Facts of a programme that stand in sentences, without a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.programme.facts import Slot
from rag.reading.values import ValueKind, values

_ASK = r"(?:신청|접수|응모|모집|공모)"
_D = r"(?:[’‘'`]?(?:20)?\d{2}\s?[년.]\s?)?\d{1,2}\s?[월./]\s?(?:\d{1,2}\s?[일.]?|[초중말])?\s?(?:\([월화수목금토일]\))?"
_ANY = r"(?:[^.]|\.(?=\w))"  # within a sentence; addresses hold full stops
_PERIODS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({_D}\s?(?:부터|[~∼～〜])\s?{_D}(?:\s?까지)?){_ANY}{{0,80}}?{_ASK}",
        rf"{_ASK}[^.~]{{0,25}}?({_D}\s?(?:부터|[~∼～〜])\s?{_D}(?:\s?까지)?)",
        rf"({_D}\s?까지)(?!\s?(?:는|지난|[가-힣]*\s?집행)){_ANY}{{0,60}}?{_ASK}(?!\s?완료)",
        rf"({_D}\s?부터)[^.]{{0,40}}?{_ASK}(?:을|를)?\s?(?:받|시작|개시|가능)",
        rf"{_ASK}[^.]{{0,15}}?((?:연중\s)?상시|예산\s?소진\s?시까지)",
        rf"((?:연중\s)?상시|예산\s?소진\s?시까지)\s?{_ASK}",
    )
)
_METHODS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:까지|,|에는|은|는|후|^)\s?((?:(?!까지)[^.,]|(?<=\w)\.(?=\w)){3,60}?(?:을|를)\s통(?:해|하여))(?:서)?\s?(?:온라인(?:으로)?\s)?(?:신청|접수|응모)",
        r"((?:온라인|방문|우편|이메일|전자우편|인터넷|팩스)(?:\s?(?:또는|이나|·|,|및)\s?(?:온라인|방문|우편|이메일|전자우편|인터넷|팩스))*)(?:으로|로)?\s?(?:신청|접수)",
    )
)
_TARGETS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:지원|신청|모집|융자|사업)\s?대상은\s((?:[^.]|\.(?=\d)){2,80}?)(?:이며|이고|으로|이다|입니다|임(?=\s?$|\.)|,)",
        r"(?:참여|신청|지원)(?:하고자\s하는|하려는|을\s희망하는|를\s희망하는)\s([가-힣A-Za-z0-9·\s]{2,30}?)(?:은|는|이라면|이면)(?=\s)",
        r"(?:^|,\s|\(|[은는]\s)((?:(?!까지|하여|하고)[^,.()]){2,40}?)(?:을|를)?\s?대상(?=으로|,|$|\s(?:[가-힣]*\s)?(?:지원|융자|보증))",
    )
)
_UNIT = re.compile(r"당|한도|까지|최대|이내|이하")
_SCALE = re.compile(
    r"\s?(?:규모|한도|지원|투입|이내|까지|예산|의\s?예산|의\s?융자|을\s?지원|의\s?자금)"
)
_EACH = re.compile(r"(?:[가-힣]{1,8}(?:당|별)\s?(?:최대|총|연간)?\s?)$")
_TIMES = re.compile(r"[×x*]\s?$")
_GIVES = re.compile(
    r"지원(?:한다|하며|하고|할|함|하기|받|됩|합|하는|\(|\s?$)|제공(?:한다|할|함|합|\))"
)
_PAST = re.compile(r"지원했|지원한 바|있었|선정돼|였으며|밝혔")
_NUMBER = r"(?:\d{2,4}\)?[-.\s]\d{3,4}-\d{4}|1\d{3}-\d{4}|국번\s?없이\s?\d{3,4})"
_PHONES = tuple(
    map(
        re.compile,
        (
            rf"([가-힣·]+\s?\((?:☎|전화)?\s?{_NUMBER}\))(?:으로|로|에)?\s(?:문의|상담|연락)",
            rf"(?:☎|문의|상담|전화|연락처)[^.]{{0,40}}?({_NUMBER})",
        ),
    )
)


def told(text: str) -> Iterator[tuple[Slot, int, int]]:
    """Facts that a readable line without its bullet tells: slot and place, by slot; an amount for
    each or with a bound before a total. At most one period, method, target and contact."""
    for slot, patterns in (
        (Slot.TARGET, _TARGETS),
        (Slot.PERIOD, _PERIODS),
        (Slot.METHOD, _METHODS),
        (Slot.CONTACT, _PHONES),
    ):
        for pattern in patterns:
            match = pattern.search(text)
            if match is not None and match.group(1).strip():
                start, end = match.span(1)
                while text[start] == " ":
                    start += 1
                while text[end - 1] == " ":
                    end -= 1
                yield slot, start, end
                break
    yield from _amounts(text)
    if _GIVES.search(text) and not _PAST.search(text):
        yield Slot.CONTENT, 0, len(text)


def _amounts(text: str) -> Iterator[tuple[Slot, int, int]]:
    found = []
    for value in values(text):
        if (
            value.kind is not ValueKind.MONEY
            or "원" not in value.text
            or _TIMES.search(text, 0, value.start)
        ):
            continue
        each = _EACH.search(text, 0, value.start)
        start = each.start() if each else value.start
        behind = _SCALE.match(text, value.end)
        bound = (
            bool(each)
            or bool(_UNIT.search(value.text))
            or text.startswith((" 한도", "까지"), value.end)
        )
        if bound or behind:
            end = value.end
            if behind and behind.group().strip() in ("규모", "한도", "까지", "이내"):
                end = behind.end()
            found.append((not bound, start, end))
    for _total, start, end in sorted(found):
        yield Slot.AMOUNT, start, end
