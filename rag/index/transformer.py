"""The encoder seam over sentence-transformers: any model, by its id on the hub or its folder.

Importing this module costs nothing; the package behind it, which takes seconds and a gigabyte
with torch, is imported when an encoder is made.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from rag.index.encoder import Floats
from rag.errors import EncoderMissing

_log = logging.getLogger(__name__)

# Models of the E5 family are trained with these words before each text (Wang et al. 2022), and
# many of them, being older than prompts in a model's configuration, do not say so there.
_E5 = re.compile(r"(?:^|[-_.]|ko)e5(?:$|[-_.])(?!.*instruct)", re.IGNORECASE)
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}
_PATIENCE = 10  # seconds to wait for the hub to say whether it has a model
_BATCH = 32  # texts that go through the model together


class TransformerEncoder:
    """A sentence-transformers model with its own prompts for questions and for passages.

    The prompts are those of the model's configuration; where it has none, those of E5 for a
    model of that family, by its name. Texts longer than the model reads are cut by it.
    """

    def __init__(self, model: str) -> None:
        """``model`` is an id such as "intfloat/multilingual-e5-small" or a folder.

        Raises EncoderMissing when sentence-transformers is not installed, or when the model
        cannot be loaded: no such id or folder, no network, damaged files.
        """
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderMissing(
                f"'{model}' 모델을 쓰려면 sentence-transformers가 필요합니다. `make "
                'setup-transformer` 또는 `pip install "geungeo[transformer]"`로 설치하십시오.'
            ) from error
        quiet_unless_watched()
        try:
            self._model: Any = local_first(SentenceTransformer, model)
            self._prompts = _prompts(model, self._model.prompts)
            self._name = model
            self._dimension = int(self._encode(["가"], "query").shape[1])
        # Loaders of the hub, of torch and of safetensors raise errors of many families.
        except Exception as error:
            raise EncoderMissing(
                f"인코더 모델 '{model}'을(를) 불러올 수 없습니다. 모델 이름이나 폴더와 네트워크 "
                "연결을 확인하거나, --encoder 없이 기본 인코더를 쓰십시오."
            ) from error

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode_documents(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> Floats:
        """As the seam says; ``terms`` are not used."""
        return self._encode(texts, "document")

    def encode_queries(
        self, texts: Sequence[str], terms: Sequence[Sequence[str]] | None = None
    ) -> Floats:
        """As the seam says; ``terms`` are not used."""
        return self._encode(texts, "query")

    def alike(self, terms: Sequence[str], k: int) -> list[list[tuple[str, float]]]:
        """None: a model of texts says little of single words."""
        return [[] for _ in terms]

    def save(self, folder: Path) -> None:
        """Writes nothing: the model is not fitted to the corpus, and its name finds it again."""

    def _encode(self, texts: Sequence[str], kind: str) -> Floats:
        if not len(texts):
            return np.zeros((0, self._dimension), dtype=np.float32)
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        vectors = np.asarray(
            encode(
                list(texts),
                prompt=self._prompts.get(kind),
                batch_size=_BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
            ),
            dtype=np.float32,
        )
        # Here rather than in the model, so that half-precision ones come out of length 1 too.
        unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def local_first(make: Callable[..., Any], model: str) -> Any:
    """The model from its folder or the cache of earlier downloads; the hub is asked only for what
    is in neither, and once, since its client would try again for more than a minute."""
    folder = Path(model).is_dir()
    if model.startswith((".", "/", "~")) and not folder:
        raise FileNotFoundError(model)
    try:
        return make(model, local_files_only=True)
    # What is missing in a cache shows as errors of many families.
    except Exception:
        if folder:
            raise
        import_module("huggingface_hub").model_info(model, timeout=_PATIENCE)
        _log.warning("모델 '%s'이(가) 이 컴퓨터에 없어 내려받습니다. 수백 MB일 수 있습니다.", model)
        return make(model)


def quiet_unless_watched() -> None:
    """No bars for loading and downloading where nobody sits at a terminal."""
    if not sys.stderr.isatty():
        import_module("transformers.utils.logging").disable_progress_bar()


def _prompts(name: str, configured: Mapping[str, str | None]) -> dict[str, str]:
    """Prompts to set over the model's own: none, unless it is an E5 that has no own ones."""
    own_name = name.rstrip("/").rsplit("/", maxsplit=1)[-1]
    if any(configured.values()) or not _E5.search(own_name):
        return {}
    return _E5_PROMPTS
