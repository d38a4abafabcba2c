"""Enumerations in running text, against hand-made truths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.listing import enumerates, enumeration


def items(text: str, mark: str = "") -> list[str]:
    at = text.index(mark)
    return [text[start:end] for start, end in enumeration(text, [(at, at + 1, 1.0, mark)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("신청서류: 사업자등록증, 재무제표, 사업계획서", "사업자등록증; 재무제표; 사업계획서"),
        (
            "회의에는 한국은행, 금융위원회, 기획재정부가 참석하였다",
            "한국은행; 금융위원회; 기획재정부",
        ),
        ("지원 업종은 제조업, 건설업, 운수업 등이며 금융업은 제외한다.", "제조업; 건설업; 운수업"),
        ("자동차(승용차, 트럭), 반도체, 조선 등 주력 품목", "자동차(승용차, 트럭); 반도체; 조선"),
        ("서울, 부산, 대구 및 광주에서 설명회를 연다", "서울; 부산; 대구; 광주"),
        (
            "인력 부족, 경험 부족, 그리고 과도한 비용 등의 이유로 늦다.",
            "인력 부족; 경험 부족; 과도한 비용",
        ),
        ("대상은 소상공인, 중소기업, 중견기업으로 한정한다", "소상공인; 중소기업; 중견기업"),
        ("창업기업, 재도전기업 등을 우대한다", "창업기업; 재도전기업"),
        ("평가 기준, 제도 개선, 전문가 양성", "평가 기준; 제도 개선; 전문가 양성"),
        ("주력 품목(섬유, 신발, 가구)을 지원한다", "섬유; 신발; 가구"),
    ],
)
def test_commas(text: str, expected: str) -> None:
    assert items(text) == expected.split("; ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "한편, 국내에서는 가람전자, 누리소프트, 다온로봇 등이 기술을 개발하고 있으나, 서비스는 부족하다.",
            "가람전자; 누리소프트; 다온로봇",
        ),
        (
            "10대 분야를 선정하여 지원하고 있는데, 로봇, 바이오, 우주항공 등이 포함되어 있다.",
            "로봇; 바이오; 우주항공",
        ),
        (
            "본사를 해외로 옮기고, 투자 유치를 통해 한빛벤처스, 새솔캐피탈 등의 지원을 받았다.",
            "한빛벤처스; 새솔캐피탈",
        ),
        (
            "대상은 수출 실적이 있는 중소기업, 창업기업, 여성기업이다.",
            "수출 실적이 있는 중소기업; 창업기업; 여성기업",
        ),
        ("지역 거점인 진흥공단, 테크노파크 등을 활용하여 교육한다.", "진흥공단; 테크노파크"),
        (
            "- * 열상 카메라, 고해상도 레이더, 컴퓨팅 모듈",
            "열상 카메라; 고해상도 레이더; 컴퓨팅 모듈",
        ),
    ],
)
def test_what_leads_up_and_what_goes_on_is_no_item(text: str, expected: str) -> None:
    assert items(text) == expected.split("; ")


def test_a_label_before_items_of_one_word_is_left_out() -> None:
    text = "물성 시편형태, 측정장비, 시험온도, 하중조건"
    assert items(text) == ["시편형태", "측정장비", "시험온도", "하중조건"]
    # Where other items have two words as well it is no label.
    text = "무역 금융, 물류 지원, 해외 인증, 상담회"
    assert items(text) == ["무역 금융", "물류 지원", "해외 인증", "상담회"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3대 전략은 ① 판로 개척 ② 인력 양성 ③ 기술 보호이다.", "판로 개척; 인력 양성; 기술 보호"),
        ("5개 지표(△매출 △고용 △수출)를 본다", "매출; 고용; 수출"),
        ("• 전문인력 구축 • 협업체계 마련 • 상담 유지", "전문인력 구축; 협업체계 마련; 상담 유지"),
        ("1) 신청서 2) 동의서 3) 계획서", "신청서; 동의서; 계획서"),
        ("1. 접수 2. 평가 3. 협약", "접수; 평가; 협약"),
        ("대상은 (가) 개인 (나) 법인이다.", "개인; 법인"),
        ("첫째, 자금을 늘린다. 둘째, 인력을 키운다.", "자금을 늘린다; 인력을 키운다"),
    ],
)
def test_marks_and_numbers(text: str, expected: str) -> None:
    assert [item.rstrip(".") for item in items(text)] == expected.split("; ")


def test_middle_dots_count_where_nothing_else_does() -> None:
    assert items("인공지능·빅데이터·클라우드를 육성") == ["인공지능", "빅데이터", "클라우드"]
    text = "소재·부품·장비, 미래 모빌리티, 바이오·헬스·의료 등 3개 분야"
    assert items(text) == ["소재·부품·장비", "미래 모빌리티", "바이오·헬스·의료"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "한도는 5억원이다.",
        "총 1,200개사에 3,400억원을 지원한다",
        "수출은 늘었으며, 수입은 줄었고, 무역수지는 나아졌다.",
        "경기 회복, 수출 증가",
        "수출 △3.2%, 수입 △1.0%",
        "2024. 3. 11.부터 3. 29.까지",
        "주1) 2024년 기준이다.",
    ],
)
def test_prose_without_a_list(text: str) -> None:
    assert items(text) == []
    assert not enumerates(text)


def test_the_list_nearest_to_the_question_is_taken() -> None:
    text = "수출 품목은 쌀, 김, 배추 등이다. 제외 업종은 부동산업, 주점업, 도박업 등이다."
    assert items(text, "수출") == ["쌀", "김", "배추"]
    assert items(text, "제외") == ["부동산업", "주점업", "도박업"]


def test_an_opened_bracket_that_never_closes_hides_nothing() -> None:
    assert items("대상(제조업, 건설업, 운수업") == ["제조업", "건설업", "운수업"]


PIECES = st.sampled_from(
    "반도체|배터리|조선업은|지원하고|육성한다.|등|등을|및|그리고|한편|,|, |,|(|)|①|②|③|△|△3|•|·|.|;|:"
    "|1)|2)|가.|나.|첫째,|둘째,| | |\n|1,000".split("|")
)


@settings(deadline=None)
@given(
    st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80),
    st.lists(st.integers(0, 80), max_size=3),
)
def test_items_are_ordered_disjoint_slices(text: str, marks: list[int]) -> None:
    found = enumeration(text, [(at, at + 1, 1.0, str(at)) for at in marks])
    assert len(found) != 1
    end = 0
    for start, stop in found:
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    if enumerates(text) is False and "·" not in text:
        assert found == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["섬유", "신발", "가구", "반도체", "조선", "철강", "화장품"]),
        min_size=3,
        max_size=7,
        unique=True,
    )
)
def test_a_plain_list_comes_back_whole(words: list[str]) -> None:
    assert items(f"지원 품목: {', '.join(words)} 등") == words
    assert items(f"지원 품목은 {', '.join(words)}이다.") == words


def test_an_enumeration_of_as_many_as_are_asked_for_goes_first() -> None:
    text = "기관은 서울, 부산, 대구이다. 부품은 바퀴, 굴대, 의자, 창틀, 문짝, 배관이다."
    three, six = enumeration(text, []), enumeration(text, [], 6)
    assert len(three) == 3
    assert len(six) == 6
    assert text[slice(*six[1])] == "굴대"
