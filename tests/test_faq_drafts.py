"""Questions written from documents."""

from __future__ import annotations

import pytest
from faq_making import TEXT, B, C, H, P, T, questions

from rag.faq.drafts import Source
from rag.faq.headings import event
from rag.faq.subjects import is_noun_phrase, title


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("제3차 수출지원협의회는 언제 열렸나요?", "제3차 수출지원협의회 개최", ""),
        (
            "수출지원협의회는 언제 어디에서 열렸나요?",
            "일시·장소",
            "'24.3.15(금) 15:00, 서울 무역회관",
        ),
        (
            "수출지원협의회에는 누가 참석했나요?",
            "참석",
            "산업통상자원부 장관, 수출기업 대표 등 20명",
        ),
        ("수출지원협의회의 의제는 무엇인가요?", "의제", "① 물류비 지원, ② 보험 확대"),
        ("'23년 對美 수출은 얼마인가요?", "741억불", "741억불"),
        (
            "공동 물류센터 구축의 목표는 무엇인가요?",
            "(목표)",
            "'30년까지 공동 물류센터 100개소 구축",
        ),
        ("공동 물류센터 구축의 지원 내용은 무엇인가요?", "(지원내용)", "창고 임차료의 절반을 보조"),
        (
            "공동 물류센터 구축에서 ‘중소기업’에 대한 내용은 무엇인가요?",
            "(중소기업)",
            "입주 심사에서 우대",
        ),
        ("공동 물류센터 구축의 설치비는 무엇인가요?", "설치비", "('23) 12 → ('24) 15"),
        ("해외 물류망 확충 전략의 추진 배경은 무엇인가요?", "추진 배경", ""),
        ("국가별 물류센터 수 표에서 2023 베트남은 얼마인가요?", "9", "9"),
    ],
)
def test_a_question_is_written_from_each_kind_of_place(
    question: str, words: str, expected: str
) -> None:
    found = questions()
    assert question in found, sorted(found)
    draft = found[question]
    assert words in TEXT[draft.span.start : draft.span.end]
    assert draft.expected == expected


def test_a_definition_and_an_event_in_prose() -> None:
    found = questions(
        (H, "1. 용어"),
        (P, "스마트공장이란 생산 과정에 정보통신기술을 접목한 공장을 의미한다. "
            "2019년 6월 정부는 제조업 르네상스 비전을 발표했다."),
    )  # fmt: skip
    assert found["스마트공장이란 무엇인가요?"].source is Source.DEFINITION
    assert found["제조업 르네상스 비전은 언제 발표되었나요?"].expected == "2019년 6월"


def test_contacts_and_periods_are_asked_of_the_issuer_and_the_programme() -> None:
    found = questions(
        (H, "스마트공장 보급 사업 시행 (중소벤처기업부)"),
        (B, "- 신청 기업은 6월 7일부터 6월 25일까지 종합관리시스템(www.smtech.go.kr)에서 신청"),
        (P, "TEL.(042) 860-6114 FAX.(042) 860-6504"),
    )
    assert found["무역진흥원의 전화번호는 무엇인가요?"].expected == "(042) 860-6114"
    assert found["무역진흥원의 팩스 번호는 무엇인가요?"].expected == "(042) 860-6504"
    assert found["스마트공장 보급 사업은 어디에서 신청하나요?"].expected == "www.smtech.go.kr"
    assert "25일" in found["스마트공장 보급 사업 신청 기간은 언제까지인가요?"].expected
    assert found["어느 기관이 스마트공장 보급 사업을 시행하나요?"].expected == "중소벤처기업부"


def test_nothing_is_asked_about_slogans_and_headings_without_a_subject() -> None:
    found = questions(
        (H, "FTA 활용, 중소중견기업에게 성장의 돌파구!"),
        (B, "- (목표) 수출 기업의 활용률을 높인다"),
        (H, "배경"),
        (B, "- 물가는 오르고 수출은 줄었다"),
    )
    assert found == {}


def test_every_draft_names_a_span_that_is_not_blank() -> None:
    for draft in questions().values():
        assert TEXT[draft.span.start : draft.span.end].strip()
        assert draft.question.endswith(("?", "."))


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("1. 추진 배경", "추진 배경"),
        ("【 회의 주요 내용 】", "회의 주요 내용"),
        ("- (참고) 2022년 분야별 요구 현황", "2022년 분야별 요구 현황"),
        ("<표 1> 국가별 수출 (단위: 억불)", "국가별 수출"),
        ("## (1) 자금과 인력", "자금과 인력"),
        ("Ⅲ. AI 기술 개발", "AI 기술 개발"),
        ("① (자금) 투자 지원", "투자 지원"),
        ("2022년 예산", "2022년 예산"),
    ],
)
def test_titles(heading: str, wanted: str) -> None:
    assert title(heading) == wanted


@pytest.mark.parametrize(
    ("phrase", "fits"),
    [
        ("공동 물류센터 구축", True),
        ("한국과 미국의 시장점유율", True),
        ("AI 중소벤처기업(강소기업)", True),
        ("혁신의 역설에 빠지다", False),
        ("힘 모아 나선다!", False),
        ("국가혁신클러스터, 지역성장 거점으로 자리잡는다", False),
        ("국제유가의 하락(", False),
        ("가" * 46, False),
        ("", False),
    ],
)
def test_noun_phrases(phrase: str, fits: bool) -> None:
    assert is_noun_phrase(phrase) is fits


def test_events() -> None:
    assert event("제4차 회의 개최 ('21.03.10.)") == ("제4차 회의", "개최")
    assert event("산업부, 기술개발 지원 착수 ('21.06.09.)") == ("기술개발 지원", "착수")
    assert event("양자기술산업 육성법 마련·시행 (과기정통부)") == ("양자기술산업 육성법", "시행")
    assert event("예산요구 현황") == ("예산요구 현황", "")


def test_a_question_that_could_be_asked_of_anything_names_its_section() -> None:
    found = questions(
        (H, "해외 물류망 확충 전략"),
        (P, "투자유치액은 429억불로 늘었다. 세계경제 성장률은 5.6%로 전망된다."),
    )
    assert found["해외 물류망 확충 전략에서 투자유치액은 얼마인가요?"].expected == "429억불"
    assert "투자유치액은 얼마인가요?" not in found
    assert "세계경제 성장률은 얼마로 전망되나요?" in found  # says of what
    assert not [q for q in questions((P, "투자유치액은 429억불로 늘었다.")) if "투자유치액" in q]


def test_a_section_of_sections_is_not_asked_what_it_says() -> None:
    # What stands first in it, its background, is not the strategy.
    assert "해외 물류망 확충 전략은 무엇인가요?" not in questions()
    alone = questions((H, "해외 물류망 확충 전략"), (B, "- 공동 물류센터를 100개소로 늘림"))
    assert "해외 물류망 확충 전략은 무엇인가요?" in alone


def test_columns_of_times_and_examples() -> None:
    found = questions(
        (C, "< 가입자 수 >"),
        (T, "구분\t2019.7\t'20\t지원 예시\n이동전화 전체\t67,650\t68,892\t90"),
    )
    assert set(found) == {
        "가입자 수 표에서 2019년 7월 이동전화 전체는 얼마인가요?",
        "가입자 수 표에서 '20년 이동전화 전체는 얼마인가요?",
    }
