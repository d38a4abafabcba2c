"""Programmes at a glance against truth made by hand: what the facts of an announcement tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from fact_making import document
from hypothesis import given
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.facts import facts_of
from rag.index import build
from rag.outline import outline
from rag.programme import Programme, Slot, State, programme, slots_of, standing
from rag.programme.card import body_in, is_body, name_in, signed
from rag.reading import read
from rag.types import Span

HERE = Path(__file__).parent
DAY = date(2021, 6, 10)
LOGISTICS = "002_33dc1794d2e57594.txt"


@pytest.fixture(scope="session")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over the documents in tests/programmes."""
    folder = tmp_path_factory.mktemp("programmes") / "index"
    build([HERE / "programmes"], folder)
    return Assistant.open(folder)


def around(assistant: Assistant, file: str, words: str, today: date = DAY) -> Programme | None:
    """The programme at the place of these words in a document."""
    document = assistant.document(file)
    start = document.text.index(words)
    span = Span(start, start + len(words))
    return programme(document, assistant.blocks(file), assistant.facts(file), span, today)


def told(found: Programme | None) -> dict[str, list[str]]:
    """The texts of the slots that are filled."""
    assert found is not None
    return {
        entry.slot.value: [part.text for part in entry.slices]
        for entry in found.entries
        if entry.slices
    }


VOUCHER = {
    "name": ["2024년 중소기업 디지털 전환 바우처 지원사업 참여기업 모집 공고"],
    "body": ["한빛중소기업진흥원"],
    "target": ["상시근로자 50인 미만의 제조 중소기업", "공고일 현재 사업자등록 후 1년이 지난 기업"],
    "content": ["협업 도구, 전자결재, 재고관리 소프트웨어의 구입과 이용료", "도입 교육 3회"],
    "amount": ["기업당 최대 400만원(총비용의 70% 이내)"],
    "period": ["2024. 3. 4.(월) ~ 3. 22.(금) 18:00까지"],
    "method": ["진흥원 누리집에서 온라인 신청"],
    "contact": ["디지털지원팀 (02-555-0134)"],
}
LOAN = {
    "name": ["긴급경영안정 특별융자 안내"],
    "body": ["누리시 기업지원과"],
    "target": ["매출이 20% 넘게 줄어든 관내 소상공인"],
    "amount": ["업체당 5,000만원"],
    "period": ["6.25.(금)"],
    "contact": ["052-700-1122"],
}
WINTER = {
    "name": ["겨울철 고효율 설비 교체 지원사업 수혜기업 모집"],
    "target": ["보일러를 쓴 지 10년이 지난 중소 제조업체"],
    "content": ["고효율 보일러로 바꾸는 비용의 절반"],
    "period": ["1. 9.(월)부터 예산 소진 시까지"],
    "method": ["우편 또는 방문 접수"],
}
TRADE = {
    "name": ["수출상담회 참가 지원"],
    "target": ["수출 실적이 있는 기업"],
    "amount": ["기업당 200만원"],
    "period": ["상시"],
    "contact": ["031-200-1000"],
}
SAMPLE = {
    "name": ["시제품 제작 지원"],
    "target": ["창업 7년 이내 기업"],
    "amount": ["과제당 3,000만원"],
    "period": ["7. 1. ~ 7. 30."],
    "contact": ["031-200-2000"],
}

TABLE = {
    "name": ["지역특화 청년 일자리 사업"],
    "target": ["만 18~39세 미취업 청년"],
    "content": ["인건비 월 180만원, 최대 24개월"],
    "period": ["2023. 5. 2.(화) ~ 5. 19.(금)"],
    "method": ["이메일 접수(youth@example.kr)"],
    "contact": ["일자리경제과 ☎ 041-123-4567"],
}
CERTIFICATE = {
    "name": ["해외규격인증 획득 지원사업"],
    "target": ["전년도 수출 5천만 달러 미만 기업"],
    "content": ["인증 비용의 50~70%"],
    "amount": ["업체당 1억원"],
    "period": ["연중 수시"],
}
EXPORT = {
    "name": ["수출 바우처"],
    "target": ["중소·중견기업"],
    "amount": ["1,064억원 (3,500개사)"],
    "period": ["1월, 3월"],
}
GROWTH = {
    "name": ["신성장기반자금"],
    "target": ["업력 7년 이상 중소기업"],
    "amount": ["기업당 60억원"],
    "contact": ["중진공 1811-3655"],
}


