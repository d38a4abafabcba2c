"""Lines of a PDF → paragraphs: where one ends, and whether a line's end cut a word.

The layout decides first: white between lines, indents, bullets, and whether the first word of a
line would have had room at the end of the line above. Where lines are cut inside words, as is
usual in Korean, the words of the rest of the document decide, then Kiwi.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from rag.korean import join_wrapped
from rag.loading.pdf_lines import Line
from rag.outline.markers import Mark, parse

_LOOSE = 1.3  # of the usual distance between lines: a paragraph ends
_SIZES = 0.08
_FEWEST = 6
_STRETCH = 0.9  # of a size: a gap between words beyond it is no blank but a table's
_WEAK_BULLETS = "·•-–—―‐*"
_OPENERS = "\"'“‘([「『<《〈"
_CLOSERS = ".,!?:;)]」』>》〉”’\"'%·"
_LONGEST_WORD = 24
# What follows a bracket or a figure without a blank.
_PARTICLE = re.compile(
    r"(?:이다|이며|이고|이나|이라|입니다|임|이었다|였다|은|는|이|가|을|를|과|와|의|에|에서|에게|으로|로|도|만|까지|부터)"
    r"(?:[.,\s]|\Z)"
)
_DOUBTFUL = ("N", "N.", "가.")  # what begins "25. 3. 4.까지" and "다. 이에" is no item
_COUNT = re.compile(r"\d[\d,.]*[십백천만억조]+\Z")
_COUNTER = re.compile(r"(?:원|불|달러|엔|유로|명|개|건|대|톤|가구|여\s)")
_STOPS = (".", "!", "?", "。", ":", ";")


class Vocabulary:
    """The words of a document that no line's end can have cut, and how they begin."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.beginnings: Counter[str] = Counter()

    def add(self, words: Iterable[str]) -> None:
        """Count words as they stand, quotation marks and brackets before them left out."""
        for word in words:
            word = word.lstrip(_OPENERS)[:_LONGEST_WORD]
            self.words[word] += 1
            self.beginnings.update(word[:k] for k in range(2, len(word) + 1))

    def joins(self, left: str, right: str) -> bool | None:
        """Whether "left" and "right", at two sides of a line's end, are one word: True where the
        document has such a word, False where it has both apart, None where it has neither or
        both."""
        left = left.lstrip(_OPENERS)
        whole = self.beginnings[left + right[:2]] > 0
        apart = self.words[left] > 0 and self.beginnings[right[:2]] > 0
        return whole if whole != apart else None


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document sets its lines. ``pitch`` is the distance of two baselines and ``blank`` the
    width of a blank, both over the size of the line. ``whole`` tells that lines end only between
    words, None where it is not known; ``trailing`` that a blank at a line's end is written where
    a word ends. ``known`` are the words that stand inside lines; ``letter`` is the
    width of a Korean letter over the size."""

    pitch: float = 1.7
    blank: float = 0.25
    whole: bool | None = None
    trailing: bool = False
    known: Vocabulary | None = None
    letter: float = 0.94


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, as one text, in NFC. ``starts`` are the offsets in ``text`` at
    which its lines begin."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def measure(columns: Iterable[Sequence[Line]], cells: Iterable[Sequence[Line]]) -> Habit:
    """The habit of a document whose columns, and cells of tables, hold these lines."""
    pitches: list[float] = []
    blanks: list[float] = []
    letters: list[float] = []
    known = Vocabulary()
    for own in cells:
        for line in own:
            known.add(line.text.split() if len(own) == 1 else line.text.split()[1:-1])
    pairs: list[tuple[Line, Line]] = []
    for lines in columns:
        for line in lines:
            known.add(line.text.split()[1:-1])
            letters += [
                word.box.width / len(word.text) / word.size
                for word in line.words[:3]
                if len(word.text) > 2 and all(map(_is_korean, word.text))
            ]
            gaps = _gaps(line)
            if len(gaps) >= 3:
                blanks.append(sum(gaps) / len(gaps) / line.size)
        for above, below in pairwise(lines):
            pitch = below.baseline - above.baseline
            if _alike(above, below) and 0 < pitch < 4 * above.size:
                full = above.slack < 4 * above.size
                if full and parse(below.text) is None:
                    pitches.append(pitch / above.size)
                    pairs.append((above, below))
    blank = sorted(blanks)[len(blanks) // 5] if blanks else 0.25
    pitch = median(pitches) if len(pitches) >= 3 else 1.7
    letter = median(letters) if len(letters) >= 3 else 0.94
    habit = Habit(pitch, min(blank, 0.5), None, False, known, letter)
    wraps = [
        (above, below)
        for above, below in pairs
        if below.baseline - above.baseline <= _LOOSE * pitch * above.size
        and not above.text.endswith(_STOPS)
    ]
    if len(wraps) < _FEWEST:
        return habit
    trailing = sum(1 for above, _ in wraps if above.ended)
    room = sum(1 for above, below in wraps if natural(above, habit) > 1.5 * above.size)
    share = room / len(wraps)
    return Habit(
        pitch,
        habit.blank,
        True if share > 0.25 else False if share < 0.12 else None,
        0.15 * len(wraps) < trailing < 0.97 * len(wraps),
        known,
        letter,
    )


def _gaps(line: Line) -> list[float]:
    """Widths of the blanks of a line."""
    return [
        gap
        for (a, b), (m, n) in zip(pairwise(line.words), pairwise(line.starts), strict=True)
        if n > m + len(a.text) and 0 < (gap := b.box.x0 - a.box.x1) < _STRETCH * line.size
    ]


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= _SIZES * max(a.size, b.size)


def natural(line: Line, habit: Habit) -> float:
    """White at the end of a line, were none of its blanks stretched to fill it."""
    usual = habit.blank * line.size
    return line.slack + sum(max(0.0, gap - usual) for gap in _gaps(line))


def split(lines: Sequence[Line], habit: Habit, cell: bool = False) -> list[list[Line]]:
    """The lines of a column, or of one ``cell`` of a table, gathered into paragraphs."""
    found: list[list[Line]] = []
    counted: dict[str, int] = {}
    if cell and len(lines) > 1:
        steps = [b.baseline - a.baseline for a, b in pairwise(lines) if b.baseline > a.baseline]
        size = median(line.size for line in lines)
        if steps:
            habit = replace(habit, pitch=max(0.8, min(steps) / size))
    for line in lines:
        mark = parse(line.text)
        if not found or _breaks(found[-1], line, mark, habit, counted, cell):
            found.append([line])
            if mark is not None and mark.number is not None:
                counted[mark.style] = mark.number
        else:
            found[-1].append(line)
    return found


def _breaks(
    above: Sequence[Line],
    line: Line,
    mark: Mark | None,
    habit: Habit,
    counted: dict[str, int],
    cell: bool,
) -> bool:
    """Whether a new paragraph begins with ``line``."""
    last = above[-1]
    size = max(last.size, line.size)
    pitch = line.baseline - last.baseline
    if not _alike(last, line) or line.bulleted or pitch < -0.5 * size:
        return True
    if pitch > _LOOSE * habit.pitch * size:
        return True
    if len(above) > 1 and pitch > 1.25 * (last.baseline - above[-2].baseline) + 1:
        return True
    if last.bold != line.bold and (all(part.bold for part in above) or not last.bold):
        whole = all(w.bold for w in line.words) or not any(w.bold for w in line.words)
        if whole and len({w.bold for part in above for w in part.words}) == 1:
            return True
    centred = _middled(last, line) if cell else _centred(last) and _centred(line)
    full = _full(last, line, habit, centred)
    if mark is not None and _begins(line, mark, full, counted):
        return True
    if not full:
        return not (centred and not cell and line.size > 0 and _title_like(above, line))
    return not cell and not centred and _indented(above, line, habit)


def _begins(line: Line, mark: Mark, full: bool, counted: dict[str, int]) -> bool:
    """Whether what looks like a marker is one, though the line above may go on."""
    if not full:
        return True
    if mark.number is None:
        spaced = line.text.startswith(mark.written + " ")
        return spaced or mark.written[:1] not in _WEAK_BULLETS
    if mark.style == "N":
        return False
    return mark.number == 1 or counted.get(mark.style) == mark.number - 1


def _full(last: Line, line: Line, habit: Habit, centred: bool) -> bool:
    """Whether the beginning of ``line`` had no room at the end of ``last``."""
    room = natural(last, habit)
    if centred:  # the white may stand on either side
        room += last.box.x0 - last.left
    first = line.words[0]
    needed = first.box.width
    if habit.whole is False and _is_korean(first.text[0]):
        needed = min(needed, 1.3 * line.size)
    return room < needed + habit.blank * line.size + 0.3 * line.size


def _indented(above: Sequence[Line], line: Line, habit: Habit) -> bool:
    """Whether a line stands so far from where the paragraph's lines begin that it is not one."""
    at = line.box.x0
    reach = 0.8 * line.size
    if len(above) > 1:
        return abs(at - above[-1].box.x0) > reach
    first = above[0]
    return at > max(first.content, first.box.x0) + reach or at < first.left - reach


