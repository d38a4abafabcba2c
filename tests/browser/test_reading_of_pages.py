"""What we read of an HTML page against what Chromium shows of it."""

from __future__ import annotations

import random
from typing import Any

from rag.reading import read
from rag.types import Span

TEXTS = (
    "글", "자료 둘", "&amp;", "&nbsp;", "&lt;가&gt;", "&copy;", "&copyx", "&#44032;", "3 < 4", "<표 1>", "a & b",
    "\n", "<!-- 주석 -->", "<script>if (a<b) '글'</script>", "<style>p{}</style>", "<br>", "&middot;", "<img alt=글>",
)  # fmt: skip
TAGS = (
    "p", "div", "b", "span", "h2", "section", "sup", "em", "a href='x>y'", "div hidden", "div style='display: none'",
    "blockquote", "article", "noscript",
)  # fmt: skip
PARTS = (
    "<ul><li>{}<li>{}</ul>", "<table><tr><td>{}<td>{}</table>", "<dl><dt>{}<dd>{}</dl>",
    "<table><thead><tr><th>{}</thead><tr><td>{}</table>", "<figure>{}<figcaption>{}</figcaption></figure>",
    "<p>{}<div>{}</div>", "<p><b>{}<ul><li>{}</ul>", "<p>{}<p>{}",
)  # fmt: skip


def fragment(draw: random.Random, depth: int = 3) -> str:
    """Markup as authors write it: nested, with end tags left out where HTML allows."""
    out = ""
    for _ in range(draw.randint(1, 4)):
        kind = draw.random()
        if depth == 0 or kind < 0.5:
            out += draw.choice(TEXTS)
        elif kind < 0.8:
            tag = draw.choice(TAGS)
            out += f"<{tag}>{fragment(draw, depth - 1)}</{tag.split()[0]}>"
        else:
            out += draw.choice(PARTS).format(fragment(draw, depth - 1), fragment(draw, depth - 1))
    return out


def test_we_read_what_the_browser_shows(browser: Any) -> None:
    view = browser.new_page()
    draw = random.Random(4)
    wrong = []
    for _ in range(400):
        source = f"<!DOCTYPE html><html><head><title>제목</title></head><body>{fragment(draw)}</body></html>"
        view.set_content(source)
        shown = "".join(view.inner_text("body").split())
        if "".join(read(source, Span(0, len(source))).text.split()) != shown:
            wrong.append((source, shown))
    view.close()
    assert wrong == []
