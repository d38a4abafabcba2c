"""Risk against coverage and calibration, against numbers worked out by hand and by brute force."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import pytest
from fake_assistant import FakeAssistant
from hypothesis import given
from hypothesis import strategies as st
from ten_questions import GOLDEN, ROWS, asked, said

from rag.assistant import Assistant
from rag.errors import InputError
from rag.evaluation import ask_all, evaluate, read_golden, read_predictions, report, selective
from rag.evaluation.golden import Golden
from rag.evaluation.risk import BINS, Case, calibration, measure, risks
from rag.evaluation.tables import operating
from rag.showing.questions import Asked
from rag.showing.render import answer_json

BY_HAND = {100: 4 / 10, 90: 3 / 9, 80: 2 / 8, 70: 2 / 7, 60: 2 / 6}
BY_HAND |= {50: 2 / 5, 40: 1 / 4, 30: 1 / 3, 20: 0.0, 10: 0.0}


def found_by_hand() -> Any:
    found = selective(evaluate(GOLDEN, ROWS, {}).judged)
    assert found is not None
    return found


def test_the_risk_at_each_coverage_is_that_worked_out_by_hand() -> None:
    found = found_by_hand()
    assert {level.percent: level.risk for level in found.levels} == pytest.approx(BY_HAND)
    assert [level.percent for level in found.levels] == list(BY_HAND)
    assert [level.answered for level in found.levels] == list(range(10, 0, -1))
    least = [0.10, 0.30, 0.40, 0.60, 0.62, 0.75, 0.80, 0.85, 0.90, 0.95]
    assert [level.confidence for level in found.levels] == least
    assert found.aurc == pytest.approx(sum(BY_HAND.values()) / 10)
    # In the best order six right answers come first, then the four wrong ones.
    assert found.best == pytest.approx((1 / 7 + 2 / 8 + 3 / 9 + 4 / 10) / 10)
    assert found.risk == 0.4
    # Seven were really answered, and two of them wrongly.
    assert (found.questions, found.answered, found.wrong, found.withheld) == (10, 7, 2, True)
    assert operating(found) == "실제로는 질문의 70.0%에 답했고, 그 가운데 28.6%가 틀렸습니다."


def test_calibration_is_that_worked_out_by_hand() -> None:
    found = found_by_hand()
    by_hand = [
        (0.1, 1, 0.10, 0.0),
        (0.3, 1, 0.30, 0.0),
        (0.4, 1, 0.40, 1.0),
        (0.6, 2, 0.61, 1.0),
        (0.7, 1, 0.75, 0.0),
        (0.8, 2, 0.825, 0.5),
        (0.9, 2, 0.925, 1.0),
    ]
    bins = [(one.low, one.questions, one.confidence, one.right) for one in found.bins]
    assert bins == [pytest.approx(row) for row in by_hand]
    gaps = [0.10, 0.30, 0.60, 2 * 0.39, 0.75, 2 * 0.325, 2 * 0.075]
    assert found.ece == pytest.approx(sum(gaps) / 10)


def test_a_refusal_whose_answer_is_not_known_counts_as_wrong() -> None:
    rows = [{key: value for key, value in row.items() if key != "withheld"} for row in ROWS]
    found = selective(evaluate(GOLDEN, rows, {}).judged)
    assert found is not None and not found.withheld
    assert found.risk == 0.5  # "h" too
    assert "적혀 있지 않은" in report(evaluate(GOLDEN, rows, {}), sure=found)
    assert "적혀 있지 않은" not in report(evaluate(GOLDEN, ROWS, {}), sure=found_by_hand())


def test_an_answer_to_a_question_without_one_is_wrong_whatever_it_says() -> None:
    # Golden files may write "없음" as the answer of such a question.
    none = Golden(Asked("z", "?"), "unanswerable", "정보 없음", (), False, ())
    for row in (said("z", 0.9, "정보 없음"), said("z", 0.1, None, "정보 없음")):
        found = selective(evaluate([none], [row], {}).judged)
        assert found is not None and found.risk == 1.0


def test_without_a_confidence_nothing_is_told() -> None:
    rows = [dict(row) for row in ROWS]
    del rows[3]["confidence"]
    assert selective(evaluate(GOLDEN, rows, {}).judged) is None
    assert selective([]) is None
    # A question that was not answered at all is one without confidence in it.
    missing = selective(evaluate(GOLDEN, ROWS[1:], {}).judged)
    assert missing is not None and missing.levels[0].confidence == 0.0


def test_the_tables_say_the_numbers_and_what_right_means() -> None:
    shown = report(evaluate(GOLDEN, ROWS, {}), sure=found_by_hand())
    rows = [line.split() for line in shown.splitlines()]
    assert ["80%", "8", "0.250", "0.40", "이상"] in rows
    assert ["0.8–0.9", "2", "0.825", "0.500"] in rows
    aurc = sum(BY_HAND.values()) / 10
    assert f"AURC {aurc:.3f} (맞은 답이 모두 앞에 오면 0.113, 순서에 뜻이 없으면 0.400)" in shown
    assert "ECE 0.333" in shown and "앞 700자" in shown
    assert "AURC" not in report(evaluate(GOLDEN, ROWS, {}))


cases = st.builds(
    Case,
    confidence=st.sampled_from([0.0, 0.2, 0.5, 0.500001, 0.9, 1.0]),
    right=st.booleans(),
    spoke=st.booleans(),
)


@given(st.lists(cases, min_size=1, max_size=6))
def test_aurc_is_its_mean_over_all_orders_by_falling_confidence(some: list[Case]) -> None:
    total, orders = 0.0, 0
    for order in itertools.permutations(some):
        sure = [case.confidence for case in order]
        if sure == sorted(sure, reverse=True):
            wrong = [not case.right for case in order]
            total += sum(sum(wrong[:k]) / k for k in range(1, len(some) + 1)) / len(some)
            orders += 1
    found = measure(some)
    assert found.aurc == pytest.approx(total / orders)
    # No order does better than the best one, nor worse than its reverse.
    means = [
        sum(sum(not c.right for c in order[:k]) / k for k in range(1, len(some) + 1)) / len(some)
        for order in itertools.permutations(some)
    ]
    assert found.best == pytest.approx(min(means))
    # Where the order says nothing, AURC is the risk of answering everything.
    assert sum(means) / len(means) == pytest.approx(found.risk)


@given(st.lists(cases, min_size=1, max_size=40), st.randoms())
def test_the_order_in_which_questions_come_does_not_matter(some: list[Case], random: Any) -> None:
    other = list(some)
    random.shuffle(other)
    assert risks(other) == pytest.approx(risks(some))
    assert measure(other).ece == pytest.approx(measure(some).ece)
    found = measure(some)
    assert found.risk == pytest.approx(sum(not case.right for case in some) / len(some))
    for level in found.levels:
        assert level.answered == math.ceil(round(level.percent * len(some) / 100, 9))
        assert level.risk == found.risks[level.answered - 1]
        assert sum(case.confidence > level.confidence for case in some) < level.answered
        assert sum(case.confidence >= level.confidence for case in some) >= level.answered


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_each_confidence_falls_into_one_bin(sure: list[float]) -> None:
    bins = calibration([Case(one, one > 0.5, True) for one in sure])
    assert sum(one.questions for one in bins) == len(sure)
    for one in bins:
        inside = [x for x in sure if one.low <= x < one.high or (one.high == 1.0 and x == 1.0)]
        assert len(inside) == one.questions
        assert one.confidence == pytest.approx(sum(inside) / len(inside))
        assert one.right == pytest.approx(sum(x > 0.5 for x in inside) / len(inside))


def test_edges_belong_to_the_bin_above() -> None:
    for number in range(BINS):
        (only,) = calibration([Case(number / BINS, True, True)])
        assert only.low == number / BINS


# --- asking -----------------------------------------------------------------------------------


def test_answers_come_with_confidence_and_what_was_withheld(policies: Assistant) -> None:
    golden = [asked("y", "3,000만원"), asked("n", "")]
    texts = {"y": "융자 한도는 얼마인가요?", "n": "달 탐사선은 언제 발사되나요?"}
    golden = [
        Golden(Asked(g.asked.id, texts[str(g.asked.id)]), g.type, g.answer, (), g.answerable, ())
        for g in golden
    ]
    rows = list(ask_all(policies, golden, policies.unrefusing()))
    for row, one in zip(rows, golden, strict=True):
        answer = policies.ask(one.asked.question, id=str(one.asked.id))
        plain = {key: row[key] for key in row if key not in ("confidence", "withheld")}
        assert plain == answer_json(answer)
        assert row["confidence"] == answer.confidence
    yes, no = rows
    assert yes["verdict"] == "answered" and yes["withheld"] is None
    assert no["verdict"] == "not_found" and no["withheld"]["answer"] not in ("", no["answer"])
    assert "찾지 못했습니다" in no["answer"] and "찾지 못했습니다" not in no["withheld"]["answer"]
    assert [row["withheld"] for row in ask_all(policies, golden)] == [None, None]


def test_a_question_that_cannot_be_asked_is_refused_without_confidence() -> None:
    (row,) = ask_all(FakeAssistant(), [Golden(Asked(1, " "), "amount", "x", (), True, ())])
    assert (row["verdict"], row["reason"]) == ("not_found", "source_failed")
    assert (row["id"], row["confidence"], row["withheld"]) == (1, 0.0, None)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"confidence": 1.5}, "confidence"),
        ({"confidence": math.nan}, "confidence"),
        ({"confidence": "0.5"}, "confidence"),
        ({"confidence": True}, "confidence"),
        ({"withheld": "3억원"}, "withheld"),
        ({"passages": [{"document": "a.txt"}]}, "자리"),
        ({"citations": [None]}, "자리"),
        ({"citations": [{"document": "a.txt", "start": 9, "end": 3}]}, "자리"),
    ],
)
def test_a_damaged_answer_is_named(tmp_path: Path, field: dict[str, Any], words: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in [ROWS[0], {**ROWS[1], **field}]))
    with pytest.raises(InputError, match=f"2번째 줄.*{words}"):
        read_predictions(path)
    path.write_text(json.dumps(ROWS[0]))
    assert read_predictions(path) == (ROWS[0],)


def test_a_golden_file_is_judged_with_the_answers_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    rows = [
        {
            "id": one.asked.id,
            "question": one.asked.question,
            "type": "amount",
            "answer": one.answer,
            "answerable": one.answerable,
            "evidence": [],
        }
        for one in GOLDEN
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    found = selective(evaluate(read_golden(path), ROWS, {}).judged)
    assert found == found_by_hand()
