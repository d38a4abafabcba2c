"""Building an index and asking it, beside bare Kiwi on the same text."""

import json
import random
import shutil
import statistics
from collections.abc import Callable
from pathlib import Path

from kiwipiepy import Kiwi

from rag import korean
from rag.assistant import Assistant
from rag.index import build
from tests.bench.measure import RUNS, Row, once, side_by_side

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
QUESTIONS = ROOT / "tests" / "golden" / "dev.jsonl"
DOCUMENTS = 1000
LINES = 20  # of a small document


def building(index_dir: Path) -> list[Row]:
    """The build of seeds/, all of it, beside tokenising the lines of the same files: one by one,
    and as Kiwi does it on all processors."""
    ours, bare, batch = _beside_kiwi([SEEDS], index_dir, RUNS)
    what = f"색인 만들기({_size([SEEDS]):,}자)"
    return [
        Row(what, ours, "Kiwi 형태소 분석만, 한 줄씩", bare, "초"),
        Row(what, ours, "Kiwi 형태소 분석만, 모든 코어", batch, "초"),
    ]


def many(folder: Path, index_dir: Path) -> list[Row]:
    """The same for 1,000 small documents drawn from the lines of seeds/."""
    draw = random.Random(0)
    lines = [line for line in _lines([SEEDS]) if "\t" not in line and not line.startswith("<")]
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = "\n\n".join([f"정책 문서 {number}", *draw.sample(lines, LINES)])
        (folder / f"{number:04}.txt").write_text(text + "\n", encoding="utf-8")
    ours, bare, batch = _beside_kiwi([folder], index_dir, 1)
    what = f"문서 {DOCUMENTS:,}개({_size([folder]):,}자)"
    return [
        Row(what, ours, "Kiwi 형태소 분석만, 한 줄씩", bare, "초"),
        Row(what, ours, "Kiwi 형태소 분석만, 모든 코어", batch, "초"),
    ]


def _beside_kiwi(paths: list[Path], index_dir: Path, runs: int) -> list[float]:
    kiwi = _kiwi()
    lines = _lines(paths)
    korean.terms("준비")
    return side_by_side(
        lambda: _afresh(paths, index_dir),
        lambda: [kiwi.tokenize(line) for line in lines],
        lambda: list(kiwi.tokenize(lines)),
        runs=runs,
    )


def _afresh(paths: list[Path], index_dir: Path) -> None:
    """A build that takes over nothing from the one before."""
    shutil.rmtree(index_dir, ignore_errors=True)
    build(paths, index_dir)


def _lines(paths: list[Path]) -> list[str]:
    return [
        line
        for folder in paths
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _size(paths: list[Path]) -> int:
    return sum(map(len, _lines(paths)))


def asking(index_dir: Path) -> list[Row]:
    """The golden questions one by one, beside tokenising each of them."""
    kiwi = _kiwi()
    assistant = Assistant.open(index_dir)
    questions = [
        json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()
    ]
    assistant.ask(questions[0])
    bare, *ours = _each([kiwi.tokenize, assistant.ask, assistant.search], questions)
    rows = []
    for what, times in zip(("답하기", "찾기"), ours, strict=True):
        rows.append(_row(f"{what}, 중앙값", times, bare, 0.5))
        rows.append(_row(f"{what}, 느린 5%", times, bare, 0.95))
    return rows


def _each(works: list[Callable[[str], object]], questions: list[str]) -> list[list[float]]:
    """For each work the median milliseconds of each question, ascending. All questions are asked
    before any is asked again, so that nothing remembered of the last one helps."""
    rounds = [
        [[once(lambda: work(question)) for question in questions] for work in works]  # noqa: B023
        for _ in range(RUNS)
    ]
    return [
        sorted(1000 * statistics.median(times) for times in zip(*runs, strict=True))
        for runs in zip(*rounds, strict=True)
    ]


def _row(what: str, times: list[float], bare: list[float], share: float) -> Row:
    at = int(share * (len(times) - 1))
    return Row(what, times[at], "그 질문의 Kiwi 분석", bare[at], "ms")


def _kiwi() -> Kiwi:
    kiwi = Kiwi()
    kiwi.tokenize("준비")
    return kiwi
