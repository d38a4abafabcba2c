"""Batches keep order and ids, and no question stops the others."""

from __future__ import annotations

from fake_assistant import FINGERPRINT, LOGISTICS, FakeAssistant

from rag.showing.questions import Asked, answers, searches
from rag.showing.render import answer_json
from rag.types import Filters, Sort

ASKED = (
    Asked("z", "물류비 한도는?"),
    Asked(7, "  "),
    Asked("a", "하늘은 왜 파란가요?"),
    Asked("z", "가" * 2001),
    Asked("long", "물류비 지원"),
)


def test_answers_come_in_input_order_with_their_ids() -> None:
    found = list(answers(FakeAssistant(), ASKED))
    assert [(one["id"], one["question"]) for one in found] == [
        (one.id, one.question) for one in ASKED
    ]
    assert found[0] == answer_json(FakeAssistant().ask("물류비 한도는?", id="z"))


def test_a_question_that_cannot_be_asked_gets_a_line_of_the_same_shape() -> None:
    found = list(answers(FakeAssistant(), ASKED))
    for number in (1, 3):
        assert list(found[number]) == list(found[0])
        assert found[number]["verdict"] == "not_found"
        assert found[number]["reason"] == "source_failed"
        assert found[number]["index"] == FINGERPRINT
        assert found[number]["passages"] == []
    assert "비어" in found[1]["answer"]
    assert "2,000자" in found[3]["answer"]


def test_searches_pass_on_number_and_filters() -> None:
    filters = Filters(file=LOGISTICS)
    asked = [Asked(1, "지원"), Asked(2, "")]
    found = list(searches(FakeAssistant(), asked, 3, filters, Sort.POSITION))
    assert [one["id"] for one in found] == [1, 2]
    assert {one["document"] for one in found[0]["passages"]} == {LOGISTICS}
    starts = [one["start"] for one in found[0]["passages"]]
    assert len(starts) == 3
    assert starts == sorted(starts)
    assert found[1]["passages"] == []
    assert list(found[1]) == list(found[0])
