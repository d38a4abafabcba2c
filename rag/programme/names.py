"""Which headings name a support programme, and which body signs for one."""

from __future__ import annotations

import re

from rag.outline import parse_mark

_LONG = 90  # characters; a longer line is a sentence about something
_AID = (
    r"(?:사업|지원|공모|모집|융자|바우처|대출|보증|보조금|장려금|지원금|이용권|프로그램|보급|공제|패키지|특례보증"
    r"|(?<=[가-힣])자금|(?<![사이적])용자)"  # scanned text has 용자 for 융자
)
_TAIL = (
    r"(?:시행|추진|참여기업|참여자|수혜기업|지원대상|대상자?|기업|과제|신청|모집|공모|공고문?|안내문?|계획|신설|"
    r"착수|개시|실시|확대|선정|접수|변경|연장|재공고|추가|시작|본격|개요|(?<=공고)\s?\(안\))"
)
_NAME = re.compile(rf".*{_AID}(?:금|비)?(?:\s?{_TAIL})*")
_REMARK = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[*†]+)\s*$")
_FRAME = "<>〈〉《》「」『』【】[]“”\"' "
_BARE = re.compile(
    r"(?:세부|주요|관련|추가|핵심|단계별|분야별|맞춤형|정부|정책)?\s?(?:추진|지원|사업|모집)\s?(?:사업|지원|개요|계획|안내|공고|내용|대상)?"
    r"|[가-힣]{2}\s?(?:지원|자금)"  # "자금 지원" is a kind of programme and none
)
_ENDS = r"(?:부|처|청|원|공단|공사|진흥원|재단|센터|협회|위원회|시|도|군|구|은행|기금|과|부처(?: ?합동)?)"
_BODY = re.compile(rf"[가-힣A-Z][가-힣A-Z·&\s]{{0,40}}{_ENDS}(?:\s?[·,/]\s?[가-힣\s]+{_ENDS})*")
_NO_BODIES = ("부처", "기업부", "시도", "지원", "공원", "일부", "내부", "외부", "전부")
_SIGNED = re.compile(r"\s*(?P<body>[가-힣\s·]{2,30}?)\s*(?:공고\s?제\s?\d.*|장?)\s*$")


def name_in(text: str) -> tuple[int, int] | None:
    """Where a line names a programme, without its number, frame and closing remarks; None where
    it does not."""
    mark = parse_mark(text)
    start, end = mark.content if mark else 0, len(text)
    while end > start and text[end - 1] in _FRAME:
        end -= 1
    while start < end and text[start] in _FRAME:
        start += 1
    if text[start:end].count("(") > text[start:end].count(")"):
        return None
    remark = _REMARK.search(text, start, end)
    while remark is not None:
        end = remark.start()
        remark = _REMARK.search(text[:end], start)
    said = text[start:end]
    if not 4 <= len(said) <= _LONG or _BARE.fullmatch(said):
        return None
    return (start, end) if _NAME.fullmatch(said) else None


def body_in(text: str) -> tuple[int, int] | None:
    """Where a heading gives the body behind it, in closing brackets ("… 지원 (산업통상자원부)"); else
    None."""
    for match in reversed(list(re.finditer(r"\(([^()]*)\)", text))):
        if is_body(match.group(1)):
            return match.span(1)
    return None


def signed(text: str) -> tuple[int, int] | None:
    """Where a line at an announcement's head is signed: "중소벤처기업부 공고 제2024-1호", or a body
    alone; else None."""
    match = _SIGNED.fullmatch(text)
    return match.span("body") if match is not None and is_body(match["body"]) else None


def is_body(text: str) -> bool:
    """Whether a phrase has the form of the name of a public body."""
    bare = text.strip()
    return len(bare) >= 2 and _BODY.fullmatch(bare) is not None and bare not in _NO_BODIES
