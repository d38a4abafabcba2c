"""What the report tells of each question that went wrong."""

from __future__ import annotations

from report_making import TEXT, document, drawn, facts, golden, miss, place, said

from rag.evaluation.golden import Place
from rag.types import Span


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
