"""Hancom's formats told apart by what a file holds, and those of them that are refused."""

from __future__ import annotations

import re
from enum import StrEnum

from rag.errors import SourceError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HWP5 = b"HWP Document File\x00"
_HWP3 = b"HWP Document File V"
_HWPX = re.compile(rb"application/(?:hwp\+zip|owpml)|Contents/(?:section\d+|header)\.xml")
_HEAD = 4096
_SHORTEST_TITLE = 5
_LONGEST_TITLE = 80
_TITLE_WITHIN = 3000
PLACEHOLDER = re.compile(r"이\s?문서는\s?상위\s?버전의\s?배포용\s?문서입니다")
"""What a distribution copy holds in place of its text, for programs that cannot read it."""


class Hancom(StrEnum):
    HWP5 = "HWP 5"
    HWPX = "HWPX"
    HWP3 = "HWP 3"
    HWPML = "HWPML"


def recognise(data: bytes) -> Hancom | None:
    """Which of Hancom's formats a file is in by its content, None if in none of them."""
    if data.startswith(_HWP3):
        return Hancom.HWP3
    if data.startswith(_OLE):
        return Hancom.HWP5 if _HWP5 in data else None
    if data.startswith(_ZIP):
        # The names of the files inside stand in the directory at the end.
        return Hancom.HWPX if _HWPX.search(data, 0, _HEAD) or _HWPX.search(data) else None
    head = data[:_HEAD].replace(b"\x00", b"")
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"<HWPML" in head:
        return Hancom.HWPML
    return None


def refuse(data: bytes, name: str) -> None:
    """Raises SourceError for the formats that are known and not read: HWP 3 and HWPML."""
    kind = recognise(data)
    if kind is Hancom.HWP3:
        raise SourceError(
            f"문서 '{name}'은(는) 한/글 97 이전 형식(HWP 3)이라 읽지 못합니다. "
            "한/글에서 열어 HWPX로 다시 저장해 주세요."
        )
    if kind is Hancom.HWPML:
        raise SourceError(
            f"문서 '{name}'은(는) HWPML(.hml) 형식이라 읽지 못합니다. "
            "한/글에서 열어 HWPX로 다시 저장해 주세요."
        )


def distribution(name: str) -> SourceError:
    """The error for a distribution copy, whose text its issuer has locked."""
    return SourceError(
        f"문서 '{name}'은(는) 배포용 문서라 본문이 잠겨 있습니다. "
        "발행 기관의 원본이나 PDF로 바꿔 주세요."
    )


def empty(name: str) -> SourceError:
    """The error for a document without a letter of text."""
    return SourceError(
        f"문서 '{name}'에 글자가 없습니다(그림뿐이거나 빈 문서). 내용이 있는 파일로 바꿔 주세요."
    )


_TERMS = {0: "출처표시", 1: "출처표시+상업적이용금지", 2: "출처표시+변경금지",
          3: "출처표시+상업적이용금지+변경금지"}  # fmt: skip


def licence_text(kind: str, flags: int) -> str:
    """The licence behind a document's mark: ``kind`` is "KOGL" (공공누리) or "CCL"; bit 0 of
    ``flags`` forbids commercial use, bit 1 changes, and bit 2 asks for the same terms. "" for
    a kind that is not known."""
    kind = kind.upper()
    if kind == "KOGL":
        return f"공공누리 제{(flags & 3) + 1}유형({_TERMS[flags & 3]})"
    if kind == "CCL":
        terms = "저작자표시" + ("+상업적이용금지" if flags & 1 else "")
        if flags & 2:
            terms += "+변경금지"
        elif flags & 4:
            terms += "+동일조건변경허락"
        return f"CCL({terms})"
    return ""


def plausible_title(title: str, text: str) -> str:
    """A title from a document's properties if whole lines among its first bear it out, else "":
    most files carry the title of the template or draft that they were made from, or the opening
    of their first sentence."""
    title = " ".join(title.split())
    solid = "".join(title.split())
    letters = len(re.findall(r"[가-힣A-Za-z]", solid))
    if letters < _SHORTEST_TITLE or len(title) > _LONGEST_TITLE or solid.endswith((".", "다")):
        return ""
    squashed = ""
    starts, ends = set(), set()
    for line in text[:_TITLE_WITHIN].split("\n"):
        starts.add(len(squashed))
        squashed += "".join(line.split())
        ends.add(len(squashed))
    at = squashed.find(solid)
    while at >= 0:
        if at in starts and at + len(solid) in ends:
            return title
        at = squashed.find(solid, at + 1)
    return ""
