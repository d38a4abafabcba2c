"""What the tests of the readers of files ask of the text that a reader gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.errors import SourceError
from rag.loading.extracted import Extracted
from rag.types import Block, BlockKind, Cell

Reader = Callable[[bytes], Extracted]


def lines(found: Extracted) -> list[str]:
    """Its lines but the empty ones."""
    return [line for line in found.text.split("\n") if line]


def said(found: Extracted, part: Block | Cell) -> str:
    """The text of a block or a cell."""
    return found.text[part.span.start : part.span.end]


def table_blocks(found: Extracted) -> list[Block]:
    return [block for block in found.stated if block.kind is BlockKind.TABLE]


def refused(read: Reader, data: bytes) -> str:
    """The sentence with which a reader refuses a file."""
    with pytest.raises(SourceError) as error:
        read(data)
    return str(error.value)
