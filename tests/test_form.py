"""Forms read as fields: which cell is a label, what stands beside it, what is left blank."""

from __future__ import annotations

from pathlib import Path

import made_forms
import pytest
from hancom_files import cell, hwpx, p, section, table
from hypothesis import given
from hypothesis import strategies as st

from rag.form import Field, Piece, fields_of, shown
from rag.form_words import is_blank, is_field, is_label, letters, own_value, plain_label, ticked
from rag.loading import load
from rag.outline import outline
from rag.types import Span


def _fields(folder: Path, rows: list[list[str]]) -> tuple[Field, ...]:
    path = folder / "form.hwpx"
    path.write_bytes(hwpx(section(p("서식"), p(table(rows)))))
    document = load(path)
    block = next(b for b in outline(document) if b.table is not None)
    return fields_of(document, block)


def _told(fields: tuple[Field, ...]) -> dict[tuple[str, ...], list[str]]:
    return {field.names: [shown(run) for run in field.runs] for field in fields}


def test_labels_of_a_blank_form_state_nothing(tmp_path: Path) -> None:
    fields = _told(_fields(tmp_path, made_forms.BLANK))
    assert {names: told for names, told in fields.items() if told} == {
        ("처리기간",): ["14일"],
        ("첨부서류",): ["1. 사업계획서 2. 통장 사본"],
        ("수수료",): ["없음"],
    }
    assert set(fields) >= {
        ("접수번호",),
        ("접수일",),
        ("신청인", "업체명"),
        ("신청인", "대표자"),
        ("신청인", "소재지"),
        ("신청인", "전화번호"),
        ("신청인", "전자우편"),
        ("신청금액",),
        ("시작일",),
        ("동의 여부",),
    }


def test_merged_labels_ticks_and_lines_of_a_filled_form(tmp_path: Path) -> None:
    assert _told(_fields(tmp_path, made_forms.FILLED)) == {
        ("과제번호",): ["2031-가람-07"],
        ("기술분류", "대분류Ⅰ"): ["해양소재"],
        ("기술분류", "대분류Ⅱ"): [],
        ("지원유형",): ["도약형"],
        ("물결프로젝트", "분야"): ["해양바이오"],
        ("물결프로젝트", "과제"): ["미세조류 대량 배양 기술"],
        ("물결프로젝트", "세부기술"): ["저온 배양 공정 고도화 기술"],
        ("지원기간/예산",): [
            "ㅇ 연구기간 : 33개월 이내(1차년도 : 9개월, 2차년도 : 12개월) "
            "ㅇ 정부지원금 : ’31년 3.5억원 이내(총 정부지원금 12억원 이내) ㅇ 주관기관 : 중소기업"
        ],
        ("연구기간",): ["33개월 이내(1차년도 : 9개월, 2차년도 : 12개월)"],
        ("1차년도",): ["9개월"],
        ("2차년도",): ["12개월"],
        ("정부지원금",): ["’31년 3.5억원 이내(총 정부지원금 12억원 이내)"],
        ("주관기관",): ["중소기업"],
    }


Cell = str | tuple[str, int, int]
"""A text, or a text with the rows and columns that it spans."""


def _table(folder: Path, rows: list[list[Cell]], heads: int = 1) -> tuple[Field, ...]:
    """The fields of a table of a web page whose first rows are column headers."""
    made = "<html><body><h1>표</h1><table>"
    for number, row in enumerate(rows):
        tag = "th" if number < heads else "td"
        made += "<tr>"
        for one in row:
            text, down, across = (one, 1, 1) if isinstance(one, str) else one
            made += f'<{tag} rowspan="{down}" colspan="{across}">{text}</{tag}>'
        made += "</tr>"
    path = folder / "table.html"
    path.write_text(f"{made}</table></body></html>", encoding="utf-8")
    document = load(path)
    block = next(b for b in outline(document) if b.table is not None)
    return fields_of(document, block)


