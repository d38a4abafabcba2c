"""Plain text that is set with blanks and ruled lines, as typescripts and printed pages are."""

from __future__ import annotations

from fact_making import document, facts, notice, said

from rag.facts import Form
from rag.outline import outline, parse_mark
from rag.outline.lines import Line, width
from rag.types import BlockKind

RULE = "-" * 40
TABLE = f"""(단위: 만원)
트랙      총액     지원금     분담금
{RULE}
내수      3,000     2,100       900
초보     10,000     2,800     1,200
유망                3,600     2,400
{RULE}
 * 분담금에는 부가가치세가 들어 있지 않다.
"""


def cells(body: str) -> set[tuple[str, str, str, str]]:
    return {
        (fact.subject[-1], fact.attribute, fact.value, fact.unit)
        for fact in facts(notice(body), Form.CELL)
    }


def test_a_line_over_a_rule_names_the_columns_of_the_rows_under_it() -> None:
    found = cells(TABLE)
    assert ("내수", "지원금", "2,100", "만원") in found
    assert ("초보", "총액", "10,000", "만원") in found
    assert ("유망", "분담금", "2,400", "만원") in found


def test_a_row_that_lacks_a_cell_lacks_that_of_the_column_with_nothing_under_it() -> None:
    found = cells(TABLE)
    assert ("유망", "지원금", "3,600", "만원") in found
    assert ("유망", "총액", "", "만원") in found


def test_rows_between_rules_are_one_table_of_two_columns() -> None:
    body = f"단계       시기\n{RULE}\n접수       4. 20.\n{RULE}\n발표       6. 24.\n{RULE}"
    assert cells(body) == {("접수", "시기", "4. 20.", ""), ("발표", "시기", "6. 24.", "")}


def test_a_title_over_a_rule_is_no_table() -> None:
    made = document(f"공고\n\n지원 사업 안내\n{RULE}\n신청은 시청에서 받는다.\n\n끝이다.\n")
    assert all(block.table is None for block in outline(made))


def test_a_rule_says_nothing() -> None:
    for rule in ("=" * 12, "- " * 8, "  ______", "~" * 6):
        assert Line(0, len(rule), rule).drawn, rule
    for other in ("---", "-- 3 --", "a------", "- 가 - 나 -", "......"):
        assert not Line(0, len(other), other).drawn, other
    made = document(
        f"{'=' * 30}\n[가람청] 수출 지원 안내\n{'=' * 30}\n\n수출 기업을 돕는 제도이다.\n"
    )
    text = "\n".join(made.text[b.span.start : b.span.end] for b in outline(made))
    assert "===" not in text


def test_labels_and_values_set_in_columns() -> None:
    body = (
        "공고번호   제2026-142호\n"
        "분담금     통보를 받은 날부터 15일 이내\n"
        "           기한을 넘기면 선정이 취소됨\n"
        "이용한도   2,000만원"
    )
    assert said(body) == [
        ("공고번호", "제2026-142호"),
        ("분담금", "통보를 받은 날부터 15일 이내 기한을 넘기면 선정이 취소됨"),
        ("이용한도", "2,000만원"),
    ]


def test_a_line_set_like_no_other_has_no_label() -> None:
    assert said("가람 나루   다온 라온") == []
    assert said("01 조사·컨설팅     07 규격인증\n02 통번역          08 지식재산권") == []


def test_numbers_in_lenticular_brackets_head_sections() -> None:
    made = document(
        "수출 지원 안내\n\n【1】 신청 자격\n\n중소기업이다.\n\n【2】 문의\n\n시청이다.\n"
    )
    heads = [
        made.text[b.span.start : b.span.end] for b in outline(made) if b.kind is BlockKind.HEADING
    ]
    assert heads[-2:] == ["【1】 신청 자격", "【2】 문의"]


def test_a_syllable_is_two_columns_wide() -> None:
    assert [width(text) for text in ("가나", "ab", "가 b", "㈜")] == [4, 2, 4, 2]


def test_articles_with_their_titles_on_lines_of_their_own() -> None:
    made = document(
        "관리규약\n\n제1장  총칙\n\n제6조 [구성]\n  ⑴ 대표회의는 13명으로 구성한다.\n  ⑵ 임기는 2년이다.\n"
        "제7조 [수당]\n  회의에 나온 대표에게 5만원을 준다.\n\n부칙\n  2025년 7월 15일부터 시행한다.\n"
        "=== 별표 1. 연체 요율 ===\n기간\t요율\n1개월\t연 6%\n2개월\t연 9%\n"
    )
    told = [(b.kind, b.path, made.text[b.span.start : b.span.end]) for b in outline(made)]
    paths = {text: path for _kind, path, text in told}
    assert paths["⑵ 임기는 2년이다."][-2:] == ("제1장 총칙", "제6조 [구성]")
    heads = [text for kind, _path, text in told if kind is BlockKind.HEADING]
    assert heads[-4:] == ["제6조 [구성]", "제7조 [수당]", "부칙", "=== 별표 1. 연체 요율 ==="]
    assert told[-1][1] == ("관리규약", "=== 별표 1. 연체 요율 ===")


