"""Markdown's own constructs in the outline of a text, and its front matter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.loading import metadata
from rag.outline import outline
from rag.outline.markdown import fences, front_matter
from rag.types import Block, BlockKind, Document


def blocks(text: str) -> tuple[Block, ...]:
    return outline(Document("글", "글.md", "", "", "", "", "", text, ""))


def said(text: str) -> list[tuple[str, int, str]]:
    return [(b.kind.value, b.level, text[b.span.start : b.span.end]) for b in blocks(text)]


def test_underlined_headings_have_the_levels_of_their_lines() -> None:
    text = "수출 지원 계획\n=======\n\n추진 배경\n---\n\n코로나19로 수출이 감소하였다.\n\n다음 절\n---\n\n글이다.\n"
    found = blocks(text)
    heads = [
        (b.level, text[b.span.start : b.span.end]) for b in found if b.kind is BlockKind.HEADING
    ]
    assert heads == [(0, "수출 지원 계획"), (1, "추진 배경"), (1, "다음 절")]
    assert found[2].path == ("수출 지원 계획", "추진 배경")


def test_a_rule_below_a_blank_line_or_a_table_underlines_nothing() -> None:
    for text in ("글이 있다.\n\n---\n\n다른 글이다.\n", "| 가 | 나 |\n|---|---|\n| 1 | 2 |\n---\n"):
        assert not [b for b in blocks(text) if b.kind is BlockKind.HEADING]


def test_fenced_code_is_one_paragraph_of_text() -> None:
    code = "```sh\n# 제목이 아니다\n- 항목이 아니다\n\n| a | b |\n|---|---|\n```"
    text = f"# 제목\n\n앞글이다.\n\n{code}\n\n뒷글이다.\n"
    assert said(text) == [
        ("heading", 0, "# 제목"), ("paragraph", 0, "앞글이다."), ("paragraph", 0, code), ("paragraph", 0, "뒷글이다."),
    ]  # fmt: skip
    assert fences("```\n가\n") == []
    assert [len(span) for span in fences("~~~~\n```\n~~~\n~~~~\n")] == [17]


def test_a_footnote_is_a_note_of_the_block_that_calls_it() -> None:
    text = "첫 문단이다[^1].\n\n둘째 문단이다[^주].\n\n[^1]: 관세청 통계이다.\n[^주]: 잠정치이다.\n[^9]: 아무도 부르지 않는다.\n"
    found = blocks(text)
    notes = [(b.marker, b.parent) for b in found if b.kind is BlockKind.NOTE]
    assert notes[:2] == [("[^1]", 0), ("[^주]", 1)]


def test_front_matter_is_no_text_but_says_title_date_and_issuer() -> None:
    text = '---\ntitle: "수출 지원 계획"\ndate: 2021-03-10\nauthor: 산업통상자원부\n---\n\n# 다른 제목\n\n글이다.\n'
    assert said(text)[0][0] == "boilerplate"
    assert [kind for kind, _, _ in said(text)[1:]] == ["heading", "paragraph"]
    assert metadata.title(text, "") == "수출 지원 계획"
    assert metadata.published(text) == "2021-03-10"
    assert metadata.issuer(text) == "산업통상자원부"
    found = front_matter(text)
    assert found is not None
    assert text[found[0].end :].startswith("\n# 다른 제목")


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert front_matter("---\n\n글이다.\n\n---\n") is None
    assert front_matter("글\n---\ntitle: 가\n---\n") is None


@given(st.lists(st.sampled_from(
    ["---", "===", "```", "~~~", "글이다.", "# 제목", "- 항목", "", "[^1]: 주", "글[^1]", "| a | b |", "title: 가"]
), max_size=14))  # fmt: skip
def test_blocks_stay_in_order_and_apart(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    found = blocks(text)
    at = 0
    for index, block in enumerate(found):
        assert at <= block.span.start <= block.span.end
        at = block.span.end
        assert text[block.span.start : block.span.end].strip()
        assert block.parent is None or (0 <= block.parent < len(found) and block.parent != index)
