"""The same answer in every process: sums of floats and replacements depend on their order, and that
of a set on the seed of its hashes, which is another in each process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Questions whose scores, confidence or wording once differed from process to process.
ASKED = (
    "스마트공장 거점으로 지정된 직업계 고교는 커리큘럼 꾸리는 데 보통 얼마쯤 받나요?",
    "AI에 400억 달러를 투자하기로 한 나라는 어디어디예요?",
    "스마트공장 도입을 포기한 기업의 비율은?",
)
CODE = """
import sys
from pathlib import Path
from rag.assistant import Assistant
assistant = Assistant.open(Path(sys.argv[1]))
for question in sys.argv[2:]:
    print(assistant.ask(question))
"""


def test_the_same_answer_to_the_last_digit_in_every_process(seed_index: Path) -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", CODE, str(seed_index), *ASKED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
