"""The commands, their options and their help, in Korean.

argparse rather than click: it is in the standard library, so that ``--help`` imports nothing
else, and its few messages can be said in Korean at one place, below.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from rag.settings import DEFAULT_ENCODER, DEFAULT_INDEX, DEFAULT_SEEDS, PASSAGES
from rag.types import BlockKind, Sort

FORMATS = ("json", "csv", "xlsx", "html", "jsonld")

_EXAMPLES = """\
예:
  geungeo build                                문서를 읽어 색인을 만듭니다
  geungeo ask "물류비 융자 한도는 얼마인가요?"      답과 근거를 봅니다
  geungeo serve                                웹 화면을 엽니다
"""

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"빠진 것이 있습니다: \1"),
    (r"unrecognized arguments: (.+)", r"모르는 인자입니다: \1"),
    (r"one of the arguments (.+) is required", r"다음 가운데 하나가 있어야 합니다: \1"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1: \2 와(과) 함께 쓸 수 없습니다"),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        r"\1: \2 은(는) 없습니다. 다음 가운데 고르십시오: \3",
    ),
    (r"argument (.+?): expected one argument", r"\1: 값을 하나 적어야 합니다"),
    (r"argument (.+?): expected at least one argument", r"\1: 값을 하나 이상 적어야 합니다"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1: 값을 받지 않습니다(\2)"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 은(는) 여러 옵션으로 읽힙니다: \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with a Korean heading for usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "사용법: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Korean."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **settings)
        self._positionals.title = "인자"
        self._optionals.title = "옵션"
        self.add_argument("-h", "--help", action="help", help="이 도움말을 보입니다")

    def error(self, message: str) -> NoReturn:
        self.print_usage()
        self.exit(2, f"오류: {_korean(message)}. 도움말: {self.prog} --help\n")

    def print_usage(self, file: Any = None) -> None:
        import sys

        super().print_usage(file or sys.stderr)


def _korean(message: str) -> str:
    for pattern, korean in _MESSAGES:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, korean, message, flags=re.DOTALL)
    return message


def command_parser() -> argparse.ArgumentParser:
    """The parser of ``geungeo``; the parsed options hold the command's name as ``command``."""
    parser = _Parser(
        prog="geungeo",
        description="근거: 정책 문서의 원문으로 답하고, 답마다 근거를 밝힙니다.",
        epilog=_EXAMPLES,
    )
    commands = parser.add_subparsers(
        dest="command", metavar="명령", required=True, title="명령", parser_class=_Parser
    )
    _build(commands)
    _ask(commands)
    _search(commands)
    _answer(commands)
    _faq(commands)
    _eval(commands)
    _serve(commands)
    _show(commands)
    _check(commands)
    return parser


def _command(commands: Any, name: str, summary: str, *examples: str) -> argparse.ArgumentParser:
    lines = ["예:", *(f"  geungeo {name} {example}".rstrip() for example in examples)]
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=f"{summary}.", epilog="\n".join(lines)
    )
    parser.add_argument(
        "--index",
        metavar="DIR",
        type=Path,
        default=DEFAULT_INDEX,
        help=f"색인 폴더 (기본: {DEFAULT_INDEX}/)",
    )
    return parser


def _build(commands: Any) -> None:
    parser = _command(
        commands,
        "build",
        "문서를 읽어 색인을 만듭니다",
        "",
        "문서폴더 --index 색인폴더",
        "--encoder intfloat/multilingual-e5-small",
    )
    _paths(parser)
    _encoder(parser)
    parser.add_argument(
        "--if-changed", action="store_true", help="문서나 인코더가 바뀌었을 때만 만듭니다"
    )
    parser.add_argument(
        "--strict", action="store_true", help="읽지 못한 문서가 하나라도 있으면 1로 끝냅니다"
    )


def _ask(commands: Any) -> None:
    parser = _command(
        commands,
        "ask",
        "질문에 문서의 말로 답하고 근거를 밝힙니다",
        '"물류비 융자 한도는 얼마인가요?"',
        '"물류비 융자 한도" --json',
    )
    parser.add_argument("question", metavar="질문", type=_text, help="묻는 말")
    _passages(parser, PASSAGES)
    _json(parser)
    _explain(parser)
    _reranker(parser)


