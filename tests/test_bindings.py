"""What binds to a value in running text, against sentences taken apart by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading.bindings import Bound, bindings, proviso
from rag.reading.values import values

NEAREST = pytest.mark.xfail(
    strict=True, reason="a shared topic is that of the first value and not the nearest before"
)
PLACE_TOPIC = pytest.mark.xfail(strict=True, reason="a place with 에서 names no new topic")
PARTICLE_LEFT = pytest.mark.xfail(strict=True, reason="the last of the names keeps its particle")
OTHER_CLAUSE = pytest.mark.xfail(
    strict=True, reason="a value of the next clause is counted among those of 각각"
)
SLASH = pytest.mark.xfail(strict=True, reason="the stroke between two values is left in the class")
INSIDE_A_WORD = pytest.mark.xfail(strict=True, reason="단 is found at the end of another word")


def told(text: str, name: str) -> list[str]:
    """One of the ranges of each value, without the blanks around it."""
    return [text[slice(*getattr(one, name))].strip() for one in bindings(text)]


def classes(text: str) -> list[str]:
    return [one.classed(text) for one in bindings(text)]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("융자 한도는 5천만원이다", ["융자 한도는"]),
        ("융자 한도는 5천만원이고 금리는 연 2.0%이다.", ["융자 한도는", "금리는"]),
        ("기간은 3년, 한도는 5억원", ["기간은", "한도는"]),
        ("융자 한도: 5천만원", ["융자 한도:"]),
        ("전체의 30% 이상", ["전체의"]),
        ("상위 10개사에 5억원을 준다", ["", "상위 10개사에"]),
        ("예산은 5억원을 신청하고 인력은 3명이다", ["예산은", "인력은"]),
        ("한도는 5억원이다. 금리는 2%이다.", ["한도는", "금리는"]),
        ("5억원", [""]),
        ("서울에서 10명을 뽑는다", ["서울에서"]),
        ("비수도권에는 10명을 보낸다", ["비수도권에는"]),
        ("전액으로 5억원을 빌려준다", ["전액으로"]),
        # A date stands in what is said of an amount.
        ("2024년 예산은 100억원", ["", "2024년 예산은"]),
        ("이어달리기 사업(총사업비 433억원)", ["이어달리기 사업("]),
        # Words before the first value of a row name the whole row.
        ("예산은 서울 10억원, 부산 5억원, 대구 3억원이다.", ["예산은"] * 3),
        ("금리는 2.0%(청년), 2.5%(일반)이다.", ["금리는"] * 2),
        ("실업률이 54%에서 78%로 올랐다", ["실업률이"] * 2),
        pytest.param(
            "실업률은 54%에서 78%로, 고용률은 60%에서 65%로 올랐다",
            ["실업률은", "실업률은", "고용률은", "고용률은"],
            marks=NEAREST,
        ),
        pytest.param("서울에서 10명, 부산에서 20명", ["서울에서", "부산에서"], marks=PLACE_TOPIC),
    ],
)
def test_the_topic_is_what_is_said_before_up_to_a_particle(text: str, topics: list[str]) -> None:
    assert told(text, "topic") == topics


@pytest.mark.parametrize(
    ("text", "owns"),
    [
        ("융자 한도는 5천만원이다", [""]),
        ("국비 5억원, 민간 3억원", ["국비", "민간"]),
        ("예산은 서울 10억원, 부산 5억원, 대구 3억원이다.", ["서울", "부산", "대구"]),
        ("예산은 국비 5억원 민간 3억원", ["국비", "민간"]),
        ("창업기업 30개사, 중소기업 20개사를 뽑는다", ["창업기업", "중소기업"]),
        ("이어달리기 사업(총사업비 433억원, 국비 200억원)", ["총사업비", "국비"]),
        ("신규 사업(이어달리기) 총사업비 433억원", ["신규 사업(이어달리기) 총사업비"]),
        ("청년 100명과 중장년 50명", ["청년", "중장년"]),
        ("한도는 5억원이고 기간은 청년 3년", ["", "청년"]),
        ("상위 10개사에 5억원을 준다", ["상위", ""]),
        ("총 500명(청년 300명, 중장년 200명)", ["", "청년", "중장년"]),
        ("예산은 5억원(전년 4억원)이다", ["", "전년"]),
    ],
)
def test_own_words_stand_between_the_value_before_and_this_one(text: str, owns: list[str]) -> None:
    assert told(text, "own") == owns


@pytest.mark.parametrize("particle", "은 는 이 가 을 를 에 의 로 도 만 중 당".split())
def test_a_particle_ends_a_topic(particle: str) -> None:
    assert told(f"느티나무{particle} 서울 10명", "topic") == [f"느티나무{particle}"]
    assert told(f"느티나무{particle} 서울 10명", "own") == ["서울"]


@pytest.mark.parametrize("particle", "은 는 이 가 을 를".split())
def test_a_topic_or_object_before_a_later_value_is_its_own(particle: str) -> None:
    text = f"예산은 10억원, 느티나무{particle} 5억원"
    assert [one.shared for one in bindings(text)] == [False, False]
    assert told(text, "topic") == ["예산은", f"느티나무{particle}"]


@pytest.mark.parametrize("text", ["2024년 100억원, 2025년 120억원", "제1차 100억원, 제2차 120억원"])
def test_a_date_or_an_ordinal_before_an_amount_is_a_word_of_it(text: str) -> None:
    first, second = text.split(", ")
    assert told(text, "own")[1::2] == [first.split()[0], second.split()[0]]


@pytest.mark.parametrize(
    ("text", "classed"),
    [
        ("국비 5억원, 민간 3억원", ["국비", "민간"]),
        ("금리는 2.0%(청년), 2.5%(일반)이다.", ["청년", "일반"]),
        ("금리는 2.0% (청년)", ["청년"]),
        ("기업당 3억원(수도권)·5억원(비수도권)", ["수도권", "비수도권"]),
        ("일손 부족(46%)과 판로(30%)가 꼽혔다", ["일손 부족", "판로"]),
        ("일자리(30%), 복지(20%), 교육(10%)", ["일자리", "복지", "교육"]),
        ("① 일반형 5억원 ② 특화형 3억원", ["일반형", "특화형"]),
        ("융자 한도는 5천만원", [""]),
        ("금리는 연 2.0%(변동금리)로 빌려준다", ["변동금리"]),
        pytest.param("A형 5억원 / B형 3억원", ["A형", "B형"], marks=SLASH),
    ],
)
def test_what_tells_a_value_from_its_neighbours(text: str, classed: list[str]) -> None:
    assert classes(text) == classed


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("금리는 2.0%(청년), 2.5%(일반)이다.", ["청년", "일반"]),
        ("금리는 2.0% （청년）", ["청년"]),
        ("금리는 2.0%", [""]),
        ("금리는 2.0%, (청년)", [""]),
        # What is in the brackets tells the same value again, or another one, and no class.
        ("한도는 5억원(2023년 기준)", [""]),
        *(
            (f"5,000만원({sign}40)", [""])
            for sign in ("약 ", "총 ", "₩", "￦", "\\", "금 ", "US$", "$", "△", "▲", "+", "-")
        ),
        ("수출 100억불(전년 대비 감소)", [""]),
        ("한도는 5억원(총 사업비의 절반)", [""]),
        ("수출은 100억불(12.5%)이다", ["", ""]),
        ("수출은 100억불(△3.2%)이다", ["", ""]),
        ("5억원(국비 3억원, 지방비 2억원)", ["", "", ""]),  # its parts are no class
    ],
)
def test_the_class_stands_in_the_brackets_behind(text: str, behind: list[str]) -> None:
    assert told(text, "behind")[: len(behind)] == behind


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("융자 한도는 5천만원이다", [False]),
        ("국비 5억원, 민간 3억원", [False, True]),
        ("예산은 서울 10억원, 부산 5억원, 대구 3억원이다.", [False, True, True]),
        ("기간은 3년, 한도는 5억원", [False, False]),
        ("한도는 5억원, 기금은 3억원", [False, False]),
        ("한도는 5억원을 신청하고 나머지 3억원을 쓴다", [False, False]),  # a clause of its own
        ("한도는 5억원이다. 3억원이다.", [False, False]),
    ],
)
def test_what_is_shared_stands_before_the_first_of_a_row(text: str, shared: list[bool]) -> None:
    assert [one.shared for one in bindings(text)] == shared


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("혁신기업에 5억원을 준다", ["을 준다"]),
        ("혁신기업에 5억원을 주고, 나머지에 1억원을 빌려준다", ["을 주고", "을 빌려준다"]),
        ("국비 5억원, 민간 3억원을 쓴다", ["", "을 쓴다"]),
        ("청년 100명과 중장년 50명", ["과 중장년", ""]),
        ("금리는 2.0%(청년)로 빌려준다", ["로 빌려준다"]),
        ("일손 부족(46%)이 꼽혔다", ["이 꼽혔다"]),
        ("무엇이 어려운지 물으니 일손 부족(46%)이 꼽혔다", ["이 꼽혔다"]),
        ("한도는 5억원이며, 무담보로 지원한다", ["이며"]),
        ("한도는 5억원이다. 무담보로 지원한다", ["이다."]),
        ("3.2%→2.8%로 낮아졌다", ["", "로 낮아졌다"]),
        ("5억원", [""]),
    ],
)
def test_what_follows_goes_on_to_the_next_value_or_the_end_of_the_clause(
    text: str, after: list[str]
) -> None:
    assert told(text, "after") == after


def test_a_sentence_holds_what_binds() -> None:
    text = "한도는 5억원이다. 다만, 청년은 7억원이다.\n• 금리 2%"
    assert told(text, "sentence") == ["한도는 5억원이다.", "다만, 청년은 7억원이다.", "• 금리 2%"]
    assert told(text, "topic") == ["한도는", "다만, 청년은", ""]


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("실업률은 3.2%→2.8%로 낮아졌다", [False, True]),
        ("실업률은 3.2% ⇒ 2.8%", [False, True]),
        ("실업률은 3.2%(’23) → 2.8%(’24)", [False, False, True, True]),
        ("실업률이 54%에서 78%로 올랐다", [False, True]),
        ("54%(2020년)에서 78%로", [False, None, True]),
        ("10명에서 20명으로, 예산 10억원에서 20억원으로", [False, True, False, True]),
        ("실업률은 3.2%, 2.8%이다", [None, None]),
        ("전체 10명에서 3억원을 걷는다", [None, None]),  # values of different kinds
        ("5억원에서 시작한다", [None]),
        ("5억원", [None]),
    ],
)
def test_what_something_came_to_and_what_it_came_from(
    text: str, reached: list[bool | None]
) -> None:
    assert [one.reached for one in bindings(text)] == reached


@pytest.mark.parametrize(
    ("text", "classed"),
    [
        ("서울, 부산, 대구에 각각 3억원, 2억원, 1억원을 준다", ["서울", "부산", "대구에"][:2]),
        ("매출과 수출은 각각 4%와 9% 늘었다", ["매출"]),
        ("서울·부산에 각기 3억원, 2억원", ["서울"]),
        ("매출과 수출은 각각4%와 9% 늘었다", ["매출"]),
        ("서울 및 부산에 각각 3억원, 2억원", ["서울"]),
        ("예산은 5억원이고 서울과 부산에 각각 3억원, 2억원", ["", "서울"]),
        pytest.param("매출과 수출은 각각 4%와 9% 늘었다", ["매출", "수출"], marks=PARTICLE_LEFT),
        pytest.param("서울·부산에 각각 3억원, 2억원", ["서울", "부산"], marks=PARTICLE_LEFT),
        pytest.param(
            "매출과 수출은 각각 4%, 9% 늘었고 고용은 3% 줄었다", ["매출"], marks=OTHER_CLAUSE
        ),
    ],
)
def test_each_value_has_the_name_that_stands_in_its_place(text: str, classed: list[str]) -> None:
    assert classes(text)[: len(classed)] == classed


def test_the_last_of_the_names_goes_to_the_last_value() -> None:
    text = "서울, 부산, 대구에 각각 3억원, 2억원, 1억원을 준다"
    told_ = bindings(text)
    assert [text[slice(*one.own)][:2] for one in told_] == ["서울", "부산", "대구"]
    assert all(one.shared for one in told_)


def test_names_and_values_that_do_not_count_alike_are_not_matched() -> None:
    text = "서울과 부산에 각각 3억원, 2억원, 1억원을 준다"
    assert not {"서울", "부산"} & set(told(text, "own"))
    assert [one.shared for one in bindings(text)] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("다만, 청년은 7억원", [True]),
        ("다만 청년은 7억원", [True]),
        ("단, 청년은 7억원", [True]),
        ("예외로 7억원을 준다", [True]),
        ("한도는 5억원(단, 청년은 7억원)이다", [False, True]),
        ("한도는 5억원이다. 다만, 청년은 7억원이다.", [False, True]),
        ("다만, 한도는 3억원이다. 기간은 5년이다.", [True, False]),
        ("단 3일 동안", [False]),
        ("한도는 5억원이다", [False]),
        pytest.param("사업단, 협회에 5억원을 준다", [False], marks=INSIDE_A_WORD),
        pytest.param("지원 수단, 한도는 5억원", [False], marks=INSIDE_A_WORD),
    ],
)
def test_what_is_said_for_an_exception_alone(text: str, expected: list[bool]) -> None:
    assert [proviso(text, one) for one in bindings(text)] == expected


@pytest.mark.parametrize("text", ["", "느티나무", "지원한다. 심사한다."])
def test_where_no_value_stands_nothing_binds(text: str) -> None:
    assert bindings(text) == ()


def inside(one: Bound, text: str) -> None:
    """What holds of any value: every range is a slice of its sentence, in its place."""
    begin, end = one.sentence
    assert 0 <= begin <= one.value.start < one.value.end <= len(text)
    for start, stop in (one.own, one.behind, one.topic, one.after):
        assert 0 <= start <= stop <= len(text)
    assert begin <= one.topic[0]
    assert one.topic[1] <= one.value.start
    assert begin <= one.own[0]
    assert one.own[1] <= one.value.start
    assert one.value.end <= one.behind[0]
    assert one.value.end <= one.after[0]
    assert begin < end


PIECES = st.sampled_from(
    "국비|융자|한도는|금리가|서울과|부산에|각각|5억원|3억원|2.0%|10명|2024년|3년|제3조|(청년)|(|)|,|, |·|→|에서|으로|다만,|단,"
    "|이고|하며 |한다. |① |• | | |\n".split("|")
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=18).map("".join) | st.text(max_size=50))
def test_every_value_is_bound_once_and_in_its_sentence(text: str) -> None:
    bound = bindings(text)
    assert [one.value for one in bound] == list(values(text))
    for one in bound:
        inside(one, text)
        assert isinstance(proviso(text, one), bool)
        assert one.classed(text) in text


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["서울", "부산", "대구", "광주", "국비", "민간"]), st.integers(1, 999)
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["예산은 ", "보조금이 ", ""]),
)
def test_each_of_a_row_has_its_own_class_and_the_topic_of_the_row(
    row: list[tuple[str, int]], topic: str
) -> None:
    text = topic + ", ".join(f"{name} {number}억원" for name, number in row)
    assert classes(text) == [name for name, _number in row]
    assert told(text, "topic") == [topic.strip()] * len(row)
    assert [one.shared for one in bindings(text)] == [False] + [True] * (len(row) - 1)


@given(
    st.lists(st.tuples(st.sampled_from(["청년", "일반", "여성"]), st.integers(1, 9)), min_size=1)
)
def test_each_of_a_row_has_the_class_behind_it(row: list[tuple[str, int]]) -> None:
    text = "금리는 " + ", ".join(f"{number}.5%({name})" for name, number in row)
    assert classes(text) == [name for name, _number in row]
    assert told(text, "topic") == ["금리는"] * len(row)


def test_a_count_in_brackets_leaves_its_name_to_the_amount_behind_it() -> None:
    text = "대상(1팀) 500만원 / 우수상(3팀) 각 100만원"
    assert told(text, "own") == ["대상(", "대상(1팀)", "/ 우수상(", "/ 우수상(3팀)"]
    assert told("대상(1팀), 상금 500만원", "own")[1] == "상금"
