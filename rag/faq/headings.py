"""Questions from headings: what a section is about, and when an event took place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.faq.drafts import Draft, Source
from rag.faq.subjects import is_noun_phrase, remark, title
from rag.korean import with_particle
from rag.reading import read
from rag.reading.values import ValueKind, values
from rag.types import Block, BlockKind, Document, Span

# The last word of a heading, and how to ask for what stands under it. {h} is the heading itself,
# {s} what is left of it, {h은} and {s이} with a particle.
_FACETS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), question)
    for pattern, question in (
        (r"(?:추진|수립)\s?배경(?: 및 필요성)?", "{s}의 추진 배경은 무엇인가요?"),
        (r"배경", "{s}의 배경은 무엇인가요?"),
        (r"필요성", "{s이} 필요한 이유는 무엇인가요?"),
        (r"개념|정의", "{s이란} 무엇인가요?"),
        (r"(?:향후 |추진 )?계획", "{h은} 무엇인가요?"),
        (r"차이점?", "{h은} 무엇인가요?"),
        (r"(?:현황|동향|추이|경과|행보|진행상황|전망)", "{h은} 어떤가요?"),
        (
            r"(?:주요 |세부 )?(?:내용|특징|논의|요구내용|과제|정책과제|추진과제|쟁점|이슈)"
            r"|(?:주요 )?쟁점 및 이슈|정책방향(?: 및 과제)?|시사점|기대효과|효과|한계|문제점"
            r"|(?:리스크 )?요인|원인|목표|비전|(?:추진|발전|지원)?\s?전략"
            r"|(?:개선|구축|강화|추진)?\s?방안|절차|요건|조건|대상|역할",
            "{h은} 무엇인가요?",
        ),
    )
)
_BARE = 8  # characters; a heading this short says nothing away from its place
_EVENT = re.compile(r"(?P<what>.+?)\s?(?:[가-힣]{2}·)?(?P<how>개최|발표|확정|수립|착수|시행|출범)")
_WHO = re.compile(r"^[가-힣]{1,5}(?:부|처|청|원),\s")  # "산업부, …" as headlines begin
_HELD = {
    "개최": ("열렸나요", "열었나요"),
    "발표": ("발표되었나요", "발표했나요"),
    "확정": ("확정되었나요", "확정했나요"),
    "수립": ("수립되었나요", "수립했나요"),
    "착수": ("시작되었나요", "시작했나요"),
    "시행": ("시행되나요", "시행하나요"),
    "출범": ("출범했나요", "출범시켰나요"),
}
_BODY = re.compile(r"(?:[가-힣·\s]+(?:부|처|청|원|위원회)|관계부처(?: 합동)?)")


def drafts(document: Document, blocks: Sequence[Block]) -> Iterator[Draft]:
    """Questions in the order of the headings."""
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            continue
        text = read(document.text, block.span, block.joins).text
        span = _section(blocks, number)
        deeper = any(
            other.kind is BlockKind.HEADING
            for other in blocks[number + 1 :]
            if other.span.end <= span.end
        )
        for question, expected, opened in _questions(text, block.path):
            if opened and deeper:
                continue  # what stands first in it is not what the whole section says
            yield Draft(question, document.file, span, Source.HEADING, expected)


def event(text: str) -> tuple[str, str]:
    """A heading such as "제4차 회의 개최 ('21.03.10.)" as what ("제4차 회의") and how ("개최"); how
    is "" where it names no event."""
    phrase = _WHO.sub("", title(text))
    found = _EVENT.fullmatch(phrase)
    return (found["what"], found["how"]) if found else (phrase, "")


def is_facet(phrase: str) -> bool:
    """Whether a heading only names a side of what the heading above it is about: "배경"."""
    return any(pattern.fullmatch(phrase) for pattern, _ in _FACETS)


def _questions(text: str, path: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Each question, the answer it expects, and whether the whole section is the answer."""
    what, how = event(text)
    if how and is_noun_phrase(what):
        when, who = _HELD[how]
        note = remark(text)
        if any(value.kind is ValueKind.DATE for value in values(note)):
            yield f"{with_particle(what, '은/는')} 언제 {when}?", "", False
        elif _BODY.fullmatch(note):
            yield f"어느 기관이 {with_particle(what, '을/를')} {who}?", note, False
    question = _facet(title(text), path)
    if question:
        yield question, "", True


def _facet(phrase: str, path: Sequence[str]) -> str:
    for pattern, question in _FACETS:
        if pattern.fullmatch(phrase):
            above = event(path[-1])[0] if path else ""
            if len(above) <= _BARE:
                return ""
            rest, whole = above, f"{above}의 {phrase}"
        else:
            found = re.fullmatch(rf"(?P<rest>.+?)\s(?:{pattern.pattern})", phrase)
            if found is None or len(phrase) <= _BARE:
                continue
            rest, whole = found["rest"], phrase
        if not is_noun_phrase(rest):
            return ""
        return question.format(
            h은=with_particle(whole, "은/는"),
            s=rest,
            s이=with_particle(rest, "이/가"),
            s이란=with_particle(rest, "이란/란"),
        )
    return ""


def _section(blocks: Sequence[Block], number: int) -> Span:
    """The heading and what stands under it, up to the next heading of its level or above."""
    heading = blocks[number]
    end = heading.span.end
    for block in blocks[number + 1 :]:
        if block.kind is BlockKind.HEADING and block.level <= heading.level:
            break
        end = block.span.end
    return Span(heading.span.start, end)
