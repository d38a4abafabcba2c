"""Files of any format with bytes changed and cut off, and what must come of reading them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from extracted_text import Reader
from hypothesis import strategies as st

from rag.errors import SourceError
from rag.loading.extracted import Extracted


@dataclass(frozen=True)
class Damaged:
    """A file, what is done to it, and where it is cut off. Its bytes are not shown."""

    sample: bytes = field(repr=False)
    flips: tuple[tuple[int, int], ...]  # place, byte
    cut: int

    @property
    def contents(self) -> tuple[bytes, bytes]:
        """The file with the changed bytes, whole and cut off."""
        data = bytearray(self.sample)
        for at, value in self.flips:
            data[at] = value
        return bytes(data), bytes(data[: self.cut])


@st.composite
def damaged(draw: st.DrawFn, *samples: bytes, head: int = 0) -> Damaged:
    """One of the samples with up to twelve bytes changed, for every other file with a ``head``
    all within that many first bytes, and cut off anywhere."""
    sample = draw(st.sampled_from(samples))
    places = st.integers(0, len(sample) - 1)
    if head and draw(st.booleans()):
        places = st.integers(0, head - 1)
    flips = draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=12))
    return Damaged(sample, tuple(flips), draw(st.integers(0, len(sample))))


def consistent(found: Extracted) -> None:
    """Asserts what every consumer of an extracted text relies on."""
    assert found.text.strip()
    assert unicodedata.is_normalized("NFC", found.text)
    at = 0
    for block in found.stated:
        assert at <= block.span.start < block.span.end <= len(found.text)
        at = block.span.end
        if block.table is not None:
            assert all(block.span.covers(c.span) for c in block.table.cells)
            assert all(c.row + c.row_span <= block.table.rows for c in block.table.cells)
            assert all(c.column + c.column_span <= block.table.columns for c in block.table.cells)
    starts = [mark.start for mark in found.pages]
    assert starts == sorted(set(starts))


def read_or_refused(read: Reader, data: bytes, name: str) -> None:
    """Asserts that reading gives a consistent document, or an error that names the file."""
    try:
        found = read(data)
    except SourceError as error:
        assert name in str(error)
        return
    consistent(found)
