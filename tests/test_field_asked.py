"""Questions on forms and notices: the value beside the label that is named, and nothing where the
place for it is left blank."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_forms import write_forms

from rag.assistant import Assistant
from rag.field_context import Context, context_of
from rag.field_value import Values
from rag.form import Field, Piece
from rag.index import build
from rag.loading import load
from rag.outline import outline
from rag.question.analysis import analyse
from rag.types import Answer, Reason, Span, Verdict


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


def _field(label: str, *runs: str, line: bool = False, keyed: bool = False) -> Field:
    """A field whose runs are texts, the cells of one parted by "|"."""
    cells = tuple(tuple(Piece(Span(0, 1), text) for text in run.split("|")) for run in runs)
    names = ("운전자금", label) if keyed else (label,)
    return Field(names, label, Span(0, 1), cells, line=line, keyed=keyed)


def _told(question: str, field: Field) -> str | None:
    told = Values(analyse(question)).told(field)
    return None if told is None else told[1]


LONG = "가람시 나래구 다온로 7에 있는 회관에서 " * 6


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        # Persons: a name, without the number beside it.
        ("담당자는 누구인가요?", _field("담당자", "한솔미(☎ 02-123-4567)"), "한솔미"),
        ("담당자는 누구인가요?", _field("담당자", "해양바이오산업육성과"), None),
        ("담당자는 누구인가요?", _field("담당자", "한솔미 " + LONG), None),
        # Ways to reach someone, of the sort that is asked for.
        ("전화번호는?", _field("문의처", "02-123-4567, a@b.kr"), "02-123-4567"),
        ("문의처 이메일은?", _field("문의처", "02-123-4567, a@b.kr"), "a@b.kr"),
        ("문의처 이메일은?", _field("문의처", "02-123-4567"), None),
        ("팩스 번호는?", _field("전화", "02-123-4567"), None),
        ("팩스 번호는?", _field("팩스", "02-123-4567"), "02-123-4567"),
        ("품목번호는 무엇인가요?", _field("품목번호", "가-17"), "가-17"),
        ("전화번호는 무엇인가요?", _field("전화번호", "가-17"), None),
        # Lists are read elsewhere but where one value numbers its items.
        ("서류를 모두 알려 주세요", _field("서류", "1. 신청서 2. 계획서"), "신청서; 계획서"),
        ("서류를 모두 알려 주세요", _field("서류", "신청서, 계획서"), None),
        ("서류를 모두 알려 주세요", _field("서류", "신청서"), None),
        ("서류를 모두 알려 주세요", _field("서류", "신청서", line=True), "신청서"),
        ("서류를 모두 알려 주세요", _field("서류", "신청서, 계획서", line=True), None),
        # A way is told under its name alone; "어떻게 되나요" asks for none.
        ("어떻게 신청하나요?", _field("신청방법", "누리집"), "누리집"),
        ("어떻게 신청하나요?", _field("신청장소", "누리집"), None),
        ("신청장소가 어떻게 되나요?", _field("신청장소", "누리집"), "누리집"),
        # Amounts: the value, what stands for one, the part of a longer line.
        ("수수료는 얼마인가요?", _field("수수료", "무료"), "수수료 무료"),
        ("수수료는 얼마인가요?", _field("수수료", "전액 면제"), "전액 면제"),
        ("수수료는 얼마인가요?", _field("수수료", "별도로 정함"), None),
        ("모집인원은 몇 명인가요?", _field("모집인원", "약 70명 내외"), "약 70명 내외"),
        ("모집인원은 몇 명인가요?", _field("모집인원", "20억원"), None),
        ("점수는 몇 점인가요?", _field("점수", "30"), "30점"),
        ("한도는 얼마인가요?", _field("한도", "최대 5억원(보증 3억원)", line=True), "최대 5억원"),
        ("한도는 얼마인가요?", _field("한도", "기준 3"), "기준 3"),
        ("한도는 얼마인가요?", _field("한도", LONG + "5억원과 7억원"), None),
        (
            "총 사업비는 얼마인가요?",
            _field("사업비", "국비 3억원, 시비 4억원(총 7억원)"),
            "총 7억원",
        ),
        ("회의는 몇 시인가요?", _field("회의", "14:00"), "14:00"),
        ("몇 단계에서 몇 단계까지인가요?", _field("단계", "3 → 5"), "3 → 5"),
        # Dates: as they stand while they are short.
        (
            "접수기간은 언제인가요?",
            _field("접수기간", "2031. 3. 4. ~ 3. 28."),
            "2031. 3. 4. ~ 3. 28.",
        ),
        ("접수기간은 언제인가요?", _field("접수기간", "예산 소진 시까지"), "예산 소진 시까지"),
        ("접수기간은 언제인가요?", _field("접수기간", "가람구청"), None),
        (
            "접수기간은 언제인가요?",
            _field("접수기간", "2031. 3. 4.까지(" + LONG + ")"),
            "2031. 3. 4.까지",
        ),
        # Anything else: what is short, without its bullet.
        ("지원대상은 무엇인가요?", _field("지원대상", "○ 중소기업"), "중소기업"),
        ("지원대상은 무엇인가요?", _field("지원대상", LONG), None),
        ("지원대상은 무엇인가요?", _field("지원대상", "☐ 수출|☑ 내수"), "내수"),
        ("지원대상은 무엇인가요?", _field("지원대상", "☐ 수출|☐ 내수"), None),
        # What the question says itself is no answer but where it is a choice that it puts.
        ("지원대상은 중소기업인가요?", _field("지원대상", "중소기업"), None),
        ("서류는 필수인가요 선택인가요?", _field("구분(필수/선택)", "필수", keyed=True), "필수"),
        ("서류는 필수인가요?", _field("구분(필수/선택)", "필수", keyed=True), None),
        # Of several runs the one that says most of the question.
        (
            "2차 접수처는 어디인가요?",
            _field("접수처", "1차|가람구청", "2차|나래구청"),
            "2차 나래구청",
        ),
    ],
)
def test_what_a_value_says_to_a_question(question: str, field: Field, value: str | None) -> None:
    assert _told(question, field) == value


def test_a_term_is_met_by_where_it_stands() -> None:
    context = Context(
        "새싹창업신청서", {"한도": 2}, "한도금리융자금", frozenset({"기업", "금"}), "가람지원사업"
    )
    assert context.holds("새싹 창업") == 1.0  # by the letters of a title
    assert context.holds("한도") == 1.0  # a word of the form
    assert context.holds("융자금") == 1.0  # a long word by the form's letters
    assert context.holds("금리") == 0.0  # a short one may be parts of others
    assert context.holds("기업") == 0.75
    assert context.holds("지원사업") == 0.75
    assert context.holds("지원") == 0.0
    assert context.holds("수출") == 0.0


def test_the_context_of_a_form_is_its_bullets_and_the_lines_above_it(tmp_path: Path) -> None:
    long = "가람 해양 과제를 맡을 기관을 뽑기 위하여 다음과 같이 알리며 " * 3
    rows = "<tr><td>성명</td><td>한솔미</td></tr>" * 2
    (tmp_path / "form.html").write_text(
        f"<html><head><title>가람 알림</title></head><body><h1>새싹 공고</h1><p>먼 줄</p>"
        f"<p>{long}</p><p>둘째 줄</p><p>첫째 줄</p><table>{rows}</table></body></html>",
        encoding="utf-8",
    )
    document = load(tmp_path / "form.html")
    blocks = outline(document)
    at = next(n for n, block in enumerate(blocks) if block.table is not None)
    context = context_of(document, blocks, at)
    assert "첫째줄" in context.titles and "둘째줄" in context.titles
    assert "새싹공고" in context.titles
    assert "해양과제" not in context.titles  # too long for a title
    assert "먼줄" not in context.titles  # too far above
    assert context.letters.count("한솔미") == 2
    assert context.own["성명"] == 2
    assert "가람알림" in context.head


def test_titles_are_short_and_above_no_other_table(tmp_path: Path) -> None:
    short, long = "가" * 70, "나" * 71
    rows = "<table><tr><td>성명</td><td>한솔미</td></tr><tr><td>부서</td><td>과</td></tr></table>"
    (tmp_path / "form.html").write_text(
        f"<html><body><h1>공고</h1><p>앞 표의 줄</p>{rows}<p>{short}</p><p>{long}</p>{rows}</body></html>",
        encoding="utf-8",
    )
    document = load(tmp_path / "form.html")
    blocks = outline(document)
    tables = [n for n, block in enumerate(blocks) if block.table is not None]
    assert len(tables) == 2
    titles = context_of(document, blocks, tables[1]).titles
    assert short in titles
    assert long not in titles
    assert "앞표의줄" not in titles


def test_a_particle_behind_a_sign_ends_a_label(forms: Assistant) -> None:
    """Kiwi takes the particle behind "Ⅰ" for a noun."""
    for particle in ("은", "는", "이", "가"):
        answer = forms.ask(f"가람 해양 과제 기술분류 대분류Ⅰ{particle} 뭐예요?")
        assert answer.short_answer == "해양소재", particle
