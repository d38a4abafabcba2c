"""Four reasons for a refusal, each with words of its own, and never a stack trace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.assistant import Assistant
from rag.index import Index, build, open_index
from rag.types import Answer, Reason, Verdict

TEXT = """한빛진흥원 정책 안내

1. 창업 융자

창업 융자의 예산은 120억원이다. 창업 융자의 한도는 업체당 3,000만원이다.

융자를 받으려는 기업은 창업지원팀(02-123-4567)으로 문의한다.

2. 판로 바우처

판로 바우처의 예산은 35억원이다. 전년보다 바우처 예산을 5억원 증액하였다.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("refusal")
    source = folder / "guide.txt"
    source.write_text(TEXT, encoding="utf-8")
    build([source], folder / "index")
    return open_index(folder / "index")


def refused(index: Index, question: str, reason: Reason) -> Answer:
    answer = Assistant(index).ask(question)
    assert (answer.verdict, answer.reason) == (Verdict.NOT_FOUND, reason), answer.text
    assert answer.short_answer is None
    for citation in answer.citations:
        assert f"“{citation.quote}” [{citation.number}]" in answer.text
    return answer


def test_an_ambiguous_question_is_shown_its_readings(index: Index) -> None:
    answer = refused(index, "예산은 얼마인가요?", Reason.AMBIGUOUS)
    lead, *readings, ask = answer.text.splitlines()[:4]
    assert lead == "물으신 말이 둘로 읽힙니다:"
    assert [line[:3] for line in readings] == ["① 「", "② 「"]  # a line for each
    for label, value in (("창업 융자", "120억원"), ("판로 바우처", "35억원")):
        (number,) = (c.number for c in answer.citations if value in c.quote)
        assert f"「{label}」는 ‘{value}’ [{number}]" in [line[2:] for line in readings]
    assert "이름을 넣어 다시 물어 주십시오" in ask
    assert answer.confidence <= 0.5


def test_a_denied_premise_is_answered_with_what_is_told(index: Index) -> None:
    answer = refused(index, "판로 바우처 예산을 깎은 이유는 무엇인가요?", Reason.NOT_STATED)
    assert answer.text.startswith("물으신 것과 반대로 적혀 있으며, ")
    assert answer.text.splitlines()[0].endswith(" 문서의 내용은 다음과 같습니다.")
    assert "증액하였다" in answer.citations[0].quote


def test_what_is_not_stated_comes_with_one_slice_and_whom_to_ask(index: Index) -> None:
    answer = refused(index, "창업 융자의 업체당 한도가 바뀐 날은 언제인가요?", Reason.NOT_STATED)
    assert answer.text.startswith("문서가 이 주제를 다루지만")
    assert len(answer.citations) == 2  # the nearest slice, and the one with the number
    lead = answer.text.splitlines()[0]
    assert "‘02-123-4567’입니다. [2]" in lead
    # What announces the quotation stands right before it.
    assert lead.endswith("가장 가까운 대목은 다음과 같습니다.")
    assert "02-123-4567" in answer.citations[1].quote


def test_the_address_of_a_source_in_a_note_is_nobody_to_ask(tmp_path: Path) -> None:
    told = TEXT.replace(
        "융자를 받으려는 기업은 창업지원팀(02-123-4567)으로 문의한다.",
        "19) 한빛뉴스룸, 창업 융자 특집(https://news.example.com/loan/)",
    )
    assert "news.example.com" in told
    (tmp_path / "guide.txt").write_text(told, encoding="utf-8")
    build([tmp_path / "guide.txt"], tmp_path / "index")
    question = "창업 융자의 업체당 한도가 바뀐 날은 언제인가요?"
    answer = refused(open_index(tmp_path / "index"), question, Reason.NOT_STATED)
    assert "문의처" not in answer.text
    assert len(answer.citations) == 1


def test_what_no_document_treats_says_what_to_do(index: Index) -> None:
    answer = refused(index, "달 탐사선 승무원은 누구인가요?", Reason.NOT_IN_DOCUMENTS)
    assert answer.text.startswith("색인된 문서에서 답을 찾지 못했습니다.")
    assert "다시 물으시거나" in answer.text
    assert len(answer.citations) <= 1
    assert "문의처" not in answer.text


class _Broken:
    """An encoder whose model fails when it is asked."""

    def __init__(self, inner: Any, error: Exception) -> None:
        self._inner = inner
        self._error = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def encode_queries(self, texts: Any, terms: Any = None) -> Any:
        raise self._error


@pytest.mark.parametrize(
    "error", [OSError("model.bin"), RuntimeError("out of memory"), MemoryError()]
)
def test_a_source_that_fails_is_named_with_a_remedy(index: Index, error: Exception) -> None:
    broken = replace(index, encoder=_Broken(index.encoder, error))  # type: ignore[arg-type]
    answer = refused(broken, "창업 융자 한도는 얼마인가요?", Reason.SOURCE_FAILED)
    assert (answer.citations, answer.hits, answer.confidence) == ((), (), 0.0)
    assert index.encoder.name in answer.text
    assert type(error).__name__ in answer.text
    assert "geungeo build" in answer.text


def test_a_mistake_of_ours_is_not_hidden(index: Index) -> None:
    broken = replace(index, encoder=_Broken(index.encoder, TypeError("x")))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Assistant(broken).ask("창업 융자 한도는 얼마인가요?")


def test_what_can_be_answered_is(index: Index) -> None:
    answer = Assistant(index).ask("창업 융자 한도는 얼마인가요?")
    assert (answer.verdict, answer.reason) == (Verdict.ANSWERED, None)
    assert answer.short_answer in ("3,000만원", "업체당 3,000만원")