def test_items_that_are_counted_by_consonants_and_by_bracketed_signs() -> None:
    made = document(
        "안내\n\n다음 사람은 위원이 될 수 없다.\n ㄱ. 대표자\n ㄴ. 그 배우자\n ㄷ. 직원\n"
    )
    items = [
        made.text[b.span.start : b.span.end] for b in outline(made) if b.kind is BlockKind.BULLET
    ]
    assert items == ["ㄱ. 대표자", "ㄴ. 그 배우자", "ㄷ. 직원"]
    marks = [parse_mark(text) for text in ("⑴ 구성", "⒇ 끝", "ㅎ. 끝", "ㅇ 내용")]
    assert [(m.style, m.number) for m in marks if m] == [
        ("(N)", 1), ("(N)", 20), ("ㄱ.", 14), ("ㅇ", None),
    ]  # fmt: skip


def test_dots_lead_from_labels_to_values() -> None:
    body = "보조금 기준 ........ 가람재단 (070-4420-1190)\n이자지원 ............... 시청 (062-880-2745)"
    assert said(body) == [
        ("보조금 기준", "가람재단 (070-4420-1190)"),
        ("이자지원", "시청 (062-880-2745)"),
    ]
    assert said("융자 한도 ........ 8\n접수 기간 ........ 12") == []


def test_a_name_between_angle_brackets_heads_the_labels_under_it() -> None:
    made = document(
        "공모 안내\n\n<첫걸음>\n대상 : 예술인 개인\n지원 금액 : 건당 300만원\n\n"
        "<이어달리기>\n대상 : 예술단체\n지원 금액 : 단체 1,000만원\n"
    )
    told = {
        (fact.subject[-1], fact.value)
        for fact in facts(made, Form.LABEL)
        if fact.attribute == "지원 금액"
    }
    assert told == {("<첫걸음>", "건당 300만원"), ("<이어달리기>", "단체 1,000만원")}


def test_a_sentence_in_brackets_heads_nothing() -> None:
    made = document("안내\n\n[연체이자는 지원하지 않는다]\n\n신청은 시청에서 받는다.\n\n끝이다.\n")
    assert "[연체이자는 지원하지 않는다]" not in {part for b in outline(made) for part in b.path}


def test_rows_that_lack_cells_have_those_that_begin_where_the_headers_do() -> None:
    body = (
        "행위              벌점     비고\n발송 지연         1점      건마다\n품절로 취소       2점      건마다\n"
        "거짓 후기         5점\n위조품 판매       20점     즉시 정지"
    )
    found = cells(body)
    assert ("거짓 후기", "벌점", "5점", "") in found
    assert ("거짓 후기", "비고", "", "") in found
    assert ("위조품 판매", "비고", "즉시 정지", "") in found


def test_what_announces_the_lines_below_is_no_value() -> None:
    body = "□ 신청자격  (다음을 모두 갖춘 자)\n  ○ 가람군에 사업장을 둔 소상공인\n  ○ 영업한 지 1년이 넘은 자"
    told = said(body)
    assert told[0][0] == "신청자격"
    assert "사업장을 둔 소상공인" in told[0][1]
    assert "1년이 넘은 자" in told[0][1]
    assert said("□ 신청자격  다음 달에 문을 여는 점포") == [
        ("신청자격", "다음 달에 문을 여는 점포")
    ]


def test_the_border_of_a_box_says_nothing() -> None:
    body = "+----+----+\n| 항목 | 점수 |\n+----+----+\n| 창의성 | 40점 |\n| 충실성 | 30점 |\n+----+----+"
    assert cells(body) == {("창의성", "점수", "40점", ""), ("충실성", "점수", "30점", "")}
    made = notice(body)
    kept = [made.text[b.span.start : b.span.end] for b in outline(made) if b.table is None]
    assert not any("+" in text for text in kept)


def test_a_number_and_its_noun_name_a_sort_of_several() -> None:
    assert said("1급지 : 1,200원\n2급지 : 800원") == [("1급지", "1,200원"), ("2급지", "800원")]
    assert said("2인실 : 5만원\n4인실 : 3만원") == [("2인실", "5만원"), ("4인실", "3만원")]
    assert said("3억원 : 국비\n5명 : 신규") == []
