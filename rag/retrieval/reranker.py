"""A second opinion on the best passages: a model that reads question and passage together.

The seam is :class:`Reranker`; behind it any cross-encoder of sentence-transformers, by its id on
the hub or its folder. Importing this module costs nothing: the package is imported when a
reranker is made.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import EncoderMissing
from rag.index.transformer import local_first, quiet_unless_watched

Floats = NDArray[np.float32]

_BATCH = 32  # pairs that go through the model together
_SCORING = "ForSequenceClassification"  # ends the names of models with a head that scores


class Reranker(Protocol):
    """What judges how well passages answer a question."""

    @property
    def name(self) -> str:
        """What it was opened by: a model id or folder."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        """float32 (n,) in [0, 1], one score for each text in the order given, higher is better.
        A text's score does not depend on the texts beside it."""
        ...


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers whose head gives one number.

    That number, a logit, goes through the logistic function, whatever the model's configuration
    says of its activation, so that the scores of all models lie in [0, 1]. Pairs longer than the
    model reads are cut by it. Safe to use from several threads, one at a time.
    """

    def __init__(self, model: str) -> None:
        """``model`` is an id such as "BAAI/bge-reranker-v2-m3" or a folder.

        Raises EncoderMissing when sentence-transformers is not installed, when the model cannot
        be loaded (no such id or folder, no network, damaged files), and when it is no
        cross-encoder with one number as its verdict: one for other tasks would be given a head
        of random weights.
        """
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise EncoderMissing(
                f"'{model}' 재순위 모델을 쓰려면 sentence-transformers가 필요합니다. `pip install "
                '"geungeo[transformer]"`로 설치하거나, --reranker 없이 쓰십시오.'
            ) from error
        quiet_unless_watched()
        self._name = model
        self._lock = threading.Lock()  # fast tokenizers keep the settings of a call in themselves
        try:
            self._model: Any = local_first(CrossEncoder, model)
            outputs = int(self._model.num_labels) if _has_head(self._model) else 0
            if outputs == 1:
                self.scores("가", ["나"])
        # Loaders of the hub, of torch and of safetensors raise errors of many families.
        except Exception as error:
            raise EncoderMissing(
                f"재순위 모델 '{model}'을(를) 불러올 수 없습니다. 모델 이름이나 폴더와 네트워크 "
                "연결을 확인하거나, --reranker 없이 쓰십시오."
            ) from error
        if outputs != 1:
            raise EncoderMissing(
                f"'{model}'은(는) 점수 하나를 내는 교차 인코더가 아닙니다. 재순위용으로 학습한 "
                "모델(예: BAAI/bge-reranker-v2-m3)을 --reranker에 적어 주십시오."
            )

    @property
    def name(self) -> str:
        return self._name

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        """As the seam says."""
        if not len(texts):
            return np.zeros(0, dtype=np.float32)
        import torch

        with self._lock:
            logits = self._model.predict(
                [(question, text) for text in texts],
                batch_size=_BATCH,
                show_progress_bar=False,
                activation_fn=torch.nn.Identity(),
                convert_to_numpy=True,
            )
        # In double precision, and by tanh, which does not overflow for large logits.
        squashed = 0.5 * (1 + np.tanh(0.5 * np.asarray(logits, dtype=np.float64).reshape(-1)))
        return squashed.astype(np.float32)


def _has_head(model: Any) -> bool:
    """Whether a model was saved with a head that scores. Loading gives any other a random one."""
    loaded = model.transformers_model
    saved = getattr(loaded.config, "architectures", None) or ()
    if not type(loaded).__name__.endswith(_SCORING):
        return True  # a language model whose words "yes" and "no" are the head
    return any(str(name).endswith(_SCORING) for name in saved)
