"""The index-only normal form, against readings and folds written by hand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.korean import normalise

KOREAN = st.text(
    st.sampled_from("가나다 美對韓現①②㈜％Ａ１△²ㆍ\u200b\ufeff\x07-.,()'’$\\%0123456789abc\n")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("①정지궤도 ⑩저궤도", "①정지궤도 ⑩저궤도"),
        ("ＡＩ １００％", "AI 100%"),
        ("㈜한국", "(주)한국"),
        ("서울ㆍ부산・대구", "서울·부산·대구"),
        ("중소\u200b기업\ufeff", "중소기업"),
        ("지원\x07금", "지원금"),
        ("기업¹ 지원", "기업  지원"),
        ("100m²", "100m2"),
        ("제품™은", "제품 은"),
        ("ㄱ. 가", "ㄱ. 가"),
        ("△7.1%", "감소 7.1%"),
        (r"$\Delta 7.1\%$", "감소 7.1%"),
        (r"\$11/kg", "$11/kg"),
        ("(-0.3%p)", "(감소 0.3%p)"),
        ("▲7.1%", "▲7.1%"),
        ("'21-'25", "'21-'25"),
    ],
)
def test_folds_and_marks(written: str, normal: str) -> None:
    assert normalise(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("對美 수출", "대미 미국  수출"),
        ("对美 수입", "대미 미국  수입"),
        ("對韓투자", "대한 한국 투자"),
        ("對세계 교역", "대 세계 교역"),
        ("美 국채금리", "미국 국채금리"),
        ("(美·日·獨)", "(미국·일본·독일)"),
        ("韓·中은", "한국·중국은"),
        ("中소 스마트공장", "중소 스마트공장"),
        ("現 54%", "현 54%"),
        ("(現) 전자무역", "(현) 전자무역"),
        ("'21.末", "'21.말"),
        ("구축(上)", "구축(상반기)"),
        ("'24.下)", "'24.하반기)"),
        ("上半期", "상반기"),
        ("서비스 質", "서비스 질"),
        ("年 1.5%", "연 1.5%"),
        ("2021年", "2021년"),
        ("25日", "25일"),
        ("無회전체", "무회전체"),
        ("後기술이전", "후 기술이전"),
        ("코로나19發", "코로나19발"),
        ("자동차研", "자동차연구원"),
        ("車부품", "자동차부품"),
        ("물류社", "물류사"),
        ("안심(安心)", "안심(안심)"),
        ("勞動", "노동"),
        ("北美", "북미"),
    ],
)
def test_hanja_is_read(written: str, normal: str) -> None:
    assert normalise(written) == normal


def test_decomposed_hangul_is_composed() -> None:
    assert normalise(unicodedata.normalize("NFD", "지원금 한도")) == "지원금 한도"


@given(KOREAN)
def test_idempotent_and_free_of_invisible_characters(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any(unicodedata.category(c) == "Cc" and c not in "\t\n" for c in once)
    assert "\u200b" not in once


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=40))
def test_plain_hangul_is_left_alone(text: str) -> None:
    assert normalise(text) == text
