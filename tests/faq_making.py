"""A made newsletter of every kind of block, and the questions that are written from it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.faq import Draft
from rag.faq.writing import drafts
from rag.types import Block, BlockKind, Cell, Document, Span, Table

H, B, P, C, T = (
    BlockKind.HEADING,
    BlockKind.BULLET,
    BlockKind.PARAGRAPH,
    BlockKind.CAPTION,
    BlockKind.TABLE,
)
NEWS: tuple[tuple[BlockKind, str], ...] = (
    (H, "제3차 수출지원협의회 개최 ('24.03.15.)"),
    (B, "- 산업통상자원부는 제3차 수출지원협의회를 열어 지원 방향을 논의"),
    (H, "  < 수출지원협의회 개요 >"),
    (B, "- 일시·장소 : '24.3.15(금) 15:00, 서울 무역회관"),
    (B, "- 참석 : 산업통상자원부 장관, 수출기업 대표 등 20명"),
    (B, "- 의제 : ① 물류비 지원, ② 보험 확대"),
    (H, "해외 물류망 확충 전략"),
    (H, "  1. 추진 배경"),
    (B, "- '23년 對美 수출은 741억불로 전년대비 1.1% 증가"),
    (H, "  2. 공동 물류센터 구축"),
    (B, "- (목표) '30년까지 공동 물류센터 100개소 구축"),
    (B, "- (지원내용) 창고 임차료의 절반을 보조"),
    (B, "- (중소기업) 입주 심사에서 우대"),
    (B, "- 설치비(억원) : ('23) 12 → ('24) 15"),
    (C, "< 국가별 물류센터 수 >"),
    (T, "국가\t2022\t2023\n미국\t12\t15\n베트남\t7\t9"),
)


def laid_out(parts: Sequence[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """A text and its blocks; two blanks before a heading put it under the last one without."""
    text, blocks = "", list[Block]()
    path: tuple[str, ...] = ()
    caption = None
    for kind, part in parts:
        level = 1 if part.startswith("  ") else 0
        words = part.strip()
        start = len(text)
        span = Span(start, start + len(words))
        text += words + "\n\n"
        if kind is H:
            above = path[:level]
            blocks.append(Block(kind, level, span, above))
            path = (*above, words)
        elif kind is T:
            blocks.append(Block(kind, 0, span, path, table=_table(text, span, caption)))
        else:
            blocks.append(Block(kind, 0, span, path))
            caption = span if kind is C else caption
    return text, tuple(blocks)


def _table(text: str, span: Span, caption: Span | None) -> Table:
    cells, at = [], span.start
    for row, line in enumerate(text[span.start : span.end].split("\n")):
        for column, word in enumerate(line.split("\t")):
            where = Span(at, at + len(word))
            cells.append(Cell(row, column, where, header=row == 0 or column == 0))
            at += len(word) + 1
    return Table(tuple(cells), row + 1, column + 1, caption=caption)


TEXT, BLOCKS = laid_out(NEWS)


def document(text: str = TEXT) -> Document:
    return Document("a", "a.txt", "소식지", "무역진흥원", "", "2024-03", "", text, "0")


def questions(*parts: tuple[BlockKind, str]) -> dict[str, Draft]:
    """What is written from the parts, or from the newsletter, by its question."""
    text, blocks = laid_out(parts or NEWS)
    return {draft.question: draft for draft in drafts(document(text), blocks)}
