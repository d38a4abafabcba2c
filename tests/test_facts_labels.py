"""Labels with their values in every way in which offices write them, against hand-made truth."""

from __future__ import annotations

import pytest
from fact_making import TITLE, document, facts, notice, said, source
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.facts import Form
from rag.facts.brackets import class_in, unit_in
from rag.reading import read

WHEN = "2031. 3. 4.(화) ~ 3. 28.(금) 18:00까지"


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("신청기간", "신청기간 : {}"),
        ("신청기간", "신청기간: {}"),
        ("신청기간", "신청기간： {}"),
        ("신 청 기 간", "신 청 기 간 : {}"),
        ("신청 기간", "- 신청 기간 : {}"),
        ("신청기간", "가. 신청기간 : {}"),
        ("신청기간", "2) 신청기간 : {}"),
        ("신청기간", "◇ 신청기간 : {}"),
        ("신청기간", "- ➔ 신청기간 : {}"),
        ("신청기간", "※ 신청기간 : {}"),
        ("신청기간", "[신청기간] {}"),
        ("신청기간", "【신청기간】 {}"),
        ("신청기간", "〔신청기간〕 {}"),
        ("신청기간", "《신청기간》 {}"),
        ("신청기간", "「신청기간」 {}"),
        ("신청기간", "(신청기간) {}"),
        ("신청기간", "□ (신청기간) {}"),
        ("신청기간", "○ (신청기간): {}"),
        ("신청기간", "[신청기간] ➡ {}"),
        ("신청기간", "▶ 신청기간  {}"),
        ("신청기간", "○ 신청기간 → {}"),
        ("신청기간", "신청기간 - {}"),
        ("신청기간", "신청기간 | {}"),
        ("신청기간", "신청기간 ― {}"),
        ("신청기간", "신청기간 │ {}"),
        ("신청기간", "● 신청기간 ... {}"),
        ("신청기간", "신청기간 …… {}"),
        ("신청기간", "○ 신청기간 ········ {}"),
        ("신청기간", "**신청기간** {}"),
        ("신청기간", "**신청기간:** {}"),
        ("신청기간", "- **신청기간**: {}"),
        ("신청기간", "**신청기간: {}**"),
        ("신청기간", "<신청기간>\n{}"),
        ("신청기간", "< 신청기간 >\n\n{}"),
        ("신청기간", "[신청기간]\n{}"),
        ("신청기간", "【신청기간】\n\n{}"),
        ("신청기간", "신청기간\n{}"),
        ("신청기간", "신청기간:\n{}"),
        ("신청기간", "1. 신청기간\n  ○ {}"),
        ("신청기간", "□ 신청기간\n - {}"),
        ("신청기간", "○ 신청기간 :\n{}"),
        ("신청기간", "## 신청기간\n\n{}"),
        ("제7조(신청기간)", "제7조(신청기간) {}\n제8조(그 밖의 사항) 구청장이 정한다."),
        ("제7조(신청기간)", "제7조(신청기간)\n  ① {}"),
    ],
)
def test_a_label_and_its_whole_value(label: str, body: str) -> None:
    made = notice(body.format(WHEN))
    first = facts(made, Form.LABEL)[0]
    assert (first.attribute.replace(" ", ""), first.value) == ("신청기간", WHEN)
    assert source(made, first.span) == WHEN
    assert source(made, first.label).strip("<>[]【】 :") == label
    assert not first.parts and not first.blank and first.cell is None


LINES = ["신청서 1부", "사업계획서 1부(공고문의 서식)", "통장 사본"]


@pytest.mark.parametrize(
    "body",
    [
        "1. 제출서류\n  ○ {}\n  ○ {}\n  ○ {}",
        "□ 제출서류\n - {}\n - {}\n - {}",
        "□ 제출서류 :\n - {}\n - {}\n - {}",
        "(제출서류)\n① {}\n② {}\n③ {}",
        "【제출서류】\n○ {}\n○ {}\n○ {}",
        "<제출서류>\n\n - {}\n - {}\n - {}",
        "제3조(제출서류)\n① {}\n② {}\n③ {}",
        "### 제출서류\n\n* {}\n* {}\n* {}",
    ],
)
def test_a_label_over_several_lines_has_each_as_a_part(body: str) -> None:
    made = notice(body.format(*LINES))
    (fact,) = [fact for fact in facts(made, Form.LABEL) if fact.attribute == "제출서류"]
    assert fact.value == "\n".join(LINES)
    assert [source(made, part) for part in fact.parts] == LINES
    assert (fact.span.start, fact.span.end) == (fact.parts[0].start, fact.parts[-1].end)


