"""What a file is, told from its first bytes: formats that are read, and those refused by name."""

from __future__ import annotations

import re
from enum import StrEnum

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
HEAD = 8192
"""Bytes from the start within which a format shows itself."""

_PDF = re.compile(rb"(?:\A|[\x00-\x1f])%PDF-\d")
_PDF_HEAD = 1024  # bytes of junk that readers of PDF allow before its signature
_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\f"
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)
_XML = re.compile(rb"<(?:\?xml\s|!doctype\s|svg[\s>]|HWPML[\s>])", re.I)
_NAMED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "PNG 그림"),
    (b"\xff\xd8\xff", "JPEG 그림"),
    (b"GIF87a", "GIF 그림"),
    (b"GIF89a", "GIF 그림"),
    (b"II*\x00", "TIFF 그림"),
    (b"MM\x00*", "TIFF 그림"),
    (b"8BPS", "포토샵 그림"),
    (b"\x00\x00\x01\x00", "아이콘 그림"),
    (b"\xd7\xcd\xc6\x9a", "WMF 그림"),
    (b"\x1f\x8b", "GZIP 압축"),
    (b"BZh", "BZIP2 압축"),
    (b"\xfd7zXZ\x00", "XZ 압축"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip 압축"),
    (b"Rar!\x1a\x07", "RAR 압축"),
    (b"\x28\xb5\x2f\xfd", "Zstandard 압축"),
    (b"ALZ\x01", "알집(ALZ) 압축"),
    (b"EGGA", "알집(EGG) 압축"),
    (b"\x7fELF", "실행"),
    (b"\xfe\xed\xfa\xce", "실행"),
    (b"\xfe\xed\xfa\xcf", "실행"),
    (b"\xce\xfa\xed\xfe", "실행"),
    (b"\xcf\xfa\xed\xfe", "실행"),
    (b"\xca\xfe\xba\xbe", "실행"),
    (b"SQLite format 3\x00", "SQLite 데이터베이스"),
    (b"OggS", "소리·영상"),
    (b"ID3", "소리"),
    (b"fLaC", "소리"),
    (b"\x1aE\xdf\xa3", "영상"),
    (b"%!PS", "포스트스크립트"),
    (b"{\\rtf", "RTF"),
    (b"\x00asm", "실행"),
)
_RIFF = {b"WEBP": "WebP 그림", b"WAVE": "소리", b"AVI ": "영상"}
_BRANDS = {b"heic": "HEIC 그림", b"heix": "HEIC 그림", b"mif1": "HEIC 그림", b"avif": "AVIF 그림"}
_WEB_ARCHIVE = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n)*?MIME-Version:", re.I)


class Shape(StrEnum):
    """What a file looks like at first sight, which decides who reads it."""

    PLAIN = "plain"
    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    ZIP = "zip"
    OLE = "ole"
    OTHER = "other"


def shape(data: bytes) -> Shape:
    """What the first bytes look like. OTHER is for files that are refused by name."""
    if data.startswith(OLE):
        return Shape.OLE
    if data.startswith(ZIP):
        return Shape.ZIP
    if refused(data):
        return Shape.OTHER
    if _PDF.search(data[:_PDF_HEAD]):
        return Shape.PDF
    # Without the zero bytes UTF-16 reads as ASCII.
    start = data[:HEAD].replace(b"\x00", b"").lstrip(_BLANKS)
    if _HTML.match(start):
        return Shape.HTML
    return Shape.XML if _XML.match(start) else Shape.PLAIN


def refused(data: bytes) -> str:
    """The Korean name of a format that is known and never read; "" for any other file."""
    for magic, kind in _NAMED:
        if data.startswith(magic):
            return kind
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "영상")
    if data.startswith(b"MZ") and b"\x00" in data[:64]:
        return "실행(Windows)"
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00":
        return "BMP 그림"
    if data[257:262] == b"ustar":
        return "TAR 묶음"
    if _WEB_ARCHIVE.match(data[:HEAD]) and b"multipart/related" in data[:HEAD].lower():
        return "MHTML 웹 보관"
    return ""
