"""Building an index and asking it, beside bare Kiwi on the same text."""

import json
import statistics
from collections.abc import Callable
from pathlib import Path

from kiwipiepy import Kiwi

from rag import korean
from rag.assistant import Assistant
from rag.index import build
from tests.bench.measure import RUNS, Row, once, seconds

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
QUESTIONS = ROOT / "tests" / "golden" / "dev.jsonl"


def building(index_dir: Path) -> list[Row]:
    """The build of seeds/, all of it, beside tokenising the lines of the same files once."""
    kiwi = _kiwi()
    lines = [
        line
        for path in sorted(SEEDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    korean.terms("준비")
    ours = seconds(lambda: build([SEEDS], index_dir))
    bare = seconds(lambda: [kiwi.tokenize(line) for line in lines])
    size = sum(map(len, lines))
    return [Row(f"색인 만들기({size:,}자)", ours, "Kiwi 형태소 분석만", bare, "초")]


def asking(index_dir: Path) -> list[Row]:
    """The golden questions one by one, beside tokenising each of them."""
    kiwi = _kiwi()
    assistant = Assistant.open(index_dir)
    questions = [
        json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()
    ]
    assistant.ask(questions[0])
    bare = _each(kiwi.tokenize, questions)
    rows = []
    for what, work in (("답하기", assistant.ask), ("찾기", assistant.search)):
        times = _each(work, questions)
        rows.append(_row(f"{what}, 중앙값", times, bare, 0.5))
        rows.append(_row(f"{what}, 느린 5%", times, bare, 0.95))
    return rows


def _each(work: Callable[[str], object], questions: list[str]) -> list[float]:
    """The median milliseconds of each question, ascending."""
    return sorted(
        1000 * statistics.median(once(lambda: work(question)) for _ in range(RUNS))  # noqa: B023
        for question in questions
    )


def _row(what: str, times: list[float], bare: list[float], share: float) -> Row:
    at = int(share * (len(times) - 1))
    return Row(what, times[at], "그 질문의 Kiwi 분석", bare[at], "ms")


def _kiwi() -> Kiwi:
    kiwi = Kiwi()
    kiwi.tokenize("준비")
    return kiwi
