"""An assistant small enough to compute by hand, over two real seeds, for tests of the web site.

Each line of a seed is a block, and each block that is no heading is a passage. A passage matches
a query when it holds all its words; its score is the number of times they occur. Questions get
an answer when one of :data:`FACTS` is in them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rag.errors import QuestionError, UnknownDocument
from rag.facts import Fact, facts_of
from rag.reading import read
from rag.types import (
    Answer,
    Block,
    BlockKind,
    Cell,
    Citation,
    Correction,
    Document,
    Facet,
    Filters,
    Hit,
    PageMark,
    Passage,
    Question,
    QuestionKind,
    Reason,
    SearchResult,
    Sort,
    Span,
    Statement,
    Table,
    Term,
    Verdict,
    Vote,
)

SEEDS = Path(__file__).parent.parent / "seeds"
LOGISTICS = "002_33dc1794d2e57594.txt"
SATELLITE = "001_84ef62de625763dd.txt"
ETRI = "004_aa235b5e9ef3fb4e.txt"
FINGERPRINT = "f" * 64

FACTS = {
    "물류비": (LOGISTICS, "기업당 3천만원", "3천만원", Verdict.ANSWERED),
    "추진단": (ETRI, "신설된 스마트제조혁신추진단이", "2019년 5월 3일", Verdict.PARTIAL),
    "저궤도": (SATELLITE, "지상에서 가까운 낮은 궤도에서", None, Verdict.ANSWERED),
    "금리": (ETRI, "기업 당 지원금 역시 기초단계는", None, Verdict.NOT_FOUND),
}
"""A word of the question: the document, words of the line that answers, the short answer or None,
the verdict."""


@cache
def document(file: str) -> Document:
    raw = (SEEDS / file).read_bytes()
    text = raw.decode()
    titles = {
        SATELLITE: ("구미지역경제 ISSUE FOCUS Vol. 49", "구미전자정보기술원", "2021-03", ""),
        LOGISTICS: ("구미지역경제 ISSUE FOCUS Vol. 52", "구미전자정보기술원", "2021-06", ""),
        ETRI: (
            "중소 제조업, 지능화로 혁신의 속도를 높여라",
            "한국전자통신연구원",
            "2019-12",
            "공공누리 제4유형(출처표시+상업적이용금지+변경금지)",
        ),
    }
    title, issuer, published, licence = titles[file]
    pages = tuple(PageMark(text.index(word), label) for word, label in _PAGES.get(file, ()))
    return Document(
        id=file.removesuffix(".txt"),
        file=file,
        title=title,
        issuer=issuer,
        series="",
        published=published,
        licence=licence,
        text=text,
        digest=hashlib.sha256(raw).hexdigest(),
        pages=pages,
    )


_PAGES = {
    SATELLITE: (("6G 등 차세대", "1"), ("< 최근 국내 주요 산업체", "2")),
    LOGISTICS: (("中, 자동차", "1"),),
}


@cache
def blocks(file: str) -> tuple[Block, ...]:
    return tuple(_blocks(document(file)))


def _blocks(document: Document) -> Iterator[Block]:
    path: tuple[str, ...] = ()
    rows: list[Span] = []
    start = 0
    for line in [*document.text.split("\n"), ""]:
        first = min(start, len(document.text))
        span = Span(first, first + len(line))
        start += len(line) + 1
        if line.count("\t") and "<ul" not in line:
            rows.append(span)
            continue
        if rows:
            yield _table(document.text, rows, path)
            rows = []
        text = line.strip()
        if not text:
            continue
        lead = line.index(text[0])
        span = Span(span.start + lead, span.start + len(line.rstrip()))
        if text.startswith("#"):
            marker = text.split()[0]
            path = (text.lstrip("# "),)
            yield Block(BlockKind.HEADING, len(marker) - 2, span, (), marker=marker)
        elif text.startswith("< ") and text.endswith(" >"):
            path = (text.strip("<> "),)
            yield Block(BlockKind.HEADING, 3, span, ())
        elif text.startswith("- "):
            yield Block(BlockKind.BULLET, min(lead, 1), span, path, marker="-")
        elif text in ("ISSUE", "FOCUS"):
            yield Block(BlockKind.BOILERPLATE, 0, span, path)
        else:
            yield Block(BlockKind.PARAGRAPH, 0, span, path)


def _table(text: str, rows: list[Span], path: tuple[str, ...]) -> Block:
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        at = row.start
        for column, value in enumerate(text[row.start : row.end].split("\t")):
            span = Span(at, at + len(value))
            cells.append(Cell(number, column, span, header=number == 0 or column == 0))
            at += len(value) + 1
    columns = max(cell.column for cell in cells) + 1
    whole = Span(rows[0].start, rows[-1].end)
    return Block(BlockKind.TABLE, 0, whole, path, table=Table(tuple(cells), len(rows), columns))


@cache
def passages() -> tuple[Passage, ...]:
    return tuple(_passages())


def _passages() -> Iterator[Passage]:
    for file in (SATELLITE, LOGISTICS, ETRI):
        source = document(file)
        for index, block in enumerate(blocks(file)):
            if block.kind in (BlockKind.HEADING, BlockKind.BOILERPLATE):
                continue
            yield Passage(
                id=f"{file}#{block.span.start}-{block.span.end}",
                file=file,
                span=block.span,
                path=block.path,
                kind=block.kind,
                text=read(source.text, block.span).text,
                blocks=(index, index),
                page=source.page_at(block.span.start),
            )


class FakeAssistant:
    """The methods of ``rag.assistant.Assistant`` that the site uses."""

    fingerprint = FINGERPRINT
    encoder_name = "fake"

    def __init__(self) -> None:
        self.documents = tuple(document(file) for file in (SATELLITE, LOGISTICS, ETRI))
        self.passages = passages()

    def document(self, file: str) -> Document:
        if file not in (SATELLITE, LOGISTICS, ETRI):
            raise UnknownDocument(f"'{file}' 문서가 없습니다: 문서 목록에서 골라 주세요.")
        return document(file)

    def blocks(self, file: str) -> tuple[Block, ...]:
        self.document(file)
        return blocks(file)

    def facts(self, file: str) -> tuple[Fact, ...]:
        return facts_of(self.document(file), self.blocks(file))

    def original(self, file: str) -> bytes:
        self.document(file)
        return (SEEDS / file).read_bytes()

    def ask(self, question: str, k: int = 60, id: str = "") -> Answer:
        asked = _question(question)
        hits = self._matching(asked.terms[:1])[:k]
        for word, (file, line, value, verdict) in FACTS.items():
            if word in question:
                return _answer(asked, hits, _passage(file, line), value, verdict, id)
        return Answer(
            question=asked,
            verdict=Verdict.NOT_FOUND,
            reason=Reason.NOT_IN_DOCUMENTS,
            short_answer=None,
            text="문서에서 답을 찾지 못했습니다.",
            statements=(),
            citations=(),
            hits=hits,
            confidence=0.1,
            as_of="2021-06",
            index=FINGERPRINT,
            id=id,
        )

    def search(
        self,
        query: str,
        k: int = 10,
        offset: int = 0,
        filters: Filters | None = None,
        sort: Sort = Sort.RELEVANCE,
    ) -> SearchResult:
        asked = _question(query)
        filters = filters or Filters()
        found = self._matching(asked.terms)
        if sort is Sort.POSITION:
            found = tuple(sorted(found, key=lambda hit: hit.row))
        elif sort is Sort.NEWEST:
            found = tuple(
                sorted(found, key=lambda hit: document(hit.passage.file).published, reverse=True)
            )
        kept = tuple(hit for hit in found if _passes(hit, filters, ""))
        facets = {
            name: _facets(found, filters, name)
            for name in ("file", "issuer", "year", "section", "kind")
        }
        return SearchResult(asked, kept[offset : offset + k], len(kept), facets, FINGERPRINT)

    def _matching(self, terms: tuple[Term, ...]) -> tuple[Hit, ...]:
        hits = []
        for row, passage in enumerate(self.passages):
            counts = [passage.text.count(term.text) for term in terms]
            if all(counts):
                score = float(sum(counts))
                votes = (Vote("bm25", 1, score, 0.75), Vote("vector", 2, 0.5, 0.25))
                hits.append(Hit(passage, score, votes, row))
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.row)))


def _question(text: str) -> Question:
    if not text.strip():
        raise QuestionError("질문이 비어 있습니다: 알고 싶은 것을 적어 주세요.")
    if len(text) > 2000:
        raise QuestionError("질문이 너무 깁니다: 2,000자 안으로 줄여 주세요.")
    corrections = (Correction("에약", "예약"),) if "에약" in text else ()
    searched = text.replace("에약", "예약")
    terms = tuple(Term(word) for word in dict.fromkeys(searched.split()))
    return Question(text, searched, QuestionKind.OTHER, terms, corrections=corrections)


def _passage(file: str, line: str) -> Passage:
    return next(p for p in passages() if p.file == file and line in p.text)


_LEADS: dict[str | None, str] = {None: "문서에는 다음과 같이 적혀 있습니다."}


def _answer(
    question: Question,
    hits: tuple[Hit, ...],
    passage: Passage,
    value: str | None,
    verdict: Verdict,
    id: str,
) -> Answer:
    source = document(passage.file)
    citation = Citation(
        number=1,
        file=passage.file,
        title=source.title,
        issuer=source.issuer,
        published=source.published,
        licence=source.licence,
        section=passage.path,
        page=passage.page,
        span=passage.span,
        quote=passage.text,
        url=f"/documents/{passage.file}?at={passage.span.start}-{passage.span.end}",
    )
    return Answer(
        question=question,
        verdict=verdict,
        reason=Reason.NOT_STATED if verdict is Verdict.NOT_FOUND else None,
        short_answer=value,
        text=f"{_LEADS.get(value, f'{value}입니다. [1]')}\n“{passage.text}” [1]\n출처: 「문서」",
        statements=(Statement(passage.text, (1,)),),
        citations=(citation,),
        hits=hits,
        confidence=0.9,
        as_of="2021-06",
        index=FINGERPRINT,
        id=id,
    )


def _values(hit: Hit, name: str) -> tuple[str, ...]:
    source = document(hit.passage.file)
    return {
        "file": (hit.passage.file,),
        "issuer": (source.issuer,),
        "year": (source.published[:4],),
        "section": hit.passage.path,
        "kind": (hit.passage.kind.value,),
    }[name]


def _passes(hit: Hit, filters: Filters, but: str) -> bool:
    return all(
        not getattr(filters, name) or getattr(filters, name) in _values(hit, name)
        for name in ("file", "issuer", "year", "section", "kind")
        if name != but
    )


def _facets(hits: tuple[Hit, ...], filters: Filters, name: str) -> tuple[Facet, ...]:
    counts = Counter(
        value for hit in hits if _passes(hit, filters, name) for value in _values(hit, name)
    )
    return tuple(
        Facet(value, count, value == getattr(filters, name))
        for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
