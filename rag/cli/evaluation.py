"""``geungeo eval``: scores answers to questions whose answers are known, and reports on them."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.cli.output import Progress, say, tell, written_aside
from rag.errors import InputError

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.evaluation import Golden, Scores, Selective


def run(options: argparse.Namespace, open_: Callable[[], Assistant]) -> int:
    """Prints the figures and writes the report that was asked for. Raises GeungeoError."""
    from rag.evaluation import evaluate, read_golden, read_predictions, report, selective
    from rag.evaluation.tables import WITHOUT

    if options.report is not None:
        _require_place(options.report, (options.golden, options.predictions))
    golden = read_golden(options.golden)
    given = None if options.predictions is None else read_predictions(options.predictions)
    assistant = open_()
    # The place is made sure of first: nobody should wait for answers and then not get the report.
    with contextlib.ExitStack() as held:
        aside = None
        if options.report is not None:
            aside = held.enter_context(written_aside(options.report))
        rows: Iterable[dict[str, Any]] = _ask(assistant, golden) if given is None else given
        scores = evaluate(golden, rows, {one.file: one.text for one in assistant.documents})
        sure = selective(scores.judged)
        if aside is not None:
            text = _page(options, assistant, scores, sure)
            aside.write_text(text, encoding="utf-8", newline="\n")
    if options.report is not None:
        tell(f"보고서를 '{options.report}'에 썼습니다.")
    if options.json:
        figures = {**scores.figures, "confidence": None if sure is None else sure.figures()}
        say(json.dumps(figures, ensure_ascii=False, indent=2))
        return 0
    say(report(scores, options.misses, sure))
    if sure is None:
        tell(WITHOUT)
    return 0


def _ask(assistant: Assistant, golden: Sequence[Golden]) -> Iterator[dict[str, Any]]:
    from rag.evaluation import ask_all

    return Progress().over(ask_all(assistant, golden, assistant.unrefusing()), golden, "질문")


def _page(
    options: argparse.Namespace, assistant: Assistant, scores: Scores, sure: Selective | None
) -> str:
    from rag.evaluation.page import Origin, report_page

    # What answers in a file were made with is not known.
    asked = options.predictions is None
    origin = Origin(
        golden=options.golden.name,
        answers="" if asked else options.predictions.name,
        index=assistant.fingerprint,
        encoder=_model(assistant.encoder_name),
        reranker=_model(options.reranker) if asked and options.reranker else None,
    )
    return report_page(scores, sure, assistant.documents, origin)


def _model(name: str) -> str:
    """A model's id, or of its folder only the name: a report is passed on."""
    return Path(name).name if Path(name).is_absolute() or Path(name).is_dir() else name


def _require_place(report: Path, read: Sequence[Path | None]) -> None:
    """Raises InputError where the report would take the place of a folder or of what is read."""
    if report.is_dir():
        raise InputError(f"'{report}'은(는) 폴더입니다. --report에 파일 이름을 적어 주십시오.")
    for other in read:
        if other is not None and other.exists() and report.exists() and report.samefile(other):
            raise InputError(
                f"보고서가 '{other}'을(를) 덮어쓰게 됩니다. --report에 다른 이름을 적어 주십시오."
            )
