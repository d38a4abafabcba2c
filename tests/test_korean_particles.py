"""Particles, against the readings of a Korean reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.korean import with_particle


@pytest.mark.parametrize(
    ("word", "particle", "result"),
    [
        ("한도", "은/는", "한도는"),
        ("지원금", "은/는", "지원금은"),
        ("지원금", "는/은", "지원금은"),
        ("기업", "이/가", "기업이"),
        ("업체", "가/이", "업체가"),
        ("융자", "을/를", "융자를"),
        ("대출", "과/와", "대출과"),
        ("서울", "(으)로", "서울로"),
        ("부산", "(으)로", "부산으로"),
        ("대구", "으로/로", "대구로"),
        ("융자", "(이)나", "융자나"),
        ("대출", "(이)나", "대출이나"),
        ("등대공장", "이란/란", "등대공장이란"),
        ("스마트", "이란/란", "스마트란"),
        ("AI", "을/를", "AI를"),
        ("SW", "을/를", "SW를"),
        ("KT", "은/는", "KT는"),
        ("LLM", "이/가", "LLM이"),
        ("HTML", "(으)로", "HTML로"),
        ("ChatGPT", "은/는", "ChatGPT는"),
        ("Amazon", "이/가", "Amazon이"),
        ("Perceval", "(으)로", "Perceval로"),
        ("Sendbird", "은/는", "Sendbird는"),
        ("3", "은/는", "3은"),
        ("2", "은/는", "2는"),
        ("1", "(으)로", "1로"),
        ("10", "이/가", "10이"),
        ("1,000,000,000,000", "을/를", "1,000,000,000,000를"),
        ("100000000", "을/를", "100000000을"),
        ("3.0", "이/가", "3.0이"),
        ("7.1%", "이/가", "7.1%가"),
        ("0.3%p", "이/가", "0.3%p가"),
        ("5kg", "이/가", "5kg이"),
        ("5g", "은/는", "5g은"),
        ("5G", "은/는", "5G는"),
        ("1km", "은/는", "1km는"),
        ("30MHz", "을/를", "30MHz를"),
        ("한국전력(주)", "이/가", "한국전력(주)이"),
        ("(주)", "이/가", "(주)가"),
        ("카이메타(KYMETA)", "은/는", "카이메타(KYMETA)는"),
        ("‘혁신의 역설’", "은/는", "‘혁신의 역설’은"),
        ('"지원금"', "이/가", '"지원금"이'),
        ("美", "은/는", "美는"),
        ("韓", "은/는", "韓은"),
        ("①", "이/가", "①이"),
        ("★", "은/는", "★은(는)"),
        ("", "은/는", "은(는)"),
    ],
)
def test_fits_the_ending(word: str, particle: str, result: str) -> None:
    assert with_particle(word, particle) == result


@pytest.mark.parametrize("particle", ["", "은", "에서", "is/are", "은는"])
def test_unknown_pair_is_refused(particle: str) -> None:
    with pytest.raises(ValueError, match="particle pair"):
        with_particle("한도", particle)


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_every_syllable_follows_the_rule(syllable: str) -> None:
    # NFD of a syllable has three letters when it ends in a consonant; ㄹ is U+11AF.
    import unicodedata

    letters = unicodedata.normalize("NFD", syllable)
    closed = len(letters) == 3
    assert with_particle(syllable, "이/가") == syllable + ("이" if closed else "가")
    towards = "으로" if closed and letters[2] != "\u11af" else "로"
    assert with_particle(syllable, "(으)로") == syllable + towards
