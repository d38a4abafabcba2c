"""Questions from contacts and periods: where to ask, where to apply, until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag import korean
from rag.faq.drafts import Draft, Source
from rag.faq.headings import event
from rag.faq.subjects import is_noun_phrase
from rag.korean import with_particle
from rag.reading import read
from rag.reading.values import Value, ValueKind, values
from rag.types import Block, BlockKind, Document

_FAX = re.compile(r"(?:FAX|팩스)[.\s:]*$", re.IGNORECASE)
_PHONE = re.compile(r"(?:TEL|전화|문의처?)[.\s:]*$", re.IGNORECASE)
_APPLY = re.compile(r"신청|모집(?!단)|응모")
_NOT_A_SOURCE = (BlockKind.BOILERPLATE, BlockKind.TABLE, BlockKind.HEADING)


def drafts(document: Document, blocks: Sequence[Block]) -> Iterator[Draft]:
    """Questions in the order of the blocks."""
    for block in blocks:
        if block.kind in _NOT_A_SOURCE:
            continue
        reading = read(document.text, block.span, block.joins)
        for low, high in korean.sentences(reading.text):
            text = reading.text[low:high]
            for question, value in _questions(document, block, text):
                span = reading.span(low, high)
                yield Draft(question, document.file, span, Source.CONTACT, value.text)


def _questions(document: Document, block: Block, text: str) -> Iterator[tuple[str, Value]]:
    found = values(text)
    programme = _programme(block)
    for value in found:
        if value.kind is not ValueKind.CONTACT:
            continue
        before = text[: value.start]
        if "@" in value.text:
            if re.search(r"작성|저자|필자", before):
                yield f"‘{document.title}’ 작성자의 이메일 주소는 무엇인가요?", value
        elif _FAX.search(before) and document.issuer:
            yield f"{document.issuer}의 팩스 번호는 무엇인가요?", value
        elif _PHONE.search(before) and document.issuer:
            yield f"{document.issuer}의 전화번호는 무엇인가요?", value
        elif _APPLY.search(text) and programme:
            yield f"{with_particle(programme, '은/는')} 어디에서 신청하나요?", value
    until = [v for v in found if v.kind is ValueKind.DATE and "까지" in _with_tail(text, v)]
    if until and programme and _APPLY.search(text):
        yield f"{programme} 신청 기간은 언제까지인가요?", until[-1]


def _with_tail(text: str, value: Value) -> str:
    return text[value.start : value.end + 2]


def _programme(block: Block) -> str:
    for heading in reversed(block.path):
        what, _ = event(heading)
        if is_noun_phrase(what):
            return what
    return ""