def _centred(line: Line) -> bool:
    left, right = line.box.x0 - line.left, line.right - line.box.x1
    return left > 2 * line.size and abs(left - right) < line.size


def _middled(a: Line, b: Line) -> bool:
    """Whether two lines of a cell have the same middle."""
    return abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1) < 0.7 * max(a.size, b.size)


def _title_like(above: Sequence[Line], line: Line) -> bool:
    """Whether centred lines of one bold size are one title."""
    return line.bold and all(part.bold for part in above) and len(above) < 3


def _is_korean(character: str) -> bool:
    return "가" <= character <= "힣" or "一" <= character <= "鿿" or "ㄱ" <= character <= "ㆎ"


def compose(lines: Sequence[Line], habit: Habit) -> Paragraph:
    """The lines as one text: a word that a line's end cut is whole, others have a blank between."""
    texts = [line.text for line in lines]
    joined = [_joined(a, b, habit) for a, b in pairwise(lines)]
    if None in joined:
        asked = join_wrapped(texts)
        joined = [asked[k] if own is None else own for k, own in enumerate(joined)]
    parts = [texts[0]]
    starts = [0]
    at = len(texts[0])
    for text, inside in zip(texts[1:], joined, strict=True):
        parts.append(text if inside else " " + text)
        starts.append(at + (0 if inside else 1))
        at += len(parts[-1])
    whole = unicodedata.normalize("NFC", "".join(parts))
    return Paragraph(tuple(lines), whole, tuple(min(start, len(whole)) for start in starts))


