"""Tables of many forms, as documents hold them, and everyday questions about their cells.

Each table is a document of its own, and each answer was read off it by hand.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rag.cells import CellAnswer, answer_cell
from rag.index import Index, build, open_index
from rag.question.analysis import analyse

TABLES = {
    "form": """사업 안내

< 사업 개요 >

사업명\t청년 창업 도약\t주관기관\t한빛진흥원
사업기간\t2025.3 ~ 2027.2\t총사업비\t48억원
지원대상\t만 39세 이하 창업자\t접수처\t한빛진흥원 누리집
""",
    "compared": """융자 안내

< 자금별 융자 조건 >

구분\t시설자금\t운전자금\t재기자금
지원대상\t제조업체\t수출기업\t재창업자
융자한도\t60억원\t5억원\t1억원
금리\t2.9%\t3.1%\t2.0%
대출기간\t10년\t5년\t6년
""",
    "totals": """예산 현황

< 부처별 예산 >

(단위 : 백만원)
구분\t2023년\t\t\t2024년\t\t\t합계
\t국비\t지방비\t소계\t국비\t지방비\t소계\t
교육\t10\t5\t15\t20\t6\t26\t41
환경\t30\t7\t37\t△40\t8\t△32\t5
국방\t9\t1\t10\t9\t2\t11\t21
합계\t49\t13\t62\t△11\t16\t5\t67
""",
    "revised": """성장률 전망

< 나라별 전망 >

(단위 : %)
나라\t2022년 전망\t\t\t2023년 전망\t\t
\t'21.12\t'22.3\t조정폭\t'21.12\t'22.3\t조정폭
하늘국\t3.7\t4.0\t+0.3\t2.9\t3.1\t+0.2
바람국\t5.5\t5.1\t△0.4\t4.9\t4.4\t△0.5
""",
    "ditto": """시설 현황

< 시설별 위치와 규모 >

시설명\t위치\t면적(㎡)\t비고
물빛관\t하늘시\t1,200\t신축
숲빛관\t〃\t900\t-
달빛관\t〃\t2,400\t증축
별빛관\t바람시\t700\t
""",
    "blanks": """통계 자료

< 항만별 물동량 >

(단위 : 천톤)
항만명        2022년      2023년     증감률(%)
동해항        1,204       1,310       8.8
서해항          980         870      △11.2
남해항        3,300       3,450       4.5
합계          5,484       5,630       2.7
""",
    "pipes": """보급 현황

< 기술별 단계 >

| 기술명 | 단계 | 완료 목표 | 담당 |
|---|---|---|---|
| 수소 저장 | 2단계 | 2027년 | 한빛연구원 |
| 폐열 회수 | 1단계 | 2026년 | 누리연구원 |
| 해상 풍력 | 2단계 | 2029년 | 다온연구원 |
| 조류 발전 | 3단계 | 2031년 | 한빛연구원 |
""",
    "ranks": """수출 순위

< 품목별 수출 >

순위\t품목\t금액(억불)
1\t선박\t811
2\t도자기\t305
3\t종이\t120
""",
    "articles": """법령 안내

< 산림진흥법 주요 내용 >

구분\t내용
산림계획 수립(제5조)\t5년마다 산림계획을 수립
산림단지 지정(제12조, 제13조의2)\t산림단지를 지정하는 근거 마련
벌칙(제40조)\t위반하면 과태료를 물림
""",
    "merged": """지원 제도

<table><tr><th rowspan="2">분야</th><th rowspan="2">사업</th><th colspan="2">지원 한도</th><th rowspan="2">비고</th></tr>\
<tr><th>중소기업</th><th>중견기업</th></tr>\
<tr><th rowspan="2">수출</th><th>해외 전시</th><td>2천만원</td><td>1천만원</td><td rowspan="2">연 1회</td></tr>\
<tr><th>통번역</th><td>500만원</td><td>-</td></tr>\
<tr><th>기술</th><th>특허 출원</th><td>300만원</td><td>200만원</td><td>제한 없음</td></tr></table>
""",
    "labelled": """혁신 사례

< 지역별 사례 >

