"""Values told apart by their class, and series of bare numbers, against hand-made truth."""

from __future__ import annotations

import pytest
from fact_making import TITLE, facts, notice, source
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.facts import Form

Classed = list[tuple[str, str]]


def classed(body: str) -> Classed:
    """(class, value) of the facts of a notice that are told apart so, in order of place."""
    found = facts(notice(body), Form.CLASS)
    assert all(len(fact.scope) == 1 and not fact.parts for fact in found)
    return [(fact.scope[0], fact.value) for fact in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("□ 금리 : 연 2.0%(청년), 연 2.9%(일반)", [("청년", "연 2.0%"), ("일반", "연 2.9%")]),
        (
            "□ 총사업비 : 국비 5억원, 시비 3억원, 민간 2억원",
            [("국비", "5억원"), ("시비", "3억원"), ("민간", "2억원")],
        ),
        (
            "기준보조율 : 국가사업(90%) / 협업사업(70%) / 민간사업(50%)",
            [("국가사업", "90%"), ("협업사업", "70%"), ("민간사업", "50%")],
        ),
        (
            "(수도권) 30억원, (비수도권) 50억원, (제주) 10억원",
            [("수도권", "30억원"), ("비수도권", "50억원"), ("제주", "10억원")],
        ),
        ("융자 금리는 2.0%(청년), 2.9%(일반)이다.", [("청년", "2.0%"), ("일반", "2.9%")]),
        ("모집인원은 연구직 3명, 행정직 1명이다.", [("연구직", "3명"), ("행정직", "1명")]),
        ("지원한도 : 제조업 5억원 및 서비스업 3억원", [("제조업", "5억원"), ("서비스업", "3억원")]),
    ],
)
def test_each_value_stands_under_its_class(body: str, expected: Classed) -> None:
    assert classed(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "민간사업(50%)에는 3억원을 지원한다.",  # values of two kinds
        "참석자는 30명, 예산은 3억원이다.",
        "매출이 3.5%, 수출이 7.2% 늘었다.",  # each has its own subject
        "한도를 기존 5억원에서 7억원으로 높인다.",  # nothing parts the two
        "금리는 청년 2.0%, 청년 2.9%이다.",  # one class twice
        "모두 5억원, 총 3억원",  # sums
        "국비 5억원 등 3억원",
        "2031년에 15억원, 2032년에 19억원을 썼다.",
        "(1차) 3월 4일, (2차) 9월 1일",  # dates
        "문의: 099-555-0101(청년), 099-555-0102(일반)",  # ways to reach somebody
        "금리는 2.0%(청년)이다.",
        "",
    ],
)
def test_what_has_no_classes(body: str) -> None:
    assert classed(body) == []


def test_of_three_kinds_each_row_is_its_own() -> None:
    body = "융자는 청년 5억원, 일반 3억원이며 금리는 청년 2.0%, 일반 2.9%이다."
    assert classed(body) == [
        ("청년", "5억원"),
        ("일반", "3억원"),
        ("청년", "2.0%"),
        ("일반", "2.9%"),
    ]


@pytest.mark.xfail(strict=True, reason="a circled number ends the sentence that holds the row")
def test_circled_numbers_part_values_too() -> None:
    body = "□ 지원한도 : ① 제조업 5억원 ② 서비스업 3억원"
    assert classed(body) == [("제조업", "5억원"), ("서비스업", "3억원")]


@pytest.mark.xfail(strict=True, reason="the particle behind the last name of a row stays with it")
def test_names_in_a_row_before_their_values() -> None:
    body = "매출과 수출이 각각 3.5%와 7.2% 늘었다."
    assert classed(body) == [("매출", "3.5%"), ("수출", "7.2%")]


def test_the_attribute_is_the_label_or_the_topic_before_the_row() -> None:
    made = notice("□ 금리 : 연 2.0%(청년), 연 2.9%(일반)")
    first, _ = facts(made, Form.CLASS)
    assert (first.attribute, first.subject, source(made, first.label)) == ("금리", (TITLE,), "금리")
    assert source(made, first.span) == "연 2.0%"
    first, _ = facts(notice("□ 지원조건 : 금리는 2.0%(청년), 2.9%(일반)"), Form.CLASS)
    assert (first.attribute, first.subject[1:]) == ("지원조건", ("금리",))
    first, _ = facts(notice("융자 금리는 2.0%(청년), 2.9%(일반)이다."), Form.CLASS)
    assert (first.attribute, first.label, first.subject) == ("융자 금리", None, (TITLE,))


