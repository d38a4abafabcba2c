"""Expansion of question terms."""

import pytest

from rag.korean import expand, terms


@pytest.mark.parametrize(
    ("question", "added", "weight"),
    [
        ("중기 지원", "중소기업", 0.5),
        ("과학기술정보통신부", "과기정통부", 0.5),
        ("AI 도입", "인공지능", 0.5),
        ("대출 한도", "융자", 0.3),
        ("신청 마감", "접수기간", 0.3),
        ("What is the tax credit?", "세액공제", 0.8),
        ("How big was the market size?", "시장규모", 0.8),
        ("When does the rule come into force?", "시행", 0.8),
        ("adopted standards", "표준", 0.8),
        ("smart factories", "스마트공장", 0.8),
    ],
)
def test_adds(question: str, added: str, weight: float) -> None:
    assert dict(expand(terms(question)))[added] == weight


def test_phrases_need_all_their_words() -> None:
    assert "업력" in dict(expand(terms("회사 차린 지")))
    assert "업력" not in dict(expand(terms("회사 이름")))


def test_best_first_once_each_and_nothing_given() -> None:
    given = terms("중기 AI 대출 신청 마감")
    found = expand(given)
    weights = [weight for _, weight in found]
    assert weights == sorted(weights, reverse=True)
    names = [term for term, _ in found]
    assert len(names) == len(set(names))
    assert not set(names) & set(given)


def test_longer_entry_hides_its_words() -> None:
    assert "공장" in dict(expand(["factory"]))
    assert "융자" not in dict(expand(terms("credit guarantee")))
    assert "신용" not in dict(expand(terms("tax credit")))


def test_unknown_words_add_nothing() -> None:
    assert expand(["kymeta", "궤도"]) == []
    assert expand([]) == []
