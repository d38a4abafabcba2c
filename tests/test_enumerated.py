"""Lists that stand in the lines of a document rather than in one sentence, told by hand."""

from __future__ import annotations

import pytest

from rag.enumerated import cell_items
from rag.extraction import Extract, extract
from rag.index import Index, build, open_index
from rag.question.analysis import analyse

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
 - ① (판로) 온라인 장터에 들어가도록 상품 사진과 설명을 만드는 일을 돕고 수수료를 낮춘다.
 - * 장터는 세 곳이다.
 - ② (자금) 낮은 이자로 설비와 운전에 드는 돈을 빌려주고 보증료를 덜어 준다.
 - ③ (교육) 회계와 세무와 노무를 처음부터 가르치고 상담을 이어 간다.
 - ④ (안전망) 폐업과 질병에 대비하는 공제에 들도록 부금을 보탠다.

3. 심사

- 심사위원회는 신청 기업을 두 차례 심사하며 첫 심사에서 서류를 보고 다음 심사에서 발표를 듣는다고 정하였다.
- 심사는 ①기술성, ②사업성, ③정책 부합성을 본다고 규정에 적어 두었고 위원 과반의 뜻으로 결정한다.

4. 지역 거점

가. 중부권
나. 서남권
다. 동남권

5. 사업별 과제

구분\t과제\t예산
창업 지원\t· 예비 창업자 교육 · 시제품 제작 지원\t30억원
재기 지원\t· 채무 조정 상담 · 재창업 자금\t20억원

6. 협의체

- 공동의장인 김지원 국토부 도시정책실장 및 박서준 환경부 물관리국장은 협의체를 상시 이끈다.
- 누리집에는 안내, 서식을 싣는다.
"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("enumerated")
    (folder / "guide.txt").write_text(GUIDE, encoding="utf-8")
    build([folder / "guide.txt"], folder / "index")
    return open_index(folder / "index")


def ask(index: Index, question: str, words: str) -> Extract:
    passage = next(p for p in index.passages if words in p.text)
    return extract(index, analyse(question, index.body.vocabulary), passage)


def test_only_the_first_level_of_a_nested_list_is_given(guide: Index) -> None:
    found = ask(guide, "신청할 때 내는 서류를 모두 알려 주세요.", "내는 서류는")
    assert found.value == "사업자등록증; 재무제표; 사업계획서"
    assert "사업계획서" in found.text


def test_long_bullets_are_named_by_their_titles_over_the_note_between(guide: Index) -> None:
    found = ask(guide, "소상공인 4대 추진 전략은 무엇인가요?", "4대 추진 전략")
    assert found.value == "판로; 자금; 교육; 안전망"


def test_a_list_in_the_next_line_is_taken_where_as_many_are_asked_for(guide: Index) -> None:
    found = ask(guide, "심사위원회가 보는 세 가지는 무엇인가요?", "심사위원회는")
    assert found.value == "기술성; 사업성; 정책 부합성"
    source = guide.documents[0].text[found.span.start : found.span.end]
    assert "심사위원회는" in source and "③정책 부합성" in source
    assert "".join(source.split()) == "".join(found.text.split())


def test_lines_under_a_heading(guide: Index) -> None:
    found = ask(guide, "지역 거점 세 곳은 어디인가요?", "서남권")
    assert found.value == "중부권; 서남권; 동남권"


def test_bullets_inside_a_cell(guide: Index) -> None:
    found = ask(guide, "재기 지원 과제를 모두 알려 주세요.", "재창업 자금")
    assert found.value == "채무 조정 상담; 재창업 자금"


def test_people_are_a_list_of_people(guide: Index) -> None:
    found = ask(guide, "협의체 공동의장 두 사람은 누구인가요?", "공동의장인")
    assert found.value == "김지원; 박서준"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("· 자율 규제 지원 · 교육 과정 마련", ["자율 규제 지원", "교육 과정 마련"]),
        ("• 접수 • 평가 • 협약", ["접수", "평가", "협약"]),
        ("제조업, 건설업, 운수업", ["제조업", "건설업", "운수업"]),
        ("소재·부품 지원", ["소재·부품 지원"]),
        ("· 하나뿐인 과제", ["· 하나뿐인 과제"]),
    ],
)
def test_the_items_of_a_cell(cell: str, expected: list[str]) -> None:
    assert cell_items(cell) == expected


LABELS = """구분\t세부 프로그램\t특징
자금\t<ul><li>시설 자금</li> <li>운전 자금</li> <li>특별 자금 등</li></ul>\t<ul><li>저리</li> <li>보증</li> <li>한시</li></ul>
인력 양성\t<ul><li>직업계고 지정</li> <li>재직자 과정</li></ul>\t<ul><li>운영비</li> <li>무료</li></ul>"""


def test_the_cells_beside_a_label_that_spans_rows(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("labels")
    text = f"지원 정책\n\n1. 정책\n\n표 1 지원 정책 요약\n\n{LABELS}\n"
    (folder / "labels.txt").write_text(text, encoding="utf-8")
    build([folder / "labels.txt"], folder / "index")
    index = open_index(folder / "index")
    found = ask(index, "인력 양성 프로그램은 모두 무엇인가요?", "재직자 과정")
    assert found.value == "직업계고 지정; 재직자 과정"
    found = ask(index, "자금 프로그램을 모두 알려 주세요.", "운전 자금")
    assert found.value == "시설 자금; 운전 자금; 특별 자금"
