"""Questions taken apart: cleaning, terms, focus, years, refusals."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.question.analysis import analyse
from rag.settings import MAX_QUESTION
from rag.types import Question, QuestionKind

HARD = st.text(
    st.characters()
    | st.sampled_from("한글얼마몇왜?ㅋㅠ ①△%'’년\x00\u200b\ufeff\u1112\u1161\ud800"),
    max_size=120,
)


def own(question: Question) -> list[str]:
    return [term.text for term in question.terms if term.origin == "question"]


@pytest.mark.parametrize("written", ["", " ", "\n\t\u3000", "\x00\x07", "\u200b\ufeff", "\ud800"])
def test_an_empty_question_is_refused_in_korean(written: str) -> None:
    with pytest.raises(QuestionError, match="질문이 비어 있습니다"):
        analyse(written)


def test_the_longest_question_passes_and_the_next_does_not() -> None:
    assert analyse("가" * MAX_QUESTION).searched
    with pytest.raises(QuestionError, match=r"2,001자.*2,000자 이내"):
        analyse("가" * (MAX_QUESTION + 1))


def test_length_is_counted_after_cleaning() -> None:
    assert analyse("한도" + " " * 5000 + "얼마").searched == "한도 얼마"


@settings(max_examples=150, deadline=None)
@given(HARD)
@example("?" * 2000)
@example("한" * 2000)
@example("1" * 2000)
@example("가 " * 1000)
def test_any_text_gives_a_question_or_a_question_error(written: str) -> None:
    try:
        question = analyse(written)
    except QuestionError:
        return
    assert question.written == written
    assert question.searched == question.searched.strip()
    assert all(
        unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") for c in question.searched
    )
    assert all(term.text and 0 < term.weight <= 1 for term in question.terms)
    texts = [term.text for term in question.terms]
    assert len(texts) == len(set(texts))


@settings(max_examples=30, deadline=None)
@given(HARD)
def test_the_same_question_twice_is_the_same(written: str) -> None:
    try:
        assert analyse(written) == analyse(written)
    except QuestionError:
        with pytest.raises(QuestionError):
            analyse(written)


def test_control_and_format_characters_are_gone_and_blanks_single() -> None:
    question = analyse("융자\x00 \u200b한도가\r\n\n얼마\ufeff?")
    assert question.searched == "융자 한도가 얼마 ?"
    assert question.written == "융자\x00 \u200b한도가\r\n\n얼마\ufeff?"


def test_decomposed_hangul_is_composed() -> None:
    written = unicodedata.normalize("NFD", "융자 한도")
    assert written != "융자 한도"
    assert analyse(written).searched == "융자 한도"


def test_terms_are_the_words_of_the_subject_in_order_each_once() -> None:
    question = analyse("수출 바우처 신청은 어떻게 하나요? 수출 바우처 알려 주세요.")
    assert own(question) == ["수출", "바우처", "신청"]
    assert "신청하" not in own(question)


def test_words_of_asking_stay_where_there_is_nothing_else() -> None:
    assert own(analyse("무엇을 알려 주나요?"))


def test_frequent_words_of_policy_weigh_less() -> None:
    weights = {term.text: term.weight for term in analyse("정부 지원 한도").terms}
    assert weights["정부"] == weights["지원"] < weights["한도"] == 1.0


def test_added_words_come_after_the_asked_ones_and_weigh_less() -> None:
    question = analyse("미국이 관세를 올린 까닭은?")
    added = [term for term in question.terms if term.origin != "question"]
    first = len(question.terms) - len(added)
    assert all(term.origin == "question" for term in question.terms[:first])
    assert all(term.weight <= 1.0 for term in added)


def test_a_word_that_no_document_holds_brings_in_its_one_letter_neighbour() -> None:
    terms = {term.text: term for term in analyse("융자 한도", {"용자", "한도"}).terms}
    assert terms["융자"].origin == "question"
    assert terms["용자"].origin == "synonym"
    assert terms["용자"].weight < terms["융자"].weight


@pytest.mark.parametrize(
    ("written", "focus"),
    [
        ("융자 한도가 얼마인가요?", ("한도",)),
        ("협약의 발효 시점은 언제인가요?", ("시점",)),
        ("지원금 예산은 얼마예요?", ("예산",)),
        ("언제까지 신청해요?", ("신청",)),
        ("얼마예요?", ()),
    ],
)
def test_the_focus_names_what_is_wanted(written: str, focus: tuple[str, ...]) -> None:
    assert analyse(written).focus == focus


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("물류비 융자 한도 얼마예요?", "물류비 융자 한도"),
        ("물류비 융자 한도는 얼마예요?", "물류비 융자 한도"),
        ("융자를 받으면 한도가 얼마예요?", ""),
        ("얼마예요?", ""),
        (
            "전국 모든 전통시장과 골목형 상점가에서 함께 쓰는 온누리 디지털 상품권 할인 한도 얼마?",
            "",
        ),
    ],
)
def test_the_subject_is_a_short_noun_phrase(written: str, subject: str) -> None:
    assert analyse(written).subject == subject


def test_the_kind_comes_with_its_unit() -> None:
    question = analyse("참여 기업을 몇 개사 뽑나요?")
    assert (question.kind, question.unit) == (QuestionKind.AMOUNT, "개사")


def test_english_question_words_are_not_their_own_focus() -> None:
    assert analyse("loan limit how much?").focus == ("limit",)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("지원 조건 세 가지가 뭐예요?", 3),
        ("지원 분야 10개를 모두 알려주세요", 10),
        ("공동위원장 두 사람은 누구인가요?", 2),
        ("열두 가지 기술을 모두 알려 주세요", 12),
        ("2개월 안에 내야 하는 서류를 모두 알려주세요", 0),
        ("지원 조건을 모두 알려주세요", 0),
        ("참여 기업은 몇 곳인가요?", 0),
    ],
)
def test_how_many_items_a_list_question_asks_for(written: str, count: int) -> None:
    assert analyse(written).count == count


@pytest.mark.parametrize(
    ("written", "focus"),
    [
        ("보증 한도는 얼마인가요?", ("한도",)),
        ("규제 대응에 딸린 과제 두 가지는 무엇인가요?", ()),
        ("지원 분야 10개를 모두 알려주세요", ()),
        ("참여 기관을 모두 알려주세요", ()),
    ],
)
def test_the_focus_is_the_noun_that_names_what_is_wanted(
    written: str, focus: tuple[str, ...]
) -> None:
    assert analyse(written).focus == focus


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("하나 여쭤볼게요. 융자 한도는요?", ["융자", "한도"]),
    ],
)
def test_words_that_only_ask_are_no_terms(written: str, own: list[str]) -> None:
    assert [term.text for term in analyse(written).terms if not term.of] == own


def test_what_a_word_that_only_asks_stands_for_is_not_added() -> None:
    assert "교육" not in {term.text for term in analyse("한도를 가르쳐 주세요").terms}
    assert "교육" in {term.text for term in analyse("기술을 배우는 곳").terms}
