"""Forms read as fields: which cell is a label, what stands beside it, what is left blank."""

from __future__ import annotations

from pathlib import Path

import made_forms
import pytest
from hancom_files import hwpx, p, section, table
from hypothesis import given
from hypothesis import strategies as st

from rag.form import Field, fields_of, shown
from rag.form_words import flat, is_blank, is_field, is_label, own_value, plain_label, ticked
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


def test_spans_of_fields_are_those_of_the_source(tmp_path: Path) -> None:
    path = tmp_path / "form.hwpx"
    path.write_bytes(hwpx(section(p("서식"), p(table(made_forms.FILLED)))))
    document = load(path)
    block = next(b for b in outline(document) if b.table is not None)
    for field in fields_of(document, block):
        label = document.text[field.label.start : field.label.end]
        assert flat(label).startswith(flat(field.written)[:2])
        for piece in (piece for run in field.runs for piece in run):
            assert flat(document.text[piece.span.start : piece.span.end]) == flat(piece.text)
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
    ],
)
def test_what_leaves_a_place_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


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
