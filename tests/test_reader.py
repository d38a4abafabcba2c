"""Phrases of a text, the slot that a question leaves open, and which phrase is apt to fill it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from finding_making import seek
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import korean
from rag.finding import Asked, Place
from rag.finding.phrases import SORTS, Phrase, clause_cuts, is_name, phrases, slot
from rag.finding.reader import PhraseReader, Told, _widened, aptness, find_marks, signals
from rag.finding.stated import named
from rag.finding.wording import Wording
from rag.question.analysis import analyse
from rag.question.wants import wants_of
from rag.reading.values import values


def asked_of(question: str) -> Asked:
    asked = analyse(question)
    wants = wants_of(asked)
    return Asked(asked, wants, Wording(asked, wants, lambda _t: 2.0, lambda _t: False))


def texts(text: str) -> list[str]:
    found = phrases(text, korean.morphemes(text), values(text))
    return [text[p.start : p.end] for p in found]


def test_a_phrase_stands_without_its_particle() -> None:
    found = texts("장영실이 물시계를 만들었다.")
    assert {"장영실", "물시계"} <= set(found)
    assert "물시계를" not in found


def test_a_run_of_nouns_is_offered_whole_and_in_parts() -> None:
    found = texts("서울 시립 미술관에서 전시를 연다.")
    assert {"서울 시립 미술관", "시립 미술관", "미술관", "서울"} <= set(found)


@pytest.mark.parametrize("words", ["제품의 품질", "학교와 품질", "제품과 품질"])
def test_a_particle_ties_two_nouns(words: str) -> None:
    assert words in texts(f"{words}을 살핀다.")


def test_what_stands_in_quotation_marks_is_a_phrase_with_all_its_particles() -> None:
    text = "감독은 영화 ‘바람과 함께 사라지다’를 찍었다."
    found = phrases(text, korean.morphemes(text), [])
    assert [text[p.start : p.end] for p in found if p.quoted] == ["바람과 함께 사라지다"]


def test_a_value_is_a_phrase_and_a_name_keeps_its_legal_form() -> None:
    text = "회사는 2021년 3월 5일에 30억원을 냈다."
    found = phrases(text, korean.morphemes(text), values(text))
    assert {text[p.start : p.end] for p in found if p.value} == {"2021년 3월 5일", "30억원"}
    assert "법무법인(유) 세종" in texts("출처 : 법무법인(유) 세종(2023.06.29.) 자료")


def test_names_are_proper_or_end_like_one() -> None:
    text = "한국은행은 지난 회의에서 정도를 정했고 김하늘은 www.example.go.kr에 올렸다."
    inside = korean.morphemes(text)
    found = phrases(text, inside, [])
    named = {text[p.start : p.end] for p in found if is_name(text, inside, p)}
    assert {"한국은행", "김하늘"} <= named
    assert not named & {"회의", "정도"} and not any("www" in name for name in named)
    people = {text[p.start : p.end] for p in found if is_name(text, inside, p, person=True)}
    assert "김하늘" in people and "회의" not in people


def test_clauses_are_cut_at_sentences_and_connective_endings() -> None:
    text = "값을 올렸다. 그래서 손님이 줄었고 가게를 닫았다."
    cuts = clause_cuts(text, korean.morphemes(text))
    assert {0, text.index("그래서"), text.index("가게를"), len(text)} <= set(cuts)
    assert text.index("손님이") not in cuts
    assert cuts == sorted(cuts)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="가나다 은는의,.()‘’12A-", max_size=40))
def test_phrases_lie_in_the_text_once_each_and_in_order(text: str) -> None:
    found = phrases(text, korean.morphemes(text), values(text))
    ranges = [(p.start, p.end) for p in found]
    assert ranges == sorted(set(ranges))
    for start, end in ranges:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize(
    ("question", "sort", "head"),
    [
        ("훈민정음을 만든 왕은?", "person", "왕"),
        ("물시계를 만든 사람은 누구인가?", "person", "사람"),
        ("시험은 언제 치르나요?", "time", "시험"),
        ("참가비는 얼마인가요?", "number", "참가비"),
        ("벽은 무슨 색으로 칠했나?", "thing", "색"),
        ("두 회사가 세운 공장은 어느 도시에 있나요?", "place", "도시"),
        ("그 선수가 속한 구단은?", "body", "구단"),
    ],
)
def test_the_sort_of_a_slot_and_what_it_is_called(question: str, sort: str, head: str) -> None:
    found = slot(analyse(question))
    assert (found.sort, found.head) == (sort, head)
    assert found.sort in SORTS


def test_the_words_beside_the_slot_come_nearest_first() -> None:
    near = slot(analyse("세종이 집현전에서 만든 글자는?")).near
    assert near[0] in ("만들다", "집현전") and len(near) <= 3
    assert "글자" not in near


def test_the_particle_behind_the_question_word() -> None:
    assert slot(analyse("장영실은 무엇을 만들었나?")).particle == "을"
    assert slot(analyse("물시계는 언제 만들었나?")).particle == ""


def rows(question: str, text: str) -> dict[str, dict[str, float]]:
    asked = asked_of(question)
    inside = korean.morphemes(text)
    found = phrases(text, inside, values(text))
    marks = find_marks(asked.wording, text)
    out = signals(asked.question, slot(asked.question), text, inside, found, marks)
    return {text[p.start : p.end]: row for p, row in zip(found, out, strict=True)}


def test_a_word_of_the_question_is_an_echo_and_covered() -> None:
    found = rows("물시계를 만든 사람은?", "장영실이 물시계를 만들었다.")
    assert found["물시계"]["echo"] == found["물시계"]["covered"] == 1.0
    assert found["장영실"]["echo"] == found["장영실"]["covered"] == 0.0


def test_the_particle_behind_tells_the_role() -> None:
    found = rows("물시계를 만든 사람은?", "장영실이 물시계를 만들었다.")
    assert found["장영실"]["role:s"] == 1.0
    assert found["물시계"]["role:o"] == 1.0


def test_the_head_in_front_and_behind() -> None:
    found = rows("그가 찍은 영화는?", "그는 영화 ‘파도’를 찍었고 구름이라는 영화도 만들었다.")
    assert found["파도"]["head_before"] == found["구름"]["head_after"] == 1.0
    assert found["구름"]["head_before"] == 0.0


def test_a_word_counts_by_its_distance() -> None:
    found = rows("저자는?", "저자 홍길동")
    # One mark of one term, one character away, so its share of the weight is 1.
    assert found["홍길동"]["before6"] == math.exp(-1 / 6)
    assert found["홍길동"]["before20"] == math.exp(-1 / 20)


def test_an_alias_is_seen_through() -> None:
    found = rows("퍼시벌을 만든 회사는?", "누리사는 펄서벌(퍼시벌)을 내놓았다.")
    assert found["펄서벌"]["alias"] == 1.0


def test_aptness_is_the_weighted_sum() -> None:
    assert aptness([{"a": 2.0, "b": 1.0}, {"c": 5.0}], {"a": 1.5, "b": -1.0}) == [2.0, 0.0]


def test_a_number_of_the_question_is_not_met_inside_a_longer_one() -> None:
    wording = asked_of("9001 인증은 누가 하나요?").wording
    text = "19001과 9001, 90011과 9,001.9001"
    assert [a for a, _b, _w, term in find_marks(wording, text) if term == "9001"] == [7]


def read(question: str, text: str) -> list[str]:
    return [text[t.start : t.end] for t in PhraseReader().read(asked_of(question), text)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("물시계를 만든 사람은?", "1434년에 장영실이 물시계를 만들었다.", "장영실"),
        ("추진단장은 누구인가요?", "추진단장에 조인호 교수를 선임하였다.", "조인호"),
        (
            "실태 조사는 어느 기관이 맡나요?",
            "전국 상점가의 실태 조사는 소상공인연구원이 맡고 결과는 국회에 보고한다.",
            "소상공인연구원",
        ),
        (
            "인공지능 공장은 어디에 짓나요?",
            "인공지능 공장은 광주광역시에 짓고 시험 센터는 대전광역시에 둔다.",
            "광주광역시",
        ),
        # Names side by side are told together.
        (
            "교육을 맡길 거점 기관은 어디인가요?",
            "지역별 지원 거점인 중소벤처기업진흥공단, 테크노파크 등을 활용하여 교육을 운영한다.",
            "중소벤처기업진흥공단, 테크노파크",
        ),
    ],
)
def test_the_most_apt_phrase(question: str, text: str, expected: str) -> None:
    assert read(question, text)[0] == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("상담은 누가 하나요?", ""),
        ("상담을 맡은 기관은 어디인가요?", "상담은 날마다 오후에 하며 3만원을 받는다."),
        ("장영실은 누구인가요?", "장영실"),  # the question's own word
    ],
)
def test_where_nothing_can_answer_nothing_is_read(question: str, text: str) -> None:
    assert read(question, text) == []


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["상담은 누가 하나요?", "상담은 어디서 하나요?", "무엇이 있나요?"]),
    st.text(alphabet="가나다라 은는의,.()‘’120년억원A-김하늘시", max_size=60),
)
def test_what_is_read_are_three_stretches_at_most_with_their_likelihood(
    question: str, text: str
) -> None:
    found = PhraseReader().read(asked_of(question), text)
    assert len(found) <= 3
    assert sum(t.likelihood for t in found) <= 1.0 + 1e-9
    assert [t.likelihood for t in found] == sorted((t.likelihood for t in found), reverse=True)
    for told in found:
        assert 0 <= told.start < told.end <= len(text)
        assert told.end - told.start <= 60


GUIDE = """상담 안내

