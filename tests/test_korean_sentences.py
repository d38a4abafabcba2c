"""Sentence ranges: hand-made truths, and what must hold for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.korean import read_sentences, sentences, terms


@pytest.mark.parametrize(
    "pieces",
    [
        ["정부는 2021. 6. 25. 발표했다.", "예산은 3.3%p 늘었다.", "단, A vs. B는 제외한다."],
        ["지원대상(중소기업. 단 소상공인은 제외한다.)은 아래와 같다.", "신청은 온라인으로 한다."],
        ["1. 추진배경과 목표를 밝힌다.", "시장은 커졌다."],
        ["그는 ... 말했다... 그리고 갔다.", "예산은 e.g. 출연금으로 쓴다."],
        ["- (수출) 741억불로 △5.5% 감소함.", "수입은 증가함"],
        ["“지원을 늘리겠다. 반드시 하겠다.”라고 밝혔다.", "업계는 환영했다."],
        ["신청은 www.smtech.go.kr에서 한다.", "문의는 a.b@c.kr로 한다."],
        ["총사업비는 5,955억원이다.", "※ 국비 5,423억원"],
        ["매출이 늘었다", "그러나 이익은 줄었다"],
        ["하나뿐인 문장"],
    ],
)
def test_known_paragraphs(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert [text[start:end] for start, end in sentences(text)] == pieces


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


WORDS = st.sampled_from(
    ["지원한다.", "2021. 6. 25.", "3.3%p", "(예: 가. 나)", "vs.", "e.g.", "...", "늘었다", "“한다. 함.”",
     "기업은", "1.", "※", "감소함", "(", ")", "①", "\n", "?", "!", "다.", "AI", "[표 1]", "…"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_ranges_hold_every_visible_character_once(text: str) -> None:
    ranges = sentences(text)
    covered = [at for start, end in ranges for at in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(text[at].isspace() for at in set(range(len(text))) - set(covered))
    for start, end in ranges:
        assert not text[start].isspace()
        assert not text[end - 1].isspace()


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        ["2021. 6. 25.", "3.3%p", "A vs. B", "e.g. 출연금", "그 ... 뒤", "(가. 나. 다.)"]
    ),
    st.lists(st.sampled_from(["지원한다.", "늘었다.", "기업은", "예산을"]), min_size=1, max_size=5),
    st.lists(st.sampled_from(["지원한다.", "늘었다.", "기업은", "예산을"]), min_size=1, max_size=5),
)
def test_units_are_never_cut(unit: str, before: list[str], after: list[str]) -> None:
    text = " ".join([*before, unit, *after])
    at = text.index(unit)
    assert any(start <= at and at + len(unit) <= end for start, end in sentences(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=10).map(" ".join), max_size=4))
def test_sentences_read_with_their_terms_are_the_same_sentences(texts: list[str]) -> None:
    for text, told in zip(texts, read_sentences(texts), strict=True):
        assert [(one.start, one.end) for one in told] == sentences(text)


def test_each_sentence_has_the_terms_that_stand_in_it() -> None:
    plain = "정부는 2021. 6. 25. 융자 한도를 늘렸다. 예산은 3천만원이다."
    # The hanja and the ligature are read otherwise in the index: offsets do not carry over.
    odd = "정부는 對美 수출을 ㎏당 지원한다. 예산은 3천만원이다."
    for text, (first, second) in zip((plain, odd), read_sentences([plain, odd]), strict=True):
        assert text[second.start : second.end] == "예산은 3천만원이다."
        assert second.terms == tuple(terms("예산은 3천만원이다."))
        assert first.terms == tuple(terms(text[first.start : first.end]))
    assert {"2021년", "6월", "25일", "융자", "한도"} <= set(next(read_sentences([plain]))[0].terms)


def test_a_blank_text_among_others_has_no_sentence() -> None:
    assert [len(told) for told in read_sentences(["한다. 된다.", "", " "])] == [2, 0, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("국내ㆍ외 시장을 넓힌다. 母子 가정을 돕는다.", ("모자", "시장")),
        ("국내\u200b외 시장을 넓힌다. 예산은 늘었다.", ("시장", "예산")),
        ("이익은 △5% 줄었다. 매출은 늘었다.", ("감소", "매출")),
    ],
)
def test_sentences_are_ranges_of_the_text_as_given_and_terms_those_of_its_normal_form(
    text: str, expected: tuple[str, ...]
) -> None:
    (told,) = read_sentences([text])
    assert [(s.start, s.end) for s in told] == sentences(text)
    assert text[told[1].start : told[1].end] == text[text.index(". ") + 2 :]
    found = {term for sentence in told for term in sentence.terms}
    assert set(expected) <= found
    for sentence in told:
        assert list(sentence.terms) == terms(text[sentence.start : sentence.end])
