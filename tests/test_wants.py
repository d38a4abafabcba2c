"""What a question wants, labelled by hand for everyday questions: the sort of value and its counter,
the end of a range, the extreme, the share of one or the sum, and the words that name it.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.question.analysis import analyse
from rag.question.wants import SAME_UNIT, Condition, How, Wants, wants_of
from rag.reading.amounts import Edge
from rag.reading.aspects import Aspect
from rag.reading.values import Period, ValueKind

MONEY, SHARE, COUNT = ValueKind.MONEY, ValueKind.SHARE, ValueKind.COUNT
DURATION, DATE, CONTACT = ValueKind.DURATION, ValueKind.DATE, ValueKind.CONTACT
ORDINAL = ValueKind.ORDINAL
ANY_AMOUNT = {MONEY, SHARE, COUNT, DURATION}  # "얼마" alone says no more


def wants(question: str) -> Wants:
    return wants_of(analyse(question))


# The kinds of value of which one must be told, then what else the question says: "low" and "high"
# for an end, "most", "least", "total", "open", "signed", "changed". What is not
# listed must not be found.
LABELLED: tuple[tuple[str, set[ValueKind], str], ...] = (
    ("월세는 한 달에 얼마까지 지원하나요?", ANY_AMOUNT, "high"),
    ("예산은 총 얼마입니까?", ANY_AMOUNT, "total"),
    ("참가비 전부 합쳐서 얼마예요?", ANY_AMOUNT, "total"),
    ("모두 해서 얼마예요?", ANY_AMOUNT, "total"),
    ("모두 몇 명이 참가했나요?", {COUNT}, "total"),
    ("전체 가구는 몇 곳인가요?", {COUNT}, "total"),
    ("한 사람당 얼마를 받나요?", ANY_AMOUNT, ""),
    ("가구당 얼마씩 주나요?", ANY_AMOUNT, ""),
    ("한 학교에 몇 대씩 주나요?", {COUNT}, ""),
    ("관람료가 평균 얼마예요?", ANY_AMOUNT, ""),
    ("경로당 난방비는 얼마인가요?", ANY_AMOUNT, ""),
    ("가족 수당은 얼마인가요?", ANY_AMOUNT, ""),
    ("담당 부서는 어디예요?", set(), ""),
    ("폐업한 사람도 받을 수 있나요?", set(), ""),
    ("보조금 상한액은 얼마인가요?", ANY_AMOUNT, "high"),
    ("융자 한도", ANY_AMOUNT, "high"),
    ("자부담 비율은 얼마예요?", {SHARE}, ""),
    ("수수료율은 얼마인가요?", {SHARE}, ""),
    ("빌린 돈의 이자는 몇 프로인가요?", {SHARE}, ""),
    ("기차표는 몇 퍼센트나 더 싼가요?", {SHARE}, "changed"),
    ("과태료는 몇 만 원인가요?", {MONEY}, ""),
    ("예산 규모는 몇 억이에요?", {MONEY}, ""),
    ("수출액은 몇 달러인가요?", {MONEY}, ""),
    ("참가자를 몇 명 뽑나요?", {COUNT}, ""),
    ("몇 군데나 뽑아요?", {COUNT}, ""),
    ("나무를 몇 그루 심었나요?", {COUNT}, ""),
    ("나이 제한은 몇 살까지인가요?", {COUNT}, "high"),
    ("적어도 몇 명이 모여야 하나요?", {COUNT}, "low"),
    ("키오스크는 몇 대까지 빌려주나요?", {COUNT}, "high"),
    ("무게는 몇 킬로그램까지 되나요?", {COUNT}, "high"),
    ("방 크기는 몇 제곱미터인가요?", {COUNT}, ""),
    ("값이 몇 배로 뛰었나요?", {COUNT}, ""),
    ("작년보다 몇 명 더 뽑나요?", {COUNT}, "changed"),
    ("수출이 얼마나 늘었나요?", ANY_AMOUNT, "changed"),
    ("물가가 얼마나 떨어졌나요?", ANY_AMOUNT, "changed"),
    ("심사 위원은 몇 분이에요?", {COUNT, DURATION}, ""),
    ("소독은 몇 분 동안 해요?", {DURATION}, ""),
    ("교육은 며칠 동안 하나요?", {DURATION}, ""),
    ("심사는 얼마나 걸려요?", {DURATION}, ""),
    ("결과는 며칠 뒤에 나와요?", {DURATION}, ""),
    ("공사는 몇 달 만에 끝났나요?", {DURATION}, ""),
    ("몇 개월이나 기다려요?", {DURATION}, ""),
    ("얼마 안에 내야 하나요?", {DURATION}, "high"),
    ("상환 기간은 몇 년이에요?", {DATE, DURATION}, ""),
    ("지원 기간은 얼마나 되나요?", {DATE, DURATION}, ""),
    ("접수 마감은 언제예요?", {DATE}, "high"),
    ("접수는 언제부터 하나요?", {DATE}, "low"),
    ("접수는 언제까지 받나요?", {DATE}, "high"),
    ("축제는 언제 시작하나요?", {DATE}, "low"),
    ("며칠까지 접수하나요?", {DATE}, "high"),
    ("공고일은 며칠인가요?", {DATE}, ""),
    ("시험 날짜가 언제야?", {DATE}, ""),
    ("협약은 몇 년부터 시행됐나요?", {DATE}, "low"),
    ("설명회는 몇 시에 시작해요?", {DATE}, "low"),
    ("운영 시간은 몇 시부터 몇 시까지예요?", {DATE}, ""),
    ("when does the application close?", {DATE}, "high"),
    ("how much is the loan?", ANY_AMOUNT, ""),
    ("법 제 몇 조에 나와 있나요?", {ORDINAL}, ""),
    ("근거 조항은요?", {ORDINAL}, "open"),
    ("이번이 몇 번째 회의인가요?", {ORDINAL, COUNT}, ""),
    ("몇 단계 평가를 거치나요?", {ORDINAL, COUNT}, ""),
    ("몇 등급까지 받을 수 있어요?", {ORDINAL, COUNT}, "high"),
    ("문의 전화는 몇 번이에요?", {CONTACT}, ""),
    ("홈페이지 주소 알려 주세요", {CONTACT}, ""),
    ("어디에 문의하나요?", {CONTACT}, ""),
    ("신청 자격이 뭐예요?", set(), ""),
    ("신청은 어디에서 하나요?", set(), ""),
    ("누가 신청할 수 있나요?", set(), ""),
    ("무슨 서류를 내야 하나요?", set(), ""),
    ("왜 예산을 줄였나요?", set(), ""),
    ("규제샌드박스가 뭐예요?", set(), ""),
    ("어떤 업종이 제외되나요?", set(), ""),
    ("필름 인장강도는요?", set(), "open"),
    ("지원 대상은?", set(), ""),  # told in words
    ("회원 수가 가장 많은 동호회는?", set(), "most open"),
    ("가장 비싼 품목은 뭐예요?", set(), "most"),
    ("상영 시간이 가장 긴 영화는 무엇인가요?", set(), "most"),
    ("제일 오래된 다리는 어디인가요?", set(), "most"),
    ("점수가 제일 낮은 과목은?", set(), "least"),
    ("가장 가벼운 제품은 무엇인가요?", set(), "least"),
    ("가장 먼저 신청해야 하는 것은 무엇인가요?", set(), "least"),
    ("가장 긴급한 과제는 무엇인가요?", set(), ""),
    # What fell most is the least of the changes.
    ("지원금이 가장 많이 줄어든 사업은 무엇인가요?", set(), "least signed"),
    ("지원금이 가장 많이 늘어난 사업은 무엇인가요?", set(), "most signed"),
    ("이용자가 늘어난 도서관은 어디인가요?", set(), "signed"),
    ("소득이 줄어든 가구는 몇 곳인가요?", {COUNT}, "signed"),
)


@pytest.mark.parametrize(("question", "kinds", "told"), LABELLED)
def test_what_an_everyday_question_wants(question: str, kinds: set[ValueKind], told: str) -> None:
    found = wants(question)
    assert found.values == kinds
    flags = "total open signed changed".split()
    said = {name for name in flags if getattr(found, name)}
    said |= {str(found.edge), found.most} - {""}
    assert said == set(told.split())


@pytest.mark.parametrize(
    ("question", "fitting", "others"),
    [
        ("참가자를 몇 명 뽑나요?", ("명", "인", "사람"), ("개", "대", "명당 원")),
        ("몇 군데나 뽑아요?", ("곳", "개소", "개사", "업체"), ("명", "가구", "층")),
        ("몇 나라가 참여하나요?", ("개국", "국가"), ("명", "개사")),
        ("몇 가구를 돕나요?", ("가구", "세대"), ("명", "원")),
        ("몇 세대가 사나요?", ("가구", "세대"), ("세", "살")),
        ("몇 기관이 참여하나요?", ("개", "곳", "기관"), ("기", "명")),
        ("무게는 몇 킬로그램까지 되나요?", ("kg", "㎏", "킬로그램"), ("km", "m", "개")),
        ("길이는 몇 킬로미터인가요?", ("km", "㎞"), ("kg", "개")),
        ("넓이는 몇 미터인가요?", ("m", "km", "미터"), ("㎡", "명")),
        ("방 크기는 몇 제곱미터인가요?", ("㎡", "m²"), ("m", "평")),
        ("면적은 몇 헥타르예요?", ("ha", "헥타르"), ("㎡", "톤")),
        ("나이 제한은 몇 살까지인가요?", ("세", "살"), ("명", "대")),
        ("몇 번 열렸나요?", ("회", "차례", "번"), ("명", "곳")),
        ("이번이 몇 번째 회의인가요?", ("차", "번째"), ("명", "개")),
        ("나무를 몇 그루 심었나요?", ("그루",), ("개", "명")),
        ("심사 위원은 몇 분이에요?", ("명", "분"), ("개",)),
        # "얼마" leaves the unit open.
        ("교육생은 얼마나 되나요?", ("명", "개", "그루"), ()),
    ],
)
def test_which_counters_fit(
    question: str, fitting: tuple[str, ...], others: tuple[str, ...]
) -> None:
    found = wants(question)
    assert [unit for unit in fitting if not found.fits(COUNT, unit)] == []
    assert [unit for unit in others if found.fits(COUNT, unit)] == []


def test_a_value_of_another_kind_never_fits() -> None:
    shares = wants("자부담 비율은 얼마예요?")
    assert shares.fits(SHARE, "%") and not shares.fits(MONEY, "원")
    counted = wants("참가자를 몇 명 뽑나요?")
    assert counted.fits(COUNT, "명") and not counted.fits(ORDINAL, "명")
    words = wants("무슨 서류를 내야 하나요?")
    assert not any(words.fits(kind, "") for kind in ValueKind)


def test_counters_that_mean_the_same_are_grouped_both_ways() -> None:
    assert all(len(group) > 1 for group in SAME_UNIT)
    for group in SAME_UNIT:
        for unit in group - {"분", "번째", "데"}:  # heard as another word
            told = wants(f"몇 {unit}인가요?")
            assert not told.units or unit in told.units


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("2024년 상반기 매출은 얼마예요?", [(2024, 1, 6)]),
        ("'25년 3분기 실업률은 얼마인가요?", [(2025, 7, 9)]),
        ("4~6월 강수량은 얼마였나요?", [(None, 4, 6)]),
        ("2023년과 2024년 예산은 각각 얼마인가요?", [(2023, 1, 12), (2024, 1, 12)]),
        ("2026년 3월에 몇 명이 왔나요?", [(2026, 3, 3)]),
        ("융자 한도는 얼마인가요?", []),
    ],
)
def test_the_stretches_of_the_calendar_that_are_asked_about(
    question: str, periods: list[tuple[int | None, int, int]]
) -> None:
    assert wants(question).periods == tuple(Period(*one) for one in periods)


@pytest.mark.parametrize(
    ("question", "how", "limit"),
    [
        ("60점 이상인 과목은 무엇인가요?", How.LEAST, "60"),
        ("소득이 200만원을 넘는 가구는 몇 곳인가요?", How.OVER, "200"),
        ("정원이 30명 미만인 반은 어디인가요?", How.UNDER, "30"),
        ("업력이 3년 이하인 기업은 무엇을 내야 하나요?", How.MOST, "3"),
        ("회원이 1,500명보다 많은 동호회는 어디인가요?", How.OVER, "1500"),
        ("평균 기온이 2.5도보다 낮은 달은 언제인가요?", How.UNDER, "2.5"),
        ("20명인 반은 어디인가요?", How.EQUAL, "20"),
        ("이용자가 늘어난 도서관은 어디인가요?", How.OVER, "0"),
        ("예산이 줄어든 사업은 무엇인가요?", How.UNDER, "0"),
    ],
)
def test_what_the_members_that_are_asked_for_meet(question: str, how: How, limit: str) -> None:
    assert wants(question).condition == Condition(how, Decimal(limit))


@pytest.mark.parametrize(
    "question",
    [
        "융자 한도는 얼마인가요?",
        "참가자를 몇 명 뽑나요?",
        "예산이 얼마나 늘었나요?",
        "3층은 어디예요?",
    ],
)
def test_most_questions_set_no_condition(question: str) -> None:
    assert wants(question).condition is None


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("물류비 융자 한도는 얼마인가요?", "한도"),
        ("참가자를 몇 명 뽑나요?", "참가자"),
        ("보조금 상한액은 얼마인가요?", "상한액"),
        ("어떤 업종이 제외되나요?", "업종"),
        ("담당 부서는 어디예요?", "부서"),
        ("법 제 몇 조에 나와 있나요?", "법"),
        ("탄소섬유 단가를 킬로당 얼마까지 낮추나요?", "단가"),
        ("지원사업 신청 자격", "자격"),
        ("인장강도는요?", "인장강도"),
        ("얼마예요?", "얼마"),
    ],
)
def test_the_noun_that_names_what_is_wanted(question: str, noun: str) -> None:
    assert wants(question).noun == noun


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("신청 기간은 언제인가요?", {Aspect.WHEN}),
        ("언제까지 신청해야 하나요?", {Aspect.WHEN}),
        ("설명회는 몇 시에 시작해요?", {Aspect.HOURS}),
        ("누가 신청할 수 있나요?", {Aspect.TARGET}),
        ("신청 자격이 뭐예요?", {Aspect.TARGET}),
        ("신청을 못 하는 사람은 누구인가요?", {Aspect.EXCLUDED}),
        ("무슨 서류를 내야 하나요?", {Aspect.DOCUMENTS}),
        ("어디에 문의하나요?", {Aspect.CONTACT}),
        ("어떻게 신청하나요?", {Aspect.METHOD}),
        ("설명회는 어디에서 열리나요?", {Aspect.PLACE}),
        ("어느 기관이 맡아서 하나요?", {Aspect.BODY}),
        ("이 사업의 목적은 무엇인가요?", {Aspect.PURPOSE}),
        ("수강료는 얼마예요?", {Aspect.AMOUNT}),
        ("참가자를 몇 명 뽑나요?", {Aspect.COUNT}),
        ("자부담은 몇 퍼센트예요?", {Aspect.RATE}),
        ("지원사업 제출 서류", {Aspect.DOCUMENTS}),
        ("지원 대상은?", {Aspect.TARGET}),
    ],
)
def test_what_a_label_of_the_answer_would_tell(question: str, aspects: set[Aspect]) -> None:
    told = wants(question).aspects
    assert {aspect for aspect, likely in told.items() if likely == 1.0} == aspects


@pytest.mark.parametrize(
    ("question", "price"),
    [
        ("입장료는 얼마예요?", True),
        ("사업비는 몇 억이에요?", True),
        ("돈을 얼마나 주나요?", True),
        ("이 기계는 얼마예요?", True),
        ("방문객이 얼마나 늘었나요?", False),
        ("심사는 얼마나 걸려요?", False),
        ("자부담 비율은 얼마예요?", False),
        ("예산은 몇 명이 심사하나요?", False),
        ("왜 예산을 줄였나요?", False),
    ],
)
def test_where_money_is_meant(question: str, price: bool) -> None:
    assert wants(question).price is price


@pytest.mark.parametrize(
    ("question", "measured"),
    [
        ("융자 한도는 얼마예요?", True),
        ("접수 기간은 언제예요?", True),
        ("보조율은 얼마예요?", True),
        ("모집 인원은 몇 명이에요?", True),
        ("대표 전화번호가 뭐예요?", True),
        ("지원 대상은 누구예요?", False),
        ("제출 서류는 뭐예요?", False),
        ("신청 방법은 뭐예요?", False),
        ("인장강도는요?", False),
    ],
)
def test_nouns_that_name_a_number_or_a_date(question: str, measured: bool) -> None:
    assert wants(question).measured is measured


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters() | st.sampled_from("가장 많은몇명얼마언제까지당이상늘%.?,20'’년월"),
        max_size=60,
    )
)
def test_any_question_wants_something_that_can_be_asked_of_a_value(text: str) -> None:
    try:
        question = analyse(text)
    except QuestionError:
        return
    found = wants_of(question)
    assert found.most in ("most", "least", "") and isinstance(found.edge, Edge)
    assert not found.units or found.values
    assert not (found.price and MONEY not in found.values)
    assert wants_of(question) == found


@pytest.mark.parametrize(
    ("question", "former"),
    [
        ("변경 전에는 몇 가구였나요?", True),
        ("작년엔 한도가 얼마였나요?", True),
        ("지금 하루권 값은 얼마인가요?", True),
        ("작년보다 얼마나 올랐나요?", False),
        ("작년 대비 몇 % 늘었나요?", False),
        ("바뀐 금액은 얼마인가요?", False),
    ],
)
def test_what_was_before_a_change_is_asked_for(question: str, former: bool) -> None:
    assert wants(question).former is former
