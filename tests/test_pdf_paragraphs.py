"""Lines → paragraphs on pages laid out by hand: where they end, and which words a line's end cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.loading.pdf_lines import Line, flows, gather, narrowed
from rag.loading.pdf_page import Box, Word
from rag.loading.pdf_paragraphs import Habit, Vocabulary, compose, continues, measure, split

SIZE = 10.0  # and the width of a letter; a blank is 3 wide


def line(text: str, y: float = 100, x: float = 50, right: float = 250) -> Line:
    words = []
    at = x
    for k, word in enumerate(text.split()):
        words.append(
            Word(
                word,
                Box(at, y - 8, at + SIZE * len(word), y + 2),
                y,
                SIZE,
                min(k, 1),
                False,
                False,
                k,
            )
        )
        at += SIZE * len(word) + 3
    (found,) = gather(words)
    assert found.text == text
    return Line(
        found.words, text, found.box, y, SIZE, False, 50, right, starts=found.starts
    )  # fmt: skip


def lines(*texts: str, step: float = 15, x: float = 50) -> list[Line]:
    return [line(text, 100 + step * k, x) for k, text in enumerate(texts)]


def habit(*known: str, whole: bool | None = False) -> Habit:
    vocabulary = Vocabulary()
    vocabulary.add(known)
    return Habit(1.5, 0.3, whole, False, vocabulary, 1.0)


def texts(found: list[list[Line]]) -> list[str]:
    return [" / ".join(one.text for one in group) for group in found]


def test_the_documents_own_words_say_what_is_one_word() -> None:
    vocabulary = Vocabulary()
    vocabulary.add("정책자금을 (융자금 지원 대상 지원대상".split())
    assert vocabulary.joins("정책", "자금이") is True
    assert vocabulary.joins("“융", "자금으로") is True
    assert vocabulary.joins("융자금을", "정책이") is None  # neither form is known
    assert vocabulary.joins("지원", "대상은") is None  # both are
    vocabulary.add(["정책"])
    assert vocabulary.joins("대상", "정책으로") is False


@pytest.mark.parametrize(
    ("above", "below", "known", "whole", "wanted"),
    [
        ("소상공인에게 긴급한 정책자", "금을 빌려준다", "정책자금은", False, "정책자금을"),
        ("새로 공고한 기업당 지원", "대상은 다음과 같다", "지원 대상이", False, "지원 대상은"),
        ("상환 기간은 십 년(거치 포함)", "이다.", "", True, "포함)이다."),
        ("한 곳에 많게는 모두 1,000만", "원을 준다", "", False, "1,000만원을"),
        ("사업에 드는 돈은 모두 policy", "fund 로 낸다", "", False, "policy fund"),
        ("여러 곳에서 낱말 사이에서만", "끊긴 줄이다", "사이에서만끊긴", True, "사이에서만 끊긴"),
    ],
)
def test_a_cut_word_is_whole_again(
    above: str, below: str, known: str, whole: bool, wanted: str
) -> None:
    first, second = lines(above, below)
    first = replace(first, right=first.box.x1 + 1)  # full: the layout does not tell
    found = compose([first, second], habit(*known.split(), whole=whole))
    assert wanted in found.text
    assert found.text[found.starts[1] :] == below


def test_room_for_the_next_letter_shows_that_a_word_had_ended() -> None:
    # 12 points are left: a letter would have fitted, a blank and a letter would not.
    above, below = lines("가나다라마바사아자차카 타파하거너더", "러머버서어")
    ended = replace(above, right=above.box.x1 + 12)
    assert compose([ended, below], habit("더러머")).text.endswith("너더 러머버서어")
    cut = replace(above, right=above.box.x1 + 8)
    assert compose([cut, below], habit("타파하거너더러머")).text.endswith("너더러머버서어")


def test_paragraphs_end_at_bullets_at_white_at_short_lines_and_at_indents() -> None:
    usual = habit(whole=False)
    full = "가나다라마바사아자차카타파하거너더러머버"
    assert texts(split(lines("□ 첫째 일", "□ 둘째 일"), usual)) == ["□ 첫째 일", "□ 둘째 일"]
    assert texts(split(lines(full, "짧다.", full), usual)) == [f"{full} / 짧다.", full]
    assert len(split(lines(full, full, step=30), usual)) == 2
    indented = [line(full), line("가나다라", 115), line(full, 130, x=60, right=270)]
    assert len(split(indented, usual)) == 2


def test_a_date_cut_by_the_end_of_a_full_line_begins_no_item() -> None:
    above = line("신청은 온라인으로만 받으며 마감은 2025.")
    edge = above.box.x1
    above = replace(above, right=edge)
    assert len(split([above, line("12. 31.까지이다", 115, right=edge)], habit())) == 1
    assert len(split([above, line("1. 지원 대상", 115, right=edge)], habit())) == 2


def test_a_paragraph_goes_on_in_the_next_column_unless_its_sentence_ended() -> None:
    full = "가나다라마바사아자차카타파하거너더러머버"
    assert continues([line(full)], [line("서어저처")], habit())
    assert not continues([line(full[:-2] + "다.")], [line("서어저처")], habit())
    assert not continues([line("짧은 줄")], [line("서어저처")], habit())
    assert not continues([line(full)], [line("□ 서어저처")], habit())


def test_a_narrow_body_of_text_has_its_own_right_edge() -> None:
    narrow = [
        line(text, 100 + 15 * k, 80, 400) for k, text in enumerate(["가" * 20] * 3 + ["나나"])
    ]
    assert {one.right for one in narrowed(narrow)} == {280}
    items = [
        line(text, 100 + 15 * k, 80, 400) for k, text in enumerate(["가" * 20, "나나", "다" * 5])
    ]
    assert {one.right for one in narrowed(items)} == {400}


def test_lines_that_end_only_between_words_are_known_by_their_ragged_end() -> None:
    ragged = [
        "가나다라마 바사아자차 카타파하", "거너더러머 버서어저처 커터", "퍼허고노도 로모보소오조 초코",
        "토포호구누 두루무부수 우주추", "쿠투푸후그 느드르므브 스으즈츠", "크트프흐기 니디리미비 시",
        "이지치키티 피히게네데 레메", "베세에제체 케테페헤개 내대래",
    ]  # fmt: skip
    filled = ["가나다라마바사아자차카타파하거너더러머버"] * 8
    narrow = [replace(one, right=212) for one in lines(*ragged)]
    assert measure([narrow], []).whole is True
    assert measure([lines(*filled)], []).whole is False
    assert measure([lines(*filled[:3])], []).whole is None


def test_two_lines_a_side_are_columns_where_another_page_has_that_gutter() -> None:
    boxes = [Box(x, y, x + 200, y + 10) for y in (100, 115) for x in (50, 280)]
    solid = [False] * 4
    alone = flows(boxes, 10, solid, 50, 480, [])
    assert [flow.items for flow in alone] == [(0, 1, 2, 3)]
    known = flows(boxes, 10, solid, 50, 480, [275.0])
    assert [flow.items for flow in known] == [(0, 2), (1, 3)]


def test_columns_are_read_one_after_the_other_between_what_spans_them() -> None:
    boxes = [Box(50, 60, 480, 75)]
    boxes += [Box(x, 100 + 15 * k, x + 200, 110 + 15 * k) for k in range(6) for x in (50, 280)]
    boxes += [Box(50, 220, 470, 230)]
    found = [i for flow in flows(boxes, 10, [False] * 14, 50, 480, []) for i in flow.items]
    assert found == [0, 1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12, 13]