def test_one_label_after_another_ends_a_value() -> None:
    body = "지원대상\n관내 소상공인\n지원한도\n300만원\n문의처\n경제과 ☎ 099-555-0101"
    assert said(body) == [
        ("지원대상", "관내 소상공인"),
        ("지원한도", "300만원"),
        ("문의처", "경제과 ☎ 099-555-0101"),
    ]
    body = "□ 지원대상\n - 관내 소상공인\n□ 지원한도\n - 300만원\n□ 문의처 : 경제과"
    assert said(body) == [
        ("지원대상", "관내 소상공인"),
        ("지원한도", "300만원"),
        ("문의처", "경제과"),
    ]
    body = "지원대상 : 관내 소상공인\n지원한도 : 300만원"
    assert said(body) == [("지원대상", "관내 소상공인"), ("지원한도", "300만원")]


@pytest.mark.xfail(strict=True, reason="the outline joins a framed line to the bullet above it")
def test_a_framed_label_right_below_a_bullet_begins_anew() -> None:
    body = "[지원대상]\n○ 관내 소상공인\n○ 예비창업자\n[지원한도]\n○ 300만원"
    assert said(body) == [("지원대상", "관내 소상공인\n예비창업자"), ("지원한도", "300만원")]


@pytest.mark.parametrize("label", ["<지원대상>", "지원대상:", "지원대상 :", "○ 지원대상"])
@pytest.mark.parametrize(
    "told",
    [
        "관내에 사업장을 둔 소상공인이면 누구나 신청할 수 있다.",
        "관내에 사업장을 둔 소상공인이면\n누구나 신청할 수 있다.",
    ],
)
def test_prose_under_a_label_ends_with_its_paragraph(label: str, told: str) -> None:
    body = f"{label}\n{told}\n\n구청은 해마다 이를 알린다."
    assert said(body) == [("지원대상", told)]


def test_all_prose_under_a_heading_is_its_value() -> None:
    told = ("관내에 사업장을 둔 소상공인이면 누구나 신청할 수 있다.", "구청은 해마다 이를 알린다.")
    body = "1. 지원대상\n\n{}\n\n{}\n\n2. 문의처\n\n경제과"
    assert said(body.format(*told)) == [("지원대상", "\n".join(told)), ("문의처", "경제과")]


def test_a_value_goes_on_over_the_lines_of_its_paragraph() -> None:
    body = (
        "□ 지원내용 : 시설 개선 비용을 지원하며\n   업체당 최대 300만원까지 지원함\n"
        "□ 문의처 : 경제과"
    )
    made = notice(body)
    first, second = facts(made, Form.LABEL)
    assert first.value == "시설 개선 비용을 지원하며 업체당 최대 300만원까지 지원함"
    assert source(made, first.span).endswith("지원함")
    assert (second.attribute, second.value) == ("문의처", "경제과")


def test_a_name_below_a_value_is_no_more_of_it() -> None:
    body = "신청기간 : 3월\n청년 도약 융자\n대상 : 만 39세 이하\n한도 : 1억원"
    found = facts(notice(body), Form.LABEL)
    assert [(f.subject[-1], f.attribute, f.value) for f in found] == [
        (TITLE, "신청기간", "3월"),
        ("청년 도약 융자", "대상", "만 39세 이하"),
        ("청년 도약 융자", "한도", "1억원"),
    ]
    assert said("신청기간 : 3월\n접수처") == [("신청기간", "3월")]


