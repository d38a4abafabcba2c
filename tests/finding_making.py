"""Hand-made documents, indexed once, and what is found in them for a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from index_making import write

from rag.finding import Asked, Candidate, Place, asked_of, find
from rag.finding.stated import holds_wanted
from rag.index import Index, build, open_index
from rag.judging import Claim, judge
from rag.question.analysis import analyse
from rag.retrieval.ranking import Reread, rank, reread
from rag.settings import Settings


@cache
def index_of(*texts: str) -> Index:
    """The index of texts, each a document of its own: ``0.txt``, ``1.txt`` and so on."""
    with TemporaryDirectory() as folder:
        named = {f"{number}.txt": text for number, text in enumerate(texts)}
        source = write(Path(folder) / "source", named)
        build([source], Path(folder) / "index")
        return open_index(Path(folder) / "index")


@dataclass(frozen=True)
class Sought:
    """A question with the place where it is answered from."""

    asked: Asked
    place: Place
    again: Reread

    @property
    def found(self) -> list[Candidate]:
        return find(self.asked, self.place)

    @property
    def best(self) -> Candidate:
        return self.found[0]

    def judged(self, refuse_below: float = 0.0) -> Claim:
        return judge(self.asked, self.place, self.found, refuse_below)

    def source(self, candidate: Candidate) -> str:
        """What the document of a candidate has at its place."""
        document = self.place.index.document_of(self.place.index.passages[candidate.row])
        return document.text[candidate.span.start : candidate.span.end]


def seek(question: str, *texts: str) -> Sought:
    """A question to an index of texts, on the way of the assistant."""
    index = index_of(*texts)
    settings = Settings()
    asked = asked_of(index, analyse(question, index.body.vocabulary))
    ranking = rank(index, asked.question, settings.rank)
    again = reread(index, asked.question, asked.wants, ranking, settings.answer, holds_wanted)
    return Sought(asked, Place(index, again), again)
