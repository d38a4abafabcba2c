"""What a text says that something is, against hand-made truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.definition import asked_for, definition_of
from rag.index import build
from rag.question.analysis import analyse
from rag.types import Answer, Reason, Verdict


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "새싹 기업",
            "- 새싹 기업**이 급증하는 추세* - * '19년 4조 ** 창업한 지 삼 년이 안 된 기업을 의미 - 다음",
            "창업한 지 삼 년이 안 된 기업",
        ),
        (
            "재생의료",
            "< 재생의료 개념 > ◇ 손상된 조직을 되살리는 의료기술",
            "손상된 조직을 되살리는 의료기술",
        ),
        (
            "등불공장",
            "등불공장이란 제조업의 앞날을 밝히는 공장을 말한다.",
            "제조업의 앞날을 밝히는 공장",
        ),
        ("빅쓰리", "빅쓰리(미래차·바이오·반도체)를 키운다", "미래차·바이오·반도체"),
        (
            "빛비서",
            "빛비서는 민원을 때맞춰 알려 주는 서비스로, 앱에서 쓴다.",
            "민원을 때맞춰 알려 주는 서비스",
        ),
        (
            "메타마을",
            "* 메타마을 : 가상과 현실이 이어진 공간 - 다음 글",
            "가상과 현실이 이어진 공간",
        ),
        (
            "새싹",
            "이런 기업을 새싹이라고 부른다. 값이 열 배로 뛴 회사를 새싹이라고 부른다.",
            "값이 열 배로 뛴 회사",
        ),
        ("높은 위성", "높은 위성(300~1,000km)은 빠르다", None),
        ("모래통", "⑧ 모래통 활용 촉진 및 고도화 2,554 (7.11)", None),
        ("공장", "공장(중소기업의 약 50% 수준)에 보급한다", None),
        ("없는 말", "등불공장이란 제조업의 앞날을 밝히는 공장을 말한다.", None),
        ("", "등불공장이란 제조업의 앞날을 밝히는 공장을 말한다.", None),
    ],
)
def test_what_a_text_says_that_something_is(name: str, text: str, expected: str | None) -> None:
    found = definition_of(name, text)
    assert (None if found is None else text[slice(*found)]) == expected


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("유니콘 기업이 뭔가요?", "유니콘 기업"),
        ("유니콘 기업이란 무엇인가요", "유니콘 기업"),
        ("저궤도 위성이란?", "저궤도 위성"),
        ("소부장이 무슨 뜻이에요?", "소부장"),
        ("BIG3가 뭐예요?", "BIG3"),
        ("재생의료가 무엇인지 설명해 주세요.", "재생의료"),
        ("앱의 이름이 뭐예요?", ""),
        ("융자 한도가 뭐예요?", ""),
        ("어제 논란은?", ""),
        ("사업 목적이 뭐예요?", ""),
        ("주요 쟁점이 뭔가요?", ""),
        ("자격 요건이 뭐예요?", ""),
        ("가람 과제 기술분류 대분류Ⅰ은 무엇인가요?", ""),
        ("내년부터 시작하는 중소 제조업 지원이 뭐예요?", ""),
        ("AAS가 우리말로 뭐예요?", ""),
    ],
)
def test_the_name_whose_meaning_is_asked(question: str, name: str) -> None:
    assert asked_for(analyse(question)) == name


@given(st.text("가나란은는이(): *.-<>개념말한다", max_size=60), st.text("가나란 (*", max_size=6))
def test_any_text_gives_a_range_inside_it_or_nothing(text: str, name: str) -> None:
    found = definition_of(name, text)
    if found is not None:
        start, end = found
        assert 0 <= start < end <= len(text)
        assert 8 <= end - start <= 160


TEXT = """1. 새싹 기업 육성

- 최근 투자가 늘고 새싹 기업**이 급증하는 등 창업이 활발함
 - * 창업기업(만개) : ('17) 125.6 → ('18) 134.4 → ('19) 128.5 → ('20) 148.5
 - ** 창업한 지 삼 년이 안 되었으나 매출이 열 배로 뛴 기업을 의미
- 새싹 기업은 20개로 늘리고 모래통 활용을 촉진하며 예산은 2,554억원을 쓴다.
"""


@pytest.fixture
def asking(tmp_path: Path) -> Callable[[str], Answer]:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(TEXT, encoding="utf-8")
    build([tmp_path / "seeds"], tmp_path / "index")
    return lambda question: Assistant.open(tmp_path / "index").ask(question)


def test_the_note_that_stars_lead_to_is_the_definition(asking: Callable[[str], Answer]) -> None:
    answer = asking("새싹 기업이 뭐예요?")
    assert answer.short_answer == "창업한 지 삼 년이 안 되었으나 매출이 열 배로 뛴 기업"
    quote = answer.citations[0].quote
    assert quote.startswith("최근 투자가 늘고")
    assert quote.endswith("매출이 열 배로 뛴 기업을 의미")


def test_a_number_is_no_definition(asking: Callable[[str], Answer]) -> None:
    answer = asking("모래통이 뭐예요?")
    assert answer.verdict is Verdict.NOT_FOUND
    assert answer.reason is Reason.NOT_STATED
