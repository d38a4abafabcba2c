"""All facts of a document by one reading: hand-made truth, and what holds of any text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fact_making import document, facts, source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.facts import Fact, Form, facts_of
from rag.loading import load_folder
from rag.outline import outline
from rag.reading import read
from rag.types import Block, Document, Span

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"

NOTICE = """한빛 수출 지원사업 공고

한빛진흥원(이하 "진흥원"이라 한다)은 다음과 같이 참여기업을 모집한다.

1. 지원대상
 ○ 전년도 수출액 10만 달러 이상인 중소기업
 ○ 수출 전담 인력을 둔 기업
  ※ 대기업의 계열사는 제외

2. 지원내용
 ○ 한도 : 수도권 3억원, 지방 5억원
 ○ 금리 : 연 2.0%

< 분야별 한도 >

(단위 : 백만원)
구분	2031년	2032년
기계	30	40
식품	20	-

3. 문의처
 ○ 수출지원팀(☎ 099-555-0199)
"""

TRUTH = [
    # form, subject below the title, attribute, value
    ("definition", (), "진흥원", "한빛진흥원"),
    ("label", (), "지원대상", "전년도 수출액 10만 달러 이상인 중소기업\n수출 전담 인력을 둔 기업"),
    ("label", (), "지원내용", "한도 : 수도권 3억원, 지방 5억원\n금리 : 연 2.0%"),
    ("label", ("2. 지원내용",), "한도", "수도권 3억원, 지방 5억원"),
    ("class", ("2. 지원내용",), "한도", "3억원"),
    ("class", ("2. 지원내용",), "한도", "5억원"),
    ("label", ("2. 지원내용",), "금리", "연 2.0%"),
    ("row", ("2. 지원내용", "분야별 한도"), "구분", "기계"),
    ("cell", ("2. 지원내용", "분야별 한도", "기계"), "2031년", "30"),
    ("cell", ("2. 지원내용", "분야별 한도", "기계"), "2032년", "40"),
    ("row", ("2. 지원내용", "분야별 한도"), "구분", "식품"),
    ("cell", ("2. 지원내용", "분야별 한도", "식품"), "2031년", "20"),
    ("cell", ("2. 지원내용", "분야별 한도", "식품"), "2032년", "-"),
    ("label", (), "문의처", "수출지원팀(☎ 099-555-0199)"),
]


def test_all_that_a_notice_states() -> None:
    made = document(NOTICE)
    found = [
        (str(fact.form), fact.subject[1:], fact.attribute, fact.value)
        for fact in facts(made)
        # The same classes are told once more of the label above theirs.
        if not (fact.form is Form.CLASS and fact.attribute == "지원내용")
    ]
    assert sorted(found) == sorted(TRUTH)
    assert {fact.subject[0] for fact in facts(made)} == {"한빛 수출 지원사업 공고"}
    (label,) = [fact for fact in facts(made) if fact.attribute == "지원대상"]
    assert [source(made, span) for span in label.conditions] == ["※ 대기업의 계열사는 제외"]
    assert {fact.unit for fact in facts(made, Form.CELL)} == {"백만원"}


def test_facts_stand_in_order_of_the_place_of_their_values() -> None:
    made = document(NOTICE)
    found = facts_of(made, outline(made))
    places = [(fact.span.start, fact.span.end) for fact in found]
    assert places == sorted(places)
    assert [fact.value for fact in found if fact.form is Form.CELL] == ["30", "40", "20", "-"]


def test_facts_with_one_place_stand_in_order_of_their_labels() -> None:
    made = document(
        "가람 안내\n\n구분\t청년\t일반\n취업 교육\t○\t\n창업 교육\t○\t○\n심화 교육\t\t○\n"
    )
    young = [fact for fact in facts(made, Form.CELL) if fact.value == "청년"]
    assert [fact.attribute for fact in young] == ["취업 교육", "창업 교육"]
    labels = [fact.label.start for fact in young if fact.label is not None]
    assert labels == sorted(labels)


def test_nothing_is_told_twice_of_a_labelled_line() -> None:
    made = document(
        "가람 안내\n\n□ 금리 : 2.0%(청년), 2.9%(일반)\n\n금리는 3.0%(청년), 3.9%(일반)이다.\n"
    )
    found = facts(made, Form.CLASS)
    assert [(fact.attribute, fact.value) for fact in found] == [
        ("금리", "2.0%"),
        ("금리", "2.9%"),
        ("금리", "3.0%"),
        ("금리", "3.9%"),
    ]


def test_long_texts_are_looked_through_up_to_a_length() -> None:
    def count(letters: int) -> int:
        text = f"메타란 가상과 현실이 이어진 공간을 말한다. {'가' * letters}"
        made = document(f"가람 안내\n\n{text}\n")
        return len(facts(made, Form.DEFINITION))

    assert count(3900) == 1
    assert count(4000) == 0


def test_notes_state_facts_and_the_heads_of_pages_do_not() -> None:
    pages = "".join(
        f"쪽머리 : 가람 안내\n\n글을 {n}번 적는다. 이 줄은 쪽마다 다른 말을 한다.\n\n- {n} -\n\f"
        for n in range(1, 6)
    )
    made = document(pages, title="가람 안내")
    assert all(fact.attribute != "쪽머리" for fact in facts(made))
    made = document("가람 안내\n\n※ 문의 : 경제과\n")
    assert [(fact.attribute, fact.value) for fact in facts(made)] == [("문의", "경제과")]


def test_a_document_without_text_has_no_facts() -> None:
    for text in ("", "\n", "- 1 -\n"):
        made = document(text, title="빈 문서")
        assert facts_of(made, outline(made)) == ()


# What holds of any document

PIECES = [
    "Ⅰ. 추진 배경", "1. 신청기간", "2. 지원 내용", "1) 대상", "가. 자격", "① 선도 과제", "② (역량강화) 역량 강화",
    "□ 지원 대상", "▣ (목표) 2030년까지 100개", "【 주요 내용 】", "< 행사 개요 >", "<지원대상>", "<표 1> 예산 현황",
    "## 제목", "- 첫째 항목", " - 둘째 항목*", "* 각주", "** 둘째 각주", "※ 참고", "(단위 : 억원, %)",
    "구분\t'20\t'21", "국비\t1,000\t△3.2", "합계\t\t", "\t\t끝", "| a | b |", "|---|---|", "| 1 | - |",
    '<table><tr><td rowspan="2">가</td><td>나</td></tr>', "<tr><td>다</td></tr></table>", "", "", "",
    "신청기간 : 2031. 3. 4. ~ 3. 28.", "[접수처] 시청 3층", "신 청 기 간 : 3월", "**문의처:** 경제과",
    "**사 업 명: 가람 지원**", "- **한도**: 5억원", "접수처: 시청, 전화: 099-555-0101 / 팩스: 099-555-0102",
    "□ (대상) 중소기업 / (한도) 3억원", "금리는 2.0%(청년), 2.9%(일반)이다.", "('19) 15 → ('20) 19 → ('21) 200",
    "새싹기업이란 창업한 지 삼 년이 안 된 기업을 말한다.", '한빛중소기업진흥원(이하 "진흥원"이라 한다)은',
    "누가 받나요?", "Q1. 누가 받나요?", "A. 누구나", "제1조(목적) 이 지침은", "제7조(지원대상)", "제출처 :",
    "제출처 : -", "2031. 4. : 착공", "업체당 최대 300만원까지", "  ○ 2031. 3. 4.", "\f", "&nbsp;", "$\\Delta 7.1\\%$",
    "사업명\t가람\t주관기관\t한빛", "지원대상\t청년\t접수처\t-", "다만, 지난해에 받은 업체는 제외",
    "신청은 받는다(접수처: 시청 3층, 전화: 099-555-0101).", "시장 영상(편) : ('19) 15 → ('20) 19",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(PIECES), st.text(alphabet="가나다라 -*|<>\t().1①#:[]【】\n", max_size=24)
    ),
    max_size=30,
).map("\n".join)


def bare(text: str) -> str:
    """A text without white space and marks of emphasis."""
    return "".join(sign for sign in text if not sign.isspace() and sign != "*")


def check(made: Document, blocks: tuple[Block, ...]) -> tuple[Fact, ...]:
    """Asserts all that facts promise, and gives them back."""
    text, found = made.text, facts_of(made, blocks)
    whole = Span(0, len(text))
    keys = [(f.span.start, f.span.end) for f in found]
    assert keys == sorted(keys)
    for fact in found:
        places = (fact.span, *fact.parts, *fact.conditions, *([fact.label] if fact.label else []))
        assert all(whole.covers(span) for span in places)
        assert all(fact.span.covers(part) for part in fact.parts)
        assert len(fact.parts) != 1 and list(fact.parts) == sorted(fact.parts)
        assert 0 <= fact.block < len(blocks)
        first = Span(fact.span.start, fact.parts[0].end) if fact.parts else fact.span
        assert blocks[fact.block].span.covers(first)
        joins = [join for block in blocks for join in block.joins]
        said = [read(text, part, joins).text for part in fact.parts or (fact.span,)]
        assert bare("".join(said)) == bare(fact.value)
        assert fact.blank or len(fact.span)
        assert fact.attribute == fact.attribute.strip()
        if fact.cell is not None:
            table = blocks[fact.block].table
            assert table is not None and table.at(*fact.cell) is not None
        if fact.form in (Form.LABEL, Form.DEFINITION):
            assert fact.attribute and fact.label is not None
        if fact.form is Form.CLASS:
            assert all(fact.scope) and not fact.parts
    return found


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_facts_of_documents_built_from_pieces(text: str) -> None:
    made = document(text)
    check(made, outline(made))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_facts_of_any_text(text: str) -> None:
    made = document(text)
    check(made, outline(made))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_facts_of_any_web_page(pieces: list[str]) -> None:
    body = "".join(f"<p>{piece}</p>\n" for piece in pieces)
    made = document(f"<html><body><h1>가람 안내</h1>{body}</body></html>", title="가람 안내")
    for fact in facts_of(made, outline(made)):
        assert Span(0, len(made.text)).covers(fact.span)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_facts_are_a_function_of_the_document(text: str) -> None:
    made = document(text)
    assert facts_of(made, outline(made)) == facts_of(made, outline(made))


@pytest.mark.parametrize("made", load_folder([SEEDS]), ids=lambda made: made.id[:3])
def test_facts_of_the_seeds(made: Document) -> None:
    blocks = outline(made)
    found = check(made, blocks)
    assert len(found) > 40
    held = Counter(fact.form for fact in found)
    assert set(held) >= {Form.LABEL, Form.CELL, Form.ROW}


@pytest.mark.parametrize("made", load_folder([HERE / "corpus"]), ids=lambda made: made.id)
def test_facts_of_texts_of_many_kinds(made: Document) -> None:
    check(made, outline(made))


def test_time_grows_with_length() -> None:
    # Ten times the text gives ten times the facts: counted, not measured by the clock.
    piece = NOTICE.split("\n\n", 1)[1]
    one, ten = (len(facts(document(f"공고\n\n{piece * times}"))) for times in (1, 10))
    assert one * 9 <= ten <= one * 11