def test_cells_of_data_have_the_names_of_their_row_and_column(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["자금", "한도(만원)", "금리", "상환"],
        ["운전자금", "500", "2.5%", "3년"],
        ["시설자금", "1,000", "-", ""],
    ]
    found = _table(tmp_path, rows)
    assert all(field.keyed and not field.line for field in found)
    assert _told(found) == {
        ("운전자금", "금리"): ["2.5%"],
        ("운전자금", "상환"): ["3년"],
        ("시설자금", "상환"): [],  # left blank, while "-" says that there is none
    }


def test_rows_with_numbers_are_named_by_what_follows(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["연번", "과제", "예산"],
        ["1", "바다숲", "3억원"],
        ["2", "하늘길", "5억원"],
    ]
    assert _told(_table(tmp_path, rows)) == {
        ("바다숲", "예산"): ["3억원"],
        ("하늘길", "예산"): ["5억원"],
    }


def test_names_of_data_inside_others_and_headers_in_two_rows(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["기업", "자금", "금리", "기간"],
        [("중소기업", 2, 1), "운전자금", "2.5%", "3년"],
        ["시설자금", "3.0%", ("5년", 2, 1)],
        [("대기업", 1, 2), "4.0%"],
        ["중견기업", "설비자금", ("해당 없음", 1, 2)],
    ]
    assert _told(_table(tmp_path, rows)) == {
        ("운전자금", "금리"): ["2.5%"],
        ("운전자금", "기간"): ["3년"],
        ("시설자금", "금리"): ["3.0%"],
        ("대기업", "금리"): ["4.0%"],
        ("중견기업", "자금"): ["설비자금"],
    }  # what holds several rows or columns is of none of them alone
    deep: list[list[Cell]] = [
        ["자금", ("조건", 1, 2)],
        ["이름", "금리", "기간"],
        ["운전자금", "2.5%", "3년"],
    ]
    assert set(_told(_table(tmp_path, deep, heads=2))) == {
        ("운전자금", "금리"),
        ("운전자금", "기간"),
    }


def test_a_first_row_that_states_something_heads_no_data(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["담당자", "02-123-4567", "직급"],
        ["성명", ("한솔미", 1, 2)],
        ["부서", ("재정과", 1, 2)],
        ["전공", ("경제", 1, 2)],
    ]
    assert _told(_table(tmp_path, rows)) == {
        ("담당자",): ["02-123-4567"],
        ("직급",): [],
        ("성명",): ["한솔미"],
        ("부서",): ["재정과"],
        ("전공",): ["경제"],
    }
    even: list[list[Cell]] = [
        ["담당자", "02-123-4567", "직급"],
        ["성명", "한솔미", "과장"],
        ["부서", "재정과", "국장"],
    ]
    assert {field.names for field in _table(tmp_path, even) if field.keyed} >= {("성명", "직급")}


def test_two_columns_are_a_form_and_their_header_no_field(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["항목", "내용"], ["접수기간", "3월"], ["제출처", "우편"]]
    assert _told(_table(tmp_path, rows)) == {("접수기간",): ["3월"], ("제출처",): ["우편"]}


def _row(number: int, *cells: str) -> list[str]:
    """A row of a form; a text that begins with a figure and "|" is that many columns wide."""
    made, column = [], 0
    for text in cells:
        wide, _, told = text.rpartition("|")
        made.append(cell(number, column, p(told), spans=(1, int(wide or 1))))
        column += int(wide or 1)
    return made


def test_a_label_over_its_value(tmp_path: Path) -> None:
    rows = [
        _row(0, "4|가람구 지원금 신청서"),
        _row(1, "성명", "한솔미", "주소", "전화번호"),
        _row(2, "2|", "가람시 나래구 다온로 7", "02-123-4567"),
        _row(3, "4|결정 사유"),
        _row(4, "4|서류가 모자라 돌려보낸다."),
        _row(5, "4|검토 내용"),
        _row(6, "4|위와 같이 신청합니다"),
        _row(7, "비고", "", "인원", ""),
        _row(8, "재고량", "", "규격", ""),
    ]
    assert _told(_fields(tmp_path, rows)) == {
        ("성명",): ["한솔미"],
        ("주소",): ["가람시 나래구 다온로 7"],
        ("전화번호",): ["02-123-4567"],
        ("결정 사유",): ["서류가 모자라 돌려보낸다."],
        ("검토 내용",): [],
        ("비고",): [],
        ("인원",): [],  # what stands under a place left blank is not its value
        ("재고량",): [],
        ("규격",): [],
    }