# Several pairs


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        (
            "접수기간: 3월  접수처: 시청 3층  문의: 099-555-0101",
            [("접수기간", "3월"), ("접수처", "시청 3층"), ("문의", "099-555-0101")],
        ),
        ("접수기간 : 3월 / 접수처 : 시청 3층", [("접수기간", "3월"), ("접수처", "시청 3층")]),
        ("- 접수기간 : 3월, 접수처 : 시청", [("접수기간", "3월"), ("접수처", "시청")]),
        ("- 접수기간 : 3월; 접수처 : 시청", [("접수기간", "3월"), ("접수처", "시청")]),
        (
            "- (대상) 중소기업 / (한도) 3억원, 문의처 : 099-555-0101",
            [("대상", "중소기업"), ("한도", "3억원"), ("문의처", "099-555-0101")],
        ),
        ("[대상] 중소기업 / [한도] 3억원", [("대상", "중소기업"), ("한도", "3억원")]),
    ],
)
def test_several_pairs_on_a_line(line: str, pairs: list[tuple[str, str]]) -> None:
    made = notice(line)
    found = facts(made, Form.LABEL)
    assert [(fact.attribute, fact.value) for fact in found] == pairs
    assert [source(made, fact.label) for fact in found] == [label for label, _ in pairs]
    assert {fact.subject for fact in found} == {found[0].subject}


@pytest.mark.parametrize(
    "line",
    [
        "제출서류 : 신청서 1부, 사업계획서 1부, 통장 사본",
        "접수시간 : 09:00~18:00, 점심시간 제외",
        "누리집 : https://www.example.kr/a, 가람구청",
        "지원내용 : 임차료 / 교육비 / 운영비",
        "지원내용 : 임차료 (월 50만원), 교육비 (3회)",
    ],
)
def test_a_list_of_values_is_one_value(line: str) -> None:
    label, value = line.split(" : ")
    assert said(line) == [(label, value)]


def test_a_pair_behind_a_dash_stands_inside_the_value_before_it() -> None:
    line = "- 일시·장소 : '31.3.15(월) 15:00~16:00, 대전 한빛연구원 - 참석 : 열두 명"
    whole, inner = facts(notice(line), Form.LABEL)
    assert (whole.attribute, whole.value) == ("일시·장소", line.split(" : ", 1)[1])
    assert (inner.attribute, inner.value) == ("참석", "열두 명")
    assert inner.subject == (*whole.subject, "일시·장소")


def test_labels_inside_a_value_that_begins_with_one_are_its_own() -> None:
    line = "□ 지원한도 : 융자 : 5억원, 한도 : 3억원"
    found = facts(notice(line), Form.LABEL)
    assert [(f.subject[1:], f.attribute, f.value) for f in found] == [
        ((), "지원한도", "융자 : 5억원, 한도 : 3억원"),
        (("지원한도",), "한도", "3억원"),
    ]


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        (
            "신청은 누리집에서 받는다(접수처: 시청 3층, 전화: 099-555-0101).",
            [("접수처", "시청 3층"), ("전화", "099-555-0101")],
        ),
        (
            "문의(전화: 099-555-0101, 팩스: 099-555-0102)는 낮에 받는다.",
            [("전화", "099-555-0101"), ("팩스", "099-555-0102")],
        ),
        ("총사업비(가람시, 국비 : 5억원)를 쓴다.", [("국비", "5억원")]),
        ("회의(14:00)를 연다.", []),
        ("금리(청년)를 낮춘다.", []),
    ],
)
def test_pairs_in_the_brackets_of_a_sentence(line: str, pairs: list[tuple[str, str]]) -> None:
    found = [pair for pair in said(line) if pair[0] != TITLE]
    assert found == pairs


def test_pairs_in_the_brackets_of_a_value_are_about_its_label() -> None:
    made = notice("□ 문의처 : 경제과(전화: 099-555-0101)")
    first, second = facts(made, Form.LABEL)
    assert (first.attribute, first.value) == ("문의처", "경제과(전화: 099-555-0101)")
    assert (second.subject[-1], second.attribute, second.value) == (
        "문의처",
        "전화",
        "099-555-0101",
    )
    assert source(made, second.span) == "099-555-0101"


# Questions and answers


