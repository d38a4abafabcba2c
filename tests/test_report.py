"""The evaluation as a page: its numbers, its plots, its misses, and that nothing gets out of it."""

from __future__ import annotations

import itertools
import json
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Element, page
from test_risk import GOLDEN, ROWS

from rag.assistant import Assistant
from rag.cli import main
from rag.evaluation import Outcome, evaluate, selective
from rag.evaluation.golden import Golden, Place
from rag.evaluation.page import Origin, report_page
from rag.evaluation.plots import bars, calibration_plot, risk_plot
from rag.evaluation.risk import Case, Selective, measure
from rag.questions_file import Asked
from rag.types import Document, PageMark, Span

ROOT = Path(__file__).parent.parent
ORIGIN = Origin("golden.jsonl", "", "f" * 64, "kiwi-morphemes")
TEXT = "가나다라마바사아자차" * 40


def document(file: str = "a.txt", **fields: Any) -> Document:
    made = Document(file, file, "가 계획", "", "", "2021", "", TEXT, "0", (PageMark(0, "3"),))
    return replace(made, **fields)


def golden(id_: str, answer: str, *proofs: Place, kind: str = "amount") -> Golden:
    question = Asked(id_, f"{id_}은 얼마인가요?")
    return Golden(question, kind, answer, ("같은 말",), bool(answer), tuple((p,) for p in proofs))


def said(id_: str, **fields: Any) -> dict[str, Any]:
    row = {"id": id_, "verdict": "answered", "reason": None, "short_answer": None, "answer": ""}
    return {**row, "citations": [], "passages": [], "confidence": 0.5, "withheld": None, **fields}


def place(start: int, end: int, file: str = "a.txt", **more: Any) -> dict[str, Any]:
    return {"document": file, "section": ["1. 큰 절"], "start": start, "end": end, **more}


def drawn(
    asked: list[Golden], rows: list[dict[str, Any]], *documents: Document, **origin: Any
) -> Element:
    texts = {one.file: one.text for one in documents}
    scores = evaluate(asked, rows, texts)
    made = report_page(scores, selective(scores.judged), documents, replace(ORIGIN, **origin))
    return page(made)


@pytest.fixture(scope="module")
def shown() -> Element:
    """The page of the ten questions of test_risk, whose numbers are worked out there by hand."""
    return drawn(GOLDEN, ROWS)


def cells(table: Element) -> list[list[str]]:
    return [
        [cell.line for cell in row.children if isinstance(cell, Element)]
        for body in table.all("tbody")
        for row in body.all("tr")
    ]


# --- structure ------------------------------------------------------------------------------


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


# --- numbers and plots ----------------------------------------------------------------------


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


# --- misses ---------------------------------------------------------------------------------


def miss(shown: Element, question: str) -> Element:
    (found,) = [
        one
        for one in shown.all("details", class_="miss")
        if question in one.one("span", class_="question").line
    ]
    return found


def facts(found: Element) -> dict[str, str]:
    return {
        name.line: value.line for name, value in zip(found.all("dt"), found.all("dd"), strict=True)
    }


def test_a_miss_tells_what_was_wanted_said_and_found() -> None:
    asked = [
        golden("w", "7억원", Place("a.txt", Span(100, 110))),
        golden("r", "8억원", Place("a.txt", Span(200, 210))),
        golden("u", "", kind="unanswerable"),
        golden("ok", "9억원", Place("a.txt", Span(0, 10))),
    ]
    passages = [place(300, 320), place(96, 103), place(105, 130), place(0, 9), *[place(1, 5)] * 3]
    rows = [
        said("w", short_answer="6억원", answer="‘6억원’입니다.", passages=passages,
             citations=[place(100, 105)], confidence=0.62),
        said("r", verdict="not_found", reason="not_stated", confidence=0.41,
             withheld={"short_answer": "8억원", "answer": "x"}, passages=[place(0, 10)]),
        said("u", verdict="partial", short_answer="5억원", passages=[place(0, 10)]),
        said("ok", short_answer="9억원"),
    ]  # fmt: skip
    shown = drawn(asked, rows, document())
    assert shown.one("h2", id="misses").line == "틀리거나 거절한 질문 3개"
    assert [d.all("summary")[0].line.split()[0] for d in shown.all("details", class_="miss")] == [
        "틀림",
        "거절",
        "답이",
    ]
    wrong = miss(shown, "w은 얼마")
    assert facts(wrong) == {
        "정답": "7억원",
        "같은 답": "같은 말",
        "판정": "답함",
        "짧은 답": "6억원",
        "확신도": "0.62",
        "번호": "w",
    }
    evidence, cited, found = wrong.all("ol", class_="slices")
    assert evidence.line == f"가 계획 › 3쪽 › 100–110자 {TEXT[100:110]}"
    assert [li.line.split(" 가 계획")[0] for li in cited.all("li")] == ["근거를 담음"]
    # 3 characters of ten, then 5 of ten; and no more than five passages.
    marks = [li.line.split(" 가 계획")[0] for li in found.all("li")]
    assert marks == ["근거 아님", "근거의 일부", "근거를 담음", "근거 아님", "근거 아님"]
    assert "가 계획 › 1. 큰 절 › 3쪽 › 96–103자" in found.line
    assert found.all("blockquote")[1].line == TEXT[96:103]
    assert "찾은 대목 7개 가운데 2번째에 처음으로 근거가 나옵니다." in wrong.line
    refused = miss(shown, "r은 얼마")
    assert facts(refused)["판정"] == "거절함 (문서가 다루지만 물은 값은 없다고 봄)"
    assert facts(refused)["하려던 답"] == "맞는 답이었습니다: 8억원"
    assert facts(refused)["짧은 답"] == "없음"
    assert "찾은 대목 1개에 근거가 없습니다." in refused.line
    unanswerable = miss(shown, "u은 얼마")
    assert facts(unanswerable)["정답"] == "문서에 답이 없으므로 답하지 않아야 합니다."
    assert facts(unanswerable)["판정"] == "일부만 답함"
    assert "근거 아님" not in unanswerable.line and "근거가 없습니다" not in unanswerable.line


