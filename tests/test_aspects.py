"""What labels tell, against labels sorted by hand."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.aspects import Aspect, aspects_of, bare_of, closed, is_total

INSIDE_A_WORD = pytest.mark.xfail(strict=True, reason="the cue is found inside another word")
REMARK_BEHIND = pytest.mark.xfail(strict=True, reason="a unit in brackets behind a sum hides it")


def rows(name: str) -> list[tuple[str, str]]:
    """The rows of a table, cut here again: what stands before the tabulator and behind it."""
    text = files("rag.reading").joinpath(name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = [tuple(line.split("\t")) for line in lines]
    assert all(len(row) == 2 for row in found)
    return [(row[0], row[1]) for row in found]


WORDS = {(Aspect(name.rstrip("+")), word) for name, row in rows("aspects.tsv") for word in row.split(",")}  # fmt: skip
LONGEST_FIRST = sorted({word for _aspect, word in WORDS}, key=len, reverse=True)
PARTED = {"과목", "과정", "과제", "과제명", "과태료", "결과"}
"""Words of the vocabulary with a syllable that could be taken for the particle 과."""


def sorts(found: frozenset[Aspect]) -> str:
    return " ".join(sorted(found))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("접수기간", "when"),
        ("신청 기간", "when"),
        ("공고일", "issued"),
        ("결과 발표일", "when"),
        ("운영시간", "hours"),
        ("교육 시간", "hours"),
        ("지원대상", "target"),
        ("신청 자격", "target"),
        ("지원제외 대상", "excluded"),
        ("신청 제한 대상", "excluded"),
        ("결격사유", "excluded"),
        ("총사업비", "amount"),
        ("지원 금액", "amount"),
        ("자부담", "amount"),
        ("이용료", "amount"),
        ("대출금리", "rate"),
        ("보조율", "rate"),
        ("취업률", "rate"),
        ("모집인원", "count"),
        ("사업 규모", "amount count"),
        ("신청방법", "method"),
        ("심사 절차", "method"),
        ("제출처", "method place"),
        ("소재지", "place"),
        ("주관기관", "body"),
        ("담당부서", "body"),
        ("담당자", "person"),
        ("담당 연락처", "contact"),
        ("문의처", "contact"),
        ("제출서류", "documents"),
        ("지원 내용", "content"),
        ("추진배경", "purpose"),
        ("선정 기준", "criteria"),
        ("사업명", "name"),
        ("용어의 정의", "meaning"),
        ("자료출처", "source"),
        ("당초", "former"),
        ("변경 후", "revised"),
        # The longest word decides: what tells where is no body, what tells who is no time.
        ("접수처", "method place"),
        ("시행처", "body"),
        ("선정방법", "criteria"),
        ("지원규모", "count"),
        ("느티나무", ""),
        ("추진 계획", ""),
        ("비고", ""),
        ("", ""),
        ("?", ""),
        ("1 2 3", ""),
    ],
)
def test_a_label_tells_by_the_word_it_ends_in(label: str, expected: str) -> None:
    assert sorts(aspects_of(label)) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("신청기간 및 방법", "method when"),
        ("신청기간/신청방법", "method when"),
        ("기간, 장소", "place when"),
        ("기간·장소", "place when"),
        ("기간ㆍ장소", "place when"),
        ("기간&장소", "place when"),
        ("기간+장소", "place when"),
        ("기간과 장소", "place when"),
        ("주소와 전화번호", "contact place"),
        ("기간 또는 장소", "place when"),
        ("지원 대상과 한도", "amount target"),
        ("느티나무 및 장소", "place"),
        # What excludes is never the target as well.
        ("신청자격 및 제한", "excluded"),
        ("지원대상 및 제외대상", "excluded"),
        ("제외 기관", "excluded"),
    ],
)
def test_every_part_of_a_label_tells(label: str, expected: str) -> None:
    assert sorts(aspects_of(label)) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("신 청 기 간(1차)", "when"),
        ("신 청 기 간", "when"),
        ("**지원내용**", "content"),
        ("Ⅰ. 지원내용", "content"),
        ("지원대상 [필수]", "target"),
        ("지원대상（필수）", "target"),
        ("모집인원(명)", "count"),
        ("제5조(신청기간)", "when"),
        ("제5조의2(지원 대상)", "target"),
        ("제5조(신청기간) 신청은 온라인으로 한다", ""),
        ("WI-FI 이용료", "amount"),
    ],
)
def test_what_stands_around_a_label_does_not_count(label: str, expected: str) -> None:
    assert sorts(aspects_of(label)) == expected


@pytest.mark.parametrize("syllable", ["때", "율", "률", "곳"])
def test_one_syllable_tells_at_the_end_of_a_longer_word_alone(syllable: str) -> None:
    assert aspects_of(syllable) == frozenset()
    assert aspects_of("신청" + syllable) == {
        aspect for aspect, word in WORDS if word == syllable
    }  # fmt: skip


def test_a_long_text_is_no_label() -> None:
    assert aspects_of("가" * 24 + "기간") == {Aspect.WHEN}
    assert aspects_of("가" * 25 + "기간") == frozenset()


def known(word: str) -> set[Aspect]:
    """The aspects of a word by the table itself; what excludes is never the target as well."""
    found = {aspect for aspect, one in WORDS if one == word}
    if Aspect.EXCLUDED in found or re.search("제외|제한|불가|배제|결격", word):
        found = {Aspect.EXCLUDED} | (found - {Aspect.TARGET, Aspect.BODY})
    return found


def test_every_word_of_the_vocabulary_tells_its_aspects() -> None:
    for word in LONGEST_FIRST:
        if len(word) > 1 and word not in PARTED:
            assert aspects_of(word) == known(word), word
            assert aspects_of(f"{word} (안내)") == known(word), word


@pytest.mark.parametrize("word", sorted(PARTED))
def test_a_word_with_the_syllable_of_a_particle_tells_its_aspects(word: str) -> None:
    assert aspects_of(word) == known(word)
    assert aspects_of(f"교육 {word}") == known(word)


@given(st.sampled_from(LONGEST_FIRST), st.sampled_from(["신청", "사업", "교육비", "A", "3차"]))
def test_words_before_a_word_of_the_vocabulary_do_not_hide_it(word: str, before: str) -> None:
    if word in PARTED or len(before + word) < 3:
        return
    longer = next((one for one in LONGEST_FIRST if (before + word).endswith(one)), word)
    assert aspects_of(f"{before} {word}") == known(longer)


@INSIDE_A_WORD
def test_what_cannot_be_helped_excludes_nothing() -> None:
    assert aspects_of("불가피한 사유") == {Aspect.PURPOSE}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("신 청 기 간(1차)", "신청기간"),
        ("신청 기간(1차)", "신청 기간"),
        ("신청기간 [필수]", "신청기간"),
        ("신청기간（필수）", "신청기간"),
        ("  신청기간  ", "신청기간"),
        ("**신청기간**", "신청기간"),
        ("제5조(신청기간)", "신청기간"),
        ("제 5 조의2 ( 지원 대상 )", "지원 대상"),
        ("제5조(지원 대상(기업))", "지원 대상(기업)"),
        ("(신청기간)", "(신청기간)"),  # nothing would be left
        ("신 청", "신청"),
        ("이 신청 기간", "이 신청 기간"),
        ("", ""),
    ],
)
def test_a_label_is_closed(label: str, expected: str) -> None:
    assert closed(label) == expected


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("신청기간", "신청"),
        ("신 청 기 간(1차)", "신청"),
        ("지원 대상", ""),
        ("교육과정", "교육"),
        ("총사업비", ""),
        ("기간", ""),
        ("신청곳", "신청"),
        ("곳", "곳"),  # one syllable tells nothing alone
        ("국비", "국비"),
        ("시설 국비", "시설국비"),
        ("느티나무", "느티나무"),
        ("A 금액", "a"),
        ("", ""),
    ],
)
def test_what_a_label_says_besides(label: str, bare: str) -> None:
    assert bare_of(label) == bare


@pytest.mark.parametrize(
    "name",
    [
        "합계",
        "소계",
        "총계",
        "누계",
        "계",
        "전체",
        "소 계",
        "전 체",
        "(소계)",
        "( 계 )",
        "  합계 ",
        "총합계",
        "총 사업비",
        "총인원",
        "서울 합계",
        "서울 전체",
        "A 총계",
        pytest.param("합계(명)", marks=REMARK_BEHIND),
        pytest.param("계(A+B)", marks=REMARK_BEHIND),
    ],
)
def test_what_sums_up_others(name: str) -> None:
    assert is_total(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "합",
        "총",
        "계획",
        "설계",
        "관계",
        "통계",
        "합계액",
        "전체적",
        "전체 예산",
        "평균",
        "총 5명",
        "서울",
        "서울합계획",
        "총무팀",
        "총장",
        "총리실",
    ],
)
def test_what_sums_up_nothing(name: str) -> None:
    assert not is_total(name)


def test_the_vocabulary_names_known_aspects_and_no_word_twice_in_a_row() -> None:
    table = rows("aspects.tsv")
    assert {name.rstrip("+") for name, _words in table} == set(Aspect)
    for name, row in table:
        assert name.removesuffix("+") in set(Aspect)
        words = row.split(",")
        assert len(words) == len(set(words)), name
        assert all(re.fullmatch("[0-9a-z가-힣]+", word) for word in words), name
    assert len(table) == len({name for name, _words in table})


def test_no_word_is_both_a_kind_of_thing_and_the_name_of_one() -> None:
    names = {word for name, row in rows("aspects.tsv") if name[-1] == "+" for word in row.split(",")}  # fmt: skip
    kinds = {word for name, row in rows("aspects.tsv") if name[-1] != "+" for word in row.split(",")}  # fmt: skip
    assert not names & kinds


TEXTS = st.text(max_size=40) | st.lists(
    st.sampled_from("신청|기간|및|과|와|·|(|)|제5조|1|때|율|총|계|대상|제외|?| |*".split("|")), max_size=10
).map("".join)  # fmt: skip


@given(TEXTS)
def test_any_text_may_be_a_label(text: str) -> None:
    found = aspects_of(text)
    assert found <= set(Aspect)
    assert not (Aspect.EXCLUDED in found and Aspect.TARGET in found) or "?" in text
    assert re.sub(r"\s", "", closed(text)) in re.sub(r"\s", "", text)
    assert re.fullmatch("[0-9a-z가-힣]*", bare_of(text))
    assert isinstance(is_total(text), bool)
