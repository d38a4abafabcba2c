"""Made-up Korean forms and notices, as staff meet them: blank and filled forms, a recruitment notice
and a course. No name, number or office in them is real."""

from __future__ import annotations

from pathlib import Path

from hancom_files import cell, hwpx, p, section, table


def _row(number: int, *cells: tuple[int, str, int, int]) -> list[str]:
    """Cells of one row: (column, text, row span, column span); lines are paragraphs."""
    return [
        cell(number, column, *map(p, text.split("\n")), spans=(rows, columns))
        for column, text, rows, columns in cells
    ]


BLANK = [
    _row(0, (0, "■ 새싹 창업 지원 요령 [별지 제3호서식]", 1, 5)),
    _row(1, (0, "새싹 창업 지원사업 신청서", 1, 5)),
    _row(2, (0, "접수번호", 1, 1), (1, "", 1, 1), (2, "접수일", 1, 1), (3, "처리기간 14일", 1, 2)),
    _row(3, (0, "신청인", 3, 1), (1, "업체명", 1, 1), (2, "", 1, 1), (3, "대표자", 1, 1), (4, "", 1, 1)),
    _row(4, (1, "소재지", 1, 1), (2, "", 1, 3)),
    _row(5, (1, "전화번호", 1, 1), (2, "", 1, 1), (3, "전자우편", 1, 1), (4, "", 1, 1)),
    _row(6, (0, "신청금액", 1, 1), (1, "원", 1, 4)),
    _row(7, (0, "시작일", 1, 1), (1, "년   월   일", 1, 4)),
    _row(8, (0, "동의 여부", 1, 1), (1, "[ ] 동의함", 1, 2), (3, "[ ] 동의하지 않음", 1, 2)),
    _row(9, (0, "첨부서류", 1, 1), (1, "1. 사업계획서\n2. 통장 사본", 1, 3), (4, "수수료 없음", 1, 1)),
]  # fmt: skip
"""An application form as it is handed out: nothing filled in but the fee, the time and what to add."""

_LINES = """ ㅇ 연구기간 : 33개월 이내(1차년도 : 9개월, 2차년도 : 12개월)
 ㅇ 정부지원금 : ’31년 3.5억원 이내(총 정부지원금 12억원 이내)
 ㅇ 주관기관 : 중소기업"""
FILLED = [
    _row(0, (0, "과제번호", 1, 1), (1, "2031-가람-07", 1, 2), (3, "기술분류", 2, 1), (4, "대분류Ⅰ", 1, 1), (5, "대분류Ⅱ", 1, 1)),
    _row(1, (0, "지원유형", 1, 1), (1, "☐ 기반형", 1, 1), (2, "☑ 도약형", 1, 1), (4, "해양소재", 1, 1), (5, "", 1, 1)),
    _row(2, (0, "물결프로젝트 (해당)", 3, 1), (1, "분야", 1, 1), (2, "해양바이오", 1, 4)),
    _row(3, (1, "과제", 1, 1), (2, "미세조류 대량 배양 기술", 1, 4)),
    _row(4, (1, "세부기술", 1, 1), (2, "저온 배양 공정 고도화 기술", 1, 4)),
    _row(5, (0, "4. 지원기간/예산", 1, 2), (2, "", 1, 4)),
    _row(6, (0, _LINES, 1, 6)),
]  # fmt: skip
"""A filled form: ticks, labels over labels, a label above its value, lines in a cell."""

CONTACTS = [
    _row(0, (0, "담당 부서", 2, 1), (1, "바다혁신과", 2, 1),
         (2, "책임자", 1, 1), (3, "과 장", 1, 1), (4, "한솔미", 1, 1), (5, "(099-555-0101)", 1, 1)),
    _row(1, (2, "담당자", 1, 1), (3, "사무관", 1, 1), (4, "도하늘", 1, 1), (5, "(099-555-0102)", 1, 1)),
]  # fmt: skip

HIRING = [
    _row(0, (0, "채용분야", 2, 1), (1, "채용인원", 1, 2), (3, "근무지", 2, 1)),
    _row(1, (1, "신입", 1, 1), (2, "경력", 1, 1)),
    _row(2, (0, "연구직", 1, 1), (1, "3명", 1, 1), (2, "2명", 1, 1), (3, "푸른시", 1, 1)),
    _row(3, (0, "행정직", 1, 1), (1, "1명", 1, 1), (2, "4명", 1, 1), (3, "노을시", 1, 1)),
    _row(4, (0, "기술직", 1, 1), (1, "5명", 1, 1), (2, "6명", 1, 1), (3, "", 1, 1)),
]  # fmt: skip

NOTICE = """한빛 수출바우처 참여기업 모집 공고

제1장 사업 개요

1. 모집 내용
가. 모집기간 : 2031. 3. 4.(화) ~ 3. 28.(금) 18:00까지
나. 모집규모 : 40개사 내외
다. 지원대상 : 전년도 수출액 10만 달러 이상인 중소기업
라. 지원한도 : 기업당 최대 3,000만원

2. 설명회
가. 일 시 : 2031. 3. 11.(화) 14:00
나. 장 소 : 한빛회관 2층 대강당

제2장 신청

1. 신청 안내
가. 신청방법 : 누리집에서 온라인 신청(우편 접수 불가)
나. 제출서류
  1) 사업계획서 1부
  2) 수출실적 증명서 1부
다. 문의처 : 한빛수출지원센터(☎ 099-555-0199, help@hanbit.example)
"""

COURSE = """<html><head><title>가람 무역실무 교육 안내</title></head><body>
<h1>가람 무역실무 교육 안내</h1>
<table><tr><th>항목</th><th>내용</th></tr>
<tr><td>교육기간</td><td>2031. 5. 12. ~ 5. 16.(5일)</td></tr>
<tr><td>교육장소</td><td>가람연수원 302호</td></tr>
<tr><td>교육비</td><td>무료</td></tr>
<tr><td>교육인원</td><td>25명</td></tr>
<tr><td>준비물</td><td></td></tr></table></body></html>
"""


def write_forms(folder: Path) -> None:
    """All of them as files of a folder."""
    (folder / "blank.hwpx").write_bytes(
        hwpx(section(p("새싹 창업 지원사업 안내"), p(table(BLANK))))
    )
    (folder / "filled.hwpx").write_bytes(
        hwpx(section(p("가람 해양 과제 제안서"), p(table(FILLED)), p(table(CONTACTS))))
    )
    (folder / "hiring.hwpx").write_bytes(
        hwpx(section(p("다온연구소 직원 채용 공고"), p(table(HIRING))))
    )
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "course.html").write_text(COURSE, encoding="utf-8")
