"""A file's bytes → the reader of its format. What decides is what the file holds, never its name.

Each reader, and the packages it needs, are imported only once a file of its format comes.
"""

from __future__ import annotations

import csv
import importlib
import io
import re
import zipfile
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

from rag.errors import SourceError
from rag.loading.extracted import Extracted
from rag.loading.formats import CSV, DOCX, HTML, HWP, HWPX, PDF, TEXT, XLSX, Format
from rag.loading.hancom import Hancom, recognise, refuse
from rag.loading.signatures import HEAD, Shape, refused, shape
from rag.loading.text import decode, read_text, reencoded

_PACKAGES = {Shape.PDF: PDF.packages, Shape.ZIP: HWPX.packages, Shape.OLE: HWP.packages}
_INSTALL = "pip install 'geungeo[formats]'"
_HWPX_PART = re.compile(r"Contents/(?:section\d+|header)\.xml\Z", re.I)
_HWPX_TYPES = ("application/hwp+zip", "application/owpml")
_PACKAGE_TYPES = {
    "application/epub+zip": "EPUB 전자책",
    "application/vnd.oasis.opendocument.text": "ODT(오픈도큐먼트 글)",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS(오픈도큐먼트 표)",
    "application/vnd.oasis.opendocument.presentation": "ODP(오픈도큐먼트 발표)",
}
_OFFICE = (
    ("xl/workbook.bin", "XLSB(이진 엑셀)"),
    ("ppt/presentation.xml", "PPTX(파워포인트)"),
    ("visio/document.xml", "VSDX(비지오)"),
    ("AndroidManifest.xml", "안드로이드 앱"),
    ("META-INF/MANIFEST.MF", "자바 프로그램"),
)
_OLD_OFFICE = (
    ("WordDocument", "DOC(옛 워드)"),
    ("Workbook", "XLS(옛 엑셀)"),
    ("Book", "XLS(옛 엑셀)"),
    ("PowerPoint Document", "PPT(옛 파워포인트)"),
    ("VisioDocument", "VSD(옛 비지오)"),
    ("__properties_version1.0", "MSG(아웃룩 메일)"),
    ("PrvText", "HWP 계열"),
)
_HALVES = re.compile("[\ud800-\udfff]")
_SMALL = 256  # bytes of the file "mimetype"
_MOST_ENTRIES = 10_000
_CSV_SIGNS = ",;\t"
_CSV_LINES = 3
_CSV_TITLE = 3
_CSV_SAMPLE = 2000  # records looked at


def needs(data: bytes) -> tuple[tuple[str, str], ...]:
    """The packages on which the reading of a file may depend, with their versions, "" for one
    that is not installed: another set of them may read the same bytes otherwise."""
    return tuple((name, _version(name)) for name in _PACKAGES.get(shape(data), ()))


def is_plain(data: bytes) -> bool:
    """Whether a file is read by code that is safe with any input: text, and tables in text. All
    else is for a process of its own."""
    return shape(data) in (Shape.PLAIN, Shape.OTHER)


def read(data: bytes, name: str) -> tuple[Format, Extracted]:
    """The format of a file and what it holds; ``name`` is for messages only.

    Raises SourceError where the file is empty, of a format that is not read, damaged or locked,
    and where the package that reads it is not installed.
    """
    format_ = route(data, name)
    if format_ is TEXT:
        return format_, read_text(data, name)
    module, _, function = format_.reader.partition(":")
    try:
        reader = getattr(importlib.import_module(module), function)
        found: Extracted
        if format_.decoded:
            # Their text is the file itself, so that offsets can be checked in it.
            text, encoding = decode(data, name)
            found = reader(text, name)
            found = replace(found, warnings=(*reencoded(encoding), *found.warnings))
        else:
            found = reader(data, name)
    except SourceError as error:
        if name in str(error):
            raise
        raise SourceError(f"문서 '{name}': {error}") from None
    except ImportError as error:
        # A format may have no reader yet, or its reader lack a package.
        if (error.name or "").startswith("rag."):
            raise _unread(name, format_.label) from None
        raise SourceError(
            f"문서 '{name}'을(를) 읽으려면 '{error.name}' 꾸러미가 필요합니다. "
            f"{_INSTALL}로 설치해 주세요."
        ) from None
    if not found.text.strip():
        raise SourceError(
            f"문서 '{name}'에서 글자를 찾지 못했습니다(그림뿐이거나 빈 문서). "
            "내용이 있는 파일로 바꿔 주세요."
        )
    return format_, _plain(found)


def _plain(found: Extracted) -> Extracted:
    """What was found without halves of characters, which no file can hold; offsets stay."""
    if not any(map(_HALVES.search, (found.text, found.title, found.issuer, found.licence))):
        return found
    return replace(
        found,
        text=_HALVES.sub("\ufffd", found.text),
        title=_HALVES.sub("", found.title),
        issuer=_HALVES.sub("", found.issuer),
        licence=_HALVES.sub("", found.licence),
    )


