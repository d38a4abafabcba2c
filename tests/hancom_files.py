"""Small HWPX and HWP 5 files made by hand, so that each test says what its document holds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://www.hancom.co.kr/hwpml/2011/{name}"'
    for prefix, name in (("hp", "paragraph"), ("hs", "section"), ("hh", "head"), ("hc", "core"))
)


# HWPX -----------------------------------------------------------------------------------------


def p(*runs: str, shape: int = 0, lines: Sequence[int] = (), page_break: bool = False) -> str:
    """A paragraph; a run that is no markup is text."""
    inside = "".join(
        run if run.startswith("<hp:") else f"<hp:t>{escape(run)}</hp:t>" for run in runs
    )
    segments = "".join(f'<hp:lineseg vertpos="{at}" vertsize="1000"/>' for at in lines)
    layout = f"<hp:linesegarray>{segments}</hp:linesegarray>" if lines else ""
    return (
        f'<hp:p paraPrIDRef="{shape}" pageBreak="{int(page_break)}">'
        f"<hp:run>{inside}</hp:run>{layout}</hp:p>"
    )


def sub_list(*paragraphs: str) -> str:
    return f"<hp:subList>{''.join(paragraphs)}</hp:subList>"


def auto_number(number: int, kind: str, suffix: str = "", shape: str = "DIGIT") -> str:
    return (
        f'<hp:ctrl><hp:autoNum num="{number}" numType="{kind}"><hp:autoNumFormat type="{shape}" '
        f'userChar="" prefixChar="" suffixChar="{suffix}"/></hp:autoNum></hp:ctrl>'
    )


def note(number: int, *paragraphs: str, kind: str = "footNote") -> str:
    first, *more = paragraphs
    numbered = p(auto_number(number, kind.upper(), ")"), first)
    return f"<hp:ctrl><hp:{kind}>{sub_list(numbered, *map(p, more))}</hp:{kind}></hp:ctrl>"


def cell(
    row: int, column: int, *paragraphs: str, spans: tuple[int, int] = (1, 1), header: bool = False
) -> str:
    return (
        f'<hp:tc header="{int(header)}">{sub_list(*paragraphs)}'
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="{spans[1]}" rowSpan="{spans[0]}"/></hp:tc>'
    )


def table(
    rows: Sequence[Sequence[str]], caption: str = "", side: str = "TOP", attributes: str = ""
) -> str:
    title = f'<hp:caption side="{side}">{sub_list(caption)}</hp:caption>' if caption else ""
    body = "".join(f"<hp:tr>{''.join(row)}</hp:tr>" for row in rows)
    return f'<hp:tbl rowCnt="{len(rows)}" {attributes}>{title}{body}</hp:tbl>'


def grid(*rows: Sequence[str]) -> str:
    """A table of plain cells."""
    return table(
        [[cell(r, c, p(word)) for c, word in enumerate(row)] for r, row in enumerate(rows)]
    )


def section(*paragraphs: str) -> str:
    return f"<hs:sec {_NAMESPACES}>{''.join(paragraphs)}</hs:sec>"


def header(
    heads: Mapping[int, tuple[str, int, int]] | None = None,
    numberings: Mapping[int, Sequence[tuple[str, str, int]]] | None = None,
    bullets: Mapping[int, str] | None = None,
    more: str = "",
) -> str:
    """``heads``: shape → (type, list, level); ``numberings``: id → (pattern, format, start)."""
    shapes = "".join(
        f'<hh:paraPr id="{at}"><hh:heading type="{kind}" idRef="{of}" level="{level}"/></hh:paraPr>'
        for at, (kind, of, level) in (heads or {}).items()
    )
    lists = "".join(
        f'<hh:numbering id="{at}" start="0">'
        + "".join(
            f'<hh:paraHead level="{k}" start="{start}" numFormat="{shape}">{escape(pattern)}'
            "</hh:paraHead>"
            for k, (pattern, shape, start) in enumerate(levels, start=1)
        )
        + "</hh:numbering>"
        for at, levels in (numberings or {}).items()
    )
    signs = "".join(
        f'<hh:bullet id="{at}" char={quoteattr(sign)}/>' for at, sign in (bullets or {}).items()
    )
    return f"<hh:head {_NAMESPACES}><hh:refList>{lists}{signs}{shapes}</hh:refList>{more}</hh:head>"


def hwpx(*sections: str, head: str = "", files: Mapping[str, bytes | str] | None = None) -> bytes:
    """An HWPX package. ``sections`` are whole sections or, where they are none, paragraphs."""
    whole = [part if part.startswith(("<hs:sec", "<?xml")) else section(part) for part in sections]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip", zipfile.ZIP_STORED)
        archive.writestr("Contents/header.xml", head or header())
        for at, part in enumerate(whole):
            archive.writestr(f"Contents/section{at}.xml", part)
        for path, content in (files or {}).items():
            archive.writestr(path, content)
    return out.getvalue()


# HWP 5 ----------------------------------------------------------------------------------------


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    size = len(data)
    head = tag | level << 10 | min(size, 0xFFF) << 20
    return struct.pack("<I", head) + (struct.pack("<I", size) if size >= 0xFFF else b"") + data


def control(kind: str) -> str:
    """The eight characters that stand for a control in a paragraph's text."""
    code = {"secd": 2, "cold": 2, "tbl ": 11, "gso ": 11, "eqed": 11, "form": 11, "fn  ": 17, "en  ": 17,
            "atno": 18, "head": 16, "tcmt": 15}[kind]  # fmt: skip
    return chr(code) + "\x00" * 6 + chr(code)