def test_a_class_is_at_most_thirty_letters_long() -> None:
    for letters, many in ((30, 2), (31, 0)):
        body = f"□ 한도 : {'바' * letters} 5억원, 일반 3억원"
        assert len(classed(body)) == many


def test_classes_in_one_line_of_several_are_told_once_in_their_own_block() -> None:
    made = notice("□ 지원내용\n - 창업 자금 5억원(청년), 3억원(일반)\n - 교육 3회")
    found = facts(made, Form.CLASS)
    assert [(f.attribute, f.scope, f.value) for f in found] == [
        ("지원내용", ("청년",), "5억원"),
        ("지원내용", ("일반",), "3억원"),
    ]
    (label,) = facts(made, Form.LABEL)
    assert {f.block for f in found} == {label.block}
    made = notice("□ 지원내용\n - 교육 3회\n - 창업 자금 5억원(청년), 3억원(일반)")
    assert {f.block for f in facts(made, Form.CLASS)} == {3}


# Series of bare numbers

ROW = "* 시장 영상(누리공사, 편) : ('19) 15 → ('20) 19 → ('21) 200 → ('25) 2,000"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ROW, [("'19", "15"), ("'20", "19"), ("'21", "200"), ("'25", "2,000")]),
        (
            "□ 수입 비중(%) : ①중국(23.3) ②미국(12.3) ③일본(△9.8)",
            [("중국", "23.3"), ("미국", "12.3"), ("일본", "△9.8")],
        ),
        (
            "- 시간(분) : (내연기관) 2.5~3, (전기차) 30 ~ 60",
            [("내연기관", "2.5~3"), ("전기차", "30 ~ 60")],
        ),
        ("판매량은 ('23년) 15, ('24년) 19이다.", []),  # a unit, or what may be one, follows
        ("판매량은 ('23) 15, ('24) 19", [("'23", "15"), ("'24", "19")]),
        ("('19) 15 그리고 다시 ('20) 19", []),  # words stand between
        ("('19) 15편 → ('20) 19편", []),  # have units of their own
        ("영상(편) : ('25) 2,000", []),  # one number is no series
    ],
)
def test_bare_numbers_of_a_series(body: str, expected: Classed) -> None:
    assert classed(body) == expected


def test_the_unit_of_a_series_stands_in_the_brackets_of_its_label() -> None:
    made = notice(ROW)
    first = facts(made, Form.CLASS)[0]
    assert (first.attribute, first.unit) == ("시장 영상", "편")
    assert (source(made, first.span), source(made, first.label)) == (
        "15",
        "시장 영상(누리공사, 편)",
    )
    first = facts(notice("□ 수입 비중(%) : ①중국(23.3) ②미국(12.3)"), Form.CLASS)[0]
    assert (first.attribute, first.unit) == ("수입 비중", "%")
    first = facts(notice("판매량은 ('23) 15, ('24) 19"), Form.CLASS)[0]
    assert (first.attribute, first.unit, first.label) == ("", "", None)
    body = "제7조(판매실적)\n① ('23) 15, ('24) 19\n\n제8조(그 밖)\n① 없음"
    assert {fact.unit for fact in facts(notice(body), Form.CLASS)} == {""}


KINDS = st.text("라마바사타", min_size=2, max_size=6)


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(KINDS, st.integers(1, 999), min_size=2, max_size=5),
    st.sampled_from(
        [("{value}%({kind})", ", "), ("{kind} {value}억원", ", "), ("{kind}({value}%)", " / ")]
    ),
)
def test_each_of_many_classes_is_found(kinds: dict[str, int], form: tuple[str, str]) -> None:
    pattern, between = form
    body = between.join(pattern.format(kind=kind, value=value) for kind, value in kinds.items())
    found = classed(f"□ 조건 : {body}")
    assert [kind for kind, _ in found] == list(kinds)
    assert [value.rstrip("%억원") for _, value in found] == [str(value) for value in kinds.values()]


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.integers(10, 99), st.integers(0, 10**6), min_size=2, max_size=6),
    st.sampled_from([" → ", ", ", " "]),
)
def test_each_year_of_a_series_is_found(years: dict[int, int], between: str) -> None:
    body = between.join(f"('{year}) {value:,}" for year, value in years.items())
    assert classed(f"□ 영상(편) : {body}") == [
        (f"'{year}", f"{value:,}") for year, value in years.items()
    ]
