"""Lists in running text as policy documents write them, with the items told by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.finding.lists import Enumeration, enumerations


def told(text: str) -> list[str]:
    return ["; ".join(text[a:b] for a, b in one.items) for one in enumerations(text)]


def one(text: str) -> Enumeration:
    (found,) = enumerations(text)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("신청서류: 사업자등록증, 재무제표, 사업계획서", "사업자등록증; 재무제표; 사업계획서"),
        ("대상 : 소상공인, 창업기업, 협동조합 ※ 유흥업종 제외", "소상공인; 창업기업; 협동조합"),
        ("회의에는 한국은행, 금융위원회, 기획재정부가 참석하였다", "한국은행; 금융위원회; 기획재정부"),
        ("지원 업종은 제조업, 건설업, 운수업 등이며 금융업은 뺀다.", "제조업; 건설업; 운수업"),
        ("자동차(승용차, 트럭), 반도체, 조선 등 주력 품목", "자동차(승용차, 트럭); 반도체; 조선"),
        ("서울, 부산, 대구 및 광주에서 설명회를 연다", "서울; 부산; 대구; 광주"),
        ("공장은 서울, 부산과 대구에 짓는다.", "서울; 부산; 대구"),
        ("대상은 소상공인, 중소기업, 중견기업으로 한정한다", "소상공인; 중소기업; 중견기업"),
        ("창업기업, 재도전기업 등을 우대한다", "창업기업; 재도전기업"),
        ("평가는 서면, 발표, 현장 3단계로 한다.", "서면; 발표; 현장"),
        ("인공지능·빅데이터·클라우드를 육성", "인공지능; 빅데이터; 클라우드"),
        ("- * 혁신도시, 산업단지, 특구 등", "혁신도시; 산업단지; 특구"),
        # What goes on, or leads up, is no item.
        ("쌀, 콩은 수매, 비축하고 밀, 보리, 귀리는 계약재배한다.", "밀; 보리; 귀리"),
        ("한편, 국내에서는 가람전자, 누리소프트, 다온로봇 등이 만든다.", "가람전자; 누리소프트; 다온로봇"),
    ],
)  # fmt: skip
def test_items_parted_by_commas_and_dots(text: str, expected: str) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3대 전략은 ① 판로 개척 ② 인력 양성 ③ 기술 보호이다.", "판로 개척; 인력 양성; 기술 보호"),
        ("❶ 접수 ❷ 평가 ❸ 협약", "접수; 평가; 협약"),
        ("1) 신청서 2) 동의서 3) 계획서", "신청서; 동의서; 계획서"),
        ("1. 접수 2. 평가 3. 협약", "접수; 평가; 협약"),
        ("(1) 접수 (2) 평가 (3) 협약", "접수; 평가; 협약"),
        ("가. 신청 자격 나. 지원 내용 다. 제출 서류", "신청 자격; 지원 내용; 제출 서류"),
        ("대상은 (가) 개인 (나) 법인이다.", "개인; 법인"),
        ("첫째, 자금을 늘린다. 둘째, 인력을 키운다.", "자금을 늘린다.; 인력을 키운다"),
        ("• 인력 구축 • 협업 마련 • 상담 유지", "인력 구축; 협업 마련; 상담 유지"),
        ("△매출 확대 △고용 유지 △수출 개척", "매출 확대; 고용 유지; 수출 개척"),
        ("①교육, ②③상담, ④융자", "교육; 상담; 융자"),  # a number without words
    ],
)
def test_items_behind_numbers_and_marks(text: str, expected: str) -> None:
    assert expected in told(text)


def test_a_new_first_number_begins_a_list_of_its_own() -> None:
    assert told("①자금 ②인력 ③판로 ①수출 ②내수") == ["자금; 인력; 판로", "수출; 내수"]
    # What does not go on counting does not belong to it.
    assert told("①자금 ②인력 ④판로")[0].startswith("자금; 인력 ④판로")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("평가는 서면, 발표, 현장 3단계로 한다.", 3),
        ("권역별로 수도권, 충청권, 호남권, 영남권 등 4개 권역에 둔다.", 4),
        ("서울, 부산, 대구 세 곳에서 연다.", 3),
        ("서울, 부산, 대구 등에서 연다.", 0),
    ],
)
def test_the_text_may_say_how_many_there_are(text: str, count: int) -> None:
    assert one(text).count == count


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("서울, 부산을 잇는다", True),
        ("서울, 부산 등을 잇는다", False),
        ("서울, 부산, 대구를 잇는다", False),
        ("서울·부산·대구를 잇는다", True),
        ("서울·부산·대구 등을 잇는다", False),
    ],
)
def test_dots_or_one_comma_alone_make_a_loose_list(text: str, loose: bool) -> None:
    assert one(text).loose is loose


@pytest.mark.parametrize(
    "text",
    [
        "",
        "한도는 5억원이다.",
        "총 1,200개사에 3,400억원을 지원한다",
        "2024. 3. 11.부터 3. 29.까지",
        "2021, 2022, 2023",
        "주1) 2024년 기준이다.",
        "수출 △3.2%",
    ],
)
def test_prose_without_a_list(text: str) -> None:
    assert enumerations(text) == ()


def test_each_list_of_a_text_is_told_in_order_of_place() -> None:
    text = "수출 품목은 쌀, 김, 배추 등이다. 제외 업종은 부동산업, 주점업, 도박업 등이다."
    assert told(text) == ["쌀; 김; 배추", "부동산업; 주점업; 도박업"]


PIECES = st.sampled_from(
    "반도체|배터리|조선업은|지원하고|육성한다.|등|등을|및|그리고|한편|,|, |,|(|)|①|②|③|△|△3|•|·|.|:"
    "|1)|2)|가.|나.|첫째,|둘째,| | |\n|1,000".split("|")
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80))
def test_items_are_ordered_disjoint_and_not_empty(text: str) -> None:
    found = enumerations(text)
    assert [e.items for e in found] == sorted(e.items for e in found)
    for enumeration in found:
        end = 0
        for start, stop in enumeration.items:
            assert end <= start < stop <= len(text)
            assert text[start:stop] == text[start:stop].strip()
            end = stop


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["섬유", "신발", "가구", "반도체", "조선", "철강", "화장품"]),
        min_size=3,
        max_size=7,
        unique=True,
    ),
    st.sampled_from(["지원 품목: {} 등", "지원 품목은 {}이다.", "지원 품목은 {} 등이며 더 있다."]),
)
def test_a_plain_list_comes_back_whole(words: list[str], frame: str) -> None:
    assert told(frame.format(", ".join(words))) == ["; ".join(words)]