def _joined(above: Line, below: Line, habit: Habit) -> bool | None:
    """Whether a word goes on from one line to the next; None where the layout does not tell."""
    left, right = above.text[-1:], below.text[:1]
    if habit.trailing:
        return not above.ended
    if left == "-" and right.isascii() and right.isalnum():
        return True
    if left.isascii() and left.isalnum() and right.isascii() and right.isalnum():
        return False
    close = left in ")%’”'\"" or (left.isascii() and left.isalnum())
    if close and _PARTICLE.match(below.text):
        return True
    if len(above.text) == len(below.text) == 1 and _is_korean(left) and _is_korean(right):
        return True  # a label written downwards
    if habit.whole:
        return False
    if _is_korean(right) and _room(above, habit) > _unbroken(below, habit):
        return False
    if _COUNT.search(above.text) and _COUNTER.match(below.text):
        return True
    if habit.known is None:
        return None
    return habit.known.joins(above.text.rsplit(None, 1)[-1], below.text.split(None, 1)[0])


def _room(line: Line, habit: Habit) -> float:
    """White at the end of a line that a letter could have stood in, less what is uncertain."""
    stretched = natural(line, habit) - line.slack
    return line.slack + stretched - (0.4 if stretched > 0.05 * line.size else 0.08) * line.size


def _unbroken(line: Line, habit: Habit) -> float:
    """Width of the first letter of a line, with the marks that may not be parted from it."""
    first = line.words[0]
    count = 1
    while count < len(first.text) and first.text[count] in _CLOSERS:
        count += 1
    letter = habit.letter * first.size + 0.5 * first.size * (count - 1)
    return min(first.box.width, letter)


def continues(above: Sequence[Line], below: Sequence[Line], habit: Habit) -> bool:
    """Whether a paragraph that ends a column goes on with the one that begins the next."""
    last, first = above[-1], below[0]
    if not _alike(last, first) or last.bold != first.bold or first.bulleted:
        return False
    if last.text.rstrip("\"'”’)]」").endswith((".", "!", "?", "。", ":")):
        return False
    mark = parse(first.text)
    if mark is not None and (mark.number in (None, 1) or mark.style not in _DOUBTFUL):
        return False
    return _full(last, first, habit, False) and first.box.x0 - first.left < 1.5 * first.size + (
        above[-1].box.x0 - above[-1].left
    )
