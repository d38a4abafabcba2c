"""The command line as a user meets it: what it prints where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from fake_assistant import LOGISTICS, FakeAssistant, document

from rag.assistant import Assistant
from rag.cli import main, output
from rag.cli.parser import command_parser
from rag.cli.server import listen
from rag.errors import IndexMissing, InputError, PortBusy
from rag.render import answer_json, search_json

ROOT = Path(__file__).parent.parent
COMMANDS = ("build", "ask", "search", "answer", "faq", "eval", "serve", "show", "check")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """Has every command open the fake assistant in place of an index."""
    assistant = FakeAssistant()
    monkeypatch.setattr(Assistant, "open", lambda *_: assistant)
    return assistant


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rag", *arguments],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


# --- usage ---------------------------------------------------------------------------------


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from rag.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'kiwipiepy', 'faiss', 'numpy', 'torch', 'fastapi', 'uvicorn', 'tqdm', 'jinja2'}\n"
        "print(*heavy & set(sys.modules), file=sys.stderr, end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("사용법: geungeo")
    assert done.stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_korean_help_with_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"사용법: geungeo {command}")
    assert f"\n예:\n  geungeo {command}" in shown
    assert "--index DIR" in shown
    assert "show this help" not in shown


def test_the_examples_of_the_help_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    import shlex

    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        examples = capsys.readouterr().out.split("예:\n")[1].splitlines()
        assert examples
        for line in examples:
            words = shlex.split(line.split(">")[0])
            assert command_parser().parse_args(words[1:]).command == command


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "빠진 것이 있습니다: 명령"),
        (["foo"], "'foo' 은(는) 없습니다"),
        (["ask"], "빠진 것이 있습니다: 질문"),
        (["ask", "가", "나"], "모르는 인자입니다: 나"),
        (["ask", "가", "--k", "0"], "--k: 1에서 1000까지의 정수여야 합니다: '0'"),
        (["ask", "가", "--k"], "--k: 값을 하나 적어야 합니다"),
        (["ask", "\udcff"], "UTF-8 글이 아닙니다"),
        (["search"], "다음 가운데 하나가 있어야 합니다"),
        (["search", "가", "--questions", "q.txt"], "함께 쓸 수 없습니다"),
        (["search", "가", "--sort", "x"], "'x' 은(는) 없습니다"),
        (["answer"], "빠진 것이 있습니다: --questions"),
        (["faq", "--format", "pdf"], "'pdf' 은(는) 없습니다"),
        (["serve", "--port", "70000"], "--port: 0에서 65535까지의 정수여야 합니다"),
    ],
)
def test_wrong_usage_is_told_in_korean_and_ends_with_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    shown = capsys.readouterr()
    assert ended.value.code == 2
    assert shown.out == ""
    assert words in shown.err
    assert "사용법: geungeo" in shown.err
    assert "error:" not in shown.err


# --- data and messages ---------------------------------------------------------------------


def test_ask_prints_the_answer_and_json_has_the_one_shape(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "물류비 한도는?"]) == 0
    shown = capsys.readouterr()
    assert "답    3천만원" in shown.out
    assert shown.err == ""
    assert main(["ask", "물류비 한도는?", "--k", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == answer_json(fake.ask("물류비 한도는?", k=3))


def test_explain_adds_the_votes(fake: FakeAssistant, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "물류비 한도는?", "--explain"])
    assert "vector" in capsys.readouterr().out


def test_a_question_that_cannot_be_asked_is_one_sentence_and_ends_with_1(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "  "]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("오류: 질문이 비어 있습니다")
    assert shown.err.count("\n") == 1


def test_search_takes_filters_order_and_number(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    from rag.types import Filters, Sort

    main(["search", "지원", "--document", LOGISTICS, "--kind", "bullet", "--sort", "position",
          "--k", "4", "--json"])  # fmt: skip
    filters = Filters(file=LOGISTICS, kind="bullet")
    assert json.loads(capsys.readouterr().out) == search_json(
        fake.search("지원", 4, 0, filters, Sort.POSITION)
    )


def test_answer_writes_a_line_for_each_question_in_order(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    asked = [
        {"id": 2, "question": "물류비?"},
        {"id": 1, "question": ""},
        {"id": 3, "question": "별?"},
    ]
    questions.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    assert main(["answer", "--questions", str(questions), "--out", str(out)]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "질문 3개" in shown.err
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [2, 1, 3]
    assert [line["verdict"] for line in lines] == ["answered", "not_found", "not_found"]
    assert main(["answer", "--questions", str(questions)]) == 0
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")


def test_search_of_a_file_gives_sixty_passages_unless_told(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.txt"
    questions.write_text("지원\n", encoding="utf-8")
    main(["search", "--questions", str(questions)])
    assert len(json.loads(capsys.readouterr().out)["passages"]) == 60
    main(["search", "--questions", str(questions), "--k", "2"])
    assert len(json.loads(capsys.readouterr().out)["passages"]) == 2


def test_show_gives_a_span_and_refuses_what_is_not_there(
    fake: FakeAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    text = document(LOGISTICS).text
    assert main(["show", f"{LOGISTICS}#100-160", "--raw"]) == 0
    assert capsys.readouterr().out == text[100:160] + "\n"
    assert main(["show", f"{LOGISTICS}#100-9999999"]) == 1
    assert "고쳐 주십시오" in capsys.readouterr().err
    assert main(["show", "없는.txt"]) == 1
    assert capsys.readouterr().err.startswith("오류: ")


def test_faq_is_written_in_the_format_of_the_file(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from rag import faq

    taken: list[list[str]] = []

    def generate(assistant: object, files: list[str], *_: object) -> tuple[object, ...]:
        taken.append(files)
        return (fake.ask("물류비?"),)

    monkeypatch.setattr(faq, "generate", generate)
    out = tmp_path / "faq.csv"
    assert main(["faq", "--out", str(out)]) == 0
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[1][1:3] == ["물류비?", "3천만원"]
    assert main(["faq"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["question"] == "물류비?"
    main(["faq", "--exclude-nd"])
    main(["faq", "--commercial"])
    assert [len(files) for files in taken] == [3, 3, 2, 2]
    assert main(["faq", "--format", "xlsx"]) == 1
    assert "--out" in capsys.readouterr().err


def test_eval_scores_answers_that_are_there(
    fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    golden, answers = tmp_path / "g.jsonl", tmp_path / "a.jsonl"
    row = {"id": "x", "question": "?", "type": "amount", "answer": "3억원", "answerable": True}
    golden.write_text(json.dumps({**row, "evidence": []}), encoding="utf-8")
    said = {"id": "x", "verdict": "answered", "short_answer": "3억원", "answer": ""}
    answers.write_text(json.dumps({**said, "citations": [], "passages": []}), encoding="utf-8")
    arguments = ["eval", str(golden), "--predictions", str(answers)]
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["short"] == 1.0
    assert main(arguments) == 0
    assert "짧은 답이 정답인 비율" in capsys.readouterr().out


# --- files, pipes, ports -------------------------------------------------------------------


def test_a_result_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    def lines() -> object:
        yield "new"
        assert out.read_text() == "old"
        raise KeyError

    with pytest.raises(KeyError):
        output.write_lines(lines(), out)  # type: ignore[arg-type]
    assert out.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]
    output.write_lines(["가", "나"], out)
    assert out.read_text(encoding="utf-8") == "가\n나\n"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("place", ["", "none/out.jsonl"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match="폴더"):
        output.write_lines(["가"], tmp_path / place)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_index_says_how_to_build_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "물류비?", "--index", str(tmp_path / "none")]) == 1
    assert "geungeo build" in capsys.readouterr().err
    with pytest.raises(IndexMissing):
        Assistant.open(tmp_path / "none")


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "물류비?"],
        ["search", "물류비"],
        ["serve", "--port", "0"],
        ["answer", "--questions", "QUESTIONS"],
        ["faq"],
        ["show", "a.txt"],
        ["check"],
    ],
)
def test_an_index_of_another_version_is_refused_with_the_command_that_mends_it(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.txt").write_text("물류비?", encoding="utf-8")
    index = tmp_path / "index"
    old = index / "generation-old"
    old.mkdir(parents=True)
    (old / "manifest.json").write_text('{"format": 0}', encoding="utf-8")
    (index / "CURRENT").write_text(old.name, encoding="utf-8")
    words = [str(tmp_path / "q.txt") if word == "QUESTIONS" else word for word in command]
    assert main([*words, "--index", str(index)]) == 1
    shown = capsys.readouterr()
    told = shown.out + shown.err
    assert "다른 판의 프로그램이 만든 색인" in told
    assert f"'geungeo build --index {index}'로 다시" in told
    assert old.name not in told


CLOSED = (
    "import sys; sys.path.insert(0, 'tests')\n"
    "from fake_assistant import FakeAssistant, LOGISTICS\n"
    "from rag.assistant import Assistant\n"
    "from rag.cli import main\n"
    "Assistant.open = lambda *_: FakeAssistant()\n"
    "sys.exit(main(['show', LOGISTICS, '--raw']))"
)


def test_a_reader_that_goes_away_is_no_failure_of_ours() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CLOSED], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()  # type: ignore[union-attr]
        errors = process.stderr.read()  # type: ignore[union-attr]
    assert (process.returncode, errors) == (141, b"")


def test_output_is_utf8_whatever_the_locale_says() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOSED],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode() == document(LOGISTICS).text + "\n"


def test_ctrl_c_is_told_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "open", interrupted)
    assert main(["ask", "가"]) == 130
    assert capsys.readouterr().err == "멈추었습니다.\n"


def test_a_busy_port_is_named_with_the_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortBusy, match=f"포트 {port}.*make run PORT="):
            listen("127.0.0.1", port)


def test_a_free_port_is_taken_at_once() -> None:
    with listen("127.0.0.1", 0) as listener:
        address = listener.getsockname()
        with socket.create_connection(address, timeout=5):
            pass


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(InputError, match=r"주소|기다릴 수 없습니다"):
        listen("192.0.2.1", 0)


# --- a real index --------------------------------------------------------------------------


def test_the_whole_way_from_a_folder_to_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = tmp_path / "문서", tmp_path / "색인"
    folder.mkdir()
    (folder / "가.txt").write_text(
        "물류 지원 대책\n\n1. 융자 지원\n\n- 물류비 융자 한도는 기업당 3천만원이다.\n"
        "- 신청 기간은 2021년 6월 7일부터 6월 25일까지이다.\n",
        encoding="utf-8",
    )
    (folder / "나.txt").write_text(
        "인력 양성 계획\n\n1. 교육 과정\n\n- 반도체 교육생은 해마다 500명을 뽑는다.\n",
        encoding="utf-8",
    )
    where = ["--index", str(index)]
    assert main(["build", str(folder), *where]) == 0
    assert "문서 2건" in capsys.readouterr().err
    assert main(["build", str(folder), "--if-changed", *where]) == 0
    assert "그대로 씁니다" in capsys.readouterr().err
    assert main(["check", str(folder), *where]) == 0
    capsys.readouterr()

    assert main(["ask", "물류비 융자 한도는 얼마인가요?", "--json", *where]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "answered"
    assert "3천만원" in answer["short_answer"]
    cited = answer["citations"][0]
    text = (folder / cited["document"]).read_text(encoding="utf-8")
    assert "3천만원" in text[cited["start"] : cited["end"]]

    (folder / "나.txt").write_text("다른 글\n\n- 바뀐 내용이다.\n", encoding="utf-8")
    assert main(["check", str(folder), *where]) == 1
    assert "나.txt" in capsys.readouterr().out
    (folder / "나.txt").write_text("", encoding="utf-8")
    (folder / "가.txt").write_text("", encoding="utf-8")
    assert main(["build", str(folder), *where]) == 1
    assert capsys.readouterr().err.startswith("오류: ")
    assert main(["ask", "물류비 융자 한도는?", *where]) == 0  # the old index goes on serving


def test_a_build_reports_what_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = tmp_path / "문서", tmp_path / "색인"
    folder.mkdir()
    (folder / "가.txt").write_text("물류비 융자 한도는 3천만원이다.\n", encoding="utf-8")
    (folder / "나.txt").write_text("물류비 융자 한도는 3천만원이다.\n", encoding="utf-8")
    (folder / "다.txt").write_bytes("보증 한도는 1억원이다.".encode("cp949"))
    (folder / "라.hwp").write_bytes(b"%!PS-Adobe")
    (folder / "마.pdf").write_bytes(b"")
    where = ["--index", str(index)]
    assert main(["build", str(folder), *where]) == 0
    lines = capsys.readouterr().err.splitlines()
    (warning, copies, *failed, count, made) = [line for line in lines if "/" not in line[:12]]
    assert "다.txt" in warning and "CP949" in warning
    assert copies.endswith("가.txt, 나.txt")
    assert ["라.hwp" in failed[0], "포스트스크립트" in failed[0]] == [True, True]
    assert ["마.pdf" in failed[1], "비어" in failed[1], len(failed)] == [True, True, 2]
    assert "2건을 읽지 못해" in count and "문서 3건" in made

    assert main(["build", str(folder), "--strict", *where]) == 1
    assert main(["build", str(folder), "--if-changed", *where]) == 0
    assert main(["build", str(folder), "--if-changed", "--strict", *where]) == 1
    capsys.readouterr()
    assert main(["check", str(folder), *where]) == 0
    told = capsys.readouterr()
    assert told.out == "" and "라.hwp" in told.err and "마.pdf" in told.err

    for name in ("라.hwp", "마.pdf"):
        (folder / name).unlink()
    assert main(["build", str(folder), "--strict", *where]) == 0


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_tells_the_file_its_pages_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    progress = output.Progress()
    progress("문서 읽기", 1, 3, "가.hwpx · 12쪽")
    progress._bar.delay = 0  # type: ignore[union-attr]
    progress._bar.start_t -= 60  # type: ignore[union-attr]
    progress._bar.last_print_t -= 60  # type: ignore[union-attr]
    progress("문서 읽기", 2, 3, "나\x1b[2J.hwpx · 4쪽")
    progress.close()
    drawn = screen.getvalue()
    assert "문서 읽기" in drawn and "2/3" in drawn and "나[2J.hwpx · 4쪽" in drawn
    assert "남은 시간 00:" in drawn


def test_where_there_is_no_terminal_progress_is_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "_QUIET", 0.0)
    progress = output.Progress()
    progress("문서 읽기", 1, 3, "가.hwpx · 12쪽")
    progress("의미 벡터 만들기", 5, 5)
    progress.close()
    assert capsys.readouterr().err == "문서 읽기 1/3 가.hwpx · 12쪽\n의미 벡터 만들기 5/5\n"


def test_serve_answers_on_its_port_and_says_where(tmp_path: Path) -> None:
    import urllib.request

    folder, index = tmp_path / "docs", tmp_path / "index"
    folder.mkdir()
    (folder / "a.txt").write_text("제목\n\n- 물류비 융자 한도는 3천만원이다.\n", encoding="utf-8")
    assert main(["build", str(folder), "--index", str(index)]) == 0
    with subprocess.Popen(
        [sys.executable, "-m", "rag", "serve", "--port", "0", "--index", str(index)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            assert "열고 있습니다" in process.stderr.readline()  # type: ignore[union-attr]
            said = process.stderr.readline()  # type: ignore[union-attr]
            assert "에서 기다립니다. 끝내려면 Ctrl+C." in said, said
            address = said.split()[0]
            with urllib.request.urlopen(f"{address}/healthz", timeout=30) as response:
                assert response.status == 200
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_python_m_rag_is_the_same_command() -> None:
    done = run("check", "--index", "no-such-folder")
    assert done.returncode == 1
    assert "geungeo build" in done.stdout.decode()
