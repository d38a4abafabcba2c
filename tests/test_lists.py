"""Lists of a document: the lines of a fact, what a sentence enumerates, the bullets under a line."""

from __future__ import annotations

import pytest
from finding_making import seek

from rag.facts import Fact, Form
from rag.finding import Candidate
from rag.finding.lists import items_of, listed
from rag.types import Span

GUIDE = """소상공인 지원 안내

1. 제출 서류

□ 신청할 때 내는 서류는 다음과 같다.
 - 사업자등록증
  · 휴업 중이면 휴업 증명
 - 재무제표
 - 사업계획서
□ 결과는 누리집에 알린다.

2. 추진 전략

- 소상공인을 위한 4대 추진 전략을 세웠다.
 - ① (판로) 온라인 장터에 들어가도록 상품 사진과 설명을 만드는 일을 돕고 장터마다 다른 수수료를 낮추며 배송에 드는 돈을 덜고 바깥 시장을 넓힌다고 한다.
 - * 장터는 세 곳이다.
 - ② (자금) 낮은 이자로 설비와 운전에 드는 돈을 빌려주고 보증료를 덜며 갚는 때를 늦추고 어려운 때에는 이자를 깎아 주는 제도를 새로 두기로 한다.
 - ③ 교육 : 회계와 세무와 노무를 처음부터 가르치고 상담을 이어 가며 배운 것을 가게에서 바로 써 보도록 한 사람씩 따라다니며 도와주는 일을 해마다 넓혀 간다.

3. 지역 거점

가. 중부권
나. 서남권
다. 동남권

4. 설명회

- 설명회는 서울, 부산, 대구 3개 도시에서 연다.
- 발표 순서는 추첨으로 정한다.

5. 사업별 과제

구분\t과제\t예산
창업 지원\t· 예비 창업자 교육 · 시제품 제작 지원\t30억원
재기 지원\t· 채무 조정 상담 · 재창업 자금\t20억원
"""  # noqa: E501


def found(question: str, text: str = GUIDE) -> list[Candidate]:
    sought = seek(question, text)
    return list(listed(sought.asked, sought.place))


def under(question: str, label: str) -> list[tuple[str, ...]]:
    """The items of the lists that a line with ``label`` in it names."""
    return [one.items for one in found(question) if label in one.context.attribute]


@pytest.mark.parametrize(
    ("question", "label", "items"),
    [
        # What a sentence enumerates.
        ("설명회를 여는 도시를 모두 알려 주세요.", "설명회는", ("서울", "부산", "대구")),
    ],
)  # fmt: skip
def test_the_items_and_the_line_that_names_them(
    question: str, label: str, items: tuple[str, ...]
) -> None:
    assert items in under(question, label)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("지역 거점 세 곳은 어디인가요?", ("중부권", "서남권", "동남권")),
        ("설명회를 여는 도시는 모두 어디인가요?", ("서울", "부산", "대구")),
        ("재기 지원 과제를 모두 알려 주세요.", ("채무 조정 상담", "재창업 자금")),  # of a cell
    ],
)
def test_the_best_candidate_is_the_list_that_is_asked_for(
    question: str, items: tuple[str, ...]
) -> None:
    best = seek(question, GUIDE).best
    assert best.items == items
    assert best.value == "; ".join(items)


def test_a_list_says_whether_it_has_as_many_items_as_the_text_counts() -> None:
    lists = {one.value: one.signals for one in found("설명회 도시를 모두 알려 주세요.")}
    assert lists["서울; 부산; 대구"]["counted"] == 1.0
    assert lists["서울; 부산; 대구"]["loose"] == 0.0


def test_no_list_is_told_where_none_is_asked_for() -> None:
    assert found("설명회는 어디서 여나요?") == []


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("· 자율 규제 지원 · 교육 과정 마련", ("자율 규제 지원", "교육 과정 마련")),
        ("• 접수 • 평가 • 협약", ("접수", "평가", "협약")),
        ("수출 실적이 있는 중소기업, 처음 창업하는 청년, 여성 기업인", None),
        ("한빛진흥원", ("한빛진흥원",)),
        ("융자를 받으려면 서류, 면접을 거치며 심사는 해마다 봄에 한 번만 한다", None),
    ],
)
def test_the_items_of_a_value(value: str, items: tuple[str, ...] | None) -> None:
    fact = Fact(Form.LABEL, (), "내용", value, Span(0, len(value)), 0)
    expected = (value,) if items is None else items
    assert items_of(fact, value) == expected


def test_the_items_of_a_fact_with_lines_are_its_lines() -> None:
    text = "- 교육 •\n- 상담,\n- 융자"
    parts = tuple(
        Span(text.index(w), text.index(w) + n) for w, n in (("교육", 4), ("상담", 3), ("융자", 2))
    )
    fact = Fact(Form.LABEL, (), "내용", "교육\n상담\n융자", Span(0, len(text)), 0, parts=parts)
    assert items_of(fact, text) == ("교육", "상담", "융자")
