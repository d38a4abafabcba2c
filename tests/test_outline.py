"""Hand-made truth about the blocks of the seeds and of small documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rag.loading import load, load_folder
from rag.outline import outline, parse_mark
from rag.reading import read
from rag.types import Block, BlockKind, Document

HERE = Path(__file__).parent
B, H, N, P, T, C = (
    BlockKind.BULLET,
    BlockKind.HEADING,
    BlockKind.NOTE,
    BlockKind.PARAGRAPH,
    BlockKind.TABLE,
    BlockKind.CAPTION,
)


@cache
def seeds() -> dict[str, tuple[Document, tuple[Block, ...]]]:
    return {d.id[:3]: (d, outline(d)) for d in load_folder([HERE.parent / "seeds"])}


@cache
def corpus(name: str) -> tuple[Document, tuple[Block, ...]]:
    doc = load(HERE / "corpus" / name)
    return doc, outline(doc)


def blocks_of(text: str) -> tuple[Document, tuple[Block, ...]]:
    doc = Document("t", "t.txt", "", "", "", "", "", text, "")
    return doc, outline(doc)


def words(doc: Document, block: Block) -> str:
    return read(doc.text, block.span, block.joins).text


def holding(seed: str, fact: str, nth: int = 0) -> tuple[int, Block]:
    """The block of a seed that holds a fact, given as it stands in the source."""
    doc, blocks = seeds()[seed]
    at = -1
    for _ in range(nth + 1):
        at = doc.text.index(fact, at + 1)
    return next((i, b) for i, b in enumerate(blocks) if b.span.start <= at < b.span.end)


FACTS = [
    # (seed, fact, kind, heading that must be on its path)
    ("001", "통신 지연율은 0.025초로 정지궤도", B, "6G 등 차세대 통신 서비스 대응한 저궤도 위성 개발 활기"),
    ("001", "11,851,373", T, "韓, 2020년 5G 가입자 1,100만명, IoT 1,000만 회선 돌파"),
    ("001", "5G 가입자 수 및 비중", C, "韓, 2020년 5G 가입자 1,100만명, IoT 1,000만 회선 돌파"),
    ("001", "관·민·산·학계의 노력이", B, "데이터 인재 양성 속도 내는 일본, 2023년 14만명 돌파 전망"),
    ("001", "'21년 7%(+1.5%p)", B, "2. '21년 세계경제 전망"),
    ("001", "한국\t△1.0\t2.8", T, "(참고) OECD '21.3월 중간 경제전망 성장을 전망치"),
    ("001", "현재 10개 구축된 K-Studio", B, "③ 우리 무역의 디지털 무역체제로의 전환을 가속화"),
    ("001", "1,500억원 규모의 수출혁신 펀드", B, "④ 무역금융 구조를 혁신해 유망기업을 위한 성장금융을 확충"),
    ("001", "'24년에는 바이오 벤처기업이", B, "▣ K-바이오 랩센트럴 구축방안"),
    ("001", "차량용 AP 등 미래차 핵심", B, "▣ 차량용반도체 단기수급 대응 및 산업역량 강화전략"),
    ("001", "741억불로 1.1% 상승", B, "1. 상품 교역 동향"),
    ("001", "총 1,812억원", B, "14개 시·도 국가혁신클러스터, 지역성장 거점으로 자리잡는다 (산업통상자원부)"),
    ("001", "대전 화학연구원", B, "< 행사 개요 >"),
    ("001", "3년간 총 300억원 규모", B, "① 8대 선도프로젝트 추진"),
    ("001", "총 5,955억원", B, "범부처 재생의료기술개발사업 첫 발을 내딛다! (과학기술정보통신부)"),
    ("001", "사업화 100건 달성", B, "① 연구기관 보유기술의 사업화 지원 플랫폼 구축·운영"),
    ("001", "점유율 15% 달성", B, "① 탄소소재·부품 가격경쟁력 확보"),
    ("001", "비친환경적 제조 공정은", B, "◇ 성장 및 제한요인 (신산업 수요 증가 / 비친환경적 제조 공정)"),
    ("002", "7월 2일부터 시행할 방침", B, "美, C-V2X 단일 표준 채택...7월 2일부터 시행 예정"),
    ("002", "최대 오차범위 16cm", B, "韓, 자율주행자연어 연구 등 첨단기술 지원하는 데이터셋 구축"),
    ("002", "유니콘기업을 '22년 20개로", B, "2. 글로벌 혁신 벤처·스타트업 육성 프로젝트"),
    ("002", "17.1% 증액 요구", B, "2. 주요 요구내용"),
    ("002", "29.6 (3.2)", T, "(참고) 2022년 분야별 요구 현황"),
    ("002", "6월 7일(월)부터 6월 25일(금)까지", B, "중소기업 서비스 분야 혁신을 위한 기술개발 11개 과제 지원 (중소벤처기업부)"),
    ("002", "기업당 3천만원 한도", B, "수출입물류 비상대응 전담반, 추가 물류지원대책 마련 (산업통상자원부)"),
    ("002", "노동시간 13.8% 감소", N, "◇ 스마트팜 등을 통한 농업 경쟁력 제고"),
    ("002", "총 5천억원 규모 미래차 펀드", B, "① (자금) 미래차 전환 투자 집중 지원"),
    ("002", "'25년 95%로 제고", B, "2 GVC 공급망 안정성 강화를 위한 전략품목 육성"),
    ("002", "54개 GP거점", B, "④ 글로벌 완성차사 및 New Player 등 신시장 개척"),
    ("003", "5,000개 육성", P, "2. 중소벤처기업 대상 AI 관련 정책"),
    ("003", "397개의 창업지원사업", P, "2. AI 산업 생태계 조성을 위한 스타트업 지원"),
    ("003", "12대 국가전략기술을 새로이", P, "2. 초격차 분야, 국가전략기술 등과 AI 기술개발의 동조화"),
    ("004", "생산성 30% 증가", P, "3 정부 혁신지원 정책과 한계"),
    ("004", "연 예산 3,299억", P, "(2) 양적 확대와 질적 수준 확보 - 추진 동력은 충분한가"),
    ("004", "IBK 스마트공장 지원대출", T, "3 정부 혁신지원 정책과 한계"),
]  # fmt: skip


@pytest.mark.parametrize(("seed", "fact", "kind", "heading"), FACTS)
def test_kind_and_heading_of_facts(seed: str, fact: str, kind: BlockKind, heading: str) -> None:
    _, block = holding(seed, fact)
    assert block.kind is kind
    assert heading in block.path


PATHS = [
    ("001", "차량용 AP 등 미래차 핵심", (
        "02 국내외 경제이슈", "제6차 혁신성장 BIG3 추진회의 개최 ('21.03.10.)",
        "【 혁신성장 BIG3 추진회의 주요 논의 】", "▣ 차량용반도체 단기수급 대응 및 산업역량 강화전략")),
    ("001", "사업화 100건 달성", (
        "01. 탄소소재 융복합 산업 종합 발전전략 (산업통상자원부)", "III. 핵심 정책과제",
        "2 탄소소재 융복합 산업 생태계 조성", "3. 플랫폼 구축 및 전문인력 양성을 통한 산업기반 조성",
        "① 연구기관 보유기술의 사업화 지원 플랫폼 구축·운영")),
    ("002", "12.3조원 규모, 1,545개", (
        "02 국내외 경제이슈", "제4회 재정운용전략위원회 개최 ('21.06.02.)", "【 재정지출 구조조정 】",
        "4. 관행적 보조·출연사업 지출 구조조정 추진계획")),
    # "1 완성차사 …" is numbered as its parent "2 차부품 …" is: it begins a level of its own,
    # which "④" goes on with and "3 미래차 전환 …" leaves.
    ("002", "54개 GP거점", (
        "01. 자동차 부품기업 미래차 전환 지원 전략 (관계부처)", "III. 세부 추진과제",
        "2 차부품 산업의 사업모델 혁신 지원", "④ 글로벌 완성차사 및 New Player 등 신시장 개척")),
    ("002", "총 5천억원 규모 미래차 펀드", (
        "01. 자동차 부품기업 미래차 전환 지원 전략 (관계부처)", "III. 세부 추진과제",
        "3 미래차 전환 4대 지원수단 확충", "① (자금) 미래차 전환 투자 집중 지원")),
    ("003", "AI표준 플랫폼이 필요한 두 번째", (
        "Ⅱ. 플랫폼 기반 AI와 기업 간 협업", "1. 플랫폼 기반 AI를 통한 소상공인·중소기업의 혁신 유도",
        "2) 주요 쟁점 및 이슈")),
    ("004", "우지환&김영준(2018)", (
        "국가지능화 특집", "3 정부 혁신지원 정책과 한계",
        "(1) 중소기업 혁신의 선결과제 - 자금과 인력의 문제인가")),
]  # fmt: skip


@pytest.mark.parametrize(("seed", "fact", "path"), PATHS)
def test_whole_path(seed: str, fact: str, path: tuple[str, ...]) -> None:
    assert holding(seed, fact)[1].path == path


NOTES = [
    # (seed, note, marker, what the block it explains holds)
    ("001", "* '20.12월 기준 세계경제 성장률", "*", "세계 경기둔화·글로벌 교역 감소*"),
    ("001", "** 국제유가 추이(두바이유", "**", "저유가**로"),
    ("001", "*** 자동차 수요 부진의", "***", "다만, 석유제품"),  # the mark is misprinted as "**"
    ("001", "* 주요국의 미국 수입시장", "*", "미국 수입시장 점유율은 3.3%로"),
    ("001", "* ()안은 전년대비 증감률", "*", "對美 교역\t1,018"),
    ("001", "('20) ①중국(23.3)", "", "한국시장 점유율은 12.3%로"),
    ("001", "※ 시행 첫 분기", "※", "1.9조불(GDP의"),
    ("002", "** 스마트 도로, 국민체육센터는", "**", "2개 과제**는"),
    ("002", "*** 데이터 바우처 공급기업 수", "***", "공급기업*** 성장"),
    ("002", "*** 로봇·드론 등 융합", "***", "시장 창출***"),
    ("002", "* 사업재편 컨설팅·사업화 매년", "*", "미래차 전환 기획 및 사업재편 역량"),
    ("003", "2) 중소벤처기업부(2023. 4. 29.)", "2)", "'중소기업 도약 전략'에서는"),
    ("003", "5) 과학기술정보통신부(2023)", "5)", "목표로 하고 있다.5)"),
    ("004", "- 5) 전자부품연구원(2018.9.17.)", "5)", "기초적 수준<sup>5)</sup>"),
    ("004", "7) 중소벤처기업부, 중소기업위상", "7)", "<sup>7)</sup>이 마주한"),
    ("004", "14) 우지환, 김영준(2018)", "14)", "우지환&김영준(2018)<sup>14)"),
]


@pytest.mark.parametrize(("seed", "note", "marker", "explained"), NOTES)
def test_notes_hang_on_what_they_explain(seed: str, note: str, marker: str, explained: str) -> None:
    doc, blocks = seeds()[seed]
    _, block = holding(seed, note)
    assert block.kind is N
    assert block.marker == marker
    assert block.parent is not None
    above = blocks[block.parent]
    assert explained in doc.text[above.span.start : above.span.end]


def test_captions_and_sources_hang_on_their_table_or_figure() -> None:
    _doc, blocks = seeds()["001"]
    at, table = holding("001", "對美 교역\t1,018")
    assert holding("001", "< FTA 발효 후 對美 교역 동향 >")[1].parent == at
    assert holding("001", "(단위 : 억불, %)")[1].parent == at
    assert table.table is not None and table.table.unit == "억불, %"
    figure, _ = holding("003", "<그림 6> 12대")
    source = holding("003", "출처 : 과학기술정보통신부(2022.10.27.)")[1]
    assert (source.kind, source.parent) == (C, figure)
    at, _ = holding("004", "IBK 스마트공장 지원대출")
    assert holding("004", "**표 1**")[1].parent == at
    assert holding("004", "\\* 출처: 스마트 제조혁신")[1].parent == at
    assert blocks[holding("001", "< 프로젝트 분야 >")[0]].kind is C
    # a sentence that begins with the number of a table is no caption
    assert holding("004", "<표 1>은 다양한")[1].kind is P


def test_boilerplate_is_what_the_pages_repeat() -> None:
    for seed, expected in (
        ("001", {"ISSUE", "FOCUS", "01", "02", "03", "국내외", "기술동향", "국내외 경제이슈",
                 "국내외 정책이슈", "01 국내외 기술동향", "02 국내외 경제이슈", "03 국내외 정책이슈"}),
        ("002", {"ISSUE", "FOCUS", "01", "02", "03", "국내외", "기술동향", "정책이슈", "국내외 기술동향",
                 "국내외 경제이슈", "국내외 정책이슈", "01 국내외 기술동향", "02 국내외 경제이슈",
                 "03 국내외 정책이슈"}),
        ("003", {"- 10 -", "- 25 -", "- 29 -"}),
        ("004", set()),
    ):  # fmt: skip
        doc, blocks = seeds()[seed]
        found = {words(doc, b) for b in blocks if b.kind is BlockKind.BOILERPLATE}
        assert found <= expected | {"국내외 기술동향"}
        assert {"ISSUE", "FOCUS"} & expected <= found or seed in {"003", "004"}


def test_cover_stays_content() -> None:
    for seed, fact in (("001", "Vol. 49"), ("001", "탄소소재 융복합 산업 종합 발전전략\t25"),
                       ("002", "Vol. 52"), ("002", "전환 지원 전략 25")):  # fmt: skip
        assert holding(seed, fact)[1].kind in {P, T, B}
    assert holding("001", "01\t국내외 기술동향\t1")[1].path == ("[ISSUE]",)


def test_long_circled_item_is_a_bullet_and_its_dashes_hang_on_it() -> None:
    _, _blocks = seeds()["001"]
    at, item = holding("001", "(단기 긴급대응) 전세계적으로")
    assert (item.kind, item.marker) == (B, "①")
    assert holding("001", "완성차업계는 해외부품사")[1].parent == at
    at, _ = holding("002", "중소 수출기업 대상, 200억원")
    assert holding("002", "무역진흥자금 200억원")[1].parent == at


def test_box_below_an_angle_heading_ends_at_the_blank_line() -> None:
    assert "< 제4회 재정운용전략위원회 개요 >" in holding("002", "서울지방조달청 별관")[1].path
    assert "< 제4회 재정운용전략위원회 개요 >" not in holding("002", "지난 5월 31일까지")[1].path


def test_wrapped_bullet_is_one_block() -> None:
    doc, _ = seeds()["001"]
    _, block = holding("001", "* (중국·터키)")
    assert words(doc, block) == (
        "- * (중국·터키) 강력한 재정정책 및 제조업·건설업 회복에 힘입어 (+)성장 기록 "
        "(호주·일본·한국 등) 효과적 봉쇄 정책, 정부지원 및 제조업 회복으로 선방"
    )


SENTENCES = [
    "기업들이 효율적으로 업무를 처리할 수 있도록 도와주고 있다.",
    "이를 위해 기업 역량에 따른 디지털 전환 관련 지원, 제조 데이터 관련 생태계 조성, 민간 및 지역 간 네트워크 강화,",
    "제조 현황 - 일별, 주간 생산률, 불량률, 재고율 등을 종합해서 공장의 상태를 보고하는 시스템)을 구축할 경우,",
    "생성형 AI 기반 응용 모델과 서비스의 확산을 촉진할 수 있다.",
    "24년 2월에는 오픈AI가 '소라(Sora)'라는",
    "2024년 기준 예산 규모는 3조 7,121억원으로 나타났다.",
    "System Integration - SI기업)이 고객의 요구에 맞춤형으로",
    "예측되고 있다. 정보시대에서 디지털 시대,",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_wrapped_words_are_joined(sentence: str) -> None:
    doc, blocks = seeds()["003"]
    assert any(sentence in words(doc, b) for b in blocks if b.kind is P)


def test_sentence_cut_by_footnotes_goes_on() -> None:
    _, _blocks = seeds()["003"]
    first, block = holding("003", "산업에 초점을 맞추어 보면")
    _, rest = holding("003", "보조 등 다양한 분야에서")
    assert (block.kind, rest.kind, rest.parent) == (P, P, first)
    first, _ = holding("004", "경기침체로 인한 전반적")
    assert holding("004", "가동률 하락을 고려해도")[1].parent == first


def test_notice() -> None:
    doc, blocks = corpus("notice.txt")
    title = "2024년 소상공인 스마트기술 보급사업 참여기업 모집 공고"
    rows = {words(doc, b): b for b in blocks}
    assert rows["- 업체당 최대 500만원(자부담 30%)"].path == (title, "3. 지원내용", "가. 지원금액")
    assert rows["○ 문의 : 사업운영팀 (02-123-4567)"].path == (title, "4. 신청방법 및 문의처")
    note = rows["* 소상공인기본법 제2조에 따른 소상공인"]
    assert note.parent is not None
    assert words(doc, blocks[note.parent]) == "○ 공고일 현재 사업자등록을 한 소상공인*"
    tax = rows["* 부가가치세 제외"]
    assert tax.parent is not None and blocks[tax.parent].kind is T


def test_markdown() -> None:
    doc, blocks = corpus("guide.md")
    stars = [b for b in blocks if b.marker == "*"]
    assert [b.kind for b in stars] == [B, B, B]
    assert stars[0].path == ("전통시장 화재공제 안내", "가입 대상")
    numbered = [words(doc, b) for b in blocks if b.path[-1:] == ("보상 절차",) and b.kind is B]
    assert numbered == ["1. 사고를 알린다", "2. 서류를 낸다", "3. 보상금을 받는다"]


def test_wrapped_document() -> None:
    doc, blocks = corpus("wrapped.txt")
    paragraphs = [b for b in blocks if b.kind is P]
    assert "앞으로의 지원 방향을 마련하기 위하여 실시하였다.1) 조사 대상은" in words(
        doc, paragraphs[0]
    )
    assert paragraphs[2].parent == blocks.index(paragraphs[1])
    note = next(b for b in blocks if b.kind is N)
    assert note.parent == blocks.index(paragraphs[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 목적\n2. 대상\n3. 방법\n", [B, B, B]),
        ("1. 목적\n- 지원\n2. 대상\n- 기업\n", [H, B, H, B]),
        ("□ 지원대상\n\n- 중소기업\n", [H, B]),
        ("□ (대상) 중소기업\n\n- 제조업\n", [B, B]),
        ("<표 1>은 요약이다.\n", [P]),
        ("△2017년 특허 공개 △2018년 과목 개발\n", [P]),
        ("본문이 있다.\n\n- 3 -\n\n본문이 있다.\n", [P, BlockKind.BOILERPLATE, P]),
    ],
)
def test_kinds_of_small_texts(text: str, expected: list[BlockKind]) -> None:
    assert [b.kind for b in blocks_of(text)[1]] == expected


def test_numbers_decide_nesting() -> None:
    doc, blocks = blocks_of(
        "## 1 가\n\n글이다.\n\n### 2 나\n\n## (1) 다\n\n글이다.\n\n## 3 라\n\n글이다.\n"
    )
    assert [(words(doc, b), b.level) for b in blocks if b.kind is H] == [
        ("## 1 가", 0), ("### 2 나", 0), ("## (1) 다", 1), ("## 3 라", 0)]  # fmt: skip


def test_press_release() -> None:
    doc, blocks = corpus("press.txt")
    title = "인공지능(AI) 시대 우리 산업이 나아갈 길을 그린다"
    rows = {words(doc, b): (i, b) for i, b in enumerate(blocks)}
    assert rows[title][1].kind is H
    item, block = rows["- (에너지) 전력망 효율화*"]
    assert (block.level, block.path) == (2, (title,))
    assert rows["* 수요 예측, 계통 운영 등에 AI를 적용"][1].parent == item


def test_statute() -> None:
    doc, blocks = corpus("law.txt")
    found = {words(doc, b): b.path for b in blocks}
    law = "중소기업 인력지원 특별법"
    assert found["가. 인력의 양성"] == (law, "제1장 총칙", "제2조(정의)")
    assert found["② 제1항에도 불구하고 대통령령으로 정하는 경우에는 그러하지 아니하다."] == (
        law, "제1장 총칙", "제3조(적용 범위)")  # fmt: skip
    assert found["중소벤처기업부장관은 5년마다 기본계획을 수립하여야 한다."] == (
        law, "제2장 지원", "제4조(기본계획)")  # fmt: skip


def test_questions_head_their_answers() -> None:
    doc, blocks = corpus("questions.txt")
    answer = next(b for b in blocks if "300만원" in words(doc, b))
    assert answer.path == ("Q2. 지원금은 얼마인가요?",)


def test_repeated_heads_that_are_most_of_a_text_stay_content() -> None:
    _, blocks = blocks_of("가나다라\n\n\n" * 20)
    assert all(b.kind is not BlockKind.BOILERPLATE for b in blocks)


def test_what_counts_on_from_a_heading_is_its_sister() -> None:
    text = (
        "가람시 상담회 안내\n\n가. 행사개요\n  1) 일시: 10월 15일\n  2) 장소: 회관\n\n나. 참가비\n"
        "  1) 기업: 20만원\n  2) 개인: 무료\n\n다. 지원사항은 다음과 같다.\n  - 통역 1인\n\n"
        "라. 신청마감: 9월 5일\n마. 문의: 경제과\n"
    )
    _document, blocks = blocks_of(text)
    held = {text[b.span.start : b.span.end].split()[0]: b for b in blocks}
    assert held["라."].path == held["마."].path == held["나."].path
    assert all(held[mark].kind is BlockKind.HEADING for mark in ("나.", "다.", "라.", "마."))


@pytest.mark.parametrize(
    "line", ["가람도지사", "많은 신청을 바랍니다.", "**주최** 가람시", "융자 한도 ········ 8"]
)
def test_what_heads_nothing(line: str) -> None:
    text = f"가람시 융자 안내\n\n{line}\n\n□ 지원대상 : 청년\n□ 지원한도 : 1억원\n"
    _document, blocks = blocks_of(text)
    assert not any(line.strip("*") in step for block in blocks for step in block.path)


def test_a_dot_before_a_blank_and_a_figure_is_a_bullet() -> None:
    mark = parse_mark("· 2031년 예산: 9억원")
    assert mark is not None
    assert (mark.written, mark.content) == ("·", 2)
    assert parse_mark("·5% 올랐다") is None
