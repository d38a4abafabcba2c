"""Bytes of a text file → source text, or one clear Korean sentence about what is wrong."""

from __future__ import annotations

import errno
import unicodedata
from pathlib import Path

from rag.errors import SourceError
from rag.loading import pages
from rag.loading.extracted import Extracted

_BOM = b"\xef\xbb\xbf"
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_OTHER_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL_SHARE = 0.02
_SAMPLE = 8192


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
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            raise SourceError(
                f"문서 '{path.name}'은(는) 돌고 도는 링크라 읽지 못했습니다. 원본 파일을 넣어 주세요."
            ) from None
        raise SourceError(
            f"문서 '{path.name}'을(를) 읽지 못했습니다({error}). 파일과 저장 장치를 확인해 주세요."
        ) from None


def read_text(data: bytes, name: str) -> Extracted:
    """The text behind ``data`` with the pages that it prints; a warning says which encoding it
    was in where that was not UTF-8. Errors as from :func:`decode`."""
    text, encoding = decode(data, name)
    return Extracted(text, pages=pages.find(text), warnings=reencoded(encoding))


def reencoded(encoding: str) -> tuple[str, ...]:
    """The warning about a text that was not in UTF-8; () for "UTF-8"."""
    if encoding == "UTF-8":
        return ()
    return (f"UTF-8이 아닌 {encoding} 인코딩이라 바꾸어 읽었습니다.",)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The source text behind ``data``, NFC, newlines "\\n", no byte order mark; and the name of
    the encoding it was in: "UTF-8", "UTF-16" or "UTF-32" by their marks, or "CP949(EUC-KR)"
    where all bytes are of that and most of what is not ASCII is Hangul.

    Raises SourceError where the file is empty, blank, binary or in another encoding; the message
    says what it seems to be and what to do.
    """
    if not data:
        raise SourceError(f"문서 '{name}'이(가) 비어 있습니다. 내용이 있는 파일로 바꿔 주세요.")
    text, encoding = _decoded(data, name)
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
    return text, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _OTHER_BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.upper()
            except UnicodeDecodeError:
                raise SourceError(
                    f"문서 '{name}'은(는) {encoding.upper()} 글로 시작하지만 손상되었거나 잘려 "
                    "있습니다. UTF-8 텍스트(.txt)로 다시 저장해 주세요."
                ) from None
    try:
        return data.removeprefix(_BOM).decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        at = error.start
    if b"\x00" not in data:
        try:
            text = data.decode("cp949")
        except UnicodeDecodeError:
            text = ""
        if _is_korean(text):
            return text, "CP949(EUC-KR)"
    elif _utf16(data[: 1 << 16]):
        raise SourceError(
            f"문서 '{name}'은(는) UTF-8이 아니라 UTF-16 인코딩인 것 같습니다. UTF-8로 바꿔 주세요"
            f"(예: iconv -f UTF-16LE -t UTF-8 '{name}' > 새파일.txt)."
        )
    raise SourceError(
        f"문서 '{name}'은(는) UTF-8 텍스트가 아니며 ({at + 1:,}번째 바이트) 이진 파일이거나 손상된 "
        "것 같습니다. UTF-8 텍스트(.txt)로 다시 저장해 주세요."
    )


def _controls(text: str) -> float:
    sample = text[:_SAMPLE]
    odd = sum(1 for c in sample if unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v")
    return odd / len(sample) if sample else 0.0


def _is_korean(text: str) -> bool:
    """Whether most of what is not ASCII is Hangul."""
    korean = sum(1 for c in text if "가" <= c <= "힣")
    foreign = sum(1 for c in text if ord(c) > 0x7F)
    return korean * 2 > foreign and korean > 0


def _utf16(sample: bytes) -> bool:
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = sample[: len(sample) // 2 * 2].decode(name)
        except UnicodeDecodeError:
            continue
        if sum(1 for c in text if c.isprintable() or c.isspace()) > 0.95 * len(text):
            return True
    return False
