"""Typed values of Korean policy prose, against hand-made truths."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.values import _ANY, _PATTERNS, ADDRESS, ValueKind, values

MONEY, SHARE, COUNT = ValueKind.MONEY, ValueKind.SHARE, ValueKind.COUNT
DURATION, DATE, CONTACT = ValueKind.DURATION, ValueKind.DATE, ValueKind.CONTACT
ORDINAL = ValueKind.ORDINAL

CUT_WORD = pytest.mark.xfail(strict=True, reason="a counter is cut from the start of a longer word")
LOOSE_NOUN = pytest.mark.xfail(
    strict=True, reason="a noun behind a number that counts nothing is taken for a counter"
)
COPULA = pytest.mark.xfail(strict=True, reason="이다 behind a number is taken for a counter")
SCALE_WITHOUT_UNIT = pytest.mark.xfail(
    strict=True, reason="a noun behind 억 and a blank is taken for a counter"
)
TWO_PARTS = pytest.mark.xfail(strict=True, reason="the first part of a time in two parts is lost")
QUARTER_COUNTED = pytest.mark.xfail(strict=True, reason="a quarter without a year is a count")
CHEAP_TEST = pytest.mark.xfail(
    strict=True, reason="the cheap test before the pattern holds too little"
)
TABLE_UNIT = pytest.mark.xfail(strict=True, reason="만원 alone, the unit of a table, is money")
WON_SIGN = pytest.mark.xfail(strict=True, reason="the signs ₩ and ￦ are not known")
ORDINAL_BY_PREFIX = pytest.mark.xfail(
    strict=True, reason="제 makes no ordinal before a noun that is no counter of its own"
)
SHADOWED = pytest.mark.xfail(
    strict=True, reason="a counter that a shorter one of the list begins is cut to that one"
)


def found(text: str) -> list[tuple[ValueKind, str]]:
    return [(value.kind, value.text) for value in values(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("총 1조 2,000억원을 지원", [(MONEY, "총 1조 2,000억원")]),
        ("2,000억원", [(MONEY, "2,000억원")]),
        ("업체당 최대 5천만원(3년간)", [(MONEY, "최대 5천만원"), (DURATION, "3년간")]),
        ("수출 38억불 달성", [(MONEY, "38억불")]),
        ("30억 달러 규모", [(MONEY, "30억 달러")]),
        ("매출 10억원 이상 기업", [(MONEY, "10억원 이상")]),
        ("인당 월 50만원씩", [(MONEY, "월 50만원")]),
        ("50만 원", [(MONEY, "50만 원")]),
        ("$100 million 투자", [(MONEY, "$100 million")]),
        ("참가비 30~50만원", [(MONEY, "30~50만원")]),
        ("금 오천만원", [(MONEY, "금 오천만원")]),
        ("금팔백만원정", [(MONEY, "금팔백만원정")]),
        ("오천만원을 빌린다", [(MONEY, "오천만원")]),
        ("이천오백만원", [(MONEY, "이천오백만원")]),
        ("이백 달러", [(MONEY, "이백 달러")]),
        ("1인당 50만원", [(MONEY, "1인당 50만원")]),
        ("가구당 50만원", [(MONEY, "가구당 50만원")]),
        ("1kg당 500원", [(MONEY, "500원")]),
        ("연간 5억원", [(MONEY, "연간 5억원")]),
        ("예비창업자당 5억원", [(MONEY, "예비창업자당 5억원")]),
        ("최대 △ 5억원", [(MONEY, "최대 △ 5억원")]),
        ("총 $ 300", [(MONEY, "총 $ 300")]),
        ("가구당 오백만원", [(MONEY, "가구당 오백만원")]),
        ("최대 금 오백만원", [(MONEY, "최대 금 오백만원")]),
        ("5,000원/kg", [(MONEY, "5,000원/kg")]),
        ("1억원(약 8만 달러)", [(MONEY, "1억원(약 8만 달러)")]),
        ("100억을 조성", [(MONEY, "100억")]),
        ("(단위: 천원)", []),
        ("(단위: 백만원, 억원)", []),
        pytest.param("100억 규모의 펀드", [(MONEY, "100억")], marks=SCALE_WITHOUT_UNIT),
        pytest.param("(단위: 만원)", [], marks=TABLE_UNIT),
        pytest.param("₩5,000", [(MONEY, "₩5,000")], marks=WON_SIGN),
        pytest.param("￦5,000", [(MONEY, "￦5,000")], marks=WON_SIGN),
        pytest.param("오조원", [(MONEY, "오조원")], marks=CHEAP_TEST),
        pytest.param("십오원", [(MONEY, "십오원")], marks=CHEAP_TEST),
        ("흑자 △12억불", [(MONEY, "△12억불")]),
        ("손실 -3,000원", [(MONEY, "-3,000원")]),
        ("- 5억원까지 융자", [(MONEY, "5억원까지")]),
        ("수수료 3만 5,000원", [(MONEY, "3만 5,000원")]),
        ("가입자 547만 6,055명", [(COUNT, "547만 6,055명")]),
    ],
)
def test_money(text: str, expected: list[tuple[ValueKind, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("증가율 △3.2%", [(SHARE, "△3.2%")]),
        ("전년 대비 0.5%p 상승", [(SHARE, "0.5%p")]),
        ("1.5%포인트 낮은", [(SHARE, "1.5%포인트")]),
        ("전체의 30% 이상", [(SHARE, "30% 이상")]),
        ("자부담 10~30%", [(SHARE, "10~30%")]),
        ("물가 +0.4%, -1.5%", [(SHARE, "+0.4%"), (SHARE, "-1.5%")]),
        ("- 30% 감면", [(SHARE, "30%")]),
        ("연 2.5%로 융자", [(SHARE, "연 2.5%")]),
        ("30퍼센트 이내", [(SHARE, "30퍼센트 이내")]),
        ("15:1의 경쟁률", [(SHARE, "15:1")]),
        ("경쟁률 3.5대 1", [(SHARE, "3.5대 1")]),
        ("100분의 30", [(SHARE, "100분의 30")]),
        ("출석한 위원 3분의 2 이상의 찬성", [(SHARE, "3분의 2 이상")]),
        ("30분의 여유", [(DURATION, "30분")]),
        ("약 15 대 1", [(SHARE, "약 15 대 1")]),
        ("2:00", [(DATE, "2:00")]),  # a time, no ratio
        ("3:15", [(DATE, "3:15")]),
        pytest.param("경쟁률은 5:1이다", [(SHARE, "5:1")], marks=COPULA),
    ],
)
def test_shares(text: str, expected: list[tuple[ValueKind, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("창업기업 100개사 선정", [(COUNT, "100개사")]),
        ("3~5개사", [(COUNT, "3~5개사")]),
        ("1,234,567명", [(COUNT, "1,234,567명")]),
        ("20여 개 기관", [(COUNT, "20여 개")]),
        ("2만 5천 명 고용", [(COUNT, "2만 5천 명")]),
        ("10명 중 3명", [(COUNT, "10명"), (COUNT, "3명")]),
        ("면적 1,000㎡", [(COUNT, "1,000㎡")]),
        ("2배 증가", [(COUNT, "2배")]),
        ("만 39세 이하 청년", [(COUNT, "39세 이하")]),
        ("5세대 이동통신, 3세트", [(COUNT, "5세대"), (COUNT, "3세트")]),
        ("1,200켤레를 팔았다", [(COUNT, "1,200켤레")]),
        ("책 30상자", [(COUNT, "30상자")]),
        ("학생 25팀이 나왔다", [(COUNT, "25팀")]),
        ("사진 3장씩", [(COUNT, "3장")]),
        ("3여러해살이", []),  # four syllables and more count nothing but what is listed
        ("10제곱미터", [(COUNT, "10제곱미터")]),
        ("30여명 이내", [(COUNT, "30여명 이내")]),
        ("2~3배", [(COUNT, "2~3배")]),
        ("1인당", []),  # what the value behind it is for
        ("1,000명당", []),
        ("1kg마다", []),
        ("인구 10만 명당 5명", [(COUNT, "5명")]),
        ("2024는 해이다", [(DATE, "2024")]),
        ("5는 홀수", []),
        ("28㎓", []),
        pytest.param("코로나19 대응", [], marks=CUT_WORD),
        pytest.param("5.18 기념행사", [], marks=CUT_WORD),
        pytest.param("A4용지", [], marks=LOOSE_NOUN),
        pytest.param("6.25전쟁", [], marks=LOOSE_NOUN),
        pytest.param("2차전지", [], marks=LOOSE_NOUN),
        pytest.param("정답은 5이다", [], marks=COPULA),
    ],
)
def test_counts(text: str, expected: list[tuple[ValueKind, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15일 이내에 통보", [(DURATION, "15일 이내")]),
        ("30분 이내", [(DURATION, "30분 이내")]),
        ("24개월", [(DURATION, "24개월")]),
        ("업력 7년 이내", [(DURATION, "7년 이내")]),
        ("7년", [(DURATION, "7년")]),  # and no count as well
        ("3주간", [(DURATION, "3주간")]),
        ("2박 3일", [(COUNT, "2박"), (DURATION, "3일")]),
        ("최대 6개월", [(DURATION, "최대 6개월")]),
        ("10여 년간", [(DURATION, "10여 년간")]),
    ],
)
def test_durations(text: str, expected: list[tuple[ValueKind, str]]) -> None:
    assert found(text) == expected


@TWO_PARTS
@pytest.mark.parametrize("text", ["1년 6개월", "1시간 30분", "2시간 30분"])
def test_a_time_in_two_parts_is_told_whole(text: str) -> None:
    assert {kind for kind, _text in found(text)} == {DURATION}
    assert " ".join(one for _kind, one in found(text)) == text


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        ("제3차 회의", "제3차", "차"),
        ("3단계 추진", "3단계", "단계"),
        ("제4 단계", "제4 단계", "단계"),
        ("제12조제3항", "제12조제3항", "조"),
        ("제12조 제3항에 따라", "제12조 제3항", "조"),
        ("제27조의4", "제27조의4", "조"),
        ("제2조 및 제3조", "제2조 및 제3조", "조"),
        ("제1항", "제1항", "항"),
        ("별지 제5호 서식", "제5호", "호"),
        ("제2024-15호", "제2024-15호", "호"),
        ("전국 3위", "3위", "위"),
        ("7번째", "7번째", "번째"),
        ("12등급", "12등급", "등급"),
        ("2학년", "2학년", "학년"),
        ("1순위", "1순위", "순위"),
        ("10쪽", "10쪽", "쪽"),
        ("4차 산업혁명", "4차", "차"),
        pytest.param("제3공장", "제3공장", "공장", marks=ORDINAL_BY_PREFIX),
    ],
)
def test_which_one_is_no_count(text: str, expected: str, unit: str) -> None:
    assert [(v.kind, v.text, v.unit) for v in values(text)] == [(ORDINAL, expected, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3조 5,000억원", [(MONEY, "3조 5,000억원")]),
        ("5항목", [(COUNT, "5항목")]),
        ("12번길", [(COUNT, "12번길")]),
    ],
)
def test_what_only_begins_as_an_ordinal_is_none(
    text: str, expected: list[tuple[ValueKind, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025년 5월 12일까지 접수", [(DATE, "2025년 5월 12일까지")]),
        ("’24.3.4.까지 신청", [(DATE, "’24.3.4.까지")]),
        ("'24년 상반기 시행", [(DATE, "'24년 상반기")]),
        ("제3차 회의를 5월 2일 개최", [(ORDINAL, "제3차"), (DATE, "5월 2일")]),
        ("2024-03-11 공고", [(DATE, "2024-03-11")]),
        ("2024. 3. 11.(월) ~ 3. 29.(금)", [(DATE, "2024. 3. 11.(월) ~ 3. 29.(금)")]),
        ("2024.4.1.~2024.5.31.", [(DATE, "2024.4.1.~2024.5.31.")]),
        ("4. 1.(월) ~ 5. 31.(금)", [(DATE, "4. 1.(월) ~ 5. 31.(금)")]),
        ("’24.3.4.(월) ~ 3.8.(금)", [(DATE, "’24.3.4.(월) ~ 3.8.(금)")]),
        ("2024년 4월 1일(월) 18:00까지", [(DATE, "2024년 4월 1일(월) 18:00까지")]),
        ("2025년 12월 말 기준", [(DATE, "2025년 12월 말")]),
        ("2025. 1. 1. 이후", [(DATE, "2025. 1. 1. 이후")]),
        ("10:00~18:00", [(DATE, "10:00~18:00")]),
        ("오전 10시에 연다", [(DATE, "오전 10시")]),
        ("1/4분기", [(DATE, "1/4분기")]),
        ("2024년 3분기 실적", [(DATE, "2024년 3분기")]),
        ("'24.2Q", [(DATE, "'24.2Q")]),
        ("4~6월", [(DATE, "4~6월")]),
        ("2024년 4월~6월", [(DATE, "2024년 4월~6월")]),
        ("2025회계연도", [(DATE, "2025회계연도")]),
        pytest.param("3분기 실적", [(DATE, "3분기")], marks=QUARTER_COUNTED),
        pytest.param("상반기 실적", [(DATE, "상반기")], marks=CHEAP_TEST),
        pytest.param("2025학년도 신입생", [(DATE, "2025학년도")], marks=CHEAP_TEST),
        ("12월 말까지 완료", [(DATE, "12월 말까지")]),
        ("24. 3. 4. 공고", [(DATE, "24. 3. 4.")]),
        ("내년 하반기", [(DATE, "내년 하반기")]),
        ("2.5배, 3.1배", [(COUNT, "2.5배"), (COUNT, "3.1배")]),
    ],
)
def test_dates(text: str, expected: list[tuple[ValueKind, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "국번없이 1357, 02-123-4567로 문의",
            [(CONTACT, "국번없이 1357"), (CONTACT, "02-123-4567")],
        ),
        ("(042) 481-4500", [(CONTACT, "(042) 481-4500")]),
        ("상담실(02-123-4567)", [(CONTACT, "02-123-4567")]),
        ("상담 1588-0000", [(CONTACT, "1588-0000")]),
        ("help@example.go.kr로 제출", [(CONTACT, "help@example.go.kr")]),
        ("(www.example.go.kr/apply)", [(CONTACT, "www.example.go.kr/apply")]),
    ],
)
def test_contacts(text: str, expected: list[tuple[ValueKind, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("138억불", "억불"),
        ("최대 3,000만원", "만원"),
        ("0.3%p", "%p"),
        ("100개사", "개사"),
        ("2주 이내", "주"),
        ("2025년 5월", ""),
        ("3조 5,000억 원", "조 5,000억 원"),
        ("오천만원", "원"),
        ("30상자", "상자"),
        ("20여 개", "여 개"),
        ("5,000원/kg", "원"),
        ("제7조, 제27조의4", "조"),
        ("02-123-4567", ""),
    ],
)
def test_the_unit_is_as_written(text: str, unit: str) -> None:
    [value] = values(text)
    assert value.unit == unit


def test_a_longer_match_wins_over_a_part_of_it() -> None:
    # "2,000" is no year and "24.3.4" no share of a number.
    assert found("예산 2,024억원, 2024년") == [(MONEY, "2,024억원"), (DATE, "2024년")]


@pytest.mark.parametrize(
    "text", ["", "소상공인을 돕는다.", "제도 개선", "5G 28㎓ 대역", "< 개요 >"]
)
def test_prose_without_values(text: str) -> None:
    assert values(text) == ()


PIECES = st.sampled_from(
    "1|23|2024|1,000|0.5|’24|년|월|일|억원|만원|억|조|%|%p|개사|명|까지|이상|.|-|~|/|(|)|△|최대|약|여|$|원"
    "|02-|123-4567|@|go.kr|제|차|분기|주|이내| |\n".split("|")
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_values_are_ordered_disjoint_slices(text: str) -> None:
    end = 0
    for value in values(text):
        assert end <= value.start < value.end <= len(text)
        assert text[value.start : value.end] == value.text
        assert value.text == value.text.rstrip()
        assert value.kind in (CONTACT, DATE, MONEY) or any(c.isdigit() for c in value.text)
        assert value.kind is not MONEY or re.search(r"\d|[십백천만억조]", value.text)
        assert value.kind is CONTACT or value.unit in value.text
        end = value.end


@pytest.mark.parametrize(
    "unit",
    [
        *"개사 개소 개국 개교 개품목 개 명 인 곳 건 종 대 기 회 배 과제 품목 편 권 석 척 가구".split(),
        *"세대 세 점 표 채 필지 마리 그루 톤 리터 학점 학급 도시 업체 질환 분야 큐비트 도 사".split(),
        *"㎢ ㎡ km cm mm m mg kg g TEU Mbps GHz TB kW kWh ms V ℃ ha L t dB NTU CFU/mL kPa 럭스".split(),
        *"㎍/㎥ 나노미터 헥타르 제곱미터 미터".split(),
        pytest.param("대학", marks=SHADOWED),
        pytest.param("기업", marks=SHADOWED),
        pytest.param("세제곱미터", marks=SHADOWED),
        pytest.param("mg/L", marks=SHADOWED),
        pytest.param("g/km", marks=SHADOWED),
    ],
)
def test_a_listed_counter_is_the_unit_as_a_whole(unit: str) -> None:
    for written in (f"12{unit}", f"12 {unit}"):
        assert [(v.kind, v.text, v.unit) for v in values(f"모두 {written}, 그 밖에")] == [
            (COUNT, written, unit)
        ]


@given(st.integers(1, 999_999), st.sampled_from(["억원", "만원", "개사", "명", "%"]))
def test_grouped_digits_stay_whole(number: int, unit: str) -> None:
    written = f"{number:,}{unit}"
    assert [value.text for value in values(f"모두 {written}이다")] == [written]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024년 중소기업 지원", "2024년"),
        ("2024년 경제 전망", "2024년"),
        ("5월 중소벤처기업부 공고", "5월"),
        ("2024년 중 시행", "2024년 중"),
        ("2024년 말까지 완료", "2024년 말까지"),
        ("5월 중에 발표", "5월 중"),
    ],
)
def test_a_date_does_not_eat_the_first_syllable_of_the_next_word(text: str, date: str) -> None:
    assert found(text) == [(DATE, date)]


def test_an_address_ends_where_hangul_begins() -> None:
    assert found("www.example.go.kr에서 신청, a.b@example.or.kr로 문의") == [
        (CONTACT, "www.example.go.kr"),
        (CONTACT, "a.b@example.or.kr"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("근거(제7조, 제27조의4)", "제7조, 제27조의4"),
        ("오후 6시 30분부터 연다", "오후 6시 30분부터"),
        ("각각 3.5%", "3.5%"),
        ("각 3.5%", "각 3.5%"),
    ],
)
def test_one_value_as_it_is_written(text: str, expected: str) -> None:
    assert [value.text for value in values(text)] == [expected]


@given(
    st.text("0123456789.,-~ 제조억만원%％시분오전년월일()'’$@:/wk.rgoc개명까지올해", max_size=30)
)
def test_the_cheap_tests_pass_every_text_that_a_pattern_matches(text: str) -> None:
    for _kind, pattern, needs in _PATTERNS:
        if pattern.search(text):
            assert needs.search(text)
            assert _ANY.search(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "34129 대전광역시 유성구 가정로 218 TEL.(042) 860-6114",
            "34129 대전광역시 유성구 가정로 218",
        ),
        ("(30112) 세종특별자치시 갈매로 477", "(30112) 세종특별자치시 갈매로 477"),
        ("경북 구미시 이계북로 7 4층", "경북 구미시 이계북로 7"),
        ("서울 종로구 청계천로 1길 20", "서울 종로구 청계천로 1길 20"),
    ],
)
def test_a_postal_address_is_one_value(text: str, expected: str) -> None:
    assert [v.text for v in values(text) if v.unit == ADDRESS] == [expected]


def test_a_share_may_run_from_one_percentage_to_another() -> None:
    assert [v.text for v in values("가동률은 60%~70% 미만이다")] == ["60%~70% 미만"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("사업 기간은 2031년 1월부터 12월까지이다.", "2031년 1월부터 12월까지"),
        ("2031. 3. 4.(월)부터 3. 29.(금)까지 받는다", "2031. 3. 4.(월)부터 3. 29.(금)까지"),
        ("5월 1일부터 31일까지", "5월 1일부터 31일까지"),
        ("평일 오전 9시부터 오후 6시까지", "오전 9시부터 오후 6시까지"),
        ("9시부터 18시까지 연다", "9시부터 18시까지"),
        ("오전 9시~오후 6시", "오전 9시~오후 6시"),
    ],
)
def test_a_period_is_one_value_with_both_its_ends(text: str, expected: str) -> None:
    assert [value.text for value in values(text)] == [expected]


@pytest.mark.parametrize("text", ["3월부터 30일 이내", "3월부터 신청하고 5월까지 마친다"])
def test_what_only_begins_a_period_stands_alone(text: str) -> None:
    assert values(text)[0].text == "3월부터"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("총액이 3,500만원인 수당은?", MONEY, "3,500만원"),
        ("100만원이면 되나요?", MONEY, "100만원"),
        ("500만원일 때", MONEY, "500만원"),
        ("3억원이거나 그보다 많은 곳", MONEY, "3억원"),
        ("3년인 경우", DURATION, "3년"),
        ("6개월이면 되나요?", DURATION, "6개월"),
        ("12동인 아파트", COUNT, "12동"),
    ],
)
def test_the_copula_is_no_part_of_a_unit(text: str, kind: ValueKind, value: str) -> None:
    assert found(text) == [(kind, value)]


def test_what_is_numbered_is_not_counted() -> None:
    assert found("중앙시장 제1주차장은 유료이다.") == []
    assert found("제3회의실을 빌린다.") == []
    assert found("경제5단체가 모였다.") == [(COUNT, "5단체")]
    assert found("제2호 서식") == [(ORDINAL, "제2호")]