def _search(commands: Any) -> None:
    parser = _command(
        commands,
        "search",
        "검색어와 가까운 대목을 찾습니다",
        '"세액공제 5G" --k 5',
        '"수출 지원" --year 2021 --sort newest',
        "--questions 질문.jsonl --out 결과.jsonl",
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("query", metavar="검색어", type=_text, nargs="?", help="찾는 말")
    which.add_argument(
        "--questions", metavar="FILE", type=Path, help="검색어가 든 .jsonl, .csv, .txt 파일"
    )
    _out(parser)
    _passages(parser, None, f"찾을 대목의 수 (기본: 10, --questions와 함께면 {PASSAGES})")
    _json(parser)
    _explain(parser)
    _reranker(parser)
    narrow = parser.add_argument_group("좁히기")
    narrow.add_argument("--document", metavar="FILE", default="", help="문서의 파일 이름")
    narrow.add_argument("--issuer", metavar="NAME", default="", help="발행기관")
    narrow.add_argument("--year", metavar="YYYY", default="", help="발행연도")
    narrow.add_argument("--section", metavar="TITLE", default="", help="제목")
    narrow.add_argument(
        "--kind",
        default="",
        choices=[str(kind) for kind in BlockKind if kind is not BlockKind.BOILERPLATE],
        metavar="KIND",
        help="heading, paragraph, bullet, note, table, caption 가운데 하나",
    )
    narrow.add_argument(
        "--sort",
        default=str(Sort.RELEVANCE),
        choices=[str(sort) for sort in Sort],
        metavar="SORT",
        help="relevance(관련도), newest(최신), position(문서 순서)",
    )


def _answer(commands: Any) -> None:
    parser = _command(
        commands,
        "answer",
        "파일에 든 질문들에 차례로 답합니다",
        "--questions 질문.jsonl --out 답.jsonl",
        "--questions 질문.txt > 답.jsonl",
    )
    parser.add_argument(
        "--questions",
        metavar="FILE",
        type=Path,
        required=True,
        help="질문이 든 .jsonl, .csv, .txt 파일",
    )
    _out(parser)
    _passages(parser, PASSAGES)
    _reranker(parser)


def _faq(commands: Any) -> None:
    parser = _command(
        commands,
        "faq",
        "문서에서 자주 물을 만한 질문과 답을 뽑습니다",
        "--out faq.xlsx --format xlsx",
        "--out faq.html --format html --limit 30",
        "--commercial --exclude-nd",
    )
    _out(parser)
    parser.add_argument(
        "--format", choices=FORMATS, metavar="FORMAT", help=f"{', '.join(FORMATS)} (기본: json)"
    )
    parser.add_argument(
        "--limit", metavar="N", type=_positive, default=40, help="문서마다 질문의 수 (기본: 40)"
    )
    parser.add_argument("--exclude-nd", action="store_true", help="변경금지 문서는 빼고 만듭니다")
    parser.add_argument(
        "--commercial", action="store_true", help="상업적 이용을 금지한 문서는 빼고 만듭니다"
    )


def _eval(commands: Any) -> None:
    parser = _command(
        commands,
        "eval",
        "정답이 있는 질문 파일로 답의 질을 잽니다",
        "tests/golden/dev.jsonl",
        "tests/golden/dev.jsonl --misses",
        "tests/golden/dev.jsonl --report 보고서.html",
    )
    parser.add_argument("golden", metavar="FILE", type=Path, help="정답이 든 .jsonl 파일")
    parser.add_argument("--misses", action="store_true", help="틀린 질문도 모두 보입니다")
    parser.add_argument(
        "--predictions", metavar="FILE", type=Path, help="answer로 이미 만든 답 파일을 잽니다"
    )
    parser.add_argument(
        "--report", metavar="FILE", type=Path, help="그림과 틀린 질문이 든 HTML 보고서를 씁니다"
    )
    _json(parser)
    _reranker(parser)


def _serve(commands: Any) -> None:
    parser = _command(commands, "serve", "웹 화면과 API를 엽니다", "", "--port 8080")
    parser.add_argument("--host", default="127.0.0.1", help="기다릴 주소 (기본: 127.0.0.1)")
    parser.add_argument(
        "--port", metavar="N", type=_port, default=8000, help="기다릴 포트 (기본: 8000)"
    )
    _encoder(parser)
    _reranker(parser)


def _show(commands: Any) -> None:
    parser = _command(
        commands,
        "show",
        "문서의 차례, 한 대목, 또는 문서가 밝힌 사실을 보입니다",
        "001_84ef62de625763dd.txt",
        "001_84ef62de625763dd.txt --facts",
        "001_84ef62de625763dd.txt#9919-9998",
    )
    parser.add_argument(
        "place", metavar="DOCUMENT[#START-END]", type=_text, help="파일 이름과 자리(글자 수)"
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--raw", action="store_true", help="원문을 있는 그대로 보입니다")
    shown.add_argument("--facts", action="store_true", help="문서가 밝힌 사실을 모두 보입니다")
    parser.add_argument("--json", action="store_true", help="--facts와 함께: JSON으로 씁니다")


def _check(commands: Any) -> None:
    parser = _command(
        commands, "check", "색인이 성하고 문서와 맞는지 살핍니다", "", "문서폴더 --index 색인폴더"
    )
    _paths(parser)


def _paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        type=Path,
        nargs="*",
        help="문서 파일이나 폴더: HWP, HWPX, PDF, DOCX, XLSX, HTML, 글, CSV "
        f"(기본: {DEFAULT_SEEDS}/)",
    )


def _encoder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--encoder",
        metavar="ID",
        help=f"{DEFAULT_ENCODER} 또는 sentence-transformers 모델의 이름이나 폴더",
    )


def _reranker(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reranker",
        metavar="ID",
        help="앞쪽 대목의 차례를 다시 정할 교차 인코더: sentence-transformers 모델의 이름이나 폴더 "
        "(기본: 쓰지 않음)",
    )


def _passages(
    parser: argparse.ArgumentParser,
    default: int | None,
    text: str = f"찾을 대목의 수 (기본: {PASSAGES})",
) -> None:
    parser.add_argument("--k", metavar="N", type=_positive, default=default, help=text)


def _out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", type=Path, help="결과를 쓸 파일 (기본: 표준 출력)")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON으로 보입니다")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--explain", action="store_true", help="대목마다 어떤 신호가 몇 점을 주었는지 보입니다"
    )


def _number(low: int, high: int, what: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{what}여야 합니다: '{text}'")
        return value

    return parse


_positive = _number(1, 1000, "1에서 1000까지의 정수")
_port = _number(0, 65535, "0에서 65535까지의 정수")


def _text(text: str) -> str:
    """An argument that is text; bytes that are no UTF-8 reach Python as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise argparse.ArgumentTypeError("UTF-8 글이 아닙니다") from error
    return text
