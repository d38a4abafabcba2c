"""A reranker has its say over the best hits: one whose order is known, and a tiny BERT made here."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.cli import main
from rag.errors import EncoderMissing
from rag.index import Index, build, open_index
from rag.question.analysis import analyse
from rag.retrieval.ranking import rank
from rag.retrieval.reranker import CrossEncoderReranker
from rag.settings import AnswerSettings, RankSettings, Settings
from rag.showing.render import answer_json

pytestmark = pytest.mark.usefixtures("offline")
needs_package = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="sentence-transformers가 없습니다: make test",
)
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "융자", "한도", "신청", "기간", "수출"]
TEXTS = ["융자 한도", "신청 기간", "수출 한도 한도", "수출"]
QUESTION = "융자 한도는 얼마인가요?"


@dataclass
class Fake:
    """A reranker by a rule; it keeps what it was asked."""

    rule: Callable[[str], float]
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    name: str = "fake"

    def scores(self, question: str, texts: Sequence[str]) -> Any:
        self.asked.append((question, tuple(texts)))
        return np.array([self.rule(text) for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def index(policy_index: Path) -> Index:
    return open_index(policy_index)


# --- in the ranking ---------------------------------------------------------------------------


def test_the_first_hits_and_no_others_are_judged_under_their_headings(index: Index) -> None:
    fake = Fake(lambda _text: 0.5)
    question = analyse(QUESTION, index.body.vocabulary)
    chosen = replace(RankSettings(), reranked=3)
    plain = rank(index, question, chosen)
    assert int((plain.fused > 0).sum()) > 3
    ranking = rank(index, question, chosen, fake)
    first = [index.passages[int(row)] for row in plain.order[:3]]
    texts = tuple("\n".join([*passage.path, passage.text]) for passage in first)
    assert fake.asked == [(question.searched, texts)]
    assert ranking.order.tolist() == plain.order.tolist()  # all three were given the same
    moved = np.flatnonzero(ranking.fused != plain.fused)
    assert set(moved.tolist()) == set(plain.order[:3].tolist())


def test_a_strong_vote_decides_the_order_among_the_first(index: Index) -> None:
    question = analyse(QUESTION, index.body.vocabulary)
    chosen = replace(RankSettings(), reranked=4, reranker=50.0)
    plain = rank(index, question, RankSettings())
    wanted = plain.order[:4].tolist()[::-1]
    texts = ["\n".join([*index.passages[r].path, index.passages[r].text]) for r in wanted]
    ranking = rank(index, question, chosen, Fake(lambda text: 1 - texts.index(text) / 4))
    assert ranking.order[:4].tolist() == wanted
    assert ranking.order[4:].tolist() == plain.order[4:].tolist()


@given(scores=st.lists(st.floats(-3, 3, width=32) | st.just(math.nan), min_size=5, max_size=5))
@settings(max_examples=30, deadline=None)
def test_the_vote_is_one_more_source_and_puts_no_hit_behind_the_unjudged(
    index: Index, scores: list[float]
) -> None:
    question = analyse(QUESTION, index.body.vocabulary)
    chosen = replace(RankSettings(), reranked=5, reranker=0.7)
    plain = rank(index, question, chosen)
    left = iter(scores)
    ranking = rank(index, question, chosen, Fake(lambda _text: next(left)))
    votes = [0.0 if math.isnan(score) else min(1.0, max(0.0, score)) for score in scores]
    for row, vote in zip(plain.order[:5].tolist(), votes, strict=True):
        assert ranking.fused[row] == pytest.approx(plain.fused[row] + 0.7 * vote, abs=1e-6)
    assert set(ranking.order[:5].tolist()) == set(plain.order[:5].tolist())
    best = [(-float(ranking.fused[row]), row) for row in ranking.order.tolist()]
    assert best == sorted(best)
    for hit in ranking.hits(index, ranking.order[:5].tolist()):
        assert sum(vote.share for vote in hit.votes) == pytest.approx(hit.score, abs=1e-5)
        said = [vote for vote in hit.votes if vote.source == "교차 인코더"]
        vote = votes[plain.order[:5].tolist().index(hit.row)]
        assert [one.score for one in said] == ([pytest.approx(vote)] if vote > 0 else [])


def test_a_question_that_nothing_matches_is_not_judged(index: Index) -> None:
    fake = Fake(lambda _text: 1.0)
    ranking = rank(index, analyse("???", index.body.vocabulary), RankSettings(), fake)
    assert fake.asked == [] and not ranking.fused.any()


def test_as_many_are_judged_as_are_read_again() -> None:
    assert RankSettings().reranked == AnswerSettings().reread


# --- in the assistant and the command line ----------------------------------------------------


def test_an_indifferent_reranker_changes_no_answer(index: Index) -> None:
    plain = Assistant(index)
    indifferent = Assistant(index, reranker=Fake(lambda _text: 0.0))
    for question in (QUESTION, "바우처를 어디에 쓸 수 있나요?", "집행률은?", "없는 말 쀍"):
        expected = answer_json(plain.ask(question))
        assert answer_json(Assistant(index, Settings(), None).ask(question)) == expected
        assert answer_json(indifferent.ask(question)) == expected


def test_the_search_and_the_hits_of_an_answer_follow_the_reranker(index: Index) -> None:
    plain = Assistant(index).ask(QUESTION).hits
    other = plain[3].passage
    loud = Settings(rank=replace(RankSettings(), reranker=50.0))
    assistant = Assistant(index, loud, Fake(lambda text: float(other.text in text)))
    assert assistant.search(QUESTION).hits[0].passage == other
    # The rows that the answer was read off come first whatever the ranking says.
    assert other in [hit.passage for hit in assistant.ask(QUESTION).hits[:3]]


def test_between_two_documents_that_answer_alike_the_reranker_decides(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for name, limit in (("가.txt", "5억원"), ("나.txt", "7억원")):
        text = f"설비 자금 안내\n\n1. 조건\n\n- 설비 자금의 한도는 {limit}이다.\n"
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    build([tmp_path / "texts"], tmp_path / "index")
    twins = open_index(tmp_path / "index")
    told = []
    for limit in ("5억원", "7억원"):
        chooses = Fake(lambda text, limit=limit: float(limit in text))
        answer = Assistant(twins, reranker=chooses).ask("설비 자금의 한도는 얼마인가요?")
        told.append(answer.short_answer)
        assert limit in answer.hits[0].passage.text
    assert told == ["5억원", "7억원"]


def test_each_side_of_a_comparison_is_judged_too(index: Index) -> None:
    fake = Fake(lambda _text: 0.5)
    Assistant(index, reranker=fake).ask("기초 단계와 고도화 단계의 지원 금액은 각각 얼마인가요?")
    assert len({question for question, _texts in fake.asked}) >= 3


def test_a_reranker_that_is_not_there_is_named_by_each_command(
    policy_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "q.txt"
    asked.write_text(QUESTION, encoding="utf-8")
    golden = Path(__file__).parent / "golden" / "dev.jsonl"
    for command in (
        ["ask", QUESTION],
        ["search", QUESTION],
        ["answer", "--questions", str(asked)],
        ["eval", str(golden)],
        ["serve", "--port", "0"],
    ):
        missing = str(tmp_path / "no-such-folder")
        assert main([*command, "--index", str(policy_index), "--reranker", missing]) == 1
        shown = capsys.readouterr()
        assert shown.out == "" and f"'{missing}'" in shown.err and "--reranker" in shown.err


# --- cross-encoders ---------------------------------------------------------------------------


def make_model(folder: Path, labels: int | None, spread: float = 0.5) -> Path:
    """A BERT of two layers with random weights over WORDS: with a head of that many numbers, or,
    for None, without a head."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

    torch.manual_seed(3)
    folder.mkdir(parents=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
        initializer_range=spread,
        num_labels=labels or 2,
    )
    model = BertModel(config) if labels is None else BertForSequenceClassification(config)
    model.save_pretrained(folder)
    BertTokenizer(str(vocabulary), do_lower_case=False).save_pretrained(folder)
    return folder


