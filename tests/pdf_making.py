"""PDFs written by hand: small honest ones, and those that mean harm."""

from __future__ import annotations

import zlib
from hashlib import md5


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A file of numbered objects from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (
        len(packed),
        extra,
        packed,
    )


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pages(
    contents: list[bytes], box: bytes = b"0 0 595 842", page: bytes = b"", root: bytes = b""
) -> bytes:
    """A file of pages with these drawing commands; /F is Helvetica."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * k) for k in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        FONT,
    ]
    for k, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>%s>>" % (box, 5 + 2 * k, page)
        )
        objects.append(stream(content))
    return pdf(objects)


def say(text: bytes, x: float = 60, y: float = 700, size: float = 11) -> bytes:
    """The command that writes a line of Latin text."""
    return b"BT /F %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text)


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def locked(text: bytes, password: bytes, permissions: int) -> bytes:
    """A page locked with the standard handler, revision 2: needed to open it is ``password``."""
    user = (password + _PAD)[:32]
    owner = _rc4(md5((b"owner" + _PAD)[:32]).digest()[:5], user)
    number = permissions & 0xFFFFFFFF
    key = md5(user + owner + number.to_bytes(4, "little") + b"id").digest()[:5]
    content = _rc4(md5(key + b"\x04\x00\x00\x00\x00").digest()[:10], say(text))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        FONT,
        b"<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>"
        % (permissions, owner.hex().encode(), _rc4(key, _PAD).hex().encode()),
    ]
    return pdf(objects, b"/Encrypt 6 0 R/ID[<6964><6964>]")