@pytest.mark.parametrize(
    ("file", "words", "truth"),
    [
        ("voucher.txt", "기업당 최대 400만원", VOUCHER),
        ("voucher.txt", "디지털지원팀", VOUCHER),
        ("voucher.txt", "많은 신청 바랍니다", VOUCHER),
        ("loan.txt", "5년(1년 거치", LOAN),
        ("loan.txt", "6.25.(금)", LOAN),
        ("winter.txt", "우편 또는", WINTER),
        ("news.txt", "기업당 200만원", TRADE),
        ("news.txt", "031-200-2000", SAMPLE),
        ("table.md", "월 180만원", TABLE),
        ("guide.txt", "인증 비용", CERTIFICATE),
        ("guide.txt", "1,064억원", EXPORT),
        ("guide.txt", "기업당 60억원", GROWTH),
    ],
)
def test_every_slot_is_what_the_announcement_says(
    notices: Assistant, file: str, words: str, truth: dict[str, list[str]]
) -> None:
    assert told(around(notices, file, words)) == truth


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("news.txt", "상가의 위치는"),
        ("news.txt", "7월 5일부터"),
        ("press.txt", "올해 예산"),
        ("press.txt", "3월 15일부터"),
    ],
)
def test_what_sentences_alone_tell_makes_no_card(notices: Assistant, file: str, words: str) -> None:
    assert around(notices, file, words) is None


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (LOGISTICS, "총 11개 과제를 선정해"),
        (LOGISTICS, "기업당 3천만원 한도"),
        (LOGISTICS, "테슬라 소환하여"),
        (LOGISTICS, "각 부처가 기획재정부에 제출한"),
        (LOGISTICS, "미래차 산업·기술동향, 수요전망"),
        ("003_2395feff51521ddd.txt", "출처 : IoT Analytics Research"),
    ],
)
def test_what_is_no_programme_gets_no_card(assistant: Assistant, file: str, words: str) -> None:
    assert around(assistant, file, words) is None


def test_a_report_beside_a_programme_and_a_whole_table_get_no_card(notices: Assistant) -> None:
    assert around(notices, "news.txt", "고용률은 61.2%") is None
    text = notices.document("news.txt").text
    rows = text[text.index("수출상담회 참가") : text.index("\n\n3. 지역")]
    assert around(notices, "news.txt", rows) is None


def every_programme(assistant: Assistant) -> Iterator[Programme]:
    for held in assistant.documents:
        blocks, facts = assistant.blocks(held.file), assistant.facts(held.file)
        for block in blocks:
            spans = [block.span]
            if block.table is not None:
                spans += [cell.span for cell in block.table.cells if len(cell.span)]
            for span in spans:
                found = programme(held, blocks, facts, span, DAY)
                if found is not None:
                    yield found


@pytest.mark.parametrize(("name", "least"), [("assistant", 0), ("notices", 100)])
def test_every_slice_is_the_reading_of_its_span(
    name: str, least: int, request: pytest.FixtureRequest
) -> None:
    opened: Assistant = request.getfixturevalue(name)
    seen = 0
    for found in every_programme(opened):
        source = opened.document(found.file).text
        assert [entry.slot for entry in found.entries] == list(Slot)
        for entry in found.entries:
            assert found.entry(entry.slot) is entry
            for part in entry.slices:
                shown = read(source, part.span).text
                # A newline at which a word goes on is deleted when shown.
                assert "".join(shown.split()) == "".join(part.text.split())
                assert part.text.strip() == part.text != ""
                seen += 1
        assert sum(bool(entry.slices) for entry in found.entries) >= 4
    assert seen > least


# Documents of the test's own


def carded(body: str, words: str = "대상", published: str = "2031-03-02") -> Programme | None:
    """The programme at some words of a notice."""
    made = replace(document(body), published=published)
    blocks = outline(made)
    start = made.text.index(words)
    span = Span(start, start + len(words))
    return programme(made, blocks, facts_of(made, blocks), span, date(2031, 3, 10))


NOTICE = """가람 청년 융자 지원사업 공고

□ 지원대상 : 청년
□ 지원한도 : 1억원
□ 신청기간 : 3. 4. ~ 3. 28.
"""


def test_a_card_needs_four_slots_and_two_that_tell() -> None:
    assert told(carded(NOTICE)) == {
        "name": ["가람 청년 융자 지원사업 공고"],
        "target": ["청년"],
        "amount": ["1억원"],
        "period": ["3. 4. ~ 3. 28."],
    }
    assert carded(NOTICE.replace("□ 지원한도 : 1억원\n", "")) is None
    little = "가람 청년 융자 지원사업 공고\n\n□ 지원대상 : 청년\n□ 지원내용 : 융자\n□ 주관기관 : 가람시청\n"
    assert carded(little) is None
    assert told(carded(f"{little}□ 문의처 : 경제과\n"))["body"] == ["가람시청"]
    unnamed = NOTICE.replace("가람 청년 융자 지원사업 공고", "가람 소식")
    assert carded(unnamed) is None
    assert carded(f"{unnamed}□ 사업명 : 새싹 융자\n") is None  # nothing but a heading names it