@pytest.mark.parametrize(
    "body",
    [
        "누가 신청할 수 있나요?\n만 39세 이하 예비창업자",
        "누가 신청할 수 있나요?  만 39세 이하 예비창업자",
        "□ 누가 신청할 수 있나요? → 만 39세 이하 예비창업자",
        "Q. 누가 신청할 수 있나요?\nA. 만 39세 이하 예비창업자",
        "Q1. 누가 신청할 수 있나요?\n\nA1. 만 39세 이하 예비창업자",
        "Q1. 누가 신청할 수 있나요? A1. 만 39세 이하 예비창업자",
        "문 1. 누가 신청할 수 있나요?\n답변 : 만 39세 이하 예비창업자",
    ],
)
def test_a_question_is_a_label_and_its_answer_the_value(body: str) -> None:
    made = notice(body)
    fact = facts(made, Form.LABEL)[0]
    assert (fact.attribute, fact.value) == ("누가 신청할 수 있나요?", "만 39세 이하 예비창업자")
    assert source(made, fact.span) == "만 39세 이하 예비창업자"
    assert source(made, fact.label).endswith("누가 신청할 수 있나요?")


def test_each_question_has_its_own_answer() -> None:
    body = "Q1. 누가 받나요?\n\n청년이 받습니다.\n\nQ2. 언제 받나요?\n\n3월에 받습니다."
    assert said(body) == [
        ("누가 받나요?", "청년이 받습니다."),
        ("언제 받나요?", "3월에 받습니다."),
    ]


# What a fact is about


def test_the_subject_is_the_way_of_headings_and_lines_to_the_label() -> None:
    text = (
        "가람 지원사업 공고\n\nⅠ. 융자 사업\n\n□ 청년 도약 융자\n  ○ 대상 : 청년\n  ○ 한도 : 1억원\n"
        "□ 재기 융자\n  ○ 대상 : 재창업자\n"
    )
    found = facts(document(text), Form.LABEL)
    above = ("가람 지원사업 공고", "Ⅰ. 융자 사업")
    assert [(f.subject, f.attribute, f.value) for f in found] == [
        ((*above, "청년 도약 융자"), "대상", "청년"),
        ((*above, "청년 도약 융자"), "한도", "1억원"),
        ((*above, "재기 융자"), "대상", "재창업자"),
    ]


def test_a_short_line_over_labelled_lines_names_what_they_are_about() -> None:
    body = "청년 도약 융자\n대상 : 청년\n한도 : 1억원\n\n재기 융자\n대상 : 재창업자\n한도 : 5천만원"
    found = facts(document(f"{TITLE}\n{body}\n"), Form.LABEL)
    assert [(f.subject[-1:], f.attribute, f.value) for f in found] == [
        (("청년 도약 융자",), "대상", "청년"),
        (("청년 도약 융자",), "한도", "1억원"),
        (("재기 융자",), "대상", "재창업자"),
        (("재기 융자",), "한도", "5천만원"),
    ]


def test_a_sentence_or_a_note_over_labelled_lines_names_nothing() -> None:
    for line in ("다음과 같이 지원합니다.", "※ 아래를 살필 것"):
        found = facts(notice(f"○ 취지 : 도움\n{line}\n○ 대상 : 청년\n○ 한도 : 1억원"), Form.LABEL)
        assert {subject for fact in found for subject in fact.subject} <= {TITLE}, line


def test_a_label_that_holds_labelled_lines_is_their_subject() -> None:
    body = "□ 사업개요\n  ○ 사업기간 : 3월\n  ○ 사업비 : 5억원"
    found = facts(notice(body), Form.LABEL)
    assert [(f.subject[1:], f.attribute, f.value) for f in found] == [
        ((), "사업개요", "사업기간 : 3월\n사업비 : 5억원"),
        (("사업개요",), "사업기간", "3월"),
        (("사업개요",), "사업비", "5억원"),
    ]


def test_a_programme_over_its_labelled_lines_is_no_label_itself() -> None:
    body = "□ 청년 도약 융자\n  ○ 대상 : 청년\n  ○ 한도 : 1억원"
    assert said(body) == [("대상", "청년"), ("한도", "1억원")]
    body = "□ 세부 계획\n  ○ 융자를 늘린다\n  ○ 보증을 늘린다\n  ○ 금리를 낮춘다"
    assert said(body) == [("세부 계획", "융자를 늘린다\n보증을 늘린다\n금리를 낮춘다")]


def test_the_title_of_a_document_labels_nothing() -> None:
    text = "긴급 융자 안내\n\n- 시설 개선에 3천만원\n- 운영에 1천만원\n"
    assert facts(document(text), Form.LABEL) == []
    (fact,) = facts(document(text, title="다른 제목"), Form.LABEL)
    assert (fact.attribute, fact.subject) == ("긴급 융자 안내", ())