<table><tr><th>한빛 단지</th><th>누리 단지</th></tr>\
<tr><td>• (분야) 조선</td><td>• (분야) 섬유</td></tr>\
<tr><td>• (예산) 12억원</td><td>• (예산) 34억원</td></tr>\
<tr><td>• (성과) 특허 5건, 고용 59명</td><td>• (성과) 특허 8건, 고용 649명</td></tr></table>
""",
}


@lru_cache(maxsize=len(TABLES))
def index_of(name: str) -> Index:
    with TemporaryDirectory() as folder:
        source = Path(folder) / "paper.txt"
        source.write_text(TABLES[name], encoding="utf-8")
        build([source], Path(folder) / "index")
        return open_index(Path(folder) / "index")


def ask(name: str, question: str, words: str) -> CellAnswer | None:
    """The answer of the table row that holds some words."""
    index = index_of(name)
    passage = next(p for p in index.passages if p.rows is not None and words in p.text)
    return answer_cell(index, analyse(question, index.body.vocabulary), index.documents[0], passage)


def cited(name: str, found: CellAnswer) -> list[str]:
    text = index_of(name).documents[0].text
    return [text[span.start : span.end] for span in (found.quote, *found.further)]


CASES = {
    "pairs of fields are no headers": [
        ("form", "청년 창업 도약의 총사업비는 얼마인가요?", "총사업비", "48억원"),
        ("form", "청년 창업 도약 주관기관은 어디인가요?", "사업명", "한빛진흥원"),
        ("form", "청년 창업 도약 사업기간은 언제인가요?", "사업기간", "2025.3 ~ 2027.2"),
        ("form", "누가 받을 수 있나요? 청년 창업 도약", "지원대상", "만 39세 이하 창업자"),
    ],
    "things compared side by side": [
        ("compared", "운전자금 금리는 몇 퍼센트인가요?", "금리", "3.1%"),
        ("compared", "재창업자가 빌릴 수 있는 자금은 뭐예요?", "지원대상", "재기자금"),
        ("compared", "시설자금은 누가 받을 수 있나요?", "지원대상", "제조업체"),
        ("compared", "금리가 가장 낮은 자금은?", "금리", "재기자금(2.0%)"),
        ("compared", "재기자금은 몇 년 동안 빌려주나요?", "대출기간", "6년"),
        ("compared", "시설자금 융자한도 얼마", "융자한도", "60억원"),
        ("labelled", "한빛 단지의 예산은 얼마인가요?", "(예산)", "12억원"),
        ("labelled", "누리 단지는 어떤 분야인가요?", "(분야)", "섬유"),
    ],
    "the latest forecast where no other is asked for": [
        ("revised", "하늘국의 2022년 성장률은 얼마로 보나요?", "하늘국", "4.0%"),
        ("revised", "바람국의 2023년 성장률 전망은 얼마인가요?", "하늘국", "4.4%"),
        ("revised", "하늘국 2023년 전망의 조정폭은 얼마인가요?", "하늘국", "+0.2%"),
    ],
    "totals and losses": [
        ("totals", "교육 분야 2023년 예산은 모두 얼마인가요?", "교육", "15백만원"),
        ("totals", "환경 분야의 2024년 국비는 얼마인가요?", "환경", "△40백만원"),
        ("totals", "교육 분야 2023년과 2024년 예산을 통틀어 얼마인가요?", "교육", "41백만원"),
        ("totals", "2024년 지방비가 가장 많은 분야는?", "교육", "환경(8백만원)"),
        ("totals", "2023년 국비는 합계 얼마인가요?", "교육", "49백만원"),
    ],
    "a ditto mark says what stands above": [
        ("ditto", "숲빛관은 어디에 있나요?", "숲빛관", "하늘시"),
        ("ditto", "달빛관 면적은 얼마인가요?", "달빛관", "2,400㎡"),
        ("ditto", "면적이 가장 넓은 시설은?", "달빛관", "달빛관(2,400㎡)"),
        (
            "ditto",
            "면적이 900㎡ 이상인 시설은 몇 곳인가요?",
            "달빛관",
            "3곳(물빛관; 숲빛관; 달빛관)",
        ),
        ("ditto", "하늘시에 있는 시설을 모두 알려 주세요", "달빛관", "물빛관; 숲빛관; 달빛관"),
    ],
    "columns cut by blanks or pipes": [
        ("blanks", "서해항의 2023년 물동량은?", "서해항", "870천톤"),
        ("blanks", "2023년 물동량이 가장 많은 항만은?", "남해항", "남해항(3,450천톤)"),
        ("blanks", "서해항 증감률은 몇 퍼센트인가요?", "서해항", "△11.2%"),
        ("blanks", "물동량이 줄어든 항만은 모두 어디인가요?", "서해항", "서해항"),
        ("pipes", "2단계인 기술은 모두 무엇인가요?", "수소 저장", "수소 저장; 해상 풍력"),
        ("pipes", "폐열 회수는 몇 단계인가요?", "폐열", "1단계"),
        ("pipes", "조류 발전은 어느 기관이 담당하나요?", "조류", "한빛연구원"),
        ("pipes", "2단계 기술은 몇 개인가요?", "수소", "2개(수소 저장; 해상 풍력)"),
        ("pipes", "한빛연구원이 맡은 기술을 모두 알려 주세요.", "수소", "수소 저장; 조류 발전"),
        ("pipes", "해상 풍력은 언제까지 끝내나요?", "해상", "2029년"),
        ("pipes", "완료 목표가 가장 빠른 기술은?", "폐열", "폐열 회수(2026년)"),
    ],
    "ranks and articles": [
        ("ranks", "수출 2위 품목은 무엇인가요?", "도자기", "도자기"),
        ("ranks", "종이 수출은 몇 위인가요?", "종이", "3"),
        ("ranks", "도자기 수출 금액은?", "도자기", "305억불"),
        ("articles", "산림단지를 지정하는 조항은 몇 조인가요?", "산림단지", "제12조, 제13조의2"),
        ("articles", "산림계획을 세우는 근거 조문은?", "산림계획", "제5조"),
    ],
    "merged headers and values": [
        ("merged", "중견기업이 해외 전시에 받는 한도는 얼마인가요?", "해외 전시", "1천만원"),
        ("merged", "통번역 지원을 중소기업은 얼마까지 받나요?", "통번역", "500만원"),
        ("merged", "통번역은 일 년에 몇 회 지원하나요?", "통번역", "연 1회"),
        ("merged", "중소기업 한도가 가장 큰 사업은?", "해외", "해외 전시(2천만원)"),
    ],
}
"""Table, question, words of the row that is asked, and answer, grouped by what they are about."""


@pytest.mark.parametrize(
    ("name", "question", "words", "expected"),
    [
        pytest.param(*case, id=f"{group}-{at}")
        for group, cases in CASES.items()
        for at, case in enumerate(cases)
    ],
)
def test_a_question_is_answered_from_its_row(
    name: str, question: str, words: str, expected: str
) -> None:
    found = ask(name, question, words)
    assert found is not None
    assert found.text == expected


def test_a_header_as_the_answer_is_cited_with_the_row_that_tells() -> None:
    found = ask("compared", "재창업자가 빌릴 수 있는 자금은 뭐예요?", "지원대상")
    assert found is not None
    assert cited("compared", found) == ["지원대상\t제조업체\t수출기업\t재창업자", "재기자금"]


def test_the_line_with_the_unit_is_cited_with_the_headers() -> None:
    found = ask("totals", "환경 분야의 2024년 국비는 얼마인가요?", "환경")
    assert found is not None
    assert found.text == "△40백만원"
    assert any("(단위 : 백만원)" in quote for quote in cited("totals", found))


def test_rows_that_share_a_value_are_cited_one_by_one() -> None:
    found = ask("pipes", "2단계인 기술은 모두 무엇인가요?", "수소 저장")
    assert found is not None
    quotes = cited("pipes", found)
    assert "수소 저장" in quotes[0]
    assert any("해상 풍력" in quote and "폐열" not in quote for quote in quotes[1:])


def test_no_row_shares_a_value_that_only_one_holds() -> None:
    found = ask("pipes", "3단계인 기술은 모두 무엇인가요?", "조류 발전")
    assert found is None or "; " not in found.text
