"""What a licence mark allows, and the credit it asks for.

The marks are those of 공공누리 (KOGL, types 0 to 4): type 2 forbids commercial use, type 3
forbids changes, type 4 both. The mark AI유형, since January 2026, stands beside a type or alone
and allows the training of AI; it changes nothing of what is done here. A document without a mark
is quoted briefly with its source, as article 28 of the Korean Copyright Act allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from rag.korean import with_particle

_TYPE = re.compile(r"공공누리\s*제?\s*([0-4])\s*유형")
_TERMS = {"1": "by", "2": "nc", "3": "nd", "4": "all"}
UNMARKED = "이용 조건 표시 없음"


class Credited(Protocol):
    """What a credit is written from: a Document or a Citation."""

    @property
    def title(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def published(self) -> str: ...
    @property
    def licence(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence mark, read. ``name`` is its short name ("공공누리 제4유형"; the mark as written
    where it is none of 공공누리; "" without a mark); ``terms`` the address of its conditions or
    ""; ``commercial`` and ``changes`` whether it leaves those allowed."""

    name: str
    terms: str
    commercial: bool
    changes: bool


def read_licence(mark: str) -> Licence:
    """The licence behind a mark such as "공공누리 제4유형(출처표시+상업적이용금지+변경금지)".

    What the mark spells out counts as well as its number. "" gives a licence that forbids
    nothing by itself: what may be done is then a matter of quotation law, not of a licence.
    """
    found = _TYPE.search(mark)
    number = found.group(1) if found else ""
    words = re.sub(r"\s", "", mark)
    ai = "·AI유형" if number and "AI유형" in words else ""
    page = _TERMS.get(number, "")
    return Licence(
        name=f"공공누리 제{number}유형{ai}" if number else mark.strip(),
        terms=f"https://www.kogl.or.kr/open/info/license_info/{page}.do" if page else "",
        commercial=number not in ("2", "4") and "상업적이용금지" not in words,
        changes=number not in ("3", "4") and "변경금지" not in words,
    )


def credit(source: Credited) -> str:
    """The line of credit under a quotation.

    For a 공공누리 document it is the sentence that the guide of 공공누리 prescribes; otherwise
    issuer, title and date, with the mark as written or the remark that there is none.
    """
    licence = read_licence(source.licence)
    title = f"'{source.title}'"
    if licence.name.startswith("공공누리"):
        issuer = f"'{source.issuer or '발행기관 미상'}'"
        year = f" '{source.published[:4]}년'" if source.published[:4].isdigit() else ""
        return (
            f"본 저작물은 {issuer}에서{year} 작성하여 {licence.name}으로 개방한 "
            f"{with_particle(title, '을/를')} 이용하였으며, 해당 저작물은 {issuer} 누리집에서 "
            "무료로 다운받으실 수 있습니다."
        )
    named = ", ".join(part for part in (source.issuer, title, source.published) if part)
    return f"출처: {named} ({licence.name or UNMARKED})"
