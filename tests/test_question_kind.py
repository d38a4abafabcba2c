"""The kind of a question against hand-labelled examples in formal, spoken and keyword Korean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.analysis import kind_of
from rag.types import QuestionKind

K = QuestionKind
LABELLED: dict[QuestionKind, tuple[str, ...]] = {
    K.AMOUNT: (
        "융자 한도가 얼마인가요?",
        "수출 물류비는 얼마까지 대 주나요?",
        "몇 개사를 뽑나요?",
        "이자는 몇 프로예요?",
        "전국 몇 군데서 하나요?",
        "물류비 융자 한도",
        "1인당 지원금은?",
        "보증 비율은 어떻게 되나요?",
        "사업비는 무엇인가요?",
        "자부담 비율",
        "how much is the loan?",
    ),
    K.DATE: (
        "언제까지 신청해요?",
        "몇 월 며칠까지인가요?",
        "신청 기한은 어떻게 되나요?",
        "접수 마감",
        "공고일",
        "협정은 몇 년에 발효됐나요?",
        "when does it start?",
    ),
    K.PERSON: (
        "누가 위원장을 맡았나요?",
        "발표자는 누구예요?",
        "사업단장",
        "who chairs the board?",
    ),
    K.ORGANISATION: (
        "담당 부서가 어디예요?",
        "어느 회사가 맡았나요?",
        "주관 기관",
        "which ministry runs it?",
    ),
    K.PLACE: (
        "공장은 어느 도시에 짓나요?",
        "설명회는 어디서 하나요?",
        "개최 장소는?",
        "where is it?",
    ),
    K.CONTACT: (
        "문의 전화번호",
        "상담 전화는 몇 번이에요?",
        "어디에 문의하나요?",
        "온라인 신청 사이트 주소",
        "담당자 이메일 알려 주세요",
    ),
    K.LIST: (
        "지원 대상 업종은 무엇무엇인가요?",
        "참여 기관을 모두 알려 주세요",
        "세 가지 전략이 뭐예요?",
        "두 가지는 무엇인가요?",
        "회의에 참석한 사람들은 누구인가요?",
        "제출 서류",
    ),
    K.REASON: (
        "사고 원인은?",
        "사고의 원인이 뭐예요?",
        "왜 관세를 올렸나요?",
        "수출이 줄어든 이유가 뭐예요?",
        "가격 상승 원인",
    ),
    K.METHOD: ("어떻게 신청하나요?", "신청 방법", "평가는 어떤 방식으로 하나요?"),
    K.DEFINITION: ("규제샌드박스가 뭐예요?", "소상공인이란 무엇인가요?", "직접보조금의 정의는?"),
    K.COMPARISON: ("지난해와 올해 한도는 어떻게 다른가요?", "두 사업의 차이는 무엇인가요?"),
    K.YES_NO: ("대학생도 신청할 수 있나요?", "나이 제한이 있습니까?"),
    K.OTHER: ("지원 대상은?", "어떤 업종이 제외되나요?", "전통시장"),
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in LABELLED.items() for text in texts]
)
def test_the_kind_of_a_question(text: str, kind: QuestionKind) -> None:
    assert kind_of(text)[0] is kind


def test_every_kind_is_recognised() -> None:
    assert set(LABELLED) == set(K)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("몇 개사를 뽑나요?", "개사"),
        ("몇 개월 걸리나요?", "개월"),
        ("몇 개를 사나요?", "개"),
        ("몇 퍼센트인가요?", "퍼센트"),
        ("몇 %p 올랐나요?", "%p"),
        ("몇 달러인가요?", "달러"),
        ("몇 달 걸리나요?", "달"),
        ("몇 시간 교육하나요?", "시간"),
        ("몇 기업이 참여했나요?", "기업"),
        ("몇명이 왔나요?", "명"),
        ("몇 사람이 받나요?", "사람"),
        ("몇 만 원이나 주나요?", "원"),
        ("몇 조 항에 있나요?", "조"),
        ("수수료는 몇 원인가요?", "원"),
        ("수수료가 몇 원인지 알려 주세요", "원"),
        ("몇 켤레인가요?", "켤레"),
        ("몇 등급으로 나누나요?", "등급"),
        ("배출가스는 몇 등급이에요?", "등급"),
        ("가입자는 몇이었어요?", ""),
        ("기업 몇 안 되는 곳이 받나요?", ""),
        ("얼마인가요?", ""),
    ],
)
def test_the_counter_is_read_whole(text: str, unit: str) -> None:
    assert kind_of(text) == (K.AMOUNT, unit)


@pytest.mark.parametrize(
    "text", ["왜곡된 시장은 어느 나라 시장인가요?", "왜소한 나무는 어디에 심나요?"]
)
def test_why_inside_another_word_asks_for_no_reason(text: str) -> None:
    assert kind_of(text)[0] is K.PLACE


@given(st.sampled_from([(text, kind) for kind, texts in LABELLED.items() for text in texts]))
def test_marks_at_the_end_change_nothing(labelled: tuple[str, QuestionKind]) -> None:
    text, kind = labelled
    for mark in ("", "?", "??", " ?", "."):
        assert kind_of(text.rstrip("?") + mark)[0] is kind, mark


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_units_belong_to_amounts(text: str) -> None:
    kind, unit = kind_of(text)
    assert isinstance(kind, QuestionKind)
    if unit:
        assert kind is K.AMOUNT
        assert unit in text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3대 전략은 무엇인가요?", K.LIST),
        ("육성 5대 핵심과제를 알려 주세요.", K.LIST),
        ("투자하기로 한 6개국은 어디인가요?", K.LIST),
        ("참여한 두 기관은 어디인가요?", K.LIST),
        ("신청할 때 어떤 서류가 있나요?", K.LIST),
        ("3대 폭포로 꼽히는 폭포는 어디에 있나요?", K.PLACE),
        ("1968 우승국은 어디인가요?", K.PLACE),
        ("두 번째 시험장은 어디인가요?", K.PLACE),
    ],
)
def test_what_is_counted_is_a_list(text: str, kind: QuestionKind) -> None:
    assert kind_of(text)[0] is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("그 문제를 둘러싼 논란?", K.OTHER),
        ("관세가 붙는 교역국은 이란?", K.OTHER),  # the country
    ],
)
def test_a_noun_that_ends_like_so_called_asks_for_no_definition(
    text: str, kind: QuestionKind
) -> None:
    assert kind_of(text) == (kind, "")


def test_some_of_them_asks_for_no_number() -> None:
    assert kind_of("몇몇 기업이 맡은 일은 어떤 일인가요?") == (K.OTHER, "")
    assert kind_of("몇몇 개사가 맡은 일은 어떤 일인가요?") == (K.OTHER, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("참석자들", K.LIST),
        ("아들", K.OTHER),
        ("세 가지", K.LIST),
        ("사업 종류", K.LIST),
        ("신청 사이트", K.CONTACT),
        ("수출 절차", K.METHOD),
        ("개통된 해", K.DATE),
        ("시행 연도", K.DATE),
        ("착공일", K.DATE),
        ("장관의 이름", K.PERSON),
        ("연구를 이끈 교수", K.PERSON),
        ("국방비", K.AMOUNT),
        ("장비", K.OTHER),
        ("인구수", K.AMOUNT),
        ("보험료율", K.AMOUNT),
        ("법률", K.OTHER),
        ("국내 제조사", K.ORGANISATION),
        ("행사 위치", K.PLACE),
        ("규제가 완화된 까닭", K.REASON),
        ("지원금을 알려 줘", K.AMOUNT),
        ("담당자를 좀 찾아 줄래?", K.PERSON),
    ],
)
def test_keywords_are_read_off_their_last_noun(text: str, kind: QuestionKind) -> None:
    assert kind_of(text) == (kind, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # What is decided by two patterns is decided by the one that needs more context.
        ("어떤 절차로 몇 명을 뽑나요?", K.METHOD),
        ("두 해의 예산을 합하면 얼마인가요?", K.COMPARISON),
        ("문의 전화는 왜 바뀌었나요?", K.REASON),
        ("담당자 전화번호는 언제 바뀌었나요?", K.CONTACT),
        ("지원 대상을 모두 알려 주세요. 언제까지인가요?", K.LIST),
        ("모두 몇 명인가요?", K.AMOUNT),
        ("언제 몇 명을 뽑나요?", K.DATE),
        ("누가 얼마를 냈나요?", K.AMOUNT),
        ("누가 어느 회사를 샀나요?", K.PERSON),
        ("어느 회사가 어디에 공장을 짓나요?", K.ORGANISATION),
        ("만든 회사가 뭐예요?", K.ORGANISATION),
        ("대기업이 뭐예요?", K.DEFINITION),
        ("공장을 지을 회사가 뭐예요?", K.ORGANISATION),
        ("연구 기관이 뭐예요?", K.DEFINITION),
        ("어디에서 어떻게 하나요?", K.PLACE),
        ("몇 번으로 전화하나요?", K.CONTACT),
        ("조약의 이름은 어디인가요?", K.PLACE),
        ("which company built it?", K.ORGANISATION),
        ("which country signed it?", K.PLACE),
    ],
)
def test_of_two_signs_the_one_that_says_more_decides(text: str, kind: QuestionKind) -> None:
    assert kind_of(text)[0] is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("홈페이지를 통해 탈퇴 소식을 알린 사람은?", K.PERSON),
        ("가격이 오른 원인이 정책이라고 지적한 인물은?", K.PERSON),
        ("대회에서 우승한 선수는?", K.PERSON),
        ("두 모델을 비교한 연구를 이끈 교수는 누구인가요?", K.PERSON),
        ("협회가 세워진 연도는?", K.DATE),
        ("조약의 배경이 된 전쟁이 끝난 것은 언제인가요?", K.DATE),
        ("‘함께’라는 뜻을 지닌 행사의 이름은 무엇인가요?", K.OTHER),
        ("물건을 모두 나누어 준다는 뜻의 단어는?", K.OTHER),
        ("큰 성공을 거두어 사업을 시작하게 만든 작품은?", K.OTHER),
        ("불법행위를 규정한 법률은?", K.OTHER),
        ("지원 방법은 무엇인가요?", K.METHOD),
        ("두 방식의 차이는 무엇인가요?", K.COMPARISON),
        ("회선수", K.AMOUNT),
        ("참여한 두 사람은 누구인가요?", K.LIST),
    ],
)
def test_a_question_is_read_off_what_it_ends_in(text: str, kind: QuestionKind) -> None:
    assert kind_of(text)[0] is kind


@pytest.mark.parametrize(
    "asking",
    [
        "신청 장소 좀 알려 주실 수 있나요?",
        "신청 장소를 안내해 주시면 감사하겠습니다.",
        "신청 장소 안내 부탁드립니다",
        "신청 장소가 궁금해요",
        "신청 장소를 알고 싶습니다.",
        "신청 장소 문의드립니다",
    ],
)
def test_a_polite_request_asks_for_the_noun_before_it(asking: str) -> None:
    assert kind_of(asking)[0] is QuestionKind.PLACE