def test_a_heading_over_sentences_labels_nothing() -> None:
    text = "가람시 소식\n\n1. 긴급 융자\n\n업체당 3천만원을 융자한다. 금리를 연 2.0%로 낮춘다.\n"
    assert facts(document(text), Form.LABEL) == []
    purpose = text.replace("긴급 융자", "지원 목적")  # a label by its own words
    assert [fact.attribute for fact in facts(document(purpose), Form.LABEL)] == ["지원 목적"]


def test_the_class_behind_a_label_is_its_scope() -> None:
    body = "□ 신청기간(1차) : 3월\n□ 신청기간(2차)\n - 9월\n□ 한도(만원) : 500\n□ 대상 : 청년"
    found = facts(notice(body), Form.LABEL)
    assert [(f.attribute, f.scope, f.value) for f in found] == [
        ("신청기간", ("1차",), "3월"),
        ("신청기간", ("2차",), "9월"),
        ("한도", (), "500"),
        ("대상", (), "청년"),
    ]


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("금액(백만원)", "백만원", ""),
        ("증감률 (%)", "%", ""),
        ("면적(㎡)", "㎡", ""),
        ("예산(단위: 억원)", "단위: 억원", ""),
        ("실적(억원, %)", "억원, %", ""),
        ("영상(가람공사, 편)", "편", ""),
        ("금리(청년)", "", "청년"),
        ("신청기간(1차)", "", "1차"),
        ("매출(1월)", "", "1월"),
        ("합계(국비+지방비)", "", ""),
        ("제7조(목적)", "", ""),
        ("지원대상(아래의 요건을 모두 갖춘 사람)", "", ""),
        ("(해당)", "", ""),
        ("금리", "", ""),
        ("", "", ""),
    ],
)
def test_units_and_classes_are_told_apart(name: str, unit: str, kind: str) -> None:
    assert (unit_in(name), class_in(name)) == (unit, kind)


# Notes and provisos


def test_notes_and_provisos_are_conditions_and_no_part_of_the_value() -> None:
    for mark in ("※", "*", "- 다만,", "- 단,"):
        made = notice(
            f"□ 지원한도 : 업체당 300만원\n  {mark} 지난해에 받은 업체는 제외\n□ 문의처 : 경제과"
        )
        first, second = facts(made, Form.LABEL)
        assert (first.attribute, first.value) == ("지원한도", "업체당 300만원"), mark
        assert [source(made, c) for c in first.conditions] == [
            f"{mark} 지난해에 받은 업체는 제외"
        ], mark
        assert second.conditions == ()
    made = notice(
        "□ 지원대상\n - 관내 소상공인\n - 예비창업자\n ※ 유흥업은 제외\n□ 문의처 : 경제과"
    )
    first, _ = facts(made, Form.LABEL)
    assert first.value == "관내 소상공인\n예비창업자"
    assert [source(made, c) for c in first.conditions] == ["※ 유흥업은 제외"]


def test_a_line_that_says_more_is_no_condition() -> None:
    made = notice("□ 지원한도 : 업체당 300만원\n  - 교육비는 따로 준다")
    assert facts(made, Form.LABEL)[0].conditions == ()


# What is no label


@pytest.mark.parametrize(
    "line",
    [
        "그는 말했다: 예산을 늘린다.",
        "회의는 14:00에 시작한다.",
        "장소는 나중에 알립니다.",
        "방법은 이렇게 하세요 : 누리집에서 낸다.",
        "▶ 서면평가 → 발표평가 → 협약",
        "('21년 전망) 5.6%로 높였다.",
        "(△4.8) 줄었다.",
        "3,000 : 5,000",
        "(단위 : 억원)",
        "가람구가  두 칸을 띄고 쓴 글이다.",
        "|||",
        "**",
        "-",
    ],
)
def test_lines_of_prose_are_no_labels(line: str) -> None:
    found = [pair for pair in said(f"{line}\n\n이 글은 시험을 위해 쓴다.") if pair[0] != TITLE]
    assert found == []


@pytest.mark.parametrize("label", ["사업개요", "인력 수요", "필요", "주요 내용", "접수·문의"])
def test_names_that_end_like_a_clause_are_labels(label: str) -> None:
    assert said(f"□ {label} : 가람구") == [(label, "가람구")]


