"""Files are told apart by what they hold: whatever their names say, and each that is refused by
its own name."""

from __future__ import annotations

import importlib
import io
import sys
import types
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hancom_files import compound, hwp5, hwpx, p, para, section
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.loading import load
from rag.loading.extracted import Extracted
from rag.loading.formats import CSV, DOCX, FORMATS, HTML, HWP, HWPX, PDF, TEXT, XLSX, Format
from rag.loading.routing import is_csv, is_plain, needs, read, route
from rag.loading.signatures import Shape, shape

PAGE = hwpx(section(p("지원 계획이다.")))
OLD = hwp5(para("지원 계획이다."))


def package(**parts: str | bytes) -> bytes:
    """A ZIP archive; "__" in a part's name stands for "/", "_dot_" for "."."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


OPEN_TEXT = package(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<a/>")


@pytest.mark.parametrize("name", ["a.txt", "a.hwp", "a.pdf", "a", "a.png"])
@pytest.mark.parametrize(
    ("data", "format_"),
    [
        ("한글 문서이다.\n".encode(), TEXT),
        ("# 제목\n\n- 글\n".encode(), TEXT),
        ("< 개요 >\n\n글이다.\n".encode(), TEXT),
        ("<표 1> 예산\n\n글이다.\n".encode(), TEXT),
        ("글 안의 %PDF-1.7 표시\n".encode(), TEXT),
        ("글이다.".encode("cp949"), TEXT),
        ("구분,한도,금리\n융자,3억,2.0\n보증,1억,0.5\n".encode(), CSV),
        ('구분,설명\n융자,"한도, 금리"\n보증,"줄\n바꿈"\n'.encode("cp949"), CSV),
        (b"<!DOCTYPE html>\n<html><body>x</body></html>", HTML),
        (b"\xef\xbb\xbf  <!-- x -->\n<HTML lang=ko>", HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', HTML),
        ("<html><p>글".encode("utf-16"), HTML),
        (b"%PDF-1.7\n%\xe2\xe3\n", PDF),
        (b"\x00\x00junk\r\n%PDF-1.4\n", PDF),
        (PAGE, HWPX),
        (package(Contents__section0_dot_xml="<a/>"), HWPX),
        (OLD, HWP),
        (package(word__document_dot_xml="<a/>", _rels="x"), DOCX),
        (package(xl__workbook_dot_xml="<a/>"), XLSX),
        (
            package(
                **{
                    "[Content_Types]_dot_xml": '<Override ContentType="application/vnd.openxml'
                    'formats-officedocument.wordprocessingml.document.main+xml"/>'
                }
            ),
            DOCX,
        ),
    ],
)
def test_the_content_decides(data: bytes, format_: Format, name: str) -> None:
    assert route(data, name) is format_


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "비어 있습니다"),
        (b"HWP Document File V3.00 \x1a\x01", "HWP 3"),
        (b'<?xml version="1.0"?>\n<HWPML Version="2.8"><BODY/></HWPML>', "HWPML"),
        (b'<?xml version="1.0"?><rss/>', "XML"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG 그림"),
        (compound({"WordDocument": b"x" * 600}), "DOC(옛 워드)"),
        (compound({"Workbook": b"x" * 600}), "XLS(옛 엑셀)"),
        (compound({"PowerPoint Document": b"x" * 600}), "PPT(옛 파워포인트)"),
        (compound({"EncryptedPackage": b"x" * 600}), "암호가 걸린"),
        (compound({"Something": b"x" * 600}), "OLE 복합 문서"),
        # What a stream of an old Word file holds does not make it a HWP file.
        (compound({"WordDocument": b"HWP Document File\x00" * 40}), "DOC(옛 워드)"),
        (package(ppt__presentation_dot_xml="<a/>"), "PPTX"),
        (package(xl__workbook_dot_bin=b"x"), "XLSB"),
        (OPEN_TEXT, "ODT"),
        (package(mimetype="application/epub+zip"), "EPUB"),
        (package(a_dot_txt="글"), "ZIP 압축"),
        (package(a_dot_txt="글")[:40], "손상"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 30, "손상"),
        (b"\x89PNG\r\n\x1a\n", "PNG 그림"),
        (b"\xff\xd8\xff\xe0", "JPEG 그림"),
        (b"GIF89a", "GIF 그림"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36", "BMP 그림"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP 그림"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC 그림"),
        (b"\x00\x00\x00\x18ftypmp42", "영상"),
        (b"\x1f\x8b\x08", "GZIP 압축"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"ALZ\x01", "알집"),
        (b"a.txt" + b"\x00" * 252 + b"ustar\x0000", "TAR"),
        (b"\x7fELF\x02", "실행"),
        (b"MZ\x90\x00\x03", "실행"),
        (b"{\\rtf1", "RTF"),
        (b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;", "MHTML"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as raised:
        route(data, "자료.hwp")
    message = str(raised.value)
    assert said in message and "'자료.hwp'" in message and "주세요" in message


def test_a_title_may_stand_above_a_table_of_values() -> None:
    assert is_csv("공원명;면적;준공일\n솔숲;12,300;2019\n물빛;8,750;2021\n")
    assert is_csv("공원명\t면적\n솔숲\t12,300\n물빛\t8,750\n들꽃\t9,100\n")
    assert is_csv("지원 한도 현황\n(단위: 억원)\n구분,한도\n융자,3\n보증,1\n")


@pytest.mark.parametrize(
    "text",
    [
        "보고서는 국내, 국외, 기타로 나뉜다.\n이에, 대상, 범위를 정한다.\n끝으로, 결과, 과제를 본다.\n",
        "가,나\n다,라\n",
        "가,나\n다\n라,마\n",
        "가,나\n\n다,라\n\n마,바\n",
        "3,000만원\n1,064억원\n2,500명\n기타\n",
        '가,"나\n다,라\n마,바\n',
        "하나\n둘\n셋\n넷\n가,나\n다,라\n마,바\n",
    ],
)
def test_prose_with_commas_is_no_table(text: str) -> None:
    assert not is_csv(text)


@pytest.mark.parametrize(
    ("data", "name", "format_", "text"),
    [(PAGE, "a.txt", HWPX, "지원 계획이다."), (OLD, "a.pdf", HWP, "지원 계획이다.")],
)
def test_a_file_is_read_by_the_reader_of_its_content(
    data: bytes, name: str, format_: Format, text: str
) -> None:
    found, extracted = read(data, name)
    assert (found, extracted.text) == (format_, text)


@pytest.fixture
def pdf_reader(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    module = types.ModuleType("rag.loading.pdf")
    monkeypatch.setitem(sys.modules, "rag.loading.pdf", module)
    return module


def test_a_missing_package_is_named_with_the_command(pdf_reader: types.ModuleType) -> None:
    def lacking(data: bytes, name: str) -> Extracted:
        importlib.import_module("no_such_package")
        raise AssertionError

    pdf_reader.read_pdf = lacking  # type: ignore[attr-defined]
    with pytest.raises(SourceError) as raised:
        read(b"%PDF-1.7\n", "가.pdf")
    message = str(raised.value)
    assert "no_such_package" in message and "pip install 'geungeo[formats]'" in message


def test_without_the_package_for_compound_files_none_is_called_damaged(
    hide_package: Callable[[str], None],
) -> None:
    hide_package("olefile")
    with pytest.raises(SourceError, match=r"가\.hwp.*olefile.*'geungeo\[formats\]'"):
        read(OLD, "가.hwp")
    with pytest.raises(SourceError, match="OLE 복합 문서"):
        read(compound({"WordDocument": b"x" * 600}), "가.hwp")


def test_a_reader_that_finds_nothing_is_a_failure(pdf_reader: types.ModuleType) -> None:
    pdf_reader.read_pdf = lambda data, name: Extracted(" \n")  # type: ignore[attr-defined]
    with pytest.raises(SourceError, match=r"가\.pdf.*글자를 찾지 못했습니다"):
        read(b"%PDF-1.7\n", "가.pdf")


def test_what_a_format_says_of_itself_is_not_trusted(
    pdf_reader: types.ModuleType, tmp_path: Path
) -> None:
    pdf_reader.read_pdf = lambda data, name: Extracted(  # type: ignore[attr-defined]
        "가\ud800나다 글이다.",
        title="제목\n\x1b[2J\ud800 " + "긴 " * 900,
        issuer="기관\x00",
        published="²²²²",
        licence="공공누리\t제1유형",
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    document = load(path)
    assert document.text == "가\ufffd나다 글이다."
    assert document.title.startswith("제목 [2J 긴 긴") and len(document.title) <= 200
    assert (document.issuer, document.published) == ("기관", "")
    assert document.licence == "공공누리 제1유형"
    assert document.year is None


def test_only_what_no_foreign_code_reads_is_plain() -> None:
    assert is_plain("글이다.".encode()) and is_plain(b"a,b\n1,2\n3,4\n") and is_plain(b"\x89PNG")
    for data in (OLD, PAGE, b"%PDF-1.7\n", b"<html>", b"<?xml "):
        assert not is_plain(data)
    for data in (OLD, PAGE, b"%PDF-1.7\n"):
        assert needs(data) and all(name for name, _ in needs(data))
    assert needs("글이다.".encode()) == needs(b"<html>") == ()


@given(
    st.binary(max_size=400)
    | st.sampled_from([PAGE, OLD]).flatmap(
        lambda data: st.integers(0, len(data)).map(lambda at: data[:at])
    )
)
@settings(deadline=None, max_examples=200)
def test_whatever_the_bytes_are_a_format_or_a_named_error_comes(data: bytes) -> None:
    assert shape(data) in Shape
    needs(data)
    try:
        assert route(data, "가.bin") in FORMATS
    except SourceError as error:
        assert "가.bin" in str(error)


def test_a_document_of_another_format_knows_what_it_is(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "계획.txt"
    path.write_bytes(PAGE)
    document = load(path)
    assert (document.format, document.text, document.title) == (
        "hwpx",
        "지원 계획이다.",
        "지원 계획이다.",
    )
    assert document.approximate_pages
    assert [mark.label for mark in document.pages] == ["약 1"]
