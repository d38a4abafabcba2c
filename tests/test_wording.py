"""Which words of a question a text says, against sentences read by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.finding.wording import Word, Wording, flat
from rag.question.analysis import analyse
from rag.question.wants import wants_of


def wording(question: str, rare: dict[str, float] | None = None, known: str = "") -> Wording:
    """The wording of a question in documents that know the words of ``known`` and those that
    ``rare`` weighs."""
    asked = analyse(question)
    weights = rare or {}
    held = {*weights, *known.split()}
    return Wording(asked, wants_of(asked), lambda t: weights.get(t, 2.0), held.__contains__)


def credit(question: str, word: str, text: str) -> float:
    return 1.0 - wording(question).gap(word, text)


def word(question: str, text: str) -> Word:
    return next(one for one in wording(question).words if one.text == text)


@pytest.mark.parametrize(
    ("question", "word", "text"),
    [
        ("재기 자금의 한도는?", "한도", "융자 한도: 5억원"),
        ("재기 자금의 한도는?", "자금", "재기자금"),  # written at once
        ("상환 기간은?", "상환", "상·환 기간"),  # marks inside are no letters
        ("KBS 방송 시간은?", "kbs", "kbs방송"),
        ("두 번째 공고는 언제인가요?", "두 번째", "제2차 공고"),
        ("두 번째 공고는 언제인가요?", "두 번째", "2회 공고"),
        # An amount is said however it is written.
        ("3,000만원을 빌려주는 곳은?", "3,000만원", "3천만원을 융자한다"),
        ("3,000만원을 빌려주는 곳은?", "3,000만원", "30,000,000원을 융자한다"),
        ("미국 수출은?", "미국", "對美國 수출"),  # hanja are read
    ],
)
def test_a_text_says_the_askers_own_word(question: str, word: str, text: str) -> None:
    assert credit(question, word, text) == 1.0


@pytest.mark.parametrize(
    ("question", "word", "text"),
    [
        ("물류비 대출은 얼마예요?", "대출", "물류비 융자"),  # a synonym
        ("수출액은 얼마인가요?", "수출액", "수출 30억불"),  # the thing for the number of it
        ("예산이 늘어난 까닭은?", "늘어나다", "예산이 증가하였다"),
    ],
)
def test_a_word_that_stands_for_the_askers_counts_in_part(
    question: str, word: str, text: str
) -> None:
    assert 0.0 < credit(question, word, text) < 1.0


@pytest.mark.parametrize(
    ("question", "word", "text"),
    [
        ("재기 자금의 한도는?", "한도", "재기 자금의 금리"),
        ("3,000만원을 빌려주는 곳은?", "3,000만원", "3,000억원을 융자한다"),
        ("3,000만원을 빌려주는 곳은?", "3,000만원", "한도 없음"),
        ("두 번째 공고는 언제인가요?", "두 번째", "제3차 공고"),
        ("재기 자금의 한도는?", "한도", ""),
        ("재기 자금의 한도는?", "없는 낱말", "한도"),
    ],
)
def test_a_text_without_the_word_says_nothing_of_it(question: str, word: str, text: str) -> None:
    assert credit(question, word, text) == 0.0


def test_words_weigh_by_their_rarity_and_the_share_is_that_of_the_weight() -> None:
    said = wording("재기 자금의 한도는?", {"재기": 6.0, "자금": 1.0, "한도": 1.0})
    assert said.share("재기 자금의 한도") == 1.0
    assert said.share("재기") == pytest.approx(6 / 8)
    assert said.share("자금 한도") == pytest.approx(2 / 8)
    assert said.share("") == 0.0


def test_a_verb_and_a_frame_weigh_less_than_a_noun() -> None:
    weights = {one.text: one.weight for one in wording("청년 사업을 신청받는 시청은?").words}
    assert weights["사업"] < weights["시청"]
    said = {one.text: one.weight for one in wording("만기를 늘리면 이자는?").words}
    assert said["늘리다"] < said["이자"]


def test_what_a_word_is_in_the_question() -> None:
    assert word("KBS 방송 시간은?", "kbs").name
    assert not word("융자 한도는?", "융자").name
    assert word("재기 자금의 한도는 얼마인가요?", "한도").head
    assert not word("재기 자금의 한도는 얼마인가요?", "재기").head
    assert word("맞춤형 사업은 언제 시행되나요?", "시행").event
    assert not word("맞춤형 사업은 언제 시행되나요?", "맞춤").event
    assert word("맞춤형 사업은 언제 시행되나요?", "맞춤").leads
    assert not word("기업이 만든 상품의 한도는 얼마인가요?", "상품").leads
    assert not word("맞춤형 사업은 언제 시행되나요?", "사업").subject  # frames and no more
    assert word("맞춤형 사업은 언제 시행되나요?", "맞춤").subject


def test_years_are_compared_as_such_and_are_no_words() -> None:
    said = wording("2021년 5월의 융자 금리는?")
    assert [one.text for one in said.words] == ["융자", "금리"]


def test_a_name_that_the_analyser_cuts_is_a_word_where_the_documents_know_it() -> None:
    question = "쓰리쓰리카의 값은?"
    assert wording(question, known="쓰리쓰리카").gap("쓰리쓰리카", "쓰리쓰리카 값") == 0.0
    assert wording(question).gap("쓰리쓰리카", "쓰리쓰리카 값") == 1.0


def test_a_word_that_no_document_has_is_met_by_one_like_it() -> None:
    asked = analyse("매출과 이익은?")
    near = [[("벌이", 0.9), ("하늘", 0.1)]]
    seen: list[str] = []

    def alike(words: object, _most: int) -> list[list[tuple[str, float]]]:
        seen.extend(words)  # type: ignore[call-overload]
        return near * len(seen)

    rarity = {"매출": 3.0, "이익": 0.5}
    said = Wording(asked, wants_of(asked), lambda t: rarity[t], rarity.__contains__, alike)
    assert seen == ["매출"]  # a common word is met as it is
    assert 0.0 < 1.0 - said.gap("매출", "벌이가 늘었다") < 1.0
    assert said.gap("매출", "하늘이 맑다") == 1.0  # hardly alike
    assert said.gap("이익", "벌이가 늘었다") == 1.0


def test_a_word_is_near_by_its_distance() -> None:
    said = wording("매출은?", {"매출": 2.0})
    text = "매출 7%, " + "가" * 40 + " 8%"
    first, second = text.index("7%"), text.index("8%")
    near, far = said.nearness(text, first, first + 2), said.nearness(text, second, second + 2)
    assert near == pytest.approx(1.0)
    assert 0.0 < far < near
    assert said.nearness("이익 7%", 3, 5) == 0.0
    # Of several places the nearest counts, on either side.
    text = "매출 " + "가" * 40 + " 7% 매출"
    at = text.index("7%")
    assert said.nearness(text, at, at + 2) == pytest.approx(1.0)


def test_the_rest_is_what_a_text_says_besides_the_question() -> None:
    said = wording("융자 한도는?")
    assert said.rest("융자 한도") == 0.0
    assert said.rest("융자 한도 (지원)") == 0.0  # frames
    assert said.rest("상환 기간") == 1.0
    assert 0.0 < said.rest("융자 기간") < 1.0
    assert said.rest("") == said.rest("·· -") == 0.0


WORDS = "재기 자금 한도 융자 2회 3,000만원 KBS".split()
TEXTS = st.lists(
    st.sampled_from([*WORDS, " ", "·", "는", "금리 7%", "제2차", "(", ")"]), max_size=9
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), TEXTS.map("".join), st.data())
def test_all_that_is_said_is_a_share(question: list[str], text: str, data: st.DataObject) -> None:
    said = wording(f"{' '.join(question)}은 얼마인가요?")
    credits = said.credits(text)
    assert len(credits) == len(said.words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shares = [*credits, said.share(text), said.rest(text), said.nearness(text, start, end)]
    assert all(0.0 <= share <= 1.0 + 1e-9 for share in shares)
    more = said.credits(f"{text} {' '.join(WORDS)}")
    assert all(a <= b for a, b in zip(credits, more, strict=True))


@given(st.text("가나 Ａａ·-()「」美国3.\n", max_size=20))
def test_flat_twice_is_flat_once(text: str) -> None:
    assert flat(flat(text)) == flat(text)
    assert flat(text) == flat(f" {text} ")


@pytest.mark.parametrize(
    ("question", "word", "text", "said"),
    [
        ("책 며칠 빌려요?", "책", "책은 두 주", True),
        ("책 며칠 빌려요?", "책", "정책 대출", False),  # a letter of another word
        ("책 며칠 빌려요?", "책", "도서 대출 기간", True),
        ("여자 고용률은?", "여자", "남 · 여", True),
        ("여자 고용률은?", "여자", "기여도", False),
        ("평일 밤 요금은?", "밤", "평일 / 야간", True),
        ("매출 7억인 기업의 점수는?", "7억인", "5억원 이상 10억원 미만", True),
        ("매출 7억인 기업의 점수는?", "7억인", "10억원 이상", False),
        ("마흔여섯이면 얼마인가요?", "마흔여섯", "45세 이상", True),
        ("마흔여섯이면 얼마인가요?", "마흔여섯", "44세 이하", False),
    ],
)
def test_words_of_one_letter_and_amounts_within_a_range(
    question: str, word: str, text: str, said: bool
) -> None:
    assert (credit(question, word, text) > 0.4) is said


def test_a_letter_that_asks_is_no_word_of_the_matter() -> None:
    assert "날" not in {one.text for one in wording("한도가 바뀐 날은 언제인가요?").words}
