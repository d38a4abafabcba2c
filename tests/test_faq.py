"""Questions written from documents, and the gate that each must pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.faq import Draft, generate
from rag.faq.drafts import Source
from rag.faq.headings import event
from rag.faq.selection import _answered, _evenly
from rag.faq.subjects import is_noun_phrase, title
from rag.faq.writing import drafts
from rag.types import (
    Answer,
    Block,
    BlockKind,
    Cell,
    Citation,
    Document,
    Question,
    QuestionKind,
    SearchResult,
    Span,
    Statement,
    Table,
    Verdict,
)

H, B, P, C, T = (
    BlockKind.HEADING,
    BlockKind.BULLET,
    BlockKind.PARAGRAPH,
    BlockKind.CAPTION,
    BlockKind.TABLE,
)
NEWS: tuple[tuple[BlockKind, str], ...] = (
    (H, "제3차 수출지원협의회 개최 ('24.03.15.)"),
    (B, "- 산업통상자원부는 제3차 수출지원협의회를 열어 지원 방향을 논의"),
    (H, "  < 수출지원협의회 개요 >"),
    (B, "- 일시·장소 : '24.3.15(금) 15:00, 서울 무역회관"),
    (B, "- 참석 : 산업통상자원부 장관, 수출기업 대표 등 20명"),
    (B, "- 의제 : ① 물류비 지원, ② 보험 확대"),
    (H, "해외 물류망 확충 전략"),
    (H, "  1. 추진 배경"),
    (B, "- '23년 對美 수출은 741억불로 전년대비 1.1% 증가"),
    (H, "  2. 공동 물류센터 구축"),
    (B, "- (목표) '30년까지 공동 물류센터 100개소 구축"),
    (B, "- (지원내용) 창고 임차료의 절반을 보조"),
    (B, "- (중소기업) 입주 심사에서 우대"),
    (B, "- 설치비(억원) : ('23) 12 → ('24) 15"),
    (C, "< 국가별 물류센터 수 >"),
    (T, "국가\t2022\t2023\n미국\t12\t15\n베트남\t7\t9"),
)


def laid_out(parts: Sequence[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """A text and its blocks; two blanks before a heading put it under the last one without."""
    text, blocks = "", list[Block]()
    path: tuple[str, ...] = ()
    caption = None
    for kind, part in parts:
        level = 1 if part.startswith("  ") else 0
        words = part.strip()
        start = len(text)
        span = Span(start, start + len(words))
        text += words + "\n\n"
        if kind is H:
            above = path[:level]
            blocks.append(Block(kind, level, span, above))
            path = (*above, words)
        elif kind is T:
            blocks.append(Block(kind, 0, span, path, table=_table(text, span, caption)))
        else:
            blocks.append(Block(kind, 0, span, path))
            caption = span if kind is C else caption
    return text, tuple(blocks)


def _table(text: str, span: Span, caption: Span | None) -> Table:
    cells, at = [], span.start
    for row, line in enumerate(text[span.start : span.end].split("\n")):
        for column, word in enumerate(line.split("\t")):
            where = Span(at, at + len(word))
            cells.append(Cell(row, column, where, header=row == 0 or column == 0))
            at += len(word) + 1
    return Table(tuple(cells), row + 1, column + 1, caption=caption)


TEXT, BLOCKS = laid_out(NEWS)


def document(text: str = TEXT) -> Document:
    return Document("a", "a.txt", "소식지", "무역진흥원", "", "2024-03", "", text, "0")


def questions(*parts: tuple[BlockKind, str]) -> dict[str, Draft]:
    text, blocks = laid_out(parts or NEWS)
    return {draft.question: draft for draft in drafts(document(text), blocks)}


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("제3차 수출지원협의회는 언제 열렸나요?", "제3차 수출지원협의회 개최", ""),
        (
            "수출지원협의회는 언제 어디에서 열렸나요?",
            "일시·장소",
            "'24.3.15(금) 15:00, 서울 무역회관",
        ),
        (
            "수출지원협의회에는 누가 참석했나요?",
            "참석",
            "산업통상자원부 장관, 수출기업 대표 등 20명",
        ),
        ("수출지원협의회의 의제는 무엇인가요?", "의제", "① 물류비 지원, ② 보험 확대"),
        ("'23년 對美 수출은 얼마인가요?", "741억불", "741억불"),
        (
            "공동 물류센터 구축의 목표는 무엇인가요?",
            "(목표)",
            "'30년까지 공동 물류센터 100개소 구축",
        ),
        ("공동 물류센터 구축의 지원 내용은 무엇인가요?", "(지원내용)", "창고 임차료의 절반을 보조"),
        (
            "공동 물류센터 구축에서 ‘중소기업’에 대한 내용은 무엇인가요?",
            "(중소기업)",
            "입주 심사에서 우대",
        ),
        ("공동 물류센터 구축의 설치비는 무엇인가요?", "설치비", "('23) 12 → ('24) 15"),
        ("해외 물류망 확충 전략의 추진 배경은 무엇인가요?", "추진 배경", ""),
        ("국가별 물류센터 수 표에서 2023 베트남은 얼마인가요?", "9", "9"),
    ],
)
def test_a_question_is_written_from_each_kind_of_place(
    question: str, words: str, expected: str
) -> None:
    found = questions()
    assert question in found, sorted(found)
    draft = found[question]
    assert words in TEXT[draft.span.start : draft.span.end]
    assert draft.expected == expected


def test_a_definition_and_an_event_in_prose() -> None:
    found = questions(
        (H, "1. 용어"),
        (P, "스마트공장이란 생산 과정에 정보통신기술을 접목한 공장을 의미한다. "
            "2019년 6월 정부는 제조업 르네상스 비전을 발표했다."),
    )  # fmt: skip
    assert found["스마트공장이란 무엇인가요?"].source is Source.DEFINITION
    assert found["제조업 르네상스 비전은 언제 발표되었나요?"].expected == "2019년 6월"


def test_contacts_and_periods_are_asked_of_the_issuer_and_the_programme() -> None:
    found = questions(
        (H, "스마트공장 보급 사업 시행 (중소벤처기업부)"),
        (B, "- 신청 기업은 6월 7일부터 6월 25일까지 종합관리시스템(www.smtech.go.kr)에서 신청"),
        (P, "TEL.(042) 860-6114 FAX.(042) 860-6504"),
    )
    assert found["무역진흥원의 전화번호는 무엇인가요?"].expected == "(042) 860-6114"
    assert found["무역진흥원의 팩스 번호는 무엇인가요?"].expected == "(042) 860-6504"
    assert found["스마트공장 보급 사업은 어디에서 신청하나요?"].expected == "www.smtech.go.kr"
    assert "25일" in found["스마트공장 보급 사업 신청 기간은 언제까지인가요?"].expected
    assert found["어느 기관이 스마트공장 보급 사업을 시행하나요?"].expected == "중소벤처기업부"


def test_nothing_is_asked_about_slogans_and_headings_without_a_subject() -> None:
    found = questions(
        (H, "FTA 활용, 중소중견기업에게 성장의 돌파구!"),
        (B, "- (목표) 수출 기업의 활용률을 높인다"),
        (H, "배경"),
        (B, "- 물가는 오르고 수출은 줄었다"),
    )
    assert found == {}


def test_every_draft_names_a_span_that_is_not_blank() -> None:
    for draft in questions().values():
        assert TEXT[draft.span.start : draft.span.end].strip()
        assert draft.question.endswith(("?", "."))


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("1. 추진 배경", "추진 배경"),
        ("【 회의 주요 내용 】", "회의 주요 내용"),
        ("- (참고) 2022년 분야별 요구 현황", "2022년 분야별 요구 현황"),
        ("<표 1> 국가별 수출 (단위: 억불)", "국가별 수출"),
        ("## (1) 자금과 인력", "자금과 인력"),
        ("Ⅲ. AI 기술 개발", "AI 기술 개발"),
        ("① (자금) 투자 지원", "투자 지원"),
        ("2022년 예산", "2022년 예산"),
    ],
)
def test_titles(heading: str, wanted: str) -> None:
    assert title(heading) == wanted


@pytest.mark.parametrize(
    ("phrase", "fits"),
    [
        ("공동 물류센터 구축", True),
        ("한국과 미국의 시장점유율", True),
        ("AI 중소벤처기업(강소기업)", True),
        ("혁신의 역설에 빠지다", False),
        ("힘 모아 나선다!", False),
        ("국가혁신클러스터, 지역성장 거점으로 자리잡는다", False),
        ("국제유가의 하락(", False),
        ("가" * 46, False),
        ("", False),
    ],
)
def test_noun_phrases(phrase: str, fits: bool) -> None:
    assert is_noun_phrase(phrase) is fits


def test_events() -> None:
    assert event("제4차 회의 개최 ('21.03.10.)") == ("제4차 회의", "개최")
    assert event("산업부, 기술개발 지원 착수 ('21.06.09.)") == ("기술개발 지원", "착수")
    assert event("양자기술산업 육성법 마련·시행 (과기정통부)") == ("양자기술산업 육성법", "시행")
    assert event("예산요구 현황") == ("예산요구 현황", "")


def test_a_question_that_could_be_asked_of_anything_names_its_section() -> None:
    found = questions(
        (H, "해외 물류망 확충 전략"),
        (P, "투자유치액은 429억불로 늘었다. 세계경제 성장률은 5.6%로 전망된다."),
    )
    assert found["해외 물류망 확충 전략에서 투자유치액은 얼마인가요?"].expected == "429억불"
    assert "투자유치액은 얼마인가요?" not in found
    assert "세계경제 성장률은 얼마로 전망되나요?" in found  # says of what
    assert not [q for q in questions((P, "투자유치액은 429억불로 늘었다.")) if "투자유치액" in q]


def test_a_section_of_sections_is_not_asked_what_it_says() -> None:
    # What stands first in it, its background, is not the strategy.
    assert "해외 물류망 확충 전략은 무엇인가요?" not in questions()
    alone = questions((H, "해외 물류망 확충 전략"), (B, "- 공동 물류센터를 100개소로 늘림"))
    assert "해외 물류망 확충 전략은 무엇인가요?" in alone


def test_columns_of_times_and_examples() -> None:
    found = questions(
        (C, "< 가입자 수 >"),
        (T, "구분\t2019.7\t'20\t지원 예시\n이동전화 전체\t67,650\t68,892\t90"),
    )
    assert set(found) == {
        "가입자 수 표에서 2019년 7월 이동전화 전체는 얼마인가요?",
        "가입자 수 표에서 '20년 이동전화 전체는 얼마인가요?",
    }


class Parrot:
    """An assistant that answers each question with the place where ``answers`` says so."""

    fingerprint = "abc"

    def __init__(
        self, documents: tuple[Document, ...], change: dict[str, object] | None = None
    ) -> None:
        self.documents = documents
        self.asked: list[str] = []
        self._change = change or {}
        self._drafts = {
            draft.question: draft
            for one in documents
            for draft in drafts(one, self.blocks(one.file))
        }

    def blocks(self, file: str) -> tuple[Block, ...]:
        return BLOCKS

    def search(self, query: str, *_: object, **__: object) -> SearchResult:
        raise NotImplementedError

    def ask(self, question: str, k: int = 20, id: str = "") -> Answer:
        self.asked.append(question)
        draft = self._drafts[question]
        source = next(one for one in self.documents if one.file == draft.file)
        quote = source.text[draft.span.start : draft.span.end]
        citation = Citation(
            1, source.file, source.title, source.issuer, source.published, source.licence,
            (), None, draft.span, quote, "",
        )  # fmt: skip
        answer = Answer(
            question=Question(question, question, QuestionKind.OTHER, ()),
            verdict=Verdict.ANSWERED,
            reason=None,
            short_answer=draft.expected or None,
            text=quote,
            statements=(Statement(quote, (1,)),),
            citations=(citation,),
            hits=(),
            confidence=1.0,
            as_of="",
            index=self.fingerprint,
            id=id,
        )
        return replace(answer, **self._change)  # type: ignore[arg-type]


def test_entries_that_pass_come_in_the_order_of_the_document() -> None:
    source = document()
    entries = generate(Parrot((source,)))
    written = [entry.question.written for entry in entries]
    assert "제3차 수출지원협의회는 언제 열렸나요?" in written
    assert "국가별 물류센터 수 표에서 2023 베트남은 얼마인가요?" in written
    starts = [int(entry.id.split("#")[1].split("-")[0]) for entry in entries]
    assert starts == sorted(starts)
    assert len(set(written)) == len(written)


FAR = Citation(1, "a.txt", "", "", "", "", (), None, Span(len(TEXT) - 1, len(TEXT)), "", "")


def test_entries_that_say_the_same_from_the_same_place_are_kept_once() -> None:
    assert len(generate(Parrot((document(),)))) > 1
    whole = replace(FAR, span=Span(0, len(TEXT)))
    entries = generate(Parrot((document(),), {"citations": (whole,), "short_answer": None}))
    assert len(entries) == 1


def test_a_fact_must_be_said_and_not_only_quoted() -> None:
    entries = generate(Parrot((document(),), {"short_answer": None}))
    written = [entry.question.written for entry in entries]
    assert "공동 물류센터 구축의 목표는 무엇인가요?" in written
    assert "'23년 對美 수출은 얼마인가요?" not in written


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": Verdict.PARTIAL},
        {"verdict": Verdict.NOT_FOUND},
        {"citations": ()},
        {"citations": (FAR,)},
        {"citations": (replace(FAR, file="b.txt", span=Span(0, len(TEXT))),)},
    ],
)
def test_an_answer_from_elsewhere_is_not_kept(change: dict[str, object]) -> None:
    assert generate(Parrot((document(),), change)) == ()


def test_what_a_label_does_not_stand_before_is_not_its_answer() -> None:
    # A host was named in the bullet of the agenda's section.
    question = "수출지원협의회의 의제는 무엇인가요?"
    kept = generate(Parrot((document(),), {"short_answer": "서울 무역회관에 모인 대표들"}))
    assert question not in [entry.question.written for entry in kept]
    kept = generate(Parrot((document(),), {"short_answer": "① 물류비 지원, ② 보험 확대"}))
    assert question in [entry.question.written for entry in kept]
    # Quoted whole, the label's line answers.
    kept = generate(Parrot((document(),), {"short_answer": None}))
    assert question in [entry.question.written for entry in kept]


def test_a_name_with_half_a_sentence_around_it_is_not_kept() -> None:
    text, blocks = laid_out(
        [(H, "공동 물류 기본계획 수립 (산업통상자원부)"), (B, "- 산업통상자원부는 계획을 수립")]
    )
    (draft,) = [d for d in drafts(document(text), blocks) if d.expected]
    question = Question(draft.question, draft.question, QuestionKind.ORGANISATION, ())
    for short, fits in (
        ("산업통상자원부", True),
        ("산업통상자원부는 5월 31일 열린 규제특례심의위원회", False),
    ):
        parrot = Parrot((document(text),), {"question": question, "short_answer": short})
        parrot.blocks = lambda _file: blocks  # type: ignore[method-assign]
        parrot._drafts = {draft.question: draft}
        assert (_answered(parrot, draft) is not None) is fits


def kept(change: dict[str, object], question: str, *parts: tuple[BlockKind, str]) -> bool:
    """Whether the question is an entry where the assistant answers as ``change`` says."""
    text, blocks = laid_out(parts)
    parrot = Parrot((document(text),), change)
    parrot.blocks = lambda _file: blocks  # type: ignore[method-assign]
    parrot._drafts = {draft.question: draft for draft in drafts(document(text), blocks)}
    return _answered(parrot, parrot._drafts[question]) is not None


LONG = (
    "세계 물류 시장은 항만 적체가 풀리면서 점차 안정되고 있으나 운임은 여전히 예년보다 두 배 가까이 높고 "
    "선복 부족도 이어짐"
)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"short_answer": "9,801억불"}, False),  # a figure alone says nothing of how things are
        ({"short_answer": "운임은 여전히 예년보다 두 배 가까이 높음"}, True),
        ({"short_answer": "항만 적체가 풀리면서"}, False),  # breaks off
        ({"short_answer": "2. 해외 물류 시장 동향"}, False),  # its own heading
        ({"statements": (Statement("2. 해외 물류 시장 동향 - 세계 물류 시장은", (1,)),)}, False),
    ],
)
def test_an_open_question_is_told_something(change: dict[str, object], fits: bool) -> None:
    parts = ((H, "2. 해외 물류 시장 동향"), (B, f"- {LONG}"))
    assert kept(change, "해외 물류 시장 동향은 어떤가요?", *parts) is fits


@pytest.mark.parametrize(("before", "fits"), [("", True), (LONG, True), (LONG * 3, False)])
def test_what_a_label_stands_before_is_met_soon(before: str, fits: bool) -> None:
    label = "(중소기업) 입주 심사에서 우대"
    parts = ((H, "공동 물류센터 구축"), (B, f"- {label}"))
    change = {"short_answer": None, "statements": (Statement(f"{before} {label}", (1,)),)}
    question = "공동 물류센터 구축에서 ‘중소기업’에 대한 내용은 무엇인가요?"
    assert kept(change, question, *parts) is fits


def test_a_wrong_fact_is_not_kept() -> None:
    entries = generate(Parrot((document(),), {"short_answer": "999"}))
    assert "'23년 對美 수출은 얼마인가요?" not in [entry.question.written for entry in entries]


def test_an_answer_that_repeats_the_question_is_not_kept() -> None:
    entries = generate(Parrot((document(),), {"short_answer": "물류센터"}))
    written = [entry.question.written for entry in entries]
    assert not any("물류센터" in question for question in written)


def test_the_limit_is_shared_among_the_sources_of_a_document() -> None:
    assistant = Parrot((document(), replace(document(), file="b.txt")))
    entries = generate(assistant, files=["b.txt"], limit=4)
    assert [entry.citations[0].file for entry in entries] == ["b.txt"] * 4
    kinds = Counter(assistant._drafts[entry.question.written].source for entry in entries)
    assert len(kinds) == 4
    # Nothing is asked once the list is full.
    assert len(assistant.asked) <= 6


def test_a_question_that_cannot_be_asked_is_passed_over() -> None:
    class Mute(Parrot):
        def ask(self, question: str, k: int = 20, id: str = "") -> Answer:
            raise QuestionError("질문이 너무 깁니다.")

    assert generate(Mute((document(),))) == ()


def test_progress_ends_at_its_total() -> None:
    told: list[tuple[str, int, int]] = []
    generate(Parrot((document(),)), progress=lambda *step: told.append(step))
    assert told[-1][1] == told[-1][2] == len(questions())
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


@given(st.lists(st.integers()))
def test_an_even_order_holds_each_item_once(items: list[int]) -> None:
    assert sorted(_evenly(items)) == sorted(items)


def test_each_beginning_of_an_even_order_is_spread_over_the_whole() -> None:
    order = _evenly(range(64))
    for count in (2, 4, 8, 16, 32):
        assert sorted(at * count // 64 for at in order[:count]) == list(range(count))
