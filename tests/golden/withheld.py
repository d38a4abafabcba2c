"""Questions whose answer was taken out of the documents: near misses that nobody has to write.

What is left treats the same matter, in the same words, and does not say what is asked. For the
golden questions the lines of their evidence go; of a KorQuAD paragraph the sentence of one answer,
or the paragraph as a whole, while the others of its article stay.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.index import Index, build, open_index

_SENTENCE = re.compile(r"(?<=[다요음함임됨]\.)\s+|\n+")
_SHORTEST = 60  # characters of a paragraph worth asking about
_PARTS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whether its index answers it, and the file of the answer, "" where any will
    do."""

    question: str
    answerable: bool
    file: str = ""


def without_lines(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text without the lines that any of some half-open ranges touch."""
    lines, at = [], 0
    ranges = list(spans)
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        if not any(start < end and at < stop for start, stop in ranges):
            lines.append(line)
        at = end
    return "".join(lines)


def without_sentence(text: str, start: int, end: int) -> str:
    """A text without the sentences that hold a half-open range."""
    edges = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    return text[: max(e for e in edges if e <= start)] + text[min(e for e in edges if e >= end) :]


def withheld(seeds: Path, golden: Path, folder: Path) -> list[tuple[Index, list[Asked]]]:
    """Indexes of the seeds, each without the evidence of every sixth answerable question of a
    golden file, and those questions."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))}
    rows = [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["answerable"] and row.get("evidence")]
    random.Random(5).shuffle(rows)
    made = []
    for part in range(_PARTS):
        mine = rows[part::_PARTS]
        held = [e for row in mine for e in (*row["evidence"], *row.get("also", ()))]
        place = folder / f"{golden.stem}{part}"
        (place / "texts").mkdir(parents=True)
        for name, text in texts.items():
            spans = [(e["start"], e["end"]) for e in held if e["doc"] == name]
            (place / "texts" / name).write_text(without_lines(text, spans), encoding="utf-8")
        # The catalogue goes along without its digests: the texts are no longer what it lists.
        lines = (seeds / "catalogue.toml").read_text(encoding="utf-8").splitlines()
        kept = "\n".join(line for line in lines if not line.startswith("sha256"))
        (place / "texts" / "catalogue.toml").write_text(kept + "\n", encoding="utf-8")
        made.append((_index(place), [Asked(row["question"], False) for row in mine]))
    return made


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of KorQuAD 1.0 with its file name, the number of its article, and its questions,
    each with the half-open range of its answer."""

    file: str
    article: int
    text: str
    questions: tuple[tuple[str, int, int], ...]


def read_korquad(path: Path) -> list[Paragraph]:
    """The paragraphs in order."""
    found: list[Paragraph] = []
    for article, one in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for paragraph in one["paragraphs"]:
            asked = []
            for qa in paragraph["qas"]:
                answer = qa["answers"][0]
                start = answer["answer_start"]
                asked.append((qa["question"], start, start + len(answer["text"])))
            name = f"{len(found) + 1:04d}.txt"
            found.append(Paragraph(name, article, paragraph["context"], tuple(asked)))
    return found


def paragraphs_out(
    paragraphs: Sequence[Paragraph], folder: Path, count: int, article: int
) -> list[tuple[Index, list[Asked]]]:
    """Two indexes of every second paragraph, and to both the same ``count`` questions about articles
    whose number is ``article`` by modulo 2: what one of them answers the other does not."""
    indexes = []
    for half in (0, 1):
        place = folder / f"half{half}"
        texts = {p.file: p.text for at, p in enumerate(paragraphs) if at % 2 == half}
        indexes.append(_made(place, texts))
    drawn = [
        (question, p.file, at % 2)
        for at, p in enumerate(paragraphs)
        if p.article % 2 == article
        for question, _start, _end in p.questions
    ]
    drawn = random.Random(3).sample(drawn, min(count, len(drawn)))
    return [
        (index, [Asked(question, at == half, file) for question, file, at in drawn])
        for half, index in enumerate(indexes)
    ]


def sentences_out(
    paragraphs: Sequence[Paragraph], folder: Path, count: int, article: int
) -> list[tuple[Index, list[Asked]]]:
    """An index of all paragraphs and one without the sentence of one answer in each of them, and to both
    the same ``count`` questions, as :func:`paragraphs_out` draws them. A paragraph whose article
    gives the answer elsewhere stays as it is and is not asked about."""
    order = random.Random(11)
    whole = {p.file: p.text for p in paragraphs}
    articles: dict[int, list[Paragraph]] = {}
    for p in paragraphs:
        articles.setdefault(p.article, []).append(p)
    cut, drawn = dict(whole), []
    for p in paragraphs:
        if not p.questions:
            continue
        question, start, end = order.choice(p.questions)
        left = without_sentence(p.text, start, end)
        others = " ".join(o.text for o in articles[p.article] if o is not p)
        if p.text[start:end] in left + others or len(left) < _SHORTEST:
            continue
        cut[p.file] = left
        if p.article % 2 == article:
            drawn.append((question, p.file))
    drawn = random.Random(3).sample(drawn, min(count, len(drawn)))
    return [
        (_made(folder / name, texts), [Asked(q, label, file) for q, file in drawn])
        for name, texts, label in (("whole", whole, True), ("cut", cut, False))
    ]


def _made(place: Path, texts: dict[str, str]) -> Index:
    if not place.exists():
        (place / "texts").mkdir(parents=True)
        for name, text in texts.items():
            (place / "texts" / name).write_text(text, encoding="utf-8")
        return _index(place)
    return open_index(place / "index")


def _index(place: Path) -> Index:
    build([place / "texts"], place / "index")
    return open_index(place / "index")
