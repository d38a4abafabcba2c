"""Expansion of question terms, and the tables behind it."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.korean import expand, terms
from rag.korean.expansion import table

SYNONYMS = [tuple(row) for row in table("synonyms.tsv")]
GLOSSARY = [tuple(row) for row in table("glossary.tsv")]
ALIASES = [row[1].split(",") for row in SYNONYMS if row[0] == "="]
SAID = [
    (said, row[2].split(","), row[0])
    for row in SYNONYMS
    if row[0] != "="
    for said in row[1].split(",")
]
# A word alone is read in more ways than one ("줄이다" as "줄이다" and as "줄" + "이다"), so that
# each is looked up in sentences.
AS_NOUN = ("{}", "{}의 확대", "이 {}를 검토한다", "해당 {}이 결정", "신규 {} 추진", "{} 사업")
AS_VERB = (
    "{}고 나면",
    "그것을 {}면",
    "이 일을 {}는 것",
    "{}지 않는다",
    "그 일이 {}겠다",
    "얼마까지 {}나요?",
)


def added(question: str) -> dict[str, float]:
    return {item.text: item.weight for item in expand(terms(question))}


def is_term(word: str) -> bool:
    """Whether the analyser ever makes this term of a text."""
    if word.endswith("다") and any(word in terms(form.format(word[:-1])) for form in AS_VERB):
        return True
    return any(word in terms(form.format(word)) for form in AS_NOUN)


@pytest.mark.parametrize(
    ("question", "more", "weight"),
    [
        ("중기 지원", "중소기업", 0.6),
        ("과학기술정보통신부", "과기정통부", 0.6),
        ("AI 도입", "인공지능", 0.6),
        ("이통3사 매출", "통신", 0.6),
        ("대출 한도", "융자", 0.45),
        ("신청 마감", "접수기간", 0.45),
        ("비용을 얼마나 아낄 수 있나요?", "절감", 0.45),
        ("일손이 모자라요", "수급난", 0.45),
        ("언제까지 미뤄 주나요?", "유예", 0.45),
        ("새로 생기는 제도", "신설", 0.45),
        ("What is the tax credit?", "세액공제", 0.8),
        ("How big was the market size?", "시장규모", 0.8),
        ("When does the rule come into force?", "시행", 0.8),
        ("adopted standards", "표준", 0.8),
        ("smart factories", "스마트공장", 0.8),
        ("eligible for childcare leave", "육아휴직", 0.8),
    ],
)
def test_adds(question: str, more: str, weight: float) -> None:
    assert added(question)[more] == weight


def test_phrases_need_all_their_words() -> None:
    assert "업력" in added("회사 차린 지")
    assert "업력" not in added("회사 이름")


def test_says_what_a_word_stands_for() -> None:
    of = {item.text: item.of for item in expand(terms("대출 신청 마감"))}
    assert of["융자"] == ("대출",)
    assert set(of["접수기간"]) == {"신청", "마감"}
    english = {item.text: item.of for item in expand(["the", "credit", "guarantees", "rise"])}
    assert english["신용보증"] == ("credit", "guarantees")


def test_best_first_once_each_and_nothing_given() -> None:
    given = terms("중기 AI 대출 신청 마감")
    found = expand(given)
    weights = [item.weight for item in found]
    assert weights == sorted(weights, reverse=True)
    names = [item.text for item in found]
    assert len(names) == len(set(names))
    assert not set(names) & set(given)


@given(st.lists(st.sampled_from([w for said, _, _ in SAID for w in said.split()]), max_size=8))
def test_every_expansion_stands_for_words_that_were_said(words: list[str]) -> None:
    for item in expand(words):
        assert item.of
        assert set(item.of) <= set(words)
        assert item.text not in words


def test_longer_entry_hides_its_words() -> None:
    assert "공장" in added("factory")
    assert "융자" not in added("credit guarantee")
    assert "신용" not in added("tax credit")


def test_unknown_words_add_nothing() -> None:
    assert expand(["kymeta", "궤도"]) == []
    assert expand([]) == []


@pytest.mark.parametrize("names", ALIASES, ids="=".join)
def test_aliases_lead_both_ways(names: list[str]) -> None:
    assert len(names) == len(set(names)) >= 2
    for one in names:
        said = one.split()
        found = {item.text for item in expand(said)}
        for other in names:
            assert other == one or set(other.split()) <= found | set(said)


def test_no_entry_leads_to_itself_or_twice_to_the_same() -> None:
    for said, written, _mark in SAID:
        assert len(written) == len(set(written)), said
        for other in written:
            assert not set(other.split()) <= set(said.split()), said


def test_no_entry_stands_twice() -> None:
    said = Counter(frozenset(said.split()) for said, _, _ in SAID)
    assert [set(words) for words, count in said.items() if count > 1] == []
    pairs = Counter(
        frozenset((one, other))
        for names in ALIASES
        for one in names
        for other in names
        if one < other
    )
    assert [set(pair) for pair, count in pairs.items() if count > 1] == []
    english = [english for english, _ in GLOSSARY]
    assert all(one < other for one, other in pairwise(english))  # sorted, each once


def test_an_everyday_word_does_not_repeat_its_other_name() -> None:
    """A pair that holds both ways is worth more, and would be weakened by nothing but noise."""
    same = {frozenset((one, two)) for names in ALIASES for one in names for two in names}
    for said, written, _mark in SAID:
        assert not [other for other in written if frozenset((said, other)) in same], said


def test_the_marks_are_known() -> None:
    assert {row[0] for row in SYNONYMS} <= {"=", ">", "~"}
    assert all(len(row) == (2 if row[0] == "=" else 3) for row in SYNONYMS)
    assert all(len(row) == 2 for row in GLOSSARY)


def test_the_tables_are_written_in_terms() -> None:
    """What the analyser makes of no text would never be met."""
    names = [name for names in ALIASES for name in names]
    names += [name for said, written, _ in SAID for name in (said, *written)]
    names += [name for _, korean in GLOSSARY for name in korean.split(",")]
    words = {word for name in names for word in name.split()}
    assert sorted(word for word in words if not is_term(word)) == []


def test_every_english_entry_is_reached() -> None:
    """No two entries have one key: the second would hide the first."""
    for english, korean in GLOSSARY:
        found = {item.text for item in expand(english.split())}
        words = {word for name in korean.split(",") for word in name.split()}
        assert words <= found, english