def test_blank_places_fill_no_slot() -> None:
    body = f"{NOTICE}□ 문의처 : -\n□ 신청방법 : 누리집\n"
    found = told(carded(body))
    assert "contact" not in found and found["method"] == ["누리집"]


def test_the_first_label_of_a_slot_stands_and_all_amounts() -> None:
    body = f"{NOTICE}□ 신청대상 : 누구나\n□ 총사업비 : 30억원\n□ 금리 : 연 2.0%\n□ 보조율 : 50%\n"
    found = told(carded(body))
    assert found["target"] == ["청년"]
    assert found["amount"] == ["1억원", "30억원", "50%"]


def test_of_many_lines_four_are_shown_and_the_others_counted() -> None:
    lines = "".join(f" - {n}째 대상 기업\n" for n in range(1, 8))
    found = carded(NOTICE.replace(" : 청년\n", f"\n{lines}"))
    assert found is not None
    entry = found.entry(Slot.TARGET)
    assert [part.text for part in entry.slices] == [f"{n}째 대상 기업" for n in range(1, 5)]
    assert entry.more == 3
    assert found.entry(Slot.PERIOD).more == 0


def test_what_is_excluded_is_no_target() -> None:
    found = told(carded(NOTICE.replace("□ 지원대상", "□ 지원제외 대상 : 대기업\n□ 지원대상")))
    assert found["target"] == ["청년"]


def test_each_programme_of_a_document_has_its_own_card() -> None:
    body = """가람 지원시책

1. 청년 융자 지원사업
 ○ 지원대상 : 청년
 ○ 지원한도 : 1억원
 ○ 신청기간 : 3월
2. 수출 바우처 지원사업
 ○ 지원대상 : 수출기업
 ○ 지원금액 : 5천만원
 ○ 문의처 : 통상과
"""
    assert told(carded(body, "1억원"))["name"] == ["청년 융자 지원사업"]
    other = told(carded(body, "통상과"))
    assert other == {
        "name": ["수출 바우처 지원사업"],
        "target": ["수출기업"],
        "amount": ["5천만원"],
        "contact": ["통상과"],
    }
    assert carded(body, "가람 지원시책") is None


def test_a_document_of_very_many_facts_is_no_one_programme() -> None:
    def found(lines: int) -> Programme | None:
        return carded(NOTICE + "".join(f"□ 항목{n} : 값{n}\n" for n in range(lines)))

    assert found(157) is not None
    assert found(158) is None


def test_the_body_stands_in_the_heading_or_signs_the_notice() -> None:
    assert told(carded(f"가람진흥원 공고 제2031-7호\n\n{NOTICE}"))["body"] == ["가람진흥원"]
    headed = "가람 시책\n\n1. 청년 융자 지원사업 (가람진흥원)\n" + NOTICE.split("\n\n")[1]
    assert told(carded(headed))["body"] == ["가람진흥원"]
    assert told(carded(headed))["name"] == ["청년 융자 지원사업"]


def test_the_year_of_a_period_is_that_of_the_document_or_of_the_name() -> None:
    found = carded(NOTICE)
    assert found is not None and found.standing is not None
    assert (found.standing.state, found.standing.day) == (State.OPEN, date(2031, 3, 28))
    undated = carded(NOTICE, published="")
    assert undated is not None and undated.standing is None
    named = carded(NOTICE.replace("가람", "2030년 가람", 1), published="")
    assert named is not None and named.standing is not None
    assert (named.standing.state, named.standing.day) == (State.CLOSED, date(2030, 3, 28))


def test_a_closing_date_alone_is_the_last_day() -> None:
    body = NOTICE.replace("□ 신청기간 : 3. 4. ~ 3. 28.", "□ 접수마감 : 3. 28.(금)")
    found = carded(body)
    assert found is not None and found.standing is not None
    assert (found.standing.state, found.standing.day) == (State.OPEN, date(2031, 3, 28))
    found = carded(body.replace("접수마감", "접수기간"))
    assert found is not None and found.standing is None


# Whether applications are taken


