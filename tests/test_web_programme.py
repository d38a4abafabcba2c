"""The card of a programme on the answer page, on a day that the test chooses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from page_reader import Element, page

from rag.assistant import Assistant
from rag.index import build
from rag.programme import Standing, State
from rag.types import Answer, Citation, Span, Verdict
from web import links, programme
from web.app import create_app

HERE = Path(__file__).parent
NAMES = ["사업명", "소관", "지원대상", "지원내용", "금액", "신청기간", "신청방법", "문의처"]


class Citing(Assistant):
    """Answers every question, written "document|words", with the words in that document, so that
    what the page shows does not hang on how answers are found; "document|words|refused" refuses."""

    def ask(self, question: str, k: int = 60, id: str = "") -> Answer:
        answer = super().ask("바우처", k, id)
        if "|" not in question:  # one of the site's examples
            return answer
        file, words, *refused = question.split("|")
        document = self.document(file)
        start = document.text.index(words)
        span = Span(start, start + len(words))
        citation = Citation(
            1, document.file, document.title, document.issuer, document.published,
            document.licence, (), None, span, words, links.document(document.file, span),
        )  # fmt: skip
        return replace(
            answer,
            verdict=Verdict.NOT_FOUND if refused else Verdict.ANSWERED,
            reason=None,
            short_answer=words,
            statements=(),
            text=f"{words}입니다. [1]",
            citations=(citation,),
        )


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Citing:
    folder = tmp_path_factory.mktemp("programmes") / "index"
    build([HERE / "programmes"], folder)
    return Citing(Assistant.open(folder)._index)


def asked(notices: Citing, question: str, today: date) -> Element:
    client = TestClient(create_app(notices, today=lambda: today))
    response = client.get("/ask", params={"q": question})
    assert response.status_code == 200
    return page(response.text)


def test_the_card_names_all_eight_facts_and_marks_what_is_not_said(notices: Citing) -> None:
    card = asked(notices, "loan.txt|업체당 5,000만원", date(2021, 6, 25)).one(
        "section", class_="programme"
    )
    assert card.one("h2").line == "사업 한눈에 보기"
    assert [dt.line for dt in card.all("dt")] == NAMES
    lines = {
        div.one("dt").line: [dd.line for dd in div.all("dd")] for div in card.one("dl").all("div")
    }
    assert lines["지원대상"] == ["매출이 20% 넘게 줄어든 관내 소상공인 원문 (지원대상)"]
    assert lines["금액"] == ["업체당 5,000만원 원문 (금액)"]
    assert lines["지원내용"] == lines["신청방법"] == ["문서에 없음"]


def test_each_value_leads_to_its_own_words(notices: Citing) -> None:
    card = asked(notices, "voucher.txt|도입 교육 3회", date(2024, 3, 1)).one(
        "section", class_="programme"
    )
    client = TestClient(create_app(notices))
    values = card.all("dd")
    assert len(values) == 10
    for value in values:
        link = value.one("a")
        shown = client.get(link.attributes["href"])
        assert shown.status_code == 200
        marked = " ".join(mark.line for mark in page(shown.text).all("mark"))
        said = value.line[: value.line.index(" 원문 (")]
        assert "".join(marked.split()) == "".join(said.split())
    assert len({a.attributes["href"] for a in card.all("a")}) == 10
    assert len({a.line for a in card.all("a")}) == 10


@pytest.mark.parametrize(
    ("question", "today", "state", "said"),
    [
        (
            "loan.txt|업체당",
            date(2021, 6, 25),
            "open",
            "모집 중: 2021. 6. 25.까지입니다 (2021. 6. 25. 기준, 연도는 문서의 날짜에서)",
        ),
        (
            "loan.txt|업체당",
            date(2021, 6, 26),
            "closed",
            "2021. 6. 25. 마감: 이미 끝난 모집입니다 (2021. 6. 26. 기준, 연도는 문서의 날짜에서)",
        ),
        (
            "voucher.txt|도입 교육",
            date(2024, 3, 3),
            "not_yet",
            "아직 시작 전: 2024. 3. 4.부터 모집합니다 (2024. 3. 3. 기준)",
        ),
    ],
)
def test_the_card_says_whether_applications_are_taken_on_the_day_of_asking(
    notices: Citing, question: str, today: date, state: str, said: str
) -> None:
    line = asked(notices, question, today).one("p", class_="standing")
    assert line.line == said
    assert state in line.attributes["class"].split()


def test_no_card_beside_a_refusal_or_where_no_programme_is_told_of(notices: Citing) -> None:
    for question in ("loan.txt|업체당|refused", "news.txt|5월 고용률"):
        tree = asked(notices, question, date(2021, 6, 1))
        assert len(tree.all("li", id="citation-1")) == 1
        assert tree.all(class_="programme") == []


def test_the_answer_s_json_keeps_its_shape(notices: Citing) -> None:
    answer = TestClient(create_app(notices)).get("/api/ask", params={"q": "loan.txt|업체당"}).json()
    assert set(answer) == {
        "id", "question", "verdict", "reason", "short_answer", "answer", "citations", "passages",
        "as_of", "index",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(State.ALWAYS), "모집 중: 상시 모집합니다"),
        (Standing(State.OPEN), "모집 중"),
        (
            Standing(State.WHILE_FUNDS_LAST, date(2021, 6, 30)),
            "늦어도 2021. 6. 30.까지, 예산이 남아 있는 동안 모집합니다. 남아 있는지는 문서로 알 수 없습니다",
        ),
    ],
)
def test_standings_in_words(standing: Standing, said: str) -> None:
    assert programme.told(standing) == said


def test_the_day_of_asking_is_the_day_in_korea(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2021, 6, 24, 15, 0, tzinfo=UTC).astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.setattr(programme, "datetime", Late)
    assert programme.today_in_korea() == date(2021, 6, 25)