def logits(folder: Path, question: str, texts: Sequence[str]) -> list[float]:
    """The same numbers without sentence-transformers, one pair at a time."""
    import torch
    from transformers import BertForSequenceClassification, BertTokenizer

    model = BertForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = BertTokenizer.from_pretrained(folder)
    with torch.no_grad():
        return [
            float(model(**tokenizer(question, text, return_tensors="pt")).logits[0, 0])
            for text in texts
        ]


@needs_package
@pytest.mark.parametrize("spread", [0.5, 8.0])
def test_a_score_is_the_logistic_of_the_models_own_number(tmp_path: Path, spread: float) -> None:
    folder = make_model(tmp_path / "model", 1, spread)
    reranker = CrossEncoderReranker(str(folder))
    assert reranker.name == str(folder)
    raw = logits(folder, "융자 한도", TEXTS)
    assert len({round(x, 3) for x in raw}) == len(TEXTS)  # it tells them apart
    expected = [1 / (1 + math.exp(-x)) if x > -700 else 0.0 for x in raw]
    found = reranker.scores("융자 한도", TEXTS)
    assert found.dtype == np.float32 and found.shape == (4,)
    assert found == pytest.approx(expected, abs=1e-4)
    assert ((found >= 0) & (found <= 1)).all()
    assert reranker.scores("융자 한도", []).shape == (0,)
    many = reranker.scores("융자 한도", [TEXTS[i % 4] for i in range(70)])
    assert many == pytest.approx(np.tile(found, 18)[:70], abs=1e-5)
    long = reranker.scores("융자 한도", ["수출 " * 500])  # cut to what the model reads
    assert np.isfinite(long).all()


