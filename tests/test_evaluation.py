"""The figures of an evaluation, each against a case counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import InputError
from rag.evaluation import (
    Golden,
    Place,
    evaluate,
    holds,
    is_right,
    letters,
    read_golden,
    read_predictions,
    report,
    resembles,
    share_held,
)
from rag.showing.questions import Asked
from rag.types import Span

TEXT = "가나다라마바사아자차" * 40  # 400 characters
LIST = {
    "id": "l",
    "question": "무엇이 있나요?",
    "type": "list",
    "style": "formal",
    "answer": "사과; 포도; 감귤",
    "aliases": [],
    "answerable": True,
    "evidence": [
        {"doc": "a.txt", "start": 0, "end": 10},
        {"doc": "a.txt", "start": 100, "end": 110},
    ],
}
AMOUNT = {
    "id": "m",
    "question": "얼마인가요?",
    "type": "amount",
    "answer": "3,000만원(1단계)",
    "aliases": ["30백만원"],
    "answerable": True,
    "evidence": [{"doc": "a.txt", "start": 20, "end": 30}],
    "also": [{"doc": "a.txt", "start": 50, "end": 60}],
}
NONE = {
    "id": "n",
    "question": "없는 것은?",
    "type": "unanswerable",
    "answer": "",
    "answerable": False,
    "evidence": [],
}


def golden_file(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "golden.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def said(id_: str, **fields: Any) -> dict[str, Any]:
    empty = {"verdict": "answered", "short_answer": None, "answer": "", "citations": []}
    return {"id": id_, **empty, "passages": [], **fields}


def place(start: int, end: int, file: str = "a.txt", **more: Any) -> dict[str, Any]:
    return {"document": file, "start": start, "end": end, **more}


def figures(folder: Path, row: dict[str, Any], prediction: dict[str, Any]) -> dict[str, float]:
    golden = read_golden(golden_file(folder, row))
    return evaluate(golden, [prediction], {"a.txt": TEXT}).figures


def test_evidence_counts_spans_half_covered_within_the_budget(tmp_path: Path) -> None:
    # 990 characters elsewhere, then 5 of the first span's 10 before the 1,000 are used up; the
    # second span comes too late for 1,000 and in time for 2,500.
    passages = [place(200, 1190), place(0, 5), place(1200, 1210), place(100, 105)]
    found = figures(tmp_path, LIST, said("l", passages=passages))
    assert found["evidence@1000"] == 0.5
    assert found["evidence@2500"] == 1.0
    # One character less of the first span than half of it.
    passages[1] = place(0, 4)
    found = figures(tmp_path, LIST, said("l", passages=passages))
    assert (found["evidence@1000"], found["evidence@2500"]) == (0.0, 0.5)


def test_another_place_that_proves_the_same_counts_where_there_is_one_thing_to_prove(
    tmp_path: Path,
) -> None:
    found = figures(tmp_path, AMOUNT, said("m", passages=[place(50, 56)]))
    assert found["evidence@1000"] == 1.0
    two = {**LIST, "also": [{"doc": "a.txt", "start": 50, "end": 60}]}
    found = figures(tmp_path, two, said("l", passages=[place(50, 60)]))
    assert found["evidence@1000"] == 0.0


def test_citations_are_scored_for_what_they_hold_and_touch(tmp_path: Path) -> None:
    citations = [place(15, 26, quote=TEXT[15:26]), place(300, 310, quote=TEXT[300:310])]
    found = figures(tmp_path, AMOUNT, said("m", citations=citations))
    assert (found["cite_recall"], found["cite_prec"], found["verbatim"]) == (1.0, 0.5, 1.0)
    citations = [place(59, 70, quote="없는 말"), place(30, 50, quote=None)]
    found = figures(tmp_path, AMOUNT, said("m", citations=citations))
    assert (found["cite_recall"], found["cite_prec"], found["verbatim"]) == (0.0, 0.5, 0.0)


@pytest.mark.parametrize(
    ("short", "answer", "short_right", "contains"),
    [
        ("3,000만원", "", 1.0, 1.0),
        ("3000만원", "", 1.0, 1.0),
        ("30백만 원", "", 1.0, 1.0),
        ("13,000만원", "", 0.0, 0.0),
        (None, "한도는 3,000만원입니다.", 0.0, 1.0),
        ("3,000만원" + "가" * 60, "", 0.0, 1.0),
        (None, "가" * 700 + "3,000만원", 0.0, 0.0),
    ],
)
def test_short_and_contains(
    tmp_path: Path, short: str | None, answer: str, short_right: float, contains: float
) -> None:
    found = figures(tmp_path, AMOUNT, said("m", short_answer=short, answer=answer))
    assert (found["short"], found["contains"]) == (short_right, contains)


def test_a_right_answer_with_a_refusal_is_no_answer(tmp_path: Path) -> None:
    refused = said("m", verdict="not_found", short_answer="3,000만원", answer="3,000만원")
    found = figures(tmp_path, AMOUNT, refused)
    assert (found["short"], found["contains"], found["abstain_ans"]) == (0.0, 0.0, 0.0)


def test_items_of_a_list_are_counted(tmp_path: Path) -> None:
    found = figures(tmp_path, LIST, said("l", answer="감귤과 사과가 있습니다."))
    assert found["items"] == pytest.approx(2 / 3)
    assert found["contains"] == 0.0


def test_abstaining_is_balanced_over_both_classes(tmp_path: Path) -> None:
    golden = read_golden(golden_file(tmp_path, AMOUNT, LIST, NONE))
    rows = [said("m", answer="3,000만원"), said("n", verdict="not_found")]
    scores = evaluate(golden, rows, {})
    # The list has no prediction, which counts as a refusal.
    assert scores.figures["abstain_ans"] == 0.5
    assert scores.figures["abstain_unans"] == 1.0
    assert scores.figures["abstain_balanced"] == 0.75
    assert [miss.id for miss in scores.misses] == ["l"]
    assert scores.types == {"amount": (1.0, 1), "list": (0.0, 1)}


def test_the_report_names_figures_types_and_misses(tmp_path: Path) -> None:
    golden = read_golden(golden_file(tmp_path, AMOUNT, NONE))
    rows = [said("m", answer="2,000만원"), said("n", answer="있습니다")]
    lines = report(evaluate(golden, rows, {}), misses=True).splitlines()
    assert lines[0] == "질문 2개"
    assert ["contains", "0.000", "답(앞", "700자)에"] in [line.split()[:4] for line in lines]
    assert ["amount", "0.00", "1"] in [line.split() for line in lines]
    assert lines[lines.index("틀린 질문 2개") + 1 :] == [
        "m (amount) 얼마인가요?",
        "    정답  3,000만원(1단계)",
        "    답    2,000만원",
        "n (unanswerable) 없는 것은?",
        "    정답  (답하지 않아야 함)",
        "    답    있습니다",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1,234,567원", "1234567원"),
        ("Ａ-Ｂ", "ab"),
        ("<sup>1)</sup>가 나", "1가나"),
        ("3 . 5%", "3.5%"),
        ("2, 3", "2|3"),
        ("2021. 6. 25.", "2021.6.25."),
    ],
)
def test_letters(text: str, wanted: str) -> None:
    assert letters(text) == wanted


def test_a_number_is_not_part_of_a_longer_one() -> None:
    assert holds("예산 20억원", "20억")
    assert not holds("예산 120억원", "20억")
    assert holds("120억원과 20억원", "20억")
    assert not holds("2021년", "202")
    assert holds("예. 그렇습니다", "예")
    assert not holds("예산은", "예")
    assert not holds("무엇이든", "")


def test_long_prose_need_not_be_repeated_letter_for_letter() -> None:
    wanted = "중소기업의 생산성을 높이기 위하여 지능화 기술을 도입한다"
    assert resembles("생산성을 높이기 위하여 중소기업의 지능화 기술을 도입", wanted)
    assert not resembles("생산성을 높인다", wanted)
    assert not resembles("짧은 답", "짧은 답")
    reason = Golden(Asked(1, "왜?"), "reason", wanted, (), True, ())
    amount = Golden(Asked(1, "왜?"), "amount", wanted, (), True, ())
    near = "생산성을 높이기 위하여 중소기업의 지능화 기술을 도입"
    assert is_right(near, reason)
    assert not is_right(near, amount)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=8))
def test_share_held_equals_counting_characters(ranges: list[tuple[int, int]]) -> None:
    places = [Place("a.txt", Span(start, start + length)) for start, length in ranges]
    seen = {at for p in places for at in range(p.span.start, p.span.end)}
    wanted = Place("a.txt", Span(20, 45))
    assert share_held(wanted, places) == len(seen & set(range(20, 45))) / 25
    assert share_held(Place("b.txt", Span(20, 45)), places) == 0


def test_files_that_are_no_golden_or_answer_files(tmp_path: Path) -> None:
    path = golden_file(tmp_path, AMOUNT, {"id": "x", "question": "?"})
    with pytest.raises(InputError, match="2번째 줄"):
        read_golden(path)
    path.write_text(json.dumps(said("m")) + "\nnot json\n")
    with pytest.raises(InputError, match="2번째 줄이 JSON"):
        read_predictions(path)
    path.write_text('{"id": 1}\n')
    with pytest.raises(InputError, match="geungeo answer"):
        read_predictions(path)
    path.write_text("")
    with pytest.raises(InputError, match="질문이 없습니다"):
        read_golden(path)


def test_the_project_s_own_golden_file_is_read_whole() -> None:
    golden = read_golden(Path(__file__).parent / "golden" / "dev.jsonl")
    assert len(golden) == 105
    assert sum(not one.answerable for one in golden) == 13
