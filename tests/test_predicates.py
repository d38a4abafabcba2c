"""Whether something is so: the clause, heading, label or word that allows or denies it."""

from __future__ import annotations

import pytest
from finding_making import seek

from rag.finding import Candidate
from rag.finding.told import predicates

GUIDE = """시설 이용 안내

1. 이용 수칙

- 주차장은 평일에 무료로 개방한다. 반려동물은 출입할 수 없다.
- 단체는 미리 예약해야 한다.
- 예약은 취소할 수 있다.

2. 지원 제외 대상

- 유흥업소와 도박장은 여러 번 신청하더라도 심사를 거치지 않고 서류를 돌려보내며 까닭을 알리고 이름을 적어 둔다
- 국세를 체납한 사업자

3. 신청

○ 온라인 접수 : 가능
○ 현장 접수 : 불가
○ 중복 신청 : 다른 사업의 지원을 받은 사람도 신청할 수 있다.

4. 요금

구분\t요금\t할인
어린이\t무료\t해당 없음
어른\t3,000원\t가능
"""


def found(question: str, text: str = GUIDE) -> list[Candidate]:
    sought = seek(question, text)
    return list(predicates(sought.asked, sought.place))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("주차장은 무료인가요?", "무료로 개방한다"),
        ("반려동물도 출입할 수 있나요?", "출입할 수 없다"),
        ("단체는 예약해야 하나요?", "예약해야 한다"),
        ("예약은 취소할 수 있나요?", "취소할 수 있다"),
        ("온라인 접수도 되나요?", "가능"),
        ("현장 접수도 되나요?", "불가"),
        ("어린이는 무료인가요?", "무료"),
    ],
)
def test_what_allows_or_denies_it_is_the_best(question: str, expected: str) -> None:
    sought = seek(question, GUIDE)
    assert sought.best.value.endswith(expected)
    assert sought.source(sought.best) == sought.best.value


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("확장비는 보증금에 포함되어 있다.", "포함되어 있다"),
        ("은빛시는 누리집을 운영하고 있음", "누리집을 운영하고 있음"),
        ("참여기업을 다음과 같이 모집합니다.", ""),
        ("많은 신청 바랍니다.", ""),
    ],
)
def test_a_predicate_is_told_with_its_verb_and_states_something(line: str, expected: str) -> None:
    made = found(
        "확장비는 보증금에 들어가나요?", f"느티나무 안내\n\n- {line}\n- 그 밖의 것은 뒤에 정한다\n"
    )
    told = [one.value for one in made if line[:4] in one.context.near]
    assert [one for one in told if one.endswith(expected)] if expected else not told


def test_the_words_before_a_predicate_are_its_own() -> None:
    own = {one.value: one.context.own for one in found("주차장은 무료인가요?")}
    assert "주차장은" in own["무료로 개방한다"]
    assert "반려동물" not in own["무료로 개방한다"]
    text = seek("주차장은 무료인가요?", GUIDE).place.index.documents[0].text
    quotes = {c.quote for c in found("주차장은 무료인가요?") if c.value == "무료로 개방한다"}
    assert {text[q.start : q.end].lstrip("- ") for q in quotes} == {
        "주차장은 평일에 무료로 개방한다."
    }


def test_a_heading_that_denies_is_told_of_what_stands_under_it() -> None:
    denied = [one for one in found("유흥업소도 지원받을 수 있나요?") if "제외" in one.value]
    assert any("유흥업소" in one.context.own for one in denied)
    assert any("체납" in one.context.own for one in denied)
    text = seek("유흥업소도 지원받을 수 있나요?", GUIDE).place.index.documents[0].text
    told = {text[s.start : s.end].removeprefix("2. ") for one in denied for s in one.further}
    assert told == {"지원 제외 대상"}
    # A heading that decides nothing tells nothing.
    assert not any(one.value == "이용 수칙" for one in found("단체는 예약해야 하나요?"))


def test_a_short_value_says_it_under_its_label() -> None:
    short = {one.context.attribute: one for one in found("현장 접수도 되나요?")}
    assert short["현장 접수"].value == "불가"
    assert short["온라인 접수"].value == "가능"


def test_a_long_value_is_told_by_its_clauses() -> None:
    values = [one.value for one in found("다른 사업의 지원을 받은 사람도 신청할 수 있나요?")]
    assert any(value.endswith("신청할 수 있다") for value in values)
    assert not any(value.startswith("다른 사업의 지원") for value in values)


def test_nothing_is_told_where_no_yes_or_no_is_asked_for() -> None:
    assert found("주차장은 언제 여나요?") == []
    assert not any(c.origin in ("predicate", "short") for c in seek("주차장 요금은?", GUIDE).found)


def test_a_short_value_tells_of_what_the_question_names_alone() -> None:
    text = "교육 안내\n\n□ 수강료 : 무료\n□ 모집인원 : 30명\n□ 야간 수강 : 불가\n"

    def short(question: str) -> set[str]:
        return {one.value for one in found(question, text) if one.origin == "short"}

    assert not short("직장인도 신청이 가능한가요?") & {"무료", "30명"}
    assert "불가" in short("야간 수강 되나요?")
    assert "무료" in short("수강료는 무료인가요?")


def test_a_question_in_the_text_says_neither_yes_nor_no() -> None:
    text = "묻고 답하기\n\nQ. 고양이도 키울 수 있나요?\nA. 안내견을 빼고는 들일 수 없습니다.\n"
    values = {one.value for one in found("기숙사에서 고양이 키워도 돼요?", text)}
    assert not any(value.endswith("?") for value in values)
    assert any("들일 수 없습니다" in value for value in values)


def test_words_joined_by_dots_are_told_together() -> None:
    told = found(
        "토요일에 공사해도 되나요?", "생활 안내\n\n공사는 토요일·일요일·공휴일에는 하지 않는다.\n"
    )
    assert "토요일·일요일·공휴일에는 하지 않는다" in [one.value for one in told]
