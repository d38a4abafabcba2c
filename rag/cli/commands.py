"""What each command does. Modules that load slowly are imported by the command that needs them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.cli.output import Progress, say, tell, write_lines, written_aside
from rag.errors import InputError
from rag.settings import DEFAULT_SEEDS, PASSAGES

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.index.manifest import Manifest

FAQ_FILE = "faq.json"
"""Name, inside the index folder, of the saved FAQ that the web page shows."""


def run(options: argparse.Namespace) -> int:
    """Runs the parsed command; gives the exit status. Raises GeungeoError."""
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": _build,
        "ask": _ask,
        "search": _search,
        "answer": _answer,
        "faq": _faq,
        "eval": _eval,
        "serve": _serve,
        "show": _show,
        "check": _check,
    }
    return commands[options.command](options)


def _build(options: argparse.Namespace) -> int:
    from rag import index
    from rag.showing.documents import told

    paths = options.paths or [DEFAULT_SEEDS]
    if options.if_changed and not index.needs_build(options.index, paths, options.encoder):
        tell(f"바뀐 것이 없어 '{options.index}'의 색인을 그대로 씁니다.")
        return 1 if _tell_failed(options.index) and options.strict else 0
    progress = Progress()
    try:
        made = index.build(paths, options.index, options.encoder, progress)
    finally:
        progress.close()
    # What was drawn from the old documents must not be shown beside the new ones.
    (options.index / FAQ_FILE).unlink(missing_ok=True)
    _report(made)
    tell(
        f"문서 {made.documents:,}건을 대목 {made.passages:,}개로 나누어 '{options.index}'에 "
        f"담고, 문서가 밝힌 {told(made.facts)}를 모았습니다 "
        f"(인코더 {made.encoder}, 색인 {made.fingerprint})."
    )
    return 1 if made.failed and options.strict else 0


def _report(made: Manifest) -> None:
    """What a build left out or stumbled over, a line for each."""
    from rag.index.reuse import duplicates

    for file, told in made.warnings.items():
        for warning in told:
            tell(f"알림: {file}: {warning}")
    for files in duplicates(made.sources):
        tell(f"알림: 내용이 같은 문서가 여럿입니다: {', '.join(files)}")
    for _, why in made.failed.values():
        tell(f"읽지 못함: {why}")
    if made.failed:
        tell(f"문서 {len(made.failed):,}건을 읽지 못해 빼고 만들었습니다.")


def _ask(options: argparse.Namespace) -> int:
    from rag.showing.render import answer_json, answer_text

    answer = _open(options).ask(options.question, k=options.k)
    say(_pretty(answer_json(answer)) if options.json else answer_text(answer, options.explain))
    return 0


def _search(options: argparse.Namespace) -> int:
    from rag.showing.questions import searches
    from rag.showing.render import search_json, search_text
    from rag.types import Filters, Sort

    filters = Filters(options.document, options.issuer, options.year, options.section, options.kind)
    sort = Sort(options.sort)
    if options.questions is not None:
        return _batch(
            options,
            lambda assistant, asked: searches(
                assistant, asked, options.k or PASSAGES, filters, sort
            ),
        )
    found = _open(options).search(options.query, k=options.k or 10, filters=filters, sort=sort)
    as_json = options.json or options.out is not None
    text = _pretty(search_json(found)) if as_json else search_text(found, options.explain)
    write_lines([text], options.out)
    return 0


def _answer(options: argparse.Namespace) -> int:
    from rag.showing.questions import answers

    return _batch(options, lambda assistant, asked: answers(assistant, asked, options.k))


def _batch(
    options: argparse.Namespace,
    each: Callable[[Assistant, Any], Iterator[dict[str, Any]]],
) -> int:
    from rag.showing.questions import read_questions

    asked = read_questions(options.questions)
    rows = Progress().over(each(_open(options), asked), asked, "질문")
    write_lines(map(_line, rows), options.out)
    if options.out is not None:
        tell(f"질문 {len(asked):,}개의 결과를 '{options.out}'에 썼습니다.")
    return 0


def _faq(options: argparse.Namespace) -> int:
    from rag.answering.licence import read_licence
    from rag.faq import generate
    from rag.showing.export import export, format_of

    format_ = format_of(options.format, options.out)
    if format_ == "xlsx" and options.out is None:
        raise InputError("엑셀 파일은 화면에 쓸 수 없습니다. --out FILE.xlsx를 더해 주십시오.")
    assistant = _open(options)
    licences = {document.file: read_licence(document.licence) for document in assistant.documents}
    files = [
        file
        for file, licence in licences.items()
        if (licence.changes or not options.exclude_nd)
        and (licence.commercial or not options.commercial)
    ]
    progress = Progress()
    try:
        entries = generate(assistant, files, options.limit, progress)
    finally:
        progress.close()
    data = export(entries, format_)
    if options.out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        with written_aside(options.out) as aside:
            aside.write_bytes(data)
    tell(f"문서 {len(files):,}건에서 질문과 답 {len(entries):,}개를 뽑았습니다.")
    return 0


def _eval(options: argparse.Namespace) -> int:
    from rag.cli import evaluation

    return evaluation.run(options, lambda: _open(options))


def _serve(options: argparse.Namespace) -> int:
    from rag.cli.server import serve
    from web.app import create_app

    tell("색인을 열고 있습니다.")  # seconds in which nothing else is said
    assistant = _open(options, options.encoder)
    app = create_app(assistant, faq_path=options.index / FAQ_FILE)
    serve(app, options.host, options.port)
    return 0


def _show(options: argparse.Namespace) -> int:
    from rag.showing.documents import facts_json, facts_text, outline_text, parse_place, span_text

    file, span = parse_place(options.place)
    assistant = _open(options)
    document, blocks = assistant.document(file), assistant.blocks(file)
    if options.facts:
        facts = assistant.facts(file)
        if span is not None:
            facts = tuple(fact for fact in facts if span.covers(fact.span))
        say(_pretty(facts_json(facts)) if options.json else facts_text(document, facts))
    elif span is not None:
        say(span_text(document, blocks, span, raw=options.raw))
    else:
        say(document.text if options.raw else outline_text(document, blocks))
    return 0


def _check(options: argparse.Namespace) -> int:
    from rag import index

    problems = index.check(options.index, options.paths or [DEFAULT_SEEDS])
    for problem in problems:
        say(problem)
    _tell_failed(options.index)
    if problems:
        tell(f"문제가 {len(problems):,}가지 있습니다.")
        return 1
    tell("색인이 성하고 문서와 맞습니다.")
    return 0


def _tell_failed(index_dir: Path) -> bool:
    """Names the files that the index lacks because they could not be read; whether there are."""
    from rag.errors import IndexBroken, IndexMissing
    from rag.index.manifest import current, read_manifest

    try:
        failed = read_manifest(current(index_dir)).failed
    except (IndexMissing, IndexBroken):
        return False  # said already
    for _, why in failed.values():
        tell(f"읽지 못해 색인에 없음: {why}")
    return bool(failed)


def _open(options: argparse.Namespace, encoder: str | None = None) -> Assistant:
    from rag.assistant import Assistant

    index: Path = options.index
    # Not every command that opens an index ranks anything.
    return Assistant.open(index, encoder, getattr(options, "reranker", None))


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
