"""Index terms, against what a reader would expect two wordings to share."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.korean import morphemes, terms, terms_many


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("'21년", "2021년", {"2021년"}),
        ("2022 예산안", "’22년도 예산안", {"2022년", "예산안"}),
        ("'21.6.25(금)", "2021. 6. 25.", {"2021년", "6월", "25일"}),
        ("6월 25일까지", "(6.25)", {"6월", "25일"}),
        ("'21.3월호", "2021년 3월", {"2021년", "3월"}),
        ("3천만원", "3,000만원", {"30000000원"}),
        ("3천만원", "30,000,000원", {"30000000원"}),
        ("1조 2,000억원", "1.2조원", {"1200000000000원"}),
        ("1억5,000만원", "1.5억원", {"150000000원"}),
        ("3,500백만불", "35억 달러", {"3500000000달러"}),
        ("$11/kg", "11달러", {"11달러"}),
        ("7.1 %", "7.1퍼센트", {"7.1%"}),
        ("0.3%p", "0.3%포인트", {"0.3%p"}),
        ("C-V2X", "CV2X", {"cv2x"}),
        ("KYMETA", "카이메타(Kymeta)", {"kymeta"}),
        ("1000+", "초격차 1000+", {"1000+", "1000"}),
        ("제6차 회의", "6차 회의", {"6차", "회의"}),
        ("세액공제", "세액 공제", {"세액", "공제"}),
        ("재생의료사업단장", "범부처재생의료기술개발사업 최대 사업단장", {"재생", "의료", "단장"}),
        ("對美 수출", "대미 수출", {"대미", "수출"}),
        ("對美 수출", "미국 수출", {"미국", "수출"}),
        ("△7.1%", "7.1% 감소", {"감소", "7.1%"}),
        ("지원하고 있다", "지원을 받아", {"지원"}),
        ("높아졌다", "높은", set()),
        ("신산업", "산업", {"산업"}),
        ("국산화율", "국산화", {"국산화"}),
    ],
)
def test_wordings_share_terms(one: str, other: str, shared: set[str]) -> None:
    assert shared <= set(terms(one)) & set(terms(other))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("비정규직", "정규직", "정규직"),
        ("미참여 기업", "참여 기업", "참여"),
        ("무인 자동차", "유인 자동차", "유인"),
        ("제5차 회의", "제6차 회의", "6차"),
        ("3%p", "3%", "3%"),
        ("3천만원", "3천만불", "30000000달러"),
        ("'21년", "'22년", "2022년"),
    ],
)
def test_meanings_are_kept_apart(one: str, other: str, apart: str) -> None:
    assert apart not in terms(one)
    assert apart in terms(other)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("'21.6.25(금)", "금"),
        ("'21.6.25(토)부터", "토"),
        ("제도적으로", "적"),
        ("기업들의 것", "것"),
    ],
)
def test_no_debris(text: str, absent: str) -> None:
    assert absent not in terms(text)


def test_order_case_and_whole_compounds() -> None:
    assert terms("소상공인 세액공제 SaaS를 높인다") == [
        "소상공인", "세액", "공제", "세액공제", "saas", "높이다",
    ]  # fmt: skip


def test_figures_in_a_table_row_are_not_dates() -> None:
    assert terms("585 (4.1)") == ["585", "4.1"]
    assert terms("개최(4.1)")[-3:] == ["4월", "1일", "4.1"]


def test_impossible_dates_stay_figures() -> None:
    assert "13월" not in terms("'21.13.45")
    assert terms("2.0") == ["2.0"]


def test_many_equals_one_by_one() -> None:
    texts = ["소상공인 지원", "", "'21.6.25(금) 3천만원", "제6차 회의"]
    assert list(terms_many(texts)) == [terms(text) for text in texts]


def test_morphemes_lock_dates_and_amounts() -> None:
    found = [(m.form, m.tag) for m in morphemes("'21.6.25(금)부터 3천만원을")]
    assert found == [("'21.6.25(금)", "SN"), ("부터", "JX"), ("3천만원", "SN"), ("을", "JKO")]


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("가을중소기업지원 21.6'()%억만원조,-+A5Gv$제차년월일\n"), max_size=50)
)
def test_morphemes_stay_in_the_text_and_terms_hold_no_blank(text: str) -> None:
    last = 0
    for morpheme in morphemes(text):
        assert 0 <= morpheme.start <= morpheme.end <= len(text)
        assert morpheme.start >= last or morpheme.start == morpheme.end or morpheme.tag[0] in "EJVX"
        last = max(last, morpheme.start)
    assert all(term and term == term.strip() for term in terms(text))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["억", "만", "조", "천만", "백만"]))
def test_amounts_agree_with_arithmetic(number: int, scale: str) -> None:
    value = number * {"억": 10**8, "만": 10**4, "조": 10**12, "천만": 10**7, "백만": 10**6}[scale]
    assert f"{value}원" in terms(f"{number:,}{scale}원을 지원")
    assert f"{value}원" in terms(f"{value:,}원을 지원")


@settings(max_examples=100, deadline=None)
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2069, 12, 31)))
def test_all_forms_of_a_date_agree(day: datetime.date) -> None:
    truth = [f"{day.year}년", f"{day.month}월", f"{day.day}일"]
    for written in (
        f"'{day:%y}.{day.month}.{day.day}",
        f"{day.year}. {day.month}. {day.day}.",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day:%Y-%m-%d}",
        f"’{day:%y}.{day.month}.{day.day}(금)",
    ):
        assert terms(written) == truth, written


@pytest.mark.parametrize("digits", ["9" * 5_000, "9," * 3_000, "1." * 3_000])
@pytest.mark.parametrize("unit", ["억원", "%", "", "차", "G", "월 3일"])
def test_endless_digits_are_survived(digits: str, unit: str) -> None:
    assert terms(f"제{digits}{unit}")
