"""Run as a program: a PDF on standard input → its words and rules as JSON on standard output.

A hostile PDF may make the C library crash, hang or ask for all memory; so it is read in a process
of its own, with a limit of memory and of time for each page. Nothing of this project is imported
here: the file runs by its path.

The first line of the output says how reading went::

    {"error": "" | "missing" | "password" | "copying" | "format" | "pages" | "crowded" | "work"
              | "memory", "title": …}

and each line after it holds one page (points, origin at the upper left, y downwards)::

    {"label": "3", "width": 595.2, "height": 841.9, "images": 1, "dense": false, "lost": 0,
     "words": [[text, x0, y0, x1, y1, baseline, size, spaced, style], …],
     "rules": [[x0, y0, x1, y1], …], "fills": [[x0, y0, x1, y1], …], "dots": [[x0, y0, x1, y1], …]}

Words are in the order of the file. ``spaced`` is 0 where a word follows the one before it without
a blank, 1 where the library saw a gap, 2 where the file itself holds a blank, 3 where a new line
begins, 4 where it begins after a blank of the file. ``lost`` counts the characters whose font does
not say what they are. ``style`` counts 1 for bold and 2 for writing that is not horizontal. Rules
are drawn lines, level or upright; fills are coloured boxes without one; dots are drawn bullets.
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import signal
import sys
from bisect import bisect_left
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from typing import Any

MEMORY = 1 << 30
PAGE_SECONDS = 6.0
MOST_PAGES = 5_000
FEW_PAGES = 200
BYTES_OF_A_PAGE = 50
MOST_CHARACTERS = 200_000  # of a page
MOST_IN_ALL = 3_000_000  # a word counts as three at least
LEAST_IN_ALL = 200_000
MOST_PER_BYTE = 5  # one page's text drawn on thousands of pages is no document
MOST_OBJECTS = 60_000  # of a page
MOST_SEGMENTS = 200_000  # of a page
MOST_RULES = 20_000
MOST_FILLS = 2_000
DEEPEST = 8
THIN = 3.0  # points; a filled box no thicker is a rule
_COPYING = 1 << 4  # the permission to copy text, bit 5
_PATH, _IMAGE, _FORM = 2, 3, 5
_BREAKS = "\r\n"

Box = tuple[float, float, float, float]
Wall = tuple[float, float, float]
Matrix = tuple[float, float, float, float, float, float]


class Refused(Exception):
    """Reading has to stop; the argument is the word for it."""


def main() -> None:
    """Read standard input, write standard output; exit 0 whatever the file was like."""
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        import pypdfium2
        import pypdfium2.raw as raw
    except ImportError:
        out.write(b'{"error": "missing"}\n')
        return
    _limit_memory()
    _limit_time()
    try:
        head, pages = _read(data, pypdfium2, raw)
    except Refused as refusal:
        head, pages = {"error": str(refusal)}, []
    except MemoryError:
        head, pages = {"error": "memory"}, []
    out.writelines([_line(head), *pages])
    out.flush()


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not every system has such limits
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _limit_time() -> None:
    """Have the system end this process unless called again in time: no Python code runs while
    the library is busy."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, PAGE_SECONDS)


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _read(data: bytes, pdfium: Any, raw: Any) -> tuple[dict[str, Any], list[bytes]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Refused("password" if locked else "format") from None
    handler = raw.FPDF_GetSecurityHandlerRevision(document)
    if handler > 0 and not raw.FPDF_GetDocPermissions(document) & _COPYING:
        raise Refused("copying")
    count = raw.FPDF_GetPageCount(document)
    if not 1 <= count <= MOST_PAGES:
        raise Refused("pages" if count > 0 else "format")
    if count > max(FEW_PAGES, len(data) // BYTES_OF_A_PAGE):
        raise Refused("crowded")
    head = {"error": "", "title": document.get_metadata_dict().get("Title", "")}
    pages: list[bytes] = []
    left = min(MOST_IN_ALL, max(LEAST_IN_ALL, MOST_PER_BYTE * len(data)))
    for number in range(count):
        handle = raw.FPDF_LoadPage(document, number)
        if not handle:
            pages.append(_line({"label": _label(raw, document, number), "unread": True}))
            continue
        try:
            page = _page(raw, handle)
        finally:
            raw.FPDF_ClosePage(handle)
        left -= sum(max(3, len(word[0])) for word in page["words"])
        if left < 0:
            raise Refused("work")
        pages.append(_line({"label": _label(raw, document, number), **page}))
        if page["words"]:
            _limit_time()
    return head, pages


def _label(raw: Any, document: Any, number: int) -> str:
    size = raw.FPDF_GetPageLabel(document, number, None, 0)
    if not 2 < size <= 200:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetPageLabel(document, number, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


class Turn:
    """How a page's own coordinates come to those of the page as it is read."""

    def __init__(self, left: float, bottom: float, right: float, top: float, quarters: int) -> None:
        self.edges = (left, bottom, right, top)
        self.quarters = quarters % 4
        size = (right - left, top - bottom)
        self.width, self.height = size if self.quarters % 2 == 0 else (size[1], size[0])

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.edges
        if self.quarters == 0:
            return x - left, top - y
        if self.quarters == 1:
            return y - bottom, x - left
        if self.quarters == 2:
            return right - x, y - bottom
        return top - y, right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        a, b = self.point(x0, y0), self.point(x1, y1)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _page(raw: Any, page: Any) -> dict[str, Any]:
    bounds = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, bounds):
        bounds = raw.FS_RECTF(0, 842, 595, 0)
    edges = (bounds.left, bounds.bottom, bounds.right, bounds.top)
    if not all(math.isfinite(edge) and abs(edge) < 1e6 for edge in edges):
        raise Refused("format")
    text = raw.FPDFText_LoadPage(page)
    if not text:
        raise Refused("format")
    try:
        count = raw.FPDFText_CountChars(text)
        if count > MOST_CHARACTERS:
            raise Refused("work")
        quarters = _text_turn(raw, text, count)
        turn = Turn(*edges, raw.FPDFPage_GetRotation(page) if quarters is None else quarters)
        drawing = Drawing(raw, turn)
        drawing.walk_page(page)
        words, lost = _words(raw, text, count, turn, drawing.walls())
    finally:
        raw.FPDFText_ClosePage(text)
    return {
        "width": round(turn.width, 1),
        "height": round(turn.height, 1),
        "images": drawing.images,
        "dense": drawing.dense,
        "lost": lost,
        "words": words,
        "rules": [] if drawing.dense else drawing.rules,
        "fills": [] if drawing.dense else drawing.fills[:MOST_FILLS],
        "dots": drawing.dots[:1000],
    }


def _text_turn(raw: Any, text: Any, count: int) -> int | None:
    """Quarter turns, clockwise, that make most of the text upright; None without text. A page's
    own /Rotate says the same where it is right, and nothing where text is set sideways."""
    seen: Counter[int] = Counter()
    for i in range(0, count, max(1, count // 200)):
        angle = raw.FPDFText_GetCharAngle(text, i)
        if angle >= 0:
            seen[-round(angle / (math.pi / 2)) % 4] += 1  # it is counted clockwise
    return seen.most_common(1)[0][0] if seen else None


def _words(
    raw: Any, text: Any, count: int, turn: Turn, walls: list[Wall]
) -> tuple[list[list[Any]], int]:
    words: list[list[Any]] = []
    letters: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    base = size = 0.0
    lost, style, spaced, before = 0, 0, 3, 3
    rect = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    upper = 0  # a high surrogate that waits for its low one

    def close() -> None:
        if letters:
            places = (round(v, 2) for v in (*box, base, size))
            words.append(["".join(letters), *places, spaced, style])
            letters.clear()

    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            upper = code
            continue
        if 0xDC00 <= code < 0xE000 and upper:
            code = 0x10000 + ((upper - 0xD800) << 10) + (code - 0xDC00)
        upper = 0
        if raw.FPDFText_HasUnicodeMapError(text, i) == 1 or code in (0, 0xFFFD):
            lost += 1
        if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            continue
        letter = "-" if code in (2, 0xAD) else chr(code)
        if letter.isspace() or code < 32:
            close()
            if letter in _BREAKS:
                before = 4 if before in (2, 4) else 3
            elif not raw.FPDFText_IsGenerated(text, i):
                before = 4 if before > 2 else 2
            elif before < 3:
                before = max(before, 1)
            continue
        if not raw.FPDFText_GetLooseCharBox(text, i, rect):
            continue
        here = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        baseline = turn.point(x.value, y.value)[1]
        if not all(math.isfinite(v) and abs(v) < 1e6 for v in (*here, baseline)):
            continue
        height = here[3] - here[1]
        if letters and (
            abs(baseline - base) > 0.15 * size
            or abs(height - size) > 0.2 * size
            or here[0] - box[2] > 0.5 * size
            or here[0] < box[0] - 0.5 * size
            or len(letters) >= 500
        ):
            close()
            before = 0
        if letters and walls and _walled(walls, box[2], here[0], (here[1] + here[3]) / 2):
            close()
            before = 1
        if not letters:
            spaced, before = before, 0
            base = baseline
            size = max(0.1, height)
            style = _style(raw, text, i, turn)
            box = [*here]
        letters.append(letter)
        box = [*map(min, box[:2], here[:2]), *map(max, box[2:], here[2:])]
        before = 0
    close()
    return words, lost


def _walled(walls: list[Wall], left: float, right: float, y: float) -> bool:
    """Whether a rule stands between two letters: the edge of a cell parts words too."""
    at = bisect_left(walls, (left - 1, 0.0, 0.0))
    for x, low, high in walls[at : at + 50]:
        if x > right + 1:
            return False
        if low <= y <= high:
            return True
    return False


def _style(raw: Any, text: Any, i: int, turn: Turn) -> int:
    angle = raw.FPDFText_GetCharAngle(text, i)
    quarters = round(angle / (math.pi / 2)) if angle >= 0 else 0
    slanted = angle >= 0 and (
        abs(angle - quarters * math.pi / 2) > 0.02 or (quarters + turn.quarters) % 4 != 0
    )
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, i, None, 0, flags)
    bold = raw.FPDFText_GetFontWeight(text, i) >= 600
    if 0 < length <= 200:
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFText_GetFontInfo(text, i, buffer, length, flags)
        name = buffer.value.decode("utf-8", "replace").lower()
        bold = bold or bool(re.search(r"bold|heavy|black|extrab", name))
    return int(bold) + 2 * int(slanted)


class Drawing:
    """The straight lines, boxes and dots of a page. ``dense`` tells that there are too many."""

    def __init__(self, raw: Any, turn: Turn) -> None:
        self.raw, self.turn = raw, turn
        self.rules: list[list[float]] = []
        self.fills: list[list[float]] = []
        self.dots: list[list[float]] = []
        self.images = self.objects = self.segments = 0
        self.dense = False

    def walk_page(self, page: Any) -> None:
        """Take in all objects of a page, those of its forms included."""
        raw = self.raw
        for i in range(raw.FPDFPage_CountObjects(page)):
            if self.dense:
                return
            self._take(raw.FPDFPage_GetObject(page, i), (1, 0, 0, 1, 0, 0), 0)

    def walls(self) -> list[Wall]:
        """The upright rules, as place, upper and lower end, from the left."""
        if self.dense:
            return []
        return sorted((x0, y0, y1) for x0, y0, x1, y1 in self.rules if x0 == x1 and y1 - y0 > 4)

    def _take(self, item: Any, outer: Matrix, depth: int) -> None:
        raw = self.raw
        self.objects += 1
        self.dense = self.dense or self.objects > MOST_OBJECTS
        kind = raw.FPDFPageObj_GetType(item)
        if kind == _IMAGE:
            self.images += 1
        elif kind == _PATH:
            self._path(item, _compose(self._matrix(item), outer))
        elif kind == _FORM and depth < DEEPEST:
            inner = _compose(self._matrix(item), outer)
            for i in range(max(0, raw.FPDFFormObj_CountObjects(item))):
                if self.dense:
                    return
                self._take(raw.FPDFFormObj_GetObject(item, i), inner, depth + 1)

    def _matrix(self, item: Any) -> Matrix:
        matrix = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(item, matrix):
            return (1, 0, 0, 1, 0, 0)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _path(self, item: Any, matrix: Matrix) -> None:
        raw = self.raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
            return
        count = raw.FPDFPath_CountSegments(item)
        self.segments += max(0, count)
        if self.segments > MOST_SEGMENTS:
            self.dense = True
            return
        lines: list[list[tuple[float, float]]] = []
        curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        a, b, c, d, e, f = matrix
        for i in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, i)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            u, v = x.value, y.value
            kind = raw.FPDFPathSegment_GetType(segment)
            point = self.turn.point(a * u + c * v + e, b * u + d * v + f)
            if not all(math.isfinite(value) and abs(value) < 1e6 for value in point):
                return
            if kind == raw.FPDF_SEGMENT_MOVETO or not lines:
                lines.append([])
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            lines[-1].append(point)
            if raw.FPDFPathSegment_GetClose(segment):
                lines[-1].append(lines[-1][0])
        for line in lines:
            self._line(line, bool(fill.value), bool(stroke.value), curved, item)
        self.dense = self.dense or len(self.rules) > MOST_RULES

    def _line(
        self, line: list[tuple[float, float]], fill: bool, stroke: bool, curved: bool, item: Any
    ) -> None:
        xs, ys = [p[0] for p in line], [p[1] for p in line]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        width, height = x1 - x0, y1 - y0
        if fill and 2 <= width <= 7 and 2 <= height <= 7 and abs(width - height) < 1:
            self.dots.append([round(v, 2) for v in (x0, y0, x1, y1)])
            return
        if stroke:
            for (ax, ay), (bx, by) in pairwise(line):
                if abs(ax - bx) < 0.5 < abs(ay - by) or abs(ay - by) < 0.5 < abs(ax - bx):
                    self._rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        elif max(width, height) <= THIN and not curved:  # a dot of a dotted line, level or upright
            x, y = round((x0 + x1) / 2, 2), round((y0 + y1) / 2, 2)
            self.rules += [[round(x0, 2), y, round(x1, 2), y], [x, round(y0, 2), x, round(y1, 2)]]
        elif min(width, height) <= THIN and not curved:
            self._rule(x0, y0, x1, y1)
        elif not curved and len(line) <= 6 and self._coloured(item):
            self.fills.append([round(v, 2) for v in (x0, y0, x1, y1)])

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if x1 - x0 >= y1 - y0:
            y0 = y1 = (y0 + y1) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        self.rules.append([round(v, 2) for v in (x0, y0, x1, y1)])

    def _coloured(self, item: Any) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not self.raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
            return False
        return alpha.value > 0 and min(red.value, green.value, blue.value) < 254


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


if __name__ == "__main__":
    main()
