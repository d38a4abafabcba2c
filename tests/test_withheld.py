"""What the fitting of the confidence takes out of documents is gone, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.golden.fit_confidence import AGAINST, NAMES, area, risks
from tests.golden.withheld import (
    Paragraph,
    paragraphs_out,
    read_korquad,
    sentences_out,
    without_lines,
    without_sentence,
)

SEOUL = "한강은 서울을 지난다. 남산은 높이가 270m이다. 경복궁은 1395년에 지어졌고 북쪽에 있다. 궁은 모두 다섯이다."
BUSAN = (
    "부산은 항구이다. 해운대의 모래밭은 길이가 1.5km이고 여름에 붐빈다. 자갈치 시장에서는 생선을 "
    "팔고 회를 먹을 수 있다. 영도에는 오래된 등대와 넓은 숲이 있어 걷기 좋다."
)


def test_lines_that_a_range_touches_go() -> None:
    text = "하나\n둘\n셋\n넷"
    assert without_lines(text, [(3, 4)]) == "하나\n셋\n넷"
    assert without_lines(text, [(4, 6)]) == "하나\n넷"
    assert without_lines(text, []) == text
    assert without_lines(text, [(0, 2), (7, 8)]) == "둘\n셋\n"


@given(st.text("가\n", max_size=30), st.integers(0, 30), st.integers(1, 5))
def test_other_lines_stay_in_order(text: str, start: int, length: int) -> None:
    left = without_lines(text, [(start, start + length)])
    lines = text.splitlines(keepends=True)
    kept = left.splitlines(keepends=True)
    assert any(
        lines[:a] + lines[b:] == kept
        for a in range(len(lines) + 1)
        for b in range(a, len(lines) + 1)
    )


def test_the_sentence_of_an_answer_goes() -> None:
    at = SEOUL.index("270m")
    assert without_sentence(SEOUL, at, at + 4) == SEOUL.replace("남산은 높이가 270m이다. ", "")
    end = SEOUL.index("다섯")
    assert without_sentence(SEOUL, end, end + 2) == SEOUL.removesuffix("궁은 모두 다섯이다.")


def korquad(folder: Path) -> Path:
    def paragraph(text: str, question: str, answer: str) -> dict[str, object]:
        answers = [{"text": answer, "answer_start": text.index(answer)}]
        return {"context": text, "qas": [{"question": question, "answers": answers}]}

    data = [
        {
            "paragraphs": [
                paragraph(SEOUL, "남산의 높이는?", "270m"),
                paragraph(SEOUL + " 끝이다.", "경복궁은 언제 지어졌나?", "1395년"),
            ]
        },
        {"paragraphs": [paragraph(BUSAN, "모래밭의 길이는?", "1.5km")]},
    ]
    path = folder / "korquad.json"
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


def test_paragraphs_and_their_answers_are_read(tmp_path: Path) -> None:
    first, second, third = read_korquad(korquad(tmp_path))
    assert [p.file for p in (first, second, third)] == ["0001.txt", "0002.txt", "0003.txt"]
    assert [p.article for p in (first, second, third)] == [0, 0, 1]
    ((question, start, end),) = third.questions
    assert (question, third.text[start:end]) == ("모래밭의 길이는?", "1.5km")


def test_one_of_two_halves_answers(tmp_path: Path) -> None:
    paragraphs = [
        Paragraph("a.txt", 1, SEOUL, (("남산의 높이는?", 0, 1),)),
        Paragraph("b.txt", 1, BUSAN, (("모래밭의 길이는?", 0, 1),)),
        Paragraph("c.txt", 2, BUSAN, (("다른 글의 질문", 0, 1),)),
    ]
    sets = paragraphs_out(paragraphs, tmp_path, 10, 1)
    assert len(sets) == 2
    for index, asked in sets:
        files = {document.file for document in index.documents}
        assert {one.file for one in asked} == {"a.txt", "b.txt"}
        assert all(one.answerable == (one.file in files) for one in asked)


def test_what_is_cut_out_is_in_the_other_index(tmp_path: Path) -> None:
    (whole, there), (cut, gone) = sentences_out(read_korquad(korquad(tmp_path)), tmp_path, 9, 1)
    assert [one.question for one in there] == [one.question for one in gone] == ["모래밭의 길이는?"]
    assert [one.answerable for one in there + gone] == [True, False]
    texts = [{d.file: d.text for d in index.documents} for index in (whole, cut)]
    assert "1.5km" in texts[0]["0003.txt"]
    assert "1.5km" not in texts[1]["0003.txt"]
    # The article says "270m" and "1395년" twice: these paragraphs stay whole.
    assert texts[0]["0001.txt"] == texts[1]["0001.txt"]
    assert texts[0]["0002.txt"] == texts[1]["0002.txt"]


def test_the_area_is_the_share_of_pairs_in_order() -> None:
    y = np.array([1.0, 1.0, 0.0, 0.0])
    assert area(np.array([0.9, 0.4, 0.5, 0.1]), y) == 0.75
    assert area(np.array([0.5, 0.5, 0.5, 0.5]), y) == 0.5


def test_the_risk_is_what_of_the_surest_is_unanswerable() -> None:
    y = np.array([1.0, 0.0, 1.0, 0.0])
    told = risks(np.array([0.9, 0.1, 0.8, 0.2]), y)
    assert "25% 0.000, 50% 0.000, 75% 0.333, 100% 0.500" in told


def test_there_is_a_sign_for_each_signal() -> None:
    assert set(NAMES) >= AGAINST
