"""Latin names by their sound, against names as Korean papers write them."""

from __future__ import annotations

import pytest

from rag.korean import LatinNames
from rag.korean.sounds import hangul_consonants, latin_consonants
from rag.question.analysis import analyse


@pytest.mark.parametrize(
    ("korean", "latin"),
    [
        ("아마존", "amazon"),
        ("구글", "google"),
        ("마이크로소프트", "microsoft"),
        ("테슬라", "tesla"),
        ("퀄컴", "qualcomm"),
        ("페이스북", "facebook"),
        ("에릭슨", "ericsson"),
        ("보잉", "boeing"),
        ("원웹", "oneweb"),
        ("스타링크", "starlink"),
    ],
)
def test_the_two_spellings_of_a_name_sound_alike(korean: str, latin: str) -> None:
    assert hangul_consonants(korean) == latin_consonants(latin)


@pytest.mark.parametrize(("korean", "latin"), [("테슬라", "amazon"), ("구글", "apple")])
def test_other_names_sound_otherwise(korean: str, latin: str) -> None:
    assert hangul_consonants(korean) != latin_consonants(latin)


def test_a_word_that_the_documents_hold_is_not_spelt_anew() -> None:
    names = LatinNames({"아마존", "amazon", "tesla"})
    assert names.like("아마존") == ()
    assert names.like("테슬라") == ("tesla",)
    assert names.like("나라") == ()


def test_a_foreign_name_is_searched_as_the_documents_write_it() -> None:
    vocabulary = {"amazon", "위성", "인터넷"}
    asked = analyse("아마존의 위성 인터넷", vocabulary, LatinNames(vocabulary))
    assert {"amazon", "위성", "인터넷"} <= {t.text for t in asked.terms if t.origin == "question"}
    # It is the same word, not one more: what says either says both.
    assert {t.text: t.of for t in asked.terms}["amazon"] == ("아마존",)
