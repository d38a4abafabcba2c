"""Import, start and memory, each in a process of its own."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.measure import RUNS, Row
from tests.bench.pipeline import DOCUMENTS

_MEASURED = """
import json, time
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
try:
    # Of this process alone; what getrusage tells is inherited from the parent.
    status = open("/proc/self/status").read()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(json.dumps([seconds, peak]))
"""
_KIWI = "from kiwipiepy import Kiwi; Kiwi().tokenize('융자 한도는 얼마인가요?')"


_ASKED = "a.ask('융자 한도는 얼마인가요?')"


def starting(index_dir: Path, large: Path) -> list[Row]:
    """Time and peak memory until the first answer, beside Kiwi alone until its first result.
    ``large`` is the index of many documents."""
    opening = _opening(index_dir)
    libraries = _run("import numpy, faiss")
    imported = _run("import rag.assistant")
    opened = _run(opening)
    answered = _run(f"{opening}; {_ASKED}")
    opened_large = _run(_opening(large))
    answered_large = _run(f"{_opening(large)}; {_ASKED}")
    kiwi = _run(_KIWI)
    return [
        Row("import rag.assistant", imported[0], "import numpy, faiss", libraries[0], "초"),
        Row("색인 열기까지", opened[0], "import numpy, faiss", libraries[0], "초"),
        Row("첫 답까지", answered[0], "Kiwi의 첫 분석까지", kiwi[0], "초"),
        Row(f"문서 {DOCUMENTS:,}개의 색인 열기까지", opened_large[0], "문서 4개", opened[0], "초"),
        Row("최대 메모리", answered[1], "Kiwi만", kiwi[1], "MiB"),
        Row(f"최대 메모리, 문서 {DOCUMENTS:,}개", answered_large[1], "Kiwi만", kiwi[1], "MiB"),
    ]


def _opening(index_dir: Path) -> str:
    return (
        "from pathlib import Path; from rag.assistant import Assistant; "
        f"a = Assistant.open(Path({str(index_dir)!r}))"
    )


def _run(work: str) -> tuple[float, float]:
    """Median seconds and median peak memory in MiB of fresh processes that do ``work``."""
    results = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED.format(work=work)],
            capture_output=True,
            text=True,
            check=True,
        )
        results.append(json.loads(done.stdout.splitlines()[-1]))
    return statistics.median(r[0] for r in results), statistics.median(r[1] for r in results)
