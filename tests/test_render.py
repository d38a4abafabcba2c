"""JSON and terminal text of answers, against texts written out by hand."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from rag.showing.render import (
    answer_json,
    answer_text,
    explain_text,
    plain,
    search_json,
    search_text,
    table,
)
from rag.types import (
    Answer,
    BlockKind,
    Citation,
    Correction,
    Hit,
    Passage,
    Question,
    QuestionKind,
    Reason,
    SearchResult,
    Span,
    Statement,
    Verdict,
    Vote,
)

QUESTION = Question(
    "물류비 한되는?",
    "물류비 한도는?",
    QuestionKind.AMOUNT,
    (),
    corrections=(Correction("한되", "한도"),),
)
PASSAGE = Passage(
    id="가.txt#10-24",
    file="가.txt",
    span=Span(10, 24),
    path=("1. 지원", "(1) 물류비"),
    kind=BlockKind.BULLET,
    text="기업당 3천만원 한도 지원",
    blocks=(1, 1),
    page="7",
)
HIT = Hit(PASSAGE, 0.87654321, (Vote("낱말", 1, 12.5, 0.75), Vote("의미", 0, 0.25, 0.125)), 3)
CITATION = Citation(
    number=1,
    file="가.txt",
    title="물류 대책",
    issuer="무역부",
    published="2021-06",
    licence="공공누리 제1유형(출처표시)",
    section=("1. 지원", "(1) 물류비"),
    page="7",
    span=Span(10, 24),
    quote="기업당 3천만원 한도 지원",
    url="/documents/가.txt?at=10-24",
)
ANSWER = Answer(
    question=QUESTION,
    verdict=Verdict.ANSWERED,
    reason=None,
    short_answer="3천만원",
    text="한도는 ‘3천만원’으로 나와 있습니다. [1]",
    statements=(Statement("기업당 3천만원 한도 지원", (1,)),),
    citations=(CITATION,),
    hits=(HIT,),
    confidence=0.9,
    as_of="2021-06",
    index="abc",
    id="q1",
)
REFUSAL = Answer(
    question=Question("하늘은 왜 파란가요?", "하늘은 왜 파란가요?", QuestionKind.REASON, ()),
    verdict=Verdict.NOT_FOUND,
    reason=Reason.NOT_IN_DOCUMENTS,
    short_answer=None,
    text="색인된 문서에서 답을 찾지 못했습니다.",
    statements=(),
    citations=(),
    hits=(),
    confidence=0.0,
    as_of="",
    index="abc",
)


def test_json_has_the_contract_s_keys_in_order_and_its_values() -> None:
    expected = {
        "id": "q1",
        "question": "물류비 한되는?",
        "verdict": "answered",
        "reason": None,
        "short_answer": "3천만원",
        "answer": "한도는 ‘3천만원’으로 나와 있습니다. [1]",
        "citations": [
            {
                "number": 1,
                "document": "가.txt",
                "title": "물류 대책",
                "issuer": "무역부",
                "published": "2021-06",
                "licence": "공공누리 제1유형(출처표시)",
                "section": ["1. 지원", "(1) 물류비"],
                "page": "7",
                "start": 10,
                "end": 24,
                "quote": "기업당 3천만원 한도 지원",
                "url": "/documents/가.txt?at=10-24",
            }
        ],
        "passages": [
            {
                "document": "가.txt",
                "section": ["1. 지원", "(1) 물류비"],
                "page": "7",
                "start": 10,
                "end": 24,
                "score": 0.876543,
            }
        ],
        "as_of": "2021-06",
        "index": "abc",
    }
    # Compared as text: the order of the keys is part of the contract.
    assert json.dumps(answer_json(ANSWER), ensure_ascii=False) == json.dumps(
        expected, ensure_ascii=False
    )


def test_json_of_a_refusal_has_the_same_keys_and_a_reason() -> None:
    refusal = answer_json(REFUSAL)
    assert list(refusal) == list(answer_json(ANSWER))
    assert (refusal["verdict"], refusal["reason"]) == ("not_found", "not_in_documents")
    assert refusal["short_answer"] is None


def test_json_of_a_search_carries_the_text_of_each_passage() -> None:
    found = search_json(SearchResult(QUESTION, (HIT,), 12, {}, "abc"), id="s")
    assert list(found) == ["id", "question", "total", "passages", "index"]
    assert (found["id"], found["total"]) == ("s", 12)
    assert found["passages"] == [
        {**answer_json(ANSWER)["passages"][0], "text": "기업당 3천만원 한도 지원"}
    ]


def test_text_of_an_answer() -> None:
    assert answer_text(ANSWER) == (
        "질문  물류비 한되는?\n"
        "고침  한되 → 한도\n"
        "답    3천만원\n"
        "\n"
        "한도는 ‘3천만원’으로 나와 있습니다. [1]\n"
        "\n"
        "근거\n"
        "[1] 물류 대책\n"
        "    1. 지원 › (1) 물류비 › 7쪽\n"
        "    “기업당 3천만원 한도 지원”\n"
        "    가.txt#10-24\n"
        "    본 저작물은 '무역부'에서 '2021년' 작성하여 공공누리 제1유형으로 개방한 '물류 대책'을 "
        "이용하였으며, 해당 저작물은 '무역부' 누리집에서 무료로 다운받으실 수 있습니다."
    )


def test_text_of_a_refusal_says_why() -> None:
    shown = answer_text(REFUSAL)
    assert "판정  문서에서 답을 찾지 못했습니다: 문서가 다루지 않는 내용입니다" in shown
    assert "근거" not in shown
    assert "답    " not in shown


def test_text_of_a_search_numbers_the_passages() -> None:
    shown = search_text(SearchResult(QUESTION, (HIT,), 12, {}, "abc")).splitlines()
    assert shown[2] == "결과  12건 가운데 1건"
    assert shown[4:7] == [
        "1. 가.txt#10-24  (0.877)",
        "   1. 지원 › (1) 물류비",
        "   기업당 3천만원 한도 지원",
    ]


def test_explain_lists_each_vote_and_names_the_hit_once() -> None:
    lines = explain_text([HIT]).splitlines()
    assert lines[2].split() == ["1", "가.txt#10-24", "0.877", "낱말", "1", "12.500", "0.750"]
    assert lines[3].split() == ["의미", "-", "0.250", "0.125"]
    assert len(lines) == 4


def test_a_table_lines_up_although_hangul_is_twice_as_wide() -> None:
    shown = table([("이름", "값"), ("a", "10"), ("가나다", "5")], right=(1,))
    assert shown == ("이름    값\n------  --\na       10\n가나다   5")


def test_control_characters_of_a_source_do_not_reach_the_terminal() -> None:
    hostile = "\x1b[31m빨강\x07\u202e거꾸로\u2066\ttab\r\nnext\x9b2J"
    assert plain(hostile) == "[31m빨강거꾸로 tab\nnext2J"


@given(st.text())
def test_plain_text_keeps_everything_but_control_characters(text: str) -> None:
    shown = plain(text)
    assert plain(shown) == shown
    assert all(
        character == "\n"
        or character.isprintable()
        or character.isspace()
        or not character.isascii()
        for character in shown
    )
    printable = "".join(c for c in text if c.isprintable())
    assert "".join(c for c in shown if c.isprintable() and c != " ") == printable.replace(" ", "")
