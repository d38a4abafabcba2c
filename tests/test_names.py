"""Names of bodies, places and people, against nouns and sentences sorted by hand."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.korean import Morpheme
from rag.reading.names import ends_as_name, is_proper, tells_name

COMMON_NOUN = pytest.mark.xfail(
    strict=True, reason="a common noun that ends as names do and is not among those listed"
)


@pytest.mark.parametrize(
    "noun",
    [
        "기획재정부",
        "중소벤처기업부",
        "관세청",
        "방송통신위원회",
        "한국은행",
        "서울대학교",
        "한국전자통신연구원",
        "국립암센터",
        "신용보증재단",
        "한국전력공사",
        "국민연금공단",
        "대한상공회의소협회",
        "한빛전자",
        "느티나무병원",
        "기술정책과",
        "제주도",
        "강남구",
        "해남군",
        "종로1가동",
        "세종시",
        "한빛공원",
        "느티나무홀",
        "부산역",
        "강남대로",
    ],
)
def test_bodies_and_places_end_as_names(noun: str) -> None:
    assert ends_as_name(noun)


@pytest.mark.parametrize(
    "noun",
    [
        "",
        "예산",
        "융자",
        "느티나무",
        "정책자금",
        "출처",
        "여부",
        "일부",
        "정원",
        "지원",
        "직원",
        "위원",
        "정도",
        "인구",
        "연구",
        "심사",
        "결과",
        "신청",
        "금리",
        "즉시",
        *(
            pytest.param(noun, marks=COMMON_NOUN)
            for noun in "납부 첨부 교부 감면 서면 고시 일시 육성 조성 작성 용도 감사".split()
        ),
    ],
)
def test_common_nouns_do_not(noun: str) -> None:
    assert not ends_as_name(noun)


def test_the_table_of_ends_has_three_rows_and_no_word_twice_in_one() -> None:
    text = files("rag.reading").joinpath("names.tsv").read_text("utf-8")
    rows = [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
    assert sorted(row[0] for row in rows) == ["body", "not", "place"]
    table = {row[0]: row[1].split(",") for row in rows}
    for words in table.values():
        assert len(words) == len(set(words))
        assert all(word == word.strip() != "" for word in words)
    assert not [noun for noun in table["not"] if ends_as_name(noun)]
    assert all(ends_as_name(f"느티{end}") for end in (*table["body"], *table["place"]))


@pytest.mark.parametrize(
    ("form", "tag", "proper"),
    [
        ("서울", "NNP", True),
        ("김", "NNP", False),  # a syllable is no name by itself
        ("AI", "SL", True),
        ("A", "SL", False),
        ("가나다라마", "NNG", True),  # so long that the analyser only does not know it
        ("가나다라", "NNG", False),
        ("예산", "NNG", False),
        ("가나다라마", "VV", False),
        ("12345", "SN", False),
    ],
)
def test_what_can_be_a_name_by_itself(form: str, tag: str, proper: bool) -> None:
    assert is_proper(Morpheme(form, tag, 0, len(form))) is proper


@pytest.mark.parametrize(
    ("text", "asked", "tells"),
    [
        ("중소벤처기업부가 맡는다", "어느 부처가 맡나요?", True),
        ("서울에서 연다", "어디서 여나요?", True),
        ("느티나무시에서 연다", "어디서 여나요?", True),
        ("부산 벡스코 제1전시장", "어디서 여나요?", True),
        ("LG가 만든다", "누가 만드나요?", True),
        ("지원센터가 운영한다", "누가 운영하나요?", True),
        ("중소벤처기업부가 맡는다", "중소벤처기업부는 무엇을 맡나요?", False),
        ("서울에서 연다", "서울 어디서 여나요?", False),
        ("LG가 만든다", "LG는 무엇을 만드나요?", False),
        ("중소벤처기업부와 서울시", "중소벤처기업부와 또 누가 맡나요?", True),
        ("예산을 늘린다", "누가 하나요?", False),
        ("5억원을 준다", "누가 주나요?", False),
        ("문의는 전화로", "어디로 문의하나요?", False),
        ("", "누가 하나요?", False),
        pytest.param("세금을 납부한다", "누가 내나요?", False, marks=COMMON_NOUN),
        pytest.param("인재 육성을 돕는다", "누가 돕나요?", False, marks=COMMON_NOUN),
    ],
)
def test_a_text_tells_a_name_that_the_question_does_not_hold(
    text: str, asked: str, tells: bool
) -> None:
    assert tells_name(text, asked) is tells


@pytest.mark.parametrize(
    ("text", "asked", "tells"),
    [
        ("김지원 교수가 발표했다", "누가 발표했나요?", True),
        ("위원장 정다은", "위원장은 누구인가요?", True),
        ("이순신이 발표했다", "누가 발표했나요?", True),
        ("김지원 교수가 발표했다", "김지원 교수가 발표한 것은?", False),
        ("이순신이 발표했다", "이순신은 무엇을 발표했나요?", False),
        ("산업부가 발표했다", "누가 발표했나요?", False),
        ("기획재정부가 발표했다", "누가 발표했나요?", False),
        ("서울시가 발표했다", "누가 발표했나요?", False),
        ("삼성전자가 발표했다", "누가 발표했나요?", False),
        ("예산을 발표했다", "누가 발표했나요?", False),
        ("", "누가 발표했나요?", False),
    ],
)
def test_a_person_is_no_body(text: str, asked: str, tells: bool) -> None:
    assert tells_name(text, asked, person=True) is tells


@settings(deadline=None)
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from("김지원|교수|서울시|LG|예산|을|가| |중소벤처기업부|납부|(|)".split("|")),
        max_size=8,
    ).map("".join),
    st.booleans(),
)
def test_no_text_tells_a_name_that_is_asked_with_it(text: str, person: bool) -> None:
    assert isinstance(tells_name(text, "", person=person), bool)
    assert not tells_name(text, text, person=person)
    assert not tells_name("", text, person=person)
