"""The fact inside a passage: amounts, dates, names and lists, from hand-made documents."""

from __future__ import annotations

import pytest

from rag.extraction import Extract, _asks_for_all, extract
from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.types import Passage

LINES = (
    "설비 자금은 업체당 최대 5억원까지, 운전 자금은 최대 2억원까지 융자한다.",
    "신청 접수는 2024년 3월 4일부터 시작하고 2024년 3월 29일까지 마감하며 결과는 2024년 5월 말에 발표한다.",
    "공동의장인 김지원 국토부 도시정책실장 및 박서준 환경부 물관리국장은 협의체를 상시 운영한다.",
    "추진단장에 조인호 한강대 공과대학 교수를 선임하였다.",
    "전국 상점가의 실태 조사는 소상공인연구원이 맡고 결과는 국회에 보고한다.",
    "인공지능 공장은 광주광역시에 짓고 시험 센터는 대전광역시에 둔다.",
    "지원 업종은 제조업, 건설업, 운수업 등이며 금융업은 제외한다.",
    "문의는 재도전상담실(02-123-4567)로 하고 신청은 누리집 www.example.go.kr에서 한다.",
    "교육 기간은 2024년 6월 8일부터 6월 26일까지이다.",
    "고금리가 길어지면서 이자 부담이 커졌기 때문에 상환 기간을 늘린다.",
)
LONG = " ".join(
    f"{i}차 회의에서는 지역 {name} 기업의 애로를 듣고 개선 과제 {i * 7}건을 정하여 부처에 전달하였다."
    for i, name in enumerate(
        ("섬유", "신발", "가구", "조선", "철강", "식품", "관광", "화장품"), start=1
    )
)
BULLETS = """□ 사람을 기르기 위한 과제
 - 재직자 교육
 - 청년 인턴
 - 강사 파견"""