1. 운영

- 상담은 한빛진흥원이 맡고 누리센터가 돕는다.

구분\t운영 기관\t자세한 일
상담\t한빛진흥원\t다온연구원이 실태를 살피고 가람센터가 해마다 국회에 알린다
교육\t누리센터\t교육을 열고 강사를 보낸다
"""


class Last:
    """A reader that tells the last three letters of each text, and what it was shown."""

    name = "last"

    def __init__(self) -> None:
        self.shown: list[str] = []

    def read(self, asked: Asked, text: str) -> Sequence[Told]:
        self.shown.append(text)
        return [Told(len(text) - 3, len(text), 0.25)]


def test_another_reader_can_be_put_in_and_reads_prose_and_long_cells() -> None:
    sought = seek("실태를 살피는 기관은 어디인가요?", GUIDE)
    reader = Last()
    place = Place(sought.place.index, sought.again, reader)
    found = list(named(sought.asked, place))
    assert any("한빛진흥원이 맡고" in text for text in reader.shown)
    assert "다온연구원이 실태를 살피고 가람센터가 해마다 국회에 알린다" in reader.shown
    assert "한빛진흥원" not in reader.shown  # a short cell is a fact
    assert len(found) == len(reader.shown)
    source = sought.place.index.documents[0].text
    for one in found:
        assert one.origin == "phrase" and one.signals["apt"] == 0.25
        assert source[one.span.start : one.span.end] == one.value
        assert one.quote.covers(one.span)


def test_nothing_is_read_where_a_value_or_a_list_is_asked_for() -> None:
    for question in ("상담은 언제 하나요?", "상담 기관을 모두 알려 주세요", "상담료는 얼마인가요?"):
        sought = seek(question, GUIDE)
        assert list(named(sought.asked, sought.place)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("은빛시와 가람구", "은빛시와 가람구"),
        ("은빛시의 “가람구", "은빛시"),
        ("은빛시의 “푸른 꿈” 가람구", "은빛시의 “푸른 꿈” 가람구"),
        ('은빛시의 "가람구', "은빛시"),
        ("은빛시의 (가람구", "은빛시"),
        ("은빛시의 「가람구", "은빛시"),
    ],
)
def test_a_stretch_of_phrases_cuts_no_pair_of_marks(text: str, told: str) -> None:
    ranked = [
        Phrase(0, 3, 0, 1, 1),
        Phrase(text.index("가람구"), len(text), 2, 3, 1),
    ]
    start, end = _widened(text, ranked, [0.4, 0.4])
    assert text[start:end] == told
