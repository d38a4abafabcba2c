"""Requests that no passage answers, told from look-ups by their ends; labelled by hand."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question.turns import _PLEASE, Request, request_of

LABELLED: dict[Request, tuple[str, ...]] = {
    Request.GREETING: (
        "안녕하세요",
        "안녕!",
        "안녕하십니까?",
        "반갑습니다.",
        "처음 뵙겠습니다",
        "수고하십니다~",
        "좋은 아침입니다",
        "Hello",
        "hi!",
    ),
    Request.THANKS: (
        "고마워요",
        "정말 고맙습니다!",
        "감사합니다.",
        "도와주셔서 감사합니다",
        "Thank you!",
        "thanks",
    ),
    Request.TRANSLATION: (
        "이 공고를 영어로 번역해 줘",
        "중국어로 바꿔 주세요",
        "우리말로 옮겨 줄래?",
        "이 대목 번역 좀 부탁해요",
        "번역해 주시면 고맙겠습니다",
        "일본어로 번역해 봐",
        "translate this notice into English",
    ),
    Request.SUMMARY: (
        "이 문서를 요약해 줘",
        "한 줄로 간추려 주세요",
        "짧게 정리해 줘",
        "핵심만",
        "공고문 요약",
        "요약해 주시면 감사하겠습니다",
        "좀 짧게 줄여 줬으면 좋겠어요",
        "요약해 주실 수 있나요?",
        "요약해라",
        "summarize the notice",
    ),
    Request.WRITING: (
        "신청서를 대신 써 줘",
        "사업계획서 작성해 주세요",
        "보도자료를 만들어 줄래요?",
        "자기소개서를 다듬어 줘",
        "사업 이름을 지어 주세요",
        "퀴즈를 내 줘",
        "소개 글을 써라",
    ),
    Request.CHOICE: (
        "나한테 맞는 사업을 추천해 줘",
        "하나만 골라 줘",
        "둘 가운데 하나를 골라 주실래요?",
        "제일 나은 걸로 추천 부탁드립니다",
    ),
    Request.COMPARISON: (
        "두 사업을 비교해 줘",
        "표로 정리해 줘",
        "두 제도를 견주어 주세요",
        "지난해와 올해를 표로 보여 주세요",
    ),
}
LOOK_UPS = (
    # What ends in a request, but for something that documents state.
    "융자 한도를 알려 줘",
    "수강료 좀 알려 주세요",
    "나이 제한을 적어 주세요",
    "접수 기간을 확인해 줘",
    "접수 기간을 확인해 주시면 고맙겠습니다",
    "확인해 주면 고마워",
    "담당 부서를 찾아 줘",
    "지원 대상을 모두 정리해 줘",
    "신청 방법을 말해 주세요",
    "안녕하세요, 융자 한도 좀 알려 주세요",
    "무엇을 추천해 주나요?",
    "안내문을 메일로 보내 주세요",
    # What is done for others, or has to be done, is only spoken of.
    "빈집을 고쳐 주는 사업",
    "보청기를 만들어 주는 곳",
    "병원에서 통역을 해 주나요?",
    "통역해 주는 사람",
    "통역해 줄 수 있는 사람",
    "통역해 주실 분 모집",
    "작성해야 하는 서류",
    "신청서를 작성해야 하나요?",
    "추천해야 하는 사람 수",
    "고쳐 주면 받는 돈",
    "번역해 달라는 요청",
    "전자책을 만들어 주기로 한 기관",
    # Words that only begin like a request.
    "정리해고 지원금",
    "국정감사 일정",
    "추천서 제출 기한",
    "번역 인력",
    "비교 공시 제도",
    "영어로 된 안내서가 있나요?",
    "감사합니다라는 말이 나오는 대목",
    "안녕마을 사업",
    "히트펌프 보급",
    "융자 한도는?",
    "왜 줄여 주나요?",
    "",
)


@pytest.mark.parametrize(
    ("text", "request_"),
    [(text, request) for request, texts in LABELLED.items() for text in texts],
)
def test_what_is_asked_to_be_done(text: str, request_: Request) -> None:
    assert request_of(text) is request_


@pytest.mark.parametrize("text", LOOK_UPS)
def test_a_look_up_is_no_request(text: str) -> None:
    assert request_of(text) is None


@pytest.mark.parametrize("word", ["얼마", "언제", "어디", "누구", "몇", "왜", "무엇", "알려"])
def test_a_question_word_makes_a_look_up_of_any_request(word: str) -> None:
    assert request_of("이 공고를 번역해 줘") is Request.TRANSLATION
    assert request_of(f"{word} 이 공고를 번역해 줘") is None


def test_every_pattern_of_the_table_compiles_and_is_used() -> None:
    rows = files("rag.question").joinpath("requests.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if row and not row.startswith("#")]
    assert all(len(part) == 2 for part in parts)
    assert {name for name, _pattern in parts} == {str(request) for request in Request}
    for _name, pattern in parts:
        re.compile(pattern.replace("{부탁}", _PLEASE))
        assert pattern.count("{") == pattern.count("{부탁}") + len(re.findall(r"\{\d", pattern))


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters() | st.sampled_from("요약해 줘번역써주세요안녕?고맙습니다"), max_size=40)
)
def test_any_text_is_a_request_or_none(text: str) -> None:
    found = request_of(text)
    assert found is None or found in Request
    # Signs behind the end, and only those, make no difference.
    assert request_of(f"{text}?!") is found
