"""What says which form a field belongs to: the form's own words, what stands above it, and the top
of its document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rag import korean
from rag.form_words import letters
from rag.reading import read
from rag.types import Block, Document, Span

_HEAD = 700  # characters at the top of a document that say what it is
_ABOVE = 3  # blocks above a form among which its title is looked for
_TITLE = 70  # characters of the longest title
_PARENTS = 4  # bullets that hold one another
_FAR = 0.75  # what a word counts that only the top of the document holds


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a field. ``titles`` are the letters of the headings, of the lines above and
    of the bullets that hold it; ``own`` says how often each term stands in the form itself,
    ``letters`` are its letters; ``far`` are the terms and ``head`` the letters of the top of the
    document."""

    titles: str
    own: Mapping[str, int]
    letters: str
    far: frozenset[str]
    head: str

    def holds(self, term: str) -> float:
        """How well a term is met, in [0, 1]: a short one as a word, a long one by its letters."""
        form = letters(term)
        if form in self.titles or term in self.own:
            return 1.0
        long = len(form) > 2
        if long and form in self.letters:
            return 1.0
        return _FAR if term in self.far or (long and form in self.head) else 0.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Names a block by its document's digest and its place; the rest is carried along."""

    digest: str
    at: int
    document: Document = field(compare=False)
    blocks: Sequence[Block] = field(compare=False)


def context_of(document: Document, blocks: Sequence[Block], at: int) -> Context:
    """The context of the block ``at`` among a document's blocks."""
    return _context(_Place(document.digest, at, document, blocks))


@lru_cache(maxsize=1024)
def _context(place: _Place) -> Context:
    document, blocks = place.document, place.blocks
    block = blocks[place.at]
    titles = [*block.path, *_above(document, blocks, place.at)]
    own: dict[str, int] = {}
    text = document.text[block.span.start : block.span.end]
    for term in korean.terms(f"{' '.join(titles)} {text}"):
        own[term] = own.get(term, 0) + 1
    far, head = _head(_Head(document.digest, document))
    return Context(letters(" ".join(titles)), own, letters(text), far, head)


@dataclass(frozen=True, slots=True)
class _Head:
    digest: str
    document: Document = field(compare=False)


@lru_cache(maxsize=256)
def _head(source: _Head) -> tuple[frozenset[str], str]:
    document = source.document
    text = " ".join([document.title, document.issuer, document.text[:_HEAD]])
    return frozenset(korean.terms(text)), letters(text)


def _above(document: Document, blocks: Sequence[Block], at: int) -> list[str]:
    """The bullets that hold a block, and the short lines right above a table."""
    found: list[str] = []
    parent = blocks[at].parent
    for _ in range(_PARENTS):
        if parent is None:
            break
        found.append(_text(document, blocks[parent].span))
        parent = blocks[parent].parent
    if blocks[at].table is not None:
        for other in reversed(blocks[max(0, at - _ABOVE) : at]):
            if other.table is not None:
                break
            text = _text(document, other.span)
            if len(text) <= _TITLE:
                found.append(text)
    return found


def _text(document: Document, span: Span) -> str:
    return read(document.text, span).text
