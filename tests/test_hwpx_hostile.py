"""HWPX that is damaged, hostile or another format after all."""

from __future__ import annotations

import re
import zipfile
from functools import partial
from pathlib import Path

import hancom_files as made
import pytest
from damaged_files import Damaged, consistent, damaged, read_or_refused
from extracted_text import refused
from hancom_files import cell, grid, header, hwpx, note, p, section, table
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.loading.hancom import Hancom, recognise
from rag.loading.hwpx import read_hwpx

SAMPLES = Path(__file__).parent / "samples"
read = partial(read_hwpx, name="문서.hwpx")
refusal = partial(refused, read)


# What is refused ------------------------------------------------------------------------------


def test_what_cannot_be_read_is_named() -> None:
    secret = (
        '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    assert "암호" in refusal(hwpx(p("글"), files={"META-INF/manifest.xml": secret}))
    placeholder = "이 문서는 상위 버전의 배포용 문서입니다. 문서를 읽으려면 최신 버전이 필요합니다."
    assert "배포용" in refusal(hwpx(p(placeholder)))
    assert "글자가 없습니다" in refusal(hwpx(p()))
    assert "HWP 3" in refusal(b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + b"\0" * 900)
    assert "HWPML" in refusal(b'<?xml version="1.0"?>\n<HWPML Version="2.9"></HWPML>')
    assert "형식이 아닙니다" in refusal(b"%PDF-1.7")
    assert "손상" in refusal(b"PK\x03\x04 nothing")
    assert "손상" in refusal(hwpx("<hs:sec xmlns:hs='x'><broken>"))


def test_formats_are_told_by_content() -> None:
    assert recognise(hwpx(p("글"))) is Hancom.HWPX
    assert recognise(made.hwp5(made.para("글"))) is Hancom.HWP5
    assert recognise((SAMPLES / "noori.hwpx").read_bytes()) is Hancom.HWPX
    assert recognise((SAMPLES / "noori.hwp").read_bytes()) is Hancom.HWP5
    utf16 = '<?xml version="1.0" encoding="UTF-16"?><HWPML>'.encode("utf-16")
    assert recognise(utf16) is Hancom.HWPML
    assert recognise(b"PK\x03\x04word/document.xml") is None
    assert recognise(b"") is None
    assert recognise("그냥 글".encode()) is None


# Hostile files --------------------------------------------------------------------------------


def test_a_document_type_is_refused_and_no_entity_grows() -> None:
    bomb = '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    inside = section("<hp:p><hp:run><hp:t>&b;</hp:t></hp:run></hp:p>")
    assert "DTD" in refusal(hwpx(p("글"), head=bomb + header()))
    data = hwpx(p("글"), files={"Contents/section1.xml": bomb + inside})
    assert "DTD" in refusal(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_bomb_is_refused() -> None:
    data = hwpx(p("글"), files={"Contents/section1.xml": b"<a>" + b" " * (40 << 20) + b"</a>"})
    assert len(data) < 1 << 17
    assert "압축" in refusal(data)


def test_an_archive_of_too_many_files_is_refused() -> None:
    many = {f"BinData/{n}": b"" for n in range(10_001)}
    assert "10,00" in refusal(hwpx(p("글"), files=many))


def test_tables_without_end_are_refused() -> None:
    inside = p("속")
    for _ in range(30):
        inside = p(table([[cell(0, 0, inside), cell(0, 1, p("곁"))]]))
    assert "겹" in refusal(hwpx(inside))
    deep = "<hp:p><hp:run>" + "<hp:container>" * 10_000 + "</hp:container>" * 10_000
    assert refusal(hwpx(deep + "</hp:run></hp:p>"))


def test_elements_without_number_are_refused() -> None:
    assert "지나치게 커서" in refusal(hwpx(section("<hp:p a='12345'/>" * 4_000_100)))
    assert "문단이" in refusal(hwpx(section(p("가") * 250_001)))


def test_long_runs_of_blanks_cost_no_more_than_their_length() -> None:
    found = read(hwpx(p("가" + " " * 400_000 + "나" + "\n " * 200_000 + "다")))
    assert found.text.split() == ["가", "나", "다"]


NOORI = (SAMPLES / "noori.hwpx").read_bytes()
NOTICE = (SAMPLES / "mpm_recruitment_notice.hwpx").read_bytes()


@pytest.mark.parametrize("data", [NOORI, NOTICE], ids=["noori", "notice"])
def test_a_cut_file_is_refused(data: bytes) -> None:
    for size in range(0, len(data), 4096):
        refusal(data[:size])


@settings(max_examples=150, deadline=None)
@given(damaged(NOORI, NOTICE))
def test_flipped_and_cut_files_give_a_document_or_a_named_error(file: Damaged) -> None:
    for content in file.contents:
        read_or_refused(read, content, "문서.hwpx")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["Contents/section0.xml", "Contents/header.xml"]),
    st.lists(
        st.tuples(
            st.integers(0, 5000),
            st.sampled_from(["-1", "0", "65535", "4294967295", "9" * 30, "x", ""]),
        ),
        max_size=20,
    ),
)
def test_any_numbers_in_the_markup_are_survived(path: str, changes: list[tuple[int, str]]) -> None:
    with zipfile.ZipFile(SAMPLES / "noori.hwpx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith("xml")}
    markup = parts[path].decode()
    for at, value in changes:
        numbers = list(re.finditer(r'="(\d+)"', markup))
        found = numbers[at % len(numbers)]
        markup = markup[: found.start(1)] + value + markup[found.end(1) :]
    parts[path] = markup.encode()
    section_part = parts.pop("Contents/section0.xml").decode()
    head = parts.pop("Contents/header.xml").decode()
    read_or_refused(read, hwpx(section_part, head=head, files=parts), "문서.hwpx")


WORDS = st.text(alphabet="가나다라 1)-<>&\t\n\u0301\u0338\u1100\u1161", max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            WORDS.map(lambda word: p(f"<hp:t>{made.escape(word)}</hp:t>")),
            st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=1, max_size=3).map(
                lambda rows: p("앞", grid(*rows), note(1, "주"))
            ),
            st.lists(st.tuples(*[st.integers(0, 4)] * 4, WORDS), min_size=1, max_size=6).map(
                lambda cells: p(
                    table([[cell(r, c, p(w), spans=(h, v)) for r, c, h, v, w in cells]])
                )
            ),
        ),
        max_size=6,
    )
)
def test_any_paragraphs_give_consistent_offsets(paragraphs: list[str]) -> None:
    consistent(read(hwpx(section(p("처음"), *paragraphs))))