@needs_package
def test_the_configured_activation_makes_no_difference(tmp_path: Path) -> None:
    import json

    folder = make_model(tmp_path / "model", 1)
    before = CrossEncoderReranker(str(folder)).scores("융자", TEXTS)
    config = json.loads((folder / "config.json").read_text())
    for name in ("Identity", "Sigmoid"):
        own = {"sentence_transformers": {"activation_fn": f"torch.nn.modules.linear.{name}"}}
        if name == "Sigmoid":
            own["sentence_transformers"]["activation_fn"] = "torch.nn.modules.activation.Sigmoid"
        (folder / "config.json").write_text(json.dumps({**config, **own}))
        again = CrossEncoderReranker(str(folder)).scores("융자", TEXTS)
        assert again == pytest.approx(before, abs=1e-6)


@needs_package
@pytest.mark.parametrize("labels", [None, 2, 3])
def test_a_model_that_gives_no_single_score_is_refused(tmp_path: Path, labels: int | None) -> None:
    folder = make_model(tmp_path / "model", labels)
    with pytest.raises(EncoderMissing, match="교차 인코더가 아닙니다"):
        CrossEncoderReranker(str(folder))


@needs_package
def test_a_model_that_is_not_there_or_damaged_is_named(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model", 1)
    for weights in folder.rglob("*.safetensors"):
        weights.write_bytes(weights.read_bytes()[:100])
    for name in (str(folder), "no/such-model", "./no-such-folder"):
        with pytest.raises(EncoderMissing, match="불러올 수 없습니다") as raised:
            CrossEncoderReranker(name)
        assert f"'{name}'" in str(raised.value)


def test_a_missing_package_is_named_with_its_remedy(hide_package: Callable[[str], None]) -> None:
    hide_package("sentence_transformers")
    with pytest.raises(EncoderMissing, match="pip install"):
        CrossEncoderReranker("BAAI/bge-reranker-v2-m3")


@needs_package
def test_the_vote_is_shown_by_explain(
    policy_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_model(tmp_path / "model", 1)
    asking = ["ask", QUESTION, "--explain", "--index", str(policy_index)]
    assert main(asking) == 0
    assert "교차 인코더" not in capsys.readouterr().out
    assert main([*asking, "--reranker", str(folder)]) == 0
    shown = capsys.readouterr().out
    (first, *_rest) = [line.split() for line in shown.splitlines() if "교차 인코더" in line]
    # rank, raw score, share of the fused score: the weight is 1.
    assert 0 < float(first[-2]) <= 1 and first[-1] == first[-2]