def test_a_region_before_a_title_is_no_label() -> None:
    assert facts(document("[강원] 한빛 지원사업 공고\n\n글이다.\n"), Form.LABEL) == []
    assert said("[강원] 30명을 뽑는다.") == [("강원", "30명을 뽑는다.")]


def test_what_is_left_to_be_filled_in() -> None:
    found = facts(notice("○ 제출처 : -\n○ 문의처 : 경제과"), Form.LABEL)
    assert [(fact.attribute, fact.value, fact.blank) for fact in found] == [
        ("제출처", "-", True),
        ("문의처", "경제과", False),
    ]
    assert said("○ 제출처 :\n○ 문의처 : 경제과") == [
        ("제출처", ""),
        ("문의처", "경제과"),
    ]
    assert said("모집인원 :") == [("모집인원", "")]
    assert said("다음과 같음 :") == []


# Dates before events


def test_a_date_before_an_event_is_when_it_was() -> None:
    made = notice("2031. 4. : 1공구 착공\n2031. 9. 3. : 2공구 착공\n’32년 : 개통")
    found = facts(made, Form.LABEL)
    assert [(f.attribute, f.value) for f in found] == [
        ("1공구 착공", "2031. 4."),
        ("2공구 착공", "2031. 9. 3."),
        ("개통", "’32년"),
    ]
    assert [source(made, f.span) for f in found] == ["2031. 4.", "2031. 9. 3.", "’32년"]
    assert source(made, found[0].label) == "1공구 착공"


# Captions of tables


def test_the_lines_of_a_table_are_no_value() -> None:
    body = (
        "4. 지원내용\n\n<표 1> 지원 한도\n\n(단위: 억원)\n구분\t한도\n융자\t3\n보증\t5\n\n"
        "출처 : 가람연구원(2031)\n\n5. 문의처\n\n경제과"
    )
    found = facts(notice(body), Form.LABEL)
    assert [(f.subject[1:], f.attribute, f.value) for f in found] == [
        (("4. 지원내용",), "출처", "가람연구원(2031)"),
        ((), "문의처", "경제과"),
    ]
    body = "< 융자 조건 >\n\n구분\t한도\n융자\t3\n보증\t5\n\n신청은 3월에 받는다."
    assert said(body) == []


def test_titles_in_a_value_are_parts_of_it() -> None:
    body = "4. 지원내용\n\n< 시설자금 >\n60억원\n\n< 운전자금 >\n5억원"
    assert said(body) == [
        ("지원내용", "< 시설자금 >\n60억원\n< 운전자금 >\n5억원"),
        ("시설자금", "60억원"),
        ("운전자금", "5억원"),
    ]


# HTML


def test_a_list_of_terms_in_html() -> None:
    page = (
        "<html><body><h1>가람구 알림</h1><dl><dt>신청&nbsp;기간</dt><dd>3월 4일 &amp; 5일</dd>"
        "<dt>접수처</dt><dd>시청 <b>3층</b></dd></dl></body></html>"
    )
    made = document(page, title=TITLE)
    found = facts(made, Form.LABEL)
    assert [(f.attribute, f.value) for f in found] == [
        ("신청 기간", "3월 4일 & 5일"),
        ("접수처", "시청 3층"),
    ]
    assert [source(made, f.span) for f in found] == ["3월 4일 &amp; 5일", "시청 <b>3층"]


def test_a_paragraph_in_html() -> None:
    page = "<html><body><h1>가람구 알림</h1><p><b>문의처</b> : 경제과&nbsp;(시청)</p></body></html>"
    made = document(page, title=TITLE)
    (fact,) = facts(made, Form.LABEL)
    assert (fact.attribute, fact.value) == ("문의처", "경제과 (시청)")
    assert source(made, fact.span) == "경제과&nbsp;(시청)"
    assert fact.label is not None and read(page, fact.label).text == "문의처"


# Sizes


def test_a_value_of_very_many_lines_is_no_value() -> None:
    def count(lines: int, letters: int) -> int:
        body = "□ 제출서류\n" + "\n".join(f" - {'가' * letters}" for _ in range(lines))
        return sum(len(fact.parts) for fact in facts(notice(body), Form.LABEL))

    assert count(39, 10) == 39
    assert count(60, 10) == 40
    assert count(10, 100) == 10
    assert count(13, 100) == 0


