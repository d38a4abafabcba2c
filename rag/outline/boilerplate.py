"""What is printed on every page: running heads, section names, page numbers.

Nothing is known by its words. A running head is a short line, or a few short lines in a row
(a side bar "02 / 국내외 / 경제이슈"), that comes back at least three times, mostly where a page
begins. A page is taken to begin after two or more blank lines, after a form feed, or after
another running head.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.outline.lines import Line, is_filler
from rag.outline.markers import parse

_MOST_LINES = 4
_LONGEST = 40
_FEWEST = 3
_MOST_OF_TEXT = 0.4
_NUMBERED_PAGE = re.compile(r"[-–—]\s*\d{1,4}\s*[-–—]\Z|\d{1,4}\s*/\s*\d{1,4}\Z")
_SECTION = re.compile(r"(\d{1,2})\s*[.．]?\s*(\D.*)\Z")
_SENTENCE = re.compile(r"[.!?。:：,]\Z|[()<>＜＞【】\[\]|]")


@dataclass(frozen=True, slots=True)
class Furniture:
    """``lines`` are the indices of lines that are boilerplate. ``sections[i]`` is the running
    section name ("02 국내외 경제이슈") in force at line ``i``, or ""."""

    lines: frozenset[int]
    sections: tuple[str, ...]


def find(lines: Sequence[Line]) -> Furniture:
    """The furniture of a document."""
    solid = [i for i, line in enumerate(lines) if not line.blank]
    gaps = _gaps(lines, solid)
    runs = _repeated(lines, solid, gaps)
    if sum(length for _, length, _ in runs) > len(solid) * _MOST_OF_TEXT:
        runs = []  # what is most of a text is not its furniture
    taken: set[int] = set()
    marks: list[tuple[int, str]] = []
    for i in solid:
        body = lines[i].body
        if _NUMBERED_PAGE.match(body) or is_filler(body):
            taken.add(i)
    for first, length, key in runs:
        members = solid[first : first + length]
        if taken.intersection(members):
            continue
        taken.update(members)
        marks.append((members[0], key))
    marks.sort()
    names = _names(lines, solid, runs)
    return Furniture(frozenset(taken), _sections(lines, solid, gaps, marks, names))


def _gaps(lines: Sequence[Line], solid: Sequence[int]) -> list[int]:
    """Blank lines before each solid line; the first counts as a page top."""
    gaps: list[int] = []
    last = -1
    for i in solid:
        gap = i - last - 1
        if any("\f" in lines[j].text for j in range(last + 1, i + 1)):
            gap = max(gap, 2)
        gaps.append(gap if last >= 0 else max(gap, 2))
        last = i
    return gaps


def _plain(line: Line) -> bool:
    body = line.body
    if len(body) > _LONGEST or "\t" in body or _SENTENCE.search(body):
        return False
    mark = parse(line.text)
    return mark is None or mark.style in {"N", "0N."}


def _key(parts: Sequence[str]) -> str:
    return "".join(unicodedata.normalize("NFKC", "".join(parts)).split())


def _repeated(
    lines: Sequence[Line], solid: Sequence[int], gaps: Sequence[int]
) -> list[tuple[int, int, str]]:
    """(position in ``solid``, number of lines, key) of each repeated run, longest runs first."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    plain = [_plain(lines[i]) for i in solid]
    for at in range(len(solid)):
        parts: list[str] = []
        for length in range(1, _MOST_LINES + 1):
            here = at + length - 1
            if here >= len(solid) or not plain[here] or (length > 1 and gaps[here] > 2):
                break
            parts.append(lines[solid[here]].body)
            key = _key(parts)
            if len(key) > _LONGEST:
                break
            places[key].append((at, length))
    tops = {at for at in range(len(solid)) if gaps[at] >= 2}
    chosen: dict[int, tuple[int, str]] = {}
    frequent = {k: p for k, p in places.items() if len({a for a, _ in p}) >= _FEWEST and k}
    # Two passes: heads that stand at page tops first, then those that follow such a head.
    for _ in range(2):
        # The most frequent first, so that a head that all pages share parts from a section name
        # below it; then the longest, so that "02" and the name under it stay together.
        for key, found in sorted(
            frequent.items(), key=lambda item: (-len(item[1]), -len(item[0]), item[0])
        ):
            if key.isdigit():
                continue
            anchored = sum(1 for at, _ in found if _follows_head(at, tops, chosen))
            if anchored * 2 < len(found) or anchored < 2:
                continue
            for at, length in found:
                if any(at + k in chosen for k in range(length)):
                    continue
                for k in range(length):
                    chosen[at + k] = (at, key)
    runs: dict[int, list[int]] = defaultdict(list)
    keys: dict[int, str] = {}
    for at, (first, key) in chosen.items():
        runs[first].append(at)
        keys[first] = key
    return [(first, len(members), keys[first]) for first, members in sorted(runs.items())]


def _follows_head(at: int, tops: set[int], chosen: dict[int, tuple[int, str]]) -> bool:
    return at in tops or (at - 1) in chosen


def _names(
    lines: Sequence[Line], solid: Sequence[int], runs: Sequence[tuple[int, int, str]]
) -> dict[str, str]:
    """Readable form of each key: the variant on the fewest lines, joined by blanks."""
    best: dict[str, tuple[int, str]] = {}
    for first, length, key in runs:
        words = " ".join(" ".join(lines[solid[first + k]].body.split()) for k in range(length))
        if key not in best or (length, words) < best[key]:
            best[key] = (length, words)
    return {key: words for key, (_, words) in best.items()}


def _sections(
    lines: Sequence[Line],
    solid: Sequence[int],
    gaps: Sequence[int],
    marks: Sequence[tuple[int, str]],
    names: dict[str, str],
) -> tuple[str, ...]:
    """Section in force per line. A name printed anywhere on a page holds for all of the page and
    goes on until another is printed or the page's other running head changes."""
    at_line = dict(marks)
    pages: list[tuple[int, str, str]] = []  # first line, running head, section
    for position, i in enumerate(solid):
        key = at_line.get(i)
        name = names.get(key, "") if key else ""
        section = name if _SECTION.match(name) else ""
        head = name if name and not section else ""
        if position == 0 or gaps[position] >= 2 or (head and pages[-1][1] != head):
            pages.append((i, head, section))
        elif section and not pages[-1][2]:
            pages[-1] = (pages[-1][0], pages[-1][1] or head, section)
        elif head and not pages[-1][1]:
            pages[-1] = (pages[-1][0], head, pages[-1][2])
    filled: list[tuple[int, str]] = []
    head = section = ""
    for first, page_head, page_section in pages:
        if page_head and head and page_head != head:
            section = ""
        head = page_head or head
        section = page_section or section
        filled.append((first, section))
    first_known = next((k for k, (_, s) in enumerate(filled) if s), None)
    if first_known is not None:
        for k in range(1, first_known):
            filled[k] = (filled[k][0], filled[first_known][1])
    result: list[str] = []
    at = -1
    for i in range(len(lines)):
        while at + 1 < len(filled) and filled[at + 1][0] <= i:
            at += 1
        result.append(filled[at][1] if at >= 0 else "")
    return tuple(result)