@pytest.mark.parametrize(
    ("text", "published", "first", "last"),
    [
        (
            "2024. 3. 4.(월) ~ 3. 22.(금) 18:00까지",
            "2024-02-20",
            date(2024, 3, 4),
            date(2024, 3, 22),
        ),
        ("6월 7일(월)부터 6월 25일(금)까지", "2021-06", date(2021, 6, 7), date(2021, 6, 25)),
        ("'21.5.26 ~ '21.6.25", "2021-05-20", date(2021, 5, 26), date(2021, 6, 25)),
        ("2023년 12월 18일부터 1월 12일까지", "2023-12", date(2023, 12, 18), date(2024, 1, 12)),
        ("12. 18. ~ 1. 12.", "2023-12-11", date(2023, 12, 18), date(2024, 1, 12)),
        ("1. 9.(월) ~ 1. 27.(금)", "2022-12-15", date(2023, 1, 9), date(2023, 1, 27)),
        ("3. 4.(월) 09:00 ~ 3. 22.(금) 18:00", "2024", date(2024, 3, 4), date(2024, 3, 22)),
        ("3월 4일 ~ 22일", "2024", date(2024, 3, 4), date(2024, 3, 22)),
        ("5월 ~ 6월말", "2024", date(2024, 5, 1), date(2024, 6, 30)),
    ],
)
def test_the_first_and_the_last_day_are_still_open(
    text: str, published: str, first: date, last: date
) -> None:
    one = timedelta(days=1)
    days = [first - one, first, last, last + one]
    found = [standing(text, published, day) for day in days]
    assert [(f.state, f.day) for f in found if f] == [
        (State.NOT_YET, first),
        (State.OPEN, last),
        (State.OPEN, last),
        (State.CLOSED, last),
    ]


@pytest.mark.parametrize(
    ("text", "closing", "state", "day"),
    [
        ("6.25.(금)", True, State.OPEN, date(2021, 6, 25)),
        ("6. 9.", True, State.CLOSED, date(2021, 6, 9)),
        ("6.25.(금)", False, None, None),
        ("6월 9일까지", False, State.CLOSED, date(2021, 6, 9)),
        ("~ 6. 9.", False, State.CLOSED, date(2021, 6, 9)),
        ("6월 11일부터", False, State.NOT_YET, date(2021, 6, 11)),
        ("6월 1일부터", False, State.OPEN, None),
        ("상시", False, State.ALWAYS, None),
        ("연중 수시 접수", False, State.ALWAYS, None),
        ("예산 소진 시까지", False, State.WHILE_FUNDS_LAST, None),
        ("6. 1.부터 예산 소진 시까지", False, State.WHILE_FUNDS_LAST, None),
        ("6. 21.부터 예산 소진 시까지", False, State.NOT_YET, date(2021, 6, 21)),
        (
            "6. 1. ~ 6. 30.(예산 소진 시 조기 마감)",
            False,
            State.WHILE_FUNDS_LAST,
            date(2021, 6, 30),
        ),
        ("(1차) 3. 2. ~ 3. 12. (2차) 6. 21. ~ 7. 2.", False, State.NOT_YET, date(2021, 6, 21)),
        ("(1차) 3. 2. ~ 3. 12. (2차) 5. 21. ~ 6. 2.", False, State.CLOSED, date(2021, 6, 2)),
        ("추후 공지", False, None, None),
        ("2. 30.까지", False, None, None),
    ],
)
def test_what_a_period_says_on_the_tenth_of_june(
    text: str, closing: bool, state: State | None, day: date | None
) -> None:
    found = standing(text, "2021-05-31", DAY, closing=closing)
    assert (found.state, found.day) == (state, day) if found else state is None


def test_without_any_year_nothing_is_claimed() -> None:
    assert standing("6. 1. ~ 6. 30.", "", DAY) is None
    assert standing("2021. 6. 1. ~ 6. 30.", "", DAY) is not None


def test_the_standing_comes_from_the_period_of_the_announcement(notices: Assistant) -> None:
    @cache
    def state(file: str, words: str, day: date) -> State | None:
        found = around(notices, file, words, day)
        return found.standing.state if found and found.standing else None

    assert state("loan.txt", "업체당", date(2021, 6, 25)) is State.OPEN
    assert state("loan.txt", "업체당", date(2021, 6, 26)) is State.CLOSED
    assert state("winter.txt", "우편", date(2023, 1, 8)) is State.NOT_YET
    assert state("winter.txt", "우편", date(2023, 1, 9)) is State.WHILE_FUNDS_LAST
    assert state("news.txt", "기업당 200만원", date(2030, 1, 1)) is State.ALWAYS
    assert state("news.txt", "과제당", date(2021, 7, 31)) is State.CLOSED


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 200), st.integers(-400, 600))
def test_a_written_period_holds_exactly_its_days(first: date, length: int, shift: int) -> None:
    last, today = first + timedelta(days=length), first + timedelta(days=shift)
    text = " ~ ".join(f"{d.year}. {d.month}. {d.day}." for d in (first, last))
    found = standing(text, "", today)
    assert found is not None
    assert (found.state is State.OPEN) == (first <= today <= last)
    assert (found.state is State.CLOSED) == (today > last)


