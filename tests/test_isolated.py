"""Files are read in processes of their own: in order, and what a hostile one does costs only it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hancom_files import grid, hwpx, p, section

from rag.errors import SourceError
from rag.loading import SourceFile, content, isolated, survey
from rag.loading.isolated import Outcome, read_sources
from rag.loading.worker import found_from, found_row

# Replaces the routing inside the reading process by what a hostile file makes a parser do.
HOSTILE = """
import os, sys, time
import rag.loading, rag.loading.routing as routing
from rag.loading.extracted import Extracted
from rag.loading.formats import format_named

def read(data, name):
    word = data.decode().removeprefix("<html>")
    if word == "hang":
        while True: pass
    if word == "memory":
        held = []
        while True: held.append(bytes(1 << 26))  # asked for, never touched: quick on any machine
    if word == "crash":
        os.kill(os.getpid(), 11)
    if word == "exit":
        os._exit(0)
    if word == "deep":
        raise RecursionError
    if word == "wrong":
        raise ValueError("이상한 값")
    if word == "noise":
        print("화면에 쓴 글"); os.write(1, b"{}\\n")
    if word == "slow":
        time.sleep(0.3)
    return format_named("html"), Extracted(word)

routing.read = read
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HOSTILE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{Path(__file__).parent.parent}:{folder}")
    monkeypatch.setattr(isolated, "SECONDS", 2.0)
    return tmp_path


def sources(folder: Path, *words: str) -> tuple[SourceFile, ...]:
    documents = folder / "documents"
    documents.mkdir()
    for number, word in enumerate(words):
        (documents / f"{number:02}.html").write_text(f"<html>{word}", encoding="utf-8")
    return survey([documents])


def text(outcome: Outcome) -> str:
    return outcome if isinstance(outcome, str) else outcome[1].text


def test_each_hostile_file_costs_only_itself(hostile: Path) -> None:
    words = ("one", "hang", "two", "memory", "three", "crash", "exit", "deep", "wrong", "noise")
    told = [text(outcome) for outcome in read_sources(sources(hostile, *words))]
    assert [told[i] for i in (0, 2, 4, 9)] == ["one", "two", "three", "noise"]
    said = {
        1: "2초 안에 읽지 못해",
        3: "메모리가 1 GiB 넘게",
        5: "갑자기 끝났습니다",
        6: "갑자기 끝났습니다",
        7: "너무 깊어",
        8: "ValueError: 이상한 값",
    }
    for number, words_said in said.items():
        assert words_said in told[number] and f"{number:02}.html" in told[number]


@pytest.mark.parametrize("processes", [1, 3])
def test_answers_come_in_the_order_of_the_files(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(isolated, "_processes", lambda _: processes)
    wanted = ["slow", *(f"글 {number}" for number in range(8))]
    found = [text(outcome) for outcome in read_sources(sources(hostile, *wanted))]
    assert found == wanted


def test_what_comes_back_is_what_the_reader_gave(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    table = grid(("구분", "한도"), ("융자", "3억"))
    (documents / "a.hwpx").write_bytes(hwpx(section(p("지원 계획"), p(table))))
    (documents / "b.txt").write_text("글이다.\n", encoding="utf-8")
    (documents / "c.hwpx").write_bytes(hwpx(section(p("")))[:200])
    found = survey([documents])
    assert [source.plain for source in found] == [False, True, False]
    outcomes = list(read_sources(found))
    assert outcomes[:2] == [content(found[0]), content(found[1])]
    assert outcomes[0][1].stated  # type: ignore[union-attr]
    with pytest.raises(SourceError) as raised:
        content(found[2])
    assert outcomes[2] == str(raised.value)
    extracted = content(found[0])[1]
    assert found_from(found_row(extracted)) == extracted


def test_a_file_that_changes_meanwhile_is_not_mixed_up(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("글이다.", encoding="utf-8")
    found = survey([path])
    path.write_text("다른 글이다.", encoding="utf-8")
    (outcome,) = read_sources(found)
    assert "a.txt" in str(outcome) and "바뀌었습니다" in str(outcome)


def test_a_reader_that_is_left_early_leaves_no_process(hostile: Path) -> None:
    reading = read_sources(sources(hostile, "one", "hang", "two"))
    assert text(next(reading)) == "one"
    reading.close()
    running = [
        line
        for stat in Path("/proc").glob("[0-9]*/cmdline")
        if b"rag.loading.worker" in (line := _content(stat))
        and str(hostile).encode() in _content(stat.parent / "environ")
    ]
    assert running == []


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_few_small_files_are_read_by_one_process() -> None:
    def asked(*sizes: int) -> int:
        return isolated._processes([SourceFile(Path("a"), "a", size=size) for size in sizes])

    assert asked() == asked(10, 10) == 1
    assert asked(*[10] * 50) >= 1
    assert asked(1 << 24, 1 << 24) <= 2