def test_lines_inside_a_value_are_named_by_its_label_too(tmp_path: Path) -> None:
    lines = cell(0, 1, p("한도 : 5억원"), p("금리 : 연 2%"))
    found = _fields(tmp_path, [[cell(0, 0, p("지원내용")), lines]])
    assert _told(found)[("지원내용", "한도")] == ["5억원"]
    assert _told(found)[("지원내용", "금리")] == ["연 2%"]


def test_values_of_several_rows_and_the_words_that_begin_them(tmp_path: Path) -> None:
    assert _told(_fields(tmp_path, made_forms.CONTACTS)) == {
        ("담당 부서",): ["바다혁신과"],
        ("담당 부서", "책임자"): ["과 장 한솔미 (099-555-0101)"],
        ("담당 부서", "책임자", "과 장"): ["한솔미 (099-555-0101)"],
        ("담당 부서", "담당자"): ["사무관 도하늘 (099-555-0102)"],
        ("담당 부서", "담당자", "사무관"): ["도하늘 (099-555-0102)"],
    }


def test_large_tables_are_no_forms(tmp_path: Path) -> None:
    assert _table(tmp_path, [["성명", "한솔미"]] * 350, heads=0) != ()
    assert _table(tmp_path, [["성명", "한솔미"]] * 351, heads=0) == ()


@pytest.mark.parametrize(
    ("line", "names", "value"),
    [
        ("◇ 모집인원 : 약 70명", ("모집인원",), "약 70명"),
        ("2) 접수처： 가람구청 2층", ("접수처",), "가람구청 2층"),
        ("나. 모집 규모 : 40개사", ("모집 규모",), "40개사"),
        ("문의(전화: 02-123-4567, 팩스: 02-123-4568)는 낮에", ("전화",), "02-123-4567"),
    ],
)
def test_lines_of_a_notice(tmp_path: Path, line: str, names: tuple[str, ...], value: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(f"가람구 알림\n\n{line}\n", encoding="utf-8")
    document = load(path)
    found = [f for block in outline(document) for f in fields_of(document, block)]
    assert _told(tuple(found))[names] == [value]
    assert all(field.line for field in found)


@pytest.mark.parametrize(
    "line",
    [
        "모집인원 :",  # what is announced may follow below
        "주소는 http://www.example.kr 이다",
        "그는 말했다: 예산을 늘린다",
        "제출처 : (서명 또는 인)",
    ],
)
def test_lines_of_prose_are_no_fields(tmp_path: Path, line: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(f"가람구 알림\n\n{line}\n", encoding="utf-8")
    document = load(path)
    assert [f for block in outline(document) for f in fields_of(document, block)] == []


def test_what_is_shown_of_boxes_and_of_cells() -> None:
    def pieces(*texts: str) -> list[Piece]:
        return [Piece(Span(0, 1), text) for text in texts]

    assert shown(pieces("한솔미", "과장")) == "한솔미 과장"
    assert shown(pieces("☑ 수출", "☐ 내수", "☑ 조달")) == "수출; 조달"
    assert shown(pieces("☐ 수출", "☐ 내수")) == ""
    assert shown(()) == ""


def test_spans_of_fields_are_those_of_the_source(tmp_path: Path) -> None:
    path = tmp_path / "form.hwpx"
    path.write_bytes(hwpx(section(p("서식"), p(table(made_forms.FILLED)))))
    document = load(path)
    block = next(b for b in outline(document) if b.table is not None)
    for field in fields_of(document, block):
        label = document.text[field.label.start : field.label.end]
        assert letters(label).startswith(letters(field.written)[:2])
        for piece in (piece for run in field.runs for piece in run):
            assert letters(document.text[piece.span.start : piece.span.end]) == letters(piece.text)
            assert block.span.covers(Span(piece.span.start, piece.span.end))


@pytest.mark.parametrize(
    "text",
    [
        "접수기간",
        "담당 부서",
        "성 명",
        "E-mail",
        "4. 지원기간/예산",
        "사업자등록번호(법인)",
        "중분류Ⅱ",
        "제출처",
        "1. 성명",
        "가나다라마바사아자차카타명칭",  # fourteen letters
    ],
)
def test_names_of_fields(text: str) -> None:
    assert is_label(text)
    assert is_field(text)


@pytest.mark.parametrize(
    "text",
    [
        "거대공공연구정책과",
        "02-123-4567",
        "2031. 3. 4.",
        "☑ 수출",
        "위와 같이 신청합니다.",
        "서기관",
        "고기능성 혁신형 의약품 고도화 기술",
        "가나다라마바사아자차카타파명칭",
        "명",
        "성명은 한솔미",
    ],
)
def test_values_are_no_names_of_fields(text: str) -> None:
    assert not is_field(text)


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        ("년   월   일", True),
        ("(서명 또는 인)", True),
        ("[ ] 생산", True),
        ("□ 동의함", True),
        ("(팩스번호: )", True),
        ("원", True),
        ("[√] 생산", False),
        ("☑ 동의함", False),
        ("2031년 3월 4일", False),
        ("3명", False),
        ("한솔미", False),
        ("-", False),
        ("성 명 :", True),
        ("[ ] 국내 [√] 국외", False),
        ("3 명", False),
        ("제1 회 일 시", False),
        ("---", False),
        ("20  년  월  일", False),
        ("~", True),
        ("□ " + "가" * 58, True),
        ("□ " + "가" * 59, False),
    ],
)
def test_what_leaves_a_place_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


