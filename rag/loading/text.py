"""Bytes of a text file → source text, or one clear Korean sentence about what is wrong."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from rag.errors import SourceError

_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_CONTROL_SHARE = 0.02
_SAMPLE = 8192
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP 계열(HWPX·DOCX·XLSX)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "HWP 또는 옛 MS 오피스"),
    (b"\x89PNG", "PNG 그림"),
    (b"\xff\xd8\xff", "JPEG 그림"),
    (b"GIF8", "GIF 그림"),
    (b"\x1f\x8b", "GZIP 압축"),
)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises SourceError where it is missing, a folder, or unreadable."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"문서 '{path}'이(가) 없습니다. 경로를 확인해 주세요.") from None
    except IsADirectoryError:
        raise SourceError(f"'{path}'은(는) 폴더입니다. 문서 파일을 지정해 주세요.") from None
    except PermissionError:
        raise SourceError(
            f"문서 '{path.name}'을(를) 읽을 권한이 없습니다. 파일 권한을 확인해 주세요."
        ) from None
    except (OSError, ValueError) as error:
        raise SourceError(
            f"문서 '{path.name}'을(를) 읽지 못했습니다({error}). 파일과 저장 장치를 확인해 주세요."
        ) from None


def decode(data: bytes, name: str) -> str:
    """The source text behind ``data``: NFC, newlines "\\n", no byte order mark.

    Raises SourceError where the file is empty, blank, binary or not UTF-8; the message names the
    encoding or format it seems to have and what to do.
    """
    if not data:
        raise SourceError(f"문서 '{name}'이(가) 비어 있습니다. 내용이 있는 파일로 바꿔 주세요.")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError(
                f"문서 '{name}'은(는) {kind} 파일이라 아직 읽지 못합니다. "
                "UTF-8 텍스트(.txt)로 저장해 주세요."
            )
    for mark, kind in _OTHER_BOMS:
        if data.startswith(mark):
            raise SourceError(_not_utf8(name, kind))
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(_not_utf8(name, _guess(data), error.start)) from None
    if "\x00" in text or _controls(text) > _CONTROL_SHARE:
        raise SourceError(
            f"문서 '{name}'은(는) 텍스트가 아닌 이진 파일입니다. "
            "UTF-8 텍스트(.txt)로 저장해 주세요."
        )
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip("\ufeff \t\n\f\v\u00a0\u3000"):
        raise SourceError(
            f"문서 '{name}'에 글자가 없습니다(공백뿐). 내용이 있는 파일로 바꿔 주세요."
        )
    return text


def _controls(text: str) -> float:
    sample = text[:_SAMPLE]
    odd = sum(1 for c in sample if unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v")
    return odd / len(sample) if sample else 0.0


def _guess(data: bytes) -> str:
    """The encoding that the bytes seem to be in, or ""."""
    sample = data[: 1 << 16]
    if sample.count(b"\x00") > len(sample) // 10:
        return "UTF-16" if len(sample) > 3 and _utf16(sample) else ""
    for cut in range(3):
        try:
            text = sample[: len(sample) - cut].decode("cp949")
        except UnicodeDecodeError:
            continue
        korean = sum(1 for c in text if "가" <= c <= "힣")
        foreign = sum(1 for c in text if ord(c) > 0x7F)
        return "CP949(EUC-KR)" if korean * 2 > foreign and korean else ""
    return ""


def _utf16(sample: bytes) -> bool:
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = sample[: len(sample) // 2 * 2].decode(name)
        except UnicodeDecodeError:
            continue
        if sum(1 for c in text if c.isprintable() or c.isspace()) > 0.95 * len(text):
            return True
    return False


def _not_utf8(name: str, seems: str, at: int | None = None) -> str:
    if not seems:
        where = f"({at + 1:,}번째 바이트) " if at is not None else ""
        return (
            f"문서 '{name}'은(는) UTF-8 텍스트가 아니며 {where}이진 파일이거나 손상된 것 같습니다. "
            "UTF-8 텍스트(.txt)로 다시 저장해 주세요."
        )
    code = "CP949" if seems.startswith("CP949") else "UTF-16"
    return (
        f"문서 '{name}'은(는) UTF-8이 아니라 {seems} 인코딩인 것 같습니다. "
        f"UTF-8로 바꿔 주세요(예: iconv -f {code} -t UTF-8 '{name}' > 새파일.txt)."
    )
