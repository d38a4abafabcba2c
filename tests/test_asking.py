"""What questions ask for, against questions sorted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.aspects import (
    NONE,
    Aspect,
    asking_words,
    aspects_asked,
    aspects_of,
    likelihoods,
    scale,
    signals,
)
from tests.golden.fit_asking import labels, questions

UNSEEN = pytest.mark.xfail(strict=True, reason="too few questions of the kind were fitted to")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("누가 신청할 수 있나요?", "target"),
        ("누구한테 주나요?", "target"),
        ("어떤 기업이 신청할 수 있나요?", "target"),
        ("자격이 어떻게 되나요?", "target"),
        ("지원 대상은 누구인가요?", "target"),
        ("은빛시 물류비 지원사업은 누구를 위한 거야?", "target"),
        ("신청할 수 없는 사람은?", "excluded"),
        ("지원을 못 받는 기업은?", "excluded"),
        ("지원 대상에서 제외되는 사람은 누구인가요?", "excluded"),
        ("은빛시 참가기업 모집에서 빠지는 데가 있나요?", "excluded"),
        ("언제까지 신청하나요?", "when"),
        ("며칠까지예요?", "when"),
        ("은빛시 공고는 언제 올라온 거예요?", "issued"),
        ("은빛시 물류비 지원은 언제 끝나요?", "when"),
        ("몇 시에 여나요?", "hours"),
        ("얼마나 받나요?", "amount"),
        ("한도는 어떻게 되나요?", "amount"),
        ("은빛시 임차료 지원사업 돈은 얼마나 나와요?", "amount"),
        ("몇 퍼센트예요?", "rate"),
        ("몇 프로예요?", "rate"),
        ("몇 명을 뽑나요?", "count"),
        ("정원은요?", "count"),
        ("어떻게 신청해요?", "method"),
        ("심사 절차를 알려 주세요", "method"),
        ("모이는 장소는요?", "place"),
        ("어느 기관이 운영해요?", "body"),
        ("누가 운영해요?", "body"),
        ("은빛시 창업자금 지원사업 낸 데가 어디예요?", "body"),
        ("담당자가 누구예요?", "person"),
        ("위원장이 누구야", "person"),
        ("전화번호가 뭐예요?", "contact"),
        ("홈페이지 주소 알려줘", "contact"),
        ("무슨 서류를 내야 하나요?", "documents"),
        ("뭘 내야 해요?", "documents"),
        ("뭘 지원해 줘요?", "content"),
        ("왜 하나요?", "purpose"),
        ("어떤 기준으로 뽑나요?", "criteria"),
        ("무슨 뜻이에요?", "meaning"),
        ("제목이 뭐야?", "name"),
        ("느티나무가 있나요?", NONE),
        pytest.param("출처가 뭐야?", NONE, marks=UNSEEN),
        ("왜곡된 통계가 있나요?", NONE),
    ],
)
def test_the_likeliest_is_what_a_question_asks_for(question: str, expected: str) -> None:
    told = likelihoods(question)
    assert max(told, key=told.__getitem__) == expected


def test_what_is_nearly_as_likely_is_asked_for_as_well() -> None:
    both = aspects_asked("금리가 얼마야?")
    assert both.keys() >= {Aspect.AMOUNT, Aspect.RATE}
    assert max(both.values()) == 1.0
    assert Aspect.PLACE in aspects_asked("신청은 어디로 들어가서 하나요?")


def test_a_label_that_asks_tells_what_it_asks_for() -> None:
    assert Aspect.TARGET in aspects_of("누가 받을 수 있나요?")
    assert Aspect.WHEN in aspects_of("언제까지 내나요?")
    assert aspects_of("접수기간") == {Aspect.WHEN}


def test_the_words_that_ask_are_told_from_those_of_the_matter() -> None:
    found = asking_words("느티나무 택배비 지원에서 제외되는 경우는 언제인가요?")
    assert "제외" in found
    assert not found & {"느티나무", "택배비"}
    assert asking_words("") == frozenset()


def test_signals_by_hand() -> None:
    found = signals("모집 인원은 3명?")
    assert {"a:모집/NN", "t:인원/NN", "a:#/SN", "b:모집/NN+인원/NN", "s:모집/NN+인원/NN"} <= found
    assert {"N:count", "N2:count", "M:-"} <= found  # 인원 and 모집인원 tell the count
    assert not any("?" in one for one in found)


def test_long_questions_weigh_no_more() -> None:
    assert scale(0) == scale(1) == 3.0
    assert scale(9) == 1.0


@given(st.text(max_size=60))
def test_likelihoods_are_shares_of_one(text: str) -> None:
    told = likelihoods(text)
    assert sum(told.values()) == pytest.approx(1.0)
    assert min(told.values()) >= 0.0
    asked = aspects_asked(text)
    assert asked.keys() <= set(Aspect)
    assert not asked or max(asked.values()) == 1.0


def test_the_weights_are_those_of_the_questions() -> None:
    own = questions()
    assert len({text for text, _told in own}) == len(own)
    assert {aspect for _text, told in own for aspect in told} <= {*map(str, Aspect), NONE}
    right = sum(max(likelihoods(t), key=likelihoods(t).__getitem__) in told for t, told in own)
    assert right / len(own) > 0.95


def test_labels_are_asked_for_by_name() -> None:
    found = dict(labels())
    assert found["사업 기간"] == ("when",)
    assert found["자격 어떻게 되나요?"] == ("target",)
    assert not any("출처" in text and "제출처" not in text for text in found)
