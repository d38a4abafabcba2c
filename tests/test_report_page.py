"""The report as a page: it stands alone, is well formed, and no text gets out of its place."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Element, page
from report_making import ORIGIN, document, drawn, facts, place, said
from ten_questions import GOLDEN, ROWS

from rag.evaluation import evaluate, selective
from rag.evaluation.golden import Golden, Place
from rag.evaluation.page import report_page
from rag.showing.questions import Asked
from rag.types import PageMark, Span

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def shown() -> Element:
    """The page of the ten questions, whose figures are worked out by hand."""
    return drawn(GOLDEN, ROWS)


def test_the_page_stands_alone_and_is_well_formed(shown: Element) -> None:
    assert [one.tag for one in shown.children if isinstance(one, Element)] == ["html"]
    assert shown.one("html").attributes["lang"] == "ko"
    assert not {"script", "link", "img", "iframe", "object", "form", "a"} & {
        one.tag for one in shown.walk()
    }
    for one in shown.walk():
        assert not {"src", "href", "srcset", "action"} & one.attributes.keys()
        assert not [name for name in one.attributes if name.startswith("on")]
    style = shown.one("style").text
    assert "url(" not in style and "@import" not in style
    policy = [m for m in shown.all("meta") if "http-equiv" in m.attributes]
    assert policy[0].attributes["content"].startswith("default-src 'none'; style-src")
    assert "width=device-width" in shown.one("meta", name="viewport").attributes["content"]
    headings = [one.tag for one in shown.walk() if re.fullmatch("h[1-6]", one.tag)]
    assert headings[0] == "h1" and headings.count("h1") == 1
    levels = [int(tag[1]) for tag in headings]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_what_is_referred_to_is_there(shown: Element) -> None:
    ids = [one.attributes["id"] for one in shown.walk() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for one in shown.walk():
        assert set(one.attributes.get("aria-labelledby", "").split()) <= set(ids)


def test_each_plot_has_a_title_a_description_and_a_table(shown: Element) -> None:
    plots = shown.all("svg", role="img")
    assert [one.attributes["id"] for one in plots] == [
        "risk-plot",
        "calibration-plot",
        "kind-plot",
        "document-plot",
    ]
    for plot in plots:
        title, text = plot.attributes["aria-labelledby"].split()
        assert plot.one("title", id=title).line and plot.one("desc", id=text).line
        captions = [one.line for one in shown.all("caption")]
        assert plot.one("title", id=title).line in captions
    for one in shown.all("svg"):
        assert one.attributes.get("role") == "img" or one.attributes["aria-hidden"] == "true"


def test_the_page_holds_every_colour_it_uses_and_the_bars_can_be_read(shown: Element) -> None:
    style = shown.one("style").text
    for part in ("palette/palette.css", "report/report.css"):
        assert (ROOT / "rag/templates" / part).read_text(encoding="utf-8").strip() in style
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    light, dark = (dict(re.findall(r"(--[\w-]+): ([^;]+);", block)) for block in blocks)
    written = style + " ".join(value for one in shown.walk() for value in one.attributes.values())
    assert set(re.findall(r"var\((--[\w-]+)\)", written)) <= light.keys() >= dark.keys()
    # What is written into the bars can be read in both schemes.
    for scheme in (light, {**light, **dark}):
        for ink, ground in (("--page", "--good"), ("--page", "--stop"), ("--text", "--surface")):
            assert contrast(scheme[ink], scheme[ground]) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# --- hostile text ---------------------------------------------------------------------------


HOSTILE = (
    "</style></title></svg><script>alert(1)</script><img src=x onerror=alert(2)>"
    '"\'><a href="javascript:alert(3)">{{7*7}}{% raw %}&lt;b&gt;'
)


def test_hostile_text_stays_text() -> None:
    name = HOSTILE + "\u202etxt.exe\x07\x1b[31m"
    text = HOSTILE * 3
    bad = Golden(
        Asked(name, name), name, "정답" + name, (name + "!",), True, ((Place(name, Span(0, 20)),),)
    )
    row = said(
        name,
        verdict="not_found",
        reason="not_stated",
        short_answer="7억원" + name,
        answer=name,
        passages=[place(0, 30, name, page=name) | {"section": [name]}],
        citations=[place(0, 30, name)],
    )
    refused = Golden(Asked("r", name), "date", "1월", (), True, ())
    withheld = {"short_answer": name, "answer": name}
    rows = [
        row,
        said("r", verdict=name, reason=name),
        said("s", verdict="not_found", withheld=withheld),
    ]
    asked = [bad, refused, replace(refused, asked=Asked("s", name))]
    source = document(name, title=name, text=text, pages=(PageMark(0, name),))
    shown = drawn(
        asked, rows, source, golden=name, answers=name, index=name, encoder=name, reranker=name
    )
    tags = {one.tag for one in shown.walk()}
    assert not {"script", "img", "a"} & tags
    for one in shown.walk():
        assert not [attribute for attribute in one.attributes if attribute.startswith("on")]
    assert len(shown.all("style")) == len(shown.all("title")) - len(shown.one("body").all("title"))
    visible = HOSTILE + "txt.exe[31m"
    for found in shown.all("span", class_="question"):
        assert found.line == visible
    assert facts(shown.all("details", class_="miss")[0])["정답"] == "정답" + visible
    assert "49" not in shown.all("span", class_="question")[0].line
    assert not set("\u202e\x07\x1b") & set(shown.text)
    assert visible in shown.one("svg", id="document-plot").line


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_question_and_answer_give_a_well_formed_page(question: str, answer: str) -> None:
    asked = [Golden(Asked(1, question), "amount", "7억원", (), True, ())]
    scores = evaluate(asked, [said("1", short_answer=answer) | {"id": 1}], {})
    html = report_page(scores, selective(scores.judged), (), ORIGIN)
    html.encode()
    tree = page(html)
    assert len(tree.all("details", class_="miss")) == len(scores.misses)
    assert html == report_page(scores, selective(scores.judged), (), ORIGIN)
