"""Questions on forms and notices: the value beside the label that is named, and nothing where the
place for it is left blank."""

from __future__ import annotations

import pytest
from made_forms import write_forms

from rag.assistant import Assistant
from rag.index import build
from rag.types import Answer, Reason, Verdict


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("forms")
    (folder / "files").mkdir()
    write_forms(folder / "files")
    build([folder / "files"], folder / "index")
    return Assistant.open(folder / "index")


def _quoted(forms: Assistant, answer: Answer) -> str:
    cited = answer.citations[0]
    return forms.document(cited.file).text[cited.span.start : cited.span.end]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        # Pairs in one row, a label over labels, a label above its value.
        ("가람 해양 과제의 과제번호는 무엇인가요?", "2031-가람-07"),
        ("가람 해양 과제의 물결프로젝트 세부기술은 무엇인가요?", "저온 배양 공정 고도화 기술"),
        ("가람 해양 과제 물결프로젝트 분야가 뭐예요?", "해양바이오"),
        ("가람 해양 과제 기술분류 대분류Ⅰ은 무엇인가요?", "해양소재"),
        # Ticked boxes.
        ("가람 해양 과제의 지원유형은 무엇인가요?", "도약형"),
        # Lines inside a cell; the sum in brackets behind the year's amount.
        ("가람 해양 과제 주관기관은 어떤 기업인가요?", "중소기업"),
        ("가람 해양 과제의 총 정부지원금은 얼마인가요?", "12억원 이내"),
        # Several values behind one label.
        ("가람 해양 과제 제안서의 담당 부서는 어디인가요?", "바다혁신과"),
        ("가람 해양 과제 제안서 책임자는 누구인가요?", "과 장 한솔미"),
        ("가람 해양 과제 담당 사무관 전화번호 알려 주세요", "099-555-0102"),
        # What a form says although nothing is filled in.
        ("새싹 창업 지원사업 신청서의 수수료는 얼마예요?", "수수료 없음"),
        ("새싹 창업 지원사업 신청서 첨부서류는 뭐예요?", "사업계획서; 통장 사본"),
        ("새싹 창업 지원사업 신청서 처리기간은 며칠인가요?", "14일"),
        # Lines of a notice, by label and by what it means.
        ("한빛 수출바우처 모집기간은 언제까지인가요?", "2031. 3. 4.(화) ~ 3. 28.(금) 18:00까지"),
        ("한빛 수출바우처는 몇 개사를 뽑나요? 모집규모를 알려 주세요", "40개사 내외"),
        ("한빛 수출바우처 설명회는 어디에서 하나요?", "한빛회관 2층 대강당"),
        ("한빛 수출바우처 설명회 일시는?", "2031. 3. 11.(화) 14:00"),
        ("한빛 수출바우처 문의처 전화번호는?", "099-555-0199"),
        # Column headers in two rows; two columns.
        ("다온연구소 행정직 근무지는 어디인가요?", "노을시"),
        ("가람 무역실무 교육은 어디에서 하나요?", "가람연수원 302호"),
        ("가람 무역실무 교육 인원은 몇 명인가요?", "25명"),
        ("가람 무역실무 교육비는 얼마인가요?", "무료"),
    ],
)
def test_value_beside_the_label_answers(forms: Assistant, question: str, value: str) -> None:
    answer = forms.ask(question)
    assert answer.verdict is Verdict.ANSWERED
    assert value in (answer.short_answer or "")
    assert len(answer.short_answer or "") <= len(value) + 12
    said = "".join(_quoted(forms, answer).split())
    assert all("".join(part.split()) in said for part in value.replace("; ", " ").split())


@pytest.mark.parametrize(
    "question",
    [
        "새싹 창업 지원사업 신청서에 적힌 업체명은 무엇인가요?",
        "새싹 창업 지원사업 신청서의 접수번호는 몇 번인가요?",
        "새싹 창업 지원사업 신청서 신청인 전화번호는 무엇인가요?",
        "새싹 창업 지원사업 신청서에 적힌 신청금액은 얼마인가요?",
        "새싹 창업 지원사업 신청서의 시작일은 언제인가요?",
        "새싹 창업 지원사업 신청서의 동의 여부는 무엇으로 표시되어 있나요?",
        "가람 해양 과제 기술분류 대분류Ⅱ는 무엇인가요?",
        "가람 무역실무 교육 준비물은 무엇인가요?",
        "다온연구소 기술직 근무지는 어디인가요?",
    ],
)
def test_place_left_blank_is_not_stated(forms: Assistant, question: str) -> None:
    answer = forms.ask(question)
    assert (answer.verdict, answer.reason) == (Verdict.NOT_FOUND, Reason.NOT_STATED)
    assert answer.short_answer is None


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("가람 해양 과제 담당 부서의 팩스 번호는?", "바다혁신과"),
        ("한빛 수출바우처 지원대상은 언제 발표하나요?", "중소기업"),
        ("한빛 수출바우처 면접은 언제 보나요?", "2031"),
    ],
)
def test_label_alone_makes_no_answer(forms: Assistant, question: str, wrong: str) -> None:
    """A field is no answer where something else of it is asked for."""
    assert wrong not in (forms.ask(question).short_answer or "")


@pytest.mark.parametrize(
    "question",
    [
        "새싹 창업 지원사업 접수기간은?",  # the form has a 처리기간
        "가람 무역실무 교육 신청기간은 언제인가요?",  # a 교육기간
        "한빛 수출바우처 협약기간은 언제까지인가요?",  # a 모집기간
    ],
)
def test_field_of_the_same_sort_is_no_answer(forms: Assistant, question: str) -> None:
    answer = forms.ask(question)
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.short_answer is None