def para(text: str, level: int = 0, shape: int = 0, controls: Iterable[bytes] = ()) -> bytes:
    """A paragraph and its text; ``controls`` are the records behind those in the text."""
    wide = (text + "\r").encode("utf-16-le")
    top = struct.pack("<IIHBBHHHIH", len(wide) // 2, 0, shape, 0, 0, 1, 0, 0, 0, 0)
    return record(0x42, level, top) + record(0x43, level + 1, wide) + b"".join(controls)


def ctrl(kind: str, level: int, data: bytes = b"", inside: bytes = b"") -> bytes:
    return record(0x47, level, kind.encode()[::-1] + data) + inside


def list_header(level: int, data: bytes = b"", flags: int = 0) -> bytes:
    return record(0x48, level, struct.pack("<II", 1, flags) + data)


def cell5(row: int, column: int, text: str, level: int, spans: tuple[int, int] = (1, 1),
          flags: int = 0) -> bytes:  # fmt: skip
    place = struct.pack("<4H2I4HH", column, row, spans[1], spans[0], 0, 0, 0, 0, 0, 0, 0)
    return list_header(level, place, flags) + para(text, level)


def table5(rows: int, columns: int, cells: bytes, level: int = 1, caption: bytes = b"") -> bytes:
    shape = struct.pack("<IHH", 2, rows, columns)
    return ctrl("tbl ", level, b"\x00" * 40, caption + record(0x4D, level + 1, shape) + cells)


def auto_number5(number: int, kind: int, level: int, suffix: str = "", shape: int = 0) -> bytes:
    return ctrl(
        "atno",
        level,
        struct.pack("<IH", kind | shape << 4, number)
        + b"\x00" * 4
        + (suffix or "\x00").encode("utf-16-le"),
    )


def numbering5(levels: Sequence[tuple[str, int, int]]) -> bytes:
    """A numbering of seven levels: pattern, format, start."""
    data = b""
    for pattern, shape, _ in levels:
        wide = pattern.encode("utf-16-le")
        data += struct.pack("<IHHIH", shape << 5, 0, 50, 0xFFFFFFFF, len(pattern)) + wide
    data += struct.pack("<H", 0) + b"".join(struct.pack("<I", start) for *_, start in levels)
    return record(0x17, 1, data)


def shape5(kind: int = 0, level: int = 0, of: int = 0) -> bytes:
    """The shape of a paragraph with its head."""
    return record(0x19, 1, struct.pack("<I", kind << 23 | level << 25).ljust(30, b"\x00")
                  + struct.pack("<H", of) + b"\x00" * 14)  # fmt: skip


def hwp5(*sections: bytes, info: bytes = b"", flags: int = 1, licence: int = 0) -> bytes:
    """An HWP 5 file, its streams deflated if bit 0 of ``flags`` is set."""

    def pack(content: bytes) -> bytes:
        if not flags & 1:
            return content
        deflate = zlib.compressobj(wbits=-15)
        return deflate.compress(content) + deflate.flush()

    top = b"HWP Document File".ljust(32, b"\x00") + struct.pack(
        "<IIII", 0x05010001, flags, licence, 0
    )
    streams = {"FileHeader": top.ljust(256, b"\x00"), "DocInfo": pack(info or shape5())}
    for at, content in enumerate(sections):
        streams[f"BodyText/Section{at}"] = pack(content)
    return compound(streams)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file. Streams are padded to 4,096 bytes, so that none is a "mini" one."""
    names = ["Root Entry", *dict.fromkeys(path.split("/")[0] for path in streams)]
    inner = [path for path in streams if "/" in path]
    entries = names + inner
    contents = [streams.get(name, b"") for name in entries]
    contents = [c.ljust(4096, b"\x00") if c else c for c in contents]
    fat: list[int] = []
    starts: list[int] = []
    body = b""
    for content in contents:
        count = -(-len(content) // 512)
        starts.append(len(fat) if count else 0xFFFFFFFE)
        fat += [*range(len(fat) + 1, len(fat) + count), 0xFFFFFFFE] if count else []
        body += content.ljust(count * 512, b"\x00")
    directory = b""
    for at, name in enumerate(entries):
        kind = 5 if at == 0 else 2 if name in streams else 1
        right = child = 0xFFFFFFFF
        if at == 0:
            child = 1
        elif at < len(names):
            right = at + 1 if at + 1 < len(names) else right
            child = next((len(names) + k for k, path in enumerate(inner)
                          if path.startswith(f"{name}/")), child)  # fmt: skip
        elif at + 1 < len(entries) and entries[at + 1].split("/")[0] == name.split("/")[0]:
            right = at + 1
        label = name.rpartition("/")[2].encode("utf-16-le") + b"\x00\x00"
        directory += (
            label.ljust(64, b"\x00")
            + struct.pack("<HBB3I", len(label), kind, 1, 0xFFFFFFFF, right, child)
            + b"\x00" * 36
            + struct.pack("<IQ", starts[at], len(contents[at]))
        )
    count = -(-len(directory) // 512)
    directory = directory.ljust(count * 512, b"\x00")
    first = len(fat)
    fat += [*range(first + 1, first + count), 0xFFFFFFFE]
    tables = 1
    while len(fat) + tables > tables * 128:
        tables += 1
    where = len(fat)
    fat += [0xFFFFFFFD] * tables
    fat += [0xFFFFFFFF] * (tables * 128 - len(fat))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<III", 0, tables, first) + struct.pack("<II", 0, 4096)
        + struct.pack("<IIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + b"".join(struct.pack("<I", where + k if k < tables else 0xFFFFFFFF) for k in range(109))
    )  # fmt: skip
    return head + body + directory + struct.pack(f"<{len(fat)}I", *fat)
