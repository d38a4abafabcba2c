"""The gate that each written question must pass: how the assistant answers it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from faq_making import BLOCKS, TEXT, B, H, document, laid_out, questions
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.faq import generate
from rag.faq.selection import _answered, _evenly
from rag.faq.writing import drafts
from rag.types import (
    Answer,
    Block,
    BlockKind,
    Citation,
    Document,
    Question,
    QuestionKind,
    SearchResult,
    Span,
    Statement,
    Verdict,
)


class Parrot:
    """An assistant that answers each question with the place where ``answers`` says so."""

    fingerprint = "abc"

    def __init__(
        self, documents: tuple[Document, ...], change: dict[str, object] | None = None
    ) -> None:
        self.documents = documents
        self.asked: list[str] = []
        self._change = change or {}
        self._drafts = {
            draft.question: draft
            for one in documents
            for draft in drafts(one, self.blocks(one.file))
        }

    def blocks(self, file: str) -> tuple[Block, ...]:
        return BLOCKS

    def search(self, query: str, *_: object, **__: object) -> SearchResult:
        raise NotImplementedError

    def ask(self, question: str, k: int = 20, id: str = "") -> Answer:
        self.asked.append(question)
        draft = self._drafts[question]
        source = next(one for one in self.documents if one.file == draft.file)
        quote = source.text[draft.span.start : draft.span.end]
        citation = Citation(
            1, source.file, source.title, source.issuer, source.published, source.licence,
            (), None, draft.span, quote, "",
        )  # fmt: skip
        answer = Answer(
            question=Question(question, question, QuestionKind.OTHER, ()),
            verdict=Verdict.ANSWERED,
            reason=None,
            short_answer=draft.expected or None,
            text=quote,
            statements=(Statement(quote, (1,)),),
            citations=(citation,),
            hits=(),
            confidence=1.0,
            as_of="",
            index=self.fingerprint,
            id=id,
        )
        return replace(answer, **self._change)  # type: ignore[arg-type]


def test_entries_that_pass_come_in_the_order_of_the_document() -> None:
    source = document()
    entries = generate(Parrot((source,)))
    written = [entry.question.written for entry in entries]
    assert "제3차 수출지원협의회는 언제 열렸나요?" in written
    assert "국가별 물류센터 수 표에서 2023 베트남은 얼마인가요?" in written
    starts = [int(entry.id.split("#")[1].split("-")[0]) for entry in entries]
    assert starts == sorted(starts)
    assert len(set(written)) == len(written)


FAR = Citation(1, "a.txt", "", "", "", "", (), None, Span(len(TEXT) - 1, len(TEXT)), "", "")


def test_entries_that_say_the_same_from_the_same_place_are_kept_once() -> None:
    assert len(generate(Parrot((document(),)))) > 1
    whole = replace(FAR, span=Span(0, len(TEXT)))
    entries = generate(Parrot((document(),), {"citations": (whole,), "short_answer": None}))
    assert len(entries) == 1


def test_a_fact_must_be_said_and_not_only_quoted() -> None:
    entries = generate(Parrot((document(),), {"short_answer": None}))
    written = [entry.question.written for entry in entries]
    assert "공동 물류센터 구축의 목표는 무엇인가요?" in written
    assert "'23년 對美 수출은 얼마인가요?" not in written


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": Verdict.PARTIAL},
        {"verdict": Verdict.NOT_FOUND},
        {"citations": ()},
        {"citations": (FAR,)},
        {"citations": (replace(FAR, file="b.txt", span=Span(0, len(TEXT))),)},
    ],
)
def test_an_answer_from_elsewhere_is_not_kept(change: dict[str, object]) -> None:
    assert generate(Parrot((document(),), change)) == ()


def test_what_a_label_does_not_stand_before_is_not_its_answer() -> None:
    # A host was named in the bullet of the agenda's section.
    question = "수출지원협의회의 의제는 무엇인가요?"
    kept = generate(Parrot((document(),), {"short_answer": "서울 무역회관에 모인 대표들"}))
    assert question not in [entry.question.written for entry in kept]
    kept = generate(Parrot((document(),), {"short_answer": "① 물류비 지원, ② 보험 확대"}))
    assert question in [entry.question.written for entry in kept]
    # Quoted whole, the label's line answers.
    kept = generate(Parrot((document(),), {"short_answer": None}))
    assert question in [entry.question.written for entry in kept]


def test_a_name_with_half_a_sentence_around_it_is_not_kept() -> None:
    text, blocks = laid_out(
        [(H, "공동 물류 기본계획 수립 (산업통상자원부)"), (B, "- 산업통상자원부는 계획을 수립")]
    )
    (draft,) = [d for d in drafts(document(text), blocks) if d.expected]
    question = Question(draft.question, draft.question, QuestionKind.ORGANISATION, ())
    for short, fits in (
        ("산업통상자원부", True),
        ("산업통상자원부는 5월 31일 열린 규제특례심의위원회", False),
    ):
        parrot = Parrot((document(text),), {"question": question, "short_answer": short})
        parrot.blocks = lambda _file: blocks  # type: ignore[method-assign]
        parrot._drafts = {draft.question: draft}
        assert (_answered(parrot, draft) is not None) is fits


def kept(change: dict[str, object], question: str, *parts: tuple[BlockKind, str]) -> bool:
    """Whether the question is an entry where the assistant answers as ``change`` says."""
    text, blocks = laid_out(parts)
    parrot = Parrot((document(text),), change)
    parrot.blocks = lambda _file: blocks  # type: ignore[method-assign]
    parrot._drafts = {draft.question: draft for draft in drafts(document(text), blocks)}
    return _answered(parrot, parrot._drafts[question]) is not None


LONG = (
    "세계 물류 시장은 항만 적체가 풀리면서 점차 안정되고 있으나 운임은 여전히 예년보다 두 배 가까이 높고 "
    "선복 부족도 이어짐"
)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"short_answer": "9,801억불"}, False),  # a figure alone says nothing of how things are
        ({"short_answer": "운임은 여전히 예년보다 두 배 가까이 높음"}, True),
        ({"short_answer": "항만 적체가 풀리면서"}, False),  # breaks off
        ({"short_answer": "2. 해외 물류 시장 동향"}, False),  # its own heading
        ({"statements": (Statement("2. 해외 물류 시장 동향 - 세계 물류 시장은", (1,)),)}, False),
    ],
)
def test_an_open_question_is_told_something(change: dict[str, object], fits: bool) -> None:
    parts = ((H, "2. 해외 물류 시장 동향"), (B, f"- {LONG}"))
    assert kept(change, "해외 물류 시장 동향은 어떤가요?", *parts) is fits


@pytest.mark.parametrize(("before", "fits"), [("", True), (LONG, True), (LONG * 3, False)])
def test_what_a_label_stands_before_is_met_soon(before: str, fits: bool) -> None:
    label = "(중소기업) 입주 심사에서 우대"
    parts = ((H, "공동 물류센터 구축"), (B, f"- {label}"))
    change = {"short_answer": None, "statements": (Statement(f"{before} {label}", (1,)),)}
    question = "공동 물류센터 구축에서 ‘중소기업’에 대한 내용은 무엇인가요?"
    assert kept(change, question, *parts) is fits


def test_a_wrong_fact_is_not_kept() -> None:
    entries = generate(Parrot((document(),), {"short_answer": "999"}))
    assert "'23년 對美 수출은 얼마인가요?" not in [entry.question.written for entry in entries]


def test_an_answer_that_repeats_the_question_is_not_kept() -> None:
    entries = generate(Parrot((document(),), {"short_answer": "물류센터"}))
    written = [entry.question.written for entry in entries]
    assert not any("물류센터" in question for question in written)


def test_the_limit_is_shared_among_the_sources_of_a_document() -> None:
    assistant = Parrot((document(), replace(document(), file="b.txt")))
    entries = generate(assistant, files=["b.txt"], limit=4)
    assert [entry.citations[0].file for entry in entries] == ["b.txt"] * 4
    kinds = Counter(assistant._drafts[entry.question.written].source for entry in entries)
    assert len(kinds) == 4
    # Nothing is asked once the list is full.
    assert len(assistant.asked) <= 6


def test_a_question_that_cannot_be_asked_is_passed_over() -> None:
    class Mute(Parrot):
        def ask(self, question: str, k: int = 20, id: str = "") -> Answer:
            raise QuestionError("질문이 너무 깁니다.")

    assert generate(Mute((document(),))) == ()


def test_progress_ends_at_its_total() -> None:
    told: list[tuple[str, int, int]] = []
    generate(Parrot((document(),)), progress=lambda *step: told.append(step))
    assert told[-1][1] == told[-1][2] == len(questions())
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


@given(st.lists(st.integers()))
def test_an_even_order_holds_each_item_once(items: list[int]) -> None:
    assert sorted(_evenly(items)) == sorted(items)


def test_each_beginning_of_an_even_order_is_spread_over_the_whole() -> None:
    order = _evenly(range(64))
    for count in (2, 4, 8, 16, 32):
        assert sorted(at * count // 64 for at in order[:count]) == list(range(count))
