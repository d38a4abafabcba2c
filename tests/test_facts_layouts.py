"""Facts of short texts as real notices and reports lay them out, told by hand."""

from __future__ import annotations

import pytest
from fact_making import facts, notice, source

from rag.facts import Form


def labelled(body: str) -> list[tuple[str, str]]:
    return [(fact.attribute, fact.value) for fact in facts(notice(body), Form.LABEL)]


def classed(body: str) -> list[tuple[str, str]]:
    return [(fact.scope[0], fact.value) for fact in facts(notice(body), Form.CLASS)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Several pairs behind one label, each with a dash or in brackets of its own.
        (
            "○ 신청방법 : - 이메일 : help@example.org - 방문 : 가람시 1로 3",
            [
                ("신청방법", "- 이메일 : help@example.org - 방문 : 가람시 1로 3"),
                ("이메일", "help@example.org"),
                ("방문", "가람시 1로 3"),
            ],
        ),
        (
            "[고용 계수] (자동차) 6.3명 (선박) 2.1명 / [생산 계수] (자동차) 2.5배",
            [("고용 계수", "(자동차) 6.3명 (선박) 2.1명"), ("생산 계수", "(자동차) 2.5배")],
        ),
        # A note on the same line is no part of the value.
        ("○ 접수처 : 가람시 1로 3 ※ 신분증 지참", [("접수처", "가람시 1로 3")]),
        # Nothing but a blank parts a label from a value of its sort.
        ("▶ 문의처 경제과 02-123-4567", [("문의처", "경제과 02-123-4567")]),
        ("▶ 접수기간 2031. 3. 4. ~ 3. 28.", [("접수기간", "2031. 3. 4. ~ 3. 28.")]),
        ("▶ 문의처 안내판을 보십시오", []),
        ("▶ 융자한도 협의", []),
        # Bold words with a particle behind them are a subject.
        ("**중기부**는 융자를 마련한다.", []),
        ("- **(환경)** 5조원 확대", [("환경", "5조원 확대")]),
        # What a line announces stands below it.
        (
            "- 내는 서류는 다음과 같다.\n  · 등록증\n  · 계획서",
            [("내는 서류", "등록증\n계획서")],
        ),
        # Bold labels one behind the other.
        ("**주최** 가람시 / **주관** 가람진흥원", [("주최", "가람시"), ("주관", "가람진흥원")]),
        ("○ 이메일 접수 (help@example.org)", []),
        # The value of a name may begin with a label of its own.
        (
            "<신청방법>\n방문 접수 - 접수처 : 가람시청\n\n<신청기간>\n3. 4. ~ 3. 28.",
            [
                ("신청방법", "방문 접수 - 접수처 : 가람시청"),
                ("방문 접수", "접수처 : 가람시청"),
                ("신청기간", "3. 4. ~ 3. 28."),
            ],
        ),
        ("▶ 지원대상  지정과제 : 3개", [("지원대상", "지정과제 : 3개")]),
        (
            "▷ 신청방법 → 방문 접수 - 접수처 : 시청",
            [("신청방법", "방문 접수 - 접수처 : 시청"), ("접수처", "시청")],
        ),
        ("【지원 내용(금액)】 업체당 3억원", [("지원 내용", "업체당 3억원")]),
        # A line that goes on is no label of the rest of it.
        ("· 인공지능 관련 법제도 마련 및\n중소기업 지원", []),
    ],
)  # fmt: skip
def test_labels(body: str, expected: list[tuple[str, str]]) -> None:
    assert labelled(body) == expected


def test_a_note_behind_a_value_is_its_condition() -> None:
    made = notice("○ 접수처 : 가람시 1로 3 ※ 신분증 지참")
    (fact,) = facts(made, Form.LABEL)
    assert [source(made, span) for span in fact.conditions] == ["신분증 지참"]


def test_what_is_labelled_beside_a_label_does_not_hang_on_it() -> None:
    found = facts(notice("▶ 문의처 02-123-4567\n지원대상 : 청년\n신청방법 : 방문"), Form.LABEL)
    assert {fact.subject for fact in found} == {found[0].subject}
    assert [fact.attribute for fact in found] == ["문의처", "지원대상", "신청방법"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # What goes with the value before is no part of the next one's class.
        (
            "도입 뒤 매출액 7.7% 증가, 산업재해 18.3% 감소",
            [("도입 뒤 매출액", "7.7%"), ("산업재해", "18.3%")],
        ),
        (
            "☞ 농업창업 분야 세대당 3억원 이내로, 주택구입 분야 세대당 7천만원 이내로",
            [("농업창업 분야", "세대당 3억원 이내"), ("주택구입 분야", "세대당 7천만원 이내")],
        ),
        # A count that goes with the noun behind it is told of no class.
        ("정부혁신 4대 추진전략, 민간협력 12대 추진과제", []),
        ("(예) 화장품 기업 2배 확대('21, 122개)", []),
    ],
)
def test_classes(body: str, expected: list[tuple[str, str]]) -> None:
    assert classed(body) == expected


def test_the_lines_in_a_box_are_read_as_lines() -> None:
    box = (
        "<table><tr><td>&lt; 모집 개요 &gt;\n◇ 모집대상 : 가람시민\n※ 공무원은 제외\n"
        "◇ 모집인원 : 70명\n- 예비 : 5명</td></tr></table>"
    )
    found = facts(notice(box), Form.LABEL)
    told = [(fact.attribute, fact.value, len(fact.conditions)) for fact in found]
    assert ("모집대상", "가람시민", 1) in told
    assert ("모집인원", "70명", 0) in told
    (spare,) = (fact for fact in found if fact.attribute == "예비")
    assert spare.subject[-1] == "모집인원"


def test_boxed_numbers_of_office_fonts_count() -> None:
    one, two, circle = "\U000f02b1", "\U000f02b2", "\U000f03c5"
    body = f"{one} 지원대상\n{circle} 공방\n{two} 지원내용\n{circle} 수리비 350만원\n{circle} 운반비 40만원"
    assert labelled(body) == [("지원대상", "공방"), ("지원내용", "수리비 350만원\n운반비 40만원")]


def test_what_stands_behind_the_articles_belongs_to_none() -> None:
    body = (
        "제1조(목적)\n이 고시는 소음을 정한다.\n\n제2조(점검)\n해마다 두 번 점검한다.\n\n"
        "[별표 1] 소음 기준\n\n낮에는 50dB로 한다.\n\n부칙\n\n이 고시는 2031년 5월 1일부터 시행한다."
    )
    (check,) = (f for f in facts(notice(body), Form.LABEL) if "점검" in f.attribute)
    assert check.value == "해마다 두 번 점검한다."
