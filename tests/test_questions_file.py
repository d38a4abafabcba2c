"""Question files in each format, and the sentence for each thing that can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import InputError
from rag.showing.questions import Asked, read_questions, read_text


def written(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_jsonl_keeps_ids_as_they_are_and_numbers_the_lines_without_one(tmp_path: Path) -> None:
    lines = '{"id": "a", "question": "가?", "type": "x"}\n\n{"id": 7, "question": "나?"}\r\n{"question": "다\u2028라"}'
    assert read_questions(written(tmp_path, "q.jsonl", lines)) == (
        Asked("a", "가?"),
        Asked(7, "나?"),
        Asked(4, "다\u2028라"),
    )


def test_half_a_surrogate_pair_can_still_be_written_out(tmp_path: Path) -> None:
    line = r'{"id": "\ud800", "question": "가\udfff나 \ud83d\ude00"}'
    assert read_questions(written(tmp_path, "q.jsonl", line)) == (
        Asked("\ufffd", "가\ufffd나 \U0001f600"),
    )


def test_csv_finds_its_columns_by_name(tmp_path: Path) -> None:
    text = '\ufeffstyle,Question,id\nx,"쉼표, ""따옴표""\n두 줄?",a1\n\ny,둘?,\n'
    assert read_questions(written(tmp_path, "q.CSV", text)) == (
        Asked("a1", '쉼표, "따옴표"\n두 줄?'),
        Asked(5, "둘?"),
    )


def test_csv_of_a_korean_spreadsheet_is_cp949(tmp_path: Path) -> None:
    data = "id,question\n1,융자 한도는 얼마인가요?\n".encode("cp949")
    assert read_questions(written(tmp_path, "q.csv", data)) == (
        Asked("1", "융자 한도는 얼마인가요?"),
    )


def test_txt_is_one_question_a_line(tmp_path: Path) -> None:
    assert read_questions(written(tmp_path, "q.txt", "\ufeff가?\n\n  나?  \r\n")) == (
        Asked(1, "가?"),
        Asked(3, "나?"),
    )


def test_an_empty_question_is_kept_to_be_refused(tmp_path: Path) -> None:
    assert (
        read_questions(written(tmp_path, "q.jsonl", '{"id":"e","question":""}'))[0].question == ""
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("q.jsonl", '{"question": "가"}\n{"question": ', "2번째 줄"),
        ("q.jsonl", '["가"]', "1번째 줄"),
        ("q.jsonl", "[" * 100_000, "1번째 줄"),
        ("q.jsonl", '{"question": 3}', '"question"'),
        ("q.jsonl", '{"id": [1], "question": "가"}', '"id"'),
        ("q.jsonl", '{"id": true, "question": "가"}', '"id"'),
        ("q.csv", "질문,번호\n가,1\n", "question 열"),
        ("q.csv", 'id,question\na,"열린 따옴표\n', "따옴표"),
        ("q.csv", "id,question\na\n", "2번째 줄"),
        ("q.xlsx", "x", "형식을 알 수 없습니다"),
        ("q.txt", "\n \n", "질문이 없습니다"),
        ("q.jsonl", "", "질문이 없습니다"),
        ("q.txt", b"\xff\xfe\x00\xac", "UTF-8"),
        ("q.txt", b"\x00\x01", "UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, name: str, data: str | bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_questions(written(tmp_path, name, data))
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="없습니다"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(InputError, match="폴더입니다"):
        read_text(tmp_path)


@given(data=st.binary(max_size=200))
def test_random_bytes_are_questions_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("random")
    for name in ("q.jsonl", "q.csv", "q.txt"):
        try:
            asked = read_questions(written(folder, name, data))
        except InputError:
            continue
        assert asked
