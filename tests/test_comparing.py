"""Sides put side by side: what each was found to be, by hand, and asked of four short documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.comparing import Compared, Comparison, Sought, compare
from rag.answering.composer import compose_comparison
from rag.answering.finding import Finding
from rag.assistant import Assistant
from rag.index import build
from rag.question.sides import Side, Sides, sides_of
from rag.types import (
    Answer,
    BlockKind,
    Document,
    Evidence,
    Passage,
    Question,
    QuestionKind,
    Reason,
    Span,
    Verdict,
)

PASSAGE = Passage("a.txt#0-40", "a.txt", Span(0, 40), (), BlockKind.PARAGRAPH, "글", (0, 0))


def slice_of(value: str, text: str = "", start: int = 0) -> Evidence:
    told = text or f"{value}이다."
    return Evidence(PASSAGE, Span(start, start + len(told)), told, value)


def sought(
    value: str,
    sure: float = 0.9,
    rows: tuple[int, ...] = (),
    unit: str = "",
    text: str = "",
) -> Sought:
    """A side of which one slice was found."""
    return Sought(Finding((slice_of(value, text),), None, sure), unit, rows)


NOTHING = Sought(Finding((), Reason.NOT_IN_DOCUMENTS, 0.0), "", ())


def compared(
    *found: Sought,
    rest: tuple[int, ...] = (),
    ordered: int = 0,
    reckon: str = "",
    whole: bool = False,
    enough: float = 0.5,
) -> Comparison | None:
    """Sides called 가, 나, 다 and so on, with what was found for each."""
    names = "가나다라"[: len(found)]
    asked = tuple(Side(name, f"{name} 얼마인가요?", whole) for name in names)
    answers = dict(zip((side.question for side in asked), found, strict=True))
    return compare(Sides(asked, ordered, True, reckon), answers.__getitem__, rest, enough)


def facts(comparison: Comparison | None) -> list[tuple[str, str]]:
    assert comparison is not None
    return [(side.label, side.fact) for side in comparison.sides]


# --- by hand ------------------------------------------------------------------------------------


def test_each_side_has_its_own_fact_and_evidence() -> None:
    made = compared(sought("3명", unit="명"), sought("5명"))
    assert facts(made) == [("가", "3명"), ("나", "5명")]
    assert made is not None and made.named
    assert [side.unit for side in made.sides] == ["명", ""]
    assert [side.evidence[0].value for side in made.sides] == ["3명", "5명"]


def test_where_no_side_is_found_there_is_no_comparison() -> None:
    assert compared(NOTHING, NOTHING) is None
    assert compared(sought("3명", 0.29), sought("5명", 0.29)) is None


@pytest.mark.parametrize(
    ("sure", "held"),
    [
        ((0.9, 0.49), (True, True)),  # 0.695 together: the second is vouched for
        ((0.5, 0.3), (True, True)),  # 0.4 together
        ((0.5, 0.29), (True, False)),  # 0.395
        ((0.49, 0.29), (False, False)),
        ((0.9, 0.29), (True, False)),  # less than any help makes good
    ],
)
def test_a_side_less_sure_counts_where_the_sides_together_are_nearly_sure(
    sure: tuple[float, float], held: tuple[bool, bool]
) -> None:
    made = compared(*(sought("3명", one) for one in sure))
    told = (False, False) if made is None else tuple(bool(s.evidence) for s in made.sides)
    assert told == held


def test_how_sure_a_side_must_be_is_measured_by_what_is_enough_for_an_answer() -> None:
    assert compared(sought("3명", 0.79), sought("5명", 0.2), enough=0.8) is None
    for sure, held in ((0.48, True), (0.47, False)):  # three fifths of it; 0.64 together
        made = compared(sought("3명", 0.81), sought("5명", sure), enough=0.8)
        assert made is not None and bool(made.sides[1].evidence) == held
    # Where nothing is refused, all is found.
    assert facts(compared(sought("3명", 0.0), enough=0.0)) == [("가", "3명")]


def test_a_side_that_reads_in_several_ways_is_not_found() -> None:
    several = Sought(Finding((slice_of("5명"), slice_of("7명")), Reason.AMBIGUOUS, 0.5), "", ())
    made = compared(sought("3명"), several)
    assert facts(made) == [("가", "3명"), ("나", "")]
    # A doubt alone is not: the other side may vouch for it.
    doubted = Sought(Finding((slice_of("5명"),), Reason.NOT_STATED, 0.45), "", ())
    assert facts(compared(sought("3명"), doubted)) == [("가", "3명"), ("나", "5명")]


def test_a_side_without_evidence_is_not_found_however_sure() -> None:
    made = compared(sought("3명"), Sought(Finding((), None, 0.9), "", ()))
    assert facts(made) == [("가", "3명"), ("나", "")]
    assert made is not None and made.sides[1].evidence == ()


def test_the_sureness_is_the_least_of_the_sides_that_were_found() -> None:
    for found, sure in (
        ((sought("3명", 0.8), sought("5명", 0.6)), 0.6),
        ((sought("3명", 0.8), sought("5명", 0.1)), 0.8),
    ):
        made = compared(*found)
        assert made is not None and made.confidence == sure


def test_rows_of_the_sides_take_turns_and_the_rest_follows_once() -> None:
    made = compared(sought("3명", rows=(4, 2, 9)), sought("5명", rows=(7, 4)), rest=(1, 9, 0))
    assert made is not None and made.order == (4, 7, 2, 9, 1, 0)
    long = compared(
        sought("3명", rows=tuple(range(10, 30))), sought("5명", rows=(5,)), rest=(3, 29)
    )
    # Eight rows of each side come first; what else they were ranked with is not shown.
    assert long is not None and long.order == (10, 5, *range(11, 18), 3, 29)


def test_rows_of_a_side_that_was_not_found_are_shown_too() -> None:
    lost = Sought(Finding((), Reason.NOT_STATED, 0.0), "", (8, 1))
    made = compared(sought("3명", rows=(1, 2)), lost)
    assert made is not None and made.order == (1, 8, 2)


@given(
    st.lists(st.lists(st.integers(0, 30), max_size=12), min_size=1, max_size=4),
    st.lists(st.integers(0, 30), max_size=20),
)
def test_each_row_is_shown_once_and_none_of_the_rest_is_lost(
    rows: list[list[int]], rest: list[int]
) -> None:
    made = compared(*(sought("3명", rows=tuple(one)) for one in rows), rest=tuple(rest))
    assert made is not None
    assert len(made.order) == len(set(made.order))
    assert set(made.order) == {row for one in rows for row in one[:8]} | set(rest)
    firsts = [one[0] for one in rows if one]
    assert list(made.order[: len(set(firsts))]) == list(dict.fromkeys(firsts))


def test_what_is_asked_as_a_whole_has_the_slice_as_its_fact() -> None:
    made = compared(sought("3명", text="세 사람이 맡는다."), sought("5명"), whole=True)
    assert facts(made) == [("가", "세 사람이 맡는다."), ("나", "5명이다.")]
    assert facts(compared(sought("", text="가" * 200))) == [("가", "가" * 200)]
    assert facts(compared(sought("", text="가" * 201))) == [("가", "")]  # quoted below


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [
        (1, ["1조 2,000억원", "450억원", "90억원"]),
        (-1, ["90억원", "450억원", "1조 2,000억원"]),
        (0, ["450억원", "1조 2,000억원", "90억원"]),
    ],
)
def test_amounts_stand_in_the_order_asked_for(ordered: int, expected: list[str]) -> None:
    made = compared(*map(sought, ("450억원", "1조 2,000억원", "90억원")), ordered=ordered)
    assert [fact for _label, fact in facts(made)] == expected


@pytest.mark.parametrize("second", ["3명", "2022년 3월", "가까운 곳"])
def test_what_are_no_amounts_in_one_unit_stand_as_asked(second: str) -> None:
    made = compared(sought("450억원"), sought(second), ordered=-1)
    assert [fact for _label, fact in facts(made)] == ["450억원", second]


@pytest.mark.parametrize(
    ("reckon", "found", "expected"),
    [
        ("sum", ("119억원", "200억원"), ("119억원 + 200억원 = 319억원", "", "")),
        ("gap", ("119억원", "200억원"), ("200억원 - 119억원 = 81억원", "", "")),
        ("크", ("119억원", "200억원"), ("나 200억원 > 가 119억원", "나", "더 큽니다")),
        ("많", ("300명", "120명"), ("가 300명 > 나 120명", "가", "더 많습니다")),
        ("높", ("2.0%", "3.5%"), ("나 3.5% > 가 2.0%", "나", "더 높습니다")),
        ("긴", ("5년", "3년"), ("가 5년 > 나 3년", "가", "더 깁니다")),
        ("비싼", ("5만원", "3만원"), ("가 5만원 > 나 3만원", "가", "더 비쌉니다")),
        ("작", ("119억원", "200억원"), ("가 119억원 < 나 200억원", "가", "더 작습니다")),
        ("적", ("300명", "120명"), ("나 120명 < 가 300명", "나", "더 적습니다")),
        ("낮", ("2.0%", "3.5%"), ("가 2.0% < 나 3.5%", "가", "더 낮습니다")),
        ("짧", ("5년", "3년"), ("나 3년 < 가 5년", "나", "더 짧습니다")),
        ("싼", ("5만원", "3만원"), ("나 3만원 < 가 5만원", "나", "더 쌉니다")),
        # Nothing is asked, or nothing can be told.
        ("", ("119억원", "200억원"), ("", "", "")),
        ("크", ("119억원", "119억원"), ("", "", "")),
        ("크", ("119억원", "3명"), ("", "", "")),
        ("sum", ("119억원", "서울"), ("", "", "")),
        ("크", ("119억원", "200억원", "300억원"), ("", "", "")),
    ],
)
def test_what_the_facts_come_to(
    reckon: str, found: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    made = compared(*map(sought, found), reckon=reckon)
    assert made is not None
    assert (made.reckoned, made.foremost, made.how) == expected


def test_bare_numbers_are_reckoned_in_the_unit_that_stands_over_them() -> None:
    made = compared(sought("300", unit="명"), sought("120", unit="명"), reckon="sum")
    assert made is not None and made.reckoned.endswith("= 420명")
    apart = compared(sought("300", unit="명"), sought("120", unit="억원"), reckon="sum")
    assert apart is not None and apart.reckoned == ""


def test_nothing_is_reckoned_with_a_side_missing() -> None:
    for reckon in ("sum", "gap", "크"):
        made = compared(sought("450억원"), NOTHING, reckon=reckon)
        assert made is not None
        assert (made.reckoned, made.foremost, made.how) == ("", "", "")


@pytest.mark.parametrize(
    ("label", "fact", "expected"),
    [
        ("1단계 국비", "국비 1,203억원", "1단계 국비 1,203억원"),
        ("도로 정비", "450억원", "도로 정비 450억원"),
        ("국비", "국비", "국비 국비"),
        ("국비 예산", "국비 예산", "국비 예산 국비 예산"),
        ("", "450억원", "450억원"),
        ("도로", "", "도로"),
    ],
)
def test_a_word_is_not_said_twice_between_name_and_fact(
    label: str, fact: str, expected: str
) -> None:
    assert Compared(label, fact, ()).titled == expected


@pytest.mark.parametrize("reckon", ["빠르", "빠른", "이르", "이른", "늦", "먼저"])
def test_no_side_is_foremost_without_an_adjective_to_say_it_with(reckon: str) -> None:
    made = compared(sought("30곳"), sought("10곳"), reckon=reckon)
    assert made is not None and bool(made.foremost) == bool(made.how)


# --- asked ----------------------------------------------------------------------------------------

TEXTS = {
    "roads.txt": (
        "도로 정비 보고서\n\n1. 사업 규모\n\n- 도로 정비 사업의 예산은 450억원이다.\n"
        "- 도로 정비 사업의 착공일은 2022년 3월 2일이다.\n"
        "\n2. 쟁점\n\n- 환경부는 도로 폭을 줄여 나무를 심어야 한다는 의견이다.\n"
        "- 환경부와 산업부는 도로 폭을 함께 검토하기로 하였다.\n"
        "- 산업부는 도로 폭을 넓혀 물류를 빠르게 해야 한다는 의견이다.\n"
    ),
    "rivers.txt": (
        "하천 복원 보고서\n\n1. 사업 규모\n\n- 하천 복원 사업의 예산은 1조 2,000억원이다.\n"
        "- 하천 복원 사업의 참여 주민은 320명이다.\n"
    ),
    "parks.txt": (
        "공원 조성 안내\n\n1. 사업 규모\n\n- 공원 조성 사업의 예산은 90억원, 광장 조성 사업의 예산은 "
        "75억원이다.\n- 나무는 느티나무를 심는다.\n"
    ),
    "visitors.txt": (
        "방문 통계\n\n(단위 : 명, %)\n구분\t인원\t재방문율\n가람구\t300\t12.5\n나래구\t120\t40.2\n"
    ),
}
DATES = {"roads.txt": "2022-01", "rivers.txt": "2023-05", "parks.txt": "2021-09"}


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("works")
    sources = folder / "sources"
    sources.mkdir()
    entries = []
    for name, text in TEXTS.items():
        (sources / name).write_text(text, encoding="utf-8")
        title = text.split("\n", 1)[0]
        entries.append(
            f'[[document]]\nfile = "{name}"\ntitle = "{title}"\nissuer = "시청"\n'
            f'published = "{DATES.get(name, "")}"\nlicence = ""\n'
        )
    (sources / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    build([sources], folder / "index")
    return Assistant.open(folder / "index")


def lead(answer: Answer) -> str:
    return answer.text.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "도로 정비 사업과 하천 복원 사업의 예산은 각각 얼마인가요?",
            "450억원; 1조 2,000억원",
        ),
        (
            "도로 정비, 하천 복원, 공원 조성 세 사업을 예산이 큰 순서로 알려주세요.",
            "하천 복원 1조 2,000억원; 도로 정비 450억원; 공원 조성 90억원",
        ),
        (
            "도로 정비, 하천 복원, 공원 조성 세 사업을 예산이 작은 순서로 알려주세요.",
            "공원 조성 90억원; 도로 정비 450억원; 하천 복원 1조 2,000억원",
        ),
        (
            "도로 정비 예산과 공원 조성 예산을 합하면 얼마입니까?",
            "450억원 + 90억원 = 540억원",
        ),
        (
            "하천 복원 사업과 도로 정비 사업의 예산 차이는 얼마인가요?",
            "1조 2,000억원 - 450억원 = 1조 1,550억원",
        ),
        (
            "도로 정비 사업은 하천 복원 사업보다 예산이 얼마나 더 적나요?",
            "1조 2,000억원 - 450억원 = 1조 1,550억원",
        ),
        (
            "도로 정비 사업과 하천 복원 사업 가운데 예산이 더 큰 쪽은 어디인가요?",
            "하천 복원 사업 1조 2,000억원 > 도로 정비 사업 450억원",
        ),
        (
            "도로 정비 사업과 하천 복원 사업 가운데 예산이 더 적은 쪽은 어디인가요?",
            "도로 정비 사업 450억원 < 하천 복원 사업 1조 2,000억원",
        ),
        (
            "도로 정비 예산은 얼마이고, 하천 복원에 참여하는 주민은 몇 명인가요?",
            "450억원; 320명",
        ),
        (
            "공원 조성 사업과 광장 조성 사업의 예산은 각각 얼마인가요?",
            "90억원; 75억원",
        ),
        (
            "도로 정비 보고서와 하천 복원 보고서가 밝힌 예산은 각각 얼마인가요?",
            "450억원; 1조 2,000억원",
        ),
        ("가람구와 나래구의 인원을 합하면 몇 명인가요?", "300 + 120 = 420명"),
        (
            "가람구와 나래구 가운데 재방문율이 더 높은 곳은 어디인가요?",
            "나래구 40.2 > 가람구 12.5",
        ),
    ],
)
def test_the_short_answer_of_a_comparison(works: Assistant, question: str, expected: str) -> None:
    answer = works.ask(question)
    assert (answer.verdict, answer.reason) == (Verdict.ANSWERED, None)
    assert answer.short_answer == expected
    # What is reckoned is said and stands in no quotation.
    assert answer.statements and all(c.quote for c in answer.citations)
    for number in re.findall(r"= (.+)$", expected):
        assert not any(number in citation.quote for citation in answer.citations)


def test_each_side_brings_the_date_of_its_document(works: Assistant) -> None:
    answer = works.ask("도로 정비 사업과 하천 복원 사업의 예산은 각각 얼마인가요?")
    assert lead(answer) == (
        "나란히 옮깁니다: 도로 정비 사업은 ‘450억원’(2022년 1월 문서) [1]; "
        "하천 복원 사업은 ‘1조 2,000억원’(2023년 5월 문서) [2]."
    )
    assert [c.file for c in answer.citations] == ["roads.txt", "rivers.txt"]
    assert [hit.passage.file for hit in answer.hits[:2]] == ["roads.txt", "rivers.txt"]
    assert len({hit.row for hit in answer.hits}) == len(answer.hits)


def test_which_is_more_ends_with_which(works: Assistant) -> None:
    answer = works.ask("도로 정비 사업과 하천 복원 사업 가운데 예산이 더 적은 쪽은 어디인가요?")
    assert lead(answer).startswith("두 값을 견주면 도로 정비 사업이 더 적습니다. 나란히")


@pytest.mark.parametrize("tail", ["예산을 합하면 얼마인가요?", "예산은 각각 얼마인가요?"])
def test_a_side_that_is_not_there_leaves_the_answer_partial(works: Assistant, tail: str) -> None:
    answer = works.ask(f"하천 복원 사업과 달 착륙선 사업의 {tail}")
    assert answer.verdict is Verdict.PARTIAL
    assert answer.short_answer == "1조 2,000억원"
    assert "달 착륙선 사업은 문서에서 찾지 못했습니다" in lead(answer)
    assert "계산" not in answer.text
    assert {c.file for c in answer.citations} == {"rivers.txt"}


@pytest.mark.parametrize(
    "question",
    [
        "우주선과 잠수함의 가격은 각각 얼마인가요?",
        "도로 정비 사업과 하천 복원 사업의 이사장은 각각 누구인가요?",
    ],
)
def test_sides_that_are_both_not_there_are_refused(works: Assistant, question: str) -> None:
    answer = works.ask(question)
    assert answer.verdict is Verdict.NOT_FOUND and answer.short_answer is None
    assert len({hit.row for hit in answer.hits}) == len(answer.hits)


def test_sides_told_by_one_document_have_no_dates(works: Assistant) -> None:
    answer = works.ask("공원 조성 사업과 광장 조성 사업의 예산은 각각 얼마인가요?")
    assert {c.file for c in answer.citations} == {"parks.txt"}
    assert "문서)" not in lead(answer)


# --- what is wrong --------------------------------------------------------------------------------


def test_a_sentence_that_tells_both_sides_is_quoted_once(works: Assistant) -> None:
    answer = works.ask("공원 조성 사업과 광장 조성 사업의 예산은 각각 얼마인가요?")
    assert answer.text.count("광장 조성 사업의 예산은 75억원이다.") == 1


@pytest.mark.parametrize(
    "question",
    [
        "가람구와 나래구의 재방문율 차이는 얼마인가요?",
        "나래구 재방문율은 가람구보다 얼마나 더 높나요?",
    ],
)
def test_shares_are_not_told_in_the_unit_of_another_column(works: Assistant, question: str) -> None:
    assert "명" not in (works.ask(question).short_answer or "")


def told(comparison: Comparison | None) -> str:
    assert comparison is not None
    document = Document("a", "a.txt", "안내", "", "", "", "", "글" * 400, "")
    question = Question("질문", "질문", QuestionKind.COMPARISON, ())
    return compose_comparison(question, comparison, (), {"a.txt": document}, index="").text


@pytest.mark.xfail(
    strict=True, reason="composer._side tells the value of a side that is asked as a whole"
)
def test_a_side_asked_as_a_whole_is_shown_by_its_slice() -> None:
    text = told(
        compared(
            sought("폭을 줄여 ", text="환경부는 폭을 줄여 나무를 심자고 한다."),
            sought("폭을 넓혀", text="산업부는 폭을 넓혀 길을 내자고 한다."),
            whole=True,
        )
    )
    assert "‘폭을 줄여" not in text.splitlines()[0]


@pytest.mark.xfail(
    strict=True, reason="a long value of several lines is read out before its own quotation"
)
def test_a_fact_of_several_lines_leaves_the_first_sentence_on_one_line() -> None:
    text = told(compared(sought("첫째 줄이다.\n둘째 줄이다."), sought("5명")))
    assert text.splitlines()[0].endswith("[2].")


@pytest.mark.xfail(
    strict=True, reason="sides._phrases takes the last noun of the last side for what all are"
)
@pytest.mark.parametrize("of", ["가운데", "중"])
def test_the_last_noun_of_the_last_side_is_not_what_all_sides_are(of: str) -> None:
    found = sides_of(f"가람 대출과 나래 보증 {of} 심사 기간이 더 긴 쪽은 어디인가요?")
    assert found is not None
    assert [(side.label, side.question) for side in found.sides] == [
        ("가람 대출", "가람 대출 심사 기간 얼마인가요?"),
        ("나래 보증", "나래 보증 심사 기간 얼마인가요?"),
    ]


def test_sides_put_in_order_end_before_their_particle() -> None:
    found = sides_of("가람구와 나래구를 인원이 큰 순서로 알려주세요.")
    assert found is not None and found.ordered == 1
    assert [side.label for side in found.sides] == ["가람구", "나래구"]
