"""Run all measurements and print them: ``python -m tests.bench``."""

import tempfile
from pathlib import Path

from tests.bench.engines import lexical, neighbours
from tests.bench.formats import formats
from tests.bench.measure import show
from tests.bench.pipeline import DOCUMENTS, asking, building, many
from tests.bench.startup import starting


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index_dir = Path(folder) / "index"
        show("색인 만들기", building(index_dir))
        large = Path(folder) / "large"
        show("작은 문서 여럿", many(Path(folder) / "documents", large))
        show("질문 하나", asking(index_dir))
        show(f"질문 하나, 문서 {DOCUMENTS:,}개에", asking(large))
        show("시작과 메모리", starting(index_dir, large))
    show("문서 형식", formats())
    show("낱말 검색", lexical())
    show("벡터 검색", neighbours())


if __name__ == "__main__":
    main()