def test_what_was_never_answered_and_what_is_gone_from_the_index_are_told() -> None:
    asked = [golden("x", "7억원", Place("b.txt", Span(0, 10)))]
    shown = drawn(asked, [], document())
    assert facts(miss(shown, "x은"))["판정"] == "답이 없음"
    assert "찾은 대목이 없습니다." in shown.line
    assert "b.txt (색인에 없는 문서)" in shown.line
    behind = [said("x", passages=[place(390, 9999), place(5000, 5010)])]
    shown = drawn(asked, behind, document())
    quotes = [one.line for one in miss(shown, "x은").all("blockquote")]
    assert quotes == [TEXT[390:]]


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


# --- the command ----------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a golden file for the three short documents."""
    rows = [
        ("y", "융자 한도는 얼마인가요?", "3,000만원", True),
        ("n", "달 탐사선은 언제 발사되나요?", "", False),
        ("w", "융자 한도는 얼마인가요?", "12억원", True),
    ]
    lines = [
        json.dumps(
            {
                "id": id_,
                "question": question,
                "type": "amount" if answerable else "unanswerable",
                "answer": answer,
                "answerable": answerable,
                "evidence": [{"doc": "loan.txt", "start": 0, "end": 40}] if answerable else [],
            }
        )
        for id_, question, answer, answerable in rows
    ]
    (tmp_path / "golden.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_eval_writes_the_report_whole_and_the_same_each_time(
    files: Path, policy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = files / "보고서.html"
    out.write_text("old", encoding="utf-8")
    command = ["eval", str(files / "golden.jsonl"), "--index", str(policy_index)]
    assert main([*command, "--report", str(out)]) == 0
    first = capsys.readouterr()
    assert f"보고서를 '{out}'에 썼습니다." in first.err
    assert "AURC" in first.out and "답한 비율" in first.out
    html = out.read_bytes()
    tree = page(html.decode())
    assert tree.one("p", class_="lead").line.startswith("질문 3개 가운데 2개가 맞고, 1개가 틀렸고")
    assert facts(miss(tree, "융자 한도"))["정답"] == "12억원"
    assert "golden.jsonl" in tree.line and str(files) not in html.decode()
    assert sorted(one.name for one in files.iterdir()) == ["golden.jsonl", "보고서.html"]
    assert stat.S_IMODE(out.stat().st_mode) & 0o600 == 0o600
    assert main([*command, "--report", str(out)]) == 0
    assert out.read_bytes() == html
    capsys.readouterr()
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["contains"] == 0.5
    assert found["confidence"]["risk"]["100"] == pytest.approx(2 / 3)


def test_a_failure_leaves_the_old_report(
    files: Path, policy_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = files / "r.html"
    out.write_text("old", encoding="utf-8")

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "ask", broken)
    command = ["eval", str(files / "golden.jsonl"), "--index", str(policy_index)]
    assert main([*command, "--report", str(out)]) == 130
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in files.iterdir()) == ["golden.jsonl", "r.html"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("", "폴더입니다. --report에"),
        ("none/r.html", "폴더가 있는지"),
        ("golden.jsonl/r.html", "쓸 수 없습니다"),
        ("golden.jsonl", "덮어쓰게 됩니다"),
        ("a.jsonl", "덮어쓰게 됩니다"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_asked(
    files: Path,
    policy_index: Path,
    place: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(Assistant, "ask", never)
    (files / "a.jsonl").write_text(json.dumps(said("y")), encoding="utf-8")
    before = {one.name: one.read_bytes() for one in files.iterdir()}
    command = ["eval", str(files / "golden.jsonl"), "--index", str(policy_index)]
    command += ["--predictions", str(files / "a.jsonl")] if place == "a.jsonl" else []
    assert main([*command, "--report", str(files / place)]) == 1
    shown = capsys.readouterr()
    assert shown.out == "" and words in shown.err
    assert {one.name: one.read_bytes() for one in files.iterdir()} == before


def test_answers_without_confidence_still_give_a_report(
    files: Path, policy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, out = files / "a.jsonl", files / "r.html"
    index = ["--index", str(policy_index)]
    questions = ["--questions", str(files / "golden.jsonl")]
    assert main(["answer", *questions, "--out", str(answers), *index]) == 0
    command = ["eval", str(files / "golden.jsonl"), "--predictions", str(answers), *index]
    assert main([*command, "--report", str(out)]) == 0
    shown = capsys.readouterr()
    assert "확신도(confidence)가 없어" in shown.err and "AURC" not in shown.out
    assert "답 파일 a.jsonl" in page(out.read_text(encoding="utf-8")).line
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["confidence"] is None
