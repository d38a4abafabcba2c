"""The numbers of the report and the plots that show them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Element
from report_making import cells, document, drawn, golden, said
from ten_questions import GOLDEN, ROWS

from rag.evaluation import Outcome
from rag.evaluation.golden import Place
from rag.evaluation.plots import bars, calibration_plot, risk_plot
from rag.evaluation.risk import Case, Selective, measure
from rag.types import Span


@pytest.fixture(scope="module")
def shown() -> Element:
    """The page of the ten questions, whose figures are worked out by hand."""
    return drawn(GOLDEN, ROWS)


def test_the_first_sentence_and_the_cards_say_the_figures(shown: Element) -> None:
    # a, b, d, f, g right and j rightly refused; c and e wrong; h and i refused.
    lead = shown.one("p", class_="lead").line
    assert lead.startswith("질문 10개 가운데 6개가 맞고, 2개가 틀렸고, 2개는 문서에 답이 있는데")
    cards = {
        li.one("h3").line: li.one("b").line for li in shown.one("ul", class_="cards").all("li")
    }
    assert cards["맞은 답"] == "62.5%"  # five of eight
    assert cards["답할지 거절할지"] == "62.5%"  # (6/8 + 1/2) / 2
    assert cards["확신도의 크기 (ECE)"] == "0.333"
    assert all(len(li.one("p").line) > 20 for li in shown.one("ul", class_="cards").all("li"))


def test_the_dots_of_the_risk_plot_are_the_numbers(shown: Element) -> None:
    plot = shown.one("svg", id="risk-plot")
    # By hand: the axis goes to 40 %, the greatest risk.
    left, right, upper, lower, top = 46, 382, 26, 226, 0.4
    risks = [4 / 10, 3 / 9, 2 / 8, 2 / 7, 2 / 6, 2 / 5, 1 / 4, 1 / 3, 0, 0]
    dots = plot.all("circle", class_="dot")
    assert len(dots) == 10
    for dot, coverage, risk in zip(dots, range(100, 0, -10), risks, strict=True):
        x, y = float(dot.attributes["cx"]), float(dot.attributes["cy"])
        assert (x - left) / (right - left) == pytest.approx(coverage / 100, abs=1e-4)
        assert (lower - y) / (lower - upper) * top == pytest.approx(risk, abs=1e-4)
        assert dot.line == f"{coverage}%에 답하면 틀린 비율 {risk:.1%}"
    mark = plot.one("circle", class_="mark")
    assert (float(mark.attributes["cx"]) - left) / (right - left) == pytest.approx(0.7, abs=1e-4)
    height = (lower - float(mark.attributes["cy"])) / (lower - upper) * top
    assert height == pytest.approx(2 / 7, abs=1e-4)
    guide = plot.one("polyline", class_="guide").attributes["points"].split()
    assert [point.split(",")[1] for point in guide] == ["26", "26"]
    ticks = [text.line for text in plot.all("text", class_="end")]
    assert ticks[:5] == ["0%", "10%", "20%", "30%", "40%"]


def test_the_tables_hold_the_same_numbers(shown: Element) -> None:
    tables = {table.one("caption").line: cells(table) for table in shown.all("table")}
    assert ["80%", "8", "25.0%", "0.40 이상"] in tables["답한 비율에 따른 틀린 비율"]
    assert len(tables["답한 비율에 따른 틀린 비율"]) == 10
    assert ["0.8–0.9", "2", "0.825", "50.0%"] in tables["확신도에 따른 맞은 비율"]
    assert ["contains", "0.625", "답(앞 700자)에 정답이 든 비율"] in tables["지표와 뜻"]
    # e and j have the kind "amount" as well.
    assert tables["질문 종류별 결과"] == [["금액·수치", "6", "2", "2", "10"]]
    assert tables["문서별 결과"] == [
        ["여러 문서", "5", "1", "2", "8"],
        ["답이 없는 질문", "1", "1", "0", "2"],
    ]


cases = st.builds(Case, st.floats(0, 1), st.booleans(), st.booleans())


@given(st.lists(cases, min_size=1, max_size=50))
@settings(max_examples=50)
def test_what_is_drawn_lies_in_its_frame_and_gives_the_numbers_back(some: list[Case]) -> None:
    found: Selective = measure(some)
    plot = risk_plot(found)
    frame = plot.frame

    def value(x: float, y: float) -> tuple[float, float]:
        across = (x - frame.left) / (frame.right - frame.left)
        return across, (frame.lower - y) / (frame.lower - frame.upper) * frame.top

    corners = [tuple(map(float, corner.split(","))) for corner in plot.line.split()]
    assert len(corners) == len(some)
    for k, (x, y) in enumerate(corners, start=1):
        assert frame.left <= x <= frame.right and frame.upper <= y <= frame.lower
        assert value(x, y) == pytest.approx((k / len(some), found.risks[k - 1]), abs=1e-3)
    assert (plot.mark is None) == (not any(case.spoke for case in some))
    if plot.mark is not None:
        assert frame.upper <= plot.mark.y <= frame.lower
    assert plot.y_ticks[0].label == "0%" and plot.x_ticks[-1].label == "100%"
    reliability = calibration_plot(found)
    for dot, one in zip(reliability.dots, found.bins, strict=True):
        frame = reliability.frame
        assert value(dot.x, dot.y) == pytest.approx((one.confidence, one.right), abs=1e-3)
        assert 3 < dot.radius <= 10


outcomes = st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=12)


@given(st.dictionaries(st.text("가나다abc ", min_size=1, max_size=30), outcomes, min_size=1))
def test_bars_are_as_long_as_their_questions(groups: dict[str, list[Outcome]]) -> None:
    chart = bars(groups)
    most = max(map(len, groups.values()))
    assert [bar.name for bar in chart.bars] == list(groups)
    for bar, inside in zip(chart.bars, groups.values(), strict=True):
        assert sum(part.width for part in bar.parts) == pytest.approx(
            400 * len(inside) / most, abs=0.1
        )
        assert [part.outcome for part in bar.parts] == [
            str(one) for one in ("right", "wrong", "refused") if one in inside
        ]
        x = 0.0
        for part in bar.parts:
            assert part.x == pytest.approx(x, abs=0.05)
            assert part.count == sum(one == part.outcome for one in inside)
            x += part.width
        assert bar.y + 18 <= chart.height
        assert bar.label == bar.name or bar.name.startswith(bar.label.removesuffix("…"))


def test_groups_are_kinds_and_documents_with_what_has_no_answer_last() -> None:
    asked = [
        golden("n", "", kind="unanswerable"),
        golden("both", "1억원", Place("a.txt", Span(0, 10)), Place("b.txt", Span(0, 10))),
        golden("a1", "1억원", Place("a.txt", Span(0, 10)), kind="별난 종류"),
        golden("b1", "1억원", Place("b.txt", Span(0, 10)), kind="date"),
        golden("b2", "1억원", Place("b.txt", Span(0, 10)), kind="date"),
        golden("gone", "1억원", Place("c.txt", Span(0, 10)), kind="date"),
    ]
    rows = [said("n"), said("b1", short_answer="1억원"), said("a1", short_answer="2억원")]
    shown = drawn(asked, rows, document(), document("b.txt", title="나 계획"))
    tables = {table.one("caption").line: cells(table) for table in shown.all("table")}
    assert tables["질문 종류별 결과"] == [
        ["날짜", "1", "0", "2", "3"],
        ["금액·수치", "0", "0", "1", "1"],
        ["별난 종류", "0", "1", "0", "1"],
        ["답이 없는 질문", "0", "1", "0", "1"],
    ]
    assert tables["문서별 결과"] == [
        ["나 계획", "1", "0", "1", "2"],
        ["c.txt", "0", "0", "1", "1"],
        ["가 계획", "0", "1", "0", "1"],
        ["여러 문서", "0", "0", "1", "1"],
        ["답이 없는 질문", "0", "1", "0", "1"],
    ]
    rects = shown.one("svg", id="kind-plot").all("rect")
    assert [rect.line for rect in rects][:2] == ["날짜: 맞음 1", "날짜: 거절 2"]


def test_without_confidence_the_page_says_so_and_draws_no_such_plot() -> None:
    rows = [{k: v for k, v in row.items() if k != "confidence"} for row in ROWS]
    shown = drawn(GOLDEN, rows, answers="답.jsonl")
    assert [one.attributes["id"] for one in shown.all("svg", role="img")] == [
        "kind-plot",
        "document-plot",
    ]
    assert "확신도(confidence)가 없어" in shown.line and "답 파일 답.jsonl" in shown.line
    assert "AURC" not in shown.line
