"""Reading each format, beside merely unpacking it: milliseconds a page."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from rag.loading.extracted import Extracted
from rag.loading.hwp5 import read_hwp5
from rag.loading.hwpx import read_hwpx
from rag.loading.pdf import read_pdf
from tests.bench.measure import Row, side_by_side

TESTS = Path(__file__).resolve().parents[1]
Reader = Callable[[bytes, str], Extracted]


def formats() -> list[Row]:
    """The sample documents of each format with page marks; a page costs what the whole costs
    divided by its pages."""
    return [
        _row("HWPX", TESTS / "samples", "*.hwpx", read_hwpx, _parse_zip, "압축 풀고 XML 읽기만"),
        _row("HWP 5", TESTS / "samples", "noori.hwp", read_hwp5, _inflate, "스트림 풀기만"),
        _row("PDF", TESTS / "samples_pdf", "*.pdf", read_pdf, _pdfium, "PDFium 글자 꺼내기만"),
    ]


def _row(
    name: str,
    folder: Path,
    pattern: str,
    read: Reader,
    peer: Callable[[bytes], object],
    beside: str,
) -> Row:
    files = [(path.read_bytes(), path.name) for path in sorted(folder.glob(pattern))]
    pages = sum(max(1, len(read(data, file).pages)) for data, file in files)
    ours, theirs = side_by_side(
        lambda: [read(data, file) for data, file in files],
        lambda: [peer(data) for data, _file in files],
    )
    per_page = 1000 / pages
    what = f"{name} 한 쪽(파일 {len(files)}개, {pages}쪽, 초당 {pages / ours:,.0f}쪽)"
    return Row(what, ours * per_page, beside, theirs * per_page, "ms")


def _parse_zip(data: bytes) -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))


def _inflate(data: bytes) -> None:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        for entry in ole.listdir():
            if entry[0] == "BodyText":
                zlib.decompress(ole.openstream(entry).read(), -15)


def _pdfium(data: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