def test_beside_a_value_more_words_name_a_field() -> None:
    for text in ("분야", "세부 과제", "주관"):
        assert is_field(text, beside=True)
        assert not is_field(text)
    assert is_field("가나다라마바사아자차카타파명칭", beside=True)
    assert not is_field("한솔미", beside=True)


def test_labels_are_short_and_state_nothing() -> None:
    assert is_label("가" * 30)
    assert not is_label("가" * 31)
    assert is_label("가나")
    assert is_label("1. 가나")
    assert not is_label("1. 가")
    for text in (
        "가",
        "예산은 늘었다",
        "접수합니다.",
        "2031. 3.",
        "제3조",
        "☐ 수출",
        "금액:원화",
        "년 월 일",
    ):
        assert not is_label(text), text


def test_a_round_bullet_is_no_open_box() -> None:
    assert not is_blank("○ 중소기업")
    assert shown([Piece(Span(0, 1), "○ 중소기업")]) == "○ 중소기업"
    assert shown([Piece(Span(0, 1), "○ 예"), Piece(Span(0, 1), "● 아니오")]) == "아니오"


def test_label_and_value_in_one_cell() -> None:
    assert own_value("수수료 없음") == ("수수료", "없음")
    assert own_value("처리기간 3일 이내") == ("처리기간", "3일 이내")
    assert own_value("제품 없음") is None  # no name of a field
    assert own_value("수수료") is None


def test_labels_without_number_and_remark() -> None:
    assert plain_label("4. 지원기간/예산 :") == "지원기간/예산"
    assert plain_label("초격차프로젝트 (해당)") == "초격차프로젝트"
    assert plain_label("(해당)") == "(해당)"  # nothing would be left


@given(st.text(alphabet="가나다라마바사 ", min_size=1, max_size=12), st.sampled_from("☑☒✔"))
def test_a_ticked_box_says_what_stands_behind_it(words: str, box: str) -> None:
    assert ticked(f"{box} {words}") == words.strip()
    assert ticked(f"☐ {words}") == ""


@given(
    st.sampled_from(["수수료", "처리기간", "모집 인원", "교육비용"]),
    st.sampled_from(["", " ", " : ", "  "]),
    st.sampled_from(["없음", "무료", "즉시", "해당 없음"])
    | st.integers(0, 99_999).map(lambda n: f"{n:,}원")
    | st.integers(1, 90).map(lambda n: f"약 {n}일 이내"),
)
def test_label_and_value_are_parted_where_a_blank_parts_them(
    label: str, between: str, value: str
) -> None:
    told = own_value(f"{label}{between}{value}")
    assert told == ((label, value) if between.endswith(" ") else None)
