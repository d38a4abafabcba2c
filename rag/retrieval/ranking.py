"""Candidates from every source, fused into one ranking in which each hit explains its votes.

A source says of each passage how well it matches, in [0, 1]; the fused score is the weighted sum.
The lexical scores are divided by what a passage would get that held every term of the question,
so that a long question and a short one are on one scale; cosines are taken as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import SourceFailed
from rag.index import Index
from rag.index.encoder import Encoder
from rag.index.lexical import LexicalIndex
from rag.index.vectors import VectorStore
from rag.retrieval.reranker import Reranker
from rag.settings import RankSettings
from rag.types import Hit, Question, Vote

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


class Source(Protocol):
    """One opinion about all passages."""

    @property
    def name(self) -> str:
        """The Korean name that `--explain` shows."""
        ...

    @property
    def weight(self) -> float:
        """Its share in the fused score."""
        ...

    def scores(self, question: Question) -> Floats:
        """float32 (n,), one score for each row, about [0, 1]; 0 where it has nothing to say."""
        ...


@dataclass(frozen=True, slots=True)
class LexicalSource:
    """BM25 of a passage with ``radius`` passages on each side."""

    name: str
    weight: float
    index: LexicalIndex
    radius: int = 0

    def scores(self, question: Question) -> Floats:
        groups = _groups(question, self.index)
        best = self.index.mass([(term.text, term.weight) for term in question.terms])
        if best <= 0:
            return np.zeros(len(self.index), dtype=np.float32)
        raw = self.index.score_groups(groups, self.radius)
        return np.asarray(raw / np.float32(best), dtype=np.float32)


def _groups(question: Question, index: LexicalIndex) -> list[dict[str, float]]:
    """Each term of the question with those added for it, and their weights; what stands for
    several words together is with the rarest of them. Its own word comes first."""
    groups = {term.text: {term.text: term.weight} for term in question.terms if not term.of}
    for term in question.terms:
        if term.of:
            words = [word for word in term.of if word in groups]
            home = max(words, key=index.idf, default=term.text)
            groups.setdefault(home, {})[term.text] = term.weight
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class VectorSource:
    """Cosine of the question's vector and a passage's, for the ``depth`` nearest passages."""

    name: str
    weight: float
    store: VectorStore
    encoder: Encoder
    depth: int

    def scores(self, question: Question) -> Floats:
        dense = np.zeros(len(self.store), dtype=np.float32)
        own = [term.text for term in question.terms if term.origin == "question"]
        if not own:
            return dense  # an empty text has a vector too, and it would be near to something
        try:
            vector = self.encoder.encode_queries([question.searched], [own])
            if not vector.any():
                return dense  # the encoder knows none of its words
            found, rows = self.store.search(vector, min(self.depth, len(self.store)))
        except (OSError, RuntimeError, MemoryError) as error:
            # What a model's files, its library or a full memory raise; a mistake of ours does not.
            raise SourceFailed(
                f"'{self.encoder.name}' 인코더로 질문을 읽지 못했습니다({type(error).__name__}). 모델 파일과 남은 "
                "메모리를 확인하고, 되풀이되면 'geungeo build'로 색인을 다시 만들어 주십시오."
            ) from error
        dense[rows[0]] = np.maximum(found[0], 0)
        return dense


@dataclass(frozen=True, slots=True)
class RerankerSource:
    """What a model that reads question and passage together says of some ``rows``; a passage
    is read under its headings."""

    name: str
    weight: float
    index: Index
    rows: Rows
    reranker: Reranker

    def scores(self, question: Question) -> Floats:
        dense = np.zeros(len(self.index.passages), dtype=np.float32)
        passages = [self.index.passages[int(row)] for row in self.rows]
        texts = ["\n".join([*passage.path, passage.text]) for passage in passages]
        given = self.reranker.scores(question.searched, texts)
        # No vote against a passage: those that were not judged must not pass those that were.
        dense[self.rows] = np.clip(np.nan_to_num(given, nan=0.0), 0, 1)
        return dense


def sources(index: Index, settings: RankSettings) -> tuple[Source, ...]:
    """The sources of a ranking in the order in which they are explained."""
    found: list[Source] = [
        LexicalSource(_scale_name(radius), weight, index.body, radius)
        for radius, weight in zip(settings.radii, settings.radius_weights, strict=True)
    ]
    found.append(LexicalSource("제목", settings.path, index.path))
    if settings.document:
        whole = len(index.passages)
        found.append(LexicalSource("문서 전체", settings.document, index.body, whole))
    if settings.vector:
        found.append(
            VectorSource("의미", settings.vector, index.vectors, index.encoder, settings.depth)
        )
    return tuple(found)


def _scale_name(radius: int) -> str:
    return "낱말" if radius == 0 else f"낱말(앞뒤 {radius})"


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rows, best first (ties by row), their fused scores by row, and each source's scores.
    ``reranker`` is the model that had a say, so that parts of a question can be ranked alike."""

    order: Rows
    fused: Floats
    by_source: tuple[tuple[Source, Floats], ...]
    reranker: Reranker | None = None

    def hits(self, index: Index, rows: Sequence[int]) -> tuple[Hit, ...]:
        """The given rows as hits, in the given order. A vote's rank is 1 for the best score of a
        source; rows with the same score share a rank."""
        wanted = np.asarray(rows, dtype=np.int64)
        votes: list[list[Vote]] = [[] for _ in rows]
        for source, scores in self.by_source:
            given = scores[wanted]
            ranks = 1 + len(scores) - np.searchsorted(np.sort(scores), given, "right")
            for held, rank, score in zip(votes, ranks.tolist(), given.tolist(), strict=True):
                if score > 0:
                    held.append(Vote(source.name, rank, score, score * source.weight))
        fused = self.fused[wanted].tolist()
        return tuple(
            Hit(index.passages[row], score, tuple(held), row)
            for row, score, held in zip(rows, fused, votes, strict=True)
        )


def rank(
    index: Index, question: Question, settings: RankSettings, reranker: Reranker | None = None
) -> Ranking:
    """Every passage of the index in order of its fused score; ties go to the earlier row.

    With a ``reranker`` the first ``settings.reranked`` of them that score at all are judged by it
    as well: its votes are added to their scores and they are put in order again among themselves.
    """
    said = tuple((source, source.scores(question)) for source in sources(index, settings))
    fused = np.zeros(len(index.passages), dtype=np.float32)
    for source, scores in said:
        fused += np.float32(source.weight) * scores
    order = np.argsort(-fused, kind="stable").astype(np.int64)
    if reranker is None:
        return Ranking(order, fused, said)
    rows = order[: settings.reranked]
    rows = rows[fused[rows] > 0]
    if len(rows):
        judge = RerankerSource("교차 인코더", settings.reranker, index, rows, reranker)
        votes = judge.scores(question)
        fused += np.float32(judge.weight) * votes
        order = np.argsort(-fused, kind="stable").astype(np.int64)
        said = (*said, (judge, votes))
    return Ranking(order, fused, said, reranker)