# Properties

NAMES = st.sampled_from(["신청기간", "지원대상", "접수처", "문의처", "제출서류", "지원한도"])
VALUES = st.one_of(
    st.integers(1, 9999).map(lambda number: f"업체당 최대 {number:,}만원"),
    st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda day: f"{day[0]}월 {day[1]}일까지"),
    st.sampled_from(
        ["관내 소상공인", "만 39세 이하 예비창업자", "시청 3층", "경제과 099-555-0101"]
    ),
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(NAMES, VALUES), min_size=1, max_size=8),
    st.sampled_from(["{} : {}", "□ {} : {}", "- {}: {}", "[{}] {}", "○ ({}) {}", "**{}** {}"]),
)
def test_each_of_many_lines_gives_its_pair_back(pairs: list[tuple[str, str]], form: str) -> None:
    made = notice("\n".join(form.format(*pair) for pair in pairs))
    found = facts(made, Form.LABEL)
    assert [(fact.attribute, fact.value) for fact in found] == pairs
    assert [source(made, fact.span) for fact in found] == [value for _, value in pairs]


@settings(deadline=None, max_examples=40)
@given(st.lists(VALUES, min_size=1, max_size=12), st.sampled_from(["-", "○", "▶", "①"]))
def test_all_bullets_under_a_label_are_its_value(lines: list[str], mark: str) -> None:
    body = "□ 제출서류\n" + "\n".join(f"  {mark} {line}" for line in lines)
    (fact,) = facts(notice(body), Form.LABEL)
    assert fact.value == "\n".join(lines)


def pairs_in(text: str) -> list[tuple[str, str]]:
    return [(fact.attribute, fact.value) for fact in facts(document(text))]


def test_signs_and_counted_signs_of_any_sort_are_bullets() -> None:
    text = "느티나무 공고\n\n❍ 지원 대상 : 농가\n➊ 접수처 : 시청\n⬥ 문의 : 02-123-4567\n"
    assert pairs_in(text) == [("지원 대상", "농가"), ("접수처", "시청"), ("문의", "02-123-4567")]


def test_a_middle_dot_between_spaced_letters_parts_no_label() -> None:
    text = "느티나무 공고\n\n참 여 대 상 : 농가\n신 청 · 접 수 방 법 : 온라인\n"
    assert pairs_in(text) == [("참여대상", "농가"), ("신청·접수방법", "온라인")]


def test_the_title_of_a_document_is_no_label_with_its_value() -> None:
    text = "2026년 나노부품 기업 대상  해외 진출 프로그램 참여기업 모집\n\n○ 대상자 : 제조 기업\n"
    assert pairs_in(text) == [("대상자", "제조 기업")]


def test_an_answer_below_its_question_heads_nothing() -> None:
    text = (
        "느티나무 자주 묻는 질문\n\nQ1. 누가 신청할 수 있나요?\nA. 예비창업자 및 창업기업 대표\n\n"
        "Q2. 모집 기간은 언제인가요?\nA. 2026-01-02 ~ 2026-01-30\n"
    )
    assert pairs_in(text) == [
        ("누가 신청할 수 있나요?", "예비창업자 및 창업기업 대표"),
        ("모집 기간은 언제인가요?", "2026-01-02 ~ 2026-01-30"),
    ]


def test_a_value_right_below_its_label_comes_before_what_hangs_on_it() -> None:
    text = (
        "느티나무 모집\n\n입주 기업을 모집합니다.\n\n「참가기업 자격」\n국내 스타트업\n「수행기관」\n은빛재단\n\n"
        "※ 자세한 것은 공고문을 본다.\n붙임  1. 공고문 1부.\n      2. 신청서 1부.  끝.\n"
    )
    assert pairs_in(text)[:2] == [("참가기업 자격", "국내 스타트업"), ("수행기관", "은빛재단")]


def test_a_bullet_between_two_pairs_parts_them() -> None:
    text = "느티나무 공고\n\n▪공고기관: 은빛진흥원 ▪접수처: 누리집\n▪지원대상: 농가 ▪문의: 02-123-4567\n"
    assert pairs_in(text) == [
        ("공고기관", "은빛진흥원"),
        ("접수처", "누리집"),
        ("지원대상", "농가"),
        ("문의", "02-123-4567"),
    ]
