"""The answer's text, letter by letter, from evidence made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from rag.answering.comparing import Compared, Comparison
from rag.answering.composer import compose, compose_comparison, source_failed
from rag.answering.finding import Finding
from rag.assistant import Assistant
from rag.index import build
from rag.judging.claim import Premise
from rag.question.turns import Request
from rag.types import (
    Answer,
    BlockKind,
    Document,
    Evidence,
    Passage,
    Question,
    QuestionKind,
    Reason,
    Span,
    Verdict,
)

TEXT = "융자 한도는 3,000만원이다. 금리는 연 2.0%이다. 대상은 소상공인이다."
LOAN = Document(
    "loan",
    "융자 안내.txt",
    "융자 안내",
    "한빛진흥원",
    "",
    "2021-03",
    "공공누리 제4유형(출처표시)",
    TEXT,
    "",
)
BARE = Document("b", "b.txt", "보증 안내", "", "", "", "", TEXT, "")
DOCUMENTS = {document.file: document for document in (LOAN, BARE)}


def slice_of(document: Document, words: str, value: str = "") -> Evidence:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    passage = Passage(
        f"{document.file}#0-{len(TEXT)}",
        document.file,
        Span(0, len(TEXT)),
        ("1. 조건",),
        BlockKind.PARAGRAPH,
        TEXT,
        (0, 0),
    )
    return Evidence(passage, span, words, value)


LIMIT = slice_of(LOAN, "융자 한도는 3,000만원이다.", "3,000만원")
RATE = slice_of(LOAN, "금리는 연 2.0%이다.")
OTHER = slice_of(BARE, "대상은 소상공인이다.", "소상공인")


def asked(kind: QuestionKind = QuestionKind.AMOUNT, subject: str = "") -> Question:
    return Question("질문", "질문", kind, (), subject=subject)


def answer(
    question: Question,
    *evidence: Evidence,
    reason: Reason | None = None,
    documents: dict[str, Document] | None = None,
    **told: Any,
) -> Answer:
    return compose(
        question,
        Finding(evidence, reason, 0.7, **told),
        (),
        DOCUMENTS if documents is None else documents,
        index="abc",
    )


def lead(question: Question, *evidence: Evidence, **told: Any) -> str:
    return answer(question, *evidence, **told).text.splitlines()[0]


def test_the_whole_text_of_an_answer() -> None:
    made = answer(asked(subject="융자 한도"), LIMIT, OTHER)
    assert made.text == (
        "융자 한도는 문서에 ‘3,000만원’으로 나와 있습니다. [1]\n"
        "“융자 한도는 3,000만원이다.” [1]\n"
        "“대상은 소상공인이다.” [2]\n"
        "출처: 「융자 안내」(한빛진흥원, 2021-03, 공공누리 제4유형); 「보증 안내」"
    )
    assert (made.verdict, made.reason, made.short_answer) == (Verdict.ANSWERED, None, "3,000만원")
    assert (made.confidence, made.index, made.as_of, made.id) == (0.7, "abc", "2021-03", "")


def test_citations_say_where_each_slice_stands() -> None:
    made = answer(asked(), LIMIT, OTHER)
    assert [s.citations for s in made.statements] == [(1,), (2,)]
    assert [s.text for s in made.statements] == [LIMIT.text, OTHER.text]
    first, second = made.citations
    assert (first.number, second.number) == (1, 2)
    for citation, document, item in ((first, LOAN, LIMIT), (second, BARE, OTHER)):
        assert citation.file == document.file
        assert (citation.title, citation.issuer) == (document.title, document.issuer)
        assert (citation.published, citation.licence) == (document.published, document.licence)
        assert citation.section == ("1. 조건",)
        assert citation.quote == document.text[citation.span.start : citation.span.end]
        address = urlsplit(citation.url)
        assert unquote(address.path) == f"/documents/{document.file}"
        assert parse_qs(address.query) == {"at": [f"{item.span.start}-{item.span.end}"]}
        assert address.fragment == "cite"
        assert citation.url.isascii() and " " not in citation.url


def test_a_slice_that_comes_twice_is_cited_once() -> None:
    # The header of a table comes with each of its rows.
    again = replace(LIMIT, value="")
    made = answer(asked(), LIMIT, RATE, again, OTHER)
    assert [c.quote for c in made.citations] == [LIMIT.text, RATE.text, OTHER.text]
    assert [c.number for c in made.citations] == [1, 2, 3]
    assert made.text.count(LIMIT.text) == 1


def test_documents_of_one_text_are_cited_as_one_and_others_apart() -> None:
    copy = slice_of(BARE, LIMIT.text)
    made = answer(asked(), LIMIT, copy, RATE)
    assert [(c.file, c.quote) for c in made.citations] == [
        (LOAN.file, LIMIT.text),
        (LOAN.file, RATE.text),
    ]
    assert [s.citations for s in made.statements] == [(1,), (2,)]
    # The same place and the same words in a document that goes on otherwise are another slice.
    documents = {LOAN.file: LOAN, BARE.file: replace(BARE, text=TEXT + "\n끝.")}
    assert [c.file for c in answer(asked(), LIMIT, copy, documents=documents).citations] == [
        LOAN.file,
        BARE.file,
    ]


@pytest.mark.parametrize(
    ("value", "ending"),
    [
        ("3,000만원", "‘3,000만원’으로"),
        ("연 2.0%", "‘연 2.0%’로"),
        ("5월", "‘5월’로"),
        ("소상공인", "‘소상공인’으로"),
        ("2021년 3월 8일", "‘2021년 3월 8일’로"),
        ("ETRI", "‘ETRI’로"),
    ],
)
def test_the_particle_fits_the_fact(value: str, ending: str) -> None:
    line = lead(asked(), replace(LIMIT, value=value))
    assert line == f"문서에는 {ending} 나와 있습니다. [1]"


def test_kinds_have_their_own_sentence() -> None:
    plain = "문서에는 다음과 같이 적혀 있습니다."
    assert lead(asked(QuestionKind.YES_NO), LIMIT) == plain
    # A reason that was not found is not said to stand there.
    for kind, word in ((QuestionKind.REASON, "까닭"), (QuestionKind.METHOD, "방법")):
        assert lead(asked(kind), RATE) == (
            f"{word}을 한마디로 옮길 수 없어, 관련된 대목을 그대로 옮깁니다."
        )
    assert lead(asked(QuestionKind.COMPARISON), LIMIT, OTHER) == (
        "견주어 보실 수 있도록 관련 대목 2개를 나란히 옮깁니다."
    )
    assert lead(asked(QuestionKind.COMPARISON), RATE) == plain
    items = replace(LIMIT, value="한도; 금리; 대상")
    assert lead(asked(QuestionKind.LIST), items, items=3) == (
        "문서에서 3가지를 찾았습니다: 한도; 금리; 대상 [1]"
    )
    assert lead(asked(QuestionKind.LIST, "지원 조건"), items, items=3) == (
        "지원 조건으로 문서에서 3가지를 찾았습니다: 한도; 금리; 대상 [1]"
    )
    assert lead(asked(subject="대출 금리"), replace(LIMIT, value="2.0%")) == (
        "대출 금리는 문서에 ‘2.0%’로 나와 있습니다. [1]"
    )


def test_a_list_with_fewer_items_than_asked_for_is_partial() -> None:
    items = replace(LIMIT, value="한도; 금리")
    short = answer(replace(asked(QuestionKind.LIST), count=3), items, items=2)
    assert short.verdict is Verdict.PARTIAL
    assert short.text.startswith("물으신 3가지 가운데 2가지만 문서에서 찾았습니다: 한도; 금리 [1]")
    enough = answer(replace(asked(QuestionKind.LIST), count=2), items, items=2)
    assert enough.verdict is Verdict.ANSWERED
    assert answer(asked(QuestionKind.LIST), items, items=2).verdict is Verdict.ANSWERED
    # A list that was not taken apart is quoted whole; nothing is known to be missing.
    assert answer(replace(asked(QuestionKind.LIST), count=3), RATE).verdict is Verdict.ANSWERED


def test_one_phrase_is_not_counted_as_one_item_of_a_list() -> None:
    line = lead(replace(asked(QuestionKind.LIST), count=12), LIMIT, items=1)
    assert line == (
        "물으신 12가지를 하나하나 가려내지 못했습니다. 문서에는 ‘3,000만원’으로 나와 있습니다. [1]"
    )


def test_a_list_read_off_several_slices_names_them_all() -> None:
    first = replace(slice_of(LOAN, "융자 한도는 3,000만원이다."), value="융자 한도; 금리; 대상")
    target = slice_of(LOAN, "대상은 소상공인이다.")
    line = lead(asked(QuestionKind.LIST), first, RATE, target, items=3)
    assert line.endswith("융자 한도; 금리; 대상 [1] [2] [3]")


def test_the_fact_of_one_side_is_not_the_answer_of_a_comparison() -> None:
    made = answer(asked(QuestionKind.COMPARISON), LIMIT, RATE)
    assert made.short_answer is None
    assert answer(asked(QuestionKind.COMPARISON), LIMIT).short_answer == "3,000만원"


def test_a_long_fact_that_fills_its_quotation_is_not_read_twice() -> None:
    whole = slice_of(LOAN, TEXT, TEXT)
    assert len(TEXT) < 60  # too short to tire anyone
    assert lead(asked(), whole).startswith("문서에는 ‘")
    long = replace(whole, text=TEXT * 2, value=TEXT * 2)
    made = answer(asked(subject="융자"), long)
    assert made.text.splitlines()[0] == "문서에는 다음과 같이 적혀 있습니다."
    assert made.text.count(TEXT * 2) == 1
    assert made.short_answer == TEXT * 2
    part = replace(long, text=TEXT * 4)
    assert lead(asked(), part).startswith("문서에는 ‘")


@pytest.mark.parametrize(
    ("reason", "kind", "line"),
    [
        (Reason.NOT_IN_DOCUMENTS, QuestionKind.AMOUNT, "색인된 문서에서 답을 찾지 못했습니다."),
        (
            Reason.NOT_STATED,
            QuestionKind.AMOUNT,
            "문서가 이 주제를 다루지만 물으신 수치는 적혀 있지 않습니다.",
        ),
        (
            Reason.NOT_STATED,
            QuestionKind.PLACE,
            "문서가 이 주제를 다루지만 물으신 장소는 적혀 있지 않습니다.",
        ),
        (
            Reason.NOT_STATED,
            QuestionKind.OTHER,
            "문서가 이 주제를 다루지만 물으신 내용은 적혀 있지 않습니다.",
        ),
    ],
)
def test_a_refusal_says_why_and_shows_the_nearest_slice(
    reason: Reason, kind: QuestionKind, line: str
) -> None:
    made = answer(asked(kind), LIMIT, reason=reason)
    assert (made.verdict, made.reason, made.short_answer) == (Verdict.NOT_FOUND, reason, None)
    lead, quotation, source = made.text.splitlines()
    assert lead.startswith(line) and lead.endswith(" 가장 가까운 대목은 다음과 같습니다.")
    assert quotation == "“융자 한도는 3,000만원이다.” [1]"
    assert source == "출처: 「융자 안내」(한빛진흥원, 2021-03, 공공누리 제4유형)"
    assert answer(asked(kind), reason=reason).text.startswith(line)


def test_what_is_not_in_the_documents_is_not_said_to_be_near_where_nothing_is() -> None:
    made = answer(asked(), reason=Reason.NOT_IN_DOCUMENTS)
    assert made.text == (
        "색인된 문서에서 답을 찾지 못했습니다. 사업이나 기관의 이름을 넣어 다시 물으시거나, "
        "다른 문서를 색인에 넣어 주십시오."
    )
    assert made.citations == made.statements == ()


def test_each_reading_of_an_ambiguous_question_has_a_line_with_its_label() -> None:
    rate, target = (
        replace(RATE, value="연 2.0%"),
        slice_of(LOAN, "대상은 소상공인이다.", "소상공인"),
    )
    made = answer(asked(), LIMIT, rate, reason=Reason.AMBIGUOUS, labels=("창업 융자", "긴급 대출"))
    assert made.text.splitlines() == [
        "물으신 말이 둘로 읽힙니다:",
        "① 「창업 융자」는 ‘3,000만원’ [1]",
        "② 「긴급 대출」은 ‘연 2.0%’ [2]",
        "어느 사업이나 회의를 물으시는지 이름을 넣어 다시 물어 주십시오.",
        "“융자 한도는 3,000만원이다.” [1]",
        "“금리는 연 2.0%이다.” [2]",
        "출처: 「융자 안내」(한빛진흥원, 2021-03, 공공누리 제4유형)",
    ]
    assert (made.verdict, made.short_answer) == (Verdict.NOT_FOUND, None)
    labels = ("창업 융자", "긴급 대출", "일반 보증")
    three = lead(asked(), LIMIT, rate, target, reason=Reason.AMBIGUOUS, labels=labels)
    assert three == "물으신 말이 셋으로 읽힙니다:"


@pytest.mark.parametrize(
    ("premise", "line"),
    [
        (
            Premise.OPPOSITE,
            "물으신 것과 반대로 적혀 있으며, 물으신 까닭은 적혀 있지 않습니다.",
        ),
        (
            Premise.DROPPED,
            "물으신 일은 문서에 이루어진 것으로 적혀 있지 않고, 거두어들인 것으로 나와 있습니다.",
        ),
        (
            Premise.PENDING,
            "물으신 일은 문서에 이루어진 것으로 적혀 있지 않고, "
            "아직 정해지거나 끝나지 않은 것으로 나와 있습니다.",
        ),
    ],
)
def test_a_denied_premise_is_named_and_its_slice_shown(premise: Premise, line: str) -> None:
    question = asked(QuestionKind.REASON)
    made = answer(question, RATE, reason=Reason.NOT_STATED, premise=premise)
    assert made.text.splitlines()[:2] == [
        f"{line} 문서의 내용은 다음과 같습니다.",
        "“금리는 연 2.0%이다.” [1]",
    ]


def test_a_contact_is_named_with_the_number_of_its_own_citation() -> None:
    phone = slice_of(LOAN, "대상은 소상공인이다.", "02-123-4567")
    made = answer(asked(), RATE, reason=Reason.NOT_STATED, contact=phone)
    assert made.text.splitlines()[:3] == [
        "문서가 이 주제를 다루지만 물으신 수치는 적혀 있지 않습니다. "
        "문서에 적힌 문의처는 ‘02-123-4567’입니다. [2] 가장 가까운 대목은 다음과 같습니다.",
        "“금리는 연 2.0%이다.” [1]",
        "“대상은 소상공인이다.” [2]",
    ]
    # Told by the nearest slice itself, it has no citation of its own.
    same = answer(asked(), replace(RATE, value=""), reason=Reason.NOT_STATED, contact=RATE)
    assert "[2]" not in same.text and len(same.citations) == 1


def test_what_an_earlier_version_said_is_told_behind_the_answer() -> None:
    before = replace(slice_of(BARE, "금리는 연 2.0%이다.", "연 2.0%"))
    made = answer(asked(subject="융자 한도"), LIMIT, replaced=before)
    assert made.text.splitlines() == [
        "융자 한도는 문서에 ‘3,000만원’으로 나와 있습니다. [1] "
        "앞선 문서에는 ‘연 2.0%’로 적혀 있었습니다. [2]",
        "“융자 한도는 3,000만원이다.” [1]",
        "“금리는 연 2.0%이다.” [2]",
        "출처: 「융자 안내」(한빛진흥원, 2021-03, 공공누리 제4유형); 「보증 안내」",
    ]
    assert (made.verdict, made.short_answer) == (Verdict.ANSWERED, "3,000만원")


@pytest.mark.parametrize("request_", list(Request))
def test_a_request_that_is_no_question_is_answered_with_what_can_be_asked(
    request_: Request,
) -> None:
    made = answer(asked(QuestionKind.OTHER), reason=Reason.NOT_STATED, request=request_)
    assert (made.verdict, made.citations) == (Verdict.NOT_FOUND, ())
    assert made.text.endswith(("물어 주십시오.", "보여 드립니다."))
    assert "적혀 있지 않습니다. 가장" not in made.text
    assert made.text.count("\n") == 0


def test_a_greeting_is_greeted_and_no_two_requests_are_answered_alike() -> None:
    said = {
        request: answer(asked(), reason=Reason.NOT_STATED, request=request).text
        for request in Request
    }
    assert said[Request.GREETING] == (
        "안녕하세요. 문서에 적힌 것을 물으시면 그 대목을 찾아 보여 드립니다."
    )
    assert said[Request.SUMMARY].startswith("간추려 쓰는 일은 하지 않습니다.")
    assert len(set(said.values())) == len(Request)


def test_a_source_that_failed_is_told_with_its_problem() -> None:
    made = source_failed(asked(), "모델을 읽을 수 없습니다.", DOCUMENTS, index="abc")
    assert made.text == ("답을 찾는 데 필요한 자료를 읽지 못했습니다. 모델을 읽을 수 없습니다.")
    assert (made.verdict, made.reason) == (Verdict.NOT_FOUND, Reason.SOURCE_FAILED)
    assert (made.confidence, made.hits, made.as_of) == (0.0, (), "2021-03")


def test_as_of_is_the_latest_date_of_what_is_cited_else_of_all() -> None:
    newer = replace(BARE, published="2022-01")
    known = {LOAN.file: LOAN, newer.file: newer}
    assert answer(asked(), LIMIT, OTHER, documents=known).as_of == "2022-01"
    assert answer(asked(), LIMIT, documents=known).as_of == "2021-03"
    assert answer(asked(), reason=Reason.NOT_STATED, documents=known).as_of == "2022-01"
    assert answer(asked(), OTHER).as_of == "2021-03"  # its own document bears no date
    assert answer(asked(), reason=Reason.NOT_STATED, documents={}).as_of == ""


def test_a_document_is_credited_once_and_without_empty_brackets() -> None:
    sources = answer(asked(), LIMIT, RATE, OTHER).text.splitlines()[-1]
    assert sources == "출처: 「융자 안내」(한빛진흥원, 2021-03, 공공누리 제4유형); 「보증 안내」"


@pytest.mark.parametrize("typed", ["{{ 7*7 }}", "{% raw %}", "{# x #}", "<b>&amp;", "“”[9]"])
def test_signs_of_templates_and_markup_are_only_text(typed: str) -> None:
    quoted = replace(LIMIT, text=typed, value=typed)
    made = answer(asked(subject=typed), quoted)
    assert made.short_answer == made.citations[0].quote == typed
    assert made.text.splitlines()[1] == f"“{typed}” [1]"
    assert made.text.startswith(typed) and f"‘{typed}’" in made.text


# --- comparisons ----------------------------------------------------------------------------------


def compared(*sides: Compared, named: bool = False) -> Answer:
    return compose_comparison(
        asked(QuestionKind.COMPARISON),
        Comparison(sides, (), 0.6, named),
        (),
        DOCUMENTS,
        index="abc",
    )


def test_the_whole_text_of_a_comparison() -> None:
    guarantee = replace(OTHER, value="소상공인")
    made = compared(
        Compared("융자 한도", "3,000만원", (LIMIT,)),
        Compared("보증 대상", "소상공인", (guarantee,)),
    )
    assert made.text == (
        "나란히 옮깁니다: 융자 한도는 ‘3,000만원’(2021년 3월 문서) [1]; 보증 대상은 ‘소상공인’ [2].\n"
        "“융자 한도는 3,000만원이다.” [1]\n"
        "“대상은 소상공인이다.” [2]\n"
        "출처: 「융자 안내」(한빛진흥원, 2021-03, 공공누리 제4유형); 「보증 안내」"
    )
    assert (made.verdict, made.reason) == (Verdict.ANSWERED, None)
    assert made.short_answer == "3,000만원; 소상공인"
    assert (made.confidence, made.index, made.as_of) == (0.6, "abc", "2021-03")
    assert [s.citations for s in made.statements] == [(1,), (2,)]


def test_facts_that_are_weighed_are_shown_with_their_names() -> None:
    rate = replace(RATE, value="연 2.0%")
    made = compared(
        Compared("융자 한도", "3,000만원", (LIMIT,)),
        Compared("금리", "연 2.0%", (rate,)),
        named=True,
    )
    assert made.short_answer == "융자 한도 3,000만원; 금리 연 2.0%"
    assert "문서)" not in made.text  # one document, one date: it stands with the source


def test_a_side_without_evidence_makes_the_answer_partial() -> None:
    made = compared(Compared("융자 한도", "3,000만원", (LIMIT,)), Compared("이자", "", ()))
    assert made.verdict is Verdict.PARTIAL
    assert made.short_answer == "3,000만원"
    assert made.text.splitlines()[0] == (
        "나란히 옮깁니다: 융자 한도는 ‘3,000만원’ [1]; 이자는 문서에서 찾지 못했습니다."
    )


def test_what_the_facts_come_to_is_said_first_and_is_the_short_answer() -> None:
    sides = (Compared("융자", "3,000만원", (LIMIT,)), Compared("보증", "1,000만원", (OTHER,)))
    comparison = Comparison(sides, (), 0.6, True, "3,000만원 + 1,000만원 = 4,000만원")
    kind = asked(QuestionKind.COMPARISON)
    summed = compose_comparison(kind, comparison, (), DOCUMENTS, index="abc")
    assert summed.short_answer == "3,000만원 + 1,000만원 = 4,000만원"
    assert summed.text.startswith(
        "문서의 값으로 계산하면 3,000만원 + 1,000만원 = 4,000만원입니다. 나란히 옮깁니다: 융자는 "
    )
    larger = replace(
        comparison, reckoned="융자 3,000만원 > 보증 1,000만원", foremost="융자", how="더 큽니다"
    )
    held = compose_comparison(kind, larger, (), DOCUMENTS, index="abc")
    assert held.short_answer == "융자 3,000만원 > 보증 1,000만원"
    assert held.text.startswith("두 값을 견주면 융자가 더 큽니다. 나란히 옮깁니다: 융자는 ")


def test_two_sides_told_by_one_slice_have_one_citation() -> None:
    made = compared(
        Compared("한도", "3,000만원", (LIMIT,)), Compared("상한", "3,000만원", (LIMIT,))
    )
    assert [c.number for c in made.citations] == [1]
    assert made.text.splitlines()[0].count("[1]") == 2


def test_a_slice_that_is_the_fact_as_a_whole_is_quoted_below() -> None:
    made = compared(
        Compared("한도", LIMIT.text, (replace(LIMIT, value=""),)),
        Compared("금리", RATE.text, (RATE,)),
    )
    assert made.text.splitlines()[:3] == [
        "나란히 옮깁니다: 한도는 아래 대목 [1]; 금리는 아래 대목 [2].",
        f"“{LIMIT.text}” [1]",
        f"“{RATE.text}” [2]",
    ]


def test_a_label_in_brackets_is_quoted_with_both(tmp_path: Path) -> None:
    text = "가람시 지원 안내\n\n[신청기간] 2031. 3. 1. ~ 3. 5.\n[접수처] 가람시 1로 3\n"
    (tmp_path / "안내.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "안내.txt"], tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").ask("신청기간은 언제인가요?")
    assert answer.short_answer == "2031. 3. 1. ~ 3. 5."
    assert answer.citations[0].quote == "[신청기간] 2031. 3. 1. ~ 3. 5."