@given(st.text(max_size=60), st.sampled_from(["", "2021", "2021-06", "2021-06-31", "x"]))
def test_any_text_is_read_without_an_error(text: str, published: str) -> None:
    text = f"문의{text} 신청"
    standing(text, published, DAY)
    for place in (name_in(text), body_in(text), signed(text)):
        assert place is None or 0 <= place[0] < place[1] <= len(text)
    assert all(isinstance(slot, Slot) for slot in slots_of(text, text))


# Labels and names


@pytest.mark.parametrize(
    ("label", "value", "slots"),
    [
        ("사업명", "", [Slot.NAME]),
        ("주관기관", "", [Slot.BODY]),
        ("지원 대상", "", [Slot.TARGET]),
        ("신청자격", "", [Slot.TARGET]),
        ("지원제외 대상", "", []),
        ("지원내용", "", [Slot.CONTENT]),
        ("융자한도", "", [Slot.AMOUNT]),
        ("보조율", "", [Slot.AMOUNT]),
        ("대출금리", "", []),
        ("지원규모", "1,064억원 (3,500개사)", [Slot.AMOUNT]),
        ("지원규모", "40개사", []),
        ("신청·접수 기간", "", [Slot.PERIOD]),
        ("신 청 기 간", "", [Slot.PERIOD]),
        ("접수마감", "", [Slot.PERIOD]),
        ("융자기간", "", []),
        ("기간", "", []),
        ("신청방법", "", [Slot.METHOD]),
        ("제출처", "", [Slot.METHOD]),
        ("신청", "연중 수시", [Slot.PERIOD]),
        ("접수", "3. 4. ~ 3. 28.", [Slot.PERIOD]),
        ("신청", "누리집에서 온라인 신청", [Slot.METHOD]),
        ("신청방법", "3월 4일부터 누리집", [Slot.METHOD]),
        ("신청기간 및 방법", "", [Slot.PERIOD, Slot.METHOD]),
        ("신청방법 및 문의처", "", [Slot.METHOD, Slot.CONTACT]),
        ("문의처", "", [Slot.CONTACT]),
        ("대상포진", "", []),
        ("추진배경", "", []),
        ("", "", []),
    ],
)
def test_labels_name_their_slots(label: str, value: str, slots: list[Slot]) -> None:
    assert list(slots_of(label, value)) == slots


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("3. 수출 바우처 사업 (중소벤처기업부)", "수출 바우처 사업"),
        ("< 재도전 특별자금 융자 안내 >", "재도전 특별자금 융자 안내"),
        ("3. 지원내용", None),
        ("Ⅲ. 세부 추진사업", None),
        ("지역 고용 동향", None),
    ],
)
def test_names_of_programmes_are_told_from_other_headings(line: str, name: str | None) -> None:
    place = name_in(line)
    assert (line[slice(*place)] if place else None) == name


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("한빛중소기업진흥원 공고 제2024-31호", "한빛중소기업진흥원"),
        ("가람시", "가람시"),
        ("가람시장", "가람시"),
        ("가람 소식", None),
        ("중소기업의 업무 방식을 바꾸는 데 드는 비용을 지원하오니 많은 신청 바랍니다.", None),
        ("일부", None),
    ],
)
def test_who_signs_a_notice(line: str, body: str | None) -> None:
    place = signed(line)
    assert (line[slice(*place)] if place else None) == body


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("3. 수출 바우처 사업 (가람진흥원)", "가람진흥원"),
        ("3. 수출 바우처 사업 (1차) (가람진흥원, 나래시)", "가람진흥원, 나래시"),
        ("3. 수출 바우처 사업 (1차)", None),
        ("3. 수출 바우처 사업", None),
    ],
)
def test_the_body_in_the_brackets_of_a_heading(heading: str, body: str | None) -> None:
    place = body_in(heading)
    assert (heading[slice(*place)] if place else None) == body


def test_names_of_public_bodies() -> None:
    assert all(map(is_body, ("환경부", "가람시", "한빛진흥원", "가람구·나래구", "관계부처 합동")))
    assert not any(map(is_body, ("부", "일부", "내부", "공원", "지원", "가람 소식", "")))
