"""The written questions are well made: their answers stand in their documents, no two are one."""

from __future__ import annotations

import pytest
from golden.written import FOLDER, SETS, answers, questions

from rag.evaluation import letters
from rag.loading import load_folder


@pytest.mark.parametrize("name", SETS)
def test_right_answers_stand_in_the_documents_and_halves_share_none(name: str) -> None:
    opened, closed = (questions(name, closed=half) for half in (False, True))
    assert min(len(opened), len(closed)) >= 30
    assert not {r["documents"] for r in opened} & {r["documents"] for r in closed}
    assert len({r["question"] for r in opened + closed}) == len(opened) + len(closed)
    said = {
        folder: letters(" ".join(d.text for d in load_folder([FOLDER / folder])))
        for folder in {r["documents"] for r in opened}
    }
    lost = [
        row["id"]
        for row in opened
        if row["answerable"] != bool(row["right"])
        or any(letters(one) not in said[row["documents"]] for one in row["right"])
    ]
    assert lost == []


def test_what_counts_as_right() -> None:
    row = {"right": ["3억원"], "wrong": ["5억원"], "items": []}
    assert answers(row, "최대 3억원")
    assert not answers(row, None)
    assert not answers(row, "3억원, 우대기업 5억원")
    assert not answers(row, "3억원" + " 그 밖의 말" * 20)
    listed = {"right": ["가방"], "wrong": [], "items": ["가방", "우산"]}
    assert answers(listed, "가방; 우산")
    assert not answers(listed, "가방")