def route(data: bytes, name: str) -> Format:
    """The format of a file by its content. Raises SourceError for those that are not read, each
    by its name."""
    if not data:
        raise SourceError(f"문서 '{name}'이(가) 비어 있습니다. 내용이 있는 파일로 바꿔 주세요.")
    refuse(data, name)
    kind = shape(data)
    if kind is Shape.OTHER:
        raise SourceError(
            f"문서 '{name}'은(는) {refused(data)} 파일이라 읽지 않습니다. 글이 든 문서로 바꿔 주세요."
        )
    if kind is Shape.PDF:
        return PDF
    if kind is Shape.HTML:
        return HTML
    if kind is Shape.XML:
        raise _unread(name, "SVG 그림" if b"<svg" in data[:HEAD].lower() else "XML")
    if kind is Shape.ZIP:
        return _package(data, name)
    if kind is Shape.OLE:
        return _compound(data, name)
    text, _ = decode(data, name)
    return CSV if is_csv(text) else TEXT


def is_csv(text: str) -> bool:
    """Whether a text is a table of values parted by commas, or by semicolons or tabs as some
    programs write them: at least three records, all with the same number of fields and at least
    two, on lines that no blank one parts; a few lines without the sign may stand above, which
    are its title. In prose such a sign is followed by blanks."""
    body = text.strip("\ufeff\n")
    return "\n\n" not in body and any(_is_parted(body, sign) for sign in _CSV_SIGNS)


def _is_parted(body: str, sign: str) -> bool:
    if body.count(sign) < _CSV_LINES or body.count(f"{sign} ") * 2 > body.count(sign):
        return False
    width = 0
    records = 0
    try:
        rows = csv.reader(io.StringIO(body), delimiter=sign, strict=True)
        for number, record in enumerate(rows):
            if not width and len(record) == 1 and number < _CSV_TITLE:
                continue
            width = width or len(record)
            if len(record) != width or width < 2:
                return False
            records += 1
            if records >= _CSV_SAMPLE:
                break
    except csv.Error:
        return False
    return records >= _CSV_LINES


def _package(data: bytes, name: str) -> Format:
    """The format of a ZIP package: its type file, else the parts it must have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if len(package.infolist()) > _MOST_ENTRIES:
                raise SourceError(
                    f"문서 '{name}'의 압축 안에 파일이 너무 많아 열지 않았습니다. "
                    "올바른 문서인지 확인해 주세요."
                )
            entries = set(package.namelist())
            type_ = ""
            if "mimetype" in entries:
                with package.open("mimetype") as file:
                    type_ = file.read(_SMALL).decode("ascii", "replace").strip()
    except SourceError:
        raise
    # What a damaged directory or stream makes zipfile raise is not documented.
    except Exception:
        # The parts of a package may still be told from their names in what is left of it.
        if recognise(data) is Hancom.HWPX:
            return HWPX
        raise SourceError(
            f"문서 '{name}'의 압축이 손상되었거나 잘려 있습니다. 원본을 다시 받아 주세요."
        ) from None
    if type_ in _PACKAGE_TYPES:
        raise _unread(name, _PACKAGE_TYPES[type_])
    if type_ in _HWPX_TYPES or any(_HWPX_PART.match(entry) for entry in entries):
        return HWPX
    if "word/document.xml" in entries:
        return DOCX
    if "xl/workbook.xml" in entries:
        return XLSX
    for part, kind in _OFFICE:
        if part in entries:
            raise _unread(name, kind)
    if "[Content_Types].xml" in entries:
        return _by_content_types(data, name)
    raise SourceError(
        f"문서 '{name}'은(는) ZIP 압축 파일이라 읽지 않습니다. 압축을 풀고 안의 문서를 넣어 주세요."
    )


def _by_content_types(data: bytes, name: str) -> Format:
    """An Office package whose main part does not stand where it usually does."""
    with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("[Content_Types].xml") as file:
        types = file.read(1 << 20)
    if b"wordprocessingml.document.main+xml" in types:
        return DOCX
    if b"spreadsheetml.sheet.main+xml" in types:
        return XLSX
    if b"presentationml" in types:
        raise _unread(name, "PPTX(파워포인트)")
    raise _unread(name, "MS 오피스 계열")


def _compound(data: bytes, name: str) -> Format:
    """The format of an OLE compound file, by the streams at its root."""
    roots = _root_names(data)
    if roots is None:
        if recognise(data) is Hancom.HWP5:
            return HWP
        raise SourceError(
            f"문서 '{name}'이(가) 손상되었거나 잘려 있어 읽지 못했습니다. 원본을 다시 받아 주세요."
        )
    if "FileHeader" in roots:
        return HWP
    if "EncryptedPackage" in roots:
        raise SourceError(
            f"문서 '{name}'은(는) 암호가 걸린 MS 오피스 문서입니다. 암호를 푼 문서로 바꿔 주세요."
        )
    for stream, kind in _OLD_OFFICE:
        if stream in roots:
            raise _unread(name, kind)
    raise _unread(name, "OLE 복합 문서")


def _root_names(data: bytes) -> set[str] | None:
    """The names at the root of a compound file; None where it is damaged. Without the package
    that lists them, no more than whether there are those of HWP 5."""
    try:
        import olefile
    except ImportError:
        return {"FileHeader"} if recognise(data) is Hancom.HWP5 else set()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            return {entry[0] for entry in compound.listdir(streams=True, storages=True)}
    # Of a damaged file olefile raises whatever comes.
    except Exception:
        return None


def _unread(name: str, kind: str) -> SourceError:
    return SourceError(
        f"문서 '{name}'은(는) {kind} 파일이라 읽지 못합니다. "
        "HWPX, PDF, DOCX나 UTF-8 텍스트(.txt)로 저장해 주세요."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