TABLE = """구분\t한도\t대상
설비 자금\t5억원\t제조업체
운전 자금\t2억원\t수출 실적이 있는 중소기업, 창업기업, 여성기업
재기 자금\t1억원\t폐업 후 다시 창업한 사람 가운데 재도전 교육을 마치고 3년 안에 사업자등록을 한 상인에게 7년간 융자"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("extraction")
    parts = [f"{number}. 안내 {number}\n\n{line}" for number, line in enumerate(LINES, start=1)]
    parts.append(f"13. 과제\n\n{BULLETS}")
    text = "\n\n".join(["정책 안내", *parts, f"11. 회의 결과\n\n{LONG}", f"12. 자금\n\n{TABLE}"])
    source = folder / "guide.txt"
    source.write_text(text + "\n", encoding="utf-8")
    build([source], folder / "index")
    return open_index(folder / "index")


def passage_with(index: Index, words: str) -> Passage:
    return next(p for p in index.passages if words in p.text)


def ask(index: Index, question: str, words: str) -> Extract:
    asked = analyse(question, index.body.vocabulary)
    return extract(index, asked, passage_with(index, words))


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("설비 자금은 얼마까지 융자하나요?", "업체당", "최대 5억원까지"),
        ("운전 자금은 얼마까지 융자하나요?", "업체당", "최대 2억원까지"),
        ("접수는 언제까지인가요?", "신청 접수", "2024년 3월 29일까지"),
        ("접수는 언제 시작하나요?", "신청 접수", "2024년 3월 4일부터"),
        ("교육은 언제까지 받나요?", "교육 기간", "6월 26일까지"),
        ("교육은 언제부터 받나요?", "교육 기간", "2024년 6월 8일부터"),
        ("결과는 언제 발표하나요?", "신청 접수", "2024년 5월 말"),
        ("추진단장은 누구인가요?", "추진단장", "조인호"),
        ("실태 조사는 어느 기관이 맡나요?", "실태 조사", "소상공인연구원"),
        ("인공지능 공장은 어디에 짓나요?", "인공지능 공장", "광주광역시"),
        ("재도전상담실 전화번호가 뭐예요?", "재도전상담실", "02-123-4567"),
        ("신청 누리집 주소가 뭐예요?", "재도전상담실", "www.example.go.kr"),
    ],
)
def test_the_fact_nearest_to_the_question(
    index: Index, question: str, words: str, expected: str
) -> None:
    assert ask(index, question, words).value == expected


def test_the_items_of_a_list(index: Index) -> None:
    found = ask(index, "지원 업종을 모두 알려 주세요", "지원 업종")
    assert found.value == "제조업; 건설업; 운수업"


def test_all_the_people_that_are_asked_for(index: Index) -> None:
    found = ask(index, "공동의장 두 사람은 누구누구인가요?", "공동의장")
    assert found.value == "김지원; 박서준"


def test_a_person_that_the_question_names_is_not_the_answer(index: Index) -> None:
    found = ask(index, "김지원 실장과 함께 공동의장을 맡은 사람은 누구인가요?", "공동의장")
    assert found.value == "박서준"


def test_a_reason_is_the_clause_before_its_cue(index: Index) -> None:
    found = ask(index, "왜 상환 기간을 늘리나요?", "고금리")
    assert found.value.endswith("고금리가 길어지면서 이자 부담이 커졌기 때문")
    assert "이자 부담이 커졌기 때문에" in found.text


def test_what_the_passage_does_not_hold_is_not_made_up(index: Index) -> None:
    assert ask(index, "상환 기간은 몇 퍼센트 늘어나나요?", "고금리").value == ""
    assert ask(index, "상담은 누가 하나요?", "재도전상담실").value == ""


def test_the_text_is_a_slice_of_the_source_and_holds_the_fact(index: Index) -> None:
    source = index.documents[0].text
    for question, words in (
        ("설비 자금은 얼마까지 융자하나요?", "업체당"),
        ("5차 회의에서는 과제를 몇 건 정했나요?", "5차 회의"),
        ("실태 조사는 어느 기관이 맡나요?", "실태 조사"),
    ):
        found = ask(index, question, words)
        raw = source[found.span.start : found.span.end]
        assert "".join(raw.split()) == "".join(found.text.split())
        assert found.value in found.text


def test_a_long_passage_is_narrowed_to_the_sentence_of_the_fact(index: Index) -> None:
    asked = analyse("5차 회의에서는 과제를 몇 건 정했나요?", index.body.vocabulary)
    text = index.documents[0].text
    first, last = text.index("1차 회의"), text.index("12. 자금")
    sentences = [p for p in index.passages if first <= p.span.start < last]
    whole = Passage(
        id="guide.txt#0",
        file="guide.txt",
        span=type(sentences[0].span)(first, last),
        path=(),
        kind=sentences[0].kind,
        text=LONG,
        blocks=(sentences[0].blocks[0], sentences[-1].blocks[1]),
    )
    found = extract(index, asked, whole)
    assert found.value == "35건"
    assert (
        found.text
        == "5차 회의에서는 지역 철강 기업의 애로를 듣고 개선 과제 35건을 정하여 부처에 전달하였다."
    )


def test_a_short_cell_is_the_fact_and_its_row_the_quotation(index: Index) -> None:
    found = ask(index, "설비 자금의 한도는 얼마인가요?", "설비 자금 5억원")
    assert found.value == "5억원"
    assert found.text == "설비 자금 5억원 제조업체"
    quoted = [index.documents[0].text[s.start : s.end] for s in found.headers]
    assert any("한도" in text for text in quoted)


def test_a_cell_that_lists_gives_its_items(index: Index) -> None:
    found = ask(index, "운전 자금의 대상을 모두 알려 주세요", "운전 자금 2억원")
    assert found.value == "수출 실적이 있는 중소기업; 창업기업; 여성기업"


def test_a_long_cell_is_searched_for_the_value(index: Index) -> None:
    found = ask(index, "재기 자금은 몇 년간 융자하나요?", "재기 자금")
    assert found.value == "7년간"


def test_bullets_below_a_line_are_its_items(index: Index) -> None:
    passage = next(p for p in index.passages if "기르기 위한" in p.text)
    found = extract(index, analyse("사람을 기르기 위한 과제를 모두 알려 주세요"), passage)
    assert found.value == "재직자 교육; 청년 인턴; 강사 파견"
    assert "강사 파견" in found.text


def test_what_a_section_says_has_no_short_answer() -> None:
    assert _asks_for_all(analyse("AI 도입의 주요 쟁점 및 이슈는 무엇인가요?"))
    assert _asks_for_all(analyse("세계경제 전망은 어떤가요?"))
    assert not _asks_for_all(analyse("재생의료가 뭐예요?"))
    assert not _asks_for_all(analyse("지원 방안을 발표한 기관은 어디인가요?"))
